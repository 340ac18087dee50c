//! What is noticed row by row, counted with the first place of each.

use std::collections::BTreeMap;

use super::figures::At;
use crate::finding::Finding;
use crate::period::Month;
use crate::registry::OrgId;

/// Rows of one kind: how many, and the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rows {
    /// How many.
    pub(super) count: u64,
    /// The first.
    pub(super) first: At,
    /// What stands there, where that may be shown.
    pub(super) written: String,
}

impl Rows {
    /// Adds a row, or begins with it.
    fn add(rows: &mut Option<Self>, at: At, written: &[u8]) {
        match rows {
            Some(rows) => rows.count += 1,
            None => *rows = Some(Self { count: 1, first: at, written: String::from_utf8_lossy(written).into_owned() }),
        }
    }
}

/// Records of an organisation, and those of them without a match.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Unmatched {
    /// All.
    pub(super) records: u64,
    /// Without a match.
    pub(super) lacking: u64,
    /// The first of these.
    pub(super) first: At,
}

/// Everything that is noticed.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Rows whose date cannot be read.
    pub(super) undated: Option<Rows>,
    /// Rows with a blank key.
    pub(super) keyless: Option<Rows>,
    /// Rows without the organisation that is to be credited, by column.
    pub(super) nobodys: BTreeMap<usize, Option<Rows>>,
    /// Rows that a condition on numbers cannot decide, by column.
    pub(super) undecided: BTreeMap<usize, Option<Rows>>,
    /// Rows outside the months that are looked at, with the first and the last of their months.
    pub(super) outside: Option<(Rows, Month, Month)>,
    /// Matches, by the organisation of the source; the last are nobody's who is known.
    matches: Vec<Unmatched>,
    /// What rejects a figure, the first of each: by number of the item, organisation and month.
    pub(super) faults: BTreeMap<(usize, OrgId, Month), Finding>,
}

impl Notes {
    /// For this many organisations.
    pub(super) fn new(organisations: usize) -> Self {
        Self { matches: vec![Unmatched::default(); organisations + 1], ..Self::default() }
    }

    /// Who has records without a match; `None` is nobody who is known.
    pub(super) fn unmatched(&self) -> impl Iterator<Item = (Option<OrgId>, &Unmatched)> {
        let last = self.matches.len().saturating_sub(1);
        let whose = move |at| if at < last { Some(OrgId(at)) } else { None };
        self.matches.iter().enumerate().filter(|(_, of)| of.lacking > 0).map(move |(at, of)| (whose(at), of))
    }

    pub(super) fn undated(&mut self, at: At, written: &[u8]) {
        Rows::add(&mut self.undated, at, written);
    }

    pub(super) fn keyless(&mut self, at: At) {
        Rows::add(&mut self.keyless, at, b"");
    }

    pub(super) fn nobodys(&mut self, column: usize, at: At) {
        Rows::add(self.nobodys.entry(column).or_default(), at, b"");
    }

    pub(super) fn undecided(&mut self, column: usize, at: At, written: &[u8]) {
        Rows::add(self.undecided.entry(column).or_default(), at, written);
    }

    pub(super) fn outside(&mut self, month: Month, at: At) {
        match &mut self.outside {
            Some((rows, first, last)) => {
                rows.count += 1;
                (*first, *last) = ((*first).min(month), (*last).max(month));
            }
            None => self.outside = Some((Rows { count: 1, first: at, written: String::new() }, month, month)),
        }
    }

    pub(super) fn matched(&mut self, organisation: Option<OrgId>, is_matched: bool, at: At) {
        let last = self.matches.len().saturating_sub(1);
        let Some(of) = self.matches.get_mut(organisation.map_or(last, |organisation| organisation.0)) else { return };
        of.records += 1;
        if !is_matched {
            if of.lacking == 0 {
                of.first = at;
            }
            of.lacking += 1;
        }
    }

    /// Notes why a figure is rejected; of several reasons the first is told, with their number.
    pub(super) fn fault(&mut self, key: (usize, OrgId, Month), finding: impl FnOnce() -> Finding) {
        self.faults.entry(key).and_modify(|known| known.alike += 1).or_insert_with(finding);
    }
}
