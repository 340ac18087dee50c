//! Cells found again, by organisation and item.

use std::collections::BTreeMap;

use crate::assess::Prepared;
use crate::formula::ItemId;
use crate::intake::correction;
use crate::intake::rows::Known;
use crate::intake::source::Vocabulary;
use crate::registry::OrgId;
use crate::trace::{self, Traced};

/// Cells of files and corrections, in the order of reading.
#[derive(Debug, Default)]
pub(super) struct Traces(BTreeMap<(OrgId, ItemId), Vec<Traced>>);

impl Traces {
    /// Reads the files again, once, for the organisations and items that are wanted.
    pub(super) fn gather(prepared: &Prepared, wanted: &dyn Fn(OrgId, ItemId) -> bool) -> Self {
        let assessment = prepared.assessment;
        let vocabulary = Vocabulary::new(&assessment.catalogue);
        let known = Known { registry: &assessment.registry, vocabulary: &vocabulary };
        let is_wanted = |organisation, _, item| wanted(organisation, item);
        let mut found = trace::cells(&assessment.sources, known, &is_wanted);
        found.extend(correction::cells(&assessment.corrections, &prepared.dataset, &is_wanted));
        let mut traces = Self::default();
        for traced in found {
            traces.0.entry((traced.key.0, traced.key.2)).or_default().push(traced);
        }
        traces
    }

    /// Cells of one item of one organisation.
    pub(super) fn of(&self, organisation: OrgId, item: ItemId) -> impl Iterator<Item = &Traced> {
        self.0.get(&(organisation, item)).into_iter().flatten()
    }
}
