//! What parts hand on to the units of the main scheme (SEMANTICS R8).

use std::collections::BTreeMap;

use crate::measure::roster::Unit;
use crate::number::Exact;
use crate::registry::canonical_column;
use crate::scorebook::{Scorebook, UnitResult};
use crate::text::Text;

/// The totals of one part that belong to one unit of the main scheme.
#[derive(Debug, Clone)]
pub struct Feed {
    /// Id of the part.
    pub part: String,
    /// Title of the part.
    pub title: Text,
    /// Totals in the order of the part's units.
    pub totals: Vec<Handed>,
}

/// The total of one unit of a part.
#[derive(Debug, Clone)]
pub struct Handed {
    /// Name of the unit.
    pub name: Text,
    /// What it reached.
    pub share: Share,
    /// Whether its result is provisional.
    pub is_provisional: bool,
    /// Its attributes, of which one may be its weight.
    attributes: BTreeMap<String, Option<String>>,
}

impl Feed {
    /// The totals of a worked example, in percent, all of one weight.
    pub fn of_example(part: &str, totals: impl Iterator<Item = Exact>) -> Self {
        let handed = |total: Exact| Handed {
            name: Text::default(),
            share: Share::Of { total, full: Exact::from(100) },
            is_provisional: false,
            attributes: BTreeMap::new(),
        };
        Self { part: part.to_owned(), title: Text::same(part), totals: totals.map(handed).collect() }
    }
}

/// A total against its full points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Share {
    /// As printed.
    Of {
        /// The total.
        total: Exact,
        /// Points of the unit's sheet.
        full: Exact,
    },
    /// Nothing of the part applies to the unit: it is left out, as an organisation without a value is [F9].
    NotApplicable,
    /// A policy withholds the total.
    Refused,
}

/// What a part was scored on, and what came out.
#[derive(Clone, Copy)]
pub struct Scored<'a> {
    /// Id of the part.
    pub id: &'a str,
    /// Its name.
    pub name: &'a Text,
    /// The registry column that says who was scored.
    pub column: &'a str,
    /// The units, parallel to those of the book.
    pub units: &'a [Unit],
    /// The result.
    pub book: &'a Scorebook,
}

impl Handed {
    /// The weight of the unit.
    pub fn weight(&self, name: &str) -> Option<Exact> {
        read(&self.attributes, name)
    }
}

/// The weight that an attribute gives a unit: a number above 0.
pub fn weight(unit: &Unit, name: &str) -> Option<Exact> {
    read(&unit.attributes, name)
}

fn read(attributes: &BTreeMap<String, Option<String>>, name: &str) -> Option<Exact> {
    let written = attributes.get(&canonical_column(name))?.as_deref()?;
    written.replace(',', "").parse().ok().filter(|weight: &Exact| !weight.is_negative() && !weight.is_zero())
}

/// What each part hands on to a unit.
pub fn feeds(unit: &Unit, column: &str, parts: &[Scored]) -> Vec<Feed> {
    let feed = |part: &Scored| {
        let pairs = part.units.iter().zip(&part.book.units).filter(|(one, _)| belongs((one, part.column), (unit, column)));
        Feed { part: part.id.to_owned(), title: part.name.clone(), totals: pairs.map(|(one, result)| handed(one, result)).collect() }
    };
    parts.iter().map(feed).collect()
}

/// Whether a unit of a part belongs to a unit of the main scheme: they are the same, or one is the other's attribute [O10].
pub fn belongs((one, of_part): (&Unit, &str), (unit, column): (&Unit, &str)) -> bool {
    if of_part == column {
        return one.key == unit.key;
    }
    let says = |one: &Unit, column: &str, key: &str| one.attributes.get(column).and_then(Option::as_deref) == Some(key);
    says(one, column, &unit.key) || says(unit, of_part, &one.key)
}

fn handed(unit: &Unit, result: &UnitResult) -> Handed {
    let applies = result.dimensions.iter().any(|dimension| !dimension.applicable.is_zero());
    let share = match &result.total {
        Some(total) => Share::Of { total: total.clone(), full: result.full_points.clone() },
        None if applies => Share::Refused,
        None => Share::NotApplicable,
    };
    Handed { name: result.name.clone(), share, is_provisional: !result.provisional.is_empty(), attributes: unit.attributes.clone() }
}
