//! Draws a table for people at a terminal: side by side where it fits, else row by row. The only
//! file that knows comfy-table. Every line has the same display width.

use comfy_table::{Attribute, CellAlignment, Color, ColumnConstraint, Width, presets};
use unicode_width::UnicodeWidthStr;

use crate::report::layout::{Fit, PADDING, fit};
use crate::report::table::{Align, Cell, Kind, Row, Style, Table};
use crate::text::Lang;

/// Below this width nothing is readable; narrower terminals get lines of this width.
const NARROWEST: usize = 24;

/// Whether escape codes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paint {
    /// Bare text.
    #[default]
    Plain,
    /// Bold headings, dimmed gaps.
    Colour,
}

/// What the renderer needs to know of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Screen {
    /// Language of headings and words.
    pub lang: Lang,
    /// Columns of the terminal; `None` (a pipe, a file) sets no limit.
    pub width: Option<usize>,
    /// Escape codes or none.
    pub paint: Paint,
}

/// The table as text, title first, notes last.
pub fn render(table: &Table, screen: &Screen) -> String {
    let width = screen.width.map(|width| width.max(NARROWEST));
    let (lines, hidden) = match fit(table, screen.lang, width) {
        Fit::Columns(columns) => (Grid { table, screen, columns: &columns }.lines(), hidden(table, screen.lang, &columns)),
        Fit::Stacked => (stacked(table, screen, width.unwrap_or(NARROWEST)), None),
    };
    let mut out = String::new();
    let title = table.title.get(screen.lang);
    if !title.is_empty() {
        paragraph(&mut out, title, width, Look { bold: true, ..Look::plain(screen) });
    }
    for line in lines {
        out.push_str(&line);
        out.push('\n');
    }
    for note in table.notes.iter().map(|note| note.get(screen.lang)).chain(hidden.as_deref()) {
        paragraph(&mut out, note, width, Look::plain(screen));
    }
    out
}

/// Names the columns left out, so that nobody takes the rest for the whole.
fn hidden(table: &Table, lang: Lang, shown: &[(usize, usize)]) -> Option<String> {
    let left_out = |index: &usize| shown.iter().all(|(kept, _)| kept != index);
    let names: Vec<&str> = (0..table.columns.len()).filter(left_out).map(|index| table.columns[index].heading.get(lang)).collect();
    (!names.is_empty()).then(|| match lang {
        Lang::Zh => format!("此宽度下未列出：{}", names.join("、")),
        Lang::En => format!("Not shown at this width: {}", names.join(", ")),
    })
}

/// Text that runs over the full width.
fn paragraph(out: &mut String, text: &str, width: Option<usize>, look: Look) {
    let columns = [(width.map_or(text.width(), |width| width - 2 * PADDING), Align::Left)];
    for line in block(vec![vec![look.cell(text)]], &columns, look.paint) {
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// A table side by side.
struct Grid<'a> {
    table: &'a Table,
    screen: &'a Screen,
    columns: &'a [(usize, usize)],
}

impl Grid<'_> {
    fn lines(&self) -> Vec<String> {
        let headings: Vec<comfy_table::Cell> = self
            .columns
            .iter()
            .map(|(index, _)| {
                Look { bold: true, ..Look::plain(self.screen) }.cell(self.table.columns[*index].heading.get(self.screen.lang))
            })
            .collect();
        let rule = "─".repeat(self.width());
        let mut lines = vec![rule.clone()];
        lines.extend(self.block(vec![headings]));
        // The rule of a heading serves where one follows at once.
        let headed = self.table.rows.first().is_some_and(|row| row.style == Style::Section);
        lines.extend((!headed).then(|| rule.clone()));
        let mut pending = Vec::new();
        for row in &self.table.rows {
            if row.style == Style::Section {
                lines.extend(self.block(std::mem::take(&mut pending)));
                lines.extend(self.section(row));
            } else {
                pending.push(self.row(row));
            }
        }
        lines.extend(self.block(pending));
        lines.push(rule);
        lines
    }

    fn width(&self) -> usize {
        self.columns.iter().map(|(_, width)| width + 2 * PADDING).sum()
    }

    fn row(&self, row: &Row) -> Vec<comfy_table::Cell> {
        let cell = |index: &usize| {
            let cell = row.cells.get(*index).unwrap_or(&Cell::Empty);
            Look::of(cell, row.style, self.screen).cell(&cell.shown(self.screen.lang))
        };
        self.columns.iter().map(|(index, _)| cell(index)).collect()
    }

    fn block(&self, rows: Vec<Vec<comfy_table::Cell>>) -> Vec<String> {
        let columns: Vec<(usize, Align)> = self.columns.iter().map(|(index, width)| (*width, self.table.columns[*index].align())).collect();
        block(rows, &columns, self.screen.paint)
    }

    fn section(&self, row: &Row) -> Vec<String> {
        let heading = row.cells.first().unwrap_or(&Cell::Empty).shown(self.screen.lang);
        section(&heading, self.width(), self.screen)
    }
}

/// A heading set into a rule, or above one where it is too long for that.
fn section(heading: &str, width: usize, screen: &Screen) -> Vec<String> {
    let look = Look { bold: true, ..Look::plain(screen) };
    match width.checked_sub(heading.width() + 4) {
        Some(rest) => vec![format!("─ {} {}", look.text(heading), "─".repeat(rest + 1))],
        None => block(vec![vec![look.cell(heading)]], &[(width - 2 * PADDING, Align::Left)], screen.paint),
    }
}

/// Every row as a list of heading and content.
fn stacked(table: &Table, screen: &Screen, width: usize) -> Vec<String> {
    let widest = table.columns.iter().map(|column| column.heading.get(screen.lang).width()).max().unwrap_or(0);
    let left = widest.min(width / 3);
    let columns = [(left, Align::Left), (width - left - 4 * PADDING, Align::Left)];
    let rule = "─".repeat(width);
    let mut lines = Vec::new();
    let mut under_heading = false;
    for row in &table.rows {
        if row.style == Style::Section {
            lines.extend(section(&row.cells.first().unwrap_or(&Cell::Empty).shown(screen.lang), width, screen));
        } else {
            lines.extend((!under_heading).then(|| rule.clone()));
            lines.extend(block(fields(table, row, screen), &columns, screen.paint));
        }
        under_heading = row.style == Style::Section;
    }
    lines.push(rule);
    lines
}

/// Heading and content of the cells that hold something.
fn fields(table: &Table, row: &Row, screen: &Screen) -> Vec<Vec<comfy_table::Cell>> {
    let filled = table.columns.iter().zip(&row.cells).filter(|(_, cell)| **cell != Cell::Empty);
    filled
        .map(|(column, cell)| {
            let heading = Look::plain(screen).cell(column.heading.get(screen.lang));
            // The first words of a row are its name.
            let style = if column.kind == Kind::Text { row.style } else { Style::Body };
            vec![heading, Look::of(cell, style, screen).cell(&cell.shown(screen.lang))]
        })
        .collect()
}

/// How a cell looks.
#[derive(Clone, Copy)]
struct Look {
    bold: bool,
    faint: bool,
    paint: Paint,
}

impl Look {
    fn plain(screen: &Screen) -> Self {
        Self { bold: false, faint: false, paint: screen.paint }
    }

    fn of(cell: &Cell, style: Style, screen: &Screen) -> Self {
        Self { bold: style == Style::Total, faint: matches!(cell.parts().0, Cell::Missing(_)), paint: screen.paint }
    }

    /// Text outside a grid.
    fn text(self, text: &str) -> String {
        let text = printable(text);
        if self.bold && self.paint == Paint::Colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text }
    }

    fn cell(self, text: &str) -> comfy_table::Cell {
        let mut cell = comfy_table::Cell::new(printable(text));
        if self.paint == Paint::Colour {
            if self.bold {
                cell = cell.add_attribute(Attribute::Bold);
            }
            if self.faint {
                cell = cell.fg(Color::DarkYellow);
            }
        }
        cell
    }
}

/// Control signs of the data never reach the terminal.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect()
}

/// Lines of cells wrapped into columns of the given content widths.
fn block(rows: Vec<Vec<comfy_table::Cell>>, columns: &[(usize, Align)], paint: Paint) -> Vec<String> {
    if rows.is_empty() {
        return Vec::new();
    }
    let mut table = comfy_table::Table::new();
    table.load_style(presets::NOTHING).force_no_tty();
    if paint == Paint::Colour {
        table.enforce_styling();
    }
    table.add_rows(rows);
    let padded = |width: usize| u16::try_from(width + 2 * PADDING).unwrap_or(u16::MAX);
    table.set_constraints(columns.iter().map(|(width, _)| ColumnConstraint::Absolute(Width::Fixed(padded(*width)))));
    for (column, (_, align)) in table.column_iter_mut().zip(columns) {
        column.set_cell_alignment(match align {
            Align::Left => CellAlignment::Left,
            Align::Right => CellAlignment::Right,
        });
    }
    table.lines().collect()
}
