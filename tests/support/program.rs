//! The built program, run as a user runs it.

use std::path::Path;
use std::process::Command;

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    /// Standard output.
    pub(crate) out: Vec<u8>,
    /// Standard error.
    pub(crate) err: Vec<u8>,
    /// Exit code.
    pub(crate) code: Option<i32>,
}

/// Runs the program in a folder, with nothing of the caller's terminal.
#[track_caller]
pub(crate) fn kaohe<S: AsRef<std::ffi::OsStr>>(folder: &Path, args: impl IntoIterator<Item = S>) -> Ran {
    let run = Command::new(env!("CARGO_BIN_EXE_kaohe")).args(args).current_dir(folder).env_remove("COLUMNS").output();
    let output = run.expect("the program starts");
    Ran { out: output.stdout, err: output.stderr, code: output.status.code() }
}
