//! What may be handed out (公开): units with rank and grade but without points, and for each unit its own figures among those
//! of peers who are not named. No findings, no reasons.

use std::sync::Arc;

use super::returns::FileNames;
use super::summary::order;
use super::{File, csv};
use crate::dossier::{Dossier, Publication};
use crate::report::figures::{measure, value};
use crate::report::table::{Cell, Column, Kind, Table};
use crate::scorebook::{Scorebook, UnitResult};
use crate::standing::quarter::{RANKED_AT_LEAST, quarters};
use crate::standing::spread::{OTHERS_AT_LEAST, PeerValues, Shown};
use crate::text::{Lang, Text};

/// Folder inside a result folder.
const FOLDER: &str = "public";

/// The files for publication, where any are asked for.
pub(super) fn files<'a>(dossier: &'a Dossier, lang: Lang) -> Vec<File<'a>> {
    let Some(publication) = dossier.publication else { return Vec::new() };
    let book = dossier.book;
    let summary = match publication {
        Publication::Ranks => ranks(book),
        Publication::Bands => bands(book),
    };
    let mut files = vec![File::sheet(&format!("{FOLDER}/summary.csv"), summary, lang)];
    let (peers, mut names) = (Arc::new(PeerValues::of(book)), FileNames::default());
    for unit in &book.units {
        let (name, peers) = (format!("{FOLDER}/units/{}.csv", names.of(&unit.key)), Arc::clone(&peers));
        // Made when it is written: those of all units together may be long.
        files.push(File::new(name, move |out| out.write_all(&csv::render(&of_unit(book, unit, &peers), lang)?)));
    }
    files
}

fn plain(columns: &[(&str, Kind)]) -> Table {
    Table::new(Text::default(), columns.iter().map(|(id, kind)| Column::plain(id, *kind)).collect())
}

/// By peer group and rank.
fn ranks(book: &Scorebook) -> Table {
    let columns =
        [("peer_group", Kind::Text), ("rank", Kind::Count), ("name", Kind::Text), ("grade", Kind::Text), ("provisional", Kind::Flag)];
    let mut table = plain(&columns);
    for unit in order(book).into_iter().filter_map(|at| book.units.get(at)) {
        table.push(vec![
            Cell::text(unit.peer_group.as_str()),
            unit.rank.map_or(Cell::Empty, Cell::count),
            Cell::text(unit.name.clone()),
            Cell::maybe(unit.grade.clone()),
            Cell::Flag(!unit.provisional.is_empty()),
        ]);
    }
    table
}

/// By peer group and key, which say nothing about ranks.
fn bands(book: &Scorebook) -> Table {
    let columns =
        [("peer_group", Kind::Text), ("name", Kind::Text), ("band", Kind::Text), ("provisional", Kind::Flag), ("note", Kind::Text)];
    let mut table = plain(&columns);
    let quarters = quarters(book);
    let has_grades = book.units.iter().any(|unit| unit.grade.is_some());
    let mut order: Vec<usize> = (0..book.units.len()).collect();
    order.sort_by_key(|at| (book.units[*at].peer_group.as_str(), book.units[*at].key.as_str()));
    for at in order {
        let unit = &book.units[at];
        let quarter = quarters.get(at).copied().flatten();
        let band = if has_grades { unit.grade.clone() } else { quarter.map(quarter_word) };
        let is_small = !has_grades && quarter.is_none() && unit.rank.is_some();
        table.push(vec![
            Cell::text(unit.peer_group.as_str()),
            Cell::text(unit.name.clone()),
            Cell::maybe(band),
            Cell::Flag(!unit.provisional.is_empty()),
            if is_small { Cell::text(too_few_ranked()) } else { Cell::Empty },
        ]);
    }
    table
}

fn quarter_word(quarter: usize) -> Text {
    match quarter {
        1 => Text::new("前四分之一", "first quarter"),
        2 => Text::new("第二个四分之一", "second quarter"),
        3 => Text::new("第三个四分之一", "third quarter"),
        _ => Text::new("后四分之一", "last quarter"),
    }
}

fn too_few_ranked() -> Text {
    Text::new(
        format!("同类组排名的考核对象不足 {RANKED_AT_LEAST} 个，分段等于公布名次，不列"),
        format!("fewer than {RANKED_AT_LEAST} ranked units in the peer group: a quarter would tell the rank"),
    )
}

/// One unit's criteria, its own figures and the spread of its peers'.
fn of_unit(book: &Scorebook, unit: &UnitResult, peers: &PeerValues) -> Table {
    let columns = [
        ("name", Kind::Text),
        ("criterion", Kind::Text),
        ("criterion_name", Kind::Text),
        ("value", Kind::Value),
        ("value_unit", Kind::Text),
        ("state", Kind::Text),
        ("points", Kind::Points),
        ("full_points", Kind::Exact),
        ("provisional", Kind::Flag),
        ("peers", Kind::Count),
        ("percentile", Kind::Value),
        ("lowest", Kind::Value),
        ("lower_quartile", Kind::Value),
        ("median", Kind::Value),
        ("upper_quartile", Kind::Value),
        ("highest", Kind::Value),
        ("note", Kind::Text),
    ];
    let mut table = plain(&columns);
    let scored = |at: &usize| unit.scores[*at].is_on_sheet && !book.criteria[*at].points.is_zero();
    for at in (0..book.criteria.len().min(unit.scores.len())).filter(scored) {
        table.push(row(book, unit, at, peers));
    }
    table
}

fn row(book: &Scorebook, unit: &UnitResult, at: usize, peers: &PeerValues) -> Vec<Cell> {
    let (head, score) = (&book.criteria[at], &unit.scores[at]);
    let indicator = measure(unit, score).map(|measure| measure.indicator);
    let measured = indicator.and_then(|at| book.indicators.get(at));
    let place = indicator.map(|indicator| peers.place(unit, indicator));
    let shown = place.as_ref().and_then(|place| place.shown.as_ref());
    let exact = |value: Option<&_>| value.map_or(Cell::Empty, Cell::exact);
    let mut cells = vec![
        Cell::text(unit.name.clone()),
        Cell::text(head.id.as_str()),
        Cell::text(head.name.clone()),
        value(book, unit, score),
        Cell::maybe(measured.map(|measured| measured.unit.clone())),
        Cell::text(score.state.id()),
        score.points.as_ref().map_or(Cell::Empty, |points| Cell::points(points, book.head.points_decimals)),
        Cell::exact(&head.points),
        Cell::Flag(!unit.provisional.is_empty()),
        place.as_ref().map_or(Cell::Empty, |place| Cell::count(place.others)),
        exact(shown.and_then(|shown| shown.percentile.as_ref())),
    ];
    cells.extend((0..5).map(|quartile| exact(shown.map(|shown| &shown.quartiles[quartile]))));
    cells.push(Cell::maybe(place.map(|place| note(place.shown.as_ref()))));
    cells
}

/// Why there is no distribution, or no percentile.
fn note(shown: Option<&Shown>) -> Text {
    match shown {
        None => Text::new(
            format!("同类中有值的其他考核对象不足 {OTHERS_AT_LEAST} 个，列出分布会透露他人的值"),
            format!("fewer than {OTHERS_AT_LEAST} peers have a value: a distribution would give theirs away"),
        ),
        Some(Shown { percentile: None, .. }) => {
            Text::new("本单位无可计分的值，或指标无高低之分", "no value of its own that may be scored, or no direction")
        }
        Some(_) => Text::default(),
    }
}
