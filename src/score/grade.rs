//! Grades of totals: cut-offs, what a grade asks for besides, caps, quotas (SEMANTICS R5, R6).

use std::collections::BTreeMap;

use crate::number::Exact;
use crate::score::criteria::GradeCut;
use crate::score::phrases;
use crate::scorebook::{Reached, Stated};
use crate::text::{Said, Text};

/// What a grade asks for besides a total.
#[derive(Debug, Clone, Default)]
pub struct Requires {
    /// A verdict that must be reached, by index.
    pub verdict: Option<usize>,
    /// The share of its applicable points that every dimension of the total must reach.
    pub every_dimension_at_least: Option<Exact>,
}

/// A unit as far as its grade needs it.
#[derive(Debug, Clone)]
pub struct Graded {
    /// Units of different groups share no quota.
    pub peer_group: String,
    /// The points that are compared with the cut-offs; `None` gets no grade.
    pub points: Option<Exact>,
    /// Place in the peer group; a unit without one takes no place of a quota either.
    pub rank: Option<usize>,
    /// The best grade that vetoes leave, by index.
    pub cap: Option<usize>,
    /// Verdicts, in the order of the scheme; `None` where nothing is stated, and a grade asks for nothing.
    pub verdicts: Vec<Option<Stated>>,
    /// Dimensions of the total with the share of their applicable points they reach.
    pub dimensions: Vec<(Text, Exact)>,
}

/// The grade of a unit, by index, and why it is not a better one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Index of the grade; `None` below the lowest cut-off, and without a total.
    pub grade: Option<usize>,
    /// What kept it from a better one.
    pub notes: Vec<Said>,
    is_capped: bool,
}

/// The grades of all units.
pub fn grades(cuts: &[GradeCut], units: &[Graded]) -> Vec<Given> {
    let mut given: Vec<Given> = units.iter().map(|unit| by_points(cuts, unit)).collect();
    for (index, cut) in cuts.iter().enumerate() {
        if let Some(share) = &cut.quota {
            hold_quota(cuts, index, share, units, &mut given);
        }
    }
    given
}

/// The first grade from the top whose cut-off is reached, edge included, and that asks for nothing else, or for what
/// the unit has; held to its cap.
fn by_points(cuts: &[GradeCut], unit: &Graded) -> Given {
    let mut given = Given { grade: None, notes: Vec::new(), is_capped: false };
    let Some(points) = &unit.points else { return given };
    let reached = cuts.iter().position(|cut| cut.at_least.as_ref().is_none_or(|least| points >= least));
    given.grade = reached.and_then(|index| allowed(cuts, index, unit, &mut given.notes));
    if let (Some(grade), Some(cap)) = (given.grade, unit.cap)
        && grade < cap
    {
        given.notes.push(Said::new(&phrases::GRADE_CAPPED).with("grade", cuts[cap].name.clone()));
        given.grade = allowed(cuts, cap, unit, &mut given.notes);
        given.is_capped = true;
    }
    given
}

/// This grade, or the next lower one that asks for no more than the unit has.
fn allowed(cuts: &[GradeCut], from: usize, unit: &Graded, notes: &mut Vec<Said>) -> Option<usize> {
    (from..cuts.len()).find(|index| match unmet(&cuts[*index], unit) {
        Some(said) => {
            notes.push(said);
            false
        }
        None => true,
    })
}

/// What a grade asks for that the unit does not have.
fn unmet(cut: &GradeCut, unit: &Graded) -> Option<Said> {
    let asked = |phrase| Said::new(phrase).with("grade", cut.name.clone());
    let verdict = cut.requires.verdict.and_then(|index| unit.verdicts.get(index)?.as_ref()).filter(|stated| stated.reached != Reached::Yes);
    if let Some(stated) = verdict {
        return Some(asked(&phrases::GRADE_VERDICT).with("verdict", stated.states.clone()));
    }
    let share = cut.requires.every_dimension_at_least.as_ref()?;
    let (name, reached) = unit.dimensions.iter().find(|(_, reached)| reached < share)?;
    let percent = |share: &Exact| crate::score::kernel::shown::share(share);
    Some(asked(&phrases::GRADE_DIMENSION).with("dimension", name.clone()).with("reached", percent(reached)).with("share", percent(share)))
}

/// R6: at most floor(q × n) units of a peer group; those who tie beyond it get the next lower grade together. Units
/// that a veto put there take no place.
fn hold_quota(cuts: &[GradeCut], index: usize, share: &Exact, units: &[Graded], given: &mut [Given]) {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate().filter(|(_, unit)| unit.points.is_some() && unit.rank.is_some()) {
        groups.entry(&unit.peer_group).or_default().push(at);
    }
    for members in groups.into_values() {
        let limit = (share * &Exact::from(members.len())).floor();
        let mut held: Vec<usize> = members.into_iter().filter(|at| given[*at].grade == Some(index) && !given[*at].is_capped).collect();
        held.sort_by_key(|at| units[*at].rank);
        let mut taken = 0;
        for equal in held.chunk_by(|a, b| units[*a].rank == units[*b].rank) {
            taken += equal.len();
            if Exact::from(taken) <= limit {
                continue;
            }
            for at in equal {
                let said = Said::new(&phrases::GRADE_QUOTA).with("grade", cuts[index].name.clone()).with("limit", limit.to_string());
                given[*at].notes.push(said);
                given[*at].grade = allowed(cuts, index + 1, &units[*at], &mut given[*at].notes);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(id: &str, least: Option<i32>) -> GradeCut {
        GradeCut { id: id.into(), name: Text::same(id), at_least: least.map(Exact::from), requires: Requires::default(), quota: None }
    }

    fn unit(points: &str, rank: usize) -> Graded {
        Graded {
            peer_group: String::new(),
            points: points.parse().ok(),
            rank: Some(rank),
            cap: None,
            verdicts: Vec::new(),
            dimensions: Vec::new(),
        }
    }

    fn ids(cuts: &[GradeCut], units: &[Graded]) -> Vec<String> {
        grades(cuts, units).iter().map(|given| given.grade.map_or("-".into(), |index| cuts[index].id.clone())).collect()
    }

    /// R5: the edge is included; below the lowest cut-off there is no grade; no total, no grade.
    #[test]
    fn a_cut_off_includes_its_edge() {
        let cuts = [cut("excellent", Some(90)), cut("good", Some(80))];
        let none = Graded { points: None, ..unit("1", 4) };
        assert_eq!(ids(&cuts, &[unit("90", 1), unit("89.99", 2), unit("79.99", 3), none]), ["excellent", "good", "-", "-"]);
        assert_eq!(ids(&[cut("pass", Some(60)), cut("fail", None)], &[unit("3", 1)]), ["fail"]);
    }

    /// R6: n = 10, q = 0.3, ranks 1, 2, 3, 3: two units; the two that tie get the next lower grade together.
    #[test]
    fn who_ties_beyond_a_quota_gets_the_next_grade() {
        let cuts = [GradeCut { quota: "0.3".parse().ok(), ..cut("excellent", Some(90)) }, cut("good", Some(80))];
        let ranks = [1, 2, 3, 3, 5, 6, 7, 8, 9, 10];
        let points = ["97", "96", "95", "95", "89", "88", "87", "86", "85", "84"];
        let mut units: Vec<Graded> = points.iter().zip(ranks).map(|(points, rank)| unit(points, rank)).collect();
        let found = ids(&cuts, &units);
        assert_eq!(found[..5], ["excellent", "excellent", "good", "good", "good"]);
        // A unit that a veto keeps out takes no place: the next ones fit.
        units[0].cap = Some(1);
        assert_eq!(ids(&cuts, &units)[..5], ["good", "excellent", "excellent", "excellent", "good"]);
    }

    /// SCHEMES 4: a grade may ask for a verdict, and that no dimension falls short.
    #[test]
    fn a_grade_may_ask_for_more_than_a_total() {
        let requires = Requires { verdict: Some(0), every_dimension_at_least: "0.6".parse().ok() };
        let cuts = [GradeCut { requires, ..cut("excellent", Some(90)) }, cut("good", Some(80))];
        let stated = |reached| Stated { id: "tight".into(), reached, states: Text::same("loose"), reason: Vec::new() };
        let with = |reached, share: &str| Graded {
            verdicts: vec![Some(stated(reached))],
            dimensions: vec![(Text::same("quality"), share.parse().expect("a number"))],
            ..unit("95", 1)
        };
        let units = [with(Reached::Yes, "0.6"), with(Reached::No, "1"), with(Reached::Open, "1"), with(Reached::Yes, "0.59")];
        assert_eq!(ids(&cuts, &units), ["excellent", "good", "good", "good"]);
        assert_eq!(
            grades(&cuts, &units[3..])[0].notes[0].render(crate::text::Lang::En),
            "excellent asks for 60% of every dimension, and quality reaches 59%"
        );
    }
}
