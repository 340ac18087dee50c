//! A terms file as read: its columns, what all rows share, and that no row contradicts itself or another.

use std::collections::BTreeSet;
use std::sync::Arc;

use csv::StringRecord;

use super::part::NotAPart;
use super::{COLUMNS, Counts, DIGITS, FINGERPRINT, Part, Row, Terms};
use crate::codes::terms as codes;
use crate::diagnostic::Diagnostic;
use crate::number::Exact;
use crate::text::Text;
use crate::text::person::masked;

/// Cells that no register has: what is counted beyond them is no count, and sums of counts do not run over.
const MOST: u64 = 1_000_000_000_000;

/// Problems of one file that are told.
const TOLD: usize = 20;

/// Reads a terms file; `file` is its path as messages show it.
///
/// # Errors
/// All that is wrong with it; behind the first twenty it says that no more was looked at.
pub fn read(bytes: &[u8], file: &str) -> Result<Terms, Vec<Diagnostic>> {
    let table = |what: Text| vec![Diagnostic::new(&codes::TABLE, None).with("file", file).with("what", what)];
    let text = std::str::from_utf8(bytes).map_err(|_| table(Text::new("不是 UTF-8 文本", "it is not text in UTF-8")))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let broken = |error: &csv::Error| table(broken(error));
    let header = reader.headers().map_err(|error| broken(&error))?.clone();
    let mut reading = Reading {
        file,
        places: places(&header).map_err(table)?,
        shared: None,
        part: Part::WHOLE,
        names: Names::default(),
        rows: Vec::new(),
        found: Vec::new(),
    };
    for record in reader.records() {
        let record = record.map_err(|error| broken(&error))?;
        reading.take(&record);
        if reading.found.len() >= TOLD {
            let (told, line) = (reading.found.len(), record.position().map_or(0, csv::Position::line));
            reading.found.extend(table(Text::new(
                format!("以上已列出 {told} 处，第 {line} 行之后没有再看"),
                format!("{told} of its faults are named, and nothing behind row {line} was looked at"),
            )));
            break;
        }
    }
    match (reading.shared, reading.found) {
        (Some((definitions, _)), found) if found.is_empty() => {
            Ok(Terms { file: file.to_owned(), definitions, part: reading.part, rows: reading.rows })
        }
        (None, found) if found.is_empty() => {
            Err(table(Text::new("没有一行，不知出自哪些定义", "it has no row, so that its definitions are not known")))
        }
        (_, found) => Err(found),
    }
}

/// Where each column stands.
fn places(header: &StringRecord) -> Result<[usize; 12], Text> {
    let is = |cell: &str, name: &str| cell.trim().eq_ignore_ascii_case(name);
    let lacking: Vec<&str> = COLUMNS.into_iter().filter(|name| !header.iter().any(|cell| is(cell, name))).collect();
    if !lacking.is_empty() {
        let lacking = lacking.join(", ");
        return Err(Text::new(format!("缺少列 {lacking}"), format!("it lacks the columns {lacking}")));
    }
    let foreign: Vec<&str> = header.iter().filter(|cell| !COLUMNS.iter().any(|name| is(cell, name))).collect();
    if !foreign.is_empty() || header.len() != COLUMNS.len() {
        let foreign = if foreign.is_empty() { header.iter().collect::<Vec<_>>().join(", ") } else { foreign.join(", ") };
        return Err(Text::new(format!("多余或重复的列：{foreign}"), format!("columns that are none of it, or stand twice: {foreign}")));
    }
    Ok(COLUMNS.map(|name| header.iter().position(|cell| is(cell, name)).unwrap_or_default()))
}

fn broken(error: &csv::Error) -> Text {
    let line = error.position().map_or(0, csv::Position::line);
    match error.kind() {
        csv::ErrorKind::UnequalLengths { len, expected_len, .. } => Text::new(
            format!("第 {line} 行有 {len} 个单元格，应为 {expected_len} 个"),
            format!("row {line} has {len} cells, not {expected_len}"),
        ),
        _ => Text::new(format!("第 {line} 行不能读取"), format!("row {line} cannot be read")),
    }
}

/// True for a decimal; most are digits with a point at most.
fn is_number(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_plain = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_plain(whole) && is_plain(fraction) || text.parse::<Exact>().is_ok()
}

/// A file on its way.
struct Reading<'a> {
    file: &'a str,
    places: [usize; 12],
    /// Definitions and part as the first row has them.
    shared: Option<(String, String)>,
    part: Part,
    names: Names,
    rows: Vec<Row>,
    found: Vec<Diagnostic>,
}

/// Texts that many rows have, each held once.
#[derive(Default)]
struct Names(BTreeSet<Arc<str>>);

impl Names {
    fn get(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let name: Arc<str> = text.into();
        self.0.insert(Arc::clone(&name));
        name
    }
}

/// One row, by the columns of the format.
struct Cells<'r> {
    record: &'r StringRecord,
    places: &'r [usize; 12],
    line: u64,
}

impl<'r> Cells<'r> {
    fn at(&self, column: usize) -> &'r str {
        self.places.get(column).and_then(|at| self.record.get(*at)).unwrap_or_default().trim()
    }
}

impl Reading<'_> {
    fn take(&mut self, record: &StringRecord) {
        let line = record.position().map_or(0, csv::Position::line);
        let cells = Cells { record, places: &self.places.clone(), line };
        self.share(&cells);
        // A part without figures says which part it is in a row of its own.
        if (2..=6).all(|column| cells.at(column).is_empty()) {
            return;
        }
        if let Some(row) = self.row(&cells) {
            self.contradiction(&row);
            self.rows.push(row);
        }
    }

    fn say(&mut self, cells: &Cells, column: usize, what: Text) {
        let diagnostic = Diagnostic::new(&codes::CELL, None).with("file", self.file).with("row", cells.line.to_string());
        let diagnostic = diagnostic.with("column", COLUMNS[column]).with("value", masked(cells.at(column)).as_ref());
        self.found.push(diagnostic.with("what", what));
    }

    /// What every row repeats.
    fn share(&mut self, cells: &Cells) {
        let (definitions, part) = (cells.at(0), cells.at(1));
        let Some((known, known_part)) = &self.shared else {
            let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
            let is_fingerprint =
                definitions.strip_prefix(FINGERPRINT).is_some_and(|digits| digits.len() == DIGITS && digits.bytes().all(is_digit));
            if !is_fingerprint {
                self.say(cells, 0, Text::new("不是定义指纹", "is no fingerprint of definitions"));
            }
            self.shared = Some((definitions.to_owned(), part.to_owned()));
            match part.parse() {
                Ok(part) => self.part = part,
                Err(NotAPart) => self.say(cells, 1, Text::new("不是分片", "is no part")),
            }
            return;
        };
        let (is_other, is_other_part) = (known != definitions, known_part != part);
        if is_other {
            self.say(cells, 0, Text::new("与前面各行不同", "is another than that of the rows before"));
        }
        if is_other_part {
            self.say(cells, 1, Text::new("与前面各行不同", "is another than that of the rows before"));
        }
    }

    fn row(&mut self, cells: &Cells) -> Option<Row> {
        let before = self.found.len();
        let source = cells.at(2).parse().ok().filter(|number| *number > 0);
        if source.is_none() {
            self.say(cells, 2, Text::new("不是来源的序号", "is no number of a source"));
        }
        for column in 3..=5 {
            if cells.at(column).is_empty() {
                self.say(cells, column, Text::new("为空", "is blank"));
            }
        }
        if !cells.at(6).is_empty() && !is_number(cells.at(6)) {
            self.say(cells, 6, Text::new("不是一个数", "is no number"));
        }
        let [rows, reported, repeated, conflicting, rejected] = [7, 8, 9, 10, 11].map(|column| self.count(cells, column));
        (self.found.len() == before).then(|| Row {
            source: source.unwrap_or_default(),
            organisation: self.names.get(cells.at(3)),
            period: self.names.get(cells.at(4)),
            item: self.names.get(cells.at(5)),
            value: cells.at(6).into(),
            counts: Counts { rows, reported, repeated, conflicting, rejected },
            line: cells.line,
        })
    }

    /// A count; some engines write whole numbers as 12.0.
    fn count(&mut self, cells: &Cells, column: usize) -> u64 {
        let written = cells.at(column);
        let as_exact = || written.parse::<Exact>().ok().and_then(|exact| u64::try_from(exact.to_i64()?).ok());
        written.parse().ok().or_else(as_exact).filter(|count| *count <= MOST).unwrap_or_else(|| {
            self.say(cells, column, Text::new("不是非负整数", "is no whole number of cells"));
            0
        })
    }

    fn contradiction(&mut self, row: &Row) {
        let what = match (row.value.is_empty(), row.counts.reported > 0, row.counts.is_doubtful()) {
            (false, false, _) => Text::new("有值，reported 却为 0", "it has a value, and `reported` is 0"),
            (true, true, false) => Text::new(
                "没有值，reported 却不为 0，也没有不一致或不能使用的",
                "it has no value, but `reported` is not 0, and nothing conflicts or was rejected",
            ),
            _ => return,
        };
        let diagnostic = Diagnostic::new(&codes::CONTRADICTION, None).with("file", self.file).with("row", row.line.to_string());
        self.found.push(diagnostic.with("what", what));
    }
}

impl Row {
    /// What is said of a figure that stands in an earlier row, too.
    pub fn again(&self, first: u64, file: &str) -> Diagnostic {
        let diagnostic = Diagnostic::new(&codes::TWICE, None).with("file", file).with("first", first.to_string());
        let diagnostic = diagnostic.with("row", self.line.to_string()).with("source", self.source.to_string());
        let diagnostic = diagnostic.with("organisation", masked(&self.organisation).as_ref());
        diagnostic.with("period", &*self.period).with("item", &*self.item)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HEAD: &str = "definitions,part,source,organisation,period,item,value,rows,reported,repeated,conflicting,rejected\n";
    const SAME: &str = "sha256:0123456789abcdef,1/1,";

    fn file(rows: &[&str]) -> String {
        rows.iter().fold(HEAD.to_owned(), |text, row| format!("{text}{SAME}{row}\n"))
    }

    #[track_caller]
    fn codes_of(text: &str) -> Vec<&'static str> {
        read(text.as_bytes(), "t.csv").err().unwrap_or_default().iter().map(|one| one.code.id()).collect()
    }

    #[test]
    fn a_row_says_whose_when_what_and_how_many_cells() {
        let text = file(&["1,A1,2025-01,visits,1.5,2,2,1,0,0", "2,\"甲, 乙\",2025,visits,,1,0,0,0,0"]);
        let terms = read(text.as_bytes(), "t.csv").expect("a terms file");
        assert_eq!((terms.definitions.as_str(), terms.part.to_string().as_str()), ("sha256:0123456789abcdef", "1/1"));
        let first = terms.rows.first().expect("a row");
        assert_eq!((first.source, &*first.value, first.counts.all(), first.line), (1, "1.5", [2, 2, 1, 0, 0], 2));
        assert_eq!(terms.rows.get(1).map(|row| (&*row.organisation, row.line)), Some(("甲, 乙", 3)));
    }

    #[test]
    fn columns_may_stand_in_any_order_and_none_may_lack_or_be_added() {
        let turned = "rejected,definitions,part,source,organisation,period,item,value,rows,reported,repeated,conflicting\n0,sha256:0123456789abcdef,1/1,1,A1,2025,v,7,1,1,0,0\n";
        assert_eq!(read(turned.as_bytes(), "t.csv").map(|terms| terms.rows.len()), Ok(1));
        assert_eq!(codes_of(&HEAD.replace(",rejected", "")), ["terms/table"]);
        assert_eq!(codes_of(&HEAD.replace(",rejected", ",rejected,more")), ["terms/table"]);
        assert_eq!(codes_of(&HEAD.replace(",rejected", ",rejected,rejected")), ["terms/table"]);
        assert_eq!(codes_of(HEAD), ["terms/table"], "no row at all");
    }

    #[test]
    fn a_part_without_figures_has_one_row_that_says_so() {
        let text = format!("{HEAD}sha256:0123456789abcdef,2/3,,,,,,0,0,0,0,0\n");
        let terms = read(text.as_bytes(), "t.csv").expect("a terms file");
        assert_eq!((terms.part.to_string().as_str(), terms.rows.len()), ("2/3", 0));
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        for (row, code) in [
            ("1,A1,2025,v,7,1,0,0,0,0", "terms/contradiction"),
            ("1,A1,2025,v,,1,1,0,0,0", "terms/contradiction"),
            ("1,A1,2025,v,,1,1,0,0,0.5", "terms/cell"),
            ("1,A1,2025,v,,1,-1,0,0,0", "terms/cell"),
            ("1,A1,2025,v,,1,1,0,18446744073709551615,0", "terms/cell"),
            ("0,A1,2025,v,7,1,1,0,0,0", "terms/cell"),
            ("1,,2025,v,7,1,1,0,0,0", "terms/cell"),
            ("1,A1,2025,v,seven,1,1,0,0,0", "terms/cell"),
        ] {
            assert_eq!(codes_of(&file(&[row])), [code], "{row}");
        }
        // Rejected and conflicting figures have none, or with `prefer` one.
        for row in ["1,A1,2025,v,,2,2,0,1,0", "1,A1,2025,v,,1,0,0,0,1", "1,A1,2025,v,7,2,2,0,1,0", "1,A1,2025,v,7,1.0,1.0,0,0,0"] {
            assert_eq!(codes_of(&file(&[row])), Vec::<&str>::new(), "{row}");
        }
        let other = format!("{}sha256:0123456789abcdef,2/3,1,A2,2025,v,7,1,1,0,0,0\n", file(&["1,A1,2025,v,7,1,1,0,0,0"]));
        assert_eq!(codes_of(&other), ["terms/cell"]);
    }

    proptest! {
        /// Whatever a file holds, it is terms or refused with a reason.
        #[test]
        fn any_file_is_read_or_refused(rows in prop::collection::vec(prop::collection::vec("[-0-9a-f/@:.\"\n甲 e]{0,5}", 9..14), 0..4), head in any::<bool>()) {
            let lines: Vec<String> = rows.iter().map(|row| if head { format!("{SAME}{}", row.join(",")) } else { row.join(",") }).collect();
            let text = format!("{}{}", if head { HEAD } else { "" }, lines.join("\n"));
            prop_assert!(read(text.as_bytes(), "t.csv").err().is_none_or(|found| !found.is_empty()));
        }
    }
}
