//! What replaced a reported figure: a recorded correction, or a verified figure [S1].

use std::collections::BTreeMap;

use crate::finding::Place;
use crate::number::Exact;
use crate::period::Span;
use crate::text::Text;

/// A figure as corrections speak of it, in the unit of its item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    /// Nothing was reported.
    Nothing,
    /// A number.
    Number(Exact),
    /// What stands there and is no number, as written.
    Written(String),
    /// A figure that was rejected.
    Rejected,
}

impl Figure {
    /// The figure with its unit.
    pub fn text(&self, unit: &Text) -> Text {
        let number = match self {
            Self::Nothing => return Text::new("无", "nothing"),
            Self::Rejected => return Text::new("被剔除的数值", "a rejected value"),
            Self::Written(written) => return Text::new(format!("“{written}”"), format!("`{written}`")),
            Self::Number(number) => number.to_string(),
        };
        let gap = if unit.en == "%" { "" } else { " " };
        let with = |unit: &str| format!("{number}{gap}{unit}").trim_end().to_owned();
        Text::new(with(&unit.zh), with(&unit.en))
    }
}

/// What replaced a reported figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// As it was reported.
    pub was: Figure,
    /// As it counts.
    pub now: Figure,
    /// True for a running total: its span reaches from January to its month [T5].
    pub is_running_total: bool,
    /// Where the figure stands that counts.
    pub place: Place,
    /// Who, when, why and by which document, as written; else the file it stands in.
    pub note: String,
}

impl Replaced {
    /// The period it is of.
    pub fn period(&self, span: Span) -> Text {
        period(span, self.is_running_total)
    }
}

/// A period as corrections name it: of a running total it says so.
pub fn period(span: Span, is_running_total: bool) -> Text {
    if is_running_total {
        Text::new(format!("{span}（累计）"), format!("{span} (running total)"))
    } else {
        Text::same(span.to_string())
    }
}

/// The figures of one organisation and item that were replaced.
#[derive(Debug, Default, Clone)]
pub(super) struct Replacements {
    /// By the span they were reported for.
    pub(super) made: BTreeMap<Span, Replaced>,
    /// Values they changed, with the spans of the replaced figures: a running total changes two [T5].
    pub(super) changed: BTreeMap<Span, Vec<Span>>,
}
