//! One criterion as written → as meant: its indicator, points, rule, condition and states (SCHEMES 2).

use std::collections::BTreeSet;

use crate::assessment::classes::{Weighted, is_monitored};
use crate::assessment::criteria::CriteriaResolver;
use crate::assessment::rules::{RuleResolver, Subject};
use crate::assessment::tasks::share_of_year;
use crate::catalogue::{Better, Catalogue, Form, Indicator, Level, Pooling};
use crate::codes::criteria as codes;
use crate::codes::formula as formula_codes;
use crate::definition::rule::Deduction;
use crate::definition::tree as spec;
use crate::definition::{Located, rule::Rule as Written};
use crate::diagnostic::Diagnostic;
use crate::formula::{self, Formula, Names, Node, ScopeOperands, Term, Window};
use crate::number::Exact;
use crate::period::{Lookback, Span};
use crate::score::criteria::{Criterion, States, Treatment};
use crate::score::kernel::{Direction, Lines};
use crate::text::{Text, nearest};

impl CriteriaResolver<'_> {
    /// A criterion may name an item: its value is then the count or amount itself.
    pub(super) fn add_items_used_directly(&self, catalogue: &mut Catalogue) {
        let criteria = self.content.dimension.iter().flat_map(|dimension| dimension.criterion.iter());
        let mut named: Vec<&Located<String>> = Vec::new();
        for criterion in criteria {
            named.extend(&criterion.indicator);
            named_by_parts(&criterion.score.value, &mut named);
            criterion.case.iter().for_each(|case| named_by_parts(&case.score.value, &mut named));
        }
        named.extend(self.counted_by_extras());
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
                    text: item.id.to_string(),
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
                lookback: Lookback::Period,
                level: Level::Institution,
                plausible: None,
                aliases: Vec::new(),
                examples: Vec::new(),
                definition: item.definition.clone(),
                basis: item.basis.clone(),
            };
            if !catalogue.indicators.iter().any(|known| known.id == indicator.id) {
                catalogue.indicators.push(indicator);
            }
        }
    }

    /// An indicator that a criterion takes over other months is an indicator of its own.
    pub(super) fn add_indicators_over_other_months(&self, catalogue: &mut Catalogue) {
        for criterion in self.content.dimension.iter().flat_map(|dimension| dimension.criterion.iter()) {
            let over = self.over(criterion);
            let mut named: Vec<&Located<String>> = criterion.indicator.iter().collect();
            named_by_parts(&criterion.score.value, &mut named);
            criterion.case.iter().for_each(|case| named_by_parts(&case.score.value, &mut named));
            for name in named.into_iter().filter(|_| over != Lookback::Period) {
                let id = format!("{}{}", name.value, over.id());
                let known = |id: &str| catalogue.indicators.iter().find(|indicator| indicator.id == id);
                if let (Some(plain), None) = (known(&name.value), known(&id)) {
                    let months = match over {
                        Lookback::Last12Months => Text::new("近12个月", "last 12 months"),
                        Lookback::YearToDate | Lookback::Period => Text::new("年初至今", "year to date"),
                    };
                    let name = Text::new(format!("{}（{}）", plain.name.zh, months.zh), format!("{} ({})", plain.name.en, months.en));
                    let own = Indicator { id: id.into(), name, lookback: over, aliases: Vec::new(), plausible: None, ..plain.clone() };
                    catalogue.indicators.push(own);
                }
            }
        }
    }

    /// The months a criterion looks at; the period itself where they are the same.
    fn over(&self, written: &spec::Criterion) -> Lookback {
        let over = written.window.unwrap_or_default();
        if self.window.is_some_and(|period| over.of(period) != period) { over } else { Lookback::Period }
    }

    pub(super) fn criteria(&self, catalogue: &Catalogue, weighted: Option<&Weighted>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Criterion> {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut criteria = Vec::new();
        for (dimension, written) in self.content.dimension.iter().enumerate() {
            for (at, criterion) in written.criterion.iter().enumerate() {
                let points = weighted.map(|weighted| &weighted.criteria[dimension][at]);
                let points = self.points(criterion, points, diagnostics);
                let Some(resolved) = self.criterion((dimension, points), criterion, catalogue, diagnostics) else { continue };
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
        (dimension, points): (usize, Exact),
        written: &Located<spec::Criterion>,
        catalogue: &Catalogue,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Criterion> {
        let over = self.over(written);
        let find = |name: &Located<String>, diagnostics: &mut Vec<Diagnostic>| {
            let plain = self.indicator(name, catalogue, diagnostics)?;
            let id = format!("{}{}", catalogue.indicators[plain].id, over.id());
            catalogue.indicators.iter().position(|indicator| indicator.id == id)
        };
        let span = self.window.map(|period| over.of(period));
        let indicator = written.indicator.as_ref().map(|name| find(name, diagnostics));
        let applies_to = written.applies_to.as_ref().and_then(|scope| self.condition(scope, diagnostics));
        let indicator = match indicator {
            Some(None) => return None,
            Some(found) => found,
            None => None,
        };
        let rules = RuleResolver { file: self.file, catalogue, scales: &self.content.scale, indicator: &find };
        let subject = Subject { indicator, points: &points };
        let mut rule = rules.rule(&written.score, subject, diagnostics)?;
        if written.pro_rata == Some(true) {
            self.take_pro_rata(&mut rule, span, &written.score.span, diagnostics);
        }
        let mut cases = Vec::new();
        for case in &written.case {
            let mut rule = rules.rule(&case.score, subject, diagnostics);
            if let (Some(rule), Some(true)) = (&mut rule, written.pro_rata) {
                self.take_pro_rata(rule, span, &case.score.span, diagnostics);
            }
            let scope = case.scope.as_ref().map(|scope| self.condition(scope, diagnostics));
            // A condition that is wrong has its diagnostic; nothing is scored then.
            if let (true, Some(rule)) = (self.case_holds(case, diagnostics), rule) {
                cases.push((scope.flatten(), rule));
            }
        }
        let classes = self.classes_of(written, diagnostics);
        let described = indicator.and_then(|index| catalogue.indicators.get(index));
        let id = written.id.as_ref().map(|id| id.value.clone()).or_else(|| described.map(|indicator| indicator.id.to_string()));
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
            cases,
            is_due: self.is_due(written),
            classes,
            applies_to,
            states: states(written.states.as_ref(), states(self.content.policy.states.as_ref(), DEFAULT_STATES)),
            printed: written.printed.as_ref().map(printed).unwrap_or_default(),
            target_text: written.target_text.clone(),
            basis: written.basis.to_vec(),
            lines: written.lines.as_ref().and_then(|lines| self.lines((lines, written, span), described, diagnostics)),
        })
    }

    fn lines(
        &self,
        (written, criterion, months): (&spec::Lines, &Located<spec::Criterion>, Option<Span>),
        indicator: Option<&Indicator>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Lines> {
        let span = &criterion.span;
        // With a target in proportion to the months the lines are so, too.
        let share = if criterion.pro_rata == Some(true) { share_of_year(months) } else { Exact::one() };
        let number = |number: &Option<crate::definition::located::Number>| number.as_ref().map(|number| &number.value * &share);
        let (warn, alarm) = (number(&written.warn), number(&written.alarm));
        let found = match indicator {
            None => Some(Text::new("该标准没有指标", "the criterion has no indicator")),
            Some(_) if warn.is_none() && alarm.is_none() => Some(Text::new("两者都没有写", "neither is there")),
            Some(_) => None,
        };
        if let Some(found) = found {
            diagnostics.push(self.say(&codes::LINES_EMPTY, span).with("found", found));
            return None;
        }
        let at = |field: &str| match field {
            "alarm" => written.alarm.as_ref().map_or(span.clone(), |number| number.span.clone()),
            _ => span.clone(),
        };
        let lines = Direction::needed(indicator?.better, "lines").map(|direction| Lines { warn, alarm, direction });
        let (lines, problems) = match lines {
            Ok(lines) => (Some(lines.clone()), lines.check()),
            Err(problem) => (None, vec![problem]),
        };
        let has_none = problems.is_empty();
        for problem in problems {
            let place = at(problem.field);
            diagnostics.push(problem.at(crate::diagnostic::Origin::new(self.file, place)));
        }
        lines.filter(|_| has_none)
    }

    /// Full points: as written, or as a weight comes to.
    fn points(&self, written: &Located<spec::Criterion>, weighted: Option<&Exact>, diagnostics: &mut Vec<Diagnostic>) -> Exact {
        let is_monitored = is_monitored(written);
        let Some(points) = &written.points else {
            if let (false, Some(points)) = (is_monitored, weighted.filter(|_| written.weight.is_some())) {
                return points.clone();
            }
            if !is_monitored {
                let id = written.id.as_ref().map_or("", |id| id.value.as_str());
                diagnostics.push(self.say(&codes::NO_POINTS, &written.span).with("id", id));
            }
            return Exact::zero();
        };
        if is_monitored {
            diagnostics.push(self.say(&codes::MONITOR_POINTS, &points.span));
        } else if points.value.is_negative() || points.value.is_zero() {
            diagnostics.push(self.say(&codes::POINTS_NOT_POSITIVE, &points.span).with("points", points.value.to_string()));
        } else {
            return points.value.clone();
        }
        Exact::zero()
    }

    pub(super) fn condition(&self, scope: &Located<String>, diagnostics: &mut Vec<Diagnostic>) -> Option<formula::Condition> {
        let (condition, mut found) = formula::read_scope(&scope.value, &scope.origin(self.file), &self.names, ScopeOperands::Attributes);
        diagnostics.append(&mut found);
        condition
    }

    /// The indicator of a name, which must not be asked below its level [O9] nor sum what cannot be
    /// summed [O8].
    pub(super) fn indicator(&self, name: &Located<String>, catalogue: &Catalogue, diagnostics: &mut Vec<Diagnostic>) -> Option<usize> {
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
}

/// O8: what may not be summed is usable where every row is its own unit, from the unit's own row, or
/// averaged.
pub(super) fn is_summable(indicator: &Indicator, unit: &str) -> bool {
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
        Written::Deduct(list) => named.extend(list.iter().filter_map(|entry| match &entry.value {
            Deduction::Steps(rule) => Some(&rule.of),
            Deduction::When(rule) => Some(&rule.of),
            Deduction::Each(rule) => rule.of.as_ref(),
            Deduction::Absent(_) | Deduction::AnyAbsent(_) | Deduction::Discretion(_) => None,
        })),
        _ => {}
    }
}

/// S3: defaults of the policy.
pub(super) const DEFAULT_STATES: States = States {
    missing: Treatment::Zero,
    incomplete: Treatment::Zero,
    rejected: Treatment::Zero,
    not_applicable: Treatment::Rescale,
    zero_denominator: Treatment::Rescale,
    too_small: Treatment::Rescale,
};

/// Where a state's own key is absent it follows the state it is treated by [S3].
pub(super) fn states(written: Option<&spec::States>, fallback: States) -> States {
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

/// The columns of the published sheet, in its order.
fn printed(printed: &spec::Printed) -> Vec<(String, Text)> {
    let columns = [
        ("requirement", &printed.requirement),
        ("method", &printed.method),
        ("scoring", &printed.scoring),
        ("data_source", &printed.data_source),
        ("note", &printed.note),
    ];
    let mut all: Vec<(String, Text)> = columns.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text.clone()?))).collect();
    if !printed.responsible.is_empty() {
        all.push(("responsible".to_owned(), crate::text::list(&printed.responsible)));
    }
    all
}
