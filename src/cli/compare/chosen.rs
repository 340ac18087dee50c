//! Which units are compared, and whether the results go together at all.

use crate::cli::run::Failure;
use crate::codes::compare as codes;
use crate::compare::Book;
use crate::diagnostic::Diagnostic;
use crate::text::{Text, nearest, normalise};

/// Refuses results of other kinds of units, and results without a unit in common.
pub(super) fn fit(books: &[&Book], names: &[Text]) -> Result<(), Failure> {
    let Some((first, others)) = books.split_first() else { return Ok(()) };
    let mut wrong = Vec::new();
    for (other, name) in others.iter().zip(names.iter().skip(1)) {
        let say = |code| Diagnostic::new(code, None).with("first", names[0].clone()).with("other", name.clone());
        if other.column != first.column {
            wrong.push(say(&codes::UNIT_COLUMNS).with("first_column", first.column.clone()).with("other_column", other.column.clone()));
        } else if !first.units.iter().any(|unit| other.unit(&unit.key).is_some()) {
            let some = |book: &Book| book.units.first().map(|unit| unit.key.clone()).unwrap_or_default();
            wrong.push(say(&codes::NO_SHARED_UNIT).with("one", some(first)).with("two", some(other)));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Failure::from(wrong)) }
}

/// Keys of the units asked for, in that order; `None` for all.
pub(super) fn keys(books: &[&Book], written: &[String]) -> Result<Option<Vec<String>>, Failure> {
    if written.is_empty() {
        return Ok(None);
    }
    let mut keys: Vec<String> = Vec::new();
    let mut wrong = Vec::new();
    for text in written.iter().filter(|text| !text.trim().is_empty()) {
        match find(books, text) {
            Some(key) if keys.contains(&key) => {}
            Some(key) => keys.push(key),
            None => {
                let names = books.iter().flat_map(|book| &book.units).flat_map(|unit| [unit.key.as_str(), unit.name.zh.as_str()]);
                let names: std::collections::BTreeSet<&str> = names.collect();
                wrong.push(Diagnostic::new(&codes::UNKNOWN_UNIT, None).with("unit", text.as_str()).suggest(nearest(text, names)));
            }
        }
    }
    if keys.is_empty() && wrong.is_empty() {
        wrong.push(Diagnostic::new(&codes::UNKNOWN_UNIT, None).with("unit", written.join(",")));
    }
    if wrong.is_empty() { Ok(Some(keys)) } else { Err(Failure::from(wrong)) }
}

/// A unit by its key in any of the books, else by its name.
fn find(books: &[&Book], written: &str) -> Option<String> {
    let wanted = normalise(written);
    let same = |text: &str| normalise(text) == wanted;
    let units = || books.iter().flat_map(|book| &book.units);
    let by_key = units().find(|unit| same(&unit.key));
    by_key.or_else(|| units().find(|unit| same(&unit.name.zh) || same(&unit.name.en))).map(|unit| unit.key.clone())
}

/// The places of these units in a result; all of them without keys.
pub(super) fn indices(book: &Book, keys: Option<&[String]>) -> Vec<usize> {
    match keys {
        None => (0..book.units.len()).collect(),
        Some(keys) => keys.iter().filter_map(|key| book.units.iter().position(|unit| unit.key == *key)).collect(),
    }
}
