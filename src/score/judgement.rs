//! Judgements as handed in: who gave what to which unit and criterion, at which stage [P12].

use serde::Serialize;

/// Self-assessment, review, appeal; the last one scores, the others are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// 自评
    #[serde(rename = "self")]
    SelfAssessed,
    /// 复核
    Review,
    /// 申诉
    Appeal,
}

impl Stage {
    /// The spelling in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::SelfAssessed => "self",
            Self::Review => "review",
            Self::Appeal => "appeal",
        }
    }
}

/// What a judge wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JudgedValue {
    /// A grade, `yes`/`no`, a count or points, as written; the rule reads it.
    Given(String),
    /// It does not apply to this unit.
    NotApplicable,
    /// Evidence was asked for and not there: 0 points.
    NoEvidence,
    /// The judge stands aside.
    Recused,
}

impl JudgedValue {
    /// What stands in the place of a judgement; `None` for a grade, count, points or answer.
    pub fn read(written: &str) -> Option<Self> {
        match crate::text::normalise(written).as_str() {
            "not-applicable" | "不适用" => Some(Self::NotApplicable),
            "no-evidence" | "无佐证" | "无材料" => Some(Self::NoEvidence),
            "recused" | "回避" => Some(Self::Recused),
            _ => None,
        }
    }
}

/// One row of a judgements file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Key of the unit.
    pub unit: String,
    /// Id of the criterion.
    pub criterion: String,
    /// Part of the criterion, where it has judged parts; else empty.
    pub part: String,
    /// What was given.
    pub value: JudgedValue,
    /// Who gave it.
    pub judge: String,
    /// Stage.
    pub stage: Stage,
    /// Evidence as named.
    pub evidence: String,
    /// Reason as written.
    pub reason: String,
    /// File and line it stands in.
    pub file: String,
    /// Line from 1.
    pub row: u64,
}

/// Words for yes and no that people write.
pub fn yes_or_no(text: &str) -> Option<bool> {
    match crate::text::normalise(text).as_str() {
        "yes" | "y" | "true" | "是" | "有" | "达到" | "达标" | "√" => Some(true),
        "no" | "n" | "false" | "否" | "无" | "未达到" | "未达标" | "×" => Some(false),
        _ => None,
    }
}
