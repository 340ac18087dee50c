//! `[[check]]`: a comparison that every organisation's values of one span must keep (SEMANTICS S5).

use crate::catalogue::Check;
use crate::code::Severity;
use crate::codes::data as codes;
use crate::dataset::{Cell, Row};
use crate::finding::Finding;
use crate::formula::{self, Compare, Fraction, ItemId, Node, Problem, Truth, Window};
use crate::number::Exact;
use crate::period::Span;
use crate::quality::linear::{DECIMALS, Linear};
use crate::quality::{Checked, View};
use crate::registry::OrgId;

/// Evaluates every check where all its items are reported; elsewhere it is unevaluated, which is
/// not passed.
pub(super) fn check(view: View) -> Checked {
    let mut checked = Checked::default();
    let prepared: Vec<Prepared> = view.catalogue.checks.iter().map(|check| Prepared::new(check, view)).collect();
    for organisation in view.registry.ids() {
        for (span, row) in view.dataset.rows(organisation) {
            for check in &prepared {
                if check.fails(view, organisation, span, row) {
                    check.report(view, organisation, span, &mut checked);
                }
            }
        }
    }
    checked
}

struct Prepared<'a> {
    check: &'a Check,
    items: Vec<ItemId>,
    /// All sides as plain sums, where they are.
    sides: Option<Vec<Linear>>,
    tolerance: i128,
}

impl<'a> Prepared<'a> {
    fn new(check: &'a Check, view: View) -> Self {
        let mut items: Vec<ItemId> = check.rule.terms().iter().map(|term| term.item).collect();
        items.dedup();
        let sides = check.rule.sides().map(|side| Linear::of(side, view.catalogue)).collect();
        Self { check, items, sides, tolerance: check.tolerance.to_steps(DECIMALS).map_or(0, i128::from) }
    }

    fn fails(&self, view: View, organisation: OrgId, span: Span, row: Row) -> bool {
        let steps = |item: ItemId| match view.dataset.at(row, item) {
            Cell::Value(steps) => Some(steps),
            Cell::Missing | Cell::Rejected => None,
        };
        match &self.sides {
            Some(sides) => {
                let Some(values) = sides.iter().map(|side| side.value(steps)).collect::<Option<Vec<i128>>>() else { return false };
                let compares = self.check.rule.rest.iter().map(|(compare, _)| *compare);
                compares.zip(values.windows(2)).any(|(compare, pair)| !holds(compare, pair[0], pair[1], self.tolerance))
            }
            None => self.fails_in_fractions(view, organisation, span),
        }
    }

    /// The general case: products, scopes, other windows.
    fn fails_in_fractions(&self, view: View, organisation: OrgId, span: Span) -> bool {
        let mut leaf = |node: &Node| match node {
            Node::Total(term) => {
                let in_scope = term
                    .scope
                    .as_ref()
                    .is_none_or(|scope| scope.decide(&|name| view.roster.attribute(organisation, name), &|_| None) == Truth::True);
                let span = match term.window {
                    Window::Assessed => span,
                    Window::Baseline | Window::Previous => span.plus(-12),
                    Window::Prior => span.plus(-i32::try_from(span.len()).unwrap_or(1)),
                };
                match view.dataset.get((organisation, span, term.item)) {
                    Cell::Value(steps) if in_scope => {
                        Ok(Fraction::whole(Exact::from_steps(i128::from(steps), view.catalogue.item(term.item).decimals)))
                    }
                    _ => Err(Problem::Missing),
                }
            }
            Node::WindowMonths => Ok(Fraction::whole(Exact::from(span.len()))),
            Node::WindowDays => Ok(Fraction::whole(Exact::from(span.days()))),
            _ => Err(Problem::Missing),
        };
        let sides: Result<Vec<Exact>, Problem> = self.check.rule.sides().map(|side| formula::evaluate(side, &mut leaf)?.value()).collect();
        let Ok(values) = sides else { return false };
        let compares = self.check.rule.rest.iter().map(|(compare, _)| *compare);
        compares.zip(values.windows(2)).any(|(compare, pair)| {
            let within = !self.check.tolerance.is_zero() && (&pair[0] - &pair[1]).abs() <= self.check.tolerance;
            !within && !compare.holds(pair[0].cmp(&pair[1]))
        })
    }

    fn report(&self, view: View, organisation: OrgId, span: Span, checked: &mut Checked) {
        let code = match self.check.severity {
            Severity::Error => &codes::CHECK_FAILED,
            Severity::Warning => &codes::CHECK_DOUBTFUL,
            Severity::Info => &codes::CHECK_NOTED,
        };
        let values: Vec<String> = self.items.iter().map(|item| shown(view, organisation, span, *item)).collect();
        let first = self.items.first().copied().unwrap_or(ItemId(0));
        let finding = Finding::new(code, view.place((organisation, span, first))).with("check", self.check.name.clone());
        let finding = finding.with("rule", self.check.rule.text.clone()).with("values", values.join(", "));
        checked.findings.push(finding.with("organisation", view.registry.get(organisation).name.clone()));
        if self.check.severity == Severity::Error {
            checked.rejected.extend(self.items.iter().map(|item| (organisation, span, *item)));
        }
    }
}

fn shown(view: View, organisation: OrgId, span: Span, item: ItemId) -> String {
    let described = view.catalogue.item(item);
    match view.dataset.get((organisation, span, item)) {
        Cell::Value(steps) => format!("{} = {}", described.id, Exact::from_steps(i128::from(steps), described.decimals)),
        Cell::Missing | Cell::Rejected => format!("{} = –", described.id),
    }
}

/// Whether the comparison holds, or fails by no more than the tolerance.
fn holds(compare: Compare, left: i128, right: i128, tolerance: i128) -> bool {
    compare.holds(left.cmp(&right)) || (tolerance > 0 && (left - right).abs() <= tolerance)
}
