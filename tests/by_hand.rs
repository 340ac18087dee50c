//! Figures of the shipped examples that were worked out another way: by hand, by a script that reads the
//! files on its own, or by the publisher of the table.

use std::path::{Path, PathBuf};

use kaohe::formula::Window;
use kaohe::number::Exact;

#[path = "support/book.rs"]
mod book;

use book::{book, measure};

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

/// The records of a CSV file of an example, without its header.
fn table(name: &str, file: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_path(example(name).join(file)).expect("a table");
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a record")).collect();
    assert!(!rows.is_empty(), "{file} has rows");
    rows
}

fn exact(text: &str) -> Exact {
    text.parse().unwrap_or_else(|_| panic!("{text} is not a number"))
}

/// P9, R2, R3: points of every criterion and the total of every unit, as worked out by hand.
#[track_caller]
fn points(name: &str) {
    let book = book(&example(name), &[]);
    let mut unseen = book.units.len() * (book.criteria.iter().filter(|criterion| criterion.rule != "monitor").count() + 1);
    for row in table(name, "hand-points.csv") {
        let unit = book.units.iter().find(|unit| unit.key == row[0]).unwrap_or_else(|| panic!("no unit {}", &row[0]));
        let at = book.criteria.iter().position(|criterion| criterion.id == row[1]);
        let points = match at {
            Some(at) => unit.scores[at].points.clone(),
            None => unit.total.clone(),
        };
        let found = match (points, at) {
            (Some(points), _) => points.fixed(2),
            (None, Some(at)) => unit.scores[at].state.id().to_owned(),
            (None, None) => "no total".to_owned(),
        };
        assert_eq!(found, &row[2], "{name} {} {}", &row[0], &row[1]);
        unseen -= 1;
    }
    assert_eq!(unseen, 0, "{name}: every criterion of every unit is in hand-points.csv");
}

#[test]
fn linyi_has_the_points_worked_out_by_hand() {
    points("linyi");
}

#[test]
fn guangming_has_the_points_worked_out_by_hand() {
    points("guangming");
}

#[test]
fn national_2019_has_the_points_worked_out_by_hand() {
    points("national-2019");
}

#[test]
fn the_supervision_of_guangming_has_the_points_worked_out_by_hand() {
    points("guangming/supervision");
}

#[test]
fn state_council_2017_has_the_points_worked_out_by_hand() {
    points("state-council-2017");
}

#[test]
fn wushen_has_the_points_worked_out_by_hand() {
    points("wushen");
}

#[test]
fn yangjiang_has_the_points_worked_out_by_hand() {
    points("yangjiang");
}

/// F6, F9, O4, T6: numerator and denominator of every indicator, unit and year equal those that a script
/// worked out from the files alone.
#[test]
fn linyi_has_the_measures_worked_out_from_its_files() {
    let book = book(&example("linyi"), &[]);
    let rows = table("linyi", "hand-check.csv");
    for row in &rows {
        let window = if &row[2] == "2025" { Window::Assessed } else { Window::Baseline };
        let found = measure(&book, &row[0], &row[1], window);
        let told = format!("{} {} {}", &row[0], &row[1], &row[2]);
        let figure = |text: &str| (!text.is_empty()).then(|| exact(text));
        let (top, bottom) = (figure(&row[3]), figure(&row[4]));
        if &row[1] == "contract_coverage_change" {
            // A difference of shares is one fraction, which may be reduced or not.
            let crosswise = |one: &Option<Exact>, other: &Option<Exact>| one.as_ref().zip(other.as_ref()).map(|(one, other)| one * other);
            assert_eq!(crosswise(&found.numerator, &bottom), crosswise(&top, &found.denominator), "{told}");
        } else {
            assert_eq!((&found.numerator, &found.denominator), (&top, &bottom), "{told}");
        }
        let (value, expected) = (found.value.as_ref().expect("a value").to_f64(), row[5].parse::<f64>().expect("a number"));
        assert!((value - expected).abs() <= 1e-12 * expected.abs().max(1.0), "value of {told}: {value}, not {expected}");
    }
    let measured: usize = book.units.iter().map(|unit| unit.measures.len()).sum();
    assert_eq!(rows.len(), measured, "every measure is in hand-check.csv");
}

/// N5, N7: the growth rates that the publisher printed, at their one decimal.
#[test]
fn national_2019_has_the_growth_rates_that_were_published() {
    let book = book(&example("national-2019"), &[]);
    let rows = table("national-2019", "published.csv");
    for row in &rows {
        for (indicator, printed) in [("visits_growth", &row[2]), ("discharge_growth", &row[3])] {
            let value = measure(&book, &row[0], indicator, Window::Assessed).value.clone();
            assert_eq!(value.expect("a value").fixed(1), printed, "{} {indicator}", &row[1]);
        }
    }
    assert_eq!(rows.len() * 2, 22);
}

/// The share of primary care that follows from the published visits: 3,660,546,000 of 7,016,319,000 in 2019.
#[test]
fn national_2019_has_the_share_of_primary_care() {
    let book = book(&example("national-2019"), &[]);
    let share = |window| measure(&book, "N00", "primary_visit_share_printed", window).value.as_ref().map(|value| value.fixed(2));
    assert_eq!(share(Window::Assessed).as_deref(), Some("52.17"));
    assert_eq!(share(Window::Baseline).as_deref(), Some("53.41"));
}

/// 47,851 down and 177,712 up: per referral up, and of all referrals.
#[test]
fn guangming_has_both_of_its_downward_referral_rates() {
    let book = book(&example("guangming"), &[]);
    let rate = |indicator| measure(&book, "GM", indicator, Window::Assessed).value.as_ref().map(|value| value.fixed(2));
    assert_eq!(rate("two_way_referral_ratio").as_deref(), Some("26.93"));
    assert_eq!(rate("downward_share_of_referrals").as_deref(), Some("21.21"));
}
