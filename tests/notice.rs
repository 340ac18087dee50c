//! The formal notice and the files for publication, as a user makes them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::Path;

#[path = "support/program.rs"]
mod program;

use program::kaohe;

/// Consortia of one institution each with these rates in percent, `–` for none.
fn desk(names: &[&str], rates: &[&str], more: &str) -> tempfile::TempDir {
    let desk = tempfile::tempdir().expect("a temporary folder");
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/base");
    for name in ["assessment.toml", "criteria.toml", "items.toml"] {
        fs::copy(base.join(name), desk.path().join(name)).expect("a copy");
    }
    let mut criteria = fs::read_to_string(desk.path().join("criteria.toml")).expect("a text");
    criteria.push_str(more);
    fs::write(desk.path().join("criteria.toml"), criteria).expect("written");
    let (mut organisations, mut data) = ("code,name,tier,role,consortium\n".to_owned(), "code,period,discharges,referrals\n".to_owned());
    for (at, (name, rate)) in names.iter().zip(rates).enumerate() {
        let _ = writeln!(organisations, "H{at},医院{at},secondary,lead,\"{}\"", name.replace('"', "\"\""));
        let _ = writeln!(data, "H{at},2025,100,{}", rate.trim_matches('–'));
    }
    fs::write(desk.path().join("organisations.csv"), organisations).expect("written");
    fs::write(desk.path().join("data.csv"), data).expect("written");
    desk
}

#[track_caller]
fn score(desk: &Path, more: &[&str]) -> Vec<u8> {
    let ran = kaohe(desk, [&["score", "--quiet", "--fail-on", "never"], more].concat());
    assert_eq!(ran.code, Some(0), "{}", String::from_utf8_lossy(&ran.err));
    ran.out
}

/// A CSV file as rows by heading.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().expect("a header").clone();
    let row = |row: csv::StringRecord| header.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect();
    reader.records().map(|one| row(one.expect("a row"))).collect()
}

const NINE: [&str; 9] = ["U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8", "U9"];

/// Target 20: every rate from 20 up has 10 points, 10 % has 5.00. Six others besides U1: 4 8 12 16 24 40 with its own 10 sort to
/// 4 8 10 12 16 24 40: quartiles at places 1.5, 3, 4.5 are 9, 12, 20; 3 of 7 values are not above 10.
#[test]
fn a_unit_learns_its_place_among_unnamed_peers() {
    let desk = desk(&["U1", "East & Co", "West", "North", "South", "Middle", "Far"], &["10", "4", "8", "12", "16", "24", "40"], "");
    score(desk.path(), &["-o", "out", "--public"]);
    let file = desk.path().join("out/public/units/U1.csv");
    let own = rows(&file);
    assert_eq!(own.len(), 1);
    let figures = ["value", "points", "full_points", "peers", "lowest", "lower_quartile", "median", "upper_quartile", "highest", "note"];
    assert_eq!(figures.map(|name| own[0][name].as_str()), ["10", "5.00", "10", "6", "4", "9", "12", "20", "40", ""]);
    assert!(own[0]["percentile"].starts_with("42.857142"), "3 of 7: {}", own[0]["percentile"]);
    let text = fs::read_to_string(file).expect("a text");
    for other in ["East", "West", "North", "South", "Middle", "Far"] {
        assert!(!text.contains(other), "{other} is named");
    }
    let names: Vec<String> = fs::read_dir(desk.path().join("out/public/units"))
        .expect("a folder")
        .map(|one| one.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    assert!(names.contains(&"East___Co.csv".to_owned()), "{names:?}");
}

#[test]
fn fewer_than_five_others_are_not_shown() {
    let desk = desk(&NINE[..6], &["10", "4", "8", "12", "16", "–"], "");
    score(desk.path(), &["-o", "out", "--public", "--lang", "en"]);
    // Four others have a value, though six units are assessed.
    let own = &rows(&desk.path().join("out/public/units/U1.csv"))[0];
    assert_eq!(["value", "peers", "percentile", "lowest", "median"].map(|name| own[name].as_str()), ["10", "4", "", "", ""]);
    assert_eq!(own["note"], "fewer than 5 peers have a value: a distribution would give theirs away");
    // U6 has none of its own and sees five others.
    let sixth = &rows(&desk.path().join("out/public/units/U6.csv"))[0];
    assert_eq!(["value", "peers", "percentile", "lowest", "median"].map(|name| sixth[name].as_str()), ["", "5", "", "4", "10"]);
}

/// Ranks 1 to 9 by falling rates; ⌈4r/9⌉: 1 1 2 2 3 3 4 4 4.
#[test]
fn bands_are_quarters_where_there_are_no_grades_and_name_no_rank() {
    let desk = desk(&NINE, &["18", "16", "14", "12", "10", "8", "6", "4", "2"], "");
    score(desk.path(), &["-o", "ranks", "--public", "--lang", "en"]);
    let ranks = rows(&desk.path().join("ranks/public/summary.csv"));
    assert_eq!(ranks[0].keys().map(String::as_str).collect::<Vec<_>>(), ["grade", "name", "peer_group", "provisional", "rank"]);
    assert_eq!(ranks.iter().map(|row| row["rank"].as_str()).collect::<Vec<_>>(), ["1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    score(desk.path(), &["-o", "bands", "--lang", "en", "--public=bands"]);
    let bands = rows(&desk.path().join("bands/public/summary.csv"));
    assert_eq!(bands[0].keys().map(String::as_str).collect::<Vec<_>>(), ["band", "name", "note", "peer_group", "provisional"]);
    let quarter = |unit: usize| bands[unit]["band"].as_str();
    let [first, second, third, last] = ["first quarter", "second quarter", "third quarter", "last quarter"];
    assert_eq!((0..9).map(quarter).collect::<Vec<_>>(), [first, first, second, second, third, third, last, last, last]);
}

#[test]
fn bands_of_a_small_group_are_not_told_and_of_a_scheme_with_grades_are_its_grades() {
    let few = desk(&NINE[..3], &["18", "16", "14"], "");
    score(few.path(), &["-o", "out", "--lang", "zh", "--public=bands"]);
    let bands = rows(&few.path().join("out/public/summary.csv"));
    assert!(bands.iter().all(|row| row["band"].is_empty() && row["note"].contains("不足 8 个")), "{bands:?}");
    let grades = "\n[[grade]]\nid = \"A\"\nname = \"A\"\nat_least = 8\n\n[[grade]]\nid = \"B\"\nname = \"B\"\nat_least = 0\n";
    let graded = desk(&NINE[..3], &["14", "16", "18"], grades);
    score(graded.path(), &["-o", "out", "--public=bands"]);
    let bands = rows(&graded.path().join("out/public/summary.csv"));
    // 7, 8 and 9 points, by key and not by rank.
    assert_eq!(
        bands.iter().map(|row| (row["name"].as_str(), row["band"].as_str())).collect::<Vec<_>>(),
        [("U1", "B"), ("U2", "A"), ("U3", "A")]
    );
}

#[test]
fn what_is_published_needs_a_folder_and_is_not_there_unasked() {
    let desk = desk(&NINE[..2], &["10", "30"], "");
    let ran = kaohe(desk.path(), ["score", "--public"]);
    assert_eq!(ran.code, Some(2));
    assert!(String::from_utf8_lossy(&ran.err).contains("--output"), "{}", String::from_utf8_lossy(&ran.err));
    score(desk.path(), &["-o", "out"]);
    assert!(!desk.path().join("out/public").exists());
    // What was written can be replaced, the folder within it included.
    score(desk.path(), &["-o", "out", "--force", "--public"]);
    score(desk.path(), &["-o", "out", "--force"]);
    assert!(!desk.path().join("out/public").exists());
}

/// D5: the same inputs give the same bytes; the Word file opens as an archive whose text names what a spreadsheet or a browser
/// would run.
#[test]
fn the_word_file_is_the_same_every_time_and_holds_any_name() {
    let long = "长".repeat(200);
    let names = ["<script>alert(1)</script>", "A & B", "=cmd|' /C calc'!A0", "🏥 医院", &long];
    let desk = desk(&names, &["10", "4", "8", "12", "16"], "");
    score(desk.path(), &["-o", "one", "--lang", "zh", "--public"]);
    score(desk.path(), &["-o", "two", "--lang", "zh", "--public"]);
    let bytes = |folder: &str| fs::read(desk.path().join(folder).join("report.docx")).expect("a file");
    assert!(bytes("one") == bytes("two"));
    let file = fs::File::open(desk.path().join("one/report.docx")).expect("a file");
    let mut text = String::new();
    let mut archive = zip::ZipArchive::new(file).expect("an archive");
    archive.by_name("word/document.xml").expect("a part").read_to_string(&mut text).expect("UTF-8");
    for escaped in ["&lt;script&gt;alert(1)&lt;/script&gt;", "A &amp; B", "🏥 医院", &long] {
        assert!(text.contains(escaped), "{escaped}");
    }
}

/// The Markdown of the screen is the same document, part for part.
#[test]
fn markdown_prints_the_notice() {
    let desk = desk(&["East", "West"], &["10", "30"], "");
    let text = String::from_utf8(score(desk.path(), &["--format", "markdown", "--lang", "en"])).expect("UTF-8");
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
    let expected = [
        "# Notice of results: Two consortia, 2025",
        "## 1. Scope and basis",
        "## 2. Method",
        "## 3. Results",
        "## 4. Findings by dimension",
        "### 4.1 Order of care",
        "## 5. Data quality",
        "## Annex 1. Shares of points by dimension",
        "## Annex 2. Points by criterion",
    ];
    assert_eq!(headings, expected);
    // 10 % and 30 % of a target of 20 %: 5 and 10 of 10 points, mean 75 %.
    assert!(text.contains("Mean share of points 75.0%. Highest: West (100.0%); lowest: East (50.0%)."), "{text}");
    assert!(text.contains("Criteria that cost the units most: Referral rate (5.00 points in all)."), "{text}");
    assert!(text.contains("missing, incomplete, rejected: 0 points"), "{text}");
}
