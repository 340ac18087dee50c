//! What is asked of an item's figures one by one, or of all together: bands, constant columns.

use std::collections::BTreeMap;

use crate::catalogue::{Band, Over};
use crate::dataset::{Cell, Dataset, Key, Row};
use crate::formula::ItemId;
use crate::number::Exact;
use crate::period::Span;
use crate::quality::View;
use crate::quality::record::{Failure, Record};
use crate::registry::OrgId;
use crate::text::Text;

/// Keys of a constant column whose places are looked for.
const SHOWN: usize = 3;

/// Every value lies within the band.
pub(super) fn within(of: &[ItemId], band: &Band, record: &mut Record) {
    let view = record.view;
    for item in of.iter().copied().filter(|item| view.dataset.holds(*item)) {
        let (least, most) = steps_of(band, view.catalogue.item(item).decimals);
        for (organisation, span, row) in view.dataset.all_rows() {
            match view.dataset.at(row, item) {
                Cell::Missing => {}
                Cell::Rejected => record.unevaluated(1),
                Cell::Value(steps) if least.is_none_or(|least| least <= steps) && most.is_none_or(|most| steps <= most) => record.held(),
                Cell::Value(_) => record.failed_by(organisation, span, &[(organisation, span, item)], None),
            }
        }
    }
}

/// The smallest and the largest whole step inside the band; no step lies beyond 64 bits [N3].
fn steps_of(band: &Band, decimals: u32) -> (Option<i64>, Option<i64>) {
    let per_unit = Exact::from(10_i64.pow(decimals));
    let bound = |edge: &Exact, whole: Exact| whole.to_i64().unwrap_or(if edge.is_negative() { i64::MIN } else { i64::MAX });
    let least = band.low.as_ref().map(|low| bound(low, (low * &per_unit).ceil()));
    let most = band.high.as_ref().map(|high| bound(high, (high * &per_unit).floor()));
    (least, most)
}

/// The figures of an item are not all one.
pub(super) fn constant(of: &[ItemId], over: Over, at_least: usize, record: &mut Record) {
    let view = record.view;
    for item in of.iter().copied().filter(|item| view.dataset.holds(*item)) {
        match over {
            Over::Column => column(item, at_least, record),
            Over::Organisation => {
                for organisation in view.registry.ids() {
                    for (_, series) in by_length(view, organisation, item) {
                        of_organisation(item, organisation, &series, at_least, record);
                    }
                }
            }
        }
    }
}

fn of_organisation(item: ItemId, organisation: OrgId, series: &[(Span, i64)], at_least: usize, record: &mut Record) {
    let Some((first, steps)) = series.first() else { return };
    if series.len() < at_least {
        record.unevaluated(1);
    } else if series.iter().any(|(_, other)| other != steps) {
        record.held();
    } else {
        let periods = series.len();
        let note = Text::new(format!("；共 {periods} 期相同"), format!("; the same in {periods} periods"));
        let view = record.view;
        let key = (organisation, *first, item);
        let rejected = series.iter().map(|(span, _)| (organisation, *span, item)).collect();
        let who = Text::same(view.registry.get(organisation).name.as_str());
        record.failed(Failure {
            who,
            place: view.place(key),
            cells: vec![view.involved(key, organisation, *first)],
            note: Some(note),
            rejected,
        });
    }
}

fn column(item: ItemId, at_least: usize, record: &mut Record) {
    let view = record.view;
    let mut values = values_of(view.dataset, item);
    let Some((_, first)) = values.next() else { return };
    if values.any(|(_, steps)| steps != first) {
        record.held();
        return;
    }
    let mut keys: Vec<Key> = values_of(view.dataset, item).map(|((organisation, span, _), _)| (organisation, span, item)).collect();
    if keys.len() < at_least {
        record.unevaluated(1);
        return;
    }
    keys.sort_unstable();
    let Some((organisation, span, _)) = keys.first().copied() else { return };
    let figures = keys.len();
    record.failed(Failure {
        who: view.catalogue.item(item).name.clone(),
        place: view.place((organisation, span, item)),
        cells: keys.iter().take(SHOWN).map(|key| view.involved(*key, organisation, span)).collect(),
        note: Some(Text::new(format!("；全部 {figures} 个数相同"), format!("; all {figures} figures are the same"))),
        rejected: keys,
    });
}

fn values_of(dataset: &Dataset, item: ItemId) -> impl Iterator<Item = ((OrgId, Span, Row), i64)> + '_ {
    dataset.all_rows().filter_map(move |row| match dataset.at(row.2, item) {
        Cell::Value(steps) => Some((row, steps)),
        Cell::Missing | Cell::Rejected => None,
    })
}

/// One organisation's values of an item by the length of their periods, in order of time.
pub(super) fn by_length(view: View, organisation: OrgId, item: ItemId) -> BTreeMap<usize, Vec<(Span, i64)>> {
    let mut found: BTreeMap<usize, Vec<(Span, i64)>> = BTreeMap::new();
    for (span, cell) in view.dataset.series(organisation, item) {
        if let Cell::Value(steps) = cell {
            found.entry(span.len()).or_default().push((span, steps));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// N1: the edges of a band in whole steps, edges included: 0.5 to 2.25 holds 1 and 2 persons, and 0.50 to 2.25 yuan.
    #[test]
    fn a_band_is_compared_in_whole_steps() {
        let exact = |text: &str| text.parse::<Exact>().expect("a number");
        let band = Band { low: Some(exact("0.5")), high: Some(exact("2.25")) };
        assert_eq!(steps_of(&band, 0), (Some(1), Some(2)));
        assert_eq!(steps_of(&band, 2), (Some(50), Some(225)));
        let below = Band { low: Some(exact("-0.5")), high: None };
        assert_eq!(steps_of(&below, 0), (Some(0), None));
        let far = Band { low: Some(exact("-1e30")), high: Some(exact("1e30")) };
        assert_eq!(steps_of(&far, 6), (Some(i64::MIN), Some(i64::MAX)));
    }
}
