//! Columns of a table the assessment names: what their headers mean, and what is said of those that mean nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assessment::registry::{line_origin, two_columns};
use crate::codes::input as codes;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::intake::table::Table;
use crate::text::nearest;

/// Positions by meaning. Two columns of one meaning are an error, and one of no meaning is never left out in silence: its
/// header may be a slip of the pen.
pub(super) fn columns(
    (file, table): (&Arc<SourceFile>, &Table),
    meaning: fn(&str) -> String,
    known: &[&str],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for column in &table.columns {
        let name = meaning(&column.header);
        if !known.contains(&name.as_str()) {
            let diagnostic = Diagnostic::new(&codes::COLUMN_NOT_READ, line_origin(file, 1)).with("column", column.header.clone());
            diagnostics.push(diagnostic.suggest(nearest(&column.header, known.iter().copied())));
        } else if found.insert(name, column.index).is_some() {
            diagnostics.push(two_columns(file, column.header.to_string()));
        }
    }
    found
}
