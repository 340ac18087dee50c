//! Two results: totals with what each cause did to them, every changed point, ranks after each replacement.

use super::units::named;
use super::{column, grade, has_keys, number, only, plain, points, provisional, rank, schemes, signed, total, value};
use crate::compare::{Cause, Changes, Entry, Inputs, Row, RowChange, Series, UnitChange, words};
use crate::number::Exact;
use crate::report::adjustments::step_word;
use crate::report::table::{Cell, Column, Kind, Table};
use crate::text::{Text, list};

/// What people read.
pub(super) fn sheets(series: &Series, of: &Changes) -> Vec<Table> {
    let mut tables = vec![totals_sheet(series, of)];
    if !of.rows.is_empty() {
        tables.push(rows_sheet(series, of));
    }
    if of.is_worked_out && ranks_move(of) {
        tables.push(ranks_sheet(of));
    }
    tables
}

/// Decimals of the points of both results: as many as either has.
fn decimals(series: &Series) -> u32 {
    series.decimals.iter().copied().max().unwrap_or_default()
}

/// The steps that did something to a total or a rank.
fn at_work(of: &Changes) -> Vec<usize> {
    let does = |at: usize| {
        let moves = |unit: &UnitChange| {
            unit.effects[at].as_ref().is_some_and(|effect| !effect.is_zero())
                || unit.standings[at].as_ref().map(|one| one.rank) != unit.standings[at + 1].as_ref().map(|one| one.rank)
        };
        of.units.iter().any(moves) || of.rows.iter().any(|row| !row.effects[at].is_zero())
    };
    (0..of.causes.len()).filter(|at| of.is_worked_out && does(*at)).collect()
}

fn ranks_move(of: &Changes) -> bool {
    let rank = |unit: &UnitChange, at: usize| unit.standings[at].as_ref().map(|standing| standing.rank);
    of.units.iter().any(|unit| (1..unit.standings.len()).any(|at| rank(unit, at) != rank(unit, 0)))
}

fn totals_sheet(series: &Series, of: &Changes) -> Table {
    let decimals = decimals(series);
    let steps = at_work(of);
    let has_keys = has_keys(of.units.iter().map(|unit| (unit.key.as_str(), &unit.name)));
    let mut columns = vec![
        column("name", "考核对象", "Name", Kind::Text),
        column("before", "原总分", "Before", Kind::Points),
        column("after", "现总分", "After", Kind::Points),
        column("change", "增减", "Change", Kind::Points),
    ];
    if has_keys {
        columns.insert(0, column("unit", "编号", "Unit", Kind::Text).spare(4));
    }
    columns.extend(steps.iter().map(|at| Column::new(step_id(&of.causes[*at]), heading(&of.causes[*at]), Kind::Points).spare(1)));
    columns.push(column("rank_before", "原名次", "Rank before", Kind::Count));
    columns.push(column("rank_after", "现名次", "Rank after", Kind::Count));
    columns.push(column("moved", "升降", "Moved", Kind::Text).spare(2));
    let has_grades = of.units.iter().flat_map(|unit| unit.standings.iter().flatten()).any(|standing| standing.grade.is_some());
    if has_grades {
        columns.push(column("grade_before", "原等级", "Grade before", Kind::Text));
        columns.push(column("grade_after", "现等级", "Grade after", Kind::Text));
    }
    let mut table = Table::new(title(series), columns);
    for unit in &of.units {
        let [before, after] = ends(unit);
        let mut cells = if has_keys { vec![Cell::text(unit.key.as_str())] } else { Vec::new() };
        cells.extend([Cell::text(unit.name.clone()), total(before, decimals), total(after, decimals)]);
        cells.push(signed(unit.change.as_ref(), decimals));
        cells.extend(steps.iter().map(|at| signed(unit.effects[*at].as_ref(), decimals)));
        cells.extend([rank(before), rank(after), Cell::text(moved(unit))]);
        if has_grades {
            cells.extend([grade(before), grade(after)]);
        }
        table.push(cells);
    }
    table.notes = remarks(series, of, &steps);
    table
}

fn ends(unit: &UnitChange) -> [Option<&crate::compare::Standing>; 2] {
    [unit.standings.first(), unit.standings.last()].map(|standing| standing.and_then(Option::as_ref))
}

fn title(series: &Series) -> Text {
    let name = |at: usize| series.names.get(at).cloned().unwrap_or_default();
    let (one, two) = (name(0), name(1));
    Text::new(format!("{} → {}", one.zh, two.zh), format!("{} → {}", one.en, two.en))
}

fn moved(unit: &UnitChange) -> Text {
    match unit.moved {
        Some(up) if up > 0 => Text::new(format!("升 {up}"), format!("up {up}")),
        Some(down) if down < 0 => Text::new(format!("降 {}", -down), format!("down {}", -down)),
        _ => Text::default(),
    }
}

/// The heading of a step.
fn heading(causes: &[Cause]) -> Text {
    let words = words(causes);
    let mut letters = words.en.chars();
    let en = letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default();
    Text::new(words.zh, en)
}

/// The spelling of a step in files.
fn step_id(causes: &[Cause]) -> String {
    causes.iter().map(|cause| cause.id()).collect::<Vec<_>>().join("+")
}

fn remarks(series: &Series, of: &Changes, steps: &[usize]) -> Vec<Text> {
    let mut notes = Vec::new();
    if of.rows.is_empty() {
        notes.push(Text::new("没有任何变动", "Nothing changed"));
    } else if of.is_worked_out {
        let order = |word: &dyn Fn(Cause) -> String| Cause::ALL.map(word).join(" → ");
        notes.push(Text::new(
            format!("依次替换：{}；每一项影响是替换它之后新增的变化，换一种次序分摊可能不同", order(&|cause| cause.word().zh)),
            format!(
                "Replaced one after the other: {}; each effect is what its replacement added, and another order may share them otherwise",
                order(&|cause| cause.word().en)
            ),
        ));
        let idle: Vec<Cause> = (0..of.causes.len()).filter(|at| !steps.contains(at)).flat_map(|at| of.causes[at].clone()).collect();
        if !idle.is_empty() {
            let idle = words(&idle);
            notes.push(Text::new(format!("对得分和名次没有影响：{}", idle.zh), format!("No effect on points and ranks: {}", idle.en)));
        }
    } else {
        notes.push(Text::new(
            "没有逐项重算：所列是按输入文件和指标值的异同仍有可能的原因，未作区分",
            "Not worked out by running again: causes are those that remain possible by what differs among inputs and figures, not told apart",
        ));
    }
    notes.extend(input_remark(&of.inputs));
    notes.extend(provisional(of.units.iter().map(|unit| (&unit.name, unit.standings.iter().flatten().any(|one| one.is_provisional)))));
    notes.extend(only(&series.only, &series.names));
    notes.extend(schemes(&series.schemes));
    notes
}

/// Which inputs differ.
fn input_remark(inputs: &Inputs) -> Vec<Text> {
    let paths: std::collections::BTreeSet<&str> = inputs.changed.iter().map(|change| change.path.as_str()).collect();
    let named: Vec<Text> =
        paths.into_iter().chain(differing(&inputs.options)).chain(differing(&inputs.catalogues)).map(Text::same).collect();
    if named.is_empty() {
        return vec![Text::new("两个结果的输入相同", "Both results have the same inputs")];
    }
    let names = list(&named);
    vec![Text::new(format!("不同的输入：{}", names.zh), format!("Inputs that differ: {}", names.en))]
}

/// What stands on one side only.
fn differing((one, other): &(Vec<String>, Vec<String>)) -> impl Iterator<Item = &str> {
    let left = one.iter().filter(|text| !other.contains(text));
    left.chain(other.iter().filter(|text| !one.contains(text))).map(String::as_str)
}

/// Every changed point, for people.
fn rows_sheet(series: &Series, of: &Changes) -> Table {
    let decimals = decimals(series);
    let columns = vec![
        column("row", "标准", "Criterion", Kind::Text),
        column("value_before", "原值", "Value before", Kind::Value).spare(1),
        column("value_after", "现值", "Value after", Kind::Value).spare(1),
        column("points_before", "原得分", "Points before", Kind::Points),
        column("points_after", "现得分", "Points after", Kind::Points),
        column("change", "增减", "Change", Kind::Points),
        column("cause", "原因", "Because of", Kind::Text),
    ];
    let mut table = Table::new(Text::new("变动的得分", "Changed points"), columns);
    for (at, unit) in of.units.iter().enumerate() {
        let rows: Vec<&RowChange> = of.rows.iter().filter(|row| row.unit == at && row.changes_points()).collect();
        if rows.is_empty() {
            continue;
        }
        table.section(unit.name.clone());
        for row in &rows {
            table.push(row_cells(of, row, decimals));
        }
        let [before, after] = ends(unit).map(|standing| total(standing, decimals));
        let label = Cell::text(Text::new("总分", "Total"));
        let change = signed(unit.change.as_ref(), decimals);
        table.total(vec![label, Cell::Empty, Cell::Empty, before, after, change, Cell::Empty]);
    }
    let silent = of.rows.iter().filter(|row| !row.changes_points()).count();
    if silent > 0 {
        table.notes.push(Text::new(
            format!("另有 {silent} 项数值变化而得分不变，见 changes.csv"),
            format!("Figures that changed without changing points: {silent}; changes.csv lists them"),
        ));
    }
    table
}

fn row_cells(of: &Changes, row: &RowChange, decimals: u32) -> Vec<Cell> {
    let shown = |entry: &Option<Entry>| entry.as_ref().map_or(Cell::Empty, value);
    let [before, after] = &row.entries;
    vec![
        Cell::text(name(row)),
        shown(before),
        shown(after),
        points(row.points.first().and_then(Option::as_ref), decimals),
        points(row.points.last().and_then(Option::as_ref), decimals),
        signed(Some(&row.change), decimals),
        Cell::text(cause(of, row, decimals)),
    ]
}

fn name(row: &RowChange) -> Text {
    let name = match &row.row {
        Row::Criterion(id) => named(id, &row.name),
        Row::Step(step, id) => {
            let word = step_word(step);
            Text::new(format!("{} {id}", word.zh), format!("{} {id}", word.en))
        }
    };
    if row.in_total { name } else { Text::new(format!("{}（另计）", name.zh), format!("{} (apart)", name.en)) }
}

/// Why a row changed: one cause, or several with their parts.
fn cause(of: &Changes, row: &RowChange, decimals: u32) -> Text {
    if !of.is_worked_out {
        let possible = match row.possible.as_slice() {
            [] => Text::new("不明（已知的输入都相同）", "unknown, as the known inputs are the same"),
            causes => words(causes),
        };
        return match row.has_same_figures {
            Some(true) => Text::new(format!("分子分母相同；可能：{}", possible.zh), format!("N and D the same; possible: {}", possible.en)),
            Some(false) => Text::new(format!("分子分母有变；可能：{}", possible.zh), format!("N or D changed; possible: {}", possible.en)),
            None => Text::new(format!("可能：{}", possible.zh), format!("possible: {}", possible.en)),
        };
    }
    let at_work: Vec<(&Vec<Cause>, &Exact)> = of.causes.iter().zip(&row.effects).filter(|(_, effect)| !effect.is_zero()).collect();
    if let [(causes, _)] = at_work.as_slice() {
        return words(causes);
    }
    let parts: Vec<Text> = at_work
        .iter()
        .map(|(causes, effect)| {
            let (word, sign) = (words(causes), if effect.is_negative() { "" } else { "+" });
            let digits = effect.fixed(decimals);
            Text::new(format!("{} {sign}{digits}", word.zh), format!("{} {sign}{digits}", word.en))
        })
        .collect();
    Text::new(
        parts.iter().map(|part| part.zh.as_str()).collect::<Vec<_>>().join("；"),
        parts.iter().map(|part| part.en.as_str()).collect::<Vec<_>>().join("; "),
    )
}

/// The rank of every unit before, and after each replacement that did something.
fn ranks_sheet(of: &Changes) -> Table {
    let steps = at_work(of);
    let mut columns = vec![column("name", "考核对象", "Name", Kind::Text), column("before", "原名次", "Before", Kind::Count)];
    let after = |causes: &[Cause]| {
        let words = words(causes);
        Text::new(format!("替换{}后", words.zh), format!("After {}", words.en))
    };
    columns.extend(steps.iter().map(|at| Column::new(step_id(&of.causes[*at]), after(&of.causes[*at]), Kind::Count)));
    let mut table = Table::new(Text::new("逐步名次", "Ranks after each replacement"), columns);
    for unit in &of.units {
        let standing = |at: usize| unit.standings.get(at).and_then(Option::as_ref);
        let mut cells = vec![Cell::text(unit.name.clone()), rank(standing(0))];
        cells.extend(steps.iter().map(|at| rank(standing(at + 1))));
        table.push(cells);
    }
    table
}

/// Columns of `changes.csv`.
const CHANGES: &[(&str, Kind)] = &[
    ("unit", Kind::Text),
    ("name", Kind::Text),
    ("row", Kind::Text),
    ("id", Kind::Text),
    ("row_name", Kind::Text),
    ("in_total", Kind::Flag),
    ("value_before", Kind::Value),
    ("value_after", Kind::Value),
    ("numerator_before", Kind::Exact),
    ("numerator_after", Kind::Exact),
    ("denominator_before", Kind::Exact),
    ("denominator_after", Kind::Exact),
    ("judged_before", Kind::Text),
    ("judged_after", Kind::Text),
    ("state_before", Kind::Text),
    ("state_after", Kind::Text),
    ("points_before", Kind::Points),
    ("points_after", Kind::Points),
    ("change", Kind::Points),
    ("cause", Kind::Text),
    ("effect", Kind::Points),
    ("worked_out", Kind::Flag),
];

/// `changes.csv`: a row per changed row and cause at work; of a unit the effects inside the total add up to its change.
pub(super) fn file(series: &Series, of: &Changes) -> Table {
    let mut table = plain(CHANGES);
    let decimals = decimals(series);
    for row in &of.rows {
        let Some(unit) = of.units.get(row.unit) else { continue };
        let (kind, id) = match &row.row {
            Row::Criterion(id) => ("criterion", id),
            Row::Step(step, id) => (step.as_str(), id),
        };
        let entries = || row.entries.iter().map(Option::as_ref);
        let mut keys = vec![Cell::text(unit.key.as_str()), Cell::text(unit.name.clone()), Cell::text(kind), Cell::text(id.as_str())];
        keys.extend([Cell::text(row.name.clone()), Cell::Flag(row.in_total)]);
        keys.extend(entries().map(|entry| number(entry.and_then(|entry| entry.value.as_ref()))));
        keys.extend(entries().map(|entry| number(entry.and_then(|entry| entry.numerator.as_ref()))));
        keys.extend(entries().map(|entry| number(entry.and_then(|entry| entry.denominator.as_ref()))));
        keys.extend(entries().map(|entry| Cell::maybe(entry.and_then(|entry| entry.shown.clone()))));
        keys.extend(entries().map(|entry| Cell::maybe(entry.map(|entry| entry.state.id()))));
        keys.extend([row.points.first(), row.points.last()].map(|one| points(one.and_then(Option::as_ref), decimals)));
        keys.push(signed(Some(&row.change), decimals));
        for (causes, effect) in effects(of, row) {
            let rest = [Cell::text(causes), signed(effect, decimals), Cell::Flag(of.is_worked_out)];
            table.push(keys.iter().cloned().chain(rest).collect());
        }
    }
    table
}

/// The causes at work in a row with their effects; one line where points are as they were.
fn effects<'a>(of: &'a Changes, row: &'a RowChange) -> Vec<(String, Option<&'a Exact>)> {
    if !of.is_worked_out {
        return vec![(step_id(&row.possible), row.effects.first())];
    }
    let at_work = of.causes.iter().zip(&row.effects).filter(|(_, effect)| !effect.is_zero());
    let found: Vec<(String, Option<&Exact>)> = at_work.map(|(causes, effect)| (step_id(causes), Some(effect))).collect();
    if found.is_empty() { vec![(String::new(), row.effects.first())] } else { found }
}

/// `steps.csv`: total and rank of every unit before, and after each replacement.
pub(super) fn steps_file(series: &Series, of: &Changes) -> Table {
    let mut table = plain(&[
        ("unit", Kind::Text),
        ("name", Kind::Text),
        ("step", Kind::Count),
        ("cause", Kind::Text),
        ("total", Kind::Points),
        ("effect", Kind::Points),
        ("rank", Kind::Count),
        ("grade", Kind::Text),
    ]);
    let decimals = decimals(series);
    for unit in &of.units {
        for (at, standing) in unit.standings.iter().enumerate() {
            let done = at.checked_sub(1);
            table.push(vec![
                Cell::text(unit.key.as_str()),
                Cell::text(unit.name.clone()),
                Cell::count(at),
                Cell::maybe(done.and_then(|at| of.causes.get(at)).map(|causes| step_id(causes))),
                total(standing.as_ref(), decimals),
                done.and_then(|at| unit.effects.get(at)).map_or(Cell::Empty, |effect| signed(effect.as_ref(), decimals)),
                rank(standing.as_ref()),
                grade(standing.as_ref()),
            ]);
        }
    }
    table
}

/// `inputs.csv`: files, options and catalogues that differ.
pub(super) fn inputs_file(of: &Changes) -> Table {
    let mut table = plain(&[("role", Kind::Text), ("path", Kind::Text), ("sha256_before", Kind::Text), ("sha256_after", Kind::Text)]);
    for change in &of.inputs.changed {
        let mut cells = vec![Cell::text(change.role.as_str()), Cell::text(change.path.as_str())];
        cells.extend(change.sha256.iter().map(|sha256| Cell::maybe(sha256.as_deref())));
        table.push(cells);
    }
    for (role, both) in [("option", &of.inputs.options), ("catalogue", &of.inputs.catalogues)] {
        for text in differing(both) {
            table.push(vec![Cell::text(role), Cell::text(text), Cell::Empty, Cell::Empty]);
        }
    }
    table
}
