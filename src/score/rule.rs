//! The scoring rules of a criterion as resolved (SCHEMES 3).

use std::collections::BTreeMap;

use crate::number::Exact;
use crate::score::deduction::Deduction;
use crate::score::kernel::{
    Bands, ByDate, Direction, Evidence, Grade, Improve, Linear, Panel, Peer, Percentile, Places, Points, Range, Ratio, Steps, Tiers,
};
use crate::score::part::PartRule;
use crate::text::Text;

/// A scoring rule with its parameters.
#[derive(Debug, Clone)]
pub enum Rule {
    /// Value to target, in proportion.
    Ratio(Ratio),
    /// Value to the unit's own target, in proportion.
    Task {
        /// Id of the item or indicator that the targets file sets.
        item: String,
        /// The side on which the target is reached.
        direction: Direction,
        /// True if the target is taken in proportion to the months of the window.
        pro_rata: bool,
    },
    /// Between two values, in proportion.
    Linear(Linear),
    /// A table of steps.
    Bands(Bands),
    /// So many points off per step short of the target.
    Steps(Steps),
    /// So many points for a unit of work, by tier.
    Tiers(Tiers),
    /// Full inside a range, points off outside.
    Range(Range),
    /// Against the baseline.
    Improve {
        /// Parameters.
        rule: Improve,
        /// What applies where the improvement cannot be judged [P6].
        or_else: Option<Box<Rule>>,
    },
    /// The best of several.
    BestOf(Vec<Rule>),
    /// Parts with points of their own.
    Mix(Vec<MixPart>),
    /// Full points less a list.
    Deduct(Vec<Deduction>),
    /// Against the mean or median of the peer group.
    Peer(Peer),
    /// By the share of the peer group that is not better.
    Percentile(Percentile),
    /// By place in the peer group.
    Rank(Places),
    /// A grade on a scale.
    Graded {
        /// The grades with their shares, from the best down.
        scale: Vec<Grade>,
        /// What each grade means.
        text: BTreeMap<String, Text>,
    },
    /// Yes or no.
    Met,
    /// So many pieces of evidence.
    Evidence(Evidence),
    /// Points given by one person.
    Points(Points),
    /// By the date something was done.
    ByDate(ByDate),
    /// Points given by several experts.
    Panel(Panel),
    /// By the totals of parts scored before.
    Part(PartRule),
    /// Watched only.
    Monitor,
}

/// A part of a `mix` [P7].
#[derive(Debug, Clone)]
pub struct MixPart {
    /// Points of the part.
    pub points: Exact,
    /// Its own indicator; `None` is the criterion's.
    pub indicator: Option<usize>,
    /// Its rule.
    pub rule: Rule,
}

impl Rule {
    /// The rule's name as in TOML.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Ratio(_) | Self::Task { .. } => "ratio",
            Self::Linear(_) => "linear",
            Self::Bands(_) => "bands",
            Self::Steps(_) => "steps",
            Self::Tiers(_) => "tiers",
            Self::Range(_) => "range",
            Self::Improve { .. } => "improve",
            Self::BestOf(_) => "best_of",
            Self::Mix(_) => "mix",
            Self::Deduct(_) => "deduct",
            Self::Peer(_) => "peer",
            Self::Percentile(_) => "percentile",
            Self::Rank(_) => "rank",
            Self::Graded { .. } => "graded",
            Self::Met => "met",
            Self::Evidence(_) => "evidence",
            Self::Points(_) => "points",
            Self::ByDate(_) => "by_date",
            Self::Panel(_) => "panel",
            Self::Part(_) => "part",
            Self::Monitor => "monitor",
        }
    }

    /// True if judgements stand under its criterion: its value, or parts of it.
    pub fn takes_judgements(&self) -> bool {
        self.is_judged() || !self.judged_parts().is_empty()
    }

    /// The names of parts that stand among the judgements.
    pub fn judged_parts(&self) -> Vec<&str> {
        match self {
            Self::Deduct(list) => list.iter().flat_map(|entry| entry.kind.judged()).map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// True if it takes its value from judgements [P12].
    pub fn is_judged(&self) -> bool {
        matches!(self, Self::Graded { .. } | Self::Met | Self::Evidence(_) | Self::Points(_) | Self::ByDate(_) | Self::Panel(_))
    }

    /// The target as a report prints it, where the rule has one.
    pub fn target(&self) -> Option<String> {
        match self {
            Self::Ratio(rule) => Some(rule.target.to_string()),
            Self::Linear(rule) => Some(rule.full.to_string()),
            Self::Steps(rule) => Some(rule.target.to_string()),
            Self::Range(rule) => Some(format!("{}–{}", rule.low, rule.high)),
            Self::ByDate(rule) => Some(rule.due.to_string()),
            Self::BestOf(rules) => rules.iter().find_map(Self::target),
            Self::Mix(parts) => parts.iter().find_map(|part| part.rule.target()),
            Self::Improve { or_else, .. } => or_else.as_ref().and_then(|rule| rule.target()),
            _ => None,
        }
    }

    /// Adds every indicator that the rule or a rule inside it names besides the criterion's.
    pub(super) fn named_indicators(&self, found: &mut Vec<usize>) {
        match self {
            Self::Mix(parts) => parts.iter().for_each(|part| {
                found.extend(part.indicator);
                part.rule.named_indicators(found);
            }),
            Self::BestOf(rules) => rules.iter().for_each(|rule| rule.named_indicators(found)),
            Self::Improve { or_else: Some(rule), .. } => rule.named_indicators(found),
            Self::Deduct(list) => found.extend(list.iter().filter_map(|entry| entry.kind.indicator())),
            _ => {}
        }
    }

    /// The same, to change them.
    pub fn visit_indicators(&mut self, see: &mut dyn FnMut(&mut usize)) {
        match self {
            Self::Mix(parts) => parts.iter_mut().for_each(|part| {
                part.indicator.as_mut().into_iter().for_each(&mut *see);
                part.rule.visit_indicators(see);
            }),
            Self::BestOf(rules) => rules.iter_mut().for_each(|rule| rule.visit_indicators(see)),
            Self::Improve { or_else: Some(rule), .. } => rule.visit_indicators(see),
            Self::Deduct(list) => list.iter_mut().filter_map(|entry| entry.kind.indicator_mut()).for_each(see),
            _ => {}
        }
    }

    /// The rules on parts in it.
    pub fn part_rules(&self) -> Vec<&PartRule> {
        match self {
            Self::Part(rule) => vec![rule],
            Self::Mix(parts) => parts.iter().flat_map(|part| part.rule.part_rules()).collect(),
            Self::BestOf(rules) => rules.iter().flat_map(Self::part_rules).collect(),
            _ => Vec::new(),
        }
    }

    /// True if it compares with the baseline.
    pub fn needs_baseline(&self) -> bool {
        self.any(&|rule| matches!(rule, Self::Improve { .. }))
    }

    /// True if it compares with the peer group.
    pub fn needs_peers(&self) -> bool {
        self.any(&|rule| matches!(rule, Self::Peer(_) | Self::Percentile(_) | Self::Rank(_)))
    }

    /// Whether this rule or one inside it is such a one.
    fn any(&self, is: &dyn Fn(&Self) -> bool) -> bool {
        is(self)
            || match self {
                Self::BestOf(rules) => rules.iter().any(|rule| rule.any(is)),
                Self::Mix(parts) => parts.iter().any(|part| part.rule.any(is)),
                Self::Improve { or_else: Some(rule), .. } => rule.any(is),
                _ => false,
            }
    }
}
