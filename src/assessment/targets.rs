//! The targets file → each unit's own targets (SCHEMES 7).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assessment::names::KnownNames;
use crate::assessment::registry::line_origin;
use crate::assessment::units::{UnitFinder, report_faults};
use crate::catalogue::Catalogue;
use crate::codes::assessment as codes;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::finding::Place;
use crate::formula::{NameKind, Names};
use crate::intake::table::{Delimiter, Head, Record, Table};
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
    let place = Place { file: Some(file.path.clone()), ..Place::default() };
    let table = match Table::read(&file.text, Delimiter::Auto, Head::First, place) {
        Ok(table) => table,
        Err(unreadable) => return diagnostics.push(unreadable.diagnostic(&file.path)),
    };
    let columns: BTreeMap<String, usize> = table.columns.iter().map(|column| (canonical(&column.header), column.index)).collect();
    if let Some(missing) = ["unit", "item", "target"].into_iter().find(|needed| !columns.contains_key(*needed)) {
        return diagnostics.push(Diagnostic::new(&codes::TARGET_COLUMNS, line_origin(file, 1)).with("column", missing));
    }
    let reader = Reader { file, columns, catalogue, names, assessed: roster.windows.assessed, units: UnitFinder::new(&roster.units) };
    let mut latest: BTreeMap<(usize, String, Span), Row> = BTreeMap::new();
    let (mut records, mut faults) = (table.records(), Vec::new());
    while let Some(record) = records.next(&mut faults) {
        let Some((key, row)) = reader.row(&record, diagnostics) else { continue };
        match latest.get(&key) {
            Some(known) if known.round == row.round && known.value != row.value => {
                let diagnostic = Diagnostic::new(&codes::TARGET_TWICE, line_origin(file, row.line)).with("item", key.1.clone());
                diagnostics.push(diagnostic.with("unit", roster.units[key.0].name.clone()).with("other", known.line.to_string()));
            }
            Some(known) if known.round >= row.round => {}
            _ => {
                latest.insert(key, row);
            }
        }
    }
    report_faults(file, &table, &faults, diagnostics);
    for ((unit, item, span), row) in latest {
        roster.units[unit].targets.push(Target { item, span, value: row.value });
    }
}

struct Row {
    value: Exact,
    round: u32,
    line: u64,
}

struct Reader<'a> {
    file: &'a Arc<SourceFile>,
    columns: BTreeMap<String, usize>,
    catalogue: &'a Catalogue,
    names: &'a KnownNames,
    assessed: Span,
    units: UnitFinder,
}

impl Reader<'_> {
    fn row(&self, record: &Record, diagnostics: &mut Vec<Diagnostic>) -> Option<((usize, String, Span), Row)> {
        let cell = |column: &str| self.columns.get(column).map_or("", |index| record.text(*index).trim());
        let say = |code| Diagnostic::new(code, line_origin(self.file, record.line));
        let (unit, item) = (self.units.find(cell("unit")), self.item(cell("item")));
        if unit.is_none() {
            diagnostics.push(say(&codes::TARGET_UNIT).with("unit", cell("unit")).suggest(nearest(cell("unit"), self.units.keys())));
        }
        if item.is_none() {
            let near = nearest(cell("item"), self.names.candidates(NameKind::Figure));
            diagnostics.push(say(&codes::TARGET_ITEM).with("item", cell("item")).suggest(near));
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
                diagnostics.push(say(&codes::TARGET_CELL).with("column", column).with("value", cell(column)));
            }
        }
        Some(((unit?, item?, period?), Row { value: value?, round: round?, line: record.line }))
    }

    /// The id of an item, or of an indicator.
    fn item(&self, written: &str) -> Option<String> {
        let item = self.names.item(written).map(|item| self.catalogue.item(item.id).id.clone());
        let indicator = || self.catalogue.indicators.iter().find(|indicator| indicator.id == written);
        item.or_else(|| indicator().map(|indicator| indicator.id.clone()))
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
