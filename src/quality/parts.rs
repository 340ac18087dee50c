//! A value against the values of its parts: a year against its quarters or months (SEMANTICS T4).

use std::collections::BTreeMap;

use crate::catalogue::Time;
use crate::codes::period as codes;
use crate::dataset::Cell;
use crate::finding::Finding;
use crate::formula::ItemId;
use crate::measure::series::{Part, Reach, tiling};
use crate::measure::window::{MONTHS_AT_MOST, bits};
use crate::number::Exact;
use crate::period::{Month, Span};
use crate::quality::View;
use crate::quality::record::Found;
use crate::registry::OrgId;

/// Compares, for every organisation with overlapping periods, each longer value of a flow item with
/// the shorter ones that tile it, and values of a stock item at the end of one month with each other.
pub(super) fn check(view: View) -> Vec<Found> {
    let mut found = Vec::new();
    for organisation in view.registry.ids() {
        let spans: Vec<Span> = view.dataset.rows(organisation).map(|(span, _)| span).collect();
        if spans.windows(2).all(|pair| !pair[0].overlaps(pair[1])) {
            continue;
        }
        for (index, item) in view.catalogue.items.iter().enumerate().filter(|(_, item)| item.time != Time::Mean) {
            if view.dataset.counts_persons(ItemId(index)) {
                continue;
            }
            let series = view.dataset.series(organisation, ItemId(index));
            let series: Vec<(Span, i64)> = series.filter_map(|(span, cell)| value(cell).map(|steps| (span, steps))).collect();
            match item.time {
                Time::Stock => found.extend(ends(organisation, ItemId(index), &series, view)),
                _ => found.extend(wholes(organisation, ItemId(index), &series, view)),
            }
        }
    }
    found
}

/// Wholes that are not the sum of their parts [T4].
fn wholes(organisation: OrgId, id: ItemId, series: &[(Span, i64)], view: View) -> Vec<Found> {
    let mut found = Vec::new();
    let item = view.catalogue.item(id);
    let shown = |steps: i128| Exact::from_steps(steps, item.decimals).to_string();
    for (whole, printed) in series.iter().filter(|(span, _)| span.len() > 1) {
        let Some((sum, parts)) = tiled(*whole, series).filter(|(sum, _)| *sum != i128::from(*printed)) else { continue };
        let key = (organisation, *whole, id);
        let finding = Finding::new(&codes::PARTS_DIFFER, view.place(key)).with("item", item.name.clone());
        let finding = finding.with("organisation", view.registry.get(organisation).name.clone()).with("whole", whole.to_string());
        let finding = finding.with("printed", shown(i128::from(*printed))).with("parts", parts.to_string());
        found.push(Found::at(finding.with("sum", shown(sum)), key));
    }
    found
}

/// Figures at the end of one month that differ: the one of the shortest period is used [T6].
fn ends(organisation: OrgId, id: ItemId, series: &[(Span, i64)], view: View) -> Vec<Found> {
    let mut by_end: BTreeMap<Month, Vec<(Span, i64)>> = BTreeMap::new();
    for (span, steps) in series {
        by_end.entry(span.last()).or_default().push((*span, *steps));
    }
    let item = view.catalogue.item(id);
    let mut found = Vec::new();
    for (month, values) in by_end {
        // Sorted by first month, so the shortest is the last.
        let Some(((used, steps), others)) = values.split_last().filter(|(last, others)| others.iter().any(|other| other.1 != last.1))
        else {
            continue;
        };
        let shown = |steps: i64| Exact::from_steps(i128::from(steps), item.decimals).to_string();
        let others: Vec<String> =
            others.iter().filter(|other| other.1 != *steps).map(|(span, steps)| format!("{} ({span})", shown(*steps))).collect();
        let key = (organisation, *used, id);
        let finding = Finding::new(&codes::ENDS_DIFFER, view.place(key)).with("item", item.name.clone());
        let finding = finding.with("organisation", view.registry.get(organisation).name.clone()).with("month", month.to_string());
        found.push(Found::at(finding.with("used", format!("{} ({used})", shown(*steps))).with("others", others.join(", ")), key));
    }
    found
}

fn value(cell: Cell) -> Option<i64> {
    match cell {
        Cell::Value(steps) => Some(steps),
        Cell::Missing | Cell::Rejected => None,
    }
}

/// The sum of the shorter values that T3 chooses for the months of the whole, where they cover all
/// of them.
fn tiled(whole: Span, series: &[(Span, i64)]) -> Option<(i128, usize)> {
    if whole.len() > MONTHS_AT_MOST {
        return None;
    }
    let all = bits(0, whole.len());
    let shorter = series.iter().filter(|(span, _)| *span != whole && whole.contains(*span));
    let part = |(span, steps): &(Span, i64)| Some(Part { mask: Reach::of(*span, whole, all)?.mask, steps: Some(*steps) });
    let chosen = tiling(shorter.filter_map(part).collect());
    if chosen.iter().fold(0, |covered, part| covered | part.mask) != all {
        return None;
    }
    let sum = chosen.iter().filter_map(|part| part.steps).map(i128::from).sum();
    Some((sum, chosen.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(reported: &[(&str, i64)]) -> Vec<(Span, i64)> {
        let mut series: Vec<(Span, i64)> = reported.iter().map(|(period, steps)| (period.parse().expect("a period"), *steps)).collect();
        series.sort_unstable();
        series
    }

    fn sum(whole: &str, reported: &[(&str, i64)]) -> Option<(i128, usize)> {
        tiled(whole.parse().expect("a period"), &series(reported))
    }

    /// T3, T4: the parts are the fewest that fill the whole, whichever is met first. January to February 30, March to June
    /// 60, January to May 80 and no June: the longest beginning leads nowhere, 30 + 60 = 90 fills the half-year.
    #[test]
    fn the_parts_are_those_that_fill_the_whole() {
        let reported = [("2025H1", 95), ("2025-01..2025-02", 30), ("2025-03..2025-06", 60), ("2025-01..2025-05", 80)];
        assert_eq!(sum("2025H1", &reported), Some((90, 2)));
    }

    /// T3: two quarters beat six months; what fills the whole only in part is no comparison.
    #[test]
    fn fewest_parts_are_compared_and_only_if_they_fill_the_whole() {
        let months = [("2025-01", 1), ("2025-02", 1), ("2025-03", 1), ("2025-04", 1), ("2025-05", 1), ("2025-06", 1)];
        let mut reported = vec![("2025H1", 60), ("2025Q1", 30), ("2025Q2", 31)];
        reported.extend(months);
        assert_eq!(sum("2025H1", &reported), Some((61, 2)));
        assert_eq!(sum("2025Q1", &reported), Some((3, 3)));
        assert_eq!(sum("2025Q1", &[("2025Q1", 30), ("2025-01", 10), ("2025-03", 10)]), None);
    }
}
