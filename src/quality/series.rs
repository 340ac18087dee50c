//! An organisation's value against its own values of other periods: jumps from year to year, slips
//! of the unit.

use crate::dataset::{Cell, Key};
use crate::formula::ItemId;
use crate::number::Exact;
use crate::period::Span;
use crate::quality::columns::by_length;
use crate::quality::record::Record;
use crate::registry::OrgId;
use crate::text::Text;

/// Shares of a jump are in millionths.
const MILLION: i128 = 1_000_000;

/// A value of the assessed window changes from the year before by at most a share of it. Values of
/// the year before below `min_base` ask nothing: from 2 to 4 is no news.
pub(super) fn jumps(of: &[ItemId], change: i64, min_base: &Exact, record: &mut Record) {
    let view = record.view;
    for item in of.iter().copied().filter(|item| view.dataset.holds(*item)) {
        let decimals = view.catalogue.item(item).decimals;
        let least = (min_base * &Exact::from(10_i64.pow(decimals))).ceil().to_i64().unwrap_or(i64::MAX);
        for (organisation, span, row) in view.dataset.all_rows() {
            let now = view.dataset.at(row, item);
            if now == Cell::Missing || !view.roster.windows.assessed.contains(span) {
                continue;
            }
            let before: Key = (organisation, span.plus(-12), item);
            match (now, view.dataset.get(before)) {
                (Cell::Value(_), Cell::Value(base)) if base.saturating_abs() < least => {}
                (Cell::Value(now), Cell::Value(base)) => {
                    let (now, base) = (i128::from(now), i128::from(base));
                    if (now - base).abs() * MILLION <= i128::from(change) * base.abs() {
                        record.held();
                    } else {
                        let note = percent(now - base, base);
                        record.failed_by(organisation, span, &[(organisation, span, item), before], Some(note));
                    }
                }
                _ => record.unevaluated(1),
            }
        }
    }
}

/// `; +900.0 %`
fn percent(change: i128, base: i128) -> Text {
    let share = Exact::from_steps(change * 100, 0).checked_div(&Exact::from_steps(base.abs(), 0)).unwrap_or_else(Exact::zero);
    let sign = if change > 0 { "+" } else { "" };
    let shown = format!("{sign}{}%", share.fixed(1));
    Text::new(format!("；{shown}"), format!("; {shown}"))
}

/// No figure is `times` as large, or as small, as the organisation's usual one: the median of its
/// figures of periods of one length, the lower one of two. Zeros are no slips.
pub(super) fn slips(of: &[ItemId], times: i64, record: &mut Record) {
    let view = record.view;
    for item in of.iter().copied().filter(|item| view.dataset.holds(*item)) {
        for organisation in view.registry.ids() {
            for (_, mut series) in by_length(view, organisation, item) {
                series.retain(|(_, steps)| *steps != 0);
                match series.len() {
                    0 => {}
                    1 => record.unevaluated(1),
                    _ => slips_of(item, organisation, &series, times, record),
                }
            }
        }
    }
}

fn slips_of(item: ItemId, organisation: OrgId, series: &[(Span, i64)], times: i64, record: &mut Record) {
    let mut sizes: Vec<i128> = series.iter().map(|(_, steps)| i128::from(*steps).abs()).collect();
    sizes.sort_unstable();
    let Some(usual) = sizes.get((sizes.len() - 1) / 2).copied() else { return };
    let times = i128::from(times);
    for (span, steps) in series {
        let size = i128::from(*steps).abs();
        if size < usual * times && size * times > usual {
            record.held();
            continue;
        }
        let shown = Exact::from_steps(usual, record.view.catalogue.item(item).decimals);
        let figures = series.len();
        let note = Text::new(
            format!("；该机构 {figures} 个数的中位数为 {shown}"),
            format!("; the median of the organisation's {figures} figures is {shown}"),
        );
        record.failed_by(organisation, *span, &[(organisation, *span, item)], Some(note));
    }
}
