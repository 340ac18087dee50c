//! Numbers as people write them: the path for every cell that is not clean.

use super::notes::{Problem, Repair, Repairs};
use super::unit::Unit;
use super::{Cell, MOST_STEPS, Parsed, Shape};
use crate::intake::width::{half_width, is_full_width};

/// Marks that stand for "no figure" in place of one [D1], in lower case. Runs of dashes, dots or
/// slashes are marks too.
const MARKS: &[&str] = &["无", "n/a", "na", "nan", "null", "none", "未填报", "未填", "未报", "未上报", "缺失", "不适用"];

/// What a spreadsheet shows where a formula failed, in lower case.
const FAILED: &[&str] = &["#div/0!", "#n/a", "#name?", "#null!", "#num!", "#ref!", "#value!", "#data!"];

/// Reads a cell that is not plain digits.
#[cold]
#[inline(never)]
pub(super) fn parse(cell: &[u8], shape: &Shape) -> Parsed {
    let rejected = |problem| Parsed::clean(Cell::Rejected(problem));
    let Ok(text) = std::str::from_utf8(cell) else { return rejected(Problem::NotANumber) };
    let plain: String = text.chars().map(half_width).collect();
    let plain = plain.trim();
    let mut repairs = Repairs::NONE;
    if plain.is_empty() {
        return Parsed::clean(Cell::Missing);
    }
    if plain.starts_with('#') && FAILED.contains(&plain.to_lowercase().as_str()) {
        repairs.add(Repair::FailedFormula);
        return Parsed { cell: Cell::Missing, repairs };
    }
    if is_mark(plain) {
        repairs.add(Repair::MissingMark);
        return Parsed { cell: Cell::Missing, repairs };
    }
    // Two lines are two numbers, not thousands.
    if text.trim().contains(char::is_control) {
        return rejected(Problem::NotANumber);
    }
    if text.chars().any(is_full_width) {
        repairs.add(Repair::FullWidth);
    }
    match read(plain, shape, &mut repairs) {
        Ok(steps) => Parsed { cell: Cell::Value(steps), repairs },
        Err(problem) => rejected(problem),
    }
}

fn is_mark(text: &str) -> bool {
    let only = |marks: &[char]| text.chars().all(|c| marks.contains(&c));
    let is_run = only(&['-', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2212}', '\u{2500}']) || only(&['/', '\\']);
    let is_dots = only(&['.', '\u{2026}', '\u{2025}', '\u{22ef}']) && text != ".";
    is_run || is_dots || MARKS.contains(&text.to_lowercase().as_str())
}

fn read(text: &str, shape: &Shape, repairs: &mut Repairs) -> Result<i64, Problem> {
    let text = without_prefix(text, repairs);
    let (is_negative, text) = sign(text, repairs);
    let text = match text.strip_prefix(['¥', '\u{ffe5}']) {
        Some(amount) if !shape.percent => {
            repairs.add(Repair::Unit);
            amount.trim_start()
        }
        _ => text,
    };
    let (body, rest) = text.split_at(text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ' '))).unwrap_or(text.len()));
    let (digits, places) = digits(body.trim_end(), repairs).ok_or(Problem::NotANumber)?;
    let (exponent, rest) = exponent(rest, repairs)?;
    let power = i64::from(unit_power(rest.trim_start(), shape, repairs)?);
    let steps = steps(&digits, exponent + power + i64::from(shape.decimals) - places, shape, repairs)?;
    Ok(if is_negative { -steps } else { steps })
}

/// The apostrophe with which spreadsheets keep a number as text.
fn without_prefix<'a>(text: &'a str, repairs: &mut Repairs) -> &'a str {
    match text.strip_prefix(['\'', '\u{2018}', '\u{2019}']) {
        Some(rest) => {
            repairs.add(Repair::TextPrefix);
            rest.trim_start()
        }
        None => text,
    }
}

fn sign<'a>(text: &'a str, repairs: &mut Repairs) -> (bool, &'a str) {
    if let Some(rest) = text.strip_prefix('-') {
        return (true, rest.trim_start());
    }
    if let Some(rest) = text.strip_prefix('+') {
        return (false, rest.trim_start());
    }
    let bracketed = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let marked = text.strip_prefix(['\u{2212}', '\u{2013}', '\u{2014}', '△', '▲']);
    match bracketed.or(marked) {
        Some(rest) => {
            repairs.add(Repair::NegativeMark);
            (true, rest.trim())
        }
        None => (false, text),
    }
}

/// The digits without point and thousands separators, and how many of them stand after the point.
fn digits(body: &str, repairs: &mut Repairs) -> Option<(String, i64)> {
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = whole.contains([',', ' ']);
    let whole = if grouped { ungroup(whole)? } else { whole.to_owned() };
    if !all_digits(&whole) || !all_digits(fraction) || whole.is_empty() && fraction.is_empty() {
        return None;
    }
    if grouped {
        repairs.add(Repair::Thousands);
    }
    Some((whole + fraction, i64::try_from(fraction.len()).ok()?))
}

/// `1,234,567` or `1 234 567`: one separator throughout, groups of exactly three after the first,
/// no leading zero, which would be a decimal comma.
fn ungroup(whole: &str) -> Option<String> {
    let separator = if whole.contains(',') { ',' } else { ' ' };
    let mut groups = whole.split(separator);
    let first = groups.next()?;
    let is_sound = matches!(first.len(), 1..=3) && !first.starts_with('0') && groups.all(|group| group.len() == 3);
    is_sound.then(|| whole.replace(separator, ""))
}

/// The exponent of `3.2e4`, 0 without one, and what follows.
fn exponent<'a>(rest: &'a str, repairs: &mut Repairs) -> Result<(i64, &'a str), Problem> {
    let Some(power) = rest.strip_prefix(['e', 'E']) else { return Ok((0, rest)) };
    let unsigned = power.strip_prefix(['+', '-']).unwrap_or(power);
    let end = power.len() - unsigned.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (power, rest) = power.split_at(end);
    repairs.add(Repair::Scientific);
    let power: i16 = power.parse().map_err(|_| Problem::NotANumber)?;
    Ok((i64::from(power), rest))
}

/// The power of ten that the header's or the cell's unit stands for [N6].
fn unit_power(text: &str, shape: &Shape, repairs: &mut Repairs) -> Result<i32, Problem> {
    if text.is_empty() {
        return Ok(shape.multiplier_power);
    }
    let unit = Unit::parse(text).ok_or(Problem::NotANumber)?;
    match unit {
        Unit::Percent | Unit::PerMille if !shape.percent => return Err(Problem::Percent),
        Unit::Times(_) if shape.percent => return Err(Problem::UnitDiffers),
        _ if shape.multiplier_power != 0 => return Err(Problem::UnitTwice),
        Unit::Percent | Unit::PerMille => repairs.add(Repair::PercentSign),
        Unit::Times(_) => repairs.add(Repair::Unit),
    }
    Ok(unit.power())
}

/// `digits` × 10^`power` as a whole number of steps, rounded half-up where the item allows it [N2, N3].
fn steps(digits: &str, power: i64, shape: &Shape, repairs: &mut Repairs) -> Result<i64, Problem> {
    let significant = digits.trim_start_matches('0');
    let kept = significant.trim_end_matches('0');
    if kept.is_empty() {
        return Ok(0);
    }
    let length = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
    let power = power + length(significant) - length(kept);
    // Digits before the point of the result: 16 are enough for 10^15.
    let before_point = length(kept) + power;
    if before_point > 16 {
        return Err(Problem::TooLarge);
    }
    if power < 0 && shape.decimals == 0 {
        return Err(Problem::Fraction);
    }
    let digit = |at: i64| usize::try_from(at).ok().and_then(|at| kept.as_bytes().get(at)).map_or(0, |byte| i64::from(byte - b'0'));
    let whole = (0..before_point).fold(0, |whole, at| whole * 10 + digit(at));
    if power < 0 {
        repairs.add(Repair::Rounded);
    }
    let steps = whole + i64::from(power < 0 && digit(before_point) >= 5);
    if steps > MOST_STEPS { Err(Problem::TooLarge) } else { Ok(steps) }
}
