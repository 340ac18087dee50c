//! Workbooks of results that nobody would wish for, read back by another library than the one that wrote them.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::{ROWS, UNITS, bytes};
use crate::dossier::Dossier;
use crate::number::Exact;
use crate::report::fixture::scorebook;
use crate::scorebook::Scorebook;
use crate::state::State;
use crate::text::{Lang, Text};

/// A sheet: its name, its cells as texts (numbers as they are written), its formulas by row and column.
struct Read {
    name: String,
    cells: Vec<Vec<Data>>,
    formulas: Vec<((usize, usize), String)>,
}

impl Read {
    /// The cell under a heading in the row that has these words in some cell.
    #[track_caller]
    fn cell(&self, words: &str, heading: &str) -> &Data {
        let is = |cell: &Data, words: &str| matches!(cell, Data::String(text) if text == words);
        let column = self.cells[2].iter().position(|cell| is(cell, heading)).unwrap_or_else(|| panic!("{heading} in {}", self.name));
        let row = self.cells[3..].iter().find(|row| row.iter().any(|cell| is(cell, words)));
        &row.unwrap_or_else(|| panic!("{words} in {}", self.name))[column]
    }

    fn has(&self, words: &str) -> bool {
        self.cells.iter().flatten().any(|cell| matches!(cell, Data::String(text) if text.contains(words)))
    }
}

#[track_caller]
fn read(book: &Scorebook, lang: Lang) -> Vec<Read> {
    read_at_most(book, lang, ROWS)
}

#[track_caller]
fn read_at_most(book: &Scorebook, lang: Lang, rows: usize) -> Vec<Read> {
    let packed = bytes(&Dossier::alone(book), lang, rows).expect("a workbook");
    let mut workbook = Xlsx::new(Cursor::new(packed)).expect("a workbook");
    let names = workbook.sheet_names();
    let sheet = |name: String| {
        let range = workbook.worksheet_range(&name).expect("cells");
        let (height, width) = range.end().map_or((0, 0), |(row, column)| (row + 1, column + 1));
        let cell = |row, column| range.get_value((row, column)).cloned().unwrap_or(Data::Empty);
        let cells = (0..height).map(|row| (0..width).map(|column| cell(row, column)).collect()).collect();
        let formulas = workbook.worksheet_formula(&name).expect("formulas");
        let (top, left) = formulas.start().map_or((0, 0), |(row, column)| (row as usize, column as usize));
        let formulas = formulas.used_cells().map(|(row, column, text)| ((row + top, column + left), text.clone())).collect();
        Read { name, cells, formulas }
    };
    names.into_iter().map(sheet).collect()
}

fn number(text: &str) -> Data {
    Data::Float(text.parse().expect("a number"))
}

/// What a spreadsheet program refuses to open.
#[track_caller]
fn assert_legal(sheets: &[Read]) {
    let mut seen = BTreeSet::new();
    for Read { name, .. } in sheets {
        assert!(!name.is_empty() && name.encode_utf16().count() <= 31, "{name}");
        assert!(!name.contains(['[', ']', ':', '*', '?', '/', '\\']) && !name.starts_with('\'') && !name.ends_with('\''), "{name}");
        assert!(seen.insert(name.to_lowercase()), "{name} stands twice");
    }
}

/// The fixture: 50 + 35, 33 + 35 + 17, 20 + 40, and no total.
#[test]
fn totals_are_sums_of_what_is_printed() {
    let sheets = read(&scorebook(), Lang::Zh);
    assert_legal(&sheets);
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    let chapters = ["总览", "得分率", "指标对比"].into_iter();
    let units = ["临沂市人民医院集团", "East Group", "=中医院集团", "妇幼保健院集团"];
    assert_eq!(names, chapters.chain(units).chain(["指标值", "调整", "数据问题", "口径与来源"]).collect::<Vec<_>>());
    let summary = &sheets[0];
    for (key, total) in [("LY01", "85"), ("LY02", "85"), ("LY03", "60")] {
        assert_eq!(summary.cell(key, "总分 (100)"), &number(total), "{key}");
    }
    assert_eq!(summary.cell("LY04", "总分 (100)"), &Data::String("无总分".to_owned()));
    let formulas: Vec<&str> = summary.formulas.iter().map(|(_, formula)| formula.as_str()).collect();
    assert_eq!(formulas, ["ROUND(SUM(D4:F4),2)", "ROUND(SUM(D5:F5),2)", "ROUND(SUM(D6:F6),2)"]);
    // Section, two criteria, sum; section, one criterion, sum; section, adjustment; section, total.
    let east: Vec<(usize, &str)> = sheets[4].formulas.iter().map(|((row, _), formula)| (row + 1, formula.as_str())).collect();
    let column = sheets[4].formulas[0].1.chars().nth(10).expect("a column");
    let expected =
        ["ROUND(SUM(X5:X6),2)", "ROUND(SUM(X9),2)", "ROUND(SUM(X5:X6,X9,X12),2)"].map(|text| text.replace('X', &column.to_string()));
    assert_eq!(east, [7, 10, 14].into_iter().zip(expected.iter().map(String::as_str)).collect::<Vec<_>>());
    assert_eq!(sheets[4].cell("总分", "得分"), &number("85"));
    assert_eq!(sheets[4].cell("折算", "得分"), &number("17"));
    assert_eq!(sheets[4].cell("满意度", "得分"), &Data::String("–".to_owned()));
}

/// A missing value is a word and no number; what is endless in the fixture, 200/3, is its nearest double.
#[test]
fn values_stand_unscaled_and_missing_ones_as_words() {
    let sheets = read(&scorebook(), Lang::En);
    let indicators = sheets.iter().find(|sheet| sheet.name == "Indicators").expect("a sheet");
    assert_eq!(indicators.cell("临沂市人民医院集团", "Value"), &number("54.6"));
    assert_eq!(indicators.cell("East Group", "Value"), &Data::Float(200.0 / 3.0));
    assert_eq!(indicators.cell("East Group", "Numerator"), &number("2"));
    assert_eq!(indicators.cell("=中医院集团", "Value"), &Data::String("rejected".to_owned()));
    assert_eq!(indicators.cell("妇幼保健院集团", "Value"), &Data::String("missing".to_owned()));
    assert_eq!(indicators.cell("妇幼保健院集团", "Numerator"), &Data::Empty);
}

/// Where the rows do not give the total, no formula pretends that they do.
#[test]
fn a_total_that_its_rows_do_not_give_is_a_number() {
    let mut book = scorebook();
    book.units[0].total = Some("84.99".parse().expect("a number"));
    let sheets = read(&book, Lang::Zh);
    assert_eq!(sheets[0].cell("LY01", "总分 (100)"), &number("84.99"));
    assert!(sheets[0].formulas.iter().all(|((row, _), _)| *row != 3));
    assert_eq!(sheets[3].cell("总分", "得分"), &number("84.99"));
    assert_eq!(sheets[3].formulas.len(), 2, "the sums of the dimensions still come out");
}

#[test]
fn names_of_any_kind_are_text_and_give_legal_sheets() {
    let long = "很长的名字/".repeat(34);
    let names = ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", &long, "🏥\u{1}[A]:*?\\'"];
    let shown = ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", &long, "🏥[A]:*?\\'"];
    let mut book = scorebook();
    for (unit, name) in book.units.iter_mut().zip(names) {
        unit.name = Text::same(name);
    }
    // Two more of the same name, one of the same name in capitals, one without any.
    for (key, name) in [("X1", names[0]), ("X2", names[0]), ("X3", "<SCRIPT>alert(1)</script>"), ("X4", "")] {
        book.units.push(crate::scorebook::UnitResult { key: key.into(), name: Text::same(name), ..book.units[0].clone() });
    }
    let sheets = read(&book, Lang::Zh);
    assert_legal(&sheets);
    assert_eq!(sheets.len(), 7 + 8);
    for (key, name) in ["LY01", "LY02", "LY03", "LY04"].into_iter().zip(shown) {
        assert_eq!(sheets[0].cell(key, "考核对象"), &Data::String(name.to_owned()));
    }
    let own = |(_, formula): &((usize, usize), String)| formula.starts_with("ROUND(SUM(");
    assert!(sheets.iter().flat_map(|sheet| &sheet.formulas).all(own));
    assert_eq!(sheets[0].cell("X4", "总分 (100)"), &number("85"));
}

/// Nothing applies to anybody: no number of points anywhere, no formula, and no 0 in their place.
#[test]
fn a_result_without_points_has_words_in_their_place() {
    let mut book = scorebook();
    book.units.truncate(1);
    let unit = &mut book.units[0];
    unit.total = None;
    unit.rank = None;
    unit.measures.iter_mut().for_each(|measure| {
        (measure.value, measure.numerator, measure.denominator, measure.interval) = (None, None, None, None);
        measure.state = State::NotApplicable;
    });
    unit.scores.iter_mut().for_each(|score| (score.points, score.shown, score.state) = (None, None, State::NotApplicable));
    unit.dimensions.iter_mut().for_each(|sum| (sum.points, sum.applicable) = (Exact::zero(), Exact::zero()));
    let sheets = read(&book, Lang::En);
    assert_eq!(sheets[0].cell("LY01", "Service capability (60)"), &Data::String("n/a".to_owned()));
    assert_eq!(sheets[0].cell("LY01", "Total (100)"), &Data::String("no total".to_owned()));
    assert_eq!(sheets[1].cell("临沂市人民医院集团", "Total"), &Data::String("no total".to_owned()));
    assert_eq!(sheets[2].cell("Downward rate", "Points"), &Data::String("–".to_owned()));
    assert_eq!(sheets[3].cell("Total", "Points"), &Data::String("no total".to_owned()));
    assert!(sheets[0].formulas.is_empty());
}

#[test]
fn without_units_or_criteria_there_is_still_a_workbook() {
    let mut book = scorebook();
    book.units.clear();
    book.criteria.clear();
    book.dimensions.clear();
    book.indicators.clear();
    book.findings = crate::finding::Findings::default();
    assert_eq!(read(&book, Lang::En).len(), 7);
}

#[test]
fn more_units_than_anybody_finds_have_no_sheets() {
    let mut book = scorebook();
    let one = book.units[0].clone();
    book.units = (0..UNITS).map(|at| crate::scorebook::UnitResult { key: format!("K{at:03}").into(), ..one.clone() }).collect();
    assert_eq!(read(&book, Lang::En).len(), 7 + UNITS);
    book.units.push(crate::scorebook::UnitResult { key: "K999".into(), ..one });
    let sheets = read(&book, Lang::En);
    assert_eq!(sheets.len(), 7);
    assert_legal(&sheets);
    assert!(sheets[0].has("251 units: of more than 250 none has a sheet of its own"));
    assert_eq!(sheets[0].cell("K999", "Total (100)"), &number("85"));
}

/// Five findings where three may stand. The title says it, since nobody reads the foot of a hundred thousand rows.
#[test]
fn a_list_that_is_cut_says_so() {
    let book = scorebook();
    let findings = |rows| {
        let sheets = read_at_most(&book, Lang::Zh, rows);
        sheets.into_iter().find(|sheet| sheet.name == "数据问题").expect("a sheet").cells
    };
    let (cut, whole) = (findings(3), findings(5));
    assert_eq!((cut.len(), whole.len()), (3 + 3 + 1, 3 + 5), "title, way back, header, rows, and a note");
    assert_eq!(cut[0][0], Data::String("数据问题 — 共 5 行，这里是前 3 行，全部见 findings.csv".to_owned()));
    assert_eq!(cut[6][0], Data::String("共 5 行，这里是前 3 行，全部见 findings.csv".to_owned()));
    assert_eq!(whole[0][0], Data::String("数据问题".to_owned()));
}

/// D5: the same result is the same file, byte by byte.
#[test]
fn the_same_result_is_the_same_bytes() {
    let book = scorebook();
    let packed = || bytes(&Dossier::alone(&book), Lang::Zh, ROWS).expect("a workbook");
    assert_eq!(packed(), packed());
}
