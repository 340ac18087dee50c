//! Writes the page as Markdown. Text passes one function that escapes it; places are marked by empty `<a>` elements, since
//! headings in Chinese give other anchors with every reader.

use std::fmt::Write as _;

use crate::report::handbook::page::{Book, Chapter, Entry, Fact, Grid, Section, Value};
use crate::report::markdown::escaped;

pub(super) fn render(book: &Book) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "# {}\n", escaped(&book.title));
    for line in &book.about {
        let _ = writeln!(out, "{}\n", escaped(line));
    }
    contents(&mut out, book);
    for chapter in &book.chapters {
        self::chapter(&mut out, chapter);
    }
    // One line break at the end, as every text file has it.
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn contents(out: &mut String, book: &Book) {
    let _ = writeln!(out, "## {}\n", book.contents);
    for chapter in &book.chapters {
        let _ = writeln!(out, "- {}", link(&chapter.title, &chapter.anchor));
        for section in &chapter.sections {
            let _ = writeln!(out, "  - {}", link(&section.title, &section.anchor));
            for entry in section.entries.iter().filter(|_| section.is_listed) {
                let _ = writeln!(out, "    - {}", link(&entry.name, &entry.anchor));
            }
        }
    }
    out.push('\n');
}

fn chapter(out: &mut String, chapter: &Chapter) {
    heading(out, 2, &chapter.title, &chapter.anchor);
    facts(out, &chapter.about);
    for section in &chapter.sections {
        self::section(out, section);
    }
}

fn section(out: &mut String, section: &Section) {
    heading(out, 3, &section.title, &section.anchor);
    for Entry { anchor, name, facts } in &section.entries {
        heading(out, 4, name, anchor);
        self::facts(out, facts);
    }
    if let Some(table) = &section.table {
        grid(out, table);
    }
}

fn heading(out: &mut String, level: usize, title: &str, anchor: &str) {
    let _ = writeln!(out, "{}\n{} {}\n", place(anchor), "#".repeat(level), escaped(title));
}

fn facts(out: &mut String, facts: &[Fact]) {
    for Fact { label, values } in facts {
        if let [single] = values.as_slice() {
            let _ = writeln!(out, "- **{label}**: {}", value(single));
            continue;
        }
        let _ = writeln!(out, "- **{label}**:");
        for one in values {
            let _ = writeln!(out, "  - {}", value(one));
        }
    }
    out.push('\n');
}

fn grid(out: &mut String, table: &Grid) {
    let _ = writeln!(out, "| {} |", table.headings.join(" | "));
    let _ = writeln!(out, "|{}", " :--- |".repeat(table.headings.len()));
    for row in &table.rows {
        out.push('|');
        for (at, cell) in row.cells.iter().enumerate() {
            let mark = if at == 0 { row.anchor.as_deref().map(place).unwrap_or_default() } else { String::new() };
            let _ = write!(out, " {mark}{} |", cell.iter().map(in_cell).collect::<Vec<_>>().join("<br>"));
        }
        out.push('\n');
    }
    out.push('\n');
}

fn place(anchor: &str) -> String {
    format!("<a id=\"{anchor}\"></a>")
}

/// A bar ends a cell even inside code.
fn in_cell(one: &Value) -> String {
    if one.is_code { linked(one, code(&one.text).replace('|', "\\|")) } else { value(one) }
}

fn value(one: &Value) -> String {
    linked(one, if one.is_code { code(&one.text) } else { escaped(&one.text) })
}

fn linked(one: &Value, text: String) -> String {
    match &one.to {
        Some(to) => format!("[{}](#{to})", text.replace(']', "\\]")),
        None => text,
    }
}

fn link(text: &str, anchor: &str) -> String {
    linked(&Value::text(text).linked(Some(anchor.to_owned())), escaped(text))
}

/// Code between more backticks than stand in it side by side.
fn code(text: &str) -> String {
    let text: String = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    let longest = text.split(|sign| sign != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // A backtick at an end would join the fence.
    if longest > 0 { format!("{fence} {text} {fence}") } else { format!("{fence}{text}{fence}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_code_are_never_taken_for_markup() {
        assert_eq!(value(&Value::text("a|b<script>*x*[y]")), "a\\|b\\<script>\\*x\\*\\[y]");
        assert_eq!(value(&Value::code("a_b[tier = primary]")), "`a_b[tier = primary]`");
        assert_eq!(value(&Value::code("`x``")), "``` `x`` ```");
        assert_eq!(in_cell(&Value::code("a|b")), "`a\\|b`");
        assert_eq!(value(&Value::text("a]b").linked(Some("x".into()))), "[a\\]b](#x)");
    }
}
