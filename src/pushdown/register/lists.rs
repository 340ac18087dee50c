//! What a statement must know of the registry: names, membership, from whom figures are expected.

use std::collections::BTreeMap;

use super::super::dialect::{Dialect, Kind};
use super::Register;
use crate::catalogue::Catalogue;
use crate::formula::{ItemId, Truth};
use crate::intake::records::Records;
use crate::period::{Month, Span};
use crate::registry::{Organisation, Registry};
use crate::text::normalise;

/// Lists of constants.
pub(super) struct Lists {
    /// Names in their normal form, and the codes of whom they mean at any time.
    pub(super) spellings: Vec<Vec<String>>,
    /// True if somebody bore a name at some time only.
    pub(super) has_dated: bool,
    /// Rows that an organisation has in the registry, at most.
    pub(super) most_stays: usize,
    /// Code, and first month, last month and unit of each stay.
    members: Vec<(String, Vec<(i64, i64, String)>)>,
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
        let members: Vec<_> = registry.organisations().iter().map(|one| (one.code.clone(), stays(one, &register.records.unit))).collect();
        let most_stays = members.iter().map(|(_, stays)| stays.len()).max().unwrap_or(1).max(1);
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        let mut has_dated = false;
        for organisation in registry.organisations() {
            let aliases = organisation.aliases.iter().map(|alias| &alias.name);
            for name in [&organisation.code, &organisation.name].into_iter().chain(aliases) {
                // Whose a former name is depends on the month; those who read the figures find out.
                let is_dated = registry.dated(name).is_some();
                has_dated |= is_dated;
                if let (false, Some(found)) = (is_dated, registry.find(name)) {
                    names.insert(normalise(name), registry.get(found).code.clone());
                }
            }
        }
        let spellings = names.iter().map(|(name, code)| vec![dialect.text(name), dialect.text(code)]).collect();
        Self { spellings, has_dated, most_stays, members }
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
        let row = |(code, stays): &(String, Vec<(i64, i64, String)>)| {
            let mut row = vec![dialect.text(code)];
            for at in 0..self.most_stays {
                // What there is not lies before everything.
                let (first, last, unit) = stays.get(at).map_or((-1, -1, ""), |(first, last, unit)| (*first, *last, unit.as_str()));
                row.extend([first.to_string(), last.to_string(), dialect.text(unit)]);
            }
            row
        };
        (columns, self.members.iter().map(row).collect())
    }
}

fn stays(organisation: &Organisation, unit: &str) -> Vec<(i64, i64, String)> {
    let of = |stay: &crate::registry::Stay| {
        let unit = stay.attributes.get(unit)?;
        Some((stay.joined.map_or(ALWAYS.0, index), stay.left.map_or(ALWAYS.1, index), unit.clone()))
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
        let flags =
            records.items.iter().map(|item| u8::from(is_expected(organisation, item.item, catalogue, records.assessed)).to_string());
        [dialect.text(&organisation.code), opened.to_string(), closed.to_string()].into_iter().chain(flags).collect()
    };
    (columns, registry.organisations().iter().map(row).collect())
}

/// Whether an organisation must report an item [C3]; a unit itself keeps no register [O6].
fn is_expected(organisation: &Organisation, item: ItemId, catalogue: &Catalogue, assessed: Option<Span>) -> bool {
    let stay = match assessed {
        Some(assessed) => organisation.stay_for(assessed),
        None => organisation.stays.last(),
    };
    let attribute = |name: &str| stay.and_then(|stay| stay.attributes.get(name)).map(String::as_str);
    let from = catalogue.item(item).expected_from.as_ref();
    attribute("role") != Some("unit") && from.is_none_or(|from| from.decide_attributes(&attribute) == Truth::True)
}
