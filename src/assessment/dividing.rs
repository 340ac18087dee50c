//! The files of what is divided, targets and money, as written → as meant.

pub mod allocation;
pub mod allotment;
mod desk;
mod members;
mod sheet;
mod work;
