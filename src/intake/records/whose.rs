//! The organisations that rows name, and names that nobody bears.

use std::collections::{BTreeMap, HashMap};

use super::figures::At;
use super::learned::Names;
use crate::intake::rows::Known;
use crate::intake::short::short;
use crate::intake::totals::strip_numbering;
use crate::period::{Month, Span};
use crate::registry::{Found, OrgId};
use crate::text::mixed::Mixed;

/// Looks up organisations by what is written.
pub(super) struct Whose<'a> {
    known: Known<'a>,
    /// Numbers of names of a few bytes with whose they are in any month: found without going to where they are written.
    short: HashMap<u128, (usize, Option<OrgId>), Mixed>,
    /// Numbers of the other names.
    numbers: HashMap<Vec<u8>, usize, Mixed>,
    names: Vec<Name>,
    /// The name met last, by column.
    last: Vec<Option<usize>>,
}

/// A name as written.
struct Name {
    written: Vec<u8>,
    organisation: Option<OrgId>,
    /// Whose it is depends on the month: somebody bore it at some time.
    is_dated: bool,
    missed: BTreeMap<(usize, Part), Missed>,
}

/// What an organisation that nobody knows was to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The one that is credited.
    Credited,
    /// The other end of a referral.
    Partner,
}

/// Rows of a name that nobody knows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Missed {
    /// How many.
    pub(super) rows: u64,
    /// The first of them.
    pub(super) first: At,
}

impl<'a> Whose<'a> {
    /// For this many columns.
    pub(super) fn new(known: Known<'a>, columns: usize) -> Self {
        Self { known, short: HashMap::default(), numbers: HashMap::default(), names: Vec::new(), last: vec![None; columns] }
    }

    /// How many short names are known, whether anybody bears them or not.
    pub(super) fn known(&self) -> usize {
        self.short.len()
    }

    /// Who bears short names.
    pub(super) fn names(&self) -> Names {
        self.short.iter().filter_map(|(name, (_, organisation))| Some((*name, (*organisation)?))).collect()
    }

    /// The organisation of a cell that is not blank, in a month, with the number of its name.
    pub(super) fn at(&mut self, column: usize, cell: &[u8], month: Month) -> (usize, Option<OrgId>) {
        if let Some(found) = short(cell).and_then(|short| self.short.get(&short)) {
            return *found;
        }
        let last = self.last[column].filter(|number| self.names[*number].written == cell);
        let number = last.or_else(|| self.numbers.get(cell).copied()).unwrap_or_else(|| self.learn(cell));
        self.last[column] = Some(number);
        let name = &self.names[number];
        (number, if name.is_dated { self.dated(&name.written, month) } else { name.organisation })
    }

    #[cold]
    fn learn(&mut self, cell: &[u8]) -> usize {
        let text = String::from_utf8_lossy(cell);
        let (registry, plain) = (self.known.registry, strip_numbering(&text));
        let organisation = registry.find(&text).or_else(|| registry.find(plain));
        let is_dated = registry.dated(&text).or_else(|| registry.dated(plain)).is_some();
        self.names.push(Name { written: cell.to_vec(), organisation, is_dated, missed: BTreeMap::new() });
        let number = self.names.len() - 1;
        match short(cell).filter(|_| !is_dated) {
            Some(short) => drop(self.short.insert(short, (number, organisation))),
            None => drop(self.numbers.insert(cell.to_vec(), number)),
        }
        number
    }

    /// Who bore a name in a month.
    fn dated(&self, written: &[u8], month: Month) -> Option<OrgId> {
        let (registry, span, text) = (self.known.registry, Span::month(month), String::from_utf8_lossy(written));
        registry.find_in(&text, span).or_else(|| registry.find_in(strip_numbering(&text), span)).map(Found::organisation)
    }

    /// Notes that a row names nobody where somebody was needed.
    pub(super) fn miss(&mut self, name: usize, column: usize, part: Part, at: At) {
        self.names[name].missed.entry((column, part)).or_insert(Missed { rows: 0, first: at }).rows += 1;
    }

    /// Names that nobody bears, by column and what they were to be, in the order in which they were met.
    pub(super) fn missed(&self) -> BTreeMap<(usize, Part), Vec<(String, Missed)>> {
        let mut found: BTreeMap<(usize, Part), Vec<(String, Missed)>> = BTreeMap::new();
        for name in &self.names {
            for (key, missed) in &name.missed {
                found.entry(*key).or_default().push((String::from_utf8_lossy(&name.written).into_owned(), *missed));
            }
        }
        found
    }
}
