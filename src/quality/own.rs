//! Formulas over one organisation's values of one period (SEMANTICS S5).

use crate::dataset::{Cell, Key, Row};
use crate::formula::{Fraction, ItemId, Node, Problem, Term, Truth, Window};
use crate::number::Exact;
use crate::period::Span;
use crate::quality::View;
use crate::registry::OrgId;

/// Formulas that are asked together, such as the sides of a rule.
pub(super) struct Own<'a> {
    view: View<'a>,
    terms: Vec<&'a Term>,
    /// True if a term speaks of another window than the one asked.
    looks_back: bool,
    is_scoped: bool,
}

/// What there is to answer with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// Nothing: it is not asked.
    None,
    /// Some of what is needed.
    Part,
    /// All of it.
    Full,
}

impl<'a> Own<'a> {
    pub(super) fn new(terms: Vec<&'a Term>, view: View<'a>) -> Self {
        let looks_back = terms.iter().any(|term| term.window != Window::Assessed);
        let is_scoped = terms.iter().any(|term| term.scope.is_some());
        Self { view, terms, looks_back, is_scoped }
    }

    /// True if nobody reported anything of the items: nothing needs to be gone through.
    pub(super) fn is_idle(&self) -> bool {
        self.terms.iter().all(|term| !self.view.dataset.holds(term.item))
    }

    /// What an organisation reported for a period. Formulas that look back are asked within the
    /// assessed window only, for there are no other windows to look back from [T8].
    pub(super) fn ground(&self, organisation: OrgId, span: Span, row: Row) -> Ground {
        if self.looks_back && !self.view.roster.windows.assessed.contains(span) {
            return Ground::None;
        }
        let now = |term: &&&Term| term.window == Window::Assessed;
        let cells = || self.terms.iter().filter(now).map(|term| self.view.dataset.at(row, term.item));
        if cells().all(|cell| cell == Cell::Missing) || self.is_scoped && self.leaves_out(organisation, row) {
            return Ground::None;
        }
        let is_value = |cell: Cell| matches!(cell, Cell::Value(_));
        let earlier = |term: &&Term| self.key(organisation, span, term).is_some_and(|key| is_value(self.view.dataset.get(key)));
        let is_full = cells().all(is_value) && self.terms.iter().filter(|term| !now(term)).all(earlier);
        if is_full { Ground::Full } else { Ground::Part }
    }

    /// True if a scope does not hold the organisation.
    fn leaves_out(&self, organisation: OrgId, row: Row) -> bool {
        let attribute = |name: &str| self.view.roster.attribute(organisation, name);
        let item = |item: ItemId| value(self.view, row, item);
        self.terms.iter().filter_map(|term| term.scope.as_ref()).any(|scope| scope.decide(&attribute, &item) == Truth::False)
    }

    /// The key of a term's value.
    fn key(&self, organisation: OrgId, span: Span, term: &Term) -> Option<Key> {
        let windows = &self.view.roster.windows;
        let span = match term.window {
            Window::Assessed => span,
            Window::Previous => span.plus(-12),
            Window::Prior => span.plus(-i32::try_from(span.len()).ok()?),
            // Months correspond by position [T9].
            Window::Baseline => span.plus(windows.baseline?.first().since(windows.assessed.first())),
        };
        Some((organisation, span, term.item))
    }

    /// The keys of all terms, in order of appearance.
    pub(super) fn keys(&self, organisation: OrgId, span: Span) -> Vec<Key> {
        let mut keys: Vec<Key> = Vec::new();
        for key in self.terms.iter().filter_map(|term| self.key(organisation, span, term)) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    /// The value of a leaf. A scope that cannot be decided leaves it missing.
    pub(super) fn leaf(&self, node: &Node, organisation: OrgId, span: Span, row: Row) -> Result<Fraction, Problem> {
        match node {
            Node::Total(term) => {
                let attribute = |name: &str| self.view.roster.attribute(organisation, name);
                let item = |item: ItemId| value(self.view, row, item);
                if term.scope.as_ref().is_some_and(|scope| scope.decide(&attribute, &item) != Truth::True) {
                    return Err(Problem::Missing);
                }
                match self.key(organisation, span, term).map(|key| self.view.dataset.get(key)) {
                    Some(Cell::Value(steps)) => {
                        let decimals = self.view.catalogue.item(term.item).decimals;
                        Ok(Fraction::whole(Exact::from_steps(i128::from(steps), decimals)))
                    }
                    _ => Err(Problem::Missing),
                }
            }
            Node::WindowMonths => Ok(Fraction::whole(Exact::from(span.len()))),
            Node::WindowDays => Ok(Fraction::whole(Exact::from(span.days()))),
            _ => Err(Problem::Missing),
        }
    }
}

/// The value of an item in a row, in its unit.
fn value(view: View, row: Row, item: ItemId) -> Option<Exact> {
    match view.dataset.at(row, item) {
        Cell::Value(steps) => Some(Exact::from_steps(i128::from(steps), view.catalogue.item(item).decimals)),
        Cell::Missing | Cell::Rejected => None,
    }
}
