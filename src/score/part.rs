//! `part`: by the totals of parts scored before (SEMANTICS R8).

use crate::number::Exact;
use crate::score::criterion::{Context, Result};
use crate::score::feed::{Feed, Share};
use crate::score::kernel::{Verdict, shown};
use crate::score::phrases;
use crate::state::State;
use crate::text::{Said, Text, list};

/// The rule as resolved.
#[derive(Debug, Clone)]
pub struct PartRule {
    /// Ids of the parts.
    pub of: Vec<String>,
    /// The attribute by which units of a part are weighted; all alike if absent.
    pub weight: Option<String>,
}

/// What the parts come to: within each part the mean of its units' totals as shares of their full points, then the mean of
/// the parts. Bonuses of one may make up for another; the criterion never earns more than its points.
pub(super) fn part(rule: &PartRule, full: &Exact, context: Context) -> Result {
    let mut shares = Vec::new();
    let mut reason = Vec::new();
    for id in &rule.of {
        // A part that is not there has its diagnostic.
        let Some(feed) = context.feeds.iter().find(|feed| feed.part == *id) else { continue };
        if let Some(refused) = feed.totals.iter().find(|total| total.share == Share::Refused) {
            let said = Said::new(&phrases::PART_NO_TOTAL).with("part", feed.title.clone()).with("unit", refused.name.clone());
            return Result::State(State::Missing, vec![said]);
        }
        match mean(feed, rule.weight.as_deref()) {
            Some((share, said)) => {
                shares.push(share);
                reason.push(said);
            }
            None => reason.push(Said::new(&phrases::PART_NOBODY).with("part", feed.title.clone())),
        }
    }
    let sum: Exact = shares.iter().sum();
    let Some(share) = sum.checked_div(&Exact::from(shares.len())) else { return Result::NotEvaluable(reason) };
    if shares.len() > 1 {
        reason.push(Said::new(&phrases::PART_MEAN).with("count", shares.len().to_string()).with("share", shown::share(&share)));
    }
    if share > Exact::one() {
        reason.push(Said::new(&phrases::PART_AT_MOST));
    }
    Result::Points(Verdict { points: full * &share.min(Exact::one()), grade: None, reason })
}

/// The mean of the units of one part, with the sentence that says so; `None` where nobody has a total.
fn mean(feed: &Feed, weight: Option<&str>) -> Option<(Exact, Said)> {
    let mut sum = Exact::zero();
    let mut weights = Exact::zero();
    let mut names = Vec::new();
    for total in &feed.totals {
        let Share::Of { total: points, full } = &total.share else { continue };
        // A weight that is no number has its diagnostic.
        let by = weight.map_or_else(|| Some(Exact::one()), |name| total.weight(name))?;
        sum = &sum + &(&by * &points.checked_div(full)?);
        weights = &weights + &by;
        let times = weight.map(|_| format!(" ×{by}")).unwrap_or_default();
        names.push(Text::new(format!("{} {points}/{full}{times}", total.name.zh), format!("{} {points} of {full}{times}", total.name.en)));
    }
    let share = sum.checked_div(&weights)?;
    let phrase = if names.len() > 1 { &phrases::PART_TOTALS } else { &phrases::PART_TOTAL };
    let said = Said::new(phrase).with("part", feed.title.clone()).with("totals", list(&names));
    Some((share.clone(), said.with("share", shown::share(&share))))
}

/// Why a unit is provisional because of the parts it is scored by [S4, R8].
pub(super) fn provisional(rule: &PartRule, context: Context) -> Option<Said> {
    let named = context.feeds.iter().filter(|feed| rule.of.contains(&feed.part));
    let mut open = named.flat_map(|feed| feed.totals.iter().filter(|total| total.is_provisional).map(move |total| (feed, total)));
    let (feed, total) = open.next()?;
    Some(Said::new(&phrases::PROVISIONAL_PART).with("part", feed.title.clone()).with("unit", total.name.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::kernel::tests::x;
    use proptest::prelude::*;

    fn mean_of(totals: &[&str]) -> Option<Exact> {
        mean(&Feed::of_example("members", totals.iter().map(|total| x(total))), None).map(|(share, _)| share)
    }

    /// R8: members 80 and 90 of 100 are 0.85.
    #[test]
    fn totals_are_taken_as_shares_of_their_full_points() {
        assert_eq!(mean_of(&["80", "90"]), Some(x("0.85")));
        assert_eq!(mean_of(&[]), None);
    }

    proptest! {
        /// The mean lies between the least and the most, whatever the order.
        #[test]
        fn the_mean_lies_among_the_totals(totals in prop::collection::vec(0_i32..=100, 1..30)) {
            let texts: Vec<String> = totals.iter().map(i32::to_string).collect();
            let forth = mean_of(&texts.iter().map(String::as_str).collect::<Vec<_>>());
            let back = mean_of(&texts.iter().rev().map(String::as_str).collect::<Vec<_>>());
            prop_assert_eq!(&forth, &back);
            let percent = |value: Option<&i32>| value.and_then(|value| Exact::from(*value).checked_div(&Exact::from(100)));
            prop_assert!(percent(totals.iter().min()) <= forth && forth <= percent(totals.iter().max()));
        }
    }
}
