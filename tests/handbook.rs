//! The handbook: complete, without dead links, safe whatever names hold, the same every time.
//! After an intended change: `KAOHE_UPDATE_GOLDENS=1 cargo test --test handbook`, then read the difference.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use kaohe::assessment::built_in;

#[path = "support/program.rs"]
mod program;

use program::kaohe;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What `kaohe handbook` prints for some definitions.
#[track_caller]
fn handbook(definitions: &[&str], lang: &str, format: &str) -> String {
    let args: Vec<&str> = ["handbook"].into_iter().chain(definitions.iter().copied()).chain(["--lang", lang, "--format", format]).collect();
    let ran = kaohe(root(), &args);
    assert_eq!(ran.code, Some(0), "{args:?}: {}", String::from_utf8_lossy(&ran.err));
    String::from_utf8(ran.out).expect("text")
}

/// How often each place is marked.
fn places(page: &str) -> BTreeMap<&str, usize> {
    let mut found = BTreeMap::new();
    for (_, rest) in page.match_indices(" id=\"").map(|(at, mark)| page.split_at(at + mark.len())) {
        *found.entry(rest.split('"').next().unwrap_or_default()).or_default() += 1;
    }
    found
}

/// Where links inside the page lead.
fn links<'p>(page: &'p str, begin: &str, end: char) -> BTreeSet<&'p str> {
    page.match_indices(begin).filter_map(|(at, mark)| page[at + mark.len()..].split(end).next()).collect()
}

const FORMS: [(&str, &str, char); 2] = [("markdown", "](#", ')'), ("html", "href=\"#", '"')];

/// Everything there is to describe: the built-in catalogues, every template, every example with a scheme, the small one.
fn subjects() -> Vec<String> {
    let mut found = vec!["tests/fixtures/handbook/catalogue.toml".to_owned(), "tests/fixtures/handbook/scheme.toml".to_owned()];
    for folder in ["templates", "examples"] {
        for entry in fs::read_dir(root().join(folder)).expect("a folder") {
            let entry = entry.expect("an entry");
            if entry.path().is_dir() {
                found.push(format!("{folder}/{}", entry.file_name().to_string_lossy()));
            }
        }
    }
    found
}

/// Every built-in item, indicator and check has one place of its own, in both languages and forms.
#[test]
fn every_built_in_definition_stands_in_the_handbook_once() {
    let catalogue = built_in().expect("catalogues");
    let indicators = catalogue.indicators.iter().map(|indicator| format!("indicator-{}", indicator.id));
    let items = catalogue.items.iter().map(|item| format!("item-{}", item.id));
    let checks = catalogue.checks.iter().map(|check| format!("check-{}", check.id));
    let constants = catalogue.parts.iter().flat_map(|part| &part.constants).map(|constant| format!("constant-{}", constant.id));
    let wanted: BTreeSet<String> = indicators.chain(items).chain(checks).chain(constants).collect();
    assert!(wanted.len() > 700, "definitions are found");
    for lang in ["zh", "en"] {
        for (format, _, _) in FORMS {
            let page = handbook(&[], lang, format);
            let places = places(&page);
            let is_definition = |place: &&str| ["indicator-", "item-", "check-", "constant-"].iter().any(|kind| place.starts_with(kind));
            let found: BTreeSet<String> = places.keys().filter(|place| is_definition(place)).map(|place| (*place).to_owned()).collect();
            assert_eq!(found, wanted, "{lang} {format}");
            assert!(places.values().all(|times| *times == 1), "{lang} {format}: a place is marked twice");
        }
    }
}

/// Names, formulas and sources of every definition are there as the catalogue has them.
#[test]
fn every_built_in_definition_is_told_in_both_languages() {
    let catalogue = built_in().expect("catalogues");
    let plain = |page: String| {
        page.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
            .replace("&#x27;", "'")
            .replace("&#x2f;", "/")
            .replace("&quot;", "\"")
    };
    for (lang, page) in [("zh", plain(handbook(&[], "zh", "html"))), ("en", plain(handbook(&[], "en", "html")))] {
        for indicator in &catalogue.indicators {
            let definition = indicator.definition.iter().map(|text| if lang == "zh" { &text.zh } else { &text.en });
            let parts = [&indicator.name.zh, &indicator.name.en, &indicator.numerator.text];
            let sources = indicator.basis.iter().map(|basis| &basis.document.zh);
            for part in parts.into_iter().chain(definition).chain(sources) {
                assert!(page.contains(part.as_str()), "{lang} {}: {part}", indicator.id);
            }
        }
        for check in &catalogue.checks {
            let says = if lang == "zh" { &check.says.zh } else { &check.says.en };
            assert!(page.contains(says.as_str()), "{lang} {}: {says}", check.id);
        }
    }
}

#[test]
fn every_link_leads_to_a_place_of_the_page() {
    for subject in subjects() {
        for (format, begin, end) in FORMS {
            let page = handbook(&[&subject], "zh", format);
            let places = places(&page);
            let dead: Vec<&str> = links(&page, begin, end).into_iter().filter(|to| !places.contains_key(to)).collect();
            assert_eq!(dead, Vec::<&str>::new(), "{subject} {format}");
            let twice: Vec<_> = places.iter().filter(|(_, times)| **times > 1).collect();
            assert!(twice.is_empty(), "{subject} {format}: {twice:?}");
        }
    }
}

/// Names that look like markup stay text; the page runs nothing and loads nothing.
#[test]
fn nothing_of_a_definition_is_taken_for_markup() {
    for subject in ["tests/fixtures/handbook/catalogue.toml", "tests/fixtures/handbook/scheme.toml"] {
        for lang in ["zh", "en"] {
            let page = handbook(&[subject], lang, "html");
            for mark in ["<script", "<trial", "<试", "<急诊", "<逐年", "src=", "http:", "https:", "url(", "@import"] {
                assert!(!page.contains(mark), "{subject} {lang}: {mark}");
            }
            let page = handbook(&[subject], lang, "markdown");
            for mark in ["<script", "<trial", "<试", "<急诊", "<逐年"] {
                let bare = page.match_indices(mark).any(|(at, _)| !page[..at].ends_with('\\'));
                assert!(!bare, "{subject} {lang}: {mark}");
            }
        }
    }
    assert!(handbook(&["tests/fixtures/handbook/catalogue.toml"], "en", "html").contains("&lt;script&gt;"));
}

/// A scheme is told with what it uses and nothing else.
#[test]
fn a_scheme_is_described_with_what_it_uses() {
    let page = handbook(&["templates/urban-group"], "en", "markdown");
    let places = places(&page);
    assert!(places.contains_key("indicator-staff_sent_days_per_primary") && places.contains_key("item-staff_sent_days"));
    assert!(!places.contains_key("indicator-visits_total"), "visits_total is not scored");
    let lines: Vec<&str> = page.lines().filter(|line| line.contains("#criterion-2.4)")).collect();
    let said = "[2.4 Beds reserved for referrals from primary care (points: 5): full points at 20%, in proportion below](#criterion-2.4)";
    assert_eq!(lines, [format!("- **Used in**: {said}")]);
}

/// The folder of an assessment, its file, and the scheme alone say the same of the scheme.
#[test]
fn an_assessment_and_its_scheme_have_one_handbook() {
    let told = |path: &str| handbook(&[path], "zh", "markdown");
    let scheme = told("templates/county-2024/criteria.toml");
    assert_eq!(told("templates/county-2024"), scheme);
    assert_eq!(told("templates/county-2024/assessment.toml"), scheme);
}

#[track_caller]
fn golden(name: &str, page: &str) {
    let path: PathBuf = root().join("tests/fixtures/handbook").join(name);
    if std::env::var_os("KAOHE_UPDATE_GOLDENS").is_some() {
        fs::write(&path, page).expect("a file");
    }
    let expected = fs::read_to_string(&path).expect("a file");
    for (at, (found, expected)) in page.lines().zip(expected.lines()).enumerate() {
        assert_eq!(found, expected, "{name}:{}", at + 1);
    }
    assert_eq!(page, expected, "{name}: its end");
}

#[test]
fn the_small_catalogue_has_its_expected_pages() {
    let told = |lang, format| handbook(&["tests/fixtures/handbook/catalogue.toml"], lang, format);
    golden("catalogue.zh.md", &told("zh", "markdown"));
    golden("catalogue.en.md", &told("en", "markdown"));
    golden("catalogue.en.html", &told("en", "html"));
}

/// P4–P14, R6, R7, R9: every rule, bonus, penalty, veto, verdict and grade in words.
#[test]
fn the_scheme_of_every_rule_has_its_expected_pages() {
    let told = |lang, format| handbook(&["tests/fixtures/handbook/scheme.toml"], lang, format);
    golden("scheme.zh.md", &told("zh", "markdown"));
    golden("scheme.en.md", &told("en", "markdown"));
    golden("scheme.zh.html", &told("zh", "html"));
}

/// The name of the file decides the form; nothing is replaced without --force.
#[test]
fn the_page_is_written_to_a_file_whole() {
    let desk = tempfile::tempdir().expect("a temporary folder");
    let write = |args: &[&str]| kaohe(desk.path(), ["handbook", "builtin:referral", "--lang", "en"].iter().chain(args));
    assert_eq!(write(&["-o", "a.HTML"]).code, Some(0));
    assert!(fs::read_to_string(desk.path().join("a.HTML")).expect("a file").starts_with("<!DOCTYPE html>"));
    assert_eq!(write(&["-o", "a.md"]).code, Some(0));
    assert!(fs::read_to_string(desk.path().join("a.md")).expect("a file").starts_with("# Handbook: "));
    assert_eq!(write(&["-o", "a.md"]).code, Some(2));
    assert_eq!(write(&["-o", "a.md", "--force", "--format", "html"]).code, Some(0));
    assert!(fs::read_to_string(desk.path().join("a.md")).expect("a file").starts_with("<!DOCTYPE html>"));
    assert_eq!(fs::read_dir(desk.path()).expect("a folder").count(), 2);
}
