//! Rules for what people judge, as written → kernels (SCHEMES 3).

use std::ops::Range;

use crate::assessment::rules::{RuleResolver, value};
use crate::codes::criteria as codes;
use crate::definition::judged as spec;
use crate::definition::judged::{LateCount, PanelCombine};
use crate::diagnostic::Diagnostic;
use crate::score::criteria::Rule;
use crate::score::kernel::{ByDate, Combine, Grade, Panel, read_date};

/// Experts from which the highest and the lowest are dropped, where a scheme does not say.
const TRIM_FROM: u32 = 5;

impl RuleResolver<'_> {
    pub(super) fn by_date(&self, rule: &spec::ByDate, span: &Range<usize>, diagnostics: &mut Vec<Diagnostic>) -> Option<Rule> {
        let Some(due) = read_date(&rule.due.value) else {
            let diagnostic = Diagnostic::new(&codes::NOT_A_DATE, rule.due.origin(self.file));
            diagnostics.push(diagnostic.with("value", rule.due.value.clone()));
            return None;
        };
        let LateCount::Begun = rule.count;
        let lose_most = value(rule.lose_most.as_ref());
        let kernel = ByDate { due, every: rule.every, lose: rule.lose.value.clone(), lose_most };
        self.say(kernel.check(), &[("lose", Some(&rule.lose)), ("lose_most", rule.lose_most.as_ref())], span, diagnostics);
        Some(Rule::ByDate(kernel))
    }

    pub(super) fn panel(&self, rule: &spec::Panel, span: &Range<usize>, diagnostics: &mut Vec<Diagnostic>) -> Rule {
        let combine = match rule.combine {
            PanelCombine::Trimmed => Combine::Trimmed { from: rule.trim_from.as_ref().map_or(TRIM_FROM, |from| from.value) },
            PanelCombine::Mean => Combine::Mean,
        };
        let experts_at_least = rule.experts_at_least.as_ref().map_or(1, |experts| experts.value);
        let kernel = Panel { combine, experts_at_least, step: value(rule.step.as_ref()), out_of: value(rule.out_of.as_ref()) };
        self.say(kernel.check(), &[("step", rule.step.as_ref()), ("out_of", rule.out_of.as_ref())], span, diagnostics);
        Rule::Panel(kernel)
    }

    pub(super) fn graded(&self, rule: &spec::Graded, diagnostics: &mut Vec<Diagnostic>) -> Option<Rule> {
        let Some(scale) = self.scales.iter().find(|scale| scale.id.value == rule.scale.value) else {
            let known = self.scales.iter().map(|scale| scale.id.value.as_str());
            let near = crate::text::nearest(&rule.scale.value, known);
            diagnostics.push(
                Diagnostic::new(&codes::UNKNOWN_SCALE, rule.scale.origin(self.file)).with("scale", rule.scale.value.clone()).suggest(near),
            );
            return None;
        };
        let grades: Vec<Grade> =
            scale.grades.iter().map(|grade| Grade { id: grade.id.value.clone(), share: grade.share.value.clone() }).collect();
        for (grade, written) in grades.iter().zip(&scale.grades) {
            self.say(grade.check(), &[("share", Some(&written.share))], &written.share.span, diagnostics);
        }
        for (grade, _) in rule.text.iter().filter(|(grade, _)| !grades.iter().any(|known| known.id == grade.value)) {
            diagnostics.push(Diagnostic::new(&codes::UNKNOWN_GRADE, grade.origin(self.file)).with("grade", grade.value.clone()));
        }
        Some(Rule::Graded { scale: grades, text: rule.text.iter().map(|(grade, text)| (grade.value.clone(), text.clone())).collect() })
    }
}
