//! Values far from those of their peers, by the modified z-score of Iglewicz and Hoaglin, *How to
//! Detect and Handle Outliers* (ASQC 1993): 0.6745 · |x − median| / MAD.

use std::collections::BTreeMap;

use crate::formula::{Formula, evaluate};
use crate::number::Exact;
use crate::period::Span;
use crate::quality::own::{Ground, Own};
use crate::quality::record::Record;
use crate::registry::OrgId;
use crate::text::Text;

/// 0.6745 is the third quartile of the standard normal distribution, to four digits.
const QUARTILE_DECIMALS: u32 = 4;
const QUARTILE: i128 = 6745;

/// The values of one group, by organisation.
type Values = Vec<(OrgId, Exact)>;

/// Compares every organisation's value with those of its peers in the same period.
pub(super) fn check(of: &Formula, peers: Option<&str>, limit: &Exact, at_least: usize, record: &mut Record) {
    let view = record.view;
    let own = Own::new(of.terms(), view);
    if own.is_idle() {
        return;
    }
    let mut groups: BTreeMap<(Span, Option<&str>), Values> = BTreeMap::new();
    for (organisation, span, row) in view.dataset.all_rows() {
        match own.ground(organisation, span, row) {
            Ground::None => {}
            Ground::Part => record.unevaluated(1),
            Ground::Full => match evaluate(&of.node, &mut |node| own.leaf(node, organisation, span, row)).and_then(|value| value.value()) {
                Ok(value) => {
                    let group = peers.and_then(|peers| view.roster.attribute(organisation, peers));
                    groups.entry((span, group)).or_default().push((organisation, value));
                }
                Err(_) => record.unevaluated(1),
            },
        }
    }
    for ((span, _), values) in groups {
        group(span, values, &own, limit, at_least, record);
    }
}

fn group(span: Span, mut values: Values, own: &Own, limit: &Exact, at_least: usize, record: &mut Record) {
    let spread = Spread::of(values.iter().map(|(_, value)| value));
    let Some(spread) = spread.filter(|spread| values.len() >= at_least && !spread.deviation.is_zero()) else {
        record.unevaluated(values.len() as u64);
        return;
    };
    values.sort_unstable_by_key(|(organisation, _)| *organisation);
    let peers = values.len();
    for (organisation, value) in values {
        let score = spread.score(&value);
        if score <= *limit {
            record.held();
            continue;
        }
        let (median, deviation) = (spread.median.fixed(2), spread.deviation.fixed(2));
        let (value, score) = (value.fixed(2), score.fixed(2));
        let note = Text::new(
            format!("；值 {value}，{peers} 家同类机构的中位数 {median}、MAD {deviation}，修正 z 值 {score}"),
            format!(
                "; the value {value} stands beside a median of {median} and an MAD of {deviation} of {peers} peers: modified z-score {score}"
            ),
        );
        record.failed_by(organisation, span, &own.keys(organisation, span), Some(note));
    }
}

/// Median and median absolute deviation, exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Spread {
    median: Exact,
    deviation: Exact,
}

impl Spread {
    /// Of at least one value.
    fn of<'a>(values: impl Iterator<Item = &'a Exact>) -> Option<Self> {
        let mut values: Vec<Exact> = values.cloned().collect();
        let middle = median(&mut values)?;
        let mut deviations: Vec<Exact> = values.iter().map(|value| (value - &middle).abs()).collect();
        Some(Self { deviation: median(&mut deviations)?, median: middle })
    }

    /// The modified z-score; the deviation is not 0.
    fn score(&self, value: &Exact) -> Exact {
        let apart = Exact::from_steps(QUARTILE, QUARTILE_DECIMALS) * (value - &self.median).abs();
        apart.checked_div(&self.deviation).unwrap_or_else(Exact::zero)
    }
}

/// The value in the middle, or halfway between the two in the middle.
fn median(values: &mut [Exact]) -> Option<Exact> {
    values.sort_unstable();
    let upper = values.get(values.len() / 2)?;
    let lower = values.get((values.len() - 1) / 2)?;
    Some((lower + upper) * Exact::from_steps(5, 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn exact(values: &[i64]) -> Vec<Exact> {
        values.iter().copied().map(Exact::from).collect()
    }

    fn spread(values: &[i64]) -> Spread {
        Spread::of(exact(values).iter()).expect("values")
    }

    /// Lengths of stay 8, 9, 9, 10, 50 days: median 9, deviations 1, 0, 0, 1, 41, so MAD 1; the last one scores
    /// 0.6745 × 41 = 27.6545, the others at most 0.6745.
    #[test]
    fn the_modified_z_score_is_that_of_iglewicz_and_hoaglin() {
        let spread = spread(&[8, 50, 9, 10, 9]);
        assert_eq!((spread.median.to_string(), spread.deviation.to_string()), ("9".into(), "1".into()));
        assert_eq!(spread.score(&Exact::from(50)).to_string(), "27.6545");
        assert_eq!(spread.score(&Exact::from(8)).to_string(), "0.6745");
    }

    /// N4: of an even number of values the median is halfway, exactly: 1, 2, 3, 4 → 2.5; deviations 0.5, 0.5, 1.5, 1.5 → 1.
    #[test]
    fn the_median_of_an_even_number_is_halfway() {
        let spread = spread(&[4, 1, 3, 2]);
        assert_eq!((spread.median.to_string(), spread.deviation.to_string()), ("2.5".into(), "1".into()));
    }

    proptest! {
        /// At least half of the values score at most 0.6745, and scores do not change when all values are moved or
        /// stretched.
        #[test]
        fn half_of_the_values_lie_within_one_deviation(values in prop::collection::vec(-1000_i64..1000, 3..30), by in 1_i64..50, move_by in -500_i64..500) {
            let found = spread(&values);
            prop_assume!(!found.deviation.is_zero());
            let quartile = Exact::from_steps(QUARTILE, QUARTILE_DECIMALS);
            let near = values.iter().filter(|value| found.score(&Exact::from(**value)) <= quartile).count();
            prop_assert!(near * 2 >= values.len());
            let moved: Vec<i64> = values.iter().map(|value| value * by + move_by).collect();
            let other = spread(&moved);
            for (value, moved) in values.iter().zip(&moved) {
                prop_assert_eq!(found.score(&Exact::from(*value)), other.score(&Exact::from(*moved)));
            }
        }
    }
}
