//! Registers of records as SQL: each record once, its month, whose it is, what it counts for; then figures by organisation.
//!
//! Whether something holds is 2 for yes, 0 for no, and 1 where the text may mean either to intake: the least of all
//! conditions is their conjunction. A figure with a 1 in it is rejected.

use std::sync::Arc;

use super::dialect::{Dialect, Kind};
use super::statement::{Stamp, Steps};
use super::values::cell;
use super::{day, number, words};
use crate::catalogue::Catalogue;
use crate::intake::records::{Derived, Records, Way};
use crate::registry::Registry;

mod conditions;
mod lists;
mod months;
mod persons;

use lists::Lists;

/// A register, and what its columns are called in the table.
#[derive(Debug, Clone)]
pub(super) struct Register<'a> {
    /// What is counted.
    pub(super) records: Arc<Records>,
    /// For each column that is looked at, its header as printed and the power of ten of its unit.
    pub(super) columns: Vec<(String, i32)>,
    /// Organisations.
    pub(super) registry: &'a Registry,
    /// Items.
    pub(super) catalogue: &'a Catalogue,
}

/// A register on its way to a statement.
struct Writing<'w> {
    of: &'w Register<'w>,
    records: &'w Records,
    dialect: Dialect,
    stamp: &'w Stamp,
    lists: Lists,
    steps: Steps,
    /// Selections that the result is put together from.
    results: Vec<String>,
}

impl Register<'_> {
    /// The statement for a table.
    pub(super) fn statement(&self, stamp: &Stamp, table: &str, dialect: Dialect) -> String {
        let lists = Lists::new(self, dialect);
        let mut writing = Writing { of: self, records: &self.records, dialect, stamp, lists, steps: Steps::default(), results: Vec::new() };
        writing.read(table);
        writing.decide();
        writing.adrift();
        for column in writing.credited() {
            writing.months_of(column);
        }
        writing.persons();
        writing.uncounted();
        writing.steps.statement(&writing.results.join("\nUNION ALL\n"))
    }
}

impl Writing<'_> {
    /// Columns by which items are credited, each once.
    fn credited(&self) -> Vec<usize> {
        let mut columns: Vec<usize> = self.records.items.iter().map(|item| item.organisation).collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    /// Columns of organisations, each once.
    fn organisations(&self) -> Vec<usize> {
        let mut columns = self.credited();
        columns.extend(self.records.items.iter().flat_map(|item| &item.within));
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    /// Whether any item looks at who belongs to whom.
    fn has_within(&self) -> bool {
        self.records.items.iter().any(|item| !item.within.is_empty())
    }

    /// From rows to records with their month and their organisations.
    fn read(&mut self, table: &str) {
        let dialect = self.dialect;
        let columns: Vec<String> =
            self.of.columns.iter().enumerate().map(|(at, (header, _))| format!("{} AS c{at}", cell(dialect, header))).collect();
        let date = &self.of.columns[self.records.date].0;
        self.steps.add(
            "lines",
            format!(
                "SELECT\n  {}\nFROM {} AS t\nWHERE {} <> {}",
                columns.join(",\n  "),
                dialect.table(table),
                cell(dialect, date),
                dialect.text(date)
            ),
        );
        self.once();
        let dated = format!("SELECT {}, r.versions AS versions,\n  {}\nFROM keyed AS r", self.aliased("r"), self.date());
        self.steps.add("dated", dated);
        let safe: Vec<String> =
            (0..self.of.columns.len()).map(|at| format!("NOT ({})", words::is_safe(dialect, &format!("r.c{at}")))).collect();
        let month = format!(
            "SELECT {}, r.versions AS versions,\n  CASE WHEN {valid} THEN y * 12 + m - 1 END AS month,\n  \
             CASE WHEN {valid} THEN {} || '-' || LPAD({}, 2, '0') ELSE '?' END AS label,\n  \
             CASE WHEN {} OR (r.versions > 1 AND ({})) THEN 1 ELSE 0 END AS doubtful\nFROM dated AS r",
            self.aliased("r"),
            dialect.as_text("y"),
            dialect.as_text("m"),
            day::is_doubtful(dialect, &format!("r.c{}", self.records.date)),
            safe.join(" OR "),
            valid = day::is_valid()
        );
        self.steps.add("monthly", month);
        self.name_organisations();
    }

    fn aliased(&self, selection: &str) -> String {
        let all: Vec<String> = (0..self.of.columns.len()).map(|at| format!("{selection}.c{at} AS c{at}")).collect();
        all.join(", ")
    }

    fn date(&self) -> String {
        day::numbers(self.dialect, &format!("r.c{}", self.records.date))
    }

    /// Rows with the same key that agree are one record; where they do not, none of them counts.
    fn once(&mut self) {
        let key: Vec<String> = self.records.key.iter().map(|column| format!("l.c{column}")).collect();
        let columns = self.aliased("l");
        if key.is_empty() {
            self.steps.add("keyed", format!("SELECT {columns}, 1 AS versions\nFROM lines AS l"));
            return;
        }
        let named: Vec<String> = key.iter().map(|part| format!("{part} <> ''")).collect();
        let named = named.join(" OR ");
        self.steps.add(
            "once",
            format!("SELECT DISTINCT {columns}\nFROM lines AS l\nWHERE {named}\nUNION ALL\nSELECT {columns}\nFROM lines AS l\nWHERE NOT ({named})"),
        );
        self.steps.add(
            "keyed",
            format!(
                "SELECT {columns},\n  CASE WHEN {named} THEN COUNT(*) OVER (PARTITION BY {}) ELSE 1 END AS versions\nFROM once AS l",
                key.join(", ")
            ),
        );
    }

    /// The codes of the organisations, where the registry has their names.
    fn name_organisations(&mut self) {
        let dialect = self.dialect;
        let spelt = [("written", Kind::Text), ("code", Kind::Text)];
        self.steps.add(
            "spellings",
            format!("SELECT s.written AS written, s.code AS code\nFROM {}", dialect.list("s", &spelt, &self.lists.spellings)),
        );
        let columns = self.organisations();
        let codes: Vec<String> = columns.iter().map(|at| self.code(*at)).collect();
        let joins: Vec<String> = columns
            .iter()
            .map(|at| format!("LEFT JOIN spellings AS s{at} ON s{at}.written = {}", words::plain(dialect, &format!("r.c{at}"))))
            .collect();
        self.steps.add(
            "named",
            format!(
                "SELECT {}, r.versions AS versions, r.month AS month, r.label AS label, r.doubtful AS doubtful,\n  {}\nFROM monthly AS r\n{}",
                self.aliased("r"),
                codes.join(", "),
                joins.join("\n")
            ),
        );
    }

    /// The code of the organisation in a column; whose a former name was depends on the month.
    fn code(&self, at: usize) -> String {
        let plain = words::plain(self.dialect, &format!("r.c{at}"));
        let former = self.lists.dated.iter().map(|(name, lists::Stretch { first, last, what })| {
            let (name, code) = (self.dialect.text(name), self.dialect.text(what));
            format!("WHEN {plain} = {name} AND r.month BETWEEN {first} AND {last} THEN {code} ")
        });
        let former: String = former.collect();
        if former.is_empty() {
            return format!("COALESCE(s{at}.code, '') AS o{at}");
        }
        format!("CASE {former}ELSE COALESCE(s{at}.code, '') END AS o{at}")
    }

    /// Codes and columns that later steps carry along.
    fn carried(&self, selection: &str) -> String {
        let codes: Vec<String> = self.organisations().iter().map(|at| format!("{selection}.o{at} AS o{at}")).collect();
        format!(
            "{}, {selection}.versions AS versions, {selection}.month AS month, {selection}.label AS label, {selection}.doubtful AS doubtful, {}",
            self.aliased(selection),
            codes.join(", ")
        )
    }

    /// What every record counts for: `h` of an item by its number, and the amounts of sums.
    fn decide(&mut self) {
        let from = if self.has_within() { self.membership() } else { "named" };
        let mut decided: Vec<String> = Vec::new();
        for (at, condition) in self.records.conditions.iter().enumerate() {
            decided.push(format!("{} AS t{at}", conditions::condition(self.dialect, condition)));
        }
        for (at, item) in self.records.items.iter().enumerate() {
            if !item.within.is_empty() {
                decided.push(format!("{} AS w{at}", self.is_within(item)));
            }
            match item.way {
                Way::Sum(column) => decided.push(format!("{} AS a{at}", self.amount(item, column))),
                Way::Distinct(column) => decided.push(format!("{} AS p{at}", conditions::person(self.dialect, &format!("r.c{column}")))),
                Way::Count => {}
            }
        }
        decided.insert(0, self.carried("r"));
        self.steps.add("tested", format!("SELECT {}\nFROM {from} AS r", decided.join(",\n  ")));
        let held: Vec<String> =
            self.records.items.iter().enumerate().map(|(at, item)| format!("{} AS h{at}", self.holds(at, item))).collect();
        let brought: Vec<String> = self.records.items.iter().enumerate().filter_map(|(at, item)| brought(at, item)).collect();
        let columns: Vec<String> = held.into_iter().chain(brought).collect();
        self.steps.add("held", format!("SELECT {},\n  {}\nFROM tested AS r", self.carried("r"), columns.join(",\n  ")));
    }

    fn amount(&self, item: &Derived, column: usize) -> String {
        let is_percent = self.of.catalogue.item(item.item).unit == "%" && self.of.columns[column].1 == 0;
        let number = number::number(self.dialect, &format!("r.c{column}"), is_percent.then_some("1 = 1"));
        number::finest(&number::scaled(self.dialect, &number, self.of.columns[column].1))
    }

    /// Whether a record counts for an item: the least of everything it needs.
    fn holds(&self, at: usize, item: &Derived) -> String {
        let mut all: Vec<String> = item.conditions.iter().map(|condition| format!("r.t{condition}")).collect();
        if item.needs_match {
            all.extend(conditions::matched(self.records).iter().map(|condition| format!("r.t{condition}")));
        }
        all.extend((!item.within.is_empty()).then(|| format!("r.w{at}")));
        match all.as_slice() {
            [] => "2".to_owned(),
            [one] => one.clone(),
            all => format!("LEAST({})", all.join(", ")),
        }
    }
}

fn brought(at: usize, item: &Derived) -> Option<String> {
    match item.way {
        Way::Sum(_) => Some(format!("r.a{at} AS a{at}")),
        Way::Distinct(_) => Some(format!("r.p{at} AS p{at}")),
        Way::Count => None,
    }
}
