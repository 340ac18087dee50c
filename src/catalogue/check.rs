//! Checks on reported figures, as resolved (SEMANTICS S5).

use std::collections::BTreeSet;

use crate::code::Severity;
use crate::formula::{Formula, ItemId, Rule, Tolerance};
use crate::number::Exact;
use crate::text::Text;

/// A condition that reported figures must fulfil.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Stable id.
    pub id: String,
    /// Name in both languages.
    pub name: Text,
    /// The condition as a reader would say it: the formula of a rule, or words.
    pub says: Text,
    /// What is asked.
    pub asks: Asks,
    /// At error the values involved are rejected.
    pub severity: Severity,
}

/// What a check asks.
#[derive(Debug, Clone, PartialEq)]
pub enum Asks {
    /// A comparison of one organisation's values of one period.
    Rule {
        /// What must hold.
        rule: Rule,
        /// What is let pass.
        tolerance: Tolerance,
    },
    /// A comparison of a unit's sums over the assessed window.
    UnitRule {
        /// What must hold.
        rule: Rule,
        /// What is let pass.
        tolerance: Tolerance,
    },
    /// Every value of these items lies within the band.
    Within(Vec<ItemId>, Band),
    /// Of these items an organisation reports all or none for a period.
    Together(Vec<ItemId>),
    /// Of these items at most one is reported other than 0.
    Exclusive(Vec<ItemId>),
    /// A value changes from the year before by at most a share of it.
    Jump {
        /// Each of these items.
        of: Vec<ItemId>,
        /// The share, in millionths.
        change: i64,
        /// Values of the year before below this are not compared, in the item's unit.
        min_base: Exact,
    },
    /// A value lies not too far from those of its peers, by the modified z-score.
    Outlier {
        /// What is compared, formed per organisation and period.
        of: Formula,
        /// The attribute that peers share; all organisations without one.
        peers: Option<String>,
        /// The largest score that is no outlier.
        limit: Exact,
        /// The fewest values that are compared.
        at_least: usize,
    },
    /// No two rows of these items are the same.
    Repeated(Vec<ItemId>),
    /// The figures of an item are not all one.
    Constant {
        /// Each of these items.
        of: Vec<ItemId>,
        /// Which figures are looked at together.
        over: Over,
        /// The fewest figures that are looked at.
        at_least: usize,
    },
    /// No figure is many times as large, or as small, as the organisation's usual one.
    Slip {
        /// Each of these items.
        of: Vec<ItemId>,
        /// How many times is too much.
        times: i64,
    },
}

impl Check {
    /// Whether it asks about what is chosen: all that a comparison needs, or any of a list of items.
    pub fn concerns(&self, chosen: &BTreeSet<ItemId>) -> bool {
        match &self.asks {
            Asks::Rule { rule, .. } | Asks::UnitRule { rule, .. } => rule.terms().iter().all(|term| chosen.contains(&term.item)),
            Asks::Outlier { of, .. } => of.items().is_subset(chosen),
            Asks::Together(of) | Asks::Exclusive(of) => of.iter().all(|item| chosen.contains(item)),
            Asks::Within(of, _) | Asks::Jump { of, .. } | Asks::Repeated(of) | Asks::Constant { of, .. } | Asks::Slip { of, .. } => {
                of.iter().any(|item| chosen.contains(item))
            }
        }
    }
}

/// Which figures of an item are looked at together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Over {
    /// One organisation's, of periods of one length.
    Organisation,
    /// All there are.
    Column,
}

/// A stretch of values, edges included; at least one edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The smallest value inside.
    pub low: Option<Exact>,
    /// The largest value inside.
    pub high: Option<Exact>,
}

impl Band {
    /// Whether the value lies inside.
    pub fn holds(&self, value: &Exact) -> bool {
        self.low.as_ref().is_none_or(|low| low <= value) && self.high.as_ref().is_none_or(|high| value <= high)
    }

    /// `1..60`, `≥ 0`, `≤ 100`.
    pub fn text(&self) -> String {
        match (&self.low, &self.high) {
            (Some(low), Some(high)) => format!("{low}..{high}"),
            (Some(low), None) => format!("≥ {low}"),
            (None, Some(high)) => format!("≤ {high}"),
            (None, None) => String::new(),
        }
    }
}
