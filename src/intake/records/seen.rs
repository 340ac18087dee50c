//! What all cores see of rows, as far as it hangs on nothing but their cells and what is learned already.

use std::num::NonZeroU32;
use std::sync::Arc;

use super::columns::{Stands, trimmed};
use super::day::month_of;
use super::identifiers::{self, Identifier};
use super::kinds::{Kind, Wants};
use super::learned::{Learned, Lore};
use super::{Records, Way, amounts, once};
use crate::catalogue::Catalogue;
use crate::intake::cell::{Quick, Shape};
use crate::intake::short::{LONG, short};
use crate::intake::table::{Batch, Reused};
use crate::period::Month;
use crate::registry::OrgId;

/// The columns of a table that all cores look at.
pub(super) struct Looked<'s> {
    /// All columns of the register.
    pub(super) stands: &'s [Stands],
    date: Option<&'s Stands>,
    named: Vec<&'s Stands>,
    texts: Vec<&'s Stands>,
    /// Those that are added up, and how they are read.
    sums: Vec<(&'s Stands, Shape)>,
    persons: Vec<&'s Stands>,
    /// By number of the item, the place of its column among those that are added up, or name persons.
    places: Vec<usize>,
    key: Vec<&'s Stands>,
    /// Where there is a key, the columns beside it.
    beside: Vec<&'s Stands>,
}

impl<'s> Looked<'s> {
    /// The columns of a register: those that name organisations, those with conditions on texts.
    pub(super) fn new(records: &Records, catalogue: &Catalogue, stands: &'s [Stands], named: &[usize], texts: &[usize]) -> Self {
        let at = |column: &usize| stands.get(*column);
        let is_beside = |column: &usize| !records.key.is_empty() && !records.key.contains(column);
        let mut looked = Self {
            stands,
            date: at(&records.date),
            named: named.iter().filter_map(at).collect(),
            texts: texts.iter().filter_map(at).collect(),
            sums: Vec::new(),
            persons: Vec::new(),
            places: Vec::new(),
            key: records.key.iter().filter_map(at).collect(),
            beside: (0..stands.len()).filter(is_beside).filter_map(|column| at(&column)).collect(),
        };
        for item in &records.items {
            let place = match item.way {
                Way::Count => 0,
                Way::Sum(column) => {
                    let shape = |stands| amounts::shape(stands, catalogue.item(item.item).unit == "%");
                    looked.sums.extend(at(&column).map(|stands| (stands, shape(stands))));
                    looked.sums.len().saturating_sub(1)
                }
                Way::Distinct(column) => {
                    looked.persons.extend(at(&column));
                    looked.persons.len().saturating_sub(1)
                }
            };
            looked.places.push(place);
        }
        looked
    }
}

/// An organisation in four bytes.
#[derive(Clone, Copy)]
struct Whom(NonZeroU32);

impl Whom {
    fn of(id: OrgId) -> Option<Self> {
        Some(Self(NonZeroU32::new(u32::try_from(id.0 + 1).ok()?)?))
    }

    #[inline]
    fn id(self) -> OrgId {
        OrgId(self.0.get() as usize - 1)
    }
}

/// What is seen of the rows of a stretch, by row, in few bytes: it is handed from one core to another.
#[derive(Default)]
pub(super) struct Seen {
    lore: Arc<Lore>,
    months: Vec<Option<Month>>,
    kinds: Vec<Option<Kind>>,
    /// By column; the names until all of them are looked up.
    names: Vec<Vec<u128>>,
    organisations: Vec<Vec<Option<Whom>>>,
    amounts: Vec<Vec<Quick>>,
    persons: Vec<Vec<Option<Identifier>>>,
    keys: Vec<Option<Identifier>>,
    /// What stands beside the key, in short.
    beside: Vec<u64>,
}

impl Reused for Seen {
    fn clear(&mut self) {
        self.months.clear();
        self.kinds.clear();
        self.organisations.iter_mut().for_each(Vec::clear);
        self.amounts.iter_mut().for_each(Vec::clear);
        self.persons.iter_mut().for_each(Vec::clear);
        self.keys.clear();
        self.beside.clear();
    }

    /// Looks up the names: the machine fetches several at a time of many that are looked up one right behind the other.
    fn complete(&mut self) {
        let known = &self.lore.names;
        for (organisations, names) in self.organisations.iter_mut().zip(&mut self.names) {
            organisations.extend(names.drain(..).map(|name| known.get(&name).copied().and_then(Whom::of)));
        }
    }
}

impl Seen {
    /// Room for these columns.
    fn begin(&mut self, looked: &Looked, learned: &Learned) {
        self.lore = learned.now();
        self.names.resize(looked.named.len(), Vec::new());
        self.organisations.resize(looked.named.len(), Vec::new());
        self.amounts.resize(looked.sums.len(), Vec::new());
        self.persons.resize(looked.persons.len(), Vec::new());
    }

    /// Looks at rows, column by column.
    pub(super) fn look(&mut self, rows: &Batch, looked: &Looked, learned: &Learned) {
        let first = self.kinds.len();
        if first == 0 {
            self.begin(looked, learned);
        }
        let cells = |stands: &Stands| rows.column(stands.index).map(trimmed);
        match looked.date {
            Some(date) => self.months.extend(cells(date).map(|cell| month(cell, date))),
            None => self.months.resize(first + rows.len(), None),
        }
        self.kinds.resize(first + rows.len(), Kind::first(looked.texts.len(), &self.lore.texts));
        let kinds = self.kinds.get_mut(first..).unwrap_or_default();
        for (stands, texts) in looked.texts.iter().zip(&self.lore.texts) {
            kinds.iter_mut().zip(cells(stands)).for_each(|(kind, cell)| *kind = kind.and_then(|kind| kind.with(cell, texts)));
        }
        let wants = || kinds.iter().map(|kind| kind.and_then(|kind| self.lore.wants.get(kind.number())).copied().unwrap_or_default());
        for (stands, names) in looked.named.iter().zip(&mut self.names) {
            names.extend(cells(stands).map(|cell| short(cell).unwrap_or(LONG)));
        }
        for ((stands, shape), amounts) in looked.sums.iter().zip(&mut self.amounts) {
            let amount = |(cell, wants): (&[u8], Wants)| if wants.amounts { Quick::read(cell, shape) } else { Quick::UNCLEAN };
            amounts.extend(cells(stands).zip(wants()).map(amount));
        }
        for (stands, persons) in looked.persons.iter().zip(&mut self.persons) {
            let person = |(cell, wants): (_, Wants)| if wants.persons { identifiers::packed(std::iter::once(cell)) } else { None };
            persons.extend(cells(stands).zip(wants()).map(person));
        }
        if !looked.key.is_empty() {
            for row in rows.rows() {
                let cell = |stands: &&Stands| trimmed(row.bytes(stands.index));
                self.keys.push(identifiers::packed(looked.key.iter().map(cell)));
                self.beside.push(once::digest(looked.beside.iter().map(cell)));
            }
        }
    }

    /// What was seen of a row.
    #[inline]
    pub(super) fn of<'s>(&'s self, row: usize, looked: &'s Looked) -> Facts<'s> {
        Facts { seen: self, looked, row }
    }
}

/// What was seen of a row; nothing where its cell is to be read.
#[derive(Clone, Copy)]
pub(super) struct Facts<'s> {
    seen: &'s Seen,
    /// The columns it was seen in.
    pub(super) looked: &'s Looked<'s>,
    row: usize,
}

impl Facts<'_> {
    /// The month of its date.
    #[inline]
    pub(super) fn month(&self) -> Option<Month> {
        self.seen.months[self.row]
    }

    /// Its kind.
    #[inline]
    pub(super) fn kind(&self) -> Option<Kind> {
        self.seen.kinds[self.row]
    }

    /// Its key, and in short what stands beside it.
    pub(super) fn key(&self) -> Option<(Identifier, u64)> {
        let key = self.seen.keys.get(self.row).copied().flatten()?;
        Some((key, self.seen.beside[self.row]))
    }

    /// Whom it names in a column, by its place among those that name organisations.
    #[inline]
    pub(super) fn organisation(&self, place: usize) -> Option<OrgId> {
        self.seen.organisations[place][self.row].map(Whom::id)
    }

    /// What it adds to an item, by its number, in the finest steps.
    #[inline]
    pub(super) fn amount(&self, item: usize) -> Option<i64> {
        self.seen.amounts.get(self.looked.places[item])?[self.row].steps()
    }

    /// The person it names for an item, by its number.
    pub(super) fn person(&self, item: usize) -> Option<Identifier> {
        self.seen.persons.get(self.looked.places[item])?[self.row]
    }
}

/// The month of a date; none of a cell that repeats the name of its column.
#[inline]
fn month(cell: &[u8], date: &Stands) -> Option<Month> {
    if cell == date.header.as_bytes() { None } else { month_of(cell) }
}
