//! Several results over the same units, figure by figure.

use crate::compare::only::union;
use crate::compare::{Book, Figure, Measure, Only, OnlyOf, Scheme, Standing, Unit, only};
use crate::number::Exact;
use crate::period::Span;
use crate::state::State;
use crate::text::Text;

/// Results side by side.
#[derive(Debug, Clone)]
pub struct Series {
    /// What the results are called.
    pub names: Vec<Text>,
    /// Their periods.
    pub periods: Vec<Span>,
    /// What their criteria are.
    pub schemes: Vec<Scheme>,
    /// Decimals of their points.
    pub decimals: Vec<u32>,
    /// Units, those of the first result first.
    pub units: Vec<UnitSeries>,
    /// What stands in some of the results only.
    pub only: Vec<Only>,
}

/// One unit through the results.
#[derive(Debug, Clone)]
pub struct UnitSeries {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: Text,
    /// How it stands in each result; `None` where it is not assessed.
    pub standings: Vec<Option<Standing>>,
    /// How much the total is above that of the first result.
    pub changes: Vec<Option<Exact>>,
    /// Criteria, then indicators of no criterion.
    pub lines: Vec<Line>,
}

/// One criterion, or an indicator of no criterion, through the results.
#[derive(Debug, Clone)]
pub struct Line {
    /// Id and name of the criterion.
    pub criterion: Option<(String, Text)>,
    /// Id and name of the indicator.
    pub indicator: Option<(String, Text)>,
    /// Result by result; `None` where there is no such row.
    pub entries: Vec<Option<Entry>>,
}

/// One figure of one result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The value scored.
    pub value: Option<Exact>,
    /// Its numerator.
    pub numerator: Option<Exact>,
    /// Its denominator.
    pub denominator: Option<Exact>,
    /// Its state.
    pub state: State,
    /// A judgement as shown.
    pub shown: Option<Text>,
    /// Display unit and decimals.
    pub shape: (Text, u32),
    /// Printed points.
    pub points: Option<Exact>,
    /// Full points; `None` for an indicator of no criterion.
    pub full_points: Option<Exact>,
    /// How much the value is above that of the first result, in the display unit; `None` also where the two are not defined alike.
    pub change: Option<Exact>,
    /// The same in percent of that value.
    pub percent: Option<Exact>,
    /// How much the points are above those of the first result.
    pub points_change: Option<Exact>,
    /// False if the indicator is not defined as in the first result: the values do not compare.
    pub is_comparable: bool,
}

/// The books side by side, of the units with these keys, or of all.
pub fn series(books: &[&Book], names: Vec<Text>, keys: Option<&[String]>) -> Series {
    let listed: Vec<Vec<(String, Text)>> =
        books.iter().map(|book| book.units.iter().map(|unit| (unit.key.clone(), unit.name.clone())).collect()).collect();
    let chosen = |key: &String| keys.is_none_or(|keys| keys.contains(key));
    let rows = rows(books);
    let by_key: Vec<_> = books.iter().map(|book| book.by_key()).collect();
    let unit = |(key, name): (String, Text)| {
        let units: Vec<Option<&Unit>> = by_key.iter().map(|units| units.get(key.as_str()).copied()).collect();
        let standings: Vec<Option<Standing>> = units.iter().map(|unit| unit.map(|unit| unit.standing.clone())).collect();
        let total = |standing: &Option<Standing>| standing.as_ref().and_then(|standing| standing.total.clone());
        let first = standings.first().and_then(total);
        let changes = standings.iter().map(|standing| Some(&total(standing)? - first.as_ref()?)).collect();
        let lines = rows.iter().map(|row| line(books, &units, row)).collect();
        UnitSeries { key, name, standings, changes, lines }
    };
    Series {
        schemes: books.iter().map(|book| book.scheme.clone()).collect(),
        periods: books.iter().map(|book| book.period).collect(),
        decimals: books.iter().map(|book| book.points_decimals).collect(),
        units: union(&listed).into_iter().filter(|(key, _)| chosen(key)).map(unit).collect(),
        only: only(books).into_iter().filter(|one| one.of != OnlyOf::Unit || chosen(&one.id)).collect(),
        names,
    }
}

/// What a line is about.
enum RowOf {
    Criterion(String, Text),
    Indicator(String),
}

/// Criteria in the order of the books, then indicators that no criterion of any book is about.
fn rows(books: &[&Book]) -> Vec<RowOf> {
    let criteria: Vec<Vec<(String, Text)>> =
        books.iter().map(|book| book.criteria.iter().map(|one| (one.id.clone(), one.name.clone())).collect()).collect();
    let indicators: Vec<Vec<(String, Text)>> =
        books.iter().map(|book| book.indicators.iter().map(|one| (one.id.clone(), one.name.clone())).collect()).collect();
    let is_scored = |id: &str| books.iter().flat_map(|book| &book.criteria).any(|criterion| criterion.indicator.as_deref() == Some(id));
    let scored = union(&criteria).into_iter().map(|(id, name)| RowOf::Criterion(id, name));
    scored.chain(union(&indicators).into_iter().filter(|(id, _)| !is_scored(id)).map(|(id, _)| RowOf::Indicator(id))).collect()
}

fn line(books: &[&Book], units: &[Option<&Unit>], row: &RowOf) -> Line {
    let plain: Vec<Option<(Entry, Option<String>)>> =
        books.iter().zip(units).map(|(book, unit)| unit.and_then(|unit| entry(book, unit, row))).collect();
    let indicator = plain.iter().flatten().find_map(|(_, indicator)| indicator.clone());
    let named = |id: &String| books.iter().find_map(|book| book.indicator(id)).map(|found| (found.id.clone(), found.name.clone()));
    let first = plain.first().and_then(Option::as_ref);
    let defined = |at: usize, id: Option<&String>| id.and_then(|id| books.get(at)?.indicator(id));
    let entries = plain.iter().enumerate().map(|(at, entry)| {
        let (entry, id) = entry.as_ref()?;
        let Some((base, base_id)) = first else { return Some(entry.clone()) };
        let alike =
            |a: &crate::compare::Indicator, b: &crate::compare::Indicator| a.id == b.id && a.formula == b.formula && a.unit == b.unit;
        let is_comparable = match (defined(0, base_id.as_ref()), defined(at, id.as_ref())) {
            (Some(a), Some(b)) => alike(a, b),
            (None, None) => true,
            _ => false,
        };
        Some(beside(entry, base, is_comparable))
    });
    Line {
        criterion: if let RowOf::Criterion(id, name) = row { Some((id.clone(), name.clone())) } else { None },
        indicator: indicator.as_ref().and_then(named),
        entries: entries.collect(),
    }
}

/// An entry with what it differs by from that of the first result.
fn beside(entry: &Entry, base: &Entry, is_comparable: bool) -> Entry {
    let change = entry.value.as_ref().zip(base.value.as_ref()).filter(|_| is_comparable).map(|(now, then)| now - then);
    let percent = change.as_ref().zip(base.value.as_ref()).and_then(|(change, then)| (change * &Exact::from(100)).checked_div(&then.abs()));
    let points_change = entry.points.as_ref().zip(base.points.as_ref()).map(|(now, then)| now - then);
    Entry { change, percent, points_change, is_comparable, ..entry.clone() }
}

/// A figure by itself, and the id of its indicator.
fn entry(book: &Book, unit: &Unit, row: &RowOf) -> Option<(Entry, Option<String>)> {
    match row {
        RowOf::Criterion(id, _) => {
            let at = book.criterion(id)?;
            let (criterion, figure) = (book.criteria.get(at)?, unit.figures.get(at)?);
            let measure = figure.measure.and_then(|at| unit.measures.get(at));
            let entry = of(book, figure, measure, Some(criterion.points.clone()));
            Some((entry, criterion.indicator.clone()))
        }
        RowOf::Indicator(id) => {
            let measure = unit.assessed(id)?;
            let figure = Figure { state: measure.state, shown: None, measure: None, points: None, is_judged: false };
            Some((of(book, &figure, Some(measure), None), Some(id.clone())))
        }
    }
}

fn of(book: &Book, figure: &Figure, measure: Option<&Measure>, full_points: Option<Exact>) -> Entry {
    let shape = measure.and_then(|measure| book.indicator(&measure.indicator)).map(|head| (head.unit.clone(), head.decimals));
    Entry {
        value: measure.and_then(|measure| measure.value.clone()),
        numerator: measure.and_then(|measure| measure.numerator.clone()),
        denominator: measure.and_then(|measure| measure.denominator.clone()),
        state: figure.state,
        shown: figure.shown.clone(),
        shape: shape.unwrap_or_default(),
        points: figure.points.clone(),
        full_points,
        change: None,
        percent: None,
        points_change: None,
        is_comparable: true,
    }
}
