//! The units of one result side by side: value, points and rank by criterion.

use crate::compare::{Book, Unit};
use crate::number::Exact;
use crate::score::rank::{Ranked, ranks};
use crate::text::Text;

/// Criteria by units.
#[derive(Debug, Clone)]
pub struct Beside {
    /// The result.
    pub book: Book,
    /// Indices of the units chosen, in the order they were asked for.
    pub units: Vec<usize>,
    /// A row per criterion.
    pub rows: Vec<BesideRow>,
}

/// One criterion.
#[derive(Debug, Clone)]
pub struct BesideRow {
    /// Index of the criterion.
    pub criterion: usize,
    /// Parallel to the units chosen.
    pub cells: Vec<BesideCell>,
}

/// One criterion of one unit.
#[derive(Debug, Clone)]
pub struct BesideCell {
    /// Rank of the points among all ranked units of the peer group: 1, 1, 3.
    pub rank: Option<usize>,
}

/// The chosen units, each criterion with the rank of its points among all units of the peer group that are ranked.
pub fn beside(book: Book, units: Vec<usize>) -> Beside {
    let row = |criterion: usize| {
        let ranked: Vec<Ranked> = book.units.iter().map(|unit| entry(unit, criterion)).collect();
        let ranks = ranks(&ranked);
        BesideRow { criterion, cells: units.iter().map(|unit| BesideCell { rank: ranks.get(*unit).copied().flatten() }).collect() }
    };
    let rows = (0..book.criteria.len()).map(row).collect();
    Beside { book, units, rows }
}

/// What a unit is ranked by in one criterion. One that is scored and not ranked is ranked nowhere.
fn entry(unit: &Unit, criterion: usize) -> Ranked {
    let is_ranked = unit.standing.rank.is_some() || unit.standing.total.is_none();
    let points: Option<Exact> = unit.figures.get(criterion).and_then(|figure| figure.points.clone());
    Ranked { peer_group: unit.peer_group.clone(), total: points.filter(|_| is_ranked), unrounded: None }
}

impl Beside {
    /// Name of a chosen unit.
    pub fn name(&self, at: usize) -> Text {
        self.units.get(at).and_then(|unit| self.book.units.get(*unit)).map(|unit| unit.name.clone()).unwrap_or_default()
    }
}
