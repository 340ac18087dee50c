//! Plain numbers, read eight digits at a time.

use super::{MOST_STEPS, Quick, Shape};

/// A cell as far as it can be read before its item is known: a number as it is written, or a blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digits {
    number: Quick,
    places: u8,
}

impl Digits {
    /// Looks at a cell, the first bytes of these, `length` of them. What stands behind it may be anything.
    #[inline]
    pub fn read(bytes: &[u8], length: usize) -> Self {
        if let Some(number) = up_to_eight(bytes, length) {
            return Self { number: Quick(number), places: 0 };
        }
        let cell = bytes.get(..length).unwrap_or(bytes);
        if let Some(number) = hundredths(bytes, cell) {
            return Self { number: Quick(number), places: 2 };
        }
        match digits(cell) {
            Some((mantissa, places)) => Self { number: Quick(mantissa), places: u8::try_from(places).unwrap_or(u8::MAX) },
            None if cell.is_empty() => Self { number: Quick::BLANK, places: 0 },
            None => Self { number: Quick::UNCLEAN, places: 0 },
        }
    }

    /// What the cell is in the steps of an item.
    #[inline]
    pub fn of_shape(self, shape: &Shape) -> Quick {
        match self.number.steps() {
            Some(mantissa) => steps(mantissa, usize::from(self.places), shape).map_or(Quick::UNCLEAN, Quick),
            None => self.number,
        }
    }
}

/// The number of a cell of one to eight digits, where eight bytes can be looked at.
#[inline]
fn up_to_eight(bytes: &[u8], length: usize) -> Option<i64> {
    const ZEROS: u64 = 0x3030_3030_3030_3030;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    if !(1..=8).contains(&length) {
        return None;
    }
    // The digits stand in the high bytes, and zeros before them.
    let lacking = 8 * (8 - length);
    let word = u64::from_le_bytes(*bytes.first_chunk()?) << lacking | ZEROS >> 1 >> (63 - lacking);
    let (below, above) = (word.wrapping_sub(ZEROS), word.wrapping_add(0x4646_4646_4646_4646));
    if (below | above) & HIGH != 0 {
        return None;
    }
    // Digits become pairs, and four pairs one number: the bytes of each factor are the powers of ten of the places.
    let pairs = below.wrapping_mul(10).wrapping_add(below >> 8);
    let outer = (pairs & 0x0000_00ff_0000_00ff).wrapping_mul(0x000f_4240_0000_0064);
    let inner = (pairs >> 16 & 0x0000_00ff_0000_00ff).wrapping_mul(0x0000_2710_0000_0001);
    Some((outer.wrapping_add(inner) >> 32).cast_signed())
}

/// The hundredths of an amount with two digits behind its point.
#[inline]
fn hundredths(bytes: &[u8], cell: &[u8]) -> Option<i64> {
    let [whole @ .., b'.', tens @ b'0'..=b'9', ones @ b'0'..=b'9'] = cell else { return None };
    let whole = up_to_eight(bytes, whole.len())?;
    Some(whole * 100 + i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
}

/// A number of digits with an optional minus and point, which has nothing to repair, and how many of the digits stand behind
/// the point.
#[inline]
fn digits(cell: &[u8]) -> Option<(i64, usize)> {
    let (is_negative, digits) = match cell {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, cell),
    };
    // 18 digits cannot overflow.
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let (whole, rest) = leading_digits(digits, 0);
    let (mantissa, places) = match rest {
        [] => (whole, 0),
        [b'.', fraction @ ..] if digits.len() > 1 => match leading_digits(fraction, whole) {
            (mantissa, []) => (mantissa, fraction.len()),
            _ => return None,
        },
        _ => return None,
    };
    Some((if is_negative { -mantissa } else { mantissa }, places))
}

/// The number in the steps of an item, if it has no more decimals and is not too large.
#[inline]
fn steps(mantissa: i64, places: usize, shape: &Shape) -> Option<i64> {
    let power = i64::from(shape.decimals) + i64::from(shape.multiplier_power) - i64::try_from(places).ok()?;
    let steps = if power == 0 { mantissa } else { mantissa.checked_mul(*POWERS.get(usize::try_from(power).ok()?)?)? };
    (steps.abs() <= MOST_STEPS).then_some(steps)
}

/// `value` with the digits at the front of `text` behind it, and what follows them.
#[inline]
fn leading_digits(mut text: &[u8], mut value: i64) -> (i64, &[u8]) {
    while let [byte @ b'0'..=b'9', rest @ ..] = text {
        value = value * 10 + i64::from(*byte - b'0');
        text = rest;
    }
    (value, text)
}

const POWERS: [i64; 16] = {
    let mut powers = [1; 16];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever stands behind a cell, it is the number that its digits spell one by one.
        #[test]
        fn eight_at_a_time_is_one_by_one(cell in "-?[0-9]{0,10}(\\.[0-9]{0,3})?|[0-9./:;\u{0}-\u{7f}]{0,9}", behind in "[0-9,.\n]{0,12}") {
            let found = Digits::read([cell.as_str(), behind.as_str()].concat().as_bytes(), cell.len());
            let expected = match digits(cell.as_bytes()) {
                Some((mantissa, places)) => Digits { number: Quick(mantissa), places: u8::try_from(places).expect("a few") },
                None if cell.is_empty() => Digits { number: Quick::BLANK, places: 0 },
                None => Digits { number: Quick::UNCLEAN, places: 0 },
            };
            prop_assert_eq!(found, expected, "{:?} before {:?}", cell, behind);
        }
    }

    #[test]
    fn numbers_of_every_length_are_read() {
        for (text, number) in [("7", 7), ("42", 42), ("90210", 90_210), ("12345678", 12_345_678), ("00000001", 1), ("99999999", 99_999_999)]
        {
            assert_eq!(up_to_eight(format!("{text},1234567").as_bytes(), text.len()), Some(number), "{text}");
        }
        for text in ["", "1/", ":1", "1:", "\u{7f}", "-1", "1234567x", "123456789"] {
            assert_eq!(up_to_eight(format!("{text},1234567").as_bytes(), text.len()), None, "{text}");
        }
        assert_eq!(up_to_eight(b"1234567", 7), None);
    }
}
