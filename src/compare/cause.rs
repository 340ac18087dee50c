//! Why a result may differ from another one.

use crate::text::{Text, list};

/// What a result rests on, in the order in which one thing after the other is replaced. The order matters where two
/// things act on the same figure: each effect is what a replacement adds to those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Who is assessed: organisations, units, what is not expected of whom.
    Registry,
    /// Figures as reported and as verified.
    Data,
    /// Corrections of reported figures.
    Corrections,
    /// Judgements by people.
    Judgements,
    /// The scheme: criteria, catalogues, targets, parts, the baseline, settings of a run.
    Criteria,
}

impl Cause {
    /// Every cause, in the order of replacement.
    pub const ALL: [Self; 5] = [Self::Registry, Self::Data, Self::Corrections, Self::Judgements, Self::Criteria];

    /// The spelling in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Registry => "registry",
            Self::Data => "data",
            Self::Corrections => "corrections",
            Self::Judgements => "judgements",
            Self::Criteria => "criteria",
        }
    }

    /// The word people read.
    pub fn word(self) -> Text {
        let zh = match self {
            Self::Registry => "名册",
            Self::Data => "数据",
            Self::Corrections => "更正",
            Self::Judgements => "评定",
            Self::Criteria => "评判标准",
        };
        Text::new(zh, self.id())
    }
}

/// Several causes in words, in the order of replacement.
pub fn words(causes: &[Cause]) -> Text {
    let words: Vec<Text> = causes.iter().map(|cause| cause.word()).collect();
    list(&words)
}
