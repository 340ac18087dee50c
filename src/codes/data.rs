//! Codes of files, tables and rows of data.

use crate::code::codes;

codes! {}
