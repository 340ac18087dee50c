//! The command lines that tell what is defined: list, show, handbook.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Shape;

pub(super) const HANDBOOK_EXAMPLES: &str = "\
Examples 示例:
  kaohe handbook -o handbook.html --lang zh       all built-in catalogues (全部内置指标库)
  kaohe handbook builtin:referral                 one of them, as Markdown (其中一个)
  kaohe handbook criteria.toml -o handbook.html   what a scheme uses, and how it is scored (一个方案)";

/// `kaohe handbook`.
#[derive(Debug, Args)]
pub struct Handbook {
    /// Assessment, criteria file, catalogue file or `builtin:NAME`; without one, all built-in catalogues (内容来源)
    #[arg(value_name = "DEFINITIONS")]
    pub definitions: Option<PathBuf>,
    /// File to write; standard output if absent (手册文件)
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace an existing file (覆盖已有文件)
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Form of the page [default: by the name of the file, else markdown] (格式)
    #[arg(long, value_enum)]
    pub format: Option<PageFormat>,
}

/// `--format` of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PageFormat {
    /// For documents and repositories (文档)
    Markdown,
    /// One file for a browser, to read and print (网页)
    Html,
}

/// What `kaohe list` lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Listed {
    /// Reported figures (统计项目)
    Items,
    /// Indicators (指标)
    Indicators,
    /// Criteria (评判标准)
    Criteria,
    /// Scoring rules (计分规则)
    Rules,
    /// Checks on the data (数据校验)
    Checks,
    /// What `kaohe new` can write (模板与示例)
    Templates,
}

/// `kaohe list`.
#[derive(Debug, Args)]
pub struct List {
    /// What to list (列出内容)
    #[arg(value_enum)]
    pub what: Option<Listed>,
    /// Assessment whose definitions are listed; without one, the built-in ones (考核任务)
    pub assessment: Option<PathBuf>,
    /// What goes to standard output.
    #[command(flatten)]
    pub shape: Shape,
}

/// `kaohe show`.
#[derive(Debug, Args)]
pub struct Show {
    /// Id of an item, indicator, check or rule (编号)
    pub id: String,
    /// Assessment whose definitions are searched; without one, the built-in ones (考核任务)
    pub assessment: Option<PathBuf>,
    /// What goes to standard output.
    #[command(flatten)]
    pub shape: Shape,
}
