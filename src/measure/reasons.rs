//! What is said of a measure beside its value: what was not reported, and what stands in the place of what was.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::Check;
use crate::formula::ItemId;
use crate::measure::gaps::MonthTexts;
use crate::measure::phrases;
use crate::measure::plan::View;
use crate::measure::tally::Tally;
use crate::number::{Exact, Rounding};
use crate::period::Span;
use crate::registry::OrgId;
use crate::text::{Filled, Said, Shared, Text, list};

/// Wording that the reasons of many measures have in common, each made once.
#[derive(Default)]
pub(super) struct Wording {
    months: MonthTexts,
    items: BTreeMap<ItemId, Filled>,
    /// What was reported of what, both and the share of it.
    completeness: BTreeMap<(usize, usize), [Shared; 3]>,
}

impl Wording {
    fn item(&mut self, item: ItemId, view: View) -> Filled {
        self.items.entry(item).or_insert_with(|| view.catalogue.item(item).name.clone().into()).clone()
    }

    fn completeness(&mut self, met: usize, required: usize) -> [Shared; 3] {
        let texts = || {
            let share = Exact::from(100 * met).checked_div(&Exact::from(required)).unwrap_or_else(Exact::zero);
            [met.to_string(), required.to_string(), share.fixed_with(2, Rounding::Down)].map(Shared::from)
        };
        self.completeness.entry((met, required)).or_insert_with(texts).clone()
    }

    /// How much was reported, and the first few things that were not.
    pub(super) fn gaps(&mut self, tally: &Tally, view: View, reasons: &mut Vec<Said>) {
        let said = usize::from(tally.met < tally.required) + tally.gaps.len() + usize::from(tally.n_gaps > tally.gaps.len());
        reasons.reserve_exact(said);
        if tally.met < tally.required {
            let [met, required, percent] = self.completeness(tally.met, tally.required);
            reasons.push(Said::new(&phrases::COMPLETENESS).with("met", met).with("required", required).with("percent", percent));
        }
        for (organisation, gap) in &tally.gaps {
            let span = view.roster.windows.span(gap.window).unwrap_or(view.roster.windows.assessed);
            let checks = if gap.rejected == 0 { Vec::new() } else { checks_behind(*organisation, gap.item, span, view) };
            let phrase = match gap {
                _ if !checks.is_empty() => &phrases::GAP_REJECTED_BY,
                gap if gap.rejected != 0 => &phrases::GAP_REJECTED,
                gap if gap.older.is_some() => &phrases::GAP_OLDER,
                gap if gap.sticks_out != 0 => &phrases::GAP_STICKS_OUT,
                _ => &phrases::GAP_MISSING,
            };
            let mut said = Said::new(phrase)
                .with("organisation", organisation_name(view, *organisation))
                .with("item", self.item(gap.item, view))
                .with("months", self.months.of(span, gap.months));
            if let (Some(position), true) = (gap.older, std::ptr::eq(phrase, &raw const phrases::GAP_OLDER)) {
                let month = span.first().plus(i32::from(position));
                said = said.with("older", month.to_string());
            }
            if !checks.is_empty() {
                said = said.with("checks", list(&checks));
            }
            reasons.push(said);
        }
        if tally.n_gaps > tally.gaps.len() {
            reasons.push(Said::new(&phrases::MORE_GAPS).with("n", (tally.n_gaps - tally.gaps.len()).to_string()));
        }
        if tally.undecided {
            reasons.push(Said::new(&phrases::UNDECIDED));
        }
    }
}

/// The checks that rejected values of an organisation within a window, by id and rule [S5].
fn checks_behind(organisation: OrgId, item: ItemId, window: Span, view: View) -> Vec<Text> {
    let within = view.dataset.rejected_by(organisation, item).filter(|(span, _)| window.overlaps(*span));
    let numbers: BTreeSet<usize> = within.flat_map(|(_, checks)| checks.iter().copied()).collect();
    let said = |check: &Check| {
        let in_words = |says: &str| if says == check.id { check.id.clone() } else { format!("{} ({says})", check.id) };
        Text::new(in_words(&check.says.zh), in_words(&check.says.en))
    };
    numbers.into_iter().filter_map(|number| view.catalogue.checks.get(number)).map(said).collect()
}

/// Both values of what was corrected or verified.
pub(super) fn replaced(tally: &Tally, view: View, reasons: &mut Vec<Said>) {
    for (organisation, item, span) in &tally.replaced {
        let Some(replaced) = view.dataset.replacement((*organisation, *span, *item)) else { continue };
        let described = view.catalogue.item(*item);
        let unit = crate::catalogue::unit_word(&described.unit);
        let said = Said::new(&phrases::REPLACED)
            .with("organisation", organisation_name(view, *organisation))
            .with("item", described.name.clone())
            .with("span", replaced.period(*span))
            .with("was", replaced.was.text(&unit))
            .with("now", replaced.now.text(&unit))
            .with("note", replaced.note.clone());
        reasons.push(said);
    }
    if tally.n_replaced > tally.replaced.len() {
        reasons.push(Said::new(&phrases::MORE_REPLACED).with("n", (tally.n_replaced - tally.replaced.len()).to_string()));
    }
}

fn organisation_name(view: View, organisation: OrgId) -> Shared {
    view.registry.get(organisation).name.clone()
}
