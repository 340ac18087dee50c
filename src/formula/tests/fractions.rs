//! Evaluation to one fraction.

use std::cmp::Ordering;

use proptest::prelude::*;

use super::super::fixture::item;
use super::super::{Fraction, ItemId, Node, Problem, Term, Tolerance, Window, evaluate};
use super::{formula, rule};
use crate::number::Exact;

/// Invented figures: visits 120 (baseline 100), discharges 40, beds 0, bed_days missing, income 10^15.
fn leaf(node: &Node) -> Result<Fraction, Problem> {
    let whole = |value: i64| Ok(Fraction::whole(Exact::from(value)));
    match node {
        Node::Total(Term { window: Window::Baseline, .. }) => whole(100),
        Node::Total(Term { window: Window::Previous, .. }) => Err(Problem::NotApplicable),
        Node::Total(term) if term.item == item("visits") => whole(120),
        Node::Total(term) if term.item == item("discharges") => whole(40),
        Node::Total(term) if term.item == item("beds") => whole(0),
        Node::Total(term) if term.item == item("income") => whole(1_000_000_000_000_000),
        Node::WindowDays => whole(365),
        Node::WindowMonths => whole(12),
        Node::Count(_) => whole(7),
        Node::Target(_) => whole(150),
        Node::Each(_) => Ok(Fraction { numerator: Exact::from(5), denominator: Exact::from(3) }),
        _ => Err(Problem::Missing),
    }
}

fn value(text: &str) -> Result<(String, String), Problem> {
    let fraction = evaluate(&formula(text).node, &mut |node| leaf(node))?;
    Ok((fraction.numerator.to_string(), fraction.denominator.to_string()))
}

/// N4, N5: the fraction is the one written, not reduced.
#[test]
fn a_formula_gives_the_fraction_as_written() {
    for (text, numerator, denominator) in [
        ("(visits - visits@baseline) / visits@baseline", "20", "100"),
        ("visits / discharges", "120", "40"),
        ("1 - visits / discharges", "-80", "40"),
        ("visits / (discharges * window_days)", "120", "14600"),
        ("visits / discharges / 2", "120", "80"),
        ("visits / (discharges / 2)", "240", "40"),
        ("(visits / discharges) / (visits@baseline / discharges)", "120", "100"),
        ("visits / discharges + discharges / visits@baseline", "13600", "4000"),
        ("visits / discharges - visits@baseline / discharges", "20", "40"),
        ("0.5 * visits", "60.0", "1"),
        ("max(visits / discharges, 2, discharges / 20)", "120", "40"),
        ("min(visits / discharges, discharges / 10)", "120", "40"),
        ("min(visits / -discharges, visits@baseline)", "120", "-40"),
        ("max(6 / 4, 3 / 2)", "6", "4"),
        ("abs(visits@baseline - visits) / visits@baseline", "20", "100"),
        ("target(visits) - visits", "30", "1"),
        ("each(visits / beds) + count / 3 + window_months / 3", "24", "3"),
    ] {
        let expected: Vec<Exact> = [numerator, denominator].iter().filter_map(|text| text.parse().ok()).collect();
        let found = value(text).map(|(n, d)| [n, d].iter().filter_map(|text| text.parse().ok()).collect::<Vec<Exact>>());
        assert_eq!(found, Ok(expected), "{text}");
    }
}

/// F8, F10, N3, S2: of several problems the first in the order of states is reported.
#[test]
fn the_problem_reported_does_not_depend_on_the_order_of_writing() {
    let zero = |numerator: i64| Problem::ZeroDenominator { numerator: Exact::from(numerator) };
    for (text, problem) in [
        ("visits / beds", zero(120)),
        ("beds / beds", zero(0)),
        ("visits / (discharges - 40)", zero(120)),
        ("visits / beds + bed_days", Problem::Missing),
        ("bed_days + visits / beds", Problem::Missing),
        ("min(visits / beds, bed_days)", Problem::Missing),
        ("min(bed_days, visits@previous)", Problem::NotApplicable),
        ("bed_days + income * income", Problem::TooLarge),
        ("income * income / beds", Problem::TooLarge),
        ("bed_days * visits@previous", Problem::NotApplicable),
    ] {
        assert_eq!(value(text), Err(problem), "{text}");
    }
    // 10^15 × 10^12 is 28 digits.
    assert_eq!(value("income * 1000000000000").map(|(n, _)| n.len()), Ok(28));
}

/// S5: every link of a chain must hold, and every side must have a value.
#[test]
fn a_rule_holds_link_by_link() {
    for (text, holds) in [
        ("discharges <= visits", Ok(true)),
        ("beds <= discharges < visits", Ok(true)),
        ("beds <= visits < discharges", Ok(false)),
        ("visits / discharges = 3", Ok(true)),
        ("visits / discharges != 3", Ok(false)),
        ("visits / -discharges < 0", Ok(true)),
        ("visits <= discharges <= bed_days", Err(Problem::Missing)),
        ("visits <= discharges <= visits / beds", Err(Problem::ZeroDenominator { numerator: Exact::from(120) })),
    ] {
        assert_eq!(rule(text).holds(&Tolerance::none(), &mut |node| leaf(node)), holds, "{text}");
    }
}

/// Trees over small whole numbers; a leaf's value is its item's index less 4.
fn node() -> impl Strategy<Value = Node> {
    let total = |item| Node::Total(Term { item: ItemId(item), scope: None, window: Window::Assessed });
    let leaf = prop_oneof![(0_usize..9).prop_map(total), (-3_i64..4).prop_map(|value| Node::Number(Exact::from(value)))];
    leaf.prop_recursive(4, 10, 2, |inner| {
        let pair = || (inner.clone().prop_map(Box::new), inner.clone().prop_map(Box::new));
        let several = || prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            pair().prop_map(|(left, right)| Node::Add(left, right)),
            pair().prop_map(|(left, right)| Node::Subtract(left, right)),
            pair().prop_map(|(left, right)| Node::Multiply(left, right)),
            pair().prop_map(|(left, right)| Node::Divide(left, right)),
            inner.clone().prop_map(|inner| Node::Negate(Box::new(inner))),
            inner.clone().prop_map(|inner| Node::Abs(Box::new(inner))),
            several().prop_map(Node::Min),
            several().prop_map(Node::Max),
        ]
    })
}

fn small(id: ItemId) -> Exact {
    Exact::from(id.0) + Exact::from(-4)
}

/// The same in plain rational arithmetic; `None` for a division by 0.
fn directly(node: &Node) -> Option<Exact> {
    let pair = |left: &Node, right: &Node| Some((directly(left)?, directly(right)?));
    let best = |parts: &[Node], wanted: Ordering| {
        let values: Vec<Exact> = parts.iter().map(directly).collect::<Option<_>>()?;
        values.into_iter().reduce(|best, other| if other.cmp(&best) == wanted { other } else { best })
    };
    match node {
        Node::Number(number) => Some(number.clone()),
        Node::Total(term) => Some(small(term.item)),
        Node::Negate(inner) => Some(-&directly(inner)?),
        Node::Abs(inner) => Some(directly(inner)?.abs()),
        Node::Add(left, right) => pair(left, right).map(|(left, right)| left + right),
        Node::Subtract(left, right) => pair(left, right).map(|(left, right)| left - right),
        Node::Multiply(left, right) => pair(left, right).map(|(left, right)| left * right),
        Node::Divide(left, right) => pair(left, right).and_then(|(left, right)| left.checked_div(&right)),
        Node::Min(parts) => best(parts, Ordering::Less),
        Node::Max(parts) => best(parts, Ordering::Greater),
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// N4: the fraction's quotient is the value of the formula.
    #[test]
    fn the_quotient_is_the_value(node in node()) {
        let found = evaluate(&node, &mut |leaf| match leaf {
            Node::Total(term) => Ok(Fraction::whole(small(term.item))),
            _ => Err(Problem::Missing),
        });
        match found.and_then(|fraction| fraction.value()) {
            Ok(value) => prop_assert_eq!(Some(value), directly(&node)),
            Err(Problem::TooLarge) => {}
            Err(problem) => {
                let divided_by_zero = matches!(problem, Problem::ZeroDenominator { .. });
                prop_assert!(divided_by_zero, "{:?}", problem);
                prop_assert_eq!(directly(&node), None);
            }
        }
    }
}
