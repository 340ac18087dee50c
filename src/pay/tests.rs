//! Amounts worked out by hand, and what holds for all.

use proptest::prelude::*;

use super::*;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::text::Lang;

fn exact(text: &str) -> Exact {
    text.parse().expect("a decimal")
}

fn exacts(texts: &[&str]) -> Vec<Exact> {
    texts.iter().map(|text| exact(text)).collect()
}

fn part(name: &str, share: &str, amounts: &[&str]) -> Part {
    Part { name: name.to_owned(), share: exact(share), amounts: exacts(amounts) }
}

fn scored(at: usize, total: Option<&str>) -> Scored {
    let name = format!("U{}", at + 1);
    Scored { key: name.clone(), name: Text::same(name), total: total.map(exact), grade: None, is_provisional: false }
}

/// Units with these totals of 100, and one pool.
fn plan(totals: &[Option<&str>], rule: CoefficientRule, kind: Kind) -> Plan {
    let units: Vec<Scored> = totals.iter().enumerate().map(|(at, total)| scored(at, *total)).collect();
    let scores = Scores { period: "2025".parse().expect("a period"), full_points: Exact::from(100), points_decimals: 2, units };
    let origin = Origin::new(&SourceFile::new("a.toml", "pool"), 0..4);
    let limits = vec![(0, None); totals.len()];
    let pool = Pool { id: "p".to_owned(), name: Text::same("p"), kind, limits, is_personal: false, origin };
    Plan { title: Text::same("T"), scores, is_trial: false, rule, pools: vec![pool], work: Vec::new() }
}

/// 90 → 1, 80 → 0.9, 0 → 0.6.
fn bands() -> CoefficientRule {
    CoefficientRule::Bands([("90", "1"), ("80", "0.9"), ("0", "0.6")].map(|(least, value)| (exact(least), exact(value))).to_vec())
}

fn paid(plan: &Plan) -> Vec<String> {
    let found = allocate(plan).expect("can be paid");
    found.payments.iter().map(|payment| payment.paid.map_or("held".to_owned(), |paid| yuan(paid).fixed(2))).collect()
}

fn reasons(plan: &Plan) -> Vec<String> {
    let say = |payment: &Payment| payment.reason.iter().map(|said| said.render(Lang::En)).collect::<Vec<_>>().join("; ");
    allocate(plan).expect("can be paid").payments.iter().map(say).collect()
}

fn refusal(plan: &Plan) -> String {
    let found: Vec<Diagnostic> = allocate(plan).expect_err("refused");
    found.iter().map(|one| format!("{}: {}", one.code.id(), one.message.render(Lang::En))).collect::<Vec<_>>().join("\n")
}

/// 40 % of the allowances and 40 % of the business income: 0.4 × 600,000 + 0.4 × 400,000 = 400,000. With 85 points the
/// coefficient is 0.9: 360,000 are paid and 40,000 are left.
#[test]
fn a_unit_gets_its_coefficient_of_its_own_pool() {
    let parts = || vec![part("allowance", "0.4", &["600000"]), part("income", "0.4", &["400000"])];
    let own = plan(&[Some("85")], bands(), Kind::Own(parts(), Remainder::Carried));
    let sum = "0.4 × allowance 600,000.00 + 0.4 × income 400,000.00 = 400,000.00; own pool 400,000.00 × coefficient 0.9 = 360,000.00";
    assert_eq!(reasons(&own), [format!("{sum}; remainder 40,000.00 carried over")]);
    let found = allocate(&own).expect("can be paid");
    assert_eq!(found.payments[0].rest, Some((4_000_000, Fate::Carried)));
    let returned = plan(&[Some("85")], bands(), Kind::Own(parts(), Remainder::Returned));
    assert_eq!(reasons(&returned), [format!("{sum}; remainder 40,000.00 returned")]);
    let full = plan(&[Some("90")], bands(), Kind::Own(parts(), Remainder::Returned));
    assert!(reasons(&full)[0].ends_with("× coefficient 1 = 400,000.00"), "nothing is left, so nothing is said of it");
}

/// Own pools of 100,000, 200,000 and 300,000 with 1, 0.9 and 0.6: 100,000, 180,000 and 180,000 are paid; 140,000 are left
/// and divided 10 : 18 : 18: 30,434.78, 54,782.61 (.6087) and 54,782.61. Cut to 分 they lack 2 分: the remainders are
/// 0.26, 0.87 and 0.87 分.
#[test]
fn what_is_left_may_be_divided_again() {
    let parts = vec![part("income", "1", &["100000", "200000", "300000"])];
    let again = plan(&[Some("95"), Some("80"), Some("79.99")], bands(), Kind::Own(parts, Remainder::Redistributed));
    assert_eq!(paid(&again), ["130434.78", "234782.61", "234782.61"]);
    let said = "of the 140,000.00 to be redistributed, by own pool × coefficient 100,000/460,000 ≈ 30,434.7826";
    let end = "its remainder is among the smallest and is dropped: 30,434.78; together 130,434.78";
    let reason = &reasons(&again)[0];
    assert!(reason.ends_with(&format!("coefficient 1 = 100,000.00; {said}; {end}")), "{reason}");
}

/// A fund of 100,000.00 by population × coefficient: 30,000 × 1, 20,000 × 0.9 and 20,000 × 0.6 are 30,000 : 18,000 : 12,000
/// of 60,000: 50,000, 30,000, 20,000.
#[test]
fn a_fund_is_shared_by_size_and_coefficient() {
    let weight = || Weight::Size("population".to_owned(), exacts(&["30000", "20000", "20000"]));
    let totals = [Some("92"), Some("88.5"), Some("60")];
    let mut fund = plan(&totals, bands(), Kind::Shared(Source::Amount(10_000_000), weight()));
    assert_eq!(paid(&fund), ["50000.00", "30000.00", "20000.00"]);
    assert_eq!(reasons(&fund)[1], "pool 100,000.00 × (population 20,000 × coefficient 0.9)/60,000 = 30,000.00");
    // At least 25,000 for the last: 75,000 are left for 30,000 : 18,000, 46,875 and 28,125.
    fund.pools[0].limits[2] = (2_500_000, None);
    assert_eq!(paid(&fund), ["46875.00", "28125.00", "25000.00"]);
    assert!(reasons(&fund)[2].ends_with("= 20,000.00; raised to the least of 25,000.00"));
    assert!(reasons(&fund)[0].ends_with("= 50,000.00; what limits leave is shared in the same proportion = 46,875.00"));
    fund.pools[0].limits[2] = (2_500_000, Some(2_000_000));
    assert_eq!(refusal(&fund), "pay/limits: p cannot be paid: the least of U3 is 25,000.00, above its most of 20,000.00");
    fund.pools[0].limits = vec![(5_000_000, None); 3];
    assert_eq!(refusal(&fund), "pay/limits: p cannot be paid: the least amounts add up to 150,000.00, more than the total of 100,000.00");
}

/// A pool of all units' contributions, divided alike: 0.1 × 100.10 = 10.01 and 0.1 × 200 = 20.00; of 30.01, 15.005 each.
#[test]
fn a_shared_pool_may_be_made_of_contributions() {
    let parts = vec![part("income", "0.1", &["100.1", "200"])];
    let pool = plan(&[Some("95"), Some("95")], bands(), Kind::Shared(Source::Parts(parts), Weight::Alike));
    assert_eq!(paid(&pool), ["15.01", "15.00"]);
    assert_eq!(
        reasons(&pool)[0],
        "0.1 × income 100.10 = 10.01; pool 30.01 × (coefficient 1)/2 ≈ 15.0050; its remainder is among the largest and earns one 分 more: 15.01"
    );
}

fn work(unit: usize, person: &str, month: &str, equivalents: &str) -> Work {
    let month = month.parse::<Span>().expect("a month").first();
    Work { unit, person: person.to_owned(), month, equivalents: exact(equivalents) }
}

/// Work × score / full: 1,200 × 90 / 100 = 1,080 and 800 × 95 / 100 = 760, together 1,840; of 92,000 that is 50 for each:
/// 54,000 and 38,000. The first unit's two people did 900 and 300 of its 1,200: 40,500 and 13,500.
#[test]
fn money_follows_work_times_quality() {
    let mut pay = plan(&[Some("90"), Some("95")], CoefficientRule::ShareOfFull, Kind::Shared(Source::Amount(9_200_000), Weight::Work));
    pay.work = vec![
        work(0, "a", "2025-01", "500"),
        work(0, "a", "2025-02", "400"),
        work(0, "b", "2025-01", "300"),
        work(1, "c", "2025-01", "800"),
    ];
    pay.pools[0].is_personal = true;
    assert_eq!(paid(&pay), ["54000.00", "38000.00"]);
    assert_eq!(reasons(&pay)[0], "pool 92,000.00 × (work equivalents 1,200 × coefficient 0.9)/1,840 = 54,000.00");
    let found = allocate(&pay).expect("can be paid");
    assert_eq!(
        found.personal.iter().map(|one| yuan(one.paid).fixed(2)).collect::<Vec<_>>(),
        ["22500.00", "18000.00", "13500.00", "38000.00"]
    );
    assert_eq!(found.personal[1].reason[0].render(Lang::En), "54,000.00 × the month's work equivalents 400/1,200 = 18,000.00");
    pay.work.truncate(3);
    assert_eq!(paid(&pay), ["92000.00", "0.00"], "nobody worked in the second unit, and nothing is divided there");
}

#[test]
fn own_money_without_work_cannot_go_to_people() {
    let mut own = plan(&[Some("90")], bands(), Kind::Own(vec![part("income", "1", &["10"])], Remainder::Returned));
    own.pools[0].is_personal = true;
    assert_eq!(refusal(&own), "pay/limits: p cannot be paid: U1 has no work, so that its 10.00 cannot be divided among its people");
}

/// A least above 60 % of 100 raises, a most cuts; half a 分 is rounded up: 0.6 × 100.01 = 60.006.
#[test]
fn own_pools_have_limits_too() {
    let mut own = plan(
        &[Some("50"), Some("50"), Some("95")],
        bands(),
        Kind::Own(vec![part("income", "1", &["100", "100.01", "100"])], Remainder::Returned),
    );
    own.pools[0].limits = vec![(7_000, None), (0, None), (0, Some(8_000))];
    assert_eq!(paid(&own), ["70.00", "60.01", "80.00"]);
    let reasons = reasons(&own);
    assert!(reasons[0].ends_with("= 60.00; raised to the least of 70.00; remainder 30.00 returned"), "{}", reasons[0]);
    assert!(reasons[1].ends_with("≈ 60.0060; rounded half-up to 60.01; remainder 40.00 returned"), "{}", reasons[1]);
    assert!(reasons[2].ends_with("= 100.00; cut to the most of 80.00; remainder 20.00 returned"), "{}", reasons[2]);
    own.pools[0].limits[0] = (10_001, None);
    assert_eq!(refusal(&own), "pay/limits: p cannot be paid: the least of U1 is 100.01, more than the 100.00 there is for it");
}

/// Bands are reached at their edge; a total or grade without a coefficient is an error; no own pool pays above itself.
#[test]
fn coefficients_follow_the_rule_or_are_refused() {
    let fund = || Kind::Shared(Source::Amount(100), Weight::Alike);
    let own = || Kind::Own(vec![part("income", "1", &["10"])], Remainder::Returned);
    let value = |total: &str| allocate(&plan(&[Some(total)], bands(), fund())).expect("can be paid").coefficients[0].clone().expect("one");
    assert_eq!(value("90").value, exact("1"));
    assert_eq!(value("89.99").reason.render(Lang::En), "the total of 89.99 reaches 80: coefficient 0.9");
    let high = CoefficientRule::Bands(vec![(exact("80"), exact("1.2"))]);
    assert_eq!(refusal(&plan(&[Some("79")], high.clone(), fund())), "pay/no-coefficient: U1 (total 79.00, grade none) has none");
    assert_eq!(refusal(&plan(&[Some("80")], high.clone(), own())), "pay/above-one: in p the coefficient of U1 is 1.2");
    assert_eq!(paid(&plan(&[Some("80")], high, fund())), ["1.00"]);
    let grades = CoefficientRule::Grades(vec![("优秀".to_owned(), exact("1")), ("Pass".to_owned(), exact("0.8"))]);
    let mut graded = plan(&[Some("90")], grades, own());
    graded.scores.units[0].grade = Some(Text::new("合格", "Pass"));
    assert_eq!(paid(&graded), ["8.00"]);
    graded.scores.units[0].grade = Some(Text::new("不合格", "Fail"));
    assert_eq!(refusal(&graded), "pay/no-coefficient: U1 (total 90.00, grade Fail) has none");
}

/// A unit without a total gets nothing: its own pool is held, and shared pools go to the others.
#[test]
fn a_unit_without_a_total_is_held_back() {
    let own = plan(&[None, Some("95")], bands(), Kind::Own(vec![part("income", "1", &["10", "20"])], Remainder::Redistributed));
    assert_eq!(paid(&own), ["held", "20.00"]);
    assert_eq!(allocate(&own).expect("can be paid").payments[0].rest, Some((1_000, Fate::Held)));
    let fund = plan(&[None, Some("95")], bands(), Kind::Shared(Source::Amount(3_000), Weight::Alike));
    assert_eq!(paid(&fund), ["held", "30.00"]);
}

#[test]
fn thousands_are_set_apart() {
    let all = [("0.00", "0.00"), ("999", "999"), ("1000", "1,000"), ("1234567.50", "1,234,567.50"), ("-1234", "-1,234"), ("-123", "-123")];
    for (digits, expected) in all {
        assert_eq!(grouped(digits), expected);
    }
}

proptest! {
    /// Whatever the scores and sizes: a shared pool is paid to the 分, own pools are paid or left over to the 分.
    #[test]
    fn every_pool_is_used_up_exactly(
        units in prop::collection::vec((1_i64..=10_000, 1_i64..100_000, 0_i64..10_000_000), 1..15),
        amount in 0_i64..100_000_000,
    ) {
        let totals: Vec<String> = units.iter().map(|unit| Exact::from_steps(i128::from(unit.0), 2).to_string()).collect();
        let totals: Vec<Option<&str>> = totals.iter().map(|total| Some(total.as_str())).collect();
        let sizes: Vec<Exact> = units.iter().map(|unit| Exact::from(unit.1)).collect();
        let sum = |plan: &Plan| allocate(plan).expect("can be paid").payments.iter().filter_map(|payment| payment.paid).sum::<i64>();
        let shared = plan(&totals, CoefficientRule::ShareOfFull, Kind::Shared(Source::Amount(amount), Weight::Size("s".to_owned(), sizes)));
        prop_assert_eq!(sum(&shared), amount);
        let income = Part { name: "i".to_owned(), share: exact("0.4"), amounts: units.iter().map(|unit| yuan(unit.2)).collect() };
        let own: i64 = income.amounts.iter().filter_map(|amount| cents(&(amount * &income.share))).sum();
        let again = plan(&totals, CoefficientRule::ShareOfFull, Kind::Own(vec![income.clone()], Remainder::Redistributed));
        prop_assert_eq!(sum(&again), own);
        let carried = allocate(&plan(&totals, CoefficientRule::ShareOfFull, Kind::Own(vec![income], Remainder::Carried))).expect("can be paid");
        for payment in &carried.payments {
            prop_assert_eq!(payment.paid.unwrap_or_default() + payment.rest.map_or(0, |rest| rest.0), payment.own.unwrap_or_default());
        }
    }
}
