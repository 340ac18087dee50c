//! The items of a long table: what a name in a row means, in which unit its figures stand [N6].

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::Met;
use crate::catalogue::{Item, unit_word};
use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::cell::{Unit, header_unit};
use crate::intake::mapping::{Plain, ValueColumn, shape};
use crate::intake::short::short;
use crate::intake::source::{ColumnUse, Source, Vocabulary};
use crate::intake::units::{self, Ledger, Stated};
use crate::period::Span;
use crate::text::mixed::Mixed;
use crate::text::normalise;

/// What was decided on, by name and unit as written.
pub(super) struct Items {
    known: HashMap<Vec<u8>, Rc<[ValueColumn]>, Mixed>,
    key: Vec<u8>,
    /// The same by the numbers they have in the stretch at hand.
    of_stretch: Vec<Option<Rc<[ValueColumn]>>>,
    ledger: Ledger,
    /// True once an item was known, or was said to be left out.
    has_any: bool,
    unknown: BTreeSet<String>,
}

/// A row of a long table.
pub(super) struct Row<'r> {
    pub(super) name: &'r str,
    /// In its column of units; blank without.
    pub(super) unit: &'r str,
    pub(super) place: Place,
}

/// Names that a message lists.
const SHOWN: usize = 8;

impl Items {
    pub(super) fn new(stated: &[Stated]) -> Self {
        let ledger = Ledger::new(stated.to_vec());
        Self { known: HashMap::default(), key: Vec::new(), of_stretch: Vec::new(), ledger, has_any: false, unknown: BTreeSet::new() }
    }

    pub(super) fn get(&mut self, name: &[u8], unit: &str) -> Option<Rc<[ValueColumn]>> {
        fill(&mut self.key, name, unit.as_bytes());
        self.known.get(&self.key).map(Rc::clone)
    }

    pub(super) fn keep(&mut self, name: &[u8], unit: &str, columns: Vec<ValueColumn>) -> Rc<[ValueColumn]> {
        fill(&mut self.key, name, unit.as_bytes());
        let columns: Rc<[ValueColumn]> = columns.into();
        self.known.insert(self.key.clone(), Rc::clone(&columns));
        columns
    }

    /// Forgets the numbers of the stretch before.
    pub(super) fn begin_stretch(&mut self) {
        self.of_stretch.clear();
    }

    /// What was decided on for an item with this number in the stretch at hand.
    #[inline]
    pub(super) fn of_stretch(&self, number: Option<usize>) -> Option<&Rc<[ValueColumn]>> {
        self.of_stretch.get(number?)?.as_ref()
    }

    pub(super) fn keep_for_stretch(&mut self, number: Option<usize>, columns: &Rc<[ValueColumn]>) {
        let Some(number) = number else { return };
        if number >= self.of_stretch.len() {
            self.of_stretch.resize(number + 1, None);
        }
        self.of_stretch[number] = Some(Rc::clone(columns));
    }

    /// The value columns for an item in a unit.
    #[cold]
    pub(super) fn decide(
        &mut self,
        row: &Row,
        values: &[Plain],
        (source, vocabulary): (&Source, &Vocabulary),
        met: &mut Met,
        findings: &mut Vec<Finding>,
    ) -> Vec<ValueColumn> {
        let Some((id, span)) = self.named(row, (source, vocabulary), met, findings) else { return Vec::new() };
        let item = vocabulary.catalogue.item(id);
        let of_row = match row_unit(row, item) {
            Ok(unit) => unit,
            Err(finding) => {
                findings.push(*finding);
                return Vec::new();
            }
        };
        let mut columns = Vec::new();
        for plain in values {
            match units::agreed([header_unit(row.name).unit, of_row, plain.unit]) {
                Ok(own) => {
                    let unit = self.ledger.unit(own, item, row.name.trim());
                    columns.extend(unit.ok().map(|unit| ValueColumn {
                        index: plain.index,
                        header: plain.header.clone(),
                        item: id,
                        shape: shape(vocabulary, id, unit),
                        span: plain.span.or(span),
                    }));
                }
                Err(()) => findings.push(two_units(row, plain)),
            }
        }
        columns
    }

    /// The map of the source goes before names of items.
    fn named(
        &mut self,
        row: &Row,
        (source, vocabulary): (&Source, &Vocabulary),
        met: &mut Met,
        findings: &mut Vec<Finding>,
    ) -> Option<(ItemId, Option<Span>)> {
        let key = normalise(row.name);
        if let Some(mapped) = source.columns.get(&key) {
            met.columns.insert(key);
            self.has_any = true;
            return match mapped {
                ColumnUse::Skip => None,
                ColumnUse::Item(item, span) => Some((*item, *span)),
            };
        }
        let known = vocabulary.find(row.name).or_else(|| vocabulary.find(header_unit(row.name).base));
        self.has_any |= known.is_some();
        if known.is_none() {
            met.names.insert(row.name.trim().to_owned());
            self.unknown.insert(row.name.trim().to_owned());
            findings.push(unknown(row, vocabulary));
        }
        known.map(|item| (item, None))
    }

    /// Says what the units above the table were used for, and if nothing in it was known.
    pub(super) fn report(self, place: &Place, findings: &mut Vec<Finding>) {
        self.ledger.report(place, findings);
        if !self.has_any && !self.unknown.is_empty() {
            let more = if self.unknown.len() > SHOWN { " …" } else { "" };
            let shown = self.unknown.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(" · ");
            findings.push(Finding::new(&codes::NOTHING_KNOWN, place.clone()).with("headers", format!("{shown}{more}")));
        }
    }
}

fn fill(key: &mut Vec<u8>, name: &[u8], unit: &[u8]) {
    key.clear();
    key.extend_from_slice(name);
    if !unit.is_empty() {
        key.push(0);
        key.extend_from_slice(unit);
    }
}

/// An item as it is written.
struct Written {
    /// Name and unit, as [`fill`] puts them together.
    key: Vec<u8>,
    /// The name as a number, if it is short and stands without a unit.
    short: Option<u128>,
    /// The number that came behind it last.
    next: u16,
}

impl Written {
    fn new(name: &[u8], unit: &[u8]) -> Self {
        let mut key = Vec::new();
        fill(&mut key, name, unit);
        Self { key, short: short(name).filter(|_| unit.is_empty()), next: UNNUMBERED }
    }

    #[inline]
    fn is(&self, name: &[u8], unit: &[u8]) -> bool {
        match (unit, short(name)) {
            ([], Some(short)) => self.short == Some(short),
            ([], None) => self.key == name,
            (unit, _) => self.key.strip_prefix(name).and_then(|rest| rest.strip_prefix(&[0])) == Some(unit),
        }
    }
}

/// The items of the rows of a stretch, as they are written, by numbers: a stretch has few items and many rows.
#[derive(Default)]
pub(super) struct Numbered {
    numbers: HashMap<Vec<u8>, u16, Mixed>,
    /// By number.
    written: Vec<Written>,
    rows: Vec<u16>,
    key: Vec<u8>,
}

/// Stands for what has no number; as many are remembered, and no more.
const UNNUMBERED: u16 = 4096;

impl Numbered {
    /// Numbers are good for the stretches to come.
    pub(super) fn clear(&mut self) {
        self.rows.clear();
    }

    /// Takes the next row.
    #[inline]
    pub(super) fn see(&mut self, name: &[u8], unit: &[u8]) {
        let last = self.rows.last().map(|number| usize::from(*number));
        let expected = last.and_then(|last| self.written.get(last)).map(|written| written.next);
        let is_it = |number: &u16| self.written.get(usize::from(*number)).is_some_and(|written| written.is(name, unit));
        let number = expected.filter(is_it).unwrap_or_else(|| self.number(last, name, unit));
        self.rows.push(number);
    }

    fn number(&mut self, last: Option<usize>, name: &[u8], unit: &[u8]) -> u16 {
        fill(&mut self.key, name, unit);
        let known = self.numbers.get(&self.key).copied();
        let number = known.unwrap_or_else(|| {
            let next = u16::try_from(self.written.len()).unwrap_or(UNNUMBERED).min(UNNUMBERED);
            if next < UNNUMBERED {
                self.numbers.insert(self.key.clone(), next);
                self.written.push(Written::new(name, unit));
            }
            next
        });
        if let Some(before) = last.and_then(|last| self.written.get_mut(last)) {
            before.next = number;
        }
        number
    }

    /// The number of the item of a row, by the number of the row in the stretch.
    pub(super) fn of(&self, row: usize) -> Option<usize> {
        self.rows.get(row).filter(|number| **number < UNNUMBERED).map(|number| usize::from(*number))
    }
}

/// An item whose name looks like a known one may be a figure that is lost [S6].
fn unknown(row: &Row, vocabulary: &Vocabulary) -> Finding {
    let near = vocabulary.nearest(row.name);
    let code = if near.is_empty() { &codes::OTHER_ITEM } else { &codes::UNKNOWN_ITEM };
    let place = Place { value: Some(row.name.into()), ..row.place.clone() };
    Finding::new(code, place).with("item", row.name).suggest(near)
}

/// The unit in the row's column of units; a blank or a mark states none.
fn row_unit(row: &Row, item: &Item) -> Result<Option<Unit>, Box<Finding>> {
    if !row.unit.contains(|c: char| c.is_alphabetic() || matches!(c, '%' | '‰' | '\u{ff05}')) || row.unit == "无" {
        return Ok(None);
    }
    let unit = Unit::parse_bracketed(row.unit).filter(|_| item.unit == "point" || units::measures(row.unit, item));
    unit.map(Some).ok_or_else(|| {
        let place = Place { value: Some(row.unit.into()), item: Some(item.id.clone()), ..row.place.clone() };
        let finding = Finding::new(&codes::UNKNOWN_UNIT, place).with("unit", row.unit).with("item", item.name.clone());
        Box::new(finding.with("own", unit_word(&item.unit)))
    })
}

fn two_units(row: &Row, plain: &Plain) -> Finding {
    let place = Place { column: Some(plain.header.clone()), ..row.place.clone() };
    let finding =
        Finding::new(&codes::TWO_UNITS, place).with("header", row.name.trim()).with("one", format!("{} {}", row.name.trim(), row.unit));
    finding.with("other", plain.header.clone())
}
