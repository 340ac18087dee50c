//! `kaohe compare`: every changed point has its cause, by hand on three consortia, and as a property: effects add up.
//!
//! The fixture, by hand. A is a1 and a2, B b1, C c1; criterion 1 gives 8 points for a control rate of 80 %, criterion 2
//! what the visit gave.
//!
//! | run | A | B | C | ranks |
//! |---|---|---|---|---|
//! | before | 100/200 = 50 %: 5.00 + 1 | 50 %: 5.00 + 2 | 40 %: 4.00 + 1 | 2 1 3 |
//! | a2 belongs to C (registry) | 60/100: 6.00 + 1 | | 80/200: 4.00 + 1 | 1 1 3 |
//! | b1 controlled 58 (data) | | 58 %: 5.80 + 2 | | 2 1 3 |
//! | a1 44 for 60 (corrections) | 44 %: 4.40 + 1 | | | 2 1 3 |
//! | C 2 at the visit (judgements) | | | 4.00 + 2 | 3 1 2 |
//! | 70 % for full points (criteria) | 44/70 × 8 = 5.03 + 1 | 58/70 × 8 = 6.63 + 2 | 40/70 × 8 = 4.57 + 2 | 3 1 2 |

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use tempfile::TempDir;

mod support {
    pub(crate) mod program;
}
use support::program::kaohe;

type Row = BTreeMap<String, String>;

/// The fixture in a folder of its own.
fn desk() -> TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/compare"), desk.path());
    desk
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a copy");
        }
    }
}

/// Standard output, standard error.
#[track_caller]
fn run(folder: &Path, args: &[&str]) -> (String, String) {
    let ran = kaohe(folder, args.iter().copied());
    let err = String::from_utf8(ran.err).expect("UTF-8");
    assert!(ran.code.is_some_and(|code| code < 2), "{args:?}: {err}");
    (String::from_utf8(ran.out).expect("UTF-8"), err)
}

#[track_caller]
fn table(path: &Path) -> Vec<Row> {
    let text = fs::read_to_string(path).expect("a file");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().expect("a header").clone();
    let row = |record: csv::StringRecord| headers.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.expect("a record"))).collect()
}

/// Compares into a folder `out` and reads one file of it.
#[track_caller]
fn compared(folder: &Path, operands: &[&str], file: &str) -> Vec<Row> {
    run(folder, &[&["compare"], operands, &["-o", "out", "--force", "--quiet", "--lang", "en"]].concat());
    table(&folder.join("out").join(file))
}

fn cells<const N: usize>(rows: &[Row], columns: [&str; N]) -> Vec<String> {
    rows.iter().map(|row| columns.map(|column| row[column].as_str()).join(" ")).collect()
}

/// An assessment of the fixture that takes these of its five inputs from the later one.
fn variant(folder: &Path, name: &str, later: [bool; 5]) {
    let pick = |at: usize, name: &str| format!("{name}-{}", if later[at] { 2 } else { 1 });
    let corrections = if later[2] { "corrections = [{ path = \"corrections.csv\" }]\n" } else { "" };
    let text = format!(
        "title = \"{name}\"\nperiod = \"2025\"\nunit = \"consortium\"\ncriteria = \"{}.toml\"\norganisations = {{ path = \"{}.csv\" }}\n\
         source = [{{ path = \"{}.csv\" }}]\n{corrections}judgements = [{{ path = \"{}.csv\" }}]\n",
        pick(4, "scheme"),
        pick(0, "orgs"),
        pick(1, "data"),
        pick(3, "judgements"),
    );
    fs::write(folder.join(format!("{name}.toml")), text).expect("a file");
}

const CAUSES: [&str; 5] = ["registry", "data", "corrections", "judgements", "criteria"];

#[test]
fn every_cause_has_the_effect_worked_out_by_hand() {
    // Each side in a folder of its own, which has nothing of the other side.
    let desk = tempfile::tempdir().expect("a folder");
    for (name, other) in [("one", "-2."), ("two", "-1.")] {
        let folder = desk.path().join(name);
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/compare"), &folder);
        for entry in fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            let file = entry.file_name().expect("a name").to_string_lossy().into_owned();
            if file.contains(other) || (name == "one" && file == "corrections.csv") {
                fs::remove_file(entry).expect("a file");
            }
        }
    }
    let rows = compared(desk.path(), &["one/before.toml", "two/after.toml"], "changes.csv");
    assert_eq!(
        cells(&rows, ["unit", "id", "points_before", "points_after", "cause", "effect"]),
        [
            "A 1 5.00 5.03 registry 1.00",
            "A 1 5.00 5.03 corrections -1.60",
            "A 1 5.00 5.03 criteria 0.63",
            "B 1 5.00 6.63 data 0.80",
            "B 1 5.00 6.63 criteria 0.83",
            "C 1 4.00 4.57 criteria 0.57",
            "C 2 1.00 2.00 judgements 1.00",
        ]
    );
    let steps = table(&desk.path().join("out/steps.csv"));
    assert_eq!(
        cells(&steps, ["unit", "cause", "total", "rank"]),
        [
            "A  6.00 2",
            "A registry 7.00 1",
            "A data 7.00 2",
            "A corrections 5.40 2",
            "A judgements 5.40 3",
            "A criteria 6.03 3",
            "B  7.00 1",
            "B registry 7.00 1",
            "B data 7.80 1",
            "B corrections 7.80 1",
            "B judgements 7.80 1",
            "B criteria 8.63 1",
            "C  5.00 3",
            "C registry 5.00 3",
            "C data 5.00 3",
            "C corrections 5.00 3",
            "C judgements 6.00 2",
            "C criteria 6.57 2",
        ]
    );
}

/// Whatever is changed, and whatever is not: a cause that did not change has no effect, and all effects of a unit add up
/// to the change of its total.
#[test]
fn what_did_not_change_has_no_effect_in_any_of_the_32_cases() {
    let desk = desk();
    variant(desk.path(), "one", [false; 5]);
    for case in 1..32_u32 {
        let later = [0, 1, 2, 3, 4].map(|at| case & (1 << at) != 0);
        variant(desk.path(), "two", later);
        let rows = compared(desk.path(), &["one.toml", "two.toml"], "changes.csv");
        for row in rows.iter().filter(|row| !row["cause"].is_empty()) {
            let at = CAUSES.iter().position(|cause| row["cause"] == *cause).expect("one cause");
            assert!(later[at], "{later:?}: {row:?}");
        }
        adds_up(desk.path());
    }
}

/// Effects of the rows of every unit against the change of its total, in hundredths.
#[track_caller]
fn adds_up(folder: &Path) {
    let hundredths = |text: &str| -> i64 { text.replace('.', "").parse().unwrap_or_else(|_| panic!("{text} has two decimals")) };
    let mut effects: BTreeMap<String, i64> = BTreeMap::new();
    for row in table(&folder.join("out/changes.csv")).iter().filter(|row| row["in_total"] == "true") {
        *effects.entry(row["unit"].clone()).or_default() += hundredths(&row["effect"]);
    }
    let mut totals: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for row in table(&folder.join("out/totals.csv")).iter().filter(|row| !row["total"].is_empty()) {
        totals.entry(row["unit"].clone()).or_default().push(hundredths(&row["total"]));
    }
    let mut seen = 0;
    for (unit, totals) in totals {
        if let [before, after] = totals.as_slice() {
            assert_eq!(effects.remove(&unit).unwrap_or_default(), after - before, "{unit}");
            seen += 1;
        }
    }
    assert!(seen > 0, "no unit has two totals");
    assert_eq!(effects, BTreeMap::new(), "effects of units without two totals");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// The same for any figures, visits and targets; A and B may change places.
    #[test]
    fn effects_add_up_to_the_change_of_the_total(
        reported in prop::array::uniform4(0_u32..=100),
        visit in 0_u32..=2,
        target in 1_u32..=100,
        corrected in 0_u32..=100,
        moves in 0_u32..3,
    ) {
        let desk = desk();
        let write = |name: &str, text: String| fs::write(desk.path().join(name), text).expect("a file");
        let rows = ["a1", "a2", "b1", "c1"].iter().zip(reported).map(|(code, count)| format!("{code},2025,100,{count}\n"));
        write("data-2.csv", format!("code,period,treated,controlled\n{}", rows.collect::<String>()));
        write("corrections.csv", format!("organisation,period,item,new\na1,2025,controlled,{corrected}\n"));
        write("judgements-2.csv", format!("unit,criterion,value\nA,2,{visit}\nB,2,2\nC,2,0\n"));
        let scheme = fs::read_to_string(desk.path().join("scheme-1.toml")).expect("a file");
        write("scheme-2.toml", scheme.replace("target = 80", &format!("target = {target}")));
        let to = ["A", "B", "C"][moves as usize];
        write("orgs-2.csv", format!("code,name,consortium\na1,Oak,A\na2,Ash,{to}\nb1,Elm,B\nc1,Fir,C\n"));
        compared(desk.path(), &["before.toml", "after.toml"], "changes.csv");
        adds_up(desk.path());
    }
}

/// A changed figure of one unit moves the percentiles and ranks of the others. Their own figures are as they were; the
/// cause is the data all the same.
#[test]
fn what_peers_lose_by_somebody_elses_figure_is_due_to_the_data() {
    let desk = desk();
    for scheme in ["scheme-1.toml", "scheme-2.toml"] {
        let text = fs::read_to_string(desk.path().join("scheme-1.toml")).expect("a file");
        fs::write(desk.path().join(scheme), text.replace("score.ratio = { target = 80 }", "score.rank = [1, 0.5, 0]")).expect("a file");
    }
    variant(desk.path(), "one", [false; 5]);
    variant(desk.path(), "two", [false, true, false, false, false]);
    // 50 %, 50 %, 40 %: two first places and a third; with 58 % for B: 50 % is second.
    let rows = compared(desk.path(), &["one.toml", "two.toml"], "changes.csv");
    assert_eq!(
        cells(&rows, ["unit", "id", "value_before", "value_after", "points_before", "points_after", "cause", "effect"]),
        ["A 1 50 50 8.00 4.00 data -4.00", "B 1 50 58 8.00 8.00  0.00"]
    );
    // The same of written results whose inputs are gone: nothing but the data differs.
    written(desk.path(), &["one.toml", "two.toml"]);
    let rows = compared(desk.path(), &["one", "two"], "changes.csv");
    let all = "registry+data+corrections+criteria";
    assert_eq!(cells(&rows, ["unit", "cause", "worked_out"]), [format!("A {all} false"), format!("B {all} false")]);
}

/// Scores these assessments into folders of their names, and takes their judgements away: they cannot be made again.
fn written(folder: &Path, files: &[&str]) {
    for file in files {
        run(folder, &["score", file, "-o", file.trim_end_matches(".toml"), "--quiet"]);
    }
    for name in ["judgements-1.csv", "judgements-2.csv"] {
        fs::remove_file(folder.join(name)).expect("a file");
    }
}

/// With an assessment file of the usual name that is the same on both sides, the hashes tell the data from the rest.
#[test]
fn written_results_tell_the_causes_that_their_inputs_leave_possible() {
    let desk = desk();
    let folder = desk.path();
    for (name, value) in [("one", "50"), ("two", "58")] {
        let own = folder.join(name);
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/compare"), &own);
        let text = fs::read_to_string(own.join("before.toml")).expect("a file");
        fs::write(own.join("assessment.toml"), text).expect("a file");
        let data = fs::read_to_string(own.join("data-1.csv")).expect("a file");
        fs::write(own.join("data-1.csv"), data.replace("b1,2025,100,50", &format!("b1,2025,100,{value}"))).expect("a file");
        run(folder, &["score", name, "-o", &format!("result-{name}"), "--quiet"]);
    }
    // Both assessments are found beside the results, and the effect is worked out.
    let rows = compared(folder, &["result-one", "result-two"], "changes.csv");
    assert_eq!(cells(&rows, ["unit", "cause", "effect", "worked_out"]), ["B data 0.80 true"]);
    // Without them the hashes leave the data alone.
    fs::remove_dir_all(folder.join("one")).expect("a folder");
    let rows = compared(folder, &["result-one", "result-two"], "changes.csv");
    assert_eq!(cells(&rows, ["unit", "cause", "effect", "worked_out"]), ["B data 0.80 false"]);
    adds_up(folder);
}

/// Of data that differ in nothing that is measured, only the judgements remain: C gets 2 for 1.
#[test]
fn data_are_no_cause_where_every_measure_is_the_same() {
    let desk = desk();
    let folder = desk.path();
    for (name, file) in [("one", "before.toml"), ("two", "before.toml")] {
        let own = folder.join(name);
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/compare"), &own);
        fs::rename(own.join(file), own.join("assessment.toml")).expect("a file");
        if name == "two" {
            let data = fs::read_to_string(own.join("data-1.csv")).expect("a file");
            fs::write(own.join("data-1.csv"), data + "c1,2022,100,1\n").expect("a file");
            fs::copy(own.join("judgements-2.csv"), own.join("judgements-1.csv")).expect("a copy");
        }
        run(folder, &["score", name, "-o", &format!("result-{name}"), "--quiet"]);
        fs::remove_dir_all(own).expect("a folder");
    }
    let rows = compared(folder, &["result-one", "result-two"], "changes.csv");
    assert_eq!(cells(&rows, ["unit", "id", "cause", "effect", "worked_out"]), ["C 2 judgements 1.00 false"]);
    let inputs = table(&folder.join("out/inputs.csv"));
    assert_eq!(cells(&inputs, ["role", "path"]), ["data data-1.csv", "judgements judgements-1.csv"]);
}

/// A judgement of a criterion that the earlier scheme does not have: judgements and criteria cannot be told apart.
#[test]
fn what_cannot_be_replaced_alone_is_joined_with_the_next_step() {
    let desk = desk();
    let folder = desk.path();
    let scheme = fs::read_to_string(folder.join("scheme-2.toml")).expect("a file");
    fs::write(folder.join("scheme-2.toml"), scheme.replace("id = \"2\"", "id = \"visit\"")).expect("a file");
    let judgements = fs::read_to_string(folder.join("judgements-2.csv")).expect("a file");
    fs::write(folder.join("judgements-2.csv"), judgements.replace(",2,", ",visit,")).expect("a file");
    let (_, err) = run(folder, &["compare", "before.toml", "after.toml", "-o", "out", "--lang", "en"]);
    assert!(err.contains("judgements cannot be replaced alone: "), "{err}");
    let rows = table(&folder.join("out/changes.csv"));
    // Criterion 2 goes, `visit` comes: what B had and has cancels out in its total.
    assert_eq!(
        cells(&rows[rows.len() - 2..], ["unit", "id", "points_before", "points_after", "cause", "effect"]),
        ["C 2 1.00  judgements+criteria -1.00", "C visit  2.00 judgements+criteria 2.00"]
    );
    adds_up(folder);
}

/// A result read back says what the assessment says now, to the last digit: nothing differs.
#[test]
fn an_example_and_its_result_are_the_same() {
    let desk = tempfile::tempdir().expect("a folder");
    for name in ["linyi", "guangming", "national-2019", "yangjiang", "wushen", "state-council-2017"] {
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
        copy(&example, &desk.path().join(name));
        let result = format!("{name}-result");
        run(desk.path(), &["score", name, "-o", &result, "--quiet", "--fail-on", "never"]);
        let (_, err) = run(desk.path(), &["compare", &result, name, "--lang", "en", "--format", "csv"]);
        assert!(err.contains("compare/no-difference"), "{name}: {err}");
    }
}

/// Two runs of a whole scheme that differ by a setting: bonuses, rescaling and vetoes are rows like all others.
#[test]
fn changes_of_a_whole_scheme_add_up() {
    let desk = tempfile::tempdir().expect("a folder");
    for (name, set) in [("linyi", "policy.min_completeness=1"), ("guangming", "policy.points_decimals=2")] {
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
        copy(&example, &desk.path().join(name));
        run(desk.path(), &["score", name, "-o", "one", "--force", "--quiet", "--fail-on", "never"]);
        run(desk.path(), &["score", name, "-o", "two", "--force", "--quiet", "--fail-on", "never", "--set", set]);
        let rows = compared(desk.path(), &["one", "two"], "changes.csv");
        assert!(rows.iter().all(|row| row["worked_out"] == "true" && ["criteria", ""].contains(&row["cause"].as_str())), "{rows:?}");
        adds_up(desk.path());
    }
}

/// Units and criteria are joined by key: the order of rows means nothing.
#[test]
fn the_order_of_units_and_criteria_means_nothing() {
    let desk = desk();
    let folder = desk.path();
    let scheme = fs::read_to_string(folder.join("scheme-1.toml")).expect("a file");
    let (head, rest) = scheme.split_once("[[dimension.criterion]]").expect("a criterion");
    let (first, second) = rest.split_once("[[dimension.criterion]]").expect("another");
    let turned = format!("{head}[[dimension.criterion]]{second}\n[[dimension.criterion]]{first}");
    fs::write(folder.join("scheme-2.toml"), turned).expect("a file");
    fs::write(folder.join("orgs-2.csv"), "code,name,consortium\nc1,Fir,C\nb1,Elm,B\na2,Ash,A\na1,Oak,A\n").expect("a file");
    variant(folder, "one", [false; 5]);
    variant(folder, "two", [true, false, false, false, true]);
    assert_eq!(compared(folder, &["one.toml", "two.toml"], "changes.csv"), Vec::<Row>::new());
}

/// 2024 to 2025, by hand: A 80/200 = 40 % to 50 %, 10 points and 25 % more; C 44 % to 40 %, 9.1 % less.
#[test]
fn changes_of_a_percentage_are_in_points_and_in_percent() {
    let desk = desk();
    let folder = desk.path();
    let earlier = fs::read_to_string(folder.join("before.toml")).expect("a file").replace("\"2025\"", "\"2024\"");
    fs::write(folder.join("earlier.toml"), earlier).expect("a file");
    let rows = compared(folder, &["earlier.toml", "before.toml"], "figures.csv");
    let later: Vec<Row> = rows.into_iter().filter(|row| row["period"] == "2025" && row["criterion"] == "1").collect();
    assert_eq!(
        cells(&later, ["unit", "value", "change", "change_in", "percent", "points_change"]),
        ["A 50 10 points 25 1.00", "B 50 2 points 4.166666666666667 0.20", "C 40 -4 points -9.090909090909092 -0.40"]
    );
}

/// The page and the workbook show what the terminal shows, cell by cell: the first table, read back.
#[test]
fn the_page_and_the_workbook_show_the_same_tables() {
    let desk = desk();
    let (shown, _) = run(desk.path(), &["compare", "before.toml", "after.toml", "--lang", "en", "--format", "markdown", "-o", "out"]);
    let first: Vec<&str> = shown.lines().filter(|line| line.starts_with("| ")).collect();
    let row: Vec<&str> = first[2].trim_matches('|').split('|').map(str::trim).collect();
    let page = fs::read_to_string(desk.path().join("out/compare.html")).expect("a page");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(desk.path().join("out/compare.xlsx")).expect("a workbook");
    let name = calamine::Reader::sheet_names(&book)[0].clone();
    let range = calamine::Reader::worksheet_range(&mut book, &name).expect("a sheet");
    // Title, the place for a way back, header.
    let cells = range.rows().nth(3).expect("a row");
    let written = row.iter().filter(|cell| !cell.is_empty());
    for (words, cell) in written.zip(cells.iter().filter(|cell| **cell != calamine::Data::Empty)) {
        match cell {
            calamine::Data::Float(number) => {
                assert_eq!(words.trim_start_matches('+').trim_end_matches('%').parse::<f64>().ok(), Some(*number), "{row:?}");
            }
            other => assert_eq!(*words, other.to_string(), "{row:?}"),
        }
        assert!(page.contains(&format!(">{words}<")), "{words}");
    }
}
