//! The criteria file → the scheme: head, tree, policy, grades (SCHEMES 1, 2, 4). What stands in a
//! `[[dimension.criterion]]` is read in `criterion`.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assessment::allowed;
use crate::assessment::classes::sheet_points;
use crate::assessment::criterion::{DEFAULT_STATES, states};
use crate::assessment::extras::Tree;
use crate::assessment::rules::RuleResolver;
use crate::assessment::units::UnitNames;
use crate::catalogue::{Basis, Catalogue, Confidence, Level};
use crate::code::Code;
use crate::codes::criteria as codes;
use crate::definition::criteria::{CriteriaFile, GradeOn, Policy as WrittenPolicy, Status};
use crate::definition::{Located, rule::Rule as Written};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::formula::{NameKind, Names};
use crate::number::Exact;
use crate::period::Span;
use crate::score::criteria::{Criteria, Criterion, Dimension, Policy, around};
use crate::score::sheet::Class;
use crate::scorebook::Allowed;
use crate::text::nearest;

/// What a scheme is resolved against.
pub struct CriteriaResolver<'a> {
    /// The criteria file.
    pub file: &'a Arc<SourceFile>,
    /// Its content.
    pub content: &'a CriteriaFile,
    /// Names that conditions on units may use.
    pub names: UnitNames<'a>,
    /// The registry column that says who is scored.
    pub unit: &'a str,
    /// The level of the units [O9].
    pub level: Level,
    /// The assessed window; `None` where it could not be read.
    pub window: Option<Span>,
}

impl CriteriaResolver<'_> {
    /// Resolves the scheme; items that criteria use directly become indicators of the catalogue. What
    /// contradicts itself and is let stand comes beside it.
    pub fn resolve(&self, catalogue: &mut Catalogue, diagnostics: &mut Vec<Diagnostic>) -> (Criteria, Vec<Allowed>) {
        let mut found = Vec::new();
        self.add_items_used_directly(catalogue);
        self.add_indicators_over_other_months(catalogue);
        self.add_veto_indicators(catalogue, &mut found);
        let mut dimensions = self.dimensions(&mut found);
        let weighted = self.weighted(&dimensions, &mut found);
        if let Some(weighted) = &weighted {
            for (dimension, points) in dimensions.iter_mut().zip(&weighted.dimensions) {
                dimension.points = points.clone();
            }
        }
        let criteria = self.criteria(catalogue, weighted.as_ref(), &mut found);
        let tree = Tree { dimensions: &dimensions, criteria: &criteria };
        let find = |name: &Located<String>, diagnostics: &mut Vec<Diagnostic>| self.indicator(name, catalogue, diagnostics);
        let rules = RuleResolver { file: self.file, catalogue, scales: &self.content.scale, indicator: &find };
        let extras = self.extras(tree, &rules, &mut found);
        let statements = self.statements(tree, &mut found);
        let classes = self.classes(&dimensions, &criteria, &mut found);
        if weighted.is_none() && self.content.class.is_empty() {
            self.check_sums(&dimensions, &mut found);
        }
        let head = &self.content.criteria;
        let peer_group = head.peer_group.as_ref().and_then(|name| self.attribute(name, &mut found));
        let (policy, mut grades) = (self.policy(&self.content.policy, &mut found), self.grades(&mut found));
        let is_short = criteria.iter().any(|criterion| !criterion.is_due);
        if let (true, Some(first)) = (is_short, self.content.grade.first()) {
            let in_total = |index: &usize| dimensions[*index].within.is_none() && dimensions[*index].in_total;
            let roots: Vec<usize> = (0..dimensions.len()).filter(in_total).collect();
            let now = sheet_points(&dimensions, &criteria, None);
            let (sum, whole): (Exact, Exact) =
                (roots.iter().map(|at| &now[*at]).sum(), roots.iter().map(|at| &dimensions[*at].points).sum());
            // Grades are cut from the points of the whole sheet.
            if sum != whole && self.content.class.is_empty() {
                grades.clear();
                let diagnostic = self.say(&codes::GRADES_OF_THE_YEAR, &first.span).with("sum", sum.to_string());
                found.push(diagnostic.with("whole", whole.to_string()));
            }
        }
        let joint = self.joint(&mut found);
        let let_stand = allowed::take(self.file, &head.allow, &mut found);
        diagnostics.append(&mut found);
        let mut full_points = head.full_points.as_ref().map(|points| points.value.clone());
        if let_stand.iter().any(allowed::is_about_sums) || criteria.iter().any(|criterion| !criterion.is_due) {
            // Points are what stands under a heading in this round, whatever the heading says; else the
            // difference would be made up like points that are not applicable [R3].
            let points = sheet_points(&dimensions, &criteria, None);
            dimensions.iter_mut().zip(points).for_each(|(dimension, points)| dimension.points = points);
            full_points = None;
        }
        let roots = dimensions.iter().filter(|dimension| dimension.within.is_none() && dimension.in_total);
        let mut full_points = full_points.unwrap_or_else(|| roots.map(|dimension| &dimension.points).sum());
        if let Some(class) = classes.first() {
            // What all sheets have in common; 0 where they differ.
            let common = |point: &dyn Fn(&Class) -> Exact| {
                let first = point(class);
                if classes.iter().all(|other| point(other) == first) { first } else { Exact::zero() }
            };
            full_points = common(&|class| class.full_points.clone());
            for (index, dimension) in dimensions.iter_mut().enumerate() {
                dimension.points = common(&|class| class.dimension_points[index].clone());
            }
        }
        let criteria = Criteria {
            id: head.id.value.clone(),
            title: head.title.clone(),
            status: status(head.status).to_owned(),
            basis: head.basis.to_vec(),
            full_points,
            peer_group,
            policy,
            dimensions,
            criteria,
            extras,
            classes,
            grades,
            grades_without_bonuses: head.grade_on == Some(GradeOn::Base),
            statements,
            joint,
        };
        (criteria, let_stand)
    }

    pub(super) fn say(&self, code: &'static Code, at: &std::ops::Range<usize>) -> Diagnostic {
        Diagnostic::new(code, crate::diagnostic::Origin::new(self.file, at.clone()))
    }

    pub(super) fn attribute(&self, written: &Located<String>, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
        let found = self.names.attribute(&written.value).map(str::to_owned);
        if found.is_none() {
            let near = nearest(&written.value, self.names.candidates(NameKind::Attribute));
            diagnostics.push(self.say(&codes::UNKNOWN_ATTRIBUTE, &written.span).with("name", written.value.clone()).suggest(near));
        }
        found
    }

    fn dimensions(&self, diagnostics: &mut Vec<Diagnostic>) -> Vec<Dimension> {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut dimensions: Vec<Dimension> = Vec::new();
        for (index, written) in self.content.dimension.iter().enumerate() {
            let within = written.within.as_ref().and_then(|parent| {
                let found = seen.get(parent.value.as_str()).copied();
                if found.is_none() {
                    diagnostics.push(
                        self.say(&codes::UNKNOWN_DIMENSION, &parent.span)
                            .with("id", parent.value.clone())
                            .suggest(nearest(&parent.value, seen.keys().copied())),
                    );
                }
                found
            });
            if seen.insert(&written.id.value, index).is_some() {
                diagnostics.push(self.say(&codes::DUPLICATE_ID, &written.id.span).with("id", written.id.value.clone()));
            }
            // On the sheets of classes a dimension is worth what stands under it there.
            if written.points.is_none() && written.weight.is_none() && self.content.class.is_empty() {
                diagnostics.push(self.say(&codes::NO_POINTS, &written.id.span).with("id", written.id.value.clone()));
            }
            dimensions.push(Dimension {
                id: written.id.value.clone(),
                name: written.name.clone(),
                points: written.points.as_ref().map_or_else(Exact::zero, |points| points.value.clone()),
                within,
                in_total: written.in_total.unwrap_or(true),
                bonus_points: written.bonus_points.as_ref().map(|points| points.value.clone()),
            });
        }
        self.check_depth(&dimensions, diagnostics);
        dimensions
    }

    /// Three levels at most, and only leaves hold criteria.
    fn check_depth(&self, dimensions: &[Dimension], diagnostics: &mut Vec<Diagnostic>) {
        for (index, written) in self.content.dimension.iter().enumerate() {
            if around(dimensions, index).count() > 3 {
                diagnostics.push(self.say(&codes::TOO_DEEP, &written.id.span).with("id", written.id.value.clone()));
            }
            let has_children = dimensions.iter().any(|dimension| dimension.within == Some(index));
            if has_children && !written.criterion.is_empty() {
                diagnostics.push(self.say(&codes::NOT_A_LEAF, &written.id.span).with("id", written.id.value.clone()));
            }
        }
    }

    /// Points of a dimension are the sum of what stands under it; the dimensions add up to the total.
    fn check_sums(&self, dimensions: &[Dimension], diagnostics: &mut Vec<Diagnostic>) {
        for (index, written) in self.content.dimension.iter().enumerate() {
            let Some(points) = &written.points else { continue };
            let children = dimensions.iter().filter(|dimension| dimension.counts_in() == Some(index)).map(|dimension| &dimension.points);
            let scored = written.criterion.iter().filter(|criterion| !matches!(criterion.score.value, Written::Monitor(_)));
            let sum: Exact = children.chain(scored.filter_map(|criterion| criterion.points.as_ref().map(|points| &points.value))).sum();
            if sum != points.value {
                let diagnostic = self.say(&codes::DIMENSION_SUM, &points.span).with("id", written.id.value.clone());
                diagnostics.push(diagnostic.with("points", points.value.to_string()).with("sum", sum.to_string()));
            }
        }
        let Some(full) = &self.content.criteria.full_points else { return };
        let sum: Exact =
            dimensions.iter().filter(|dimension| dimension.within.is_none() && dimension.in_total).map(|dimension| &dimension.points).sum();
        if sum != full.value {
            diagnostics.push(self.say(&codes::TOTAL_SUM, &full.span).with("full", full.value.to_string()).with("sum", sum.to_string()));
        }
    }

    fn policy(&self, written: &WrittenPolicy, diagnostics: &mut Vec<Diagnostic>) -> Policy {
        let share = written.min_completeness.as_ref();
        if let Some(share) = share.filter(|share| share.value.is_negative() || share.value > Exact::one()) {
            let diagnostic = self.say(&codes::SHARE_OUTSIDE, &share.span).with("field", "min_completeness");
            diagnostics.push(diagnostic.with("value", share.value.to_string()));
        }
        let decimals = written.points_decimals.as_ref();
        if let Some(decimals) = decimals.filter(|decimals| decimals.value > 6) {
            diagnostics.push(self.say(&codes::POINTS_DECIMALS, &decimals.span).with("value", decimals.value.to_string()));
        }
        Policy {
            states: states(written.states.as_ref(), DEFAULT_STATES),
            rescale: written.rescale.unwrap_or_default(),
            min_completeness: share.map_or_else(Exact::one, |share| share.value.clone()),
            min_denominator: written.min_denominator.as_ref().map_or_else(Exact::zero, |least| least.value.clone()),
            points_decimals: decimals.map_or(2, |decimals| decimals.value.min(6)),
            rounding: written.rounding.unwrap_or_default(),
            thresholds: written.thresholds.unwrap_or_default(),
            baseline_members: written.baseline_members.unwrap_or_default(),
            evidence: written.evidence.unwrap_or_default(),
        }
    }
}

fn status(status: Option<Status>) -> &'static str {
    match status {
        Some(Status::Official) => "official",
        Some(Status::Illustrative) => "illustrative",
        Some(Status::Local) | None => "local",
    }
}

/// True if a rule compares with the baseline, which must then be given.
pub fn needs_baseline(criteria: &Criteria) -> Option<&Criterion> {
    criteria.criteria.iter().find(|criterion| criterion.needs_baseline())
}

/// Indices of the indicators a scheme uses, in the order of the criteria.
pub fn used_indicators(criteria: &Criteria) -> Vec<usize> {
    let mut used: Vec<usize> = Vec::new();
    for index in criteria.criteria.iter().flat_map(Criterion::indicators).chain(criteria.extras.indicators()) {
        if !used.contains(&index) {
            used.push(index);
        }
    }
    used
}

/// Numbers and definitions whose source nobody verified: of the scheme, of its dimensions and criteria, and
/// of the indicators it uses.
pub(super) fn unverified(criteria: &Criteria, content: &CriteriaFile, catalogue: &Catalogue) -> Vec<(String, Basis)> {
    let of_scheme = [(criteria.id.as_str(), &criteria.basis[..])].into_iter();
    let of_tree = content.dimension.iter().map(|dimension| (dimension.id.value.as_str(), &dimension.basis[..]));
    let of_criteria = content
        .dimension
        .iter()
        .flat_map(|dimension| dimension.criterion.iter())
        .filter_map(|criterion| Some((criterion.key()?, &criterion.basis[..])));
    let used = used_indicators(criteria);
    let of_indicators = used.iter().filter_map(|index| catalogue.indicators.get(*index));
    let of_indicators = of_indicators.map(|indicator| (indicator.id.as_str(), &indicator.basis[..]));
    let all = of_scheme.chain(of_tree).chain(of_criteria).chain(of_indicators);
    let not_read = |basis: &&Basis| basis.confidence != Confidence::Read;
    all.flat_map(|(id, bases)| bases.iter().filter(not_read).map(move |basis| (id.to_owned(), basis.clone()))).collect()
}
