//! The workbook of a shipped example, read back cell by cell by another library than the one that wrote it, and
//! compared with the files beside it.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::Value;

#[path = "support/program.rs"]
mod program;

use program::kaohe;

/// Rows above the first of a table: title, way back, header.
const FIRST: usize = 3;

/// True for a cell with these words; a number is none.
fn is(cell: &Data, words: &str) -> bool {
    matches!(cell, Data::String(text) if text == words)
}

struct Sheet {
    cells: Vec<Vec<Data>>,
    formulas: BTreeMap<(usize, usize), String>,
}

impl Sheet {
    fn column(&self, heading: &str) -> usize {
        let found = self.cells[FIRST - 1].iter().position(|cell| is(cell, heading));
        found.unwrap_or_else(|| panic!("no column {heading}: {:?}", self.cells[FIRST - 1]))
    }

    /// The cells of one column below the header.
    fn under(&self, heading: &str) -> Vec<&Data> {
        let column = self.column(heading);
        self.cells[FIRST..].iter().map(|row| &row[column]).collect()
    }
}

/// The result of an example, and the sheets of its workbook in their order.
struct Desk {
    place: tempfile::TempDir,
    names: Vec<String>,
    sheets: BTreeMap<String, Sheet>,
}

impl Desk {
    fn scored(example: &str, lang: &str) -> Self {
        let place = tempfile::tempdir().expect("a temporary folder");
        let path = format!("{}/examples/{example}", env!("CARGO_MANIFEST_DIR"));
        let target = place.path().join("result");
        let ran = kaohe(place.path(), ["score", &path, "--lang", lang, "--quiet", "-o", target.to_str().expect("UTF-8")]);
        assert_eq!(ran.code, Some(0), "{}", String::from_utf8_lossy(&ran.err));
        assert!(!ran.out.is_empty(), "the ranking is shown, too");
        let mut workbook: Xlsx<_> = open_workbook(target.join("report.xlsx")).expect("a workbook");
        let names = workbook.sheet_names();
        let sheets = names.iter().map(|name| (name.clone(), sheet(&mut workbook, name))).collect();
        Self { place, names, sheets }
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.place.path().join("result").join(name)
    }

    fn book(&self) -> Value {
        let bytes = std::fs::read(self.path("scorebook.json")).expect("a file");
        serde_json::from_slice(&bytes).expect("JSON")
    }

    /// The records of a CSV file, by header.
    fn csv(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        let text = std::fs::read_to_string(self.path(name)).expect("a file");
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        reader.deserialize().map(|row| row.expect("a row")).collect()
    }

    #[track_caller]
    fn sheet(&self, name: &str) -> &Sheet {
        self.sheets.get(name).unwrap_or_else(|| panic!("no sheet {name}: {:?}", self.names))
    }
}

fn sheet(workbook: &mut Xlsx<impl std::io::Read + std::io::Seek>, name: &str) -> Sheet {
    let range = workbook.worksheet_range(name).expect("cells");
    let (height, width) = range.end().map_or((0, 0), |(row, column)| (row + 1, column + 1));
    let cell = |row, column| range.get_value((row, column)).cloned().unwrap_or(Data::Empty);
    let cells = (0..height).map(|row| (0..width).map(|column| cell(row, column)).collect()).collect();
    let formulas = workbook.worksheet_formula(name).expect("formulas");
    let (top, left) = formulas.start().map_or((0, 0), |(row, column)| (row as usize, column as usize));
    let formulas = formulas.used_cells().map(|(row, column, text)| ((row + top, column + left), text.clone())).collect();
    Sheet { cells, formulas }
}

/// A number of JSON or CSV, or nothing, as a cell holds it.
fn number(text: &str) -> Option<f64> {
    text.parse().ok()
}

fn float(cell: &Data) -> Option<f64> {
    match cell {
        Data::Float(float) => Some(*float),
        _ => None,
    }
}

/// "K5" as row and column from 0.
fn place(name: &str) -> (usize, usize) {
    let at = name.find(|sign: char| sign.is_ascii_digit()).expect("a row");
    let column = name[..at].bytes().fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1);
    (name[at..].parse::<usize>().expect("a row") - 1, column - 1)
}

/// `ROUND(SUM(A1:A3,A5),2)` worked out as a spreadsheet program does, in doubles.
#[track_caller]
fn worked_out(formula: &str, sheet: &Sheet) -> f64 {
    let inner = formula.strip_prefix("ROUND(SUM(").and_then(|rest| rest.strip_suffix(')')).expect("a sum");
    let (ranges, decimals) = inner.rsplit_once("),").expect("decimals");
    let mut sum = 0.0;
    for range in ranges.split(',') {
        let (first, last) = range.split_once(':').unwrap_or((range, range));
        let ((top, left), (bottom, right)) = (place(first), place(last));
        for (row, column) in (top..=bottom).flat_map(|row| (left..=right).map(move |column| (row, column))) {
            sum += float(&sheet.cells[row][column]).unwrap_or(0.0);
        }
    }
    let scale = 10_f64.powi(decimals.parse().expect("a number"));
    (sum * scale).round() / scale
}

fn each_formula_gives_what_is_stored(desk: &Desk) -> usize {
    let mut count = 0;
    for (name, sheet) in &desk.sheets {
        for ((row, column), formula) in &sheet.formulas {
            let stored = float(&sheet.cells[*row][*column]);
            assert_eq!(Some(worked_out(formula, sheet)), stored, "{name} {row} {column} {formula}");
            count += 1;
        }
    }
    count
}

#[test]
fn the_ranking_shows_totals_and_dimensions_of_the_result() {
    let desk = Desk::scored("linyi", "zh");
    let (book, summary) = (desk.book(), desk.sheet("总览"));
    for unit in book["units"].as_array().expect("units") {
        let key = unit["unit"].as_str().expect("a key");
        let row = FIRST + summary.under("编号").iter().position(|cell| is(cell, key)).expect("its row");
        let cells = &summary.cells[row];
        let total = summary.column("总分 (100)");
        assert_eq!(float(&cells[total]), number(unit["total"].as_str().expect("a total")));
        assert!(summary.formulas.contains_key(&(row, total)), "{key}: the total is a sum");
        assert_eq!(float(&cells[summary.column("名次")]), unit["rank"].as_f64());
        assert_eq!(cells[summary.column("等级")].to_string(), unit["grade"]["zh"].as_str().expect("a grade"));
        let first = summary.column("编号") + 2;
        for (at, dimension) in unit["dimensions"].as_array().expect("dimensions").iter().enumerate() {
            assert_eq!(float(&cells[first + at]), number(dimension["points"].as_str().expect("points")), "{key} {dimension}");
        }
    }
    assert!(each_formula_gives_what_is_stored(&desk) > 10);
}

/// Every criterion of every unit: its points and its value, on the sheet of the unit and in the comparison.
#[test]
fn every_score_stands_on_the_sheet_of_its_unit() {
    for (lang, headings, comparison) in
        [("zh", ["指标", "得分", "指标值", "考核对象"], "指标对比"), ("en", ["Criterion", "Points", "Value", "Unit"], "Comparison")]
    {
        let desk = Desk::scored("linyi", lang);
        let book = desk.book();
        let criteria = book["criteria"].as_array().expect("criteria");
        let mut compared = 0;
        for unit in book["units"].as_array().expect("units") {
            let name = unit["name"][lang].as_str().expect("a name");
            let sheet = desk.sheet(name);
            for (score, criterion) in unit["scores"].as_array().expect("scores").iter().zip(criteria) {
                let said = criterion["name"][lang].as_str().expect("a name");
                let found = |sheet: &Sheet, is_its: &dyn Fn(&[Data]) -> bool| -> (Option<f64>, Data) {
                    let its = |row: &&Vec<Data>| is(&row[sheet.column(headings[0])], said) && is_its(row);
                    let row = sheet.cells[FIRST..].iter().find(its).unwrap_or_else(|| panic!("{said} of {name}"));
                    (float(&row[sheet.column(headings[1])]), row[sheet.column(headings[2])].clone())
                };
                let expected = score["points"].as_str().and_then(number);
                let side = desk.sheet(comparison);
                let of_unit = |row: &[Data]| is(&row[side.column(headings[3])], name);
                for (points, value) in [found(sheet, &|_| true), found(side, &of_unit)] {
                    assert_eq!(points, expected, "{name} {said}");
                    if let Some(expected) = score["value"].as_f64() {
                        assert_eq!(float(&value), Some(expected), "{name} {said}");
                        compared += 1;
                    } else {
                        assert_eq!(float(&value), None, "{name} {said}: no number where there is none");
                    }
                }
            }
            let total = sheet.cells.iter().find(|row| ["总分", "Total"].contains(&row[0].to_string().as_str())).expect("a total");
            assert_eq!(float(&total[sheet.column(headings[1])]), number(unit["total"].as_str().expect("a total")));
        }
        assert!(compared > 50, "{compared} values");
        each_formula_gives_what_is_stored(&desk);
    }
}

/// The list of values holds what `measures.csv` holds, number by number; only the order of units is that of ranks.
#[test]
fn every_measure_is_that_of_the_file_beside_it() {
    let desk = Desk::scored("linyi", "en");
    let sheet = desk.sheet("Indicators");
    let files = desk.csv("measures.csv");
    assert_eq!(sheet.cells.len() - FIRST, files.len());
    let names: BTreeMap<String, String> =
        desk.csv("summary.csv").into_iter().map(|row| (row["unit"].clone(), row["name"].clone())).collect();
    for file in &files {
        let is_its = |row: &&Vec<Data>| {
            let same = |heading: &str, text: &str| is(&row[sheet.column(heading)], text);
            same("Unit", &names[&file["unit"]]) && same("Id", &file["indicator"]) && same("Window", &file["window"])
        };
        let row = sheet.cells[FIRST..].iter().find(is_its).unwrap_or_else(|| panic!("{file:?}"));
        for (heading, column) in [
            ("Value", "value"),
            ("Numerator", "numerator"),
            ("Denominator", "denominator"),
            ("Lower limit", "lower"),
            ("Upper limit", "upper"),
        ] {
            assert_eq!(float(&row[sheet.column(heading)]), number(&file[column]), "{heading} {file:?}");
        }
        assert_eq!(row[sheet.column("State")].to_string(), file["state"]);
    }
}

#[test]
fn every_finding_is_that_of_the_file_beside_it() {
    let desk = Desk::scored("linyi", "zh");
    let sheet = desk.sheet("数据问题");
    let files = desk.csv("findings.csv");
    assert_eq!(sheet.cells.len() - FIRST, files.len());
    for (row, file) in sheet.cells[FIRST..].iter().zip(&files) {
        for (heading, column) in [("代码", "code"), ("行", "row"), ("机构", "organisation"), ("原值", "value"), ("说明", "message")]
        {
            // In a CSV file an apostrophe keeps text from being run; here it is text by its kind.
            let expected = file[column].strip_prefix('\'').unwrap_or(&file[column]);
            assert_eq!(row[sheet.column(heading)].to_string(), expected, "{file:?}");
        }
    }
}

/// Adjustments are printed rows, and part of the sums: the scheme of 2017 has bonuses and vetoes.
#[test]
fn sums_come_out_in_every_example() {
    for example in ["guangming", "national-2019", "state-council-2017", "wushen", "yangjiang"] {
        let desk = Desk::scored(example, "zh");
        assert!(each_formula_gives_what_is_stored(&desk) > 0, "{example} has no sum");
        let (sheet, files) = (desk.sheet("调整"), desk.csv("adjustments.csv"));
        assert_eq!(sheet.cells.len() - FIRST, files.len(), "{example}");
        let mut points: Vec<_> = sheet.under("得分").into_iter().map(|cell| float(cell).map(f64::to_bits)).collect();
        let mut expected: Vec<_> = files.iter().map(|row| number(&row["points"]).map(f64::to_bits)).collect();
        points.sort_unstable();
        expected.sort_unstable();
        assert_eq!(points, expected, "{example}");
    }
}

fn part(path: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).expect("a file")).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect("a part").read_to_string(&mut text).expect("UTF-8");
    text
}

/// What a reader of cells does not tell: panes, filters, links, the print set-up.
#[test]
fn sheets_are_set_up_for_reading_and_for_paper() {
    let desk = Desk::scored("linyi", "en");
    let path = desk.path("report.xlsx");
    for at in 1..=desk.names.len() {
        let sheet = part(&path, &format!("xl/worksheets/sheet{at}.xml"));
        for expected in [
            "ySplit=\"3\"",
            "state=\"frozen\"",
            "paperSize=\"9\"",
            "orientation=\"landscape\"",
            "fitToHeight=\"0\"",
            "Page &amp;P of &amp;N",
        ] {
            assert!(sheet.contains(expected), "sheet {at}: {expected}");
        }
        let is_list = ["Comparison", "Indicators", "Adjustments", "Findings"].contains(&desk.names[at - 1].as_str());
        assert_eq!(sheet.contains("<autoFilter"), is_list, "{}", desk.names[at - 1]);
    }
    let workbook = part(&path, "xl/workbook.xml");
    assert_eq!(workbook.matches("_xlnm.Print_Titles").count(), desk.names.len());
    let summary = part(&path, "xl/worksheets/sheet1.xml");
    assert!(summary.contains("location=\"示例甲紧密型城市医疗集团!A1\""), "the name leads to the sheet");
    assert!(part(&path, "xl/worksheets/sheet2.xml").contains("<colorScale>"));
}
