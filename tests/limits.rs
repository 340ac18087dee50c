//! Files made to exhaust a machine are refused with a code.

use std::fs;
use std::io::Write as _;

use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[path = "support/program.rs"]
mod program;
use program::kaohe;

const SHEET: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

/// A folder with a small assessment whose data stand in `file`.
fn desk(file: &str) -> TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: String| fs::write(desk.path().join(name), text).expect("a file");
    let base = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/base/");
    for name in ["assessment.toml", "criteria.toml", "items.toml", "organisations.csv"] {
        write(name, fs::read_to_string(format!("{base}{name}")).expect("a file").replace("data.csv", file));
    }
    desk
}

/// What the program says of the data: the codes in brackets, and that it ended by itself.
#[track_caller]
fn says(desk: &TempDir, expected: &str) {
    let ran = kaohe(desk.path(), ["check", "--lang", "en"]);
    let said = String::from_utf8_lossy(&ran.out).into_owned() + &String::from_utf8_lossy(&ran.err);
    assert!(said.contains(expected), "{expected} is not in\n{said:.2000}");
    assert!(!said.contains("panicked"), "{said:.2000}");
    assert!(said.len() < 20_000, "{} bytes are shown", said.len());
    assert!(matches!(ran.code, Some(1 | 2)), "{:?}", ran.code);
}

/// A workbook of one sheet whose parts are given in pieces, packed.
fn workbook(desk: &TempDir, sheet: impl Iterator<Item = String>, texts: impl Iterator<Item = String>) {
    let mut archive = ZipWriter::new(fs::File::create(desk.path().join("data.xlsx")).expect("a file"));
    let relations = "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"";
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut part = |name: &str, pieces: &mut dyn Iterator<Item = String>| {
        archive.start_file(name, SimpleFileOptions::default().large_file(true)).expect("a part");
        pieces.for_each(|piece| archive.write_all(piece.as_bytes()).expect("room"));
    };
    let mut one = |name: &str, text: String| part(name, &mut std::iter::once(text));
    one("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned());
    one(
        "_rels/.rels",
        format!(
            "<Relationships {relations}><Relationship Id=\"r\" Type=\"{kind}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    );
    one(
        "xl/workbook.xml",
        format!("<workbook {SHEET} xmlns:r=\"{kind}\"><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"r\"/></sheets></workbook>"),
    );
    one(
        "xl/_rels/workbook.xml.rels",
        format!(
            "<Relationships {relations}><Relationship Id=\"r\" Type=\"{kind}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
        ),
    );
    part("xl/sharedStrings.xml", &mut std::iter::once(format!("<sst {SHEET}>")).chain(texts).chain(["</sst>".to_owned()]));
    let head = format!("<worksheet {SHEET}><sheetData>");
    part("xl/worksheets/sheet1.xml", &mut std::iter::once(head).chain(sheet).chain(["</sheetData></worksheet>".to_owned()]));
    archive.finish().expect("an archive");
}

fn row(number: u32, cells: &str) -> String {
    format!("<row r=\"{number}\">{cells}</row>")
}

#[test]
fn a_cell_of_megabytes_in_a_workbook_is_refused() {
    let desk = desk("data.xlsx");
    let cell = format!("<c t=\"inlineStr\"><is><t>{}</t></is></c>", "x".repeat(2 << 20));
    workbook(&desk, std::iter::once(row(1, &cell)), std::iter::empty());
    says(&desk, "a cell of it holds more than 1 MB");
}

/// Room is made for as many texts as a workbook says it has: terabytes, here.
#[test]
fn a_workbook_that_says_it_has_a_million_million_texts_is_refused() {
    let desk = desk("data.xlsx");
    let texts = ["</sst><sst uniqueCount=\"1000000000000\">".to_owned()];
    workbook(&desk, std::iter::once(row(1, "<c t=\"s\"><v>0</v></c>")), texts.into_iter());
    says(&desk, "[file/too-large]");
}

/// Rows that hold one cell at their far end are blank for thousands of columns.
#[test]
fn a_workbook_of_blanks_between_is_refused() {
    let desk = desk("data.xlsx");
    let far = |number| row(number, &format!("<c r=\"XFD{number}\"><v>1</v></c>"));
    workbook(&desk, (1..=60_000).map(far), std::iter::empty());
    says(&desk, "[file/too-large]");
}

#[test]
fn tags_nested_by_the_million_are_a_damaged_workbook() {
    let desk = desk("data.xlsx");
    workbook(&desk, (0..1_000_000).map(|_| "<a>".to_owned()), std::iter::empty());
    says(&desk, "[file/damaged-workbook]");
}

/// A reader that waits for the end of a table would wait for ever.
#[test]
fn a_sheet_that_breaks_off_is_a_damaged_workbook() {
    let desk = desk("data.ods");
    let mut archive = ZipWriter::new(fs::File::create(desk.path().join("data.ods")).expect("a file"));
    let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"s\"><table:table-row>"),
    ] {
        archive.start_file(name, plain).expect("a part");
        archive.write_all(text.as_bytes()).expect("room");
    }
    archive.finish().expect("an archive");
    says(&desk, "[file/damaged-workbook]");
}

#[test]
fn a_header_of_a_million_columns_is_refused() {
    let desk = desk("data.csv");
    fs::write(desk.path().join("data.csv"), format!("code,period{}\nE1,2025,1\n", ",c".repeat(1_000_000))).expect("a file");
    says(&desk, "[file/too-wide]");
}

/// A line of 17 MB is refused like one of a gigabyte: before it is held several times over.
#[test]
fn a_line_of_megabytes_is_refused() {
    let desk = desk("data.csv");
    let text = format!("code,period,discharges,referrals\nE1,2025,1,1\nE2,2025,\"1,{}\nW1,2025,1,1\n", "x".repeat(17 << 20));
    fs::write(desk.path().join("data.csv"), text).expect("a file");
    says(&desk, "a line of it holds more than 8 MB");
}

#[test]
fn a_cell_of_megabytes_is_refused_in_the_header_and_named_in_a_row() {
    let desk = desk("data.csv");
    let long = "x".repeat(4 << 20);
    fs::write(desk.path().join("data.csv"), format!("code,period,discharges,{long}\nE1,2025,1,1\n")).expect("a file");
    says(&desk, "a cell of it holds more than 1 MB");
    fs::write(desk.path().join("data.csv"), format!("code,period,discharges\n{long},2025,1\nE1,2025,1\n")).expect("a file");
    says(&desk, "[table/long-cell]");
}

/// What is read by recursion has a depth, what is written in a row has a length.
#[test]
fn formulas_nested_or_chained_without_end_are_refused() {
    let many = 200_000;
    let chains = [
        format!("{}discharges{}", "(".repeat(many), ")".repeat(many)),
        format!("{}discharges", "-".repeat(many)),
        format!("discharges{}", " + discharges".repeat(many)),
        format!("discharges[{}tier = primary]", "not ".repeat(many)),
        format!("discharges[tier = primary{}]", " or tier = primary".repeat(many)),
        format!("min(discharges{})", ", discharges".repeat(many)),
        "min(".repeat(many),
    ];
    for chain in chains {
        let desk = desk("data.csv");
        let items = fs::read_to_string(desk.path().join("items.toml")).expect("a file");
        let items = items.replace("numerator = \"referrals\"", &format!("numerator = \"{chain}\""));
        fs::write(desk.path().join("items.toml"), items).expect("a file");
        fs::write(desk.path().join("data.csv"), "code,period,discharges,referrals\nE1,2025,1,1\n").expect("a file");
        says(&desk, "[formula/too-complex]");
    }
}

#[test]
fn toml_nested_without_end_or_on_one_long_line_is_refused() {
    for (text, code) in [
        (format!("x = {}", "[".repeat(200_000)), "[definition/"),
        (format!("x = {}", "{ a = ".repeat(200_000)), "[definition/"),
        (format!("x{} = 1", ".a".repeat(200_000)), "[definition/"),
        (format!("title = \"{}\"\nperiod = 1", "x".repeat(4 << 20)), "[definition/"),
        (format!("title = [{}]", "1, ".repeat(1_000_000)), "[definition/"),
    ] {
        let desk = desk("data.csv");
        fs::write(desk.path().join("assessment.toml"), text).expect("a file");
        says(&desk, code);
    }
}
