//! The command line as written: clap derives, no logic. An absent option stays absent here;
//! defaults are decided where definitions are resolved.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

mod compare;
mod definitions;
mod dividing;
mod reporting;
mod scoring;
mod terms;
pub use compare::Compare;
pub use definitions::{Handbook, List, Listed, PageFormat, Show};
pub use dividing::{Allocate, Targets};
pub use reporting::{Every, Forms, Monitor};
pub use scoring::{Score, Verify};
pub use terms::{Measure, Merge, Sql};

/// kaohe 考核: from institution statistics exports to scored, explained reports.
#[derive(Debug, Parser)]
#[command(name = "kaohe", version, about, propagate_version = true, arg_required_else_help = true, after_help = EXAMPLES)]
pub struct Cli {
    /// Options every verb takes.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

const EXAMPLES: &str = "\
Examples 示例:
  kaohe new linyi                         a runnable assessment with sample data (新建示例)
  kaohe check linyi                       test definitions and data (检查定义与数据)
  kaohe score linyi -o result             score and write a result folder (考核打分并写出结果)
  kaohe explain linyi LY-B 2.2            where a score comes from (逐层说明得分来由)

Exit codes 退出码: 0 done · 1 done, with findings at or above --fail-on · 2 nothing done";

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Create a runnable assessment with sample data (新建考核任务)
    #[command(after_help = crate::cli::templates::help())]
    New(New),
    /// Check definitions, then data: every diagnostic and finding (检查定义与数据)
    #[command(
        after_help = "Examples 示例:\n  kaohe check criteria.toml --coverage     a scheme alone: lints and coverage of its examples (只检查方案)\n  kaohe check linyi --fail-on warning --format csv > findings.csv\n  kaohe check linyi -o returns             findings, completeness and a return list per institution (退回修改单)"
    )]
    Check(Check),
    /// Write workbooks in which institutions report what a scheme needs (生成填报表)
    #[command(after_help = reporting::FORMS_EXAMPLES)]
    Forms(Forms),
    /// Compute indicator values only (计算指标值)
    #[command(after_help = terms::MEASURE_EXAMPLES)]
    Measure(Measure),
    /// Put parts of figures that were summed in several places together (合并分处汇总的数)
    #[command(after_help = terms::MERGE_EXAMPLES)]
    Merge(Merge),
    /// Print SQL that sums the sources where their data are (输出在数据库中汇总的 SQL)
    #[command(after_help = terms::SQL_EXAMPLES)]
    Sql(Sql),
    /// Assess units and write a scored report (考核打分)
    #[command(after_help = scoring::EXAMPLES)]
    Score(Score),
    /// Verify a result folder: its files, its inputs, and every figure computed again (复核结果)
    #[command(after_help = scoring::VERIFY_EXAMPLES)]
    Verify(Verify),
    /// Watch values against their lines, with the trend and a list of what is to be put right (监测与整改)
    #[command(after_help = reporting::MONITOR_EXAMPLES)]
    Monitor(Monitor),
    /// Explain one score down to file, sheet and cell (说明得分来由)
    #[command(override_usage = "kaohe explain [OPTIONS] [ASSESSMENT] UNIT CRITERION")]
    #[command(after_help = "Examples 示例:\n  kaohe explain LY-B 2.2\n  kaohe explain linyi 示例乙紧密型城市医疗集团 集团内基层就诊率")]
    Explain(Explain),
    /// Divide totals among units by weighted shares of their sizes (任务分解)
    #[command(after_help = dividing::TARGETS_EXAMPLES)]
    Targets(Targets),
    /// Turn a result into money: pools, coefficients, work (绩效分配)
    #[command(after_help = dividing::ALLOCATE_EXAMPLES)]
    Allocate(Allocate),
    /// Compare units, periods or two results, with the cause of every changed point (对比与归因)
    #[command(after_help = compare::EXAMPLES)]
    Compare(Compare),
    /// List items, indicators, criteria, rules, checks or templates (列出指标库、模板)
    #[command(
        after_help = "Examples 示例:\n  kaohe list indicators\n  kaohe list templates\n  kaohe list criteria linyi --format markdown"
    )]
    List(List),
    /// Show one entry of the catalogue in full (查看一项定义)
    #[command(after_help = "Example 示例: kaohe show hypertension_standard_rate")]
    Show(Show),
    /// Write a handbook: every definition of the catalogues or a scheme (指标手册)
    #[command(after_help = definitions::HANDBOOK_EXAMPLES)]
    Handbook(Handbook),
    /// Print a JSON Schema for editors and scripts (输出 JSON Schema)
    #[command(after_help = "Example 示例: kaohe schema criteria > criteria.schema.json")]
    Schema(Schema),
    /// Print a completion script for a shell (输出命令补全脚本)
    #[command(after_help = "Example 示例: kaohe completions bash > /etc/bash_completion.d/kaohe")]
    Completions(Completions),
}

const COMMON: &str = "Common options (通用选项)";
const DIRECT: &str = "Without an assessment file (不用考核任务文件时)";

/// Options every verb takes.
#[derive(Debug, Args)]
pub struct Common {
    /// Language of words and files (语言) [default: the assessment's, else en]
    #[arg(long, global = true, help_heading = COMMON, value_enum)]
    pub lang: Option<Language>,
    /// Colours on the terminal (颜色)
    #[arg(long, global = true, help_heading = COMMON, value_enum, value_name = "WHEN", default_value_t = Colour::Auto)]
    pub color: Colour,
    /// Print results only: no findings, no progress (只输出结果)
    #[arg(long, short, global = true, help_heading = COMMON)]
    pub quiet: bool,
}

/// `--lang`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// 中文
    Zh,
    /// English
    En,
}

/// `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal only (仅在终端)
    Auto,
    /// Always (总是)
    Always,
    /// Never (从不)
    Never,
}

/// `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people at a terminal (终端表格)
    Table,
    /// For spreadsheets (电子表格)
    Csv,
    /// For scripts (脚本)
    Json,
    /// For documents (文档)
    Markdown,
}

/// `--fail-on`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Findings that reject a value or withhold a total (错误)
    Error,
    /// Also findings that may make a figure wrong (警告)
    Warning,
    /// No finding (从不)
    Never,
}

/// What goes to standard output.
#[derive(Debug, Args)]
pub struct Shape {
    /// Form of the result on standard output (标准输出的格式)
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

/// What is assessed, beside or instead of an assessment file.
#[derive(Debug, Args)]
pub struct Assessed {
    /// Assessment file, its folder, or with --criteria the data files (考核任务, 或数据文件) [default: assessment.toml]
    #[arg(value_name = "ASSESSMENT|DATA")]
    pub inputs: Vec<PathBuf>,
    /// Criteria: a file, or the name of a built-in (评判标准)
    #[arg(long, value_name = "CRITERIA", help_heading = DIRECT)]
    pub criteria: Option<String>,
    /// Registry of organisations (机构名册)
    #[arg(long, value_name = "FILE", requires = "criteria", help_heading = DIRECT)]
    pub organisations: Option<PathBuf>,
    /// What replaces values of the assessment.
    #[command(flatten)]
    pub overrides: Overrides,
}

/// What replaces values of the assessment.
#[derive(Debug, Args)]
pub struct Overrides {
    /// Assessed period: 2025, 2025H1, 2025Q3, 2025-06, 2025-01..2025-09 (考核期)
    #[arg(long)]
    pub period: Option<String>,
    /// Period that improvement is measured against (基期)
    #[arg(long, value_name = "PERIOD")]
    pub baseline: Option<String>,
    /// Registry column that says who is scored (考核对象所在列)
    #[arg(long, value_name = "COLUMN")]
    pub unit: Option<String>,
    /// Look at one part of the assessment as at a whole, by its id (只看一个部分)
    #[arg(long, value_name = "ID")]
    pub part: Option<String>,
    /// Replace one value of the criteria or the assessment; may be repeated (覆盖一个设定, 可重复)
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
}

impl Overrides {
    /// Those of `--set` alone.
    #[must_use]
    pub fn only_set(&self) -> Self {
        Self { period: None, baseline: None, unit: None, part: None, set: self.set.clone() }
    }
}

/// When the run counts as failed.
#[derive(Debug, Args)]
pub struct Verdict {
    /// Lowest severity of findings that gives exit code 1 (退出码 1 的最低级别)
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = FailOn::Error)]
    pub fail_on: FailOn,
}

/// Where files go.
#[derive(Debug, Args)]
pub struct Target {
    /// Folder for the result files (结果文件夹)
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Replace an earlier result of kaohe (覆盖上次的结果)
    #[arg(long)]
    pub force: bool,
}

/// `kaohe new`.
#[derive(Debug, Args)]
pub struct New {
    /// Folder to create (要新建的文件夹)
    pub dir: PathBuf,
    /// Which template or example, of those below (模板或示例名称) [default: linyi]
    #[arg(long, value_name = "NAME")]
    pub template: Option<String>,
}

/// `kaohe check`, `kaohe measure` and `kaohe score`, of one assessment.
#[derive(Debug, Args)]
pub struct Run {
    /// What is assessed.
    #[command(flatten)]
    pub assessed: Assessed,
    /// Figures summed elsewhere, instead of the files of the sources; `-` is standard input (用别处汇总的数)
    #[arg(long, value_name = "FILE", conflicts_with = "criteria")]
    pub terms: Option<PathBuf>,
    /// When the run counts as failed.
    #[command(flatten)]
    pub verdict: Verdict,
    /// What goes to standard output.
    #[command(flatten)]
    pub shape: Shape,
    /// Where files go.
    #[command(flatten)]
    pub target: Target,
}

/// `kaohe check`.
#[derive(Debug, Args)]
pub struct Check {
    /// What is assessed, and what becomes of the result.
    #[command(flatten)]
    pub run: Run,
    /// Print registry rows with aliases for names that were not found, to be reviewed and pasted (列出可补入名录的别名)
    #[arg(long)]
    pub fix_registry: bool,
    /// Of a scheme or catalogue: which bands and branches its worked examples reach (算例覆盖了哪些分支)
    #[arg(long)]
    pub coverage: bool,
    /// Of a scheme: the share of full points that each criterion weighs, by class (各标准的实际权重)
    #[arg(long, conflicts_with = "coverage")]
    pub weights: bool,
}

/// `kaohe explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// Unit by key or name, criterion by id; before them the assessment, if it is not in this folder (考核对象, 指标)
    #[arg(value_name = "UNIT CRITERION", num_args = 2..=3, required = true)]
    pub what: Vec<String>,
    /// What replaces values of the assessment.
    #[command(flatten)]
    pub overrides: Overrides,
    /// Figures summed elsewhere, instead of the files of the sources (用别处汇总的数)
    #[arg(long, value_name = "FILE")]
    pub terms: Option<PathBuf>,
    /// When the run counts as failed.
    #[command(flatten)]
    pub verdict: Verdict,
    /// What goes to standard output.
    #[command(flatten)]
    pub shape: Shape,
}

/// What `kaohe schema` describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Described {
    /// assessment.toml (考核任务)
    Assessment,
    /// criteria.toml (评判标准)
    Criteria,
    /// indicators/*.toml (指标库)
    Catalogue,
    /// targets.toml (任务)
    Targets,
    /// allocation.toml (分配办法)
    Allocation,
    /// scorebook.json (成绩册)
    Scorebook,
}

/// `kaohe schema`.
#[derive(Debug, Args)]
pub struct Schema {
    /// Which file (文件种类)
    #[arg(value_enum)]
    pub what: Described,
}

/// `kaohe completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// Which shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, error::ErrorKind};

    use super::*;

    fn parse(line: &str) -> Result<Cli, ErrorKind> {
        Cli::try_parse_from(line.split(' ')).map_err(|error| error.kind())
    }

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    /// DESIGN §5: the spellings of the contract are understood.
    #[test]
    fn the_lines_of_the_contract_parse() {
        for line in [
            "kaohe new linyi --template urban",
            "kaohe check",
            "kaohe check linyi --fail-on never --lang zh",
            "kaohe forms linyi -o forms --every month --one",
            "kaohe measure --format markdown --period 2025H1 --baseline 2024",
            "kaohe measure linyi --partial - --shard 2/3",
            "kaohe measure --partial p.csv --site 县医院 --force",
            "kaohe merge 1.csv 2.csv -o terms.csv --force",
            "kaohe sql linyi --dialect duckdb --table 1=reports --table 2=dw.referrals --union",
            "kaohe sql --dialect spark --source 2 --lang zh",
            "kaohe score linyi --terms terms.csv -o out",
            "kaohe explain linyi LY01 rate --terms terms.csv",
            "kaohe score linyi -o out --force --set policy.min_completeness=0.9 --set a=b --quiet --color never",
            "kaohe score a b 2025/*/assessment.toml --jobs 2 -o out",
            "kaohe score --list years.txt --lang zh",
            "kaohe score --criteria c.toml --organisations orgs.csv --period 2025 --unit code a.csv b.csv",
            "kaohe --lang en explain LY01 rate",
            "kaohe explain linyi LY01 rate --format json",
            "kaohe verify result linyi --freeze",
            "kaohe verify result --files --format json",
            "kaohe targets pay --round 2 --against round-1/targets.csv --format csv -o out",
            "kaohe allocate result --rules allocation.toml --provisional -o money --force",
            "kaohe compare a b c",
            "kaohe list checks",
            "kaohe show rate",
            "kaohe handbook",
            "kaohe handbook criteria.toml -o handbook.html --force --format html",
            "kaohe schema scorebook",
            "kaohe completions powershell",
        ] {
            assert!(parse(line).is_ok(), "{line}");
        }
    }

    #[test]
    fn explain_takes_two_or_three_words() {
        assert_eq!(parse("kaohe explain LY01").map(|_| ()), Err(ErrorKind::TooFewValues));
        assert_eq!(parse("kaohe explain a b c d").map(|_| ()), Err(ErrorKind::TooManyValues));
    }

    /// What would be passed over in silence is refused.
    #[test]
    fn terms_stand_alone() {
        for line in [
            "kaohe score --criteria c.toml --organisations o.csv --period 2025 --terms t.csv",
            "kaohe score --list years.txt --terms t.csv",
            "kaohe measure --partial p.csv --terms t.csv",
            "kaohe measure --partial p.csv --shard 1/2 --site a",
            "kaohe measure --partial p.csv -o out",
        ] {
            assert_eq!(parse(line).map(|_| ()), Err(ErrorKind::ArgumentConflict), "{line}");
        }
        for line in ["kaohe measure --shard 1/2", "kaohe measure --site a", "kaohe merge", "kaohe sql"] {
            assert_eq!(parse(line).map(|_| ()), Err(ErrorKind::MissingRequiredArgument), "{line}");
        }
    }

    #[test]
    fn options_that_were_not_given_stay_open() {
        let cli = parse("kaohe score").expect("a line of the contract");
        assert!(matches!(cli.verb, Verb::Score(score) if score.run.assessed.inputs.is_empty() && score.run.target.output.is_none()));
        assert_eq!(cli.common.lang, None);
    }
}
