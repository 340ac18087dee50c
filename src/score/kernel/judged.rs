//! `met`, `evidence`, `points`: what a person answered, counted or awarded [P12].

use super::problem::not_positive;
use super::{Problem, Verdict, part_of, shown};
use crate::number::Exact;
use crate::score::reason;
use crate::text::Said;

/// The answer to a requirement (`met`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is met.
    Yes,
    /// It is not met.
    No,
}

impl Answer {
    /// Full points for yes, none for no.
    pub fn score(self, full_points: &Exact) -> Verdict {
        match self {
            Self::Yes => Verdict::new(full_points.clone(), Said::new(&reason::MET_YES)),
            Self::No => Verdict::new(Exact::zero(), Said::new(&reason::MET_NO)),
        }
    }
}

/// Points in proportion to the documents on file (`evidence`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// Documents that earn full points; above 0.
    pub required: u32,
}

impl Evidence {
    /// Full points × min(1, count / required). *2 of 3 at 6 points: 4.*
    pub fn score(&self, count: u32, full_points: &Exact) -> Verdict {
        let exact = |number: u32| Exact::from(i64::from(number));
        let (phrase, points) = if count >= self.required {
            (&reason::EVIDENCE_ENOUGH, full_points.clone())
        } else {
            (&reason::EVIDENCE_SHORT, part_of(full_points, &exact(count), &exact(self.required)))
        };
        Verdict::new(points, Said::new(phrase).with("count", count.to_string()).with("required", self.required.to_string()))
    }

    /// What is wrong with the number.
    pub fn check(&self) -> Vec<Problem> {
        not_positive("required", &Exact::from(i64::from(self.required))).into_iter().collect()
    }
}

/// Points that one person awards (`points`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Points {
    /// Points come in multiples of this, where the scheme says so; above 0.
    pub step: Option<Exact>,
}

impl Points {
    /// The points awarded. Whether they are within full points and a multiple of the step was
    /// asked when the judgement was read; see [`Points::admits`].
    pub fn score(&self, awarded: &Exact, full_points: &Exact) -> Verdict {
        let points = awarded.clamp_to(&Exact::zero(), full_points);
        let said = Said::new(&reason::POINTS_GIVEN).with("points", shown::points(awarded));
        Verdict::new(points, said)
    }

    /// Whether a judge may award this: from 0 to full points, in whole steps.
    pub fn admits(&self, awarded: &Exact, full_points: &Exact) -> bool {
        let steps = self.step.as_ref().and_then(|step| awarded.checked_div(step));
        !awarded.is_negative() && awarded <= full_points && steps.is_none_or(|steps| steps.floor() == steps)
    }

    /// What is wrong with the step.
    pub fn check(&self) -> Vec<Problem> {
        self.step.as_ref().and_then(|step| not_positive("step", step)).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ids, said, x};
    use super::*;
    use crate::text::Lang;

    /// P12, domain S3: yes is all, no is nothing.
    #[test]
    fn a_requirement_is_met_or_not() {
        assert_eq!(Answer::Yes.score(&x("5")).points, x("5"));
        assert_eq!(Answer::No.score(&x("5")).points, x("0"));
    }

    /// P12, domain S4: w × min(1, n/required): 2 of 3 documents at 6 points are 4; a fourth adds nothing.
    #[test]
    fn documents_count_up_to_the_number_required() {
        let rule = Evidence { required: 3 };
        for (count, points) in [(0, "0"), (2, "4"), (3, "6"), (4, "6")] {
            assert_eq!(rule.score(count, &x("6")).points, x(points), "{count}");
        }
        assert_eq!(said(&rule.score(2, &x("6")), Lang::Zh), "佐证材料 2 份，要求 3 份，按比例计分");
        assert_eq!(said(&rule.score(4, &x("6")), Lang::En), "evidence on file: 4, and 3 asked for");
        assert_eq!(ids(&Evidence { required: 0 }.check()), [("criteria/not-positive", "required")]);
        assert_eq!(ids(&rule.check()), []);
    }

    /// P12: points are taken as awarded.
    #[test]
    fn points_are_taken_as_awarded() {
        let rule = Points { step: Some(x("0.5")) };
        let verdict = rule.score(&x("3.5"), &x("4"));
        assert_eq!(verdict.points, x("3.5"));
        assert_eq!(said(&verdict, Lang::Zh), "评定 3.5 分");
        assert_eq!(ids(&Points { step: Some(x("0")) }.check()), [("criteria/not-positive", "step")]);
    }

    #[test]
    fn a_judge_awards_whole_steps_up_to_full_points() {
        let rule = Points { step: Some(x("0.5")) };
        let admitted = ["0", "3.5", "4", "-0.5", "4.5", "3.2"].map(|awarded| rule.admits(&x(awarded), &x("4")));
        assert_eq!(admitted, [true, true, true, false, false, false]);
        assert!(Points { step: None }.admits(&x("3.2"), &x("4")));
    }
}
