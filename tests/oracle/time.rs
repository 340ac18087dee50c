//! The oracle on time: an organisation's values of an item in a window, by trying every choice.

use std::collections::BTreeSet;

use kaohe::catalogue::Time;
use kaohe::dataset::Cell;
use kaohe::number::Exact;
use kaohe::period::{Month, Span};

/// Positions of a window.
pub(crate) type Positions = BTreeSet<usize>;

/// A reported value: the positions it covers, and its steps unless it was rejected.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) positions: Positions,
    pub(crate) steps: Option<i64>,
}

/// An organisation's values of one item in one window.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    pub(crate) time: Time,
    pub(crate) decimals: u32,
    /// The chosen values; for a stock at most one, which covers its last month.
    pub(crate) pieces: Vec<Piece>,
    /// True if something was reported for months of the window, usable or not.
    pub(crate) reported: bool,
    /// Where it is required: expected (C3), and where a cell was rejected (S1).
    pub(crate) required: Positions,
    /// Where something is expected.
    pub(crate) expected: Positions,
    last: usize,
}

/// What is known of an organisation and an item before choosing.
pub(crate) struct Source<'a> {
    pub(crate) time: Time,
    pub(crate) decimals: u32,
    pub(crate) window: &'a [Month],
    /// Positions at which the organisation belongs to the unit.
    pub(crate) belongs: &'a Positions,
    /// Positions at which the item is expected.
    pub(crate) expected: Positions,
    pub(crate) values: Vec<(Span, Cell)>,
}

impl Figure {
    pub(crate) fn new(source: Source) -> Self {
        let last = source.window.len() - 1;
        let (pieces, reported) = if source.time == Time::Stock { stock(&source) } else { flow(&source) };
        let mut expected = source.expected;
        let mut rejected: Positions =
            pieces.iter().filter(|piece| piece.steps.is_none()).flat_map(|piece| piece.positions.clone()).collect();
        if source.time == Time::Stock {
            // C1: a stock has one slot, the window's last month.
            expected.retain(|position| *position == last);
            rejected = rejected.iter().map(|_| last).collect();
        }
        let required = expected.union(&rejected).copied().collect();
        Self { time: source.time, decimals: source.decimals, pieces, reported, required, expected, last }
    }

    /// Required positions without a usable value.
    pub(crate) fn unmet(&self) -> Positions {
        let usable: Positions =
            self.pieces.iter().filter(|piece| piece.steps.is_some()).flat_map(|piece| piece.positions.clone()).collect();
        self.required.difference(&usable).copied().collect()
    }

    pub(crate) fn has_rejected(&self) -> bool {
        self.pieces.iter().any(|piece| piece.steps.is_none())
    }

    /// T6: a stock whose latest value is older than the window's last month.
    pub(crate) fn is_stale(&self) -> bool {
        self.time == Time::Stock
            && !self.required.is_empty()
            && self.pieces.iter().any(|piece| piece.steps.is_some() && !piece.positions.contains(&self.last))
    }

    /// Rule (b): something to speak of.
    pub(crate) fn has_ground(&self) -> bool {
        !self.expected.is_empty() || self.reported
    }

    /// T3, T6, T7: the window's value without the blocked positions; `None` if nothing is left.
    pub(crate) fn value(&self, blocked: &Positions) -> Option<Exact> {
        let open: Vec<(i64, i64)> = self
            .pieces
            .iter()
            .filter(|piece| self.time == Time::Stock || piece.positions.is_disjoint(blocked))
            .filter_map(|piece| Some((i64::try_from(piece.positions.len()).ok()?, piece.steps?)))
            .collect();
        if open.is_empty() {
            return None;
        }
        let step = Exact::from_steps(1, self.decimals);
        let sum = |figures: Vec<i64>| figures.iter().map(|figure| Exact::from(*figure)).fold(Exact::zero(), |sum, figure| sum + figure);
        let steps = match self.time {
            Time::Mean => {
                let months = sum(open.iter().map(|(months, _)| *months).collect());
                sum(open.iter().map(|(months, steps)| months * steps).collect()).checked_div(&months)?
            }
            Time::Flow | Time::Stock => sum(open.iter().map(|(_, steps)| *steps).collect()),
        };
        Some(steps * step)
    }
}

/// T6, O3: the latest value whose last month is a position at which it belongs.
fn stock(source: &Source) -> (Vec<Piece>, bool) {
    let mut found: Option<(usize, usize, Option<i64>)> = None;
    for (span, cell) in &source.values {
        let Some(position) = source.window.iter().position(|month| *month == span.last()) else { continue };
        let steps = match cell {
            Cell::Value(steps) => Some(*steps),
            Cell::Rejected => None,
            Cell::Missing => continue,
        };
        // Of two values that end in one month the shorter one is the value of that month.
        let newer = found.is_none_or(|(other, months, _)| position > other || position == other && span.len() < months);
        if source.belongs.contains(&position) && newer {
            found = Some((position, span.len(), steps));
        }
    }
    let pieces: Vec<Piece> =
        found.into_iter().map(|(position, _, steps)| Piece { positions: Positions::from([position]), steps }).collect();
    let reported = !pieces.is_empty();
    (pieces, reported)
}

/// T3, T4, O3: of all choices of values that lie inside window and membership and do not overlap,
/// the one that covers most months; then with fewest values; then with the longest first value.
fn flow(source: &Source) -> (Vec<Piece>, bool) {
    let mut candidates: Vec<Piece> = Vec::new();
    let mut reported = false;
    for (span, cell) in &source.values {
        let steps = match cell {
            Cell::Value(steps) => Some(*steps),
            Cell::Rejected => None,
            Cell::Missing => continue,
        };
        let months: Vec<Month> = span.months().collect();
        let positions: Positions = months.iter().filter_map(|month| source.window.iter().position(|other| other == month)).collect();
        reported |= !positions.is_empty();
        if positions.len() == months.len() && positions.is_subset(source.belongs) {
            candidates.push(Piece { positions, steps });
        }
    }
    candidates.sort_by_key(|piece| piece.positions.first().copied());
    let mut best: Vec<Piece> = Vec::new();
    for choice in 0..1_u32 << candidates.len() {
        let chosen: Vec<Piece> = (0..candidates.len()).filter(|at| choice >> at & 1 == 1).map(|at| candidates[at].clone()).collect();
        if is_disjoint(&chosen) && merit(&chosen) > merit(&best) {
            best = chosen;
        }
    }
    (best, reported)
}

fn is_disjoint(chosen: &[Piece]) -> bool {
    let all: Positions = chosen.iter().flat_map(|piece| piece.positions.clone()).collect();
    all.len() == chosen.iter().map(|piece| piece.positions.len()).sum::<usize>()
}

type Merit = (usize, std::cmp::Reverse<usize>, Vec<usize>, std::cmp::Reverse<Vec<Option<usize>>>);

fn merit(chosen: &[Piece]) -> Merit {
    let lengths: Vec<usize> = chosen.iter().map(|piece| piece.positions.len()).collect();
    let starts = chosen.iter().map(|piece| piece.positions.first().copied()).collect();
    (lengths.iter().sum(), std::cmp::Reverse(chosen.len()), lengths, std::cmp::Reverse(starts))
}
