//! `improve`: points for getting better than the baseline (逐年提升).

use serde::{Deserialize, Serialize};

use super::problem::{negative, not_a_share, not_positive};
use super::shown::{after_word, percentage, same_side};
use super::{Direction, Outcome, Problem, Shown, Verdict, shown};
use crate::codes::criteria;
use crate::number::Exact;
use crate::score::reason;
use crate::text::{Phrase, Said, Text};

/// What a change is measured in [P1].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The display unit (percentage points for `%`).
    Points,
    /// Percent of the baseline's absolute value.
    Percent,
}

/// The improvement that earns full points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rise {
    /// `rise`: this much, in the unit that `by` names; above 0.
    AtLeast(Exact),
    /// `any_rise = true`: any at all.
    Any,
}

impl Rise {
    /// The rise that a criteria file states; `criteria/improve-rise` unless it states exactly one.
    pub fn stated(rise: Option<Exact>, any_rise: bool) -> Result<Self, Problem> {
        let found = match (rise, any_rise) {
            (Some(rise), false) => return Ok(Self::AtLeast(rise)),
            (None, true) => return Ok(Self::Any),
            (Some(_), true) => Text::new("都写了", "both"),
            (None, false) => Text::new("都没有写", "neither"),
        };
        Err(Problem::new(&criteria::IMPROVE_RISE, "rise").with("found", found))
    }
}

/// What there is to compare with. A missing, incomplete or rejected baseline is a state of the
/// criterion and does not come here [P6].
#[derive(Debug, Clone, Copy)]
pub enum Baseline<'a> {
    /// The baseline's value in the display unit, and its numerator (for a count: its value).
    Measured {
        /// The value.
        value: &'a Exact,
        /// The numerator that `min_base_numerator` is compared with.
        numerator: &'a Exact,
    },
    /// The measure did not apply in the baseline.
    NotApplicable,
}

/// Points by the improvement c over the baseline, in the indicator's direction [P5].
///
/// c < 0: 0. c = 0: flat. c ≥ rise: 1. Between: flat + (1 − flat) × c/rise. A value at or beyond
/// `plateau`: 1, whatever the baseline. *rise 2, flat 0.5, c 1 → 0.75 of full points.*
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Improve {
    /// What the change is measured in.
    pub by: By,
    /// The improvement that earns full points.
    pub rise: Rise,
    /// The share of full points for no change, 0 to 1.
    pub flat: Exact,
    /// The value that earns full points whatever the change, in the display unit.
    pub plateau: Option<Exact>,
    /// The least numerator of a baseline that can be compared with; 0 or more.
    pub min_base_numerator: Option<Exact>,
    /// A smaller change counts as none; in the unit that `by` names, 0 or more.
    pub least_change: Option<Exact>,
    /// Which way is better.
    pub direction: Direction,
}

impl Improve {
    /// Points for `value` against its baseline, both in the display unit; or why the rule in
    /// `or_else` takes over [P6].
    pub fn score(&self, value: &Exact, baseline: Baseline, full_points: &Exact, shown: &Shown) -> Outcome {
        if let Some(plateau) = self.plateau.as_ref().filter(|plateau| self.direction.reaches(value, plateau)) {
            let said = Said::new(&reason::IMPROVE_PLATEAU).with("value", shown.beside(value, &[plateau]));
            return Outcome::Evaluated(Verdict::new(full_points.clone(), said.with("plateau", shown.threshold(plateau, value))));
        }
        match self.base(baseline, shown) {
            Err(cause) => Outcome::OrElse(cause),
            Ok(base) => {
                let change = self.change(value, base);
                let share = self.share(&change);
                Outcome::Evaluated(Verdict::new(full_points * &share, self.said(value, base, &change, &share, shown)))
            }
        }
    }

    /// What is wrong with the parameters.
    pub fn check(&self) -> Vec<Problem> {
        let rise = match &self.rise {
            Rise::AtLeast(rise) => not_positive("rise", rise),
            Rise::Any => None,
        };
        let least = |field, value: &Option<Exact>| value.as_ref().and_then(|value| negative(field, value));
        [
            rise,
            not_a_share("flat", &self.flat),
            least("min_base_numerator", &self.min_base_numerator),
            least("least_change", &self.least_change),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The baseline's value, or why nothing can be compared with it [P6].
    fn base<'a>(&self, baseline: Baseline<'a>, shown: &Shown) -> Result<&'a Exact, Said> {
        let Baseline::Measured { value, numerator } = baseline else {
            return Err(Said::new(&reason::IMPROVE_BASE_NOT_APPLICABLE));
        };
        if let Some(least) = self.min_base_numerator.as_ref().filter(|least| numerator < *least) {
            let said = Said::new(&reason::IMPROVE_BASE_SMALL).with("numerator", numerator.to_string());
            return Err(said.with("least", least.to_string()));
        }
        if self.by == By::Percent && value.is_zero() {
            return Err(Said::new(&reason::IMPROVE_BASE_ZERO).with("base", shown.value(value)));
        }
        Ok(value)
    }

    /// c, in the unit that `by` names.
    fn change(&self, value: &Exact, base: &Exact) -> Exact {
        let gain = self.direction.gain(value, base);
        match self.by {
            By::Points => gain,
            By::Percent => (&gain * &Exact::from(100)).checked_div(&base.abs()).unwrap_or(gain),
        }
    }

    fn share(&self, change: &Exact) -> Exact {
        if self.counts_as_none(change) {
            return self.flat.clone();
        }
        if change.is_negative() {
            return Exact::zero();
        }
        let way = match &self.rise {
            Rise::Any => Exact::one(),
            Rise::AtLeast(rise) => change.checked_div(rise).unwrap_or_else(Exact::one).min(Exact::one()),
        };
        let rest = &Exact::one() - &self.flat;
        (&self.flat + &(&rest * &way)).clamp_to(&Exact::zero(), &Exact::one())
    }

    fn counts_as_none(&self, change: &Exact) -> bool {
        change.is_zero() || self.least_change.as_ref().is_some_and(|least| change.abs() < *least)
    }

    fn said(&self, value: &Exact, base: &Exact, change: &Exact, share: &Exact, shown: &Shown) -> Said {
        let (value, base) = shown.pair(value, base);
        if change.is_zero() {
            return Said::new(&reason::IMPROVE_FLAT).with("value", value).with("share", shown::share(share));
        }
        let said = |phrase: &'static Phrase| {
            let said = Said::new(phrase).with("value", value).with("base", base);
            said.with("change", after_word(&self.change_text(&change.abs(), shown)))
        };
        match (&self.rise, &self.least_change) {
            (_, Some(least)) if self.counts_as_none(change) => {
                said(&reason::IMPROVE_SMALL).with("least", after_word(&self.written(least, shown))).with("share", shown::share(share))
            }
            _ if change.is_negative() => said(&reason::IMPROVE_FALL),
            (Rise::Any, _) => said(&reason::IMPROVE_ANY_RISE),
            (Rise::AtLeast(rise), _) if change >= rise => said(&reason::IMPROVE_RISE).with("rise", after_word(&self.written(rise, shown))),
            (Rise::AtLeast(rise), _) => {
                said(&reason::IMPROVE_PART).with("rise", after_word(&self.written(rise, shown))).with("share", shown::share(share))
            }
        }
    }

    /// The size of a change, on the side of 0, `rise` and `least_change` where it is.
    fn change_text(&self, size: &Exact, shown: &Shown) -> Text {
        let rise = match &self.rise {
            Rise::AtLeast(rise) => Some(rise),
            Rise::Any => None,
        };
        let zero = Exact::zero();
        let holds = |as_shown: &Exact| same_side(as_shown, size, [Some(&zero), rise, self.least_change.as_ref()].into_iter().flatten());
        match self.by {
            By::Points => shown.difference(size, holds),
            By::Percent => of_baseline(&percentage(size, holds)),
        }
    }

    fn written(&self, change: &Exact, shown: &Shown) -> Text {
        match self.by {
            By::Points => shown.written_difference(change),
            By::Percent => of_baseline(&Text::same(format!("{change}%"))),
        }
    }
}

fn of_baseline(percent: &Text) -> Text {
    reason::text(&Said::new(&reason::CHANGE_PERCENT).with("percent", percent.clone()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ids, percent, said, x};
    use super::*;
    use crate::text::Lang;

    fn improve(rise: &str, flat: &str) -> Improve {
        Improve {
            by: By::Points,
            rise: Rise::AtLeast(x(rise)),
            flat: x(flat),
            plateau: None,
            min_base_numerator: None,
            least_change: None,
            direction: Direction::Higher,
        }
    }

    fn outcome(rule: &Improve, value: &str, base: &str) -> Outcome {
        let unit = Text::same("%");
        let (value, base) = (x(value), x(base));
        rule.score(&value, Baseline::Measured { value: &base, numerator: &base }, &Exact::one(), &percent(&unit))
    }

    fn verdict(rule: &Improve, value: &str, base: &str) -> Verdict {
        match outcome(rule, value, base) {
            Outcome::Evaluated(verdict) => verdict,
            other => panic!("{other:?}"),
        }
    }

    fn cause(outcome: &Outcome) -> &'static str {
        match outcome {
            Outcome::OrElse(said) => said.phrase.id,
            other => panic!("{other:?}"),
        }
    }

    /// P5: rise = 2, flat = 0.5: c = 1 → 0.75; at 0 the flat share, at 2 all, below 0 nothing.
    #[test]
    fn points_grow_with_the_improvement() {
        for (value, share) in [("61", "0.75"), ("60", "0.5"), ("62", "1"), ("70", "1"), ("59.99", "0")] {
            assert_eq!(verdict(&improve("2", "0.5"), value, "60").points, x(share), "{value}");
        }
    }

    /// P5: where lower is better, falling is the improvement.
    #[test]
    fn improvement_follows_the_direction() {
        let rule = Improve { direction: Direction::Lower, ..improve("2", "0.5") };
        for (value, share) in [("9", "0.75"), ("11", "0"), ("8", "1")] {
            assert_eq!(verdict(&rule, value, "10").points, x(share), "{value}");
        }
    }

    /// P5: any rise is all; a change below `least_change` is none, one equal to it counts.
    #[test]
    fn any_rise_earns_full_points_unless_it_is_too_small() {
        let rule = Improve { rise: Rise::Any, least_change: Some(x("0.01")), ..improve("1", "0.5") };
        for (value, share) in [("60.01", "1"), ("60.009", "0.5"), ("59.991", "0.5"), ("59.99", "0"), ("60", "0.5")] {
            assert_eq!(verdict(&rule, value, "60").points, x(share), "{value}");
        }
    }

    /// P5: at or beyond the plateau every change, and every baseline, earns full points.
    #[test]
    fn the_plateau_asks_for_no_improvement() {
        let rule = Improve { plateau: Some(x("65")), ..improve("2", "0.5") };
        assert_eq!(verdict(&rule, "65", "80").points, x("1"));
        assert_eq!(verdict(&rule, "64.99", "80").points, x("0"));
        let rule = Improve { plateau: Some(x("5")), direction: Direction::Lower, ..improve("2", "0.5") };
        assert_eq!(verdict(&rule, "5", "1").points, x("1"));
        assert_eq!(verdict(&rule, "5.01", "1").points, x("0"));
    }

    /// P1, domain S10: percent is of the baseline's absolute value: 66 over 60 is 10 %, −54 over −60 too.
    #[test]
    fn percent_is_taken_of_the_baseline() {
        let rule = Improve { by: By::Percent, ..improve("20", "0") };
        assert_eq!(verdict(&rule, "66", "60").points, x("0.5"));
        assert_eq!(verdict(&rule, "-54", "-60").points, x("0.5"));
    }

    /// P6: a baseline too small, of 0 under percent, or not applicable hands over to `or_else`.
    #[test]
    fn a_baseline_that_bears_no_comparison_hands_over() {
        let unit = Text::same("%");
        let small = Improve { min_base_numerator: Some(x("30")), ..improve("2", "0.5") };
        assert_eq!(cause(&outcome(&small, "60", "29.9")), "improve/base-small");
        assert_eq!(verdict(&small, "32", "30").points, x("1"));
        let by_percent = Improve { by: By::Percent, ..improve("2", "0.5") };
        assert_eq!(cause(&outcome(&by_percent, "60", "0")), "improve/base-zero");
        assert_eq!(verdict(&improve("2", "0.5"), "1", "0").points, x("0.75"));
        let not_applicable = small.score(&x("60"), Baseline::NotApplicable, &Exact::one(), &percent(&unit));
        assert_eq!(cause(&not_applicable), "improve/base-not-applicable");
    }

    /// P6, domain S10: 5 referrals, then 47 851: growth over so small a base is not counted.
    #[test]
    fn explosive_growth_over_a_tiny_base_hands_over() {
        let rule = Improve { by: By::Percent, min_base_numerator: Some(x("30")), ..improve("10", "0.5") };
        let Outcome::OrElse(cause) = outcome(&rule, "47851", "5") else { panic!("compared") };
        assert_eq!(cause.render(Lang::Zh), "基期分子为 5，不足 30");
        assert_eq!(cause.render(Lang::En), "the baseline's numerator is 5, below 30");
    }

    #[test]
    fn the_reason_compares_both_years() {
        let rule = improve("2", "0.5");
        let zh = |value, base| said(&verdict(&rule, value, base), Lang::Zh);
        assert_eq!(zh("61", "60"), "61.00%，基期 60.00%，改善 1.00 个百分点，未达到要求的 2 个百分点，计满分的 75%");
        assert_eq!(zh("62", "60"), "62.00%，基期 60.00%，改善 2.00 个百分点，达到要求的 2 个百分点");
        assert_eq!(zh("60", "60"), "60.00%，与基期持平，计满分的 50%");
        assert_eq!(zh("61.999", "60"), "62.00%，基期 60.00%，改善 1.999 个百分点，未达到要求的 2 个百分点，计满分的 99.98%");
        let rule = Improve { by: By::Percent, ..rule };
        let part = said(&verdict(&rule, "60.6", "60"), Lang::Zh);
        assert_eq!(part, "60.60%，基期 60.00%，改善基期值的 1.00%，未达到要求的基期值的 2%，计满分的 75%");
        let en = said(&verdict(&rule, "59.4", "60"), Lang::En);
        assert_eq!(en, "59.40% against 60.00% in the baseline is worse by 1.00% of the baseline and earns nothing");
    }

    #[test]
    fn parameters_that_cannot_be_meant_are_named() {
        let rule = Improve { min_base_numerator: Some(x("-1")), least_change: Some(x("-1")), ..improve("0", "1.5") };
        let expected = [
            ("criteria/not-positive", "rise"),
            ("criteria/share-outside", "flat"),
            ("criteria/negative", "min_base_numerator"),
            ("criteria/negative", "least_change"),
        ];
        assert_eq!(ids(&rule.check()), expected);
        assert_eq!(ids(&improve("2", "0").check()), []);
        assert_eq!(Rise::stated(None, true), Ok(Rise::Any));
        for (rise, any_rise) in [(None, false), (Some(x("1")), true)] {
            let problem = Rise::stated(rise, any_rise).expect_err("neither or both");
            assert_eq!(problem.code.id(), "criteria/improve-rise");
        }
    }
}
