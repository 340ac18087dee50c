//! S1, S2, C4: the states and their order.

use crate::sentence::{amount, over, proportion, ratio};
use crate::told;
use crate::world::World;

/// One hospital, January and February.
fn world() -> World {
    over("2025-01..2025-02").flow("a").flow("b").organisation("A", "")
}

/// S1: 0 is reported; nothing reported is missing.
#[test]
fn zero_is_reported() {
    assert_eq!(told(&world().monthly("A", "a", "2025-01..2025-02", 0).asked(&amount("a"))), "0; 2/2; reported");
    assert_eq!(told(&world().asked(&amount("a"))), "-; 0/2; missing");
}

/// S1, S4: a rejected cell is an unmet slot and leaves its mark on the measure, in any window.
#[test]
fn a_rejected_cell_is_an_unmet_slot() {
    let world = world().reports("A", "a", [("2025-01", 7)]).rejected("A", "a", "2025-02");
    let measure = world.clone().complete_from("0.5").asked(&amount("a"));
    assert_eq!((told(&measure), measure.touches_rejected), ("7; 1/2; incomplete".to_owned(), true));
    let before = world.monthly("A", "a", "2026-01..2026-02", 1);
    let growth = World { period: "2026-01..2026-02".parse().expect("a period"), ..before }.complete_from("0.5");
    let measure = growth.asked(&amount("a - a@previous"));
    assert_eq!((told(&measure), measure.touches_rejected), ("-6; 1/2; incomplete".to_owned(), true));
}

/// S2: not-applicable goes before rejected.
#[test]
fn not_applicable_goes_before_rejected() {
    let world = world().rejected("A", "b", "2025-01");
    assert_eq!(told(&world.asked(&ratio("a[role = lead]", "b"))), "-; 0/2; not-applicable");
}

/// S2: out of range goes before incomplete.
#[test]
fn out_of_range_goes_before_incomplete() {
    let world = world().reports("A", "a", [("2025-01", 3)]).reports("A", "b", [("2025-01", 2)]);
    assert_eq!(told(&world.asked(&proportion("a", "b"))), "3/2 = -; 1/2; rejected");
}

/// S2: below the minimum an unmet slot with a rejected cell makes it rejected, before missing and
/// before incomplete; from the minimum on it does not.
#[test]
fn a_rejected_cell_rejects_below_the_minimum_only() {
    let all = world().rejected("A", "a", "2025-01").rejected("A", "a", "2025-02");
    assert_eq!(told(&all.asked(&amount("a"))), "-; 0/2; rejected");
    let half = world().reports("A", "a", [("2025-01", 3)]).rejected("A", "a", "2025-02");
    assert_eq!(told(&half.asked(&amount("a"))), "-; 1/2; rejected");
    assert_eq!(told(&half.complete_from("0.5").asked(&amount("a"))), "3; 1/2; incomplete");
}

/// S2, C4: missing goes before incomplete, whatever the minimum.
#[test]
fn missing_goes_before_incomplete() {
    let stock = over("2025").stock("beds").organisation("A", "").reports("A", "beds", [("2025-11", 50)]);
    assert_eq!(told(&stock.complete_from("0").asked(&amount("beds"))), "-; 0/1; missing");
    assert_eq!(told(&world().complete_from("0").asked(&amount("a"))), "-; 0/2; missing");
}

/// S2: below the minimum incomplete goes before zero-denominator; a zero denominator goes before
/// too-small; too-small goes before an incompleteness that is allowed.
#[test]
fn incomplete_zero_denominator_too_small_incomplete() {
    let zero = world().reports("A", "a", [("2025-01", 0)]).reports("A", "b", [("2025-01", 0)]).denominators_from("30");
    assert_eq!(told(&zero.asked(&proportion("a", "b"))), "0/0 = -; 1/2; incomplete");
    assert_eq!(told(&zero.complete_from("0.5").asked(&proportion("a", "b"))), "0/0 = -; 1/2; zero-denominator");
    let small = world().reports("A", "a", [("2025-01", 1)]).reports("A", "b", [("2025-01", 29)]).complete_from("0.5");
    let state = |least: &str| small.clone().denominators_from(least).asked(&proportion("a", "b")).state.id();
    assert_eq!([state("30"), state("29"), state("0")], ["too-small", "incomplete", "incomplete"]);
}

/// S2: a denominator of 1 inside a formula is a denominator like any other.
#[test]
fn a_quotient_over_1_is_too_small_too() {
    let world = world().monthly("A", "a", "2025-01..2025-02", 1).reports("A", "b", [("2025-01", 1), ("2025-02", 0)]);
    assert_eq!(told(&world.denominators_from("30").asked(&amount("a / b"))), "2/1 = 2; 2/2; too-small");
}
