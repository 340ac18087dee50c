//! The registry file → organisations (SEMANTICS O1).

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::codes::registry as codes;
use crate::diagnostic::{Diagnostic, Origin, SourceFile};
use crate::finding::{Finding, Place};
use crate::intake::period_text;
use crate::intake::table::{Delimiter, Head, Record, Spans, Table};
use crate::period::Month;
use crate::registry::{Alias, Attributes, Organisation, Registry, Stay, canonical_column, canonical_value};
use crate::text::mixed::Mixed;
use crate::text::{Shared, Text, normalise};

/// Reads the registry, with what is to be noted about it. `unit` is the column that says who is scored.
pub fn resolve(file: &Arc<SourceFile>, unit: &str, diagnostics: &mut Vec<Diagnostic>) -> (Registry, Vec<Finding>) {
    let place = Place { file: Some(file.path.as_str().into()), ..Default::default() };
    let labels = |cells: &[String]| cells.iter().position(|cell| canonical_column(cell) == "code").map(|code| vec![code]);
    let table = match Table::read(&file.text, Delimiter::Auto, Head::Holding(&labels), place) {
        Ok(table) => table,
        Err(unreadable) => {
            diagnostics.push(unreadable.diagnostic(&file.path));
            return Default::default();
        }
    };
    let mut reader = Reader::new(file, &table, diagnostics);
    if !reader.has("code") {
        reader.say(Diagnostic::new(&codes::NO_CODE_COLUMN, line_origin(file, 1)));
        return Default::default();
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
    reader.group();
    reader.check_values();
    reader.finish(unit)
}

struct Reader<'a> {
    file: &'a Arc<SourceFile>,
    /// Position of each column, by canonical name.
    columns: BTreeMap<String, usize>,
    /// Those of [`FIXED`], in its order.
    fixed: [Option<usize>; FIXED.len()],
    /// The columns of attributes with their positions.
    attributes: Vec<(String, usize)>,
    /// In file order, until they are grouped.
    rows: Vec<Row>,
    /// Attributes by the cells they stand in, each once.
    shared: HashMap<Vec<u8>, Arc<Attributes>, Mixed>,
    /// The cells of attributes of the row at hand.
    cells: Vec<u8>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// A row of the registry.
#[derive(Debug)]
pub(super) struct Row {
    /// Code of the organisation; once rows are grouped, as its first row has it.
    pub(super) code: Shared,
    /// Line of the file.
    pub(super) line: u64,
    /// Name as written; may be blank.
    name: Shared,
    aliases: Vec<Alias>,
    /// Opened and closed.
    bounds: [Option<Month>; 2],
    /// Months and attributes.
    pub(super) stay: Stay,
}

impl Row {
    /// The name, or the code where it is blank.
    fn shown(&self) -> &Shared {
        if self.name.is_empty() { &self.code } else { &self.name }
    }

    /// True for two rows of one organisation, once they are grouped.
    pub(super) fn is_of_same(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

/// One organisation of its rows in order of time. The last name is its name; others are former names for
/// the months of their rows.
fn organisation(file: &str, rows: &[Row], findings: &mut Vec<Finding>) -> Organisation {
    let code = &rows[0].code;
    let name = rows.iter().rev().find(|row| !row.name.is_empty()).map_or(code, |row| &row.name);
    let mut aliases: Vec<Alias> = rows.iter().flat_map(|row| row.aliases.iter().cloned()).collect();
    let differs = |row: &&Row| !row.name.is_empty() && row.name != *name && normalise(&row.name) != normalise(name);
    for row in rows.iter().filter(differs) {
        aliases.push(Alias { name: row.name.to_string(), from: row.stay.joined, until: row.stay.left });
        let place = Place { file: Some(file.into()), row: Some(row.line), organisation: Some(code.clone()), ..Place::default() };
        let months = match (row.stay.joined, row.stay.left) {
            (None, Some(left)) => Text::new(format!("截至 {left}"), format!("until {left}")),
            (Some(joined), None) => Text::new(format!("自 {joined} 起"), format!("from {joined} on")),
            (Some(joined), Some(left)) => Text::new(format!("{joined} 至 {left} "), format!("from {joined} to {left}")),
            (None, None) => Text::new("一直", "always"),
        };
        let finding = Finding::new(&codes::FORMER_NAME, place).with("code", code.clone()).with("name", name.clone());
        findings.push(finding.with("former", row.name.clone()).with("months", months));
    }
    let bound = |at: usize| rows.iter().find_map(|row| row.bounds[at]);
    Organisation {
        code: code.clone(),
        name: name.clone(),
        aliases,
        opened: bound(0),
        closed: bound(1),
        stays: rows.iter().map(|row| row.stay.clone()).collect(),
    }
}

/// Several names in one cell.
fn names(text: &str) -> Vec<Alias> {
    text.split([';', '\u{ff1b}', '|', '、']).map(str::trim).filter(|name| !name.is_empty()).map(Alias::always).collect()
}

fn known_values(column: &str) -> &'static [&'static str] {
    if column == "tier" { &["tertiary", "secondary", "primary"] } else { &["lead", "member", "unit"] }
}

fn is_known_value(column: &str, value: &str) -> bool {
    value.is_empty() || known_values(column).contains(&value)
}

/// Columns that are not attributes.
const FIXED: [&str; 8] = ["code", "name", "short_name", "joined", "left", "opened", "closed", "aliases"];

/// Their places in [`FIXED`].
#[derive(Clone, Copy)]
enum Fixed {
    Code,
    Name,
    ShortName,
    Joined,
    Left,
    Opened,
    Closed,
    Aliases,
}

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
        // Of two columns of one name the second holds.
        let attributes = attributes.into_iter().filter_map(|name| Some((columns.get(&name).copied()?, name)));
        Self {
            file,
            fixed: FIXED.map(|name| columns.get(name).copied()),
            attributes: attributes.map(|(index, name)| (name, index)).collect(),
            columns,
            // Mostly a line each.
            rows: Vec::with_capacity(memchr::memchr_iter(b'\n', file.text.as_bytes()).count()),
            shared: HashMap::default(),
            cells: Vec::new(),
            diagnostics,
        }
    }

    /// Tiers and roles that no condition of a built-in catalogue can mean, each once.
    fn check_values(&mut self) {
        for column in ["tier", "role"] {
            let mut unknown: BTreeMap<String, (u64, usize)> = BTreeMap::new();
            for row in &self.rows {
                if let Some(value) = row.stay.attributes.get(column).filter(|value| !is_known_value(column, value)) {
                    unknown.entry(value.clone()).or_insert((row.line, 0)).1 += 1;
                }
            }
            for (value, (line, count)) in unknown {
                let near = crate::text::nearest(&value, known_values(column).iter().copied());
                let diagnostic = Diagnostic::new(&codes::UNKNOWN_VALUE, line_origin(self.file, line)).with("column", column);
                self.diagnostics.push(diagnostic.with("value", value).with("count", count.to_string()).suggest(near));
            }
        }
    }

    fn has(&self, column: &str) -> bool {
        self.columns.contains_key(column)
    }

    fn say(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The cell of one of the [`FIXED`] columns.
    fn cell<'r>(&self, record: &Record<'r>, column: Fixed) -> &'r str {
        self.fixed[column as usize].map_or("", |index| record.text(index).trim())
    }

    fn row(&mut self, record: &Record) {
        let code: Shared = self.cell(record, Fixed::Code).into();
        if code.is_empty() {
            self.say(Diagnostic::new(&codes::NO_CODE, line_origin(self.file, record.line)));
            return;
        }
        let stay = Stay {
            joined: self.month(record, Fixed::Joined),
            left: self.month(record, Fixed::Left),
            attributes: self.attributes_of(record),
        };
        if let (Some(joined), Some(left)) = (stay.joined, stay.left)
            && left < joined
        {
            let diagnostic = Diagnostic::new(&codes::LEFT_BEFORE_JOINED, line_origin(self.file, record.line));
            self.say(diagnostic.with("code", code.clone()).with("joined", joined.to_string()).with("left", left.to_string()));
        }
        let mut aliases = names(self.cell(record, Fixed::ShortName));
        for written in names(self.cell(record, Fixed::Aliases)) {
            aliases.push(self.alias(written, record.line));
        }
        let bounds = [self.month(record, Fixed::Opened), self.month(record, Fixed::Closed)];
        let name = self.cell(record, Fixed::Name).into();
        self.rows.push(Row { code, line: record.line, name, aliases, bounds, stay });
    }

    /// Puts the rows of an organisation beside one another, in order of time. Codes that differ only in case or width would be
    /// mistaken for one another in the data.
    fn group(&mut self) {
        let keys = self.rows.iter().map(|row| normalise(&row.code));
        // Mostly a row each, in order.
        if keys.is_sorted_by(|one, next| one < next) {
            return;
        }
        let mut by_code: HashMap<String, (usize, Shared), Mixed> = HashMap::default();
        for row in &mut self.rows {
            let number = by_code.len();
            let (_, code) = by_code.entry(normalise(&row.code)).or_insert_with(|| (number, row.code.clone()));
            row.code = code.clone();
        }
        self.rows.sort_by_cached_key(|row| by_code.get(&normalise(&row.code)).map(|(number, _)| *number));
        let mut rows: Vec<Row> = Vec::with_capacity(self.rows.len());
        let mut first = 0;
        for row in std::mem::take(&mut self.rows) {
            if rows.last().is_none_or(|last| !last.is_of_same(&row)) {
                first = rows.len();
            }
            if self.agrees(&row, &rows[first..]) {
                rows.push(row);
            }
        }
        rows.chunk_by_mut(Row::is_of_same).for_each(|own| own.sort_by_key(|row| row.stay.joined));
        self.rows = rows;
    }

    /// Another row of an organisation must not overlap those before it [O1], nor say otherwise when it existed.
    fn agrees(&mut self, row: &Row, before: &[Row]) -> bool {
        let say = |code| Diagnostic::new(code, line_origin(self.file, row.line)).with("code", row.code.clone());
        if let Some(other) = before.iter().find(|known| known.stay.overlaps(&row.stay)) {
            let diagnostic = say(&codes::ROWS_OVERLAP).with("name", before[0].shown().clone());
            self.diagnostics.push(diagnostic.with("other", other.line.to_string()));
            return false;
        }
        for (at, column) in ["opened", "closed"].into_iter().enumerate() {
            let differs = |known: &&Row| known.bounds[at].is_some() && row.bounds[at].is_some() && known.bounds[at] != row.bounds[at];
            if let Some((other, here)) = before.iter().find(differs).zip(row.bounds[at]) {
                let diagnostic = say(&codes::ROWS_DIFFER).with("column", column).with("here", here.to_string());
                let there = other.bounds[at].map_or_else(String::new, |month| month.to_string());
                self.diagnostics.push(diagnostic.with("there", there).with("other", other.line.to_string()));
            }
        }
        true
    }

    /// A name with the months it was used in behind it: `甲县医院(..2024-12)`.
    fn alias(&mut self, written: Alias, line: u64) -> Alias {
        let Some((name, months)) = written.name.strip_suffix([')', '）']).and_then(|text| text.rsplit_once(['(', '（'])) else {
            return written;
        };
        let Some((from, until)) = months.split_once("..") else { return written };
        let mut month = |text: &str| self.month_of(text, Fixed::Aliases, line);
        let (from, until) = (month(from.trim()), month(until.trim()));
        Alias { name: name.trim().to_owned(), from, until }
    }

    fn month(&mut self, record: &Record, column: Fixed) -> Option<Month> {
        let written = self.cell(record, column);
        self.month_of(written, column, record.line)
    }

    fn month_of(&mut self, written: &str, column: Fixed, line: u64) -> Option<Month> {
        if written.is_empty() {
            return None;
        }
        let span = period_text::parse(written, None).map(|written| written.span).filter(|span| span.len() == 1);
        if span.is_none() {
            let diagnostic = Diagnostic::new(&codes::NOT_A_MONTH, line_origin(self.file, line));
            self.say(diagnostic.with("column", FIXED[column as usize]).with("value", written));
        }
        span.map(crate::period::Span::first)
    }

    fn attributes_of(&mut self, record: &Record) -> Arc<Attributes> {
        self.cells.clear();
        for (_, index) in &self.attributes {
            self.cells.extend_from_slice(record.text(*index).trim().as_bytes());
            // No cell of a text holds it.
            self.cells.push(0xff);
        }
        if let Some(known) = self.shared.get(&self.cells) {
            return Arc::clone(known);
        }
        let cell = |index: usize| record.text(index).trim();
        let values = self.attributes.iter().map(|(name, index)| (name.clone(), canonical_value(name, cell(*index))));
        let attributes = Arc::new(values.filter(|(_, value)| !value.is_empty()).collect());
        self.shared.insert(self.cells.clone(), Arc::clone(&attributes));
        attributes
    }

    fn finish(mut self, unit: &str) -> (Registry, Vec<Finding>) {
        if self.rows.is_empty() {
            self.diagnostics.push(Diagnostic::new(&codes::EMPTY, line_origin(self.file, 1)));
        }
        self.two_unit_rows(unit);
        let mut findings = Vec::new();
        let file = self.file.path.as_str();
        let attributes = self.attributes.into_iter().map(|(name, _)| name).collect();
        let rows = &self.rows;
        let read = || {
            let mut organisations = Vec::with_capacity(rows.len());
            organisations.extend(rows.chunk_by(Row::is_of_same).map(|own| organisation(file, own, &mut findings)));
            Registry::new(organisations, attributes)
        };
        let (registry, checked) = rayon::join(read, || super::codes_checked::check(file, rows));
        findings.extend(checked);
        (registry, findings)
    }

    /// Two rows with `role = unit` in one unit would be two totals of one thing [O6].
    fn two_unit_rows(&mut self, unit: &str) {
        let mut seen: BTreeMap<String, Shared> = BTreeMap::new();
        let mut found = Vec::new();
        let is_unit = |row: &&Row| unit != "code" && row.stay.attributes.get("role").is_some_and(|role| role == "unit");
        for row in self.rows.iter().filter(is_unit) {
            let Some(key) = row.stay.attributes.get(unit) else { continue };
            if let Some(other) = seen.insert(key.clone(), row.code.clone()).filter(|other| *other != row.code) {
                let diagnostic = Diagnostic::new(&codes::TWO_UNIT_ROWS, line_origin(self.file, row.line)).with("unit", key.clone());
                found.push(diagnostic.with("code", row.code.clone()).with("other", other));
            }
        }
        self.diagnostics.append(&mut found);
    }
}

/// Two headers of one meaning: which one is meant cannot be guessed.
pub(super) fn two_columns(file: &Arc<SourceFile>, name: String) -> Diagnostic {
    Diagnostic::new(&codes::TWO_COLUMNS, line_origin(file, 1)).with("column", name)
}

/// A cell of a row, for the caret; the whole line where there is no such column.
pub fn cell_origin(file: &Arc<SourceFile>, spans: Spans, record: &Record, column: Option<&usize>) -> Origin {
    column.map_or_else(|| line_origin(file, record.line), |index| Origin::new(file, spans.of(&file.text, record.start, *index)))
}

/// The whole of a line, for the caret.
pub fn line_origin(file: &Arc<SourceFile>, line: u64) -> Origin {
    let skipped = usize::try_from(line).unwrap_or(1).saturating_sub(1);
    let start = file.text.split_inclusive('\n').take(skipped).map(str::len).sum::<usize>();
    let end = file.text[start..].find(['\n', '\r']).map_or(file.text.len(), |length| start + length);
    Origin::new(file, start..end)
}
