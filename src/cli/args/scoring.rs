//! The command line of the main job, for one assessment or several.

use std::num::NonZero;
use std::path::PathBuf;

use clap::Args;

use super::Run;

/// `kaohe score`.
#[derive(Debug, Args)]
pub struct Score {
    /// What is assessed, and what becomes of the result.
    #[command(flatten)]
    pub run: Run,
    /// Score the assessments whose paths stand in a file, one to a line; `-` reads standard input (从清单读取多个考核任务)
    #[arg(long, value_name = "FILE", conflicts_with = "criteria", help_heading = SEVERAL)]
    pub list: Option<PathBuf>,
    /// How many assessments are scored at once [default: as many as there are processors] (同时计算几个)
    #[arg(long, value_name = "N", help_heading = SEVERAL)]
    pub jobs: Option<NonZero<usize>>,
}

const SEVERAL: &str = "Several assessments (多个考核任务)";

pub(super) const EXAMPLES: &str = "\
Examples 示例:
  kaohe score                              the assessment of this folder (当前文件夹的考核任务)
  kaohe score linyi -o result --lang zh    write a result folder in Chinese (写出中文结果)
  kaohe score linyi --set policy.min_completeness=0.9
  kaohe score --criteria c.toml --organisations orgs.csv --period 2025 exports/*.csv
  kaohe score 'cities/*/assessment.toml' -o out    several: a folder for each and one summary (批量打分, 每个一个文件夹并汇总)
  kaohe score 2023 2024 2025 --jobs 2 --format csv > summary.csv";
