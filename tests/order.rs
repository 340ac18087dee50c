//! The order of rows and files never matters (SEMANTICS N1, D5): the Linyi example with the rows of every
//! export in another order, spread over other files, gives the same result to the last digit.

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
fn result(folder: &Path) -> String {
    let ran = program::kaohe(folder, ["score", "--format", "json", "--quiet"]);
    assert_eq!(ran.code, Some(0), "{}", String::from_utf8_lossy(&ran.err));
    let book: serde_json::Value = serde_json::from_slice(&ran.out).expect("JSON");
    assert_eq!(book["units"].as_array().map(Vec::len), Some(2));
    book["units"].to_string()
}

#[test]
fn the_order_of_rows_and_files_never_matters() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/linyi");
    let expected = result(&example);
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
        prop_assert_eq!(result(place.path()), expected.clone());
        Ok(())
    });
    outcome.expect("the same result in every order");
}
