//! Limits worked out by hand or from another source, and what holds for every interval.

use proptest::prelude::*;

use super::funnel::{FunnelLimits, Significance, of_proportion, of_rate};
use super::proportion::wilson;
use super::rate::{byar, exact, poisson};
use super::*;

/// Equal to ten significant digits.
#[track_caller]
fn same(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 5e-11 * expected.abs(), "{found}, not {expected}");
}

/// Equal to the last bit: the end of what is possible.
#[track_caller]
fn at(found: f64, end: f64) {
    assert_eq!(found.to_bits(), end.to_bits(), "{found}, not {end}");
}

#[track_caller]
fn limits(interval: Option<Interval>, lower: f64, upper: f64) {
    let interval = interval.expect("an interval");
    same(interval.lower, lower);
    same(interval.upper, upper);
}

/// I3: of no event the upper limit is where e^-m is the tail, −ln 0.025 and −ln 0.001; of one event the lower limit is
/// where 1 − e^-m is the tail.
#[test]
fn limits_of_no_event_and_of_one_have_a_closed_form() {
    limits(exact(0.0, 1.0, 1.0, Confidence::P95), 0.0, -(0.025_f64.ln()));
    limits(exact(0.0, 1.0, 1.0, Confidence::P998), 0.0, -(0.001_f64.ln()));
    same(exact(1.0, 1.0, 1.0, Confidence::P95).expect("an interval").lower, -(0.975_f64.ln()));
    same(exact(1.0, 1.0, 1.0, Confidence::P998).expect("an interval").lower, -(0.999_f64.ln()));
}

/// I3: exact limits of 1 to 11 events. The sums of Poisson probabilities were solved with 30 digits by another program; the
/// tables of Garwood (1936) and of the textbooks print the same to three decimals (4.115 and 17.085 of nine events).
#[test]
fn exact_limits_solve_the_sums_of_poisson_probabilities() {
    for (events, lower95, upper95, lower998, upper998) in [
        (1.0, 0.025_317_807_984_289_88, 5.571_643_390_938_899, 0.001_000_500_333_583_534, 9.233_413_476_451_586),
        (2.0, 0.242_209_278_543_964_9, 7.224_687_667_723_961, 0.045_402_017_769_489_56, 11.228_872_242_412_66),
        (3.0, 0.618_672_122_895_601_3, 8.767_273_069_742_326, 0.190_533_377_568_403_2, 13.062_240_779_188_07),
        (4.0, 1.089_865_373_626_325, 10.241_588_675_403_7, 0.428_552_413_628_423, 14.794_149_222_537_21),
        (5.0, 1.623_486_390_118_421, 11.668_332_079_322_67, 0.739_371_731_917_832_5, 16.454_745_203_680_11),
        (6.0, 2.201_894_253_490_851, 13.059_474_022_518_69, 1.107_104_660_255_639, 18.061_636_840_199_07),
        (7.0, 2.814_363_051_519_866, 14.422_675_361_702_38, 1.520_336_260_398_809, 19.626_177_395_384_24),
        (8.0, 3.453_832_176_748_501, 15.763_189_220_193_32, 1.970_813_921_740_366, 21.156_198_165_839_98),
        (9.0, 4.115_373_097_378_332, 17.084_803_451_419_17, 2.452_424_404_363_775, 22.657_373_309_062_93),
        (10.0, 4.795_388_696_132_434, 18.390_356_042_017_78, 2.960_520_372_743_76, 24.133_971_145_417_59),
        (11.0, 5.491_160_367_236_838, 19.682_038_513_301_96, 3.491_484_220_615_277, 25.589_298_888_688_7),
    ] {
        limits(exact(events, 1.0, 1.0, Confidence::P95), lower95, upper95);
        limits(exact(events, 1.0, 1.0, Confidence::P998), lower998, upper998);
    }
}

/// I3: nine events have exact limits, ten those of Byar, and the method is named.
#[test]
fn the_method_changes_at_ten_events() {
    let method = |events, confidence| poisson(events, 1000.0, 1000.0, confidence).expect("an interval").method;
    assert_eq!(Confidence::ALL.map(|confidence| method(0.0, confidence)), ["exact-95", "exact-99.8"]);
    assert_eq!(Confidence::ALL.map(|confidence| method(9.0, confidence)), ["exact-95", "exact-99.8"]);
    assert_eq!(Confidence::ALL.map(|confidence| method(10.0, confidence)), ["byar-95", "byar-99.8"]);
    let named = |confidence| wilson(1.0, 2.0, 1.0, confidence).expect("an interval").method;
    assert_eq!(Confidence::ALL.map(named), ["wilson-95", "wilson-99.8"]);
}

/// I3: of one event at 99.8 % the formula of Byar gives −0.0028, and a rate is not below 0.
#[test]
fn no_lower_limit_is_below_0() {
    at(byar(1.0, 1.0, 1.0, Confidence::P998).expect("an interval").lower, 0.0);
    at(byar(0.0, 1.0, 1.0, Confidence::P95).expect("an interval").lower, 0.0);
    at(wilson(0.0, 7.0, 100.0, Confidence::P95).expect("an interval").lower, 0.0);
    at(wilson(7.0, 7.0, 100.0, Confidence::P95).expect("an interval").upper, 100.0);
}

/// I2, I3: outside the domain there is no interval, and no limit that could be read as one.
#[test]
fn nothing_is_said_outside_the_domain() {
    let beyond = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0];
    for confidence in Confidence::ALL {
        for wrong in beyond {
            assert_eq!(wilson(wrong, 10.0, 1.0, confidence), None, "{wrong}");
            assert_eq!(of_proportion(wrong, 10.0, 1.0, confidence), None, "{wrong}");
            for by in [poisson, byar, exact] {
                assert_eq!(by(wrong, 10.0, 1.0, confidence), None, "{wrong}");
            }
            assert_eq!(of_rate(wrong, 10.0, 1.0, confidence), None, "{wrong}");
        }
        for wrong in beyond.into_iter().chain([0.0]) {
            for by in [wilson, poisson, byar, exact] {
                assert_eq!(by(0.0, wrong, 1.0, confidence), None, "over {wrong}");
                assert_eq!(by(0.0, 1.0, wrong, confidence), None, "times {wrong}");
            }
            for about in [of_proportion, of_rate] {
                assert_eq!(about(0.0, wrong, 1.0, confidence), None, "over {wrong}");
                assert_eq!(about(0.0, 1.0, wrong, confidence), None, "times {wrong}");
            }
        }
        assert_eq!(wilson(11.0, 10.0, 1.0, confidence), None);
        assert_eq!(of_proportion(1.5, 10.0, 1.0, confidence), None);
        assert_eq!(of_rate(1e300, 1e300, 1.0, confidence), None);
        assert_eq!(exact(1e9, 1.0, 1.0, confidence), None);
    }
}

/// I4: limits belong to the interval.
#[test]
fn an_interval_lies_below_about_or_above_a_reference() {
    let interval = Interval { lower: 2.5, upper: 7.5, method: "wilson-95" };
    let side = |reference: &str| Side::of(&interval, &reference.parse().expect("a number"));
    assert_eq!(["2.49", "2.5", "5", "7.5", "7.51"].map(side), [Side::Above, Side::Within, Side::Within, Side::Within, Side::Below]);
}

/// I5: limits belong to what is inside, and the wider ones are asked first.
#[test]
fn a_value_at_a_limit_is_inside() {
    let (inner, outer) = (FunnelLimits { lower: 4.0, upper: 6.0 }, FunnelLimits { lower: 3.0, upper: 7.0 });
    let place = |value| Significance::of(value, &inner, &outer);
    assert_eq!([2.9, 3.0, 3.9].map(place), [Significance::Low998, Significance::Low95, Significance::Low95]);
    assert_eq!([4.0, 5.0, 6.0].map(place), [Significance::Within; 3]);
    assert_eq!([6.1, 7.0, 7.1].map(place), [Significance::High95, Significance::High95, Significance::High998]);
}

/// I5: about a baseline of 5 events the limit below is 0: none at all happens with e^-5 = 0.7 %, more than 0.1 %, though
/// less than 2.5 %.
#[test]
fn a_small_unit_cannot_be_low() {
    let about = |confidence| of_rate(5.0, 1.0, 1.0, confidence).expect("limits");
    at(about(Confidence::P998).lower, 0.0);
    assert!((0.0..1.0).contains(&about(Confidence::P95).lower) && about(Confidence::P95).lower > 0.0);
    // P(X ≥ 11 | 5) = 1.37 %, P(X ≥ 10 | 5) = 3.18 %: eleven events are high at 95 %, ten are not.
    assert!((10.0..11.0).contains(&about(Confidence::P95).upper));
    // P(X ≥ 14 | 5) = 0.07 %, P(X ≥ 13 | 5) = 0.20 %, by Byar's limits as by the exact ones.
    assert!((13.0..14.0).contains(&about(Confidence::P998).upper));
}

fn any_confidence() -> impl Strategy<Value = Confidence> {
    prop::sample::select(Confidence::ALL.to_vec())
}

/// Small counts, and large ones.
fn count() -> impl Strategy<Value = u32> {
    prop_oneof![0_u32..30, 0_u32..2_000_000]
}

type By = fn(f64, f64, f64, Confidence) -> Option<Interval>;

proptest! {
    /// I2: limits enclose the value, and lie where a proportion can be.
    #[test]
    fn wilson_limits_enclose_the_value(n in count(), rest in count(), factor in 1_u32..100_000, confidence in any_confidence()) {
        prop_assume!(n + rest > 0);
        let (d, factor) = (f64::from(n + rest), f64::from(factor));
        let interval = wilson(f64::from(n), d, factor, confidence).expect("an interval");
        let value = f64::from(n) * factor / d;
        prop_assert!(0.0 <= interval.lower && interval.lower <= value && value <= interval.upper && interval.upper <= factor);
    }

    /// I3: the same of rates, which may pass any number.
    #[test]
    fn poisson_limits_enclose_the_value(n in count(), d in 1_u32..2_000_000, confidence in any_confidence()) {
        let interval = poisson(f64::from(n), f64::from(d), 1000.0, confidence).expect("an interval");
        let value = f64::from(n) * 1000.0 / f64::from(d);
        prop_assert!(0.0 <= interval.lower && interval.lower <= value && value < interval.upper);
    }

    /// I2, I3: 99.8 % encloses 95 %.
    #[test]
    fn the_surer_interval_encloses_the_other(n in count(), rest in count()) {
        prop_assume!(n + rest > 0);
        for by in [wilson as By, poisson as By] {
            let [inner, outer] = Confidence::ALL.map(|it| by(f64::from(n), f64::from(n + rest), 1.0, it).expect("an interval"));
            prop_assert!(outer.lower <= inner.lower && inner.upper <= outer.upper && outer.upper - outer.lower > inner.upper - inner.lower);
        }
    }

    /// I2, I3: of the same quotient, more cases make the interval narrower; twice the count is enough.
    #[test]
    fn intervals_narrow_with_the_count(n in 0_u32..100_000, rest in 1_u32..100_000, confidence in any_confidence()) {
        for by in [wilson as By, poisson as By] {
            let width = |times: u32| {
                let interval = by(f64::from(times * n), f64::from(times * (n + rest)), 1.0, confidence).expect("an interval");
                interval.upper - interval.lower
            };
            prop_assert!(width(2) < width(1));
        }
    }

    /// I3: with every event both limits rise, also where the method changes.
    #[test]
    fn limits_rise_with_every_event(n in count(), confidence in any_confidence()) {
        let of = |events: u32| poisson(f64::from(events), 1.0, 1.0, confidence).expect("an interval");
        let (fewer, more) = (of(n), of(n + 1));
        prop_assert!(fewer.lower < more.lower && fewer.upper < more.upper);
    }

    /// I5: a unit is outside the limits about a baseline exactly if its own interval does not hold the baseline. (Within
    /// a rounding of a limit either may be said.)
    #[test]
    fn funnels_and_intervals_agree(
        n in prop_oneof![0_u32..20, 0_u32..5000], rest in 1_u32..5000, baseline in 0.0_f64..1.0, confidence in any_confidence(),
    ) {
        let (n, d) = (f64::from(n), f64::from(n.saturating_add(rest)));
        let value = n / d;
        let pairs = [
            (wilson(n, d, 1.0, confidence), of_proportion(baseline, d, 1.0, confidence)),
            (poisson(n, d, 1.0, confidence), of_rate(baseline, d, 1.0, confidence)),
        ];
        for (interval, limits) in pairs {
            let (interval, limits) = (interval.expect("an interval"), limits.expect("limits"));
            let is_near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs().max(1e-3);
            prop_assume!(!is_near(interval.lower, baseline) && !is_near(interval.upper, baseline));
            prop_assert_eq!(value < limits.lower, interval.upper < baseline);
            prop_assert_eq!(value > limits.upper, interval.lower > baseline);
        }
    }

    /// I5: limits enclose the baseline, 99.8 % those of 95 %, and come closer with the denominator.
    #[test]
    fn funnels_narrow(baseline in 0.0_f64..1.0, d in 1_u32..1_000_000) {
        for about in [of_proportion, of_rate] {
            let of = |d: u32, confidence| about(baseline, f64::from(d), 1.0, confidence).expect("limits");
            let [inner, outer] = Confidence::ALL.map(|confidence| of(d, confidence));
            prop_assert!(outer.lower <= inner.lower && inner.lower <= baseline && baseline <= inner.upper && inner.upper <= outer.upper);
            for confidence in Confidence::ALL {
                let (near, far) = (of(4 * d, confidence), of(d, confidence));
                prop_assert!(near.upper - near.lower <= far.upper - far.lower);
            }
        }
    }
}
