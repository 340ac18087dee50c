//! The command line: see `kaohe --help`.

fn main() {}
