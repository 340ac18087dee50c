//! What depends on the window and the unit: rounds, targets of each unit, targets in proportion to the months elapsed, as
//! written → as meant (SCHEMES 3, 6).

use std::ops::Range;

use crate::assessment::criteria::CriteriaResolver;
use crate::assessment::rules::RuleResolver;
use crate::catalogue::Better;
use crate::codes::criteria as codes;
use crate::definition::Located;
use crate::definition::located::Number;
use crate::definition::tree::{Criterion, Round};
use crate::diagnostic::Diagnostic;
use crate::number::Exact;
use crate::period::Span;
use crate::score::criteria::Rule;
use crate::text::nearest;

/// Months for which a target is written.
const YEAR: usize = 12;

impl CriteriaResolver<'_> {
    /// Whether a criterion is looked at in a window of this length: a month, a quarter, or longer. A scheme that names no
    /// rounds is one sheet for every window.
    pub(super) fn is_due(&self, written: &Criterion) -> bool {
        let mut criteria = self.content.dimension.iter().flat_map(|dimension| &dimension.criterion);
        let round = match self.window.map_or(YEAR, Span::len) {
            1 => Round::Month,
            3 => Round::Quarter,
            _ => Round::Year,
        };
        match &written.rounds {
            Some(rounds) => rounds.iter().any(|one| one.value == round),
            None => round == Round::Year || criteria.all(|criterion| criterion.rounds.is_none()),
        }
    }

    /// Takes the target of a rule in proportion to the months its value is taken over.
    pub(super) fn take_pro_rata(&self, rule: &mut Rule, months: Option<Span>, span: &Range<usize>, diagnostics: &mut Vec<Diagnostic>) {
        let share = share_of_year(months);
        match rule {
            Rule::Task { pro_rata, .. } => *pro_rata = true,
            Rule::Ratio(rule) => rule.target = &rule.target * &share,
            Rule::Steps(rule) => rule.target = &rule.target * &share,
            _ => diagnostics.push(self.say(&codes::PRO_RATA_RULE, span).with("rule", rule.name())),
        }
    }
}

/// The share of a year that these months are.
pub(super) fn share_of_year(months: Option<Span>) -> Exact {
    let months = Exact::from(months.map_or(YEAR, Span::len));
    months.checked_div(&Exact::from(YEAR)).unwrap_or_else(Exact::one)
}

impl RuleResolver<'_> {
    /// `score.ratio = { task = … }`; a target beside it contradicts it.
    pub(super) fn task(
        &self,
        task: &Located<String>,
        target: Option<&Number>,
        span: &Range<usize>,
        better: Better,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Rule> {
        if let Some(target) = target {
            diagnostics.push(Diagnostic::new(&codes::TARGET_AND_TASK, target.origin(self.file)));
        }
        let (items, indicators) = (&self.catalogue.items, &self.catalogue.indicators);
        let ids = || items.iter().map(|item| item.id.as_str()).chain(indicators.iter().map(|one| one.id.as_str()));
        if !ids().any(|id| id == task.value) {
            let diagnostic = Diagnostic::new(&codes::UNKNOWN_INDICATOR, task.origin(self.file)).with("id", task.value.clone());
            diagnostics.push(diagnostic.suggest(nearest(&task.value, ids())));
            return None;
        }
        Some(Rule::Task { item: task.value.clone(), direction: self.direction(better, "ratio", span, diagnostics)?, pro_rata: false })
    }
}
