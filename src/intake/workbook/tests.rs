//! A sheet is the same whether it is read while it is checked or after it.

use std::io::{Cursor, Read as _, Write as _};

use rust_xlsxwriter::{Format, Formula, Workbook as Written};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::*;

/// A workbook of a sheet of some megabytes, whose XML is changed so, and a small one behind it; nothing is packed.
fn book(change: impl Fn(String) -> String) -> Vec<u8> {
    let mut book = Written::new();
    let sheet = book.add_worksheet().set_name("月报").expect("a name");
    let percent = Format::new().set_num_format("0.0%");
    for row in 0..8000_u32 {
        sheet.write(row, 0, format!("A{}", row / 2)).expect("room");
        sheet.write(row, 1, f64::from(row) / 8.0).expect("room");
        sheet.write_with_format(row, 2, f64::from(row) / 1000.0, &percent).expect("room");
        sheet.write_blank(row, 3, &percent).expect("room");
        sheet.write(row, 4, Formula::new(format!("B{}*2", row + 1)).set_result(format!("{}", row / 4))).expect("room");
    }
    sheet.merge_range(8000, 0, 8001, 1, "merged", &percent).expect("room");
    sheet.set_row_hidden(4).expect("a row").set_column_hidden(2).expect("a column");
    book.add_worksheet().set_name("说明").expect("a name").write(0, 0, "words").expect("room");
    let bytes = book.save_to_buffer().expect("a workbook");
    let mut packed = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..packed.len() {
        let mut part = packed.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        let text = if name.ends_with("/sheet1.xml") { change(text) } else { text };
        archive.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).expect("a part");
        archive.write_all(text.as_bytes()).expect("room");
    }
    archive.finish().expect("an archive").into_inner()
}

/// As read by so many threads.
fn told(bytes: &[u8], threads: usize) -> String {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(|| format!("{:?}", read(bytes, None)))
}

#[test]
fn a_large_sheet_is_the_same_read_at_once_or_afterwards() {
    let bytes = book(|xml| xml);
    let late = bounds::Late::of(&bytes).expect("a large sheet");
    assert_eq!(late.name, "xl/worksheets/sheet1.xml");
    // It is opened before the large sheet is checked: the directory of the archive is not behind the gate.
    let gate = gate::Gate::new(late.packed);
    assert!(xlsx::is_opened(&bytes, &gate));
    let read = read(&bytes, None).expect("a workbook");
    let [sheet, words] = &read.sheets[..] else { panic!("{:?}", read.names) };
    let lines: Vec<&str> = sheet.text.lines().collect();
    assert_eq!((lines[0], lines[9], lines.len()), ("A0\t0\t0%\t\t0", "A4\t1.125\t0.9%\t\t2", 8001));
    assert_eq!(sheet.merged, [Area { rows: (8001, 8002), columns: (0, 1) }]);
    assert_eq!(sheet.hidden, Hidden { rows: vec![(5, 5)], columns: vec![(2, 2)] });
    assert_eq!(words.text, "words\n");
    assert_eq!(told(&bytes, 2), told(&bytes, 1));
}

#[test]
fn a_formula_without_a_value_is_found_in_a_large_sheet() {
    let bytes = book(|xml| xml.replacen("B4001*2</f><v>1000</v>", "B4001*2</f>", 1));
    let sheets = read(&bytes, None).expect("a workbook").sheets;
    assert_eq!(sheets[0].text.lines().nth(4000), Some("A2000\t500\t400%\t\t=B4001*2"));
    assert_eq!(told(&bytes, 2), told(&bytes, 1));
}

#[test]
fn what_is_wrong_with_a_large_sheet_is_said_either_way() {
    let (cell, address) = ("x".repeat(2 << 20), "r=\"ZZZZZZZZZZZZZZ1\"");
    let changes: [&dyn Fn(String) -> String; 4] = [
        &|xml| xml.replacen("</sheetData>", "", 1),
        &|xml| xml.replacen("A8001", &cell, 1),
        &|xml| xml.replacen("r=\"A7000\"", address, 1),
        &|xml| xml.replacen("ref=\"A8001:B8002\"", "ref=\"B2:A1\"", 1),
    ];
    for change in changes {
        let bytes = book(change);
        let said = told(&bytes, 2);
        assert!(said.starts_with("Err("), "{}", said.chars().take(200).collect::<String>());
        assert_eq!(said, told(&bytes, 1));
    }
}
