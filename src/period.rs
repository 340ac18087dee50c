//! Months, spans and periods as people write them (SEMANTICS T1, T2, T8, T9).

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

/// The months that a value is taken over, where it is not the assessed window itself (SCHEMES 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize, JsonSchema)]
pub enum Lookback {
    /// The assessment's period.
    #[default]
    #[serde(rename = "period")]
    Period,
    /// January of the year in which the period ends, to its last month.
    #[serde(rename = "year_to_date")]
    YearToDate,
    /// The twelve months that end with the period.
    #[serde(rename = "last_12_months")]
    Last12Months,
}

impl Lookback {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Period, Self::YearToDate, Self::Last12Months];

    /// The months, for an assessed period.
    pub fn of(self, period: Span) -> Span {
        let last = period.last();
        let first = match self {
            Self::Period => period.first(),
            Self::YearToDate => last.plus(1 - last.month().cast_signed()),
            Self::Last12Months => last.plus(-11),
        };
        Span { first, last }
    }

    /// What is added to an indicator's id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Period => "",
            Self::YearToDate => "@year_to_date",
            Self::Last12Months => "@last_12_months",
        }
    }
}

/// A calendar month, the smallest step of time [T1].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// The first there is.
    pub const FIRST: Self = Self(1900 * 12);

    /// The month `month` (1 to 12) of `year`.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        ((1..=12).contains(&month) && (1900..=2999).contains(&year)).then(|| Self(year * 12 + month.cast_signed() - 1))
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month of the year, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.rem_euclid(12).cast_unsigned() + 1
    }

    /// The month `count` months later (earlier, if negative).
    #[must_use]
    pub fn plus(self, count: i32) -> Self {
        Self(self.0 + count)
    }

    /// How many months this is after `other`.
    pub fn since(self, other: Self) -> i32 {
        self.0 - other.0
    }

    /// Days of the month.
    pub fn days(self) -> i64 {
        let year = self.year();
        match self.month() {
            4 | 6 | 9 | 11 => 30,
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            _ => 31,
        }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

/// Whole months from `first` to `last`, both included [T1]. Ordered by first, then last month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    first: Month,
    last: Month,
}

impl Span {
    /// The last day of the last month.
    pub fn last_day(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.last.year(), self.last.month(), 1)?
            .checked_add_days(chrono::Days::new(self.last.days().unsigned_abs() - 1))
    }

    /// The months `first..=last`; `None` if they stand in the wrong order.
    pub fn new(first: Month, last: Month) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// A single month.
    pub fn month(month: Month) -> Self {
        Self { first: month, last: month }
    }

    /// The twelve months of a year.
    pub fn year(year: i32) -> Option<Self> {
        Self::new(Month::new(year, 1)?, Month::new(year, 12)?)
    }

    /// The first month.
    pub fn first(self) -> Month {
        self.first
    }

    /// The last month.
    pub fn last(self) -> Month {
        self.last
    }

    /// The number of months, at least 1.
    pub fn len(self) -> usize {
        usize::try_from(self.last.since(self.first) + 1).unwrap_or(1)
    }

    /// Never: a span has at least one month. Here because `len` is.
    pub fn is_empty(self) -> bool {
        false
    }

    /// The months in order.
    pub fn months(self) -> impl Iterator<Item = Month> + use<> {
        (0..=self.last.since(self.first)).map(move |offset| self.first.plus(offset))
    }

    /// Days from the first day of the first month to the last day of the last.
    pub fn days(self) -> i64 {
        self.months().map(Month::days).sum()
    }

    /// True if all months of `other` are in this span.
    pub fn contains(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// True if the month is in this span.
    pub fn has(self, month: Month) -> bool {
        self.contains(Self::month(month))
    }

    /// True if the two share a month.
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// The same number of months, `count` months later.
    #[must_use]
    pub fn plus(self, count: i32) -> Self {
        Self { first: self.first.plus(count), last: self.last.plus(count) }
    }
}

impl fmt::Display for Span {
    /// The shortest canonical spelling: `2025`, `2025H1`, `2025Q3`, `2025-06`, `2025-01..2025-09`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first.year(), self.first.month());
        match self.len() {
            12 if month == 1 => write!(f, "{year:04}"),
            6 if month % 6 == 1 => write!(f, "{year:04}H{}", month / 6 + 1),
            3 if month % 3 == 1 => write!(f, "{year:04}Q{}", month / 3 + 1),
            1 => write!(f, "{}", self.first),
            _ => write!(f, "{}..{}", self.first, self.last),
        }
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The text is not a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAPeriod;

impl FromStr for Span {
    type Err = NotAPeriod;

    /// The canonical spellings of `period` in an assessment file.
    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        if let Some((first, last)) = text.split_once("..") {
            let (first, last): (Self, Self) = (first.parse()?, last.parse()?);
            return Self::new(first.first, last.last).ok_or(NotAPeriod);
        }
        let digits = |part: &str| -> Result<u32, NotAPeriod> {
            if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(NotAPeriod);
            }
            part.parse().map_err(|_| NotAPeriod)
        };
        let (year, rest) = text.split_at_checked(4).ok_or(NotAPeriod)?;
        let year = digits(year)?.cast_signed();
        let part = |first: u32, count: i32| {
            Month::new(year, first).map(|month| Self { first: month, last: month.plus(count - 1) }).ok_or(NotAPeriod)
        };
        match rest.as_bytes() {
            [] => part(1, 12),
            [b'H', half @ (b'1' | b'2')] => part(u32::from(half - b'1') * 6 + 1, 6),
            [b'Q', quarter @ b'1'..=b'4'] => part(u32::from(quarter - b'1') * 3 + 1, 3),
            [b'-', month @ ..] if month.len() == 2 => part(digits(&rest[1..])?, 1),
            _ => Err(NotAPeriod),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// T1: `2025` is 2025-01..2025-12, and every canonical spelling reads back to itself.
    #[test]
    fn canonical_spellings_read_back() {
        for text in ["2025", "2025H1", "2025H2", "2025Q3", "2025-06", "2025-01..2025-09", "2024-11..2025-02"] {
            assert_eq!(text.parse::<Span>().map(|span| span.to_string()), Ok(text.to_owned()));
        }
        assert_eq!("2025-01..2025-12".parse::<Span>(), "2025".parse());
        for text in ["", "25", "2025-13", "2025Q5", "2025-6", "2025-09..2025-01", "二〇二五", "２０２５"] {
            assert_eq!(text.parse::<Span>(), Err(NotAPeriod), "{text}");
        }
    }
}
