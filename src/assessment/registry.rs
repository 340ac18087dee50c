//! The registry file → organisations (SEMANTICS O1).

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::codes::registry as codes;
use crate::diagnostic::{Diagnostic, Origin, SourceFile};
use crate::intake::period_text;
use crate::intake::table::{Delimiter, Head, Record, Table};
use crate::period::Month;
use crate::registry::{Organisation, Registry, Stay, canonical_column, canonical_value};
use crate::text::normalise;

/// Reads the registry. `unit` is the column that says who is scored.
pub fn resolve(file: &Arc<SourceFile>, unit: &str, diagnostics: &mut Vec<Diagnostic>) -> Registry {
    let place = crate::finding::Place { file: Some(file.path.clone()), ..Default::default() };
    let labels = |cells: &[String]| cells.iter().position(|cell| canonical_column(cell) == "code").map(|code| vec![code]);
    let table = match Table::read(&file.text, Delimiter::Auto, Head::Holding(&labels), place) {
        Ok(table) => table,
        Err(unreadable) => {
            diagnostics.push(unreadable.diagnostic(&file.path));
            return Registry::default();
        }
    };
    let mut reader = Reader::new(file, &table, diagnostics);
    if !reader.has("code") {
        reader.say(Diagnostic::new(&codes::NO_CODE_COLUMN, line_origin(file, 1)));
        return Registry::default();
    }
    if unit != "code" && !reader.has(unit) {
        let columns: Vec<&str> = reader.columns.keys().map(String::as_str).collect();
        let near = crate::text::nearest(unit, columns.iter().copied());
        let diagnostic = Diagnostic::new(&codes::NO_UNIT_COLUMN, line_origin(file, 1))
            .with("unit", unit)
            .with("columns", columns.join(", "))
            .suggest(near);
        reader.say(diagnostic);
    }
    let mut faults = Vec::new();
    let mut records = table.records();
    while let Some(record) = records.next(&mut faults) {
        reader.row(&record);
    }
    super::units::report_faults(file, &table, &faults, reader.diagnostics);
    reader.finish(unit)
}

struct Reader<'a> {
    file: &'a Arc<SourceFile>,
    /// Position of each column, by canonical name.
    columns: BTreeMap<String, usize>,
    attributes: Vec<String>,
    organisations: Vec<(Organisation, Vec<u64>)>,
    by_code: HashMap<String, usize>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// Columns that are not attributes.
const FIXED: &[&str] = &["code", "name", "short_name", "joined", "left", "opened", "closed", "aliases"];

impl<'a> Reader<'a> {
    fn new(file: &'a Arc<SourceFile>, table: &Table, diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        let mut columns = BTreeMap::new();
        let mut attributes = Vec::new();
        for column in &table.columns {
            let name = canonical_column(&column.header);
            if columns.insert(name.clone(), column.index).is_some() {
                diagnostics.push(two_columns(file, name));
            } else if !FIXED.contains(&name.as_str()) {
                attributes.push(name);
            }
        }
        Self { file, columns, attributes, organisations: Vec::new(), by_code: HashMap::new(), diagnostics }
    }

    fn has(&self, column: &str) -> bool {
        self.columns.contains_key(column)
    }

    fn say(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn cell<'r>(&self, record: &Record<'r>, column: &str) -> &'r str {
        self.columns.get(column).map_or("", |index| record.text(*index).trim())
    }

    fn row(&mut self, record: &Record) {
        let code = self.cell(record, "code").to_owned();
        if code.is_empty() {
            self.say(Diagnostic::new(&codes::NO_CODE, line_origin(self.file, record.line)));
            return;
        }
        let stay = Stay { joined: self.month(record, "joined"), left: self.month(record, "left"), attributes: self.attributes_of(record) };
        if let (Some(joined), Some(left)) = (stay.joined, stay.left)
            && left < joined
        {
            let diagnostic = Diagnostic::new(&codes::LEFT_BEFORE_JOINED, line_origin(self.file, record.line));
            self.say(diagnostic.with("code", code.clone()).with("joined", joined.to_string()).with("left", left.to_string()));
        }
        // Codes that differ only in case or width would be mistaken for one another in the data.
        if let Some(index) = self.by_code.get(&normalise(&code)).copied() {
            self.add_stay(index, stay, record.line);
        } else {
            let split = |text: &str| {
                text.split([';', '\u{ff1b}', '|', '、'])
                    .map(str::trim)
                    .filter(|name| !name.is_empty())
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            };
            let mut aliases = split(self.cell(record, "aliases"));
            aliases.extend(split(self.cell(record, "short_name")));
            let name = match self.cell(record, "name") {
                "" => code.clone(),
                name => name.to_owned(),
            };
            let (opened, closed) = (self.month(record, "opened"), self.month(record, "closed"));
            self.by_code.insert(normalise(&code), self.organisations.len());
            self.organisations.push((Organisation { code, name, aliases, opened, closed, stays: vec![stay] }, vec![record.line]));
        }
    }

    /// A second row of an organisation must not overlap the first [O1].
    fn add_stay(&mut self, index: usize, stay: Stay, line: u64) {
        let Some((organisation, lines)) = self.organisations.get_mut(index) else { return };
        let overlap = organisation.stays.iter().zip(lines.iter()).find(|(known, _)| known.overlaps(&stay)).map(|(_, line)| *line);
        if let Some(other) = overlap {
            let diagnostic = Diagnostic::new(&codes::ROWS_OVERLAP, line_origin(self.file, line)).with("code", organisation.code.clone());
            let diagnostic = diagnostic.with("name", organisation.name.clone()).with("other", other.to_string());
            self.diagnostics.push(diagnostic);
            return;
        }
        organisation.stays.push(stay);
        lines.push(line);
    }

    fn month(&mut self, record: &Record, column: &str) -> Option<Month> {
        let written = self.cell(record, column);
        if written.is_empty() {
            return None;
        }
        let span = period_text::parse(written, None).map(|written| written.span).filter(|span| span.len() == 1);
        if span.is_none() {
            let diagnostic = Diagnostic::new(&codes::NOT_A_MONTH, line_origin(self.file, record.line));
            self.say(diagnostic.with("column", column).with("value", written));
        }
        span.map(crate::period::Span::first)
    }

    fn attributes_of(&self, record: &Record) -> BTreeMap<String, String> {
        let value = |name: &String| Some(canonical_value(name, self.cell(record, name))).filter(|value| !value.is_empty());
        self.attributes.iter().filter_map(|name| Some((name.clone(), value(name)?))).collect()
    }

    fn finish(mut self, unit: &str) -> Registry {
        for (organisation, _) in &mut self.organisations {
            organisation.stays.sort_by_key(|stay| stay.joined);
        }
        if self.organisations.is_empty() {
            self.diagnostics.push(Diagnostic::new(&codes::EMPTY, line_origin(self.file, 1)));
        }
        self.two_unit_rows(unit);
        Registry::new(self.organisations.into_iter().map(|(organisation, _)| organisation).collect(), self.attributes)
    }

    /// Two rows with `role = unit` in one unit would be two totals of one thing [O6].
    fn two_unit_rows(&mut self, unit: &str) {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        let mut found = Vec::new();
        for (organisation, lines) in &self.organisations {
            for stay in
                organisation.stays.iter().filter(|stay| unit != "code" && stay.attributes.get("role").is_some_and(|role| role == "unit"))
            {
                let Some(key) = stay.attributes.get(unit) else { continue };
                if let Some(other) = seen.insert(key.clone(), organisation.code.clone()).filter(|other| *other != organisation.code) {
                    let origin = line_origin(self.file, lines.first().copied().unwrap_or(1));
                    found.push(
                        Diagnostic::new(&codes::TWO_UNIT_ROWS, origin)
                            .with("unit", key.clone())
                            .with("code", organisation.code.clone())
                            .with("other", other),
                    );
                }
            }
        }
        self.diagnostics.append(&mut found);
    }
}

/// Two headers of one meaning: which one is meant cannot be guessed.
pub(super) fn two_columns(file: &Arc<SourceFile>, name: String) -> Diagnostic {
    Diagnostic::new(&codes::TWO_COLUMNS, line_origin(file, 1)).with("column", name)
}

/// The whole of a line, for the caret.
pub fn line_origin(file: &Arc<SourceFile>, line: u64) -> Origin {
    let skipped = usize::try_from(line).unwrap_or(1).saturating_sub(1);
    let start = file.text.split_inclusive('\n').take(skipped).map(str::len).sum::<usize>();
    let end = file.text[start..].find(['\n', '\r']).map_or(file.text.len(), |length| start + length);
    Origin::new(file, start..end)
}
