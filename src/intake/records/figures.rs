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
    pub(super) fn add(&mut self, at: At) {
        if let Some(place) = usize::try_from(self.rows).ok().and_then(|row| self.first.get_mut(row)) {
            *place = at;
        }
        self.rows += 1;
    }
}

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

/// All tallies of a register.
#[derive(Debug)]
pub(super) struct Figures {
    items: usize,
    organisations: usize,
    /// Numbers of groups with their months, by column and organisation: a register holds few months.
    numbers: Vec<Vec<(Month, usize)>>,
    /// The groups in the order in which they are met; of each a tally per item.
    pub(super) groups: Vec<Group>,
    tallies: Vec<Tally>,
    /// The group met last, by column: neighbouring rows mostly share it.
    last: Vec<Option<(Group, usize)>>,
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
            numbers: vec![Vec::new(); columns * organisations],
            groups: Vec::new(),
            tallies: Vec::new(),
            last: vec![None; columns],
            spans,
            crowd_numbers: vec![None; items * spans * organisations],
            crowds: Vec::new(),
            persons: HashSet::default(),
        }
    }

    /// The number of a group, made if it is new.
    pub(super) fn group(&mut self, group: Group) -> usize {
        if let Some(Some((last, number))) = self.last.get(group.column)
            && *last == group
        {
            return *number;
        }
        let known = &mut self.numbers[group.column * self.organisations + group.organisation.0];
        let found = known.iter().find(|(month, _)| *month == group.month).map(|(_, number)| *number);
        let number = found.unwrap_or_else(|| {
            known.push((group.month, self.groups.len()));
            self.groups.push(group);
            self.tallies.resize(self.tallies.len() + self.items, Tally::default());
            self.groups.len() - 1
        });
        if let Some(last) = self.last.get_mut(group.column) {
            *last = Some((group, number));
        }
        number
    }

    /// The tally of an item in a group.
    pub(super) fn tally(&mut self, group: usize, item: usize) -> &mut Tally {
        &mut self.tallies[group * self.items + item]
    }

    /// True if an organisation has a row in a month.
    pub(super) fn has(&self, group: Group) -> bool {
        self.numbers[group.column * self.organisations + group.organisation.0].iter().any(|(month, _)| *month == group.month)
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
