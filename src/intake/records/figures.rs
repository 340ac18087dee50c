//! What is kept of the rows: a tally per organisation, month and item, and who was counted.

use std::collections::{BTreeMap, HashSet};

use super::identifiers::Identifier;
use super::{Records, Way};
use crate::dataset::Cell;
use crate::period::Month;
use crate::registry::OrgId;
use crate::text::mixed::Mixed;

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(in crate::intake) struct At {
    /// Number of its table.
    pub(in crate::intake) table: u32,
    /// Its line.
    pub(in crate::intake) line: u64,
}

/// Rows whose places are kept for a figure.
pub(super) const SHOWN: usize = 3;

/// The rows of one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::intake) struct Tally {
    /// How many.
    pub(in crate::intake) rows: u64,
    /// Their sum in the finest steps, or the number of persons.
    pub(super) sum: i128,
    /// Rows in which what is needed is missing or cannot be read.
    pub(super) faults: u64,
    /// Where the first of them stand.
    pub(in crate::intake) first: [At; SHOWN],
}

impl Tally {
    /// Adds a row.
    fn add(&mut self, at: At) {
        keep(&mut self.first, self.rows, at);
        self.rows += 1;
    }
}

/// Keeps the place of a row, if few stand before it.
#[inline]
fn keep(first: &mut [At; SHOWN], before: u64, at: At) {
    if let Some(place) = usize::try_from(before).ok().and_then(|row| first.get_mut(row)) {
        *place = at;
    }
}

/// A row that is counted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Adds {
    /// As one.
    One,
    /// With an amount in the finest steps.
    Steps(i64),
    /// With something that is missing or cannot be read.
    Fault,
}

/// Rows that are added to their tallies together: tallies lie far apart, and of many at once the machine fetches several
/// at a time.
const TOGETHER: usize = 1024;

/// A figure that rows were counted or summed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::intake) struct Figure {
    /// What it is.
    pub(in crate::intake) cell: Cell,
    /// The rows it is made of; none where 0 is said by silence.
    pub(in crate::intake) tally: Tally,
    /// True where the organisation has no row at all in its months.
    pub(in crate::intake) is_silent: bool,
}

/// An organisation, in a month, by the column that credits it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Group {
    /// The column.
    pub(super) column: usize,
    /// The organisation.
    pub(super) organisation: OrgId,
    /// The month.
    pub(super) month: Month,
}

/// An item, by its number, of an organisation and one of the spans over which persons are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Crowd {
    /// Number of the item.
    pub(super) item: usize,
    /// The organisation.
    pub(super) organisation: OrgId,
    /// Number of the span.
    pub(super) span: usize,
}

/// Stands for a group that has no rows; there are never so many groups.
const NONE: u32 = u32::MAX;

/// Months are counted from the first there is.
fn place_of(month: Month) -> usize {
    usize::try_from(month.since(Month::FIRST)).unwrap_or(usize::MAX)
}

/// All tallies of a register.
#[derive(Debug)]
pub(super) struct Figures {
    items: usize,
    organisations: usize,
    /// Numbers of groups by column, month and organisation; nothing for months without rows.
    numbers: Vec<Vec<Vec<u32>>>,
    /// The groups in the order in which they are met; of each a tally per item.
    pub(super) groups: Vec<Group>,
    /// By tally its rows, those that are more than fit there, the places of the first of them, and how many are faults. Every row
    /// goes to another tally: the fewer bytes it touches, the more of them are near.
    rows: Vec<u32>,
    more_rows: BTreeMap<usize, u64>,
    first: Vec<[At; SHOWN]>,
    faults: BTreeMap<usize, u64>,
    /// By number of the item its place among those that are summed, if it is, and how many these are.
    summed: (Vec<Option<usize>>, usize),
    /// By group and place the sum, and what is more than fits there.
    sums: Vec<i64>,
    more: BTreeMap<usize, i128>,
    /// Rows on their way to their tallies, and amounts on their way to their sums.
    rows_waiting: Vec<(usize, At)>,
    amounts_waiting: Vec<(usize, i64)>,
    spans: usize,
    /// Numbers of crowds, by item, span and organisation.
    crowd_numbers: Vec<Option<usize>>,
    /// The crowds in the order in which they are met.
    pub(super) crowds: Vec<(Crowd, Tally)>,
    persons: HashSet<(Identifier, usize), Mixed>,
}

impl Figures {
    /// Tallies for what a register is counted as, of this many organisations.
    pub(super) fn new(records: &Records, organisations: usize) -> Self {
        let ways: Vec<Way> = records.items.iter().map(|item| item.way).collect();
        Self::of(&ways, (records.columns.len(), records.spans.len()), organisations)
    }

    fn of(ways: &[Way], (columns, spans): (usize, usize), organisations: usize) -> Self {
        let (items, mut summed) = (ways.len(), (Vec::new(), 0));
        for way in ways {
            let is_summed = matches!(way, Way::Sum(_));
            summed.0.push(is_summed.then_some(summed.1));
            summed.1 += usize::from(is_summed);
        }
        Self {
            items,
            organisations,
            numbers: vec![Vec::new(); columns],
            groups: Vec::new(),
            rows: Vec::new(),
            more_rows: BTreeMap::new(),
            first: Vec::new(),
            faults: BTreeMap::new(),
            summed,
            sums: Vec::new(),
            more: BTreeMap::new(),
            rows_waiting: Vec::with_capacity(TOGETHER),
            amounts_waiting: Vec::with_capacity(TOGETHER),
            spans,
            crowd_numbers: vec![None; items * spans * organisations],
            crowds: Vec::new(),
            persons: HashSet::default(),
        }
    }

    /// The number of a group, made if it is new.
    pub(super) fn group(&mut self, group: Group) -> usize {
        let (organisations, of_column, month) = (self.organisations, &mut self.numbers[group.column], place_of(group.month));
        if of_column.len() <= month {
            of_column.resize(month + 1, Vec::new());
        }
        if of_column[month].is_empty() {
            of_column[month].resize(organisations, NONE);
        }
        let known = &mut of_column[month][group.organisation.0];
        if *known == NONE {
            *known = u32::try_from(self.groups.len()).unwrap_or(NONE);
            self.groups.push(group);
            let tallies = self.groups.len() * self.items;
            self.rows.resize(tallies, 0);
            self.first.resize(tallies, Default::default());
            self.sums.resize(self.groups.len() * self.summed.1, 0);
        }
        *known as usize
    }

    /// The tally of an item in a group.
    pub(super) fn tally(&mut self, group: usize, item: usize) -> Tally {
        self.settle();
        let at = group * self.items + item;
        let of = |map: &BTreeMap<usize, u64>| map.get(&at).copied().unwrap_or(0);
        Tally {
            rows: of(&self.more_rows) + u64::from(self.rows[at]),
            sum: self.sum_of(group, item).map_or(0, |sum| self.more.get(&sum).copied().unwrap_or(0) + i128::from(self.sums[sum])),
            faults: of(&self.faults),
            first: self.first[at],
        }
    }

    /// Where the sum of an item stands, if it is summed.
    #[inline]
    fn sum_of(&self, group: usize, item: usize) -> Option<usize> {
        let (places, all) = &self.summed;
        places[item].map(|place| group * all + place)
    }

    /// Adds a row to the tally of an item in a group.
    #[inline]
    pub(super) fn add(&mut self, group: usize, item: usize, at: At, adds: Adds) {
        let tally = group * self.items + item;
        self.rows_waiting.push((tally, at));
        match adds {
            Adds::One => {}
            Adds::Steps(steps) => self.amounts_waiting.extend(self.sum_of(group, item).map(|sum| (sum, steps))),
            Adds::Fault => *self.faults.entry(tally).or_default() += 1,
        }
        if self.rows_waiting.len() == TOGETHER {
            self.settle();
        }
    }

    fn settle(&mut self) {
        for (tally, at) in self.rows_waiting.drain(..) {
            let rows = &mut self.rows[tally];
            keep(&mut self.first[tally], u64::from(*rows), at);
            if *rows == u32::MAX {
                // None of those that come is taken for one of the first.
                let left = SHOWN as u64;
                *self.more_rows.entry(tally).or_default() += u64::from(*rows) - left;
                *rows = u32::try_from(left).unwrap_or(*rows);
            }
            *rows += 1;
        }
        for (sum, steps) in self.amounts_waiting.drain(..) {
            let sum_here = &mut self.sums[sum];
            *sum_here = sum_here.checked_add(steps).unwrap_or_else(|| {
                *self.more.entry(sum).or_default() += i128::from(*sum_here);
                steps
            });
        }
    }

    /// True if an organisation has a row in a month.
    pub(super) fn has(&self, group: Group) -> bool {
        let numbers = self.numbers[group.column].get(place_of(group.month));
        numbers.and_then(|numbers| numbers.get(group.organisation.0)).is_some_and(|number| *number != NONE)
    }

    /// The tally of a crowd.
    pub(super) fn crowd(&self, crowd: Crowd) -> Option<Tally> {
        self.crowd_numbers[self.place(crowd)].map(|number| self.crowds[number].1)
    }

    fn place(&self, crowd: Crowd) -> usize {
        (crowd.item * self.spans + crowd.span) * self.organisations + crowd.organisation.0
    }

    /// Counts a row of a person, or of nobody who is named.
    pub(super) fn meet(&mut self, crowd: Crowd, person: Option<Identifier>, at: At) {
        let place = self.place(crowd);
        let number = *self.crowd_numbers[place].get_or_insert_with(|| {
            self.crowds.push((crowd, Tally::default()));
            self.crowds.len() - 1
        });
        let is_new = person.is_some_and(|person| self.persons.insert((person, number)));
        let tally = &mut self.crowds[number].1;
        tally.add(at);
        tally.sum += i128::from(is_new);
        tally.faults += u64::from(person.is_none());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u64) -> At {
        At { table: 0, line }
    }

    /// 20,000 rows of 10^15 steps, the most there may be, and of one step less than nothing: more than fits in 64 bits. Beside
    /// them a figure that held four thousand million rows before.
    #[test]
    fn more_than_fits_is_kept_beside() {
        let (rows, steps) = (20_000_u64, 1_000_000_000_000_000_i64);
        let mut figures = Figures::of(&[Way::Count, Way::Sum(1), Way::Distinct(1), Way::Sum(1)], (1, 0), 2);
        let group = |organisation| Group { column: 0, organisation: OrgId(organisation), month: Month::FIRST };
        assert_eq!([figures.group(group(0)), figures.group(group(1))], [0, 1]);
        for line in 1..=rows {
            figures.add(1, 1, at(line), Adds::Steps(steps));
            figures.add(1, 3, at(line), Adds::Steps(-steps));
            figures.add(0, 1, at(line), Adds::Steps(1));
        }
        figures.add(1, 1, at(rows + 1), Adds::Fault);
        figures.add(1, 1, at(rows + 2), Adds::Steps(-1));
        let (first, sum) = ([at(1), at(2), at(3)], 20_000_000_000_000_000_000);
        assert_eq!(figures.tally(1, 1), Tally { rows: rows + 2, sum: sum - 1, faults: 1, first });
        assert_eq!(figures.tally(1, 3), Tally { rows, sum: -sum, faults: 0, first });
        assert_eq!(figures.tally(0, 1), Tally { rows, sum: 20_000, faults: 0, first });
        figures.rows[0] = u32::MAX - 1;
        (1..=4).for_each(|line| figures.add(0, 0, at(line), Adds::One));
        assert_eq!(figures.tally(0, 0), Tally { rows: 4_294_967_298, ..Tally::default() });
        assert_eq!([figures.tally(1, 0), figures.tally(0, 3), figures.tally(1, 2)], [Tally::default(); 3]);
    }
}
