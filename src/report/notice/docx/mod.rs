//! Writes a notice as a Word file: WordprocessingML (ISO/IEC 29500-1) in a ZIP archive, laid out as Chinese official documents are
//! (GB/T 9704—2012). No clock and no compression: the bytes follow from the document alone.

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Notice;
use crate::text::Lang;

mod document;
mod table;
mod xml;

/// Parts that are the same in every document.
const FIXED: [(&str, &str); 4] = [
    ("[Content_Types].xml", include_str!("content_types.xml")),
    ("_rels/.rels", include_str!("package.rels")),
    ("word/_rels/document.xml.rels", include_str!("document.rels")),
    ("word/fontTable.xml", include_str!("fonts.xml")),
];

/// Writes the archive.
pub(super) fn write(notice: &Notice, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).last_modified_time(DateTime::default());
    let own = [
        ("docProps/core.xml", document::properties(notice, lang)?),
        ("word/styles.xml", styles(lang).into_bytes()),
        ("word/footer1.xml", document::footer(lang)?),
        ("word/document.xml", document::body(notice, lang)?),
    ];
    let fixed = FIXED.map(|(name, text)| (name, text.as_bytes().to_vec()));
    for (name, bytes) in fixed.into_iter().chain(own) {
        archive.start_file(name, options).map_err(io::Error::other)?;
        archive.write_all(&bytes)?;
    }
    out.write_all(archive.finish().map_err(io::Error::other)?.get_ref())
}

/// Styles: 16 points and fixed lines as the standard has them for Chinese, 11 points for English.
fn styles(lang: Lang) -> String {
    let (size, spacing, title) = match lang {
        Lang::Zh => ("32", "w:line=\"560\" w:lineRule=\"exact\"", "44"),
        Lang::En => ("22", "w:line=\"300\" w:lineRule=\"auto\" w:after=\"80\"", "36"),
    };
    let indent = match lang {
        Lang::Zh => "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>",
        Lang::En => "",
    };
    let text = include_str!("styles.xml").replace("@SIZE@", size).replace("@SPACING@", spacing);
    text.replace("@TITLE@", title).replace("@INDENT@", indent)
}
