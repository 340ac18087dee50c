//! Rows that were copied: the same figures in all of several items.

use std::collections::BTreeMap;

use crate::dataset::{Cell, Key};
use crate::formula::ItemId;
use crate::period::Span;
use crate::quality::record::{Failure, Involved, Record};
use crate::registry::OrgId;
use crate::text::Text;

/// Whose row, and when.
type RowKey = (OrgId, Span);

/// Copies shown beside the first row.
const SHOWN: usize = 3;

/// Compares the rows of periods of one length, over all organisations and periods. Rows of zeros
/// alone are alike without having been copied.
pub(super) fn check(of: &[ItemId], record: &mut Record) {
    let view = record.view;
    if of.iter().all(|item| !view.dataset.holds(*item)) {
        return;
    }
    let mut alike: BTreeMap<(usize, Vec<i64>), Vec<RowKey>> = BTreeMap::new();
    for (organisation, span, row) in view.dataset.all_rows() {
        let cells = || of.iter().map(|item| view.dataset.at(row, *item));
        let values: Vec<i64> = cells().filter_map(|cell| if let Cell::Value(steps) = cell { Some(steps) } else { None }).collect();
        if values.len() == of.len() {
            if values.iter().any(|steps| *steps != 0) {
                alike.entry((span.len(), values)).or_default().push((organisation, span));
            }
        } else if cells().any(|cell| cell != Cell::Missing) {
            record.unevaluated(1);
        }
    }
    for (_, mut rows) in alike {
        rows.sort_unstable();
        match rows.split_first() {
            Some((_, [])) | None => record.held(),
            Some((first, copies)) => report(of, *first, copies, record),
        }
    }
}

fn report(of: &[ItemId], (organisation, span): RowKey, copies: &[RowKey], record: &mut Record) {
    let view = record.view;
    let mut cells: Vec<Involved> = of.iter().map(|item| view.involved((organisation, span, *item), organisation, span)).collect();
    for (copy, when) in copies.iter().take(SHOWN) {
        let Some(item) = of.first() else { return };
        let name = &view.registry.get(*copy).name;
        let shown = Text::new(format!("{name} {when} 与此相同"), format!("the same for {name} {when}"));
        cells.push(Involved { key: (*copy, *when, *item), shown });
    }
    let more = copies.len().saturating_sub(SHOWN);
    let note = (more > 0).then(|| Text::new(format!("；另有 {more} 行相同"), format!("; and {more} more rows alike")));
    let rows = std::iter::once((organisation, span)).chain(copies.iter().copied());
    let rejected: Vec<Key> = rows.flat_map(|(who, when)| of.iter().map(move |item| (who, when, *item))).collect();
    let Some(first) = of.first() else { return };
    let who = Text::same(view.registry.get(organisation).name.as_str());
    record.failed(Failure { who, place: view.place((organisation, span, *first)), cells, note, rejected });
}
