//! One sheet: a title, a table under a frozen header, notes below it, ready to be printed.

use rust_xlsxwriter::utility::quote_sheet_name;
use rust_xlsxwriter::{ConditionalFormat3ColorScale, ConditionalFormatType, Formula, IgnoreError, Url, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use crate::report::table::{Align, Cell, Column, Kind, Mark, Row, Style, Table};
use crate::report::workbook::Frame;
use crate::report::workbook::cell::{clean, double, format};
use crate::report::workbook::formulas::{Grid, sum};
use crate::report::workbook::places::Chapter;
use crate::report::workbook::styles::{self, Look, SHARES, Styles, Words};

/// Row of the header, from 0: the title and the way back stand above.
const HEADER: u32 = 2;
/// Row of the first row of the table.
pub(super) const FIRST: u32 = HEADER + 1;
/// Links of a sheet at most: Excel refuses a file with more than 65,530.
const LINKS: usize = 65_000;
/// Signs up to which words stand in one line.
const WIDEST: usize = 40;
/// The same on a sheet of many columns, which is to be read on one sheet of paper.
const WIDEST_OF_MANY: usize = 22;
const MANY: usize = 12;
const NARROWEST: usize = 6;
/// Room at the sides of a cell, and for the button of a filter.
const PADDING: usize = 2;

/// A sheet that is being written.
pub(super) struct Sheet<'a> {
    frame: &'a Frame,
    page: Worksheet,
    styles: Styles,
    columns: Vec<Column>,
    /// By column the widest content so far.
    widths: Vec<usize>,
    next: u32,
    links: usize,
}

impl<'a> Sheet<'a> {
    /// A sheet of this name that begins with a title and these columns.
    fn new(frame: &'a Frame, name: &str, title: &str, columns: Vec<Column>) -> Result<Self, XlsxError> {
        Self::on(Worksheet::new(), frame, name, title, columns)
    }

    /// The same on a page that may write its rows to a file as they come.
    pub(super) fn on(mut page: Worksheet, frame: &'a Frame, name: &str, title: &str, columns: Vec<Column>) -> Result<Self, XlsxError> {
        page.set_name(name)?;
        page.write_string_with_format(0, 0, clean(title), &styles::title())?;
        let mut sheet = Self { frame, page, styles: Styles::default(), columns: Vec::new(), widths: Vec::new(), next: HEADER, links: 0 };
        if name != frame.places.chapter(Chapter::Summary) {
            sheet.back()?;
        }
        sheet.header(columns)?;
        Ok(sheet)
    }

    /// A sheet that shows a table: its title, header, rows and notes; columns without content are left out.
    pub(super) fn of(frame: &'a Frame, name: &str, table: &Table) -> Result<Self, XlsxError> {
        let shown = with_content(table);
        let mut sheet = Self::new(frame, name, table.title.get(frame.lang), columns(table, &shown))?;
        sheet.rows(table, &shown)?;
        Ok(sheet)
    }

    /// Another table below, under a title and a header of its own.
    pub(super) fn below(&mut self, table: &Table) -> Result<(), XlsxError> {
        let shown = with_content(table);
        self.next += 1;
        self.page.write_string_with_format(self.next, 0, clean(table.title.get(self.frame.lang)), &styles::heading())?;
        self.next += 1;
        self.header(columns(table, &shown))?;
        self.rows(table, &shown)
    }

    fn header(&mut self, columns: Vec<Column>) -> Result<(), XlsxError> {
        let format = styles::header();
        self.widths.resize(self.widths.len().max(columns.len()), NARROWEST);
        let widest = widest(self.widths.len());
        for (at, column) in (0..).zip(&columns) {
            let heading = clean(column.heading.get(self.frame.lang));
            self.page.write_string_with_format(self.next, at, &heading, &format)?;
            let width = &mut self.widths[usize::from(at)];
            *width = (*width).max(heading_width(&heading).min(widest));
        }
        self.columns = columns;
        self.next += 1;
        Ok(())
    }

    fn rows(&mut self, table: &Table, shown: &[usize]) -> Result<(), XlsxError> {
        let first = self.next;
        for (at, row) in table.rows.iter().enumerate() {
            let cells: Vec<&Cell> = shown.iter().filter_map(|column| row.cells.get(*column)).collect();
            self.cells(row.style, &cells)?;
            for (place, column) in (0..).zip(shown).filter(|_| row.style != Style::Section) {
                if let Some(sum) = sum(table, (at, *column), &Grid { first, shown }) {
                    let look = self.look((place, cells[usize::from(place)]), "", false, row.style);
                    let formula = Formula::new(sum.formula).set_result(sum.result);
                    self.page.write_formula_with_format(self.next - 1, place, formula, self.styles.of(look))?;
                }
            }
        }
        self.notes(table.notes.iter().map(|note| note.get(self.frame.lang)))
    }

    /// A row below the ones before.
    pub(super) fn row(&mut self, row: &Row) -> Result<(), XlsxError> {
        self.cells(row.style, &row.cells.iter().collect::<Vec<_>>())
    }

    fn cells(&mut self, style: Style, cells: &[&Cell]) -> Result<(), XlsxError> {
        for at in 0..self.columns.len() {
            let place = u16::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)?;
            self.cell((place, cells.get(at).copied().unwrap_or(&Cell::Empty)), style)?;
        }
        self.next += 1;
        Ok(())
    }

    fn cell(&mut self, (place, cell): (u16, &Cell), style: Style) -> Result<(), XlsxError> {
        let (plain, mark) = cell.parts();
        let text = clean(&plain.shown(self.frame.lang));
        if style != Style::Section {
            let widest = widest(self.widths.len());
            let width = &mut self.widths[usize::from(place)];
            *width = (*width).max(longest_line(&text).min(widest));
        }
        let target = mark.and_then(|mark| self.target(mark)).filter(|_| matches!(plain, Cell::Text(_)));
        let look = self.look((place, cell), &text, target.is_some(), style);
        let format = self.styles.of(look);
        match (plain, target) {
            (Cell::Empty, _) => self.page.write_blank(self.next, place, format)?,
            (Cell::Number(number), _) => {
                let kind = self.columns.get(usize::from(place)).map_or(Kind::Text, |column| column.kind);
                match double(number, kind) {
                    Some(double) => self.page.write_number_with_format(self.next, place, double, format)?,
                    None => self.page.write_string_with_format(self.next, place, text, format)?,
                }
            }
            (_, Some(target)) if !text.is_empty() => {
                self.links += 1;
                self.page.write_url_with_format(self.next, place, Url::new(target).set_text(text), format)?
            }
            _ => self.page.write_string_with_format(self.next, place, text, format)?,
        };
        Ok(())
    }

    fn look(&self, (place, cell): (u16, &Cell), text: &str, is_link: bool, row: Style) -> Look {
        let (plain, mark) = cell.parts();
        let column = self.columns.get(usize::from(place));
        let number = match (plain, column) {
            (Cell::Number(number), Some(column)) => format(number, column, self.frame.lang),
            _ => String::new(),
        };
        let is_quoted = !matches!(plain, Cell::Number(_)) && text.starts_with(['=', '+', '-', '@']);
        let words = match plain {
            Cell::Missing(_) => Words::Missing,
            _ if is_link => Words::Link,
            _ => Words::Plain,
        };
        let align = if row == Style::Section { Align::Left } else { column.map_or(Align::Left, Column::align) };
        Look { row, align, number, tone: mark.and_then(|mark| mark.tone), words, is_quoted }
    }

    /// Where a mark leads to on another sheet.
    fn target(&self, mark: &Mark) -> Option<String> {
        let (name, row) = self.frame.places.find(mark.to.as_deref()?)?;
        (self.links < LINKS && name != self.page.name()).then(|| format!("internal:{}!A{}", quoted(name), row + 1))
    }

    /// The way back to the summary.
    fn back(&mut self) -> Result<(), XlsxError> {
        let summary = self.frame.places.chapter(Chapter::Summary);
        let back = Url::new(format!("internal:{}!A1", quoted(summary))).set_text(format!("← {summary}"));
        self.page.write_url_with_format(1, 0, back, &styles::link())?;
        Ok(())
    }

    /// Lines of words below, each over the width of the table.
    pub(super) fn notes(&mut self, notes: impl IntoIterator<Item = impl AsRef<str>>) -> Result<(), XlsxError> {
        let format = styles::note();
        let last = u16::try_from(self.columns.len().saturating_sub(1)).map_err(|_| XlsxError::RowColumnLimitError)?;
        let room: usize = self.columns.iter().zip(&self.widths).map(|(_, width)| width + PADDING).sum();
        for note in notes {
            let note = clean(note.as_ref());
            if note.is_empty() {
                continue;
            }
            if last == 0 {
                self.page.write_string_with_format(self.next, 0, &note, &format)?;
            } else {
                self.page.merge_range(self.next, 0, self.next, last, &note, &format)?;
                // No program finds the height of merged cells by itself.
                let lines: usize = note.lines().map(|line| line.width().div_ceil(room.max(1)).max(1)).sum();
                self.page.set_row_height(self.next, u32::try_from(lines.clamp(1, 25) * 15).unwrap_or(15))?;
            }
            self.next += 1;
        }
        Ok(())
    }

    /// A button at each heading to filter and sort the rows by.
    pub(super) fn filter(&mut self) -> Result<(), XlsxError> {
        let last = u16::try_from(self.columns.len().saturating_sub(1)).map_err(|_| XlsxError::RowColumnLimitError)?;
        self.page.autofilter(HEADER, 0, (self.next - 1).max(HEADER), last)?;
        Ok(())
    }

    /// Shades the shares in all columns but the first, by the same scale on every sheet.
    pub(super) fn shade(&mut self, rows: usize) -> Result<(), XlsxError> {
        let (Ok(rows), Ok(columns)) = (u32::try_from(rows), u16::try_from(self.columns.len())) else {
            return Err(XlsxError::RowColumnLimitError);
        };
        if rows == 0 || columns < 2 {
            return Ok(());
        }
        let scale = ConditionalFormat3ColorScale::new()
            .set_minimum(ConditionalFormatType::Number, 0)
            .set_midpoint(ConditionalFormatType::Number, 50)
            .set_maximum(ConditionalFormatType::Number, 100)
            .set_minimum_color(SHARES[0])
            .set_midpoint_color(SHARES[1])
            .set_maximum_color(SHARES[2]);
        self.page.add_conditional_format(FIRST, 1, FIRST + rows - 1, columns - 1, &scale)?;
        Ok(())
    }

    /// The sheet with everything set up: widths, frozen panes, printing.
    pub(super) fn close(mut self, frozen: u16) -> Result<Worksheet, XlsxError> {
        for (at, width) in (0..).zip(&self.widths) {
            self.page.set_column_width(at, u32::try_from(width + PADDING).unwrap_or(40))?;
        }
        let last = u16::try_from(self.widths.len().saturating_sub(1)).map_err(|_| XlsxError::RowColumnLimitError)?;
        // Codes are words, whatever they look like: no program need warn of each.
        self.page.ignore_error_range(FIRST, 0, self.next.max(FIRST), last, IgnoreError::NumberStoredAsText)?;
        self.page.set_freeze_panes(FIRST, frozen)?;
        self.page.set_landscape();
        self.page.set_paper_size(9);
        self.page.set_print_fit_to_pages(1, 0);
        self.page.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
        self.page.set_repeat_rows(HEADER, HEADER)?;
        self.page.set_header(format!("&L{}&R{}", printed(&self.frame.title), printed(&self.page.name())));
        self.page.set_footer(self.frame.say("&C第 &P 页，共 &N 页", "&CPage &P of &N"));
        Ok(self.page)
    }
}

/// Words in the margin of a printed page, where `&` and `[` begin codes; cut, since all of a margin may have 255 units of UTF-16.
fn printed(words: &str) -> String {
    let mut room: usize = 110;
    let words = clean(words);
    let escaped = words.chars().filter(|sign| !matches!(sign, '\n' | '[' | ']')).map(|sign| match sign {
        '&' => "&&".to_owned(),
        sign => sign.to_string(),
    });
    let fits = |sign: &String| room.checked_sub(sign.encode_utf16().count()).map(|rest| room = rest).is_some();
    escaped.take_while(fits).collect()
}

/// In quotes wherever a name could be read as anything else.
fn quoted(name: &str) -> String {
    quote_sheet_name(name)
}

fn with_content(table: &Table) -> Vec<usize> {
    (0..table.columns.len()).filter(|at| table.has_content(*at)).collect()
}

fn columns(table: &Table, shown: &[usize]) -> Vec<Column> {
    shown.iter().filter_map(|at| table.columns.get(*at).cloned()).collect()
}

fn widest(columns: usize) -> usize {
    if columns > MANY { WIDEST_OF_MANY } else { WIDEST }
}

fn longest_line(text: &str) -> usize {
    text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// Wide enough for the longest word, or for half of what breaks anywhere, with room for the button of a filter.
fn heading_width(heading: &str) -> usize {
    let word = heading.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(0);
    let is_wide = heading.chars().any(|sign| sign >= '\u{2e80}');
    let least = if is_wide { word.min(heading.width().div_ceil(2)).max(word.min(8)) } else { word };
    least + 2
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two of them and the codes between stay below 255.
    #[test]
    fn words_in_the_margin_are_no_codes_and_fit() {
        assert_eq!(printed("R&D [Tab]\n考核"), "R&&D Tab考核");
        assert_eq!(printed(&"&".repeat(200)), "&".repeat(110));
        assert_eq!(printed(&"🏥".repeat(200)).encode_utf16().count(), 110);
    }

    #[test]
    fn headings_keep_their_longest_word() {
        assert_eq!(heading_width("Service effectiveness (25)"), 13 + 2);
        assert_eq!(heading_width("网格化布局 (15)"), 8 + 2);
        assert_eq!(heading_width("得分"), 4 + 2);
    }
}
