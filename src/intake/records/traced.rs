//! Figures of a register as cells: they stand where the first of their records stands.

use super::figures::{At, Figure, SHOWN};
use super::{Counted, Records, read};
use crate::dataset;
use crate::finding::Place;
use crate::formula::ItemId;
use crate::intake::cell::{Cell, Parsed, Problem, Repairs};
use crate::intake::rows::Known;
use crate::intake::source::Source;
use crate::number::Exact;
use crate::period::Span;
use crate::registry::OrgId;
use crate::trace::Traced;

/// The figures that are wanted, as cells that stand where the first of their records stands.
pub fn traced(source: &Source, records: &Records, known: Known, wanted: &dyn Fn(OrgId, Span, ItemId) -> bool) -> Vec<Traced> {
    // A file that cannot be read has stopped the run before anything is traced.
    let Ok(Counted { figures, places, .. }) = read(source, records, known) else { return Vec::new() };
    let file = Place { file: source.files.first().map(|file| file.path.as_str().into()), ..Place::default() };
    let all = figures.into_iter().filter(|((organisation, span, item), _)| wanted(*organisation, *span, *item));
    let cell = |(key, figure): ((OrgId, Span, ItemId), Figure)| Traced {
        key,
        place: place(key, &figure, &places, &file, known),
        written: written(&figure, known.vocabulary.catalogue.item(key.2).decimals),
        parsed: parsed(figure.cell),
        is_running_total: false,
        multiplier_power: 0,
        stage: source.stage,
        prefer: source.prefer,
        order: 0,
    };
    all.map(cell).collect()
}

fn parsed(cell: dataset::Cell) -> Parsed {
    let cell = match cell {
        dataset::Cell::Value(steps) => Cell::Value(steps),
        dataset::Cell::Missing => Cell::Missing,
        dataset::Cell::Rejected => Cell::Rejected(Problem::NotANumber),
    };
    Parsed { cell, repairs: Repairs::NONE }
}

/// The first row; the item and the span stand for the column, so that no two figures share a place.
fn place((organisation, span, item): (OrgId, Span, ItemId), figure: &Figure, places: &[Place], file: &Place, known: Known) -> Place {
    let id = &known.vocabulary.catalogue.item(item).id;
    if figure.tally.rows == 0 {
        let column = format!("{id} {} {span}", known.registry.get(organisation).code);
        return Place { column: Some(column.into()), ..file.clone() };
    }
    let At { table, line } = figure.tally.first[0];
    let place = usize::try_from(table).ok().and_then(|table| places.get(table)).unwrap_or(file);
    Place { row: Some(line), column: Some(format!("{id} {span}").into()), ..place.clone() }
}

/// What it comes to, of how many records, and the lines of the first of them in one table.
fn written(figure: &Figure, decimals: u32) -> String {
    let value = match figure.cell {
        dataset::Cell::Value(steps) => Exact::from_steps(i128::from(steps), decimals).to_string(),
        dataset::Cell::Missing | dataset::Cell::Rejected => "–".to_owned(),
    };
    let tally = &figure.tally;
    let shown = usize::try_from(tally.rows).unwrap_or(SHOWN).min(SHOWN);
    let of_table = tally.first.iter().take(shown).filter(|at| at.table == tally.first[0].table);
    let lines: Vec<String> = of_table.map(|at| at.line.to_string()).collect();
    let more = if lines.len() as u64 == tally.rows { "" } else { ", …" };
    let rows = if lines.is_empty() { String::new() } else { format!(": {}{more}", lines.join(", ")) };
    format!("{value} (n = {}{rows})", tally.rows)
}
