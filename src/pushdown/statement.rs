//! A statement step by step: named selections, and the selection that is its result.

use std::fmt::Write as _;

use super::dialect::Dialect;
use crate::terms::{COLUMNS, Part};

/// Named selections, each made of the table or of those before it.
#[derive(Debug, Default)]
pub(super) struct Steps(Vec<(String, String)>);

impl Steps {
    /// Adds one.
    pub(super) fn add(&mut self, name: impl Into<String>, selection: impl Into<String>) {
        self.0.push((name.into(), selection.into()));
    }

    /// True if there is one of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// The statement with its result.
    pub(super) fn statement(&self, result: &str) -> String {
        let mut out = String::from("WITH ");
        for (at, (name, selection)) in self.0.iter().enumerate() {
            let before = if at > 0 { ", " } else { "" };
            let _ = write!(out, "{before}{name} AS (\n  {}\n)", indented(selection));
        }
        out.push('\n');
        out.push_str(result);
        out
    }
}

/// The lines of a selection, further in; a line break in a name or a text stays what it is.
fn indented(selection: &str) -> String {
    let (mut out, mut quoted) = (String::with_capacity(selection.len()), None);
    for sign in selection.chars() {
        out.push(sign);
        match (quoted, sign) {
            (None, '\n') => out.push_str("  "),
            (None, '\'' | '"' | '`') => quoted = Some(sign),
            (Some(quote), sign) if quote == sign => quoted = None,
            _ => {}
        }
    }
    out
}

/// What is the same in every row of the result.
#[derive(Debug, Clone)]
pub(super) struct Stamp {
    /// What decides the figures, in short.
    pub(super) definitions: String,
    /// Number of the source, from 1.
    pub(super) source: usize,
}

impl Stamp {
    /// A selection of the result's columns: the others stand for organisation, period, item, value and the five counts.
    pub(super) fn select(&self, dialect: Dialect, others: [&str; 9], from: &str) -> String {
        let fixed = [self.definitions.clone(), Part::WHOLE.to_string(), self.source.to_string()];
        let fixed = fixed.iter().map(|text| dialect.text(text));
        let texts = others[..4].iter().map(|text| (*text).to_owned());
        let counts = others[4..].iter().map(|count| dialect.as_whole(count));
        let all: Vec<String> = fixed.chain(texts).chain(counts).collect();
        let named = all.iter().zip(COLUMNS).map(|(value, column)| format!("  {value} AS {}", dialect.name(column)));
        format!("SELECT\n{}\n{from}", named.collect::<Vec<_>>().join(",\n"))
    }
}

/// `CASE column WHEN 1 THEN … END`; without choice the one there is.
pub(super) fn choice(column: &str, of: &[(String, String)]) -> String {
    let first = of.first().map(|(_, value)| value);
    if let (Some(first), true) = (first, of.iter().all(|(_, value)| Some(value) == first)) {
        return first.clone();
    }
    let whens: Vec<String> = of.iter().map(|(key, value)| format!("WHEN {key} THEN {value}")).collect();
    format!("CASE {column} {} END", whens.join(" "))
}

#[cfg(test)]
mod tests {
    use super::super::dialect::Dialect;
    use super::*;

    #[test]
    fn line_breaks_of_names_and_texts_stay() {
        for dialect in Dialect::ALL {
            let [name, text] = [dialect.name("a\n\"`'b\\"), dialect.text("it's\n\\'\"")];
            let selection = format!("SELECT {name},\n{text}\nFROM t");
            assert_eq!(indented(&selection), format!("SELECT {name},\n  {text}\n  FROM t"));
        }
    }
}
