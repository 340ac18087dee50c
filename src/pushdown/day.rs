//! Dates of records and periods of reports as text [T1].

use super::dialect::Dialect;
use crate::intake::source::YearPart;

/// A day with its joints, and what may stand behind it.
const DAY: &str = "^[12][0-9]{3}(-[0-9]{1,2}-|/[0-9]{1,2}/|[.][0-9]{1,2}[.]|年[0-9]{1,2}月)[0-9]{1,2}日?([ T][0-9].*)?$";
/// A day in eight digits.
const PACKED_DAY: &str = "^[12][0-9]{7}([0-9]{6}|[ T][0-9].*)?$";
/// A month with its joints; 2025.1 may be October.
const MONTH: &str = "^[12][0-9]{3}(-[0-9]{1,2}|/[0-9]{1,2}|[.][0-9]{2}|年[0-9]{1,2}月)$";
/// A month in six digits.
const PACKED_MONTH: &str = "^[12][0-9]{5}$";
/// Without four digits one behind the other there is no year for intake either, if no other signs stand for digits.
const ASCII: &str = "^[ -~]*$";
const YEAR: &str = "[0-9]{4}";

const SECOND: &str = "^[0-9]{4}[^0-9]([0-9]{1,2})";
const THIRD: &str = "^[0-9]{4}[^0-9][0-9]{1,2}[^0-9]([0-9]{1,2})";

/// Year, month and day of a date as whole numbers, `y`, `m` and `d`; nothing where its shape is not known.
pub(super) fn numbers(dialect: Dialect, date: &str) -> String {
    let is = |pattern| dialect.matches(date, pattern);
    let (second, third) = (dialect.captured(date, SECOND), dialect.captured(date, THIRD));
    let any = [DAY, PACKED_DAY, MONTH, PACKED_MONTH].map(is).join(" OR ");
    let packed = format!("{} OR {}", is(PACKED_DAY), is(PACKED_MONTH));
    let joined = format!("{} OR {}", is(DAY), is(MONTH));
    let whole = |cases: &str| dialect.as_whole(&format!("CASE {cases} END"));
    let year = whole(&format!("WHEN {any} THEN SUBSTRING({date}, 1, 4)"));
    let month = whole(&format!("WHEN {packed} THEN SUBSTRING({date}, 5, 2) WHEN {joined} THEN {second}"));
    let day = whole(&format!(
        "WHEN {} THEN SUBSTRING({date}, 7, 2) WHEN {} THEN {third} WHEN {} OR {} THEN '1'",
        is(PACKED_DAY),
        is(DAY),
        is(MONTH),
        is(PACKED_MONTH)
    ));
    format!("{year} AS y,\n  {month} AS m,\n  {day} AS d")
}

/// Whether year, month and day are a day of the calendar, between the years that are known.
pub(super) fn is_valid() -> &'static str {
    "y BETWEEN 1900 AND 2999 AND m BETWEEN 1 AND 12 AND d >= 1 AND d <= CASE WHEN m IN (4, 6, 9, 11) THEN 30 WHEN m <> 2 THEN 31 \
     WHEN y % 4 = 0 AND (y % 100 <> 0 OR y % 400 = 0) THEN 29 ELSE 28 END"
}

/// Whether intake might read a date of no known shape.
pub(super) fn is_doubtful(dialect: Dialect, date: &str) -> String {
    format!("y IS NULL AND NOT ({} AND NOT ({}))", dialect.matches(date, ASCII), dialect.matches(date, YEAR))
}

/// A month of a report with its joint.
const JOINED_MONTH: &str = "^[12][0-9]{3}(-[0-9]{1,2}|/[0-9]{1,2}|年[0-9]{1,2}月)$";

/// A month of a report in its shortest spelling; other periods as they are written.
pub(super) fn month_or_text(dialect: Dialect, cell: &str) -> String {
    let second = format!("LPAD({}, 2, '0')", dialect.captured(cell, SECOND));
    format!(
        "CASE WHEN {cell} = '' THEN '?' WHEN {} THEN SUBSTRING({cell}, 1, 4) || '-' || {second} \
         WHEN {} THEN SUBSTRING({cell}, 1, 4) || '-' || SUBSTRING({cell}, 5, 2) ELSE {cell} END",
        dialect.matches(cell, JOINED_MONTH),
        dialect.matches(cell, PACKED_MONTH)
    )
}

/// A year in a column of its own.
const YEAR_ALONE: &str = "^[12][0-9]{3}(年|年度)?$";
/// Parts of a year that name their kind, which mean behind their year what they mean beside it.
const NAMED_PART: &str = "^(全年|[上下]半年度?|[Hh][12]|[Qq][1-4]|第?[1-4一二三四]季度?|前[1-4一二三四]季度?|\
                          (0?[1-9]|1[0-2]|[一二三四五六七八九十]|十[一二])月份?|[0-9]{1,2}月?[-至到][0-9]{1,2}月份?)$";

/// A year and its part in two columns as one period. Behind its year a part that is none might be taken for another
/// period, a blank one for the whole year: it counts nowhere.
pub(super) fn of_parts(dialect: Dialect, (year, part): (&str, &str), counts: YearPart) -> String {
    let (shape, digits, joint) = match counts {
        YearPart::Month => ("^(0?[1-9]|1[0-2])(月|月份)?$", "^([0-9]{1,2})", "-"),
        YearPart::Quarter => ("^0?[1-4](季度|季)?$", "^0?([1-4])", "Q"),
    };
    let number = dialect.captured(part, digits);
    let number = if counts == YearPart::Month { format!("LPAD({number}, 2, '0')") } else { number };
    let first_four = |text: &str| format!("SUBSTRING({text}, 1, 4)");
    let (alone, own) = (first_four(year), first_four(part));
    format!(
        "CASE WHEN NOT ({}) THEN '?' WHEN {} THEN {alone} || '{joint}' || {number} WHEN {} THEN {alone} || ' ' || {part} \
         WHEN {alone} = {own} AND ({} OR {}) THEN {part} ELSE '?' END",
        dialect.matches(year, YEAR_ALONE),
        dialect.matches(part, shape),
        dialect.matches(part, NAMED_PART),
        dialect.matches(part, JOINED_MONTH),
        dialect.matches(part, PACKED_MONTH)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::period_text;

    /// T1: behind its year nothing stands but what was found to be a part of it.
    #[test]
    fn a_year_without_its_part_is_no_period() {
        for counts in [YearPart::Month, YearPart::Quarter] {
            let period = of_parts(Dialect::DuckDb, ("y", "p"), counts);
            assert!(period.starts_with("CASE WHEN NOT (regexp_matches(y, '^[12][0-9]{3}(年|年度)?$')) THEN '?' "), "{period}");
            assert!(period.ends_with(" ELSE '?' END"), "{period}");
            let whole = "WHEN regexp_matches(p, '^(全年|";
            assert!(period.contains(whole) && period.matches("|| ' ' ||").count() == 1, "{period}");
        }
    }

    /// T1: a part that names its kind means behind its year what it means beside it; the other texts are why nothing else is
    /// put there.
    #[test]
    fn named_parts_mean_the_same_behind_their_year() {
        let read = |text: &str, year| period_text::parse(text, year).map(|written| written.span.to_string());
        for part in ["全年", "上半年", "下半年度", "H1", "q4", "第2季", "三季度", "前三季度", "06月", "十二月份", "1-6月", "1月至6月"]
        {
            let beside = read(part, Some(2025));
            assert!(beside.is_some(), "{part}");
            assert_eq!(read(&format!("2025 {part}"), None), beside, "{part}");
            assert_eq!(read(&format!("2025年度 {part}"), None), beside, "{part}");
        }
        for part in ["", "年", "第", "-6", "00:00"] {
            assert_eq!(read(part, Some(2025)), None, "{part}");
            assert!(read(&format!("2025 {part}"), None).is_some(), "{part}");
        }
    }
}
