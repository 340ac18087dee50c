//! Cells of a workbook as text.
//!
//! A workbook stores numbers as binary doubles. They are read at 15 significant digits, as a spreadsheet
//! shows them [N2]; a cell shown in percent is written with `%`, so that 0.925 shown as 92.5% is 92.5 [N6];
//! a date is written as far as its format shows it, so that a cell shown as 2025年 is a year.

use calamine::{CellErrorType, Data, DataRef, ExcelDateTime, Style};

/// The number formats of a workbook, by style.
pub(super) struct Formats(Vec<Format>);

/// What a number format says about the meaning of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Plain,
    Percent,
    /// A date shown without its day.
    Month,
    /// A date of which only the year is shown.
    Year,
}

impl Formats {
    pub(super) fn new(styles: &[Style]) -> Self {
        let code = |style: &Style| style.number_format.as_ref().map_or(Format::Plain, |format| Format::of(&format.format_code));
        Self(styles.iter().map(code).collect())
    }

    /// Writes the text of a cell with this style.
    pub(super) fn write(&self, out: &mut String, value: &DataRef, style: usize) {
        let format = self.0.get(style).copied().unwrap_or(Format::Plain);
        match value {
            DataRef::Float(value) => write_number(out, *value, format),
            DataRef::Int(value) if format != Format::Percent => out.push_str(itoa::Buffer::new().format(*value)),
            DataRef::Int(value) => out.push_str(&percent_of_integer(*value)),
            DataRef::SharedString(text) => out.push_str(text),
            DataRef::Bool(value) => out.push_str(&truth(*value)),
            DataRef::DateTime(value) => out.push_str(&date(value, format)),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => out.push_str(text),
            DataRef::Error(error) => out.push_str(&error_mark(error)),
            DataRef::Empty => {}
        }
    }
}

/// The text of a cell whose number format is not known.
pub(super) fn plain(value: &Data) -> String {
    match value {
        Data::Float(value) => number(*value, Format::Plain),
        Data::Int(value) => value.to_string(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(value) => truth(*value),
        Data::DateTime(value) => date(value, Format::Plain),
        Data::Error(error) => error_mark(error),
        Data::Empty => String::new(),
    }
}

impl Format {
    /// Reads the first section of a format code, quoted text and brackets aside.
    fn of(code: &str) -> Self {
        let mut letters = String::new();
        let (mut quoted, mut bracketed) = (false, false);
        let mut chars = code.chars();
        while let Some(c) = chars.next() {
            match c {
                '"' => quoted = !quoted,
                _ if quoted => {}
                '\\' | '_' | '*' => drop(chars.next()),
                '[' => bracketed = true,
                ']' => bracketed = false,
                _ if bracketed => {}
                ';' => break,
                _ => letters.push(c.to_ascii_lowercase()),
            }
        }
        let has = |c: char| letters.contains(c);
        match () {
            () if has('%') => Self::Percent,
            () if has('y') && !has('m') && !has('d') => Self::Year,
            () if has('y') && has('m') && !has('d') && !has('h') => Self::Month,
            () => Self::Plain,
        }
    }
}

/// Writes what [`number`] gives.
fn write_number(out: &mut String, value: f64, format: Format) {
    let Some((whole, decimals)) = short(value).filter(|_| format != Format::Percent) else {
        out.push_str(&number(value, format));
        return;
    };
    if whole < 0 {
        out.push('-');
    }
    let mut digits = itoa::Buffer::new();
    let digits = digits.format(whole.unsigned_abs());
    let (before, behind) = digits.split_at(digits.len().saturating_sub(decimals as usize));
    out.push_str(if before.is_empty() { "0" } else { before });
    if decimals > 0 {
        out.push('.');
        out.extend(std::iter::repeat_n('0', decimals as usize - behind.len()));
        out.push_str(behind);
    }
}

/// The number as a whole one of at most 15 digits with so many decimals, if it has few of them.
///
/// No two decimals of 15 digits have the same nearest double, and dividing two whole numbers that doubles hold gives
/// the nearest one: a decimal found this way is the one that rounding to 15 digits gives.
fn short(value: f64) -> Option<(i64, u32)> {
    let is_it = |scale: f64| {
        let whole = (value * scale).round();
        #[expect(clippy::float_cmp, clippy::cast_possible_truncation, reason = "exactly this one, of 15 digits")]
        let found = (whole.abs() < 1e15 && whole / scale == value).then_some(whole as i64);
        found
    };
    [(1.0, 0), (10.0, 1), (100.0, 2), (1e3, 3), (1e4, 4)].into_iter().find_map(|(scale, decimals)| Some((is_it(scale)?, decimals)))
}

/// 15 significant digits, written out up to 10^15 and from there in scientific notation, as a spreadsheet
/// shows a code that it took for a number.
fn number(value: f64, format: Format) -> String {
    let shown = format!("{value:.14e}");
    let (mantissa, exponent) = shown.split_once('e').unwrap_or((&shown, "0"));
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits = mantissa.replace('.', "");
    let digits = digits.trim_end_matches('0');
    let Ok(exponent) = exponent.parse::<i32>() else { return shown };
    if digits.is_empty() {
        return if format == Format::Percent { "0%".to_owned() } else { "0".to_owned() };
    }
    let (exponent, mark) = if format == Format::Percent { (exponent + 2, "%") } else { (exponent, "") };
    format!("{sign}{}{mark}", digits_at(digits, exponent))
}

/// `digits` with the point behind the first one, times 10^`exponent`.
fn digits_at(digits: &str, exponent: i32) -> String {
    let (first, rest) = digits.split_at(digits.len().min(1));
    match usize::try_from(exponent) {
        Ok(whole) if whole < 15 => {
            let whole_digits = digits.get(..(whole + 1).min(digits.len())).unwrap_or(digits);
            let zeros = "0".repeat((whole + 1).saturating_sub(digits.len()));
            match digits.get(whole + 1..).filter(|fraction| !fraction.is_empty()) {
                Some(fraction) => format!("{whole_digits}.{fraction}"),
                None => format!("{whole_digits}{zeros}"),
            }
        }
        Err(_) if exponent >= -15 => {
            let zeros = usize::try_from(-exponent - 1).unwrap_or(0);
            format!("0.{}{digits}", "0".repeat(zeros))
        }
        _ => {
            let point = if rest.is_empty() { "" } else { "." };
            let sign = if exponent < 0 { "-" } else { "+" };
            format!("{first}{point}{rest}E{sign}{:02}", exponent.unsigned_abs())
        }
    }
}

fn percent_of_integer(value: i64) -> String {
    if value == 0 { "0%".to_owned() } else { format!("{value}00%") }
}

fn truth(value: bool) -> String {
    if value { "TRUE" } else { "FALSE" }.to_owned()
}

fn error_mark(error: &CellErrorType) -> String {
    error.to_string()
}

fn date(value: &ExcelDateTime, format: Format) -> String {
    if value.is_duration() {
        return number(value.as_f64(), Format::Plain);
    }
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    match format {
        Format::Year => format!("{year:04}"),
        Format::Month => format!("{year:04}-{month:02}"),
        _ if (hour, minute, second) == (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// N2: stored 0.30000000000000004 is 0.3; 15 significant digits are kept.
    #[test]
    fn numbers_are_read_at_fifteen_digits() {
        for (value, text) in [
            (0.1 + 0.2, "0.3"),
            (0.0, "0"),
            (-0.0, "0"),
            (5.0, "5"),
            (-12.5, "-12.5"),
            (1200.0, "1200"),
            (123_456.789, "123456.789"),
            (999_999_999_999_999.0, "999999999999999"),
            (0.000_001_25, "0.00000125"),
            (4.35 * 100.0, "435"),
            (1.10105e21, "1.10105E+21"),
            (1e15, "1E+15"),
            (2.5e-20, "2.5E-20"),
        ] {
            assert_eq!(number(value, Format::Plain), text);
            assert_eq!(written(value, Format::Plain), text);
        }
    }

    fn written(value: f64, format: Format) -> String {
        let mut text = String::new();
        write_number(&mut text, value, format);
        text
    }

    #[test]
    fn short_numbers_are_told_from_others() {
        assert_eq!(short(1_739_464.37), Some((173_946_437, 2)));
        assert_eq!(short(-0.5), Some((-5, 1)));
        assert_eq!(short(-0.0), Some((0, 0)));
        assert_eq!(short(999_999_999_999_999.0), Some((999_999_999_999_999, 0)));
        for other in [1e15, 0.1 + 0.2, 0.000_01, 1.0 / 3.0, f64::NAN, f64::INFINITY] {
            assert_eq!(short(other), None, "{other}");
        }
    }

    proptest::proptest! {
        /// The short way writes what the long one does: of decimals, of their neighbours and of any double.
        #[test]
        fn short_numbers_are_written_like_others(digits: i64, decimals in 0_u32..7, step in -2_i64..3, bits: u64) {
            let near = |value: f64| f64::from_bits(value.to_bits().wrapping_add_signed(step));
            for size in [1, 1_000, 1_000_000_000] {
                let decimal: f64 = format!("{}e-{decimals}", digits / size).parse().expect("a number");
                proptest::prop_assert_eq!(written(near(decimal), Format::Plain), number(near(decimal), Format::Plain));
            }
            let any = f64::from_bits(bits);
            proptest::prop_assert_eq!(written(any, Format::Plain), number(any, Format::Plain));
        }
    }

    /// N6: a cell shown as 92.5% is 92.5%, whatever is stored.
    #[test]
    fn percent_cells_are_written_as_shown() {
        for (value, text) in [(0.925, "92.5%"), (1.0, "100%"), (0.07, "7%"), (0.0, "0%"), (-0.001, "-0.1%"), (12.0, "1200%")] {
            assert_eq!(number(value, Format::Percent), text);
            assert_eq!(written(value, Format::Percent), text);
        }
        assert_eq!(percent_of_integer(1), "100%");
    }

    #[test]
    fn format_codes_are_told_apart() {
        for (code, format) in [
            ("General", Format::Plain),
            ("0.00%", Format::Percent),
            ("0.0\"%\"", Format::Plain),
            ("0\\%", Format::Plain),
            ("yyyy\"年\"m\"月\"", Format::Month),
            ("[$-804]yyyy\"年\"", Format::Year),
            ("yyyy-mm-dd", Format::Plain),
            ("#,##0;[Red]-#,##0%", Format::Plain),
        ] {
            assert_eq!(Format::of(code), format, "{code}");
        }
    }
}
