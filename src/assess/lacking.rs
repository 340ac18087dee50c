//! What was required and not delivered, as findings. There may be millions of them: they are made where they are looked at.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::assessment::Assessment;
use crate::code::Code;
use crate::codes::period as codes;
use crate::finding::{Finding, Findings, Place, Unmade};
use crate::measure::gaps::{Gaps, MonthTexts};
use crate::measure::held::Gap;
use crate::measure::window::{Mask, Windows};
use crate::registry::{OrgId, Registry};
use crate::text::{Filled, Shared};

/// Organisations whose findings are made on one core.
const TOGETHER: usize = 128;

/// What was not delivered, and the windows it is counted in: one warning for each unmet stretch of an item, whatever number of
/// indicators it is needed for [S6].
#[derive(Debug)]
pub(super) struct Lacking {
    registry: Arc<Registry>,
    /// Ids and names of the items.
    items: Vec<(Shared, Filled)>,
    windows: Windows,
    gaps: Gaps,
}

impl Lacking {
    pub(super) fn new(assessment: &Assessment, windows: Windows, gaps: Gaps) -> Self {
        let items = assessment.catalogue.items.iter().map(|item| (item.id.clone(), item.name.clone().into())).collect();
        Self { registry: Arc::clone(&assessment.registry), items, windows, gaps }
    }

    /// The findings of the gaps of some organisations, in place order.
    fn of(&self, few: &[&[(OrgId, Gap)]]) -> Vec<Finding> {
        let (mut texts, mut findings) = (MonthTexts::default(), Vec::new());
        for own in few {
            let first = findings.len();
            findings.extend(own.iter().filter_map(|(organisation, gap)| self.finding(*organisation, gap, &mut texts)));
            findings[first..].sort_by(Finding::order);
        }
        findings
    }

    fn finding(&self, organisation: OrgId, gap: &Gap, texts: &mut MonthTexts) -> Option<Finding> {
        let code = code(gap)?;
        let span = self.windows.span(gap.window).unwrap_or(self.windows.assessed);
        let organisation = self.registry.get(organisation);
        let (item, name) = &self.items[gap.item.0];
        let text = texts.of(span, lacking(gap));
        let place = Place {
            organisation: Some(organisation.code.clone()),
            period: Some(text.clone()),
            item: Some(item.clone()),
            ..Place::default()
        };
        let finding = Finding::new(code, place).with("organisation", organisation.name.clone());
        let mut finding = finding.with("item", name.clone()).with("months", text);
        if std::ptr::eq(code, &raw const codes::STICKS_OUT) {
            finding = finding.with("window", span.to_string());
        }
        if let (Some(position), true) = (gap.older, std::ptr::eq(code, &raw const codes::OLDER_STOCK)) {
            finding = finding.with("older", span.first().plus(i32::from(position)).to_string());
        }
        Some(finding)
    }
}

impl Unmade for Lacking {
    fn codes(&self) -> Vec<(&'static Code, usize)> {
        let mut counts: BTreeMap<&str, (&'static Code, usize)> = BTreeMap::new();
        for code in self.gaps.blocks().flatten().filter_map(|(_, gap)| code(&gap)) {
            counts.entry(code.id()).or_insert((code, 0)).1 += 1;
        }
        counts.into_values().collect()
    }

    fn made(&self) -> Box<dyn Iterator<Item = Vec<Finding>> + '_> {
        Box::new(self.gaps.blocks().map(|block| {
            // Organisations stand in the order of their codes.
            let own: Vec<&[(OrgId, Gap)]> = block.chunk_by(|(one, _), (other, _)| one == other).collect();
            own.par_chunks(TOGETHER).flat_map_iter(|few| self.of(few)).collect()
        }))
    }
}

/// All findings of a result. What is lacking stays unmade where it can: in windows of one kind nothing is lacking twice.
pub(super) fn and(mut findings: Vec<Finding>, lacking: Vec<Lacking>) -> Findings {
    let mut lacking: Vec<Lacking> = lacking.into_iter().filter(|lacking| !lacking.gaps.is_empty()).collect();
    if lacking.len() > 1 {
        findings.extend(lacking.drain(..).flat_map(|lacking| lacking.made().flatten().collect::<Vec<_>>()));
    }
    let findings = Findings::new(findings);
    lacking.pop().into_iter().fold(findings, |findings, lacking| findings.and(Arc::new(lacking)))
}

/// A rejected value has its own finding.
fn lacking(gap: &Gap) -> Mask {
    gap.months & !gap.rejected
}

fn code(gap: &Gap) -> Option<&'static Code> {
    Some(match gap {
        _ if lacking(gap) == 0 => return None,
        gap if gap.older.is_some() => &codes::OLDER_STOCK,
        gap if gap.sticks_out & lacking(gap) == lacking(gap) => &codes::STICKS_OUT,
        _ => &codes::SLOT_UNMET,
    })
}
