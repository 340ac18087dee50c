//! The corrections files → corrections, each with its organisation, period and item (SCHEMES 7).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assessment::names::KnownNames;
use crate::assessment::registry::line_origin;
use crate::catalogue::{Catalogue, unit_word};
use crate::codes::assessment as codes;
use crate::dataset::{Cell, Key};
use crate::diagnostic::{Diagnostic, Origin, SourceFile};
use crate::formula::{ItemId, NameKind, Names};
use crate::intake::cell::{self, Measured, Shape, Unit, measured_in};
use crate::intake::correction::{Correction, Old};
use crate::intake::period_text;
use crate::intake::table::{Delimiter, Head, Record, Table};
use crate::registry::Registry;
use crate::text::{nearest, normalise};

mod columns;

use columns::Columns;

/// What corrections are resolved against.
pub(super) struct CorrectionReader<'a> {
    /// Organisations.
    pub(super) registry: &'a Registry,
    /// Items by name.
    pub(super) names: &'a KnownNames,
    /// Items.
    pub(super) catalogue: &'a Catalogue,
}

impl CorrectionReader<'_> {
    /// Reads one file. `known` are the corrections read so far: a value is corrected once.
    pub(super) fn read(&self, file: &Arc<SourceFile>, known: &mut Vec<Correction>, diagnostics: &mut Vec<Diagnostic>) {
        let place = crate::finding::Place { file: Some(file.path.as_str().into()), ..Default::default() };
        let table = match Table::read(&file.text, Delimiter::Auto, Head::First, place) {
            Ok(table) => table,
            Err(unreadable) => return diagnostics.push(unreadable.diagnostic(&file.path)),
        };
        let Some(columns) = Columns::find(file, &table, diagnostics) else { return };
        let mut faults = Vec::new();
        let mut by_key: BTreeMap<Key, usize> = known.iter().enumerate().map(|(at, known)| (known.key, at)).collect();
        let mut records = table.records();
        while let Some(record) = records.next(&mut faults) {
            let cell = |name: &str| columns.cell(&record, name);
            let Some(correction) = self.row(file, &record, &columns, diagnostics) else { continue };
            if let Some(other) = by_key.get(&correction.key).and_then(|at| known.get(*at)) {
                let diagnostic = Diagnostic::new(&codes::CORRECTION_TWICE, line_origin(file, record.line)).with("item", cell("item"));
                let diagnostic = diagnostic.with("organisation", cell("organisation")).with("period", cell("period"));
                diagnostics.push(diagnostic.with("file", other.file.clone()).with("other", other.row.to_string()));
                continue;
            }
            by_key.insert(correction.key, known.len());
            known.push(correction);
        }
        super::units::report_faults(file, &table, &faults, diagnostics);
    }

    fn row(&self, file: &Arc<SourceFile>, record: &Record, columns: &Columns, diagnostics: &mut Vec<Diagnostic>) -> Option<Correction> {
        let cell = |name: &str| columns.cell(record, name);
        let key = self.key(&|column| columns.origin(file, record, column), &cell, diagnostics)?;
        let item = self.catalogue.item(key.2);
        let unit = match self.unit(cell("unit"), columns.unit(), key.2) {
            Ok(unit) => unit,
            Err(diagnostic) => {
                diagnostics.push(Diagnostic { origin: Some(columns.origin(file, record, "unit")), ..*diagnostic });
                return None;
            }
        };
        let shape = |header: Option<Unit>| Shape {
            decimals: item.decimals,
            multiplier_power: unit.or(header).map_or(0, Unit::power),
            percent: item.unit == "%",
        };
        let read = |written: &str, shape: Shape| match cell::parse(written.as_bytes(), &shape).cell {
            cell::Cell::Value(steps) => Cell::Value(steps),
            cell::Cell::Missing => Cell::Missing,
            cell::Cell::Rejected(_) => Cell::Rejected,
        };
        let (old, new) = (cell("old"), cell("new"));
        let (old_shape, shape) = (shape(columns.old_unit), shape(columns.new_unit));
        let value = read(new, shape);
        // A blank may be an oversight; a mark such as - withdraws the value on purpose.
        if new.is_empty() || value == Cell::Rejected {
            let diagnostic = Diagnostic::new(&codes::CORRECTION_VALUE, columns.origin(file, record, "new")).with("value", new);
            diagnostics.push(diagnostic.with("item", item.name.clone()));
            return None;
        }
        let note: Vec<&str> = ["who", "date", "reason", "document"].into_iter().map(cell).filter(|text| !text.is_empty()).collect();
        Some(Correction {
            key,
            old: (!old.is_empty()).then(|| Old { written: old.to_owned(), cell: read(old, old_shape) }),
            new: value,
            written: new.to_owned(),
            shape,
            note: note.join("; "),
            file: file.path.clone(),
            row: record.line,
            column: columns.new_header.clone(),
        })
    }

    /// The unit a row states, if it states one; an error if that cannot be the item's.
    fn unit(&self, written: &str, of_header: Option<Unit>, item: ItemId) -> Result<Option<Unit>, Box<Diagnostic>> {
        if written.is_empty() {
            return Ok(None);
        }
        let item = self.catalogue.item(item);
        let own = unit_word(&item.unit);
        let is_own = [&own.zh, &own.en, &item.unit].into_iter().any(|word| normalise(word) == normalise(written));
        let unit = if is_own { Some(Unit::Times(0)) } else { Unit::parse_bracketed(written) };
        let of = Measured::of_unit(&item.unit);
        let is_other = |written: Measured| !is_own && of.is_some_and(|of| of != written);
        let is_twice = of_header.is_some() && of_header != unit;
        if unit.is_none() || is_twice || measured_in(&format!("x({written})")).is_some_and(is_other) {
            let diagnostic = Diagnostic::new(&codes::CORRECTION_UNIT, None).with("unit", written);
            return Err(Box::new(diagnostic.with("item", item.name.clone()).with("of", own)));
        }
        Ok(unit)
    }

    /// Which value a row is about; whatever is unknown is said.
    fn key<'r>(&self, origin: &dyn Fn(&str) -> Origin, cell: &dyn Fn(&str) -> &'r str, diagnostics: &mut Vec<Diagnostic>) -> Option<Key> {
        let say = |code, column| Diagnostic::new(code, origin(column));
        let (organisation, period, item) = (cell("organisation"), cell("period"), cell("item"));
        let span = period_text::parse(period, None).map(|written| written.span);
        if span.is_none() {
            diagnostics.push(say(&codes::CORRECTION_PERIOD, "period").with("value", period));
        }
        let who = match span {
            Some(span) => self.registry.find_in(organisation, span).map(crate::registry::Found::organisation),
            None => self.registry.find(organisation),
        };
        // The code wins [D3], but a name of somebody else is a mistake in one of them.
        let named = Some(cell("name")).filter(|name| !name.is_empty()).and_then(|name| self.registry.find(name));
        if who.is_some() && named.is_some() && named != who {
            let label = format!("{organisation} / {}", cell("name"));
            diagnostics.push(say(&codes::CORRECTION_ORGANISATION, "organisation").with("label", label));
            return None;
        }
        if who.is_none() {
            let near = self.registry.nearest(organisation);
            diagnostics.push(say(&codes::CORRECTION_ORGANISATION, "organisation").with("label", organisation).suggest(near));
        }
        let what: Option<ItemId> = self.names.item(item).map(|found| found.id);
        if what.is_none() {
            let near = nearest(item, self.names.candidates(NameKind::Figure));
            diagnostics.push(say(&codes::CORRECTION_ITEM, "item").with("item", item).suggest(near));
        }
        Some((who?, span?, what?))
    }
}
