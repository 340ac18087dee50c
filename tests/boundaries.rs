//! Every rule that compares numbers, at each of its edges and one smallest step to either side. A step is the hundred
//! millionth part of a unit, smaller than any figure is reported with; expected points are worked out from it, exactly.

use kaohe::number::{Exact, Rounding};
use kaohe::score::criteria::GradeCut;
use kaohe::score::grade::{Graded, Requires, grades};
use kaohe::score::kernel::{
    Against, Award, Band, Bands, Baseline, By, ByDate, Count, Direction, Each, GainEach, Grade, Improve, Lateness, Light, Linear, Lines,
    Loss, Outcome, Peer, Per, Range, Ratio, Rise, Shown, Steps, Verdict, When, gain_discretion, read_date,
};
use kaohe::text::Text;

fn x(text: &str) -> Exact {
    text.parse().expect("a decimal")
}

/// The smallest step.
fn step() -> Exact {
    Exact::from_steps(1, 8)
}

/// One step below, at, and one step above.
fn around(edge: &str) -> [Exact; 3] {
    [&x(edge) - &step(), x(edge), &x(edge) + &step()]
}

/// The points around an edge; `score` takes the value and how it is shown.
#[track_caller]
fn edge(score: &dyn Fn(&Exact, &Shown) -> Exact, at: &str, expected: &[Exact; 3]) {
    let unit = Text::same("%");
    let shown = Shown { unit: &unit, decimals: 2 };
    let found = around(at).map(|value| score(&value, &shown));
    assert_eq!(&found, expected, "around {at}");
}

/// These points less so many steps: what a rule in proportion loses just beside its edge.
fn less(points: &str, steps: &str) -> Exact {
    &x(points) - &(&step() * &x(steps))
}

fn more(points: &str, steps: &str) -> Exact {
    &x(points) + &(&step() * &x(steps))
}

/// P3, P4: at the target is full. One step short costs 10/50 of a step; where lower is better one step beyond 50 leaves
/// 10 × 50/(50 + step).
#[test]
fn a_ratio_is_full_at_its_target() {
    let higher = Ratio { target: x("50"), direction: Direction::Higher };
    let score = |value: &Exact, shown: &Shown| higher.score(value, &x("10"), shown).points;
    edge(&score, "50", &[less("10", "0.2"), x("10"), x("10")]);
    edge(&score, "0", &[x("0"), x("0"), more("0", "0.2")]);
    let lower = Ratio { target: x("50"), direction: Direction::Lower };
    let beyond = x("500").checked_div(&(&x("50") + &step())).expect("not 0");
    edge(&|value, shown| lower.score(value, &x("10"), shown).points, "50", &[x("10"), x("10"), beyond]);
    let none = Ratio { target: x("0"), direction: Direction::Lower };
    edge(&|value, shown| none.score(value, &x("10"), shown).points, "0", &[x("10"), x("10"), x("0")]);
}

/// P3, P4: at `zero` the base, at `full` everything; between them 4 points over 40, a tenth of a step for a step.
#[test]
fn a_line_begins_at_its_base_and_ends_at_full_points() {
    let rising = Linear { zero: x("20"), full: x("60"), base: x("0.6") };
    let score = |value: &Exact, shown: &Shown| rising.score(value, &x("10"), shown).points;
    edge(&score, "20", &[x("6"), x("6"), more("6", "0.1")]);
    edge(&score, "60", &[less("10", "0.1"), x("10"), x("10")]);
    let falling = Linear { zero: x("60"), full: x("20"), base: x("0") };
    let score = |value: &Exact, shown: &Shown| falling.score(value, &x("10"), shown).points;
    edge(&score, "60", &[more("0", "0.25"), x("0"), x("0")]);
    edge(&score, "20", &[x("10"), x("10"), less("10", "0.25")]);
}

/// P3: each of the four bounds, alone and behind a band that took the edge away.
#[test]
fn every_bound_of_a_band_takes_its_edge_in_or_leaves_it_out() {
    let band = |when, points: &str| Band { when, award: Award::Points(x(points)) };
    let list = |first: When| Bands { bands: vec![band(first, "9"), band(When::Otherwise, "1")] };
    let score = |bands: Bands| move |value: &Exact, shown: &Shown| bands.score(value, &x("10"), shown).points;
    let [inside, outside] = [x("9"), x("1")];
    let (i, o) = (|| inside.clone(), || outside.clone());
    edge(&score(list(When::AtLeast(x("65")))), "65", &[o(), i(), i()]);
    edge(&score(list(When::Above(x("65")))), "65", &[o(), o(), i()]);
    edge(&score(list(When::AtMost(x("65")))), "65", &[i(), i(), o()]);
    edge(&score(list(When::Below(x("65")))), "65", &[i(), o(), o()]);
    let exactly = Bands { bands: vec![band(When::Above(x("65")), "3"), band(When::Below(x("65")), "1"), band(When::Otherwise, "2")] };
    edge(&score(exactly), "65", &[x("1"), x("2"), x("3")]);
}

fn loss(count: Count, most: Option<&str>, per: Per) -> Loss {
    Loss { every: x("5"), lose: x("0.5"), count, lose_most: most.map(x), per }
}

/// P4: the target, the first full step, the cap, and the point where nothing is left.
#[test]
fn steps_are_counted_at_their_edges() {
    let rule = |count, most| Steps { target: x("98"), direction: Direction::Higher, loss: loss(count, most, Per::Points) };
    let of = |rule: Steps| move |value: &Exact, shown: &Shown| rule.score(value, &x("4"), shown).points;
    // Half a point for 5: a tenth of a step for a step.
    edge(&of(rule(Count::Floor, None)), "98", &[x("4"), x("4"), x("4")]);
    edge(&of(rule(Count::Ceil, None)), "98", &[x("3.5"), x("4"), x("4")]);
    edge(&of(rule(Count::Exact, None)), "98", &[less("4", "0.1"), x("4"), x("4")]);
    edge(&of(rule(Count::Floor, None)), "93", &[x("3.5"), x("3.5"), x("4")]);
    edge(&of(rule(Count::Ceil, None)), "93", &[x("3"), x("3.5"), x("3.5")]);
    edge(&of(rule(Count::Exact, None)), "93", &[less("3.5", "0.1"), x("3.5"), more("3.5", "0.1")]);
    // At most 1 point: reached two steps below.
    edge(&of(rule(Count::Floor, Some("1"))), "83", &[x("3"), x("3"), x("3")]);
    edge(&of(rule(Count::Exact, Some("1"))), "88", &[x("3"), x("3"), more("3", "0.1")]);
    // Eight steps below nothing is left.
    edge(&of(rule(Count::Floor, None)), "58", &[x("0"), x("0"), x("0.5")]);
    edge(&of(rule(Count::Exact, None)), "58", &[x("0"), x("0"), more("0", "0.1")]);
    // In percent of a target of 50, 5 % are 2.5; where lower is better the other side counts.
    let percent = Steps { target: x("50"), direction: Direction::Higher, loss: loss(Count::Floor, None, Per::Percent) };
    edge(&of(percent), "47.5", &[x("3.5"), x("3.5"), x("4")]);
    let lower = |count| Steps { target: x("10"), direction: Direction::Lower, loss: loss(count, None, Per::Points) };
    edge(&of(lower(Count::Floor)), "15", &[x("4"), x("3.5"), x("3.5")]);
    edge(&of(lower(Count::Ceil)), "10", &[x("4"), x("4"), x("3.5")]);
}

/// P4: both limits are inside.
#[test]
fn a_range_holds_both_its_limits() {
    let rule = |count| Range { low: x("85"), high: x("93"), loss: loss(count, None, Per::Points) };
    let of = |rule: Range| move |value: &Exact, shown: &Shown| rule.score(value, &x("4"), shown).points;
    edge(&of(rule(Count::Ceil)), "85", &[x("3.5"), x("4"), x("4")]);
    edge(&of(rule(Count::Ceil)), "93", &[x("4"), x("4"), x("3.5")]);
    edge(&of(rule(Count::Floor)), "80", &[x("3.5"), x("3.5"), x("4")]);
    edge(&of(rule(Count::Floor)), "98", &[x("4"), x("3.5"), x("3.5")]);
    edge(&of(rule(Count::Exact)), "85", &[less("4", "0.1"), x("4"), x("4")]);
    edge(&of(rule(Count::Exact)), "93", &[x("4"), x("4"), less("4", "0.1")]);
}

fn verdict(outcome: Outcome) -> Option<Verdict> {
    match outcome {
        Outcome::Evaluated(verdict) => Some(verdict),
        Outcome::OrElse(_) | Outcome::NotEvaluable(_) => None,
    }
}

/// P5, P6: no change, the rise asked for, the least change, the plateau, the least baseline.
#[test]
fn improvement_is_counted_at_its_edges() {
    let plain = Improve {
        by: By::Points,
        rise: Rise::AtLeast(x("2")),
        flat: x("0.5"),
        plateau: None,
        min_base_numerator: None,
        least_change: None,
        direction: Direction::Higher,
    };
    let of = |rule: Improve| {
        move |value: &Exact, shown: &Shown| {
            let base = x("60");
            let found = rule.score(value, Baseline::Measured { value: &base, numerator: &base }, &x("10"), shown);
            verdict(found).expect("a baseline that can be compared").points
        }
    };
    // Below the baseline nothing; at it 5; then 2.5 for a point, up to 10 at 62.
    edge(&of(plain.clone()), "60", &[x("0"), x("5"), more("5", "2.5")]);
    edge(&of(plain.clone()), "62", &[less("10", "2.5"), x("10"), x("10")]);
    edge(&of(Improve { direction: Direction::Lower, ..plain.clone() }), "60", &[more("5", "2.5"), x("5"), x("0")]);
    edge(&of(Improve { rise: Rise::Any, ..plain.clone() }), "60", &[x("0"), x("5"), x("10")]);
    let least = Improve { rise: Rise::Any, least_change: Some(x("1")), ..plain.clone() };
    edge(&of(least.clone()), "61", &[x("5"), x("10"), x("10")]);
    edge(&of(least), "59", &[x("0"), x("0"), x("5")]);
    edge(&of(Improve { plateau: Some(x("55")), ..plain.clone() }), "55", &[x("0"), x("10"), x("10")]);
    // 2 % of 60 are 1.2; up to there 5 points rise by 5/1.2.
    let percent = of(Improve { by: By::Percent, ..plain.clone() });
    let slope = x("5").checked_div(&x("1.2")).expect("not 0");
    edge(&percent, "61.2", &[&x("10") - &(&slope * &step()), x("10"), x("10")]);
    let small = Improve { min_base_numerator: Some(x("30")), ..plain };
    let (unit, value) = (Text::same("%"), x("60"));
    let shown = Shown { unit: &unit, decimals: 2 };
    let compared = around("30").map(|numerator| {
        let baseline = Baseline::Measured { value: &value, numerator: &numerator };
        verdict(small.score(&value, baseline, &x("10"), &shown)).is_some()
    });
    assert_eq!(compared, [false, true, true]);
}

/// P8: at the mean of the peers is full; the value is one of the peers itself, so that one step of it moves the mean by a
/// third of a step.
#[test]
fn the_mean_of_the_peers_is_reached_at_its_edge() {
    let of = |against, count| {
        move |value: &Exact, shown: &Shown| {
            let loss = Loss { every: x("1"), lose: x("1"), count, lose_most: None, per: Per::Points };
            let peers = [value.clone(), x("80"), x("90")];
            verdict(Peer { against, direction: Direction::Higher, loss }.score(value, &peers, &x("10"), shown)).expect("three peers").points
        }
    };
    // The mean of 80, 85 and 90 is 85.
    let two_thirds = &(&step() * &x("2")).checked_div(&x("3")).expect("not 0");
    edge(&of(Against::Mean, Count::Exact), "85", &[&x("10") - two_thirds, x("10"), x("10")]);
    edge(&of(Against::Mean, Count::Ceil), "85", &[x("9"), x("10"), x("10")]);
    // One full point short: v − (v + 170)/3 = −1 at 83.5.
    edge(&of(Against::Mean, Count::Floor), "83.5", &[x("9"), x("9"), x("10")]);
    // The median is the own value between 80 and 90; below 80 it is 80.
    edge(&of(Against::Median, Count::Ceil), "80", &[x("9"), x("10"), x("10")]);
    edge(&of(Against::Median, Count::Floor), "79", &[x("9"), x("9"), x("10")]);
}

/// P14: the day before, the due date, the day after; a month ends where months end.
#[test]
fn a_date_is_late_from_the_day_after() {
    let date = |text: &str| read_date(text).expect("a date");
    let points = |every, due: &str, done: [&str; 3]| {
        let rule = ByDate { due: date(due), every, lose: x("0.5"), lose_most: Some(x("1")) };
        done.map(|done| rule.score(date(done), &x("4")).points)
    };
    let [all, once, twice] = ["4", "3.5", "3"].map(x);
    let days = ["2024-12-30", "2024-12-31", "2025-01-01"];
    for every in [Lateness::Day, Lateness::Week, Lateness::Month] {
        assert_eq!(points(every, "2024-12-31", days), [all.clone(), all.clone(), once.clone()], "{every:?}");
    }
    let second = [once.clone(), twice.clone(), twice.clone()];
    // The second day; the second week begins on the eighth; the second month, after the last day of January or February.
    assert_eq!(points(Lateness::Day, "2024-12-31", ["2025-01-01", "2025-01-02", "2025-01-03"]), second);
    assert_eq!(points(Lateness::Week, "2024-12-31", ["2025-01-07", "2025-01-08", "2025-01-09"]), second);
    assert_eq!(points(Lateness::Month, "2024-12-31", ["2025-01-31", "2025-02-01", "2025-02-02"]), second);
    assert_eq!(points(Lateness::Month, "2024-01-31", ["2024-02-29", "2024-03-01", "2024-03-02"]), second);
}

/// P9, N7: the share of a grade is rounded once, half away from zero, to even, or down.
#[test]
fn a_share_is_rounded_once_at_the_half() {
    let points = |share: &Exact, rounding| Grade { id: "B".to_owned(), share: share.clone() }.score(&x("10")).points.round(2, rounding);
    for (rounding, expected) in [
        // 10 × 0.6125 = 6.125.
        (Rounding::HalfUp, ["6.12", "6.13", "6.13"]),
        (Rounding::HalfEven, ["6.12", "6.12", "6.13"]),
        (Rounding::Down, ["6.12", "6.12", "6.12"]),
    ] {
        assert_eq!(around("0.6125").map(|share| points(&share, rounding)), expected.map(x), "{rounding:?}");
    }
    // 6.135 goes up to the even 6.14, and down to 6.13.
    assert_eq!(around("0.6135").map(|share| points(&share, Rounding::HalfEven)), ["6.13", "6.14", "6.14"].map(x));
    assert_eq!(around("0.613").map(|share| points(&share, Rounding::Down)), ["6.12", "6.13", "6.13"].map(x));
}

/// A line belongs to its good side.
#[test]
fn a_light_changes_just_beyond_its_line() {
    let lights = |direction, warn: &str, alarm: &str, at: &str| {
        let lines = Lines { warn: Some(x(warn)), alarm: Some(x(alarm)), direction };
        around(at).map(|value| lines.light(&value))
    };
    assert_eq!(lights(Direction::Higher, "75", "65", "75"), [Light::Warn, Light::Ok, Light::Ok]);
    assert_eq!(lights(Direction::Higher, "75", "65", "65"), [Light::Alarm, Light::Warn, Light::Warn]);
    assert_eq!(lights(Direction::Lower, "10", "15", "10"), [Light::Ok, Light::Ok, Light::Warn]);
    assert_eq!(lights(Direction::Lower, "10", "15", "15"), [Light::Warn, Light::Warn, Light::Alarm]);
}

/// What is free is free up to its edge; a bonus and a deduction stop at their caps; nobody gives more than there is to give.
#[test]
fn bonuses_and_deductions_stop_at_their_caps() {
    // 0.2 for each beyond 6, at most 2: reached at 16.
    let gain = GainEach { over: x("6"), gain: x("0.2"), gain_most: Some(x("2")) };
    let gained = |value: &Exact, shown: &Shown| gain.gained(value, shown).points;
    edge(&gained, "6", &[x("0"), x("0"), more("0", "0.2")]);
    edge(&gained, "16", &[less("2", "0.2"), x("2"), x("2")]);
    let each = Each { over: x("6"), lose: x("0.2"), lose_most: Some(x("2")) };
    let lost = |value: &Exact, shown: &Shown| each.lost(value, shown).points;
    edge(&lost, "6", &[x("0"), x("0"), more("0", "0.2")]);
    edge(&lost, "16", &[less("2", "0.2"), x("2"), x("2")]);
    assert_eq!(around("2").map(|given| gain_discretion(&given, &x("2")).is_some()), [true, true, false]);
    assert_eq!(around("0").map(|given| gain_discretion(&given, &x("2")).is_some()), [false, true, true]);
}

fn cut(id: &str, at_least: i64, quota: Option<&str>) -> GradeCut {
    GradeCut {
        id: id.to_owned(),
        name: Text::same(id),
        at_least: Some(Exact::from(at_least)),
        requires: Requires::default(),
        quota: quota.map(x),
    }
}

fn graded(points: Exact, rank: usize, share: Exact) -> Graded {
    Graded {
        peer_group: String::new(),
        points: Some(points),
        rank: Some(rank),
        cap: None,
        verdicts: Vec::new(),
        dimensions: vec![(Text::same("d"), share)],
    }
}

fn names<'a>(cuts: &'a [GradeCut], units: &[Graded]) -> Vec<&'a str> {
    grades(cuts, units).iter().map(|given| given.grade.map_or("none", |at| cuts[at].id.as_str())).collect()
}

/// R5: a cut-off takes its edge in, and so does the share that a grade asks of every dimension.
#[test]
fn a_grade_is_reached_at_its_cut_off() {
    let cuts = [cut("excellent", 90, None), cut("pass", 60, None)];
    let at = |edge: &str| names(&cuts, &around(edge).map(|points| graded(points, 1, Exact::one())));
    assert_eq!(at("90"), ["pass", "excellent", "excellent"]);
    assert_eq!(at("60"), ["none", "pass", "pass"]);
    let requires = Requires { verdict: None, every_dimension_at_least: Some(x("0.6")) };
    let asking = [GradeCut { requires, ..cut("excellent", 90, None) }, cut("pass", 60, None)];
    assert_eq!(names(&asking, &around("0.6").map(|share| graded(x("95"), 1, share))), ["pass", "excellent", "excellent"]);
}

/// R6: floor(q × n) units: of ten, 0.3 are three, a step less two, and a step more three; 0.29 of a hundred are 29, though
/// binary fractions make it less.
#[test]
fn a_quota_is_counted_down_at_its_edge() {
    let count = |quota: &Exact, n: usize| {
        let cuts = [GradeCut { quota: Some(quota.clone()), ..cut("excellent", 0, None) }, cut("pass", 0, None)];
        let units: Vec<Graded> = (0..n).map(|at| graded(Exact::from(100 + n - at), at + 1, Exact::one())).collect();
        names(&cuts, &units).iter().filter(|name| **name == "excellent").count()
    };
    assert_eq!(around("0.3").map(|quota| count(&quota, 10)), [2, 3, 3]);
    assert_eq!([9, 10, 11].map(|n| count(&x("0.3"), n)), [2, 3, 3]);
    assert_eq!(around("0.29").map(|quota| count(&quota, 100)), [28, 29, 29]);
    assert_eq!([3, 4].map(|n| count(&x("0.3"), n)), [0, 1]);
}
