//! Which rows a total row adds up [D3].
//!
//! Printed tables put totals behind their parts or before them (`小计` as a heading). The place decides
//! where it can: a subtotal with nothing above it heads its group. Where rows stand on both sides, what
//! agrees decides; where nothing does, it cannot be told.

use super::{Figure, Printed, Sum};
use crate::intake::totals::RowKind;

/// The parts and totals of one period and item, in the order of the table, while it is read.
#[derive(Debug, Clone, Default)]
pub(super) struct Track {
    /// Sums of the rows between two totals: one before each total, and one after the last.
    segments: Vec<Sum>,
    totals: Vec<Total>,
}

/// The same when all rows are read.
#[derive(Debug, Clone)]
pub(super) struct Groups {
    /// Sums of everything before each segment, and of everything.
    before: Vec<Sum>,
    totals: Vec<Total>,
    /// True if a total over everything stands between rows: then each speaks of its own block.
    in_blocks: bool,
    /// On which side of the totals of groups their parts stand, where the place decides.
    side: Option<Side>,
}

/// A cell of a total row.
#[derive(Debug, Clone)]
pub(super) struct Total {
    pub(super) line: u64,
    pub(super) kind: RowKind,
    /// `None` for a blank or rejected cell, which still ends a group.
    pub(super) printed: Option<Printed>,
}

/// On which side of it the parts of a subtotal stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Above,
    Below,
}

/// The parts of a total row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parts {
    /// All rows of the table.
    All,
    /// The rows up to the total before it, or to the one after it.
    Next(Side),
    /// This many groups on that side, subtotals of subtotals.
    Groups(Side, usize),
    /// All rows on that side.
    Whole(Side),
}

impl Track {
    /// A row; the number of its segment.
    pub(super) fn add_row(&mut self, figure: Option<Figure>) -> usize {
        if self.segments.is_empty() {
            self.segments.push(Sum::default());
        }
        let at = self.segments.len() - 1;
        if let Some(sum) = self.segments.last_mut() {
            sum.rows += 1;
            sum.add(figure, 1);
        }
        at
    }

    /// Takes a figure out again, for another one counts in its place [D2].
    pub(super) fn take_back(&mut self, segment: usize, figure: Figure) {
        if let Some(sum) = self.segments.get_mut(segment) {
            sum.add(Some(figure), -1);
        }
    }

    pub(super) fn add_total(&mut self, total: Total) {
        self.segments.resize(self.totals.len() + 1, Sum::default());
        self.totals.push(total);
        self.segments.push(Sum::default());
    }

    /// Works out once for all totals what their place says.
    pub(super) fn close(self) -> Groups {
        let mut before = vec![Sum::default()];
        for segment in &self.segments {
            let sum = before.last().copied().unwrap_or_default();
            before.push(sum.plus(*segment, 1));
        }
        let mut groups = Groups { before, totals: self.totals, in_blocks: false, side: None };
        let count = groups.totals.len();
        let between = |at: usize| groups.has_rows(at, Parts::Whole(Side::Above)) && groups.has_rows(at, Parts::Whole(Side::Below));
        groups.in_blocks = groups.totals.iter().enumerate().any(|(at, total)| total.kind == RowKind::Total && between(at));
        // One with no rows beside it adds up subtotals, and says nothing about the others.
        let beside = |at: &usize| [Side::Above, Side::Below].into_iter().any(|side| groups.has_rows(*at, Parts::Next(side)));
        let of_groups: Vec<usize> = (0..count).filter(|at| groups.is_of_a_group(*at)).filter(beside).collect();
        let fits = |side: Side| of_groups.iter().all(|at| groups.has_rows(*at, Parts::Next(side)));
        groups.side = match (fits(Side::Above), fits(Side::Below)) {
            _ if of_groups.is_empty() => None,
            (true, false) => Some(Side::Above),
            (false, true) => Some(Side::Below),
            _ => None,
        };
        groups
    }
}

impl Groups {
    pub(super) fn totals(&self) -> &[Total] {
        &self.totals
    }

    /// The sum of a total's parts.
    pub(super) fn sum(&self, at: usize, parts: Parts) -> Sum {
        let end = self.before.len() - 1;
        let (from, to) = match parts {
            Parts::All => (0, end),
            Parts::Next(side) => return self.sum(at, Parts::Groups(side, 1)),
            Parts::Groups(Side::Above, count) => ((at + 1).saturating_sub(count), at + 1),
            Parts::Groups(Side::Below, count) => (at + 1, (at + 1 + count).min(end)),
            Parts::Whole(Side::Above) => (0, at + 1),
            Parts::Whole(Side::Below) => (at + 1, end),
        };
        let sum = |at: usize| self.before.get(at.min(end)).copied().unwrap_or_default();
        sum(to).plus(sum(from), -1)
    }

    fn has_rows(&self, at: usize, parts: Parts) -> bool {
        self.sum(at, parts).rows > 0
    }

    fn is_of_a_group(&self, at: usize) -> bool {
        self.totals.get(at).is_some_and(|total| total.kind == RowKind::Subtotal) || self.in_blocks
    }

    /// The parts by place alone, where the place decides.
    pub(super) fn by_place(&self, at: usize) -> Option<Parts> {
        if self.is_of_a_group(at) { self.side.map(Parts::Next) } else { Some(Parts::All) }
    }

    /// Every reading of a total that has parts, the likely ones first.
    pub(super) fn readings(&self, at: usize) -> Vec<Parts> {
        let sides = [Side::Above, Side::Below];
        let mut readings: Vec<Parts> = sides.into_iter().map(Parts::Next).collect();
        readings.push(Parts::All);
        readings.extend(sides.into_iter().map(Parts::Whole));
        let groups = |side: Side| (2..=(self.before.len() - 1).min(MOST_GROUPS)).map(move |count| Parts::Groups(side, count));
        readings.extend(sides.into_iter().flat_map(groups));
        readings.retain(|parts| self.has_rows(at, *parts));
        readings
    }
}

impl Parts {
    /// False for a reading on the other side than the place says.
    pub(super) fn is_possible_beside(self, by_place: Option<Self>) -> bool {
        let Some(Self::Next(side)) = by_place else { return true };
        match self {
            Self::All => true,
            Self::Next(own) | Self::Whole(own) | Self::Groups(own, _) => own == side,
        }
    }
}

/// Groups that a subtotal of subtotals is tried with.
const MOST_GROUPS: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;

    /// A table as figures of its rows: `s` and `t` stand for a subtotal and a total.
    fn track(rows: &str) -> Groups {
        let mut track = Track::default();
        for (line, row) in (2..).zip(rows.split(' ')) {
            match row {
                "s" => track.add_total(Total { line, kind: RowKind::Subtotal, printed: None }),
                "t" => track.add_total(Total { line, kind: RowKind::Total, printed: None }),
                steps => {
                    track.add_row(steps.parse().ok().map(|steps| Figure { steps, step: 1 }));
                }
            }
        }
        track.close()
    }

    /// The sums that the totals of a table stand for by place; `?` where the place does not decide.
    fn sums(rows: &str) -> String {
        let track = track(rows);
        let sum = |at| track.by_place(at).map_or("?".to_owned(), |parts| track.sum(at, parts).steps.to_string());
        (0..track.totals().len()).map(sum).collect::<Vec<_>>().join(" ")
    }

    /// D3: totals stand behind their parts, or before them.
    #[test]
    fn the_place_of_totals_says_what_they_add_up() {
        assert_eq!(sums("1 2 t"), "3");
        assert_eq!(sums("t 1 2"), "3");
        assert_eq!(sums("1 2 s 4 8 s t"), "3 12 15");
        assert_eq!(sums("t s 1 2 s 4 8"), "15 3 12");
        assert_eq!(sums("s 1 2 s 4 8"), "3 12");
        // A blank cell is a row all the same.
        assert_eq!(sums("s - - s 4 8"), "0 12");
        // Blocks, each with its total, and one over everything.
        assert_eq!(sums("1 2 t 4 8 t"), "3 12");
        assert_eq!(sums("t 1 2 t 4 8"), "3 12");
    }

    /// D3: with rows before the first and behind the last subtotal, the place says nothing.
    #[test]
    fn rows_on_both_sides_leave_it_open() {
        assert_eq!(sums("1 s 2 4 s 8"), "? ?");
        assert_eq!(sums("1 t 2"), "?");
        let track = track("1 s 2 4 s 8");
        assert!(track.readings(0).contains(&Parts::Next(Side::Below)));
        assert_eq!(track.sum(1, Parts::Groups(Side::Above, 2)).steps, 7);
    }

    /// D3: however many totals there are, each is settled by looking at its neighbours.
    #[test]
    fn many_totals_are_settled_quickly() {
        let rows = vec!["1 2 s"; 20_000].join(" ");
        let track = track(&rows);
        let of_two = (0..track.totals().len()).filter(|at| track.by_place(*at).is_some_and(|parts| track.sum(*at, parts).steps == 3));
        assert_eq!(of_two.count(), 20_000);
    }
}
