//! Sheets of a comparison: what people read, and the files of a result folder.

use crate::compare::{Comparison, Entry, Only, OnlyOf, Scheme, Standing};
use crate::number::Exact;
use crate::report::sources;
use crate::report::table::{Cell, Column, Kind, Number, Table};
use crate::text::Text;

mod changes;
mod series;
mod units;

/// The sheets people read, in their order.
pub fn sheets(comparison: &Comparison) -> Vec<Table> {
    match comparison {
        Comparison::Units(beside) => units::sheets(beside),
        Comparison::Results(of) => vec![series::totals_sheet(of), series::figures_sheet(of)],
        Comparison::Changes(of, changes) => changes::sheets(of, changes),
    }
}

/// The one table a machine reads: figures of units or results, or the changed points of two results.
pub fn file(comparison: &Comparison) -> Table {
    match comparison {
        Comparison::Units(beside) => units::file(beside),
        Comparison::Results(of) => series::figures_file(of),
        Comparison::Changes(of, changes) => changes::file(of, changes),
    }
}

/// Every file of a result folder by name.
pub(super) fn files(comparison: &Comparison) -> Vec<(&'static str, Table)> {
    match comparison {
        Comparison::Units(beside) => vec![("units.csv", units::file(beside))],
        Comparison::Results(of) => of_results(of),
        Comparison::Changes(of, changes) => {
            let mut files = of_results(of);
            files.push(("changes.csv", changes::file(of, changes)));
            files.push(("steps.csv", changes::steps_file(of, changes)));
            files.push(("inputs.csv", changes::inputs_file(changes)));
            files
        }
    }
}

fn of_results(of: &crate::compare::Series) -> Vec<(&'static str, Table)> {
    vec![("totals.csv", series::totals_file(of)), ("figures.csv", series::figures_file(of)), ("only.csv", series::only_file(of))]
}

/// A table for a machine.
fn plain(columns: &[(&str, Kind)]) -> Table {
    Table::new(Text::default(), columns.iter().map(|(id, kind)| Column::plain(id, *kind)).collect())
}

/// A column for people.
fn column(id: &str, zh: &str, en: &str, kind: Kind) -> Column {
    Column::new(id, Text::new(zh, en), kind)
}

/// A column of one of several results.
fn column_of(id: &str, at: usize, heading: &Text, name: &Text, kind: Kind) -> Column {
    Column::new(format!("{id}_{}", at + 1), Text::new(format!("{} {}", name.zh, heading.zh), format!("{} {}", heading.en, name.en)), kind)
}

/// What was scored: a value, a judgement as written, or the state that stands for them.
fn value(entry: &Entry) -> Cell {
    let figure = entry.value.as_ref().map(|value| Cell::value(value, entry.shape.1, entry.shape.0.clone()));
    figure.or_else(|| entry.shown.clone().map(Cell::text)).unwrap_or_else(|| Cell::state(entry.state))
}

/// The value for a machine: a number or nothing.
fn number(value: Option<&Exact>) -> Cell {
    value.map_or(Cell::Empty, Cell::exact)
}

fn points(points: Option<&Exact>, decimals: u32) -> Cell {
    points.map_or_else(none, |points| Cell::points(points, decimals))
}

/// Points gained or lost, with a sign.
fn signed(change: Option<&Exact>, decimals: u32) -> Cell {
    change.map_or_else(none, |change| Cell::points(change, decimals))
}

/// How a value changed: in percentage points where it is a percentage.
fn change(entry: &Entry) -> Cell {
    let Some(change) = &entry.change else {
        return if entry.is_comparable { none() } else { Cell::Missing(Text::new("口径不同", "defined otherwise")) };
    };
    let unit = change_unit(&entry.shape.0);
    Cell::Number(Number { exact: change.clone(), decimals: Some(entry.shape.1), unit })
}

/// What a change of a value is measured in.
fn change_unit(unit: &Text) -> Text {
    match unit.en.as_str() {
        "%" => Text::new("个百分点", "points"),
        "‰" => Text::new("个千分点", "per mille points"),
        _ => unit.clone(),
    }
}

fn percent(entry: &Entry) -> Cell {
    entry.percent.as_ref().map_or_else(none, |percent| Cell::value(percent, 1, Text::same("%")))
}

/// No figure, as people see it.
fn none() -> Cell {
    Cell::Missing(Text::same("–"))
}

/// A total; in words where there is none, or where the unit is not assessed.
fn total(standing: Option<&Standing>, decimals: u32) -> Cell {
    match standing.map(|standing| &standing.total) {
        Some(Some(total)) => Cell::points(total, decimals),
        Some(None) => Cell::Missing(Text::new("无总分", "no total")),
        None => Cell::Missing(Text::new("未参评", "not assessed")),
    }
}

fn rank(standing: Option<&Standing>) -> Cell {
    standing.and_then(|standing| standing.rank).map_or_else(none, Cell::count)
}

fn grade(standing: Option<&Standing>) -> Cell {
    Cell::maybe(standing.and_then(|standing| standing.grade.clone()))
}

/// Units whose results may still change, as a remark.
fn provisional<'a>(units: impl Iterator<Item = (&'a Text, bool)>) -> Option<Text> {
    let names: Vec<Text> = units.filter(|(_, is_provisional)| *is_provisional).map(|(name, _)| name.clone()).collect();
    let names = crate::text::list(&names);
    (!names.zh.is_empty()).then(|| Text::new(format!("结果为暂定的：{}", names.zh), format!("Provisional: {}", names.en)))
}

/// By which criteria, each scheme once, and how much of them nobody verified.
fn schemes(of: &[Scheme]) -> Vec<Text> {
    let mut notes: Vec<Text> = Vec::new();
    for scheme in of {
        let said = [Some(sources::criteria(&scheme.title, &scheme.status)), sources::unverified(scheme.unverified)];
        for note in said.into_iter().flatten() {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    notes
}

/// True if a column of keys says more than that of names.
fn has_keys<'a>(mut units: impl Iterator<Item = (&'a str, &'a Text)>) -> bool {
    units.any(|(key, name)| name.zh != key || name.en != key)
}

/// What stands in some of the results only, as remarks.
fn only(of: &[Only], names: &[Text]) -> Vec<Text> {
    let word = |of| match of {
        OnlyOf::Unit => Text::new("考核对象", "unit"),
        OnlyOf::Criterion => Text::new("标准", "criterion"),
        OnlyOf::Indicator => Text::new("指标", "indicator"),
    };
    let remark = |one: &Only| {
        let there: Vec<Text> = names.iter().zip(&one.present).filter(|(_, is_there)| **is_there).map(|(name, _)| name.clone()).collect();
        let (kind, there) = (word(one.of), crate::text::list(&there));
        Text::new(
            format!("只在 {} 中：{}“{}”（{}）", there.zh, kind.zh, one.name.zh, one.id),
            format!("Only in {}: {} “{}” ({})", there.en, kind.en, one.name.en, one.id),
        )
    };
    of.iter().map(remark).collect()
}
