//! What stands behind every score of a result, for reports that lead from points down to cells.

use std::collections::BTreeSet;

use crate::assess::Prepared;
use crate::explain::traces::Traces;
use crate::explain::{Subject, Trail, measures_behind, trail};
use crate::scorebook::Scorebook;

/// Scores and bytes of data up to which a report holds everything behind them: beyond, `kaohe explain` answers one question at
/// a time.
const SCORES: usize = 2_000;
const BYTES: usize = 4 << 20;

/// What stands behind the scores of each unit, parallel to the units of the result.
#[derive(Debug)]
pub struct Evidence<'a>(Vec<UnitEvidence<'a>>);

/// What stands behind the scores of one unit.
#[derive(Debug)]
struct UnitEvidence<'a> {
    trails: Vec<Trail<'a>>,
    /// Positions among the trails, parallel to the criteria of the result.
    behind: Vec<Vec<usize>>,
}

impl<'a> Evidence<'a> {
    /// Everything behind a result; `None` where that would be too much for one report.
    pub fn gather(prepared: &Prepared, book: &'a Scorebook) -> Option<Self> {
        // Figures summed elsewhere stand in one file, whatever source they are of.
        let files = prepared.assessment.sources.iter().flat_map(|source| &source.files).map(|file| (&file.path, file.content.size()));
        let bytes: usize = files.collect::<BTreeSet<_>>().into_iter().map(|(_, bytes)| bytes).sum();
        if book.units.len() * book.criteria.len() > SCORES || bytes > BYTES {
            return None;
        }
        let traces = Traces::gather(prepared, &|_, _| true);
        Some(Self((0..book.units.len()).map(|unit| of_unit(prepared, book, unit, &traces)).collect()))
    }

    /// The trails behind one score, the assessed window first.
    pub fn behind(&self, unit: usize, criterion: usize) -> impl Iterator<Item = &Trail<'a>> {
        let unit = self.0.get(unit);
        unit.into_iter().flat_map(move |unit| unit.behind.get(criterion).into_iter().flatten().filter_map(|at| unit.trails.get(*at)))
    }
}

fn of_unit<'a>(prepared: &Prepared, book: &'a Scorebook, unit: usize, traces: &Traces) -> UnitEvidence<'a> {
    let result = &book.units[unit];
    let behind = |criterion| measures_behind(prepared, book, result, Subject::Criterion(criterion));
    let all: Vec<Vec<_>> = (0..book.criteria.len()).map(behind).collect();
    let mut seen = BTreeSet::new();
    let mut found = UnitEvidence { trails: Vec::new(), behind: Vec::new() };
    let mut places = Vec::new();
    for measures in all {
        let mut at = Vec::new();
        for measure in measures {
            let key = (measure.indicator, measure.span, measure.window as u8);
            if seen.insert(key)
                && let Some(trail) = trail(prepared, book, (unit, measure), Some(traces))
            {
                found.trails.push(trail);
                places.push(key);
            }
            at.extend(places.iter().position(|place| *place == key));
        }
        found.behind.push(at);
    }
    found
}
