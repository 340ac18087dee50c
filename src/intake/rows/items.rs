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
use crate::intake::mixed::Mixed;
use crate::intake::source::{ColumnUse, Source, Vocabulary};
use crate::intake::units::{self, Ledger, Stated};
use crate::period::Span;
use crate::text::normalise;

/// What was decided on, by name and unit as written.
pub(super) struct Items {
    known: HashMap<Vec<u8>, Rc<[ValueColumn]>, Mixed>,
    key: Vec<u8>,
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
        Self { known: HashMap::default(), key: Vec::new(), ledger, has_any: false, unknown: BTreeSet::new() }
    }

    pub(super) fn get(&mut self, name: &[u8], unit: &str) -> Option<Rc<[ValueColumn]>> {
        self.fill_key(name, unit);
        self.known.get(&self.key).map(Rc::clone)
    }

    pub(super) fn keep(&mut self, name: &[u8], unit: &str, columns: Vec<ValueColumn>) -> Rc<[ValueColumn]> {
        self.fill_key(name, unit);
        let columns: Rc<[ValueColumn]> = columns.into();
        self.known.insert(self.key.clone(), Rc::clone(&columns));
        columns
    }

    fn fill_key(&mut self, name: &[u8], unit: &str) {
        self.key.clear();
        self.key.extend_from_slice(name);
        if !unit.is_empty() {
            self.key.push(0);
            self.key.extend_from_slice(unit.as_bytes());
        }
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
