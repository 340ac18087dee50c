//! Every rule of a scheme, those inside other rules included, with the place where it stands.

use crate::catalogue::Indicator;
use crate::definition::rule::Rule as Written;
use crate::definition::{Located, tree};
use crate::lint::Scheme;
use crate::number::Exact;
use crate::score::criteria::{Criterion, Rule};

/// A rule of a scheme.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site<'a> {
    /// The criterion it belongs to.
    pub(super) criterion: &'a Criterion,
    /// The criterion as written.
    pub(super) around: &'a Located<tree::Criterion>,
    /// What it scores; `None` for what is judged.
    pub(super) indicator: Option<&'a Indicator>,
    /// The points it can give.
    pub(super) full: &'a Exact,
    /// The rule.
    pub(super) rule: &'a Rule,
    /// The rule as written.
    pub(super) written: &'a Located<Written>,
    /// True inside a `best_of`, where a better part may cover it.
    pub(super) in_best: bool,
}

impl<'a> Scheme<'a> {
    /// A criterion as written.
    pub(super) fn written(&self, criterion: &Criterion) -> Option<&'a Located<tree::Criterion>> {
        let dimension = self.content.dimension.get(criterion.dimension)?;
        dimension.criterion.iter().find(|written| written.key() == Some(criterion.id.as_str()))
    }

    /// Every rule, in the order of the file, an outer one before those inside it.
    pub(super) fn sites(&self) -> Vec<Site<'a>> {
        let mut found = Vec::new();
        for criterion in &self.criteria.criteria {
            let Some(around) = self.written(criterion) else { continue };
            let indicator = criterion.indicator.and_then(|index| self.catalogue.indicators.get(index));
            let (rule, written) = (&criterion.rule, &around.score);
            let site = Site { criterion, around, indicator, full: &criterion.points, rule, written, in_best: false };
            self.walk(site, &mut found);
            // Of cases for other years than the period's nothing is known; with them left out, which is which is not told.
            if criterion.cases.len() == around.case.len() {
                for ((_, rule), case) in criterion.cases.iter().zip(&around.case) {
                    self.walk(Site { rule, written: &case.score, ..site }, &mut found);
                }
            }
        }
        found
    }

    fn walk(&self, site: Site<'a>, found: &mut Vec<Site<'a>>) {
        found.push(site);
        match (site.rule, &site.written.value) {
            (Rule::BestOf(rules), Written::BestOf(all)) => {
                for (rule, written) in rules.iter().zip(all) {
                    self.walk(Site { rule, written, in_best: true, ..site }, found);
                }
            }
            (Rule::Mix(parts), Written::Mix(all)) => {
                for (part, written) in parts.iter().zip(all) {
                    let own = part.indicator.and_then(|index| self.catalogue.indicators.get(index));
                    let (indicator, full) = (own.or(site.indicator), &part.points);
                    self.walk(Site { rule: &part.rule, written: &written.score, indicator, full, ..site }, found);
                }
            }
            (Rule::Improve { or_else: Some(rule), .. }, Written::Improve(outer)) => {
                if let Some(written) = &outer.or_else {
                    self.walk(Site { rule, written, ..site }, found);
                }
            }
            _ => {}
        }
    }
}
