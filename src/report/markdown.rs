//! Writes a table as a Markdown pipe table.

use std::fmt::Write as _;

use crate::report::table::{Align, Cell, Row, Style, Table};
use crate::text::Lang;

/// The table with its title as a heading and its notes as paragraphs below.
pub fn render(table: &Table, lang: Lang) -> String {
    let mut out = String::new();
    let title = table.title.get(lang);
    if !title.is_empty() {
        let _ = writeln!(out, "## {}\n", escaped(title));
    }
    line(&mut out, table.columns.iter().map(|column| escaped(column.heading.get(lang))));
    line(&mut out, table.columns.iter().map(|column| rule(column.align()).to_owned()));
    for row in &table.rows {
        line(&mut out, cells(row, table.columns.len(), lang));
    }
    for note in &table.notes {
        let _ = writeln!(out, "\n{}", escaped(note.get(lang)));
    }
    out
}

fn rule(align: Align) -> &'static str {
    match align {
        Align::Left => ":---",
        Align::Right => "---:",
    }
}

fn cells(row: &Row, columns: usize, lang: Lang) -> impl Iterator<Item = String> {
    (0..columns).map(move |index| {
        let text = escaped(&row.cells.get(index).unwrap_or(&Cell::Empty).shown(lang));
        match row.style {
            Style::Body => text,
            Style::Total | Style::Section if text.is_empty() => text,
            Style::Total | Style::Section => format!("**{text}**"),
        }
    })
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    out.push('|');
    for cell in cells {
        let _ = write!(out, " {cell} |");
    }
    out.push('\n');
}

/// The text with every sign escaped that Markdown would take for markup.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.trim().chars() {
        match sign {
            '\\' | '|' | '*' | '`' | '<' | '[' => out.extend(['\\', sign]),
            sign if sign.is_control() => out.push(' '),
            sign => out.push(sign),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::Exact;
    use crate::report::table::{Column, Kind};
    use crate::text::Text;

    #[test]
    fn a_table_keeps_its_shape_whatever_its_cells_hold() {
        let columns = vec![Column::new("a", Text::same("名称|x"), Kind::Text), Column::new("b", Text::same("Points"), Kind::Points)];
        let mut table = Table::new(Text::same("T"), columns);
        table.section(Text::same("甲"));
        table.push(vec![Cell::text("a\nb|<b>*"), Cell::points(&Exact::from(3), 1)]);
        table.total(vec![Cell::Empty, Cell::points(&Exact::from(3), 1)]);
        table.notes.push(Text::same("note"));
        let expected = "## T\n\n| 名称\\|x | Points |\n| :--- | ---: |\n| **甲** |  |\n| a b\\|\\<b>\\* | 3.0 |\n|  | **3.0** |\n\nnote\n";
        assert_eq!(render(&table, Lang::En), expected);
    }
}
