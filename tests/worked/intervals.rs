//! Published intervals and funnel limits, to ten significant digits or as far as they are printed (N4, I2–I5).

use csv::StringRecord;
use kaohe::measure::interval::Confidence;
use kaohe::measure::interval::funnel::{FunnelLimits, Significance, of_proportion};
use kaohe::measure::interval::proportion::wilson;
use kaohe::measure::interval::rate::{byar, poisson};
use kaohe::scorebook::Interval;

use super::table;

/// A figure; `None` of a blank.
fn figure(row: &StringRecord, at: usize) -> Option<f64> {
    Some(&row[at]).filter(|text| !text.is_empty()).map(|text| text.parse().expect("a number"))
}

/// Equal to ten significant digits.
#[track_caller]
fn same(found: f64, published: f64) {
    assert!((found - published).abs() <= 5e-11 * published.abs(), "{found}, not {published}");
}

/// Compares an interval with the published limits in two columns; no limits published is no interval.
#[track_caller]
fn compare(found: Option<Interval>, row: &StringRecord, lower: usize, upper: usize) {
    let published = figure(row, lower).zip(figure(row, upper));
    assert_eq!(found.is_some(), published.is_some(), "{row:?}");
    if let Some((found, (lower, upper))) = found.zip(published) {
        same(found.lower, lower);
        same(found.upper, upper);
    }
}

fn confidence(text: &str) -> Confidence {
    match text {
        "95" => Confidence::P95,
        "99.8" => Confidence::P998,
        other => panic!("{other}"),
    }
}

/// I2, I3: six intervals of counts by Byar, six of proportions by Wilson, one of them of a fractional count.
#[test]
fn byar_and_wilson() {
    let rows = table("intervals", "byar-wilson.csv");
    for row in &rows {
        let count = figure(row, 2).expect("a count");
        let found = match &row[0] {
            "Byars" => byar(count, 1.0, 1.0, confidence(&row[1])),
            "Wilson" => wilson(count, figure(row, 3).expect("a denominator"), 1.0, confidence(&row[1])),
            other => panic!("{other}"),
        };
        compare(found, row, 4, 5);
    }
    assert_eq!(rows.len(), 12);
}

/// I3: twenty rates; three of them lack the numerator, the denominator or both and have no interval.
#[test]
fn rates() {
    let rows = table("intervals", "rate.csv");
    let mut methods = Vec::new();
    for row in &rows {
        let figures = figure(row, 0).zip(figure(row, 1)).zip(figure(row, 2));
        let found = |confidence| figures.and_then(|((n, d), factor)| poisson(n, d, factor, confidence));
        compare(found(Confidence::P95), row, 4, 5);
        compare(found(Confidence::P998), row, 6, 7);
        if let (Some(found), Some(((n, d), factor))) = (found(Confidence::P95), figures) {
            same(n * factor / d, figure(row, 3).expect("a value"));
            assert_eq!(found.method, if &row[8] == "Exact" { "exact-95" } else { "byar-95" }, "{row:?}");
            methods.push(found.method);
        }
    }
    assert_eq!((rows.len(), methods.len(), methods.iter().filter(|method| **method == "exact-95").count()), (20, 17, 4));
}

/// I2: nineteen proportions; three lack a figure and have no interval.
#[test]
fn proportions() {
    let rows = table("intervals", "proportion.csv");
    let mut found = 0;
    for row in &rows {
        let figures = figure(row, 0).zip(figure(row, 1)).zip(figure(row, 2));
        let interval = |confidence| figures.and_then(|((n, d), factor)| wilson(n, d, factor, confidence));
        compare(interval(Confidence::P95), row, 4, 5);
        compare(interval(Confidence::P998), row, 6, 7);
        found += usize::from(interval(Confidence::P95).is_some());
    }
    assert_eq!((rows.len(), found), (19, 16));
}

/// The baseline of the funnel, in percent: all areas together.
fn pooled() -> f64 {
    let areas = table("intervals", "funnel-areas.csv");
    let sum = |at| areas.iter().map(|row| figure(row, at).expect("a figure")).sum::<f64>();
    sum(0) * 100.0 / sum(1)
}

fn limits(denominator: f64) -> (FunnelLimits, FunnelLimits) {
    let about = |confidence| of_proportion(pooled(), denominator, 100.0, confidence).expect("limits");
    (about(Confidence::P95), about(Confidence::P998))
}

/// I5: a hundred denominators, as printed with six decimals.
#[test]
fn funnel_limits_of_a_proportion() {
    let rows = table("intervals", "funnel-limits.csv");
    for row in &rows {
        let (inner, outer) = limits(figure(row, 0).expect("a denominator"));
        for (at, found) in [(1, inner.lower), (2, inner.upper), (3, outer.lower), (4, outer.upper), (5, pooled())] {
            let printed = figure(row, at).expect("a limit");
            assert!((found - printed).abs() <= 5.1e-7, "{found}, not {printed}: {row:?}");
        }
    }
    assert_eq!(rows.len(), 100);
}

/// I5: on which side of the funnel each of 303 areas lies.
#[test]
fn significance_of_areas() {
    let rows = table("intervals", "funnel-areas.csv");
    for row in &rows {
        let (n, d) = (figure(row, 0).expect("a numerator"), figure(row, 1).expect("a denominator"));
        let (inner, outer) = limits(d);
        let published = match &row[2] {
            "Low (0.001)" => Significance::Low998,
            "Low (0.025)" => Significance::Low95,
            "Not significant" => Significance::Within,
            "High (0.025)" => Significance::High95,
            "High (0.001)" => Significance::High998,
            other => panic!("{other}"),
        };
        assert_eq!(Significance::of(n * 100.0 / d, &inner, &outer), published, "{row:?}");
    }
    assert_eq!(rows.len(), 303);
}
