//! How the units stand in each dimension: the mean share of its points, who earned most and least of them, and which criteria
//! cost the units most.

use std::collections::BTreeMap;

use crate::number::Exact;
use crate::scorebook::{Scorebook, UnitResult};

/// Criteria named as costly, at most.
const NAMED: usize = 3;

/// One top dimension.
#[derive(Debug)]
pub struct DimensionStanding {
    /// Its index.
    pub dimension: usize,
    /// Peer group by peer group, those in which any of its points are applicable.
    pub groups: Vec<GroupShare>,
    /// Indices of its criteria and the points that all units together lost by them: the most first.
    pub costly: Vec<(usize, Exact)>,
}

/// The shares of applicable points that the units of one peer group earned.
#[derive(Debug)]
pub struct GroupShare {
    /// Its name; empty where all units form one.
    pub group: String,
    /// The plain mean of the units' shares, 1 for all points.
    pub mean: Exact,
    /// The greatest share, and the indices of the units that have it.
    pub best: (Exact, Vec<usize>),
    /// The least, and whose it is; `None` where all have the same.
    pub weakest: Option<(Exact, Vec<usize>)>,
}

/// How the units stand in the top dimensions.
pub fn dimensions(book: &Scorebook) -> Vec<DimensionStanding> {
    let top = (0..book.dimensions.len()).filter(|at| book.dimensions.get(*at).is_some_and(|head| head.within.is_none()));
    top.map(|dimension| DimensionStanding { dimension, groups: groups(book, dimension), costly: costly(book, dimension) }).collect()
}

fn groups(book: &Scorebook, dimension: usize) -> Vec<GroupShare> {
    let mut shares: BTreeMap<&str, Vec<(Exact, usize)>> = BTreeMap::new();
    for (at, unit) in book.units.iter().enumerate() {
        let share = unit.dimensions.get(dimension).and_then(|sum| sum.points.checked_div(&sum.applicable));
        if let Some(share) = share {
            shares.entry(unit.peer_group.as_str()).or_default().push((share, at));
        }
    }
    shares.into_iter().filter_map(|(group, shares)| group_share(group, &shares)).collect()
}

fn group_share(group: &str, shares: &[(Exact, usize)]) -> Option<GroupShare> {
    let all: Vec<&Exact> = shares.iter().map(|(share, _)| share).collect();
    let (most, least) = ((*all.iter().max()?).clone(), (*all.iter().min()?).clone());
    let with = |wanted: &Exact| shares.iter().filter(|(share, _)| share == wanted).map(|(_, at)| *at).collect::<Vec<_>>();
    Some(GroupShare {
        group: group.to_owned(),
        mean: all.iter().copied().sum::<Exact>().checked_div(&Exact::from(all.len()))?,
        weakest: (least < most).then(|| (least.clone(), with(&least))),
        best: (most.clone(), with(&most)),
    })
}

/// The criteria of a top dimension, those of its children included, by points lost.
fn costly(book: &Scorebook, dimension: usize) -> Vec<(usize, Exact)> {
    let is_within = |at: usize| std::iter::successors(Some(at), |at| book.dimensions.get(*at)?.within).any(|at| at == dimension);
    let of_dimension = book.criteria.iter().enumerate().filter(|(_, head)| is_within(head.dimension));
    let mut found: Vec<(usize, Exact)> = of_dimension
        .map(|(at, head)| {
            let lost = |unit: &UnitResult| {
                let score = unit.scores.get(at).filter(|score| score.is_on_sheet)?;
                Some(&head.points - score.points.as_ref()?)
            };
            let lost: Vec<Exact> = book.units.iter().filter_map(lost).collect();
            (at, lost.iter().sum())
        })
        .filter(|(_, lost): &(usize, Exact)| *lost > Exact::zero())
        .collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    found.truncate(NAMED);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::scorebook;

    /// Service: 50/60, 33/40, 20/60, 20/60; mean (0.8333 + 0.825 + 0.3333 + 0.3333) / 4 = 0.58125. Lost by the rate:
    /// 10 + 7 + 40, nothing counted where it was refused; the survey cost nobody anything.
    #[test]
    fn a_dimension_knows_its_mean_its_ends_and_what_it_cost() {
        let book = scorebook();
        let found = dimensions(&book);
        let service = &found[0];
        let group = &service.groups[0];
        assert_eq!(group.mean.to_string(), "0.58125");
        assert_eq!((group.best.0.fixed(4).as_str(), &group.best.1[..]), ("0.8333", &[0][..]));
        assert_eq!(group.weakest.as_ref().map(|(share, units)| (share.fixed(4), units.clone())), Some(("0.3333".to_owned(), vec![2, 3])));
        assert_eq!(service.costly, [(0, Exact::from(57))]);
        // Operation: 35, 35, 40, 40 of 40 each.
        assert_eq!(found[1].groups[0].mean.to_string(), "0.9375");
        assert_eq!(found[1].costly, [(2, Exact::from(10))]);
    }

    #[test]
    fn peer_groups_are_told_apart_and_equals_have_no_weakest() {
        let mut book = scorebook();
        for (unit, group) in book.units.iter_mut().zip(["a", "a", "b", "b"]) {
            group.clone_into(&mut unit.peer_group);
        }
        let found = dimensions(&book);
        let operation = &found[1].groups;
        assert_eq!(
            operation.iter().map(|one| (one.group.as_str(), one.mean.to_string())).collect::<Vec<_>>(),
            [("a", "0.875".to_owned()), ("b", "1".to_owned())]
        );
        assert!(operation[1].weakest.is_none());
        assert_eq!(operation[1].best.1, [2, 3]);
    }
}
