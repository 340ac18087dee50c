//! The handbook (指标手册): every definition of the catalogues, or of a scheme, as one page to read, search and print.

use std::io;

use crate::catalogue::Catalogue;
use crate::report::handbook::chosen::Chosen;
use crate::report::handbook::page::Book;
use crate::score::criteria::Criteria;
use crate::text::{Lang, Text};

mod anchor;
mod chosen;
mod entries;
mod html;
mod markdown;
mod page;
mod sheet;

/// What a handbook is about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Title of the page.
    pub title: &'a Text,
    /// The definitions.
    pub catalogue: &'a Catalogue,
    /// What of them is described.
    pub extent: Extent<'a>,
}

/// What of the definitions is described.
#[derive(Debug, Clone, Copy)]
pub enum Extent<'a> {
    /// All of them.
    All,
    /// Those of the catalogue with this id.
    One(&'a str),
    /// Those that a scheme uses, and the scheme itself.
    Used(&'a Criteria),
}

/// The form of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For documents and repositories.
    Markdown,
    /// One file for a browser, without script.
    Html,
}

/// The handbook in one language.
pub fn render(subject: &Subject, form: Form, lang: Lang) -> io::Result<Vec<u8>> {
    let chosen = Chosen::of(subject);
    let book = Book::new(subject, &chosen, lang);
    Ok(match form {
        Form::Markdown => markdown::render(&book),
        Form::Html => html::render(&book)?,
    }
    .into_bytes())
}
