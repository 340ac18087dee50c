//! Total rows against their parts (SEMANTICS D3). Totals are never summed; they are compared.

use std::collections::{BTreeMap, HashSet};

use crate::catalogue::Time;
use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::cell::Cell;
use crate::intake::mapping::Mapping;
use crate::intake::rows::{self, Known, Seen, Sink, Who};
use crate::intake::source::{DeclaredTotal, Source};
use crate::intake::table::Table;
use crate::intake::totals::RowKind;
use crate::number::Exact;
use crate::period::Span;
use crate::registry::OrgId;
use crate::text::Text;

mod groups;

use groups::{Parts, Total, Track};

/// Reads the table again and compares its total rows, and the totals the source declares, with the
/// sums of their parts.
pub(super) fn check(table: &Table, mapping: &Mapping, source: &Source, known: Known, place: &Place, findings: &mut Vec<Finding>) {
    let mut sink = Sums {
        known,
        place,
        declared: &source.totals,
        tracks: BTreeMap::new(),
        named: BTreeMap::new(),
        seen: HashSet::new(),
        findings: Vec::new(),
    };
    // What is wrong with rows was said by the first pass.
    let mut said_before = Vec::new();
    rows::read(table, mapping, source, known, place, &mut sink, &mut said_before);
    sink.compare_rows();
    sink.compare_declared();
    findings.append(&mut sink.findings);
}

/// A sum of parts.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    steps: i128,
    parts: i128,
    /// Rows, those with a blank cell included.
    rows: usize,
}

/// A figure that is compared with a sum.
#[derive(Debug, Clone)]
struct Printed {
    steps: i64,
    /// Its last printed decimal, in steps of the item.
    step: i128,
    place: Place,
}

struct Sums<'a> {
    known: Known<'a>,
    place: &'a Place,
    declared: &'a [DeclaredTotal],
    tracks: BTreeMap<(Span, ItemId), Track>,
    named: BTreeMap<(Span, ItemId, OrgId), Printed>,
    seen: HashSet<(Span, ItemId, OrgId)>,
    findings: Vec<Finding>,
}

impl Sink for Sums<'_> {
    fn wants(&mut self, who: Who, _: Span) -> bool {
        who != Who::Nobody
    }

    fn take(&mut self, seen: Seen) {
        let item = self.known.vocabulary.catalogue.item(seen.column.item);
        // What may not be added has no total [O8].
        if !item.additive || item.time == Time::Mean {
            return;
        }
        let steps = match seen.parsed.cell {
            Cell::Value(steps) => Some(steps),
            _ => None,
        };
        // A repeated row counts once [D2].
        if let Who::Organisation(organisation) = seen.who
            && !self.seen.insert((seen.span, seen.column.item, organisation))
        {
            return;
        }
        let track = self.tracks.entry((seen.span, seen.column.item)).or_default();
        match seen.who {
            Who::Organisation(organisation) => {
                track.add_row(steps);
                let is_declared = self.declared.iter().any(|total| total.row == organisation || total.parts.contains(&organisation));
                if let (true, Some(steps)) = (is_declared, steps) {
                    self.named.insert((seen.span, seen.column.item, organisation), Printed::new(steps, &seen, self.place));
                }
            }
            Who::Total(kind) => {
                track.add_total(Total { line: seen.line, kind, printed: steps.map(|steps| Printed::new(steps, &seen, self.place)) });
            }
            Who::Nobody => {}
        }
    }
}

impl Printed {
    fn new(steps: i64, seen: &Seen, place: &Place) -> Self {
        Self { steps, step: printed_step(seen), place: seen.place(place) }
    }

    /// Half the last printed step per part is rounding; figures printed to their smallest step leave
    /// no room for it.
    fn compare(&self, sum: Sum) -> Outcome {
        let difference = i128::from(self.steps) - sum.steps;
        let tolerance_twice = if self.step > 1 { self.step * sum.parts } else { 0 };
        match difference {
            0 => Outcome::Equal,
            _ if difference.abs() * 2 <= tolerance_twice => Outcome::Rounded,
            _ => Outcome::Differs,
        }
    }
}

/// A printed figure beside a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Equal,
    Rounded,
    Differs,
}

/// A total cell: its track, and its number in it.
type At = ((Span, ItemId), usize);

impl Sums<'_> {
    /// The cells of one row speak of the same parts.
    fn compare_rows(&mut self) {
        let mut rows: BTreeMap<u64, Vec<At>> = BTreeMap::new();
        for (key, track) in &self.tracks {
            for (index, total) in track.totals().iter().enumerate().filter(|(_, total)| total.printed.is_some()) {
                rows.entry(total.line).or_default().push((*key, index));
            }
        }
        for (line, cells) in rows {
            let by_place = self.by_place(&cells);
            let fits = |parts: &Parts| self.agree(&cells, *parts);
            let others = || self.readings(&cells).into_iter().filter(|parts| parts.is_possible_beside(by_place)).find(fits);
            let parts = by_place.filter(fits).or_else(others).or(by_place).filter(|parts| self.have_parts(&cells, *parts));
            let Some(parts) = parts else {
                self.note_not_compared(line, &cells);
                continue;
            };
            for (key, index) in cells {
                self.compare(key, index, parts);
            }
        }
    }

    /// The parts by place, where no two cells of the row decide differently.
    fn by_place(&self, cells: &[At]) -> Option<Parts> {
        let mut found = cells.iter().filter_map(|(key, index)| self.tracks.get(key)?.by_place(*index));
        let first = found.next()?;
        found.all(|other| other == first).then_some(first)
    }

    fn readings(&self, cells: &[At]) -> Vec<Parts> {
        let mut readings: Vec<Parts> = Vec::new();
        for parts in cells.iter().filter_map(|(key, index)| Some(self.tracks.get(key)?.readings(*index))).flatten() {
            if !readings.contains(&parts) {
                readings.push(parts);
            }
        }
        readings
    }

    /// True if every cell with parts agrees, and some cell has parts.
    fn agree(&self, cells: &[At], parts: Parts) -> bool {
        let outcome = |(key, index): &At| {
            let track = self.tracks.get(key)?;
            let sum = track.sum(*index, parts);
            let printed = track.totals().get(*index)?.printed.as_ref()?;
            (sum.parts > 0).then(|| printed.compare(sum))
        };
        let mut outcomes = cells.iter().filter_map(outcome).peekable();
        outcomes.peek().is_some() && outcomes.all(|outcome| outcome != Outcome::Differs)
    }

    fn have_parts(&self, cells: &[At], parts: Parts) -> bool {
        cells.iter().any(|(key, index)| self.tracks.get(key).is_some_and(|track| track.sum(*index, parts).parts > 0))
    }

    fn note_not_compared(&mut self, line: u64, cells: &[At]) {
        let kind = cells.first().and_then(|(key, index)| self.tracks.get(key)?.totals().get(*index)).map(|total| total.kind);
        let place = Place { row: Some(line), ..self.place.clone() };
        self.findings.push(Finding::new(&codes::TOTAL_NOT_COMPARED, place).with("label", label(kind)));
    }

    fn compare(&mut self, key: (Span, ItemId), index: usize, parts: Parts) {
        let Some(track) = self.tracks.get(&key) else { return };
        let (sum, total) = (track.sum(index, parts), track.totals().get(index));
        if let Some((kind, printed)) = total.and_then(|total| Some((total.kind, total.printed.clone()?)))
            && sum.parts > 0
        {
            self.report(label(Some(kind)), key, &printed, sum);
        }
    }

    fn compare_declared(&mut self) {
        let mut comparisons = Vec::new();
        for total in self.declared {
            for ((span, item, organisation), printed) in &self.named {
                if *organisation != total.row {
                    continue;
                }
                let parts: Option<Vec<&Printed>> = total.parts.iter().map(|part| self.named.get(&(*span, *item, *part))).collect();
                // A missing part leaves the comparison unevaluated.
                if let Some(parts) = parts {
                    let steps = parts.iter().map(|part| i128::from(part.steps)).sum();
                    let sum = Sum { steps, parts: i128::try_from(parts.len()).unwrap_or(0), rows: parts.len() };
                    comparisons.push((self.known.registry.get(total.row).name.clone(), (*span, *item), printed.clone(), sum));
                }
            }
        }
        for (label, key, printed, sum) in comparisons {
            self.report(Text::same(label), key, &printed, sum);
        }
    }

    fn report(&mut self, label: Text, (span, item): (Span, ItemId), printed: &Printed, sum: Sum) {
        let code = match printed.compare(sum) {
            Outcome::Equal => return,
            Outcome::Rounded => &codes::TOTAL_ROUNDING,
            Outcome::Differs => &codes::TOTAL_DIFFERS,
        };
        let item = self.known.vocabulary.catalogue.item(item);
        let shown = |steps: i128| Exact::from_steps(steps, item.decimals).to_string();
        let place = Place { period: Some(span.to_string()), item: Some(item.id.clone()), ..printed.place.clone() };
        let finding = Finding::new(code, place).with("label", label).with("printed", shown(i128::from(printed.steps)));
        let finding = finding.with("sum", shown(sum.steps)).with("parts", sum.parts.to_string());
        self.findings.push(finding.with("difference", shown(i128::from(printed.steps) - sum.steps)));
    }
}

/// What a total row is called.
pub(super) fn label(kind: Option<RowKind>) -> Text {
    Text::same(if kind == Some(RowKind::Subtotal) { "小计" } else { "合计" })
}

/// The last printed decimal of a cell, in steps of the item.
fn printed_step(seen: &Seen) -> i128 {
    let written = String::from_utf8_lossy(seen.written);
    let places = written.rsplit_once(['.', '\u{ff0e}']).map_or(0, |(_, digits)| digits.chars().filter(char::is_ascii_digit).count());
    let power = i64::from(seen.column.shape.decimals) + i64::from(seen.column.shape.multiplier_power) - i64::try_from(places).unwrap_or(0);
    u32::try_from(power).map_or(1, |power| 10_i128.pow(power.min(30)))
}
