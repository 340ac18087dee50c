//! How a cell of the one model becomes a cell of a workbook: text, or the double nearest to a number.

use crate::report::table::{Column, Kind, Number};
use crate::text::Lang;

/// Units of UTF-16 that a cell may hold.
const LONGEST: usize = 32_767;
/// Digits that a double keeps, and that a spreadsheet program shows.
const DIGITS: usize = 15;

/// Text without control signs, short enough for a cell; lines stay.
pub(super) fn clean(text: &str) -> String {
    let kept = |sign: char| match sign {
        '\n' => Some('\n'),
        '\t' => Some(' '),
        '\u{fffe}' | '\u{ffff}' => None,
        sign => Some(sign).filter(|sign| !sign.is_control()),
    };
    let text: String = text.chars().filter_map(kept).collect();
    if text.encode_utf16().count() <= LONGEST {
        return text;
    }
    let mut left = LONGEST - 1;
    let mut cut: String = text.chars().take_while(|sign| left.checked_sub(sign.len_utf16()).map(|rest| left = rest).is_some()).collect();
    cut.push('…');
    cut
}

/// The double that stands for a number in a column of this kind; `None` where it would not keep the digits shown.
pub(super) fn double(number: &Number, kind: Kind) -> Option<f64> {
    // A fraction that does not end has no last digit to lose.
    let is_endless = number.decimals.is_none() && !number.exact.is_decimal();
    if !is_endless && digits(&shown(number)) > DIGITS {
        return None;
    }
    match (kind, number.decimals) {
        (Kind::Points, Some(decimals)) => number.exact.fixed(decimals).parse().ok(),
        _ => Some(number.exact.to_f64()),
    }
}

/// The number with the decimals shown, without its unit.
pub(super) fn shown(number: &Number) -> String {
    number.decimals.map_or_else(|| number.exact.to_string(), |decimals| number.exact.fixed(decimals))
}

/// Digits of a number from the first that is not 0.
fn digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).skip_while(|digit| *digit == '0').count()
}

/// The format that shows a number as its sheet does, with its unit behind it.
pub(super) fn format(number: &Number, column: &Column, lang: Lang) -> String {
    let decimals = match number.decimals {
        Some(decimals) => decimals as usize,
        None if number.exact.is_decimal() => shown(number).split_once('.').map_or(0, |(_, fraction)| fraction.len()),
        None => return "General".to_owned(),
    };
    let whole = if column.kind == Kind::Points { "0" } else { "#,##0" };
    let fraction = if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(decimals)) };
    let unit: String = number.unit.get(lang).chars().filter(|sign| *sign != '"' && !sign.is_control()).take(UNIT).collect();
    match unit.as_str() {
        "" => format!("{whole}{fraction}"),
        // In quotes: a bare % would make the program multiply by 100.
        "%" | "‰" => format!("{whole}{fraction}\"{unit}\""),
        _ => format!("{whole}{fraction}\" {unit}\""),
    }
}

/// Signs of a unit in a format, which may not be long.
const UNIT: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::table::Cell;
    use crate::text::Text;

    fn number(text: &str, decimals: Option<u32>, unit: &str) -> Number {
        Number { exact: text.parse().expect("a number"), decimals, unit: Text::same(unit) }
    }

    fn column(kind: Kind) -> Column {
        Column::plain("x", kind)
    }

    #[test]
    fn text_is_text_of_a_length_that_fits() {
        assert_eq!(clean("a\tb\nc\u{0}\u{1b}[31m\u{85}"), "a b\nc[31m");
        assert_eq!(clean(&"医".repeat(32_767)).chars().count(), 32_767);
        let cut = clean(&format!("a{}", "🏥".repeat(20_000)));
        assert_eq!((cut.encode_utf16().count(), cut.ends_with("🏥…")), (32_766, true));
    }

    /// A percentage is a plain number; what is shown has no influence on what stands in the cell.
    #[test]
    fn numbers_are_the_nearest_doubles() {
        assert_eq!(double(&number("54.6", Some(2), "%"), Kind::Value), Some(54.6));
        assert_eq!(double(&number("12.345", Some(2), ""), Kind::Points), Some(12.35));
        let third = Number { exact: number("100", None, "").exact.checked_div(&3.into()).expect("3 is not 0"), ..number("0", None, "") };
        assert_eq!(double(&third, Kind::Exact), Some(100.0 / 3.0));
    }

    #[test]
    fn more_digits_than_a_double_keeps_are_text() {
        assert_eq!(double(&number("123456789012345", None, ""), Kind::Exact), Some(123_456_789_012_345.0));
        assert_eq!(double(&number("1234567890123456", None, ""), Kind::Exact), None);
        assert_eq!(double(&number("-12345678901234.5678", Some(2), ""), Kind::Value), None);
        assert_eq!(double(&number("0.0000000000000001", None, ""), Kind::Exact), Some(1e-16));
    }

    #[test]
    fn formats_show_what_the_sheet_shows() {
        let format = |number: Number, kind| super::format(&number, &column(kind), Lang::En);
        assert_eq!(format(number("54.6", Some(2), "%"), Kind::Value), "#,##0.00\"%\"");
        assert_eq!(format(number("85", Some(2), ""), Kind::Points), "0.00");
        assert_eq!(format(number("1.5", None, ""), Kind::Exact), "#,##0.0");
        assert_eq!(format(number("3", Some(0), "\"per\" bed"), Kind::Value), "#,##0\" per bed\"");
        assert!(matches!(Cell::count(3), Cell::Number(count) if format(count.clone(), Kind::Count) == "#,##0"));
    }
}
