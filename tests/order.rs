//! The order of rows and files never matters (SEMANTICS N1, D5): the Linyi example with the rows of every
//! export in another order, spread over other files, gives the same result to the last digit.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

#[path = "support/program.rs"]
mod program;

/// Where the rows of a file go: a key to sort each row by, and the part it lands in.
type Deal = Vec<(u32, u8)>;

/// Parts a file with a glob is dealt into.
const PARTS: u8 = 3;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            fs::copy(&path, to.join(path.file_name().unwrap_or_default())).expect("a copy");
        }
    }
}

/// Deals the rows of a file into parts, each under the header; a file that is named alone stays one.
fn deal(file: &Path, order: &Deal) {
    let bytes = fs::read(file).expect("a file");
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let header = lines.next().unwrap_or_default();
    let keys = order.iter().enumerate().cycle().map(|(at, (key, part))| (key ^ u32::try_from(at).unwrap_or(0), *part));
    let mut rows: Vec<(u32, u8, &[u8])> = keys.zip(lines).map(|((key, part), row)| (key, part, row)).collect();
    rows.sort_unstable();
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let parts = if name.contains('-') { PARTS } else { 1 };
    fs::remove_file(file).expect("removed");
    for part in 0..parts {
        let own: Vec<&[u8]> = rows.iter().filter(|(_, of, _)| of % parts == part).map(|(_, _, row)| *row).collect();
        if !own.is_empty() {
            // The parts come in another order than they were dealt.
            let to =
                if parts == 1 { file.to_path_buf() } else { file.with_file_name(format!("{name}-{}.csv", (part + order[0].1) % parts)) };
            fs::write(to, [&[header], own.as_slice()].concat().concat()).expect("a file");
        }
    }
}

/// Everything about the units: values, states, points, ranks, reasons.
fn result(folder: &Path, code: i32) -> String {
    let ran = program::kaohe(folder, ["score", "--format", "json", "--quiet"]);
    assert_eq!(ran.code, Some(code), "{}", String::from_utf8_lossy(&ran.err));
    let book: serde_json::Value = serde_json::from_slice(&ran.out).expect("JSON");
    assert_eq!(book["units"].as_array().map(Vec::len), Some(2));
    book["units"].to_string()
}

#[test]
fn the_order_of_rows_and_files_never_matters() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/linyi");
    let expected = result(&example, 0);
    let deals = prop::collection::vec((any::<u32>(), 0..PARTS), 7..40);
    let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&deals, |order| {
        let place = tempfile::tempdir().expect("a temporary folder");
        copy(&example, place.path());
        let exports = place.path().join("exports");
        copy(&example.join("exports"), &exports);
        for entry in fs::read_dir(&exports).expect("a folder").collect::<Vec<_>>() {
            deal(&entry.expect("an entry").path(), &order);
        }
        prop_assert_eq!(result(place.path(), 0), expected.clone());
        Ok(())
    });
    outcome.expect("the same result in every order");
}

/// What is said of labels does not hang on their order either, beside that of the registry.
#[test]
fn labels_in_the_order_of_the_registry_are_read_like_all_others() {
    let place = tempfile::tempdir().expect("a temporary folder");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/base"), place.path());
    // Its own name, somebody else's, none, one that nobody has, and no code.
    let labels = ["E1,东医院", "E2,西街卫生院", "W1,", "W2,旧名卫生院", ",西医院", "X9,"];
    let row = |(month, label): (usize, &str)| format!("{label},2025-{:02},100,10\n", month + 1);
    let by_label: Vec<String> = labels.iter().flat_map(|label| (0..6).map(move |month| row((month, label)))).collect();
    let by_month: Vec<String> = (0..6).flat_map(|month| labels.iter().map(move |label| row((month, label)))).collect();
    let backwards: Vec<String> = by_label.iter().rev().cloned().collect();
    let said = [by_label, by_month, backwards].map(|rows| {
        fs::write(place.path().join("data.csv"), format!("code,name,period,discharges,referrals\n{}", rows.concat())).expect("a file");
        let ran = program::kaohe(place.path(), ["check", "--lang", "en"]);
        let lines: BTreeSet<String> = String::from_utf8_lossy(&[ran.out, ran.err].concat())
            .lines()
            .filter(|line| !line.trim_start().starts_with("-->"))
            .map(str::to_owned)
            .collect();
        assert!(lines.iter().any(|line| line.contains("belongs to W2; the code was used, rows: 6")), "{lines:#?}");
        (lines, result(place.path(), 1))
    });
    assert_eq!(said[0], said[1]);
    assert_eq!(said[0], said[2]);
}
