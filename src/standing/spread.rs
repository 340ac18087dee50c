//! Where a value lies among those of its peers (百分位、四分位), for a unit that may learn how the others did but not who.

use super::Fields;
use crate::catalogue::Better;
use crate::formula::Window;
use crate::number::Exact;
use crate::score::criterion::usable;
use crate::scorebook::{MeasureResult, Scorebook, UnitResult};

/// Fewest other units with a value for which a distribution is shown: among fewer, whoever knows the group can tell whose
/// value it is.
pub const OTHERS_AT_LEAST: usize = 5;

/// The assessed values of all peer groups.
pub struct PeerValues<'a> {
    book: &'a Scorebook,
    fields: Fields<'a>,
}

/// One unit's place among the values of its peer group, its own among them [P8].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmongPeers {
    /// Other units of the group with a value that may be scored.
    pub others: usize,
    /// What there is to show; `None` below [`OTHERS_AT_LEAST`].
    pub shown: Option<Shown>,
}

/// The distribution, and the unit's place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Values not better than its own, in percent of all, as the rule `percentile` counts [P8]; `None` without a value of its
    /// own or without a direction.
    pub percentile: Option<Exact>,
    /// Lowest, lower quartile, median, upper quartile, highest.
    pub quartiles: [Exact; 5],
}

impl<'a> PeerValues<'a> {
    /// Of a result.
    pub fn of(book: &'a Scorebook) -> Self {
        Self { book, fields: Fields::gather(book) }
    }

    /// Where a unit lies by an indicator.
    pub fn place(&self, unit: &UnitResult, indicator: usize) -> AmongPeers {
        let group = self.fields.0.get(indicator).and_then(|groups| groups.get(&unit.peer_group)).map_or(&[][..], Vec::as_slice);
        let is_own = |measure: &&MeasureResult| measure.window == Window::Assessed && measure.indicator == indicator;
        let own = unit.measures.iter().find(is_own).and_then(usable);
        let others = group.len() - usize::from(own.is_some());
        let better = self.book.indicators.get(indicator).map_or(Better::Monitor, |head| head.better);
        let percentile = own.and_then(|own| percentile(group, own, better));
        let shown = if others < OTHERS_AT_LEAST { None } else { quartiles(group) };
        AmongPeers { others, shown: shown.map(|quartiles| Shown { percentile, quartiles }) }
    }
}

/// Values not better than one of them, in percent of all.
fn percentile(sorted: &[&MeasureResult], own: &Exact, better: Better) -> Option<Exact> {
    let count = match better {
        Better::Higher => sorted.partition_point(|one| one.value.as_ref() <= Some(own)),
        Better::Lower => sorted.len() - sorted.partition_point(|one| one.value.as_ref() < Some(own)),
        Better::Range | Better::Monitor => return None,
    };
    Exact::from(100 * count).checked_div(&Exact::from(sorted.len()))
}

/// The five quartiles of sorted values: linear between neighbours at (n − 1) × k/4, which is type 7 of Hyndman and Fan (The
/// American Statistician 50, 1996, 361–365) and `QUARTILE.INC` of spreadsheets, and gives the median used everywhere else.
fn quartiles(sorted: &[&MeasureResult]) -> Option<[Exact; 5]> {
    let value = |at: usize| sorted.get(at)?.value.as_ref();
    let at = |k: usize| {
        let place = sorted.len().checked_sub(1)? * k;
        let (low, high) = (value(place / 4)?, value(place.div_ceil(4))?);
        let part = (&(high - low) * &Exact::from(place % 4)).checked_div(&Exact::from(4))?;
        Some(low + &part)
    };
    Some([at(0)?, at(1)?, at(2)?, at(3)?, at(4)?])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::scorebook;
    use crate::state::State;

    fn x(text: &str) -> Exact {
        text.parse().expect("a decimal")
    }

    fn quartiles_of(values: &[&str]) -> Vec<String> {
        let model = scorebook().units[0].measures[0].clone();
        let measures: Vec<MeasureResult> = values.iter().map(|value| MeasureResult { value: Some(x(value)), ..model.clone() }).collect();
        quartiles(&measures.iter().collect::<Vec<_>>()).expect("values").iter().map(Exact::to_string).collect()
    }

    /// Six values: places 0, 1.25, 2.5, 3.75, 5. 20 + 0.25 × 10, 30 + 0.5 × 20, 50 + 0.75 × 20.
    #[test]
    fn quartiles_lie_between_neighbours() {
        assert_eq!(quartiles_of(&["10", "20", "30", "50", "70", "100"]), ["10", "22.5", "40", "65", "100"]);
        assert_eq!(quartiles_of(&["1", "2", "3", "4", "5"]), ["1", "2", "3", "4", "5"]);
        assert_eq!(quartiles_of(&["7"]), ["7"; 5]);
    }

    /// A group in which every unit has the value given, the first unit's first.
    fn place(values: &[&str], better: Better) -> AmongPeers {
        let mut book = scorebook();
        book.indicators[0].better = better;
        let model = book.units[0].clone();
        book.units = values.iter().map(|_| model.clone()).collect();
        for (unit, value) in book.units.iter_mut().zip(values) {
            unit.measures[0].value = (*value != "–").then(|| x(value));
            unit.measures[0].state = if *value == "–" { State::Missing } else { State::Reported };
        }
        PeerValues::of(&book).place(&book.units[0], 0)
    }

    /// P8: own value among them. Of 1 2 3 3 4 5, four are not above 3: 66.67 %; four are not below it.
    #[test]
    fn a_percentile_counts_in_the_direction_of_the_indicator() {
        let percentile = |better| place(&["3", "1", "2", "3", "4", "5"], better).shown.expect("five others").percentile;
        let percentile = |better| percentile(better).map(|percent| percent.fixed(2));
        assert_eq!(percentile(Better::Higher).as_deref(), Some("66.67"));
        assert_eq!(percentile(Better::Lower).as_deref(), Some("66.67"));
        assert_eq!(percentile(Better::Range), None);
        let best = place(&["1", "2", "3", "4", "5", "6"], Better::Lower).shown.expect("five others");
        assert_eq!(best.percentile, Some(x("100")));
    }

    #[test]
    fn fewer_than_five_others_are_given_away_and_not_shown() {
        assert_eq!(place(&["3", "1", "2", "4", "5"], Better::Higher), AmongPeers { others: 4, shown: None });
        // Without a value of its own the five others are all there are.
        let without = place(&["–", "1", "2", "3", "4", "5"], Better::Higher);
        assert_eq!(without.others, 5);
        let shown = without.shown.expect("five others");
        assert_eq!((shown.percentile, shown.quartiles[2].to_string().as_str()), (None, "3"));
        assert_eq!(place(&["–", "–", "2", "3", "4", "5"], Better::Higher), AmongPeers { others: 4, shown: None });
    }
}
