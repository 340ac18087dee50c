//! What is missing, what cannot be divided, and how figures are put together.

use crate::desk::{Desk, Row, column};

const RATIO: &str = "indicator = \"rate\"\nscore.ratio = { target = 20 }";

/// The cells of one unit.
#[track_caller]
fn of<'a>(rows: &'a [Row], unit: &str) -> &'a Row {
    rows.iter().find(|row| row["unit"] == unit).unwrap_or_else(|| panic!("no row of {unit}"))
}

/// appraisal, rule `N01` ("no = full marks"): where the numerator was missing, nothing was found and full marks were given.
/// A missing count costs the points, and the state says so; a count of 0 earns them.
#[test]
fn a_missing_count_of_faults_is_not_full_marks() {
    for rule in [
        "indicator = \"referrals\"\nscore.steps = { target = 0, every = 1, lose = 2, count = \"floor\" }",
        "indicator = \"referrals\"\nscore.ratio = { target = 0 }",
        "indicator = \"referrals\"\nscore.bands = [{ at_most = 0, points = 10 }, { otherwise = {}, points = 0 }]",
        "id = \"list\"\nname = \"List\"\nscore.deduct = [{ each = { of = \"referrals\", lose = 2 } }]",
        "id = \"list\"\nname = \"List\"\nscore.deduct = [{ when = { of = \"referrals\", above = 0, lose = 2 } }]",
    ] {
        let falling = "[[indicator]]\nid = \"falling\"\nname = \"Falling\"\nnumerator = \"referrals\"\nunit = \"person\"\nbetter = \"lower\"\nform = \"count\"\n";
        let rule = rule.replace("indicator = \"referrals\"", "indicator = \"falling\"");
        let desk = Desk::new(&[&rule]).and("items.toml", falling);
        let desk = desk.with("data.csv", "code,period,discharges,referrals\nE1,2025,100,0\nE2,2025,100,\nW1,2025,100,1\n");
        let scores = desk.scored(&[], "scores.csv");
        assert_eq!((of(&scores, "E1")["points"].as_str(), of(&scores, "E1")["state"].as_str()), ("10.00", "reported"), "{rule}");
        for silent in ["E2", "W2"] {
            let row = of(&scores, silent);
            assert_eq!((row["points"].as_str(), row["state"].as_str()), ("0.00", "missing"), "{rule}");
            assert!(row["reason"].contains("did not report"), "{rule}: {}", row["reason"]);
        }
        assert_ne!(of(&scores, "W1")["points"], "10.00", "{rule}");
    }
}

/// The same for what people judge: nobody has looked is neither yes nor no.
#[test]
fn what_nobody_judged_is_neither_met_nor_unmet() {
    let desk = Desk::new(&[
        "id = \"1\"\nname = \"Plan\"\nscore.met = {}",
        "id = \"2\"\nname = \"List\"\nscore.deduct = [{ absent = { of = [\"sign\"], lose = 5 } }, { discretion = { id = \"other\", lose_most = 5 } }]",
    ]);
    let desk = desk.and("assessment.toml", "[[judgements]]\npath = \"judgements.csv\"\n");
    let desk = desk.with("judgements.csv", "unit,criterion,part,value\nE1,1,,no\nE1,2,sign,yes\nE1,2,other,0\nE2,2,sign,yes\n");
    let scores = desk.scored(&[], "scores.csv");
    let states: Vec<_> = scores.iter().map(|row| format!("{} {} {}", row["unit"], row["points"], row["state"])).take(4).collect();
    assert_eq!(states, ["E1 0.00 reported", "E1 10.00 reported", "E2 0.00 missing", "E2 0.00 missing"]);
    let provisional = column(&desk.scored(&[], "summary.csv"), "provisional");
    assert_eq!(provisional.iter().filter(|mark| *mark == "true").count(), 3, "{provisional:?}");
}

/// trytry `formula.py`, clinical-reasoning #373, appraisal: a denominator that was missing or 0 became 0 points, Infinity, or
/// a row that was passed over. Each has its row, its state and its reason, and no number.
#[test]
fn a_denominator_that_is_missing_or_zero_has_a_state_and_a_reason_and_no_value() {
    let desk = Desk::new(&[RATIO]);
    let desk = desk.with("data.csv", "code,period,discharges,referrals\nE1,2025,,5\nE2,2025,0,0\nW1,2025,0,3\nW2,2025,100,20\n");
    let measures = desk.scored(&[], "measures.csv");
    assert_eq!(column(&measures, "unit"), ["E1", "E2", "W1", "W2"]);
    assert_eq!(column(&measures, "state"), ["missing", "zero-denominator", "rejected", "reported"]);
    for row in &measures[..3] {
        assert!(row["value"].is_empty() && !row["reason"].is_empty(), "{row:?}");
    }
    let scores = desk.table("out/scores.csv");
    // What is missing earns nothing; what cannot be formed leaves the points that can be had.
    assert_eq!(column(&scores, "points"), ["0.00", "", "0.00", "10.00"]);
    for file in ["scorebook.json", "measures.csv", "scores.csv", "summary.csv"] {
        let text = std::fs::read_to_string(desk.path().join("out").join(file)).expect("a file");
        for word in ["NaN", "nan,", "Infinity", "inf,", "∞"] {
            assert!(!text.contains(word), "{file} holds {word}");
        }
    }
}

/// DHIS2 (sub-expressions): the ratio of sums and the mean of ratios differ, and which was meant was left to chance. Sums are
/// divided unless the indicator says `pooling = "mean"`; of a rate reported as such, the choice must be made.
#[test]
fn a_ratio_of_sums_is_not_a_mean_of_ratios_and_rates_are_not_added_up() {
    let desk = |pooling: &str| {
        let desk = Desk::new(&[RATIO]).and("items.toml", pooling).with(
            "data.csv",
            // 1/10 and 30/100 are 31/110; the mean of 10 % and 30 % is 20 %.
            "code,period,discharges,referrals\nE1,2025,10,1\nE2,2025,100,30\nW1,2025,1,0\nW2,2025,1,0\n",
        );
        let measures = desk.scored(&["--set", "unit=consortium"], "measures.csv");
        let row = measures[0].clone();
        (row["value"].clone(), row["numerator"].clone(), row["denominator"].clone())
    };
    let texts = |value: &str, n: &str, d: &str| (value.to_owned(), n.to_owned(), d.to_owned());
    assert_eq!(desk("pooling = \"pooled\""), texts("28.181818181818183", "31", "110"));
    assert_eq!(desk("pooling = \"mean\""), texts("20", "40", "2"));
    let item = "[[item]]\nid = \"satisfied\"\nname = \"Satisfied\"\nunit = \"%\"\ntime = \"mean\"\nadditive = false\n";
    let desk = Desk::new(&["indicator = \"satisfied\"\nscore.linear = { zero = 60, full = 90 }"]).and("items.toml", item);
    let (said, code) = desk.run(&["score", "--set", "unit=consortium", "-o", "out"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("error[formula/not-additive]") && said.contains("pooling"), "{said}");
}

/// NHSRplotthedots #172: a series that was re-based was compared with the target of before. Here a baseline that is named
/// anew: change, verdict and points follow it.
#[test]
fn a_baseline_named_anew_is_what_the_value_is_compared_with() {
    let desk = Desk::new(&["indicator = \"rate\"\nscore.improve = { by = \"points\", rise = 4, flat = 0.5 }"]);
    let desk = desk.with(
        "data.csv",
        "code,period,discharges,referrals\nE1,2023,100,16\nE1,2024,100,22\nE1,2025,100,20\nE2,2025,1,1\nW1,2025,1,1\nW2,2025,1,1\n",
    );
    // 20 after 16 is the rise of 4; after 22 a fall; against itself no change, half of the points.
    for (baseline, points, said) in [("2023", "10.00", "16.00%"), ("2024", "0.00", "22.00%")] {
        let scores = desk.scored(&["--baseline", baseline], "scores.csv");
        let row = of(&scores, "E1");
        assert_eq!(row["points"], points, "{baseline}");
        assert!(row["reason"].contains(&format!("against {said} in the baseline")), "{}", row["reason"]);
    }
}

/// appraisal (`dayjs().year()`), trytry (a comment in `fund.py`): the year that is assessed was the year of the run. What is
/// assessed is the period alone: targets of years, monthly shares and lateness come out alike for a year long past and one
/// far ahead.
#[test]
fn the_year_of_the_run_is_no_year_of_the_assessment() {
    let points = |year: u32| {
        let case = format!("case = [{{ years = \"{year}\", score.ratio = {{ target = 40 }} }}]");
        let late = format!(
            "id = \"plan\"\nname = \"Plan\"\nscore.by_date = {{ due = \"{year}-12-31\", every = \"month\", lose = 1, count = \"begun\" }}"
        );
        let desk = Desk::new(&[&format!("{RATIO}\n{case}"), &late]);
        let desk = desk
            .changed("assessment.toml", "2025\"", &format!("{year}\""))
            .and("assessment.toml", "[[judgements]]\npath = \"judgements.csv\"\n");
        let judgement = format!("unit,criterion,value\nE1,plan,{}-02-01\nE2,plan,{year}-01-05\n", year + 1);
        let data = format!("code,period,discharges,referrals\nE1,{year},100,10\nE2,{year},100,20\nW1,{year},100,30\nW2,{year},100,40\n");
        let desk = desk.with("judgements.csv", judgement).with("data.csv", data);
        column(&desk.scored(&[], "scores.csv"), "points")
    };
    // 10/40, two months begun late; 20/40, in time.
    let expected = ["2.50", "8.00", "5.00", "10.00", "7.50", "0.00", "10.00", "0.00"];
    assert_eq!(points(1999), expected);
    assert_eq!(points(2098), expected);
}
