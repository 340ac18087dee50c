//! `panel`: points given by several experts [P13].

use super::problem::not_positive;
use super::shown::points;
use super::{Points, Problem, Verdict, part_of};
use crate::codes::criteria;
use crate::number::Exact;
use crate::score::reason;
use crate::text::Said;

/// How the experts' points become one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Combine {
    /// The plain mean.
    Mean,
    /// The mean without one highest and one lowest where at least `from` experts remain, else the plain mean.
    Trimmed {
        /// Number of experts from which two are dropped; 3 or more.
        from: u32,
    },
}

/// Full points × combined points / `out_of`. *90, 80, 70, 60, 20 of 100, trimmed from 5: (80 + 70 + 60)/3
/// = 70, at 10 points 7.*
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    /// How the experts' points become one figure.
    pub combine: Combine,
    /// Fewer experts than this are no panel; 1 or more.
    pub experts_at_least: u32,
    /// Experts give multiples of this, where the scheme says so; above 0.
    pub step: Option<Exact>,
    /// What experts give at most; the criterion's points if absent; above 0.
    pub out_of: Option<Exact>,
}

impl Panel {
    /// Whether an expert may give these points.
    pub fn admits(&self, given: &Exact, full_points: &Exact) -> bool {
        Points { step: self.step.clone() }.admits(given, self.out_of.as_ref().unwrap_or(full_points))
    }

    /// Points from those that the experts gave, recusals left out; `None` for too few of them.
    pub fn score(&self, given: &[Exact], full_points: &Exact) -> Option<Verdict> {
        let experts = u32::try_from(given.len()).unwrap_or(u32::MAX);
        if experts < self.experts_at_least.max(1) {
            return None;
        }
        let mut sorted = given.to_vec();
        sorted.sort();
        let trimmed = match (self.combine, sorted.as_slice()) {
            (Combine::Trimmed { from }, [low, middle @ .., high]) if experts >= from && !middle.is_empty() => Some((low, middle, high)),
            _ => None,
        };
        let counted = trimmed.map_or(sorted.as_slice(), |(_, middle, _)| middle);
        let mean = counted.iter().sum::<Exact>().checked_div(&Exact::from(counted.len()))?;
        let out_of = self.out_of.as_ref().unwrap_or(full_points);
        let said = match trimmed {
            Some((low, _, high)) => Said::new(&reason::PANEL_TRIMMED).with("high", high.to_string()).with("low", low.to_string()),
            None => Said::new(&reason::PANEL_MEAN),
        };
        let said = said.with("experts", experts.to_string()).with("mean", points(&mean)).with("out_of", out_of.to_string());
        Some(Verdict::new(part_of(full_points, &mean, out_of), said))
    }

    /// What is wrong with the parameters.
    pub fn check(&self) -> Vec<Problem> {
        let positive = |field, number: &Option<Exact>| number.as_ref().and_then(|number| not_positive(field, number));
        let experts = not_positive("experts_at_least", &Exact::from(i64::from(self.experts_at_least)));
        let few = match self.combine {
            Combine::Trimmed { from } if from < 3 => Some(Problem::new(&criteria::PANEL_TRIM, "trim_from").with("from", from.to_string())),
            _ => None,
        };
        [positive("step", &self.step), positive("out_of", &self.out_of), experts, few].into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{ids, said, x};
    use super::*;
    use crate::text::Lang;

    fn panel(combine: Combine) -> Panel {
        Panel { combine, experts_at_least: 3, step: None, out_of: Some(x("100")) }
    }

    fn all(given: &[&str]) -> Vec<Exact> {
        given.iter().map(|given| x(given)).collect()
    }

    /// P13: one highest and one lowest are dropped from five on; with four the plain mean counts: (90 + 80 + 70 + 20)/4
    /// = 65.
    #[test]
    fn extremes_are_dropped_from_so_many_experts_on() {
        let rule = panel(Combine::Trimmed { from: 5 });
        let points = |given: &[&str]| rule.score(&all(given), &x("10")).map(|verdict| verdict.points);
        assert_eq!(points(&["90", "80", "70", "60", "20"]), Some(x("7")));
        assert_eq!(points(&["90", "80", "70", "20"]), Some(x("6.5")));
        assert_eq!(points(&["90", "90", "90", "20", "20"]), points(&["90", "20", "90", "20", "90"]));
        // 20 + 90 + 90 = 200, a third of it 66.67 of 100.
        assert_eq!(points(&["90", "90", "90", "20", "20"]), x("20").checked_div(&x("3")));
    }

    /// P13: fewer than `experts_at_least` is missing, and nobody at all is never 0.
    #[test]
    fn too_few_experts_are_no_panel() {
        let rule = panel(Combine::Mean);
        assert_eq!(rule.score(&all(&["90", "80"]), &x("10")), None);
        assert_eq!(Panel { experts_at_least: 0, ..rule }.score(&[], &x("10")), None);
    }

    #[test]
    fn the_reason_says_what_was_dropped() {
        let trimmed = panel(Combine::Trimmed { from: 5 });
        let verdict = trimmed.score(&all(&["90", "80", "70", "60", "20"]), &x("10")).expect("a panel");
        assert_eq!(said(&verdict, Lang::Zh), "5 名专家评分，去掉最高 90 和最低 20，平均 70 分（满分 100 分）");
        assert_eq!(said(&verdict, Lang::En), "5 experts, without the highest (90) and the lowest (20), gave 70 points of 100 on average");
        let verdict = trimmed.score(&all(&["80", "80", "79"]), &x("10")).expect("a panel");
        assert_eq!(said(&verdict, Lang::Zh), "3 名专家评分，平均约 79.6667 分（满分 100 分）");
    }

    #[test]
    fn an_expert_gives_whole_steps_up_to_the_most() {
        let rule = Panel { step: Some(x("0.5")), ..panel(Combine::Mean) };
        assert_eq!(["99.5", "100", "100.5", "-1", "70.2"].map(|given| rule.admits(&x(given), &x("10"))), [true, true, false, false, false]);
        assert!(!Panel { out_of: None, ..rule }.admits(&x("10.5"), &x("10")));
        let wrong = Panel { combine: Combine::Trimmed { from: 2 }, experts_at_least: 0, step: Some(x("0")), out_of: Some(x("-1")) };
        let expected = [
            ("criteria/not-positive", "step"),
            ("criteria/not-positive", "out_of"),
            ("criteria/not-positive", "experts_at_least"),
            ("criteria/panel-trim", "trim_from"),
        ];
        assert_eq!(ids(&wrong.check()), expected);
    }

    proptest! {
        /// The order of experts is of no consequence, and the result lies between the least and the most they gave.
        #[test]
        fn a_panel_lies_between_its_experts(given in prop::collection::vec(0_i64..=100, 3..9), from in 3_u32..8) {
            let rule = panel(Combine::Trimmed { from });
            let points: Vec<Exact> = given.iter().map(|given| Exact::from(*given)).collect();
            let found = rule.score(&points, &x("100")).expect("a panel").points;
            let reversed: Vec<Exact> = points.iter().rev().cloned().collect();
            prop_assert_eq!(&rule.score(&reversed, &x("100")).expect("a panel").points, &found);
            prop_assert!(points.iter().min() <= Some(&found) && Some(&found) <= points.iter().max());
        }
    }
}
