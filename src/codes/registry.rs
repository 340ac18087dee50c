//! Codes of organisations and units.

use crate::code::codes;

codes! {}
