//! Codes of single values.

use crate::code::codes;

codes! {}
