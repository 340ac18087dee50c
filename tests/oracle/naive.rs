//! The oracle on slots, sums and states: SEMANTICS F, C and S2 word by word, one organisation after
//! the other, without masks, batches or a compiled plan.

use kaohe::catalogue::{Form, Pooling};
use kaohe::number::Exact;
use kaohe::registry::Organisation;

use crate::arithmetic::{Fraction, Trouble, printed, quotient};
use crate::language::{Cond, Expr, Term, When};
use crate::place::{Place, Truth};
use crate::random::Question;
use crate::time::{Figure, Positions};

/// What the oracle says of a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) state: &'static str,
    pub(crate) value: Option<Exact>,
    pub(crate) numerator: Option<Exact>,
    pub(crate) denominator: Option<Exact>,
    pub(crate) met: usize,
    pub(crate) required: usize,
    pub(crate) touches_rejected: bool,
}

/// One organisation's slots for a question [F6, F7, C1].
struct Slots<'a> {
    organisation: &'a Organisation,
    required: Positions,
    met: Positions,
    blocked: Positions,
    removed: bool,
    touches_rejected: bool,
}

/// A sum or an `each`: its terms stand or fall together.
fn claims(question: &Question) -> Vec<Vec<&Term>> {
    fn collect<'a>(expr: &'a Expr, found: &mut Vec<Vec<&'a Term>>) {
        match expr {
            Expr::Item(term) => found.push(vec![term]),
            Expr::Each(inner) => found.push(inner.terms()),
            other => other.children().into_iter().for_each(|child| collect(child, found)),
        }
    }
    let mut found = Vec::new();
    question.formulas().into_iter().for_each(|formula| collect(formula, &mut found));
    found
}

fn counts(expr: &Expr) -> Vec<(Option<&Cond>, When)> {
    match expr {
        Expr::Count(scope, when) => vec![(scope.as_ref(), *when)],
        other => other.children().into_iter().flat_map(counts).collect(),
    }
}

impl Place<'_> {
    /// The measure of this unit.
    pub(crate) fn answer(&self, question: &Question) -> Answer {
        let slots: Vec<Slots> = self.case.world.organisations.iter().map(|organisation| self.slots(question, organisation)).collect();
        let all: Vec<&Slots> = slots.iter().collect();
        let met = slots.iter().map(|slots| slots.met.len()).sum();
        let required = slots.iter().map(|slots| slots.required.len()).sum();
        let touches_rejected = slots.iter().any(|slots| slots.touches_rejected);
        let (outcome, fault) = match question.pooling {
            Pooling::Pooled => {
                let outcome = self.fraction(question, &all);
                let fault = impossible(question.form, &outcome);
                (outcome, fault)
            }
            Pooling::Mean => self.mean(question, &all),
        };
        let state = if self.has_empty_scope(question) {
            "not-applicable"
        } else if fault {
            "rejected"
        } else {
            self.state(&outcome, met, required, touches_rejected)
        };
        let shown = !matches!(state, "not-applicable" | "missing");
        let (numerator, denominator) = outcome.ok().filter(|_| shown).map_or((None, None), |fraction| (Some(fraction.n), fraction.d));
        let factor = if question.pooling == Pooling::Mean { 1 } else { question.factor };
        let scored = !matches!(state, "not-applicable" | "missing" | "rejected" | "zero-denominator");
        let value = numerator.as_ref().filter(|_| scored).and_then(|n| quotient(n, factor, denominator.as_ref()));
        Answer { state, value, numerator, denominator, met, required, touches_rejected }
    }

    /// S2 after "not-applicable" and the impossible values.
    fn state(&self, outcome: &Result<Fraction, Trouble>, met: usize, required: usize, unmet_rejected: bool) -> &'static str {
        let world = &self.case.world;
        let size = |count: usize| Exact::from(i64::try_from(count).expect("few months"));
        let enough = size(met) >= &world.min_completeness * &size(required);
        let nobody_contributed = *outcome == Err(Trouble::Missing);
        if unmet_rejected && (!enough || nobody_contributed) {
            return "rejected";
        }
        if required > 0 && met == 0 || nobody_contributed {
            return "missing";
        }
        if !enough {
            return "incomplete";
        }
        match outcome {
            Err(_) => "zero-denominator",
            Ok(Fraction { d: Some(d), .. }) if d.is_zero() => "zero-denominator",
            Ok(Fraction { d: Some(d), .. }) if *d < world.min_denominator => "too-small",
            Ok(_) if met < required => "incomplete",
            Ok(_) => "reported",
        }
    }

    /// F8 and rule (b): a term that holds no organisation which is expected to report or reported.
    fn has_empty_scope(&self, question: &Question) -> bool {
        let has_ground = |terms: &[&Term], organisation: &Organisation| {
            self.claim_holds(terms, organisation) != Truth::False
                && terms.iter().all(|term| self.figure(organisation, term.item, term.when).has_ground())
        };
        let organisations = &self.case.world.organisations;
        claims(question).iter().any(|terms| !organisations.iter().any(|organisation| has_ground(terms, organisation)))
    }

    fn claim_holds(&self, terms: &[&Term], organisation: &Organisation) -> Truth {
        terms.iter().map(|term| self.term_holds(term, organisation)).min().unwrap_or(Truth::False)
    }

    fn slots<'a>(&self, question: &Question, organisation: &'a Organisation) -> Slots<'a> {
        let last = Positions::from([self.case.world.period.len() - 1]);
        let (mut required, mut undecided, mut touches_rejected) = (Positions::new(), false, false);
        let mut needed: Vec<Figure> = Vec::new();
        let mut open_scopes: Vec<(&Cond, When)> = Vec::new();
        for terms in claims(question) {
            let figures: Vec<Figure> = terms.iter().map(|term| self.figure(organisation, term.item, term.when)).collect();
            match self.claim_holds(&terms, organisation) {
                Truth::True => needed.extend(figures),
                Truth::Unknown if figures.iter().all(Figure::has_ground) => {
                    undecided = true;
                    required.extend(figures.iter().flat_map(|figure| figure.required.clone()));
                    let open = terms.iter().filter(|term| self.term_holds(term, organisation) == Truth::Unknown);
                    open_scopes.extend(open.filter_map(|term| Some((term.scope.as_ref()?, term.when))));
                }
                Truth::Unknown | Truth::False => {}
            }
        }
        for (scope, when) in question.formulas().into_iter().flat_map(counts) {
            let truth = self.count_holds(scope, when, organisation);
            required.extend(last.iter().filter(|_| truth != Truth::False));
            if truth == Truth::Unknown {
                undecided = true;
                open_scopes.extend(scope.map(|scope| (scope, when)));
            }
        }
        for (scope, when) in open_scopes {
            touches_rejected |= scope.items().into_iter().any(|item| self.figure(organisation, item, when).has_rejected());
        }
        touches_rejected |= needed.iter().any(Figure::has_rejected);
        required.extend(needed.iter().flat_map(|figure| figure.required.clone()));
        meet(
            Slots { organisation, required, met: Positions::new(), blocked: Positions::new(), removed: undecided, touches_rejected },
            &needed,
        )
    }

    /// N/D over these organisations.
    fn fraction(&self, question: &Question, over: &[&Slots]) -> Result<Fraction, Trouble> {
        let above = self.value(&question.numerator, over);
        let Some(below) = &question.denominator else {
            let (n, d) = above?;
            return Ok(Fraction { n, d: question.numerator.divides().then_some(d) });
        };
        let ((n1, d1), (n2, d2)) = crate::arithmetic::both(above, self.value(below, over))?;
        Ok(Fraction { n: n1 * d2, d: Some(d1 * n2) })
    }

    fn value(&self, expr: &Expr, over: &[&Slots]) -> Result<(Exact, Exact), Trouble> {
        crate::arithmetic::evaluate(expr, &|leaf| self.leaf(leaf, over))
    }

    fn leaf(&self, leaf: &Expr, over: &[&Slots]) -> Result<Exact, Trouble> {
        let days = || self.months(When::Measured).into_iter().map(kaohe::period::Month::days).sum::<i64>();
        match leaf {
            Expr::Days => Ok(Exact::from(days())),
            Expr::Months => Ok(Exact::from(i64::try_from(self.case.world.period.len()).expect("few months"))),
            Expr::Count(scope, when) => {
                let holds = |slots: &&&Slots| !slots.removed && self.count_holds(scope.as_ref(), *when, slots.organisation) == Truth::True;
                Ok(Exact::from(i64::try_from(over.iter().filter(holds).count()).expect("few organisations")))
            }
            Expr::Item(term) => sum(over.iter().map(|slots| self.own(&[term], leaf, slots)).collect()),
            Expr::Each(inner) => sum(over.iter().map(|slots| self.own(&inner.terms(), inner, slots)).collect()),
            _ => Err(Trouble::Missing),
        }
    }

    /// What one organisation contributes to a sum or an `each`.
    fn own(&self, terms: &[&Term], formula: &Expr, slots: &Slots) -> Result<Exact, Trouble> {
        if slots.removed || self.claim_holds(terms, slots.organisation) != Truth::True {
            return Err(Trouble::Missing);
        }
        let (n, d) = crate::arithmetic::evaluate(formula, &|leaf| match leaf {
            Expr::Item(term) => self.figure(slots.organisation, term.item, term.when).value(&slots.blocked).ok_or(Trouble::Missing),
            other => self.leaf(other, &[]),
        })?;
        n.checked_div(&d).ok_or(Trouble::Zero { something: !n.is_zero() })
    }

    /// F9: the plain average of own values, and whether one of them is impossible (rule d).
    fn mean(&self, question: &Question, over: &[&Slots]) -> (Result<Fraction, Trouble>, bool) {
        // An organisation the formula does not speak of, or that is removed, has no value of its own.
        let speaks_of = |organisation: &Organisation| {
            let counted = || question.formulas().into_iter().flat_map(counts);
            claims(question).iter().any(|terms| self.claim_holds(terms, organisation) == Truth::True)
                || counted().any(|(scope, when)| self.count_holds(scope, when, organisation) == Truth::True)
        };
        let takes_part = |slots: &&&Slots| !slots.removed && speaks_of(slots.organisation);
        let own: Vec<_> = over.iter().filter(takes_part).map(|slots| self.fraction(question, &[slots])).collect();
        if own.iter().any(|own| impossible(question.form, own)) {
            return (Err(Trouble::Missing), true);
        }
        let values: Vec<Exact> =
            own.iter().flatten().filter_map(|own| quotient(&own.n, question.factor, own.d.as_ref())).map(|value| printed(&value)).collect();
        if values.is_empty() {
            // Rule (a): a term to which nobody contributed is missing; else all own values are 0/0.
            let contributed = |expr: &Expr| !matches!(self.leaf(expr, over), Err(Trouble::Missing));
            let all = question.formulas().into_iter().flat_map(summed).all(contributed);
            return (Err(if all { Trouble::Zero { something: false } } else { Trouble::Missing }), false);
        }
        let d = Exact::from(i64::try_from(values.len()).expect("few organisations"));
        (Ok(Fraction { n: values.iter().sum(), d: Some(d) }), false)
    }
}

/// Sums and `each` expressions.
fn summed(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Item(_) | Expr::Each(_) => vec![expr],
        other => other.children().into_iter().flat_map(summed).collect(),
    }
}

/// The sum of what organisations contribute; missing if nobody does.
fn sum(own: Vec<Result<Exact, Trouble>>) -> Result<Exact, Trouble> {
    let trouble = own.iter().filter_map(|own| own.as_ref().err()).filter(|trouble| **trouble != Trouble::Missing).min();
    if let Some(trouble) = trouble {
        return Err(*trouble);
    }
    own.into_iter().flatten().reduce(|sum, own| sum + own).ok_or(Trouble::Missing)
}

/// F6, F7, T6 and rule (c): which slots are met, and what contributes to no term.
fn meet<'a>(mut slots: Slots<'a>, needed: &[Figure]) -> Slots<'a> {
    let flows: Vec<&Figure> = needed.iter().filter(|figure| figure.time != kaohe::catalogue::Time::Stock).collect();
    slots.blocked = flows.iter().flat_map(|figure| figure.unmet()).collect();
    loop {
        let pieces = flows.iter().flat_map(|figure| &figure.pieces);
        let touched: Positions =
            pieces.filter(|piece| !piece.positions.is_disjoint(&slots.blocked)).flat_map(|piece| piece.positions.clone()).collect();
        if touched.is_subset(&slots.blocked) {
            break;
        }
        slots.blocked.extend(touched);
    }
    let stocks: Vec<&Figure> = needed.iter().filter(|figure| figure.time == kaohe::catalogue::Time::Stock).collect();
    slots.removed |= stocks.iter().any(|stock| !stock.unmet().is_empty() && !stock.is_stale());
    let usable: Positions = slots.required.difference(&slots.blocked).copied().collect();
    slots.removed |= usable.is_empty() && !slots.required.is_empty();
    if !slots.removed {
        let stale: Positions = stocks.iter().filter(|stock| stock.is_stale()).flat_map(|stock| stock.unmet()).collect();
        slots.met = usable.difference(&stale).copied().collect();
    }
    slots
}

/// F10: N > D or N < 0 in a proportion, N < 0 or D < 0 in a rate; N ≠ 0 over 0 in a proportion, rate or mean.
fn impossible(form: Form, outcome: &Result<Fraction, Trouble>) -> bool {
    let needs_base = matches!(form, Form::Proportion | Form::Rate | Form::Mean);
    match outcome {
        Err(Trouble::Zero { something }) => needs_base && *something,
        Ok(Fraction { n, d: Some(d) }) => {
            needs_base && d.is_zero() && !n.is_zero()
                || form == Form::Proportion && (n.is_negative() || n > d)
                || form == Form::Rate && (n.is_negative() || d.is_negative())
        }
        _ => false,
    }
}
