//! Short texts as numbers, which are compared at once.

/// Stands for a text that is not short: no short one has this number.
pub(super) const LONG: u128 = u128::MAX;

/// Bytes of the longest short text.
const LONGEST: usize = 15;

/// The bytes of a short text, and how many there are: equal exactly where the texts are. `None` for a longer one.
#[inline]
pub(super) fn short(text: &[u8]) -> Option<u128> {
    let length = text.len();
    if length > LONGEST {
        return None;
    }
    // The bytes are fetched in pieces of one size, which may overlap.
    let (low, high) = match (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), behind(u64::from_le_bytes(*last), 16 - length)),
        _ => (up_to_seven(text), 0),
    };
    let length = u64::try_from(length).ok()? << 56;
    Some(u128::from(low) | u128::from(high | length) << 64)
}

/// What is left of eight bytes without so many at the front, one to eight of them.
#[inline]
fn behind(eight: u64, bytes: usize) -> u64 {
    eight >> 8 >> (8 * (bytes - 1))
}

#[inline]
fn up_to_seven(text: &[u8]) -> u64 {
    match (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            let last = u64::from(u32::from_le_bytes(*last)) >> (8 * (8 - text.len()));
            u64::from(u32::from_le_bytes(*first)) | last << 32
        }
        _ => text.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn short_texts_are_one_exactly_where_their_bytes_are() {
        let texts =
            ["", "\0", "A", "A\0", "\0A", "AAAA", "AAAAA", "AAAAAAAA", "AAAAAAAAA", "中心医院中", "123456789012345", "12345678901234"];
        let packed: Vec<u128> = texts.iter().map(|text| short(text.as_bytes()).expect("a short text")).collect();
        for (at, one) in packed.iter().enumerate() {
            assert_eq!(packed.iter().position(|other| other == one), Some(at), "{:?}", texts[at]);
        }
        assert_eq!(short(b"1234567890123456"), None);
        assert_eq!(short(&[b'A'; 300]), None);
    }

    proptest! {
        /// The number is the bytes themselves, the first one lowest, and their count in the highest byte.
        #[test]
        fn a_short_text_is_its_bytes(text in prop::collection::vec(any::<u8>(), 0..=15)) {
            let mut bytes = [0; 16];
            bytes[..text.len()].copy_from_slice(&text);
            bytes[15] = u8::try_from(text.len()).expect("a few");
            prop_assert_eq!(short(&text), Some(u128::from_le_bytes(bytes)));
        }
    }
}
