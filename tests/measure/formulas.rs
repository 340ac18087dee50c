//! F1–F5, F8–F10: what a formula sums, holds, pools and divides.

use kaohe::catalogue::Form;

use crate::sentence::{amount, average, over, proportion, quotient, ratio};
use crate::world::{Ask, World};
use crate::{reasons, told};

/// Hospitals A and B of one month, each with these values of `a`, `b` and `c`.
fn two(a: [i64; 3], b: [i64; 3]) -> World {
    let mut world = over("2025-01").flow("a").flow("b").flow("c").organisation("A", "role=lead").organisation("B", "role=member");
    for (code, values) in [("A", a), ("B", b)] {
        for (item, value) in ["a", "b", "c"].into_iter().zip(values) {
            world = world.reports(code, item, [("2025-01", value)]);
        }
    }
    world
}

/// F1, F2: operators and functions act on totals; `each` is formed per organisation and summed.
#[test]
fn operators_act_on_totals_and_each_on_organisations() {
    let world = two([1, 10, 1], [10, 1, 3]);
    for (formula, told_so) in [
        ("a + b - c", "18; 2/2; reported"),
        ("a * b / c", "121/4 = 30.25; 2/2; reported"),
        ("each(a * b / c)", "13.33333333333333333333333333; 2/2; reported"),
        ("each(a * b)", "20; 2/2; reported"),
        ("each(a * window_days)", "341; 2/2; reported"),
        ("each(a[role = lead] * b)", "10; 1/1; reported"),
        ("min(a, c) + max(a, c) - abs(c - a)", "8; 2/2; reported"),
        ("a - 3 * window_months", "8; 2/2; reported"),
    ] {
        assert_eq!(told(&world.asked(&amount(formula))), told_so, "{formula}");
    }
}

/// F3: text compares equal or not, a blank attribute equals only blank; an item in a scope is the
/// organisation's own sum in the window.
#[test]
fn scopes_hold_organisations() {
    let world = over("2025-01..2025-02").flow("visits").flow("sessions");
    let world = world.organisation("A", "kind=tcm").organisation("B", "kind=general").organisation("C", "");
    let world = world.monthly("A", "visits", "2025-01..2025-02", 1).monthly("B", "visits", "2025-01..2025-02", 10);
    let world = world.monthly("C", "visits", "2025-01..2025-02", 100).reports("A", "sessions", [("2025-01", 0), ("2025-02", 0)]);
    let world = world.reports("B", "sessions", [("2025-01", 0), ("2025-02", 3)]).reports("C", "sessions", [("2025-01", 2), ("2025-02", 0)]);
    for (formula, told_so) in [
        ("visits[kind = tcm]", "2; 2/2; reported"),
        ("visits[kind != tcm]", "220; 4/4; reported"),
        ("visits[kind = '']", "200; 2/2; reported"),
        ("visits[kind in (tcm, general)]", "22; 4/4; reported"),
        ("visits[sessions > 0]", "220; 4/4; reported"),
        ("visits[sessions > 2 or kind = tcm]", "22; 4/4; reported"),
        ("count[sessions > 0]", "2; 2/2; reported"),
    ] {
        assert_eq!(told(&world.asked(&amount(formula))), told_so, "{formula}");
    }
}

/// F4: an item in a scope has a value only if all its expected months are reported. Without one the
/// scope is unknown unless the rest decides it; where it stays unknown the slots are unmet.
#[test]
fn a_scope_is_unknown_where_its_item_is_missing() {
    let world = over("2025-01..2025-02").flow("visits").flow("sessions").complete_from("0.5");
    let world = world.organisation("A", "tier=primary").organisation("B", "tier=secondary");
    let world = world.monthly("A", "visits", "2025-01..2025-02", 1).monthly("B", "visits", "2025-01..2025-02", 10);
    let world = world.monthly("A", "sessions", "2025-01..2025-02", 1).reports("B", "sessions", [("2025-01", 9)]);
    for (formula, told_so) in [
        ("visits[sessions > 0]", "2; 2/4; incomplete"),
        ("visits[not sessions > 0 or sessions > 0]", "2; 2/4; incomplete"),
        ("visits[tier = primary and sessions > 0]", "2; 2/2; reported"),
        ("visits[tier = secondary or sessions > 0]", "22; 4/4; reported"),
        ("count[sessions > 0]", "1; 1/2; incomplete"),
        ("count[tier = primary and sessions > 0]", "1; 1/1; reported"),
    ] {
        assert_eq!(told(&world.asked(&amount(formula))), told_so, "{formula}");
    }
    let undecided = world.asked(&amount("visits[sessions > 0]"));
    assert_eq!(reasons(&undecided), ["measure/completeness", "measure/gap-missing", "measure/undecided"]);
}

/// F4, C1, T6: a stock in a scope has a value if it is that of the last month; a stock summed under
/// an undecided scope requires one slot.
#[test]
fn an_older_stock_does_not_decide_a_scope() {
    let world = over("2025").stock("beds").stock("wards").organisation("A", "").organisation("B", "").complete_from("0.5");
    let world = world.reports("A", "beds", [("2025-12", 100)]).reports("B", "beds", [("2025-12", 50)]);
    let world = world.reports("A", "wards", [("2025-12", 4)]).reports("B", "wards", [("2025-11", 2)]);
    assert_eq!(told(&world.asked(&amount("beds[wards > 1]"))), "100; 1/2; incomplete");
}

/// F4, S4: a scope left open by a rejected value rejects the measure.
#[test]
fn a_scope_left_open_by_a_rejected_value_rejects() {
    let world = over("2025-01").flow("visits").flow("sessions").organisation("A", "").reports("A", "visits", [("2025-01", 5)]);
    let measure = world.rejected("A", "sessions", "2025-01").asked(&amount("visits[sessions > 0]"));
    assert_eq!((told(&measure), measure.touches_rejected), ("-; 0/1; rejected".to_owned(), true));
}

/// F5, O1: `count` counts the organisations that belong to the unit, and exist, in the last month.
#[test]
fn count_counts_the_members_of_the_last_month() {
    let world = over("2025").organisation("A", "").organisation("B", "").left("2025-11").organisation("C", "").joined("2025-12");
    let world = world.organisation("D", "").closed("2025-06");
    assert_eq!(told(&world.asked(&amount("count"))), "2; 2/2; reported");
}

/// F5, F4: a scope that cannot be decided for an organisation that left is of no consequence.
#[test]
fn count_does_not_ask_about_those_who_left() {
    let world = over("2025").flow("visits").organisation("A", "").organisation("B", "").left("2025-11");
    let world = world.monthly("A", "visits", "2025", 1);
    assert_eq!(told(&world.asked(&amount("count[visits > 0]"))), "1; 1/1; reported");
}

/// F8 and rule (b): no organisation in the scope, or none expected and none reporting, is
/// not-applicable; `count` of nothing is 0. A scope undecided elsewhere changes nothing of it.
#[test]
fn a_term_without_organisations_is_not_applicable() {
    let world = over("2025-01").flow("visits").flow("sessions").expected_from("tier = primary").flow("beds_open");
    let world = world.organisation("A", "role=member tier=secondary").reports("A", "visits", [("2025-01", 5)]);
    let nobody = |formula| {
        let measure = world.asked(&amount(formula));
        assert_eq!((measure.state.id(), reasons(&measure)), ("not-applicable", vec!["measure/nobody-in-scope"]), "{formula}");
    };
    ["visits[role = lead]", "visits[role = lead] / visits", "sessions", "visits[role = lead] + visits[beds_open > 0]"]
        .into_iter()
        .for_each(nobody);
    assert_eq!(told(&world.asked(&amount("count[role = lead]"))), "0; 0/0; reported");
}

/// Rule (a): a term that holds organisations but got no value makes the measure missing, not 0;
/// rejected if a rejected cell is the cause. The minimum does not help.
#[test]
fn a_missing_operand_makes_the_value_missing() {
    let world = over("2025-01").flow("visits").organisation("A", "role=lead").organisation("B", "").complete_from("0.1");
    let world = world.reports("B", "visits", [("2025-01", 5)]);
    assert_eq!(told(&world.asked(&amount("visits - visits[role = lead]"))), "-; 1/2; missing");
    let world = world.rejected("A", "visits", "2025-01");
    assert_eq!(told(&world.asked(&amount("visits - visits[role = lead]"))), "-; 1/2; rejected");
}

/// F9, the example: 1/10 and 30/100 → 31/110 = 28.18 %, not 20 %; as a mean of members 20 %.
#[test]
fn ratios_are_pooled_unless_a_mean_is_asked_for() {
    let world = two([1, 10, 0], [30, 100, 0]);
    let pooled = world.asked(&proportion("a", "b").percent());
    assert_eq!(told(&pooled), "31/110 = 28.18181818181818181818181818; 2/2; reported");
    assert_eq!(told(&world.asked(&proportion("a", "b").percent().mean_of_members())), "40/2 = 20; 2/2; reported");
}

/// F9: an organisation whose own value is 0/0 or not applicable is left out without consequence;
/// one with unmet slots lowers completeness. If all are 0/0 the average is 0/0 too.
#[test]
fn a_mean_of_members_leaves_out_those_without_a_value() {
    let mean = proportion("a", "b").percent().mean_of_members();
    assert_eq!(told(&two([1, 10, 0], [0, 0, 0]).asked(&mean)), "10/1 = 10; 2/2; reported");
    assert_eq!(told(&two([0, 0, 0], [0, 0, 0]).asked(&mean)), "-; 2/2; zero-denominator");
    let lead = proportion("a[role = lead]", "b").percent().mean_of_members();
    assert_eq!(told(&two([1, 10, 0], [5, 10, 0]).asked(&lead)), "10/1 = 10; 2/2; reported");
    let missing = two([1, 10, 0], [3, 10, 0]).organisation("C", "").complete_from("0.6");
    assert_eq!(told(&missing.asked(&mean)), "40/2 = 20; 2/3; incomplete");
}

/// F10, rule (d): in a mean of members one impossible own value rejects the measure.
#[test]
fn an_impossible_own_value_rejects_the_mean() {
    for (a, b, form) in [(11, 10, Form::Proportion), (-1, 10, Form::Proportion), (5, 0, Form::Proportion), (5, 0, Form::Mean)] {
        let mut ask = proportion("a", "b").mean_of_members();
        ask.form = form;
        let measure = two([1, 10, 0], [a, b, 0]).asked(&ask);
        assert_eq!((measure.state.id(), measure.value.is_none()), ("rejected", true), "{a}/{b}");
        assert_eq!(reasons(&measure), ["measure/own-value"], "{a}/{b}");
    }
    let ratio = ratio("a", "b").mean_of_members();
    assert_eq!(told(&two([1, 10, 0], [5, 0, 0]).asked(&ratio)), "0.1/1 = 0.1; 2/2; reported");
}

/// Events per exposure.
fn rate(numerator: &str, denominator: &str) -> Ask {
    Ask { form: Form::Rate, ..ratio(numerator, denominator) }
}

/// I2, I3: the form decides on the interval, and without a value there is none. 20 of 40 by Wilson: with z² = 3.8415,
/// (0.5 + 3.8415/80 ± 1.96·√(0.25/40 + 3.8415/6400)) / (1 + 3.8415/40), which is 0.352 to 0.648.
#[test]
fn the_form_decides_on_the_interval() {
    let interval = |ask: &Ask, a, b| two([a, b, 0], [0, 0, 0]).asked(ask).interval;
    let method = |ask: &Ask, a, b| interval(ask, a, b).map(|interval| interval.method);
    assert_eq!(method(&proportion("a", "b"), 20, 40), Some("wilson-95"));
    assert_eq!(method(&rate("a", "b"), 9, 40), Some("exact-95"));
    assert_eq!(method(&rate("a", "b"), 50, 40), Some("byar-95"));
    for ask in [ratio("a", "b"), average("a", "b"), amount("a"), proportion("a", "b").mean_of_members(), rate("a", "b").mean_of_members()] {
        assert_eq!(method(&ask, 20, 40), None, "{ask:?}");
    }
    for (a, b) in [(5, 0), (0, 0), (-1, 40)] {
        assert_eq!(method(&rate("a", "b"), a, b), None, "{a}/{b}");
        assert_eq!(method(&proportion("a", "b"), a, b), None, "{a}/{b}");
    }
    let paid = over("2025-01").flow("money").flow("b").organisation("A", "");
    let paid = paid.reports("A", "money", [("2025-01", 20)]).reports("A", "b", [("2025-01", 40)]);
    assert_eq!(paid.asked(&proportion("money", "b")).interval, None, "amounts are no independent cases");
    let wilson = interval(&proportion("a", "b"), 20, 40).expect("an interval");
    assert!((wilson.lower - 0.352).abs() < 5e-4 && (wilson.upper - 0.648).abs() < 5e-4, "{wilson:?}");
    let missing = over("2025").flow("a").flow("b").organisation("A", "").monthly("A", "b", "2025", 40);
    assert_eq!(missing.asked(&rate("a", "b")).interval, None);
}

/// F10: what each form may do with its numerator and denominator.
#[test]
fn the_form_decides_what_is_possible() {
    for (ask, a, b, told_so) in [
        (proportion("a", "b"), 3, 2, "3/2 = -; 2/2; rejected"),
        (proportion("a", "b"), -1, 2, "-1/2 = -; 2/2; rejected"),
        (proportion("a", "b"), 2, 2, "2/2 = 1; 2/2; reported"),
        (proportion("a", "b"), 5, 0, "5/0 = -; 2/2; rejected"),
        (proportion("a", "b"), 0, 0, "0/0 = -; 2/2; zero-denominator"),
        (average("a", "b"), 5, 0, "5/0 = -; 2/2; rejected"),
        (average("a", "b"), 5, 2, "5/2 = 2.5; 2/2; reported"),
        (rate("a", "b"), 5, 2, "5/2 = 2.5; 2/2; reported"),
        (rate("a", "b"), -1, 2, "-1/2 = -; 2/2; rejected"),
        (rate("a", "b"), 1, -2, "1/-2 = -; 2/2; rejected"),
        (rate("a", "b"), 5, 0, "5/0 = -; 2/2; rejected"),
        (rate("a", "b"), 0, 0, "0/0 = -; 2/2; zero-denominator"),
        (ratio("a", "b"), 5, 0, "5/0 = -; 2/2; zero-denominator"),
        (ratio("a", "b"), 103, 100, "103/100 = 1.03; 2/2; reported"),
        (quotient(Form::Ratio, "(a - b) / b"), 5, 0, "-; 2/2; zero-denominator"),
        (quotient(Form::Mean, "a / b"), 5, 0, "-; 2/2; rejected"),
        (quotient(Form::Proportion, "a / b"), 3, 2, "3/2 = -; 2/2; rejected"),
        (quotient(Form::Proportion, "a / b"), 3, 1, "3/1 = -; 2/2; rejected"),
        (quotient(Form::Mean, "c / b + a / b"), 5, 0, "-; 2/2; rejected"),
    ] {
        assert_eq!(told(&two([a, b, 0], [0, 0, 0]).asked(&ask)), told_so, "{ask:?} of {a} and {b}");
    }
}

/// F10, F2: a division by 0 inside `each` is one of the whole measure.
#[test]
fn a_division_by_0_inside_each_is_one_of_the_measure() {
    let each = |form| quotient(form, "each(a / b)");
    assert_eq!(told(&two([1, 2, 0], [5, 0, 0]).asked(&each(Form::Ratio))), "-; 2/2; zero-denominator");
    assert_eq!(told(&two([0, 0, 0], [5, 0, 0]).asked(&each(Form::Mean))), "-; 2/2; rejected");
    assert_eq!(told(&two([1, 2, 0], [0, 0, 0]).asked(&each(Form::Mean))), "-; 2/2; zero-denominator");
}
