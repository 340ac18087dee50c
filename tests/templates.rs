//! The templates, as a user meets them: written by `kaohe new` into an empty folder, checked, scored, compared with points that
//! were worked out by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use kaohe::definition::criteria::Status;
use kaohe::definition::{CriteriaFile, read};
use kaohe::diagnostic::SourceFile;
use kaohe::formula::Window;

#[path = "support/book.rs"]
mod book;
#[path = "support/program.rs"]
mod program;

use book::{book, measure};
use program::{Ran, kaohe};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folders below `templates`.
fn names() -> Vec<String> {
    let entries = fs::read_dir(root().join("templates")).expect("templates");
    let mut names: Vec<String> = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    assert!(names.len() >= 5, "{names:?}");
    names
}

/// Files below a folder by their path in it.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("a path below the folder").to_path_buf();
                found.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

/// Runs the program in a folder; what it said, where it ended well.
#[track_caller]
fn well(folder: &Path, args: &[&str]) -> Ran {
    let ran = kaohe(folder, args);
    assert_eq!(ran.code, Some(0), "{args:?}: {}", String::from_utf8_lossy(&ran.err));
    ran
}

/// What is embedded is what stands in the repository, and nothing was forgotten.
#[test]
fn a_template_is_written_as_it_stands_in_the_repository() {
    for name in names() {
        let desk = tempfile::tempdir().expect("a temporary folder");
        well(desk.path(), &["new", "mine", "--template", &name]);
        assert!(files(&desk.path().join("mine")) == files(&root().join("templates").join(&name)), "{name}");
    }
}

/// An example that lost a file on the way would not run.
#[test]
fn every_example_that_new_writes_scores() {
    let desk = tempfile::tempdir().expect("a temporary folder");
    let listed = String::from_utf8(well(desk.path(), &["list", "templates", "--format", "csv"]).out).expect("text");
    let written =
        listed.lines().skip(1).filter_map(|line| line.split(',').next()).filter(|name| root().join("examples").join(name).is_dir());
    for name in written {
        well(desk.path(), &["new", name, "--template", name]);
        let own = kaohe(root(), ["score", &format!("examples/{name}"), "--quiet", "--format", "csv"]);
        let new = kaohe(desk.path(), ["score", name, "--quiet", "--format", "csv"]);
        assert!(new.out == own.out && new.code == own.code, "{name}: {}", String::from_utf8_lossy(&new.err));
        for (path, bytes) in files(&desk.path().join(name)) {
            assert!(fs::read(root().join("examples").join(name).join(&path)).is_ok_and(|own| own == bytes), "{name}: {}", path.display());
        }
    }
}

/// The summary line speaks of no error and no warning: in the scheme alone, in the data, in both languages.
#[test]
fn a_template_is_clean_and_scores() {
    for name in names() {
        let desk = tempfile::tempdir().expect("a temporary folder");
        well(desk.path(), &["new", "mine", "--template", &name]);
        for (lang, clean) in [("zh", "错误 0 项，警告 0 项"), ("en", "0 errors, 0 warnings")] {
            for checked in ["mine", "mine/criteria.toml"] {
                let ran = well(desk.path(), &["check", checked, "--fail-on", "warning", "--lang", lang]);
                let said = String::from_utf8_lossy(&ran.out).into_owned();
                assert!(said.contains(clean), "{name}: {checked}: {said}");
            }
            let ran = well(desk.path(), &["score", "mine", "--fail-on", "warning", "--lang", lang]);
            assert!(String::from_utf8_lossy(&ran.err).contains(clean), "{name}");
        }
    }
}

/// P9, R2: the points of every criterion that has points, and the total, of every unit.
#[test]
fn the_samples_earn_the_points_worked_out_by_hand() {
    let mut rows: BTreeMap<(String, String, String), String> = BTreeMap::new();
    let mut reader = csv::Reader::from_path(root().join("tests/fixtures/templates/hand-points.csv")).expect("a table");
    for row in reader.records() {
        let row = row.expect("a record");
        rows.insert((row[0].to_owned(), row[1].to_owned(), row[2].to_owned()), row[3].to_owned());
    }
    let mut found = BTreeMap::new();
    for name in names() {
        let book = book(&root().join("templates").join(&name), &[]);
        for unit in &book.units {
            let scored = book.criteria.iter().zip(&unit.scores).filter(|(criterion, _)| criterion.rule != "monitor");
            let scored = scored.map(|(criterion, score)| (criterion.id.clone(), score.points.clone()));
            for (criterion, points) in scored.chain([("total".to_owned(), unit.total.clone())]) {
                let points = points.map_or_else(|| "none".to_owned(), |points| points.fixed(2));
                found.insert((name.clone(), unit.key.to_string(), criterion), points);
            }
        }
    }
    let differing: Vec<_> = found.iter().filter(|(key, points)| rows.get(*key) != Some(*points)).collect();
    assert!(differing.is_empty(), "{differing:?}");
    assert_eq!(found.len(), rows.len(), "a row of hand-points.csv belongs to no template");
}

/// F9: what is monitored earns no points and is right all the same, divided by head from the county's files.
#[test]
fn the_monitored_values_are_those_worked_out_by_hand() {
    let book = book(&root().join("templates/county-verdict"), &[]);
    for (unit, indicator, value) in [
        ("J", "county_inpatient_share", "84.00"),          // 60 480 / 72 000
        ("J", "county_primary_outpatient_share", "60.00"), // (500 000 + 400 000) / 1 500 000
        ("J", "county_hospital_downward_share", "1.50"),   // (420 + 120) / (28 000 + 8 000)
        ("J", "primary_bed_occupancy", "60.00"),           // (24 090 + 19 710) / (40 150 + 32 850)
        ("J", "lead_service_income_share", "33.75"),       // 13 500 / 40 000: without 26 500 of drugs, materials and tests
        ("Y", "county_fund_share", "66.00"),               // 21 780 / 33 000
        ("Y", "balance", "-6100000.00"),                   // 32 100 − 32 710, in 万元
        ("Y", "capable_by_diseases_share", "50.00"),       // one of two treats 50 diseases
    ] {
        let found = measure(&book, unit, indicator, Window::Assessed).value.clone().expect("a value").fixed(2);
        assert_eq!(found, value, "{unit} {indicator}");
    }
}

fn scheme(name: &str) -> CriteriaFile {
    let path = root().join("templates").join(name).join("criteria.toml");
    let text = fs::read_to_string(&path).expect("a scheme");
    let (content, found) = read::<CriteriaFile>(&SourceFile::new(path.display().to_string(), text));
    assert!(found.is_empty(), "{name}");
    content.expect("a scheme")
}

/// No number without a source, and no template poses as an official scheme.
#[test]
fn every_criterion_of_a_template_names_its_source_and_the_whole_is_illustrative() {
    for name in names() {
        let scheme = scheme(&name);
        assert_eq!(scheme.criteria.status, Some(Status::Illustrative), "{name}");
        assert!(scheme.example.len() >= 3, "{name}: worked examples");
        let criteria = scheme.dimension.iter().flat_map(|dimension| &dimension.value.criterion);
        let bare: Vec<String> =
            criteria.filter(|criterion| criterion.value.basis.0.is_empty()).map(|criterion| format!("{:?}", criterion.value.id)).collect();
        assert_eq!(bare, Vec::<String>::new(), "{name}");
    }
}

/// The list, the help of `new` and the message about an unknown name come from one table.
#[test]
fn templates_are_listed_wherever_somebody_looks() {
    let desk = tempfile::tempdir().expect("a temporary folder");
    let listed = String::from_utf8(well(desk.path(), &["list", "templates", "--format", "csv"]).out).expect("text");
    let listed: BTreeSet<&str> = listed.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    let help = String::from_utf8(well(desk.path(), &["new", "--help"]).out).expect("text");
    let unknown = kaohe(desk.path(), ["new", "mine", "--template", "urban"]);
    let unknown = String::from_utf8(unknown.err).expect("text");
    for name in names() {
        assert!(listed.contains(name.as_str()), "{name}");
    }
    for name in listed {
        assert!(help.contains(name) && unknown.contains(name), "{name}");
    }
    assert!(!desk.path().join("mine").exists(), "an unknown name writes nothing");
}
