//! The figures of two scorebooks, paired by unit, criterion, indicator and window.

use serde_json::{Map, Value};

use super::{Difference, Place, Step, Way, words};
use crate::text::Text;

/// A list of a scorebook: the keys that name an entry, and the fields that matter first. Where one of these differs, the
/// sentences that follow from it are not told again.
struct List {
    keys: &'static [&'static str],
    first: &'static [&'static str],
}

const SCORES: List = List { keys: &["criterion"], first: &["points", "value", "state", "shown"] };
const MEASURES: List = List { keys: &["indicator", "window"], first: &["value", "numerator", "denominator", "state"] };
const SUBTOTALS: List = List { keys: &["dimension"], first: &[] };
const ADJUSTMENTS: List = List { keys: &["step", "id"], first: &["points"] };
const DEFINED: List = List { keys: &["id"], first: &[] };
const UNITS: List = List { keys: &["unit"], first: &[] };

/// Everything that differs between two scorebooks: totals and ranks by unit, points and values by criterion, measures by
/// indicator, definitions, the number of findings; then the same of their parts.
pub fn figures(recorded: &Value, now: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    book(recorded, now, "", &mut found);
    found
}

fn book(recorded: &Value, now: &Value, part: &str, found: &mut Vec<Difference>) {
    let at = Place { part: part.to_owned(), ..Place::default() };
    fields(&recorded["assessment"], &now["assessment"], &at, &|_| true, found);
    for list in ["indicators", "dimensions", "criteria"] {
        let place = |key: &str| Place { criterion: key.to_owned(), ..at.clone() };
        each(&DEFINED, &recorded[list], &now[list], &place, found, |pair, place, found| {
            fields(pair.0, pair.1, place, &|_| true, found);
        });
    }
    let place = |key: &str| Place { unit: key.to_owned(), ..at.clone() };
    each(&UNITS, &recorded["units"], &now["units"], &place, found, unit);
    if recorded["findings"] != now["findings"] {
        let count = |book: &Value| Text::same(book["findings"].as_array().map_or(0, Vec::len).to_string());
        let place = Place { figure: "findings".to_owned(), ..at };
        found.push(figure(Way::Changed, place, count(recorded), count(now)));
    }
    // Parts have no parts themselves, so this ends.
    for (id, pair) in paired(&DEFINED, &recorded["parts"], &now["parts"]) {
        match pair {
            (Some(one), Some(other)) => book(&one["result"], &other["result"], &id, found),
            (one, _) => found.push(whole(one.is_some(), Place { part: id, ..Place::default() })),
        }
    }
}

/// Everything about one unit: the total first.
fn unit((recorded, now): (&Value, &Value), at: &Place, found: &mut Vec<Difference>) {
    let lists = ["scores", "measures", "dimensions", "adjustments"];
    fields(recorded, now, at, &|name| !lists.contains(&name), found);
    let of_criterion = |key: &str| Place { criterion: key.to_owned(), ..at.clone() };
    let of_indicator = |key: &str| Place { indicator: key.to_owned(), ..at.clone() };
    each(&SUBTOTALS, &recorded["dimensions"], &now["dimensions"], &of_criterion, found, |pair, place, found| {
        fields(pair.0, pair.1, place, &|_| true, found);
    });
    each(&SCORES, &recorded["scores"], &now["scores"], &of_criterion, found, |pair, place, found| of(&SCORES, pair, place, found));
    each(&ADJUSTMENTS, &recorded["adjustments"], &now["adjustments"], &of_criterion, found, |pair, place, found| {
        of(&ADJUSTMENTS, pair, place, found);
    });
    each(&MEASURES, &recorded["measures"], &now["measures"], &of_indicator, found, |pair, place, found| of(&MEASURES, pair, place, found));
}

/// An entry of a list: its first fields, or if all of them are equal the others.
fn of(list: &List, (recorded, now): (&Value, &Value), at: &Place, found: &mut Vec<Difference>) {
    let before = found.len();
    fields(recorded, now, at, &|name| list.first.contains(&name), found);
    if found.len() == before {
        fields(recorded, now, at, &|name| !list.first.contains(&name), found);
    }
}

/// The fields of an object, each a figure.
fn fields(recorded: &Value, now: &Value, at: &Place, is_asked: &dyn Fn(&str) -> bool, found: &mut Vec<Difference>) {
    let none = Map::new();
    let (one, other) = (recorded.as_object().unwrap_or(&none), now.as_object().unwrap_or(&none));
    let new = other.keys().filter(|name| !one.contains_key(*name));
    for name in one.keys().chain(new).filter(|name| is_asked(name)) {
        let (one, other) = (one.get(name).unwrap_or(&Value::Null), other.get(name).unwrap_or(&Value::Null));
        if one != other {
            let place = Place { figure: name.clone(), ..at.clone() };
            found.push(figure(Way::Changed, place, words(one), words(other)));
        }
    }
}

/// Entries of two lists that name the same thing, and those that stand in one of them only.
fn each(
    list: &List,
    recorded: &Value,
    now: &Value,
    place: &dyn Fn(&str) -> Place,
    found: &mut Vec<Difference>,
    pair: impl Fn((&Value, &Value), &Place, &mut Vec<Difference>),
) {
    for (key, both) in paired(list, recorded, now) {
        match both {
            (Some(one), Some(other)) => pair((one, other), &place(&key), found),
            (one, _) => found.push(whole(one.is_some(), place(&key))),
        }
    }
}

/// What stands in one of two lists only.
fn whole(was_recorded: bool, place: Place) -> Difference {
    figure(if was_recorded { Way::Missing } else { Way::Extra }, place, Text::default(), Text::default())
}

type Pair<'a> = (Option<&'a Value>, Option<&'a Value>);

/// Entries by their keys, in the order recorded, then the new ones. An entry that stands twice is told by its number.
fn paired<'a>(list: &List, recorded: &'a Value, now: &'a Value) -> Vec<(String, Pair<'a>)> {
    let (one, other) = (keyed(list, recorded), keyed(list, now));
    let known = |all: &[(String, &'a Value)], key: &str| all.iter().find(|(name, _)| name == key).map(|(_, value)| *value);
    let mut pairs: Vec<(String, Pair)> = Vec::with_capacity(one.len());
    let index: std::collections::BTreeMap<&str, &Value> = other.iter().map(|(key, value)| (key.as_str(), *value)).collect();
    for (key, value) in &one {
        pairs.push((key.clone(), (Some(value), index.get(key.as_str()).copied())));
    }
    let mine: std::collections::BTreeSet<&str> = one.iter().map(|(key, _)| key.as_str()).collect();
    let new = other.iter().filter(|(key, _)| !mine.contains(key.as_str()));
    pairs.extend(new.map(|(key, _)| (key.clone(), (None, known(&other, key)))));
    pairs
}

fn keyed<'a>(list: &List, values: &'a Value) -> Vec<(String, &'a Value)> {
    let mut seen: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    let name = |value: &Value| list.keys.iter().filter_map(|key| value[*key].as_str()).collect::<Vec<_>>().join("@");
    let entries = values.as_array().map_or(&[][..], Vec::as_slice);
    let entry = |value: &'a Value| {
        let name = name(value);
        let times = seen.entry(name.clone()).or_default();
        *times += 1;
        (if *times == 1 { name } else { format!("{name} #{times}") }, value)
    };
    entries.iter().map(entry).collect()
}

fn figure(way: Way, place: Place, recorded: Text, now: Text) -> Difference {
    Difference { step: Step::Figures, way, file: String::new(), place, recorded, now }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn book(points: &str, total: &str, rank: u32) -> Value {
        json!({ "assessment": { "period": "2025" }, "findings": [], "units": [
            { "unit": "A", "total": total, "rank": rank, "measures": [{ "indicator": "rate", "window": "assessed", "value": 12.5 }],
              "scores": [{ "criterion": "1.1", "points": points, "reason": [{ "zh": points, "en": points }] }] },
            { "unit": "B", "total": "7.00", "rank": 1, "scores": [] }] })
    }

    fn told(found: &[Difference]) -> Vec<String> {
        let line = |one: &Difference| {
            let Place { part, unit, criterion, indicator, figure } = &one.place;
            format!("{part}/{unit}/{criterion}{indicator}/{figure}: {} → {}", one.recorded.en, one.now.en)
        };
        found.iter().map(line).collect()
    }

    #[test]
    fn equal_books_differ_in_nothing() {
        assert_eq!(figures(&book("8.00", "8.00", 1), &book("8.00", "8.00", 1)), []);
    }

    #[test]
    fn what_differs_is_told_by_unit_and_criterion_without_the_sentences_that_follow() {
        let found = figures(&book("8.00", "8.00", 1), &book("6.00", "6.00", 2));
        assert_eq!(told(&found), ["/A//total: 8.00 → 6.00", "/A//rank: 1 → 2", "/A/1.1/points: 8.00 → 6.00"]);
    }

    #[test]
    fn units_and_entries_of_one_side_only_are_told() {
        let mut now = book("8.00", "8.00", 1);
        now["units"][1]["unit"] = json!("C");
        now["units"][0]["measures"] = json!([]);
        let found = figures(&book("8.00", "8.00", 1), &now);
        assert_eq!(told(&found), ["/A/rate@assessed/:  → ", "/B//:  → ", "/C//:  → "]);
        let ways: Vec<Way> = found.iter().map(|one| one.way).collect();
        assert_eq!(ways, [Way::Missing, Way::Missing, Way::Extra]);
    }

    #[test]
    fn parts_and_words_are_looked_at_too() {
        let whole = |points: &str| json!({ "units": [], "parts": [{ "id": "leads", "result": book(points, "8.00", 1) }] });
        assert_eq!(told(&figures(&whole("8.00"), &whole("7.50"))), ["leads/A/1.1/points: 8.00 → 7.50"]);
        let mut now = book("8.00", "8.00", 1);
        now["units"][0]["scores"][0]["reason"][0]["en"] = json!("another");
        assert_eq!(told(&figures(&book("8.00", "8.00", 1), &now)), ["/A/1.1/reason: 8.00 → another"]);
    }
}
