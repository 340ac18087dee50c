//! What is kept of the rows: a tally per organisation, month and item, and who was counted.

use std::collections::HashSet;

use super::Records;
use crate::dataset::Cell;
use crate::intake::mixed::Mixed;
use crate::period::Month;
use crate::registry::OrgId;

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

/// What every row of a figure changes: its tally without the places of the first of them.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    rows: u64,
    faults: u64,
    sum: i128,
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

/// A row on its way to a tally.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    tally: usize,
    at: At,
    adds: Adds,
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
    /// What is added to them, and the places of their first rows, which are seldom needed.
    tallies: Vec<Sums>,
    first: Vec<[At; SHOWN]>,
    waiting: Vec<Waiting>,
    spans: usize,
    /// Numbers of crowds, by item, span and organisation.
    crowd_numbers: Vec<Option<usize>>,
    /// The crowds in the order in which they are met.
    pub(super) crowds: Vec<(Crowd, Tally)>,
    persons: HashSet<(u128, usize), Mixed>,
}

impl Figures {
    /// Tallies for what a register is counted as, of this many organisations.
    pub(super) fn new(records: &Records, organisations: usize) -> Self {
        let (items, columns, spans) = (records.items.len(), records.columns.len(), records.spans.len());
        Self {
            items,
            organisations,
            numbers: vec![Vec::new(); columns],
            groups: Vec::new(),
            tallies: Vec::new(),
            first: Vec::new(),
            waiting: Vec::with_capacity(TOGETHER),
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
            let tallies = self.tallies.len() + self.items;
            self.tallies.resize(tallies, Sums::default());
            self.first.resize(tallies, Default::default());
        }
        *known as usize
    }

    /// The tally of an item in a group.
    pub(super) fn tally(&mut self, group: usize, item: usize) -> Tally {
        self.settle();
        let at = group * self.items + item;
        let Sums { rows, faults, sum } = self.tallies[at];
        Tally { rows, sum, faults, first: self.first[at] }
    }

    /// Adds a row to the tally of an item in a group.
    pub(super) fn add(&mut self, group: usize, item: usize, at: At, adds: Adds) {
        self.waiting.push(Waiting { tally: group * self.items + item, at, adds });
        if self.waiting.len() == TOGETHER {
            self.settle();
        }
    }

    fn settle(&mut self) {
        for Waiting { tally, at, adds } in self.waiting.drain(..) {
            let (tally, first) = (&mut self.tallies[tally], &mut self.first[tally]);
            keep(first, tally.rows, at);
            tally.rows += 1;
            match adds {
                Adds::One => {}
                Adds::Steps(steps) => tally.sum += i128::from(steps),
                Adds::Fault => tally.faults += 1,
            }
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
    pub(super) fn meet(&mut self, crowd: Crowd, person: Option<u128>, at: At) {
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
