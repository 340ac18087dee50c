//! What the tags of a sheet tell besides its cells: seen while the size of the workbook is checked, so that a sheet is
//! not taken apart once more for each of them.

use quick_xml::events::BytesStart;

use super::hidden::{Hidden, value};
use super::sheet::Area;

/// Told of one part of an XLSX file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Beside {
    /// What is hidden.
    pub(super) hidden: Hidden,
    /// Whether any cell has a formula.
    pub(super) has_formula: bool,
    merged: Merged,
    /// The number of the last row.
    row: u64,
}

/// Merged areas: the first list of a part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Merged {
    #[default]
    None,
    Listed(Vec<Area>),
    Ended(Vec<Area>),
    /// Written otherwise than spreadsheets do: for the library of workbooks to say.
    Unusual,
}

impl Beside {
    /// Takes the next tag and its name.
    pub(super) fn take(&mut self, tag: &[u8], name: &[u8]) {
        match name {
            b"c" | b"v" => {}
            b"f" => self.has_formula = true,
            b"mergeCells" if tag.starts_with(b"/") => self.end_merged(),
            _ if tag.starts_with(b"/") => {}
            b"row" => with(tag, |tag| self.row(tag)),
            b"col" => with(tag, |tag| self.column(tag)),
            b"mergeCells" => {
                if self.merged == Merged::None {
                    self.merged = Merged::Listed(Vec::new());
                }
                if tag.ends_with(b"/") {
                    self.end_merged();
                }
            }
            b"mergeCell" => with(tag, |tag| self.merge(tag)),
            _ => {}
        }
    }

    /// Merged areas; `None` if they are for the library of workbooks to find.
    pub(super) fn merged(&self) -> Option<Vec<Area>> {
        match &self.merged {
            Merged::None => Some(Vec::new()),
            Merged::Ended(areas) => Some(areas.clone()),
            Merged::Listed(_) | Merged::Unusual => None,
        }
    }

    fn row(&mut self, tag: &BytesStart) {
        self.row = number(tag, "r").unwrap_or(self.row.saturating_add(1));
        if is_hidden(tag) {
            self.hidden.add_row(self.row);
        }
    }

    fn column(&mut self, tag: &BytesStart) {
        let at = |key| number(tag, key).and_then(|number| usize::try_from(number.checked_sub(1)?).ok());
        if is_hidden(tag) {
            self.hidden.columns.extend(at("min").zip(at("max")));
        }
    }

    fn merge(&mut self, tag: &BytesStart) {
        let Merged::Listed(areas) = &mut self.merged else { return };
        match value(tag, "ref").as_deref().and_then(area) {
            Some(area) => areas.push(area),
            None => self.merged = Merged::Unusual,
        }
    }

    fn end_merged(&mut self) {
        if let Merged::Listed(areas) = &mut self.merged {
            self.merged = Merged::Ended(std::mem::take(areas));
        }
    }
}

/// Hands over a tag that opens, taken apart.
fn with(tag: &[u8], take: impl FnOnce(&BytesStart)) {
    let text = String::from_utf8_lossy(tag.strip_suffix(b"/").unwrap_or(tag));
    let name = text.find(|c: char| c.is_ascii_whitespace()).unwrap_or(text.len());
    take(&BytesStart::from_content(text, name));
}

fn is_hidden(tag: &BytesStart) -> bool {
    matches!(value(tag, "hidden").as_deref(), Some("1" | "true"))
}

fn number(tag: &BytesStart, key: &str) -> Option<u64> {
    value(tag, key)?.parse().ok()
}

/// `A6:G67`, or one cell, as spreadsheets write it: columns in capitals, both in their order.
fn area(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let ((left, top), (right, bottom)) = (cell(first)?, cell(last)?);
    (left <= right && top <= bottom).then_some(Area { rows: (top, bottom), columns: (left, right) })
}

/// Column from 0 and row from 1.
fn cell(text: &str) -> Option<(usize, u64)> {
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = text.split_at(at);
    let is_usual = matches!(letters.len(), 1..=3)
        && letters.bytes().all(|letter| letter.is_ascii_uppercase())
        && matches!(digits.len(), 1..=7)
        && digits.bytes().all(|digit| digit.is_ascii_digit());
    let row = digits.parse().ok().filter(|row| is_usual && *row > 0)?;
    let column = letters.bytes().fold(0, |column, letter| column * 26 + usize::from(letter - b'@'));
    Some((column - 1, row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::workbook::bounds::tags;

    fn told(xml: &[&str]) -> Beside {
        let mut beside = Beside::default();
        for tag in xml {
            beside.take(tag.as_bytes(), tags::name(tag.as_bytes()));
        }
        beside
    }

    #[test]
    fn hidden_rows_and_columns_are_told_as_stretches() {
        let beside = told(&[
            "x:col min='2' max=\"3\" hidden=\"1\"/",
            "col min=\"5\" max=\"5\" hidden=\"0\"/",
            "row r=\"3\" hidden=\"true\"",
            "/row",
            "row hidden=\"1\"",
            "row",
            "row hidden=\"1\"/",
        ]);
        assert_eq!(beside.hidden, Hidden { rows: vec![(3, 4), (6, 6)], columns: vec![(1, 2)] });
    }

    #[test]
    fn a_formula_is_told_whatever_its_prefix() {
        assert!(!told(&["row", "c r=\"A1\"", "v", "/v", "/c", "/row"]).has_formula);
        assert!(told(&["c", "x:f", "/x:f", "/c"]).has_formula);
    }

    #[test]
    fn merged_areas_are_those_of_the_first_list() {
        let area = |rows, columns| Area { rows, columns };
        let listed = told(&[
            "mergeCells count=\"2\"",
            "mergeCell ref=\"A2:B3\"/",
            "mergeCell ref=\"AA10\"/",
            "/mergeCells",
            "mergeCells",
            "/mergeCells",
        ]);
        assert_eq!(listed.merged(), Some(vec![area((2, 3), (0, 1)), area((10, 10), (26, 26))]));
        assert_eq!(told(&["mergeCells/", "mergeCells", "mergeCell ref=\"A1:A2\"/", "/mergeCells"]).merged(), Some(Vec::new()));
        assert_eq!(told(&["mergeCell ref=\"A1:A2\"/"]).merged(), Some(Vec::new()));
    }

    /// What it makes of them, or that it refuses them, is found out by asking it.
    #[test]
    fn areas_written_otherwise_are_left_to_the_library() {
        for unusual in ["B2:A3", "A3:B2", "a1:b2", "A0", "A", "1:2", "AAAA1", "A12345678", "A1:B2:C3", "", "$A$1"] {
            let merged = format!("mergeCell ref=\"{unusual}\"/");
            assert_eq!(told(&["mergeCells", &merged, "mergeCell ref=\"A1:A2\"/", "/mergeCells"]).merged(), None, "{unusual}");
        }
        assert_eq!(told(&["mergeCells", "mergeCell/", "/mergeCells"]).merged(), None);
        assert_eq!(told(&["mergeCells", "mergeCell ref=\"A1:A2\"/"]).merged(), None);
    }
}
