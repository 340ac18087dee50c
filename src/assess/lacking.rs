//! What was required and not delivered, as findings. There may be a million of them.

use rayon::prelude::*;

use crate::assessment::Assessment;
use crate::codes::period as codes;
use crate::finding::{Finding, Place};
use crate::measure::gaps::{Gaps, MonthTexts};
use crate::measure::held::Gap;
use crate::measure::window::Windows;
use crate::registry::OrgId;
use crate::text::Filled;

/// Gaps whose findings are made on one core.
const GAPS: usize = 1024;

/// One warning for each unmet stretch of an item, whatever number of indicators it is needed for [S6].
pub(super) fn report(assessment: &Assessment, windows: &Windows, gaps: Gaps, findings: &mut Vec<Finding>) {
    let names: Vec<Filled> = assessment.catalogue.items.iter().map(|item| item.name.clone().into()).collect();
    for block in gaps.into_blocks() {
        let made = block.par_chunks(GAPS).map(|gaps| found(assessment, windows, gaps, &names).collect());
        made.collect::<Vec<Vec<Finding>>>().into_iter().for_each(|made| findings.extend(made));
    }
}

fn found<'a>(
    assessment: &'a Assessment,
    windows: &'a Windows,
    gaps: &'a [(OrgId, Gap)],
    names: &'a [Filled],
) -> impl Iterator<Item = Finding> + 'a {
    let mut texts = MonthTexts::default();
    let finding = move |(organisation, gap): &(OrgId, Gap)| {
        let span = windows.span(gap.window).unwrap_or(windows.assessed);
        let organisation = assessment.registry.get(*organisation);
        let item = assessment.catalogue.item(gap.item);
        // A rejected value has its own finding.
        let months = gap.months & !gap.rejected;
        let code = match gap {
            _ if months == 0 => return None,
            gap if gap.older.is_some() => &codes::OLDER_STOCK,
            gap if gap.sticks_out & months == months => &codes::STICKS_OUT,
            _ => &codes::SLOT_UNMET,
        };
        let text = texts.of(span, months);
        let place = Place {
            organisation: Some(organisation.code.clone()),
            period: Some(text.clone()),
            item: Some(item.id.clone()),
            ..Place::default()
        };
        let finding = Finding::new(code, place).with("organisation", organisation.name.clone());
        let mut finding = finding.with("item", names[gap.item.0].clone()).with("months", text);
        if std::ptr::eq(code, &raw const codes::STICKS_OUT) {
            finding = finding.with("window", span.to_string());
        }
        if let (Some(position), true) = (gap.older, std::ptr::eq(code, &raw const codes::OLDER_STOCK)) {
            finding = finding.with("older", span.first().plus(i32::from(position)).to_string());
        }
        Some(finding)
    };
    gaps.iter().filter_map(finding)
}
