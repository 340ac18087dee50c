//! What a result comes to as a whole: how many units have which grade, how many values of which state stand behind it.

use std::collections::{BTreeMap, BTreeSet};

use crate::number::Exact;
use crate::scorebook::Scorebook;
use crate::state::State;
use crate::text::Text;

/// Numbers of units, scores and findings.
#[derive(Debug, PartialEq, Eq)]
pub struct Tally {
    /// Units with a total.
    pub with_total: usize,
    /// Units whose result is provisional [S4].
    pub provisional: usize,
    /// Units by grade, the grade of the best rank first.
    pub grades: Vec<(Text, usize)>,
    /// Scores by the state of what was scored, of criteria that give points.
    pub states: BTreeMap<State, usize>,
    /// Months met and months required of all measures that are scored, in every window [C2].
    pub months: (usize, usize),
    /// Findings by severity: errors, warnings, notes.
    pub findings: [usize; 3],
}

impl Tally {
    /// Of a result.
    pub fn of(book: &Scorebook) -> Self {
        Self {
            with_total: book.units.iter().filter(|unit| unit.total.is_some()).count(),
            provisional: book.units.iter().filter(|unit| !unit.provisional.is_empty()).count(),
            grades: grades(book),
            states: states(book),
            months: months(book),
            findings: book.all_findings().severities(),
        }
    }

    /// Months met in percent of months required; `None` where nothing is required.
    pub fn completeness(&self) -> Option<Exact> {
        Exact::from(100 * self.months.0).checked_div(&Exact::from(self.months.1))
    }
}

fn grades(book: &Scorebook) -> Vec<(Text, usize)> {
    let mut units: Vec<_> = book.units.iter().collect();
    units.sort_by_key(|unit| (unit.rank.is_none(), unit.rank));
    let mut found: Vec<(Text, usize)> = Vec::new();
    for grade in units.into_iter().filter_map(|unit| unit.grade.as_ref()) {
        match found.iter_mut().find(|(known, _)| known == grade) {
            Some((_, count)) => *count += 1,
            None => found.push((grade.clone(), 1)),
        }
    }
    found
}

fn states(book: &Scorebook) -> BTreeMap<State, usize> {
    let mut found = BTreeMap::new();
    for unit in &book.units {
        let scored = book.criteria.iter().zip(&unit.scores).filter(|(head, score)| score.is_on_sheet && !head.points.is_zero());
        scored.for_each(|(_, score)| *found.entry(score.state).or_default() += 1);
    }
    found
}

fn months(book: &Scorebook) -> (usize, usize) {
    let mut sum = (0, 0);
    for unit in &book.units {
        let scored: BTreeSet<usize> =
            unit.scores.iter().filter_map(|score| unit.measures.get(score.measure?).map(|one| one.indicator)).collect();
        for measure in unit.measures.iter().filter(|measure| scored.contains(&measure.indicator)) {
            sum = (sum.0 + measure.months_met, sum.1 + measure.months_required);
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::scorebook;

    /// Rates: reported 12 of 12 months, incomplete 11, rejected 11, missing 0: 34 of 48, 70.83 %.
    #[test]
    fn a_tally_counts_every_score_once() {
        let tally = Tally::of(&scorebook());
        assert_eq!((tally.with_total, tally.provisional, tally.months), (3, 1, (34, 48)));
        assert_eq!(tally.completeness().map(|percent| percent.fixed(2)).as_deref(), Some("70.83"));
        let grades: Vec<_> = tally.grades.iter().map(|(grade, count)| (grade.en.as_str(), *count)).collect();
        assert_eq!(grades, [("good", 2), ("pass", 1)]);
        let states: Vec<_> = tally.states.iter().map(|(state, count)| (state.id(), *count)).collect();
        assert_eq!(states, [("reported", 8), ("missing", 1), ("incomplete", 1), ("not-applicable", 1), ("rejected", 1)]);
        assert_eq!(tally.findings, [1, 4, 0]);
    }
}
