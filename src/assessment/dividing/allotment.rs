//! A targets file and its tables → what is to be divided among whom.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::assessment::dividing::desk::{Desk, pieces};
use crate::assessment::dividing::members::{self, Members};
use crate::assessment::dividing::sheet::{Figure, Names, Row, Sheet};
use crate::codes::{input as input_codes, targets as codes};
use crate::definition::TargetsFile;
use crate::definition::located::{Located, Words};
use crate::definition::targets as spec;
use crate::diagnostic::{Diagnostic, Origin, SourceFile};
use crate::number::Exact;
use crate::scorebook::Provenance;
use crate::targets::changes::Earlier;
use crate::targets::{Item, Limits, Measure, Plan, Quantity, Rule, Unit};
use crate::text::{Lang, Text, nearest, normalise};

/// The name of the file in a folder.
pub const FILE: &str = "targets.toml";

/// A plan with what it was made from.
#[derive(Debug)]
pub struct Loaded {
    /// What is to be divided.
    pub plan: Plan,
    /// Language of written files.
    pub lang: Option<Lang>,
    /// Targets of an earlier version, where one was named.
    pub earlier: Option<Vec<Earlier>>,
    /// The files read.
    pub provenance: Provenance,
}

const CONSULTATION: Names = Names {
    known: &[
        ("unit", "unit"),
        ("考核对象", "unit"),
        ("机构代码", "unit"),
        ("item", "item"),
        ("项目", "item"),
        ("任务", "item"),
        ("round", "round"),
        ("轮次", "round"),
        ("target", "target"),
        ("任务数", "target"),
        ("at_least", "at_least"),
        ("下限", "at_least"),
        ("at_most", "at_most"),
        ("上限", "at_most"),
        ("reason", "reason"),
        ("理由", "reason"),
        ("说明", "reason"),
    ],
    needed: &["unit", "item", "round"],
    is_open: false,
};

const TARGETS: Names = Names {
    known: &[
        ("unit", "unit"),
        ("考核对象", "unit"),
        ("item", "item"),
        ("项目", "item"),
        ("period", "period"),
        ("期间", "period"),
        ("target", "target"),
        ("任务数", "target"),
        ("round", "round"),
        ("轮次", "round"),
        ("reason", "reason"),
        ("理由", "reason"),
        ("说明", "reason"),
    ],
    needed: &["unit", "item", "period", "target"],
    is_open: false,
};

/// Reads everything. `round` goes before the file's own; `against` is the targets file of an earlier version.
pub fn load(path: &Path, round: Option<u32>, against: Option<&Path>) -> (Option<Loaded>, Vec<Diagnostic>) {
    let mut desk = Desk::default();
    let loaded = read(&mut desk, path, round, against);
    desk.close(loaded)
}

fn read(desk: &mut Desk, path: &Path, asked: Option<u32>, against: Option<&Path>) -> Option<Loaded> {
    let (written, file): (TargetsFile, _) = desk.definition(path, FILE)?;
    let period = desk.period(&written.period, &file);
    let members = desk.sheet(&written.units, &file, "units", members::NAMES);
    let members = members.map(|sheet| Members::of_table(sheet, &mut desk.diagnostics));
    let consultation = written.consultation.as_ref().map(|table| desk.sheet(table, &file, "consultation", CONSULTATION));
    let (members, period) = (members?, period?);
    if written.quantity.is_empty() && written.quality.is_empty() {
        desk.diagnostics.push(Diagnostic::new(&codes::NOTHING, written.period.origin(&file)));
    }
    let mut reader = Reader { desk, file: &file, members: &members, items: Vec::new(), lines: BTreeMap::new() };
    for quantity in &written.quantity {
        reader.quantity(quantity);
    }
    for quality in &written.quality {
        reader.quality(quality);
    }
    let round = asked.or_else(|| written.round.as_ref().map(|round| round.value));
    let round = match consultation {
        Some(sheet) => reader.consultation(&sheet?, round),
        None => round.unwrap_or_default(),
    };
    let items = reader.items;
    let units = members.keys.units.iter().map(|(key, name)| Unit { key: key.clone(), name: name.clone() }).collect();
    let plan = Plan { title: written.title.clone(), period, round, units, items };
    let earlier = match against {
        Some(path) => Some(earlier(desk, path, &plan)?),
        None => None,
    };
    let options = asked.map(|round| ("round".to_owned(), round.to_string())).into_iter().collect();
    let provenance = Provenance { options, ..desk.provenance() };
    Some(Loaded { plan, lang: written.lang, earlier, provenance })
}

struct Reader<'a> {
    desk: &'a mut Desk,
    file: &'a Arc<SourceFile>,
    members: &'a Members,
    items: Vec<Item>,
    /// Lines of items by id.
    lines: BTreeMap<String, usize>,
}

impl Reader<'_> {
    /// Notes an item; two of one id are an error.
    fn add(&mut self, id: &Words, name: Option<&Text>, rule: Rule) {
        let origin = id.origin(self.file);
        if let Some(other) = self.lines.insert(normalise(&id.value), origin.line_and_column().0) {
            let diagnostic = Diagnostic::new(&input_codes::TWICE, origin).with("what", id.value.clone());
            self.desk.diagnostics.push(diagnostic.with("other", other.to_string()));
        }
        let name = name.cloned().unwrap_or_else(|| Text::same(&id.value));
        self.items.push(Item { id: id.value.clone(), name, rule });
    }

    fn quality(&mut self, written: &Located<spec::Quality>) {
        let Some(target) = self.desk.not_negative(&written.target, self.file, "`target`") else { return };
        self.add(&written.item, written.name.as_ref(), Rule::Uniform(target));
    }

    fn quantity(&mut self, written: &Located<spec::Quantity>) {
        let total = self.desk.pieces(&written.total, self.file, "total");
        let at_least = written.at_least.as_ref().map(|number| self.desk.pieces(number, self.file, "at_least"));
        let at_most = written.at_most.as_ref().map(|number| self.desk.pieces(number, self.file, "at_most"));
        let limits = Limits { at_least: at_least.flatten().unwrap_or_default(), at_most: at_most.flatten(), agreed: None };
        if let Some(most) = limits.at_most.filter(|most| *most < limits.at_least) {
            let origin = written.at_most.as_ref().map(|number| number.origin(self.file));
            let diagnostic = Diagnostic::new(&codes::CROSSED, origin).with("least", limits.at_least.to_string());
            self.desk.diagnostics.push(diagnostic.with("most", most.to_string()));
        }
        let by = self.measures(written);
        let (Some(total), Some(by)) = (total, by) else { return };
        let origin = written.total.origin(self.file);
        let quantity = Quantity { total, by, limits: vec![limits.clone(); self.members.keys.units.len()], common: limits, origin };
        self.add(&written.item, written.name.as_ref(), Rule::Divided(quantity));
    }

    /// The columns by which a total is divided. Their weights sum to 1, and none is 0 for all units.
    fn measures(&mut self, written: &Located<spec::Quantity>) -> Option<Vec<Measure>> {
        let mut by = Vec::new();
        for (column, weight) in written.by.iter() {
            let what = Text::new(format!("“{}”的权重", column.value), format!("the weight of `{}`", column.value));
            let weight = self.desk.not_negative(weight, self.file, what);
            let sizes = self.members.sizes(column, self.file, &mut self.desk.diagnostics);
            if sizes.as_ref().is_some_and(|sizes| sizes.iter().all(Exact::is_zero)) {
                let diagnostic = Diagnostic::new(&codes::NOBODY, column.origin(self.file)).with("column", column.value.clone());
                self.desk.diagnostics.push(diagnostic);
            }
            by.extend(weight.zip(sizes).map(|(weight, sizes)| Measure { name: column.value.clone(), weight, sizes }));
        }
        let sum: Exact = written.by.iter().map(|(_, weight)| &weight.value).sum();
        if sum != Exact::one() {
            let diagnostic = Diagnostic::new(&codes::WEIGHTS, self.weights_origin(written)).with("item", written.item.value.clone());
            self.desk.diagnostics.push(diagnostic.with("sum", sum.to_string()));
        }
        (by.len() == written.by.len()).then_some(by)
    }

    /// All weights of a total, for the caret; its name where there are none.
    fn weights_origin(&self, written: &Located<spec::Quantity>) -> Origin {
        let (Some((first, _)), Some((_, last))) = (written.by.first(), written.by.last()) else { return written.item.origin(self.file) };
        Origin::new(self.file, first.origin(self.file).span.start..last.origin(self.file).span.end)
    }

    /// What was agreed on up to the round, a later round over an earlier one. The round is the last one of the table
    /// where none was asked for.
    fn consultation(&mut self, sheet: &Sheet, asked: Option<u32>) -> u32 {
        let rounds: Vec<Option<u32>> = sheet.rows.iter().map(|row| self.round(sheet, row)).collect();
        let last = rounds.iter().flatten().copied().max().unwrap_or_default();
        if let Some(asked) = asked.filter(|asked| *asked > last) {
            let diagnostic = Diagnostic::new(&codes::NO_SUCH_ROUND, None).with("round", asked.to_string());
            self.desk.diagnostics.push(diagnostic.with("last", last.to_string()));
        }
        let round = asked.unwrap_or(last);
        let mut seen: BTreeMap<(usize, usize, u32), u64> = BTreeMap::new();
        let mut later = 0_usize;
        // Sorted by round, so that what was agreed on last stands.
        let mut rows: Vec<(u32, &Row)> = rounds.iter().zip(&sheet.rows).filter_map(|(round, row)| Some(((*round)?, row))).collect();
        rows.sort_by_key(|(round, _)| *round);
        for (own, row) in rows {
            let agreed = self.agreed(sheet, row, own);
            let Some((unit, item, limits)) = agreed else { continue };
            if let Some(other) = seen.insert((unit, item, own), row.line) {
                let what = format!("{} · {}", sheet.cell(row, "unit"), sheet.cell(row, "item"));
                self.desk.diagnostics.push(sheet.twice(row, &what, other));
            } else if own > round {
                later += 1;
            } else if let Rule::Divided(quantity) = &mut self.items[item].rule {
                quantity.limits[unit] = limits;
            }
        }
        if later > 0 {
            let diagnostic = Diagnostic::new(&codes::LATER_ROUND, None).with("round", round.to_string());
            self.desk.diagnostics.push(diagnostic.with("count", later.to_string()));
        }
        round
    }

    fn round(&mut self, sheet: &Sheet, row: &Row) -> Option<u32> {
        let written = sheet.cell(row, "round");
        let round = written.parse().ok().filter(|round| *round > 0);
        if round.is_none() {
            self.desk.diagnostics.push(Diagnostic::new(&codes::ROUND, sheet.origin_of(row, "round")).with("value", written));
        }
        round
    }

    /// The unit, the item and the limits that a row is about.
    fn agreed(&mut self, sheet: &Sheet, row: &Row, round: u32) -> Option<(usize, usize, Limits)> {
        let unit = self.members.keys.of(sheet, row, &mut self.desk.diagnostics);
        let written = sheet.cell(row, "item");
        let is_meant = |item: &Item| [&item.id, &item.name.zh, &item.name.en].into_iter().any(|name| normalise(name) == normalise(written));
        let item = self.items.iter().position(is_meant);
        let say = |code| Diagnostic::new(code, sheet.origin_of(row, "item")).with("item", written);
        if item.is_none() {
            let near = nearest(written, self.items.iter().map(|item| item.id.as_str()));
            self.desk.diagnostics.push(say(&codes::UNKNOWN_ITEM).suggest(near));
        }
        let (unit, item) = (unit?, item?);
        let say = |code| Diagnostic::new(code, sheet.origin(row)).with("item", written).with("unit", sheet.cell(row, "unit"));
        let Rule::Divided(quantity) = &self.items[item].rule else {
            self.desk.diagnostics.push(say(&codes::UNIFORM));
            return None;
        };
        // Limits set for all hold on, unless the row says otherwise.
        let mut limits = Limits { agreed: Some((round, sheet.cell(row, "reason").to_owned())), ..quantity.common.clone() };
        let before = self.desk.diagnostics.len();
        let [target, least, most] = ["target", "at_least", "at_most"].map(|name| self.pieces_of(sheet, row, name));
        if self.desk.diagnostics[before..].iter().any(Diagnostic::is_error) {
            return None;
        }
        match (target, least, most) {
            (None, None, None) => self.desk.diagnostics.push(say(&codes::AGREED_NOTHING)),
            (Some(target), None, None) => (limits.at_least, limits.at_most) = (target, Some(target)),
            (Some(_), ..) => self.desk.diagnostics.push(say(&codes::AGREED_BOTH)),
            (None, least, most) => {
                (limits.at_least, limits.at_most) = (least.unwrap_or(limits.at_least), most.or(limits.at_most));
            }
        }
        if let Some(most) = limits.at_most.filter(|most| *most < limits.at_least) {
            let diagnostic = Diagnostic::new(&codes::CROSSED, sheet.origin(row)).with("least", limits.at_least.to_string());
            self.desk.diagnostics.push(diagnostic.with("most", most.to_string()));
        }
        Some((unit, item, limits))
    }

    /// A whole figure of a row; `None` for a blank and for one that is refused, which is said.
    fn pieces_of(&mut self, sheet: &Sheet, row: &Row, name: &str) -> Option<i64> {
        let Figure::Is(figure) = sheet.figure(row, name, &mut self.desk.diagnostics) else { return None };
        let whole = pieces(&figure);
        if whole.is_none() {
            let diagnostic = Diagnostic::new(&input_codes::NOT_WHOLE, sheet.origin_of(row, name)).with("what", format!("`{name}`"));
            self.desk.diagnostics.push(diagnostic.with("value", figure.to_string()));
        }
        whole
    }
}

/// The targets of an earlier version that are of the plan's period; of several rounds in one file the last.
fn earlier(desk: &mut Desk, path: &Path, plan: &Plan) -> Option<Vec<Earlier>> {
    let sheet = desk.sheet_at(path, "targets", TARGETS)?;
    let mut found: BTreeMap<(String, String), (u32, u64)> = BTreeMap::new();
    let mut all: Vec<Earlier> = Vec::new();
    let (ours, others): (Vec<&Row>, Vec<&Row>) = sheet.rows.iter().partition(|row| sheet.cell(row, "period").parse() == Ok(plan.period));
    for row in ours {
        let (unit, item) = (sheet.cell(row, "unit").to_owned(), sheet.cell(row, "item").to_owned());
        let what = format!("{unit} · {item}");
        let Some(target) = sheet.needed(row, "target", &what, &mut desk.diagnostics) else { continue };
        let written = sheet.cell(row, "round");
        let Ok(round) = written.parse().or_else(|error| if written.is_empty() { Ok(0) } else { Err(error) }) else {
            desk.diagnostics.push(Diagnostic::new(&codes::ROUND, sheet.origin_of(row, "round")).with("value", written));
            continue;
        };
        let key = (unit.clone(), item.clone());
        match found.get(&key).copied() {
            Some((other, line)) if other == round => desk.diagnostics.push(sheet.twice(row, &what, line)),
            Some((other, _)) if other > round => {}
            known => {
                found.insert(key, (round, row.line));
                if known.is_some() {
                    all.retain(|row| row.unit != unit || row.item != item);
                }
                all.push(Earlier { unit, item, target });
            }
        }
    }
    let say = |code| Diagnostic::new(code, None).with("file", sheet.file.path.clone());
    if !others.is_empty() && !all.is_empty() {
        desk.diagnostics.push(say(&codes::OTHER_PERIOD).with("count", others.len().to_string()));
    }
    if all.is_empty() {
        desk.diagnostics.push(say(&codes::NO_EARLIER).with("period", plan.period.to_string()));
        return None;
    }
    Some(all)
}
