//! What the columns of one table mean: organisation, period, items (DESIGN §3.1, SEMANTICS N6, D1).

use crate::code::Severity;
use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::cell::{Shape, Unit};
use crate::intake::source::{ColumnUse, ItemFrom, Layout, OrganisationFrom, PeriodFrom, Source, Vocabulary};
use crate::intake::table::{Column, Table};
use crate::intake::units::{self, Ledger, Stated};
use crate::period::Span;
use crate::registry::{OrgId, canonical_column};
use crate::text::{Shared, normalise};

mod cross;
mod headings;
mod names;
mod outside;
mod period;
mod unit;
mod wide;

pub(super) use names::Names;
pub(super) use outside::Outside;
pub use period::PeriodColumns;

/// The columns of a table, by what they mean.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// Columns that name the organisation, the code before the name.
    pub organisation: Vec<usize>,
    /// The organisation of all rows, where none is named in them.
    pub whose: Option<OrgId>,
    /// Where a row's period comes from.
    pub period: RowPeriod,
    /// The year that path, sheet or title name, for months without one.
    pub year: Option<i32>,
    /// Units that hold for the whole table.
    pub stated: Vec<Stated>,
    /// Columns of values.
    pub values: Values,
}

impl Mapping {
    /// The columns that say what a row is about: whose it is, of when, of what.
    pub fn labels(&self) -> Vec<usize> {
        let mut columns = self.organisation.clone();
        if let RowPeriod::Columns(period) = self.period {
            columns.extend(period.each());
        }
        if let Values::Long { item, unit, .. } = &self.values {
            columns.extend([*item].into_iter().chain(*unit));
        }
        columns
    }

    /// The columns of figures.
    pub fn figures(&self) -> Vec<usize> {
        match &self.values {
            Values::Wide(columns) => columns.iter().map(|column| column.index).collect(),
            Values::Long { values, .. } => values.iter().map(|column| column.index).collect(),
        }
    }
}

/// Where the period of a row comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowPeriod {
    /// Cells of the row.
    Columns(PeriodColumns),
    /// The same for all rows.
    Fixed(Span),
    /// Every value column carries its own.
    InHeaders,
}

/// Where the values stand.
#[derive(Debug, Clone)]
pub enum Values {
    /// One column per item.
    Wide(Vec<ValueColumn>),
    /// The item in a column, its values in others: one, or one per period.
    Long {
        /// Index of the item column.
        item: usize,
        /// Index of the column of units, where there is one.
        unit: Option<usize>,
        /// Columns of values.
        values: Vec<Plain>,
    },
}

/// A column of values whose item stands in the row.
#[derive(Debug, Clone)]
pub struct Plain {
    /// Position in the table.
    pub index: usize,
    /// Header as printed.
    pub header: Shared,
    /// Unit in the header.
    pub unit: Option<Unit>,
    /// The period the header names, in a crosstab.
    pub span: Option<Span>,
}

/// A column of values of one item.
#[derive(Debug, Clone)]
pub struct ValueColumn {
    /// Position in the table.
    pub index: usize,
    /// Header as printed.
    pub header: Shared,
    /// The item.
    pub item: ItemId,
    /// How its cells are read.
    pub shape: Shape,
    /// Its period, where the header or the mapping names one.
    pub span: Option<Span>,
}

const ORGANISATION: &[&str] = &["code", "name", "short_name"];
const ITEM: &[&str] = &["item", "项目", "指标", "指标名称", "项目名称", "统计项目"];
const VALUE: &[&str] = &["value", "数值", "值", "本期数"];

/// Works out the columns of a table. `None`: the organisation or the period cannot be found, and
/// the findings say so.
pub fn map(
    table: &Table,
    source: &Source,
    (vocabulary, whose): (&Vocabulary, Option<OrgId>),
    place: &Place,
    findings: &mut Vec<Finding>,
) -> Option<Mapping> {
    // The rows of a register are counted, not read as values.
    if matches!(source.layout, Layout::Records(_)) {
        return None;
    }
    let organisation = if whose.is_some() { Vec::new() } else { organisation_columns(table, source, place, findings)? };
    let mut used: Vec<usize> = organisation.clone();
    let period_columns = period::columns(table, &source.period, place, findings).ok()?;
    used.extend(period_columns.into_iter().flat_map(PeriodColumns::each));
    let outside = Outside::of(&table.titles, place);
    let stated = stated(table);
    let mut ledger = Ledger::new(stated.clone());
    let before = findings.len();
    let values = match &source.layout {
        Layout::Wide => Values::Wide(wide::columns(table, source, vocabulary, (&used, &mut ledger), place, findings)),
        Layout::Crosstab { item } => {
            cross::values(table, source, (item, vocabulary, outside.year()), (&mut used, &mut ledger), place, findings)?
        }
        // Forms and registers are read elsewhere.
        Layout::Form { .. } | Layout::Records(_) | Layout::Terms(_) => return None,
        Layout::Long { item, value } => {
            let (values, taken) = long_columns(table, item.as_deref(), value.as_deref(), place, findings)?;
            used.extend(taken);
            note_others(table, source, vocabulary, &used, place, findings);
            values
        }
    };
    let in_headers = match &values {
        Values::Wide(columns) => {
            ledger.report(place, findings);
            note_nothing(columns, table, place, before, findings)?;
            !columns.is_empty() && columns.iter().all(|column| column.span.is_some())
        }
        Values::Long { values, .. } => values.iter().all(|column| column.span.is_some()),
    };
    let year = outside.year();
    let period = match (&source.period, period_columns) {
        (_, Some(columns)) => RowPeriod::Columns(columns),
        (PeriodFrom::Fixed(span), _) => RowPeriod::Fixed(*span),
        (PeriodFrom::FileName, _) => RowPeriod::Fixed(outside.path.or_else(|| no_period(place, findings))?),
        _ if in_headers => RowPeriod::InHeaders,
        _ => RowPeriod::Fixed(outside.settle(place, findings)?),
    };
    Some(Mapping { organisation, whose, period, year, stated, values })
}

fn no_period(place: &Place, findings: &mut Vec<Finding>) -> Option<Span> {
    findings.push(Finding::new(&codes::NO_PERIOD, place.clone()));
    None
}

/// The units stated above the table, or among its column names in a cell of their own.
fn stated(table: &Table) -> Vec<Stated> {
    let mut stated = units::stated(&table.titles);
    let line = table.titles.last().map_or(1, |top| top.line + 1);
    let is_statement =
        |header: &str| ["单位", "计量单位", "金额单位"].iter().any(|word| header.starts_with(word)) && header.contains([':', '\u{ff1a}']);
    for column in table.columns.iter().filter(|column| is_statement(&column.header)) {
        stated.extend(units::in_text(&column.header, None).into_iter().map(|(written, unit)| Stated { written, unit, line }));
    }
    stated
}

/// A table of which nothing is known is lost as a whole [S6]; `None` for one, unless its loss was said already.
fn note_nothing(columns: &[ValueColumn], table: &Table, place: &Place, before: usize, findings: &mut Vec<Finding>) -> Option<()> {
    let is_said = findings.iter().skip(before).any(|finding| finding.severity() == Severity::Error);
    if columns.is_empty() && !is_said {
        findings.push(Finding::new(&codes::NOTHING_KNOWN, place.clone()).with("headers", headers(table)));
        return None;
    }
    Some(())
}

/// True for names that describe organisations and nothing else, as those of a list of them do.
pub fn is_list_of_organisations<'h>(mut headers: impl Iterator<Item = &'h str>) -> bool {
    headers.all(|header| {
        let canonical = canonical_column(header);
        ORGANISATION.contains(&canonical.as_str()) || canonical != header.trim() || DESCRIPTIVE.contains(&normalise(header).as_str())
    })
}

/// The columns of a row of names that label what a row is about, if it has what a table must have.
pub fn labels(cells: &[String], source: &Source) -> Option<Vec<usize>> {
    let find = |wanted: &str| cells.iter().position(|cell| normalise(cell) == wanted);
    let mut must: Vec<&str> = Vec::new();
    match &source.period {
        PeriodFrom::Column(header) => must.push(header),
        PeriodFrom::Parts { year, part, .. } => must.extend([year.as_str(), part.as_str()]),
        _ => {}
    }
    match &source.layout {
        Layout::Long { item, value } => must.extend(item.as_deref().into_iter().chain(value.as_deref())),
        Layout::Crosstab { item: ItemFrom::Column(header) } => must.push(header),
        _ => {}
    }
    let has_all = must.iter().all(|header| find(&normalise(header)).is_some());
    let found: Vec<usize> = match &source.organisation {
        OrganisationFrom::Column(header) => find(&normalise(header)).into_iter().collect(),
        OrganisationFrom::Find => by_usual_name(cells.iter().map(String::as_str)),
        // The rows do not name it: their items or periods must be named.
        _ if must.is_empty() => cells.iter().position(|cell| ITEM.contains(&normalise(cell).as_str())).into_iter().collect(),
        _ => must.iter().filter_map(|header| find(&normalise(header))).collect(),
    };
    let is_row_of_names = cells.iter().filter(|cell| !cell.is_empty()).count() > 1;
    (has_all && is_row_of_names && !found.is_empty()).then_some(found)
}

/// Where the usual names of columns that name an organisation stand, the code before the name.
fn by_usual_name<'h>(headers: impl Iterator<Item = &'h str>) -> Vec<usize> {
    let canonical: Vec<String> = headers.map(canonical_column).collect();
    ORGANISATION.iter().filter_map(|wanted| canonical.iter().position(|header| header == wanted)).collect()
}

fn organisation_columns(table: &Table, source: &Source, place: &Place, findings: &mut Vec<Finding>) -> Option<Vec<usize>> {
    let usual = by_usual_name(table.columns.iter().map(|column| &*column.header));
    let mut found: Vec<usize> = usual.into_iter().filter_map(|at| Some(table.columns.get(at)?.index)).collect();
    if let OrganisationFrom::Column(header) = &source.organisation {
        let stated = named(table, header, place, findings)?;
        // Names beside it are compared with it, and serve where it is blank [D3].
        let behind = found.iter().position(|index| *index == stated).map_or(0, |at| at + 1);
        found = std::iter::once(stated).chain(found.split_off(behind)).collect();
    }
    if found.is_empty() {
        findings.push(Finding::new(&codes::NO_ORGANISATION_COLUMN, place.clone()).with("headers", headers(table)));
        return None;
    }
    Some(found)
}

fn named(table: &Table, header: &str, place: &Place, findings: &mut Vec<Finding>) -> Option<usize> {
    let wanted = normalise(header);
    let found = table.columns.iter().find(|column| normalise(&column.header) == wanted).map(|column| column.index);
    if found.is_none() {
        let nearest = crate::text::nearest(header, table.columns.iter().map(|column| column.header.as_str()));
        let finding = Finding::new(&codes::NO_SUCH_COLUMN, place.clone()).with("header", header).with("headers", headers(table));
        findings.push(finding.suggest(nearest));
    }
    found
}

fn usual(table: &Table, names: &[&str]) -> Option<usize> {
    table.columns.iter().find(|column| names.contains(&normalise(&column.header).as_str())).map(|column| column.index)
}

fn headers(table: &Table) -> String {
    table.columns.iter().map(|column| column.header.as_str()).collect::<Vec<_>>().join(" · ")
}

fn long_columns(
    table: &Table,
    item: Option<&str>,
    value: Option<&str>,
    place: &Place,
    findings: &mut Vec<Finding>,
) -> Option<(Values, Vec<usize>)> {
    let mut column = |written: Option<&str>, names: &[&str]| match written {
        Some(header) => named(table, header, place, findings),
        None => usual(table, names).or_else(|| named(table, names.first()?, place, findings)),
    };
    let (item, value) = (column(item, ITEM), column(value, VALUE));
    let (item, value) = (item?, value?);
    let column = table.columns.iter().find(|column| column.index == value)?;
    let own = match unit::own(column) {
        Ok(unit) => unit,
        Err(units) => {
            findings.push(two_units(column, &units, &Place { column: Some(column.header.clone()), ..place.clone() }));
            return None;
        }
    };
    let unit = usual(table, UNITS).filter(|index| ![item, value].contains(index));
    let values = vec![Plain { index: value, header: column.header.clone(), unit: own, span: None }];
    Some((Values::Long { item, unit, values }, [item, value].into_iter().chain(unit).collect()))
}

fn two_units(column: &Column, units: &unit::TwoUnits, place: &Place) -> Finding {
    let finding = Finding::new(&codes::TWO_UNITS, place.clone()).with("header", column.header.clone());
    finding.with("one", units.0.clone()).with("other", units.1.clone())
}

/// Columns of a long table that are none of its four.
fn note_others(table: &Table, source: &Source, vocabulary: &Vocabulary, used: &[usize], place: &Place, findings: &mut Vec<Finding>) {
    let is_other = |column: &&Column| {
        let is_skipped = source.columns.get(&normalise(&column.header)) == Some(&ColumnUse::Skip);
        !used.contains(&column.index) && !is_skipped && !ORGANISATION.contains(&canonical_column(&column.header).as_str())
    };
    findings.extend(table.columns.iter().filter(is_other).map(|column| unknown_column(column, vocabulary, place)));
}

/// How cells of an item are read under a header unit.
pub fn shape(vocabulary: &Vocabulary, item: ItemId, unit: Option<Unit>) -> Shape {
    let item = vocabulary.catalogue.item(item);
    let percent = item.unit == "%";
    let multiplier_power = unit.map_or(0, Unit::power);
    Shape { decimals: item.decimals, multiplier_power, percent }
}

/// A column of the registry (name, tier, address) is known not to hold figures; one whose name looks
/// like an item's may be a figure that is lost [S6].
fn unknown_column(column: &Column, vocabulary: &Vocabulary, place: &Place) -> Finding {
    let place = Place { column: Some(column.header.clone()), ..place.clone() };
    if UNITS.contains(&normalise(&column.header).as_str()) {
        return Finding::new(&codes::UNIT_COLUMN, place).with("header", column.header.clone());
    }
    if is_comparison(&column.header) && vocabulary.find(&column.header).is_none() {
        return Finding::new(&codes::COMPARISON, place).with("count", "1").with("headers", column.header.clone());
    }
    let describes = canonical_column(&column.header) != column.header.trim() || DESCRIPTIVE.contains(&normalise(&column.header).as_str());
    let near = if describes { Vec::new() } else { vocabulary.nearest(&column.header) };
    let code = match (describes, near.is_empty()) {
        (true, _) => &codes::DESCRIPTIVE_COLUMN,
        (false, true) => &codes::OTHER_COLUMN,
        (false, false) => &codes::UNKNOWN_COLUMN,
    };
    Finding::new(code, place).with("header", column.header.clone()).suggest(near)
}

/// A column that compares two others.
fn is_comparison(header: &str) -> bool {
    ["增减", "同比", "环比", "增长", "增幅", "比上年", "较上年", "较去年"].iter().any(|word| header.contains(word))
}

const UNITS: &[&str] = &["单位", "计量单位", "数量单位", "unit"];
const DESCRIPTIVE: &[&str] = &[
    "code",
    "name",
    "tier",
    "kind",
    "role",
    "consortium",
    "district",
    "city",
    "county",
    "序号",
    "备注",
    "填表人",
    "联系电话",
    "负责人",
    "单位负责人",
    "统计负责人",
    "报出日期",
    "地址",
    "详细地址",
];
