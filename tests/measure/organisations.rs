//! O: who belongs, when, and by which attributes.

use crate::sentence::{amount, average, over, ratio};
use crate::told;
use crate::world::World;

/// O1, O3: registry rows with disjoint months; every month counts in the unit of its row.
#[test]
fn a_hospital_that_moves_counts_in_each_unit_for_its_months() {
    let world = over("2025").flow("visits").organisation("A", "").left("2025-03").then("2025-04", "consortium=H");
    let world = world.monthly("A", "visits", "2025", 10);
    assert_eq!(told(&world.of("G", &amount("visits"))[0]), "30; 3/3; reported");
    assert_eq!(told(&world.of("H", &amount("visits"))[0]), "90; 9/9; reported");
}

/// O1: `opened` and `closed` bound what may be expected.
#[test]
fn nothing_is_expected_before_opening_and_after_closing() {
    let world = over("2025").flow("visits").organisation("A", "").opened("2025-03").closed("2025-10");
    let world = world.monthly("A", "visits", "2025-03..2025-10", 10);
    assert_eq!(told(&world.asked(&amount("visits"))), "80; 8/8; reported");
}

/// O2: an organisation with a blank unit enters no unit's sums.
#[test]
fn a_blank_unit_enters_no_sum() {
    let world = over("2025-01").flow("visits").organisation("A", "").organisation("B", "consortium=blank");
    let world = world.reports("A", "visits", [("2025-01", 3)]).reports("B", "visits", [("2025-01", 4)]);
    let measures = world.measure(&[amount("visits")]);
    assert_eq!(measures.keys().collect::<Vec<_>>(), ["G"]);
    assert_eq!(told(&measures["G"][0]), "3; 1/1; reported");
}

/// O3, the example: joined 2025-04 → 9 of 12 months of 2025 count; an annual value covering months
/// in and out of membership is not used; a stock belongs by its last month.
#[test]
fn months_before_joining_do_not_count() {
    let world = over("2025").flow("visits").stock("beds").organisation("A", "").joined("2025-04");
    let monthly = world.clone().monthly("A", "visits", "2025", 10);
    assert_eq!(told(&monthly.asked(&amount("visits"))), "90; 9/9; reported");
    let annual = world.clone().reports("A", "visits", [("2025", 120)]);
    assert_eq!(told(&annual.asked(&amount("visits"))), "-; 0/9; missing");
    assert_eq!(told(&world.clone().reports("A", "beds", [("2025", 50)]).asked(&amount("beds"))), "50; 1/1; reported");
    assert_eq!(told(&world.reports("A", "beds", [("2025-03", 50)]).asked(&amount("beds"))), "-; 0/1; missing");
}

fn joined_in_april() -> World {
    let world = over("2025").baseline("2024").flow("visits").organisation("A", "").joined("2025-04");
    world.monthly("A", "visits", "2024", 1).monthly("A", "visits", "2025", 10)
}

/// O4, the example: A joined 2025-04: its 2024-04..12 count, its 2024-01..03 do not. With
/// `baseline_members = "as-was"` none of 2024 does.
#[test]
fn the_baseline_is_like_for_like() {
    let measures = joined_in_april().of("G", &amount("visits"));
    assert_eq!(measures.iter().map(told).collect::<Vec<_>>(), ["90; 9/9; reported", "9; 9/9; reported"]);
    let growth = ratio("visits - visits@previous", "visits@previous").percent();
    assert_eq!(told(&joined_in_april().asked(&growth)), "81/9 = 900; 9/9; reported");
    let as_was = joined_in_april().members_as_was().of("G", &amount("visits"));
    assert_eq!(as_was.iter().map(told).collect::<Vec<_>>(), ["90; 9/9; reported", "-; 0/0; not-applicable"]);
}

/// O4: months before `opened` are not expected in the baseline; nor does a scope on items leave a
/// hospital undecided that did not exist yet.
#[test]
fn a_hospital_opened_since_is_not_missing_from_the_baseline() {
    let world = over("2025-01").baseline("2024").flow("visits").organisation("A", "").organisation("B", "").opened("2024-06");
    let world = world.reports("A", "visits", [("2024-01", 4), ("2025-01", 5)]).reports("B", "visits", [("2025-01", 7)]);
    assert_eq!(told(&world.of("G", &amount("visits"))[1]), "4; 1/1; reported");
    for formula in ["visits - visits@previous", "visits[visits > 0] - visits[visits > 0]@previous"] {
        assert_eq!(told(&world.asked(&amount(formula))), "8; 2/2; reported", "{formula}");
    }
    assert_eq!(told(&world.asked(&amount("count[visits > 0] - count[visits > 0]@previous"))), "1; 2/2; reported");
}

/// O5: attributes are those of the last registry row in force, for all windows.
#[test]
fn attributes_are_those_of_the_last_row_in_force() {
    let world = over("2025Q1").flow("visits").organisation("A", "tier=primary").left("2025-01").then("2025-02", "tier=secondary");
    let world = world.monthly("A", "visits", "2025Q1", 5).monthly("A", "visits", "2024Q1", 3);
    assert_eq!(told(&world.asked(&amount("visits[tier = secondary] - visits[tier = secondary]@previous"))), "6; 3/3; reported");
    assert_eq!(told(&world.asked(&amount("visits[tier = primary]"))), "-; 0/0; not-applicable");
}

/// O6, the example: `visits[tier = primary] / visits[role = unit]`. The unit's own figure is never
/// added to its members', unless `expected_from` admits it.
#[test]
fn the_units_own_figure_counts_only_where_it_is_asked_for() {
    let world = over("2025-01").flow("visits").flow("residents").expected_from("role = unit");
    let world = world.organisation("A", "tier=primary role=member").organisation("B", "role=lead").organisation("U", "role=unit");
    let world = world.reports("A", "visits", [("2025-01", 60)]).reports("B", "visits", [("2025-01", 30)]);
    let world = world.reports("U", "visits", [("2025-01", 100)]).reports("U", "residents", [("2025-01", 45)]);
    for (formula, told_so) in [
        ("visits[tier = primary] / visits[role = unit]", "60/100 = 0.6; 2/2; reported"),
        ("visits", "90; 2/2; reported"),
        ("visits[role != lead]", "60; 1/1; reported"),
        ("visits / residents", "90/45 = 2; 3/3; reported"),
        ("count", "2; 2/2; reported"),
        ("count[role in (lead, unit)]", "2; 2/2; reported"),
    ] {
        assert_eq!(told(&world.asked(&amount(formula))), told_so, "{formula}");
    }
    let single = world.by_organisation();
    assert_eq!(told(&single.of("U", &amount("visits"))[0]), "100; 1/1; reported");
}

/// O7, C3: what is not expected counts where it is reported, and is not missing where it is not.
#[test]
fn an_unexpected_report_counts_and_its_absence_is_not_missing() {
    let world = over("2025-01").flow("sessions").expected_from("tier = primary");
    let world = world.organisation("A", "tier=primary").organisation("B", "tier=secondary").organisation("C", "tier=secondary");
    let world = world.reports("A", "sessions", [("2025-01", 4)]).reports("B", "sessions", [("2025-01", 2)]);
    assert_eq!(told(&world.asked(&amount("sessions"))), "6; 1/1; reported");
}

/// O8: an item that may not be summed is usable for an institution, from the unit's own row, and
/// as a mean of institutions.
#[test]
fn a_satisfaction_score_is_used_in_three_ways() {
    let world = over("2025-01").averaged("satisfaction").organisation("A", "").organisation("B", "").organisation("U", "role=unit");
    let world = world.reports("A", "satisfaction", [("2025-01", 90)]).reports("B", "satisfaction", [("2025-01", 80)]);
    let world = world.reports("U", "satisfaction", [("2025-01", 88)]);
    assert_eq!(told(&world.asked(&amount("satisfaction[role = unit]"))), "88; 1/1; reported");
    let mean = average("satisfaction", "1").mean_of_members();
    assert_eq!(told(&world.asked(&mean)), "170/2 = 85; 2/2; reported");
    assert_eq!(told(&world.by_organisation().of("B", &amount("satisfaction"))[0]), "80; 1/1; reported");
}
