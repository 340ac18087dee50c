//! The criteria file → the scheme: tree, points, rules, policy, grades (SCHEMES 1–4).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::assessment::names::KnownNames;
use crate::assessment::rules::{RuleResolver, Subject};
use crate::catalogue::{Better, Catalogue, Form, Indicator, Level, Pooling};
use crate::code::Code;
use crate::codes::criteria as codes;
use crate::definition::criteria::{CriteriaFile, GradeOn, Policy as WrittenPolicy, Status};
use crate::definition::tree as spec;
use crate::definition::{Located, rule::Rule as Written};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::formula::{self, Formula, Names, Node, ScopeOperands, Term, Window};
use crate::number::Exact;
use crate::score::criteria::{Criteria, Criterion, Dimension, GradeCut, Policy, States, Treatment};
use crate::text::{Text, nearest};

/// What a scheme is resolved against.
pub struct CriteriaResolver<'a> {
    /// The criteria file.
    pub file: &'a Arc<SourceFile>,
    /// Its content.
    pub content: &'a CriteriaFile,
    /// Names that conditions may use.
    pub names: &'a KnownNames,
    /// The registry column that says who is scored.
    pub unit: &'a str,
    /// The level of the units [O9].
    pub level: Level,
}

impl CriteriaResolver<'_> {
    /// Resolves the scheme; items that criteria use directly become indicators of the catalogue.
    pub fn resolve(&self, catalogue: &mut Catalogue, diagnostics: &mut Vec<Diagnostic>) -> Criteria {
        self.add_items_used_directly(catalogue);
        self.refuse_later_parts(diagnostics);
        let dimensions = self.dimensions(diagnostics);
        let criteria = self.criteria(catalogue, diagnostics);
        self.check_sums(&dimensions, diagnostics);
        let head = &self.content.criteria;
        let roots = dimensions.iter().filter(|dimension| dimension.within.is_none() && dimension.in_total);
        let full_points =
            head.full_points.as_ref().map_or_else(|| roots.map(|dimension| &dimension.points).sum(), |points| points.value.clone());
        Criteria {
            id: head.id.value.clone(),
            title: head.title.clone(),
            status: status(head.status).to_owned(),
            basis: head.basis.to_vec(),
            full_points,
            peer_group: head.peer_group.as_ref().and_then(|name| self.attribute(name, diagnostics)),
            policy: self.policy(&self.content.policy, diagnostics),
            grades: self.grades(diagnostics),
            dimensions,
            criteria,
        }
    }

    fn say(&self, code: &'static Code, at: &std::ops::Range<usize>) -> Diagnostic {
        Diagnostic::new(code, crate::diagnostic::Origin::new(self.file, at.clone()))
    }

    fn attribute(&self, written: &Located<String>, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
        let found = self.names.attribute(&written.value).map(str::to_owned);
        if found.is_none() {
            let near = nearest(&written.value, self.names.candidates(formula::NameKind::Attribute));
            diagnostics.push(self.say(&codes::UNKNOWN_ATTRIBUTE, &written.span).with("name", written.value.clone()).suggest(near));
        }
        found
    }

    /// A criterion may name an item: its value is then the count or amount itself.
    fn add_items_used_directly(&self, catalogue: &mut Catalogue) {
        let criteria = self.content.dimension.iter().flat_map(|dimension| dimension.criterion.iter());
        let mut named: Vec<&Located<String>> = Vec::new();
        for criterion in criteria {
            named.extend(&criterion.indicator);
            named_by_parts(&criterion.score.value, &mut named);
        }
        for written in named {
            if catalogue.indicators.iter().any(|indicator| indicator.id == written.value) {
                continue;
            }
            let Some(found) = self.names.item(&written.value) else { continue };
            let item = catalogue.item(found.id);
            let term = Term { item: found.id, scope: None, window: Window::Assessed };
            let indicator = Indicator {
                id: item.id.clone(),
                name: item.name.clone(),
                numerator: Formula {
                    text: item.id.clone(),
                    node: Node::Total(term),
                    unit: formula::UnitExpr::default(),
                    not_additive: if item.additive { Vec::new() } else { vec![(found.id, 0..item.id.len())] },
                },
                denominator: None,
                factor: Exact::one(),
                unit: item.unit.clone(),
                better: Better::Higher,
                form: Form::Count,
                pooling: Pooling::Pooled,
                decimals: item.decimals,
                level: Level::Institution,
                plausible: None,
                definition: item.definition.clone(),
                basis: item.basis.clone(),
            };
            if !catalogue.indicators.iter().any(|known| known.id == indicator.id) {
                catalogue.indicators.push(indicator);
            }
        }
    }

    /// What parses and is computed in a later version is said, never silently left out.
    fn refuse_later_parts(&self, diagnostics: &mut Vec<Diagnostic>) {
        let content = self.content;
        let mut later = |what: &str, at: Option<&std::ops::Range<usize>>| {
            if let Some(at) = at {
                diagnostics.push(self.say(&codes::NOT_YET, at).with("what", what));
            }
        };
        later("[[class]]", content.class.first().map(|class| &class.span));
        later("[[penalty]]", content.penalty.first().map(|penalty| &penalty.span));
        later("[[veto]]", content.veto.first().map(|veto| &veto.span));
        later("[[verdict]]", content.verdict.first().map(|verdict| &verdict.span));
        later("[joint]", content.joint.as_ref().map(|joint| &joint.span));
        later("bonus_points", content.criteria.bonus_points.as_ref().map(|points| &points.span));
        later("grade_on", content.criteria.grade_on.filter(|on| *on == GradeOn::Base).map(|_| &content.criteria.id.span));
        for grade in &content.grade {
            later("[[grade]] requires", grade.requires.as_ref().map(|_| &grade.span));
            later("[[grade]] quota", grade.quota.as_ref().map(|_| &grade.span));
        }
        for dimension in &content.dimension {
            if dimension.within.is_some() && dimension.in_total == Some(false) {
                later("within + in_total", Some(&dimension.id.span));
            }
            later("[[dimension.bonus]]", dimension.bonus.first().map(|bonus| &bonus.span));
            later("weight", dimension.weight.as_ref().map(|weight| &weight.span));
            for criterion in &dimension.criterion {
                later("bonus", criterion.bonus.first().map(|bonus| &bonus.span));
                later("case", criterion.case.first().map(|case| &case.span));
                later("for", criterion.classes.as_ref().and_then(|classes| classes.first()).map(|class| &class.span));
                later("weight", criterion.weight.as_ref().map(|weight| &weight.span));
                later("window", criterion.window.filter(|window| *window != spec::Window::Period).map(|_| &criterion.span));
                later("pro_rata", criterion.pro_rata.filter(|pro_rata| *pro_rata).map(|_| &criterion.span));
                later("rounds", criterion.rounds.as_ref().and_then(|rounds| rounds.first()).map(|round| &round.span));
            }
        }
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
            if written.points.is_none() && written.weight.is_none() {
                diagnostics.push(self.say(&codes::NO_POINTS, &written.id.span).with("id", written.id.value.clone()));
            }
            dimensions.push(Dimension {
                id: written.id.value.clone(),
                name: written.name.clone(),
                points: written.points.as_ref().map_or_else(Exact::zero, |points| points.value.clone()),
                within,
                in_total: written.in_total.unwrap_or(true),
            });
        }
        self.check_depth(&dimensions, diagnostics);
        dimensions
    }

    /// Three levels at most, and only leaves hold criteria.
    fn check_depth(&self, dimensions: &[Dimension], diagnostics: &mut Vec<Diagnostic>) {
        for (index, written) in self.content.dimension.iter().enumerate() {
            let mut depth = 0;
            let mut at = dimensions[index].within;
            while let Some(parent) = at {
                depth += 1;
                at = dimensions[parent].within;
            }
            if depth > 2 {
                diagnostics.push(self.say(&codes::TOO_DEEP, &written.id.span).with("id", written.id.value.clone()));
            }
            let has_children = dimensions.iter().any(|dimension| dimension.within == Some(index));
            if has_children && !written.criterion.is_empty() {
                diagnostics.push(self.say(&codes::NOT_A_LEAF, &written.id.span).with("id", written.id.value.clone()));
            }
        }
    }

    fn criteria(&self, catalogue: &Catalogue, diagnostics: &mut Vec<Diagnostic>) -> Vec<Criterion> {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut criteria = Vec::new();
        for (dimension, written) in self.content.dimension.iter().enumerate() {
            for criterion in &written.criterion {
                let Some(resolved) = self.criterion(dimension, criterion, catalogue, diagnostics) else { continue };
                if !seen.insert(resolved.id.clone()) {
                    let span = criterion.id.as_ref().map_or(&criterion.span, |id| &id.span);
                    diagnostics.push(self.say(&codes::DUPLICATE_ID, span).with("id", resolved.id.clone()));
                }
                criteria.push(resolved);
            }
        }
        criteria
    }

    fn criterion(
        &self,
        dimension: usize,
        written: &Located<spec::Criterion>,
        catalogue: &Catalogue,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Criterion> {
        let find = |name: &Located<String>, diagnostics: &mut Vec<Diagnostic>| self.indicator(name, catalogue, diagnostics);
        let indicator = written.indicator.as_ref().map(|name| find(name, diagnostics));
        let applies_to = written.applies_to.as_ref().and_then(|scope| self.condition(scope, diagnostics));
        let is_monitored = matches!(written.score.value, Written::Monitor(_));
        let points = match (&written.points, is_monitored) {
            (Some(points), true) => {
                diagnostics.push(self.say(&codes::MONITOR_POINTS, &points.span));
                Exact::zero()
            }
            (Some(points), false) if points.value.is_negative() || points.value.is_zero() => {
                diagnostics.push(self.say(&codes::POINTS_NOT_POSITIVE, &points.span).with("points", points.value.to_string()));
                Exact::zero()
            }
            (Some(points), false) => points.value.clone(),
            (None, true) => Exact::zero(),
            (None, false) => {
                if written.weight.is_none() {
                    diagnostics.push(
                        self.say(&codes::NO_POINTS, &written.span).with("id", written.id.as_ref().map_or("", |id| id.value.as_str())),
                    );
                }
                Exact::zero()
            }
        };
        let indicator = match indicator {
            Some(None) => return None,
            Some(found) => found,
            None => None,
        };
        let rules = RuleResolver { file: self.file, catalogue, scales: &self.content.scale, indicator: &find };
        let rule = rules.rule(&written.score, Subject { indicator, points: &points }, diagnostics)?;
        let described = indicator.and_then(|index| catalogue.indicators.get(index));
        let id = written.id.as_ref().map(|id| id.value.clone()).or_else(|| described.map(|indicator| indicator.id.clone()));
        let name = written.name.clone().or_else(|| described.map(|indicator| indicator.name.clone()));
        let Some((id, name)) = id.clone().zip(name.or_else(|| id.map(Text::from))) else {
            diagnostics.push(self.say(&codes::NO_ID, &written.span));
            return None;
        };
        Some(Criterion {
            id,
            name,
            dimension,
            indicator,
            points,
            rule,
            applies_to,
            states: states(written.states.as_ref(), states(self.content.policy.states.as_ref(), DEFAULT_STATES)),
            printed: written.printed.as_ref().map(printed).unwrap_or_default(),
            target_text: written.target_text.as_ref().map(|text| text.zh.clone()),
        })
    }

    fn condition(&self, scope: &Located<String>, diagnostics: &mut Vec<Diagnostic>) -> Option<formula::Condition> {
        let (condition, mut found) = formula::read_scope(&scope.value, &scope.origin(self.file), self.names, ScopeOperands::Attributes);
        diagnostics.append(&mut found);
        condition
    }

    /// The indicator of a name, which must not be asked below its level [O9] nor sum what cannot be
    /// summed [O8].
    fn indicator(&self, name: &Located<String>, catalogue: &Catalogue, diagnostics: &mut Vec<Diagnostic>) -> Option<usize> {
        let Some(index) = catalogue.indicators.iter().position(|indicator| indicator.id == name.value) else {
            let known = catalogue
                .indicators
                .iter()
                .map(|indicator| indicator.id.as_str())
                .chain(catalogue.items.iter().map(|item| item.id.as_str()));
            diagnostics
                .push(self.say(&codes::UNKNOWN_INDICATOR, &name.span).with("id", name.value.clone()).suggest(nearest(&name.value, known)));
            return None;
        };
        let indicator = &catalogue.indicators[index];
        if indicator.level > self.level {
            let diagnostic = self.say(&codes::BELOW_LEVEL, &name.span).with("id", name.value.clone());
            diagnostics.push(diagnostic.with("level", indicator.level.word()).with("unit", self.level.word()));
        }
        if !is_summable(indicator, self.unit) {
            diagnostics.push(self.say(&formula_codes::NOT_ADDITIVE, &name.span).with("name", name.value.clone()));
        }
        Some(index)
    }

    /// Points of a dimension are the sum of what stands under it; the dimensions add up to the total.
    fn check_sums(&self, dimensions: &[Dimension], diagnostics: &mut Vec<Diagnostic>) {
        for (index, written) in self.content.dimension.iter().enumerate() {
            let Some(points) = &written.points else { continue };
            let children = dimensions.iter().filter(|dimension| dimension.within == Some(index)).map(|dimension| &dimension.points);
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

    fn grades(&self, diagnostics: &mut Vec<Diagnostic>) -> Vec<GradeCut> {
        for pair in self.content.grade.windows(2) {
            if pair[1].at_least.value >= pair[0].at_least.value {
                let diagnostic = self.say(&codes::GRADE_ORDER, &pair[1].at_least.span).with("grade", pair[1].name.clone());
                diagnostics
                    .push(diagnostic.with("points", pair[1].at_least.value.to_string()).with("above", pair[0].at_least.value.to_string()));
            }
        }
        let grade = |grade: &Located<crate::definition::criteria::Grade>| GradeCut {
            id: grade.id.value.clone(),
            name: grade.name.clone(),
            at_least: Some(grade.at_least.value.clone()),
        };
        self.content.grade.iter().map(grade).collect()
    }
}

use crate::codes::formula as formula_codes;

fn status(status: Option<Status>) -> &'static str {
    match status {
        Some(Status::Official) => "official",
        Some(Status::Illustrative) => "illustrative",
        Some(Status::Local) | None => "local",
    }
}

/// O8: what may not be summed is usable where every row is its own unit, from the unit's own row, or
/// averaged.
pub fn is_summable(indicator: &Indicator, unit: &str) -> bool {
    unit == "code" || indicator.pooling == Pooling::Mean || indicator.formulas().all(|formula| formula.not_additive.is_empty())
}

/// The indicators or items that parts of a rule name, at any depth.
fn named_by_parts<'a>(rule: &'a Written, named: &mut Vec<&'a Located<String>>) {
    match rule {
        Written::Mix(parts) => {
            for part in parts {
                named.extend(&part.indicator);
                named_by_parts(&part.score.value, named);
            }
        }
        Written::BestOf(rules) => rules.iter().for_each(|rule| named_by_parts(&rule.value, named)),
        Written::Improve(rule) => rule.or_else.iter().for_each(|rule| named_by_parts(&rule.value, named)),
        _ => {}
    }
}

/// S3: defaults of the policy.
const DEFAULT_STATES: States = States {
    missing: Treatment::Zero,
    incomplete: Treatment::Zero,
    rejected: Treatment::Zero,
    not_applicable: Treatment::Rescale,
    zero_denominator: Treatment::Rescale,
    too_small: Treatment::Rescale,
};

/// Where a state's own key is absent it follows the state it is treated by [S3].
fn states(written: Option<&spec::States>, fallback: States) -> States {
    let Some(written) = written else { return fallback };
    let missing = written.missing.unwrap_or(fallback.missing);
    let not_applicable = written.not_applicable.unwrap_or(fallback.not_applicable);
    let follow = |own: Option<Treatment>, leader: Option<Treatment>, fallback: Treatment| own.or(leader).unwrap_or(fallback);
    States {
        missing,
        incomplete: follow(written.incomplete, written.missing, fallback.incomplete),
        rejected: follow(written.rejected, written.missing, fallback.rejected),
        not_applicable,
        zero_denominator: follow(written.zero_denominator, written.not_applicable, fallback.zero_denominator),
        too_small: follow(written.too_small, written.not_applicable, fallback.too_small),
    }
}

fn printed(printed: &spec::Printed) -> Vec<(String, String)> {
    let columns = [
        ("requirement", &printed.requirement),
        ("method", &printed.method),
        ("scoring", &printed.scoring),
        ("data_source", &printed.data_source),
        ("note", &printed.note),
    ];
    let mut all: Vec<(String, String)> =
        columns.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text.as_ref()?.zh.clone()))).collect();
    if !printed.responsible.is_empty() {
        let names: Vec<&str> = printed.responsible.iter().map(|text| text.zh.as_str()).collect();
        all.push(("responsible".to_owned(), names.join("、")));
    }
    all
}

/// True if a rule compares with the baseline, which must then be given.
pub fn needs_baseline(criteria: &Criteria) -> Option<&Criterion> {
    criteria.criteria.iter().find(|criterion| criterion.rule.needs_baseline())
}

/// Indices of the indicators a scheme uses, in the order of the criteria.
pub fn used_indicators(criteria: &Criteria) -> Vec<usize> {
    let mut used: Vec<usize> = Vec::new();
    for index in criteria.criteria.iter().flat_map(Criterion::indicators) {
        if !used.contains(&index) {
            used.push(index);
        }
    }
    used
}
