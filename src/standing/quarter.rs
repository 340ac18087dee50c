//! Quarters of a ranking (前四分之一 …), for a publication without ranks.

use std::collections::BTreeMap;

use crate::scorebook::Scorebook;

/// Fewest ranked units of a peer group that are told in quarters: among fewer, a quarter may hold one unit and is its rank.
pub const RANKED_AT_LEAST: usize = 8;

/// The quarter of each unit, 1 for the first: ⌈4r/n⌉ for rank r of n ranked units of its peer group, so that units of equal
/// rank share one. `None` without a rank or below [`RANKED_AT_LEAST`].
pub fn quarters(book: &Scorebook) -> Vec<Option<usize>> {
    let mut ranked: BTreeMap<&str, usize> = BTreeMap::new();
    for unit in book.units.iter().filter(|unit| unit.rank.is_some()) {
        *ranked.entry(unit.peer_group.as_str()).or_default() += 1;
    }
    let quarter = |group: &str, rank: usize| {
        let count = ranked.get(group).copied().filter(|count| *count >= RANKED_AT_LEAST)?;
        Some((4 * rank).div_ceil(count))
    };
    book.units.iter().map(|unit| quarter(&unit.peer_group, unit.rank?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::scorebook;

    fn quarters_of(ranks: &[usize]) -> Vec<Option<usize>> {
        let mut book = scorebook();
        let model = book.units[0].clone();
        book.units = ranks.iter().map(|_| model.clone()).collect();
        for (unit, rank) in book.units.iter_mut().zip(ranks) {
            unit.rank = (*rank > 0).then_some(*rank);
        }
        quarters(&book)
    }

    /// Of ten, 4r/10 = 0.4, 0.8 | 1.2, 1.6, 2.0 | 2.4, 2.8 | 3.2, 3.6, 4.0.
    #[test]
    fn the_first_quarter_holds_no_more_than_a_quarter() {
        let of_ten: Vec<usize> = quarters_of(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).into_iter().flatten().collect();
        assert_eq!(of_ten, [1, 1, 2, 2, 2, 3, 3, 4, 4, 4]);
    }

    #[test]
    fn equal_ranks_share_a_quarter_and_no_rank_has_none() {
        let quarters = quarters_of(&[1, 2, 2, 2, 5, 6, 7, 8, 0]);
        assert_eq!(quarters, [Some(1), Some(1), Some(1), Some(1), Some(3), Some(3), Some(4), Some(4), None]);
    }

    #[test]
    fn fewer_than_eight_have_no_quarters() {
        assert_eq!(quarters_of(&[1, 2, 3, 4, 5, 6, 7]), [None; 7]);
    }
}
