//! Points as a function of the value: where it bends or jumps, and which values there are.

use crate::catalogue::{Form, Indicator};
use crate::formula::Node;
use crate::number::Exact;
use crate::score::criteria::Rule;
use crate::score::kernel::{Bands, Count, Loss, Per, Shown, Steps};
use crate::text::Text;

/// The values an indicator can have; an open side is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) low: Option<Exact>,
    pub(super) high: Option<Exact>,
}

impl Extent {
    /// F10: a proportion lies between 0 and its factor, a rate of events and a count of things are not below 0.
    pub(super) fn of(indicator: &Indicator) -> Self {
        let is_counted = matches!(indicator.numerator.node, Node::Total(_) | Node::Count(_));
        match indicator.form {
            Form::Proportion => Self { low: Some(Exact::zero()), high: Some(indicator.factor.clone()) },
            Form::Rate => Self { low: Some(Exact::zero()), high: None },
            Form::Count if is_counted => Self { low: Some(Exact::zero()), high: None },
            _ => Self { low: None, high: None },
        }
    }

    pub(super) fn holds(&self, value: &Exact) -> bool {
        self.low.as_ref().is_none_or(|low| value >= low) && self.high.as_ref().is_none_or(|high| value <= high)
    }
}

/// A rule's points for a value; `None` for rules that look at more than the value.
pub(super) fn points_at(rule: &Rule, value: &Exact, full: &Exact) -> Option<Exact> {
    let unit = Text::default();
    let shown = Shown { unit: &unit, decimals: 0 };
    Some(match rule {
        Rule::Ratio(rule) => rule.score(value, full, &shown).points,
        Rule::Linear(rule) => rule.score(value, full, &shown).points,
        Rule::Bands(rule) => rule.score(value, full, &shown).points,
        Rule::Steps(rule) => rule.score(value, full, &shown).points,
        Rule::Tiers(rule) => rule.score(value, full, &shown).points,
        Rule::Range(rule) => rule.score(value, full, &shown).points,
        Rule::BestOf(rules) => {
            let all: Option<Vec<Exact>> = rules.iter().map(|rule| points_at(rule, value, full)).collect();
            all?.into_iter().max()?
        }
        _ => return None,
    })
}

/// The values at which such a rule bends or jumps. Of equal steps the first stands for all.
pub(super) fn breaks(rule: &Rule) -> Vec<Exact> {
    match rule {
        Rule::Ratio(rule) => vec![rule.target.clone()],
        Rule::Linear(rule) => vec![rule.zero.clone(), rule.full.clone()],
        Rule::Bands(rule) => edges(rule),
        Rule::Steps(rule) => steps(rule),
        Rule::Tiers(rule) => rule.tiers.iter().map(|tier| tier.from.clone()).collect(),
        Rule::Range(rule) => {
            let (down, up) = (step(&rule.loss, &rule.low), step(&rule.loss, &rule.high));
            vec![rule.low.clone(), &rule.low - &down, rule.high.clone(), &rule.high + &up]
        }
        Rule::BestOf(rules) => rules.iter().flat_map(breaks).collect(),
        _ => Vec::new(),
    }
}

/// The target and the first step beyond it, on either side.
pub(super) fn steps(rule: &Steps) -> Vec<Exact> {
    let size = step(&rule.loss, &rule.target);
    vec![rule.target.clone(), &rule.target - &size, &rule.target + &size]
}

/// The distinct edges of bands, from the lowest up.
pub(super) fn edges(bands: &Bands) -> Vec<Exact> {
    let mut edges: Vec<Exact> = bands.bands.iter().filter_map(|band| band.when.edge().cloned()).collect();
    edges.sort();
    edges.dedup();
    edges
}

/// The size of a step in the display unit.
pub(super) fn step(loss: &Loss, edge: &Exact) -> Exact {
    match loss.per {
        Per::Points => loss.every.clone(),
        Per::Percent => (&loss.every * &edge.abs()).checked_div(&Exact::from(100)).unwrap_or_else(Exact::zero),
    }
}

/// How far from its edge a loss reaches its cap; `None` without one.
pub(super) fn to_cap(loss: &Loss, edge: &Exact) -> Option<Exact> {
    let steps = loss.lose_most.as_ref()?.checked_div(&loss.lose)?;
    let steps = match loss.count {
        Count::Floor => steps.ceil(),
        Count::Ceil => &steps.ceil() - &Exact::one(),
        Count::Exact => steps,
    };
    Some(&steps * &step(loss, edge))
}
