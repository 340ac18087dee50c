//! Targets worked out by hand.

use proptest::prelude::*;

use super::changes::{Change, Earlier, changes};
use super::*;
use crate::diagnostic::SourceFile;
use crate::text::Lang;

fn exact(text: &str) -> Exact {
    text.parse().expect("a decimal")
}

fn measure(name: &str, weight: &str, sizes: &[i64]) -> Measure {
    Measure { name: name.to_owned(), weight: exact(weight), sizes: sizes.iter().map(|size| Exact::from(*size)).collect() }
}

fn plan(total: i64, by: Vec<Measure>, limits: Vec<Limits>) -> Plan {
    let units = (1..=limits.len()).map(|at| Unit { key: format!("P{at}"), name: format!("P{at}") }).collect();
    let origin = Origin::new(&SourceFile::new("t.toml", "total"), 0..5);
    let quantity = Quantity { total, by, common: Limits::default(), limits, origin };
    let items = vec![
        Item { id: "examined".to_owned(), name: Text::same("examined"), rule: Rule::Divided(quantity) },
        Item { id: "satisfaction".to_owned(), name: Text::same("satisfaction"), rule: Rule::Uniform(exact("92.5")) },
    ];
    Plan { title: Text::same("T"), period: "2026".parse().expect("a period"), round: 0, units, items }
}

/// Four centres, weights 0.2, 0.5 and 0.3.
fn four_centres(limits: Vec<Limits>) -> Plan {
    let by = vec![
        measure("population", "0.2", &[30_000, 20_000, 18_000, 12_000]),
        measure("elderly", "0.5", &[4_500, 3_600, 2_700, 1_200]),
        measure("managed", "0.3", &[3_000, 2_400, 1_500, 1_100]),
    ];
    plan(10_000, by, limits)
}

fn wholes(plan: &Plan, item: usize) -> Vec<String> {
    let targets = allot(plan).expect("feasible");
    targets.iter().filter(|target| target.item == item).map(|target| target.target.to_string()).collect()
}

fn reasons(plan: &Plan) -> Vec<String> {
    let targets = allot(plan).expect("feasible");
    targets.iter().map(|target| target.reason.iter().map(|said| said.render(Lang::En)).collect::<Vec<_>>().join("; ")).collect()
}

/// `T × Σ ω x/X`: P1 0.2 × 30/80 + 0.5 × 45/120 + 0.3 × 30/80 = 0.375; P2 0.05 + 0.15 + 0.09 = 0.29; P3 0.045 + 0.1125 +
/// 0.05625 = 0.21375; P4 0.03 + 0.05 + 0.04125 = 0.12125. Of 10,000: 3750, 2900, 2137.5, 1212.5; of the two halves the
/// one declared first gets the piece that is left.
#[test]
fn a_total_is_divided_by_weighted_shares() {
    let plan = four_centres(vec![Limits::default(); 4]);
    assert_eq!(wholes(&plan, 0), ["3750", "2900", "2138", "1212"]);
    let reasons = reasons(&plan);
    assert_eq!(reasons[0], "10000 × (0.2 × population 30000/80000 + 0.5 × elderly 4500/12000 + 0.3 × managed 3000/8000) = 3750");
    assert!(reasons[2].ends_with("= 2137.5; its remainder is among the largest and earns one more: 2138"), "{}", reasons[2]);
    assert!(reasons[3].ends_with("= 1212.5; its remainder is among the smallest and is dropped: 1212"), "{}", reasons[3]);
}

/// P4 agreed on 1,000. The others share 9,000 as 0.375 : 0.29 : 0.21375, of 0.87875: 3840.68, 2970.13, 2189.19; the piece
/// that is left goes to P1.
#[test]
fn what_was_agreed_on_is_kept_and_the_others_share_the_rest() {
    let mut limits = vec![Limits::default(); 4];
    limits[3] = Limits { at_least: 1_000, at_most: Some(1_000), agreed: Some((1, "floating population".to_owned())) };
    let plan = four_centres(limits);
    assert_eq!(wholes(&plan, 0), ["3841", "2970", "2189", "1000"]);
    let reasons = reasons(&plan);
    assert!(
        reasons[0].ends_with("= 3750; what limits and agreements leave is shared in the same proportion ≈ 3840.6828; its remainder is among the largest and earns one more: 3841"),
        "{}",
        reasons[0]
    );
    assert!(reasons[3].ends_with("= 1212.5; 1000 agreed on in round 1 of the consultation (floating population)"), "{}", reasons[3]);
}

/// At most 3,000 for all: P1 stops there; 7,000 by 0.29 : 0.21375 : 0.12125, of 0.625, would be 3,248 for P2, which stops
/// too; 4,000 by 0.21375 : 0.12125, of 0.335, are 2552.24 and 1447.76.
#[test]
fn limits_for_all_are_kept() {
    let plan = four_centres(vec![Limits { at_most: Some(3_000), ..Limits::default() }; 4]);
    assert_eq!(wholes(&plan, 0), ["3000", "3000", "2552", "1448"]);
    assert!(reasons(&plan)[1].ends_with("= 2900; no unit gets more than 3000"));
}

#[test]
fn targets_of_quality_are_the_same_for_all() {
    let plan = four_centres(vec![Limits::default(); 4]);
    assert_eq!(wholes(&plan, 1), ["92.5"; 4]);
    assert_eq!(reasons(&plan)[4], "the same for all: 92.5");
}

#[test]
fn limits_that_leave_no_way_are_an_error_with_its_place() {
    let plan = four_centres(vec![Limits { at_least: 2_501, ..Limits::default() }; 4]);
    let found = allot(&plan).expect_err("infeasible");
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].message.render(Lang::En),
        "examined cannot be divided: the least amounts add up to 10004, more than the total of 10000"
    );
    assert!(found[0].origin.is_some());
}

/// From 1,212 to 1,000 is −212, −17.49 %; what one version lacks is new or gone, never 0.
#[test]
fn changes_name_what_is_new_and_what_is_gone() {
    let mut limits = vec![Limits::default(); 4];
    limits[3] = Limits { at_least: 1_000, at_most: Some(1_000), agreed: Some((1, String::new())) };
    let plan = four_centres(limits);
    let targets = allot(&plan).expect("feasible");
    let row = |unit: &str, item: &str, target: i64| Earlier { unit: unit.to_owned(), item: item.to_owned(), target: Exact::from(target) };
    let earlier = [row("P4", "examined", 1_212), row("P9", "examined", 7), row("P1", "examined", 0)];
    let all = changes(&plan, &targets, &earlier);
    let find = |unit: &str| all.iter().find(|change| change.unit == unit && change.item == "examined").expect("a change");
    let percent = |change: &Change| change.percent().map(|percent| percent.fixed(2));
    assert_eq!((find("P4").difference(), percent(find("P4"))), (Some(Exact::from(-212)), Some("-17.49".to_owned())));
    assert_eq!((find("P2").before.clone(), find("P2").difference()), (None, None));
    assert_eq!((find("P9").after.clone(), find("P9").difference()), (None, None));
    // A target of 0 has no percentage.
    assert_eq!((find("P1").difference(), percent(find("P1"))), (Some(Exact::from(3_841)), None));
    assert_eq!(all.len(), 4 + 4 + 1);
}

proptest! {
    /// Targets of a quantity add up to its total, whatever the sizes, and the order of the measures changes nothing.
    #[test]
    fn targets_add_up(total in 0_i64..1_000_000, sizes in prop::collection::vec((1_i64..10_000, 0_i64..10_000, 1_i64..100), 1..20)) {
        let one = measure("a", "0.35", &sizes.iter().map(|size| size.0).collect::<Vec<_>>());
        let two = measure("b", "0.25", &sizes.iter().map(|size| size.1 + 1).collect::<Vec<_>>());
        let three = measure("c", "0.4", &sizes.iter().map(|size| size.2).collect::<Vec<_>>());
        let limits = vec![Limits::default(); sizes.len()];
        let straight = wholes(&plan(total, vec![one.clone(), two.clone(), three.clone()], limits.clone()), 0);
        let sum: i64 = straight.iter().filter_map(|target| target.parse::<i64>().ok()).sum();
        prop_assert_eq!(sum, total);
        prop_assert_eq!(wholes(&plan(total, vec![three, one, two], limits), 0), straight);
    }
}
