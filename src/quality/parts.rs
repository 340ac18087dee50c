//! A value against the values of its parts: a year against its quarters or months (SEMANTICS T4).

use crate::catalogue::Time;
use crate::codes::period as codes;
use crate::dataset::Cell;
use crate::finding::Finding;
use crate::formula::ItemId;
use crate::number::Exact;
use crate::period::Span;
use crate::quality::View;

/// Compares, for every organisation with overlapping periods, each longer value of a flow item with
/// the shorter ones that tile it.
pub(super) fn check(view: View) -> Vec<Finding> {
    let mut findings = Vec::new();
    for organisation in view.registry.ids() {
        let spans: Vec<Span> = view.dataset.rows(organisation).map(|(span, _)| span).collect();
        if spans.windows(2).all(|pair| !pair[0].overlaps(pair[1])) {
            continue;
        }
        for (index, item) in view.catalogue.items.iter().enumerate().filter(|(_, item)| item.time == Time::Flow) {
            let series: Vec<(Span, i64)> = view
                .dataset
                .series(organisation, ItemId(index))
                .filter_map(|(span, cell)| value(cell).map(|steps| (span, steps)))
                .collect();
            for (whole, printed) in series.iter().filter(|(span, _)| span.len() > 1) {
                let Some((sum, parts)) = tiled(*whole, &series) else { continue };
                if sum == i128::from(*printed) {
                    continue;
                }
                let shown = |steps: i128| Exact::from_steps(steps, item.decimals).to_string();
                let finding =
                    Finding::new(&codes::PARTS_DIFFER, view.place((organisation, *whole, ItemId(index)))).with("item", item.name.clone());
                let finding = finding.with("organisation", view.registry.get(organisation).name.clone()).with("whole", whole.to_string());
                findings
                    .push(finding.with("printed", shown(i128::from(*printed))).with("parts", parts.to_string()).with("sum", shown(sum)));
            }
        }
    }
    findings
}

fn value(cell: Cell) -> Option<i64> {
    match cell {
        Cell::Value(steps) => Some(steps),
        Cell::Missing | Cell::Rejected => None,
    }
}

/// The sum of the longest shorter values that follow one another from the first month to the last.
fn tiled(whole: Span, series: &[(Span, i64)]) -> Option<(i128, usize)> {
    let (mut next, mut sum, mut parts) = (whole.first(), 0, 0);
    while next <= whole.last() {
        let fits = |span: &Span| span.first() == next && *span != whole && whole.contains(*span);
        let (span, steps) = series.iter().filter(|(span, _)| fits(span)).max_by_key(|(span, _)| span.len())?;
        sum += i128::from(*steps);
        parts += 1;
        next = span.last().plus(1);
    }
    Some((sum, parts))
}
