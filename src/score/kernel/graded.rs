//! `graded`: a grade given by judgement (A, B, C), worth a share of full points.

use super::problem::not_a_share;
use super::{Problem, Verdict, shown};
use crate::number::Exact;
use crate::score::reason;
use crate::text::Said;

/// One grade of a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// What is written in the judgements: `A`.
    pub id: String,
    /// The share of full points it is worth, 0 to 1.
    pub share: Exact,
}

impl Grade {
    /// Full points × share, for a criterion judged to have this grade [P12]. *B of { A = 1, B =
    /// 0.6, C = 0 } at 5 points: 3.*
    pub fn score(&self, full_points: &Exact) -> Verdict {
        let said = Said::new(&reason::GRADED_GRADE).with("grade", self.id.as_str()).with("share", shown::share(&self.share));
        Verdict { grade: Some(self.id.clone()), ..Verdict::new(self.points(full_points), said) }
    }

    /// What is wrong with the share.
    pub fn check(&self) -> Vec<Problem> {
        not_a_share("share", &self.share).into_iter().collect()
    }

    pub(crate) fn points(&self, full_points: &Exact) -> Exact {
        (full_points * &self.share).clamp_to(&Exact::zero(), full_points)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ids, said, x};
    use super::*;
    use crate::text::Lang;

    fn grade(id: &str, share: &str) -> Grade {
        Grade { id: id.to_owned(), share: x(share) }
    }

    /// P12, domain S15: A = 1, B = 0.6, C = 0 of 5 points.
    #[test]
    fn a_grade_is_worth_its_share() {
        for (id, share, points) in [("A", "1", "5"), ("B", "0.6", "3"), ("C", "0", "0")] {
            let verdict = grade(id, share).score(&x("5"));
            assert_eq!((verdict.points, verdict.grade.as_deref()), (x(points), Some(id)));
        }
    }

    #[test]
    fn the_reason_names_the_grade() {
        let verdict = grade("B", "0.6").score(&x("5"));
        assert_eq!(said(&verdict, Lang::Zh), "评为 B，计满分的 60%");
        assert_eq!(said(&verdict, Lang::En), "grade B, worth 60% of full points");
    }

    #[test]
    fn a_share_lies_between_nothing_and_all() {
        assert_eq!(ids(&grade("A", "1.1").check()), [("criteria/share-outside", "share")]);
        assert_eq!(ids(&grade("A", "1").check()), []);
    }
}
