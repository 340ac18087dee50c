//! F6, F7, C1–C4: same organisation-periods and completeness.

use crate::sentence::{amount, average, over, proportion, ratio};
use crate::{reasons, told};

/// F6, the example: discharges Jan 100, Feb 100; referrals Jan 2, Feb missing → 2/100, not 2/200.
#[test]
fn numerator_and_denominator_stand_on_the_same_months() {
    let world = over("2025-01..2025-02").flow("discharges").flow("referrals").organisation("A", "").complete_from("0.5");
    let world = world.monthly("A", "discharges", "2025-01..2025-02", 100).reports("A", "referrals", [("2025-01", 2)]);
    let measure = world.asked(&proportion("referrals", "discharges"));
    assert_eq!(told(&measure), "2/100 = 0.02; 1/2; incomplete");
    assert_eq!(reasons(&measure), ["measure/completeness", "measure/gap-missing"]);
}

/// F6: slots are those of each organisation: what one lacks does not touch another, nor a term
/// whose scope does not hold it.
#[test]
fn a_month_missing_in_one_hospital_stays_in_the_others() {
    let world =
        over("2025-01").flow("discharges").flow("referrals").organisation("A", "role=lead").organisation("B", "").complete_from("0.5");
    let world = world.reports("A", "discharges", [("2025-01", 100)]).reports("B", "discharges", [("2025-01", 50)]);
    let world = world.reports("A", "referrals", [("2025-01", 2)]);
    assert_eq!(told(&world.asked(&proportion("referrals", "discharges"))), "2/100 = 0.02; 1/2; incomplete");
    assert_eq!(
        told(&world.asked(&ratio("referrals[role = lead]", "discharges"))),
        "2/150 = 0.01333333333333333333333333333; 2/2; reported"
    );
}

/// F6: a required stock without a value removes its organisation from every term; so does having
/// no met slot, also from a stock and from `count`.
#[test]
fn an_organisation_without_its_stock_or_without_a_met_slot_is_removed() {
    let world = over("2025-01").flow("discharges").stock("beds").organisation("A", "").organisation("B", "").complete_from("0.5");
    let full = world.reports("A", "discharges", [("2025-01", 30)]).reports("A", "beds", [("2025-01", 10)]);
    let no_beds = full.clone().reports("B", "discharges", [("2025-01", 7)]);
    assert_eq!(told(&no_beds.asked(&average("discharges", "beds"))), "30/10 = 3; 1/2; incomplete");
    let no_discharges = full.reports("B", "beds", [("2025-01", 5)]);
    assert_eq!(told(&no_discharges.asked(&average("discharges", "beds"))), "30/10 = 3; 1/2; incomplete");
    assert_eq!(told(&no_discharges.asked(&average("discharges", "count"))), "30/1 = 30; 1/2; incomplete");
}

/// F7: a value that covers several months is met as a whole or not at all.
#[test]
fn a_quarterly_value_is_met_together_or_not() {
    let world = over("2025-01..2025-04").flow("discharges").flow("referrals").organisation("A", "").complete_from("0.2");
    let world = world.reports("A", "discharges", [("2025Q1", 30), ("2025-04", 10)]);
    let world = world.reports("A", "referrals", [("2025-01", 1), ("2025-03", 1), ("2025-04", 1)]);
    assert_eq!(told(&world.asked(&proportion("referrals", "discharges"))), "1/10 = 0.1; 1/4; incomplete");
}

/// F7: groups reach on: Feb missing blocks Jan–Feb of one item, and through it Jan–Mar of another.
#[test]
fn groups_of_two_items_reach_on() {
    let world = over("2025-01..2025-04").flow("a").flow("b").flow("c").organisation("A", "").complete_from("0.2");
    let world = world.reports("A", "a", [("2025-01", 1), ("2025-03", 1), ("2025-04", 1)]);
    let world = world.reports("A", "b", [("2025-01..2025-02", 20), ("2025-03", 10), ("2025-04", 10)]);
    let world = world.reports("A", "c", [("2025Q1", 300), ("2025-04", 100)]);
    assert_eq!(told(&world.asked(&amount("a + b + c"))), "111; 1/4; incomplete");
}

/// C2, the example: 27 organisations × 12 months, one month missing → 323/324. C4: scored from a
/// completeness of 323/324 on, which is 99.69 %.
#[test]
fn completeness_counts_organisation_months() {
    let mut world = over("2025").flow("visits");
    for at in 1..=27 {
        let code = format!("H{at:02}");
        world = world.organisation(&code, "").monthly(&code, "visits", if at == 9 { "2025-01..2025-11" } else { "2025" }, 1);
    }
    let measure = world.asked(&amount("visits"));
    assert_eq!(told(&measure), "323; 323/324; incomplete");
    assert_eq!(measure.reasons[0].render(kaohe::text::Lang::En), "323 of 324 organisation-months reported (99.69%)");
    let enough = |share: &str| world.clone().complete_from(share).asked(&amount("visits")).enough;
    assert_eq!(["1", "0.997", "0.9969"].map(enough), [false, false, true]);
}

/// C1: an organisation required only through stocks or `count` has one slot, the window's last
/// month; a stock beside flows adds none.
#[test]
fn a_stock_or_a_count_has_one_slot() {
    let world = over("2025").flow("discharges").stock("beds").organisation("A", "").monthly("A", "discharges", "2025", 1);
    let world = world.reports("A", "beds", [("2025-12", 6)]);
    for (formula, told_so) in [
        ("beds", "6; 1/1; reported"),
        ("count", "1; 1/1; reported"),
        ("beds / count", "6/1 = 6; 1/1; reported"),
        ("discharges / beds", "12/6 = 2; 12/12; reported"),
    ] {
        assert_eq!(told(&world.asked(&amount(formula))), told_so, "{formula}");
    }
}

/// C3: required means expected; by default from every organisation the scope may hold. Nothing is
/// filled in.
#[test]
fn required_means_expected() {
    let world = over("2025-01").flow("visits").flow("sessions").expected_from("tier = primary").complete_from("0.5");
    let world = world.organisation("A", "tier=primary").organisation("B", "tier=secondary").organisation("C", "tier=primary");
    let world = world.reports("A", "sessions", [("2025-01", 2)]).reports("A", "visits", [("2025-01", 10)]);
    let world = world.reports("B", "visits", [("2025-01", 100)]).reports("C", "visits", [("2025-01", 20)]);
    assert_eq!(told(&world.asked(&amount("sessions"))), "2; 1/2; incomplete");
    assert_eq!(told(&world.asked(&ratio("sessions", "visits"))), "2/110 = 0.01818181818181818181818181818; 2/3; incomplete");
    assert_eq!(told(&world.asked(&amount("visits[tier = primary]"))), "30; 2/2; reported");
}
