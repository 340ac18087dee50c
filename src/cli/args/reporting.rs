//! The command lines of reporting through the year: forms that go out, values that come in.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Assessed, Run};

/// `kaohe forms`.
#[derive(Debug, Args)]
pub struct Forms {
    /// What is assessed; data need not be there yet.
    #[command(flatten)]
    pub assessed: Assessed,
    /// Folder for the workbooks (填报表文件夹)
    #[arg(long, short, value_name = "DIR")]
    pub output: PathBuf,
    /// Replace earlier forms of kaohe (覆盖上次的填报表)
    #[arg(long)]
    pub force: bool,
    /// What a row covers; the whole period if absent (每行的期间)
    #[arg(long, value_enum)]
    pub every: Option<Every>,
    /// One workbook of all institutions (合为一本)
    #[arg(long)]
    pub one: bool,
}

/// `--every`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Every {
    /// A row per month (月)
    Month,
    /// A row per quarter (季)
    Quarter,
    /// A row per half-year (半年)
    Half,
    /// A row per year (年)
    Year,
}

/// `kaohe monitor`.
#[derive(Debug, Args)]
pub struct Monitor {
    /// What is assessed, and what becomes of the result.
    #[command(flatten)]
    pub run: Run,
    /// Earlier periods of the same length to show beside the value (趋势的期数)
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub back: usize,
    /// The rectification list of an earlier run, with owners and deadlines filled in (上次的整改清单)
    #[arg(long, value_name = "FILE")]
    pub list: Option<PathBuf>,
    /// The day on which deadlines are looked at [default: the last day of the period] (截至日期)
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Show values that passed no line, too (也列出正常的)
    #[arg(long)]
    pub all: bool,
}

pub(super) const MONITOR_EXAMPLES: &str = "\
Examples 示例:
  kaohe monitor --period 2025-06 -o june            lights, trend and rectification.csv (关注预警、趋势、整改清单)
  kaohe monitor --period 2025-07 --list june/rectification.csv -o july
                                                    what was put right since, what is overdue (整改销号)";

pub(super) const FORMS_EXAMPLES: &str = "\
Examples 示例:
  kaohe forms linyi -o forms                        one workbook per institution (一家一本)
  kaohe forms linyi -o forms --every month          a row per month (逐月填报)
  kaohe forms --criteria c.toml --organisations orgs.csv --period 2026 -o forms

What comes back filled in is read as it is: [[source]] path = \"forms/*.xlsx\" (填好后直接读取，无需列映射)";
