//! `score.deduct` as written → the list as meant (SCHEMES 3).

use std::ops::Range;

use crate::assessment::rules::{RuleResolver, value, value_or_zero};
use crate::codes::criteria as codes;
use crate::definition::Located;
use crate::definition::rule as spec;
use crate::diagnostic::Diagnostic;
use crate::score::criteria::Rule;
use crate::score::deduction::{Deduction, DeductionKind};
use crate::score::kernel::{Absent, Discretion, Each, Trip};
use crate::text::{Text, list};

impl RuleResolver<'_> {
    /// The list; `None` if something in it cannot be meant.
    pub(super) fn deduct(&self, written: &[Located<spec::Deduction>], diagnostics: &mut Vec<Diagnostic>) -> Option<Rule> {
        let entries: Vec<Option<Deduction>> = written.iter().map(|entry| self.deduction(entry, diagnostics)).collect();
        let entries = entries.into_iter().collect::<Option<Vec<_>>>()?;
        let mut seen: Vec<&str> = Vec::new();
        for (entry, written) in entries.iter().zip(written) {
            for part in entry.kind.judged() {
                if seen.contains(&part.as_str()) {
                    diagnostics.push(Diagnostic::new(&codes::DEDUCT_TWICE, written.origin(self.file)).with("name", part.clone()));
                }
                seen.push(part);
            }
        }
        Some(Rule::Deduct(entries))
    }

    fn deduction(&self, written: &Located<spec::Deduction>, diagnostics: &mut Vec<Diagnostic>) -> Option<Deduction> {
        match &written.value {
            spec::Deduction::Steps(rule) => self.deduct_steps(rule, &written.span, diagnostics),
            spec::Deduction::Each(rule) => self.deduct_each(rule, &written.span, diagnostics),
            spec::Deduction::Absent(rule) => Some(self.deduct_absent(rule, false, &written.span, diagnostics)),
            spec::Deduction::AnyAbsent(rule) => Some(self.deduct_absent(rule, true, &written.span, diagnostics)),
            spec::Deduction::When(rule) => self.deduct_when(rule, &written.span, diagnostics),
            spec::Deduction::Discretion(rule) => {
                let kernel = Discretion { lose_most: rule.lose_most.value.clone() };
                self.say(kernel.check(), &[("lose_most", Some(&rule.lose_most))], &written.span, diagnostics);
                let part = rule.id.value.clone();
                Some(Deduction { name: Text::same(&part), kind: DeductionKind::Discretion { part, rule: kernel } })
            }
        }
    }

    fn deduct_steps(&self, rule: &spec::DeductSteps, span: &Range<usize>, diagnostics: &mut Vec<Diagnostic>) -> Option<Deduction> {
        let indicator = (self.indicator)(&rule.of, diagnostics)?;
        let kernel = self.steps(("deduct", &rule.steps()), span, Some(indicator), diagnostics)?;
        Some(Deduction { name: self.name(indicator), kind: DeductionKind::Steps { indicator, rule: kernel } })
    }

    /// What a measured entry is called.
    pub(super) fn name(&self, indicator: usize) -> Text {
        self.catalogue.indicators[indicator].name.clone()
    }

    pub(super) fn deduct_each(&self, rule: &spec::DeductEach, span: &Range<usize>, diagnostics: &mut Vec<Diagnostic>) -> Option<Deduction> {
        let over = value_or_zero(rule.over.as_ref());
        let kernel = Each { over, lose: rule.lose.value.clone(), lose_most: value(rule.lose_most.as_ref()) };
        let fields = [("over", rule.over.as_ref()), ("lose", Some(&rule.lose)), ("lose_most", rule.lose_most.as_ref())];
        self.say(kernel.check(), &fields, span, diagnostics);
        let (name, of) = self.counted((rule.of.as_ref(), rule.judged.as_ref()), span, diagnostics)?;
        Some(Deduction { name, kind: DeductionKind::Each { of, rule: kernel } })
    }

    fn deduct_absent(&self, rule: &spec::DeductAbsent, once: bool, span: &Range<usize>, diagnostics: &mut Vec<Diagnostic>) -> Deduction {
        let kernel = Absent { once, lose: rule.lose.value.clone(), lose_most: value(rule.lose_most.as_ref()) };
        self.say(kernel.check(), &[("lose", Some(&rule.lose)), ("lose_most", rule.lose_most.as_ref())], span, diagnostics);
        let of: Vec<String> = rule.of.iter().map(|name| name.value.clone()).collect();
        let names: Vec<Text> = of.iter().map(Text::same).collect();
        Deduction { name: list(&names), kind: DeductionKind::Absent { of, rule: kernel } }
    }

    fn deduct_when(&self, rule: &spec::DeductWhen, span: &Range<usize>, diagnostics: &mut Vec<Diagnostic>) -> Option<Deduction> {
        let indicator = (self.indicator)(&rule.of, diagnostics)?;
        let when = self.bound([&rule.at_least, &rule.above, &rule.at_most, &rule.below], None, span, diagnostics)?;
        let kernel = Trip { when, lose: rule.lose.value.clone() };
        self.say(kernel.check(), &[("lose", Some(&rule.lose))], span, diagnostics);
        Some(Deduction { name: self.name(indicator), kind: DeductionKind::When { indicator, rule: kernel } })
    }
}
