//! The files of what is divided, targets and money, and lists that come back, as written → as meant.

pub mod allocation;
pub mod allotment;
mod desk;
mod members;
pub mod rectification;
mod sheet;
mod work;
