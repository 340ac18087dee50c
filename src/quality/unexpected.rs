//! Items reported by organisations from which they are not expected (SEMANTICS O7).

use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::quality::View;
use crate::quality::record::Found;
use crate::text::{Text, list};

const NAMES_SHOWN: usize = 3;

/// One finding per item: such values count, and their absence would not have been missed.
pub(super) fn check(view: View) -> Vec<Found> {
    let mut findings = Vec::new();
    for (index, item) in view.catalogue.items.iter().enumerate() {
        let reports = |id| view.dataset.series(id, ItemId(index)).next().is_some();
        let found: Vec<_> = view.registry.ids().filter(|id| !view.roster.expects(*id, item) && reports(*id)).collect();
        if found.is_empty() {
            continue;
        }
        let names: Vec<Text> = found.iter().take(NAMES_SHOWN).map(|id| Text::same(&view.registry.get(*id).name)).collect();
        let place = Place { item: Some(item.id.clone()), ..Place::default() };
        let finding = Finding::new(&codes::UNEXPECTED_ITEM, place).with("item", item.name.clone());
        findings.push(Found::general(finding.with("count", found.len().to_string()).with("names", list(&names))));
    }
    findings
}
