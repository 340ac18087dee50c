//! N: exact numbers through a whole measure.

use crate::sentence::{amount, exact, over, proportion};
use crate::told;

/// N1: values are whole numbers of steps: 0.1 + 0.2 is 0.3.
#[test]
fn sums_of_decimals_are_exact() {
    let world = over("2025-01").flow("income").with_decimals(1).organisation("A", "").organisation("B", "");
    let world = world.reports("A", "income", [("2025-01", 1)]).reports("B", "income", [("2025-01", 2)]);
    assert_eq!(told(&world.asked(&amount("income"))), "0.3; 2/2; reported");
}

/// N5: 57 of 100 with factor 100 is exactly 57; 2 of 3 has 28 digits; without a denominator the
/// value is N × factor.
#[test]
fn the_factor_multiplies_before_the_only_division() {
    let part = |n, d| {
        let world = over("2025-01").flow("part").flow("whole").organisation("A", "");
        world.reports("A", "part", [("2025-01", n)]).reports("A", "whole", [("2025-01", d)])
    };
    let percent = proportion("part", "whole").percent();
    assert_eq!(told(&part(57, 100).asked(&percent)), "57/100 = 57; 1/1; reported");
    assert_eq!(told(&part(2, 3).asked(&percent)), "2/3 = 66.66666666666666666666666667; 1/1; reported");
    assert_eq!(told(&part(7, 9).asked(&amount("part").percent())), "700; 1/1; reported");
}

/// N3: a product that would pass 28 digits rejects its measure; the largest values of 10^15 steps
/// are summed without wrapping.
#[test]
fn nothing_wraps() {
    let large = 1_000_000_000_000_000;
    let world = over("2025-01").flow("income").organisation("A", "").organisation("B", "");
    let world = world.reports("A", "income", [("2025-01", large)]).reports("B", "income", [("2025-01", large)]);
    let square = world.asked(&amount("income * income"));
    assert_eq!((told(&square), crate::reasons(&square)), ("-; 2/2; rejected".to_owned(), vec!["measure/too-large"]));
    assert_eq!(world.asked(&amount("income")).value, Some(exact("2000000000000000")));
    let year = over("2025").flow("income").organisation("A", "").monthly("A", "income", "2025", large);
    let years = (0..1000).fold(year, |world, at| {
        let code = format!("B{at}");
        world.organisation(&code, "").monthly(&code, "income", "2025", large)
    });
    assert_eq!(years.asked(&amount("income")).value, Some(exact("12012000000000000000")));
}
