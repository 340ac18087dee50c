//! Published figures, computed through the program's own path: files, catalogue, formula, measure.
//! Each folder of `tests/fixtures` names its source.

use std::path::{Path, PathBuf};

use kaohe::formula::Window;

#[path = "support/book.rs"]
mod book;
#[path = "worked/intervals.rs"]
mod intervals;

use book::{book, measure};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn table(name: &str, file: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_path(fixture(name).join(file)).expect("a table");
    reader.records().map(|row| row.expect("a record")).collect()
}

/// Compares the units of an assessment with what is printed; the number of cells compared.
#[track_caller]
fn compare(name: &str, set: &[&str], units: impl Fn(&str) -> bool, misprints: &[(&str, &str)]) -> usize {
    let book = book(&fixture(name), set);
    let errors: Vec<_> = book.findings.iter().filter(|finding| finding.severity() == kaohe::code::Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let rows: Vec<_> = table(name, "printed.csv").into_iter().filter(|row| units(&row[0])).collect();
    for row in &rows {
        let value = measure(&book, &row[0], &row[1], Window::Assessed).value.clone().expect("a value").fixed(2);
        let printed = misprints.iter().find(|(printed, _)| *printed == &row[2]).map_or(&row[2], |(_, right)| right);
        assert_eq!(value, printed, "{} {}", &row[0], &row[1]);
    }
    rows.len()
}

/// N5, N7: eleven printed percentages. 38 of 42 is 90.476…; the paper prints 90.47, cut off.
#[test]
fn shares_of_hospitals_that_reach_their_contract_targets() {
    assert_eq!(compare("family-doctor-contract-rates", &[], |_| true, &[("90.47", "90.48")]), 11);
}

/// N5, D3: the four shares of each county; the total row is no county.
#[test]
fn shares_of_hospitals_with_rising_productivity() {
    assert_eq!(compare("yigongti-shares", &[], |unit| unit != "all", &[]), 32);
}

/// F9: the shares of all counties are pooled.
#[test]
fn shares_of_all_counties_are_pooled() {
    assert_eq!(compare("yigongti-shares", &["unit=sample", "unit_level=county"], |unit| unit == "all", &[]), 4);
}
