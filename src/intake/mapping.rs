//! What the columns of one table mean: organisation, period, items (DESIGN §3.1, SEMANTICS N6, D1).

use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::cell::{Measured, Shape, Unit, header_unit, measured_in};
use crate::intake::period_text;
use crate::intake::source::{ColumnUse, Layout, PeriodFrom, Source, Vocabulary};
use crate::intake::table::{Column, Table};
use crate::period::Span;
use crate::registry::canonical_column;
use crate::text::normalise;

mod period;

pub use period::PeriodColumns;

/// The columns of a table, by what they mean.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// Columns that name the organisation, the code before the name.
    pub organisation: Vec<usize>,
    /// Where a row's period comes from.
    pub period: RowPeriod,
    /// Columns of values.
    pub values: Values,
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
    /// Item and value in a column each.
    Long {
        /// Index of the item column.
        item: usize,
        /// Index of the value column.
        value: usize,
        /// Header of the value column.
        header: String,
        /// Power of ten in the header of the value column.
        power: Option<Unit>,
    },
}

/// A column of values of one item.
#[derive(Debug, Clone)]
pub struct ValueColumn {
    /// Position in the table.
    pub index: usize,
    /// Header as printed.
    pub header: String,
    /// The item.
    pub item: ItemId,
    /// How its cells are read.
    pub shape: Shape,
    /// Its period, where the header or the mapping names one.
    pub span: Option<Span>,
    /// True if the item was found by the lower names of a header of several rows alone.
    pub by_part: bool,
}

const ORGANISATION: &[&str] = &["code", "name", "short_name"];
const ITEM: &[&str] = &["item", "项目", "指标", "指标名称", "项目名称", "统计项目"];
const VALUE: &[&str] = &["value", "数值", "值", "本期数"];

/// Works out the columns of a table. `None`: the organisation or the period cannot be found, and
/// the findings say so.
pub fn map(table: &Table, source: &Source, vocabulary: &Vocabulary, place: &Place, findings: &mut Vec<Finding>) -> Option<Mapping> {
    let organisation = organisation_columns(table, source, place, findings)?;
    let mut used: Vec<usize> = organisation.clone();
    let period_columns = period::columns(table, &source.period, place, findings).ok()?;
    used.extend(period_columns.iter().flat_map(|columns| columns.year.into_iter().chain([columns.column])));
    let values = match &source.layout {
        Layout::Wide => Values::Wide(wide_columns(table, source, vocabulary, &used, place, findings)),
        Layout::Long { item, value } => {
            let (values, taken) = long_columns(table, item.as_deref(), value.as_deref(), place, findings)?;
            used.extend(taken);
            note_others(table, source, vocabulary, &used, place, findings);
            values
        }
    };
    let in_path = || place.file.as_deref().and_then(period_text::find_in_path).map(|written| RowPeriod::Fixed(written.span));
    let in_headers = matches!(&values, Values::Wide(columns) if !columns.is_empty() && columns.iter().all(|column| column.span.is_some()));
    let period = match (&source.period, period_columns) {
        (_, Some(columns)) => Some(RowPeriod::Columns(columns)),
        (PeriodFrom::Fixed(span), _) => Some(RowPeriod::Fixed(*span)),
        (PeriodFrom::FileName, _) => in_path(),
        _ if in_headers => Some(RowPeriod::InHeaders),
        _ => in_path(),
    };
    let Some(period) = period else {
        findings.push(Finding::new(&codes::NO_PERIOD, place.clone()));
        return None;
    };
    Some(Mapping { organisation, period, values })
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
    if let Layout::Long { item, value } = &source.layout {
        must.extend(item.as_deref().into_iter().chain(value.as_deref()));
    }
    let has_all = must.iter().all(|header| find(&normalise(header)).is_some());
    let by_name = |wanted: &&str| cells.iter().position(|cell| canonical_column(cell) == **wanted);
    let found: Vec<usize> = if let Some(header) = &source.organisation {
        find(&normalise(header)).into_iter().collect()
    } else {
        ORGANISATION.iter().filter_map(by_name).collect()
    };
    let is_row_of_names = cells.iter().filter(|cell| !cell.is_empty()).count() > 1;
    (has_all && is_row_of_names && !found.is_empty()).then_some(found)
}

fn organisation_columns(table: &Table, source: &Source, place: &Place, findings: &mut Vec<Finding>) -> Option<Vec<usize>> {
    let by_name =
        |wanted: &&str| table.columns.iter().find(|column| canonical_column(&column.header) == **wanted).map(|column| column.index);
    let mut found: Vec<usize> = ORGANISATION.iter().filter_map(by_name).collect();
    if let Some(header) = &source.organisation {
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
) -> Option<(Values, [usize; 2])> {
    let mut column = |written: Option<&str>, names: &[&str]| match written {
        Some(header) => named(table, header, place, findings),
        None => usual(table, names).or_else(|| named(table, names.first()?, place, findings)),
    };
    let (item, value) = (column(item, ITEM), column(value, VALUE));
    let (item, value) = (item?, value?);
    let header = table.columns.iter().find(|column| column.index == value).map(|column| column.header.clone()).unwrap_or_default();
    let power = header_unit(&header).unit;
    Some((Values::Long { item, value, header, power }, [item, value]))
}

/// Columns of a long table that are none of its four.
fn note_others(table: &Table, source: &Source, vocabulary: &Vocabulary, used: &[usize], place: &Place, findings: &mut Vec<Finding>) {
    let is_other = |column: &&Column| {
        let is_skipped = source.columns.get(&normalise(&column.header)) == Some(&ColumnUse::Skip);
        !used.contains(&column.index) && !is_skipped && !ORGANISATION.contains(&canonical_column(&column.header).as_str())
    };
    findings.extend(table.columns.iter().filter(is_other).map(|column| unknown_column(column, vocabulary, place)));
}

fn wide_columns(
    table: &Table,
    source: &Source,
    vocabulary: &Vocabulary,
    used: &[usize],
    place: &Place,
    findings: &mut Vec<Finding>,
) -> Vec<ValueColumn> {
    let mut columns = Vec::new();
    for column in table.columns.iter().filter(|column| !used.contains(&column.index)) {
        match value_column(column, source, vocabulary) {
            Meaning::Value(found) => {
                findings.extend(other_unit(&found, vocabulary, place));
                columns.push(found);
            }
            Meaning::Skipped => {}
            // The name beside the code says nothing new.
            Meaning::Unknown if ORGANISATION.contains(&canonical_column(&column.header).as_str()) => {}
            Meaning::Unknown => findings.push(unknown_column(column, vocabulary, place)),
        }
    }
    settle_ambiguous(columns, vocabulary, place, findings)
}

/// Under a header of several rows a column may be known by its lower names alone, if no other is [S6].
fn settle_ambiguous(columns: Vec<ValueColumn>, vocabulary: &Vocabulary, place: &Place, findings: &mut Vec<Finding>) -> Vec<ValueColumn> {
    let is_twin = |one: &ValueColumn, other: &ValueColumn| one.item == other.item && one.span == other.span && one.index != other.index;
    let twins =
        |one: &ValueColumn| columns.iter().filter(|other| is_twin(one, other)).map(|other| other.header.as_str()).collect::<Vec<_>>();
    let is_doubtful = |column: &&ValueColumn| column.by_part && !twins(column).is_empty();
    for column in columns.iter().filter(is_doubtful) {
        let item = vocabulary.catalogue.item(column.item);
        let headers = std::iter::once(column.header.as_str()).chain(twins(column)).map(|header| format!("`{header}`")).collect::<Vec<_>>();
        let place = Place { column: Some(column.header.clone()), item: Some(item.id.clone()), ..place.clone() };
        let finding = Finding::new(&codes::AMBIGUOUS_HEADER, place).with("headers", headers.join(" · "));
        findings.push(finding.with("item", item.name.clone()));
    }
    let doubtful: Vec<usize> = columns.iter().filter(is_doubtful).map(|column| column.index).collect();
    columns.into_iter().filter(|column| !doubtful.contains(&column.index)).collect()
}

enum Meaning {
    Value(ValueColumn),
    Skipped,
    Unknown,
}

/// The explicit map wins; else id, name or alias, of the header as a whole, without its unit, and
/// without a period it carries; of a header of several rows then its lower names.
fn value_column(column: &Column, source: &Source, vocabulary: &Vocabulary) -> Meaning {
    let names = Names::of(column);
    let unit = header_unit(&column.header);
    let found = |item: ItemId, span: Option<Span>, by_part: bool| {
        let shape = shape(vocabulary, item, unit.unit);
        Meaning::Value(ValueColumn { index: column.index, header: column.header.clone(), item, shape, span, by_part })
    };
    let in_header = period_text::find_in(&column.header);
    let mapped = names.spellings.iter().find_map(|(name, by_part)| Some((source.columns.get(&normalise(name))?, *by_part)));
    match mapped {
        Some((ColumnUse::Skip, _)) => return Meaning::Skipped,
        Some((ColumnUse::Item(item, span), by_part)) => {
            let span = span.or(names.span).or(in_header.map(|found| found.written.span));
            return found(*item, span, by_part);
        }
        None => {}
    }
    let plain = |text: &str| {
        let text = strip_of_which(text);
        vocabulary.find(text).or_else(|| vocabulary.find(header_unit(text).base))
    };
    if let Some((item, by_part)) = names.spellings.iter().find_map(|(name, by_part)| Some((plain(name)?, *by_part))) {
        return found(item, names.span, by_part);
    }
    match in_header.and_then(|header| Some((plain(header.rest.trim_matches('/'))?, header.written.span))) {
        Some((item, span)) => found(item, Some(span), false),
        None => Meaning::Unknown,
    }
}

/// What a header may be called in `[source.columns]`.
pub(super) fn spellings(column: &Column) -> Vec<(String, bool)> {
    Names::of(column).spellings
}

/// What a header may be called, and the period that one of its rows is.
struct Names {
    /// The likely ones first; true where names above were left out.
    spellings: Vec<(String, bool)>,
    span: Option<Span>,
}

impl Names {
    fn of(column: &Column) -> Self {
        if column.levels.len() < 2 {
            return Self { spellings: vec![(column.header.clone(), false)], span: None };
        }
        let period = |name: &String| period_text::parse(name, None).map(|written| written.span);
        let span = column.levels.iter().find_map(period);
        let levels: Vec<&str> = column.levels.iter().filter(|name| period(name).is_none()).map(String::as_str).collect();
        let mut spellings = vec![(column.header.clone(), false)];
        for from in 0..levels.len() {
            let part = levels.get(from..).unwrap_or_default();
            spellings.extend([(part.join("/"), from > 0), (part.concat(), from > 0)]);
        }
        Self { spellings, span }
    }
}

/// "其中:急诊人次数" is the item 急诊人次数.
fn strip_of_which(header: &str) -> &str {
    let rest = header.trim().strip_prefix("其中").map_or(header.trim(), |rest| rest.trim_start_matches([':', '\u{ff1a}', ' ']));
    rest.trim_start_matches('#')
}

/// A header whose unit is of another kind than its item's: an amount over persons, a share over a count.
fn other_unit(column: &ValueColumn, vocabulary: &Vocabulary, place: &Place) -> Option<Finding> {
    let written = measured_in(&column.header)?;
    let item = vocabulary.catalogue.item(column.item);
    let expected = match item.unit.as_str() {
        "yuan" => Measured::Money,
        "%" => Measured::Share,
        // Points may be of anything.
        "point" => return None,
        _ => Measured::Count,
    };
    (written != expected).then(|| {
        let place = Place { column: Some(column.header.clone()), item: Some(item.id.clone()), ..place.clone() };
        let finding = Finding::new(&codes::HEADER_UNIT, place).with("header", column.header.clone());
        finding.with("item", item.name.clone()).with("unit", crate::catalogue::unit_word(&item.unit))
    })
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
    let describes = canonical_column(&column.header) != column.header.trim() || DESCRIPTIVE.contains(&normalise(&column.header).as_str());
    let near = if describes { Vec::new() } else { vocabulary.nearest(&column.header) };
    let code = match (describes, near.is_empty()) {
        (true, _) => &codes::DESCRIPTIVE_COLUMN,
        (false, true) => &codes::OTHER_COLUMN,
        (false, false) => &codes::UNKNOWN_COLUMN,
    };
    Finding::new(code, place).with("header", column.header.clone()).suggest(near)
}

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
