//! `[[source]]` as written: where data lie and how their columns are read.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, SeqAccess, Unexpected, Visitor};

use super::located::{Entries, Located, Words};
use super::records::{Matched, RecordItem};
use super::rule::Empty;
pub use crate::dataset::Prefer;

/// A file of data, or several of one shape.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Path from the assessment file, with `*`, `?` and `**`: CSV, TSV, XLSX, XLS, ODS.
    pub path: Words,
    /// `wide`, `long`, `crosstab`, `form` or `records`; `wide` if absent.
    pub layout: Option<Located<Layout>>,
    /// `auto`, `utf-8`, `utf-16` or `gb18030`; `auto` if absent.
    pub encoding: Option<Words>,
    /// The character between columns; told from the file if absent.
    pub delimiter: Option<Words>,
    /// The sheet of a workbook, by name, `*` and `?` allowed; every sheet that is not hidden if absent.
    pub sheet: Option<Words>,
    /// The row of the column names, counted from 1, or `[first, last]` of several; found if absent.
    pub header: Option<Located<HeaderRows>>,
    /// Where the period of a row stands; a column of that name if absent.
    pub period: Option<Located<PeriodSource>>,
    /// `true`: a row for a month covers January to that month [T5].
    pub cumulative: Option<Located<bool>>,
    /// Where the organisation stands: `{ column }`, `{ value }`, `{ file_name }`, in a form `{ cell }` or `{ label }`.
    pub organisation: Option<Located<Spot>>,
    /// The column that names the item, in a long layout or a crosstab; of a crosstab of one item `{ value }`.
    pub item: Option<Located<Spot>>,
    /// The column of the value, in a long layout.
    pub value: Option<ColumnName>,
    /// What columns mean, by header, where names and aliases do not say it.
    #[serde(default)]
    pub columns: Entries<Located<ColumnTarget>>,
    /// Where the values of items stand in a form, by item: an address, `"C5"`, or the label beside the value.
    #[serde(default)]
    pub cells: Entries<Words>,
    /// Codes of organisations, by the label a row bears.
    #[serde(default)]
    pub rows: Entries<Words>,
    /// Rows that are totals of others.
    #[serde(default)]
    pub totals: Vec<Located<TotalRow>>,
    /// `self` or `verified`: the latter counts, both are shown; `self` if absent.
    pub stage: Option<Located<Stage>>,
    /// The date it was received, `"2026-01-20"`; the manifest holds it.
    pub received: Option<Words>,
    /// The date by which it was to be received: what came later is warned of.
    pub due: Option<Words>,
    /// Where a value read before differs: `first` keeps that one, `latest` takes this source's. Without it both are
    /// rejected [D2].
    pub prefer: Option<Located<Prefer>>,
    /// The columns that tell records from each other, in a register of records.
    #[serde(default)]
    pub key: Vec<Words>,
    /// The months that a register holds in full, `"2025"`: who has no row in them has 0.
    pub covers: Option<Words>,
    /// What a record needs on the other side.
    pub matched: Option<Located<Matched>>,
    /// The items that the rows of a register are counted as.
    #[serde(default)]
    pub items: Vec<Located<RecordItem>>,
}

/// How a table is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// A row per organisation and period, a column per item.
    Wide,
    /// A row per value: organisation, period, item, value.
    Long,
    /// A row per organisation and item, a column per period.
    Crosstab,
    /// A sheet per organisation: labels with values beside them.
    Form,
    /// A row per referral, visit, discharge or follow-up, counted and summed into items.
    Records,
}

/// Where something stands that holds for a row or a whole file. One key.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spot {
    /// In the column with this header.
    pub column: Option<Words>,
    /// It is this one.
    pub value: Option<Words>,
    /// `{}`: in the name of the file.
    pub file_name: Option<Empty>,
    /// In this cell, `"B2"`, of a form.
    pub cell: Option<Words>,
    /// Beside this label of a form.
    pub label: Option<Words>,
}

/// The rows of the column names: one number, or the first and the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeaderRows {
    /// The first, from 1.
    pub first: u32,
    /// The last.
    pub last: u32,
}

struct HeaderRowsVisitor;

impl<'de> Visitor<'de> for HeaderRowsVisitor {
    type Value = HeaderRows;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a row number or [first, last]")
    }

    fn visit_i64<E: Error>(self, row: i64) -> Result<HeaderRows, E> {
        let row = u32::try_from(row).ok().filter(|row| *row > 0);
        row.map(|row| HeaderRows { first: row, last: row }).ok_or_else(|| E::invalid_value(Unexpected::Other("a number"), &self))
    }

    fn visit_u64<E: Error>(self, row: u64) -> Result<HeaderRows, E> {
        self.visit_i64(i64::try_from(row).unwrap_or(0))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<HeaderRows, A::Error> {
        let both = (rows.next_element::<u32>()?, rows.next_element::<u32>()?, rows.next_element::<u32>()?);
        match both {
            (Some(first), Some(last), None) if first > 0 && first <= last => Ok(HeaderRows { first, last }),
            _ => Err(A::Error::invalid_value(Unexpected::Seq, &self)),
        }
    }
}

impl<'de> Deserialize<'de> for HeaderRows {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(HeaderRowsVisitor)
    }
}

impl JsonSchema for HeaderRows {
    fn schema_name() -> Cow<'static, str> {
        "HeaderRows".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let row = serde_json::json!({ "type": "integer", "minimum": 1 });
        schemars::json_schema!({
            "description": "The row of the column names, from 1, or the first and the last of several.",
            "anyOf": [row, { "type": "array", "items": row, "minItems": 2, "maxItems": 2 }]
        })
    }
}

/// Where the period of a row stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeriodSource {
    /// In the column with this header.
    Column(Words),
    /// In a column of years and one of months or quarters.
    Parts {
        /// The column of years.
        year: Words,
        /// The column of months or quarters.
        part: Words,
        /// Which of them.
        counts: YearPart,
    },
    /// It is this one for all rows, `"2025"`.
    Value(Words),
    /// In the name of the file.
    FileName(Empty),
    /// In this cell of a form.
    Cell(Words),
    /// Beside this label of a form.
    Label(Words),
}

/// What stands beside a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearPart {
    /// A month.
    Month,
    /// A quarter.
    Quarter,
}

/// Where the period of a row stands: one of `column`, `value`, `file_name`, or `year` with `month` or `quarter`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PeriodTable {
    /// The column with this header.
    column: Option<Words>,
    /// The period of all rows, `"2025"`.
    value: Option<Words>,
    /// `{}`: the name of the file says it.
    file_name: Option<Empty>,
    /// The column of years.
    year: Option<Words>,
    /// The column of months, beside `year`.
    month: Option<Words>,
    /// The column of quarters, beside `year`.
    quarter: Option<Words>,
    /// The cell of a form, `"B3"`.
    cell: Option<Words>,
    /// The label of a form.
    label: Option<Words>,
}

const PERIOD_FORMS: &str = "{ column }, { value }, { file_name }, { year, month } or { year, quarter }";

impl<'de> Deserialize<'de> for PeriodSource {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let table = PeriodTable::deserialize(deserializer)?;
        match (&table, table.cell.clone(), table.label.clone()) {
            (_, None, None) => {}
            (PeriodTable { column: None, value: None, file_name: None, year: None, month: None, quarter: None, .. }, cell, label) => {
                return match (cell, label) {
                    (Some(cell), None) => Ok(Self::Cell(cell)),
                    (None, Some(label)) => Ok(Self::Label(label)),
                    _ => Err(D::Error::invalid_value(Unexpected::Map, &PERIOD_FORMS)),
                };
            }
            _ => return Err(D::Error::invalid_value(Unexpected::Map, &PERIOD_FORMS)),
        }
        match (table.column, table.value, table.file_name, table.year, table.month, table.quarter) {
            (Some(column), None, None, None, None, None) => Ok(Self::Column(column)),
            (None, Some(value), None, None, None, None) => Ok(Self::Value(value)),
            (None, None, Some(empty), None, None, None) => Ok(Self::FileName(empty)),
            (None, None, None, Some(year), Some(part), None) => Ok(Self::Parts { year, part, counts: YearPart::Month }),
            (None, None, None, Some(year), None, Some(part)) => Ok(Self::Parts { year, part, counts: YearPart::Quarter }),
            _ => Err(D::Error::invalid_value(Unexpected::Map, &PERIOD_FORMS)),
        }
    }
}

impl JsonSchema for PeriodSource {
    fn schema_name() -> Cow<'static, str> {
        "PeriodSource".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        PeriodTable::json_schema(generator)
    }
}

/// A column, by its header.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnName {
    /// The header.
    pub column: Words,
}

/// Which figures are checked ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// As the institution reported them.
    #[serde(rename = "self")]
    SelfReported,
    /// As verified.
    Verified,
}

/// A row that is the total of others.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TotalRow {
    /// Label of the total row.
    pub row: Words,
    /// Labels of the rows it adds up.
    pub parts: Vec<Words>,
}

/// What a column means: an item's id, `{ item, period }`, or `{ skip = true }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnTarget {
    /// The values of an item; those of one period where it is named.
    Item {
        /// Id of the item.
        item: Words,
        /// The period all values of the column belong to.
        period: Option<Words>,
    },
    /// Nothing that is used.
    Skip,
}

/// A column as a table.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ColumnTable {
    /// Id of the item.
    item: Option<Words>,
    /// The period all values of the column belong to.
    period: Option<Words>,
    /// `true`: the column is not used.
    skip: Option<bool>,
}

enum WordOrTable {
    Word(String),
    Table(ColumnTable),
}

impl<'de> Deserialize<'de> for ColumnTarget {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Located { value, span } = Located::<WordOrTable>::deserialize(deserializer)?;
        match value {
            WordOrTable::Word(item) => Ok(Self::Item { item: Located { value: item, span }, period: None }),
            WordOrTable::Table(ColumnTable { item: Some(item), period, skip: None | Some(false) }) => Ok(Self::Item { item, period }),
            WordOrTable::Table(ColumnTable { item: None, period: None, skip: Some(true) }) => Ok(Self::Skip),
            WordOrTable::Table(_) => Err(D::Error::invalid_value(Unexpected::Map, &WordOrTableVisitor)),
        }
    }
}

impl<'de> Deserialize<'de> for WordOrTable {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WordOrTableVisitor)
    }
}

struct WordOrTableVisitor;

impl<'de> Visitor<'de> for WordOrTableVisitor {
    type Value = WordOrTable;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an item, { item, period } or { skip = true }")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<WordOrTable, E> {
        Ok(WordOrTable::Word(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<WordOrTable, A::Error> {
        ColumnTable::deserialize(MapAccessDeserializer::new(map)).map(WordOrTable::Table)
    }
}

impl JsonSchema for ColumnTarget {
    fn schema_name() -> Cow<'static, str> {
        "ColumnTarget".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<ColumnTable>();
        schemars::json_schema!({
            "description": "What a column means: an item's id, { item, period }, or { skip = true }.",
            "anyOf": [{ "type": "string" }, table]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::{AssessmentFile, read};
    use crate::diagnostic::SourceFile;
    use crate::text::Lang;

    const HEAD: &str =
        "title = \"T\"\nperiod = \"2025\"\ncriteria = \"c.toml\"\n[organisations]\npath = \"o.csv\"\n[[source]]\npath = \"s.csv\"\n";

    #[test]
    fn a_column_is_an_item_one_of_a_period_or_skipped() {
        let text = format!(
            "{HEAD}columns = {{ \"甲\" = \"visits\", \"乙\" = {{ item = \"visits\", period = \"2024\" }}, \"丙\" = {{ skip = true }} }}\n"
        );
        let (content, found) = read::<AssessmentFile>(&SourceFile::new("a.toml", &*text));
        assert_eq!(found, []);
        let columns = content.and_then(|content| Some(content.source.first()?.value.columns.clone())).unwrap_or_default();
        let shown: Vec<String> = columns
            .iter()
            .map(|(header, target)| match &target.value {
                ColumnTarget::Item { item, period } => {
                    format!("{}: {} {}", header.value, item.value, period.as_ref().map_or("", |period| &period.value))
                }
                ColumnTarget::Skip => format!("{}: -", header.value),
            })
            .collect();
        assert_eq!(shown, ["甲: visits ", "乙: visits 2024", "丙: -"]);
        let Some(ColumnTarget::Item { item, .. }) = columns.get("甲").map(|target| &target.value) else { panic!("no item") };
        assert_eq!(text.get(item.span.clone()), Some("\"visits\""));
    }

    #[test]
    fn a_column_that_is_skipped_and_used_is_refused() {
        let text =
            format!("{HEAD}columns = {{ \"甲\" = {{ item = \"visits\", skip = true }}, \"乙\" = {{ itm = \"visits\" }}, \"丙\" = 1 }}\n");
        let (_, found) = read::<AssessmentFile>(&SourceFile::new("a.toml", text));
        let said: Vec<String> = found.iter().map(|one| one.message.render(Lang::En)).collect();
        assert_eq!(
            said,
            [
                "expected an item, { item, period } or { skip = true }, found a table",
                "`itm` is not a key of this table",
                "expected an item, { item, period } or { skip = true }, found the number 1"
            ]
        );
    }
}
