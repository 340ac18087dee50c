//! Definition files: keys, choices, settings, copies.

use crate::desk::Desk;

const RATIO: &str = "indicator = \"rate\"\nscore.ratio = { target = 20 }";

/// What a scheme is refused with, and that nothing is written.
#[track_caller]
fn refused(desk: &Desk, args: &[&str]) -> String {
    let (said, code) = desk.run(&[&["score", "-o", "out"], args].concat());
    assert_eq!(code, Some(2), "{said}");
    assert!(!desk.path().join("out").exists());
    said
}

/// cargo #27, ryecharm #58, ruff #262: an unknown key was passed over, or the error pointed at the table around it. It is
/// an error at the key, with what may be meant; a wrong value is an error at the value.
#[test]
fn an_unknown_key_is_an_error_at_the_key_with_a_suggestion() {
    let said = refused(&Desk::new(&["indicator = \"rate\"\nscore.ratio = { tagret = 20 }"]), &[]);
    assert!(said.contains("error[definition/unknown-key]"), "{said}");
    assert!(said.contains("14 | score.ratio = { tagret = 20 }\n   |                 ^^^^^^ "), "{said}");
    assert!(said.contains("did you mean `target`"), "{said}");
    let said = refused(&Desk::new(&["indicator = \"rate\"\nscore.ratio = { target = \"20%\" }"]), &[]);
    assert!(said.contains("14 | score.ratio = { target = \"20%\" }\n   |                          ^^^^^ "), "{said}");
}

/// CUE #2391, Grafana #37859: an error in one branch of a tagged choice was reported for all branches. Only the branch that
/// was chosen is spoken of.
#[test]
fn an_error_inside_a_rule_is_told_of_that_rule_alone() {
    let said =
        refused(&Desk::new(&["indicator = \"rate\"\nscore.steps = { target = 20, every = 1, lose = \"one\", count = \"flor\" }"]), &[]);
    assert_eq!(said.matches("error[").count(), 2, "{said}");
    assert!(said.contains("error[definition/wrong-type]") && said.contains("error[definition/unknown-choice]"), "{said}");
    for other in ["linear", "bands", "improve", "graded", "monitor"] {
        assert!(!said.contains(other), "{other} was not chosen: {said}");
    }
}

/// COINr #60: a specification of a sensitivity analysis that named a step there is none of changed nothing, and the results
/// looked robust. Here `--set`: a key, an entry or a value that does not exist is an error.
#[test]
fn a_setting_that_names_nothing_is_an_error() {
    let desk = Desk::new(&[RATIO]);
    for (setting, word) in [
        ("policy.min_completness=0.9", "min_completness"),
        ("dimension.d.criterion.rat.points=5", "rat"),
        ("dimension.e.points=5", "e"),
        ("policy.rounding=up", "up"),
    ] {
        let said = refused(&desk, &["--set", setting]);
        assert!(said.contains("error[definition/") && said.contains(&format!("`{word}`")), "{setting}: {said}");
    }
    // One that exists is taken, and the result names it.
    desk.scored(&["--set", "policy.points_decimals=1"], "scores.csv");
    let manifest = std::fs::read_to_string(desk.path().join("out/manifest.json")).expect("a file");
    assert!(manifest.contains("policy.points_decimals"), "{manifest}");
}

/// appraisal 41c07a0e → 27a3e307: a rule was copied for a second indicator and its numerator not changed, so that one was
/// scored twice and the other never. Two indicators of one numerator are a warning; so is one indicator scored twice.
#[test]
fn a_numerator_copied_from_another_indicator_is_pointed_out() {
    let copied = "\n[[indicator]]\nid = \"copied\"\nname = \"Copied\"\nnumerator = \"referrals\"\ndenominator = \"referrals + discharges\"\n\
        factor = 100\nunit = \"%\"\nbetter = \"higher\"\nform = \"proportion\"\n";
    let desk = Desk::new(&[RATIO, "indicator = \"copied\"\nscore.ratio = { target = 20 }"]).and("items.toml", copied);
    let (said, code) = desk.run(&["check", "criteria.toml", "--fail-on", "warning"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("warning[lint/same-numerator]") && said.contains("`copied` and `rate`"), "{said}");
    let twice = Desk::new(&[RATIO, "id = \"again\"\nindicator = \"rate\"\nscore.ratio = { target = 30 }"]);
    let (said, code) = twice.run(&["check", "criteria.toml", "--fail-on", "warning"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("warning[lint/indicator-twice]"), "{said}");
}

/// uv #17747: a lock file was written anew, and differed, though nothing had changed. Here the manifest, and with it every
/// file of a result: the same bytes again, in another folder too, and other bytes where an input differs.
#[test]
fn a_manifest_is_identical_when_nothing_changed() {
    let result = |desk: &Desk| {
        desk.scored(&[], "scores.csv");
        let names = ["manifest.json", "scorebook.json", "summary.csv", "scores.csv", "measures.csv", "findings.csv"];
        names.map(|name| std::fs::read(desk.path().join("out").join(name)).expect("a file"))
    };
    let desk = Desk::new(&[RATIO]);
    let first = result(&desk);
    assert!(result(&desk) == first, "a second run");
    assert!(result(&Desk::new(&[RATIO])) == first, "another folder");
    // The same bytes written again are no change; a blank line is one, though no figure differs.
    let data = std::fs::read_to_string(desk.path().join("data.csv")).expect("a file");
    let desk = desk.with("data.csv", &data);
    assert!(result(&desk) == first, "a file written again");
    let changed = result(&desk.with("data.csv", data + "\n"));
    assert!(changed[0] != first[0] && changed[3] == first[3]);
}
