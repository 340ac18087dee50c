//! From measures to points: the rules of a scheme and the sentences that explain them.

pub mod kernel;
pub mod reason;
