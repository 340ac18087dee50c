//! Total rows against their parts (SEMANTICS D3). Totals are never summed; they are compared.

use std::collections::{BTreeMap, HashMap};

use crate::catalogue::Time;
use crate::codes::data as codes;
use crate::dataset::Prefer;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::cell::{self, Cell, Parsed};
use crate::intake::mapping::{Mapping, ValueColumn};
use crate::intake::rows::{self, Known, Seen, Sink, Timeless, Who};
use crate::intake::source::Source;
use crate::intake::table::Table;
use crate::intake::totals::RowKind;
use crate::number::Exact;
use crate::period::Span;
use crate::registry::OrgId;
use crate::text::Text;

mod groups;
mod over_time;

use groups::{Groups, Parts, Total, Track};
use over_time::{OverTime, Refusal};

/// Total rows that a table was seen to have.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TotalRows {
    /// Any.
    pub(super) any: bool,
    /// Such as have no period.
    pub(super) without_period: bool,
}

/// Reads the table again and compares its total rows, and the totals the source declares, with the
/// sums of their parts.
pub(super) fn check(
    (table, mapping): (&Table, &Mapping),
    rows: TotalRows,
    source: &Source,
    known: Known,
    place: &Place,
    findings: &mut Vec<Finding>,
) {
    let mut sink = Sums {
        known,
        place,
        source,
        over_time: rows.without_period.then(OverTime::default),
        tracks: BTreeMap::new(),
        named: BTreeMap::new(),
        seen: HashMap::new(),
        findings: Vec::new(),
    };
    // What is wrong with rows was said by the first pass.
    let mut said_before = Vec::new();
    rows::read(table, mapping, source, known, place, &mut sink, &mut said_before);
    let groups = sink.close();
    sink.compare_rows(&groups);
    sink.compare_declared();
    findings.append(&mut sink.findings);
}

/// A figure of a part.
#[derive(Debug, Clone, Copy)]
struct Figure {
    steps: i64,
    /// Its last printed decimal, in steps of the item.
    step: i128,
}

/// A sum of parts.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    steps: i128,
    parts: i128,
    /// Rows, those with a blank cell included.
    rows: usize,
    /// The last printed decimals of figures printed more coarsely than the item's step.
    coarse: i128,
}

impl Sum {
    fn add(&mut self, figure: Option<Figure>, times: i128) {
        let Some(figure) = figure else { return };
        self.steps += i128::from(figure.steps) * times;
        self.parts += times;
        self.coarse += if figure.step > 1 { figure.step * times } else { 0 };
    }

    /// This sum and another one, or without it.
    fn plus(self, other: Self, times: i128) -> Self {
        Self {
            steps: self.steps + other.steps * times,
            parts: self.parts + other.parts * times,
            rows: if times < 0 { self.rows.saturating_sub(other.rows) } else { self.rows + other.rows },
            coarse: self.coarse + other.coarse * times,
        }
    }
}

/// A figure that is compared with a sum.
#[derive(Debug, Clone)]
struct Printed {
    steps: i64,
    /// Its last printed decimal, in steps of the item.
    step: i128,
    place: Place,
}

/// What totals add up: the rows of a period, or of all; and an item.
type TrackKey = (Option<Span>, ItemId);

struct Sums<'a> {
    known: Known<'a>,
    place: &'a Place,
    source: &'a Source,
    /// Where there are totals without a period.
    over_time: Option<OverTime>,
    tracks: BTreeMap<TrackKey, Track>,
    named: BTreeMap<(Span, ItemId, OrgId), Printed>,
    /// Figures read, with the segments they stand in.
    seen: HashMap<(Span, ItemId, OrgId), (Figure, [usize; 2])>,
    findings: Vec<Finding>,
}

impl Sink for Sums<'_> {
    fn wants(&mut self, who: Who, _: Span) -> bool {
        who != Who::Nobody
    }

    fn take(&mut self, seen: Seen) {
        if !self.is_added_up(seen.column.item) {
            return;
        }
        match seen.who {
            Who::Organisation(organisation) => self.take_part(&seen, organisation),
            Who::Total(kind) => {
                let figure = figure(seen.parsed, seen.written, seen.column);
                let printed = figure.map(|figure| Printed::new(figure, seen.place(self.place)));
                let track = self.tracks.entry((Some(seen.span), seen.column.item)).or_default();
                track.add_total(Total { line: seen.line, kind, printed });
            }
            Who::Nobody => {}
        }
    }

    fn take_timeless(&mut self, seen: Timeless) {
        let item = self.known.vocabulary.catalogue.item(seen.column.item);
        let figure = figure(seen.parsed, seen.written, seen.column);
        match over_time::refusal(item, self.source) {
            None => {
                let printed = figure.map(|figure| Printed::new(figure, seen.place(self.place)));
                let track = self.tracks.entry((None, seen.column.item)).or_default();
                track.add_total(Total { line: seen.line, kind: seen.kind, printed });
            }
            // A blank cell needs no word.
            Some(_) if figure.is_none() => {}
            Some(reason) => self.over_time.get_or_insert_default().note((seen.line, seen.kind), reason, item),
        }
    }
}

impl Printed {
    fn new(figure: Figure, place: Place) -> Self {
        Self { steps: figure.steps, step: figure.step, place }
    }

    /// Half the last printed step per part is rounding; figures printed to their smallest step leave
    /// no room for it.
    fn compare(&self, sum: Sum) -> Outcome {
        let difference = i128::from(self.steps) - sum.steps;
        let of_total = if self.step > 1 { self.step * sum.parts } else { 0 };
        let tolerance_twice = of_total.max(sum.coarse);
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
type At = (TrackKey, usize);

/// All tracks when the table is read.
type AllGroups = BTreeMap<TrackKey, Groups>;

impl Sums<'_> {
    /// What may not be added has no total [O8].
    fn is_added_up(&self, item: ItemId) -> bool {
        let item = self.known.vocabulary.catalogue.item(item);
        item.additive && item.time != Time::Mean
    }

    /// Rows of one organisation and period join by item [D1]; a repeated figure counts once, and of
    /// different ones that which the source prefers [D2].
    fn take_part(&mut self, seen: &Seen, organisation: OrgId) {
        let key = (seen.span, seen.column.item, organisation);
        let figure = figure(seen.parsed, seen.written, seen.column);
        let before = self.seen.get(&key).copied();
        let is_preferred = self.source.prefer == Some(Prefer::Latest);
        let tracks = [Some(seen.span), None].map(|span| (span, seen.column.item));
        match (before, figure) {
            (Some(_), None) => return,
            (Some((old, _)), Some(new)) if old.steps == new.steps || !is_preferred => return,
            (Some((old, segments)), Some(_)) => {
                for (track, segment) in tracks.into_iter().zip(segments) {
                    if let Some(track) = self.tracks.get_mut(&track) {
                        track.take_back(segment, old);
                    }
                }
            }
            (None, _) => {}
        }
        let mut segments = [0; 2];
        segments[0] = self.tracks.entry(tracks[0]).or_default().add_row(figure);
        if let Some(over_time) = &mut self.over_time {
            segments[1] = self.tracks.entry(tracks[1]).or_default().add_row(figure);
            over_time.add(organisation, seen.column.item, seen.span);
        }
        let Some(figure) = figure else { return };
        self.seen.insert(key, (figure, segments));
        let totals = &self.source.totals;
        if totals.iter().any(|total| total.row == organisation || total.parts.contains(&organisation)) {
            self.named.insert(key, Printed::new(figure, seen.place(self.place)));
        }
    }

    fn close(&mut self) -> AllGroups {
        let tracks = std::mem::take(&mut self.tracks);
        let mut over_time = self.over_time.take().unwrap_or_default();
        let (compared, others): (Vec<_>, Vec<_>) =
            tracks.into_iter().partition(|((span, item), _)| span.is_some() || !over_time.overlaps(*item));
        let others: Vec<(ItemId, Groups)> = others.into_iter().map(|((_, item), track)| (item, track.close())).collect();
        for (item, groups) in &others {
            let item = self.known.vocabulary.catalogue.item(*item);
            for total in groups.totals().iter().filter(|total| total.printed.is_some()) {
                over_time.note((total.line, total.kind), Refusal::Overlap, item);
            }
        }
        self.findings.extend(over_time.findings(self.place));
        compared.into_iter().map(|(key, track)| (key, track.close())).collect()
    }

    /// The cells of one row speak of the same parts.
    fn compare_rows(&mut self, groups: &AllGroups) {
        let mut rows: BTreeMap<u64, Vec<At>> = BTreeMap::new();
        for (key, track) in groups {
            for (index, total) in track.totals().iter().enumerate().filter(|(_, total)| total.printed.is_some()) {
                rows.entry(total.line).or_default().push((*key, index));
            }
        }
        for (line, cells) in rows {
            let by_place = by_place(groups, &cells);
            let fits = |parts: &Parts| agree(groups, &cells, *parts);
            let others = || readings(groups, &cells).into_iter().filter(|parts| parts.is_possible_beside(by_place)).find(fits);
            let parts = by_place.filter(fits).or_else(others).or(by_place).filter(|parts| have_parts(groups, &cells, *parts));
            let Some(parts) = parts else {
                self.note_not_compared(groups, line, &cells);
                continue;
            };
            for (key, index) in cells {
                self.compare(groups, (key, index), parts);
            }
        }
    }

    fn note_not_compared(&mut self, groups: &AllGroups, line: u64, cells: &[At]) {
        let kind = cells.first().and_then(|(key, index)| groups.get(key)?.totals().get(*index)).map(|total| total.kind);
        let place = Place { row: Some(line), ..self.place.clone() };
        self.findings.push(Finding::new(&codes::TOTAL_NOT_COMPARED, place).with("label", label(kind)));
    }

    fn compare(&mut self, groups: &AllGroups, (key, index): At, parts: Parts) {
        let Some(track) = groups.get(&key) else { return };
        let (sum, total) = (track.sum(index, parts), track.totals().get(index));
        if let Some((kind, printed)) = total.and_then(|total| Some((total.kind, total.printed.as_ref()?)))
            && sum.parts > 0
        {
            self.report(label(Some(kind)), key, printed, sum);
        }
    }

    fn compare_declared(&mut self) {
        let mut comparisons = Vec::new();
        for total in &self.source.totals {
            for ((span, item, organisation), printed) in &self.named {
                if *organisation != total.row {
                    continue;
                }
                let parts: Option<Vec<&Printed>> = total.parts.iter().map(|part| self.named.get(&(*span, *item, *part))).collect();
                // A missing part leaves the comparison unevaluated.
                if let Some(parts) = parts {
                    let steps = parts.iter().map(|part| i128::from(part.steps)).sum();
                    let coarse = parts.iter().map(|part| if part.step > 1 { part.step } else { 0 }).sum();
                    let sum = Sum { steps, parts: i128::try_from(parts.len()).unwrap_or(0), rows: parts.len(), coarse };
                    comparisons.push((self.known.registry.get(total.row).name.clone(), (Some(*span), *item), printed.clone(), sum));
                }
            }
        }
        for (label, key, printed, sum) in comparisons {
            self.report(Text::same(label), key, &printed, sum);
        }
    }

    fn report(&mut self, label: Text, (span, item): TrackKey, printed: &Printed, sum: Sum) {
        let code = match printed.compare(sum) {
            Outcome::Equal => return,
            Outcome::Rounded => &codes::TOTAL_ROUNDING,
            Outcome::Differs => &codes::TOTAL_DIFFERS,
        };
        let item = self.known.vocabulary.catalogue.item(item);
        let shown = |steps: i128| Exact::from_steps(steps, item.decimals).to_string();
        let place = Place { period: span.map(|span| span.to_string().into()), item: Some(item.id.clone()), ..printed.place.clone() };
        let finding = Finding::new(code, place).with("label", label).with("printed", shown(i128::from(printed.steps)));
        let finding = finding.with("sum", shown(sum.steps)).with("parts", sum.parts.to_string());
        self.findings.push(finding.with("difference", shown(i128::from(printed.steps) - sum.steps)));
    }
}

/// The parts by place, where no two cells of the row decide differently.
fn by_place(groups: &AllGroups, cells: &[At]) -> Option<Parts> {
    let mut found = cells.iter().filter_map(|(key, index)| groups.get(key)?.by_place(*index));
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

fn readings(groups: &AllGroups, cells: &[At]) -> Vec<Parts> {
    let mut readings: Vec<Parts> = Vec::new();
    for parts in cells.iter().filter_map(|(key, index)| Some(groups.get(key)?.readings(*index))).flatten() {
        if !readings.contains(&parts) {
            readings.push(parts);
        }
    }
    readings
}

/// True if every cell with parts agrees, and some cell has parts.
fn agree(groups: &AllGroups, cells: &[At], parts: Parts) -> bool {
    let outcome = |(key, index): &At| {
        let track = groups.get(key)?;
        let sum = track.sum(*index, parts);
        let printed = track.totals().get(*index)?.printed.as_ref()?;
        (sum.parts > 0).then(|| printed.compare(sum))
    };
    let mut outcomes = cells.iter().filter_map(outcome).peekable();
    outcomes.peek().is_some() && outcomes.all(|outcome| outcome != Outcome::Differs)
}

fn have_parts(groups: &AllGroups, cells: &[At], parts: Parts) -> bool {
    cells.iter().any(|(key, index)| groups.get(key).is_some_and(|track| track.sum(*index, parts).parts > 0))
}

/// What a total row is called.
fn label(kind: Option<RowKind>) -> Text {
    Text::same(if kind == Some(RowKind::Subtotal) { "小计" } else { "合计" })
}

/// The number of a cell, with its last printed decimal: of `1.2万` that is 1000.
fn figure(parsed: Parsed, written: &[u8], column: &ValueColumn) -> Option<Figure> {
    let Cell::Value(steps) = parsed.cell else { return None };
    Some(Figure { steps, step: cell::printed_step(&String::from_utf8_lossy(written), &column.shape) })
}
