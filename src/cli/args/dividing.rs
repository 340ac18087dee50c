//! The command lines of what is divided: targets and money.

use std::path::PathBuf;

use clap::Args;

use super::{Shape, Target};

/// `kaohe targets`.
#[derive(Debug, Args)]
pub struct Targets {
    /// Targets file, or its folder (任务文件) [default: targets.toml]
    #[arg(value_name = "TARGETS")]
    pub file: Option<PathBuf>,
    /// The version: what was agreed on up to this round of consultation holds; 0 is the draft (意见征询轮次)
    #[arg(long, value_name = "N")]
    pub round: Option<u32>,
    /// Targets of an earlier version; what changed is shown (与早先一版对比)
    #[arg(long, value_name = "FILE")]
    pub against: Option<PathBuf>,
    /// What goes to standard output.
    #[command(flatten)]
    pub shape: Shape,
    /// Where files go.
    #[command(flatten)]
    pub target: Target,
}

/// `kaohe allocate`.
#[derive(Debug, Args)]
pub struct Allocate {
    /// Result folder that `kaohe score -o` wrote (结果文件夹)
    #[arg(value_name = "RESULT")]
    pub result: PathBuf,
    /// Allocation file, or its folder (分配办法)
    #[arg(long, value_name = "FILE")]
    pub rules: PathBuf,
    /// A trial: take provisional totals, leave out units without one (试算)
    #[arg(long)]
    pub provisional: bool,
    /// What goes to standard output.
    #[command(flatten)]
    pub shape: Shape,
    /// Where files go.
    #[command(flatten)]
    pub target: Target,
}

pub(super) const TARGETS_EXAMPLES: &str = "\
Examples 示例:
  kaohe targets pay -o round-1                        targets.csv with a reason for every figure (逐项说明)
  kaohe targets pay --round 2 --against round-1/targets.csv   what a round of consultation changed (两版对比)";

pub(super) const ALLOCATE_EXAMPLES: &str = "\
Examples 示例:
  kaohe allocate result --rules allocation.toml -o money    amounts, pools and people as CSV (金额、总额、个人)
  kaohe allocate result --rules pay --format markdown       every amount with its reason (逐笔说明)";
