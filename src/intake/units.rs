//! Units stated once for a whole table or form, as 单位：万元 above it, and the items they hold for [N6].

use crate::catalogue::{Item, unit_word};
use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::intake::cell::Unit;
use crate::intake::table::Top;
use crate::intake::width::is_blank;

/// The one unit that several places state; `Err` where two differ.
pub(crate) fn agreed<const N: usize>(units: [Option<Unit>; N]) -> Result<Option<Unit>, ()> {
    let mut stated = units.into_iter().flatten();
    let first = stated.next();
    if stated.all(|unit| Some(unit) == first) { Ok(first) } else { Err(()) }
}

/// A unit stated for a whole table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// As written.
    pub written: String,
    /// The unit; `None` for a scale of something that is not known.
    pub unit: Option<Unit>,
    /// Its line.
    pub line: u64,
}

/// The units stated in these rows.
pub(super) fn stated(rows: &[Top]) -> Vec<Stated> {
    let mut found = Vec::new();
    for row in rows {
        let filled: Vec<&str> = row.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        for (at, cell) in filled.iter().enumerate() {
            let next = filled.get(at + 1).copied();
            found.extend(in_text(cell, next).into_iter().map(|(written, unit)| Stated { written, unit, line: row.line }));
        }
    }
    found
}

/// What stands before 单位 where it means an organisation.
const ORGANISATIONS: &[&str] = &[
    "填报", "填表", "报送", "上报", "编报", "编制", "制表", "主管", "主办", "举办", "负责", "成员", "牵头", "考核", "建设", "各", "本",
    "事业",
];

/// The units after every 单位 of a text; behind a bare one, that of the next cell. A text that is a scaled
/// unit alone states it, too.
pub(super) fn in_text(text: &str, next: Option<&str>) -> Vec<(String, Option<Unit>)> {
    let mut found = Vec::new();
    for (at, word) in text.match_indices("单位") {
        let before = text.get(..at).unwrap_or_default().trim_end_matches(is_blank);
        if ORGANISATIONS.iter().any(|word| before.ends_with(word)) {
            continue;
        }
        let rest = text.get(at + word.len()..).unwrap_or_default();
        let rest = rest.trim_start_matches(|c: char| is_blank(c) || matches!(c, ':' | '\u{ff1a}' | '为' | '是' | '均'));
        let end = rest.find(|c: char| is_blank(c) || is_bracket(c)).unwrap_or(rest.len());
        let written = rest.get(..end).unwrap_or_default();
        match (written, next) {
            ("", Some(next)) if Unit::parse_bracketed(next).is_some() => found.extend(units(trimmed(next))),
            _ => found.extend(units(written)),
        }
    }
    if found.is_empty() && Unit::parse_bracketed(text).is_some_and(|unit| unit.power() != 0) {
        found.extend(units(trimmed(text)));
    }
    found
}

fn is_bracket(c: char) -> bool {
    matches!(c, '(' | ')' | '\u{ff08}' | '\u{ff09}')
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| is_bracket(c) || is_blank(c))
}

/// Characters of a scale of something that is not known, 万公斤.
const SHORT: usize = 5;

/// The units of a list such as 人次、万元.
fn units(list: &str) -> Vec<(String, Option<Unit>)> {
    let is_scale = |text: &str| text.starts_with(['十', '百', '千', '万', '亿']) && text.chars().count() <= SHORT;
    let one = |text: &str| match Unit::parse(text) {
        None if !is_scale(text) => None,
        unit => Some((text.to_owned(), unit)),
    };
    list.split(['、', ',', '\u{ff0c}', ';', '\u{ff1b}', '和', '及']).filter_map(one).collect()
}

/// What is counted or measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind<'w> {
    /// A scale alone, 万.
    Any,
    /// Persons, visits and the like, which reports use for each other.
    People,
    Money,
    Bed,
    Day,
    Share,
    Other(&'w str),
}

impl<'w> Kind<'w> {
    fn of(written: &'w str) -> Self {
        match written.trim_start_matches(['十', '百', '千', '万', '亿']) {
            "" => Self::Any,
            "人" | "人次" | "人数" | "人次数" | "名" => Self::People,
            "张" | "床" => Self::Bed,
            "日" | "天" | "床日" | "人日" | "人天" => Self::Day,
            "%" | "‰" | "\u{ff05}" | "分" => Self::Share,
            "例数" | "例次" | "台" | "台次" => Self::Other("例"),
            "次数" => Self::Other("次"),
            "所" | "个" => Self::Other("家"),
            word if word.starts_with('元') => Self::Money,
            word => Self::Other(word),
        }
    }

    /// True if a number of `item` may be meant in a unit of this kind.
    fn fits(self, item: Kind) -> bool {
        self == item || self == Self::Any && matches!(item, Kind::People | Kind::Money)
    }
}

/// False for an amount of money over persons, a share over a count and the like; counts may have many names.
pub(super) fn measures(written: &str, item: &Item) -> bool {
    let word = unit_word(&item.unit).zh;
    let (written, item) = (Kind::of(trimmed(written)), Kind::of(&word));
    let is_count = |kind: Kind| !matches!(kind, Kind::Money | Kind::Share);
    match written {
        Kind::Any => item != Kind::Share,
        Kind::Money | Kind::Share => written == item,
        _ => is_count(item),
    }
}

/// The units stated for a table, and what became of them.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    uses: Vec<Use>,
}

#[derive(Debug)]
struct Use {
    stated: Stated,
    /// Columns or items that were scaled by it.
    applied: Vec<String>,
    /// Those of which it cannot be told.
    unclear: Vec<String>,
    /// True if something was read as it stands.
    has_others: bool,
}

/// It cannot be told whether the unit above the table holds for a column.
#[derive(Debug)]
pub(super) struct Unclear;

impl Ledger {
    pub(super) fn new(stated: Vec<Stated>) -> Self {
        let of = |stated| Use { stated, applied: Vec::new(), unclear: Vec::new(), has_others: false };
        Self { uses: stated.into_iter().map(of).collect() }
    }

    /// The unit of a column or item: its own, else the one stated for the table if it measures the same.
    pub(super) fn unit(&mut self, own: Option<Unit>, item: &Item, name: &str) -> Result<Option<Unit>, Unclear> {
        if own.is_some() || self.uses.is_empty() {
            return Ok(own);
        }
        let word = unit_word(&item.unit).zh;
        let item = Kind::of(&word);
        let fitting: Vec<usize> =
            (0..self.uses.len()).filter(|at| self.uses[*at].kind().fits(item) && self.uses[*at].stated.unit.is_some()).collect();
        let unit = |at: &usize| self.uses.get(*at).and_then(|one| one.stated.unit);
        let is_one = fitting.iter().all(|at| unit(at).map(Unit::power) == fitting.first().and_then(unit).map(Unit::power));
        let is_count = |kind: Kind| !matches!(kind, Kind::Money | Kind::Share);
        let scaled = |one: &Use| one.power() != 0 && is_count(one.kind()) && is_count(item);
        match fitting.first() {
            Some(first) if is_one => {
                let found = unit(first);
                if let Some(used) = self.uses.get_mut(*first).filter(|used| used.power() != 0) {
                    note(&mut used.applied, name);
                }
                Ok(found)
            }
            Some(_) => self.refuse(|one| one.power() != 0, name),
            None if self.uses.iter().any(scaled) => self.refuse(scaled, name),
            None => {
                self.uses.iter_mut().for_each(|one| one.has_others = true);
                Ok(None)
            }
        }
    }

    fn refuse(&mut self, is_meant: impl Fn(&Use) -> bool, name: &str) -> Result<Option<Unit>, Unclear> {
        if let Some(used) = self.uses.iter_mut().find(|one| is_meant(one)) {
            note(&mut used.unclear, name);
        }
        Err(Unclear)
    }

    /// Says what each unit was used for.
    pub(super) fn report(self, place: &Place, findings: &mut Vec<Finding>) {
        for Use { stated, applied, unclear, has_others } in self.uses {
            let place = Place { row: Some(stated.line), ..place.clone() };
            let about = |code| Finding::new(code, place.clone()).with("unit", stated.written.clone());
            let is_scale = stated.unit.is_none_or(|unit| unit.power() != 0);
            match (applied.is_empty(), unclear.is_empty()) {
                (true, true) if has_others && is_scale => findings.push(about(&codes::UNIT_ABOVE)),
                (applied_none, unclear_none) => {
                    findings.extend((!applied_none).then(|| about(&codes::UNIT_APPLIED).with("columns", applied.join(" · "))));
                    findings.extend((!unclear_none).then(|| about(&codes::UNIT_UNCLEAR).with("columns", unclear.join(" · "))));
                }
            }
        }
    }
}

impl Use {
    fn power(&self) -> i32 {
        self.stated.unit.map_or(0, Unit::power)
    }

    fn kind(&self) -> Kind<'_> {
        Kind::of(&self.stated.written)
    }
}

fn note(names: &mut Vec<String>, name: &str) {
    if !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, next: Option<&str>) -> String {
        in_text(text, next)
            .iter()
            .map(|(written, unit)| format!("{written}={}", unit.map_or(-9, Unit::power)))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// N6: the unit of a table stands behind 单位, also several, in brackets, or in the next cell.
    #[test]
    fn the_unit_of_a_table_is_read_where_it_is_stated() {
        for (text, next, units) in [
            ("单位：万人次", None, "万人次=4"),
            ("计量单位:万元", None, "万元=4"),
            ("某县收入表（单位：千元）", None, "千元=3"),
            ("金额单位 亿元  2025年", None, "亿元=8"),
            ("计量单位：人次、万元", None, "人次=0 万元=4"),
            ("单位", Some("万元"), "万元=4"),
            ("单位：", Some("（万元）"), "万元=4"),
            ("（万元）", None, "万元=4"),
            ("注：金额单位均为万元", None, "万元=4"),
            ("单位：万公斤", None, "万公斤=-9"),
            ("填报单位：百家湖医院", None, ""),
            ("填报单位：甲医院 计量单位：万元", None, "万元=4"),
            ("单位：万年县人民医院", None, ""),
            ("填报单位", Some("甲医院"), ""),
            ("（人次）", None, ""),
            ("医疗服务月报", None, ""),
        ] {
            assert_eq!(said(text, next), units, "{text}");
        }
    }

    /// What is read in which unit: `-` as it stands, `?` not at all.
    fn held(stated: &str, unit: &str) -> String {
        let units = in_text(stated, None).into_iter().map(|(written, unit)| Stated { written, unit, line: 1 });
        let item = Item {
            id: "a".into(),
            name: crate::text::Text::same("A"),
            aliases: Vec::new(),
            unit: unit.into(),
            decimals: 0,
            time: crate::catalogue::Time::Flow,
            additive: true,
            expected_from: None,
            definition: None,
            basis: Vec::new(),
        };
        match Ledger::new(units.collect()).unit(None, &item, "A") {
            Ok(unit) => unit.map_or("-".to_owned(), |unit| unit.power().to_string()),
            Err(Unclear) => "?".to_owned(),
        }
    }

    /// N6: the unit of a table holds for what is measured in it; beds under 万人次 are in doubt, money is not.
    #[test]
    fn the_unit_of_a_table_holds_for_what_is_measured_in_it() {
        for (stated, unit, power) in [
            ("单位：万人次", "visit", "4"),
            ("单位：万人次", "person", "4"),
            ("单位：万人次", "bed", "?"),
            ("单位：万人次", "yuan", "-"),
            ("单位：万人次", "%", "-"),
            ("单位：万元", "yuan", "4"),
            ("单位：万元", "visit", "-"),
            ("单位：万", "visit", "4"),
            ("单位：万", "yuan", "4"),
            ("单位：万", "bed", "?"),
            ("单位：人次、万元", "visit", "0"),
            ("单位：人次、万元", "yuan", "4"),
            ("单位：人次、万元", "bed", "-"),
            ("单位：人次、万人", "person", "?"),
            ("单位：‰", "%", "-1"),
        ] {
            assert_eq!(held(stated, unit), power, "{stated} {unit}");
        }
    }
}
