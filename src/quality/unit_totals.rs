//! A unit's own figure against the sum of its members (SEMANTICS O6).

use crate::catalogue::Time;
use crate::codes::data as codes;
use crate::dataset::Cell;
use crate::finding::Finding;
use crate::formula::ItemId;
use crate::measure::window::bits;
use crate::number::Exact;
use crate::period::Span;
use crate::quality::View;
use crate::quality::record::Found;

/// Compares where the unit and all members from which the item is expected report the same span.
pub(super) fn check(view: View) -> Vec<Found> {
    let mut findings = Vec::new();
    for (unit, described) in view.roster.units.iter().enumerate() {
        let members = view.roster.members_of(unit);
        let Some(own) = members.iter().find(|member| member.is_own_row).map(|member| member.organisation) else { continue };
        for (index, item) in view.catalogue.items.iter().enumerate().filter(|(_, item)| item.additive && item.time != Time::Mean) {
            for (span, cell) in view.dataset.series(own, ItemId(index)) {
                let (Cell::Value(printed), Some((sum, parts))) = (cell, members_sum(view, unit, ItemId(index), span)) else { continue };
                if sum == i128::from(printed) {
                    continue;
                }
                let shown = |steps: i128| Exact::from_steps(steps, item.decimals).to_string();
                let finding =
                    Finding::new(&codes::UNIT_TOTAL_DIFFERS, view.place((own, span, ItemId(index)))).with("unit", described.name.clone());
                let finding = finding.with("item", item.name.clone()).with("printed", shown(i128::from(printed)));
                let finding = finding.with("sum", shown(sum)).with("members", parts.to_string());
                findings.push(Found::at(finding, (own, span, ItemId(index))));
            }
        }
    }
    findings
}

/// The members' sum for one span; `None` where an expected one is missing or nobody reported.
fn members_sum(view: View, unit: usize, item: ItemId, span: Span) -> Option<(i128, usize)> {
    let (mut sum, mut parts) = (0_i128, 0);
    for member in view.roster.members_of(unit).iter().filter(|member| !member.is_own_row) {
        // A member of only some of the months would have to be divided.
        let whole = bits(0, view.roster.windows.len());
        if member.belongs(crate::formula::Window::Assessed) != whole {
            return None;
        }
        match view.dataset.get((member.organisation, span, item)) {
            Cell::Value(steps) => {
                sum += i128::from(steps);
                parts += 1;
            }
            Cell::Missing if !view.roster.expects(member.organisation, view.catalogue.item(item)) => {}
            Cell::Missing | Cell::Rejected => return None,
        }
    }
    (parts > 0).then_some((sum, parts))
}
