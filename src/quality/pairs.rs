//! Items that go together, and items that exclude each other, in one organisation's period.

use crate::dataset::{Cell, Key};
use crate::formula::ItemId;
use crate::quality::record::Record;

/// All are reported, or none. A rejected value was reported.
pub(super) fn together(of: &[ItemId], record: &mut Record) {
    let view = record.view;
    if of.iter().all(|item| !view.dataset.holds(*item)) {
        return;
    }
    for (organisation, span, row) in view.dataset.all_rows() {
        let reported = of.iter().filter(|item| view.dataset.at(row, **item) != Cell::Missing).count();
        if reported == of.len() {
            record.held();
        } else if reported > 0 {
            let keys: Vec<Key> = of.iter().map(|item| (organisation, span, *item)).collect();
            record.failed_by(organisation, span, &keys, None);
        }
    }
}

/// At most one is reported other than 0.
pub(super) fn exclusive(of: &[ItemId], record: &mut Record) {
    let view = record.view;
    if of.iter().all(|item| !view.dataset.holds(*item)) {
        return;
    }
    for (organisation, span, row) in view.dataset.all_rows() {
        let cells = || of.iter().map(|item| (*item, view.dataset.at(row, *item)));
        if cells().all(|(_, cell)| cell == Cell::Missing) {
            continue;
        }
        let is_more_than_nothing = |cell: Cell| matches!(cell, Cell::Value(steps) if steps != 0);
        let keys: Vec<Key> = cells().filter(|(_, cell)| is_more_than_nothing(*cell)).map(|(item, _)| (organisation, span, item)).collect();
        if keys.len() > 1 {
            record.failed_by(organisation, span, &keys, None);
        } else if cells().any(|(_, cell)| cell == Cell::Rejected) {
            record.unevaluated(1);
        } else {
            record.held();
        }
    }
}
