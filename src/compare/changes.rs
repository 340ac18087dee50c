//! Two results, and the runs between them in which one cause after the other was replaced: what every changed point
//! comes from. The effects of a row add up to its change, the changes of a unit's rows to that of its total [R2].

use crate::compare::only::union;
use crate::compare::possible::Possible;
use crate::compare::series::{Entry, Line};
use crate::compare::{Book, Cause, Inputs, Series, Standing, Unit};
use crate::number::Exact;
use crate::text::Text;

/// What changed, and why.
#[derive(Debug, Clone)]
pub struct Changes {
    /// What was replaced in each run, in order. One entry with every cause that may be it where the runs between could not
    /// be made.
    pub causes: Vec<Vec<Cause>>,
    /// False if the causes are told by what is comparable, not by running again.
    pub is_worked_out: bool,
    /// What the two results were made from.
    pub inputs: Inputs,
    /// Units of either result.
    pub units: Vec<UnitChange>,
    /// Rows that changed, by unit.
    pub rows: Vec<RowChange>,
}

/// One unit through the runs.
#[derive(Debug, Clone)]
pub struct UnitChange {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: Text,
    /// How it stands before, and after each run; `None` where it is not assessed.
    pub standings: Vec<Option<Standing>>,
    /// What each run did to its total; `None` without one before or after.
    pub effects: Vec<Option<Exact>>,
    /// The whole change of its total.
    pub change: Option<Exact>,
    /// Ranks gained: 2 from rank 5 to rank 3.
    pub moved: Option<i64>,
}

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Row {
    /// A criterion, by id.
    Criterion(String),
    /// A row between criteria and total: what it is, and its id.
    Step(String, String),
}

/// A row that changed.
#[derive(Debug, Clone)]
pub struct RowChange {
    /// Index of the unit in [`Changes::units`].
    pub unit: usize,
    /// What it is about.
    pub row: Row,
    /// Its name.
    pub name: Text,
    /// False for a criterion outside the total.
    pub in_total: bool,
    /// Points before, and after each run; `None` where there are none.
    pub points: Vec<Option<Exact>>,
    /// What each run did to them. No points count as none here: the row adds nothing to the total then.
    pub effects: Vec<Exact>,
    /// The whole change.
    pub change: Exact,
    /// The figures before and after; `None` for rows that are no criteria.
    pub entries: [Option<Entry>; 2],
    /// Whether the numerator and denominator scored are as they were; `None` where there are none. The same ones leave
    /// peers, the registry's attributes, criteria and judgements to be the cause.
    pub has_same_figures: Option<bool>,
    /// Where causes are not worked out: those that remain possible. Empty if nothing known differs.
    pub possible: Vec<Cause>,
}

impl RowChange {
    /// Whether points changed, in the end or on the way.
    pub fn changes_points(&self) -> bool {
        self.effects.iter().any(|effect| !effect.is_zero())
    }
}

/// What changed along `books`: the result before, one after each replacement of `causes`, the last of them the result
/// after. With two books and no causes, what may be the cause is told instead.
pub fn changes(books: &[&Book], causes: Vec<Vec<Cause>>, series: &Series) -> Changes {
    let is_worked_out = !causes.is_empty();
    let (Some(before), Some(after)) = (books.first(), books.last()) else {
        return Changes { causes, is_worked_out, inputs: Inputs::default(), units: Vec::new(), rows: Vec::new() };
    };
    let inputs = Inputs::of(before, after);
    let possible = Possible::of(before, after, &inputs);
    let by_key: Vec<_> = books.iter().map(|book| book.by_key()).collect();
    let mut rows = Vec::new();
    let mut units = Vec::new();
    for of_unit in &series.units {
        let at = units.len();
        let sides: Vec<Side> = books.iter().zip(&by_key).map(|(book, units)| (*book, units.get(of_unit.key.as_str()).copied())).collect();
        units.push(unit(&sides, &of_unit.key, &of_unit.name));
        // A unit of one result only has no change: it is listed with its total.
        let ends = (sides.first().and_then(|side| side.1), sides.last().and_then(|side| side.1));
        let (Some(first), Some(last)) = ends else { continue };
        for (row, name) in rows_of(&sides) {
            let line = of_unit.lines.iter().find(|line| is_about(line, &row));
            let change = row_change(&sides, at, (row, name), line);
            let has_moved = line.is_some_and(differs) || change.changes_points();
            let possible = if is_worked_out { Vec::new() } else { possible.causes([first, last], &change.row) };
            rows.extend(has_moved.then_some(RowChange { possible, ..change }));
        }
    }
    let causes = if is_worked_out { causes } else { vec![possible.all()] };
    Changes { causes, is_worked_out, inputs, units, rows }
}

/// A book, and in it the unit that is looked at.
type Side<'a> = (&'a Book, Option<&'a Unit>);

fn unit(sides: &[Side], key: &str, name: &Text) -> UnitChange {
    let standings: Vec<Option<Standing>> = sides.iter().map(|(_, unit)| unit.map(|unit| unit.standing.clone())).collect();
    let total = |at: usize| standings.get(at).and_then(Option::as_ref).and_then(|standing| standing.total.as_ref());
    let rank = |at: usize| standings.get(at).and_then(Option::as_ref).and_then(|standing| standing.rank);
    let last = sides.len() - 1;
    let signed = |rank: usize| i64::try_from(rank).ok();
    UnitChange {
        key: key.to_owned(),
        name: name.clone(),
        effects: (0..last).map(|at| Some(total(at + 1)? - total(at)?)).collect(),
        change: total(last).zip(total(0)).map(|(after, before)| after - before),
        moved: rank(0).zip(rank(last)).and_then(|(before, after)| Some(signed(before)? - signed(after)?)),
        standings,
    }
}

/// The rows of a unit in any of the books, criteria first.
fn rows_of(sides: &[Side]) -> Vec<(Row, Text)> {
    let criteria: Vec<Vec<(String, Text)>> =
        sides.iter().map(|(book, _)| book.criteria.iter().map(|one| (one.id.clone(), one.name.clone())).collect()).collect();
    let mut found: Vec<(Row, Text)> = union(&criteria).into_iter().map(|(id, name)| (Row::Criterion(id), name)).collect();
    for step in sides.iter().filter_map(|(_, unit)| *unit).flat_map(|unit| &unit.steps) {
        let row = Row::Step(step.step.clone(), step.id.clone());
        if !found.iter().any(|(known, _)| *known == row) {
            found.push((row, Text::same(&step.id)));
        }
    }
    found
}

fn is_about(line: &Line, row: &Row) -> bool {
    matches!((row, &line.criterion), (Row::Criterion(id), Some((of, _))) if id == of)
}

/// Whether what was scored differs between the first and the last result.
fn differs(line: &Line) -> bool {
    let figures = |entry: &Entry| {
        (
            entry.value.clone(),
            entry.numerator.clone(),
            entry.denominator.clone(),
            entry.state,
            entry.shown.clone(),
            entry.full_points.clone(),
        )
    };
    let at = |entry: Option<&Option<Entry>>| entry.and_then(Option::as_ref).map(figures);
    at(line.entries.first()) != at(line.entries.last())
}

/// Whether the numerator and denominator of the first and the last result are the same.
fn has_same_figures(line: &Line) -> Option<bool> {
    let figures = |entry: Option<&Option<Entry>>| {
        let entry = entry.and_then(Option::as_ref)?;
        Some((entry.numerator.clone()?, entry.denominator.clone()))
    };
    match (figures(line.entries.first()), figures(line.entries.last())) {
        (None, None) => None,
        (before, after) => Some(before == after),
    }
}

fn row_change(sides: &[Side], unit: usize, (row, name): (Row, Text), line: Option<&Line>) -> RowChange {
    let is_in = |book: &Book| is_in_total(book, &row);
    let in_total = sides.iter().any(|(book, _)| is_in(book));
    let points: Vec<Option<Exact>> = sides.iter().map(|side| points(*side, &row)).collect();
    // A criterion that moves out of the total takes its points with it.
    let counts = |book: &Book| !in_total || is_in(book);
    let counted = |((book, _), points): (&Side, &Option<Exact>)| points.clone().filter(|_| counts(book)).unwrap_or_else(Exact::zero);
    let counted: Vec<Exact> = sides.iter().zip(&points).map(counted).collect();
    let effects: Vec<Exact> = counted.windows(2).map(|pair| &pair[1] - &pair[0]).collect();
    let entry = |entry: Option<&Option<Entry>>| entry.and_then(Clone::clone);
    RowChange {
        unit,
        name,
        in_total,
        change: effects.iter().sum(),
        entries: line.map_or([None, None], |line| [entry(line.entries.first()), entry(line.entries.last())]),
        has_same_figures: line.and_then(has_same_figures),
        possible: Vec::new(),
        row,
        points,
        effects,
    }
}

/// What a row adds to a unit's total; `None` where there is no such row or it has no points.
fn points((book, unit): Side, row: &Row) -> Option<Exact> {
    let unit = unit?;
    match row {
        Row::Criterion(id) => unit.figures.get(book.criterion(id)?)?.points.clone(),
        Row::Step(step, id) => {
            let mut rows = unit.steps.iter().filter(|one| one.step == *step && one.id == *id).peekable();
            rows.peek()?;
            Some(rows.map(|one| &one.points).sum())
        }
    }
}

/// Whether a row is part of the total of a book that has it.
fn is_in_total(book: &Book, row: &Row) -> bool {
    let Row::Criterion(id) = row else { return true };
    book.criterion(id).and_then(|at| book.criteria.get(at)).is_some_and(|criterion| criterion.in_total)
}
