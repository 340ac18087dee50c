//! `tiers`: points for every unit of work, at a rate for each tier (分段累计).

use super::{Better, Problem, Shown, Verdict};
use crate::codes::criteria;
use crate::number::Exact;
use crate::score::kernel::shown::points;
use crate::score::reason;
use crate::text::{Said, Text, list};

/// Points for what lies in each tier, added up; no more than full points. Domain rule S24: the sum over tiers of the amount in
/// the tier × points per unit, a tier reaching from its beginning to just below the next one's.
///
/// *From 0 at 0.01, from 500 at 0.02: 700 visits earn 500 × 0.01 + 200 × 0.02 = 9.*
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tiers {
    /// The tiers, from the lowest up.
    pub tiers: Vec<Tier>,
}

/// One tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// Where it begins, in the display unit.
    pub from: Exact,
    /// Points for every unit in it; 0 or more.
    pub each: Exact,
}

impl Tiers {
    /// Points for `value`, in the display unit.
    pub fn score(&self, value: &Exact, full_points: &Exact, shown: &Shown) -> Verdict {
        let parts: Vec<(Exact, &Exact)> = self.amounts(value).filter(|(amount, _)| !amount.is_zero()).collect();
        let earned = parts.iter().fold(Exact::zero(), |sum, (amount, each)| &sum + &(amount * each));
        let name = |(amount, each): &(Exact, &Exact)| Text::same(format!("{amount} × {each}"));
        let parts = list(&parts.iter().map(name).collect::<Vec<_>>());
        let said = if earned.is_zero() {
            Said::new(&reason::TIERS_NOTHING).with("value", shown.value(value))
        } else {
            Said::new(&reason::TIERS).with("value", shown.value(value)).with("parts", parts).with("earned", points(&earned))
        };
        Verdict::new(earned.min(full_points.clone()), said)
    }

    /// What lies in each tier, with its rate.
    fn amounts<'a>(&'a self, value: &'a Exact) -> impl Iterator<Item = (Exact, &'a Exact)> {
        self.tiers.iter().enumerate().map(move |(at, tier)| {
            let end = self.tiers.get(at + 1).map_or(value, |next| value.min(&next.from));
            ((end - &tier.from).max(Exact::zero()), &tier.each)
        })
    }

    /// The least value that earns full points; `None` where none does.
    pub fn full_at(&self, full_points: &Exact) -> Option<Exact> {
        let mut left = full_points.clone();
        for (at, tier) in self.tiers.iter().enumerate() {
            let needed = left.checked_div(&tier.each).map(|width| &tier.from + &width);
            let end = self.tiers.get(at + 1).map(|next| &next.from);
            match (needed, end) {
                (Some(needed), Some(end)) if needed <= *end => return Some(needed),
                (needed, None) => return needed,
                (_, Some(end)) => left = &left - &(&(end - &tier.from) * &tier.each),
            }
        }
        None
    }

    /// What is wrong with the parameters, for an indicator that is better in this way.
    pub fn check(&self, better: Better) -> Vec<Problem> {
        let mut problems = Vec::new();
        if better != Better::Higher {
            problems.push(Problem::no_direction("tiers"));
        }
        let rising = self.tiers.windows(2).all(|pair| pair[0].from < pair[1].from);
        if self.tiers.is_empty() || !rising || self.tiers.iter().any(|tier| tier.each.is_negative()) {
            let tier = |tier: &Tier| Text::same(format!("{} → {}", tier.from, tier.each));
            let tiers = list(&self.tiers.iter().map(tier).collect::<Vec<_>>());
            problems.push(Problem::new(&criteria::TIERS, "tiers").with("tiers", tiers));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ids, said, x};
    use super::*;
    use crate::text::Lang;
    use proptest::prelude::*;

    fn tiers(list: &[(&str, &str)]) -> Tiers {
        Tiers { tiers: list.iter().map(|(from, each)| Tier { from: x(from), each: x(each) }).collect() }
    }

    fn score(rule: &Tiers, value: &str) -> Verdict {
        let unit = Text::new("人次", "visits");
        rule.score(&x(value), &x("10"), &Shown { unit: &unit, decimals: 0 })
    }

    /// S24: 500 × 0.01 + 200 × 0.02 = 9; at the beginning of a tier nothing is in it yet; 750 earn full points, 751 no more.
    #[test]
    fn what_lies_in_a_tier_earns_its_rate() {
        let rule = tiers(&[("0", "0.01"), ("500", "0.02")]);
        for (value, points) in [("0", "0"), ("499", "4.99"), ("500", "5"), ("501", "5.02"), ("700", "9"), ("750", "10"), ("751", "10")] {
            assert_eq!(score(&rule, value).points, x(points), "{value}");
        }
        assert_eq!(rule.full_at(&x("10")), Some(x("750")));
        assert_eq!(rule.full_at(&x("4")), Some(x("400")));
        assert_eq!(said(&score(&rule, "700"), Lang::En), "700 visits earn 9 points (500 × 0.01, 200 × 0.02)");
    }

    /// Work below the first tier earns nothing, and a tier without points is passed over.
    #[test]
    fn a_first_tier_may_begin_late_and_a_later_one_earn_nothing() {
        let rule = tiers(&[("100", "0.1"), ("150", "0"), ("200", "0.1")]);
        for (value, points) in [("100", "0"), ("99", "0"), ("150", "5"), ("180", "5"), ("210", "6")] {
            assert_eq!(score(&rule, value).points, x(points), "{value}");
        }
        assert_eq!(rule.full_at(&x("10")), Some(x("250")));
        assert_eq!(tiers(&[("0", "1"), ("5", "0")]).full_at(&x("10")), None);
    }

    #[test]
    fn tiers_rise_and_lose_nothing() {
        assert_eq!(ids(&tiers(&[("0", "1"), ("5", "2")]).check(Better::Higher)), []);
        for wrong in [&[][..], &[("5", "1"), ("5", "2")], &[("0", "-1")]] {
            assert_eq!(ids(&tiers(wrong).check(Better::Higher)), [("criteria/tiers", "tiers")]);
        }
        assert_eq!(ids(&tiers(&[("0", "1")]).check(Better::Lower)), [("criteria/no-direction", "tiers")]);
    }

    proptest! {
        /// Points are bounded, rise with the value, and cutting a tier in two changes none.
        #[test]
        fn more_work_never_earns_less(rates in prop::collection::vec(0_i32..5, 1..5), value in 0_i32..60, more in 0_i32..20) {
            let each = |(at, rate): (usize, &i32)| Tier { from: Exact::from(at * 10), each: Exact::from(*rate) };
            let rule = Tiers { tiers: rates.iter().enumerate().map(each).collect() };
            let twice = rules_cut(&rule);
            let unit = Text::default();
            let at = |rule: &Tiers, value: i32| rule.score(&Exact::from(value), &Exact::from(60), &Shown { unit: &unit, decimals: 0 }).points;
            prop_assert!(at(&rule, value) <= at(&rule, value + more) && at(&rule, value + more) <= Exact::from(60));
            prop_assert_eq!(at(&rule, value), at(&twice, value));
        }
    }

    /// Every tier in two of one rate.
    fn rules_cut(rule: &Tiers) -> Tiers {
        let halves = |tier: &Tier| [tier.clone(), Tier { from: &tier.from + &Exact::from(5), each: tier.each.clone() }];
        Tiers { tiers: rule.tiers.iter().flat_map(halves).collect() }
    }
}
