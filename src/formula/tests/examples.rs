//! Formulas of the design page and what they are checked to.

use super::super::fixture::{Fixture, item, origin};
use super::super::{Compare, Condition, CountTerm, Node, Term, Test, Window, not_additive, read_formula};
use super::{formula, rule, scope};
use crate::number::Exact;

fn total(id: &str, scope: Option<Condition>, window: Window) -> Node {
    Node::Total(Term { item: item(id), scope, window })
}

fn over(left: Node, right: Node) -> Node {
    Node::Divide(Box::new(left), Box::new(right))
}

fn is(attribute: &str, value: &str) -> Condition {
    Condition::Attribute { name: attribute.to_owned(), test: Test::Is(vec![value.to_owned()]) }
}

fn sessions_above_zero() -> Condition {
    Condition::Item { item: item("specialist_sessions"), compare: Compare::More, number: Exact::zero() }
}

/// DESIGN §3.3: every example of the page. F1, F2, T8.
#[test]
fn the_examples_of_the_design_are_checked_trees() {
    let lead = || Some(is("role", "lead"));
    let count = |scope| Node::Count(CountTerm { scope: Some(scope), window: Window::Assessed });
    let visits = |window| total("visits", None, window);
    let prevalence = Node::Number(Exact::from_steps(27, 2));
    let residents = total("residents_35_plus", None, Window::Assessed);
    let cases = [
        (
            "referrals_down_inpatient[role = lead] / discharges[role = lead]",
            over(total("referrals_down_inpatient", lead(), Window::Assessed), total("discharges", lead(), Window::Assessed)),
        ),
        ("visits[tier = primary]", total("visits", Some(is("tier", "primary")), Window::Assessed)),
        (
            "(visits - visits@baseline) / visits@baseline",
            over(Node::Subtract(Box::new(visits(Window::Assessed)), Box::new(visits(Window::Baseline))), visits(Window::Baseline)),
        ),
        ("residents_35_plus * hypertension_prevalence", Node::Multiply(Box::new(residents), Box::new(prevalence))),
        (
            "count[tier = primary and specialist_sessions > 0] / count[tier = primary]",
            over(count(Condition::And(vec![is("tier", "primary"), sessions_above_zero()])), count(is("tier", "primary"))),
        ),
    ];
    for (text, node) in cases {
        let (checked, diagnostics) = read_formula(text, &origin(text), &Fixture);
        assert_eq!(checked.map(|formula| formula.node), Some(node), "{text}");
        assert!(diagnostics.is_empty(), "{text}: {diagnostics:?}");
    }
}

/// DESIGN §3.3: names in Chinese, starting with a digit, quoted; full-width signs; canonical values.
#[test]
fn one_formula_can_be_written_in_many_ways() {
    for (text, same) in [
        ("总诊疗人次数[级别 = 基层]@baseline", "visits[tier=primary]@baseline"),
        ("（总诊疗人次数－visits＠prior）÷visits＠prior", "(visits - visits@prior) / visits@prior"),
        ("3级手术 × １２．５", "surgery_3 * 12.5"),
        ("'总收入(万元)' / “总诊疗人次数”", "income / visits"),
        ("min（visits，discharges）", "min(visits, discharges)"),
        ("visits[tier not in (二级, 三级)]", "visits[not (tier in (secondary, tertiary))]"),
        ("visits【role ≠ lead】", "visits[not role = lead]"),
        ("visits[beds in (1, 2)]", "visits[beds = 1 or beds = 2]"),
    ] {
        assert_eq!(formula(text).node, formula(same).node, "{text}");
    }
}

/// F6: distinct terms, counts and windows, in order of appearance, inside `each` too.
#[test]
fn a_formula_knows_its_terms_counts_and_windows() {
    let formula = formula("each(visits * beds@prior) / visits + count[role = lead]@previous / count[role = lead]@previous");
    let term = |id, window| Term { item: item(id), scope: None, window };
    assert_eq!(formula.terms(), [&term("visits", Window::Assessed), &term("beds", Window::Prior)]);
    assert_eq!(formula.counts(), [&CountTerm { scope: Some(is("role", "lead")), window: Window::Previous }]);
    assert_eq!(formula.windows().into_iter().collect::<Vec<_>>(), [Window::Assessed, Window::Previous, Window::Prior]);
    assert_eq!(rule("visits <= visits@prior <= beds").terms().len(), 3);
}

/// Units of products and quotients; a bare number takes the unit of what it is added to.
#[test]
fn a_formula_knows_its_unit() {
    for (text, unit) in [
        ("visits", "visit"),
        ("income / visits", "yuan/visit"),
        ("bed_days / (beds * window_days)", "1"),
        ("beds * window_months", "bed·month"),
        ("max(visits - 10, 0) / count", "visit"),
        ("2 * 3 + 1", "1"),
        ("each(income / visits)", "yuan/visit"),
        ("abs(-target(visits))", "visit"),
        ("residents_35_plus * hypertension_prevalence", "person"),
    ] {
        assert_eq!(formula(text).unit.to_string(), unit, "{text}");
    }
}

/// O8: an item that may not be summed is reported where it is, but not inside `each` nor in the
/// unit's own row.
#[test]
fn a_sum_of_an_item_that_is_not_additive_is_found() {
    let found = |text: &str| {
        let formula = formula(text);
        not_additive(text, &formula.not_additive, &origin(text)).len()
    };
    assert_eq!(found("satisfaction"), 1);
    assert_eq!(found("satisfaction[role = lead] - satisfaction[role = unit]"), 1);
    assert_eq!(found("each(satisfaction * visits) / visits"), 0);
    assert_eq!(found("visits"), 0);
    assert_eq!(rule("satisfaction[role = lead] < 60").not_additive.len(), 1);
}

/// F2: where the line is drawn between the ratio of a formula and a product of sums.
#[test]
fn products_of_sums_are_linted_and_the_ratio_of_a_formula_is_not() {
    let linted = |text: &str| {
        let (_, diagnostics) = read_formula(text, &origin(text), &Fixture);
        let span = |at: &crate::diagnostic::Diagnostic| at.origin.as_ref().map(|origin| origin.file.text[origin.span.clone()].to_owned());
        diagnostics.iter().filter(|found| found.code.id() == "formula/product-of-totals").filter_map(span).collect::<Vec<_>>()
    };
    for text in [
        "visits / beds",
        "1 - visits / beds",
        "-(visits / beds) * 100",
        "visits / (beds * window_days)",
        "visits / beds - visits@baseline / beds@baseline",
        "(visits - visits@baseline) / visits@baseline",
        "min(visits / beds, 1)",
        "visits / count * 2",
        "each(visits * beds / discharges)",
        "each(visits * beds) / visits",
        "target(visits) * visits",
    ] {
        assert_eq!(linted(text), [""; 0], "{text}");
    }
    for (text, found) in [
        ("visits * beds", "visits * beds"),
        ("visits / beds / discharges", "visits / beds"),
        ("visits / (discharges / beds)", "discharges / beds"),
        ("(visits / beds) * discharges", "(visits / beds) * discharges"),
        ("1 + visits / (2 * (beds * discharges))", "beds * discharges"),
        ("each(visits * beds) * visits", "each(visits * beds) * visits"),
    ] {
        assert_eq!(linted(text), [found], "{text}");
    }
}

/// A condition prints as it would be written, with the names the caller gives [F8].
#[test]
fn a_condition_is_described_in_the_formula_language() {
    for text in [
        "role = lead",
        "tier in (primary, secondary) and (role != lead or visits >= 0.5)",
        "not (kind = tcm or beds < 3)",
        "role = \"\"",
        "opened_year = 0371 and opened_year < 2020",
    ] {
        assert_eq!(scope(text).describe(&|id| super::super::fixture::ITEMS[id.0].0.to_owned()), text);
    }
}
