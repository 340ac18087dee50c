//! Codes of TOML files as written.

use crate::code::codes;

codes! {}
