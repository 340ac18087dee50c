//! Which of the values that an organisation reported of an item make up a window (SEMANTICS T3–T7).

use crate::dataset::{Cell, Cells, Row};
use crate::measure::window::{Mask, bits};
use crate::period::Span;

/// What of a window the span of a value reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Positions it covers.
    pub mask: Mask,
    /// Whether it lies wholly inside, in months of the unit; otherwise what flows in it cannot be used [T4, O3].
    pub is_usable: bool,
    /// Whether it is the window.
    pub is_whole: bool,
    /// The position of its last month, where that is one of the window and of the unit [T6, O3].
    pub last: Option<u8>,
}

impl Reach {
    /// What a span reaches; `None` for nothing. `belongs` are the positions at which the organisation belongs to the unit.
    pub fn of(span: Span, window: Span, belongs: Mask) -> Option<Self> {
        if !window.overlaps(span) {
            return None;
        }
        let first = span.first().max(window.first());
        let last = span.last().min(window.last());
        let (at, end) = (usize::try_from(first.since(window.first())).ok()?, u8::try_from(last.since(window.first())).ok()?);
        let mask = bits(at, usize::from(end) + 1 - at);
        let is_usable = window.contains(span) && mask & !belongs == 0;
        let ends_here = span.last() == last && belongs & bits(usize::from(end), 1) != 0;
        Some(Self { mask, is_usable, is_whole: span == window, last: ends_here.then_some(end) })
    }
}

/// The rows of an organisation that touch a window, in the order of their spans.
#[derive(Debug)]
pub struct Rows {
    /// Each with what it reaches.
    reaching: Vec<(Reach, Row)>,
    /// All of them are usable, and no two share a month: nothing is to be chosen.
    are_apart: bool,
    /// Each is of one month.
    are_months: bool,
    /// They stand one behind the other.
    are_in_line: bool,
    /// All positions they cover.
    covered: Mask,
}

impl Rows {
    /// These rows, in the order of their spans.
    pub fn new(reaching: Vec<(Reach, Row)>) -> Self {
        let are_apart = reaching.iter().all(|(reach, _)| reach.is_usable) && are_apart(reaching.iter().map(|(reach, _)| reach.mask));
        let are_months = reaching.iter().all(|(reach, _)| reach.mask.is_power_of_two());
        let are_in_line = reaching.windows(2).all(|pair| pair[1].1.follows(pair[0].1));
        let covered = reaching.iter().fold(0, |all, (reach, _)| all | reach.mask);
        Self { reaching, are_apart, are_months, are_in_line, covered }
    }

    /// The cells of an item in all of them.
    pub fn all<'r>(&'r self, cells: Cells<'r>) -> Reported<'r> {
        let Self { reaching, are_apart, are_months, are_in_line, covered } = self;
        Reported { rows: reaching, are_apart: *are_apart, are_months: *are_months, are_in_line: *are_in_line, covered: *covered, cells }
    }

    /// Its cell in the row of the whole window.
    pub fn whole<'r>(&'r self, cells: Cells<'r>) -> Reported<'r> {
        let whole = self.reaching.iter().find(|(reach, _)| reach.is_whole);
        let rows = whole.map_or(&[][..], std::slice::from_ref);
        let are_apart = whole.is_some_and(|(reach, _)| reach.is_usable);
        let covered = whole.map_or(0, |(reach, _)| reach.mask);
        Reported { rows, are_apart, are_months: self.are_months, are_in_line: true, covered, cells }
    }
}

/// True if no two share a position.
fn are_apart(mut masks: impl Iterator<Item = Mask>) -> bool {
    let mut seen: Mask = 0;
    masks.all(|mask| {
        let is_new = seen & mask == 0;
        seen |= mask;
        is_new
    })
}

/// What one organisation reported of one item in one window.
#[derive(Debug, Clone, Copy)]
pub struct Reported<'r> {
    rows: &'r [(Reach, Row)],
    are_apart: bool,
    are_months: bool,
    are_in_line: bool,
    covered: Mask,
    cells: Cells<'r>,
}

impl<'r> Reported<'r> {
    fn cells(self) -> impl Iterator<Item = (&'r Reach, Cell)> {
        self.rows.iter().map(move |(reach, row)| (reach, self.cells.of(*row)))
    }

    /// The sum of all cells and the positions they cover, if it is seen at once that all of them are values, of which nothing is
    /// to be chosen.
    pub fn all(self) -> Option<(i64, Mask)> {
        let (_, first) = self.rows.first().filter(|_| self.are_apart && self.are_in_line)?;
        Some((self.cells.total(*first, self.rows.len())?, self.covered))
    }

    /// Every cell with what its row reaches.
    #[inline]
    fn each(self, mut take: impl FnMut(&Reach, Cell)) {
        match self.rows.first() {
            Some((_, first)) if self.are_in_line => {
                let mut rows = self.rows.iter();
                self.cells.from(*first, self.rows.len(), |cell| rows.next().into_iter().for_each(|(reach, _)| take(reach, cell)));
            }
            _ => self.cells().for_each(|(reach, cell)| take(reach, cell)),
        }
    }
}

/// A value that covers the positions of `mask`, all inside the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Positions it covers.
    pub mask: Mask,
    /// Its value; `None` if it was rejected.
    pub steps: Option<i64>,
}

/// What one organisation reported of one flow or mean item in one window, after T3.
#[derive(Debug, Clone)]
pub struct Series<'r> {
    /// Positions covered by a usable value.
    pub covered: Mask,
    /// Positions covered by a rejected value.
    pub rejected: Mask,
    /// Positions that only a value reaching out of the window covers [T4].
    pub sticks_out: Mask,
    /// The sum of the usable values.
    total: i64,
    chosen: Chosen<'r>,
}

/// The values that T3 chooses.
#[derive(Debug, Clone)]
enum Chosen<'r> {
    /// All there are: no row shares a month with another one.
    All(Reported<'r>),
    /// These of them.
    These(Vec<Part>),
}

impl Series<'_> {
    /// The chosen values in order of time.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        let (all, some) = match &self.chosen {
            Chosen::All(reported) => (Some(reported.cells()), &[][..]),
            Chosen::These(parts) => (None, parts.as_slice()),
        };
        let part = |(reach, cell): (&Reach, Cell)| Part::of(reach.mask, cell);
        all.into_iter().flatten().filter_map(part).chain(some.iter().copied())
    }

    /// The usable values that cover none of these positions, each with those it covers.
    pub fn open(&self, blocked: Mask) -> impl Iterator<Item = (Mask, i64)> {
        self.parts().filter(move |part| part.mask & blocked == 0).filter_map(|part| Some((part.mask, part.steps?)))
    }

    /// The sum of the usable values that cover none of these positions, if there are any. Magnitudes are limited [N3], so that
    /// sums of a window fit.
    pub fn sum(&self, blocked: Mask) -> Option<i64> {
        if self.covered & blocked == 0 {
            return (self.covered != 0).then_some(self.total);
        }
        self.open(blocked).map(|(_, steps)| steps).reduce(|sum, steps| sum + steps)
    }

    /// With these positions, those that values share with them that cover several months [F7].
    pub fn spread(&self, blocked: Mask) -> Mask {
        let is_single = matches!(&self.chosen, Chosen::All(reported) if reported.are_months);
        if is_single { blocked } else { self.parts().filter(|part| part.mask & blocked != 0).fold(blocked, |all, part| all | part.mask) }
    }
}

impl Part {
    /// The part that a cell is; none of an empty one.
    fn of(mask: Mask, cell: Cell) -> Option<Self> {
        match cell {
            Cell::Value(steps) => Some(Self { mask, steps: Some(steps) }),
            Cell::Rejected => Some(Self { mask, steps: None }),
            Cell::Missing => None,
        }
    }
}

/// Chooses the values of a flow or mean item [T3].
pub fn choose(reported: Reported) -> Series {
    let (mut covered, mut rejected, mut sticks_out): (Mask, Mask, Mask) = (0, 0, 0);
    let mut total = 0;
    if let Some((total, covered)) = reported.all() {
        return Series { covered, rejected, sticks_out, total, chosen: Chosen::All(reported) };
    }
    if reported.are_apart {
        reported.each(|reach, cell| match cell {
            Cell::Value(steps) => {
                covered |= reach.mask;
                total += steps;
            }
            Cell::Rejected => rejected |= reach.mask,
            Cell::Missing => {}
        });
        return Series { covered, rejected, sticks_out, total, chosen: Chosen::All(reported) };
    }
    let mut parts = Vec::new();
    for (reach, cell) in reported.cells() {
        match Part::of(reach.mask, cell) {
            Some(part) if reach.is_usable => parts.push(part),
            Some(part) => sticks_out |= part.mask,
            None => {}
        }
    }
    let parts = tiling(parts);
    for part in &parts {
        let here = if part.steps.is_some() { &mut covered } else { &mut rejected };
        *here |= part.mask;
        total += part.steps.unwrap_or(0);
    }
    Series { covered, rejected, sticks_out: sticks_out & !(covered | rejected), total, chosen: Chosen::These(parts) }
}

/// The values that T3 chooses of these, in order of time: all of them, if none shares a month with another one.
pub fn tiling(parts: Vec<Part>) -> Vec<Part> {
    if are_apart(parts.iter().map(|part| part.mask)) { parts } else { best_tiling(&parts) }
}

/// The non-overlapping choice that covers most months, with fewest values, whose earliest value is
/// longest [T3]; then the next value, and among those still equal the one that starts earliest.
/// Worked backwards from the last month.
fn best_tiling(parts: &[Part]) -> Vec<Part> {
    let end = parts.iter().map(|part| Mask::BITS - part.mask.leading_zeros()).max().unwrap_or(0);
    let mut best: Vec<Vec<Part>> = vec![Vec::new(); end as usize + 1];
    for position in (0..end).rev() {
        let mut winner = best[position as usize + 1].clone();
        for part in parts.iter().filter(|part| part.mask.trailing_zeros() == position) {
            let mut candidate = vec![*part];
            candidate.extend_from_slice(&best[(position + part.mask.count_ones()) as usize]);
            if rank(&candidate) >= rank(&winner) {
                winner = candidate;
            }
        }
        best[position as usize] = winner;
    }
    best.swap_remove(0)
}

fn rank(tiling: &[Part]) -> (u32, std::cmp::Reverse<usize>, Vec<u32>) {
    let lengths: Vec<u32> = tiling.iter().map(|part| part.mask.count_ones()).collect();
    (lengths.iter().sum(), std::cmp::Reverse(tiling.len()), lengths)
}

/// The latest value of a stock item in the window [T6].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latest {
    /// Position of its last month.
    pub position: usize,
    /// Its value; `None` if it was rejected.
    pub steps: Option<i64>,
}

/// Finds the latest value inside the window whose last month belongs to the unit [T6, O3].
pub fn latest(reported: Reported) -> Option<Latest> {
    let mut found: Option<Latest> = None;
    for (reach, cell) in reported.cells() {
        let Some(position) = reach.last.map(usize::from) else { continue };
        let steps = match cell {
            Cell::Value(steps) => Some(steps),
            Cell::Rejected => None,
            Cell::Missing => continue,
        };
        // Two spans may end in one month; the series is in span order, so the shorter one is kept.
        if found.is_none_or(|best| best.position <= position) {
            found = Some(Latest { position, steps });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::dataset::Dataset;
    use crate::formula::ItemId;
    use crate::registry::OrgId;

    fn span(text: &str) -> Span {
        text.parse().expect("a period")
    }

    /// These cells of one item as those of an organisation that belongs to the unit in so many months of the window.
    fn reported<T>(window: &str, months: usize, cells: &[(&str, Cell)], look: impl FnOnce(Reported) -> T) -> T {
        let (mut dataset, organisation, item, window) = (Dataset::new(1), OrgId(0), ItemId(0), span(window));
        for (period, cell) in cells {
            dataset.set((organisation, span(period), item), *cell);
        }
        let reach = |span| Reach::of(span, window, bits(0, months));
        let rows = Rows::new(dataset.rows(organisation).filter_map(|(span, row)| Some((reach(span)?, row))).collect());
        look(rows.all(dataset.cells_of(item)))
    }

    /// The chosen values, positions that these cover, those of rejected ones, and those of values that stick out.
    type Choice = (Vec<Part>, [Mask; 3]);

    fn chosen_cells(window: &str, cells: &[(&str, Cell)]) -> Choice {
        reported(window, span(window).len(), cells, |reported| {
            let series = choose(reported);
            (series.parts().collect(), [series.covered, series.rejected, series.sticks_out])
        })
    }

    fn chosen(window: &str, cells: &[(&str, i64)]) -> Choice {
        chosen_cells(window, &cells.iter().map(|(period, steps)| (*period, Cell::Value(*steps))).collect::<Vec<_>>())
    }

    fn total((parts, _): &Choice) -> i64 {
        parts.iter().filter_map(|part| part.steps).sum()
    }

    /// T3: Q1 = 30, Apr 10, May 11, Jun 12 → 2025H1 = 63.
    #[test]
    fn quarterly_and_monthly_values_are_joined() {
        let series = chosen("2025H1", &[("2025Q1", 30), ("2025-04", 10), ("2025-05", 11), ("2025-06", 12)]);
        assert_eq!((total(&series), series.1), (63, [bits(0, 6), 0, 0]));
    }

    /// T3: an annual report beats twelve monthly ones; more months beat fewer values.
    #[test]
    fn most_months_then_fewest_values_then_the_longest_first() {
        let months: Vec<String> = (1..=12).map(|month| format!("2025-{month:02}")).collect();
        let mut reported: Vec<(&str, i64)> = months.iter().map(|month| (month.as_str(), 1)).collect();
        reported.push(("2025", 100));
        assert_eq!(total(&chosen("2025", &reported)), 100);
        assert_eq!(total(&chosen("2025H1", &reported)), 6);
        let series = chosen("2025Q1", &[("2025-01..2025-02", 7), ("2025-02..2025-03", 5), ("2025-01", 1), ("2025-03", 2)]);
        assert_eq!(series.0.iter().map(|part| part.mask).collect::<Vec<_>>(), [0b011, 0b100]);
        assert_eq!(total(&series), 9);
    }

    /// T4: a value that sticks out of the window cannot be used and is remembered.
    #[test]
    fn a_value_that_sticks_out_is_not_used() {
        let series = chosen("2025Q1", &[("2025", 100), ("2025-02", 3)]);
        assert_eq!(series.1, [0b010, 0, 0b101]);
    }

    /// T3: a rejected annual figure is not quietly replaced by monthly ones.
    #[test]
    fn a_rejected_value_takes_part_in_the_choice() {
        let cells = [("2025-01", Cell::Value(1)), ("2025-01..2025-02", Cell::Rejected), ("2025-02", Cell::Value(2))];
        assert_eq!(chosen_cells("2025Q1", &cells).1, [0, 0b011, 0]);
        let alone = [("2025-01", Cell::Value(1)), ("2025-02", Cell::Rejected), ("2025-03", Cell::Missing)];
        let parts = vec![Part { mask: 0b001, steps: Some(1) }, Part { mask: 0b010, steps: None }];
        assert_eq!(chosen_cells("2025Q1", &alone), (parts, [0b001, 0b010, 0]));
    }

    /// T6: the latest value inside the window; O3: a stock belongs by its last month.
    #[test]
    fn a_stock_is_the_latest_value_inside_the_window() {
        let cells = [("2024-12", Cell::Value(9)), ("2025-10", Cell::Value(40)), ("2025-11", Cell::Value(50))];
        let found = |window: &str, months: usize| reported(window, months, &cells, latest);
        assert_eq!(found("2025", 12), Some(Latest { position: 10, steps: Some(50) }));
        assert_eq!(found("2025", 10), Some(Latest { position: 9, steps: Some(40) }));
        assert_eq!(found("2026", 12), None);
    }

    fn cell() -> impl Strategy<Value = Cell> {
        prop_oneof![4 => (-9_i64..99).prop_map(Cell::Value), 1 => Just(Cell::Missing), 1 => Just(Cell::Rejected)]
    }

    /// Months, and in some lists longer spans, around a year of which the organisation belongs to the unit for some months.
    fn cells() -> impl Strategy<Value = BTreeMap<(i32, i32), Cell>> {
        let longest = prop_oneof![Just(1), 1..5_i32];
        longest.prop_flat_map(|longest| prop::collection::btree_map((-2_i32..14, 0..longest), cell(), 0..16))
    }

    proptest! {
        /// T3, T4, F7: whether rows are apart or not, what is chosen, summed and met together is what is worked out of single values.
        #[test]
        fn rows_that_are_apart_are_read_like_all_others(cells in cells(), months in 1_usize..13) {
            let year = span("2025");
            let place = |first: i32, longer: i32| Span::new(year.first().plus(first), year.first().plus(first + longer)).expect("in order");
            let cells: Vec<(String, Cell)> = cells.iter().map(|((first, longer), cell)| (place(*first, *longer).to_string(), *cell)).collect();
            let cells: Vec<(&str, Cell)> = cells.iter().map(|(period, cell)| (period.as_str(), *cell)).collect();
            let belongs = bits(0, months);
            let (mut parts, mut sticks_out) = (Vec::new(), 0);
            for (span, cell) in cells.iter().map(|(period, cell)| (span(period), *cell)).collect::<BTreeMap<_, _>>() {
                let inside: Vec<usize> = (0..12).filter(|at| span.has(year.first().plus(i32::try_from(*at).expect("few")))).collect();
                let mask = inside.iter().fold(0, |mask, at| mask | 1 << at);
                match Part::of(mask, cell) {
                    Some(part) if inside.len() == span.len() && mask & !belongs == 0 => parts.push(part),
                    Some(_) => sticks_out |= mask,
                    None => {}
                }
            }
            let expected = best_tiling(&parts);
            let all = |is_usable: bool| expected.iter().filter(|part| part.steps.is_some() == is_usable).fold(0, |all, part| all | part.mask);
            let (covered, rejected) = (all(true), all(false));
            reported("2025", months, &cells, |reported| {
                let series = choose(reported);
                prop_assert_eq!(series.parts().collect::<Vec<_>>(), expected.clone());
                prop_assert_eq!([series.covered, series.rejected, series.sticks_out], [covered, rejected, sticks_out & !(covered | rejected)]);
                for blocked in [0, 0b1, 0b1001_0110, Mask::MAX] {
                    let open: Vec<Part> = series.open(blocked).map(|(mask, steps)| Part { mask, steps: Some(steps) }).collect();
                    let free = |part: &&Part| part.mask & blocked == 0 && part.steps.is_some();
                    let wanted: Vec<Part> = expected.iter().filter(free).copied().collect();
                    let sum = (!wanted.is_empty()).then(|| wanted.iter().filter_map(|part| part.steps).sum());
                    prop_assert_eq!((open, series.sum(blocked)), (wanted, sum));
                    let touched = expected.iter().filter(|part| part.mask & blocked != 0);
                    prop_assert_eq!(series.spread(blocked), touched.fold(blocked, |all, part| all | part.mask));
                }
                Ok(())
            })?;
        }
    }
}
