//! Workbooks of a case, written as lines of cells.
//!
//! `[sheet NAME]` begins a sheet (`Sheet1` without one), `[hidden sheet NAME]` a hidden one. Every other
//! line is a row, its cells divided by `|`, a line of nothing but blanks a blank row. A cell is a number
//! (`12`), a share shown in percent (`92.5%`), a date (`2025-06-01`; `2025-06-01 as yyyy"年"`), a formula
//! with the value the spreadsheet last computed (`=B2+B3 -> 5`), or text; `'12` is text. `[merge A1:C1]`
//! merges cells, whose text is that of the first; `[hide row 3]` and `[hide column D]` hide.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

/// The bytes of the workbook.
pub(crate) fn bytes(lines: &[&str]) -> Result<Vec<u8>, String> {
    let mut book = Workbook::new();
    let mut sheets: Vec<(String, bool, Vec<&str>)> = Vec::new();
    for line in lines {
        let named = |mark: &str| line.strip_prefix(mark)?.strip_suffix(']').map(str::to_owned);
        match (named("[sheet "), named("[hidden sheet ")) {
            (Some(name), _) => sheets.push((name, false, Vec::new())),
            (_, Some(name)) => sheets.push((name, true, Vec::new())),
            _ => {
                if sheets.is_empty() {
                    sheets.push(("Sheet1".to_owned(), false, Vec::new()));
                }
                sheets.last_mut().expect("a sheet").2.push(line);
            }
        }
    }
    for (name, is_hidden, lines) in &sheets {
        let sheet = book.add_worksheet();
        fill(sheet, lines).and_then(|()| sheet.set_name(name).map(|_| ())).map_err(|error| error.to_string())?;
        sheet.set_hidden(*is_hidden);
    }
    book.save_to_buffer().map_err(|error| error.to_string())
}

fn fill(sheet: &mut Worksheet, lines: &[&str]) -> Result<(), XlsxError> {
    let merges: Vec<&str> = lines.iter().filter_map(|line| line.strip_prefix("[merge ")?.strip_suffix(']')).collect();
    let hidden = |what: &str| {
        lines.iter().filter_map(move |line| line.strip_prefix("[hide ")?.strip_prefix(what)?.strip_suffix(']')).collect::<Vec<_>>()
    };
    for row in hidden("row ").iter().filter_map(|row| row.parse::<u32>().ok()) {
        sheet.set_row_hidden(row - 1)?;
    }
    for (_, column) in hidden("column ").iter().filter_map(|column| position(&format!("{column}1"))) {
        sheet.set_column_hidden(column)?;
    }
    let rows = lines.iter().filter(|line| !line.starts_with("[merge ") && !line.starts_with("[hide "));
    let mut texts = std::collections::BTreeMap::new();
    for (row, line) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(line.split('|')) {
            put(sheet, row, column, cell.trim())?;
            texts.insert((row, column), cell.trim());
        }
    }
    for merge in merges {
        let Some((from, to)) = merge.split_once(':').and_then(|(from, to)| Some((position(from)?, position(to)?))) else { continue };
        sheet.merge_range(from.0, from.1, to.0, to.1, texts.get(&from).copied().unwrap_or_default(), &Format::new())?;
    }
    Ok(())
}

/// `B17` as row and column from 0; one letter is enough here.
fn position(address: &str) -> Option<(u32, u16)> {
    let (letter, row) = address.split_at_checked(1)?;
    let column = u16::from(letter.bytes().next()?.checked_sub(b'A')?);
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column))
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: &str) -> Result<(), XlsxError> {
    let (written, shape) = cell.split_once(" as ").unwrap_or((cell, "yyyy-mm-dd"));
    if cell.is_empty() {
        return Ok(());
    }
    if let Some(text) = cell.strip_prefix('\'') {
        sheet.write_string(row, column, text)?;
    } else if let Some((formula, result)) = cell.strip_prefix('=').and_then(|formula| formula.split_once(" -> ")) {
        sheet.write_formula(row, column, Formula::new(formula).set_result(result))?;
    } else if let Ok(number) = cell.parse::<f64>() {
        sheet.write_number(row, column, number)?;
    } else if let Some(Ok(share)) = cell.strip_suffix('%').map(str::parse::<f64>) {
        sheet.write_number_with_format(row, column, share / 100.0, &Format::new().set_num_format("0.0%"))?;
    } else if let (10, Ok(date)) = (written.len(), ExcelDateTime::parse_from_str(written)) {
        sheet.write_datetime_with_format(row, column, &date, &Format::new().set_num_format(shape))?;
    } else {
        sheet.write_string(row, column, cell)?;
    }
    Ok(())
}

/// A zip archive without compression: `--- PATH` begins a part, whose text follows.
pub(crate) fn archive(lines: &[&str]) -> Vec<u8> {
    let mut parts: Vec<(&str, String)> = Vec::new();
    for line in lines {
        match (line.strip_prefix("--- "), parts.last_mut()) {
            (Some(path), _) => parts.push((path, String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => {}
        }
    }
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    let length = |text: &[u8]| u32::try_from(text.len()).expect("a small part").to_le_bytes();
    for (path, text) in &parts {
        let offset = length(&bytes);
        let name_length = u16::try_from(path.len()).expect("a short name").to_le_bytes();
        let mut common = vec![20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0x28];
        common.extend(crc32(text.as_bytes()).to_le_bytes());
        common.extend([length(text.as_bytes()), length(text.as_bytes())].concat());
        common.extend([name_length, [0, 0]].concat());
        bytes.extend([b"PK\x03\x04", &common[..], path.as_bytes(), text.as_bytes()].concat());
        directory.extend([b"PK\x01\x02\x14\0", &common[..], &[0; 10], &offset, path.as_bytes()].concat());
    }
    let count = u16::try_from(parts.len()).expect("few parts").to_le_bytes();
    let end = [&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &length(&directory), &length(&bytes), &[0, 0]].concat();
    [bytes, directory, end].concat()
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}
