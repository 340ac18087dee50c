//! Points gained beyond full points: what each entry of a bonus (加分) gives.

use super::problem::{negative, not_positive};
use super::{Problem, Shown, shown};
use crate::number::Exact;
use crate::score::kernel::shown::points;
use crate::score::reason;
use crate::text::Said;

/// Points gained, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gained {
    /// Points, unrounded, 0 or more; not yet limited by the caps around them.
    pub points: Exact,
    /// The parts of the sentence.
    pub reason: Vec<Said>,
}

impl Gained {
    /// Nothing gained, for one reason.
    pub(crate) fn nothing(part: Said) -> Self {
        Self { points: Exact::zero(), reason: vec![part] }
    }
}

/// `gain` points for each of a count beyond `over`, at most `gain_most`. *8 clues, 0.2 for each beyond 6: 0.4 points.*
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GainEach {
    /// What earns nothing; 0 or more.
    pub over: Exact,
    /// Points gained for each; above 0.
    pub gain: Exact,
    /// Most points gained; above 0.
    pub gain_most: Option<Exact>,
}

impl GainEach {
    /// The points that `count` gives.
    pub fn gained(&self, count: &Exact, shown: &Shown) -> Gained {
        let beyond = (count - &self.over).max(Exact::zero());
        let due = &self.gain * &beyond;
        let said = |phrase| Said::new(phrase).with("value", shown.value(count)).with("over", shown.written_difference(&self.over));
        let counted = match (self.over.is_zero(), due.is_zero()) {
            (true, true) => return Gained::nothing(Said::new(&reason::GAIN_NONE).with("value", shown.value(count))),
            (false, true) => return Gained::nothing(said(&reason::GAIN_FREE)),
            (true, false) => Said::new(&reason::EACH_COUNTED).with("value", shown.value(count)),
            (false, false) => said(&reason::EACH_BEYOND).with("beyond", shown.difference(&beyond, |_| true)),
        };
        let every = shown::after_word(&shown::before_word(&shown.step(&Exact::one())));
        let rate = Said::new(&reason::GAIN_RATE).with("every", every).with("gain", points(&self.gain));
        let (given, end) = match self.gain_most.as_ref().filter(|most| **most < due) {
            Some(most) => (most.clone(), Said::new(&reason::GAINED_MOST).with("due", points(&due)).with("gained", points(most))),
            None => (due.clone(), Said::new(&reason::GAINED).with("gained", points(&due))),
        };
        Gained { points: given, reason: vec![counted, rate, end] }
    }

    /// What is wrong with the parameters.
    pub fn check(&self) -> Vec<Problem> {
        let most = self.gain_most.as_ref().and_then(|most| not_positive("gain_most", most));
        [negative("over", &self.over), not_positive("gain", &self.gain), most].into_iter().flatten().collect()
    }
}

/// `gain` points, once, for something that is met.
pub fn gain_met(is_met: bool, gain: &Exact) -> Gained {
    if !is_met {
        return Gained::nothing(Said::new(&reason::GAIN_NOT_MET));
    }
    Gained { points: gain.clone(), reason: vec![Said::new(&reason::GAIN_MET).with("gained", points(gain))] }
}

/// Points at a judge's discretion; `None` for what lies outside 0 to `most`.
pub fn gain_discretion(given: &Exact, most: &Exact) -> Option<Gained> {
    let said = || Said::new(&reason::GAIN_DISCRETION).with("gained", points(given)).with("most", points(most));
    (!given.is_negative() && given <= most).then(|| Gained { points: given.clone(), reason: vec![said()] })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ids, x};
    use super::*;
    use crate::text::{Lang, Text};

    fn each(over: &str, gain: &str, most: Option<&str>) -> GainEach {
        GainEach { over: x(over), gain: x(gain), gain_most: most.map(x) }
    }

    /// SCHEMES 4: `{ each = { of = "clues", over = 6, gain = 0.2, gain_most = 2 } }`. 8 clues are 2 beyond 6: 0.4 points;
    /// 26 would be 4 points, of which 2 are given.
    #[test]
    fn what_goes_beyond_a_number_gains_up_to_a_cap() {
        let unit = Text::new("条", "clues");
        let shown = Shown { unit: &unit, decimals: 0 };
        let rule = each("6", "0.2", Some("2"));
        let eight = rule.gained(&x("8"), &shown);
        assert_eq!(eight.points, x("0.4"));
        assert_eq!(reason::sentence(&eight.reason, Lang::Zh), "8 条，超出 6 条 的有 2 条，每 1 条加 0.2 分，加 0.4 分");
        let many = rule.gained(&x("26"), &shown);
        assert_eq!(many.points, x("2"));
        assert_eq!(
            reason::sentence(&many.reason, Lang::En),
            "26 clues, 20 clues more than 6 clues: 0.2 points for each clue, 4 points due, at most 2 points gained"
        );
        assert_eq!(rule.gained(&x("6"), &shown).points, x("0"));
        assert_eq!(each("0", "0.2", None).gained(&x("0"), &shown).points, x("0"));
    }

    #[test]
    fn what_is_met_gains_once_and_discretion_has_a_limit() {
        assert_eq!((gain_met(true, &x("1")).points, gain_met(false, &x("1")).points), (x("1"), x("0")));
        assert_eq!(gain_discretion(&x("1.5"), &x("2")).map(|gained| gained.points), Some(x("1.5")));
        assert_eq!((gain_discretion(&x("2.5"), &x("2")), gain_discretion(&x("-1"), &x("2"))), (None, None));
    }

    #[test]
    fn parameters_that_cannot_be_meant_are_named() {
        let expected = [("criteria/negative", "over"), ("criteria/not-positive", "gain"), ("criteria/not-positive", "gain_most")];
        assert_eq!(ids(&each("-1", "0", Some("0")).check()), expected);
    }
}
