//! `by_date`: points off for every day, week or month begun after a date [P14].

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::problem::not_positive;
use super::shown::points;
use super::{Lost, Problem, Verdict};
use crate::number::Exact;
use crate::score::reason;
use crate::text::{Said, Text};

/// The unit in which lateness is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lateness {
    /// Days.
    Day,
    /// Weeks of seven days.
    Week,
    /// Months: to the same day of the month, from the last day of a month to the last of the next.
    Month,
}

/// `lose` points off for `every` day, week or month begun after `due`, at most `lose_most`. *Due
/// 2024-12-31, half a point a month: 2025-01-01 and 2025-01-31 cost 0.5, 2025-02-01 costs 1.*
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByDate {
    /// The last date in time.
    pub due: NaiveDate,
    /// What lateness is counted in.
    pub every: Lateness,
    /// Points lost for each; above 0.
    pub lose: Exact,
    /// Most points lost; above 0.
    pub lose_most: Option<Exact>,
}

impl ByDate {
    /// Points for something done on `date`.
    pub fn score(&self, date: NaiveDate, full_points: &Exact) -> Verdict {
        let late = self.late(date);
        let said = |phrase| Said::new(phrase).with("date", date.to_string()).with("due", self.due.to_string());
        if late == 0 {
            return Verdict::new(full_points.clone(), said(&reason::DATE_IN_TIME));
        }
        let due = &self.lose * &Exact::from(i64::from(late));
        let (one, many) = self.every.words();
        let counted = Text::new(
            format!("{late} {}（不足一{}的按一{}计）", many.zh, one.zh, one.zh),
            format!("{late} {}", if late == 1 { &one.en } else { &many.en }),
        );
        let mut parts = vec![said(&reason::DATE_LATE).with("late", counted)];
        parts.push(Said::new(&reason::DATE_EVERY).with("every", one).with("lose", points(&self.lose)));
        Lost::at_most(due, self.lose_most.as_ref(), parts).from_full(full_points)
    }

    /// What is wrong with the parameters.
    pub fn check(&self) -> Vec<Problem> {
        let lose_most = self.lose_most.as_ref().and_then(|most| not_positive("lose_most", most));
        not_positive("lose", &self.lose).into_iter().chain(lose_most).collect()
    }

    /// The days, weeks or months begun after the due date.
    fn late(&self, date: NaiveDate) -> u32 {
        let days = u32::try_from((date - self.due).num_days()).unwrap_or(0);
        match self.every {
            Lateness::Day => days,
            Lateness::Week => days.div_ceil(7),
            // No month has fewer days than 28, so that the search is short and ends.
            Lateness::Month => (0..=days / 28 + 1).find(|months| self.months_later(*months) >= date).unwrap_or(0),
        }
    }

    fn months_later(&self, months: u32) -> NaiveDate {
        let later = self.due.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX);
        let is_last_day = |date: NaiveDate| date.checked_add_days(Days::new(1)).is_some_and(|next| next.day() == 1);
        if !is_last_day(self.due) {
            return later;
        }
        (0..4).filter_map(|days| later.checked_add_days(Days::new(days))).find(|date| is_last_day(*date)).unwrap_or(later)
    }
}

impl Lateness {
    /// One of them and several: `one month`, `months`; in Chinese after a number.
    fn words(self) -> (Text, Text) {
        match self {
            Self::Day => (Text::new("日", "day"), Text::new("日", "days")),
            Self::Week => (Text::new("周", "week"), Text::new("周", "weeks")),
            Self::Month => (Text::new("月", "month"), Text::new("个月", "months")),
        }
    }
}

/// A date as people write it: `2024-12-31`, `2024/12/31`, `2024.12.31`, `2024年12月31日`, `20241231`.
pub fn read_date(text: &str) -> Option<NaiveDate> {
    let plain: String = text.trim().nfkc().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.strip_suffix('日').unwrap_or(&plain);
    let parts: Vec<&str> = match plain.len() {
        8 if plain.bytes().all(|byte| byte.is_ascii_digit()) => vec![&plain[..4], &plain[4..6], &plain[6..]],
        _ => plain.split(['-', '/', '.', '年', '月']).collect(),
    };
    let [year, month, day] = parts.as_slice() else { return None };
    let is_number = |text: &str, longest: usize| text.len() <= longest && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || !is_number(year, 4) || !is_number(month, 2) || !is_number(day, 2) {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{ids, said, x};
    use super::*;
    use crate::text::Lang;

    fn date(text: &str) -> NaiveDate {
        read_date(text).expect("a date")
    }

    fn rule(due: &str, every: Lateness) -> ByDate {
        ByDate { due: date(due), every, lose: x("0.5"), lose_most: None }
    }

    /// P14: on the due date is in time; every month begun after it counts.
    #[test]
    fn every_month_begun_after_the_due_date_counts() {
        let rule = rule("2024-12-31", Lateness::Month);
        let dates = ["2024-11-02", "2024-12-31", "2025-01-01", "2025-01-31", "2025-02-01", "2025-02-28", "2025-03-01"];
        let points = dates.map(|done| rule.score(date(done), &x("5")).points);
        assert_eq!(points, ["5", "5", "4.5", "4.5", "4", "4", "3.5"].map(x));
    }

    /// From the 30th of November, its last day, the first month ends with December; from the 15th, on the 15th.
    #[test]
    fn a_month_ends_where_months_end() {
        let late = |due: &str, done: &str| rule(due, Lateness::Month).late(date(done));
        assert_eq!((late("2024-11-30", "2024-12-31"), late("2024-11-30", "2025-01-01")), (1, 2));
        assert_eq!((late("2024-11-15", "2024-12-15"), late("2024-11-15", "2024-12-16")), (1, 2));
        assert_eq!((late("2024-01-31", "2024-02-29"), late("2024-01-31", "2024-03-31")), (1, 2));
    }

    #[test]
    fn days_and_weeks_are_counted_alike() {
        let late = |every, done: &str| rule("2024-12-31", every).late(date(done));
        assert_eq!((late(Lateness::Day, "2025-01-08"), late(Lateness::Week, "2025-01-07"), late(Lateness::Week, "2025-01-08")), (8, 1, 2));
    }

    #[test]
    fn the_reason_counts_what_was_begun() {
        let mut rule = rule("2024-12-31", Lateness::Month);
        let verdict = rule.score(date("2025-02-01"), &x("5"));
        assert_eq!(
            said(&verdict, Lang::Zh),
            "2025-02-01 完成，晚于期限 2024-12-31 共 2 个月（不足一月的按一月计），每月扣 0.5 分，扣 1 分"
        );
        assert_eq!(
            said(&verdict, Lang::En),
            "done on 2025-02-01, past 2024-12-31 by 2 months, a part counting as one: 0.5 points off per month, 1 point lost"
        );
        rule.lose_most = Some(x("0.8"));
        assert_eq!(rule.score(date("2025-02-01"), &x("5")).points, x("4.2"));
        assert_eq!(said(&rule.score(date("2024-12-31"), &x("5")), Lang::En), "done on 2024-12-31, in time for 2024-12-31");
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for text in ["2024-12-31", "2024/12/31", "2024.12.31", "2024年12月31日", " ２０２４－１２－３１ ", "20241231"] {
            assert_eq!(read_date(text), NaiveDate::from_ymd_opt(2024, 12, 31), "{text}");
        }
        for text in ["2024-02-30", "2024-12", "24-12-31", "31.12.2024", "2024-12-31-1", "", "次年", "2024年12月"] {
            assert_eq!(read_date(text), None, "{text}");
        }
        assert_eq!(ids(&ByDate { lose: x("0"), ..rule("2024-12-31", Lateness::Day) }.check()), [("criteria/not-positive", "lose")]);
    }

    proptest! {
        /// Being done later never earns more, and a month is never counted twice nor left out.
        #[test]
        fn later_never_earns_more(due in 0_u64..3000, first in 0_u64..900, more in 0_u64..400) {
            let start = date("2020-01-01");
            let at = |days: u64| start.checked_add_days(Days::new(days)).expect("a date");
            for every in [Lateness::Day, Lateness::Week, Lateness::Month] {
                let rule = ByDate { due: at(due), every, lose: x("1"), lose_most: None };
                let (early, late) = (rule.late(at(due + first)), rule.late(at(due + first + more)));
                prop_assert!(early <= late);
                prop_assert!(rule.late(at(due + first + 1)) - early <= 1);
            }
        }
    }
}
