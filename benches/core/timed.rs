//! Runs programs and tells how long they took and how much memory they held.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a run cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) time: Duration,
    /// The most memory held at once in MB, where the system tells.
    pub(crate) memory: Option<u64>,
}

/// The cheapest of several runs of a program; `None` if it fails.
pub(crate) fn cheapest(runs: usize, command: impl Fn() -> Command) -> Option<Cost> {
    let costs: Vec<Cost> = (0..runs).map(|_| run(&command())).collect::<Option<_>>()?;
    costs.into_iter().min_by_key(|cost| cost.time)
}

/// GNU time tells the memory; without it there is none to tell.
fn run(command: &Command) -> Option<Cost> {
    let timer = Path::new("/usr/bin/time");
    let mut wrapped = if timer.exists() { Command::new(timer) } else { Command::new(command.get_program()) };
    if timer.exists() {
        wrapped.args(["-f", "%M"]).arg(command.get_program());
    }
    if let Some(folder) = command.get_current_dir() {
        wrapped.current_dir(folder);
    }
    wrapped.args(command.get_args()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let start = Instant::now();
    let output = wrapped.output().ok()?;
    let time = start.elapsed();
    // 1 says that there were findings.
    if !matches!(output.status.code(), Some(0 | 1)) {
        return None;
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let memory = said.lines().last().and_then(|line| line.trim().parse::<u64>().ok());
    Some(Cost { time, memory: memory.map(|kilobytes| kilobytes / 1024) })
}
