//! What a record must fulfil: 2 for yes, 0 for no, 1 where nobody knows.

use super::super::dialect::Dialect;
use super::super::{number, words};
use super::Writing;
use crate::intake::records::{Condition, Derived, Matched, Records, Test};
use crate::number::Exact;
use crate::text::normalise;

/// Whether a condition holds for a record `r`.
pub(super) fn condition(dialect: Dialect, condition: &Condition) -> String {
    let cell = format!("r.c{}", condition.column);
    match &condition.test {
        Test::AnyOf(texts) => among(dialect, &cell, texts, (2, 0)),
        Test::NoneOf(texts) => among(dialect, &cell, texts, (0, 2)),
        Test::Between { at_least, at_most } => {
            let number = number::finest(&number::number(dialect, &cell, None));
            let limit = |sign: &str, limit: &Option<Exact>| {
                limit.as_ref().map(|limit| format!("{number} {sign} {}", number::constant(dialect, &limit.to_string())))
            };
            let limits: Vec<String> = limit(">=", at_least).into_iter().chain(limit("<=", at_most)).collect();
            let inside = if limits.is_empty() { "1 = 1".to_owned() } else { limits.join(" AND ") };
            format!("CASE WHEN {number} IS NULL THEN 1 WHEN {inside} THEN 2 ELSE 0 END")
        }
    }
}

fn among(dialect: Dialect, cell: &str, texts: &[String], (is_one, is_none): (u8, u8)) -> String {
    let texts: Vec<String> = texts.iter().map(|text| dialect.text(&normalise(text))).collect();
    let plain = words::plain(dialect, cell);
    let named = if texts.is_empty() { "1 = 0".to_owned() } else { format!("{plain} IN ({})", texts.join(", ")) };
    format!("CASE WHEN {named} THEN {is_one} WHEN {} THEN {is_none} ELSE 1 END", words::is_safe(dialect, cell))
}

/// Numbers of the conditions by which the other side has confirmed a record.
pub(super) fn matched(records: &Records) -> &[usize] {
    match &records.matched {
        Some(Matched::Where(conditions)) => conditions,
        _ => &[],
    }
}

/// Who a record is about; nothing where that cannot be told.
pub(super) fn person(dialect: Dialect, cell: &str) -> String {
    format!("CASE WHEN {cell} <> '' AND {} THEN UPPER(REPLACE({cell}, ' ', '')) END", dialect.matches(cell, "^[ -~一-鿿]*$"))
}

impl Writing<'_> {
    /// Adds to the records the unit of each organisation in the month by whose membership they are judged [O3, O4].
    pub(super) fn membership(&mut self) -> &'static str {
        let judged = match self.records.assessed {
            Some(assessed) => {
                let (first, last) = (super::lists::index(assessed.first()), super::lists::index(assessed.last()));
                let later = format!("{first} + (((r.month - {first}) % 12) + 12) % 12");
                format!("CASE WHEN r.month < {first} AND {later} <= {last} THEN {later} ELSE r.month END")
            }
            None => "r.month".to_owned(),
        };
        self.steps.add("judged", format!("SELECT {}, {judged} AS judged\nFROM named AS r", self.carried("r")));
        let (columns, rows) = self.lists.stays(self.dialect);
        let all: Vec<String> = columns.iter().map(|(name, _)| format!("b.{name} AS {name}")).collect();
        let columns: Vec<(&str, _)> = columns.iter().map(|(name, kind)| (name.as_str(), *kind)).collect();
        self.steps.add("belonging", format!("SELECT {}\nFROM {}", all.join(", "), self.dialect.list("b", &columns, &rows)));
        let organisations = self.organisations();
        let stays = self.lists.most_stays;
        let unit = |at: &usize| {
            let whens: Vec<String> = (0..stays)
                .map(|stay| format!("WHEN r.judged BETWEEN b{at}.first{stay} AND b{at}.last{stay} THEN b{at}.unit{stay}"))
                .collect();
            format!("COALESCE(CASE {} END, '') AS u{at}", whens.join(" "))
        };
        let units: Vec<String> = organisations.iter().map(unit).collect();
        let joins: Vec<String> = organisations.iter().map(|at| format!("LEFT JOIN belonging AS b{at} ON b{at}.code = r.o{at}")).collect();
        self.steps
            .add("members", format!("SELECT {},\n  {}\nFROM judged AS r\n{}", self.carried("r"), units.join(",\n  "), joins.join("\n")));
        "members"
    }

    /// Whether all ends of a record belong to the unit of the credited organisation. A name that intake might know
    /// leaves it open.
    pub(super) fn is_within(&self, item: &Derived) -> String {
        let own = item.organisation;
        let end = |at: usize| {
            let cell = format!("r.c{at}");
            let open = words::is_open(self.dialect, &cell);
            format!(
                "CASE WHEN r.o{at} <> '' AND r.u{own} <> '' AND r.u{at} = r.u{own} THEN 2 \
                 WHEN r.o{at} = '' AND {cell} <> '' AND ({open}) THEN 1 ELSE 0 END"
            )
        };
        let credited = format!("CASE WHEN r.c{own} = '' THEN 0 WHEN r.o{own} = '' THEN 1 ELSE 2 END");
        // Where nobody known is credited, its unit is not known either.
        let ends: Vec<String> = item.within.iter().filter(|at| **at != own).map(|at| end(*at)).collect();
        let ends = if ends.len() > 1 { format!("LEAST({})", ends.join(", ")) } else { ends.concat() };
        if ends.is_empty() {
            let has_unit = format!("CASE WHEN r.o{own} <> '' AND r.u{own} = '' THEN 0 ELSE 2 END");
            return format!("LEAST({credited}, {has_unit})");
        }
        format!("CASE WHEN r.c{own} <> '' AND r.o{own} = '' THEN 1 ELSE LEAST({credited}, {ends}) END")
    }
}
