//! Registers: tables with a row per referral, visit, discharge or follow-up, counted and summed into items.
//!
//! One pass over the rows keeps a number per organisation, month and item. Nothing of a row is kept but, where they are
//! asked for, its key and its person, as numbers that leave this room in no message.

use crate::catalogue::Item;
use crate::finding::{Finding, Place};
use crate::formula::{ItemId, Truth};
use crate::intake::table::Table;
use crate::number::Exact;
use crate::period::Span;
use crate::registry::{OrgId, Organisation};

mod amounts;
mod columns;
mod count;
mod day;
mod figures;
mod finish;
mod identifiers;
mod kinds;
mod learned;
mod notes;
mod once;
mod report;
mod seen;
mod traced;
mod units;
mod whose;
mod words;

pub(super) use count::count as read;
pub(super) use figures::Figure;
pub use traced::traced;

/// What the rows of a register are counted as. Columns are numbers of `columns`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Records {
    /// Headers of the columns that are looked at, each once.
    pub columns: Vec<String>,
    /// Whose a row is, unless an item says otherwise.
    pub organisation: usize,
    /// Its date.
    pub date: usize,
    /// What tells records from each other; empty: every row is one.
    pub key: Vec<usize>,
    /// The months it holds in full.
    pub covers: Option<Span>,
    /// The assessed period.
    pub assessed: Option<Span>,
    /// The spans over which a person counts once.
    pub spans: Vec<Span>,
    /// The column of the registry that says who is scored.
    pub unit: String,
    /// Conditions on columns, each once.
    pub conditions: Vec<Condition>,
    /// The items.
    pub items: Vec<Derived>,
    /// What a record needs on the other side.
    pub matched: Option<Matched>,
}

/// An item that is counted or summed over rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// The item.
    pub item: ItemId,
    /// The column of the organisation that is credited.
    pub organisation: usize,
    /// Numbers of the conditions that must hold.
    pub conditions: Vec<usize>,
    /// Columns of organisations that belong to the unit of the credited one.
    pub within: Vec<usize>,
    /// What is made of the rows.
    pub way: Way,
    /// True if only matched records count.
    pub needs_match: bool,
}

/// What is made of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Their number.
    Count,
    /// The sum of a column.
    Sum(usize),
    /// The number of persons that a column names.
    Distinct(usize),
}

/// What the cell of a column must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The column.
    pub column: usize,
    /// What it must be.
    pub test: Test,
}

/// What a cell must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// One of these texts.
    AnyOf(Vec<String>),
    /// None of these texts.
    NoneOf(Vec<String>),
    /// A number between these, the limits included.
    Between {
        /// The lower one.
        at_least: Option<Exact>,
        /// The upper one.
        at_most: Option<Exact>,
    },
}

/// What a record needs on the other side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matched {
    /// Conditions, by their numbers, on its own row.
    Where(Vec<usize>),
    /// Its key among the rows of other files.
    Files {
        /// The first of them among the files of the source.
        from: usize,
        /// Their headers that stand for the key.
        key: Vec<String>,
    },
}

impl Records {
    /// Whether an organisation must report an item [C3]; a unit itself keeps no register [O6].
    pub fn is_expected(&self, organisation: &Organisation, item: &Item) -> bool {
        let stay = match self.assessed {
            Some(assessed) => organisation.stay_for(assessed),
            None => organisation.stays.last(),
        };
        let attribute = |name: &str| stay.and_then(|stay| stay.attributes.get(name)).map(String::as_str);
        let expected = item.expected_from.as_ref();
        attribute("role") != Some("unit") && expected.is_none_or(|from| from.decide_attributes(&attribute) == Truth::True)
    }

    /// Whether a condition is one on numbers.
    fn is_on_numbers(&self, condition: usize) -> bool {
        matches!(self.conditions[condition].test, Test::Between { .. })
    }

    /// The conditions of an item on numbers.
    fn on_numbers<'i>(&'i self, item: &'i Derived) -> impl Iterator<Item = usize> + 'i {
        item.conditions.iter().copied().filter(|condition| self.is_on_numbers(*condition))
    }

    /// The items of which persons are counted.
    pub(super) fn of_persons(&self) -> impl Iterator<Item = ItemId> {
        self.items.iter().filter(|item| matches!(item.way, Way::Distinct(_))).map(|item| item.item)
    }
}

/// What a register comes to.
#[derive(Debug, Default)]
pub(in crate::intake) struct Counted {
    /// The figures in the order of organisation, span and item, one of each.
    pub(super) figures: Vec<((OrgId, Span, ItemId), Figure)>,
    /// What is wrong or doubtful.
    pub(super) findings: Vec<Finding>,
    /// Name of the encoding of each file.
    pub(super) encodings: Vec<&'static str>,
    /// File and sheet of each table.
    places: Vec<Place>,
}

/// For each column of a register, its header as printed and the power of ten of its unit; `None` where one is lacking,
/// which the findings say.
pub fn headers(table: &Table, records: &Records, place: &Place, findings: &mut Vec<Finding>) -> Option<Vec<(String, i32)>> {
    let stands = columns::find(table, &records.columns, place, findings)?;
    Some(stands.into_iter().map(|column| (column.header, column.power)).collect())
}
