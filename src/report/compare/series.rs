//! Several results side by side: totals and ranks, figures with their changes.

use super::units::named;
use super::{
    change, change_unit, column, column_of, grade, has_keys, none, number, only, percent, plain, points, provisional, rank, schemes,
    signed, total, value,
};
use crate::compare::{Line, OnlyOf, Series, UnitSeries};
use crate::report::table::{Cell, Column, Kind, Table};
use crate::text::Text;

/// Totals and ranks for people.
pub(super) fn totals_sheet(of: &Series) -> Table {
    let has_keys = has_keys(of.units.iter().map(|unit| (unit.key.as_str(), &unit.name)));
    let mut columns = vec![column("name", "考核对象", "Name", Kind::Text)];
    if has_keys {
        columns.insert(0, column("unit", "编号", "Unit", Kind::Text).spare(4));
    }
    let results = || of.names.iter().enumerate();
    columns.extend(results().map(|(at, name)| column_of("total", at, &Text::new("总分", "Total"), name, Kind::Points)));
    columns.extend(results().skip(1).map(|(at, name)| column_of("change", at, &Text::new("增减", "Change"), name, Kind::Points).spare(1)));
    columns.extend(results().map(|(at, name)| column_of("rank", at, &Text::new("名次", "Rank"), name, Kind::Count)));
    let has_grades = of.units.iter().flat_map(|unit| unit.standings.iter().flatten()).any(|standing| standing.grade.is_some());
    if has_grades {
        columns.extend(results().map(|(at, name)| column_of("grade", at, &Text::new("等级", "Grade"), name, Kind::Text).spare(2)));
    }
    let mut table = Table::new(Text::new("总分与名次", "Totals and ranks"), columns);
    for unit in &of.units {
        let standings = || unit.standings.iter().map(Option::as_ref);
        let mut cells = if has_keys { vec![Cell::text(unit.key.as_str())] } else { Vec::new() };
        cells.push(Cell::text(unit.name.clone()));
        cells.extend(standings().zip(&of.decimals).map(|(standing, decimals)| total(standing, *decimals)));
        cells.extend(unit.changes.iter().zip(&of.decimals).skip(1).map(|(change, decimals)| signed(change.as_ref(), *decimals)));
        cells.extend(standings().map(rank));
        if has_grades {
            cells.extend(standings().map(grade));
        }
        table.push(cells);
    }
    table.notes = remarks(of);
    table
}

fn remarks(of: &Series) -> Vec<Text> {
    let open = |unit: &UnitSeries| unit.standings.iter().flatten().any(|standing| standing.is_provisional);
    let mut notes: Vec<Text> = provisional(of.units.iter().map(|unit| (&unit.name, open(unit)))).into_iter().collect();
    // Indicators that nobody is scored by are listed in only.csv.
    let shown: Vec<_> = of.only.iter().filter(|one| one.of != OnlyOf::Indicator).cloned().collect();
    notes.extend(only(&shown, &of.names));
    notes.extend(schemes(&of.schemes));
    notes
}

/// Figures for people: a section per unit, a row per criterion.
pub(super) fn figures_sheet(of: &Series) -> Table {
    let results = || of.names.iter().enumerate();
    let mut columns = vec![column("criterion", "标准", "Criterion", Kind::Text)];
    columns.extend(results().map(|(at, name)| column_of("value", at, &Text::new("值", "Value"), name, Kind::Value)));
    columns.extend(results().skip(1).map(|(at, name)| column_of("change", at, &Text::new("变化", "Change"), name, Kind::Value)));
    columns.extend(
        results().skip(1).map(|(at, name)| column_of("percent", at, &Text::new("变化%", "Change in %"), name, Kind::Value).spare(2)),
    );
    columns.extend(results().map(|(at, name)| column_of("points", at, &Text::new("得分", "Points"), name, Kind::Points).spare(1)));
    let mut table = Table::new(Text::new("逐项对比", "Figures"), columns);
    for unit in &of.units {
        table.section(unit.name.clone());
        for line in unit.lines.iter().filter(|line| line.entries.iter().flatten().next().is_some()) {
            let Some((id, name)) = &line.criterion else { continue };
            table.push([vec![Cell::text(named(id, name))], cells(of, line)].concat());
        }
    }
    let first = of.names.first().cloned().unwrap_or_default();
    table.notes.push(Text::new(format!("变化均与 {} 相比", first.zh), format!("Changes are against {}", first.en)));
    table
}

fn cells(of: &Series, line: &Line) -> Vec<Cell> {
    let entries = || line.entries.iter().map(Option::as_ref);
    let or = |cell: Option<Cell>| cell.unwrap_or_else(none);
    let mut cells: Vec<Cell> = entries().map(|entry| or(entry.map(value))).collect();
    cells.extend(entries().skip(1).map(|entry| or(entry.map(change))));
    cells.extend(entries().skip(1).map(|entry| or(entry.map(percent))));
    cells.extend(entries().zip(&of.decimals).map(|(entry, decimals)| points(entry.and_then(|entry| entry.points.as_ref()), *decimals)));
    cells
}

/// `totals.csv`: a row per unit and result.
pub(super) fn totals_file(of: &Series) -> Table {
    let mut table = plain(&[
        ("unit", Kind::Text),
        ("name", Kind::Text),
        ("result", Kind::Text),
        ("period", Kind::Text),
        ("assessed", Kind::Flag),
        ("total", Kind::Points),
        ("change", Kind::Points),
        ("rank", Kind::Count),
        ("grade", Kind::Text),
        ("provisional", Kind::Flag),
    ]);
    for unit in &of.units {
        for (at, standing) in unit.standings.iter().enumerate() {
            let (standing, decimals) = (standing.as_ref(), of.decimals[at]);
            table.push(vec![
                Cell::text(unit.key.as_str()),
                Cell::text(unit.name.clone()),
                Cell::text(of.names[at].clone()),
                Cell::text(of.periods[at].to_string()),
                Cell::Flag(standing.is_some()),
                total(standing, decimals),
                signed(unit.changes[at].as_ref(), decimals),
                rank(standing),
                grade(standing),
                standing.map_or(Cell::Empty, |standing| Cell::Flag(standing.is_provisional)),
            ]);
        }
    }
    table
}

/// Columns of `figures.csv`.
const FIGURES: &[(&str, Kind)] = &[
    ("unit", Kind::Text),
    ("criterion", Kind::Text),
    ("indicator", Kind::Text),
    ("result", Kind::Text),
    ("period", Kind::Text),
    ("value", Kind::Value),
    ("measured_in", Kind::Text),
    ("numerator", Kind::Exact),
    ("denominator", Kind::Exact),
    ("state", Kind::Text),
    ("judged", Kind::Text),
    ("change", Kind::Value),
    ("change_in", Kind::Text),
    ("percent", Kind::Value),
    ("points", Kind::Points),
    ("full_points", Kind::Exact),
    ("points_change", Kind::Points),
];

/// `figures.csv`: a row per unit, criterion (or indicator of none) and result.
pub(super) fn figures_file(of: &Series) -> Table {
    let mut table = plain(FIGURES);
    for (unit, line) in of.units.iter().flat_map(|unit| unit.lines.iter().map(move |line| (unit, line))) {
        for (at, entry) in line.entries.iter().enumerate().filter_map(|(at, entry)| Some((at, entry.as_ref()?))) {
            let id = |named: &Option<(String, Text)>| Cell::maybe(named.as_ref().map(|(id, _)| id.as_str()));
            table.push(vec![
                Cell::text(unit.key.as_str()),
                id(&line.criterion),
                id(&line.indicator),
                Cell::text(of.names[at].clone()),
                Cell::text(of.periods[at].to_string()),
                number(entry.value.as_ref()),
                Cell::text(entry.shape.0.clone()),
                number(entry.numerator.as_ref()),
                number(entry.denominator.as_ref()),
                Cell::text(entry.state.id()),
                Cell::maybe(entry.shown.clone()),
                number(entry.change.as_ref()),
                Cell::maybe(entry.change.as_ref().map(|_| change_unit(&entry.shape.0))),
                number(entry.percent.as_ref()),
                points(entry.points.as_ref(), of.decimals[at]),
                number(entry.full_points.as_ref()),
                signed(entry.points_change.as_ref(), of.decimals[at]),
            ]);
        }
    }
    table
}

/// `only.csv`: what stands in some of the results only; a column per result.
pub(super) fn only_file(of: &Series) -> Table {
    let mut columns: Vec<Column> = ["what", "id", "name"].map(|id| Column::plain(id, Kind::Text)).into();
    columns.extend((1..=of.names.len()).map(|at| Column::plain(&format!("in_{at}"), Kind::Flag)));
    let mut table = Table::new(Text::default(), columns);
    for one in &of.only {
        let what = match one.of {
            OnlyOf::Unit => "unit",
            OnlyOf::Criterion => "criterion",
            OnlyOf::Indicator => "indicator",
        };
        let mut cells = vec![Cell::text(what), Cell::text(one.id.as_str()), Cell::text(one.name.clone())];
        cells.extend(one.present.iter().map(|is_there| Cell::Flag(*is_there)));
        table.push(cells);
    }
    table
}
