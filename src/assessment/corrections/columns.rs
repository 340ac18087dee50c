//! The columns of a corrections file, by what they mean.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assessment::registry::{cell_origin, line_origin, two_columns};
use crate::codes::assessment as codes;
use crate::diagnostic::{Diagnostic, Origin, SourceFile};
use crate::intake::cell::{Unit, header_unit};
use crate::intake::table::{Record, Spans, Table};
use crate::text::{nearest, normalise};

/// Columns a corrections file must have.
const NEEDED: &[&str] = &["organisation", "period", "item", "new"];

/// Every name of a column, and the column: those that decide what is corrected, then those that are
/// only shown.
const NAMES: &[(&str, &str)] = &[
    ("organisation", "organisation"),
    ("机构", "organisation"),
    ("机构代码", "organisation"),
    ("name", "name"),
    ("机构名称", "name"),
    ("period", "period"),
    ("期间", "period"),
    ("月份", "period"),
    ("年月", "period"),
    ("item", "item"),
    ("项目", "item"),
    ("old", "old"),
    ("原值", "old"),
    ("原数", "old"),
    ("更正前", "old"),
    ("new", "new"),
    ("新值", "new"),
    ("更正值", "new"),
    ("更正后", "new"),
    ("unit", "unit"),
    ("单位", "unit"),
    ("计量单位", "unit"),
    ("who", "who"),
    ("更正人", "who"),
    ("经办人", "who"),
    ("date", "date"),
    ("日期", "date"),
    ("更正日期", "date"),
    ("reason", "reason"),
    ("理由", "reason"),
    ("原因", "reason"),
    ("document", "document"),
    ("文件", "document"),
    ("依据", "document"),
    ("文号", "document"),
];

/// Columns that are only shown: a name like theirs is no danger.
const SHOWN: &[&str] = &["who", "date", "reason", "document"];

/// Columns of a return list, which says the same in other words.
const OF_RETURN_LISTS: &[&str] =
    &["severity", "code", "file", "sheet", "row", "column", "cell", "value", "item_name", "message", "rule", "help"];

/// Which column is what.
pub(super) struct Columns {
    at: BTreeMap<&'static str, usize>,
    spans: Spans,
    /// The unit in the header of the old values.
    pub(super) old_unit: Option<Unit>,
    /// The unit in the header of the new values.
    pub(super) new_unit: Option<Unit>,
    /// The header of the new values as printed.
    pub(super) new_header: String,
}

impl Columns {
    /// Finds the columns; `None` if one is lacking that there must be, and the diagnostics say which.
    pub(super) fn find(file: &Arc<SourceFile>, table: &Table, diagnostics: &mut Vec<Diagnostic>) -> Option<Self> {
        let mut found = Self { at: BTreeMap::new(), spans: table.spans(), old_unit: None, new_unit: None, new_header: String::new() };
        let mut strange = Vec::new();
        for column in &table.columns {
            let Some((name, unit)) = meaning(&column.header) else {
                strange.extend(unknown(file, &column.header));
                continue;
            };
            if found.at.insert(name, column.index).is_some() {
                diagnostics.push(two_columns(file, column.header.to_string()));
            }
            match name {
                "old" => found.old_unit = unit,
                "new" => (found.new_unit, found.new_header) = (unit, column.header.to_string()),
                _ => {}
            }
        }
        diagnostics.append(&mut strange);
        // The name serves where there is no code.
        if let (false, Some(name)) = (found.at.contains_key("organisation"), found.at.get("name").copied()) {
            found.at.insert("organisation", name);
        }
        if let Some(lacking) = NEEDED.iter().find(|needed| !found.at.contains_key(**needed)) {
            diagnostics.push(Diagnostic::new(&codes::CORRECTION_COLUMNS, line_origin(file, 1)).with("column", *lacking));
            return None;
        }
        Some(found)
    }

    /// The unit that a header of values names.
    pub(super) fn unit(&self) -> Option<Unit> {
        self.new_unit.or(self.old_unit)
    }

    /// The cell of a row, for the caret; the whole line where there is no such column.
    pub(super) fn origin(&self, file: &Arc<SourceFile>, record: &Record, name: &str) -> Origin {
        cell_origin(file, self.spans, record, self.at.get(name))
    }

    /// The cell of a row; blank where there is no such column.
    pub(super) fn cell<'r>(&self, record: &'r Record, name: &str) -> &'r str {
        self.at.get(name).map_or("", |index| record.text(*index).trim())
    }
}

/// The column a header means; values may carry a unit: `新值(万元)`.
fn meaning(header: &str) -> Option<(&'static str, Option<Unit>)> {
    let of = |text: &str| {
        let plain = normalise(text);
        NAMES.iter().find(|(written, _)| *written == plain).map(|(_, name)| *name)
    };
    let divided = header_unit(header);
    of(header).map(|name| (name, None)).or_else(|| {
        let name = of(divided.base).filter(|name| ["old", "new"].contains(name))?;
        Some((name, divided.unit))
    })
}

/// What is said of a column that has no meaning. A misspelt old value would never be compared, so
/// that what looks like a column that decides is an error.
fn unknown(file: &Arc<SourceFile>, header: &str) -> Option<Diagnostic> {
    let plain = normalise(header);
    if plain.is_empty() || OF_RETURN_LISTS.contains(&plain.as_str()) {
        return None;
    }
    let near = nearest(header_unit(header).base, NAMES.iter().map(|(written, _)| *written));
    let decides = |written: &&str| NAMES.iter().any(|(known, name)| known == written && !SHOWN.contains(name));
    let code = if near.first().is_some_and(decides) { &codes::CORRECTION_COLUMN_NEAR } else { &codes::CORRECTION_COLUMN };
    Some(Diagnostic::new(code, line_origin(file, 1)).with("column", header).suggest(near))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(header: &str) -> Option<&'static str> {
        unknown(&SourceFile::new("c.csv", header), header).map(|diagnostic| diagnostic.code.id())
    }

    /// A name like that of a column that decides is an error, like that of one that is shown or like
    /// none a warning; columns of return lists mean nothing here.
    #[test]
    fn a_misspelt_column_that_decides_is_an_error() {
        for header in ["原始值", "原値", "olds", "新的值", "organization", "机构编码", "原始值(万元)"] {
            assert_eq!(code_of(header), Some("correction/column-unknown"), "{header}");
        }
        for header in ["备注", "审核日期", "电话", "phone", "更正日"] {
            assert_eq!(code_of(header), Some("correction/column-not-read"), "{header}");
        }
        assert_eq!(code_of("item_name"), None);
        assert_eq!(code_of("severity"), None);
    }

    /// N6: the unit may stand in the header of the values, and nowhere else.
    #[test]
    fn headers_of_values_may_carry_a_unit() {
        assert_eq!(meaning("新值（万元）"), Some(("new", Some(Unit::Times(4)))));
        assert_eq!(meaning("old (千元)"), Some(("old", Some(Unit::Times(3)))));
        assert_eq!(meaning("原值"), Some(("old", None)));
        assert_eq!(meaning("项目(万元)"), None);
    }
}
