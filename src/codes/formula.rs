//! Codes of formulas and scopes.

use crate::code::codes;

codes! {}
