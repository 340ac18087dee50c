//! Persons of a register, each once in a span of which every month was reported.

use super::super::dialect::Kind;
use super::Writing;
use super::lists::index;
use super::months::whose;
use crate::intake::records::Way;

const SPANS: [(&str, Kind); 4] = [("n", Kind::Whole), ("first", Kind::Whole), ("last", Kind::Whole), ("label", Kind::Text)];

impl Writing<'_> {
    /// Figures of all items that count persons.
    pub(super) fn persons(&mut self) {
        let items: Vec<(usize, usize)> = self.records.items.iter().enumerate().map(|(at, item)| (at, item.organisation)).collect();
        let is_of_persons = |at: usize| matches!(self.records.items[at].way, Way::Distinct(_));
        let items: Vec<(usize, usize)> = items.into_iter().filter(|(at, _)| is_of_persons(*at)).collect();
        if items.is_empty() {
            return;
        }
        let row = |(at, span): (usize, &crate::period::Span)| {
            vec![at.to_string(), index(span.first()).to_string(), index(span.last()).to_string(), self.dialect.text(&span.to_string())]
        };
        let rows: Vec<Vec<String>> = self.records.spans.iter().enumerate().map(row).collect();
        let list = self.dialect.list("p", &SPANS, &rows);
        self.steps.add("spans", format!("SELECT p.n AS n, p.first AS first, p.last AS last, p.label AS label\nFROM {list}"));
        for (at, column) in items {
            self.crowds(at, column);
            self.present(at, column);
            self.of_persons(at, column);
        }
    }

    /// Persons by whose they are and span.
    fn crowds(&mut self, at: usize, column: usize) {
        let whose = whose(column);
        self.steps.add(
            format!("crowds{at}"),
            format!(
                "SELECT {whose} AS whose, p.n AS n, MAX(p.label) AS label, MAX(r.o{column}) AS code,\n  \
                 COUNT(DISTINCT CASE WHEN r.h{at} = 2 THEN r.p{at} END) AS persons,\n  \
                 SUM(CASE WHEN r.h{at} = 2 THEN 1 ELSE 0 END) AS met,\n  \
                 SUM(CASE WHEN r.h{at} = 1 OR r.h{at} = 2 AND r.p{at} IS NULL THEN 1 ELSE 0 END) AS rejected\n\
                 FROM held AS r\nCROSS JOIN spans AS p\n\
                 WHERE r.versions = 1 AND r.month BETWEEN p.first AND p.last AND r.c{column} <> ''\nGROUP BY {whose}, p.n",
            ),
        );
    }

    /// The months an organisation has reported, by row or by silence.
    fn present(&mut self, at: usize, column: usize) {
        let mut months = format!("SELECT code, month\nFROM groups{column}\nWHERE code <> ''");
        if self.records.covers.is_some() {
            let silence = self.silence(column, &format!("r.e{at}"));
            self.steps.add(
                format!("quiet{at}"),
                format!("SELECT r.code AS code, m.month AS month\nFROM registry AS r\nCROSS JOIN covered AS m\n{silence}"),
            );
            months = format!("{months}\nUNION ALL\nSELECT code, month\nFROM quiet{at}");
        }
        self.steps.add(format!("present{at}"), months);
        self.steps.add(
            format!("whole{at}"),
            format!(
                "SELECT r.code AS code, p.n AS n, MAX(p.label) AS label\nFROM registry AS r\n\
                 INNER JOIN present{at} AS b ON b.code = r.code\nCROSS JOIN spans AS p\n\
                 WHERE b.month BETWEEN p.first AND p.last AND b.month BETWEEN r.opened AND r.closed\n\
                 GROUP BY r.code, p.n, p.first, p.last, r.opened, r.closed\n\
                 HAVING COUNT(DISTINCT b.month) = LEAST(p.last, r.closed) - GREATEST(p.first, r.opened) + 1"
            ),
        );
    }

    /// Those of the registry, who reported the whole of a span; and what was credited to names that it does not have.
    fn of_persons(&mut self, at: usize, column: usize) {
        self.steps.add(
            format!("persons{at}"),
            format!(
                "SELECT b.code AS whose, b.label AS label, COALESCE(c.persons, 0) AS persons, COALESCE(c.met, 0) AS met,\n  \
                 COALESCE(c.rejected, 0) + {} AS rejected\nFROM whole{at} AS b\n\
                 LEFT JOIN crowds{at} AS c ON c.whose = b.code AND c.n = b.n\n{}\n\
                 UNION ALL\nSELECT whose, label, 0 AS persons, met, met + rejected AS rejected\nFROM crowds{at}\nWHERE code = '' AND met + rejected > 0",
                Self::spoilers(),
                Self::spoiling(column, "b.code")
            ),
        );
        let item = self.dialect.text(&self.of.catalogue.item(self.records.items[at].item).id);
        let value = format!("CASE WHEN rejected = 0 THEN {} ELSE '' END", self.dialect.as_text("persons"));
        let reported = "CASE WHEN rejected = 0 THEN 1 ELSE 0 END";
        let columns = ["whose", "label", &item, &value, "met", reported, "0", "0", "rejected"];
        let result = self.stamp.select(self.dialect, columns, &format!("FROM persons{at}"));
        self.results.push(result);
    }
}
