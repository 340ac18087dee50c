//! What does not stand in every result, and what has one id and two meanings. Nothing of it is dropped.

use crate::compare::Book;
use crate::text::Text;

/// Something that stands in some of the results only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Only {
    /// What it is.
    pub of: OnlyOf,
    /// Its key or id.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Whether it stands there, result by result.
    pub present: Vec<bool>,
}

/// What may stand in some results only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OnlyOf {
    /// A unit.
    Unit,
    /// A criterion.
    Criterion,
    /// An indicator.
    Indicator,
}

/// A criterion that is another one under the same id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redefined {
    /// The id.
    pub id: String,
    /// What it is in the first result that has it, and in the one that differs.
    pub names: (Text, Text),
}

/// Units, criteria and indicators that are not in all of the books.
pub fn only(books: &[&Book]) -> Vec<Only> {
    let units = |book: &Book| book.units.iter().map(|unit| (unit.key.clone(), unit.name.clone())).collect();
    let criteria = |book: &Book| book.criteria.iter().map(|criterion| (criterion.id.clone(), criterion.name.clone())).collect();
    let indicators = |book: &Book| book.indicators.iter().map(|indicator| (indicator.id.clone(), indicator.name.clone())).collect();
    let mut found = Vec::new();
    for (of, list) in [(OnlyOf::Unit, &units as &dyn Fn(&Book) -> Vec<_>), (OnlyOf::Criterion, &criteria), (OnlyOf::Indicator, &indicators)]
    {
        let lists: Vec<Vec<(String, Text)>> = books.iter().map(|book| list(book)).collect();
        for (id, name) in union(&lists) {
            let present: Vec<bool> = lists.iter().map(|list| list.iter().any(|(known, _)| *known == id)).collect();
            if present.contains(&false) {
                found.push(Only { of, id, name, present });
            }
        }
    }
    found
}

/// Every entry once, in the order of the first list that has it.
pub(super) fn union<T: Clone>(lists: &[Vec<(String, T)>]) -> Vec<(String, T)> {
    let mut seen = std::collections::BTreeSet::new();
    lists.iter().flatten().filter(|(id, _)| seen.insert(id.clone())).cloned().collect()
}

/// Criteria that measure something else, or are called otherwise, under the id they have in an earlier book.
pub fn redefined(books: &[&Book]) -> Vec<Redefined> {
    let mut found = Vec::new();
    for (at, book) in books.iter().enumerate() {
        for criterion in &book.criteria {
            let earlier = books.iter().take(at).find_map(|earlier| earlier.criteria.get(earlier.criterion(&criterion.id)?));
            let Some(earlier) = earlier else { continue };
            let is_known = found.iter().any(|known: &Redefined| known.id == criterion.id);
            if !is_known && (earlier.name != criterion.name || earlier.indicator != criterion.indicator) {
                found.push(Redefined { id: criterion.id.clone(), names: (earlier.name.clone(), criterion.name.clone()) });
            }
        }
    }
    found
}
