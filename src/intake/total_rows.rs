//! Total rows against their parts (SEMANTICS D3). Totals are never summed; they are compared.

use std::collections::{BTreeMap, HashSet};

use crate::catalogue::Time;
use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::cell::Cell;
use crate::intake::mapping::Mapping;
use crate::intake::rows::{self, Known, Seen, Sink, Who};
use crate::intake::source::{DeclaredTotal, Source};
use crate::intake::table::Table;
use crate::intake::totals::RowKind;
use crate::number::Exact;
use crate::period::Span;
use crate::registry::OrgId;

/// Reads the table again and compares its total rows, and the totals the source declares, with the
/// sums of their parts.
pub(super) fn check(table: &Table, mapping: &Mapping, source: &Source, known: Known, place: &Place, findings: &mut Vec<Finding>) {
    let mut sink = Sums {
        known,
        place,
        declared: &source.totals,
        running: BTreeMap::new(),
        named: BTreeMap::new(),
        seen: HashSet::new(),
        findings: Vec::new(),
    };
    // What is wrong with rows was said by the first pass.
    let mut said_before = Vec::new();
    rows::read(table, mapping, source, known, place, &mut sink, &mut said_before);
    sink.compare_declared();
    findings.append(&mut sink.findings);
}

/// A sum of parts.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    steps: i128,
    parts: i128,
}

/// A cell of a row named in a declared total.
#[derive(Debug, Clone)]
struct Named {
    steps: i64,
    printed_step: i128,
    line: u64,
    header: String,
}

struct Sums<'a> {
    known: Known<'a>,
    place: &'a Place,
    declared: &'a [DeclaredTotal],
    /// Since the last subtotal, and over all, by period and item.
    running: BTreeMap<(Span, ItemId), (Sum, Sum)>,
    named: BTreeMap<(Span, ItemId, OrgId), Named>,
    seen: HashSet<(Span, ItemId, OrgId)>,
    findings: Vec<Finding>,
}

impl Sink for Sums<'_> {
    fn wants(&mut self, who: Who, _: Span) -> bool {
        who != Who::Nobody
    }

    fn take(&mut self, seen: Seen) {
        let Cell::Value(steps) = seen.parsed.cell else { return };
        let key = (seen.span, seen.column.item);
        let item = self.known.vocabulary.catalogue.item(seen.column.item);
        // What may not be added has no total [O8].
        if !item.additive || item.time == Time::Mean {
            return;
        }
        // A repeated row counts once [D2].
        if let Who::Organisation(organisation) = seen.who
            && !self.seen.insert((seen.span, seen.column.item, organisation))
        {
            return;
        }
        let (since, all) = self.running.entry(key).or_default();
        match seen.who {
            Who::Organisation(organisation) => {
                for sum in [since, all] {
                    sum.steps += i128::from(steps);
                    sum.parts += 1;
                }
                if self.declared.iter().any(|total| total.row == organisation || total.parts.contains(&organisation)) {
                    let named = Named { steps, printed_step: printed_step(&seen), line: seen.line, header: seen.column.header.clone() };
                    self.named.insert((seen.span, seen.column.item, organisation), named);
                }
            }
            Who::Total(kind) => {
                let sum = if kind == RowKind::Subtotal { std::mem::take(since) } else { *all };
                let label = match kind {
                    RowKind::Subtotal => "小计",
                    _ => "合计",
                };
                if sum.parts > 0 {
                    let printed = Named { steps, printed_step: printed_step(&seen), line: seen.line, header: seen.column.header.clone() };
                    self.compare(label, key, &printed, sum);
                }
            }
            Who::Nobody => {}
        }
    }
}

impl Sums<'_> {
    fn compare_declared(&mut self) {
        let mut comparisons = Vec::new();
        for total in self.declared {
            for ((span, item, organisation), printed) in &self.named {
                if *organisation != total.row {
                    continue;
                }
                let parts: Option<Vec<&Named>> = total.parts.iter().map(|part| self.named.get(&(*span, *item, *part))).collect();
                // A missing part leaves the comparison unevaluated.
                if let Some(parts) = parts {
                    let sum = Sum {
                        steps: parts.iter().map(|part| i128::from(part.steps)).sum(),
                        parts: i128::try_from(parts.len()).unwrap_or(0),
                    };
                    comparisons.push((self.known.registry.get(total.row).name.clone(), (*span, *item), printed.clone(), sum));
                }
            }
        }
        for (label, key, printed, sum) in comparisons {
            self.compare(&label, key, &printed, sum);
        }
    }

    /// Half the last printed step per part is rounding; figures printed to their smallest step leave
    /// no room for it.
    fn compare(&mut self, label: &str, (span, item): (Span, ItemId), printed: &Named, sum: Sum) {
        let difference = i128::from(printed.steps) - sum.steps;
        if difference == 0 {
            return;
        }
        let tolerance_twice = if printed.printed_step > 1 { printed.printed_step * sum.parts } else { 0 };
        let code = if difference.abs() * 2 <= tolerance_twice { &codes::TOTAL_ROUNDING } else { &codes::TOTAL_DIFFERS };
        let item = self.known.vocabulary.catalogue.item(item);
        let shown = |steps: i128| Exact::from_steps(steps, item.decimals).to_string();
        let place = Place {
            row: Some(printed.line),
            column: Some(printed.header.clone()),
            period: Some(span.to_string()),
            item: Some(item.id.clone()),
            ..self.place.clone()
        };
        let finding = Finding::new(code, place).with("label", label).with("printed", shown(i128::from(printed.steps)));
        let finding = finding.with("sum", shown(sum.steps)).with("parts", sum.parts.to_string());
        self.findings.push(finding.with("difference", shown(difference)));
    }
}

/// The last printed decimal of a cell, in steps of the item.
fn printed_step(seen: &Seen) -> i128 {
    let written = String::from_utf8_lossy(seen.written);
    let places = written.rsplit_once(['.', '\u{ff0e}']).map_or(0, |(_, digits)| digits.chars().filter(char::is_ascii_digit).count());
    let power = i64::from(seen.column.shape.decimals) + i64::from(seen.column.shape.multiplier_power) - i64::try_from(places).unwrap_or(0);
    u32::try_from(power).map_or(1, |power| 10_i128.pow(power.min(30)))
}
