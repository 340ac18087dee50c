//! What of a source is pushed: the columns that intake would read, or why they cannot be read by a database.

use std::sync::Arc;

use super::number::Reading;
use super::register::Register;
use super::values::{Cells, Figure, Values, When, Whose};
use crate::assessment::Assessment;
use crate::code::Severity;
use crate::diagnostic::Diagnostic;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::cell::{Unit, header_unit};
use crate::intake::mapping::{self, Mapping, Plain, RowPeriod};
use crate::intake::open::{Content, Opened, with_tables};
use crate::intake::records::{self, Matched, Records};
use crate::intake::rows::Known;
use crate::intake::source::{ColumnUse, DataFile, Layout, OrganisationFrom, PeriodFrom, Source, Vocabulary};
use crate::intake::table::Table;
use crate::intake::units;
use crate::intake::workbook::is_named_as_workbook;
use crate::text::{Lang, Text, normalise};

/// A source that can be written as SQL.
pub(super) enum Pushed<'a> {
    /// Figures.
    Values(Values),
    /// Records.
    Register(Register<'a>),
}

/// Why a source cannot be pushed.
#[derive(Debug)]
pub(super) enum Refusal {
    /// It says something that SQL cannot.
    Reason(Text),
    /// A file is no table at all.
    Unreadable(Diagnostic),
}

fn reason(zh: impl Into<String>, en: impl Into<String>) -> Refusal {
    Refusal::Reason(Text::new(zh, en))
}

/// What of a source is pushed.
///
/// # Errors
/// The first thing that a database cannot read as intake does.
pub(super) fn pushed<'a>(
    source: &Source,
    assessment: &'a Assessment,
    vocabulary: &Vocabulary,
    findings: &mut Vec<Finding>,
) -> Result<Pushed<'a>, Refusal> {
    refuse_layout(source)?;
    let known = Known { registry: &assessment.registry, vocabulary };
    if let Layout::Records(records) = &source.layout {
        let columns = one(own_files(source, records), source, known, findings, |table, opened, findings| {
            records::headers(table, records, &opened.place, findings).ok_or_else(|| unknown_columns(&opened.place, findings))
        })?;
        let (registry, catalogue) = (&assessment.registry, &assessment.catalogue);
        return Ok(Pushed::Register(Register { records: Arc::clone(records), columns, registry, catalogue }));
    }
    let read = |table: &Table, opened: &Opened, findings: &mut Vec<Finding>| match &opened.content {
        Content::Table(_, Some(mapping)) => values(table, mapping, source, known),
        _ => Err(unknown_columns(&opened.place, findings)),
    };
    one(&source.files, source, known, findings, read).map(Pushed::Values)
}

/// What was said of a file whose columns were not found.
fn unknown_columns(place: &Place, findings: &[Finding]) -> Refusal {
    let said = findings.iter().rfind(|finding| finding.severity() == Severity::Error && finding.place.file == place.file);
    let file = place.file.as_deref().unwrap_or_default();
    match said.map(|finding| [Lang::Zh, Lang::En].map(|lang| finding.message.render(lang))) {
        Some([zh, en]) => reason(format!("{file}：{zh}"), format!("{file}: {en}")),
        None => reason(format!("{file} 中没有找到所需的列"), format!("the columns that are needed were not found in {file}")),
    }
}

/// Without the files of the other side.
fn own_files<'s>(source: &'s Source, records: &Records) -> &'s [DataFile] {
    match &records.matched {
        Some(Matched::Files { from, .. }) => source.files.get(..*from).unwrap_or(&source.files),
        _ => &source.files,
    }
}

/// What the source itself says.
fn refuse_layout(source: &Source) -> Result<(), Refusal> {
    match &source.layout {
        Layout::Form { .. } => return Err(reason("填报表（form）不是一张表", "a form is no table")),
        Layout::Crosstab { .. } => return Err(reason("交叉表（crosstab）的期间在列名中", "of a cross table the periods are columns")),
        Layout::Terms(_) => return Err(reason("数已在别处汇总", "its figures were summed elsewhere")),
        Layout::Records(records) => {
            let by_files = matches!(records.matched, Some(Matched::Files { .. }));
            if by_files && records.items.iter().any(|item| item.needs_match) {
                return Err(reason(
                    "matched 指向另一份登记表，而有项目只计已接收的",
                    "`matched` names another register, and an item counts matched records only",
                ));
            }
            return Ok(());
        }
        _ => {}
    }
    if source.prefer.is_some() {
        return Err(reason("prefer 看行的先后，数据库中的行没有先后", "`prefer` goes by the order of rows, and a database keeps none"));
    }
    if !source.rows.is_empty() {
        return Err(reason("rows 限定了要读的行", "`rows` says which rows are read"));
    }
    match source.organisation {
        OrganisationFrom::FileName | OrganisationFrom::Spot(_) => {
            return Err(reason("机构写在文件名中，不在列中", "the organisation stands in the name of the file, not in a column"));
        }
        _ => {}
    }
    Ok(())
}

/// The same reading of every file.
fn one<R: PartialEq>(
    files: &[DataFile],
    source: &Source,
    known: Known,
    findings: &mut Vec<Finding>,
    mut read: impl FnMut(&Table, &Opened, &mut Vec<Finding>) -> Result<R, Refusal>,
) -> Result<R, Refusal> {
    let mut found: Option<(String, R)> = None;
    for file in files {
        if is_named_as_workbook(&file.path) {
            return Err(reason(
                format!("{} 是工作簿；放一份只有列名行的 CSV 作为样本", file.path),
                format!("{} is a workbook; a CSV with the row of names serves as a sample", file.path),
            ));
        }
        let mut results: Vec<Result<R, Refusal>> = Vec::new();
        let opened = with_tables(file, source, known, findings, |opened, findings| {
            if let Content::Table(table, _) = &opened.content {
                results.push(plain_names(table).and_then(|()| read(table, &opened, findings)));
            }
        });
        opened.map_err(|fault| Refusal::Unreadable(fault.diagnostic(&file.path)))?;
        for result in results {
            let result = result?;
            match &found {
                Some((first, known)) if *known != result => {
                    return Err(reason(
                        format!("{first} 与 {} 的列不同，不是一张表", file.path),
                        format!("{first} and {} have other columns and are not one table", file.path),
                    ));
                }
                Some(_) => {}
                None => found = Some((file.path.clone(), result)),
            }
        }
    }
    found.map(|(_, result)| result).ok_or_else(|| reason("没有文件", "there is no file"))
}

/// A table in a database has one row of names.
fn plain_names(table: &Table) -> Result<(), Refusal> {
    match table.columns.iter().find(|column| column.levels.len() > 1) {
        Some(column) => {
            Err(reason(format!("列名“{}”占了几行", column.header), format!("the column name `{}` stands in several rows", column.header)))
        }
        None => Ok(()),
    }
}

fn values(table: &Table, mapping: &Mapping, source: &Source, known: Known) -> Result<Values, Refusal> {
    let header = |index: usize| table.columns.iter().find(|column| column.index == index).map(|column| column.header.to_string());
    let organisation = match mapping.whose {
        Some(organisation) => Whose::Fixed(known.registry.get(organisation).code.to_string()),
        None => Whose::Columns(mapping.organisation.iter().filter_map(|index| header(*index)).collect()),
    };
    let period = match (&mapping.period, &source.period) {
        (RowPeriod::Columns(columns), _) => {
            let column = header(columns.column).unwrap_or_default();
            match (columns.year.and_then(header), columns.part) {
                (Some(year), Some(part)) => When::Parts(year, column, part),
                _ => When::Column(column),
            }
        }
        (RowPeriod::Fixed(span), PeriodFrom::Fixed(_)) => When::Fixed(*span),
        (RowPeriod::Fixed(_), _) => {
            return Err(reason("期间写在文件名或标题中，不在列中", "the period stands in the name or title of the file, not in a column"));
        }
        (RowPeriod::InHeaders, _) => When::InHeaders,
    };
    Ok(Values { organisation, period, cells: cells(mapping, source, known, &header)? })
}

fn cells(mapping: &Mapping, source: &Source, known: Known, header: &impl Fn(usize) -> Option<String>) -> Result<Cells, Refusal> {
    match &mapping.values {
        mapping::Values::Wide(columns) => {
            let figure = |column: &mapping::ValueColumn| {
                let item = known.vocabulary.catalogue.item(column.item).id.to_string();
                let (decimals, power) = (column.shape.decimals, column.shape.multiplier_power);
                let reading = Reading { decimals, power, percent: column.shape.percent && power == 0 };
                (column.header.to_string(), Figure { item, reading, span: column.span })
            };
            Ok(Cells::Wide(columns.iter().map(figure).collect()))
        }
        mapping::Values::Long { unit: Some(_), .. } => Err(reason("每行各有单位列", "each row has a unit of its own")),
        mapping::Values::Long { .. } if !mapping.stated.is_empty() => Err(reason("单位写在表的上方", "the units stand above the table")),
        mapping::Values::Long { item, values, .. } => {
            let Some(value) = values.first() else { return Err(reason("没有数值列", "there is no column of values")) };
            let names = names(value, source, known);
            Ok(Cells::Long { item: header(*item).unwrap_or_default(), value: value.header.to_string(), names })
        }
    }
}

/// What names of items mean in a long table, in their normal form; the map of the source goes before.
fn names(value: &Plain, source: &Source, known: Known) -> Vec<(String, Option<Figure>)> {
    let catalogue = known.vocabulary.catalogue;
    let mut found: std::collections::BTreeMap<String, Option<Figure>> = std::collections::BTreeMap::new();
    for item in &catalogue.items {
        for name in [item.id.as_str(), &item.name.zh, &item.name.en].into_iter().chain(item.aliases.iter().map(String::as_str)) {
            let Some(id) = known.vocabulary.find(name) else { continue };
            // Of two units nobody knows which is meant: such names are told from others, and count nowhere.
            if let Ok(unit) = units::agreed([header_unit(name).unit, value.unit]) {
                found.insert(normalise(name), Some(figure(id, unit, None, known.vocabulary)));
            }
        }
    }
    for (name, meant) in &source.columns {
        let figure = match meant {
            ColumnUse::Skip => None,
            ColumnUse::Item(id, span) => match units::agreed([header_unit(name).unit, value.unit]) {
                Ok(unit) => Some(figure(*id, unit, *span, known.vocabulary)),
                Err(()) => continue,
            },
        };
        found.insert(name.clone(), figure);
    }
    found.into_iter().collect()
}

fn figure(id: ItemId, unit: Option<Unit>, span: Option<crate::period::Span>, vocabulary: &Vocabulary) -> Figure {
    let shape = mapping::shape(vocabulary, id, unit);
    let reading =
        Reading { decimals: shape.decimals, power: shape.multiplier_power, percent: shape.percent && shape.multiplier_power == 0 };
    Figure { item: vocabulary.catalogue.item(id).id.to_string(), reading, span }
}
