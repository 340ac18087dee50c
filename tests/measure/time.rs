//! T: which reported values make up a window.

use crate::sentence::{amount, over, ratio};
use crate::world::World;
use crate::{reasons, told};

fn visits<const N: usize>(period: &str, values: [(&str, i64); N]) -> World {
    over(period).flow("visits").organisation("A", "").reports("A", "visits", values)
}

/// T3, the example: Q1 = 30, Apr 10, May 11, Jun 12 → 2025H1 = 63. T1: `2025H1` is six months.
#[test]
fn quarterly_and_monthly_values_join() {
    let world = visits("2025H1", [("2025Q1", 30), ("2025-04", 10), ("2025-05", 11), ("2025-06", 12)]);
    assert_eq!(told(&world.asked(&amount("visits"))), "63; 6/6; reported");
}

/// T3: an annual report beats twelve monthly ones.
#[test]
fn an_annual_report_beats_twelve_monthly_ones() {
    let world = visits("2025", [("2025", 1000)]).monthly("A", "visits", "2025", 90);
    assert_eq!(told(&world.asked(&amount("visits"))), "1000; 12/12; reported");
}

/// T3: most months, then fewest values, then the longest first value; among equals the earliest.
#[test]
fn most_months_then_fewest_values_then_the_longest_first() {
    let (jan, feb, mar, first_two, last_two) = ("2025-01", "2025-02", "2025-03", "2025-01..2025-02", "2025-02..2025-03");
    let sum = |world: World| told(&world.asked(&amount("visits")));
    assert_eq!(sum(visits("2025Q1", [(first_two, 7), (last_two, 5), (jan, 1)])), "6; 3/3; reported");
    assert_eq!(sum(visits("2025Q1", [(jan, 1), (feb, 2), (mar, 3), (last_two, 50)])), "51; 3/3; reported");
    assert_eq!(sum(visits("2025Q1", [(first_two, 7), (last_two, 5), (jan, 1), (mar, 2)])), "9; 3/3; reported");
    assert_eq!(sum(visits("2025Q1", [(last_two, 5), (first_two, 7)])), "7; 2/3; incomplete");
}

/// T3, S1: a rejected annual figure is not quietly replaced by monthly ones.
#[test]
fn a_rejected_annual_figure_leaves_its_months_unmet() {
    let world = over("2025").flow("visits").organisation("A", "").monthly("A", "visits", "2025", 90).rejected("A", "visits", "2025");
    assert_eq!(told(&world.asked(&amount("visits"))), "-; 0/12; rejected");
}

/// T4: a value whose span sticks out of the window cannot be used, and the reason says so.
#[test]
fn a_value_that_reaches_out_of_the_window_is_not_used() {
    let measure = visits("2025Q1", [("2025", 120), ("2025-02", 9)]).complete_from("0.3").asked(&amount("visits"));
    assert_eq!(told(&measure), "9; 1/3; incomplete");
    assert_eq!(reasons(&measure), ["measure/completeness", "measure/gap-sticks-out"]);
}

/// T6, the example: A: Dec 100; B: Nov 50, no Dec → 150, complete for 1 of 2. C1: one slot each.
#[test]
fn an_older_stock_stays_in_the_sum_and_costs_completeness() {
    let world = over("2025").stock("beds").organisation("A", "").organisation("B", "");
    let world = world.reports("A", "beds", [("2025-12", 100), ("2025-06", 90)]).reports("B", "beds", [("2025-11", 50)]);
    let measure = world.complete_from("0.5").asked(&amount("beds"));
    assert_eq!(told(&measure), "150; 1/2; incomplete");
    assert_eq!(reasons(&measure), ["measure/completeness", "measure/gap-older"]);
}

/// T6: only values inside the window; a span's value is that of its last month.
#[test]
fn a_stock_is_taken_from_inside_the_window() {
    let beds = |values: [(&str, i64); 2]| {
        let world = over("2025H2").stock("beds").organisation("A", "").reports("A", "beds", values);
        told(&world.asked(&amount("beds")))
    };
    assert_eq!(beds([("2025-06", 70), ("2026-01", 80)]), "-; 0/1; missing");
    assert_eq!(beds([("2025", 70), ("2025-11", 80)]), "70; 1/1; reported");
}

/// T6, F6, rule (c): an older stock neither removes its organisation nor blocks the flows.
#[test]
fn an_older_stock_leaves_the_flows_in() {
    let world = over("2025").flow("discharges").stock("beds").organisation("A", "").monthly("A", "discharges", "2025", 10);
    let world = world.reports("A", "beds", [("2025-11", 50)]).complete_from("0.9");
    assert_eq!(told(&world.asked(&ratio("discharges", "beds"))), "120/50 = 2.4; 11/12; incomplete");
    let month = over("2025-12").flow("discharges").stock("beds").organisation("A", "");
    let month = month.reports("A", "discharges", [("2025-12", 10)]).reports("A", "beds", [("2025-12", 5)]);
    assert_eq!(told(&month.asked(&ratio("discharges", "beds"))), "10/5 = 2; 1/1; reported");
}

/// T7, the example: Q1 = 90, Apr = 94 → Jan–Apr = (3×90 + 94)/4 = 91; then summed like a stock.
#[test]
fn a_mean_is_weighted_by_months_and_summed_over_organisations() {
    let world = over("2025-01..2025-04").averaged("staff").organisation("A", "").organisation("B", "");
    let world = world.reports("A", "staff", [("2025Q1", 90), ("2025-04", 94)]);
    let world = world.reports("B", "staff", [("2025-01..2025-04", 9)]);
    assert_eq!(told(&world.asked(&amount("staff"))), "100; 8/8; reported");
}

/// T8: `@baseline`, `@previous` and `@prior`, a yearly baseline narrowed to the months of the period.
#[test]
fn a_formula_names_three_other_windows() {
    let world = visits("2025-06", [("2023-06", 40), ("2024-06", 50), ("2025-05", 80), ("2025-06", 100)]).baseline("2023");
    for (formula, told_so) in [
        ("visits - visits@baseline", "60; 1/1; reported"),
        ("visits - visits@previous", "50; 1/1; reported"),
        ("visits - visits@prior", "20; 1/1; reported"),
    ] {
        assert_eq!(told(&world.asked(&amount(formula))), told_so, "{formula}");
    }
}

/// T8: without a window of its own an indicator is measured in the baseline too, with the days of
/// that window.
#[test]
fn the_baseline_is_measured_beside_the_period() {
    let world = visits("2025-02", [("2025-02", 56), ("2024-02", 58)]).baseline("2024");
    let measures = world.of("G", &ratio("visits", "window_days"));
    assert_eq!(measures.iter().map(told).collect::<Vec<_>>(), ["56/28 = 2; 1/1; reported", "58/29 = 2; 1/1; reported"]);
    assert_eq!(world.of("G", &amount("visits - visits@previous")).len(), 1);
}

/// T9, F6: months of two windows correspond by position. Feb 2024 missing → Feb 2025 is left out.
#[test]
fn a_month_missing_a_year_ago_leaves_out_the_month_of_today() {
    let world = visits("2025Q1", [("2025-01", 10), ("2025-02", 500), ("2025-03", 10), ("2024-01", 5), ("2024-03", 5)]);
    let measure = world.complete_from("0.5").asked(&ratio("visits - visits@previous", "visits@previous"));
    assert_eq!(told(&measure), "10/10 = 1; 2/3; incomplete");
}
