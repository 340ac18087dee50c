//! `kaohe verify`: whatever is changed in a result or its inputs is found, and named.

use std::fs;
use std::path::Path;

use serde_json::Value;

#[path = "support/program.rs"]
mod program;

use program::{Ran, kaohe};

/// A result of the base of the text cases, in `out`; the assessment beside it.
fn result(more: &[&str]) -> tempfile::TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    for file in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/base")).expect("a folder") {
        let path = file.expect("an entry").path();
        fs::copy(&path, desk.path().join(path.file_name().expect("a name"))).expect("a copy");
    }
    let args = ["score", "-o", "out", "--quiet"].into_iter().chain(more.iter().copied());
    assert_eq!(kaohe(desk.path(), args).code, Some(0));
    desk
}

fn change(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("a file");
    assert!(text.contains(from), "{} has no {from}", path.display());
    fs::write(path, text.replacen(from, to, 1)).expect("a file");
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Everything that `verify` finds: (step, way, file or unit, criterion, figure, recorded, now).
fn found(desk: &Path, more: &[&str]) -> (Vec<[String; 7]>, Ran) {
    let args = ["verify", "out", "--format", "json"].into_iter().chain(more.iter().copied());
    let ran = kaohe(desk, args);
    let rows: Vec<Value> = serde_json::from_slice(&ran.out).unwrap_or_else(|_| panic!("{}{}", text(&ran.out), text(&ran.err)));
    let of = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let row = |row: &Value| {
        let at = if row["file"].is_null() { of(row, "unit") } else { of(row, "file") };
        [of(row, "step"), of(row, "way"), at, of(row, "criterion"), of(row, "figure"), of(row, "recorded"), of(row, "now")]
    };
    (rows.iter().map(row).collect(), ran)
}

#[test]
fn an_untouched_result_is_equal_with_whatever_options_it_was_made() {
    for options in [&[][..], &["--set", "criteria.full_points=10", "--period", "2025", "--lang", "zh"]] {
        let desk = result(options);
        let (found, ran) = found(desk.path(), &[]);
        assert_eq!((found, ran.code), (Vec::new(), Some(0)), "{}", text(&ran.err));
    }
}

/// One cell of each kind of file: the file is named, and nothing else.
#[test]
fn a_changed_cell_is_found_in_every_file() {
    let files = [
        ("summary.csv", "10.00", "10.01"),
        ("scores.csv", "5.00", "6.00"),
        ("measures.csv", "150", "151"),
        ("adjustments.csv", "unit", "Unit"),
        ("findings.csv", "severity", "severe"),
    ];
    for (file, from, to) in files {
        let desk = result(&[]);
        change(&desk.path().join("out").join(file), from, to);
        let (found, ran) = found(desk.path(), &["--files"]);
        assert_eq!(ran.code, Some(1));
        let named: Vec<[&str; 3]> = found.iter().map(|row| [row[0].as_str(), row[1].as_str(), row[2].as_str()]).collect();
        assert_eq!(named, [["files", "changed", file]]);
    }
}

#[test]
fn a_changed_scorebook_is_found_as_a_file_and_as_a_figure() {
    let desk = result(&[]);
    change(&desk.path().join("out/scorebook.json"), "\"total\": \"5.00\"", "\"total\": \"9.00\"");
    let (found, ran) = found(desk.path(), &[]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(found[0][..3], ["files", "changed", "scorebook.json"].map(str::to_owned));
    assert_eq!(found[1], ["figures", "changed", "东部", "", "total", "9.00", "5.00"].map(str::to_owned));
    assert_eq!(found.len(), 2);
}

/// Who changes a file and its checksum in the manifest changes what the inputs do not give.
#[test]
fn a_changed_manifest_does_not_hide_a_changed_file() {
    let desk = result(&[]);
    let out = desk.path().join("out");
    let manifest: Value = serde_json::from_slice(&fs::read(out.join("manifest.json")).expect("a file")).expect("JSON");
    let old = manifest["sha256"]["summary.csv"].as_str().expect("a checksum").to_owned();
    change(&out.join("summary.csv"), "5.00", "9.00");
    let new = kaohe::assessment::files::sha256(&fs::read(out.join("summary.csv")).expect("a file"));
    change(&out.join("manifest.json"), &old, &new);
    let (of_files, ran) = found(desk.path(), &["--files"]);
    assert_eq!((of_files, ran.code), (Vec::new(), Some(0)), "the folder alone agrees with itself");
    let (found, ran) = found(desk.path(), &[]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(found, [["rewritten", "changed", "summary.csv", "", "", new.as_str(), old.as_str()].map(str::to_owned)]);
}

#[test]
fn files_that_went_and_files_that_came_are_named() {
    let desk = result(&[]);
    fs::remove_file(desk.path().join("out/measures.csv")).expect("a file");
    fs::write(desk.path().join("out/notes.txt"), "mine").expect("a file");
    let (found, ran) = found(desk.path(), &["--files"]);
    assert_eq!(ran.code, Some(1));
    let named: Vec<[&str; 3]> = found.iter().map(|row| [row[0].as_str(), row[1].as_str(), row[2].as_str()]).collect();
    assert_eq!(named, [["files", "missing", "measures.csv"], ["files", "extra", "notes.txt"]]);
}

/// One digit of an input: West had 45 referrals in 150 discharges, 30 %, above the target of 20 %; with 15 in 150, 10 %, it earns
/// five of ten points and shares the first rank with East.
#[test]
fn an_input_changed_by_one_digit_is_followed_to_unit_and_criterion() {
    let desk = result(&[]);
    change(&desk.path().join("data.csv"), "W1,2025,100,30", "W1,2025,100,00");
    let (found, ran) = found(desk.path(), &[]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(found[0][..3], ["inputs", "changed", "data.csv"].map(str::to_owned));
    let figure = |unit: &str, criterion: &str, figure: &str, was: &str, now: &str| {
        let row = ["figures", "changed", unit, criterion, figure, was, now].map(str::to_owned);
        assert!(found.contains(&row), "{row:?} in {found:?}");
    };
    figure("西部", "", "total", "10.00", "5.00");
    figure("西部", "rate", "points", "10.00", "5.00");
    figure("西部", "rate", "value", "30", "10");
    figure("东部", "", "rank", "2", "1");
    assert!(found.iter().any(|row| row[0] == "rewritten" && row[2] == "summary.csv"));
}

#[test]
fn definitions_and_registry_are_inputs_too() {
    for (file, from, to) in [("criteria.toml", "target = 20", "target = 21"), ("organisations.csv", "西医院", "西医完")] {
        let desk = result(&[]);
        change(&desk.path().join(file), from, to);
        let (found, ran) = found(desk.path(), &[]);
        assert_eq!(ran.code, Some(1));
        let of_inputs: Vec<&str> = found.iter().filter(|row| row[0] == "inputs").map(|row| row[2].as_str()).collect();
        assert_eq!((found[0][1].as_str(), of_inputs), ("changed", vec![file]));
        fs::remove_file(desk.path().join("assessment.toml")).expect("a file");
        let (found, ran) = self::found(desk.path(), &[]);
        let named: Vec<[&str; 3]> = found.iter().map(|row| [row[0].as_str(), row[1].as_str(), row[2].as_str()]).collect();
        assert_eq!((named, ran.code), (vec![["inputs", "missing", "assessment.toml"], ["inputs", "changed", file]], Some(1)));
    }
}

#[test]
fn an_input_that_came_by_a_pattern_is_named() {
    let desk = result(&["--set", "criteria.full_points=10"]);
    change(&desk.path().join("assessment.toml"), "data.csv", "data*.csv");
    assert_eq!(kaohe(desk.path(), ["score", "-o", "out", "--force", "--quiet"]).code, Some(0));
    fs::write(desk.path().join("data-2.csv"), "code,period,discharges,referrals\n").expect("a file");
    let (found, _) = found(desk.path(), &[]);
    assert_eq!(found[0][..3], ["inputs", "extra", "data-2.csv"].map(str::to_owned));
}

/// The other form of a result that must stay: a file written into a frozen folder.
#[test]
fn no_file_is_written_into_a_frozen_result() {
    let desk = result(&[]);
    assert_eq!(kaohe(desk.path(), ["verify", "out", "--freeze"]).code, Some(0));
    let before = fs::read(desk.path().join("out/summary.csv")).expect("a file");
    let ran = kaohe(desk.path(), ["handbook", "-o", "out/summary.csv", "--force"]);
    assert_eq!(ran.code, Some(2));
    assert!(text(&ran.err).contains("output/frozen"), "{}", text(&ran.err));
    assert_eq!(fs::read(desk.path().join("out/summary.csv")).expect("a file"), before);
}

/// A run by flags is remembered flag by flag, and no absolute path with it.
#[test]
fn a_run_without_an_assessment_file_is_computed_again() {
    let desk = result(&[]);
    let data = desk.path().join("data.csv");
    let flags =
        ["score", "--criteria", "criteria.toml", "--organisations", "organisations.csv", "--unit", "consortium", "--period", "2025"];
    let ran = kaohe(desk.path(), flags.into_iter().chain(["data.csv", "-o", "out", "--force", "--quiet"]));
    assert_eq!(ran.code, Some(0), "{}", text(&ran.err));
    let (none, ran) = found(desk.path(), &[]);
    assert_eq!((none, ran.code), (Vec::new(), Some(0)), "{}", text(&ran.err));
    change(&data, "E1,2025,100,10", "E1,2025,100,11");
    let (found, _) = found(desk.path(), &["."]);
    assert!(found.iter().any(|row| row[2] == "东部" && row[4] == "points"), "{found:?}");
    change(&data, "E1,2025,100,11", "E1,2025,100,10");
    let ran = kaohe(desk.path(), flags.into_iter().map(str::to_owned).chain([data.display().to_string(), "-o".into(), "absolute".into()]));
    assert_eq!(ran.code, Some(0), "{}", text(&ran.err));
    let manifest = fs::read_to_string(desk.path().join("absolute/manifest.json")).expect("a file");
    assert!(!manifest.contains(&*desk.path().to_string_lossy()), "{manifest}");
}

#[test]
fn a_frozen_result_shows_a_changed_manifest() {
    let desk = result(&[]);
    assert_eq!(kaohe(desk.path(), ["verify", "out", "--freeze"]).code, Some(0));
    assert_eq!(kaohe(desk.path(), ["score", "-o", "out", "--force"]).code, Some(2));
    let (none, ran) = found(desk.path(), &[]);
    assert_eq!((none, ran.code), (Vec::new(), Some(0)));
    change(&desk.path().join("out/manifest.json"), "\"period\": \"2025\"", "\"period\": \"2026\"");
    let (found, ran) = found(desk.path(), &["--files"]);
    assert_eq!((found[0][..3].to_vec(), ran.code), (["files", "changed", "manifest.json"].map(str::to_owned).to_vec(), Some(1)));
}

#[test]
fn another_version_is_said_and_the_figures_are_computed() {
    let desk = result(&[]);
    change(&desk.path().join("out/manifest.json"), &format!("\"kaohe\": \"{}\"", env!("CARGO_PKG_VERSION")), "\"kaohe\": \"0.0.9\"");
    let (none, ran) = found(desk.path(), &["--lang", "en"]);
    assert_eq!((none, ran.code), (Vec::new(), Some(0)));
    assert!(text(&ran.err).contains("was written by kaohe 0.0.9"), "{}", text(&ran.err));
}
