//! The command line of comparing.

use std::path::PathBuf;

use clap::Args;

use super::{Shape, Target};

/// `kaohe compare`.
#[derive(Debug, Args)]
pub struct Compare {
    /// Result folders, scorebook.json files or assessments; the first is what the others are compared with (结果或考核任务)
    #[arg(value_name = "RESULT|ASSESSMENT", required = true)]
    pub what: Vec<PathBuf>,
    /// Units by key or name, with commas between; all if absent (考核对象)
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    pub units: Vec<String>,
    /// What goes to standard output.
    #[command(flatten)]
    pub shape: Shape,
    /// Where files go.
    #[command(flatten)]
    pub target: Target,
}

pub(super) const EXAMPLES: &str = "\
Examples 示例:
  kaohe compare result --units LY-A,LY-B           units side by side (考核对象并列)
  kaohe compare survey annual final                periods of one project (基线调查、年度考核、总结评估)
  kaohe compare before after -o appeal             two results: every changed point with its cause (逐分归因)
  kaohe compare scheme-a.toml scheme-b.toml        two schemes on the same data (两套标准)

Causes are replaced one after the other 依次替换: registry 名册 → data 数据 → corrections 更正 → judgements 评定 → criteria 评判标准";
