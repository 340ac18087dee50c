//! A sheet as a table of a Word file: a header that is repeated on every page, rows that stay whole, numbers on the right.

use std::io;

use unicode_width::UnicodeWidthStr;

use super::document::{Page, run};
use super::xml::Xml;
use crate::report::table::{Align, Cell, Row, Style, Table};
use crate::text::Lang;

/// Least and greatest width that the contents of a column ask for, in narrow signs.
const WISHES: (usize, usize) = (6, 40);
/// A heading asks for no more than this; it may be broken.
const HEADING: usize = 10;

/// Writes the table across the page.
pub(super) fn write(xml: &mut Xml, table: &Table, page: Page, lang: Lang) -> io::Result<()> {
    if table.columns.is_empty() {
        return Ok(());
    }
    let widths = widths(table, page.room(), lang);
    xml.element("w:tbl", &[], |xml| {
        xml.element("w:tblPr", &[], |xml| {
            xml.empty("w:tblStyle", &[("w:val", "Sheet")])?;
            xml.empty("w:tblW", &[("w:w", &page.room().to_string()), ("w:type", "dxa")])?;
            xml.empty("w:tblLayout", &[("w:type", "fixed")])
        })?;
        xml.element("w:tblGrid", &[], |xml| widths.iter().try_for_each(|width| xml.empty("w:gridCol", &[("w:w", &width.to_string())])))?;
        header(xml, table, &widths, lang)?;
        table.rows.iter().try_for_each(|row| write_row(xml, table, row, &widths, lang))
    })
}

/// Shares of the room by the longest content of each column.
fn widths(table: &Table, room: usize, lang: Lang) -> Vec<usize> {
    let wish = |at: usize, heading: &str| {
        let rows = table.rows.iter().filter(|row| row.style != Style::Section);
        let content = rows.filter_map(|row| row.cells.get(at)).map(|cell| cell.shown(lang).width()).max().unwrap_or(0);
        content.max(heading.width().min(HEADING)).clamp(WISHES.0, WISHES.1)
    };
    let wishes: Vec<usize> = table.columns.iter().enumerate().map(|(at, column)| wish(at, column.heading.get(lang))).collect();
    let all: usize = wishes.iter().sum();
    wishes.into_iter().map(|wish| room * wish / all).collect()
}

fn header(xml: &mut Xml, table: &Table, widths: &[usize], lang: Lang) -> io::Result<()> {
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[])?;
            xml.empty("w:tblHeader", &[])
        })?;
        let mut columns = table.columns.iter().zip(widths);
        columns.try_for_each(|(column, width)| {
            cell(xml, &Text { style: "CellHead", align: "center", span: 1 }, *width, column.heading.get(lang))
        })
    })
}

fn write_row(xml: &mut Xml, table: &Table, row: &Row, widths: &[usize], lang: Lang) -> io::Result<()> {
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| xml.empty("w:cantSplit", &[]))?;
        if row.style == Style::Section {
            let heading = row.cells.first().map(|cell| cell.shown(lang)).unwrap_or_default();
            let text = Text { style: "CellHead", align: "left", span: table.columns.len() };
            return cell(xml, &text, widths.iter().sum(), &heading);
        }
        let style = if row.style == Style::Total { "CellHead" } else { "Cell" };
        table.columns.iter().zip(widths).enumerate().try_for_each(|(at, (column, width))| {
            let align = if column.align() == Align::Right { "right" } else { "left" };
            let shown = row.cells.get(at).unwrap_or(&Cell::Empty).shown(lang);
            cell(xml, &Text { style, align, span: 1 }, *width, &shown)
        })
    })
}

/// How the text of a cell stands.
struct Text {
    style: &'static str,
    align: &'static str,
    span: usize,
}

fn cell(xml: &mut Xml, how: &Text, width: usize, text: &str) -> io::Result<()> {
    xml.element("w:tc", &[], |xml| {
        xml.element("w:tcPr", &[], |xml| {
            xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")])?;
            if how.span > 1 {
                xml.empty("w:gridSpan", &[("w:val", &how.span.to_string())])?;
            }
            xml.empty("w:vAlign", &[("w:val", "center")])
        })?;
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| {
                xml.empty("w:pStyle", &[("w:val", how.style)])?;
                xml.empty("w:jc", &[("w:val", how.align)])
            })?;
            run(xml, text)
        })
    })
}
