//! Published apportionments, and what holds for every total and every claim.

use proptest::prelude::*;

use super::*;

fn claims(weights: &[i64]) -> Vec<Claim> {
    weights.iter().map(|weight| Claim::of(Exact::from(*weight))).collect()
}

fn wholes(total: i64, claims: &[Claim]) -> Result<Vec<i64>, Infeasible> {
    apportion(total, claims).map(|shares| shares.iter().map(|share| share.whole).collect())
}

/// The table of the method in encyclopaedias: 100,000 votes, 10 seats, quota 10,000. The quotients are 4.7, 1.6, 1.58,
/// 1.2, 0.61 and 0.31; seven seats go by whole quotas, three to .7, .61 and .60.
#[test]
fn ten_seats_for_six_parties() {
    assert_eq!(wholes(10, &claims(&[47_000, 16_000, 15_800, 12_000, 6_100, 3_100])), Ok(vec![5, 2, 1, 1, 1, 0]));
}

/// Hamilton's apportionment of 1792, which Washington vetoed: 120 seats by the census of 1790 (3,615,920 persons), in
/// the order Connecticut, Delaware, Georgia, Kentucky, Maryland, Massachusetts, New Hampshire, New Jersey, New York,
/// North Carolina, Pennsylvania, Rhode Island, South Carolina, Vermont, Virginia.
#[test]
fn the_house_of_hamiltons_bill() {
    let census =
        [236_841, 55_540, 70_835, 68_705, 278_514, 475_327, 141_822, 179_570, 331_589, 353_523, 432_879, 68_446, 206_236, 85_533, 630_560];
    let seats = vec![8, 2, 2, 2, 9, 16, 5, 6, 11, 12, 14, 2, 7, 3, 21];
    assert_eq!(wholes(120, &claims(&census)), Ok(seats));
}

/// Three equal thirds of 10.00 yuan are 3.33⅓ each: the first declared gets the 分 that is left.
#[test]
fn equal_remainders_go_by_declared_order() {
    assert_eq!(wholes(1_000, &claims(&[1, 1, 1])), Ok(vec![334, 333, 333]));
    assert_eq!(wholes(1_001, &claims(&[1, 1, 1])), Ok(vec![334, 334, 333]));
}

/// 100 by 1 : 1 : 8 is 10, 10, 80. With at least 25 for the first and at most 60 for the last, 15 are left for the
/// second.
#[test]
fn limits_are_kept_and_the_rest_takes_what_they_leave() {
    let mut three = claims(&[1, 1, 8]);
    (three[0].at_least, three[2].at_most) = (25, Some(60));
    let shares = apportion(100, &three).expect("feasible");
    assert_eq!(shares.iter().map(|share| share.whole).collect::<Vec<_>>(), [25, 15, 60]);
    assert_eq!(shares.iter().map(|share| share.bound).collect::<Vec<_>>(), [Some(Bound::AtLeast), None, Some(Bound::AtMost)]);
    assert_eq!(shares[1].plain, Exact::from(10));
}

#[test]
fn what_cannot_be_divided_is_said() {
    let limited = |least, most| vec![Claim { weight: Exact::one(), at_least: least, at_most: most }; 3];
    assert_eq!(wholes(10, &limited(4, None)), Err(Infeasible::LeastAbove(12)));
    assert_eq!(wholes(10, &limited(0, Some(3))), Err(Infeasible::MostBelow(9)));
    assert_eq!(wholes(10, &claims(&[0, 0])), Err(Infeasible::NoWeight));
    assert_eq!(wholes(0, &claims(&[0, 0])), Ok(vec![0, 0]));
    assert_eq!(wholes(0, &[]), Ok(vec![]));
    assert_eq!(wholes(1, &[]), Err(Infeasible::MostBelow(0)));
    // The one with a weight may take 3; nobody else has a claim to the other 7.
    let mut two = claims(&[1, 0]);
    two[0].at_most = Some(3);
    assert_eq!(wholes(10, &two), Err(Infeasible::NoWeight));
}

/// Weights with decimals, and limits around some of them.
fn any_claim() -> impl Strategy<Value = Claim> {
    (0_i64..100_000, 0_i64..400, prop::option::of(0_i64..4_000)).prop_map(|(weight, least, room)| Claim {
        weight: Exact::from_steps(i128::from(weight), 3),
        at_least: if least > 200 { least - 200 } else { 0 },
        at_most: room.map(|room| room + 200),
    })
}

proptest! {
    /// The parts add up, keep the limits, and are within one of the exact share; those without limits are in one
    /// proportion to their weights.
    #[test]
    fn parts_add_up_and_are_within_one_of_the_exact_share(total in 0_i64..50_000, claims in prop::collection::vec(any_claim(), 1..12)) {
        let Ok(shares) = apportion(total, &claims) else {
            let least: i64 = claims.iter().map(|claim| claim.at_least).sum();
            let could: i64 = claims.iter().map(|claim| if claim.weight.is_zero() { claim.at_least } else { claim.at_most.unwrap_or(total) }).sum();
            prop_assert!(least > total || could < total);
            return Ok(());
        };
        prop_assert_eq!(shares.iter().map(|share| share.whole).sum::<i64>(), total);
        let mut rate: Option<Exact> = None;
        for (claim, share) in claims.iter().zip(&shares) {
            prop_assert!(share.whole >= claim.at_least && claim.at_most.is_none_or(|most| share.whole <= most));
            prop_assert!((&Exact::from(share.whole) - &share.exact).abs() < Exact::one());
            let own = share.exact.checked_div(&claim.weight).filter(|_| share.bound.is_none());
            if let (Some(known), Some(own)) = (&rate, &own) {
                prop_assert_eq!(known, own);
            }
            rate = rate.or(own);
        }
        for (claim, share) in claims.iter().zip(&shares) {
            let asked = rate.as_ref().map(|rate| rate * &claim.weight);
            match (share.bound, asked) {
                (Some(Bound::AtLeast), Some(asked)) => prop_assert!(asked <= share.exact),
                (Some(Bound::AtMost), Some(asked)) => prop_assert!(asked >= share.exact),
                _ => {}
            }
        }
    }

    /// Without limits the rule of quotas holds: nobody gets less than the whole part of the share, nor more than the
    /// next whole number.
    #[test]
    fn the_quota_rule_holds(total in 0_i64..1_000_000, weights in prop::collection::vec(1_i64..10_000, 1..30)) {
        for share in apportion(total, &claims(&weights)).expect("everyone has a weight") {
            prop_assert_eq!(&share.plain, &share.exact);
            prop_assert!(Exact::from(share.whole) >= share.exact.floor() && Exact::from(share.whole) <= share.exact.ceil());
        }
    }

    /// Where no two remainders are alike, the order of the claims changes nothing.
    #[test]
    fn the_order_of_claims_decides_ties_only(total in 0_i64..50_000, claims in prop::collection::vec(any_claim(), 1..12), turn in 0_usize..12) {
        let Ok(shares) = apportion(total, &claims) else { return Ok(()) };
        let mut remainders: Vec<Exact> = shares.iter().map(|share| &share.exact - &share.exact.floor()).filter(|rest| !rest.is_zero()).collect();
        let count = remainders.len();
        remainders.sort();
        remainders.dedup();
        prop_assume!(remainders.len() == count);
        let turned = |at: usize| (at + turn) % claims.len();
        let moved: Vec<Claim> = (0..claims.len()).rev().map(|at| claims[turned(at)].clone()).collect();
        let expected: Vec<Share> = (0..claims.len()).rev().map(|at| shares[turned(at)].clone()).collect();
        prop_assert_eq!(apportion(total, &moved), Ok(expected));
    }
}
