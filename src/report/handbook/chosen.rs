//! Which definitions a handbook describes.

use std::collections::BTreeSet;

use crate::catalogue::{Catalogue, Indicator, Part};
use crate::formula::{Formula, ItemId};
use crate::report::handbook::{Extent, Subject};
use crate::score::criteria::{Criteria, Criterion};

/// Definitions by index.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    pub(super) indicators: BTreeSet<usize>,
    pub(super) items: BTreeSet<ItemId>,
    pub(super) checks: BTreeSet<usize>,
    /// Parts of which something is described.
    pub(super) parts: BTreeSet<usize>,
}

impl Chosen {
    pub(super) fn of(subject: &Subject) -> Self {
        let parts = subject.catalogue.parts.iter().enumerate();
        match subject.extent {
            Extent::All => Self::whole(parts),
            Extent::One(id) => Self::whole(parts.filter(|(_, part)| part.id == id)),
            Extent::Used(criteria) => Self::used(subject.catalogue, criteria),
        }
    }

    fn whole<'p>(parts: impl Iterator<Item = (usize, &'p Part)>) -> Self {
        let mut chosen = Self::default();
        for (index, part) in parts {
            chosen.indicators.extend(part.indicators.clone());
            chosen.items.extend(part.items.clone().map(ItemId));
            chosen.checks.extend(part.checks.clone());
            chosen.parts.insert(index);
        }
        chosen
    }

    /// The indicators of the scheme, the items in their formulas, and the checks on these.
    fn used(catalogue: &Catalogue, criteria: &Criteria) -> Self {
        let used = criteria.criteria.iter().flat_map(Criterion::indicators).chain(criteria.extras.indicators());
        let indicators: BTreeSet<usize> = used.collect();
        let formulas = indicators.iter().filter_map(|index| catalogue.indicators.get(*index)).flat_map(Indicator::formulas);
        let items: BTreeSet<ItemId> = formulas.flat_map(Formula::items).collect();
        let checks: BTreeSet<usize> =
            catalogue.checks.iter().enumerate().filter(|(_, check)| check.concerns(&items)).map(|(index, _)| index).collect();
        let holds = |part: &Part| {
            part.indicators.clone().any(|index| indicators.contains(&index))
                || part.items.clone().any(|index| items.contains(&ItemId(index)))
                || part.checks.clone().any(|index| checks.contains(&index))
        };
        let parts = catalogue.parts.iter().enumerate().filter(|(_, part)| holds(part)).map(|(index, _)| index).collect();
        Self { indicators, items, checks, parts }
    }
}
