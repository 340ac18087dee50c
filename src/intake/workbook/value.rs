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

    /// The text of a cell with this style.
    pub(super) fn text(&self, value: &DataRef, style: usize) -> String {
        let format = self.0.get(style).copied().unwrap_or(Format::Plain);
        match value {
            DataRef::Float(value) => number(*value, format),
            DataRef::Int(value) if format != Format::Percent => value.to_string(),
            DataRef::Int(value) => percent_of_integer(*value),
            DataRef::SharedString(text) => (*text).to_owned(),
            DataRef::Bool(value) => truth(*value),
            DataRef::DateTime(value) => date(value, format),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
            DataRef::Error(error) => error_mark(error),
            DataRef::Empty => String::new(),
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
        }
    }

    /// N6: a cell shown as 92.5% is 92.5%, whatever is stored.
    #[test]
    fn percent_cells_are_written_as_shown() {
        for (value, text) in [(0.925, "92.5%"), (1.0, "100%"), (0.07, "7%"), (0.0, "0%"), (-0.001, "-0.1%"), (12.0, "1200%")] {
            assert_eq!(number(value, Format::Percent), text);
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
