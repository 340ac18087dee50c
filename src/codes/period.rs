//! Codes of periods and windows.

use crate::code::codes;

codes! {}
