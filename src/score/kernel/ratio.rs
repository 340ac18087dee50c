//! `ratio`: points in proportion to the target.

use super::{Direction, Problem, Shown, Verdict, part_of, shown};
use crate::codes::criteria;
use crate::number::Exact;
use crate::score::reason;
use crate::text::{Phrase, Said};

/// Points in proportion to a target, capped at full points [P4].
///
/// Higher is better: full × v/T, within 0 and full. Lower is better: full where v ≤ T, else
/// full × T/v (so 0 where T is 0). *57% of 60% at 5 points: 5 × 57/60 = 4.75.*
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ratio {
    /// The value that earns full points, in the display unit; above 0, or 0 where lower is better.
    pub target: Exact,
    /// Which way is better.
    pub direction: Direction,
}

impl Ratio {
    /// Points for `value`, in the display unit.
    pub fn score(&self, value: &Exact, full_points: &Exact, shown: &Shown) -> Verdict {
        let said = |phrase| {
            Said::new(phrase).with("value", shown.beside(value, &[&self.target])).with("target", shown.threshold(&self.target, value))
        };
        if self.direction.reaches(value, &self.target) {
            return Verdict::new(full_points.clone(), said(self.reached()));
        }
        let (phrase, share) = match self.direction {
            Direction::Higher => (&reason::RATIO_BELOW, part_of(&Exact::one(), &value.clone().max(Exact::zero()), &self.target)),
            Direction::Lower => (&reason::RATIO_ABOVE, part_of(&Exact::one(), &self.target, value)),
        };
        if share.is_zero() {
            return Verdict::new(Exact::zero(), said(&reason::RATIO_NOTHING));
        }
        Verdict::new(full_points * &share, said(phrase).with("share", shown::share(&share)))
    }

    /// What is wrong with the target.
    pub fn check(&self) -> Vec<Problem> {
        let wrong = self.target.is_negative() || self.target.is_zero() && self.direction == Direction::Higher;
        let problem = || Problem::new(&criteria::RATIO_TARGET, "target").with("target", self.target.to_string());
        wrong.then(problem).into_iter().collect()
    }

    fn reached(&self) -> &'static Phrase {
        match self.direction {
            Direction::Higher => &reason::RATIO_REACHED,
            Direction::Lower => &reason::RATIO_WITHIN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ids, percent, said, x};
    use super::*;
    use crate::text::{Lang, Text};

    fn score(direction: Direction, target: &str, value: &str, full: &str) -> Verdict {
        let unit = Text::same("%");
        Ratio { target: x(target), direction }.score(&x(value), &x(full), &percent(&unit))
    }

    /// P4, domain S1: w = 5, T = 60: 57 → 4.75; 75 → 5; a negative value earns nothing.
    #[test]
    fn higher_is_better_in_proportion_to_the_target() {
        for (value, points) in [("57", "4.75"), ("75", "5"), ("60", "5"), ("0", "0"), ("-3", "0")] {
            assert_eq!(score(Direction::Higher, "60", value, "5").points, x(points), "{value}");
        }
    }

    /// P4, domain S2: lower is better: T/v beyond the target; a target of 0 is all or nothing.
    #[test]
    fn lower_is_better_in_inverse_proportion() {
        for (target, value, points) in
            [("8", "10", "4"), ("8", "8", "5"), ("8", "-1", "5"), ("0", "0", "5"), ("0", "0.01", "0"), ("8", "32", "1.25")]
        {
            assert_eq!(score(Direction::Lower, target, value, "5").points, x(points), "{value} of {target}");
        }
    }

    /// N4: nothing is rounded: 2/3 of 10 points is exactly 20/3.
    #[test]
    fn points_are_exact() {
        assert_eq!(&score(Direction::Higher, "60", "40", "10").points * &Exact::from(3), Exact::from(20));
    }

    #[test]
    fn the_reason_says_how_far_the_value_came() {
        let verdict = score(Direction::Higher, "60", "57", "5");
        assert_eq!(said(&verdict, Lang::Zh), "57.00%，低于目标 60%，为目标的 95%，按比例计分");
        assert_eq!(said(&verdict, Lang::En), "57.00% is 95% of the target of 60% and counts in proportion");
        let verdict = score(Direction::Lower, "8", "10", "5");
        assert_eq!(said(&verdict, Lang::En), "10.00% exceeds the target of 8%, which is 80% of it, and counts in proportion");
    }

    /// P2: 64.996 misses 65 exactly, earns less than full, and is not shown as 65.00.
    #[test]
    fn a_near_miss_is_shown_as_one() {
        let verdict = score(Direction::Higher, "65", "64.996", "8");
        assert!(verdict.points < x("8"));
        assert_eq!(said(&verdict, Lang::Zh), "64.996%，低于目标 65%，为目标的 99.99%，按比例计分");
        assert_eq!(said(&score(Direction::Higher, "65", "65", "8"), Lang::En), "65.00% reaches the target of 65%");
    }

    /// P4: a target of 0 is a diagnostic where higher is better.
    #[test]
    fn a_target_must_be_above_zero() {
        let check = |target, direction| ids(&Ratio { target: x(target), direction }.check());
        assert_eq!(check("0", Direction::Higher), [("criteria/ratio-target", "target")]);
        assert_eq!(check("-1", Direction::Lower), [("criteria/ratio-target", "target")]);
        assert_eq!(check("0", Direction::Lower), []);
        assert_eq!(check("65", Direction::Higher), []);
    }
}
