//! `steps`: points off for every step below the target (每低…扣…).

use super::loss::Miss;
use super::{Direction, Loss, Lost, Problem, Shown, Verdict};
use crate::number::Exact;
use crate::score::reason;
use crate::text::{Phrase, Said};

/// Full points less what each step of the shortfall costs [P4].
///
/// max(0, full − min(lose_most, lose × n)), n = floor, ceil or exact (T − v)/every. *T 98, v 90,
/// every 5, lose 0.5, at 4 points: floor 3.5, ceil 3.0, exact 3.2.*
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps {
    /// The value from which nothing is lost, in the display unit.
    pub target: Exact,
    /// Which way is better.
    pub direction: Direction,
    /// What a step costs.
    pub loss: Loss,
}

impl Steps {
    /// Points for `value`, in the display unit.
    pub fn score(&self, value: &Exact, full_points: &Exact, shown: &Shown) -> Verdict {
        self.lost(value, shown).from_full(full_points)
    }

    /// The points lost, for lists of deductions that share one full mark.
    pub fn lost(&self, value: &Exact, shown: &Shown) -> Lost {
        self.lost_against(&reason::EDGE_TARGET, value, shown)
    }

    /// The same, the target being called by another name.
    pub(super) fn lost_against(&self, name: &'static Phrase, value: &Exact, shown: &Shown) -> Lost {
        if !self.direction.reaches(value, &self.target) {
            return self.loss.of(Miss { value, edge: &self.target, name }, shown);
        }
        let phrase = match self.direction {
            Direction::Higher => &reason::STEPS_REACHED,
            Direction::Lower => &reason::STEPS_WITHIN,
        };
        let said = Said::new(phrase)
            .with("value", shown.beside(value, &[&self.target]))
            .with("name", reason::word(name))
            .with("target", shown.threshold(&self.target, value));
        Lost::nothing(said)
    }

    /// What is wrong with the parameters.
    pub fn check(&self) -> Vec<Problem> {
        self.loss.check(&[("target", &self.target)])
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ids, percent, said, x};
    use super::super::{Count, Per};
    use super::*;
    use crate::text::{Lang, Text};

    fn steps(target: &str, every: &str, lose: &str, count: Count) -> Steps {
        let loss = Loss { every: x(every), lose: x(lose), count, lose_most: None, per: Per::Points };
        Steps { target: x(target), direction: Direction::Higher, loss }
    }

    fn score(rule: &Steps, value: &str, full: &str) -> Verdict {
        let unit = Text::same("%");
        rule.score(&x(value), &x(full), &percent(&unit))
    }

    /// P4, domain S6: w = 4, T = 98, every 5 lose 0.5, v = 90: floor 3.5, ceil 3.0, exact 3.2.
    #[test]
    fn steps_are_counted_as_the_scheme_says() {
        for (count, points) in [(Count::Floor, "3.5"), (Count::Ceil, "3"), (Count::Exact, "3.2")] {
            assert_eq!(score(&steps("98", "5", "0.5", count), "90", "4").points, x(points), "{count:?}");
        }
    }

    /// P3: at the target nothing is lost; a step that is exactly full counts once, however counted.
    #[test]
    fn edges_belong_to_the_better_side() {
        for count in [Count::Floor, Count::Ceil, Count::Exact] {
            let rule = steps("98", "5", "0.5", count);
            assert_eq!(score(&rule, "98", "4").points, x("4"));
            assert_eq!(score(&rule, "93", "4").points, x("3.5"));
            assert_eq!(score(&rule, "99.5", "4").points, x("4"));
        }
    }

    /// Domain S6: inspections 88 % of 100 %, every 2 lose 0.5 (3 points, cap 10); 70 missing records at
    /// 0.1 would be 7, capped at 5: 15 − 3 − 5 = 7.
    #[test]
    fn two_capped_deductions_share_one_full_mark() {
        let (unit, pieces) = (Text::same("%"), Text::new("份", "record"));
        let mut inspections = steps("100", "2", "0.5", Count::Floor);
        inspections.loss.lose_most = Some(x("10"));
        let mut records = Steps { direction: Direction::Lower, ..steps("0", "1", "0.1", Count::Floor) };
        records.loss.lose_most = Some(x("5"));
        let first = inspections.lost(&x("88"), &percent(&unit));
        let second = records.lost(&x("70"), &Shown { unit: &pieces, decimals: 0 });
        assert_eq!((&first.points, &second.points), (&x("3"), &x("5")));
        assert_eq!(&(&x("15") - &first.points) - &second.points, x("7"));
        assert_eq!(
            reason::sentence(&second.reason, Lang::Zh),
            "70 份，高于目标 0 份，差 70 份，每满 1 份扣 0.1 分，应扣 7 分，最多扣 5 分"
        );
    }

    /// Domain S12 with the peer mean 83.4 as target: 2.2 points short of it cost 2 (floor) or 2.2 (exact) of 4.
    #[test]
    fn a_peer_mean_as_target_costs_by_the_point() {
        assert_eq!(score(&steps("83.4", "1", "1", Count::Floor), "81.2", "4").points, x("2"));
        assert_eq!(score(&steps("83.4", "1", "1", Count::Exact), "81.2", "4").points, x("1.8"));
    }

    /// P4: `per = "percent"`: 90 is 10 % short of 100, and 45 is 10 % short of 50.
    #[test]
    fn a_shortfall_in_percent_is_taken_of_the_target() {
        let mut rule = steps("50", "5", "1", Count::Floor);
        rule.loss.per = Per::Percent;
        let verdict = score(&rule, "45", "8");
        assert_eq!(verdict.points, x("6"));
        assert_eq!(said(&verdict, Lang::Zh), "45.00%，低于目标 50%，差目标的 10.00%，每满目标的 5% 扣 1 分，扣 2 分");
        assert_eq!(
            said(&verdict, Lang::En),
            "45.00% is below the target of 50% by 10.00% of it: 1 point off per full 5% of the target, 2 points lost"
        );
    }

    #[test]
    fn the_reason_shows_how_the_points_were_lost() {
        let verdict = score(&steps("65", "1", "0.5", Count::Exact), "54.6", "8");
        assert_eq!(verdict.points, x("2.8"));
        let mut parts = verdict.reason.clone();
        parts.push(reason::earned(&verdict.points, &x("8"), 2));
        assert_eq!(
            reason::sentence(&parts, Lang::Zh),
            "54.60%，低于目标 65%，差 10.40 个百分点，每差 1 个百分点扣 0.5 分，扣 5.2 分，得 2.80/8 分"
        );
        assert_eq!(
            reason::sentence(&parts, Lang::En),
            "54.60% is 10.40 percentage points below the target of 65%: 0.5 points off per percentage point, 5.2 points lost, 2.80 of 8 points"
        );
    }

    #[test]
    fn what_is_shown_gives_the_steps_that_were_counted() {
        let verdict = score(&steps("98", "5", "0.5", Count::Floor), "93.001", "4");
        assert_eq!(verdict.points, x("4"));
        assert_eq!(said(&verdict, Lang::Zh), "93.00%，低于目标 98%，差 4.999 个百分点，不足 5 个百分点，不扣分");
        let verdict = score(&steps("65", "1", "10", Count::Ceil), "64.996", "8");
        assert_eq!(verdict.points, x("0"));
        assert_eq!(
            said(&verdict, Lang::En),
            "64.996% is 0.004 percentage points below the target of 65%: 10 points off per percentage point begun, 10 points lost, but never below 0"
        );
    }

    #[test]
    fn chinese_words_and_numbers_are_set_off_once() {
        let mut rule = steps("50", "30", "1", Count::Floor);
        rule.loss.per = Per::Percent;
        assert_eq!(said(&score(&rule, "40", "8"), Lang::Zh), "40.00%，低于目标 50%，差目标的 20.00%，不足目标的 30%，不扣分");
        let verdict = score(&steps("65", "3", "1", Count::Exact), "60", "8");
        assert_eq!(said(&verdict, Lang::Zh), "60.00%，低于目标 65%，差 5.00 个百分点，每差 3 个百分点扣 1 分，扣约 1.6667 分");
        assert_eq!(
            said(&verdict, Lang::En),
            "60.00% is 5.00 percentage points below the target of 65%: 1 point off per 3 percentage points, about 1.6667 points lost"
        );
    }

    #[test]
    fn parameters_that_cannot_be_meant_are_named() {
        let mut rule = steps("0", "0", "-1", Count::Floor);
        rule.loss.lose_most = Some(x("0"));
        rule.loss.per = Per::Percent;
        let found = ids(&rule.check());
        let expected = [
            ("criteria/not-positive", "every"),
            ("criteria/not-positive", "lose"),
            ("criteria/not-positive", "lose_most"),
            ("criteria/percent-of-zero", "target"),
        ];
        assert_eq!(found, expected);
        assert_eq!(ids(&steps("0", "1", "1", Count::Floor).check()), []);
    }
}
