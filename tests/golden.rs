//! Every shipped example, scored in both languages, compared byte by byte with its `expected` folder.
//! After an intended change: `KAOHE_UPDATE_GOLDENS=1 cargo test --test golden`, then read the difference.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "support/program.rs"]
mod program;

use program::kaohe;

const EXAMPLES: [&str; 7] = ["guangming", "guangming/supervision", "linyi", "national-2019", "state-council-2017", "wushen", "yangjiang"];
const LANGUAGES: [&str; 2] = ["zh", "en"];

/// Files by the name they have below `expected`.
type Files = BTreeMap<String, Vec<u8>>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Standard output of a run that has to end well.
#[track_caller]
fn out(args: &[&str]) -> Vec<u8> {
    let ran = kaohe(root(), args);
    assert_eq!(ran.code, Some(0), "{args:?}: {}", String::from_utf8_lossy(&ran.err));
    ran.out
}

/// A result folder: its files by name.
fn written(folder: &Path) -> Files {
    let entries = fs::read_dir(folder).expect("a folder");
    let entry = |entry: std::io::Result<fs::DirEntry>| {
        let path = entry.expect("an entry").path();
        (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), fs::read(&path).expect("a file"))
    };
    entries.map(entry).collect()
}

/// What `kaohe VERB … -o` writes for an example.
#[track_caller]
fn folder(verb: &str, assessment: &str, lang: &str) -> Files {
    let place = tempfile::tempdir().expect("a temporary folder");
    let target = place.path().join("result");
    let ran = kaohe(root(), [verb, assessment, "--lang", lang, "--quiet", "-o", &target.to_string_lossy()]);
    assert_eq!(ran.code, Some(0), "{assessment}: {}", String::from_utf8_lossy(&ran.err));
    let mut files = written(&target);
    // Packed, and packed otherwise by every version of the library: tests/workbook.rs reads what is in it.
    files.remove("report.xlsx");
    files
}

/// The example whose report for the browser is kept: of the others it is long, and made in the same way.
const PAGE_OF: &str = "guangming";

/// Everything an example gives in one language, by file name; what two ways of asking must give
/// alike is compared here.
fn result(example: &str, lang: &str) -> Files {
    let path = format!("examples/{example}");
    let mut files = folder("score", &path, lang);
    // The Word file stands here as its checksum in the manifest, and as score.md, which is the same document.
    files.retain(|name, _| name != "report.docx" && (name != "report.html" || example == PAGE_OF));
    let shown = |verb: &str, format: &str| out(&[verb, &path, "--lang", lang, "--quiet", "--format", format]);
    assert_eq!(shown("score", "json"), files["scorebook.json"], "{example}: --format json is scorebook.json");
    assert_eq!(shown("score", "csv"), files["summary.csv"], "{example}: --format csv is summary.csv");
    assert_eq!(shown("measure", "csv"), files["measures.csv"], "{example}: --format csv of measure is measures.csv");
    let measured = folder("measure", &path, lang);
    for name in ["measures.csv", "findings.csv"] {
        assert_eq!(measured[name], files[name], "{example}: {name} of measure and score");
    }
    for (verb, format, name) in [
        ("score", "table", "score.txt"),
        ("score", "markdown", "score.md"),
        ("measure", "table", "measure.txt"),
        ("measure", "markdown", "measure.md"),
        ("measure", "json", "measure.json"),
        ("check", "table", "check.txt"),
    ] {
        files.insert(name.to_owned(), shown(verb, format));
    }
    let said = kaohe(root(), ["score", &path, "--lang", lang]);
    files.insert("said.txt".to_owned(), said.err);
    files
}

/// Both languages in one tree; the scorebook speaks both and stands once.
fn both(example: &str) -> Files {
    let mut all = Files::new();
    for lang in LANGUAGES {
        for (name, bytes) in result(example, lang) {
            let place = if name == "scorebook.json" { name } else { format!("{lang}/{name}") };
            if let Some(other) = all.insert(place.clone(), bytes) {
                assert_eq!(all[&place], other, "{example}: {place} depends on the language");
            }
        }
    }
    all
}

fn expected(folder: &Path) -> Files {
    let mut all = Files::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            all.extend(written(&path).into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
        } else {
            all.insert(name, fs::read(&path).expect("a file"));
        }
    }
    all
}

/// The first line that differs, so that a failure can be read.
fn difference(name: &str, found: &[u8], expected: &[u8]) -> String {
    let (found, expected) = (String::from_utf8_lossy(found), String::from_utf8_lossy(expected));
    let lines = found.lines().chain(std::iter::repeat("<end>")).zip(expected.lines().chain(std::iter::once("<end>")));
    let first = lines.enumerate().find(|(_, (found, expected))| found != expected);
    let (at, (found, expected)) = first.map_or((0, ("", "")), |(at, lines)| (at + 1, lines));
    format!("{name}:{at}\n  found    {found}\n  expected {expected}")
}

#[track_caller]
fn compare(example: &str) {
    let found = both(example);
    let folder: PathBuf = root().join("examples").join(example).join("expected");
    if std::env::var_os("KAOHE_UPDATE_GOLDENS").is_some() {
        let _ = fs::remove_dir_all(&folder);
        for (name, bytes) in &found {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap_or(&folder)).expect("a folder");
            fs::write(path, bytes).expect("a file");
        }
    }
    let expected = expected(&folder);
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "files of {example}");
    let differing: Vec<String> = found
        .iter()
        .filter(|(name, bytes)| expected[*name] != **bytes)
        .map(|(name, bytes)| difference(name, bytes, &expected[name]))
        .collect();
    assert!(differing.is_empty(), "{example} differs from examples/{example}/expected:\n{}", differing.join("\n"));
}

#[test]
fn guangming_gives_its_expected_files() {
    compare("guangming");
}

#[test]
fn linyi_gives_its_expected_files() {
    compare("linyi");
}

#[test]
fn national_2019_gives_its_expected_files() {
    compare("national-2019");
}

#[test]
fn the_supervision_of_guangming_gives_its_expected_files() {
    compare("guangming/supervision");
}

#[test]
fn state_council_2017_gives_its_expected_files() {
    compare("state-council-2017");
}

#[test]
fn wushen_gives_its_expected_files() {
    compare("wushen");
}

#[test]
fn yangjiang_gives_its_expected_files() {
    compare("yangjiang");
}

/// D5: a second run is identical to the byte.
#[test]
fn a_second_run_is_identical() {
    for example in EXAMPLES {
        let path = format!("examples/{example}");
        assert!(folder("score", &path, "zh") == folder("score", &path, "zh"), "{example}");
    }
}

/// D5, D7: another working folder and an absolute path change nothing that is written.
#[test]
fn a_result_does_not_depend_on_where_it_is_made() {
    for example in EXAMPLES {
        let absolute = root().join("examples").join(example);
        assert!(folder("score", &format!("examples/{example}"), "en") == folder("score", &absolute.to_string_lossy(), "en"), "{example}");
    }
}

/// N1, D5: the order of rows changes no figure. Rows change places between two total rows only, since a
/// total stands below its parts; the other examples have titles and forms, in which rows have their places.
#[test]
fn the_order_of_rows_changes_no_figure() {
    for example in ["guangming", "guangming/supervision", "linyi", "national-2019"] {
        let place = tempfile::tempdir().expect("a temporary folder");
        copy(&root().join("examples").join(example), place.path(), "");
        let shuffled = folder("score", &place.path().to_string_lossy(), "zh");
        let straight = folder("score", &format!("examples/{example}"), "zh");
        for name in ["summary.csv", "scores.csv", "measures.csv", "adjustments.csv"] {
            assert!(shuffled[name] == straight[name], "{example}: {}", difference(name, &shuffled[name], &straight[name]));
        }
        assert!(shuffled["manifest.json"] != straight["manifest.json"], "{example}: rows were not shuffled");
    }
}

/// Copies an example, the rows of its data tables in reverse.
fn copy(from: &Path, to: &Path, below: &str) {
    for entry in fs::read_dir(from.join(below)).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = format!("{below}/{}", path.file_name().unwrap_or_default().to_string_lossy());
        let name = name.trim_start_matches('/');
        if path.is_dir() {
            fs::create_dir_all(to.join(name)).expect("a folder");
            copy(from, to, name);
        } else {
            let bytes = fs::read(&path).expect("a file");
            fs::write(to.join(name), if path.extension().is_some_and(|extension| extension == "csv") { reversed(&bytes) } else { bytes })
                .expect("a file");
        }
    }
}

/// The lines below the header in reverse, stretch by stretch between total rows.
fn reversed(bytes: &[u8]) -> Vec<u8> {
    let end: &[u8] = if bytes.windows(2).any(|pair| pair == b"\r\n") { b"\r\n" } else { b"\n" };
    let text: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line)).collect();
    let lines: Vec<&[u8]> = text.into_iter().filter(|line| !line.is_empty()).collect();
    let Some((header, rows)) = lines.split_first() else { return bytes.to_vec() };
    let is_total = |line: &[u8]| ["小计", "合计"].iter().any(|label| line.starts_with(label.as_bytes()));
    let mut out: Vec<&[u8]> = vec![header];
    for stretch in rows.split_inclusive(|line| is_total(line)) {
        let (parts, total) = stretch.split_at(stretch.iter().filter(|line| !is_total(line)).count());
        out.extend(parts.iter().rev().chain(total));
    }
    out.iter().flat_map(|line| [*line, end].concat()).collect()
}
