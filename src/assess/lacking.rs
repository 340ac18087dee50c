//! What was required and not delivered, as findings. There may be millions of them: they are made where they are looked at.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::assessment::Assessment;
use crate::code::Code;
use crate::codes::period as codes;
use crate::finding::{Finding, Findings, Place, Unmade};
use crate::measure::gaps::{Gaps, MonthTexts, stretches};
use crate::measure::held::Gap;
use crate::measure::window::{Mask, Windows};
use crate::period::{Month, Span};
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
    /// How many findings there are of each code, once somebody asked.
    codes: OnceLock<Vec<(&'static Code, usize)>>,
}

impl Lacking {
    pub(super) fn new(assessment: &Assessment, windows: Windows, gaps: Gaps) -> Self {
        let items = assessment.catalogue.items.iter().map(|item| (item.id.clone(), item.name.clone().into())).collect();
        Self { registry: Arc::clone(&assessment.registry), items, windows, gaps, codes: OnceLock::new() }
    }

    /// The findings of the gaps of some organisations, in place order.
    fn of(&self, few: &[&[(OrgId, Gap)]]) -> Vec<Finding> {
        let (mut texts, mut findings) = (MonthTexts::default(), Vec::new());
        for own in few {
            let first = findings.len();
            findings.extend(self.once(own).filter_map(|(organisation, gap)| self.finding(*organisation, gap, &mut texts)));
            findings[first..].sort_by(Finding::order);
        }
        findings
    }

    /// The gaps of one organisation without those of which another window said the same: what two windows lack is lacking once.
    fn once<'g>(&self, own: &'g [(OrgId, Gap)]) -> impl Iterator<Item = &'g (OrgId, Gap)> {
        let is_new = move |(at, (_, gap)): &(usize, &(OrgId, Gap))| {
            let mut before = own[..*at].iter().rev().map(|(_, other)| other).take_while(|other| other.item == gap.item);
            !before.any(|other| self.says(other) == self.says(gap))
        };
        own.iter().enumerate().filter(is_new).map(|(_, gap)| gap)
    }

    /// What tells the finding of a gap from others of its organisation and item.
    fn says(&self, gap: &Gap) -> (Option<&'static str>, Vec<Span>, Option<Month>, Option<Span>) {
        let (code, span) = (code(gap), self.span(gap));
        let older = gap.older.map(|position| span.first().plus(i32::from(position)));
        let window = code.filter(|code| std::ptr::eq(*code, &raw const codes::STICKS_OUT)).map(|_| span);
        (code.map(Code::id), stretches(span, lacking(gap)), older, window)
    }

    fn span(&self, gap: &Gap) -> Span {
        self.windows.span(gap.window).unwrap_or(self.windows.assessed)
    }

    fn finding(&self, organisation: OrgId, gap: &Gap, texts: &mut MonthTexts) -> Option<Finding> {
        let code = code(gap)?;
        let span = self.span(gap);
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

/// How many findings there are of each code, by id.
type Counts = BTreeMap<&'static str, (&'static Code, usize)>;

fn sum(mut counts: Counts, more: Counts) -> Counts {
    for (id, (code, count)) in more {
        counts.entry(id).or_insert((code, 0)).1 += count;
    }
    counts
}

impl Unmade for Lacking {
    fn codes(&self) -> Vec<(&'static Code, usize)> {
        let of_block = |number: usize| {
            let (block, mut counts) = (self.gaps.block(number), Counts::new());
            for own in block.chunk_by(|(one, _), (other, _)| one == other) {
                for code in self.once(own).filter_map(|(_, gap)| code(gap)) {
                    counts.entry(code.id()).or_insert((code, 0)).1 += 1;
                }
            }
            counts
        };
        let count = || (0..self.gaps.blocks()).into_par_iter().map(of_block).reduce(Counts::new, sum).into_values().collect();
        self.codes.get_or_init(count).clone()
    }

    fn made(&self) -> Box<dyn Iterator<Item = Vec<Finding>> + '_> {
        Box::new((0..self.gaps.blocks()).map(|number| {
            let block = self.gaps.block(number);
            // Organisations stand in the order of their codes.
            let own: Vec<&[(OrgId, Gap)]> = block.chunk_by(|(one, _), (other, _)| one == other).collect();
            own.par_chunks(TOGETHER).flat_map_iter(|few| self.of(few)).collect()
        }))
    }
}

/// All findings of a result. What is lacking stays unmade unless lookbacks may lack the same.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::{ItemId, Window};
    use crate::registry::{Organisation, Stay};

    fn gap(item: usize, window: Window, months: Mask) -> Gap {
        Gap { item: ItemId(item), window, months, rejected: 0, sticks_out: 0, older: None }
    }

    fn lacking_of(gaps: &[(OrgId, Gap)]) -> Lacking {
        let organisation = |code: &str| Organisation {
            code: code.into(),
            name: code.into(),
            aliases: Vec::new(),
            opened: None,
            closed: None,
            stays: vec![Stay::default()],
        };
        let span = |text: &str| text.parse().expect("a period");
        let windows = Windows::new(span("2025"), Some(span("2024"))).expect("years");
        let mut kept = Gaps::default();
        kept.add(gaps);
        let items = ["visits", "beds"].map(|id| (id.into(), id.into())).to_vec();
        let registry = Arc::new(Registry::new(vec![organisation("A"), organisation("B")], Vec::new()));
        Lacking { registry, items, windows, gaps: kept, codes: OnceLock::new() }
    }

    /// What two windows lack is lacking once: here the baseline is the year before, which a formula may name, too. S1: what was
    /// rejected has a finding of its own.
    #[test]
    fn a_month_that_two_windows_lack_is_lacking_once() {
        let (a, b) = (OrgId(0), OrgId(1));
        let lacking = lacking_of(&[
            (a, gap(0, Window::Assessed, 0b1)),
            (a, gap(0, Window::Baseline, 0b100)),
            (a, gap(0, Window::Previous, 0b100)),
            (a, gap(1, Window::Baseline, 0b100)),
            (a, gap(1, Window::Previous, 0b110)),
            (b, Gap { rejected: 0b1, ..gap(0, Window::Assessed, 0b1) }),
            (b, Gap { older: Some(3), ..gap(1, Window::Baseline, 0b1000_0000_0000) }),
            (b, Gap { older: Some(3), ..gap(1, Window::Previous, 0b1000_0000_0000) }),
        ]);
        let said = |finding: &Finding| {
            let place = |part: &Option<Shared>| part.clone().unwrap_or_default();
            format!(
                "{} {} {} {}",
                finding.code.id(),
                place(&finding.place.organisation),
                place(&finding.place.item),
                place(&finding.place.period)
            )
        };
        let made: Vec<String> = lacking.made().flatten().map(|finding| said(&finding)).collect();
        let expected = [
            "period/not-reported A beds 2024-02..2024-03",
            "period/not-reported A beds 2024-03",
            "period/not-reported A visits 2024-03",
            "period/not-reported A visits 2025-01",
            "period/older-value B beds 2024-12",
        ];
        assert_eq!(made, expected);
        let counts: Vec<(&str, usize)> = lacking.codes().iter().map(|(code, count)| (code.id(), *count)).collect();
        assert_eq!(counts, [("period/not-reported", 4), ("period/older-value", 1)]);
    }
}
