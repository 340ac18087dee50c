//! Keys and identifiers of persons as numbers: equal exactly where the texts are.

use std::collections::HashMap;
use std::num::NonZeroU128;

use crate::intake::width::{half_width, is_blank};

/// The number of a text.
pub(super) type Identifier = NonZeroU128;

/// Whether capital and small letters, full and half width are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// They are: a key is what is written.
    Kept,
    /// They are not: `x` at the end of an identity number is `X`.
    Alike,
}

/// Stands between the parts of a key; no cell holds it.
const BETWEEN: u8 = 0x1f;
/// 41^23 is below 2^124.
const LONGEST: usize = 23;
/// Marks numbers of texts that are kept as they are.
const KEPT: u128 = 1 << 127;

/// Texts that are too long, or hold other signs, to be packed.
#[derive(Debug, Default)]
pub(super) struct Identifiers {
    kept: HashMap<Box<[u8]>, Identifier>,
    plain: Vec<u8>,
}

impl Identifiers {
    /// The number of a text in parts; `None` if all are blank.
    pub(super) fn number<'c>(&mut self, parts: impl Iterator<Item = &'c [u8]> + Clone, letters: Letters) -> Option<Identifier> {
        packed(parts.clone()).or_else(|| {
            if parts.clone().all(<[u8]>::is_empty) {
                return None;
            }
            self.write_plain(parts, letters);
            packed(std::iter::once(self.plain.as_slice())).or_else(|| Some(self.keep()))
        })
    }

    fn write_plain<'c>(&mut self, parts: impl Iterator<Item = &'c [u8]>, letters: Letters) {
        self.plain.clear();
        for (at, part) in parts.enumerate() {
            if at > 0 {
                self.plain.push(BETWEEN);
            }
            match (letters, std::str::from_utf8(part)) {
                (Letters::Alike, Ok(text)) => {
                    let signs = text.chars().map(half_width).filter(|sign| !is_blank(*sign));
                    let mut buffer = [0; 4];
                    for sign in signs.flat_map(char::to_uppercase) {
                        self.plain.extend_from_slice(sign.encode_utf8(&mut buffer).as_bytes());
                    }
                }
                _ => self.plain.extend_from_slice(part),
            }
        }
    }

    fn keep(&mut self) -> Identifier {
        if let Some(number) = self.kept.get(self.plain.as_slice()) {
            return *number;
        }
        // One more than twice as many as there are: any odd number will do.
        let number = Identifier::MIN | KEPT | (self.kept.len() as u128) << 1;
        self.kept.insert(self.plain.clone().into_boxed_slice(), number);
        number
    }
}

/// Digits, capitals and `- _ /` as a number in the digits 1 to 40 of base 41: without a digit 0, two texts never share one.
/// `None` for what is longer, holds other signs, or is blank in all parts.
pub(super) fn packed<'c>(parts: impl Iterator<Item = &'c [u8]>) -> Option<Identifier> {
    let (mut number, mut length, mut is_blank) = (0_u128, 0, true);
    for (at, part) in parts.enumerate() {
        let between = if at > 0 { &[BETWEEN][..] } else { &[] };
        length += between.len() + part.len();
        if length > LONGEST {
            return None;
        }
        is_blank &= part.is_empty();
        for byte in between.iter().chain(part) {
            let digit = match byte {
                b'0'..=b'9' => byte - b'0' + 1,
                b'A'..=b'Z' => byte - b'A' + 11,
                b'-' => 37,
                b'_' => 38,
                b'/' => 39,
                &BETWEEN => 40,
                _ => return None,
            };
            number = number * 41 + u128::from(digit);
        }
    }
    Identifier::new(number).filter(|_| !is_blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(known: &mut Identifiers, text: &str, letters: Letters) -> Option<Identifier> {
        known.number(text.split('|').map(str::as_bytes), letters)
    }

    /// Texts are one if and only if their numbers are, packed or kept.
    #[test]
    fn numbers_are_equal_exactly_where_texts_are() {
        let mut known = Identifiers::default();
        let long = "9".repeat(30);
        let texts = ["1", "01", "0", "00", "A", "1|2", "12", "1|2|", "|12", "a", "甲", "R-1", "R_1", "R/1", "11010119900307123X", &long];
        let numbers: Vec<_> = texts.iter().map(|text| number(&mut known, text, Letters::Kept)).collect();
        for (at, one) in numbers.iter().enumerate() {
            assert!(one.is_some(), "{}", texts[at]);
            assert_eq!(numbers.iter().position(|other| other == one), Some(at), "{}", texts[at]);
            assert_eq!(number(&mut known, texts[at], Letters::Kept), *one);
        }
        assert_eq!(number(&mut known, "", Letters::Kept), None);
        assert_eq!(number(&mut known, "|", Letters::Kept), None);
    }

    /// The longest that is packed, of the greatest digit, stays below the mark of texts that are kept.
    #[test]
    fn packed_numbers_stay_below_the_mark() {
        let greatest = [BETWEEN; LONGEST];
        let packed = packed(std::iter::once(&greatest[..]));
        assert!(packed.is_some_and(|packed| packed.get() < 1 << 124));
    }

    #[test]
    fn persons_are_the_same_in_small_letters_and_full_width() {
        let mut known = Identifiers::default();
        let one = number(&mut known, "11010119900307123X", Letters::Alike);
        for same in ["11010119900307123x", "１１０１０１１９９００３０７１２３Ｘ", "110101 19900307 123X"] {
            assert_eq!(number(&mut known, same, Letters::Alike), one, "{same}");
        }
        assert_ne!(number(&mut known, "110101900307123", Letters::Alike), one);
        assert_ne!(number(&mut known, "110101199003071231", Letters::Alike), one);
    }
}
