//! The number in a cell: the plain spellings that intake reads [N1, N2], everything else is no number.

use super::dialect::Dialect;
use super::statement::choice;

/// Marks that stand for no figure, in small letters: those of intake that databases can tell.
const MISSING: &str = "^((-|–|—|―|−|─)+|/+|[.][.]+|(…|‥|⋯)+|#(div/0!|n/a|name[?]|null!|num!|ref!|value!|data!)|\
                       n/a|na|nan|null|none|无|未填报|未填|未报|未上报|缺失|不适用)$";

/// Up to 15 digits before the point, in groups of three or not, and up to six behind it.
const NUMBER: &str = "^[-+]?([0-9]{1,15}|[1-9][0-9]{0,2}(,[0-9]{3}){1,4})([.][0-9]{1,6})?$";
/// The same with a sign of percent.
const PERCENT: &str = "^[-+]?([0-9]{1,15}|[1-9][0-9]{0,2}(,[0-9]{3}){1,4})([.][0-9]{1,6})?%$";

/// Digits of a number of a cell, and those behind its point.
const DIGITS: (u32, u32) = (22, 6);

/// How the cells of an item are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reading {
    /// Decimals of the item.
    pub(super) decimals: u32,
    /// Power of ten of the unit in the header.
    pub(super) power: i32,
    /// True where `92.5%` is 92.5.
    pub(super) percent: bool,
}

/// True for a cell without a figure.
pub(super) fn is_missing(dialect: Dialect, cell: &str) -> String {
    format!("{cell} = '' OR {}", dialect.matches(&format!("LOWER({cell})"), MISSING))
}

/// The number of a cell, nothing where it holds none; `with_percent` says when a sign of percent may stand behind it.
pub(super) fn number(dialect: Dialect, cell: &str, with_percent: Option<&str>) -> String {
    let mut plain = format!("REPLACE(REPLACE({cell}, ',', ''), '+', '')");
    let mut shape = dialect.matches(cell, NUMBER);
    if let Some(when) = with_percent {
        plain = format!("REPLACE({plain}, '%', '')");
        shape = format!("{shape} OR {when} AND {}", dialect.matches(cell, PERCENT));
    }
    // What is cast is a number or nothing, in whatever order a database works.
    dialect.as_decimal(&format!("CASE WHEN {shape} THEN {plain} END"), DIGITS.0, DIGITS.1)
}

/// A number that a register adds up or compares: read in steps of a millionth, it has the limit of all figures there [N3].
pub(super) fn finest(number: &str) -> String {
    format!("CASE WHEN ABS({number}) <= 1000000000 THEN {number} END")
}

/// A number in the unit of the item.
pub(super) fn scaled(dialect: Dialect, number: &str, power: i32) -> String {
    match u32::try_from(power) {
        Ok(0) => number.to_owned(),
        Ok(power) => format!("{number} * {}", 10_u64.pow(power)),
        Err(_) => format!("{number} * {}", constant(dialect, &format!("0.{}1", "0".repeat(power.unsigned_abs() as usize - 1)))),
    }
}

/// A number in plain digits. A fraction is cast from text, for to some databases a literal with a point is binary.
pub(super) fn constant(dialect: Dialect, number: &str) -> String {
    let Some((whole, fraction)) = number.split_once('.') else { return number.to_owned() };
    let length = |digits: &str| u32::try_from(digits.trim_start_matches('-').len()).unwrap_or(u32::MAX);
    dialect.as_decimal(&dialect.text(number), length(whole).saturating_add(length(fraction)), length(fraction))
}

/// A number at the decimals of an item [N2].
pub(super) fn rounded(number: &str, decimals: u32) -> String {
    format!("ROUND({number}, {decimals})")
}

/// Whether a rounded number may stand: a count is whole [N2], and no figure passes 10^15 steps [N3].
pub(super) fn is_sound(number: &str, rounded: &str, decimals: u32) -> String {
    let whole = if decimals == 0 { format!("{rounded} = {number} AND ") } else { String::new() };
    format!("{whole}ABS({rounded}) <= {}", 10_u64.pow(15 - decimals.min(6)))
}

/// A rounded number as it is printed.
pub(super) fn printed(dialect: Dialect, rounded: &str, decimals: u32) -> String {
    dialect.as_text(&dialect.as_decimal(rounded, 18, decimals))
}

/// One expression for each number of decimals that occurs, chosen by the column `decimals`.
pub(super) fn by_decimals(readings: &[Reading], of: impl Fn(u32) -> String) -> String {
    let mut decimals: Vec<u32> = readings.iter().map(|reading| reading.decimals).collect();
    decimals.sort_unstable();
    decimals.dedup();
    let cases: Vec<(String, String)> = decimals.into_iter().map(|decimals| (decimals.to_string(), of(decimals))).collect();
    choice("decimals", &cases)
}

/// One expression for each scale that occurs, chosen by the column `power`.
pub(super) fn by_power(dialect: Dialect, readings: &[Reading], number: &str) -> String {
    let mut powers: Vec<i32> = readings.iter().map(|reading| reading.power).collect();
    powers.sort_unstable();
    powers.dedup();
    let cases: Vec<(String, String)> = powers.into_iter().map(|power| (power.to_string(), scaled(dialect, number, power))).collect();
    choice("power", &cases)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_whole_factors_or_a_tenth() {
        let scaled = |power| scaled(Dialect::Postgres, "n", power);
        assert_eq!(scaled(0), "n");
        assert_eq!(scaled(4), "n * 10000");
        assert_eq!(scaled(-2), "n * CAST('0.01' AS DECIMAL(3, 2))");
    }

    /// To ClickHouse 0.1 is a binary fraction, which no decimal number equals.
    #[test]
    fn fractions_are_decimal() {
        assert_eq!(constant(Dialect::ClickHouse, "12"), "12");
        assert_eq!(constant(Dialect::ClickHouse, "-12.5"), "CAST('-12.5' AS Nullable(Decimal(3, 1)))");
    }

    /// N3: 10^15 steps, which of an amount with two decimals is 10^13.
    #[test]
    fn a_count_is_whole_and_figures_have_a_limit() {
        assert_eq!(is_sound("n", "r", 0), "r = n AND ABS(r) <= 1000000000000000");
        assert_eq!(is_sound("n", "r", 2), "ABS(r) <= 10000000000000");
    }
}
