//! The example of targets and pay: amounts worked out by hand, and rows in another order.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

mod support {
    pub(crate) mod program;
}
use support::program::kaohe;

/// The example in a folder of its own, with its result beside it.
fn desk() -> tempfile::TempDir {
    let desk = tempfile::tempdir().expect("a temporary folder");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/pay");
    for entry in fs::read_dir(example).expect("a folder") {
        let path = entry.expect("an entry").path();
        fs::copy(&path, desk.path().join(path.file_name().unwrap_or_default())).expect("a copy");
    }
    run(desk.path(), &["score", ".", "-o", "result"]);
    desk
}

fn run(folder: &Path, args: &[&str]) -> String {
    let ran = kaohe(folder, args.iter().copied().chain(["--quiet"]));
    assert_eq!(ran.code, Some(0), "{args:?}: {}", String::from_utf8_lossy(&ran.err));
    String::from_utf8(ran.out).expect("UTF-8").trim_start_matches('\u{feff}').to_owned()
}

/// The cells of some columns of a CSV file, row by row.
fn cells(text: &str, columns: &[&str]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().expect("a header").clone();
    let row = |record: Result<csv::StringRecord, csv::Error>| {
        let cells: BTreeMap<String, String> =
            headers.iter().map(str::to_owned).zip(record.expect("a record").iter().map(str::to_owned)).collect();
        columns.iter().map(|column| cells[*column].clone()).collect()
    };
    reader.records().map(row).collect()
}

/// Own pools: 0.4 × (600,000 + 1,400,000) × 1; (0.4 × (450,000 + 950,000) + 20,000) × 0.9; 0.4 × (380,000 + 720,000) × 0.9;
/// (0.4 × (240,000 + 310,000) + 12,500.50) × 0.7. The fund: 250,000 by 30,000, 18,000, 16,200 and 8,400 of 72,600:
/// 103,305.785, 61,983.471, 55,785.124, 28,925.6198; two 分 are left, for the first and the last. By work: 60,000 by 1,050,
/// 540, 441 and 210 of 2,241: 28,112.4498, 14,457.8313, 11,807.2289, 5,622.48996; three 分 are left, for all but the second.
#[test]
fn the_amounts_of_the_example_are_those_worked_out_by_hand() {
    let desk = desk();
    let amounts = run(desk.path(), &["allocate", "result", "--rules", ".", "--format", "csv"]);
    let own = [["800000.00", "0.00"], ["522000.00", "58000.00"], ["396000.00", "44000.00"], ["162750.35", "69750.15"]];
    let shared = ["103305.79", "61983.47", "55785.12", "28925.62", "28112.45", "14457.83", "11807.23", "5622.49"];
    let expected: Vec<[&str; 2]> = own.into_iter().chain(shared.map(|amount| [amount, ""])).collect();
    assert_eq!(cells(&amounts, &["amount", "remainder"]), expected);
}

/// 28,112.45 by 550 and 500 of 1,050: 14,725.569 and 13,386.881.
#[test]
fn people_share_what_their_unit_gets() {
    let desk = desk();
    run(desk.path(), &["allocate", "result", "--rules", ".", "-o", "money"]);
    let persons = fs::read_to_string(desk.path().join("money/persons.csv")).expect("a file");
    let found = cells(persons.trim_start_matches('\u{feff}'), &["person", "equivalents", "amount"]);
    assert_eq!(found[..2], [["E101", "550", "14725.57"], ["E102", "500", "13386.88"]]);
}

/// Rows are joined by key: in another order they give the same bytes.
#[test]
fn the_order_of_rows_changes_no_amount() {
    let desk = desk();
    let straight = run(desk.path(), &["allocate", "result", "--rules", ".", "--format", "csv"]);
    for name in ["pools.csv", "work.csv"] {
        let text = fs::read_to_string(desk.path().join(name)).expect("a file");
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        fs::write(desk.path().join(name), lines.join("\n")).expect("a file");
    }
    assert_eq!(run(desk.path(), &["allocate", "result", "--rules", ".", "--format", "csv"]), straight);
}

/// A result is refused once a digit of it was changed, and so is one whose manifest was taken away.
#[test]
fn a_result_that_was_changed_is_refused() {
    let desk = desk();
    let refused = || {
        let ran = kaohe(desk.path(), ["allocate", "result", "--rules", "."]);
        assert_eq!(ran.code, Some(2));
        String::from_utf8_lossy(&ran.err).into_owned()
    };
    let summary = desk.path().join("result/summary.csv");
    let text = fs::read_to_string(&summary).expect("a file");
    fs::write(&summary, text.replacen("89.00", "90.00", 1)).expect("a file");
    let said = refused();
    assert!(said.contains("[pay/changed]") && said.contains("summary.csv"), "{said}");
    fs::write(&summary, text).expect("a file");
    run(desk.path(), &["allocate", "result", "--rules", "."]);
    fs::remove_file(desk.path().join("result/manifest.json")).expect("a file");
    assert!(refused().contains("[pay/not-a-result]"));
}

/// What `kaohe targets` writes is what an assessment reads: 3,150 of 3,835 examined are 8.2138 of 10 points, 2,268 of 2,965
/// 7.6492, 1,512 of 2,200 6.8727, 630 of 1,000 6.3.
#[test]
fn targets_that_were_divided_score_the_next_assessment() {
    let desk = desk();
    let change = |name: &str, from: &str, to: &str| {
        let path = desk.path().join(name);
        let text = fs::read_to_string(&path).expect("a file");
        assert!(text.contains(from), "{name}");
        fs::write(path, text.replace(from, to)).expect("a file");
    };
    change("targets.toml", "period = \"2026\"", "period = \"2025\"");
    run(desk.path(), &["targets", "-o", "targets"]);
    change("assessment.toml", "[[source]]", "[targets]\npath = \"targets/targets.csv\"\n\n[[source]]");
    let scheme = "[criteria]\nid = \"tasks\"\ntitle = \"Tasks\"\ncatalogues = [\"indicators.toml\"]\n\n\
        [[dimension]]\nid = \"d\"\nname = \"Tasks\"\npoints = 10\n\n\
        [[dimension.criterion]]\nindicator = \"elderly_examined\"\npoints = 10\nscore.ratio = { task = \"elderly_examined\" }\n";
    fs::write(desk.path().join("criteria.toml"), scheme).expect("a file");
    let totals = run(desk.path(), &["score", ".", "--format", "csv"]);
    let expected = [["P1", "8.21"], ["P2", "7.65"], ["P3", "6.87"], ["P4", "6.30"]];
    assert_eq!(cells(&totals, &["unit", "total"]), expected);
}
