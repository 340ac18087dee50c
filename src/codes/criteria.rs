//! Codes of criteria files.

use crate::code::codes;

codes! {}
