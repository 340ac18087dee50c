//! Writes the page as one HTML file: no script, nothing loaded, every text escaped by the template engine.

use std::io;

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value};

use crate::report::handbook::page::Book;

pub(super) fn render(book: &Book) -> io::Result<String> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.render_str(include_str!("handbook.html"), Value::from(Serde(book))).map_err(io::Error::other)
}
