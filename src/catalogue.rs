//! The catalogue as resolved: items, indicators and where their definitions come from.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::formula::{Condition, Formula, ItemId};
use crate::number::Exact;
use crate::period::Lookback;
use crate::text::{Shared, Text};

pub mod check;

pub use check::{Asks, Band, Check, Over};

/// How far the stated source of a definition was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Read in the document named.
    Read,
    /// Recalled, not verified; every report that uses it says so.
    Recalled,
    /// Made up for illustration.
    Illustrative,
}

impl Confidence {
    /// The confidence in words.
    pub fn word(self) -> Text {
        match self {
            Self::Read => Text::new("已核对原文", "read"),
            Self::Recalled => Text::new("凭记忆，未核对", "recalled, not verified"),
            Self::Illustrative => Text::new("示例", "illustrative"),
        }
    }
}

/// The document a definition or number comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// The document's number or title.
    pub document: Text,
    /// Annex, page or article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Text>,
    /// How far it was verified.
    pub confidence: Confidence,
}

/// How values of an item add up over the months of a window [T3, T6, T7].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Time {
    /// Summed over the window: visits, income.
    Flow,
    /// The latest value in the window: beds, patients under management.
    Stock,
    /// The average over the window, weighted by months.
    Mean,
}

/// One reported figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Stable id, snake_case.
    pub id: Shared,
    /// Name in both languages.
    pub name: Text,
    /// Other headers under which exports carry it.
    pub aliases: Vec<String>,
    /// Unit id, e.g. `visit`, `yuan`, `%`.
    pub unit: String,
    /// Smallest step of the reported value is 10^-decimals [N1].
    pub decimals: u32,
    /// How months add up.
    pub time: Time,
    /// False if it may not be summed over organisations [O8].
    pub additive: bool,
    /// Who must report it; `None` is every organisation [C3].
    pub expected_from: Option<Condition>,
    /// What exactly is counted.
    pub definition: Option<Text>,
    /// Sources.
    pub basis: Vec<Basis>,
}

impl Item {
    /// True if its unit counts things; money, time, shares and weights are measured. A unit that is not known here is
    /// taken for a count unless it is made of others.
    pub fn is_counted(&self) -> bool {
        let unit = self.unit.as_str();
        let is_made = unit.is_empty() || unit.contains(['/', '·', '*', '%', '‰']);
        let is_known = MEASURED.contains(&unit) || unit.ends_with('元') || unit.ends_with('日') || unit.ends_with('天');
        !(is_made || is_known)
    }
}

/// Units that count no things: amounts of money, time, medicine and workload, points and ranks.
const MEASURED: &[&str] = &[
    "yuan",
    "day",
    "bed_day",
    "hour",
    "minute",
    "DDD",
    "point",
    "equivalent",
    "weight",
    "grade",
    "小时",
    "分钟",
    "分",
    "当量",
    "权重",
    "级",
];

/// The direction in which an indicator's value is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Better {
    /// 逐步提高
    Higher,
    /// 逐步降低
    Lower,
    /// Best inside a range.
    Range,
    /// 监测比较: no direction.
    Monitor,
}

/// What kind of number an indicator is; decides what numerators and denominators are possible [F10].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A part of a whole: 0 ≤ N ≤ D.
    Proportion,
    /// Events per exposure: deaths per births, complaints per visits. N ≥ 0 counts events, D > 0.
    Rate,
    /// Any quotient: growth, costs per case.
    Ratio,
    /// A count or amount, without denominator.
    Count,
    /// An average per something.
    Mean,
    /// Only the finished figure is reported.
    Published,
}

impl Form {
    /// True where something over nothing is impossible, and no mere absence of a base [F10].
    pub fn needs_base(self) -> bool {
        matches!(self, Self::Proportion | Self::Rate | Self::Mean)
    }
}

/// How institutions become a unit [F9].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Pooling {
    /// Σ numerators / Σ denominators.
    #[default]
    Pooled,
    /// The plain average of the organisations' own values.
    Mean,
}

/// The lowest level at which an indicator may be computed [O9].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// One institution.
    Institution,
    /// A consortium.
    Consortium,
    /// A county or district.
    County,
    /// A city.
    City,
}

impl Level {
    /// The level in words.
    pub fn word(self) -> Text {
        match self {
            Self::Institution => Text::new("机构", "institution"),
            Self::Consortium => Text::new("医联体", "consortium"),
            Self::County => Text::new("区县", "county"),
            Self::City => Text::new("市", "city"),
        }
    }
}

/// numerator / denominator × factor, over a unit and a window.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Stable id, snake_case.
    pub id: Shared,
    /// Name in both languages.
    pub name: Text,
    /// Above the line.
    pub numerator: Formula,
    /// Below the line; `None` for counts and for formulas that divide themselves.
    pub denominator: Option<Formula>,
    /// What the quotient is multiplied by, before dividing [N5].
    pub factor: Exact,
    /// Display unit id.
    pub unit: String,
    /// Direction.
    pub better: Better,
    /// Kind of number.
    pub form: Form,
    /// Pooled, or mean of institutions.
    pub pooling: Pooling,
    /// Decimals shown [N7].
    pub decimals: u32,
    /// The months it is taken over.
    pub lookback: Lookback,
    /// Lowest level at which it may be computed.
    pub level: Level,
    /// What an institution's value usually is, in the display unit.
    pub plausible: Option<Band>,
    /// Other names under which it is known.
    pub aliases: Vec<String>,
    /// Worked examples.
    pub examples: Vec<Example>,
    /// The definition in words.
    pub definition: Option<Text>,
    /// Sources.
    pub basis: Vec<Basis>,
}

/// Figures given, as an indicator's catalogue writes them, and the value that comes out.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What each figure is of, and the figure.
    pub given: Vec<(String, Exact)>,
    /// The value, in the display unit.
    pub expect: Exact,
}

impl Indicator {
    /// Both formulas, numerator first.
    pub fn formulas(&self) -> impl Iterator<Item = &Formula> {
        std::iter::once(&self.numerator).chain(&self.denominator)
    }
}

/// All items and indicators of an assessment, in the order of the files.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// Items; an [`ItemId`] counts into this list.
    pub items: Vec<Item>,
    /// Indicators.
    pub indicators: Vec<Indicator>,
    /// Checks on the data.
    pub checks: Vec<Check>,
    /// The files they come from, in order; what a scheme adds of its own is in none of them.
    pub parts: Vec<Part>,
}

/// One catalogue file among several: what it is, and which entries are its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Id of the catalogue.
    pub id: String,
    /// `builtin:ID@VERSION`, or `ID@VERSION` of a file of one's own.
    pub reference: String,
    /// Title.
    pub title: Text,
    /// Catalogues whose items it uses.
    pub requires: Vec<String>,
    /// Documents it follows.
    pub basis: Vec<Basis>,
    /// Its items, by index.
    pub items: Range<usize>,
    /// Its indicators, by index.
    pub indicators: Range<usize>,
    /// Its checks, by index.
    pub checks: Range<usize>,
    /// Its numbers for estimated denominators.
    pub constants: Vec<Constant>,
}

/// A number for estimated denominators.
#[derive(Debug, Clone, PartialEq)]
pub struct Constant {
    /// Stable id, as formulas name it.
    pub id: String,
    /// Name in both languages.
    pub name: Text,
    /// The number, as it enters a formula.
    pub value: Exact,
    /// Sources.
    pub basis: Vec<Basis>,
}

impl Catalogue {
    /// The item behind an id.
    pub fn item(&self, id: ItemId) -> &Item {
        &self.items[id.0]
    }
}

/// The display word of a unit id.
pub fn unit_word(unit: &str) -> Text {
    let (zh, en) = match unit {
        "person" => ("人", "persons"),
        "visit" => ("人次", "visits"),
        "case" => ("例", "cases"),
        "bed" => ("张", "beds"),
        "day" => ("日", "days"),
        "bed_day" => ("床日", "bed-days"),
        "institution" => ("家", "institutions"),
        "piece" => ("份", "pieces"),
        "yuan" => ("元", "yuan"),
        "point" => ("分", "points"),
        "times" => ("次", "times"),
        "equivalent" => ("当量", "equivalents"),
        "project" => ("项", "items"),
        "team" => ("个", "teams"),
        "centre" => ("个", "centres"),
        "county" => ("个", "counties"),
        "session" => ("次", "sessions"),
        "minute" => ("分钟", "minutes"),
        "weight" => ("权重", "weights"),
        "grade" => ("级", "grades"),
        other => return Text::same(other),
    };
    Text::new(zh, en)
}
