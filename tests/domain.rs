//! The catalogue of scoring rules met in practice (S1 to S28), each with a worked example; and a whole sheet of 100 + 15
//! points. Numbers are those of the documents, or worked out in the comment.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

#[path = "support/desk.rs"]
mod desk;
#[path = "support/program.rs"]
mod program;

use desk::{Desk, Row, column};

/// Rule, file, and the test in it that works it out.
const WORKED: &[(&str, &str, &str)] = &[
    ("S1 ratio to a target", "src/score/kernel/ratio.rs", "higher_is_better_in_proportion_to_the_target"),
    ("S2 ratio, lower is better", "src/score/kernel/ratio.rs", "lower_is_better_in_inverse_proportion"),
    ("S2 its other reading", "tests/domain.rs", "lower_is_better_may_fall_in_a_straight_line"),
    ("S3 yes or no", "src/score/kernel/judged.rs", "a_requirement_is_met_or_not"),
    ("S4 number of pieces of evidence", "src/score/kernel/judged.rs", "documents_count_up_to_the_number_required"),
    ("S5 shown only", "tests/scoring.rs", "a_monitored_value_leaves_the_total_alone"),
    ("S6 steps", "src/score/kernel/steps.rs", "steps_are_counted_as_the_scheme_says"),
    ("S6 compound", "src/score/kernel/steps.rs", "two_capped_deductions_share_one_full_mark"),
    ("S7 a count that falls short", "tests/domain.rs", "every_one_missing_costs_the_same_until_nothing_is_left"),
    ("S8 bands", "src/score/kernel/bands.rs", "the_first_band_that_holds_is_taken"),
    ("S9 a straight line", "src/score/kernel/linear.rs", "points_rise_in_a_straight_line"),
    ("S10 improvement", "src/score/kernel/improve.rs", "points_grow_with_the_improvement"),
    ("S10 from a base of 5", "tests/domain.rs", "growth_over_a_base_of_five_is_scored_by_its_level"),
    ("S11 level and improvement", "tests/domain.rs", "level_and_improvement_are_mixed_or_the_better_one_counts"),
    ("S12 mean of the peers", "src/score/kernel/peer.rs", "a_value_is_measured_by_the_mean_of_its_peers"),
    ("S13 percentile", "src/score/kernel/peer.rs", "a_percentile_counts_those_who_are_not_better"),
    ("S13 place", "src/score/kernel/peer.rs", "places_have_their_shares"),
    ("S14 range", "src/score/kernel/range.rs", "points_fall_on_both_sides"),
    ("S15 grade", "src/score/kernel/graded.rs", "a_grade_is_worth_its_share"),
    ("S15 no C and so many A", "tests/domain.rs", "a_verdict_asks_for_no_c_and_so_many_a"),
    ("S16 bonus", "tests/domain.rs", "the_sheet_of_115_points_comes_out_as_by_hand"),
    ("S17 penalty", "tests/domain.rs", "the_sheet_of_115_points_comes_out_as_by_hand"),
    ("S18 veto", "tests/domain.rs", "a_red_line_locks_the_grade_or_empties_the_total_or_a_dimension"),
    ("S19 not applicable", "tests/domain.rs", "the_sheet_of_115_points_comes_out_as_by_hand"),
    ("S20 no document", "tests/domain.rs", "the_sheet_of_115_points_comes_out_as_by_hand"),
    ("S21 discretion", "tests/domain.rs", "the_sheet_of_115_points_comes_out_as_by_hand"),
    ("S22 negative growth", "tests/domain.rs", "negative_growth_earns_nothing_and_takes_nothing"),
    ("S23 lights", "src/score/kernel/lines.rs", "fourteen_indicators_of_a_county_give_ten_three_and_one"),
    ("S23 lights, end to end", "tests/domain.rs", "lights_stand_beside_values_and_cost_nothing"),
    ("S25 work and quality", "src/pay/tests.rs", "money_follows_work_times_quality"),
    ("S28 targets by weighted shares", "src/targets/tests.rs", "a_total_is_divided_by_weighted_shares"),
];

/// The table is complete and names tests that exist.
#[test]
fn every_rule_of_practice_has_a_worked_test() {
    for (rule, file, test) in WORKED {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("a file");
        assert!(text.contains(&format!("fn {test}()")), "{rule}: {file} has no test {test}");
    }
    let asked = (1..=23).chain([25, 28]);
    let without: Vec<u32> = asked.filter(|number| !WORKED.iter().any(|(rule, ..)| rule.starts_with(&format!("S{number} ")))).collect();
    assert_eq!(without, Vec::<u32>::new());
}

/// The files of a fixture in a folder of their own.
fn fixture(name: &str) -> Desk {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    let mut desk = Desk::new(&[]);
    for file in fs::read_dir(folder).expect("a folder") {
        let path = file.expect("an entry").path();
        desk = desk.with(&path.file_name().expect("a name").to_string_lossy(), fs::read(&path).expect("a file"));
    }
    desk
}

/// Domain S6, S7, S16, S17, S19, S20, S21 [P4, P12, R1, R2, S3]: every point of a whole sheet, and what changes the totals.
#[test]
fn the_sheet_of_115_points_comes_out_as_by_hand() {
    let desk = fixture("sheet-115");
    let keyed = |rows: Vec<Row>, row: &dyn Fn(&Row) -> String| {
        rows.into_iter().map(|one| (format!("{} {}", one["unit"], row(&one)), one)).collect::<BTreeMap<String, Row>>()
    };
    let summary = desk.scored(&[], "summary.csv");
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for (file, row) in [
        ("scores.csv", &(|row: &Row| row["criterion"].clone()) as &dyn Fn(&Row) -> String),
        ("adjustments.csv", &|row: &Row| format!("{} {}", row["step"], row["id"])),
    ] {
        found.extend(keyed(desk.table(&format!("out/{file}")), row).into_iter().map(|(key, row)| (key, row["points"].clone())));
    }
    found.extend(summary.iter().map(|row| (format!("{} total", row["unit"]), row["total"].clone())));
    let expected: BTreeMap<String, String> = keyed(desk.table("hand-points.csv"), &|row: &Row| row["row"].clone())
        .into_iter()
        .map(|(key, row)| (key, row["points"].clone()))
        .collect();
    assert_eq!(found, expected);
    assert_eq!(column(&summary, "rank"), ["1", "2", "3"]);
    assert!(desk.table("out/findings.csv").is_empty());
    // Each row says why: the document, the event that did not happen, the cap of item, section and sheet.
    let scores = desk.table("out/scores.csv");
    let reason = |unit: &str, criterion: &str| {
        scores.iter().find(|row| row["unit"] == unit && row["criterion"] == criterion).expect("a row")["reason"].clone()
    };
    assert!(reason("B", "1.3").starts_with("no written evidence, so no points"), "{}", reason("B", "1.3"));
    assert!(reason("A", "3.2").contains("full marks by the policy"), "{}", reason("A", "3.2"));
    assert!(reason("B", "3.3").ends_with("7.5 points lost in all, but never below 0: 0.00 of 6 points"), "{}", reason("B", "3.3"));
}

/// The points of four institutions with these referrals of 100 discharges.
#[track_caller]
fn points(desk: Desk, referrals: [u32; 4]) -> Vec<String> {
    let rows = ["E1", "E2", "W1", "W2"].iter().zip(referrals).map(|(code, count)| format!("{code},2025,100,{count}\n"));
    desk.with("data.csv", rows.fold("code,period,discharges,referrals\n".to_owned(), |all, row| all + &row)).points(&[])
}

/// Domain S2, the other formula, w × max(0, 1 − (v − T)/T): a line from T to 2 T. T = 8: 10 → 1 − 2/8; 16 → 0.
#[test]
fn lower_is_better_may_fall_in_a_straight_line() {
    let desk = Desk::new(&["indicator = \"rate\"\nscore.linear = { zero = 16, full = 8 }"]);
    let desk = desk.changed("items.toml", "better = \"higher\"", "better = \"lower\"");
    assert_eq!(points(desk, [8, 10, 16, 17]), ["10.00", "7.50", "0.00", "0.00"]);
}

/// Domain S7: at least 6, each missing costs 2, at most 12 of 12; 4 a year, each missing costs 1 [P4].
#[test]
fn every_one_missing_costs_the_same_until_nothing_is_left() {
    let six =
        "indicator = \"rate\"\nscore.steps = { target = 6, every = 1, lose = 2, count = \"floor\", lose_most = 12, per = \"points\" }";
    // Of 10 points: 6 − 5 = 1 missing → 8; 3 missing → 4; all missing would be 12 → 0.
    assert_eq!(points(Desk::new(&[six]), [6, 5, 3, 0]), ["10.00", "8.00", "4.00", "0.00"]);
    let four = "indicator = \"rate\"\nscore.steps = { target = 4, every = 1, lose = 1, count = \"floor\", per = \"points\" }";
    assert_eq!(points(Desk::new(&[four]), [4, 7, 3, 0]), ["10.00", "10.00", "9.00", "6.00"]);
}

/// Domain S10: 5 referrals a year ago and 47,851 now are no rise of 957,000 %: below 30 the level decides, 47,851 of 60,000:
/// 7.975. From 30 on growth counts: 33 after 30 are the 10 % asked for; 33 after 33 stand still, half of the points.
#[test]
fn growth_over_a_base_of_five_is_scored_by_its_level() {
    let rule = "indicator = \"referrals\"\nscore.improve = { by = \"percent\", rise = 10, flat = 0.5, min_base_numerator = 30, or_else.ratio = { target = 60000 } }";
    let rule = rule.replace("\"referrals\"", "\"reached\"");
    let reached = "[[indicator]]\nid = \"reached\"\nname = \"Referred\"\nnumerator = \"referrals\"\nunit = \"person\"\nbetter = \"higher\"\nform = \"count\"\n";
    let desk = Desk::new(&[&rule]).and("items.toml", reached);
    let desk = desk.changed("assessment.toml", "period = \"2025\"", "period = \"2025\"\nbaseline = \"2024\"");
    let desk = desk.with(
        "data.csv",
        "code,period,referrals\nE1,2024,5\nE1,2025,47851\nE2,2024,29\nE2,2025,30000\nW1,2024,30\nW1,2025,33\nW2,2024,33\nW2,2025,33\n",
    );
    assert_eq!(desk.points(&[]), ["7.98", "5.00", "10.00", "5.00"]);
}

/// Domain S11 [P7]: 60 of 80 is 0.75 of the level, 2 of the 4 asked for half of the rise: 0.75 × 6 + 0.5 × 4 = 6.5; the better
/// one of both for 10 points is 7.5. A unit at 40 after 36 has 0.5 and all: 3 + 4, and 10.
#[test]
fn level_and_improvement_are_mixed_or_the_better_one_counts() {
    let improve = "improve = { by = \"points\", rise = 4, flat = 0 }";
    let mixed = format!(
        "id = \"mixed\"\nindicator = \"rate\"\nscore.mix = [{{ points = 6, score.ratio = {{ target = 80 }} }}, {{ points = 4, score.{improve} }}]"
    );
    let best = format!("id = \"best\"\nindicator = \"rate\"\nscore.best_of = [{{ ratio = {{ target = 80 }} }}, {{ {improve} }}]");
    let desk = Desk::new(&[&mixed, &best]);
    let desk = desk.changed("assessment.toml", "period = \"2025\"", "period = \"2025\"\nbaseline = \"2024\"");
    let desk = desk.with(
        "data.csv",
        "code,period,discharges,referrals\nE1,2024,100,58\nE1,2025,100,60\nE2,2024,100,36\nE2,2025,100,40\nW1,2024,1,1\nW1,2025,1,1\nW2,2024,1,1\nW2,2025,1,1\n",
    );
    assert_eq!(desk.points(&[])[..4], ["6.50", "7.50", "7.00", "10.00"]);
}

/// Domain S22: rate = g ≥ 0 ? g/T : 0 with T = 10: −3 → 0, 0 → 0, 5 → half, 12 → all.
#[test]
fn negative_growth_earns_nothing_and_takes_nothing() {
    let growth = "[[indicator]]\nid = \"growth\"\nname = \"Growth\"\nnumerator = \"referrals - referrals@baseline\"\n\
        denominator = \"referrals@baseline\"\nfactor = 100\nunit = \"%\"\nbetter = \"higher\"\nform = \"ratio\"\n";
    let desk = Desk::new(&["indicator = \"growth\"\nscore.linear = { zero = 0, full = 10 }"]);
    let desk = desk.and("items.toml", growth).changed("assessment.toml", "period = \"2025\"", "period = \"2025\"\nbaseline = \"2024\"");
    let now = [97, 100, 105, 112];
    let rows = ["E1", "E2", "W1", "W2"].iter().zip(now).map(|(code, now)| format!("{code},2024,1000,100\n{code},2025,1000,{now}\n"));
    let desk = desk.with("data.csv", rows.fold("code,period,discharges,referrals\n".to_owned(), |all, row| all + &row));
    assert_eq!(desk.points(&[]), ["0.00", "0.00", "5.00", "10.00"]);
}

/// A judgements file, and the assessment that names it.
fn judged(desk: Desk, rows: &str) -> Desk {
    desk.and("assessment.toml", "[[judgements]]\npath = \"judgements.csv\"\n").with("judgements.csv", rows)
}

/// Domain S15: tight with no C and at least 2 A [R7]: AAB is, ABB has too few A, AAC has a C, and where a grade is missing
/// that decides, the verdict is open.
#[test]
fn a_verdict_asks_for_no_c_and_so_many_a() {
    let scale = "[[scale]]\nid = \"abc\"\ngrades = [{ id = \"A\", share = 1 }, { id = \"B\", share = 0.6 }, { id = \"C\", share = 0 }]\n";
    let verdict = "[[verdict]]\nid = \"tight\"\nname = \"tight\"\namong = { dimensions = [\"d\"] }\nnone = [\"C\"]\nat_least = { A = 2 }\notherwise = \"loose\"\n";
    let graded = ["1", "2", "3"].map(|id| format!("id = \"{id}\"\nname = \"{id}\"\nscore.graded = {{ scale = \"abc\" }}"));
    let criteria: Vec<&str> = graded.iter().map(String::as_str).collect();
    let desk = Desk::new(&[]).with("criteria.toml", desk::scheme("", &criteria, &format!("{scale}{verdict}")));
    let grades = [("E1", "AAB"), ("E2", "ABB"), ("W1", "AAC"), ("W2", "AB")];
    let mut rows = "unit,criterion,value\n".to_owned();
    for (unit, given) in grades {
        for (at, grade) in given.chars().enumerate() {
            let _ = writeln!(rows, "{unit},{},{grade}", at + 1);
        }
    }
    let desk = judged(desk, &rows);
    let json: serde_json::Value = {
        desk.scored(&[], "summary.csv");
        serde_json::from_slice(&fs::read(desk.path().join("out/scorebook.json")).expect("a file")).expect("JSON")
    };
    let units = json["units"].as_array().expect("units");
    let reached: Vec<&str> = units.iter().map(|unit| unit["verdicts"][0]["reached"].as_str().expect("a word")).collect();
    assert_eq!(reached, ["yes", "no", "no", "open"]);
}

/// Domain S18 [R1, R9]: forged data empty the total, a fee caps the grade, an accident empties its dimension; who is not
/// judged for it is provisional, and nothing has fired.
#[test]
fn a_red_line_locks_the_grade_or_empties_the_total_or_a_dimension() {
    let veto =
        |id: &str, effect: &str| format!("[[veto]]\nid = \"{id}\"\nname = \"{id}\"\ntrigger.judged = {{}}\neffect = [{{ {effect} }}]\n\n");
    let rest = [
        veto("forged", "zero_total = {}"),
        veto("fee", "cap_grade = \"fail\""),
        veto("accident", "zero_dimension = \"d\""),
        "[[grade]]\nid = \"good\"\nname = \"good\"\nat_least = 6\n\n[[grade]]\nid = \"fail\"\nname = \"fail\"\nat_least = 0\n".to_owned(),
    ];
    let scheme = desk::scheme("", &["indicator = \"rate\"\nscore.ratio = { target = 20 }"], &rest.concat());
    let rows = "unit,criterion,value,evidence\n\
        E1,forged,yes,report 3\nE1,fee,no,\nE1,accident,no,\nE2,forged,no,\nE2,fee,yes,receipt\nE2,accident,no,\n\
        W1,forged,no,\nW1,fee,no,\nW1,accident,yes,file 7\nW2,forged,no,\nW2,fee,no,\n";
    let desk = judged(Desk::new(&[]).with("criteria.toml", scheme), rows);
    let desk = desk.with("data.csv", "code,period,discharges,referrals\nE1,2025,100,20\nE2,2025,100,20\nW1,2025,100,20\nW2,2025,100,20\n");
    let summary = desk.scored(&[], "summary.csv");
    let mut found: Vec<String> = summary
        .iter()
        .map(|row| format!("{} {} {} [{}] {}", row["unit"], row["total"], row["grade"], row["veto"], row["provisional"]))
        .collect();
    found.sort();
    assert_eq!(
        found,
        ["E1 0.00 fail [forged] false", "E2 10.00 fail [fee] false", "W1 0.00 fail [accident] false", "W2 10.00 good [] true"]
    );
}

/// Domain S23 for the lower being better, 10/15: 11.4 needs attention; the light costs no point.
#[test]
fn lights_stand_beside_values_and_cost_nothing() {
    let desk = Desk::new(&["indicator = \"rate\"\nlines = { warn = 10, alarm = 15 }\nscore.ratio = { target = 20 }"]);
    let desk = desk.changed("items.toml", "better = \"higher\"", "better = \"lower\"");
    let desk =
        desk.with("data.csv", "code,period,discharges,referrals\nE1,2025,1000,100\nE2,2025,1000,114\nW1,2025,1000,150\nW2,2025,1000,151\n");
    assert_eq!(desk.points(&[]), ["10.00"; 4]);
    let json: serde_json::Value = serde_json::from_slice(&fs::read(desk.path().join("out/scorebook.json")).expect("a file")).expect("JSON");
    let units = json["units"].as_array().expect("units");
    let lights: Vec<&str> = units.iter().map(|unit| unit["scores"][0]["light"].as_str().expect("a light")).collect();
    assert_eq!(lights, ["ok", "warn", "warn", "alarm"]);
}
