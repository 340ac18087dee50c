//! Fractions of whole numbers of any length. Those of a machine's width, which nearly all figures are, are kept and
//! reckoned without long arithmetic; what does not fit goes on in full length, so that nothing is lost either way.

use std::borrow::Cow;
use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive};

use super::Rounding;

/// A fraction in lowest terms, its divisor above 0. Of two ways to keep it there is one: short if it fits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Ratio {
    /// Both parts fit, the upper one with its sign turned, too.
    Short(i64, i64),
    /// At least one does not.
    Long(Box<BigRational>),
}

use Ratio::{Long, Short};

/// Powers of ten below 2^63.
const SHORT_POWERS: u32 = 18;

/// Bits of a divisor beyond which a sum on its way is brought to lowest terms.
const LONG_ENOUGH: u64 = 1024;

/// A whole number of steps.
pub(super) enum Steps {
    /// One of a machine's width.
    Short(i128),
    /// Any.
    Long(BigInt),
}

impl Steps {
    pub(super) fn is_negative(&self) -> bool {
        match self {
            Self::Short(steps) => *steps < 0,
            Self::Long(steps) => steps.is_negative(),
        }
    }

    pub(super) fn to_i64(&self) -> Option<i64> {
        match self {
            Self::Short(steps) => steps.to_i64(),
            Self::Long(steps) => steps.to_i64(),
        }
    }

    /// Digits without a sign.
    pub(super) fn digits(&self) -> String {
        match self {
            // Nearly all have half the width, which is written much faster.
            Self::Short(steps) => steps.unsigned_abs().to_u64().map_or_else(|| steps.unsigned_abs().to_string(), |steps| steps.to_string()),
            Self::Long(steps) => steps.abs().to_string(),
        }
    }

    /// The steps as a part of one each.
    pub(super) fn over(self, power: u32) -> Ratio {
        match self {
            Self::Short(steps) if power <= SHORT_POWERS => Ratio::reduced(steps, ten_to(power)),
            Self::Short(steps) => Ratio::of(BigRational::new(BigInt::from(steps), power_of_ten(power))),
            Self::Long(steps) => Ratio::of(BigRational::new(steps, power_of_ten(power))),
        }
    }
}

impl Ratio {
    pub(super) const fn whole(number: i64) -> Self {
        // The least number has no positive counterpart; it is kept long, see `fits`.
        Short(number, 1)
    }

    /// The fraction kept the one way there is.
    pub(super) fn of(ratio: BigRational) -> Self {
        match (ratio.numer().to_i64().filter(|above| fits(*above)), ratio.denom().to_i64()) {
            (Some(above), Some(below)) => Short(above, below),
            _ => Long(Box::new(ratio)),
        }
    }

    /// `above / below` in lowest terms; `below` is not 0 and neither is the least number of its width.
    pub(super) fn reduced(above: i128, below: i128) -> Self {
        let common = common(above.unsigned_abs(), below.unsigned_abs()) * below.signum();
        let (above, below) = if common == 1 { (above, below) } else { (above / common, below / common) };
        match (i64::try_from(above).ok().filter(|above| fits(*above)), i64::try_from(below)) {
            (Some(above), Ok(below)) => Short(above, below),
            _ => Long(Box::new(BigRational::new_raw(BigInt::from(above), BigInt::from(below)))),
        }
    }

    /// The same in full length.
    pub(super) fn long(&self) -> BigRational {
        match self {
            Short(above, below) => BigRational::new_raw(BigInt::from(*above), BigInt::from(*below)),
            Long(ratio) => (**ratio).clone(),
        }
    }

    /// What stands above and below, in full length.
    fn parts(&self) -> (Cow<'_, BigInt>, Cow<'_, BigInt>) {
        match self {
            Short(above, below) => (Cow::Owned(BigInt::from(*above)), Cow::Owned(BigInt::from(*below))),
            Long(ratio) => (Cow::Borrowed(ratio.numer()), Cow::Borrowed(ratio.denom())),
        }
    }

    pub(super) fn is_zero(&self) -> bool {
        matches!(self, Short(0, _))
    }

    pub(super) fn is_negative(&self) -> bool {
        match self {
            Short(above, _) => *above < 0,
            Long(ratio) => ratio.is_negative(),
        }
    }

    /// The whole number this is, where it is one and fits.
    pub(super) fn to_i64(&self) -> Option<i64> {
        match self {
            Short(above, 1) => Some(*above),
            Short(..) => None,
            Long(ratio) => ratio.is_integer().then(|| ratio.numer().to_i64()).flatten(),
        }
    }

    pub(super) fn negated(&self) -> Self {
        match self {
            Short(above, below) => Short(-above, *below),
            Long(ratio) => Self::of(-(**ratio).clone()),
        }
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        match (self, other) {
            // Long fractions are best not looked at.
            (Short(0, _), sum) | (sum, Short(0, _)) => sum.clone(),
            (Short(a, 1), Short(b, 1)) => Self::reduced(i128::from(*a) + i128::from(*b), 1),
            (Short(a, below), Short(b, other)) if below == other => Self::reduced(i128::from(*a) + i128::from(*b), i128::from(*below)),
            // Twice a product of two numbers below 2^63 is below 2^127.
            (Short(a, b), Short(c, d)) => Self::reduced(product(*a, *d) + product(*c, *b), product(*b, *d)),
            _ => Self::of(self.long() + other.long()),
        }
    }

    /// The sum of several. What outgrows a machine's width is brought to lowest terms now and then and at the end, not
    /// after every step: finding the common divisor of long numbers costs far more than adding them.
    pub(super) fn sum<'a>(items: impl Iterator<Item = &'a Self>) -> Self {
        let mut short = Self::whole(0);
        let mut long: Option<(BigInt, BigInt)> = None;
        for item in items {
            let Some((above, below)) = &mut long else {
                match short.plus(item) {
                    Long(sum) => long = Some((*sum).into_raw()),
                    sum @ Short(..) => short = sum,
                }
                continue;
            };
            let (other_above, other_below) = item.parts();
            if *below == *other_below {
                *above += &*other_above;
            } else {
                *above = &*above * &*other_below + &*below * &*other_above;
                *below *= &*other_below;
            }
            if below.bits() > LONG_ENOUGH {
                (*above, *below) = BigRational::new(std::mem::take(above), std::mem::take(below)).into_raw();
            }
        }
        long.map_or(short, |(above, below)| Self::of(BigRational::new(above, below)))
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        match (self, other) {
            (Short(a, b), Short(c, d)) => Self::reduced(product(*a, *c), product(*b, *d)),
            _ => Self::of(self.long() * other.long()),
        }
    }

    /// The quotient; `other` is not 0.
    pub(super) fn over(&self, other: &Self) -> Self {
        match (self, other) {
            (Short(a, b), Short(c, d)) => Self::reduced(product(*a, *d), product(*b, *c)),
            _ => Self::of(self.long() / other.long()),
        }
    }

    pub(super) fn floor(&self) -> Self {
        match self {
            Short(above, below) => Short(above.div_floor(below), 1),
            Long(ratio) => Self::of(ratio.floor()),
        }
    }

    /// The number in whole steps of 10^-`decimals`. Works on the parts as they are: reducing a fraction costs far more than
    /// the one division.
    pub(super) fn steps(&self, decimals: u32, rounding: Rounding) -> Steps {
        if let (Short(above, below), true) = (self, decimals <= SHORT_POWERS) {
            let (whole, rest) = (i128::from(above.abs()) * ten_to(decimals)).div_rem(&i128::from(*below));
            let magnitude = whole + i128::from(is_up(&(rest * 2), &i128::from(*below), whole % 2 != 0, rounding));
            return Steps::Short(if *above < 0 { -magnitude } else { magnitude });
        }
        let ratio = self.long();
        let (whole, rest) = (ratio.numer().abs() * power_of_ten(decimals)).div_rem(ratio.denom());
        let is_up = is_up(&(rest * 2), ratio.denom(), whole.is_odd(), rounding);
        let magnitude = if is_up { whole + 1 } else { whole };
        Steps::Long(if ratio.is_negative() { -magnitude } else { magnitude })
    }

    /// Places behind the point, where the decimal expansion ends.
    pub(super) fn decimal_places(&self) -> Option<u32> {
        match self {
            Short(_, 1) => Some(0),
            Short(_, below) => decimal_places(*below, [2, 5], |rest, prime| rest % prime == 0, &1),
            Long(ratio) => decimal_places(ratio.denom().clone(), [2, 5].map(BigInt::from), BigInt::is_multiple_of, &BigInt::from(1)),
        }
    }

    /// Digits before the point.
    pub(super) fn whole_digits(&self) -> u32 {
        digits(&self.steps(0, Rounding::Down).digits())
    }

    /// The nearest double where one division gives it: both parts are doubles themselves.
    pub(super) fn quotient(&self) -> Option<f64> {
        let is_double = |part: i64| part.unsigned_abs() <= 1 << f64::MANTISSA_DIGITS;
        match self {
            Short(above, below) if is_double(*above) && is_double(*below) => Some(above.to_f64()? / below.to_f64()?),
            _ => None,
        }
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Short(a, b), Short(c, d)) if b == d => a.cmp(c),
            (Short(a, b), Short(c, d)) => product(*a, *d).cmp(&product(*c, *b)),
            // The divisors are above 0. Bringing long fractions to whole numbers step by step costs many times as much.
            _ => {
                let ((a, b), (c, d)) = (self.parts(), other.parts());
                (&*a * &*d).cmp(&(&*c * &*b))
            }
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

pub(super) fn digits(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

pub(super) fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

/// A short power of ten.
fn ten_to(exponent: u32) -> i128 {
    10_i128.pow(exponent)
}

/// True for a number that fits with either sign.
fn fits(number: i64) -> bool {
    number != i64::MIN
}

fn product(a: i64, b: i64) -> i128 {
    i128::from(a) * i128::from(b)
}

/// The greatest common divisor, in half the width where that does.
fn common(a: u128, b: u128) -> i128 {
    let found = match (u64::try_from(a), u64::try_from(b)) {
        (_, Ok(1)) => 1,
        (Ok(a), Ok(b)) => u128::from(a.gcd(&b)),
        // One step of Euclid's brings both to half the width.
        (Err(_), Ok(b)) if b > 0 => u128::from(b.gcd(&u64::try_from(a % u128::from(b)).unwrap_or(0))),
        (Ok(a), Err(_)) if a > 0 => u128::from(a.gcd(&u64::try_from(b % u128::from(a)).unwrap_or(0))),
        _ => a.gcd(&b),
    };
    // Neither part is 2^127, so that their divisor is below it.
    i128::try_from(found).unwrap_or(1)
}

/// Whether what is left over is rounded away from zero.
fn is_up<N: PartialOrd>(twice: &N, below: &N, is_odd: bool, rounding: Rounding) -> bool {
    match rounding {
        Rounding::HalfUp => twice >= below,
        Rounding::HalfEven => twice > below || twice == below && is_odd,
        Rounding::Down => false,
    }
}

/// How often a divisor holds 2 or 5, whichever more often, if it holds nothing else.
fn decimal_places<N: PartialEq + std::ops::DivAssign<N> + Clone>(
    mut rest: N,
    primes: [N; 2],
    divides: impl Fn(&N, &N) -> bool,
    one: &N,
) -> Option<u32> {
    let mut most = 0;
    for prime in primes {
        let mut places = 0;
        while divides(&rest, &prime) {
            rest /= prime.clone();
            places += 1;
        }
        most = most.max(places);
    }
    (rest == *one).then_some(most)
}

#[cfg(test)]
mod tests {
    use num_traits::Zero;
    use proptest::prelude::*;

    use super::*;

    /// Parts about the limits of every width, and small ones.
    fn part() -> impl Strategy<Value = i128> {
        let edges = [0, 1, 10, 1 << 53, i128::from(i64::MAX), 1 << 64, 10_i128.pow(18), 10_i128.pow(28)];
        let near = (proptest::sample::select(edges.to_vec()), -3_i128..=3, proptest::bool::ANY);
        let near = near.prop_map(|(edge, by, is_negative)| if is_negative { -(edge + by) } else { edge + by });
        prop_oneof![near, -1000_i128..=1000, -(10_i128.pow(12))..=10_i128.pow(12)]
    }

    fn fraction() -> impl Strategy<Value = BigRational> {
        (part(), part().prop_filter("not 0", |below| *below != 0))
            .prop_map(|(above, below)| BigRational::new(BigInt::from(above), BigInt::from(below)))
    }

    proptest! {
        /// N4: short or long, every result is that of arithmetic in full length, kept the one way there is.
        #[test]
        fn short_arithmetic_is_long_arithmetic(a in fraction(), b in fraction()) {
            let (x, y) = (Ratio::of(a.clone()), Ratio::of(b.clone()));
            prop_assert_eq!(x.long(), a.clone());
            prop_assert_eq!(x.plus(&y), Ratio::of(&a + &b));
            prop_assert_eq!(x.times(&y), Ratio::of(&a * &b));
            prop_assert_eq!(x.negated(), Ratio::of(-a.clone()));
            prop_assert_eq!(x.floor(), Ratio::of(a.floor()));
            prop_assert_eq!(x.cmp(&y), a.cmp(&b));
            prop_assert_eq!(x.is_negative(), a.is_negative());
            if !b.is_zero() {
                prop_assert_eq!(x.over(&y), Ratio::of(&a / &b));
            }
        }

        /// N4: a sum that is brought to lowest terms at its end is that of one step after the other.
        #[test]
        fn sums_are_those_of_full_length(items in proptest::collection::vec(fraction(), 0..60)) {
            let short: Vec<Ratio> = items.iter().cloned().map(Ratio::of).collect();
            let long: BigRational = items.iter().sum();
            prop_assert_eq!(Ratio::sum(short.iter()), Ratio::of(long));
        }

        /// N7, P9: steps are those of full length in every rounding.
        #[test]
        fn short_steps_are_long_steps(a in fraction(), decimals in 0_u32..30) {
            for rounding in [Rounding::HalfUp, Rounding::HalfEven, Rounding::Down] {
                let short = Ratio::of(a.clone()).steps(decimals, rounding);
                let long = Long(Box::new(a.clone())).steps(decimals, rounding);
                prop_assert_eq!(short.digits(), long.digits());
                prop_assert_eq!(short.is_negative(), long.is_negative());
                prop_assert_eq!(short.over(decimals), long.over(decimals));
            }
            prop_assert_eq!(Ratio::of(a.clone()).decimal_places(), Long(Box::new(a)).decimal_places());
        }
    }
}
