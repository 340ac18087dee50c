//! The formal notice of a result (通报): one document of headings, paragraphs, lists and tables, written as a Word file or as
//! Markdown.

use std::io;

use crate::dossier::Dossier;
use crate::report::File;
use crate::report::table::Table;
use crate::text::{Lang, Text};

mod annexes;
mod body;
mod docx;
mod markdown;
mod method;
mod tables;
#[cfg(test)]
mod tests;

/// Name of the Word file.
const NAME: &str = "report.docx";

/// A document, in reading order.
#[derive(Debug)]
struct Notice {
    title: Text,
    /// What stands on upright pages.
    body: Vec<Block>,
    /// What stands on wide pages behind it.
    annexes: Vec<Block>,
}

/// A piece of a document.
#[derive(Debug)]
enum Block {
    /// The heading of a chapter.
    Chapter(Text),
    /// A heading within a chapter, or of an annex.
    Section(Text),
    /// Sentences.
    Paragraph(Text),
    /// One line each.
    List(Vec<Text>),
    /// A sheet; its notes are printed below it.
    Table(Table),
    /// A line to sign on.
    Signature(Text),
}

/// The notice of a result.
fn notice(dossier: &Dossier) -> Notice {
    let title = &dossier.book.head.title;
    let mut body = body::blocks(dossier);
    body.extend(annexes::list());
    body.extend(body::signatures(dossier.book));
    Notice {
        title: Text::new(format!("关于{}结果的通报", title.zh), format!("Notice of results: {}", title.en)),
        body,
        annexes: annexes::blocks(dossier),
    }
}

/// The Word file of a result.
pub(super) fn file<'a>(dossier: &'a Dossier, lang: Lang) -> File<'a> {
    File::new(NAME, move |out| docx::write(&notice(dossier), lang, out))
}

/// The notices of a result and its parts as Markdown.
pub fn markdown(dossier: &Dossier, lang: Lang) -> io::Result<Vec<u8>> {
    let mut text = markdown::render(&notice(dossier), lang);
    for part in &dossier.parts {
        text.push('\n');
        text.push_str(&markdown::render(&notice(part), lang));
    }
    Ok(text.into_bytes())
}
