//! Ranks within peer groups (SEMANTICS R4, O11).

use crate::number::Exact;

/// What a unit is ranked by.
#[derive(Debug, Clone)]
pub struct Ranked {
    /// Peer group; units of different groups are not compared.
    pub peer_group: String,
    /// Printed total; `None` gets no rank.
    pub total: Option<Exact>,
    /// The total before any rounding, to see whether rounding decides an order.
    pub unrounded: Option<Exact>,
}

/// Ranks by printed total, highest first: 1, 1, 3.
pub fn ranks(units: &[Ranked]) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..units.len()).filter(|index| units[*index].total.is_some()).collect();
    order.sort_by(|a, b| units[*a].peer_group.cmp(&units[*b].peer_group).then_with(|| units[*b].total.cmp(&units[*a].total)));
    let mut ranks = vec![None; units.len()];
    for group in order.chunk_by(|a, b| units[*a].peer_group == units[*b].peer_group) {
        let mut better = 0;
        for equal in group.chunk_by(|a, b| units[*a].total == units[*b].total) {
            for index in equal {
                ranks[*index] = Some(better + 1);
            }
            better += equal.len();
        }
    }
    ranks
}

/// Neighbouring pairs whose order in the unrounded totals differs from the printed one: (ahead
/// without rounding, behind without rounding), as indices.
pub fn decided_by_rounding(units: &[Ranked]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> =
        (0..units.len()).filter(|index| units[*index].total.is_some() && units[*index].unrounded.is_some()).collect();
    order.sort_by(|a, b| {
        let (a, b) = (&units[*a], &units[*b]);
        a.peer_group.cmp(&b.peer_group).then_with(|| b.unrounded.cmp(&a.unrounded))
    });
    let differs = |pair: &&[usize]| {
        let (ahead, behind) = (&units[pair[0]], &units[pair[1]]);
        ahead.peer_group == behind.peer_group && ahead.unrounded > behind.unrounded && ahead.total <= behind.total
    };
    order.windows(2).filter(differs).map(|pair| (pair[0], pair[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(group: &str, total: Option<&str>, unrounded: &str) -> Ranked {
        let number = |text: &str| text.parse::<Exact>().expect("a number");
        Ranked { peer_group: group.into(), total: total.map(number), unrounded: Some(number(unrounded)) }
    }

    /// R4: 1, 1, 3; no total, no rank. O11: groups apart.
    #[test]
    fn equal_totals_share_a_rank_and_the_next_is_skipped() {
        let units = [
            unit("a", Some("92.40"), "92.40"),
            unit("a", Some("90.10"), "90.10"),
            unit("a", Some("92.40"), "92.40"),
            unit("b", Some("10.00"), "10"),
            unit("a", None, "99"),
        ];
        assert_eq!(ranks(&units), [Some(1), Some(3), Some(1), Some(1), None]);
        assert!(decided_by_rounding(&units).is_empty());
    }

    /// R4: where unrounded totals would order two units differently, they are named.
    #[test]
    fn an_order_made_by_rounding_is_named() {
        let units = [unit("", Some("85.22"), "85.216"), unit("", Some("85.22"), "85.224"), unit("", Some("85.30"), "85.3")];
        assert_eq!(decided_by_rounding(&units), [(1, 0)]);
    }
}
