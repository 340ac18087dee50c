//! What the cells of each source come to, figure by figure, before anything is laid over anything: the rows of a terms file.
//!
//! The same pass over the same tables as for scoring, so that both read the same cells. What leaves this room are sums and
//! counts; no cell, and no row of a register.

use std::collections::BTreeMap;

use crate::dataset::{self, Prefer, meet};
use crate::formula::ItemId;
use crate::intake::cumulative::total_span;
use crate::intake::open::each_file;
use crate::intake::records;
use crate::intake::rows::{Known, Seen, Sink, Who};
use crate::intake::source::{Layout, Source};
use crate::period::Span;
use crate::registry::OrgId;
use crate::terms::{Counts, Row};

/// Whose figures are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Those of the organisations whose place in the registry, by code, leaves this remainder.
    Share {
        /// From 0.
        remainder: u64,
        /// How many shares there are.
        of: u64,
    },
    /// Those of the organisations that have rows; what a register says of others by their absence is for others to say.
    Present,
}

impl Whose {
    /// True for an organisation whose figures may be wanted.
    pub fn may_hold(self, organisation: OrgId) -> bool {
        match self {
            Self::Share { remainder, of } => u64::try_from(organisation.0).is_ok_and(|place| place % of.max(1) == remainder),
            Self::Present => true,
        }
    }
}

/// All figures, in the order of terms files. The files can be read: they were before.
pub fn gather(sources: &[Source], whose: Whose, known: Known) -> Vec<Row> {
    let mut tallies: Vec<(&Source, Tallies)> = sources.iter().map(|source| (source, tallied(source, whose, known))).collect();
    if whose == Whose::Present {
        let mut is_present = vec![false; known.registry.organisations().len()];
        for (key, _) in tallies.iter().flat_map(|(_, tallies)| tallies).filter(|(_, tally)| !tally.is_silent) {
            is_present[key.0.0] = true;
        }
        for (_, tallies) in &mut tallies {
            tallies.retain(|key, _| is_present[key.0.0]);
        }
    }
    let figures = tallies.iter().flat_map(|(source, tallies)| tallies.iter().map(|(key, tally)| tally.row(*key, source, known)));
    let mut rows: Vec<Row> = figures.collect();
    rows.sort_unstable();
    rows
}

type Tallies = BTreeMap<(OrgId, Span, ItemId), Tally>;

fn tallied(source: &Source, whose: Whose, known: Known) -> Tallies {
    let mut sink = Gathering { source, whose, known, tallies: Tallies::new() };
    if let Layout::Records(register) = &source.layout {
        sink.records(register);
        return sink.tallies;
    }
    each_file(&source.files, source, known, |_, tables| {
        // What is wrong was said when the data were checked.
        let mut said_before = Vec::new();
        let _ = tables.read(&mut said_before, |opened, findings| {
            opened.read(source, known, &mut sink, findings);
        });
    });
    sink.tallies
}

struct Gathering<'a> {
    source: &'a Source,
    whose: Whose,
    known: Known<'a>,
    tallies: Tallies,
}

impl Gathering<'_> {
    fn records(&mut self, register: &records::Records) {
        let Ok(counted) = records::read(self.source, register, self.known) else { return };
        for (key, figure) in counted.figures {
            if !self.whose.may_hold(key.0) {
                continue;
            }
            let tally = self.tallies.entry(key).or_default();
            tally.add(figure.cell, self.source.prefer);
            (tally.counts.rows, tally.is_silent) = (figure.tally.rows, figure.is_silent);
        }
    }
}

impl Sink for Gathering<'_> {
    fn wants(&mut self, who: Who, _: Span) -> bool {
        matches!(who, Who::Organisation(organisation) if self.whose.may_hold(organisation))
    }

    fn take(&mut self, seen: Seen) {
        let Who::Organisation(organisation) = seen.who else { return };
        let cell = dataset::Cell::from(seen.parsed.cell);
        let mut span = seen.span;
        if self.source.has_running_total(seen.column.item, self.known.vocabulary.catalogue) {
            // Another period than January to a month is no running total, and was said to be none.
            let Some(total) = total_span(span) else { return };
            span = total;
        }
        self.tallies.entry((organisation, span, seen.column.item)).or_default().add(cell, self.source.prefer);
    }
}

/// The cells of one figure.
#[derive(Debug)]
struct Tally {
    /// What is kept of them [D2].
    kept: dataset::Cell,
    counts: Counts,
    /// The first value, and those that differ from it and each other.
    first: Option<i64>,
    others: Vec<i64>,
    /// True for a figure that no row stands behind.
    is_silent: bool,
}

impl Default for Tally {
    fn default() -> Self {
        Self { kept: dataset::Cell::Missing, counts: Counts::default(), first: None, others: Vec::new(), is_silent: false }
    }
}

impl Tally {
    fn add(&mut self, cell: dataset::Cell, prefer: Option<Prefer>) {
        self.counts.rows += 1;
        self.kept = meet(self.kept, cell, prefer).0;
        match cell {
            dataset::Cell::Missing => {}
            dataset::Cell::Rejected => self.counts.rejected += 1,
            dataset::Cell::Value(steps) => {
                self.counts.reported += 1;
                if self.first.is_none() {
                    self.first = Some(steps);
                } else if self.first == Some(steps) || self.others.contains(&steps) {
                    self.counts.repeated += 1;
                } else {
                    self.counts.conflicting += 1;
                    self.others.push(steps);
                }
            }
        }
    }

    fn row(&self, (organisation, span, item): (OrgId, Span, ItemId), source: &Source, known: Known) -> Row {
        let described = known.vocabulary.catalogue.item(item);
        let value = match self.kept {
            dataset::Cell::Value(steps) => decimal(steps, described.decimals),
            dataset::Cell::Missing | dataset::Cell::Rejected => String::new(),
        };
        Row {
            source: source.number,
            organisation: known.registry.get(organisation).code.as_str().into(),
            period: span.to_string().into(),
            item: described.id.as_str().into(),
            value: value.into(),
            counts: self.counts,
            line: 0,
        }
    }
}

/// Steps of 10^-`decimals` as a decimal without zeros at its end: there may be a million of them.
fn decimal(steps: i64, decimals: u32) -> String {
    let places = usize::try_from(decimals).unwrap_or_default();
    let digits = format!("{:0>width$}", steps.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let (sign, fraction) = (if steps < 0 { "-" } else { "" }, fraction.trim_end_matches('0'));
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::Exact;

    #[test]
    fn decimals_are_written_as_exact_numbers_are() {
        for decimals in 0..=6 {
            for steps in [0, 1, -1, 10, 100, 105, -12_340, 1_000_000, 1_234_567, -999_999, 1_000_000_000_000_000] {
                assert_eq!(decimal(steps, decimals), Exact::from_steps(i128::from(steps), decimals).to_string());
            }
        }
    }

    /// D2: what a source comes to by itself is what its cells come to one by one, whatever stood there before.
    #[test]
    fn cells_come_to_the_same_one_by_one_and_source_by_source() {
        use dataset::Cell::{Missing, Rejected, Value};
        let cells = [Missing, Rejected, Value(0), Value(1), Value(2)];
        for prefer in [None, Some(Prefer::First), Some(Prefer::Latest)] {
            for before in cells {
                for own in (0..125).map(|number| [cells[number / 25], cells[number / 5 % 5], cells[number % 5]]) {
                    let one_by_one = own.iter().fold(before, |kept, cell| meet(kept, *cell, prefer).0);
                    let mut tally = Tally::default();
                    for cell in own {
                        tally.add(cell, prefer);
                    }
                    assert_eq!(meet(before, tally.kept, prefer).0, one_by_one, "{before:?} {own:?} {prefer:?}");
                }
            }
        }
    }

    #[test]
    fn counts_say_how_many_values_there_are_and_how_many_stand_again() {
        use dataset::Cell::{Missing, Rejected, Value};
        let mut tally = Tally::default();
        for cell in [Value(5), Missing, Value(5), Value(7), Rejected, Value(7), Value(9)] {
            tally.add(cell, None);
        }
        // Seven cells; five values, which are 5, 7 and 9; two of them stand again.
        assert_eq!(tally.counts.all(), [7, 5, 2, 2, 1]);
    }
}
