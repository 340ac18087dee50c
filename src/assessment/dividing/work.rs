//! The work table (工作量表): steps counted by person and month → work equivalents.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assessment::dividing::desk::Desk;
use crate::assessment::dividing::members::Keys;
use crate::assessment::dividing::sheet::{Names, Row, Sheet};
use crate::codes::{input as input_codes, pay as codes};
use crate::definition::AllocationFile;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::intake::period_text;
use crate::number::Exact;
use crate::pay::Work;
use crate::period::{Month, Span};
use crate::text::{nearest, normalise};

const NAMES: Names = Names {
    known: &[
        ("unit", "unit"),
        ("考核对象", "unit"),
        ("机构代码", "unit"),
        ("person", "person"),
        ("人员", "person"),
        ("工号", "person"),
        ("month", "month"),
        ("月份", "month"),
        ("step", "step"),
        ("工序", "step"),
        ("count", "count"),
        ("次数", "count"),
        ("数量", "count"),
        ("quality", "quality"),
        ("质量系数", "quality"),
    ],
    needed: &["unit", "person", "month", "step", "count"],
    is_open: false,
};

/// The largest coefficient of quality that is meant as one: 95 is a percentage without its sign.
const QUALITY_AT_MOST: i32 = 2;

/// Reads the table, where one is named: work by unit, person and month, in that order. Rows of one step add up.
pub(super) fn read(desk: &mut Desk, written: &AllocationFile, file: &Arc<SourceFile>, keys: &Keys, period: Span) -> Option<Vec<Work>> {
    let steps = steps(desk, written, file);
    let Some(table) = &written.work else { return Some(Vec::new()) };
    let sheet = desk.sheet(table, file, "work", NAMES)?;
    let reader = Reader { sheet: &sheet, keys, steps: &steps, period };
    let mut sums: BTreeMap<(usize, String, Month), Exact> = BTreeMap::new();
    for row in &sheet.rows {
        if let Some((key, equivalents)) = reader.row(row, &mut desk.diagnostics) {
            let sum = sums.entry(key).or_insert_with(Exact::zero);
            *sum = &*sum + &equivalents;
        }
    }
    Some(sums.into_iter().map(|((unit, person, month), equivalents)| Work { unit, person, month, equivalents }).collect())
}

/// Equivalents by id and name.
fn steps(desk: &mut Desk, written: &AllocationFile, file: &Arc<SourceFile>) -> BTreeMap<String, Exact> {
    let mut all = BTreeMap::new();
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    for step in &written.step {
        let origin = step.id.origin(file);
        if let Some(other) = lines.insert(normalise(&step.id.value), origin.line_and_column().0) {
            let diagnostic = Diagnostic::new(&input_codes::TWICE, origin).with("what", step.id.value.clone());
            desk.diagnostics.push(diagnostic.with("other", other.to_string()));
        }
        let Some(equivalent) = desk.not_negative(&step.equivalent, file, "`equivalent`") else { continue };
        let names = step.name.iter().flat_map(|name| [&name.zh, &name.en]);
        for name in names.chain([&step.id.value]) {
            all.insert(normalise(name), equivalent.clone());
        }
    }
    all
}

struct Reader<'a> {
    sheet: &'a Sheet,
    keys: &'a Keys,
    steps: &'a BTreeMap<String, Exact>,
    period: Span,
}

impl Reader<'_> {
    /// The quality coefficient of a row, 1 without a column of it: a factor or a percentage, never 95 for 95 %.
    fn quality(&self, row: &Row, person: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Exact> {
        if !self.sheet.has("quality") {
            return Some(Exact::one());
        }
        let percent = self.sheet.cell(row, "quality").strip_suffix(['%', '\u{ff05}']).map(str::parse::<Exact>);
        let quality = match percent {
            Some(Ok(percent)) if !percent.is_negative() => percent.checked_div(&Exact::from(100)),
            _ => self.sheet.needed(row, "quality", person, diagnostics),
        }?;
        if quality > Exact::from(QUALITY_AT_MOST) {
            let diagnostic = Diagnostic::new(&codes::QUALITY, self.sheet.origin_of(row, "quality")).with("of", person);
            diagnostics.push(diagnostic.with("value", quality.to_string()));
            return None;
        }
        Some(quality)
    }

    /// Whose work a row is, and its equivalents: count × equivalent × quality, 1 without a column of quality.
    fn row(&self, row: &Row, diagnostics: &mut Vec<Diagnostic>) -> Option<((usize, String, Month), Exact)> {
        let unit = self.keys.of(self.sheet, row, diagnostics);
        let [person, month, step] = ["person", "month", "step"].map(|name| self.sheet.cell(row, name));
        if person.is_empty() {
            diagnostics.push(self.sheet.blank(row, "person", &row.line.to_string()));
        }
        let own = period_text::parse(month, None).map(|written| written.span);
        let own = own.filter(|span| span.len() == 1 && self.period.first() <= span.first() && span.last() <= self.period.last());
        if own.is_none() {
            let diagnostic = Diagnostic::new(&codes::MONTH, self.sheet.origin_of(row, "month")).with("value", month);
            diagnostics.push(diagnostic.with("period", self.period.to_string()));
        }
        let equivalent = self.steps.get(&normalise(step));
        if equivalent.is_none() {
            let near = nearest(step, self.steps.keys().map(String::as_str));
            diagnostics.push(Diagnostic::new(&codes::UNKNOWN_STEP, self.sheet.origin_of(row, "step")).with("step", step).suggest(near));
        }
        let count = self.sheet.needed(row, "count", person, diagnostics);
        let quality = self.quality(row, person, diagnostics);
        let equivalents = &(&count? * equivalent?) * &quality?;
        (!person.is_empty()).then_some(((unit?, person.to_owned(), own?.first()), equivalents))
    }
}
