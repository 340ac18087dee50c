//! A small assessment in a folder of its own, run as a user runs it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::program::kaohe;

/// A folder with the files of `tests/cases/base`: institutions E1, E2, W1, W2, a rate of referrals per hundred discharges.
pub(crate) struct Desk(TempDir);

/// A row of a CSV file: cell by column.
pub(crate) type Row = BTreeMap<String, String>;

impl Desk {
    /// The base with every institution scored for itself, and a scheme of these criteria at 10 points each.
    pub(crate) fn new(criteria: &[&str]) -> Self {
        let desk = Self(tempfile::tempdir().expect("a folder"));
        let base = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/base");
        for file in fs::read_dir(base).expect("a folder") {
            let path = file.expect("an entry").path();
            fs::copy(&path, desk.0.path().join(path.file_name().expect("a name"))).expect("a copy");
        }
        desk.changed("assessment.toml", "\"consortium\"", "\"code\"").with("criteria.toml", scheme("", criteria, ""))
    }

    /// Writes a file.
    pub(crate) fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        fs::write(self.0.path().join(name), content).expect("a file");
        self
    }

    /// Writes a part of a file otherwise.
    #[track_caller]
    pub(crate) fn changed(self, name: &str, from: &str, to: &str) -> Self {
        let text = fs::read_to_string(self.0.path().join(name)).expect("a file");
        assert!(text.contains(from), "{name} has no {from}");
        self.with(name, text.replace(from, to))
    }

    /// Adds to a file.
    pub(crate) fn and(self, name: &str, more: &str) -> Self {
        let text = fs::read_to_string(self.0.path().join(name)).expect("a file");
        self.with(name, text + "\n" + more)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// What the program prints, standard output before standard error, and its exit code.
    pub(crate) fn run(&self, args: &[&str]) -> (String, Option<i32>) {
        let ran = kaohe(self.path(), args);
        let text = String::from_utf8([ran.out, ran.err].concat()).expect("UTF-8");
        assert!(!text.contains("panicked"), "{text}");
        (text, ran.code)
    }

    /// Scores into `out` and returns one of the files written there.
    #[track_caller]
    pub(crate) fn scored(&self, args: &[&str], file: &str) -> Vec<Row> {
        let (text, code) = self.run(&[&["score", "-o", "out", "--force", "--lang", "en"], args].concat());
        assert!(code.is_some_and(|code| code < 2), "{text}");
        self.table(&format!("out/{file}"))
    }

    /// The rows of a CSV file.
    #[track_caller]
    pub(crate) fn table(&self, path: &str) -> Vec<Row> {
        let text = fs::read_to_string(self.path().join(path)).expect("a file");
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let headers = reader.headers().expect("a header").clone();
        let row = |record: csv::StringRecord| headers.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect();
        reader.records().map(|record| row(record.expect("a record"))).collect()
    }

    /// The points of every unit by the first criterion.
    #[track_caller]
    pub(crate) fn points(&self, args: &[&str]) -> Vec<String> {
        column(&self.scored(args, "scores.csv"), "points")
    }
}

/// One column.
#[track_caller]
pub(crate) fn column(rows: &[Row], name: &str) -> Vec<String> {
    rows.iter().map(|row| row.get(name).unwrap_or_else(|| panic!("{name} is no column of {row:?}")).clone()).collect()
}

/// A scheme of one dimension whose criteria have 10 points each; `head` follows `[criteria]`, `rest` ends the file.
pub(crate) fn scheme(head: &str, criteria: &[&str], rest: &str) -> String {
    let points = 10 * criteria.len();
    let mut text = format!(
        "[criteria]\nid = \"s\"\ntitle = \"S\"\ncatalogues = [\"items.toml\"]\n{head}\n[[dimension]]\nid = \"d\"\nname = \"D\"\npoints = {points}\n\n"
    );
    for criterion in criteria {
        text.extend(["[[dimension.criterion]]\npoints = 10\n", criterion, "\n\n"]);
    }
    text + rest + "\n"
}
