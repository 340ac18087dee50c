//! Tables of figures as SQL: a column per item, or a row per figure.

use super::dialect::{Dialect, Kind};
use super::number::{self, Reading};
use super::statement::{Stamp, Steps};
use super::{day, words};
use crate::intake::source::YearPart;
use crate::period::Span;

/// A table of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Values {
    /// Whose the figures are.
    pub(super) organisation: Whose,
    /// Of when they are.
    pub(super) period: When,
    /// Where they stand.
    pub(super) cells: Cells,
}

/// Where the organisation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Whose {
    /// In the first of these columns that is not blank.
    Columns(Vec<String>),
    /// The code of the one whose they all are.
    Fixed(String),
}

/// Where the period stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum When {
    /// In a column.
    Column(String),
    /// In two columns: a year, and a part of it.
    Parts(String, String, YearPart),
    /// The same for all.
    Fixed(Span),
    /// In the names of the columns of figures.
    InHeaders,
}

/// Where the figures stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cells {
    /// A column for each.
    Wide(Vec<(String, Figure)>),
    /// The item in a column, the figure in another one.
    Long {
        /// Header of the items.
        item: String,
        /// Header of the figures.
        value: String,
        /// What the names of items mean, in their normal form; `None` is left out on purpose.
        names: Vec<(String, Option<Figure>)>,
    },
}

/// What figures are of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figure {
    /// Id of the item.
    pub(super) item: String,
    /// How cells are read.
    pub(super) reading: Reading,
    /// Their period, where their name says it.
    pub(super) span: Option<Span>,
}

/// Left out on purpose.
const SKIPPED: &str = "-";

const LISTED: [(&str, Kind); 6] = [
    ("item", Kind::Text),
    ("decimals", Kind::Whole),
    ("power", Kind::Whole),
    ("percent", Kind::Whole),
    ("span", Kind::Text),
    ("place", Kind::Text),
];

impl Figure {
    /// A row of the list of items; `place` is the number of the column, or the name.
    fn listed(&self, place: &str, dialect: Dialect) -> Vec<String> {
        let span = self.span.map_or_else(String::new, |span| span.to_string());
        let Reading { decimals, power, percent } = self.reading;
        let numbers = [decimals.to_string(), power.to_string(), u8::from(percent).to_string()];
        let texts = [dialect.text(&span), dialect.text(place)];
        std::iter::once(dialect.text(&self.item)).chain(numbers).chain(texts).collect()
    }
}

/// A cell as text without the spaces around it.
pub(super) fn cell(dialect: Dialect, header: &str) -> String {
    format!("TRIM(COALESCE(t.{}, ''))", dialect.name(header))
}

impl Values {
    /// The statement for a table.
    pub(super) fn statement(&self, stamp: &Stamp, table: &str, dialect: Dialect) -> String {
        let readings = self.readings();
        let mut steps = Steps::default();
        steps.add("lines", self.lines(table, dialect));
        steps.add("placed", self.placed(dialect));
        if let Cells::Long { names, .. } = &self.cells {
            steps.add("names", listed_names(names, dialect));
        }
        steps.add("cells", self.cells(dialect));
        steps.add("numbers", numbers(&readings, dialect));
        steps.add("scaled", scaled(&readings, dialect));
        steps.add("nearest", nearest(&readings));
        steps.add("checked", checked(&readings));
        steps.add("figures", FIGURES);
        let printed = number::by_decimals(&readings, |decimals| number::printed(dialect, "lowest", decimals));
        let value = format!("CASE WHEN different = 1 AND rejected = 0 THEN {printed} ELSE '' END");
        let columns = ["organisation", "period", "item", &value, "met", "reported", REPEATED, CONFLICTING, "rejected"];
        steps.statement(&stamp.select(dialect, columns, "FROM figures\nWHERE reported + rejected > 0"))
    }

    fn readings(&self) -> Vec<Reading> {
        let figures: Vec<&Figure> = match &self.cells {
            Cells::Wide(columns) => columns.iter().map(|(_, figure)| figure).collect(),
            Cells::Long { names, .. } => names.iter().filter_map(|(_, figure)| figure.as_ref()).collect(),
        };
        figures.into_iter().map(|figure| figure.reading).collect()
    }

    /// The cells that are read, without the spaces around them.
    fn lines(&self, table: &str, dialect: Dialect) -> String {
        let mut columns: Vec<String> = Vec::new();
        let mut add = |name: String, header: &str| columns.push(format!("{} AS {name}", cell(dialect, header)));
        if let Whose::Columns(headers) = &self.organisation {
            headers.iter().enumerate().for_each(|(at, header)| add(format!("o{at}"), header));
        }
        match &self.period {
            When::Column(header) => add("p0".to_owned(), header),
            When::Parts(year, part, _) => [year, part].iter().enumerate().for_each(|(at, header)| add(format!("p{at}"), header)),
            When::Fixed(_) | When::InHeaders => {}
        }
        match &self.cells {
            Cells::Wide(wide) => wide.iter().enumerate().for_each(|(at, (header, _))| add(format!("c{at}"), header)),
            Cells::Long { item, value, .. } => {
                add("named".to_owned(), item);
                add("c0".to_owned(), value);
            }
        }
        format!("SELECT\n  {}\nFROM {} AS t", columns.join(",\n  "), dialect.table(table))
    }

    /// Whose and of when each row is.
    fn placed(&self, dialect: Dialect) -> String {
        let organisation = match &self.organisation {
            Whose::Fixed(code) => dialect.text(code),
            Whose::Columns(headers) => {
                let whens: Vec<String> = (0..headers.len()).map(|at| format!("WHEN r.o{at} <> '' THEN r.o{at}")).collect();
                format!("CASE {} ELSE '?' END", whens.join(" "))
            }
        };
        let period = match &self.period {
            When::Column(_) => day::month_or_text(dialect, "r.p0"),
            When::Parts(_, _, counts) => day::of_parts(dialect, ("r.p0", "r.p1"), *counts),
            When::Fixed(span) => dialect.text(&span.to_string()),
            When::InHeaders => dialect.text("?"),
        };
        let cells = match &self.cells {
            Cells::Wide(wide) => (0..wide.len()).map(|at| format!("r.c{at} AS c{at}")).collect::<Vec<_>>().join(", "),
            Cells::Long { .. } => "r.named AS named, r.c0 AS c0".to_owned(),
        };
        format!("SELECT\n  {organisation} AS organisation,\n  {period} AS period,\n  {cells}\nFROM lines AS r")
    }

    /// Each cell in a row of its own, with its item and how it is read.
    fn cells(&self, dialect: Dialect) -> String {
        match &self.cells {
            Cells::Wide(columns) => {
                let listed = |(at, (_, figure)): (usize, &(String, Figure))| figure.listed(&at.to_string(), dialect);
                let rows: Vec<Vec<String>> = columns.iter().enumerate().map(listed).collect();
                let whens: Vec<String> = (0..columns.len()).map(|at| format!("WHEN '{at}' THEN l.c{at}")).collect();
                format!(
                    "SELECT l.organisation AS organisation, {PERIOD} AS period, i.item AS item,\n  \
                     i.decimals AS decimals, i.power AS power, i.percent AS percent,\n  CASE i.place {} END AS cell\n\
                     FROM placed AS l CROSS JOIN {}",
                    whens.join(" "),
                    dialect.list("i", &LISTED, &rows)
                )
            }
            Cells::Long { names, .. } => long_cells(names, dialect),
        }
    }
}

/// The period in the name of a column goes before that of the row; figures of nobody count nowhere.
const PERIOD: &str = "CASE WHEN l.organisation = '?' THEN '?' WHEN i.span <> '' THEN i.span ELSE l.period END";

/// A name with a unit behind it that is not in the list leaves the figure open; a name that may be one of the list counts
/// nowhere; other items are no concern of the assessment.
fn long_cells(names: &[(String, Option<Figure>)], dialect: Dialect) -> String {
    let any = names.iter().find_map(|(_, figure)| figure.as_ref()).map_or("", |figure| figure.item.as_str());
    let (is_known, has_base) = ("COALESCE(i.item, '') <> ''", "COALESCE(b.item, '') NOT IN ('', '-')");
    let base = dialect.captured("l.plain", "^(.+)(?:[(][^()]*[)]|[%‰])$");
    format!(
        "SELECT CASE WHEN {is_known} OR {has_base} THEN l.organisation ELSE '?' END AS organisation,\n  \
         CASE WHEN NOT ({is_known} OR {has_base}) OR l.organisation = '?' THEN '?'\n    \
         WHEN COALESCE(i.span, '') <> '' THEN i.span WHEN COALESCE(i.item, '') = '' AND COALESCE(b.span, '') <> '' THEN b.span\n    \
         ELSE l.period END AS period,\n  \
         CASE WHEN {is_known} THEN i.item WHEN {has_base} THEN b.item ELSE {} END AS item,\n  \
         CASE WHEN {is_known} THEN i.decimals ELSE COALESCE(b.decimals, 0) END AS decimals, COALESCE(i.power, 0) AS power,\n  COALESCE(i.percent, 0) AS percent,\n  \
         CASE WHEN {is_known} THEN l.c0 WHEN {} THEN '' ELSE '?' END AS cell\n\
         FROM (\n  SELECT p.organisation AS organisation, p.period AS period, p.named AS named, p.c0 AS c0, {} AS plain\n  FROM placed AS p\n) AS l\n\
         LEFT JOIN names AS i ON i.place = l.plain\n\
         LEFT JOIN names AS b ON b.place = {base}\n\
         WHERE COALESCE(i.item, '') <> '{SKIPPED}' AND ({is_known} OR {has_base} OR NOT ({}))",
        dialect.text(any),
        number::is_missing(dialect, "l.c0"),
        words::plain(dialect, "p.named"),
        words::is_safe(dialect, "l.named")
    )
}

/// What names of items mean.
fn listed_names(names: &[(String, Option<Figure>)], dialect: Dialect) -> String {
    let skipped = Figure { item: SKIPPED.to_owned(), reading: Reading { decimals: 0, power: 0, percent: false }, span: None };
    let rows: Vec<Vec<String>> = names.iter().map(|(name, figure)| figure.as_ref().unwrap_or(&skipped).listed(name, dialect)).collect();
    let columns = LISTED.map(|(name, _)| format!("i.{name} AS {name}")).join(", ");
    format!("SELECT {columns}\nFROM {}", dialect.list("i", &LISTED, &rows))
}

fn numbers(readings: &[Reading], dialect: Dialect) -> String {
    let with_percent = readings.iter().any(|reading| reading.percent).then_some("percent = 1");
    format!(
        "SELECT organisation, period, item, decimals, power,\n  CASE WHEN {} THEN 1 ELSE 0 END AS missing,\n  {} AS amount\nFROM cells",
        number::is_missing(dialect, "cell"),
        number::number(dialect, "cell", with_percent)
    )
}

fn scaled(readings: &[Reading], dialect: Dialect) -> String {
    let amount = number::by_power(dialect, readings, "amount");
    format!("SELECT organisation, period, item, decimals, missing, {amount} AS exact\nFROM numbers")
}

fn nearest(readings: &[Reading]) -> String {
    let nearest = number::by_decimals(readings, |decimals| number::rounded("exact", decimals));
    format!("SELECT organisation, period, item, decimals, missing, exact, {nearest} AS near\nFROM scaled")
}

fn checked(readings: &[Reading]) -> String {
    let sound = number::by_decimals(readings, |decimals| number::is_sound("exact", "near", decimals));
    format!("SELECT organisation, period, item, decimals, missing, CASE WHEN {sound} THEN near END AS amount\nFROM nearest")
}

/// An item has its decimals; cells that count nowhere stand under one item, whatever theirs are.
const FIGURES: &str = "SELECT organisation, period, item, MAX(c.decimals) AS decimals, COUNT(*) AS met, COUNT(amount) AS reported,
  SUM(CASE WHEN missing = 0 AND amount IS NULL THEN 1 ELSE 0 END) AS rejected,
  COUNT(DISTINCT amount) AS different, MIN(amount) AS lowest
FROM checked AS c
GROUP BY organisation, period, item";

/// Equal figures count once, different ones not at all [D2].
const REPEATED: &str = "reported - different";
const CONFLICTING: &str = "CASE WHEN different > 1 THEN different - 1 ELSE 0 END";
