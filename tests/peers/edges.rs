//! Edges of bands, cliffs, ranks, peers.

use crate::desk::{Desk, column, scheme};

/// Points of the four institutions for these referrals of so many discharges.
#[track_caller]
fn points_of(desk: Desk, discharges: u64, referrals: [u64; 4]) -> Vec<String> {
    let rows = ["E1", "E2", "W1", "W2"].iter().zip(referrals).map(|(code, count)| format!("{code},2025,{discharges},{count}\n"));
    let data = rows.fold("code,period,discharges,referrals\n".to_owned(), |all, row| all + &row);
    desk.with("data.csv", data).points(&[])
}

/// qpp #109, appraisal 41c07a0e → 1524fbf8: a value on the edge of a band fell to either side of it, as `>` or `≥` was
/// meant or binary fractions happened to round. One case of ten thousand million is the smallest step to either side.
#[test]
fn a_value_on_the_edge_of_a_band_is_not_taken_for_its_neighbour() {
    let bands = |bounds: &str| format!("indicator = \"rate\"\nscore.bands = [{bounds}, {{ otherwise = {{}}, points = 1 }}]");
    let n = 10_000_000_000;
    let around = [0, n * 64 / 100 - 1, n * 64 / 100, n * 64 / 100 + 1];
    for (bound, points) in [
        ("{ at_least = 64, points = 9 }", ["1.00", "1.00", "9.00", "9.00"]),
        ("{ above = 64, points = 9 }", ["1.00", "1.00", "1.00", "9.00"]),
    ] {
        assert_eq!(points_of(Desk::new(&[&bands(bound)]), n, around), points, "{bound}");
    }
    // The same rate where falling is better.
    for (bound, points) in [
        ("{ at_most = 64, points = 9 }", ["9.00", "9.00", "9.00", "1.00"]),
        ("{ below = 64, points = 9 }", ["9.00", "9.00", "1.00", "1.00"]),
    ] {
        let desk = Desk::new(&[&bands(bound)]).changed("items.toml", "better = \"higher\"", "better = \"lower\"");
        assert_eq!(points_of(desk, n, around), points, "{bound}");
    }
}

/// The same origin: 0.1 + 0.2 is 0.3, and 3 × 0.1 too.
#[test]
fn tenths_add_up_to_the_edge_they_make() {
    let item = "[[item]]\nid = \"income\"\nname = \"Income\"\nunit = \"yuan\"\ntime = \"flow\"\ndecimals = 2\n";
    let desk = Desk::new(&["indicator = \"income\"\nscore.bands = [{ at_least = 0.3, points = 10 }, { otherwise = {}, points = 0 }]"]);
    let data = "code,period,income\nE1,2025H1,0.1\nE1,2025H2,0.2\nE2,2025,0.29\nW1,2025H1,0.15\nW1,2025H2,0.15\nW2,2025,0.3\n";
    assert_eq!(desk.and("items.toml", item).with("data.csv", data).points(&[]), ["10.00", "0.00", "10.00", "10.00"]);
}

/// appraisal 41c07a0e, and its cliff at 85 % to this day: one case short of the target cost most of the points. A rule in
/// proportion loses no more than its slope, and a rule that falls by more than half is pointed out.
#[test]
fn just_below_the_target_no_more_is_lost_than_the_slope_allows() {
    let desk = Desk::new(&["indicator = \"rate\"\nscore.linear = { zero = 20, full = 65 }"]);
    // One of 100,000 below 65 %: 0.001 of 45 points of width, 0.0002 of 10 points, which rounds away; a tenth of a
    // percentage point costs 0.1/45 of 10, 0.0222.
    assert_eq!(points_of(desk, 100_000, [65_000, 64_999, 64_900, 64_000]), ["10.00", "10.00", "9.98", "9.78"]);
    let cliff = "indicator = \"rate\"\nscore.bands = [{ at_least = 65, points = 10 }, { otherwise = {}, points = 4 }]";
    let desk = Desk::new(&[cliff]);
    let (said, code) = desk.run(&["check", "criteria.toml", "--fail-on", "warning"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("warning[lint/cliff]") && said.contains("criteria.toml:14:"), "{said}");
}

/// COINr NEWS 1.1.9 and trytry (`enumerate`): ranks of rounded scores, and ties put in an order of their own. Equal totals
/// share a rank and the next is skipped; where only rounding makes or breaks a tie, that is said.
#[test]
fn ranks_share_ties_and_tell_where_rounding_decides() {
    let rate = "indicator = \"rate\"\nscore.ratio = { target = 40 }";
    let desk = Desk::new(&[rate]);
    // 5, 7.5, 7.5 and 2.5 of 10.
    let rows = "code,period,discharges,referrals\nE1,2025,100,20\nE2,2025,100,30\nW1,2025,200,60\nW2,2025,100,10\n";
    let desk = desk.with("data.csv", rows);
    let summary = desk.scored(&[], "summary.csv");
    assert_eq!(column(&summary, "unit"), ["E2", "W1", "E1", "W2"]);
    assert_eq!(column(&summary, "rank"), ["1", "1", "3", "4"]);
    assert!(desk.table("out/findings.csv").is_empty(), "a tie that is none of rounding's needs no word");
    // 7.4997 and 7.5 are both printed as 7.5 where one decimal is.
    let rows = "code,period,discharges,referrals\nE1,2025,10000,2999\nE2,2025,100,30\nW1,2025,100,0\nW2,2025,100,10\n";
    let desk = desk.with("data.csv", rows).with("criteria.toml", scheme("[policy]\npoints_decimals = 1\n", &[rate], ""));
    let summary = desk.scored(&[], "summary.csv");
    assert_eq!((column(&summary, "total"), column(&summary, "rank")), (words("7.5 7.5 2.5 0.0"), words("1 1 3 4")));
    assert_eq!(column(&desk.table("out/findings.csv"), "code"), ["score/rounding-decides"]);
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

/// scikit-criteria #8: a column that is the same for all, or missing for all, divided by its own spread. Here comparisons with
/// peers: all alike are all at the mean and share the best place; without values nothing is evaluated; nothing is NaN.
#[test]
fn peers_who_are_all_alike_or_all_missing_crash_nothing() {
    for (rule, alike) in [
        ("score.peer = { against = \"mean\", every = 1, lose = 1, count = \"exact\", per = \"points\" }", "10.00"),
        ("score.peer = { against = \"median\", every = 1, lose = 1, count = \"ceil\", per = \"points\" }", "10.00"),
        ("score.percentile = {}", "10.00"),
        // Places 1 to 4 are shared: 2.5 of 4.
        ("score.percentile = { ties = \"mean\" }", "6.25"),
        ("score.rank = [1.0, 0.8]", "10.00"),
    ] {
        let rule = format!("indicator = \"rate\"\n{rule}");
        assert_eq!(points_of(Desk::new(&[&rule]), 100, [20; 4]), [alike; 4], "{rule}");
        let desk = Desk::new(&[&rule]).with("data.csv", "code,period,discharges,referrals\nE1,2025,100,\n");
        let scores = desk.scored(&[], "scores.csv");
        assert_eq!(column(&scores, "state"), ["missing"; 4], "{rule}");
        assert_eq!(column(&scores, "points"), ["0.00"; 4], "{rule}");
    }
    // A catalogue that asks for outliers and constants reads the same column.
    let check = "[[check]]\nid = \"o\"\noutlier = { of = \"referrals\", at_least = 3 }\nseverity = \"warning\"\n";
    let desk = Desk::new(&["indicator = \"rate\"\nscore.ratio = { target = 20 }"]).and("items.toml", check);
    assert_eq!(points_of(desk, 100, [20; 4]), ["10.00"; 4]);
}
