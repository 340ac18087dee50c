//! Scoring rules as written → kernels with checked parameters.

use std::ops::Range;
use std::sync::Arc;

use crate::catalogue::{Better, Catalogue};
use crate::codes::criteria as codes;
use crate::definition::criteria::Scale;
use crate::definition::located::Number;
use crate::definition::rule as spec;
use crate::definition::{Located, rule::Rule as Written};
use crate::diagnostic::{Diagnostic, Origin, SourceFile};
use crate::number::Exact;
use crate::score::criteria::{MixPart, Rule};
use crate::score::kernel::{
    Award, Band, Bands, Direction, Evidence, Grade, Improve, Linear, Loss, Peer, Per, Percentile, Places, Points, Problem, Ratio, Rise,
    Steps, Tier, Tiers, When,
};
use crate::score::part::PartRule;

/// Finds the indicator a name means, or says why it cannot be used.
type FindIndicator<'a> = dyn Fn(&Located<String>, &mut Vec<Diagnostic>) -> Option<usize> + 'a;

/// What rules are resolved against.
pub struct RuleResolver<'a> {
    /// The criteria file.
    pub file: &'a Arc<SourceFile>,
    /// Items and indicators.
    pub catalogue: &'a Catalogue,
    /// Scales of grades.
    pub scales: &'a [Located<Scale>],
    /// Finds the indicator a name means.
    pub indicator: &'a FindIndicator<'a>,
}

/// What a rule scores.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// Index of the indicator; `None` for judged criteria.
    pub indicator: Option<usize>,
    /// Full points.
    pub points: &'a Exact,
}

/// A criterion on an item used directly counts into the indicators behind the catalogue's own.
impl RuleResolver<'_> {
    /// The kernel of a rule; `None` if something is wrong or the rule cannot be computed yet.
    pub fn rule(&self, written: &Located<Written>, subject: Subject, diagnostics: &mut Vec<Diagnostic>) -> Option<Rule> {
        let better = self.better(subject.indicator);
        let is_judged = matches!(
            written.value,
            Written::Graded(_) | Written::Met(_) | Written::Evidence(_) | Written::Points(_) | Written::ByDate(_) | Written::Panel(_)
        );
        let names_its_own = matches!(written.value, Written::Monitor(_) | Written::Deduct(_) | Written::Part(_));
        if is_judged == subject.indicator.is_some() && !names_its_own {
            let code = if is_judged { &codes::JUDGED_WITH_INDICATOR } else { &codes::NO_INDICATOR };
            diagnostics.push(Diagnostic::new(code, written.origin(self.file)).with("rule", rule_name(&written.value)));
            return None;
        }
        match &written.value {
            Written::Ratio(rule) => self.ratio(rule, &written.span, better, diagnostics),
            Written::Linear(rule) => {
                let kernel =
                    Linear { zero: rule.zero.value.clone(), full: rule.full.value.clone(), base: value_or_zero(rule.base.as_ref()) };
                let fields = [("zero", Some(&rule.zero)), ("full", Some(&rule.full)), ("base", rule.base.as_ref())];
                self.say(kernel.check(better), &fields, &written.span, diagnostics);
                Some(Rule::Linear(kernel))
            }
            Written::Bands(bands) => self.bands(bands, &written.span, subject.points, diagnostics),
            Written::Steps(rule) => self.steps(("steps", rule), &written.span, subject.indicator, diagnostics).map(Rule::Steps),
            Written::Range(rule) => {
                let loss = loss(&rule.every, &rule.lose, rule.count, rule.lose_most.as_ref(), Per::Points);
                let kernel = crate::score::kernel::Range { low: rule.low.value.clone(), high: rule.high.value.clone(), loss };
                let fields = [
                    ("low", Some(&rule.low)),
                    ("high", Some(&rule.high)),
                    ("every", Some(&rule.every)),
                    ("lose", Some(&rule.lose)),
                    ("lose_most", rule.lose_most.as_ref()),
                ];
                self.say(kernel.check(), &fields, &written.span, diagnostics);
                Some(Rule::Range(kernel))
            }
            Written::Tiers(tiers) => {
                let tier = |tier: &spec::Tier| Tier { from: tier.from.value.clone(), each: tier.each.value.clone() };
                let kernel = Tiers { tiers: tiers.iter().map(tier).collect() };
                self.say(kernel.check(better), &[], &written.span, diagnostics);
                Some(Rule::Tiers(kernel))
            }
            Written::Improve(rule) => self.improve(rule, &written.span, better, subject, diagnostics),
            Written::BestOf(rules) => {
                let rules: Vec<Option<Rule>> = rules.iter().map(|rule| self.inner(rule, subject, diagnostics)).collect();
                rules.into_iter().collect::<Option<Vec<_>>>().map(Rule::BestOf)
            }
            Written::Mix(parts) => self.mix(parts, &written.span, subject, diagnostics),
            Written::Deduct(list) => self.deduct(list, diagnostics),
            Written::Peer(rule) => {
                let loss = loss(
                    &rule.every,
                    &rule.lose,
                    rule.count,
                    rule.lose_most.as_ref(),
                    self.per(rule.per, &rule.every, subject.indicator, diagnostics),
                );
                let kernel = Peer { against: rule.against, direction: self.direction(better, "peer", &written.span, diagnostics)?, loss };
                let fields = [("every", Some(&rule.every)), ("lose", Some(&rule.lose)), ("lose_most", rule.lose_most.as_ref())];
                self.say(kernel.check(), &fields, &written.span, diagnostics);
                Some(Rule::Peer(kernel))
            }
            Written::Percentile(rule) => {
                let direction = self.direction(better, "percentile", &written.span, diagnostics)?;
                Some(Rule::Percentile(Percentile { ties: rule.ties.unwrap_or_default(), direction }))
            }
            Written::Rank(shares) => self.rank(shares, &written.span, better, diagnostics),
            Written::Graded(rule) => self.graded(rule, diagnostics),
            Written::Met(_) => Some(Rule::Met),
            Written::Evidence(rule) => {
                let required = rule.required.value.to_i64().and_then(|count| u32::try_from(count).ok()).unwrap_or(0);
                let kernel = Evidence { required };
                self.say(kernel.check(), &[], &rule.required.span, diagnostics);
                Some(Rule::Evidence(kernel))
            }
            Written::Points(rule) => {
                let kernel = Points { step: value(rule.step.as_ref()) };
                self.say(kernel.check(), &[("step", rule.step.as_ref())], &written.span, diagnostics);
                Some(Rule::Points(kernel))
            }
            Written::ByDate(rule) => self.by_date(rule, &written.span, diagnostics),
            Written::Panel(rule) => Some(self.panel(rule, &written.span, diagnostics)),
            Written::Part(rule) => {
                let of = rule.of.iter().map(|id| id.value.clone()).collect();
                Some(Rule::Part(PartRule { of, weight: rule.weight.as_ref().map(|name| name.value.clone()) }))
            }
            Written::Monitor(_) => Some(Rule::Monitor),
        }
    }

    /// A rule inside another one, which scores one measure.
    fn inner(&self, written: &Located<Written>, subject: Subject, diagnostics: &mut Vec<Diagnostic>) -> Option<Rule> {
        if matches!(written.value, Written::Deduct(_) | Written::Monitor(_)) {
            diagnostics.push(Diagnostic::new(&codes::RULE_INSIDE, written.origin(self.file)).with("rule", rule_name(&written.value)));
            return None;
        }
        self.rule(written, subject, diagnostics)
    }

    /// Points at the parameter a problem is about, else at the rule.
    pub(super) fn say(
        &self,
        problems: Vec<Problem>,
        fields: &[(&str, Option<&Number>)],
        rule: &Range<usize>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        for problem in problems {
            let field =
                fields.iter().find(|(name, _)| *name == problem.field).and_then(|(_, number)| number.map(|number| number.span.clone()));
            let origin = Origin::new(self.file, field.unwrap_or_else(|| rule.clone()));
            diagnostics.push(problem.at(origin));
        }
    }

    pub(super) fn direction(
        &self,
        better: Better,
        rule: &'static str,
        span: &Range<usize>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Direction> {
        Direction::needed(better, rule).map_err(|problem| self.say(vec![problem], &[], span, diagnostics)).ok()
    }

    fn ratio(&self, rule: &spec::Ratio, span: &Range<usize>, better: Better, diagnostics: &mut Vec<Diagnostic>) -> Option<Rule> {
        if let Some(task) = &rule.task {
            return self.task(task, rule.target.as_ref(), span, better, diagnostics);
        }
        let Some(target) = &rule.target else {
            diagnostics.push(Diagnostic::new(&codes::NO_TARGET, Origin::new(self.file, span.clone())));
            return None;
        };
        let kernel = Ratio { target: target.value.clone(), direction: self.direction(better, "ratio", span, diagnostics)? };
        self.say(kernel.check(), &[("target", Some(target))], span, diagnostics);
        Some(Rule::Ratio(kernel))
    }

    /// The steps of a rule called `name`.
    pub(super) fn steps(
        &self,
        (name, rule): (&'static str, &spec::Steps),
        span: &Range<usize>,
        indicator: Option<usize>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Steps> {
        let better = self.better(indicator);
        let per = self.per(rule.per, &rule.every, indicator, diagnostics);
        let loss = loss(&rule.every, &rule.lose, rule.count, rule.lose_most.as_ref(), per);
        let kernel = Steps { target: rule.target.value.clone(), direction: self.direction(better, name, span, diagnostics)?, loss };
        let fields = [
            ("target", Some(&rule.target)),
            ("every", Some(&rule.every)),
            ("lose", Some(&rule.lose)),
            ("lose_most", rule.lose_most.as_ref()),
        ];
        self.say(kernel.check(), &fields, span, diagnostics);
        Some(kernel)
    }

    /// The direction of an indicator; a judged criterion's points rise.
    fn better(&self, indicator: Option<usize>) -> Better {
        indicator.and_then(|index| self.catalogue.indicators.get(index)).map_or(Better::Higher, |indicator| indicator.better)
    }

    /// The one bound that is stated, or otherwise what stands for none.
    pub(super) fn bound(
        &self,
        [at_least, above, at_most, below]: [&Option<Number>; 4],
        otherwise: Option<When>,
        span: &Range<usize>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<When> {
        let stated = [
            value(at_least.as_ref()).map(When::AtLeast),
            value(above.as_ref()).map(When::Above),
            value(at_most.as_ref()).map(When::AtMost),
            value(below.as_ref()).map(When::Below),
            otherwise,
        ];
        let mut bounds: Vec<When> = stated.into_iter().flatten().collect();
        if bounds.len() == 1 {
            return bounds.pop();
        }
        let diagnostic = Diagnostic::new(&codes::BAND_BOUND, Origin::new(self.file, span.clone()));
        diagnostics.push(diagnostic.with("count", bounds.len().to_string()));
        None
    }

    /// Of a percentage a step may be percentage points or percent: the scheme must say which.
    pub(super) fn per(&self, per: Option<Per>, every: &Number, indicator: Option<usize>, diagnostics: &mut Vec<Diagnostic>) -> Per {
        let unit = indicator.and_then(|index| self.catalogue.indicators.get(index)).map(|indicator| indicator.unit.as_str());
        if per.is_none() && unit == Some("%") {
            diagnostics.push(Diagnostic::new(&codes::STEPS_PER, every.origin(self.file)));
        }
        per.unwrap_or(Per::Points)
    }

    fn rank(&self, shares: &[Number], span: &Range<usize>, better: Better, diagnostics: &mut Vec<Diagnostic>) -> Option<Rule> {
        let direction = self.direction(better, "rank", span, diagnostics)?;
        let kernel = Places { shares: shares.iter().map(|share| share.value.clone()).collect(), direction };
        for problem in kernel.check() {
            let entry = problem.entry.and_then(|entry| shares.get(entry)).map_or_else(|| span.clone(), |share| share.span.clone());
            self.say(vec![problem], &[], &entry, diagnostics);
        }
        Some(Rule::Rank(kernel))
    }

    fn improve(
        &self,
        rule: &spec::Improve,
        span: &Range<usize>,
        better: Better,
        subject: Subject,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Rule> {
        // A formula with a window of its own has no value in the baseline to compare with.
        let names_window = |indicator: &crate::catalogue::Indicator| {
            indicator.formulas().flat_map(crate::formula::Formula::windows).any(|window| window != crate::formula::Window::Assessed)
        };
        let indicator = subject.indicator.and_then(|index| self.catalogue.indicators.get(index));
        if let Some(indicator) = indicator.filter(|indicator| names_window(indicator)) {
            let diagnostic = Diagnostic::new(&codes::IMPROVE_WINDOW, Origin::new(self.file, span.clone()));
            diagnostics.push(diagnostic.with("id", indicator.id.clone()));
            return None;
        }
        let any_rise = rule.any_rise.as_ref().is_some_and(|any| any.value);
        let rise = Rise::stated(rule.rise.as_ref().map(|rise| rise.value.clone()), any_rise)
            .map_err(|problem| self.say(vec![problem], &[], span, diagnostics));
        let or_else = rule.or_else.as_ref().map(|written| self.inner(written, subject, diagnostics));
        let kernel = Improve {
            by: rule.by,
            rise: rise.ok()?,
            flat: value_or_zero(rule.flat.as_ref()),
            plateau: value(rule.plateau.as_ref()),
            min_base_numerator: value(rule.min_base_numerator.as_ref()),
            least_change: value(rule.least_change.as_ref()),
            direction: self.direction(better, "improve", span, diagnostics)?,
        };
        let fields = [
            ("rise", rule.rise.as_ref()),
            ("flat", rule.flat.as_ref()),
            ("min_base_numerator", rule.min_base_numerator.as_ref()),
            ("least_change", rule.least_change.as_ref()),
        ];
        self.say(kernel.check(), &fields, span, diagnostics);
        let or_else = or_else.map_or(Some(None), |rule| rule.map(Some))?;
        Some(Rule::Improve { rule: kernel, or_else: or_else.map(Box::new) })
    }

    fn bands(&self, bands: &[Located<spec::Band>], span: &Range<usize>, full: &Exact, diagnostics: &mut Vec<Diagnostic>) -> Option<Rule> {
        let before = diagnostics.len();
        let resolved: Vec<Band> = bands.iter().filter_map(|band| self.band(band, diagnostics)).collect();
        if diagnostics.len() > before {
            return None;
        }
        let kernel = Bands { bands: resolved };
        for problem in kernel.check(full) {
            let entry = problem.entry.and_then(|entry| bands.get(entry)).map_or_else(|| span.clone(), |band| band.span.clone());
            self.say(vec![problem], &[], &entry, diagnostics);
        }
        Some(Rule::Bands(kernel))
    }

    /// A band has exactly one bound, and points or a grade.
    fn band(&self, band: &Located<spec::Band>, diagnostics: &mut Vec<Diagnostic>) -> Option<Band> {
        let otherwise = band.otherwise.as_ref().map(|_| When::Otherwise);
        let when = self.bound([&band.at_least, &band.above, &band.at_most, &band.below], otherwise, &band.span, diagnostics)?;
        let award = match (&band.points, &band.grade) {
            (Some(points), None) => Award::Points(points.value.clone()),
            (None, Some(grade)) => Award::Grade(self.grade_of_a_scale(grade, diagnostics)?),
            _ => {
                diagnostics.push(Diagnostic::new(&codes::BAND_AWARD, band.origin(self.file)));
                return None;
            }
        };
        Some(Band { when, award })
    }

    /// The grade with this id on the one scale that has it.
    fn grade_of_a_scale(&self, written: &Located<String>, diagnostics: &mut Vec<Diagnostic>) -> Option<Grade> {
        let grades: Vec<_> = self.scales.iter().flat_map(|scale| &scale.grades).collect();
        let found = grades.iter().find(|grade| grade.id.value == written.value);
        if found.is_none() {
            let known = grades.iter().map(|grade| grade.id.value.as_str());
            diagnostics.push(
                Diagnostic::new(&codes::UNKNOWN_GRADE, written.origin(self.file))
                    .with("grade", written.value.clone())
                    .suggest(crate::text::nearest(&written.value, known)),
            );
        }
        found.map(|grade| Grade { id: grade.id.value.clone(), share: grade.share.value.clone() })
    }

    fn mix(&self, parts: &[spec::MixPart], span: &Range<usize>, subject: Subject, diagnostics: &mut Vec<Diagnostic>) -> Option<Rule> {
        let sum = parts.iter().map(|part| &part.points.value).sum::<Exact>();
        if sum != *subject.points {
            let diagnostic = Diagnostic::new(&codes::MIX_SUM, Origin::new(self.file, span.clone()));
            diagnostics.push(diagnostic.with("sum", sum.to_string()).with("points", subject.points.to_string()));
        }
        let resolve = |part: &spec::MixPart, diagnostics: &mut Vec<Diagnostic>| {
            let indicator = match &part.indicator {
                Some(written) => Some((self.indicator)(written, diagnostics)?),
                None => None,
            };
            let own = Subject { indicator: indicator.or(subject.indicator), points: &part.points.value };
            let rule = self.inner(&part.score, own, diagnostics)?;
            Some(MixPart { points: part.points.value.clone(), indicator, rule })
        };
        let parts: Vec<Option<MixPart>> = parts.iter().map(|part| resolve(part, diagnostics)).collect();
        parts.into_iter().collect::<Option<Vec<_>>>().map(Rule::Mix)
    }
}

/// The number, where one is written.
pub(super) fn value(number: Option<&Number>) -> Option<Exact> {
    number.map(|number| number.value.clone())
}

pub(super) fn value_or_zero(number: Option<&Number>) -> Exact {
    value(number).unwrap_or_else(Exact::zero)
}

pub(super) fn loss(every: &Number, lose: &Number, count: crate::score::kernel::Count, lose_most: Option<&Number>, per: Per) -> Loss {
    Loss { every: every.value.clone(), lose: lose.value.clone(), count, lose_most: value(lose_most), per }
}

fn rule_name(rule: &Written) -> &'static str {
    match rule {
        Written::Ratio(_) => "ratio",
        Written::Linear(_) => "linear",
        Written::Bands(_) => "bands",
        Written::Steps(_) => "steps",
        Written::Tiers(_) => "tiers",
        Written::Range(_) => "range",
        Written::Improve(_) => "improve",
        Written::BestOf(_) => "best_of",
        Written::Mix(_) => "mix",
        Written::Deduct(_) => "deduct",
        Written::Peer(_) => "peer",
        Written::Percentile(_) => "percentile",
        Written::Rank(_) => "rank",
        Written::Graded(_) => "graded",
        Written::Met(_) => "met",
        Written::Evidence(_) => "evidence",
        Written::Points(_) => "points",
        Written::ByDate(_) => "by_date",
        Written::Panel(_) => "panel",
        Written::Monitor(_) => "monitor",
        Written::Part(_) => "part",
    }
}
