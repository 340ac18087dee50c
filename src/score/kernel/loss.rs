//! Points lost by steps: what `steps`, `range` and every other rule that takes off share.

use serde::{Deserialize, Serialize};

use super::problem::not_positive;
use super::shown::{after_word, before_word, percentage, points, same_side};
use super::{Problem, Shown, Verdict};
use crate::codes::criteria;
use crate::number::Exact;
use crate::score::reason;
use crate::text::{Phrase, Said, Text};

/// How steps are counted [P4].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Count {
    /// Only full steps: 8 in steps of 5 is 1.
    Floor,
    /// Every step begun: 8 in steps of 5 is 2.
    Ceil,
    /// In proportion: 8 in steps of 5 is 1.6.
    Exact,
}

/// What a shortfall is measured in [P4].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// The display unit (percentage points for `%`).
    Points,
    /// Percent of the target's absolute value.
    Percent,
}

/// `lose` points off for `every` step of a shortfall, at most `lose_most` [P4].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// Size of a step, in the display unit or in percent of the target; above 0.
    pub every: Exact,
    /// Points lost per step; above 0.
    pub lose: Exact,
    /// How steps are counted.
    pub count: Count,
    /// Most points lost; above 0.
    pub lose_most: Option<Exact>,
    /// What the shortfall is measured in.
    pub per: Per,
}

/// Points lost, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Points, unrounded, 0 or more; not yet limited by what there is to lose.
    pub points: Exact,
    /// The parts of the sentence.
    pub reason: Vec<Said>,
}

impl Lost {
    /// Nothing lost, for one reason.
    pub(crate) fn nothing(part: Said) -> Self {
        Self { points: Exact::zero(), reason: vec![part] }
    }

    /// What is due, but no more than `most`; the sentence ends with it.
    pub(super) fn at_most(due: Exact, most: Option<&Exact>, mut parts: Vec<Said>) -> Self {
        if let Some(most) = most.filter(|most| **most < due) {
            parts.push(Said::new(&reason::STEPS_LOST_MOST).with("due", points(&due)).with("lost", points(most)));
            return Self { points: most.clone(), reason: parts };
        }
        parts.push(Said::new(&reason::STEPS_LOST).with("lost", points(&due)));
        Self { points: due, reason: parts }
    }

    /// Full points less what was lost, never below 0 (扣完为止) [P4].
    pub fn from_full(mut self, full_points: &Exact) -> Verdict {
        if self.points > *full_points {
            self.reason.push(Said::new(&reason::STEPS_NOTHING_LEFT));
        }
        let points = (full_points - &self.points).clamp_to(&Exact::zero(), full_points);
        Verdict { points, grade: None, reason: self.reason }
    }
}

/// A value on the wrong side of what it is measured against.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Miss<'a> {
    /// The value, in the display unit.
    pub(crate) value: &'a Exact,
    /// The target or limit it misses.
    pub(crate) edge: &'a Exact,
    /// What the edge is called.
    pub(crate) name: &'static Phrase,
}

impl Loss {
    /// The points that missing an edge costs, with the sentence.
    pub(crate) fn of(&self, miss: Miss, shown: &Shown) -> Lost {
        let shortfall = self.shortfall(miss);
        let due = &self.lose * &self.steps(&shortfall);
        let every = after_word(&self.every_text(miss, shown));
        let mut parts = vec![self.short(miss, &shortfall, shown)];
        if due.is_zero() {
            parts.push(Said::new(&reason::STEPS_UNCOUNTED).with("every", every));
            return Lost { points: due, reason: parts };
        }
        parts.push(Said::new(self.rate()).with("every", before_word(&every)).with("lose", points(&self.lose)));
        Lost::at_most(due, self.lose_most.as_ref(), parts)
    }

    /// What is wrong with the parameters. `edges` are the targets or limits, with their keys.
    pub(crate) fn check(&self, edges: &[(&'static str, &Exact)]) -> Vec<Problem> {
        let lose_most = self.lose_most.as_ref().and_then(|most| not_positive("lose_most", most));
        let of_zero = edges.iter().filter(|(_, edge)| self.per == Per::Percent && edge.is_zero());
        let of_zero = of_zero.map(|(field, _)| Problem::new(&criteria::PERCENT_OF_ZERO, field).with("field", *field));
        [not_positive("every", &self.every), not_positive("lose", &self.lose), lose_most].into_iter().flatten().chain(of_zero).collect()
    }

    fn steps(&self, shortfall: &Exact) -> Exact {
        let steps = shortfall.checked_div(&self.every).unwrap_or_else(Exact::zero).max(Exact::zero());
        match self.count {
            Count::Floor => steps.floor(),
            Count::Ceil => steps.ceil(),
            Count::Exact => steps,
        }
    }

    fn shortfall(&self, miss: Miss) -> Exact {
        let points = (miss.value - miss.edge).abs();
        match self.per {
            Per::Points => points,
            Per::Percent => (&points * &Exact::from(100)).checked_div(&miss.edge.abs()).unwrap_or(points),
        }
    }

    fn short(&self, miss: Miss, shortfall: &Exact, shown: &Shown) -> Said {
        // The shortfall as shown must be seen to give the steps that were counted.
        let holds = |gap: &Exact| {
            same_side(gap, shortfall, [&Exact::zero()]) && (self.count == Count::Exact || self.steps(gap) == self.steps(shortfall))
        };
        let (phrase, gap) = match self.per {
            Per::Points => (&reason::STEPS_SHORT, shown.difference(shortfall, holds)),
            Per::Percent => (&reason::STEPS_SHORT_PERCENT, percentage(shortfall, holds)),
        };
        let side = if miss.value < miss.edge { &reason::SIDE_BELOW } else { &reason::SIDE_ABOVE };
        Said::new(phrase)
            .with("value", shown.beside(miss.value, &[miss.edge]))
            .with("side", reason::word(side))
            .with("name", reason::word(miss.name))
            .with("target", shown.threshold(miss.edge, miss.value))
            .with("gap", gap)
    }

    fn rate(&self) -> &'static Phrase {
        match self.count {
            Count::Floor => &reason::STEPS_FLOOR,
            Count::Ceil => &reason::STEPS_CEIL,
            Count::Exact => &reason::STEPS_EXACT,
        }
    }

    fn every_text(&self, miss: Miss, shown: &Shown) -> Text {
        match self.per {
            Per::Points => shown.step(&self.every),
            Per::Percent => Text::new(format!("{}的 {}%", miss.name.zh, self.every), format!("{}% of {}", self.every, miss.name.en)),
        }
    }
}
