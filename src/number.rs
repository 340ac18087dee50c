//! Exact numbers (SEMANTICS N1–N7): every value, threshold and point is a fraction of whole
//! numbers; rounding happens only where a caller names decimals and a mode.

use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};
use std::str::FromStr;

use num_bigint::BigInt;
use num_rational::BigRational;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

mod ratio;

use ratio::{Ratio, Steps, digits, power_of_ten};

/// Significant digits a product may have before it is refused [N3], and the digits of a
/// quotient that does not end [N5].
pub const DIGITS: u32 = 28;

/// How a result is rounded where the policy names a rounding [P9, N7].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// Half away from zero: 0.125 → 0.13, −0.05 → −0.1.
    #[default]
    HalfUp,
    /// Half to the even neighbour: 0.125 → 0.12.
    HalfEven,
    /// Towards zero: 0.129 → 0.12.
    Down,
}

/// An exact rational number. Sums, differences, products and quotients lose nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(Ratio);

impl Exact {
    /// Zero.
    pub const fn zero() -> Self {
        Self(Ratio::whole(0))
    }

    /// One.
    pub const fn one() -> Self {
        Self(Ratio::whole(1))
    }

    /// `steps` of the size 10^-`decimals`, as stored values are kept [N1].
    pub fn from_steps(steps: i128, decimals: u32) -> Self {
        Self(Steps::Short(steps).over(decimals))
    }

    /// True for 0.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// True below 0.
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// The number without its sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// The product, or `None` if it would need more than [`DIGITS`] decimal digits [N3].
    pub fn checked_mul(&self, other: &Self) -> Option<Self> {
        let product = self * other;
        // A whole number of a machine's width has fewer.
        if product.to_i64().is_some() {
            return Some(product);
        }
        match product.decimal_digits() {
            Some(digits) if digits > DIGITS => None,
            _ => Some(product),
        }
    }

    /// The quotient, or `None` for a divisor of 0.
    pub fn checked_div(&self, other: &Self) -> Option<Self> {
        (!other.is_zero()).then(|| Self(self.0.over(&other.0)))
    }

    /// The largest whole number not above this one.
    #[must_use]
    pub fn floor(&self) -> Self {
        Self(self.0.floor())
    }

    /// The smallest whole number not below this one.
    #[must_use]
    pub fn ceil(&self) -> Self {
        -&(-self).floor()
    }

    /// This number kept within `low..=high`.
    #[must_use]
    pub fn clamp_to(&self, low: &Self, high: &Self) -> Self {
        self.clone().max(low.clone()).min(high.clone())
    }

    /// Rounded to `decimals` decimal places; still exact.
    #[must_use]
    pub fn round(&self, decimals: u32, rounding: Rounding) -> Self {
        Self(self.0.steps(decimals, rounding).over(decimals))
    }

    /// Digits with exactly `decimals` places, half-up, never "-0" [N7].
    pub fn fixed(&self, decimals: u32) -> String {
        self.fixed_with(decimals, Rounding::HalfUp)
    }

    /// Digits with exactly `decimals` places in the given rounding; zero prints no sign.
    pub fn fixed_with(&self, decimals: u32, rounding: Rounding) -> String {
        with_point(&self.0.steps(decimals, rounding), decimals)
    }

    /// Whether the decimal expansion ends, as every number a person writes does.
    pub fn is_decimal(&self) -> bool {
        self.0.decimal_places().is_some()
    }

    /// The whole number this is, where it is one and fits.
    pub fn to_i64(&self) -> Option<i64> {
        self.0.to_i64()
    }

    /// The value in steps of 10^-`decimals`, where it is a whole number of them and fits.
    pub fn to_steps(&self, decimals: u32) -> Option<i64> {
        let places = self.0.decimal_places()?;
        let steps = self.0.steps(decimals, Rounding::Down);
        (places <= decimals).then(|| steps.to_i64()).flatten()
    }

    /// The nearest double: for intervals, charts and the shortest text that reads back to it [D6].
    /// Never used in a rule [N4].
    pub fn to_f64(&self) -> f64 {
        if let Some(nearest) = self.0.quotient() {
            return nearest;
        }
        // Far more digits than a double holds, with a sticky last digit, parsed once: correctly rounded.
        self.to_significant(60).parse().unwrap_or(f64::NAN)
    }

    /// The shortest decimal that reads back to the nearest double, as written to CSV and JSON [D6].
    pub fn shortest(&self) -> String {
        let nearest = self.to_f64();
        if nearest == 0.0 { "0".to_owned() } else { format!("{nearest}") }
    }

    /// All digits where the expansion ends, else `digits` significant ones with the last one kept
    /// non-zero where something was cut off.
    fn to_significant(&self, digits: u32) -> String {
        if let Some(places) = self.0.decimal_places() {
            return self.fixed(places);
        }
        let places = digits.saturating_sub(self.0.whole_digits()).max(1);
        let mut text = self.fixed_with(places, Rounding::Down);
        if text.ends_with('0') {
            text.pop();
            text.push('1');
        }
        text
    }

    /// The number as the end of a written calculation: `= 12.5`, or `≈ 12.3333` where it has more than four decimals.
    pub fn equals(&self) -> String {
        match self.0.decimal_places() {
            Some(places) if places <= 4 => format!("= {}", self.fixed(places)),
            _ => format!("≈ {}", self.fixed(4)),
        }
    }

    fn decimal_digits(&self) -> Option<u32> {
        Some(digits(&self.0.steps(self.0.decimal_places()?, Rounding::Down).digits()))
    }
}

fn with_point(steps: &Steps, decimals: u32) -> String {
    let (mut digits, decimals) = (steps.digits(), decimals as usize);
    if digits.len() <= decimals {
        digits.insert_str(0, &"0".repeat(decimals + 1 - digits.len()));
    }
    if decimals > 0 {
        digits.insert(digits.len() - decimals, '.');
    }
    if steps.is_negative() {
        digits.insert(0, '-');
    }
    digits
}

impl From<i64> for Exact {
    fn from(value: i64) -> Self {
        Self::from_steps(value.into(), 0)
    }
}

impl From<i32> for Exact {
    fn from(value: i32) -> Self {
        Self::from(i64::from(value))
    }
}

impl From<usize> for Exact {
    fn from(value: usize) -> Self {
        Self(Steps::Short(i128::try_from(value).unwrap_or(i128::MAX)).over(0))
    }
}

/// The text is not a plain decimal number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotADecimal;

impl FromStr for Exact {
    type Err = NotADecimal;

    /// A plain decimal as TOML or CSV writes it: sign, digits, point, exponent.
    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let text = text.replace('_', "");
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_| NotADecimal)?),
            None => (text.as_str(), 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = whole.strip_prefix(['+', '-']).unwrap_or(whole);
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if digits.is_empty() && fraction.is_empty() || !all_digits(digits) || !all_digits(fraction) || exponent.abs() > 400 {
            return Err(NotADecimal);
        }
        let places = i32::try_from(fraction.len()).map_err(|_| NotADecimal)? - exponent;
        let is_negative = whole.starts_with('-');
        if let (1..=18, Ok(places @ 0..=18)) = (digits.len() + fraction.len(), u32::try_from(places)) {
            let steps: i128 = format!("{digits}{fraction}").parse().map_err(|_| NotADecimal)?;
            return Ok(Self::from_steps(if is_negative { -steps } else { steps }, places));
        }
        let steps: BigInt = format!("{digits}{fraction}").parse().map_err(|_| NotADecimal)?;
        let scale = power_of_ten(places.unsigned_abs());
        let magnitude = if places >= 0 { BigRational::new(steps, scale) } else { BigRational::from_integer(steps * scale) };
        Ok(Self(Ratio::of(if is_negative { -magnitude } else { magnitude })))
    }
}

impl fmt::Display for Exact {
    /// All digits where the expansion ends, else [`DIGITS`] significant digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(places) = self.0.decimal_places() {
            return f.write_str(&self.fixed(places));
        }
        // Leading zeros of a small fraction are not significant digits.
        let mut leading = 0;
        let mut scaled = self.abs();
        while scaled < Self::one() && leading < 60 {
            scaled = scaled * Self::from(10);
            leading += 1;
        }
        let places = if leading > 0 { DIGITS + leading - 1 } else { DIGITS.saturating_sub(scaled.0.whole_digits()) };
        f.write_str(&self.fixed(places))
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $do:expr) => {
        impl $trait for &Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact {
                let reckon: fn(&Ratio, &Ratio) -> Ratio = $do;
                Exact(reckon(&self.0, &other.0))
            }
        }
        impl $trait for Exact {
            type Output = Exact;
            fn $method(self, other: Exact) -> Exact {
                (&self).$method(&other)
            }
        }
    };
}
operator!(Add, add, Ratio::plus);
operator!(Sub, sub, |a, b| a.plus(&b.negated()));
operator!(Mul, mul, Ratio::times);

impl Neg for &Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        Exact(self.0.negated())
    }
}

impl<'a> std::iter::Sum<&'a Exact> for Exact {
    fn sum<I: Iterator<Item = &'a Exact>>(items: I) -> Self {
        Self(Ratio::sum(items.map(|item| &item.0)))
    }
}

impl Serialize for Exact {
    /// A decimal string, so that no reader turns it into a binary float.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Exact {
    /// A TOML or JSON number as written, or a decimal string. `nan` and `inf` are refused.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ExactVisitor)
    }
}

struct ExactVisitor;

impl serde::de::Visitor<'_> for ExactVisitor {
    type Value = Exact;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Exact, E> {
        Ok(Exact::from(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Exact, E> {
        Ok(Exact(Ratio::of(BigRational::from_integer(BigInt::from(value)))))
    }

    /// The shortest text of a double is the text as written for up to 15 digits.
    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Exact, E> {
        format!("{value}").parse().map_err(|_| E::custom("a finite number is needed"))
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Exact, E> {
        value.parse().map_err(|_| E::invalid_value(serde::de::Unexpected::Str(value), &self))
    }
}

impl schemars::JsonSchema for Exact {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["number", "string"], "description": "A decimal number, taken as written." })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        text.parse().expect("a decimal")
    }

    /// N5: 57 of 100 × 100 is exactly 57; 2 of 3 × 100 has 28 digits.
    #[test]
    fn a_quotient_is_exact_or_has_28_digits() {
        let percent = |n: i64, d: i64| (Exact::from(n) * Exact::from(100)).checked_div(&Exact::from(d)).expect("d > 0");
        assert_eq!(percent(57, 100), Exact::from(57));
        assert_eq!(percent(2, 3).to_string(), "66.66666666666666666666666667");
        assert_eq!(percent(1, 300).to_string(), "0.3333333333333333333333333333");
    }

    /// N7: half-up is half away from zero, and zero never prints a sign.
    #[test]
    fn display_rounds_half_away_from_zero() {
        for (text, decimals, shown) in
            [("-0.05", 1, "-0.1"), ("-0.04", 1, "0.0"), ("4.755", 2, "4.76"), ("2.5", 0, "3"), ("0.005", 2, "0.01"), ("12", 2, "12.00")]
        {
            assert_eq!(exact(text).fixed(decimals), shown, "{text} at {decimals}");
        }
    }

    /// N4: quotients of whole numbers are reduced, whatever their signs and sizes.
    #[test]
    fn quotients_are_reduced() {
        let over = |n: &str, d: &str| exact(n).checked_div(&exact(d));
        assert_eq!(over("6", "-4"), Some(exact("-1.5")));
        assert_eq!(over("-6", "-4"), over("3", "2"));
        assert_eq!(over("0", "-4"), Some(Exact::zero()));
        assert_eq!(over("0.6", "0.4"), Some(exact("1.5")));
        assert_eq!(over("3e40", "2e40"), Some(exact("1.5")));
        assert_eq!(over("1", "0"), None);
    }

    #[test]
    fn a_calculation_says_whether_its_end_is_rounded() {
        assert_eq!(
            ["12.5", "-3", "0.1234", "0.12345", "2.99999"].map(|text| exact(text).equals()),
            ["= 12.5", "= -3", "= 0.1234", "≈ 0.1235", "≈ 3.0000"]
        );
    }

    /// P9: the three roundings of the policy.
    #[test]
    fn the_policy_names_three_roundings() {
        let shown = |rounding| ["0.125", "0.135", "-0.125", "0.129"].map(|text| exact(text).fixed_with(2, rounding));
        assert_eq!(shown(Rounding::HalfUp), ["0.13", "0.14", "-0.13", "0.13"]);
        assert_eq!(shown(Rounding::HalfEven), ["0.12", "0.14", "-0.12", "0.13"]);
        assert_eq!(shown(Rounding::Down), ["0.12", "0.13", "-0.12", "0.12"]);
    }

    /// N4: a number is taken as written, also through a TOML float.
    #[test]
    fn numbers_are_taken_as_written() {
        assert_eq!(exact("8.05"), Exact::from_steps(805, 2));
        assert_eq!(serde_json::from_str::<Exact>("8.05").ok(), Some(Exact::from_steps(805, 2)));
        assert_eq!(exact("1e3"), Exact::from(1000));
        assert!(["", ".", "nan", "inf", "1.2.3", "0x1", "1e9999"].iter().all(|text| text.parse::<Exact>().is_err()));
    }

    /// N3: a product beyond 28 digits is refused, nothing wraps.
    #[test]
    fn a_product_beyond_28_digits_is_refused() {
        let large = exact("1000000000000000");
        assert!(large.checked_mul(&exact("1000000000000")).is_some());
        assert!(large.checked_mul(&large).is_none());
    }

    /// D6: the shortest text reads back to the nearest double.
    #[test]
    fn shortest_reads_back_to_the_nearest_double() {
        let third = Exact::from(1).checked_div(&Exact::from(3)).expect("3 is not 0");
        assert_eq!(third.shortest(), "0.3333333333333333");
        assert_eq!(exact("0.1").shortest(), "0.1");
        assert_eq!(exact("9007199254740993").shortest(), "9007199254740992");
    }

    proptest::proptest! {
        /// D6: one division gives the double that 60 digits give.
        #[test]
        fn the_nearest_double_is_one_either_way(above in -(1_i64 << 53)..=1 << 53, below in 1_i64..=1 << 53) {
            let number = Exact::from(above).checked_div(&Exact::from(below)).expect("not 0");
            let nearest = number.0.quotient().expect("both are doubles");
            proptest::prop_assert_eq!(number.to_significant(60).parse(), Ok(nearest));
        }
    }
}
