//! A table of the one model as an HTML table with caption, scopes and, for the script, values to sort by.

use crate::report::html::markup::Markup;
use crate::report::html::places::Places;
use crate::report::table::{Align, Cell, Column, Kind, Mark, Row, Style, Table, Tone};
use crate::text::Lang;

/// What may be done with a table where there is a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// Read.
    Read,
    /// Sorted by a column.
    Sort,
    /// Sorted, and filtered by words.
    Filter,
}

/// Columns that a page leaves out: it shows elsewhere what they hold.
const ELSEWHERE: u8 = 5;

/// Writes the table; columns without content are left out.
pub(super) fn write(out: &mut Markup, table: &Table, usage: Use, places: Places, lang: Lang) {
    let shown: Vec<usize> = (0..table.columns.len()).filter(|at| is_shown(table, *at)).collect();
    let title = table.title.get(lang);
    let class = match usage {
        Use::Read => "read",
        Use::Sort => "sort",
        Use::Filter => "sort filter",
    };
    out.open("div", &[("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", title)]);
    out.open("table", &[("class", class)]);
    out.element("caption", &[], title);
    head(out, table, &shown, lang);
    out.open("tbody", &[]);
    for row in &table.rows {
        if row.style == Style::Section {
            section(out, row, shown.len(), lang);
        } else {
            self::row(out, (table, row), &shown, places, lang);
        }
    }
    out.close("tbody");
    out.close("table");
    out.close("div");
    for note in &table.notes {
        out.element("p", &[("class", "note")], note.get(lang));
    }
    out.line();
}

fn is_shown(table: &Table, at: usize) -> bool {
    let is_elsewhere = table.columns.get(at).is_some_and(|column| column.spare >= ELSEWHERE);
    !is_elsewhere && table.has_content(at)
}

fn head(out: &mut Markup, table: &Table, shown: &[usize], lang: Lang) {
    out.open("thead", &[]);
    out.open("tr", &[]);
    for column in shown.iter().filter_map(|at| table.columns.get(*at)) {
        let class = if column.align() == Align::Right { "n" } else { "" };
        let attributes = [("scope", "col"), ("class", class)];
        out.element("th", if class.is_empty() { &attributes[..1] } else { &attributes }, column.heading.get(lang));
    }
    out.close("tr");
    out.close("thead");
}

/// The heading of rows opens a body of its own, within which the script sorts.
fn section(out: &mut Markup, row: &Row, columns: usize, lang: Lang) {
    out.close("tbody");
    out.open("tbody", &[]);
    out.open("tr", &[("class", "section")]);
    let heading = row.cells.first().map(|cell| cell.shown(lang)).unwrap_or_default();
    out.element("th", &[("colspan", &columns.to_string()), ("scope", "rowgroup")], heading.trim());
    out.close("tr");
}

fn row(out: &mut Markup, (table, row): (&Table, &Row), shown: &[usize], places: Places, lang: Lang) {
    out.open("tr", if row.style == Style::Total { &[("class", "total")] } else { &[] });
    for (place, at) in shown.iter().enumerate() {
        if let (Some(column), Some(cell)) = (table.columns.get(*at), row.cells.get(*at)) {
            self::cell(out, (column, cell), place == 0, places, lang);
        }
    }
    out.close("tr");
    out.line();
}

fn cell(out: &mut Markup, (column, cell): (&Column, &Cell), is_first: bool, places: Places, lang: Lang) {
    let (plain, mark) = cell.parts();
    let class = class(column, plain, mark);
    let sorted = match plain {
        Cell::Number(number) => number.written(Kind::Value),
        _ => String::new(),
    };
    let name = if is_first { "th" } else { "td" };
    let all = [("scope", "row"), ("class", class.as_str()), ("data-v", sorted.as_str())];
    let kept: Vec<(&'static str, &str)> =
        all.into_iter().filter(|(key, value)| if *key == "scope" { is_first } else { !value.is_empty() }).collect();
    out.open(name, &kept);
    let text = plain.shown(lang);
    match mark.and_then(|mark| mark.to.as_deref()).and_then(|to| places.of(to)) {
        Some(place) => out.element("a", &[("href", &place)], &text),
        None => out.text(&text),
    }
    out.close(name);
}

/// How a column is kept readable: long sentences wide, figures in one line.
fn width(column: &str) -> Option<&'static str> {
    match column {
        "reason" | "message" | "help" | "definition" | "formula" | "source" => Some("long"),
        "unit" | "name" | "calculation" | "interval" | "indistinct" | "next" | "target" | "change" => Some("mid"),
        "rank" | "percent" | "period" | "severity" => Some("one-line"),
        _ => None,
    }
}

fn class(column: &Column, cell: &Cell, mark: Option<&Mark>) -> String {
    let mut classes = Vec::new();
    classes.extend((column.align() == Align::Right).then(|| "n".to_owned()));
    classes.extend(matches!(cell, Cell::Missing(_)).then(|| "missing".to_owned()));
    // Ids, hashes and paths have no blanks to break at.
    classes.extend(matches!(column.id.as_str(), "sha256" | "path" | "file" | "id").then(|| "code".to_owned()));
    classes.extend(width(&column.id).map(str::to_owned));
    classes.extend(mark.and_then(|mark| mark.tone).map(|tone| match tone {
        Tone::Share(fifths) => format!("share{fifths}"),
        Tone::Alarm => "alarm".to_owned(),
        Tone::Warn => "warn".to_owned(),
    }));
    classes.join(" ")
}
