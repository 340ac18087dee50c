//! `peer`, `percentile`, `rank`: against the scored values of the peer group, the unit's own among
//! them [P8].

use serde::{Deserialize, Serialize};

use super::problem::not_a_share;
use super::{Direction, Loss, Outcome, Problem, Shown, Steps, Verdict, shown};
use crate::codes::criteria;
use crate::number::Exact;
use crate::score::reason;
use crate::text::Said;

/// Fewer values than this make no peer group [P8].
const AT_LEAST: usize = 3;

/// A figure of the peer group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// The plain mean of the units' values.
    Mean,
    /// The middle value, or the mean of the two in the middle.
    Median,
}

impl Against {
    fn of(self, peers: &[Exact]) -> Option<Exact> {
        let mean = |values: &[Exact]| values.iter().sum::<Exact>().checked_div(&Exact::from(values.len()));
        match self {
            Self::Mean => mean(peers),
            Self::Median => {
                let mut sorted = peers.to_vec();
                sorted.sort();
                let middle = sorted.len().checked_sub(1)? / 2;
                mean(sorted.get(middle..=sorted.len() / 2)?)
            }
        }
    }
}

/// Full points at the peer figure, points off for every step short of it. *Mean 83.4, v 81.2, 1 point
/// off per point: 2.2 points lost, 2 if only full steps count (domain S12).*
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    /// What the value is compared with.
    pub against: Against,
    /// Which way is better.
    pub direction: Direction,
    /// What a step costs.
    pub loss: Loss,
}

impl Peer {
    /// Points for `value` among `peers`, all in the display unit.
    pub fn score(&self, value: &Exact, peers: &[Exact], full_points: &Exact, shown: &Shown) -> Outcome {
        if peers.len() < AT_LEAST {
            return too_few(peers);
        }
        let Some(target) = self.against.of(peers) else { return too_few(peers) };
        let name = match self.against {
            Against::Mean => &reason::EDGE_PEER_MEAN,
            Against::Median => &reason::EDGE_PEER_MEDIAN,
        };
        let steps = Steps { target, direction: self.direction, loss: self.loss.clone() };
        Outcome::Evaluated(steps.lost_against(name, value, shown).from_full(full_points))
    }

    /// What is wrong with the parameters.
    pub fn check(&self) -> Vec<Problem> {
        self.loss.check(&[])
    }
}

/// What equal values receive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ties {
    /// All of them the best place they take up: the share of the peers that are not better.
    #[default]
    Best,
    /// The mean of the places they take up.
    Mean,
}

/// Full points × place / number of peers, the worst taking place 1. *4 peers, the second worst:
/// 2/4.*
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percentile {
    /// What equal values receive.
    pub ties: Ties,
    /// Which way is better.
    pub direction: Direction,
}

impl Percentile {
    /// Points for `value` among `peers`, in the display unit.
    pub fn score(&self, value: &Exact, peers: &[Exact], full_points: &Exact, shown: &Shown) -> Outcome {
        let place = Place::of(value, peers, self.direction);
        let not_better = Exact::from(peers.len() - place.better.min(peers.len()));
        let lowered = match self.ties {
            Ties::Best => Exact::zero(),
            Ties::Mean => &Exact::from(place.equal.saturating_sub(1)) * &Exact::from_steps(5, 1),
        };
        let share = (&not_better - &lowered).checked_div(&Exact::from(peers.len()));
        place.outcome(value, peers, &share.unwrap_or_else(Exact::zero), full_points, shown)
    }
}

/// Full points × the share of the place; places beyond the list have its last share. *1, 0.95, 0.9:
/// the two best of four, being equal, earn 1, the third 0.9, the fourth 0.9.*
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// Shares of full points from the first place down, 0 to 1.
    pub shares: Vec<Exact>,
    /// Which way is better.
    pub direction: Direction,
}

impl Places {
    /// Points for `value` among `peers`, in the display unit.
    pub fn score(&self, value: &Exact, peers: &[Exact], full_points: &Exact, shown: &Shown) -> Outcome {
        let place = Place::of(value, peers, self.direction);
        let share = self.shares.get(place.better).or(self.shares.last());
        place.outcome(value, peers, share.unwrap_or(&Exact::zero()), full_points, shown)
    }

    /// What is wrong with the shares.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems: Vec<Problem> = Vec::new();
        if self.shares.is_empty() {
            problems.push(Problem::new(&criteria::RANK_EMPTY, "rank"));
        }
        for (entry, share) in self.shares.iter().enumerate() {
            problems.extend(not_a_share("rank", share).map(|problem| problem.in_entry(entry)));
        }
        for (entry, pair) in self.shares.windows(2).enumerate().filter(|(_, pair)| pair[0] < pair[1]) {
            let problem = Problem::new(&criteria::RANK_RISES, "rank").in_entry(entry + 1);
            problems.push(problem.with("better", pair[0].to_string()).with("worse", pair[1].to_string()));
        }
        problems
    }
}

/// Where a value stands among its peers.
struct Place {
    /// Peers that are better.
    better: usize,
    /// Peers that are equal, the value itself among them.
    equal: usize,
}

impl Place {
    fn of(value: &Exact, peers: &[Exact], direction: Direction) -> Self {
        let better = peers.iter().filter(|peer| *peer != value && direction.reaches(peer, value)).count();
        Self { better, equal: peers.iter().filter(|peer| *peer == value).count() }
    }

    fn outcome(&self, value: &Exact, peers: &[Exact], share: &Exact, full_points: &Exact, shown: &Shown) -> Outcome {
        if peers.len() < AT_LEAST {
            return too_few(peers);
        }
        let others = self.equal.saturating_sub(1);
        let said = match others {
            0 => Said::new(&reason::PEER_PLACE),
            _ => Said::new(&reason::PEER_PLACE_SHARED).with("others", others.to_string()),
        };
        let said = said.with("value", shown.value(value)).with("count", peers.len().to_string());
        let said = said.with("place", (self.better + 1).to_string()).with("share", shown::share(share));
        Outcome::Evaluated(Verdict::new((full_points * share).clamp_to(&Exact::zero(), full_points), said))
    }
}

fn too_few(peers: &[Exact]) -> Outcome {
    Outcome::NotEvaluable(Said::new(&reason::PEER_TOO_FEW).with("count", peers.len().to_string()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{ids, percent, said, x};
    use super::super::{Count, Per};
    use super::*;
    use crate::text::{Lang, Text};

    fn all(values: &[&str]) -> Vec<Exact> {
        values.iter().map(|value| x(value)).collect()
    }

    fn verdict(outcome: Outcome) -> Verdict {
        match outcome {
            Outcome::Evaluated(verdict) => verdict,
            Outcome::OrElse(said) | Outcome::NotEvaluable(said) => panic!("{}", said.render(Lang::En)),
        }
    }

    fn peer(against: Against, count: Count) -> Peer {
        let loss = Loss { every: x("1"), lose: x("1"), count, lose_most: None, per: Per::Points };
        Peer { against, direction: Direction::Higher, loss }
    }

    /// P8, domain S12: own 81.2 %, mean of 81.2, 84.0 and 85.0 = 83.4: 2.2 points short cost 2 (floor) or 2.2 of 4.
    #[test]
    fn a_value_is_measured_by_the_mean_of_its_peers() {
        let unit = Text::same("%");
        let peers = all(&["81.2", "84", "85"]);
        for (count, points) in [(Count::Floor, "2"), (Count::Exact, "1.8")] {
            let found = verdict(peer(Against::Mean, count).score(&x("81.2"), &peers, &x("4"), &percent(&unit)));
            assert_eq!(found.points, x(points));
        }
        let found = verdict(peer(Against::Mean, Count::Floor).score(&x("84"), &peers, &x("4"), &percent(&unit)));
        assert_eq!(found.points, x("4"));
        assert_eq!(said(&found, Lang::En), "84.00% reaches the peer mean of 83.4%");
    }

    /// The median of an even number of values lies between the two in the middle: 2, 4, 6, 100 → 5.
    #[test]
    fn the_median_is_not_moved_by_the_largest() {
        let unit = Text::same("%");
        let found = verdict(peer(Against::Median, Count::Exact).score(&x("4"), &all(&["100", "2", "6", "4"]), &x("4"), &percent(&unit)));
        assert_eq!(found.points, x("3"));
        assert_eq!(said(&found, Lang::Zh), "4.00%，低于同类中位数 5%，差 1.00 个百分点，每差 1 个百分点扣 1 分，扣 1 分");
        assert_eq!(Against::Median.of(&all(&["3", "1", "2"])), Some(x("2")));
    }

    /// P8: with two values there is no peer group.
    #[test]
    fn fewer_than_three_values_evaluate_nothing() {
        let unit = Text::same("%");
        let two = all(&["1", "2"]);
        let percentile = Percentile { ties: Ties::Mean, direction: Direction::Higher };
        let places = Places { shares: all(&["1"]), direction: Direction::Higher };
        let outcomes = [
            peer(Against::Mean, Count::Exact).score(&x("1"), &two, &x("4"), &percent(&unit)),
            percentile.score(&x("1"), &two, &x("4"), &percent(&unit)),
            places.score(&x("1"), &two, &x("4"), &percent(&unit)),
        ];
        for outcome in outcomes {
            let Outcome::NotEvaluable(said) = outcome else { panic!("evaluated") };
            assert_eq!(said.render(Lang::En), "the peer group has comparable values of 2 only, fewer than 3");
        }
    }

    /// Places from the worst: 10 → 1, the two 20s → 2 and 3, 30 → 4, of 4 each. Equal values receive the best place
    /// they take up (3/4), or the mean of both (2.5/4).
    #[test]
    fn a_percentile_counts_those_who_are_not_better() {
        let unit = Text::same("%");
        let peers = all(&["20", "10", "30", "20"]);
        let points = |ties, direction, value: &str| {
            verdict(Percentile { ties, direction }.score(&x(value), &peers, &x("4"), &percent(&unit))).points
        };
        assert_eq!(["10", "20", "30"].map(|value| points(Ties::Best, Direction::Higher, value)), [x("1"), x("3"), x("4")]);
        assert_eq!(["10", "20", "30"].map(|value| points(Ties::Mean, Direction::Higher, value)), [x("1"), x("2.5"), x("4")]);
        assert_eq!(["10", "20", "30"].map(|value| points(Ties::Best, Direction::Lower, value)), [x("4"), x("3"), x("1")]);
    }

    /// SCHEMES: rank = [1.0, 0.95, 0.9], beyond the end the last. Equal values share a place, and the next is skipped [R4].
    #[test]
    fn places_have_their_shares() {
        let unit = Text::same("%");
        let peers = all(&["90", "90", "80", "70"]);
        let places = Places { shares: all(&["1", "0.95", "0.9"]), direction: Direction::Higher };
        let score = |value: &str| verdict(places.score(&x(value), &peers, &x("10"), &percent(&unit)));
        assert_eq!(["90", "80", "70"].map(|value| score(value).points), [x("10"), x("9"), x("9")]);
        assert_eq!(said(&score("90"), Lang::Zh), "90.00%，在同类 4 个数值中与另 1 个并列第 1 位，计满分的 100%");
        assert_eq!(said(&score("70"), Lang::En), "70.00% takes place 4 of 4 in the peer group and earns 90% of full points");
    }

    #[test]
    fn shares_that_cannot_be_meant_are_named() {
        let check = |shares: &[&str]| ids(&Places { shares: all(shares), direction: Direction::Higher }.check());
        assert_eq!(check(&["1", "0.95", "0.95"]), []);
        assert_eq!(check(&[]), [("criteria/rank-empty", "rank")]);
        assert_eq!(check(&["0.9", "1"]), [("criteria/rank-rises", "rank")]);
        assert_eq!(check(&["1.5"]), [("criteria/share-outside", "rank")]);
    }

    proptest! {
        /// Whoever is better never earns less, and the best earns everything where nobody is equal.
        #[test]
        fn better_values_never_earn_less(values in prop::collection::vec(0_i64..50, 3..12), a in 0..12_usize, b in 0..12_usize) {
            let unit = Text::same("%");
            let peers: Vec<Exact> = values.iter().map(|value| Exact::from(*value)).collect();
            let (a, b) = (&peers[a % peers.len()], &peers[b % peers.len()]);
            let (low, high) = (a.min(b), a.max(b));
            for ties in [Ties::Best, Ties::Mean] {
                let rule = Percentile { ties, direction: Direction::Higher };
                let points = |value: &Exact| verdict(rule.score(value, &peers, &x("10"), &percent(&unit))).points;
                prop_assert!(points(low) <= points(high));
                prop_assert!(points(low) > Exact::zero());
            }
            let all_of_them: Vec<Exact> = peers.iter().map(|value| {
                verdict(Percentile { ties: Ties::Mean, direction: Direction::Higher }.score(value, &peers, &Exact::one(), &percent(&unit))).points
            }).collect();
            let all_of_them: Exact = all_of_them.iter().sum();
            // The places 1 to n add up to n (n + 1) / 2, however they are shared.
            prop_assert_eq!(&all_of_them + &all_of_them, Exact::from(peers.len() + 1));
        }
    }
}
