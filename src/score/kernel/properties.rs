//! What holds of every rule, for parameters and values at random [P3–P5].

use proptest::prelude::*;

use super::*;
use crate::text::{Lang, Text};

/// Values as measures give them: decimals and quotients that do not end.
fn value() -> impl Strategy<Value = Exact> {
    (-30_000_i64..30_000, prop::sample::select(vec![1_i64, 3, 7, 100, 1000, 4096])).prop_map(|(n, d)| quotient(n, d))
}

/// Numbers above 0 as a scheme writes them.
fn positive() -> impl Strategy<Value = Exact> {
    (1_i128..20_000, 0_u32..4).prop_map(|(steps, decimals)| Exact::from_steps(steps, decimals))
}

/// Numbers of either sign as a scheme writes them.
fn written() -> impl Strategy<Value = Exact> {
    (-20_000_i128..20_000, 0_u32..4).prop_map(|(steps, decimals)| Exact::from_steps(steps, decimals))
}

fn share() -> impl Strategy<Value = Exact> {
    (0_i128..=100).prop_map(|steps| Exact::from_steps(steps, 2))
}

fn direction() -> impl Strategy<Value = Direction> {
    prop::sample::select(vec![Direction::Higher, Direction::Lower])
}

fn loss() -> impl Strategy<Value = Loss> {
    let count = prop::sample::select(vec![Count::Floor, Count::Ceil, Count::Exact]);
    let per = prop::sample::select(vec![Per::Points, Per::Percent]);
    (positive(), positive(), count, prop::option::of(positive()), per).prop_map(|(every, lose, count, lose_most, per)| Loss {
        every,
        lose,
        count,
        lose_most,
        per,
    })
}

fn improve() -> impl Strategy<Value = Improve> {
    let by = prop::sample::select(vec![By::Points, By::Percent]);
    let rise = prop_oneof![Just(Rise::Any), positive().prop_map(Rise::AtLeast)];
    let limits = (prop::option::of(written()), prop::option::of(positive()), prop::option::of(positive()));
    (by, rise, share(), limits, direction()).prop_map(|(by, rise, flat, (plateau, min_base_numerator, least_change), direction)| Improve {
        by,
        rise,
        flat,
        plateau,
        min_base_numerator,
        least_change,
        direction,
    })
}

/// A rule that scores one value in one direction, with whatever else it needs fixed.
#[derive(Debug, Clone)]
enum Rule {
    Ratio(Ratio),
    Linear(Linear),
    Bands(Bands),
    Steps(Steps),
    Range(Range),
    Improve(Improve, Exact),
}

fn rule() -> impl Strategy<Value = Rule> {
    let linear = (written(), positive(), share(), direction()).prop_map(|(zero, width, base, direction)| {
        let full = if direction == Direction::Higher { &zero + &width } else { &zero - &width };
        Rule::Linear(Linear { zero, full, base })
    });
    let steps =
        (written(), direction(), loss()).prop_filter("percent of 0", |(target, _, loss)| loss.check(&[("target", target)]).is_empty());
    let range = (positive(), positive(), loss()).prop_map(|(low, width, loss)| Rule::Range(Range { high: &low + &width, low, loss }));
    prop_oneof![
        (positive(), direction()).prop_map(|(target, direction)| Rule::Ratio(Ratio { target, direction })),
        linear,
        descending_bands().prop_map(Rule::Bands),
        steps.prop_map(|(target, direction, loss)| Rule::Steps(Steps { target, direction, loss })),
        range,
        (improve(), value()).prop_map(|(rule, base)| Rule::Improve(rule, base)),
    ]
}

/// Bands as schemes write them: thresholds from the top, and fewer points each time.
fn descending_bands() -> impl Strategy<Value = Bands> {
    prop::collection::btree_map(written(), 1_i64..50, 1..6).prop_map(|edges| {
        let mut points: Vec<i64> = edges.values().copied().collect();
        points.sort_unstable();
        let pairs = edges.into_keys().zip(points).rev();
        let mut bands: Vec<Band> = pairs.map(|(edge, points)| band(When::AtLeast(edge), points)).collect();
        bands.push(band(When::Otherwise, 0));
        Bands { bands }
    })
}

fn band(when: When, points: i64) -> Band {
    Band { when, award: Award::Points(Exact::from(points)) }
}

impl Rule {
    fn score(&self, value: &Exact, full: &Exact, shown: &Shown) -> Option<Verdict> {
        Some(match self {
            Self::Ratio(rule) => rule.score(value, full, shown),
            Self::Linear(rule) => rule.score(value, full, shown),
            Self::Bands(rule) => rule.score(value, full, shown),
            Self::Steps(rule) => rule.score(value, full, shown),
            Self::Range(rule) => rule.score(value, full, shown),
            Self::Improve(rule, base) => match rule.score(value, Baseline::Measured { value: base, numerator: base }, full, shown) {
                Outcome::Evaluated(verdict) => verdict,
                Outcome::OrElse(said) | Outcome::NotEvaluable(said) => {
                    assert!(rendered(&[said]).iter().all(|text| !text.contains(['{', '…'])));
                    return None;
                }
            },
        })
    }

    /// Whether `better` is at least as good a value as `worse`.
    fn in_order(&self, better: &Exact, worse: &Exact) -> bool {
        match self {
            Self::Ratio(Ratio { direction, .. }) | Self::Steps(Steps { direction, .. }) | Self::Improve(Improve { direction, .. }, _) => {
                direction.reaches(better, worse)
            }
            Self::Linear(Linear { zero, full, .. }) => (better >= worse) == (full > zero) || better == worse,
            Self::Bands(_) => better >= worse,
            Self::Range(Range { low, high, .. }) => {
                let (same_side, closer) = if worse < low { (better <= high, better >= worse) } else { (better >= low, better <= worse) };
                same_side && closer
            }
        }
    }

    /// A value that earns full points whatever else holds, where the rule names one.
    fn best(&self) -> Option<Exact> {
        match self {
            Self::Ratio(Ratio { target, .. }) | Self::Steps(Steps { target, .. }) => Some(target.clone()),
            Self::Linear(rule) => Some(rule.full.clone()),
            Self::Range(rule) => Some(rule.high.clone()),
            Self::Improve(rule, _) => rule.plateau.clone(),
            Self::Bands(_) => None,
        }
    }

    /// The most that points can change per unit of value, where the rule has no cliff.
    fn slope(&self, full: &Exact) -> Option<Exact> {
        let over = |amount: &Exact, width: &Exact| amount.checked_div(&width.abs());
        match self {
            Self::Ratio(rule) => over(full, &rule.target),
            Self::Linear(rule) => over(full, &(&rule.full - &rule.zero)),
            Self::Steps(Steps { loss, .. }) | Self::Range(Range { loss, .. }) if loss.count == Count::Exact && loss.per == Per::Points => {
                over(&loss.lose, &loss.every)
            }
            Self::Bands(_) | Self::Steps(_) | Self::Range(_) | Self::Improve(..) => None,
        }
    }
}

fn rendered(parts: &[Said]) -> [String; 2] {
    [Lang::Zh, Lang::En].map(|lang| reason::sentence(parts, lang))
}

fn quotient(n: i64, d: i64) -> Exact {
    Exact::from(n).checked_div(&Exact::from(d)).expect("d is not 0")
}

/// The number at the start of a shown value.
fn number_in(text: &str) -> Exact {
    let digits = text.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '.')).collect::<String>();
    digits.parse().expect("a number")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// P4: no rule gives more than full points or less than none.
    #[test]
    fn points_stay_within_full_points(rule in rule(), v in value(), full in positive()) {
        let unit = Text::same("%");
        if let Some(verdict) = rule.score(&v, &full, &Shown { unit: &unit, decimals: 2 }) {
            prop_assert!(verdict.points >= Exact::zero() && verdict.points <= full, "{:?}", verdict.points);
        }
    }

    /// P4, P5: a better value never earns less.
    #[test]
    fn a_better_value_never_earns_less(rule in rule(), a in value(), b in value(), full in positive()) {
        let unit = Text::same("%");
        let shown = Shown { unit: &unit, decimals: 2 };
        let (better, worse) = if rule.in_order(&a, &b) { (a, b) } else { (b, a) };
        prop_assume!(rule.in_order(&better, &worse));
        if let (Some(more), Some(less)) = (rule.score(&better, &full, &shown), rule.score(&worse, &full, &shown)) {
            prop_assert!(more.points >= less.points);
        }
    }

    /// P3: at the target, the full value, the limit and the plateau full points are given.
    #[test]
    fn the_target_itself_earns_full_points(rule in rule(), full in positive()) {
        let unit = Text::same("%");
        if let Some(best) = rule.best() {
            let verdict = rule.score(&best, &full, &Shown { unit: &unit, decimals: 2 });
            prop_assert_eq!(verdict.map(|verdict| verdict.points), Some(full));
        }
    }

    /// P4: proportional rules have no cliff: points change by at most slope × the change of value.
    #[test]
    fn proportional_rules_have_no_cliff(rule in rule(), v in value(), step in value(), full in positive()) {
        let unit = Text::same("%");
        let shown = Shown { unit: &unit, decimals: 2 };
        if let Some(slope) = rule.slope(&full) {
            let points = |v: &Exact| rule.score(v, &full, &shown).map_or_else(Exact::zero, |verdict| verdict.points);
            prop_assert!((&points(&(&v + &step)) - &points(&v)).abs() <= &slope * &step.abs());
        }
    }

    /// P3: bands that hold no value in common may stand in any order.
    #[test]
    fn disjoint_bands_stand_in_any_order(low in written(), width in positive(), v in value(), edges in (any::<bool>(), any::<bool>())) {
        let unit = Text::same("%");
        let shown = Shown { unit: &unit, decimals: 2 };
        let high = &low + &width;
        let up = band(if edges.0 { When::AtLeast(high.clone()) } else { When::Above(high) }, 5);
        let down = band(if edges.1 { When::AtMost(low.clone()) } else { When::Below(low) }, 3);
        let rest = band(When::Otherwise, 1);
        let one = Bands { bands: vec![up.clone(), down.clone(), rest.clone()] };
        let other = Bands { bands: vec![down, up, rest] };
        prop_assert!(one.check(&Exact::from(5)).is_empty() && other.check(&Exact::from(5)).is_empty());
        prop_assert_eq!(one.score(&v, &Exact::from(5), &shown), other.score(&v, &Exact::from(5), &shown));
    }

    /// P3: a list without complaints holds every value, and each of its bands holds some value first.
    #[test]
    fn checked_bands_hold_every_value(whens in prop::collection::vec((0_usize..5, -3_i64..4), 0..5)) {
        let unit = Text::same("%");
        let shown = Shown { unit: &unit, decimals: 2 };
        let make = |(kind, edge): (usize, i64)| {
            let edge = Exact::from(edge);
            [When::AtLeast(edge.clone()), When::Above(edge.clone()), When::AtMost(edge.clone()), When::Below(edge), When::Otherwise][kind].clone()
        };
        let bands: Vec<Band> = whens.iter().copied().map(make).zip(0..).map(|(when, points)| band(when, points)).collect();
        let count = bands.len();
        let bands = Bands { bands };
        // Every edge and a value between any two edges and beyond them.
        let mut taken = std::collections::BTreeSet::new();
        let mut none = false;
        for half in -8..=8 {
            let verdict = bands.score(&quotient(half, 2), &Exact::from(9), &shown);
            none |= verdict.reason[0].phrase.id == "bands/none";
            if verdict.reason[0].phrase.id == "bands/points" {
                taken.insert(verdict.points);
            }
        }
        let complaints = bands.check(&Exact::from(9));
        let about = |id: &str| complaints.iter().filter(|problem| problem.code.id() == id).count();
        prop_assert_eq!(about("criteria/bands-gap") > 0, none);
        prop_assert_eq!(about("criteria/band-unreachable"), count - taken.len());
    }

    /// Every reason renders in both languages with all its numbers, in every unit.
    #[test]
    fn every_reason_renders(rule in rule(), v in value(), full in positive(), unit in prop::sample::select(vec!["%", "‰", "", "人次"]), decimals in 0_u32..4) {
        let unit = Text::same(unit);
        if let Some(verdict) = rule.score(&v, &full, &Shown { unit: &unit, decimals }) {
            let mut parts = verdict.reason.clone();
            parts.push(reason::earned(&verdict.points, &full, 2));
            for text in rendered(&parts) {
                prop_assert!(!text.contains(['{', '}', '…']) && !text.contains("  ") && !text.contains("% ,") && !text.contains("-0%"), "{text}");
            }
        }
    }

    /// P2: the value shown beside a target stands on the same side of it as the value scored.
    #[test]
    fn what_is_shown_agrees_with_what_is_scored(target in positive(), v in value(), near in -50_i64..50, direction in direction(), decimals in 0_u32..4) {
        let unit = Text::same("%");
        let shown = Shown { unit: &unit, decimals };
        for v in [v, &target + &quotient(near, 10_000)] {
            let verdict = Ratio { target: target.clone(), direction }.score(&v, &Exact::from(5), &shown);
            let value = verdict.reason[0].values().find(|(hole, _)| *hole == "value").map(|(_, text)| number_in(text.get(Lang::En)));
            prop_assert_eq!(value.map(|value| value.cmp(&target)), Some(v.cmp(&target)));
        }
    }
}

/// P12: judged rules stay within full points too, and their reasons render.
#[test]
fn judged_rules_stay_within_full_points() {
    let full = Exact::from(5);
    let grade = Grade { id: "B".to_owned(), share: quotient(2, 3) };
    let mut verdicts = vec![Answer::Yes.score(&full), Answer::No.score(&full), grade.score(&full)];
    verdicts.extend((0..8).map(|count| Evidence { required: 7 }.score(count, &full)));
    verdicts.extend((-1..8).map(|awarded| Points { step: None }.score(&Exact::from(awarded), &full)));
    for verdict in verdicts {
        assert!(verdict.points >= Exact::zero() && verdict.points <= full);
        assert!(rendered(&verdict.reason).iter().all(|text| !text.contains(['{', '}', '…'])));
    }
}
