//! `deduct`: full points less a list, never below zero (扣完为止) [P4, P12]. What each entry of the list costs;
//! a shortfall by steps is `steps`.

use super::bands::When;
use super::problem::{negative, not_positive};
use super::shown::points;
use super::{Lost, Problem, Shown, Verdict, shown};
use crate::number::Exact;
use crate::score::reason;
use crate::text::{Said, Text, list};

/// `lose` points off for each of a count beyond `over`, at most `lose_most`. *70 missing records at 0.1, at most
/// 5: 5 points.*
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Each {
    /// What is free; 0 or more.
    pub over: Exact,
    /// Points lost for each; above 0.
    pub lose: Exact,
    /// Most points lost; above 0.
    pub lose_most: Option<Exact>,
}

impl Each {
    /// The points that `count` costs.
    pub fn lost(&self, count: &Exact, shown: &Shown) -> Lost {
        let beyond = (count - &self.over).max(Exact::zero());
        let due = &self.lose * &beyond;
        let said = |phrase| Said::new(phrase).with("value", shown.value(count)).with("over", shown.written_difference(&self.over));
        let counted = match (self.over.is_zero(), due.is_zero()) {
            (true, _) => Said::new(&reason::EACH_COUNTED).with("value", shown.value(count)),
            (false, true) => return Lost::nothing(said(&reason::EACH_FREE)),
            (false, false) => said(&reason::EACH_BEYOND).with("beyond", shown.difference(&beyond, |_| true)),
        };
        let every = shown::before_word(&shown.step(&Exact::one()));
        let mut parts = vec![counted];
        if due.is_zero() {
            return Lost { points: due, reason: parts };
        }
        parts.push(Said::new(&reason::EACH_RATE).with("every", shown::after_word(&every)).with("lose", points(&self.lose)));
        Lost::at_most(due, self.lose_most.as_ref(), parts)
    }

    /// What is wrong with the parameters.
    pub fn check(&self) -> Vec<Problem> {
        let most = self.lose_most.as_ref().and_then(|most| not_positive("lose_most", most));
        [negative("over", &self.over), not_positive("lose", &self.lose), most].into_iter().flatten().collect()
    }
}

/// `lose` points off for each of several things that is absent, or once if any is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    /// True if they cost together what one of them costs.
    pub once: bool,
    /// Points lost; above 0.
    pub lose: Exact,
    /// Most points lost; above 0.
    pub lose_most: Option<Exact>,
}

impl Absent {
    /// The points that the absence of these things costs.
    pub fn lost(&self, absent: &[Text]) -> Lost {
        if absent.is_empty() {
            return Lost::nothing(Said::new(&reason::ABSENT_NONE));
        }
        let count = if self.once { 1 } else { absent.len() };
        let rate = if self.once { &reason::ABSENT_ONCE } else { &reason::ABSENT_EACH };
        let parts = vec![Said::new(&reason::ABSENT_SOME).with("names", list(absent)), Said::new(rate).with("lose", points(&self.lose))];
        Lost::at_most(&self.lose * &Exact::from(count), self.lose_most.as_ref(), parts)
    }

    /// What is wrong with the parameters.
    pub fn check(&self) -> Vec<Problem> {
        let most = self.lose_most.as_ref().and_then(|most| not_positive("lose_most", most));
        not_positive("lose", &self.lose).into_iter().chain(most).collect()
    }
}

/// `lose` points off if a value passes a bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trip {
    /// The values that cost it.
    pub when: When,
    /// Points lost; above 0.
    pub lose: Exact,
}

impl Trip {
    /// The points that `value` costs.
    pub fn lost(&self, value: &Exact, shown: &Shown) -> Lost {
        let edges: Vec<&Exact> = self.when.edge().into_iter().collect();
        let said = |phrase| {
            let bound = self.when.name(|edge| shown.threshold(edge, value));
            Said::new(phrase).with("value", shown.beside(value, &edges)).with("bound", bound)
        };
        if self.when.holds(value) {
            Lost { points: self.lose.clone(), reason: vec![said(&reason::TRIP_YES).with("lost", points(&self.lose))] }
        } else {
            Lost::nothing(said(&reason::TRIP_NO))
        }
    }

    /// What is wrong with the parameter.
    pub fn check(&self) -> Vec<Problem> {
        not_positive("lose", &self.lose).into_iter().collect()
    }
}

/// Points off at a judge's discretion, at most so many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discretion {
    /// Most points lost; above 0.
    pub lose_most: Exact,
}

impl Discretion {
    /// The points the judge took off; `None` for what lies outside 0 to the most.
    pub fn lost(&self, taken: &Exact) -> Option<Lost> {
        let admitted = !taken.is_negative() && *taken <= self.lose_most;
        let said = Said::new(&reason::DISCRETION).with("lost", points(taken)).with("most", points(&self.lose_most));
        admitted.then(|| Lost { points: taken.clone(), reason: vec![said] })
    }

    /// What is wrong with the parameter.
    pub fn check(&self) -> Vec<Problem> {
        not_positive("lose_most", &self.lose_most).into_iter().collect()
    }
}

/// Full points less all that was lost, each under its name.
pub fn deduct(lost: Vec<(Text, Lost)>, full_points: &Exact) -> Verdict {
    let total: Exact = lost.iter().map(|(_, lost)| &lost.points).sum();
    let mut reason = Vec::new();
    for (name, lost) in lost {
        reason.push(Said::new(&reason::DEDUCT_OF).with("name", name));
        reason.extend(lost.reason);
    }
    reason.push(Said::new(&reason::DEDUCT_TOTAL).with("lost", points(&total)));
    Lost { points: total, reason }.from_full(full_points)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ids, percent, said, x};
    use super::super::{Count, Direction, Loss, Per, Steps};
    use super::*;
    use crate::text::Lang;

    fn each(over: &str, lose: &str, most: Option<&str>) -> Each {
        Each { over: x(over), lose: x(lose), lose_most: most.map(x) }
    }

    /// Domain S6, a sheet of 15 points: inspections 88 of 100 %, every 2 lose 0.5 (3 points); 70 missing records at 0.1, at
    /// most 5; no office sign, 0.5; 2 points at discretion: 15 − 3 − 5 − 0.5 − 2 = 4.5.
    #[test]
    fn a_list_of_deductions_is_taken_from_one_full_mark() {
        let (unit, pieces) = (Text::same("%"), Text::new("份", "record"));
        let loss = Loss { every: x("2"), lose: x("0.5"), count: Count::Floor, lose_most: Some(x("10")), per: Per::Points };
        let steps = Steps { target: x("100"), direction: Direction::Higher, loss };
        let absent = Absent { once: false, lose: x("0.5"), lose_most: None };
        let lost = vec![
            (Text::new("检查率", "Inspections"), steps.lost(&x("88"), &percent(&unit))),
            (Text::new("缺失档案", "Missing records"), each("0", "0.1", Some("5")).lost(&x("70"), &Shown { unit: &pieces, decimals: 0 })),
            (Text::new("标识", "Signs"), absent.lost(&[Text::new("门牌", "office sign")])),
            (Text::new("资料", "Files"), Discretion { lose_most: x("4") }.lost(&x("2")).expect("within the most")),
        ];
        let verdict = deduct(lost, &x("15"));
        assert_eq!(verdict.points, x("4.5"));
        assert_eq!(
            said(&verdict, Lang::Zh),
            "“检查率”：88.00%，低于目标 100%，差 12.00 个百分点，每满 2 个百分点扣 0.5 分，扣 3 分；“缺失档案”：70 份，每 1 份扣 0.1 分，\
             应扣 7 分，最多扣 5 分；“标识”：缺少门牌，每缺一项扣 0.5 分，扣 0.5 分；“资料”：酌情扣 2 分（最多 4 分）；共扣 10.5 分"
        );
        assert_eq!(
            said(&verdict, Lang::En),
            "Inspections: 88.00% is 12.00 percentage points below the target of 100%, 0.5 points off per full 2 percentage points, 3 points lost; \
             Missing records: 70 record, 0.1 points off per record, 7 points due, at most 5 points lost; Signs: office sign absent, 0.5 points off \
             for each, 0.5 points lost; Files: 2 points taken off at discretion, of at most 4 points; 10.5 points lost in all"
        );
    }

    /// 扣完为止: more than there is to lose leaves 0, and the reason says so.
    #[test]
    fn points_never_fall_below_nought() {
        let unit = Text::same("");
        let verdict = deduct(vec![(Text::same("x"), each("0", "1", None).lost(&x("9"), &Shown { unit: &unit, decimals: 0 }))], &x("5"));
        assert_eq!(verdict.points, x("0"));
        assert_eq!(said(&verdict, Lang::Zh), "“x”：9，每 1 扣 1 分，扣 9 分；共扣 9 分，扣完为止");
        let mut parts = verdict.reason.clone();
        parts.push(reason::earned(&verdict.points, &x("5"), 2));
        let expected = "x: 9, 1 point off per 1, 9 points lost; 9 points lost in all, but never below 0: 0.00 of 5 points";
        assert_eq!(reason::sentence(&parts, Lang::En), expected);
    }

    /// Only what exceeds `over` counts: 8 beyond 6 are 2.
    #[test]
    fn what_is_free_costs_nothing() {
        let unit = Text::new("条", "clues");
        let shown = Shown { unit: &unit, decimals: 0 };
        assert_eq!(each("6", "0.2", None).lost(&x("8"), &shown).points, x("0.4"));
        let free = each("6", "0.2", None).lost(&x("6"), &shown);
        assert_eq!((free.points, reason::sentence(&free.reason, Lang::Zh)), (x("0"), "6 条，不超过 6 条，不扣分".to_owned()));
        assert_eq!(each("0", "0.2", None).lost(&x("0"), &shown).points, x("0"));
    }

    #[test]
    fn absent_things_cost_each_or_once() {
        let names = [Text::same("a"), Text::same("b")];
        let cost = |once, most: Option<&str>| Absent { once, lose: x("0.5"), lose_most: most.map(x) }.lost(&names).points;
        assert_eq!((cost(false, None), cost(true, None), cost(false, Some("0.6"))), (x("1"), x("0.5"), x("0.6")));
        assert_eq!(Absent { once: true, lose: x("1"), lose_most: None }.lost(&[]).points, x("0"));
    }

    #[test]
    fn a_bound_costs_once() {
        let unit = Text::new("人", "people");
        let shown = Shown { unit: &unit, decimals: 0 };
        let trip = Trip { when: When::AtMost(x("0")), lose: x("2") };
        assert_eq!((trip.lost(&x("0"), &shown).points, trip.lost(&x("1"), &shown).points), (x("2"), x("0")));
        assert_eq!(reason::sentence(&trip.lost(&x("0"), &shown).reason, Lang::En), "0 people, 0 people or below, which costs 2 points");
        assert_eq!(Discretion { lose_most: x("4") }.lost(&x("4.5")), None);
        assert_eq!(Discretion { lose_most: x("4") }.lost(&x("-1")), None);
    }

    #[test]
    fn parameters_that_cannot_be_meant_are_named() {
        let expected = [("criteria/negative", "over"), ("criteria/not-positive", "lose"), ("criteria/not-positive", "lose_most")];
        assert_eq!(ids(&each("-1", "0", Some("0")).check()), expected);
        assert_eq!(ids(&Absent { once: true, lose: x("0"), lose_most: None }.check()), [("criteria/not-positive", "lose")]);
        assert_eq!(ids(&Trip { when: When::Otherwise, lose: x("-1") }.check()), [("criteria/not-positive", "lose")]);
        assert_eq!(ids(&Discretion { lose_most: x("0") }.check()), [("criteria/not-positive", "lose_most")]);
    }
}
