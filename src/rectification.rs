//! What is to be put right (整改清单): every criterion that lost points or passed a line, and what became of an earlier list.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::scorebook::{CriterionHead, Score, Scorebook};

/// A row of an earlier list, as people sent it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Index of the unit.
    pub unit: usize,
    /// Index of the criterion.
    pub criterion: usize,
    /// The period in which it was listed first, as written.
    pub since: String,
    /// Who sees to it.
    pub owner: String,
    /// By when.
    pub deadline: Option<NaiveDate>,
    /// What people wrote beside it.
    pub note: String,
    /// True if it was put right then.
    pub was_done: bool,
}

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Listed for the first time.
    New,
    /// Listed before, not put right.
    Open,
    /// The same, and past its deadline.
    Overdue,
    /// Put right.
    Done,
}

/// One thing to be put right, or that was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands, and what people wrote beside it.
    pub row: Earlier,
    /// What became of it.
    pub status: Status,
}

/// The list, unit by unit in the order of the criteria. What was listed before stays until it is put right: full points and
/// no line passed. A value that is missing, or a criterion not looked at this time, puts nothing right.
pub fn list(book: &Scorebook, earlier: &[Earlier], as_of: NaiveDate) -> Vec<Entry> {
    let known: BTreeMap<(usize, usize), &Earlier> = earlier.iter().map(|row| ((row.unit, row.criterion), row)).collect();
    let mut entries = Vec::new();
    for (unit, result) in book.units.iter().enumerate() {
        for (criterion, (head, score)) in book.criteria.iter().zip(&result.scores).enumerate() {
            let before = known.get(&(unit, criterion));
            let status = match (is_wanting(head, score), before) {
                (true, None) => Status::New,
                // What was put right and is wanting again begins anew, with those who saw to it.
                (true, Some(row)) if row.was_done => Status::New,
                (false, Some(row)) if row.was_done => continue,
                (false, None) => continue,
                (false, Some(_)) if is_right(head, score) => Status::Done,
                (_, Some(row)) if row.deadline.is_some_and(|deadline| deadline < as_of) => Status::Overdue,
                (_, Some(_)) => Status::Open,
            };
            let fresh = || Earlier {
                unit,
                criterion,
                since: book.head.period.to_string(),
                owner: String::new(),
                deadline: None,
                note: String::new(),
                was_done: false,
            };
            let row = match before {
                Some(row) if row.was_done => Earlier { owner: row.owner.clone(), note: row.note.clone(), ..fresh() },
                Some(row) => (*row).clone(),
                None => fresh(),
            };
            entries.push(Entry { row, status });
        }
    }
    entries
}

fn has_passed_a_line(score: &Score) -> bool {
    score.light.is_some_and(|light| light != "ok")
}

fn is_wanting(head: &CriterionHead, score: &Score) -> bool {
    score.is_on_sheet && (has_passed_a_line(score) || score.points.as_ref().is_some_and(|points| *points < head.points))
}

fn is_right(head: &CriterionHead, score: &Score) -> bool {
    let earns_all = score.points.as_ref().map(|points| *points >= head.points);
    score.is_on_sheet && !has_passed_a_line(score) && earns_all.unwrap_or(score.light.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::Exact;
    use crate::report::fixture;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn statuses(book: &Scorebook, earlier: &[Earlier]) -> Vec<(usize, usize, Status)> {
        list(book, earlier, day("2025-12-31")).into_iter().map(|entry| (entry.row.unit, entry.row.criterion, entry.status)).collect()
    }

    fn row(deadline: Option<&str>) -> Earlier {
        let deadline = deadline.map(day);
        Earlier { unit: 0, criterion: 0, since: "2024".into(), owner: "Li".into(), deadline, note: String::new(), was_done: false }
    }

    /// One unit and one criterion of 10 points.
    fn book(points: Option<&str>, light: Option<&'static str>) -> Scorebook {
        let mut book = fixture::scorebook();
        book.units.truncate(1);
        book.criteria.truncate(1);
        book.criteria[0].points = Exact::from(10);
        let scores = &mut book.units[0].scores;
        scores.truncate(1);
        scores[0].points = points.map(|points| points.parse().expect("points"));
        scores[0].light = light;
        scores[0].is_on_sheet = true;
        book
    }

    #[test]
    fn points_lost_and_lines_passed_are_listed() {
        assert_eq!(statuses(&book(Some("9.99"), None), &[]), [(0, 0, Status::New)]);
        assert_eq!(statuses(&book(Some("10"), Some("warn")), &[]), [(0, 0, Status::New)]);
        assert_eq!(statuses(&book(Some("10"), Some("ok")), &[]), []);
        assert_eq!(statuses(&book(None, Some("alarm")), &[]), [(0, 0, Status::New)]);
    }

    /// What was listed stays until full points, with no line passed, put it right.
    #[test]
    fn an_entry_is_done_open_or_overdue() {
        assert_eq!(statuses(&book(Some("10"), None), &[row(None)]), [(0, 0, Status::Done)]);
        assert_eq!(statuses(&book(Some("9"), None), &[row(None)]), [(0, 0, Status::Open)]);
        assert_eq!(statuses(&book(Some("9"), None), &[row(Some("2025-12-31"))]), [(0, 0, Status::Open)]);
        assert_eq!(statuses(&book(Some("9"), None), &[row(Some("2025-12-30"))]), [(0, 0, Status::Overdue)]);
        assert_eq!(statuses(&book(Some("10"), Some("warn")), &[row(None)]), [(0, 0, Status::Open)]);
    }

    /// What was put right and is wanting again begins anew with its owner; what stays right is no longer listed.
    #[test]
    fn a_relapse_begins_anew() {
        let done = Earlier { was_done: true, ..row(Some("2025-06-30")) };
        assert_eq!(statuses(&book(Some("10"), None), std::slice::from_ref(&done)), []);
        let again = list(&book(Some("9"), None), &[done], day("2025-12-31"));
        let entry = again.first().expect("an entry");
        assert_eq!((entry.status, entry.row.owner.as_str(), entry.row.deadline), (Status::New, "Li", None));
    }

    /// A value that is not there, or a criterion not looked at, puts nothing right.
    #[test]
    fn nothing_is_put_right_by_silence() {
        assert_eq!(statuses(&book(None, None), &[row(None)]), [(0, 0, Status::Open)]);
        let mut book = book(Some("10"), None);
        book.units[0].scores[0].is_on_sheet = false;
        assert_eq!(statuses(&book, &[row(Some("2025-06-30"))]), [(0, 0, Status::Overdue)]);
    }
}
