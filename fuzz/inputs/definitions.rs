//! TOML files and the tables beside them, each read as part of a small assessment.

use std::fs;
use std::path::Path;

use kaohe::assess;
use kaohe::assessment::{Request, load, load_definitions};
use kaohe::definition::overrides::Override;
use kaohe::diagnostic::Diagnostic;
use kaohe::text::Lang;

use super::sample::{ASSESSMENT, CATALOGUE, CRITERIA, DATA, REGISTRY};

const UNITS: &str = "id,name\n东部,东部\n西部,西部\n";
const JUDGEMENTS: &str = "unit,criterion,value\n东部,hand,3\n西部,hand,4\n";
const CORRECTIONS: &str = "organisation,period,item,old,new\nE1,2025,visits,100,120\n";

/// An assessment file. Text in front of a line `===` is values of `--set`, one to a line.
pub(crate) fn assessment(input: &[u8]) {
    let Some(text) = within(input) else { return };
    let (set, text) = text.split_once("\n===\n").unwrap_or(("", text));
    let overrides = set.lines().take(8).filter_map(|line| Override::parse(line).ok()).collect();
    check(&[("assessment.toml", text)], overrides, true);
}

/// A scheme.
pub(crate) fn criteria(input: &[u8]) {
    if let Some(text) = within(input) {
        check(&[("criteria.toml", text)], Vec::new(), false);
    }
}

/// A catalogue.
pub(crate) fn catalogue(input: &[u8]) {
    if let Some(text) = within(input) {
        check(&[("items.toml", text)], Vec::new(), false);
    }
}

/// Registry, units, judgements and corrections, divided by lines `===`.
pub(crate) fn tables(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let mut parts = text.split("\n===\n");
    let files = ["organisations.csv", "units.csv", "judgements.csv", "corrections.csv"];
    let files: Vec<(&str, &str)> = files.into_iter().map_while(|name| Some((name, parts.next()?))).collect();
    check(&files, Vec::new(), true);
}

/// The text, unless it could name a file outside the folder.
pub(super) fn within(input: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(input).ok()?;
    (!text.contains(['/', '\\']) && !text.contains("..")).then_some(text)
}

/// Reads the assessment with these files in place of the sample's, as far as `kaohe check` does.
fn check(files: &[(&str, &str)], overrides: Vec<Override>, has_data: bool) {
    let place = folder();
    let samples = [
        ("assessment.toml", ASSESSMENT),
        ("criteria.toml", CRITERIA),
        ("items.toml", CATALOGUE),
        ("organisations.csv", REGISTRY),
        ("data.csv", DATA),
        ("units.csv", UNITS),
        ("judgements.csv", JUDGEMENTS),
        ("corrections.csv", CORRECTIONS),
    ];
    for (name, sample) in samples {
        let text = files.iter().find(|(other, _)| *other == name).map_or(sample, |(_, text)| text);
        fs::write(place.path().join(name), text).expect("a file");
    }
    let request = Request { path: place.path().to_path_buf(), overrides, ..Request::default() };
    let (assessment, found) = if has_data { load(&request) } else { load_definitions(&request) };
    assert!(assessment.is_some() || found.iter().any(Diagnostic::is_error), "refused without a reason");
    tell(&found);
    let Some(assessment) = assessment else { return };
    match assess::prepare(&assessment) {
        Ok(prepared) => {
            for finding in &prepared.findings {
                assert!(!finding.text(Lang::Zh).is_empty() && !finding.text(Lang::En).is_empty());
            }
        }
        Err(found) => tell(&found),
    }
}

pub(super) fn tell(found: &[Diagnostic]) {
    for one in found {
        assert!(!one.render(Lang::Zh).is_empty() && !one.render(Lang::En).is_empty());
    }
}

/// A folder in memory where there is one.
pub(super) fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a temporary folder")
}
