//! The one table model: every sheet is built as a [`Table`], every renderer draws one.

use std::collections::BTreeMap;

use crate::number::Exact;
use crate::score::reason::sentence;
use crate::state::State;
use crate::text::{Lang, Said, Text};

/// A sheet: what it is called, its columns and rows, and the remarks below it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// What it shows; empty for none.
    pub title: Text,
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Rows from top to bottom.
    pub rows: Vec<Row>,
    /// Remarks that stand below the table where people read it.
    pub notes: Vec<Text>,
    /// By the index of a row of sums, the rows whose points it adds up: a workbook writes them as formulas.
    pub sums: BTreeMap<usize, Vec<usize>>,
    /// By the index of a column of sums, the columns whose points it adds up, row by row.
    pub across: BTreeMap<usize, Vec<usize>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Stable English id: header of a CSV file, key of a JSON object.
    pub id: String,
    /// Heading for people.
    pub heading: Text,
    /// What stands in it.
    pub kind: Kind,
    /// How early a narrow terminal leaves it out, the highest first and equal ranks together: 0 never,
    /// 1 where it does not fit at all, 2 and above where it would squeeze the others.
    pub spare: u8,
}

/// What stands in a column; decides the alignment and how a machine reads its numbers [D6].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Yes or no.
    Flag,
    /// A whole number of things: ranks, rows.
    Count,
    /// A value, written as the shortest decimal that reads back to the nearest double.
    Value,
    /// A numerator, denominator or definition, written with all its digits.
    Exact,
    /// Points, written with the decimals of the policy.
    Points,
}

/// The side on which the contents of a column line up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A row. A section has one cell, its heading; every other row has a cell per column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub style: Style,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// An ordinary row.
    Body,
    /// A sum of rows above it.
    Total,
    /// The heading of the rows that follow.
    Section,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing belongs here.
    Empty,
    /// Words.
    Text(Text),
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(Number),
    /// No number, and in a word why not. Blank in CSV, null in JSON: never 0.
    Missing(Text),
    /// Any of these, leading to a place of the same report or shaded, where the medium can.
    Marked(Box<Cell>, Mark),
}

/// What a medium may do with a cell beyond writing it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mark {
    /// Id of the place it leads to.
    pub to: Option<String>,
    /// How it is shaded.
    pub tone: Option<Tone>,
}

/// A shade; what it says stands in the cell, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// A share of points in fifths: 0 for none to 5 for all.
    Share(u8),
    /// Past a line of alarm.
    Alarm,
    /// Past a line of attention.
    Warn,
}

/// A number as it is shown and written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The number itself.
    pub exact: Exact,
    /// Decimals shown [N7]; `None` shows all digits.
    pub decimals: Option<u32>,
    /// Unit shown behind it; empty for none.
    pub unit: Text,
}

impl Table {
    /// A table without rows.
    pub fn new(title: Text, columns: Vec<Column>) -> Self {
        Self { title, columns, ..Self::default() }
    }

    /// Adds an ordinary row.
    pub fn push(&mut self, cells: Vec<Cell>) {
        self.rows.push(Row { style: Style::Body, cells });
    }

    /// Adds the heading of the rows that follow.
    pub fn section(&mut self, heading: Text) {
        self.rows.push(Row { style: Style::Section, cells: vec![Cell::Text(heading)] });
    }

    /// Adds a row of sums.
    pub fn total(&mut self, cells: Vec<Cell>) {
        self.rows.push(Row { style: Style::Total, cells });
    }

    /// Adds a row of sums over these rows.
    pub fn total_of(&mut self, rows: Vec<usize>, cells: Vec<Cell>) {
        self.sums.insert(self.rows.len(), rows);
        self.total(cells);
    }

    /// True for a column with something in it; the first one always counts.
    pub fn has_content(&self, column: usize) -> bool {
        column == 0 || self.records().any(|row| row.cells.get(column).is_some_and(|cell| *cell.parts().0 != Cell::Empty))
    }

    /// The rows a machine reads: all but the headings.
    pub fn records(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.style != Style::Section)
    }
}

impl Column {
    /// A column that is always shown.
    pub fn new(id: impl Into<String>, heading: Text, kind: Kind) -> Self {
        Self { id: id.into(), heading, kind, spare: 0 }
    }

    /// A column of a file, whose heading is its id.
    pub fn plain(id: &str, kind: Kind) -> Self {
        Self::new(id, Text::same(id), kind)
    }

    /// The same column, left out early on narrow terminals.
    #[must_use]
    pub fn spare(mut self, rank: u8) -> Self {
        self.spare = rank;
        self
    }

    /// The side on which its contents line up.
    pub fn align(&self) -> Align {
        match self.kind {
            Kind::Text | Kind::Flag => Align::Left,
            Kind::Count | Kind::Value | Kind::Exact | Kind::Points => Align::Right,
        }
    }
}

impl Cell {
    /// Words; a blank text is an empty cell.
    pub fn text(text: impl Into<Text>) -> Self {
        let text = text.into();
        if text.zh.is_empty() && text.en.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// The same cell, leading to a place of the report.
    #[must_use]
    pub fn leading(self, to: impl Into<String>) -> Self {
        Self::Marked(Box::new(self), Mark { to: Some(to.into()), tone: None })
    }

    /// The same cell, shaded.
    #[must_use]
    pub fn shaded(self, tone: Option<Tone>) -> Self {
        Self::Marked(Box::new(self), Mark { to: None, tone })
    }

    /// The cell without its mark, and the mark.
    pub fn parts(&self) -> (&Self, Option<&Mark>) {
        match self {
            Self::Marked(cell, mark) => (cell.parts().0, Some(mark)),
            plain => (plain, None),
        }
    }

    /// Words that may be absent.
    pub fn maybe<T: Into<Text>>(text: Option<T>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    /// Sentences as one text.
    pub fn said(sentences: &[Said]) -> Self {
        Self::text(paragraph(sentences))
    }

    /// The reason of a score as one sentence.
    pub fn reason(parts: &[Said]) -> Self {
        Self::text(Text::new(sentence(parts, Lang::Zh), sentence(parts, Lang::En)))
    }

    /// A number shown with `decimals` and a unit.
    pub fn value(exact: &Exact, decimals: u32, unit: Text) -> Self {
        Self::Number(Number { exact: exact.clone(), decimals: Some(decimals), unit })
    }

    /// Points with the decimals of the policy [P9].
    pub fn points(exact: &Exact, decimals: u32) -> Self {
        Self::value(exact, decimals, Text::default())
    }

    /// A number shown with all its digits.
    pub fn exact(exact: &Exact) -> Self {
        Self::Number(Number { exact: exact.clone(), decimals: None, unit: Text::default() })
    }

    /// A whole number of things.
    pub fn count(count: usize) -> Self {
        Self::exact(&Exact::from(count))
    }

    /// A figure's state instead of the figure.
    pub fn state(state: State) -> Self {
        Self::Missing(state.word())
    }

    /// What people read.
    pub fn shown(&self, lang: Lang) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Missing(text) => text.get(lang).to_owned(),
            Self::Flag(flag) => yes_no(*flag).get(lang).to_owned(),
            Self::Number(number) => number.shown(lang),
            Self::Marked(cell, _) => cell.shown(lang),
        }
    }

    /// What a machine reads in a column of this kind; blank where there is no number.
    pub fn written(&self, kind: Kind, lang: Lang) -> String {
        match self {
            Self::Empty | Self::Missing(_) => String::new(),
            Self::Text(text) => text.get(lang).to_owned(),
            Self::Flag(flag) => flag.to_string(),
            Self::Number(number) => number.written(kind),
            Self::Marked(cell, _) => cell.written(kind, lang),
        }
    }
}

impl Number {
    fn shown(&self, lang: Lang) -> String {
        let digits = self.decimals.map_or_else(|| self.exact.to_string(), |decimals| self.exact.fixed(decimals));
        match self.unit.get(lang) {
            "" => digits,
            unit @ ("%" | "‰") => format!("{digits}{unit}"),
            unit => format!("{digits} {unit}"),
        }
    }

    /// The digits a machine reads in a column of this kind [D6].
    pub fn written(&self, kind: Kind) -> String {
        match (kind, self.decimals) {
            (Kind::Points, Some(decimals)) => self.exact.fixed(decimals),
            (Kind::Value, _) => self.exact.shortest(),
            _ => self.exact.to_string(),
        }
    }
}

/// Sentences one after the other, in both languages.
pub fn paragraph(sentences: &[Said]) -> Text {
    let join = |lang| {
        sentences.iter().fold(String::new(), |mut text, said| {
            if !text.is_empty() {
                text.push_str(match lang {
                    _ if text.ends_with(['.', '!', '?']) => " ",
                    Lang::Zh if text.ends_with('。') => "",
                    Lang::Zh => "；",
                    Lang::En => "; ",
                });
            }
            text + &said.render(lang)
        })
    };
    Text::new(join(Lang::Zh), join(Lang::En))
}

fn yes_no(flag: bool) -> Text {
    if flag { Text::new("是", "yes") } else { Text::new("否", "no") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_thirds_percent() -> Exact {
        Exact::from(200).checked_div(&Exact::from(3)).expect("3 is not 0")
    }

    /// D6, N7: one number, four ways of writing it.
    #[test]
    fn a_number_is_written_as_its_column_asks() {
        let cell = Cell::value(&two_thirds_percent(), 2, Text::same("%"));
        assert_eq!(cell.shown(Lang::En), "66.67%");
        assert_eq!(cell.written(Kind::Value, Lang::En), "66.66666666666667");
        assert_eq!(cell.written(Kind::Exact, Lang::En), "66.66666666666666666666666667");
        assert_eq!(cell.written(Kind::Points, Lang::En), "66.67");
    }

    /// DESIGN §4: missing is not zero; a machine reads a blank, people read the reason.
    #[test]
    fn a_missing_number_is_blank_and_never_zero() {
        let cell = Cell::state(State::Missing);
        assert_eq!((cell.shown(Lang::Zh), cell.written(Kind::Value, Lang::Zh)), ("缺报".to_owned(), String::new()));
        assert_eq!(Cell::count(0).written(Kind::Count, Lang::Zh), "0");
    }
}
