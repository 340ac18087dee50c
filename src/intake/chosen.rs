//! Several values of one figure, of which the sources choose one (SEMANTICS D2).

use std::collections::BTreeMap;

use crate::codes::value as codes;
use crate::dataset::{self, Key};
use crate::finding::{Finding, Place};
use crate::intake::cell;
use crate::intake::rows::Known;
use crate::intake::source::Source;
use crate::number::Exact;
use crate::trace::{self, Traced};

/// Names every value of these keys, the one that counts, and how far they are apart.
pub(super) fn report(chosen: &BTreeMap<Key, dataset::Cell>, sources: &[Source], known: Known) -> Vec<Finding> {
    if chosen.is_empty() {
        return Vec::new();
    }
    let mut cells: BTreeMap<Key, Vec<Traced>> = BTreeMap::new();
    let wanted = |organisation, span, item| chosen.contains_key(&(organisation, span, item));
    for traced in trace::cells(sources, known, &wanted).into_iter().filter(|traced| traced.parsed.cell != cell::Cell::Missing) {
        cells.entry(traced.key).or_default().push(traced);
    }
    let of_key = |(key, traced): (Key, Vec<Traced>)| finding(key, chosen.get(&key).copied()?, &traced, known);
    cells.into_iter().filter_map(of_key).collect()
}

fn finding(key: Key, kept: dataset::Cell, traced: &[Traced], known: Known) -> Option<Finding> {
    let (organisation, span, item) = key;
    let item = known.vocabulary.catalogue.item(item);
    let is_kept = |cell: &&Traced| match (kept, cell.parsed.cell) {
        (dataset::Cell::Value(kept), cell::Cell::Value(steps)) => kept == steps,
        (dataset::Cell::Rejected, cell::Cell::Rejected(_)) => true,
        _ => false,
    };
    let used = traced.iter().find(is_kept)?;
    let steps = |cell: &Traced| if let cell::Cell::Value(steps) = cell.parsed.cell { Some(i128::from(steps)) } else { None };
    let values = || traced.iter().filter_map(steps);
    let apart = values().max().zip(values().min()).map_or(0, |(most, least)| most - least);
    let said = |cell: &Traced| format!("{} ({})", cell.written, cell.location());
    let place = Place {
        organisation: Some(known.registry.get(organisation).code.clone()),
        period: Some(span.to_string()),
        item: Some(item.id.clone()),
        value: Some(used.written.clone()),
        ..used.place.clone()
    };
    let finding = Finding::new(&codes::CHOSEN, place).with("cells", traced.iter().map(said).collect::<Vec<_>>().join(" ≠ "));
    Some(finding.with("chosen", used.written.as_str()).with("difference", Exact::from_steps(apart, item.decimals).to_string()))
}
