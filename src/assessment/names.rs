//! The names that formulas and scopes may use: items, constants, registry attributes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::definition::catalogue::{Constant, Item};
use crate::formula::{ItemId, ItemName, NameKind, Names};
use crate::number::Exact;
use crate::registry::{Attributes, Registry, canonical_column, canonical_value};
use crate::text::normalise;

/// All names known to an assessment.
#[derive(Debug, Default)]
pub struct KnownNames {
    items: Vec<Named>,
    constants: Vec<(String, Exact, String)>,
    by_name: BTreeMap<String, Option<usize>>,
    attributes: Vec<String>,
    values: BTreeMap<String, BTreeSet<String>>,
    /// True where there is no registry: attributes have whatever values they are asked for.
    any_value: bool,
}

#[derive(Debug)]
struct Named {
    id: String,
    name: String,
    unit: String,
    additive: bool,
}

const WELL_KNOWN: &[(&str, &[&str])] =
    &[("tier", &["tertiary", "secondary", "primary"]), ("kind", &[]), ("role", &["lead", "member", "unit"])];

/// The names as a built-in catalogue sees them: its scopes may ask for a usual column that this
/// registry lacks. Where nobody is meant for want of it, a finding says so.
#[derive(Debug, Clone, Copy)]
pub struct BuiltInNames<'a>(pub &'a KnownNames);

/// Columns that registries usually have.
pub(super) const USUAL: &[&str] = &["tier", "kind", "role", "consortium", "district", "county", "city"];

impl Names for BuiltInNames<'_> {
    fn item(&self, name: &str) -> Option<ItemName<'_>> {
        self.0.item(name)
    }

    fn constant(&self, name: &str) -> Option<(Exact, &str)> {
        self.0.constant(name)
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        self.0.attribute(name).or_else(|| USUAL.iter().copied().find(|usual| *usual == name))
    }

    fn attribute_value(&self, attribute: &str, value: &str) -> Option<String> {
        self.0.attribute_value(attribute, value)
    }

    fn candidates(&self, kind: NameKind<'_>) -> Vec<&str> {
        self.0.candidates(kind)
    }
}

impl KnownNames {
    /// Names of all items and constants, in the order in which items get their ids, and of the
    /// attributes of the registry.
    pub fn new<'a>(items: impl Iterator<Item = &'a Item>, constants: impl Iterator<Item = &'a Constant>, registry: &Registry) -> Self {
        let mut names = Self::default();
        for item in items {
            let index = names.items.len();
            for name in [&item.name.zh, &item.name.en].into_iter().chain(item.aliases.iter().map(|alias| &alias.value)) {
                let entry = names.by_name.entry(normalise(name)).or_insert(Some(index));
                *entry = entry.filter(|known| *known == index);
            }
            let additive = item.additive.unwrap_or(true);
            names.items.push(Named { id: item.id.value.clone(), name: item.name.zh.clone(), unit: item.unit.value.clone(), additive });
        }
        for (index, item) in names.items.iter().enumerate() {
            names.by_name.insert(normalise(&item.id), Some(index));
        }
        for constant in constants {
            let unit = constant.unit.as_ref().map_or("1", |unit| unit.value.as_str());
            names.constants.push((constant.id.value.clone(), constant.value.value.clone(), unit.to_owned()));
        }
        names.add_attributes(registry);
        names
    }

    /// Takes these words for attributes, of whatever values: a definition checked without a registry cannot
    /// know which there are. Items stay items.
    pub(super) fn take_for_granted<'w>(&mut self, words: impl Iterator<Item = &'w str>) {
        let words: BTreeSet<String> = words.filter(|word| self.item(word).is_none()).map(canonical_column).collect();
        self.attributes.extend(words);
        self.any_value = true;
    }

    fn add_attributes(&mut self, registry: &Registry) {
        self.attributes = registry.attributes().to_vec();
        for (attribute, values) in WELL_KNOWN {
            self.values.entry((*attribute).to_owned()).or_default().extend(values.iter().map(|value| (*value).to_owned()));
        }
        // Many organisations share theirs, most of them with the one before.
        let organisations = registry.organisations().iter();
        let mut all: Vec<&Arc<Attributes>> =
            organisations.flat_map(|organisation| &organisation.stays).map(|stay| &stay.attributes).collect();
        all.dedup_by(|one, before| Arc::ptr_eq(one, before));
        all.sort_unstable_by_key(|one| Arc::as_ptr(one));
        all.dedup_by(|one, before| Arc::ptr_eq(one, before));
        for (name, value) in all.into_iter().flat_map(|attributes| attributes.iter()) {
            self.values.entry(name.clone()).or_default().insert(value.clone());
        }
    }
}

impl Names for KnownNames {
    fn item(&self, name: &str) -> Option<ItemName<'_>> {
        let index = self.by_name.get(&normalise(name)).copied().flatten()?;
        let item = self.items.get(index)?;
        Some(ItemName { id: ItemId(index), unit: &item.unit, additive: item.additive })
    }

    fn constant(&self, name: &str) -> Option<(Exact, &str)> {
        let wanted = normalise(name);
        self.constants.iter().find(|(id, _, _)| normalise(id) == wanted).map(|(_, value, unit)| (value.clone(), unit.as_str()))
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        let canonical = canonical_column(name);
        let wanted = normalise(&canonical);
        self.attributes.iter().find(|attribute| normalise(attribute) == wanted).map(String::as_str)
    }

    /// A value that no organisation of the registry has is not known, unless the attribute's values
    /// are fixed: a scheme for three tiers may meet a registry with two.
    fn attribute_value(&self, attribute: &str, value: &str) -> Option<String> {
        let canonical = canonical_value(attribute, value);
        if self.any_value {
            return Some(canonical);
        }
        let wanted = normalise(&canonical);
        let known = self.values.get(attribute)?;
        known.iter().find(|candidate| normalise(candidate) == wanted).cloned()
    }

    fn candidates(&self, kind: NameKind<'_>) -> Vec<&str> {
        match kind {
            NameKind::Figure => {
                let items = self.items.iter().flat_map(|item| [item.id.as_str(), item.name.as_str()]);
                items.chain(self.constants.iter().map(|(id, _, _)| id.as_str())).collect()
            }
            NameKind::Attribute => self.attributes.iter().map(String::as_str).collect(),
            NameKind::Value(attribute) => self.values.get(attribute).into_iter().flatten().map(String::as_str).collect(),
        }
    }
}
