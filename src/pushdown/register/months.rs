//! Counts and sums of a register by organisation and month, the zeros of silence among them.

use super::super::dialect::Kind;
use super::super::statement::choice;
use super::super::{number, words};
use super::Writing;
use super::lists::{expected, index};
use crate::intake::records::{Derived, Way};

/// Columns of the items of a selection.
const LISTED: [(&str, Kind); 2] = [("n", Kind::Whole), ("item", Kind::Text)];

impl Writing<'_> {
    /// Items credited by a column, by number.
    fn items_of(&self, column: usize) -> Vec<(usize, &Derived)> {
        self.records.items.iter().enumerate().filter(|(_, item)| item.organisation == column).collect()
    }

    /// Figures of the items credited by a column.
    pub(super) fn months_of(&mut self, column: usize) {
        self.groups(column);
        self.spoilt(column);
        let monthly: Vec<usize> =
            self.items_of(column).into_iter().filter(|(_, item)| !matches!(item.way, Way::Distinct(_))).map(|(at, _)| at).collect();
        if self.records.covers.is_some() || self.items_of(column).len() > monthly.len() {
            self.registry();
        }
        if !monthly.is_empty() {
            self.counted(column, &monthly);
            if self.records.covers.is_some() {
                self.silent(column, &monthly);
            }
        }
    }

    /// Whoever has a row in a month has reported it.
    fn groups(&mut self, column: usize) {
        let mut sums = Vec::new();
        for (at, item) in self.items_of(column) {
            let fault = match item.way {
                Way::Sum(_) => format!("h{at} = 1 OR h{at} = 2 AND a{at} IS NULL"),
                Way::Count | Way::Distinct(_) => format!("h{at} = 1"),
            };
            sums.push(format!("SUM(CASE WHEN h{at} = 2 THEN 1 ELSE 0 END) AS n{at}, SUM(CASE WHEN {fault} THEN 1 ELSE 0 END) AS x{at}"));
            if let Way::Sum(_) = item.way {
                sums.push(format!("COALESCE(SUM(CASE WHEN h{at} = 2 THEN a{at} END), 0) AS s{at}"));
            }
        }
        let whose = whose(column);
        let open = words::is_open(self.dialect, &format!("c{column}"));
        self.steps.add(
            format!("groups{column}"),
            format!(
                "SELECT o{column} AS code, {whose} AS whose, month, label, COUNT(*) AS met,\n  \
                 SUM(CASE WHEN o{column} = '' AND ({open}) THEN 1 ELSE 0 END) AS strange,\n  {}\nFROM held\n\
                 WHERE versions = 1 AND month IS NOT NULL AND c{column} <> ''\nGROUP BY o{column}, {whose}, month, label",
                sums.join(",\n  ")
            ),
        );
    }

    /// Rows that could not be taken, by whose they are: dates of no known spelling may be of any month.
    fn spoilt(&mut self, column: usize) {
        let whose = whose(column);
        self.steps.add(
            format!("spoilt{column}"),
            format!(
                "SELECT o{column} AS code, {whose} AS whose, COUNT(*) AS met, SUM(doubtful) AS doubts\nFROM held\n\
                 WHERE versions > 1 OR month IS NULL\nGROUP BY o{column}, {whose}"
            ),
        );
    }

    /// Records that may be of any month and anybody, or the same as any other: nothing is known of the whole register.
    pub(super) fn adrift(&mut self) {
        let is_unsafe = |column: &usize| format!("NOT ({})", words::is_safe(self.dialect, &format!("c{column}")));
        let is_open = |column: &usize| format!("doubtful = 1 AND o{column} = '' AND ({})", self.may_be_known(&format!("c{column}")));
        let all: Vec<String> = self.records.key.iter().map(is_unsafe).chain(self.credited().iter().map(is_open)).collect();
        let selection = format!("SELECT COALESCE(SUM(CASE WHEN {} THEN 1 ELSE 0 END), 0) AS met\nFROM held", all.join(" OR "));
        self.steps.add("adrift", selection);
    }

    /// True for a name without a code that may be somebody's all the same: who bore a former name depends on the month.
    fn may_be_known(&self, cell: &str) -> String {
        let mut former: Vec<String> = self.lists.dated.iter().map(|(name, _)| self.dialect.text(name)).collect();
        former.dedup();
        let open = words::is_open(self.dialect, cell);
        if former.is_empty() { open } else { format!("{open} OR {} IN ({})", words::plain(self.dialect, cell), former.join(", ")) }
    }

    /// Rejected rows of every figure of somebody, beside those of the figure itself.
    pub(super) fn spoilers() -> &'static str {
        "COALESCE(s.doubts, 0) + k.met"
    }

    /// The join that `spoilers` needs.
    pub(super) fn spoiling(column: usize, whose: &str) -> String {
        format!("LEFT JOIN spoilt{column} AS s ON s.whose = {whose}\nCROSS JOIN adrift AS k")
    }

    fn listed(&self, items: &[usize]) -> String {
        let id = |at: usize| self.dialect.text(&self.of.catalogue.item(self.records.items[at].item).id);
        let rows: Vec<Vec<String>> = items.iter().map(|at| vec![at.to_string(), id(*at)]).collect();
        self.dialect.list("i", &LISTED, &rows)
    }

    fn counted(&mut self, column: usize, items: &[usize]) {
        let of_item = |of: &dyn Fn(usize) -> String| {
            let cases: Vec<(String, String)> = items.iter().map(|at| (at.to_string(), of(*at))).collect();
            choice("i.n", &cases)
        };
        let value = of_item(&|at| self.printed(at));
        let faults = of_item(&|at| self.faults(at));
        let met = of_item(&|at| format!("g.n{at}"));
        self.steps.add(
            format!("counted{column}"),
            format!(
                "SELECT g.whose AS whose, g.label AS label, i.item AS item,\n  {value} AS amount,\n  {met} AS met,\n  \
                 {faults} + g.strange + {} AS rejected\nFROM groups{column} AS g\nCROSS JOIN {}\n{}",
                Self::spoilers(),
                self.listed(items),
                Self::spoiling(column, "g.whose")
            ),
        );
        let value = "CASE WHEN rejected = 0 THEN amount ELSE '' END";
        let reported = "CASE WHEN rejected = 0 THEN 1 ELSE 0 END";
        let columns = ["whose", "label", "item", value, "met", reported, "0", "0", "rejected"];
        let result = self.stamp.select(self.dialect, columns, &format!("FROM counted{column}"));
        self.results.push(result);
    }

    fn nearest(&self, at: usize) -> (String, String) {
        let decimals = self.of.catalogue.item(self.records.items[at].item).decimals;
        let sum = format!("g.s{at}");
        let near = number::rounded(&sum, decimals);
        let sound = number::is_sound(&sum, &near, decimals);
        (near, sound)
    }

    /// What an item comes to, as text.
    fn printed(&self, at: usize) -> String {
        let Way::Sum(_) = self.records.items[at].way else { return self.dialect.as_text(&format!("g.n{at}")) };
        let decimals = self.of.catalogue.item(self.records.items[at].item).decimals;
        let (near, sound) = self.nearest(at);
        number::printed(self.dialect, &format!("CASE WHEN {sound} THEN {near} END"), decimals)
    }

    /// Rows without which the figure would be another one; a sum that is no value counts for one.
    fn faults(&self, at: usize) -> String {
        let Way::Sum(_) = self.records.items[at].way else { return format!("g.x{at}") };
        let (_, sound) = self.nearest(at);
        format!("(g.x{at} + CASE WHEN {sound} THEN 0 ELSE 1 END)")
    }

    /// Adds the list of organisations, once.
    fn registry(&mut self) {
        if self.steps.has("registry") {
            return;
        }
        let (columns, rows) = expected((self.of.registry, self.of.catalogue), self.records, self.dialect);
        let all: Vec<String> = columns.iter().map(|(name, _)| format!("q.{name} AS {name}")).collect();
        let columns: Vec<(&str, Kind)> = columns.iter().map(|(name, kind)| (name.as_str(), *kind)).collect();
        self.steps.add("registry", format!("SELECT {}\nFROM {}", all.join(", "), self.dialect.list("q", &columns, &rows)));
        let Some(covers) = self.records.covers else { return };
        let rows: Vec<Vec<String>> =
            covers.months().map(|month| vec![index(month).to_string(), self.dialect.text(&month.to_string())]).collect();
        let list = self.dialect.list("m", &[("month", Kind::Whole), ("label", Kind::Text)], &rows);
        self.steps.add("covered", format!("SELECT m.month AS month, m.label AS label\nFROM {list}"));
    }

    /// Rows credited to nobody who is known: of such a register silence says nothing.
    pub(super) fn strays(&mut self, column: usize) {
        let name = format!("strays{column}");
        if self.steps.has(&name) {
            return;
        }
        let meant: Vec<String> =
            self.items_of(column).into_iter().filter(|(_, item)| item.within.is_empty()).map(|(at, _)| format!(" OR h{at} > 0")).collect();
        self.steps.add(
            name,
            format!(
                "SELECT COALESCE(SUM(CASE WHEN o{column} = '' AND (versions > 1 OR month IS NULL{}) THEN 1 ELSE 0 END), 0) AS met\nFROM held",
                meant.concat()
            ),
        );
    }

    /// Months of silence of an item, by code and month: `r`, `m`.
    pub(super) fn silence(&mut self, column: usize, expected: &str) -> String {
        self.strays(column);
        format!(
            "LEFT JOIN groups{column} AS g ON g.code = r.code AND g.month = m.month\n\
             LEFT JOIN spoilt{column} AS s ON s.code = r.code\nCROSS JOIN strays{column} AS w\n\
             WHERE m.month BETWEEN r.opened AND r.closed AND {expected} = 1\n  \
             AND COALESCE(g.met, 0) = 0 AND COALESCE(s.met, 0) = 0 AND w.met = 0"
        )
    }

    /// In the months that the register holds in full, no record means 0.
    fn silent(&mut self, column: usize, items: &[usize]) {
        let cases: Vec<(String, String)> = items.iter().map(|at| (at.to_string(), format!("r.e{at}"))).collect();
        let silence = self.silence(column, &choice("i.n", &cases));
        self.steps.add(
            format!("silent{column}"),
            format!(
                "SELECT r.code AS code, m.label AS label, i.item AS item\nFROM registry AS r\nCROSS JOIN covered AS m\nCROSS JOIN {}\n{silence}",
                self.listed(items)
            ),
        );
        let value = "CASE WHEN k.met = 0 THEN '0' ELSE '' END";
        let reported = "CASE WHEN k.met = 0 THEN 1 ELSE 0 END";
        let columns = ["z.code", "z.label", "z.item", value, "0", reported, "0", "0", "k.met"];
        let from = format!("FROM silent{column} AS z\nCROSS JOIN adrift AS k");
        let result = self.stamp.select(self.dialect, columns, &from);
        self.results.push(result);
    }

    /// Rows that count nowhere, with the period `?`.
    pub(super) fn uncounted(&mut self) {
        let Some(first) = self.records.items.first() else { return };
        let item = self.dialect.text(&self.of.catalogue.item(first.item).id);
        let mut meant: Vec<String> = Vec::new();
        for column in self.credited() {
            let held: Vec<String> = self.items_of(column).iter().map(|(at, _)| format!("h{at} = 2")).collect();
            meant.push(format!("c{column} = '' AND ({})", held.join(" OR ")));
        }
        self.steps
            .add("uncounted", format!("SELECT COUNT(*) AS met\nFROM held\nWHERE versions > 1 OR month IS NULL OR {}", meant.join(" OR ")));
        let unknown = self.dialect.text("?");
        let columns = [unknown.as_str(), &unknown, &item, "''", "met", "0", "0", "0", "met"];
        let result = self.stamp.select(self.dialect, columns, "FROM uncounted\nWHERE met > 0");
        self.results.push(result);
    }
}

/// The code where it is known, else what is written.
pub(super) fn whose(column: usize) -> String {
    format!("CASE WHEN o{column} <> '' THEN o{column} ELSE c{column} END")
}
