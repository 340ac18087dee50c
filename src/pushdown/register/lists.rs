//! What a statement must know of the registry: names, membership, from whom figures are expected.

use std::collections::BTreeMap;

use super::super::dialect::{Dialect, Kind};
use super::super::words;
use super::Register;
use crate::catalogue::Catalogue;
use crate::intake::records::Records;
use crate::period::{Month, Span};
use crate::registry::{Found, Organisation, Registry};
use crate::text::normalise;

/// Lists of constants.
pub(super) struct Lists {
    /// Names in their normal form and in those that databases give them, and the codes of whom they mean at any time.
    pub(super) spellings: Vec<Vec<String>>,
    /// Names that somebody bore at some time only, in their normal form, and whose they were when.
    pub(super) dated: Vec<(String, Stretch)>,
    /// Rows that an organisation has in the registry, at most.
    pub(super) most_stays: usize,
    /// Codes of organisations, and the units they belong to.
    members: Vec<(String, Vec<Stretch>)>,
}

/// Months, by number, in which something holds: a code, a unit.
pub(super) struct Stretch {
    pub(super) first: i64,
    pub(super) last: i64,
    pub(super) what: String,
}

/// Months before and after everything.
const ALWAYS: (i64, i64) = (0, 99_999);

/// A month as a number.
pub(super) fn index(month: Month) -> i64 {
    i64::from(month.year()) * 12 + i64::from(month.month()) - 1
}

impl Lists {
    pub(super) fn new(register: &Register, dialect: Dialect) -> Self {
        let registry = register.registry;
        let members: Vec<_> =
            registry.organisations().iter().map(|one| (one.code.to_string(), stays(one, &register.records.unit))).collect();
        let most_stays = members.iter().map(|(_, stays)| stays.len()).max().unwrap_or(1).max(1);
        let (mut names, mut dated): (BTreeMap<String, String>, BTreeMap<String, &str>) = (BTreeMap::new(), BTreeMap::new());
        let mut written: Vec<(String, String)> = Vec::new();
        for organisation in registry.organisations() {
            let aliases = organisation.aliases.iter().map(|alias| alias.name.as_str());
            for name in [organisation.code.as_str(), &organisation.name].into_iter().chain(aliases) {
                if registry.dated(name).is_some() {
                    dated.insert(normalise(name), name);
                } else if let Some(found) = registry.find(name) {
                    let code = registry.get(found).code.to_string();
                    written.extend(words::forms(name).into_iter().map(|form| (form, code.clone())));
                    names.insert(normalise(name), code);
                }
            }
        }
        for (form, code) in written {
            names.entry(form).or_insert(code);
        }
        let dated = dated.iter().flat_map(|(plain, name)| times(plain, name, registry)).collect();
        let spellings = names.iter().map(|(name, code)| vec![dialect.text(name), dialect.text(code)]).collect();
        Self { spellings, dated, most_stays, members }
    }

    /// The columns and rows of the list of members.
    pub(super) fn stays(&self, dialect: Dialect) -> (Vec<(String, Kind)>, Vec<Vec<String>>) {
        let mut columns = vec![("code".to_owned(), Kind::Text)];
        for stay in 0..self.most_stays {
            columns.extend([
                (format!("first{stay}"), Kind::Whole),
                (format!("last{stay}"), Kind::Whole),
                (format!("unit{stay}"), Kind::Text),
            ]);
        }
        let row = |(code, stays): &(String, Vec<Stretch>)| {
            let mut row = vec![dialect.text(code)];
            for at in 0..self.most_stays {
                // What there is not lies before everything.
                let (first, last, unit) = stays.get(at).map_or((-1, -1, ""), |stay| (stay.first, stay.last, stay.what.as_str()));
                row.extend([first.to_string(), last.to_string(), dialect.text(unit)]);
            }
            row
        };
        (columns, self.members.iter().map(row).collect())
    }
}

/// Whose a name is, month after month.
fn times(plain: &str, name: &str, registry: &Registry) -> Vec<(String, Stretch)> {
    let mut found: Vec<(String, Stretch)> = Vec::new();
    for month in (FIRST_YEAR..=LAST_YEAR).flat_map(|year| (1..=12).filter_map(move |month| Month::new(year, month))) {
        let whose = registry.find_in(name, Span::month(month)).map(Found::organisation);
        let Some(code) = whose.map(|organisation| registry.get(organisation).code.to_string()) else { continue };
        match found.last_mut() {
            Some((_, stretch)) if stretch.what == code && stretch.last + 1 == index(month) => stretch.last += 1,
            _ => found.push((plain.to_owned(), Stretch { first: index(month), last: index(month), what: code })),
        }
    }
    found
}

/// Years in which a name may have been somebody's.
const FIRST_YEAR: i32 = 1949;
const LAST_YEAR: i32 = 2099;

fn stays(organisation: &Organisation, unit: &str) -> Vec<Stretch> {
    let of = |stay: &crate::registry::Stay| {
        let unit = stay.attributes.get(unit)?;
        Some(Stretch { first: stay.joined.map_or(ALWAYS.0, index), last: stay.left.map_or(ALWAYS.1, index), what: unit.clone() })
    };
    organisation.stays.iter().filter_map(of).collect()
}

/// When organisations exist, and from which of them each item is expected; columns `opened`, `closed` and `e` with the
/// number of the item.
pub(super) fn expected(
    (registry, catalogue): (&Registry, &Catalogue),
    records: &Records,
    dialect: Dialect,
) -> (Vec<(String, Kind)>, Vec<Vec<String>>) {
    let mut columns = vec![("code".to_owned(), Kind::Text), ("opened".to_owned(), Kind::Whole), ("closed".to_owned(), Kind::Whole)];
    columns.extend((0..records.items.len()).map(|at| (format!("e{at}"), Kind::Whole)));
    let row = |organisation: &Organisation| {
        let (opened, closed) = (organisation.opened.map_or(ALWAYS.0, index), organisation.closed.map_or(ALWAYS.1, index));
        let flags = records.items.iter().map(|item| u8::from(records.is_expected(organisation, catalogue.item(item.item))).to_string());
        [dialect.text(&organisation.code), opened.to_string(), closed.to_string()].into_iter().chain(flags).collect()
    };
    (columns, registry.organisations().iter().map(row).collect())
}
