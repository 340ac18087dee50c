//! Comparisons that the sums of a unit must keep over the assessed window (SEMANTICS F1, S5).

use crate::dataset::{Cell, Key};
use crate::finding::Place;
use crate::formula::{Fraction, Node, Problem, Rule, Term, Tolerance, Truth};
use crate::measure::held::Held;
use crate::measure::member::Member;
use crate::measure::roster::Membership;
use crate::measure::{plan, scope};
use crate::number::Exact;
use crate::quality::View;
use crate::quality::record::{Failure, Involved, Record};
use crate::text::Text;

/// Cells whose places are looked for, of all that went into the sums.
const PLACES: usize = 3;

/// Asks a rule of every unit.
pub(super) fn check(rule: &Rule, tolerance: &Tolerance, record: &mut Record) {
    let view = record.view;
    let terms = rule.terms();
    if terms.iter().all(|term| !view.dataset.holds(term.item)) {
        return;
    }
    for unit in 0..view.roster.units.len() {
        let sums: Vec<Result<Exact, Problem>> = terms.iter().map(|term| sum(term, unit, view)).collect();
        // Nobody of the unit reported anything, or nobody is asked: so is the unit.
        if sums.iter().all(|sum| *sum == Err(Problem::NotApplicable)) {
            continue;
        }
        let windows = &view.roster.windows;
        let mut leaf = |node: &Node| match node {
            Node::Total(term) => {
                let at = terms.iter().position(|candidate| *candidate == term).ok_or(Problem::Missing)?;
                sums.get(at).cloned().unwrap_or(Err(Problem::Missing)).map(Fraction::whole)
            }
            Node::WindowMonths => Ok(Fraction::whole(Exact::from(windows.len()))),
            Node::WindowDays => Ok(Fraction::whole(Exact::from(windows.assessed.days()))),
            _ => Err(Problem::Missing),
        };
        match rule.holds(tolerance, &mut leaf) {
            Ok(true) => record.held(),
            Ok(false) => report(&terms, &sums, unit, record),
            Err(_) => record.unevaluated(1),
        }
    }
}

/// The sum of a term over a unit, where everyone it holds has reported every month expected.
fn sum(term: &Term, unit: usize, view: View) -> Result<Exact, Problem> {
    let decimals = view.catalogue.item(term.item).decimals;
    let mut total: Option<Exact> = None;
    for member in view.roster.members_of(unit) {
        let member = Member::new(member, measured(view));
        match scope::in_window(term, term.window, &member) {
            Truth::False => continue,
            Truth::Unknown => return Err(Problem::Missing),
            Truth::True => {}
        }
        let held = Held::gather(term.item, term.window, &member);
        if held.has_ground() {
            let amount = held.amount(0).filter(|_| held.gap().is_none()).ok_or(Problem::Missing)?;
            let amount = amount.in_units(decimals);
            total = Some(total.map_or(amount.clone(), |total| total + amount));
        }
    }
    total.ok_or(Problem::NotApplicable)
}

fn measured(view: View) -> plan::View {
    plan::View { catalogue: view.catalogue, dataset: view.dataset, registry: view.registry, roster: view.roster }
}

fn report(terms: &[&Term], sums: &[Result<Exact, Problem>], unit: usize, record: &mut Record) {
    let view = record.view;
    let described = &view.roster.units[unit];
    let name = |item| view.catalogue.item(item).id.to_string();
    let shown: Vec<String> = terms
        .iter()
        .zip(sums)
        .map(|(term, sum)| format!("{} = {}", term.describe(&name), sum.as_ref().map_or_else(|_| "–".to_owned(), Exact::to_string)))
        .collect();
    let keys: Vec<Key> = terms.iter().flat_map(|term| keys(term, unit, view)).collect();
    let cells = keys.iter().take(PLACES).map(|key| Involved { key: *key, shown: Text::default() }).collect();
    let place = Place {
        organisation: Some(described.key.clone()),
        period: Some(view.roster.windows.assessed.to_string().into()),
        item: terms.first().map(|term| view.catalogue.item(term.item).id.clone()),
        ..Place::default()
    };
    record.failed(Failure { who: described.name.clone(), place, cells, note: Some(Text::same(shown.join(", "))), rejected: keys });
}

/// The values of the assessed window that a term adds up; those of other windows are not at fault.
fn keys(term: &Term, unit: usize, view: View) -> Vec<Key> {
    let windows = &view.roster.windows;
    let holds = |member: &&Membership| scope::in_window(term, term.window, &Member::new(member, measured(view))) == Truth::True;
    if windows.span(term.window) != Some(windows.assessed) {
        return Vec::new();
    }
    let members = view.roster.members_of(unit).iter().filter(holds);
    let values = members.flat_map(|member| {
        let inside = view
            .dataset
            .series(member.organisation, term.item)
            .filter(|(span, cell)| windows.assessed.contains(*span) && matches!(cell, Cell::Value(_)));
        inside.map(|(span, _)| (member.organisation, span, term.item))
    });
    values.collect()
}
