//! What is said of a register: each kind once, with a count and the first place.

use super::count::Pass;
use super::figures::At;
use super::finish::Silent;
use super::notes::Rows;
use super::whose::{Missed, Part};
use super::words::{Word, Words};
use super::{Matched, Way};
use crate::code::Code;
use crate::codes::{data, record as codes};
use crate::finding::{Finding, Place};
use crate::intake::source::Source;
use crate::intake::totals::strip_numbering;
use crate::text::{Text, nearest, person};

/// Names and values that a message lists.
const SHOWN: usize = 8;
/// Names that get suggestions: a wholly foreign file would have every name compared with the whole registry.
const SUGGESTED: usize = 20;

impl Pass<'_> {
    /// Everything that was noticed.
    pub(super) fn report(&mut self, source: &Source, silent: &Silent) -> Vec<Finding> {
        let mut found = std::mem::take(&mut self.findings);
        found.extend(std::mem::take(&mut self.repaired).into_findings());
        let place = Place { file: source.files.first().map(|file| file.path.as_str().into()), ..Place::default() };
        self.report_rows(&mut found);
        self.report_keys(&mut found);
        self.report_dates(&mut found);
        self.report_matches(&mut found);
        for words in &self.words {
            self.report_words(words, &place, &mut found);
        }
        self.report_names(&mut found);
        for ((number, organisation, month), finding) in std::mem::take(&mut self.notes.faults) {
            let place = self.whose_place(finding.place.clone(), organisation, month, &self.records.items[number]);
            let column = place.column.clone().unwrap_or_default();
            let is_blank =
                std::ptr::eq(finding.code, &raw const codes::NO_AMOUNT) || std::ptr::eq(finding.code, &raw const codes::NO_PERSON);
            let finding = Finding { place, ..finding };
            found.push(if is_blank { finding.with("column", column) } else { finding });
        }
        if silent.figures > 0 {
            let finding = Finding::new(&codes::ZERO, place).with("count", silent.figures.to_string());
            found.push(finding.with("organisations", silent.organisations.len().to_string()));
        }
        found
    }

    fn at(&self, code: &'static Code, at: At, column: Option<usize>) -> Finding {
        Finding::new(code, self.place_of(at, column))
    }

    fn header(&self, column: usize) -> String {
        self.headers.get(column).cloned().unwrap_or_default()
    }

    /// Rows that do not count, and why.
    fn report_rows(&self, found: &mut Vec<Finding>) {
        if let Some(rows) = &self.notes.undated {
            let finding = self.at(&codes::UNKNOWN_DATE, rows.first, Some(self.records.date));
            found.push(finding.with("count", rows.count.to_string()).with("value", self.shown(self.records.date, rows)));
        }
        for (column, rows) in &self.notes.nobodys {
            if let Some(rows) = rows {
                let finding = self.at(&codes::NO_ORGANISATION, rows.first, Some(*column)).with("column", self.header(*column));
                found.push(finding.with("count", rows.count.to_string()));
            }
        }
        for (column, rows) in &self.notes.undecided {
            if let Some(rows) = rows {
                let finding = self.at(&codes::NOT_COMPARABLE, rows.first, Some(*column)).with("column", self.header(*column));
                found.push(finding.with("count", rows.count.to_string()).with("value", self.shown(*column, rows)));
            }
        }
    }

    /// What stands in a row, unless the column names persons or records.
    fn shown(&self, column: usize, rows: &Rows) -> String {
        let digits = rows.written.chars().filter(char::is_ascii_digit).count();
        // No date has so many; a number of a person that slipped into the column has, also one that is mistyped.
        let is_number_of_person = digits >= 15;
        if self.is_private(column) || is_number_of_person { "…".to_owned() } else { rows.written.chars().take(40).collect() }
    }

    /// True for a column of which nothing is printed.
    fn is_private(&self, column: usize) -> bool {
        let names_persons = self.records.items.iter().any(|item| item.way == Way::Distinct(column));
        names_persons || self.records.key.contains(&column) || person::of_column(&self.header(column)).is_some()
    }

    fn report_keys(&self, found: &mut Vec<Finding>) {
        if let Some(rows) = &self.notes.keyless {
            found.push(self.at(&codes::NO_KEY, rows.first, self.records.key.first().copied()).with("count", rows.count.to_string()));
        }
        if let Some((count, first)) = self.once.repeated {
            found.push(self.at(&codes::REPEATED, first, None).with("count", count.to_string()));
        }
        if let Some((rows, first)) = self.once.left {
            let finding = self.at(&codes::CONFLICT, first, None).with("keys", self.once.keys_left_out().to_string());
            found.push(finding.with("rows", rows.to_string()));
        }
    }

    fn report_dates(&self, found: &mut Vec<Finding>) {
        let Some((rows, first, last)) = &self.notes.outside else { return };
        let code = if self.records.covers.is_some() { &codes::OUTSIDE } else { &codes::ELSEWHERE };
        let finding = self.at(code, rows.first, Some(self.records.date)).with("count", rows.count.to_string());
        let finding = finding.with("first", first.to_string()).with("last", last.to_string());
        found.push(match self.records.covers {
            Some(covers) => finding.with("period", covers.to_string()),
            None => finding,
        });
    }

    fn report_matches(&self, found: &mut Vec<Finding>) {
        let column = match &self.records.matched {
            Some(Matched::Where(conditions)) => conditions.first().map(|condition| self.records.conditions[*condition].column),
            _ => None,
        };
        for (organisation, of) in self.notes.unmatched() {
            let registered = organisation.map(|id| self.known.registry.get(id));
            let code = registered.map(|registered| registered.code.clone());
            let name = registered.map_or_else(|| Text::new("未知机构", "organisations that are not known"), |one| Text::same(&one.name));
            let place = Place { organisation: code, ..self.place_of(of.first, column) };
            let finding = Finding::new(&codes::UNMATCHED, place).with("organisation", name);
            found.push(finding.with("records", of.records.to_string()).with("count", of.lacking.to_string()));
        }
    }

    /// Values that no condition names, and named ones that do not occur.
    fn report_words(&self, words: &Words, place: &Place, found: &mut Vec<Finding>) {
        let header = self.header(words.column);
        let at = |value: &str| Place { column: Some(header.as_str().into()), value: Some(value.into()), ..place.clone() };
        for value in words.never_met() {
            found.push(Finding::new(&codes::NEVER_MET, at(value)).with("column", header.clone()).with("value", value));
        }
        let is_in_items = |column: usize| {
            let conditions = self.records.items.iter().flat_map(|item| &item.conditions);
            conditions.into_iter().any(|condition| self.records.conditions[*condition].column == column)
        };
        // A state that is not the one of a match is what a record without a match has.
        if self.is_private(words.column) || !is_in_items(words.column) {
            return;
        }
        let mut others: Vec<&Word> = Vec::new();
        for word in words.met.iter().filter(|word| !word.is_named) {
            let near = if word.written.is_empty() { Vec::new() } else { nearest(&word.written, words.named()) };
            if near.is_empty() {
                others.push(word);
                continue;
            }
            let finding = self.at(&codes::UNKNOWN_VALUE, word.first, Some(words.column)).with("column", header.clone());
            found.push(finding.with("value", word.written.clone()).with("rows", word.rows.to_string()).suggest(near));
        }
        if !others.is_empty() && !words.takes_others() {
            others.sort_by(|one, other| other.rows.cmp(&one.rows).then_with(|| one.written.cmp(&other.written)));
            let place = self.place_of(others[0].first, Some(words.column));
            let finding = Finding::new(&codes::OTHER_VALUE, place).with("column", header.clone());
            found.push(finding.with("values", listed(&others.iter().map(|word| (word.written.as_str(), word.rows)).collect::<Vec<_>>())));
        }
    }

    /// Organisations that nobody knows.
    fn report_names(&self, found: &mut Vec<Finding>) {
        for ((column, part), mut names) in self.whose.missed() {
            match part {
                Part::Credited => {
                    for (at, (name, missed)) in names.iter().enumerate() {
                        found.push(self.unknown(name, *missed, column, at < SUGGESTED));
                    }
                }
                Part::Partner => {
                    names.sort_by(|one, other| other.1.rows.cmp(&one.1.rows).then_with(|| one.0.cmp(&other.0)));
                    let rows: u64 = names.iter().map(|(_, missed)| missed.rows).sum();
                    let Some(first) = names.iter().map(|(_, missed)| missed.first).min() else { continue };
                    let finding = self.at(&codes::UNKNOWN_PARTNER, first, Some(column)).with("column", self.header(column));
                    let finding = finding.with("names", names.len().to_string()).with("rows", rows.to_string());
                    found.push(
                        finding.with("shown", listed(&names.iter().map(|(name, missed)| (name.as_str(), missed.rows)).collect::<Vec<_>>())),
                    );
                }
            }
        }
    }

    fn unknown(&self, name: &str, missed: Missed, column: usize, is_suggested: bool) -> Finding {
        let registry = self.known.registry;
        let plain = strip_numbering(name);
        let is_shared = registry.is_shared(name) || registry.is_shared(plain);
        let code = if is_shared { &data::SHARED_NAME } else { &data::UNKNOWN_ORGANISATION };
        let place = Place { value: Some(name.into()), ..self.place_of(missed.first, Some(column)) };
        let finding = Finding::new(code, place).with("label", name).with("rows", missed.rows.to_string());
        finding.suggest(if is_suggested && !is_shared { registry.nearest(plain) } else { Vec::new() })
    }
}

/// Values with their rows, the first of them.
fn listed(values: &[(&str, u64)]) -> Text {
    let more = if values.len() > SHOWN { " · …" } else { "" };
    let one = |(value, rows): &(&str, u64), blank: &str| format!("{} ({rows})", if value.is_empty() { blank } else { *value });
    let all = |blank: &str| values.iter().take(SHOWN).map(|value| one(value, blank)).collect::<Vec<_>>().join(" · ") + more;
    Text::new(all("空白"), all("blank"))
}
