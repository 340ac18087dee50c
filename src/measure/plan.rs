//! An indicator made ready: its distinct terms and the window they are measured in.

use crate::catalogue::{Catalogue, Indicator};
use crate::dataset::Dataset;
use crate::formula::{CountTerm, Fraction, Node, Problem, Term, Window};
use crate::measure::roster::Roster;
use crate::number::Exact;
use crate::registry::Registry;

/// An indicator ready to be measured in one window.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The indicator.
    pub indicator: &'a Indicator,
    /// The window measured; a term without `@` refers to it.
    pub window: Window,
    /// Terms outside `each`, distinct, in order of appearance.
    pub sums: Vec<&'a Term>,
    /// `each(…)` expressions, distinct, in order of appearance.
    pub eaches: Vec<Each<'a>>,
    /// `count[…]` terms.
    pub counts: Vec<&'a CountTerm>,
}

/// An expression formed per organisation before it is summed [F2].
#[derive(Debug)]
pub struct Each<'a> {
    /// The whole `each(…)`.
    pub node: &'a Node,
    /// What is formed.
    pub body: &'a Node,
    /// The distinct terms of the body.
    pub terms: Vec<&'a Term>,
}

impl<'a> Plan<'a> {
    /// Collects the distinct leaves of both formulas.
    pub fn new(indicator: &'a Indicator, window: Window) -> Self {
        let mut plan = Self { indicator, window, sums: Vec::new(), eaches: Vec::new(), counts: Vec::new() };
        for formula in indicator.formulas() {
            formula.node.leaves(&mut |leaf| match leaf {
                Node::Total(term) if !plan.sums.contains(&term) => plan.sums.push(term),
                Node::Count(count) if !plan.counts.contains(&count) => plan.counts.push(count),
                Node::Each(body) if plan.eaches.iter().all(|each| each.node != leaf) => {
                    plan.eaches.push(Each { node: leaf, body, terms: body.terms() });
                }
                _ => {}
            });
        }
        plan
    }

    /// All terms, those inside `each` behind the others.
    pub fn terms(&self) -> impl Iterator<Item = &'a Term> + '_ {
        self.sums.iter().copied().chain(self.eaches.iter().flat_map(|each| each.terms.iter().copied()))
    }

    /// The window a term refers to when this window is measured.
    pub fn at(&self, window: Window) -> Window {
        if window == Window::Assessed { self.window } else { window }
    }

    /// The value of a leaf that is the same for every organisation.
    pub fn constant(&self, leaf: &Node, view: View) -> Result<Fraction, Problem> {
        let span = view.roster.windows.span(self.window).unwrap_or(view.roster.windows.assessed);
        match leaf {
            Node::WindowDays => Ok(Fraction::whole(Exact::from(span.days()))),
            Node::WindowMonths => Ok(Fraction::whole(Exact::from(span.len()))),
            _ => Err(Problem::Missing),
        }
    }
}

/// Everything needed to look at one organisation.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// Items.
    pub catalogue: &'a Catalogue,
    /// Values.
    pub dataset: &'a Dataset,
    /// Organisations.
    pub registry: &'a Registry,
    /// Units, members, windows.
    pub roster: &'a Roster,
}
