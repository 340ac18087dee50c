//! The linter and the coverage of worked examples, through the library: schemes written here, over the items of
//! the text cases (a rate in percent, better the higher it is).

use std::path::Path;

use kaohe::assessment::alone::{self, Checked};
use kaohe::code::Severity;
use kaohe::diagnostic::SourceFile;
use kaohe::lint::Covered;
use kaohe::period::Span;
use kaohe::text::Lang;
use proptest::prelude::*;

/// A scheme of criteria over the base's items.
fn checked(head: &str, criteria: &[&str], rest: &str) -> Checked {
    let points = criteria.len() * 10;
    let criteria: Vec<String> = criteria.iter().map(|criterion| format!("[[dimension.criterion]]\npoints = 10\n{criterion}\n")).collect();
    let criteria = criteria.concat();
    let text = format!(
        "[criteria]\nid = \"s\"\ntitle = \"S\"\ncatalogues = [\"items.toml\"]\n{head}\n\
         [[dimension]]\nid = \"d\"\nname = \"D\"\npoints = {points}\n{criteria}\n{rest}"
    );
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/base/written-here.toml");
    alone::scheme(&SourceFile::new(folder.to_string_lossy(), text), &[], None)
}

fn told(checked: &Checked) -> String {
    checked.diagnostics.iter().map(|one| one.render(Lang::En)).collect()
}

/// The warnings: code and message.
#[track_caller]
fn warnings(checked: &Checked) -> Vec<(&'static str, String)> {
    assert!(checked.diagnostics.iter().all(|one| !one.is_error()), "{}", told(checked));
    let warnings = checked.diagnostics.iter().filter(|one| one.code.severity == Severity::Warning);
    warnings.map(|one| (one.code.id(), one.message.render(Lang::En))).collect()
}

/// The codes that one rule on the rate is warned with.
#[track_caller]
fn codes(head: &str, rule: &str) -> Vec<&'static str> {
    let rule = format!("id = \"a\"\nindicator = \"rate\"\n{rule}");
    warnings(&checked(head, &[&rule], "")).into_iter().map(|(code, _)| code).collect()
}

/// SCHEMES: what ships is clean, or lets stand with a reason what it means.
#[test]
fn shipped_schemes_and_their_catalogues_are_clean() {
    let shipped = [
        ("linyi", "2025"),
        ("guangming", "2022"),
        ("guangming/supervision", "2022"),
        ("national-2019", "2019-01..2019-10"),
        ("state-council-2017", "2017"),
        ("wushen", "2024"),
        ("yangjiang", "2017"),
    ];
    for (name, period) in shipped {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
        let read =
            |file: &str| SourceFile::new(folder.join(file).to_string_lossy(), std::fs::read_to_string(folder.join(file)).expect("a file"));
        let period: Span = period.parse().expect("a period");
        let scheme = alone::scheme(&read("criteria.toml"), &[], Some(period));
        assert_eq!(warnings(&scheme), [], "{name}");
        if folder.join("indicators.toml").exists() {
            assert_eq!(warnings(&alone::catalogue(&read("indicators.toml"))), [], "{name}");
        }
    }
}

/// P3, P5: a drop counts as a cliff from just above the stated share on; a share equal to it is let pass.
#[test]
fn a_cliff_costs_more_than_the_stated_share() {
    let cliff: &[&str] = &["lint/cliff"];
    let none: &[&str] = &[];
    for (rule, expected) in [
        ("score.bands = [{ at_least = 20, points = 10 }, { at_least = 10, points = 5 }, { otherwise = {}, points = 0 }]", none),
        ("score.bands = [{ at_least = 20, points = 10 }, { at_least = 10, points = 4 }, { otherwise = {}, points = 0 }]", cliff),
        ("score.steps = { target = 20, every = 1, lose = 6, count = \"ceil\", per = \"points\" }", cliff),
        ("score.steps = { target = 20, every = 1, lose = 6, count = \"exact\", per = \"points\" }", none),
        ("score.improve = { by = \"points\", rise = 2, flat = 0.5 }", none),
        ("score.improve = { by = \"percent\", rise = 2, flat = 0.6 }", cliff),
        ("score.improve = { by = \"points\", any_rise = true }", cliff),
        ("score.rank = [1, 0.6, 0.2]", none),
        ("score.rank = [1, 0.4]", cliff),
        // Half of the points at stake in each part.
        (
            "score.mix = [{ points = 5, score.bands = [{ at_least = 20, points = 5 }, { otherwise = {}, points = 0 }] }, { points = 5, score.ratio = { target = 20 } }]",
            none,
        ),
        // The ratio still gives 9.5 at 19, just short of the band.
        (
            "score.best_of = [{ bands = [{ at_least = 19, points = 10 }, { otherwise = {}, points = 0 }] }, { ratio = { target = 20 } }]",
            none,
        ),
    ] {
        assert_eq!(codes("", rule), expected, "{rule}");
    }
}

/// One case moves a rate by its factor over the denominator, a count by itself.
#[test]
fn one_case_is_taken_at_the_denominator_stated() {
    let steep = "score.linear = { zero = 19, full = 20 }";
    assert_eq!(codes("", steep), [] as [&str; 0]);
    // 100/200 is half of the way, which is not more than half.
    assert_eq!(codes("[policy]\nmin_denominator = 200", steep), [] as [&str; 0]);
    assert_eq!(codes("[policy]\nmin_denominator = 199", steep), ["lint/cliff"]);
    assert_eq!(codes("[policy]\nmin_denominator = 199\n[lint]\ndenominator = 1000", steep), [] as [&str; 0]);
    let of_a_count = |lose: &str| {
        let rule = format!("indicator = \"referrals\"\nscore.steps = {{ target = 20, every = 1, lose = {lose}, count = \"exact\" }}");
        warnings(&checked("", &[&rule], "")).into_iter().map(|(_, message)| message).collect::<Vec<_>>()
    };
    assert_eq!(of_a_count("5"), [] as [String; 0]);
    assert_eq!(of_a_count("6"), ["`referrals`: at 20 persons, one case costs 6 of 10 points: 60%, more than 50%"]);
}

/// F10: a count of things is not negative; of a growth rate nothing is known.
#[test]
fn limits_are_compared_with_what_an_indicator_can_be() {
    let of_count = checked("", &["indicator = \"referrals\"\nscore.linear = { zero = -5, full = 20 }"], "");
    let expected = "`referrals`: `zero` is -5, and Referrals down is 0 persons or above";
    assert_eq!(warnings(&of_count), [("lint/out-of-range", expected.to_owned())]);
    assert_eq!(codes("", "score.linear = { zero = 0, full = 100 }"), [] as [&str; 0]);
    let lined = |alarm: &str| codes("", &format!("score.linear = {{ zero = 0, full = 100 }}\nlines = {{ warn = 15, alarm = {alarm} }}"));
    assert_eq!(lined("-1"), ["lint/out-of-range"]);
    assert_eq!(lined("0"), [] as [&str; 0]);
}

/// F10: a rate of events is not negative, and may pass its factor.
#[test]
fn a_rate_of_events_has_no_highest_value() {
    let text = "[criteria]\nid = \"s\"\ntitle = \"S\"\ncatalogues = [\"builtin:satisfaction@1\"]\n[[dimension]]\nid = \"d\"\nname = \"D\"\npoints = 10\n\
        [[dimension.criterion]]\nindicator = \"complaints_per_10k\"\npoints = 10\nscore.linear = { zero = 20000, full = -5 }\n";
    let found = warnings(&alone::scheme(&SourceFile::new("s.toml", text.to_owned()), &[], None));
    let limits: Vec<_> = found.into_iter().filter(|(code, _)| *code == "lint/out-of-range").map(|(_, message)| message).collect();
    assert_eq!(limits, ["`complaints_per_10k`: `full` is -5, and Complaints per 10 000 visits is 0 cases or above"]);
}

/// A floor: points that no value can lose.
#[test]
fn dead_zones_begin_where_nothing_more_is_lost() {
    let message = |rule: &str| {
        warnings(&checked("", &[&format!("id = \"a\"\nindicator = \"rate\"\n{rule}")], ""))
            .into_iter()
            .map(|(_, message)| message)
            .collect::<Vec<_>>()
    };
    // 4 points at half a point a step are 8 steps: from 12 down with full steps, from just under 13 with steps begun.
    for (count, edge) in [("floor", "12%"), ("ceil", "13%"), ("exact", "12%")] {
        let rule = format!("score.steps = {{ target = 20, every = 1, lose = 0.5, count = \"{count}\", per = \"points\", lose_most = 4 }}");
        assert_eq!(message(&rule), [format!("`a`: below {edge}, however bad a value, 6 of 10 points remain")], "{count}");
    }
    // A cap that no value of a proportion can reach leaves no zone.
    let far = "score.steps = { target = 20, every = 10, lose = 1, count = \"exact\", per = \"points\", lose_most = 4 }";
    assert_eq!(message(far), [] as [String; 0]);
}

/// The branches that are not reached, for each criterion.
fn missed(checked: &Checked) -> Vec<Vec<String>> {
    let names = |covered: &Covered| covered.missed.iter().map(|name| name.en.clone()).collect();
    checked.coverage.iter().map(names).collect()
}

fn example(given: &str, rest: &str, points: &str) -> String {
    format!(
        "[[example]]\ncriterion = \"a\"\ngiven = {{ referrals = {given}, discharges = 100 }}\n{rest}\nexpect = {{ points = {points} }}\n"
    )
}

/// P5, P6: every way through `improve`, by examples worked by hand: 10 points, half for standing still, all for 2 more.
#[test]
fn examples_reach_every_branch_of_an_improvement() {
    let rule = "id = \"a\"\nindicator = \"rate\"\nscore.improve = { by = \"points\", rise = 2, flat = 0.5, plateau = 90, or_else.ratio = { target = 50 } }";
    let base = "baseline = { referrals = 20, discharges = 100 }";
    let all = [
        example("95", base, "10"),
        example("19", base, "0"),
        example("20", base, "5"),
        example("21", base, "7.5"),
        example("22", base, "10"),
        example("25", "", "5"),
        example("50", "", "10"),
    ];
    let found = checked("", &[rule], &all.concat());
    assert_eq!(warnings(&found), []);
    assert_eq!(missed(&found), [["zero-denominator"]]);
    let names =
        ["on the plateau", "worse", "no change", "part of the rise", "better", "no baseline: short of it", "no baseline: at the target"];
    for (left_out, name) in names.iter().enumerate() {
        let others: String = all.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, example)| example.as_str()).collect();
        assert_eq!(missed(&checked("", &[rule], &others)), [[*name, "zero-denominator"]], "without example {left_out}");
    }
}

/// P7: of `best_of` only the part that is taken counts as reached; a `mix` goes through all of its parts.
#[test]
fn examples_reach_the_part_that_is_taken() {
    let best = "id = \"a\"\nindicator = \"rate\"\nscore.best_of = [{ ratio = { target = 50 } }, { linear = { zero = 30, full = 40 } }]";
    // 45: 9 by the ratio, 10 by the line. 20: 4 by the ratio, 0 by the line.
    let found = checked("", &[best], &(example("45", "", "10") + &example("20", "", "4")));
    assert_eq!(missed(&found), [["part 1: at the target", "part 2: at the start", "part 2: between", "zero-denominator"]]);
    let mix = best.replace("best_of = [{ ratio", "mix = [{ points = 5, score.ratio").replace("{ linear", "{ points = 5, score.linear");
    // 45: 4.5 of 5 by the ratio, 5 by the line.
    let found = checked("", &[&mix], &example("45", "", "9.5"));
    assert_eq!(missed(&found), [["part 1: at the target", "part 2: at the start", "part 2: between", "zero-denominator"]]);
}

/// P8: peers of an example are the other units. 20 among 30, 25, 10 is third of four; among two others it has no group.
#[test]
fn examples_of_places_state_their_peers() {
    let rank = "id = \"a\"\nindicator = \"rate\"\nscore.rank = [1, 0.8, 0.5]";
    let third = example("20", "peers = [30, 25, 10]", "5");
    assert_eq!(missed(&checked("", &[rank], &third)), [["place 1", "place 2", "fewer than 3 peers", "zero-denominator"]]);
    // Mean of 30, 25, 25 and 20 is 25: 5 short, a point each.
    let peer =
        "id = \"a\"\nindicator = \"rate\"\nscore.peer = { against = \"mean\", every = 1, lose = 1, count = \"exact\", per = \"points\" }";
    let short = example("20", "peers = [30, 25, 25]", "5");
    assert_eq!(missed(&checked("", &[peer], &short)), [["at the peers' figure", "fewer than 3 peers", "zero-denominator"]]);
    // Two values besides its own make three: 30, 20 and 25, of which 25 is the median.
    let median = peer.replace("mean", "median");
    let full = example("25", "peers = [30, 20]", "10");
    assert_eq!(missed(&checked("", &[&median], &full)), [["short of it", "fewer than 3 peers", "zero-denominator"]]);
}

/// P12: judged criteria and deductions.
#[test]
fn examples_reach_grades_and_deductions() {
    let scale = "[[scale]]\nid = \"ab\"\ngrades = [{ id = \"A\", share = 1 }, { id = \"B\", share = 0 }]\n";
    let judged =
        |value: &str, points: &str| format!("[[example]]\ncriterion = \"g\"\njudged = {{ {value} }}\nexpect = {{ points = {points} }}\n");
    let graded = checked("", &["id = \"g\"\nscore.graded = { scale = \"ab\" }"], &(scale.to_owned() + &judged("g = \"A\"", "10")));
    assert_eq!(missed(&graded), [["B"]]);
    let list = "id = \"g\"\nscore.deduct = [{ each = { judged = \"late\", lose = 1 } }, { absent = { of = [\"rules\"], lose = 2 } }]";
    let found = checked("", &[list], &judged("late = 3, rules = \"yes\"", "7"));
    assert_eq!(missed(&found), [["off: rules", "nothing off"]]);
}

/// A band's bound as written, with its place among the values of a sweep.
fn bound() -> impl Strategy<Value = String> {
    (0..4_usize, 0..=10_u32).prop_map(|(key, tenths)| format!("{} = {}", ["at_least", "above", "at_most", "below"][key], tenths * 10))
}

fn holds(bound: &str, value: u32) -> bool {
    let (key, edge) = bound.split_once(" = ").expect("a bound");
    let edge: u32 = edge.parse().expect("a number");
    match key {
        "at_least" => value >= edge,
        "above" => value > edge,
        "at_most" => value <= edge,
        _ => value < edge,
    }
}

proptest! {
    /// P3: for whatever bands, the linter says that points fall with a better value, that the worst value
    /// earns something, and that an edge drops by more than half, exactly if a sweep over the values finds so.
    #[test]
    fn bands_are_judged_as_a_sweep_over_all_values_judges_them(
        rows in proptest::collection::vec((bound(), 0..=10_u32), 0..5), last in 0..=10_u32,
    ) {
        let table: Vec<String> = rows.iter().map(|(bound, points)| format!("{{ {bound}, points = {points} }}, ")).collect();
        let table = table.concat();
        let rule = format!("id = \"a\"\nindicator = \"rate\"\nscore.bands = [{table}{{ otherwise = {{}}, points = {last} }}]");
        let allow = "allow = [{ code = \"criteria/band-unreachable\", reason = \"made up\" }]";
        let found: Vec<&str> = warnings(&checked(allow, &[&rule], "")).into_iter().map(|(code, _)| code).collect();
        let points = |value: u32| rows.iter().find(|(bound, _)| holds(bound, value)).map_or(last, |(_, points)| *points);
        let sweep: Vec<u32> = (0..=100).map(points).collect();
        prop_assert_eq!(found.contains(&"lint/not-monotone"), sweep.windows(2).any(|pair| pair[1] < pair[0]));
        prop_assert_eq!(found.contains(&"lint/dead-zone"), sweep[0] > 0);
        // A band may be a single value: one case can pass over it.
        let drops = |three: &[u32]| three[0].abs_diff(three[2]) > 5 || three[0].abs_diff(three[1]) > 5 || three[1].abs_diff(three[2]) > 5;
        prop_assert_eq!(found.contains(&"lint/cliff"), sweep.windows(3).any(drops));
    }
}

/// SCHEMES 1: what is allowed is listed with its reason and no longer warned of; what is allowed and does not
/// occur is said, unless it could not be asked for want of a period.
#[test]
fn a_remark_that_is_allowed_stands_with_its_reason() {
    let allow = |code: &str| format!("allow = [{{ code = \"{code}\", reason = \"as printed\" }}]");
    let floor = "id = \"a\"\nindicator = \"rate\"\nscore.linear = { zero = 30, full = 60, base = 0.6 }";
    let found = checked(&allow("lint/dead-zone"), &[floor], "");
    assert_eq!(warnings(&found), []);
    let listed: Vec<(&str, &str)> = found.allowed.iter().map(|one| (one.code, one.reason.en.as_str())).collect();
    assert_eq!(listed, [("lint/dead-zone", "as printed")]);
    assert_eq!(codes(&allow("lint/cliff"), "score.ratio = { target = 20 }"), ["criteria/allow-unused"]);
    assert_eq!(codes(&allow("lint/other-year"), "score.ratio = { target = 20 }"), [] as [&str; 0]);
    // What is only noted needs no leave.
    let noted = checked(&allow("lint/not-covered"), &[floor], "");
    assert!(noted.diagnostics.iter().any(|one| one.code.id() == "criteria/allow-code"), "{}", told(&noted));
}

/// Length of stay is better the lower, bed occupancy best inside a range.
#[test]
fn bands_and_ranges_follow_the_direction_of_their_indicator() {
    let codes = |indicator: &str, rule: &str| {
        let head = "[lint]\ncliff_share = 1";
        let text = format!(
            "[criteria]\nid = \"s\"\ntitle = \"S\"\ncatalogues = [\"builtin:urban-group@1\", \"builtin:hospital@1\"]\n{head}\n\
             [[dimension]]\nid = \"d\"\nname = \"D\"\npoints = 10\n[[dimension.criterion]]\nindicator = \"{indicator}\"\npoints = 10\n{rule}\n"
        );
        let found = alone::scheme(&SourceFile::new("s.toml", text), &[], None);
        warnings(&found).into_iter().map(|(code, _)| code).collect::<Vec<_>>()
    };
    let rising = "score.bands = [{ at_least = 9, points = 10 }, { at_least = 8, points = 5 }, { otherwise = {}, points = 0 }]";
    let falling = "score.bands = [{ at_most = 8, points = 10 }, { at_most = 9, points = 5 }, { otherwise = {}, points = 0 }]";
    assert_eq!(codes("lead_length_of_stay", falling), [] as [&str; 0]);
    assert_eq!(codes("lead_length_of_stay", rising), ["lint/dead-zone", "lint/not-monotone", "lint/not-monotone"]);
    let hill = "score.bands = [{ at_least = 93, points = 5 }, { at_least = 85, points = 10 }, { otherwise = {}, points = 0 }]";
    let valley = "score.bands = [{ at_least = 93, points = 5 }, { at_least = 85, points = 0 }, { otherwise = {}, points = 10 }]";
    assert_eq!(codes("bed_occupancy", hill), [] as [&str; 0]);
    assert_eq!(codes("bed_occupancy", valley), ["lint/not-monotone"]);
    let range = "score.range = { low = 5, high = 9, every = 1, lose = 1, count = \"exact\" }";
    assert_eq!(codes("bed_occupancy", range), [] as [&str; 0]);
    assert_eq!(codes("lead_length_of_stay", range), ["lint/wrong-side"]);
}
