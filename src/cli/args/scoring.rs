//! The command lines of the main job, for one assessment or several, and of verifying its results.

use std::num::NonZero;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Run, Shape};
use crate::dossier::Publication;

/// `kaohe score`.
#[derive(Debug, Args)]
pub struct Score {
    /// What is assessed, and what becomes of the result.
    #[command(flatten)]
    pub run: Run,
    /// Add public/: who has which rank and grade, and for each unit its own figures among unnamed peers (另出公开文件)
    #[arg(long, value_name = "HOW", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "ranks", requires = "output")]
    pub public: Option<Public>,
    /// Score the assessments whose paths stand in a file, one to a line; `-` reads standard input (从清单读取多个考核任务)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["criteria", "terms"], help_heading = SEVERAL)]
    pub list: Option<PathBuf>,
    /// How many assessments are scored at once [default: as many as there are processors] (同时计算几个)
    #[arg(long, value_name = "N", help_heading = SEVERAL)]
    pub jobs: Option<NonZero<usize>>,
}

/// `--public`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Public {
    /// Ranks and grades (名次和等级)
    Ranks,
    /// Grades, else quarters of the ranking; no ranks (只列等级或四分段)
    Bands,
}

impl Score {
    /// The option under which the manifest remembers what is published.
    pub fn published(&self) -> Option<(String, String)> {
        let publication = match self.public? {
            Public::Ranks => Publication::Ranks,
            Public::Bands => Publication::Bands,
        };
        Some((Publication::OPTION.to_owned(), publication.id().to_owned()))
    }
}

const SEVERAL: &str = "Several assessments (多个考核任务)";

pub(super) const EXAMPLES: &str = "\
Examples 示例:
  kaohe score                              the assessment of this folder (当前文件夹的考核任务)
  kaohe score linyi -o result --lang zh    write a result folder in Chinese (写出中文结果)
  kaohe score linyi -o result --public     ranks to publish, and each unit's own sheet (另出公开文件)
  kaohe score linyi --set policy.min_completeness=0.9
  kaohe score --criteria c.toml --organisations orgs.csv --period 2025 exports/*.csv
  kaohe score linyi --terms terms.csv      from figures summed elsewhere (用别处汇总的数打分)
  kaohe score 'cities/*/assessment.toml' -o out    several: a folder for each and one summary (批量打分, 每个一个文件夹并汇总)
  kaohe score 2023 2024 2025 --jobs 2 --format csv > summary.csv";

/// `kaohe verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// Result folder that was written with -o (结果文件夹)
    #[arg(value_name = "RESULT")]
    pub result: PathBuf,
    /// The assessment it was made from; of a result made with --criteria, the folder where the command was run
    /// (考核任务) [default: assessment.toml, or this folder]
    #[arg(value_name = "ASSESSMENT")]
    pub assessment: Option<PathBuf>,
    /// Where the figures lie that it was made from with --terms (汇总数文件) [default: where the result remembers them]
    #[arg(long, value_name = "FILE", conflicts_with = "files")]
    pub terms: Option<PathBuf>,
    /// Check the files of the folder only: no inputs, no recomputation (只核对文件夹中的文件)
    #[arg(long)]
    pub files: bool,
    /// Mark the result as frozen if everything is equal: --force leaves it alone from then on (全部相符时冻结)
    #[arg(long, conflicts_with = "files")]
    pub freeze: bool,
    /// What goes to standard output.
    #[command(flatten)]
    pub shape: Shape,
}

pub(super) const VERIFY_EXAMPLES: &str = "\
Examples 示例:
  kaohe verify result linyi                files, inputs and every figure, computed again (核对文件、输入并重新计算)
  kaohe verify result linyi --freeze       and freeze it (复核相符后冻结)
  kaohe verify result --files              the folder alone, without the data (只核对文件夹)

Exit codes 退出码: 0 all is equal · 1 something differs or could not be computed again · 2 nothing was verified";
