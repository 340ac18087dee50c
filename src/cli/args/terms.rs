//! The command lines of figures that are summed in several places.

use std::path::PathBuf;

use clap::Args;

use super::{Overrides, Run};

/// `kaohe measure`.
#[derive(Debug, Args)]
pub struct Measure {
    /// What is measured, and what becomes of the result.
    #[command(flatten)]
    pub run: Run,
    /// Write figures and counts of cells to be merged elsewhere, instead of measuring; `-` is standard output (写出可合并的汇总数)
    #[arg(long, value_name = "FILE", help_heading = PARTS, conflicts_with_all = ["terms", "criteria", "output", "format", "part"])]
    pub partial: Option<PathBuf>,
    /// Only the K-th of N shares of the organisations, by the order of their codes (第 K 份, 共 N 份)
    #[arg(long, value_name = "K/N", help_heading = PARTS, requires = "partial", conflicts_with = "site")]
    pub shard: Option<String>,
    /// Only the organisations that have rows here; sources may have no file (只含本处有数的机构)
    #[arg(long, value_name = "NAME", help_heading = PARTS, requires = "partial")]
    pub site: Option<String>,
}

const PARTS: &str = "Figures summed in several places (分处汇总)";

pub(super) const MEASURE_EXAMPLES: &str = "\
Examples 示例:
  kaohe measure linyi --format json
  kaohe measure linyi --terms terms.csv                     from figures summed elsewhere (用别处汇总的数)
  kaohe measure linyi --partial 1.csv --shard 1/3           the first third of the organisations (第一份)
  kaohe measure linyi --partial hospital.csv --site 县医院   what this site has (本单位的数)";

/// `kaohe merge`.
#[derive(Debug, Args)]
pub struct Merge {
    /// Parts that `kaohe measure --partial` wrote: files, patterns, or `-` for standard input (各分片)
    #[arg(value_name = "PART", required = true)]
    pub parts: Vec<PathBuf>,
    /// File for the whole [default: standard output] (合并后的文件)
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace the file (覆盖已有文件)
    #[arg(long)]
    pub force: bool,
}

pub(super) const MERGE_EXAMPLES: &str = "\
Examples 示例:
  kaohe merge 1.csv 2.csv 3.csv -o terms.csv     shards: all of them must be there (分片必须齐全)
  kaohe merge 'parts/*.csv' -o terms.csv         sites (各单位)
  kaohe score linyi --terms terms.csv            then score from the whole (再用合并的数打分)

Exit codes 退出码: 0 merged · 2 nothing written";

/// `kaohe sql`.
#[derive(Debug, Args)]
pub struct Sql {
    /// Assessment file, or its folder (考核任务) [default: assessment.toml]
    #[arg(value_name = "ASSESSMENT")]
    pub assessment: Option<PathBuf>,
    /// What replaces values of the assessment.
    #[command(flatten)]
    pub overrides: Overrides,
    /// The database: duckdb, postgres, clickhouse or spark (数据库)
    #[arg(long, value_name = "DIALECT")]
    pub dialect: String,
    /// Table of a source, by its number; may be repeated [default: source_1, source_2, …] (来源对应的表, 可重复)
    #[arg(long = "table", value_name = "NUMBER=TABLE")]
    pub tables: Vec<String>,
    /// Print the query of one source only (只输出一个来源)
    #[arg(long, value_name = "NUMBER", conflicts_with = "union")]
    pub source: Option<usize>,
    /// Print one query whose result is that of all sources (各来源合成一条查询)
    #[arg(long)]
    pub union: bool,
}

pub(super) const SQL_EXAMPLES: &str = "\
Examples 示例:
  kaohe sql linyi --dialect duckdb                                  a query for each source (每个来源一条查询)
  kaohe sql linyi --dialect postgres --table 1=dw.reports --union   one query for all, with the table's name (合成一条)
  kaohe score linyi --terms terms.csv                               then score from its result (再用结果打分)

Exit codes 退出码: 0 printed · 1 printed, with warnings · 2 nothing printed";
