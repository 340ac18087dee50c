//! The month of a date as registers write it.

use crate::intake::period_text;
use crate::period::Month;

/// The month of a date, a time of day behind it or none, or of a month; `None` for anything else.
#[inline]
pub(super) fn month_of(cell: &[u8]) -> Option<Month> {
    usual(cell).or_else(|| other(cell))
}

/// `2025-03-07`, as most registers write it.
#[inline]
fn usual(cell: &[u8]) -> Option<Month> {
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = cell else { return None };
    let are_digits = [y0, y1, y2, y3, m0, m1, d0, d1].into_iter().fold(true, |all, byte| all & byte.is_ascii_digit());
    let number = |digits: &[&u8]| digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit.wrapping_sub(b'0')));
    if are_digits { valid(number(&[y0, y1, y2, y3]), number(&[m0, m1]), number(&[d0, d1])) } else { None }
}

fn other(cell: &[u8]) -> Option<Month> {
    plain(cell).or_else(|| {
        let span = period_text::parse(std::str::from_utf8(cell).ok()?, None)?.span;
        (span.len() == 1).then_some(span.first())
    })
}

/// `2025-03-07`, `2025/3/7`, `2025.3.7`, `2025年3月7日` and `20250307`, read without allocation.
fn plain(cell: &[u8]) -> Option<Month> {
    let (year, rest) = number(cell, 4)?;
    if let [b'0'..=b'9', ..] = rest {
        let (month, rest) = number(rest.get(..2)?, 2).map(|(month, _)| (month, &rest[2..]))?;
        let (day, rest) = number(rest.get(..2)?, 2).map(|(day, _)| (day, &rest[2..]))?;
        let is_clock = rest.len() == 6 && rest.iter().all(u8::is_ascii_digit);
        return valid(year, month, day).filter(|_| is_clock || ends(rest));
    }
    let (first, rest) = joint(rest, "年")?;
    let (month, rest) = up_to_two(rest)?;
    let (second, rest) = joint(rest, "月")?;
    let (day, rest) = up_to_two(rest)?;
    let rest = rest.strip_prefix("日".as_bytes()).unwrap_or(rest);
    valid(year, month, day).filter(|_| first == second && ends(rest))
}

/// What stands behind a number: one of `- / .`, or this word, as 0.
fn joint<'c>(rest: &'c [u8], word: &str) -> Option<(u8, &'c [u8])> {
    match rest {
        [joint @ (b'-' | b'/' | b'.'), rest @ ..] => Some((*joint, rest)),
        _ => rest.strip_prefix(word.as_bytes()).map(|rest| (0, rest)),
    }
}

fn number(text: &[u8], digits: usize) -> Option<(u32, &[u8])> {
    let (number, rest) = (text.get(..digits)?, text.get(digits..)?);
    let value = number.iter().try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + u32::from(byte - b'0')))?;
    Some((value, rest))
}

fn up_to_two(text: &[u8]) -> Option<(u32, &[u8])> {
    number(text, 2).or_else(|| number(text, 1))
}

/// Nothing follows but a time of day.
fn ends(rest: &[u8]) -> bool {
    matches!(rest, [] | [b' ' | b'T', b'0'..=b'9', ..])
}

fn valid(year: u32, month: u32, day: u32) -> Option<Month> {
    let month = Month::new(i32::try_from(year).ok()?, month)?;
    // Every month has 28 days.
    (day != 0 && (day <= 28 || i64::from(day) <= month.days())).then_some(month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_registers_write_them() {
        let march = [
            "2025-03-07",
            "2025-3-7",
            "2025/3/7",
            "2025.03.07",
            "20250307",
            "2025年3月7日",
            "2025年03月07日",
            "2025-03-07 09:30",
            "2025/3/7 9:30:00",
            "2025-03-07T09:30:00",
            "20250307093000",
            "2025-03",
            "2025年3月",
            "202503",
        ];
        for text in march {
            assert_eq!(month_of(text.as_bytes()).map(|month| month.to_string()).as_deref(), Some("2025-03"), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "-",
            "2025",
            "2025-13-01",
            "2025-02-29",
            "20250230",
            "07.03.2025",
            "2025-03-07abc",
            "2025Q1",
            "2025-03/07",
            "45723",
            "约3月",
        ] {
            assert_eq!(month_of(text.as_bytes()), None, "{text}");
        }
    }
}
