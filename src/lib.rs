//! kaohe (考核): from institution statistics exports to scored, explained reports.
//!
//! # The pipeline
//!
//! Data flow one way. A stage takes a noun by reference and returns a noun; reports compute nothing.
//!
//! ```text
//!  TOML definitions ──► Assessment ─┐
//!                                   ├─► Dataset ─► Measures ─► Scorebook ─► Report ─► files, terminal
//!  exports, registry ─► intake ─────┘      │           │            │
//!                               findings ◄─┴───────────┴────────────┘
//! ```
//!
//! [`cli`] calls three functions and prints: [`assessment::load`] (definitions, registry, files, names, defaults),
//! [`assess::prepare`] (cells into a [`dataset::Dataset`], checks on it) and [`assess::assess`] (measures, scores).
//! What comes out is a [`scorebook::Scorebook`], plain data; [`report`] turns it into tables and bytes, and
//! [`output`] is the only writer.
//!
//! # The nouns
//!
//! | noun | 中文 | what it is |
//! |---|---|---|
//! | [`Assessment`](assessment::Assessment) | 考核任务 | one run: period, baseline, registry, sources, criteria, unit |
//! | [`Catalogue`](catalogue::Catalogue) | 指标库 | items, indicators and checks, as data (`indicators/*.toml`) |
//! | [`Item`](catalogue::Item) | 统计项目 | one reported figure, with its unit, decimals and way through time |
//! | [`Organisation`](registry::Organisation) | 机构 | a reporting institution with its attributes and membership |
//! | [`Unit`](measure::roster::Unit) | 考核对象 | what is scored: an institution, a consortium, a district, a city |
//! | [`Dataset`](dataset::Dataset) | 数据集 | organisation × span × item → exact value with the state of its cell |
//! | [`Terms`](terms::Terms) | 汇总数 | the same figures as a file, summed elsewhere: the whole, or a part to be merged |
//! | [`Indicator`](catalogue::Indicator) | 指标 | numerator / denominator × factor, with direction, level and source |
//! | [`MeasureResult`](scorebook::MeasureResult) | 指标值 | an indicator's value for a unit and window, with its state |
//! | [`Criteria`](score::criteria::Criteria) | 评判标准 | dimensions and criteria with points and rules; policy, grades |
//! | [`Score`](scorebook::Score) | 得分 | points of one criterion for one unit, with the reason |
//! | [`Scorebook`](scorebook::Scorebook) | 成绩册 | the whole inert result |
//! | [`targets::Plan`] | 任务分解 | totals and uniform targets, to be divided among units |
//! | [`pay::Plan`] | 绩效分配 | pools of money, paid out by the scores of a result |
//! | [`Comparison`](compare::Comparison) | 对比 | units, periods or two results side by side, each difference with its cause |
//! | [`Finding`](finding::Finding) | 数据问题 | something wrong or doubtful in the data |
//! | [`Diagnostic`](diagnostic::Diagnostic) | 定义错误 | something wrong in what the user wrote |
//!
//! # The rooms
//!
//! In the order in which data meet them, as the modules are listed below. A room uses only rooms above it.
//!
//! - Shared words: [`text`], [`number`], [`period`], [`apportion`] (whole parts that add up), [`code`], [`codes`],
//!   [`diagnostic`], [`finding`], [`state`].
//! - What figures are about: [`registry`], [`formula`], [`catalogue`], [`dataset`]; and as a file, summed elsewhere: [`terms`].
//! - The result as data: [`scorebook`].
//! - Pure work: [`measure`] (windows, slots, sums, values), [`quality`] (checks on data), [`score`] (rules, totals,
//!   ranks, grades), [`standing`] (where a unit stands among its peers), [`compare`] (what differs between results, and
//!   why), [`pay`] (results turned into money), [`rectification`] (what is to be put right), [`targets`] (totals divided
//!   among units).
//! - Edges that read: [`definition`] (TOML as written; [`lint`] asks whether it is meant so), [`intake`] and [`trace`]
//!   (bytes to cells, and back to a cell),
//!   [`assessment`] (as written → as meant).
//! - Handed to a database instead: [`pushdown`] (sources as SQL, whose result comes back as terms).
//! - Put together: [`assess`], [`explain`], [`monitor`], [`dossier`] (a result with all that reports say of it), [`verify`] (a result as recorded and as it is now).
//! - Edges that write: [`report`] (tables to bytes), [`output`] (bytes to a folder), [`cli`].
//!
//! # Invariants
//!
//! `tests/tidy.rs` checks what a search can check.
//!
//! 1. clap is known in `cli`, comfy-table in `report::terminal`, polars in `measure`, toml in `definition`; nowhere else.
//! 2. No file system, environment, clock or printing outside `cli`, `definition`, `assessment` and `output`.
//! 3. A value is an exact number or a state with a reason. Missing never becomes 0, and no binary float takes part in a
//!    value, threshold, point or rank.
//! 4. Rows are joined by key, never by position. Output order is declaration order or the order of keys.
//! 5. As written ([`definition`]) and as meant ([`assessment`], [`catalogue`], [`score::criteria`]) are different types;
//!    nothing after [`assessment`] sees an option left open or a relative path.
//! 6. Rounding happens at three places: the points of a criterion, money to the 分, and a value that is shown.
//! 7. Reports compute nothing.
//!
//! Rule ids such as `[T3]` or `[P9]` cite `docs/semantics.md`: N numbers, T time, O organisations, F formulas, C completeness,
//! S states, P points, R totals and ranks, I intervals, D reading and determinism.

pub mod text;

pub mod number;
pub mod period;

pub mod apportion;

pub mod code;
pub mod codes;
pub mod diagnostic;
pub mod finding;
pub mod state;

pub mod registry;

pub mod formula;

pub mod catalogue;
pub mod dataset;
pub mod terms;

pub mod scorebook;

pub mod measure;

pub mod quality;

pub mod score;

pub mod compare;
pub mod pay;
pub mod rectification;
pub mod standing;
pub mod targets;

pub mod definition;

pub mod lint;

pub mod intake;
pub mod trace;

pub mod assessment;

pub mod pushdown;

pub mod assess;
pub mod explain;
pub mod forms;
pub mod monitor;

pub mod dossier;

pub mod verify;

pub mod report;

pub mod output;

pub mod cli;
