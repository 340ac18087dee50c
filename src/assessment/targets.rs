//! The targets file → each unit's own targets (SCHEMES 7).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use crate::assessment::columns::columns;
use crate::assessment::names::KnownNames;
use crate::assessment::registry::{cell_origin, line_origin};
use crate::assessment::units::{UnitFinder, report_faults};
use crate::catalogue::Catalogue;
use crate::codes::assessment as codes;
use crate::diagnostic::{Diagnostic, Origin, SourceFile};
use crate::finding::Place;
use crate::formula::{NameKind, Names};
use crate::intake::table::{Delimiter, Head, Record, Spans, Table};
use crate::measure::roster::{Roster, Target};
use crate::number::Exact;
use crate::period::Span;
use crate::text::{nearest, normalise};

/// Gives units their targets: of several rounds the last counts.
pub(super) fn apply(
    file: &Arc<SourceFile>,
    (catalogue, names): (&Catalogue, &KnownNames),
    roster: &mut Roster,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let place = Place { file: Some(file.path.as_str().into()), ..Place::default() };
    let table = match Table::read(&file.text, Delimiter::Auto, Head::First, place) {
        Ok(table) => table,
        Err(unreadable) => return diagnostics.push(unreadable.diagnostic(&file.path)),
    };
    let known = ["unit", "item", "period", "target", "round", "reason"];
    let columns = columns((file, &table), canonical, &known, diagnostics);
    if let Some(missing) = ["unit", "item", "target"].into_iter().find(|needed| !columns.contains_key(*needed)) {
        return diagnostics.push(Diagnostic::new(&codes::TARGET_COLUMNS, line_origin(file, 1)).with("column", missing));
    }
    let (spans, assessed) = (table.spans(), roster.windows.assessed);
    let reader = Reader { file, spans, columns, catalogue, names, assessed, units: UnitFinder::new(&roster.units) };
    let mut rounds: BTreeMap<(usize, String, Span), BTreeMap<u32, Row>> = BTreeMap::new();
    let (mut records, mut faults) = (table.records(), Vec::new());
    while let Some(record) = records.next(&mut faults) {
        let Some((key, row)) = reader.row(&record, diagnostics) else { continue };
        let (unit, item) = (roster.units[key.0].name.clone(), key.1.clone());
        match rounds.entry(key).or_default().entry(row.round) {
            Entry::Occupied(known) if known.get().value != row.value => {
                let diagnostic = Diagnostic::new(&codes::TARGET_TWICE, row.origin).with("item", item);
                diagnostics.push(diagnostic.with("unit", unit).with("other", known.get().line.to_string()));
            }
            Entry::Occupied(_) => {}
            Entry::Vacant(place) => {
                place.insert(row);
            }
        }
    }
    report_faults(file, &table, &faults, diagnostics);
    for ((unit, item, span), mut rounds) in rounds {
        let last = rounds.pop_last().map(|(_, row)| Target { item, span, value: row.value });
        roster.units[unit].targets.extend(last);
    }
}

struct Row {
    value: Exact,
    round: u32,
    line: u64,
    /// Where the target stands.
    origin: Origin,
}

struct Reader<'a> {
    file: &'a Arc<SourceFile>,
    spans: Spans,
    columns: BTreeMap<String, usize>,
    catalogue: &'a Catalogue,
    names: &'a KnownNames,
    assessed: Span,
    units: UnitFinder,
}

impl Reader<'_> {
    fn row(&self, record: &Record, diagnostics: &mut Vec<Diagnostic>) -> Option<((usize, String, Span), Row)> {
        let cell = |column: &str| self.columns.get(column).map_or("", |index| record.text(*index).trim());
        let origin = |column| cell_origin(self.file, self.spans, record, self.columns.get(column));
        let say = |code, column| Diagnostic::new(code, origin(column));
        let (unit, item) = (self.units.find(cell("unit")), self.item(cell("item")));
        if unit.is_none() {
            diagnostics.push(say(&codes::TARGET_UNIT, "unit").with("unit", cell("unit")).suggest(nearest(cell("unit"), self.units.keys())));
        }
        if item.is_none() {
            let near = nearest(cell("item"), self.names.candidates(NameKind::Figure));
            diagnostics.push(say(&codes::TARGET_ITEM, "item").with("item", cell("item")).suggest(near));
        }
        let period = match cell("period") {
            "" => Some(self.assessed),
            written => written.parse().ok(),
        };
        let value = cell("target").replace(',', "").parse::<Exact>().ok().filter(|value| *value > Exact::zero());
        let round = match cell("round") {
            "" => Some(1),
            written => written.parse().ok(),
        };
        for (column, is_read) in [("period", period.is_some()), ("target", value.is_some()), ("round", round.is_some())] {
            if !is_read {
                diagnostics.push(say(&codes::TARGET_CELL, column).with("column", column).with("value", cell(column)));
            }
        }
        let row = Row { value: value?, round: round?, line: record.line, origin: origin("target") };
        Some(((unit?, item?, period?), row))
    }

    /// The id of an item, or of an indicator.
    fn item(&self, written: &str) -> Option<String> {
        let item = self.names.item(written).map(|item| self.catalogue.item(item.id).id.to_string());
        let indicator = || self.catalogue.indicators.iter().find(|indicator| indicator.id == written);
        item.or_else(|| indicator().map(|indicator| indicator.id.to_string()))
    }
}

fn canonical(header: &str) -> String {
    let plain = normalise(header);
    let known = match plain.as_str() {
        "考核对象" | "单位" => "unit",
        "项目" | "指标" => "item",
        "期间" | "年度" => "period",
        "目标" | "目标值" | "任务数" => "target",
        "轮次" => "round",
        "理由" | "说明" => "reason",
        _ => return plain,
    };
    known.to_owned()
}
