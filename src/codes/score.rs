//! Codes of measures and scores.

use crate::code::codes;

codes! {}
