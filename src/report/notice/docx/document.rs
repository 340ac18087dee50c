//! The parts of the archive that hold the document: text, footer, properties.

use std::io;

use super::table;
use super::xml::Xml;
use crate::report::notice::{Block, Notice};
use crate::text::{Lang, Text};

const MAIN: (&str, &str) = ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main");
const RELATIONS: (&str, &str) = ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");

/// How a page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    /// A4 portrait, margins of GB/T 9704—2012: 37 mm above, 28 mm on the left, 156 mm of text.
    Upright,
    /// A4 landscape.
    Wide,
}

impl Page {
    /// Room for text from left to right, in twentieths of a point.
    pub(super) fn room(self) -> usize {
        match self {
            Self::Upright => 8844,
            Self::Wide => 14_078,
        }
    }
}

/// `word/document.xml`.
pub(super) fn body(notice: &Notice, lang: Lang) -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    xml.element("w:document", &[MAIN, RELATIONS], |xml| {
        xml.element("w:body", &[], |xml| {
            paragraph(xml, "Title", notice.title.get(lang))?;
            blocks(xml, &notice.body, Page::Upright, lang)?;
            // What belongs to the pages so far stands in their last paragraph; the body itself has the last pages'.
            xml.element("w:p", &[], |xml| xml.element("w:pPr", &[], |xml| section(xml, Page::Upright)))?;
            blocks(xml, &notice.annexes, Page::Wide, lang)?;
            section(xml, Page::Wide)
        })
    })?;
    Ok(xml.into_bytes())
}

fn blocks(xml: &mut Xml, blocks: &[Block], page: Page, lang: Lang) -> io::Result<()> {
    for block in blocks {
        match block {
            Block::Chapter(text) => paragraph(xml, "Heading1", text.get(lang))?,
            Block::Section(text) => paragraph(xml, "Heading2", text.get(lang))?,
            Block::Paragraph(text) => paragraph(xml, "Normal", text.get(lang))?,
            Block::List(lines) => lines.iter().try_for_each(|line| paragraph(xml, "ListItem", line.get(lang)))?,
            Block::Signature(text) => paragraph(xml, "Signature", &to_sign(text, lang))?,
            Block::Table(sheet) => {
                if !sheet.title.get(lang).is_empty() {
                    paragraph(xml, "Caption", sheet.title.get(lang))?;
                }
                table::write(xml, sheet, page, lang)?;
                sheet.notes.iter().try_for_each(|note| paragraph(xml, "Note", note.get(lang)))?;
                // Two tables without a paragraph between them are one.
                paragraph(xml, "Note", "")?;
            }
        }
    }
    Ok(())
}

fn to_sign(text: &Text, lang: Lang) -> String {
    let colon = if lang == Lang::Zh { "：" } else { ": " };
    format!("{}{colon}____________________", text.get(lang))
}

/// A paragraph of one style.
pub(super) fn paragraph(xml: &mut Xml, style: &str, text: &str) -> io::Result<()> {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| xml.empty("w:pStyle", &[("w:val", style)]))?;
        run(xml, text)
    })
}

/// Text as it is, blanks included.
pub(super) fn run(xml: &mut Xml, text: &str) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    xml.element("w:r", &[], |xml| xml.text("w:t", &[("xml:space", "preserve")], text))
}

/// Size, margins and footer of pages.
fn section(xml: &mut Xml, page: Page) -> io::Result<()> {
    xml.element("w:sectPr", &[], |xml| {
        xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", "rId3")])?;
        match page {
            Page::Upright => {
                xml.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")])?;
                margins(xml, ["2098", "1474", "1984", "1588"])
            }
            Page::Wide => {
                xml.empty("w:pgSz", &[("w:w", "16838"), ("w:h", "11906"), ("w:orient", "landscape")])?;
                margins(xml, ["1588", "1380", "1474", "1380"])
            }
        }
    })
}

fn margins(xml: &mut Xml, [top, right, bottom, left]: [&str; 4]) -> io::Result<()> {
    let edges = [("w:top", top), ("w:right", right), ("w:bottom", bottom), ("w:left", left)];
    let rest = [("w:header", "851"), ("w:footer", "992"), ("w:gutter", "0")];
    xml.empty("w:pgMar", &[edges.as_slice(), rest.as_slice()].concat())
}

/// `word/footer1.xml`: page n of m, which the word processor counts.
pub(super) fn footer(lang: Lang) -> io::Result<Vec<u8>> {
    let [before, between, after] = match lang {
        Lang::Zh => ["— 第 ", " 页，共 ", " 页 —"],
        Lang::En => ["Page ", " of ", ""],
    };
    let field = |xml: &mut Xml, name: &str| xml.element("w:fldSimple", &[("w:instr", name)], |xml| run(xml, "1"));
    let mut xml = Xml::new()?;
    xml.element("w:ftr", &[MAIN, RELATIONS], |xml| {
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| xml.empty("w:pStyle", &[("w:val", "Footer")]))?;
            run(xml, before)?;
            field(xml, "PAGE")?;
            run(xml, between)?;
            field(xml, "NUMPAGES")?;
            run(xml, after)
        })
    })?;
    Ok(xml.into_bytes())
}

/// `docProps/core.xml`: title and language; no date, since nobody but a clock would know it.
pub(super) fn properties(notice: &Notice, lang: Lang) -> io::Result<Vec<u8>> {
    let spaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    let mut xml = Xml::new()?;
    xml.element("cp:coreProperties", &spaces, |xml| {
        xml.text("dc:title", &[], notice.title.get(lang))?;
        xml.text("dc:creator", &[], "kaohe")?;
        xml.text("dc:language", &[], if lang == Lang::Zh { "zh-CN" } else { "en" })
    })?;
    Ok(xml.into_bytes())
}
