//! The checked tree: every name is resolved, so nothing that reads it can fail for what was written.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Serialize;

use super::condition::{Compare, Condition};
use super::fraction::{Fraction, Problem, evaluate};
use super::tolerance::Tolerance;
use super::unit::UnitExpr;
use crate::number::Exact;

/// A checked formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// As written in the definition.
    pub text: String,
    /// What it computes.
    pub node: Node,
    /// In which unit.
    pub unit: UnitExpr,
    /// The items declared not additive that it nevertheless sums over organisations other than the
    /// unit's own row, with their bytes [O8]. Allowed where the unit is an institution or pooling is
    /// `mean`; elsewhere [`super::not_additive`] makes the diagnostics.
    pub not_additive: Vec<(ItemId, Range<usize>)>,
}

/// A checked comparison: it holds if each side compares so with the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// As written in the definition.
    pub text: String,
    /// The leftmost side.
    pub first: Node,
    /// What follows, at least one.
    pub rest: Vec<(Compare, Node)>,
    /// As in [`Formula::not_additive`].
    pub not_additive: Vec<(ItemId, Range<usize>)>,
}

/// One step of a computation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Node {
    /// A number, or a constant of the catalogue.
    Number(Exact),
    /// Days of the window that is measured.
    WindowDays,
    /// Months of the window that is measured.
    WindowMonths,
    /// An item summed over organisations [F1]; inside [`Node::Each`] one organisation's own value.
    Total(Term),
    /// How many organisations [F5].
    Count(CountTerm),
    /// The inner value formed per organisation over the window, then summed [F2], over the
    /// organisations that every scope inside holds.
    Each(Box<Self>),
    /// The unit's target for an item, from the targets file.
    Target(ItemId),
    /// The opposite number.
    Negate(Box<Self>),
    /// Left plus right.
    Add(Box<Self>, Box<Self>),
    /// Left minus right.
    Subtract(Box<Self>, Box<Self>),
    /// Left times right.
    Multiply(Box<Self>, Box<Self>),
    /// Left by right.
    Divide(Box<Self>, Box<Self>),
    /// The smallest, at least two.
    Min(Vec<Self>),
    /// The largest, at least two.
    Max(Vec<Self>),
    /// Without its sign.
    Abs(Box<Self>),
}

/// The sum of an item over the organisations of a scope in a window.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    /// The item.
    pub item: ItemId,
    /// Which organisations; all of the unit without one.
    pub scope: Option<Condition>,
    /// Which months.
    pub window: Window,
}

/// The number of organisations of a scope that belong to the unit in a window's last month [F5].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountTerm {
    /// Which organisations; all of the unit without one.
    pub scope: Option<Condition>,
    /// Which months.
    pub window: Window,
}

/// The months a term speaks of [T8].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Window {
    /// The months that are measured.
    #[default]
    Assessed,
    /// The assessment's baseline.
    Baseline,
    /// The same months one year earlier.
    Previous,
    /// The months just before.
    Prior,
}

impl Window {
    /// All windows, in their order.
    pub const ALL: [Self; 4] = [Self::Assessed, Self::Baseline, Self::Previous, Self::Prior];

    /// The windows that can be named in a formula.
    pub const NAMED: [Self; 3] = [Self::Baseline, Self::Previous, Self::Prior];

    /// The word used in formulas and files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Assessed => "assessed",
            Self::Baseline => "baseline",
            Self::Previous => "previous",
            Self::Prior => "prior",
        }
    }
}

/// Index of an item in the table of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub usize);

impl Formula {
    /// Its distinct terms in order of appearance, those inside `each` included.
    pub fn terms(&self) -> Vec<&Term> {
        self.node.terms()
    }

    /// Its distinct counts in order of appearance.
    pub fn counts(&self) -> Vec<&CountTerm> {
        let mut found = Vec::new();
        self.node.leaves(&mut |leaf| match leaf {
            Node::Count(count) if !found.contains(&count) => found.push(count),
            _ => {}
        });
        found
    }

    /// Every item it looks at: summed, asked for in a condition, or with a target.
    pub fn items(&self) -> BTreeSet<ItemId> {
        let mut found = BTreeSet::new();
        self.node.items(&mut found);
        found
    }

    /// The windows its terms and counts speak of.
    pub fn windows(&self) -> BTreeSet<Window> {
        self.terms().iter().map(|term| term.window).chain(self.counts().iter().map(|count| count.window)).collect()
    }
}

impl Rule {
    /// Its sides from left to right.
    pub fn sides(&self) -> impl Iterator<Item = &Node> {
        std::iter::once(&self.first).chain(self.rest.iter().map(|(_, side)| side))
    }

    /// Its distinct terms in order of appearance, those inside `each` included.
    pub fn terms(&self) -> Vec<&Term> {
        let mut found: Vec<&Term> = Vec::new();
        for term in self.sides().flat_map(Node::terms) {
            if !found.contains(&term) {
                found.push(term);
            }
        }
        found
    }

    /// Whether it holds, or fails by no more than the tolerance. All sides are needed: a missing one
    /// leaves the rule undecided even where the others already differ [S5].
    pub fn holds(&self, tolerance: &Tolerance, leaf: &mut dyn FnMut(&Node) -> Result<Fraction, Problem>) -> Result<bool, Problem> {
        let value = |side, leaf: &mut dyn FnMut(&Node) -> Result<Fraction, Problem>| evaluate(side, leaf).and_then(|side| side.value());
        let mut left = value(&self.first, leaf);
        let mut holds: Result<bool, Problem> = Ok(true);
        for (compare, side) in &self.rest {
            let right = value(side, leaf);
            holds = match (holds, &left, &right) {
                (Ok(holds), Ok(left), Ok(right)) => Ok(holds && tolerance.holds(*compare, left, right)),
                (holds, left, right) => {
                    let problems = [holds.err(), left.clone().err(), right.clone().err()];
                    Err(problems.into_iter().flatten().min().unwrap_or(Problem::Missing))
                }
            };
            left = right;
        }
        holds
    }
}

impl Node {
    /// The distinct terms in order of appearance, those inside `each` included.
    pub fn terms(&self) -> Vec<&Term> {
        let mut found = Vec::new();
        self.leaves(&mut |leaf| match leaf {
            Self::Total(term) if !found.contains(&term) => found.push(term),
            Self::Each(inner) => inner.terms().into_iter().for_each(|term| {
                if !found.contains(&term) {
                    found.push(term);
                }
            }),
            _ => {}
        });
        found
    }

    fn items(&self, found: &mut BTreeSet<ItemId>) {
        self.leaves(&mut |leaf| match leaf {
            Self::Total(Term { item, scope, .. }) => {
                found.insert(*item);
                found.extend(scope.iter().flat_map(Condition::items));
            }
            Self::Count(count) => found.extend(count.scope.iter().flat_map(Condition::items)),
            Self::Target(item) => {
                found.insert(*item);
            }
            Self::Each(inner) => inner.items(found),
            _ => {}
        });
    }

    /// True if it divides outside `each`, so that its fraction has a denominator of its own.
    pub fn divides(&self) -> bool {
        match self {
            Self::Divide(..) => true,
            Self::Negate(inner) | Self::Abs(inner) => inner.divides(),
            Self::Add(left, right) | Self::Subtract(left, right) | Self::Multiply(left, right) => left.divides() || right.divides(),
            Self::Min(parts) | Self::Max(parts) => parts.iter().any(Self::divides),
            Self::Number(_) | Self::WindowDays | Self::WindowMonths | Self::Total(_) | Self::Count(_) | Self::Target(_) | Self::Each(_) => {
                false
            }
        }
    }

    /// Visits the leaves from left to right: numbers, totals, counts, targets, and `each` as a whole.
    pub fn leaves<'a>(&'a self, see: &mut dyn FnMut(&'a Self)) {
        match self {
            Self::Negate(inner) | Self::Abs(inner) => inner.leaves(see),
            Self::Add(left, right) | Self::Subtract(left, right) | Self::Multiply(left, right) | Self::Divide(left, right) => {
                left.leaves(see);
                right.leaves(see);
            }
            Self::Min(parts) | Self::Max(parts) => parts.iter().for_each(|part| part.leaves(see)),
            Self::Number(_) | Self::WindowDays | Self::WindowMonths | Self::Total(_) | Self::Count(_) | Self::Target(_) | Self::Each(_) => {
                see(self);
            }
        }
    }
}
