//! The oracle on organisations: who belongs, what is expected, which scopes hold.

use std::cell::RefCell;
use std::collections::BTreeMap;

use kaohe::measure::roster::BaselineMembers;
use kaohe::number::Exact;
use kaohe::period::Month;
use kaohe::registry::{Organisation, Stay};

use crate::language::{Cond, Term, When};
use crate::random::Case;
use crate::time::{Figure, Positions, Source};

/// Three-valued truth, in the order in which "and" takes the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Truth {
    False,
    Unknown,
    True,
}

/// One unit while one window is measured.
pub(crate) struct Place<'a> {
    pub(crate) case: &'a Case,
    pub(crate) unit: &'a str,
    /// The window a term without `@` speaks of.
    pub(crate) measured: When,
    known: RefCell<BTreeMap<(String, usize, When), Figure>>,
}

impl<'a> Place<'a> {
    pub(crate) fn new(case: &'a Case, unit: &'a str, measured: When) -> Self {
        Self { case, unit, measured, known: RefCell::default() }
    }

    /// T8: the months of a window; empty for a baseline that was not given.
    pub(crate) fn months(&self, when: When) -> Vec<Month> {
        let period = self.case.world.period;
        let earlier = |months: i32| period.months().map(|month| month.plus(-months)).collect();
        match if when == When::Measured { self.measured } else { when } {
            When::Measured => earlier(0),
            When::Previous => earlier(12),
            When::Prior => earlier(i32::try_from(period.len()).expect("a short period")),
            When::Baseline => self.case.world.baseline.map(|baseline| earlier(period.first().since(baseline.first()))).unwrap_or_default(),
        }
    }

    /// O3, O4: positions at which the organisation belongs to the unit.
    pub(crate) fn belongs(&self, organisation: &Organisation, when: When) -> Positions {
        let as_was = self.case.world.baseline_members == BaselineMembers::AsWas;
        let assessed: Vec<Month> = self.case.world.period.months().collect();
        let here = |month: Month| {
            let row = organisation.stays.iter().find(|stay| in_force(stay, month));
            row.is_some_and(|row| match self.case.world.unit.as_str() {
                "code" => organisation.code == self.unit,
                column => row.attributes.get(column).is_some_and(|unit| unit == self.unit),
            })
        };
        let months = self.months(when);
        (0..months.len()).filter(|position| here(if as_was { months[*position] } else { assessed[*position] })).collect()
    }

    /// O5: the last row in force in the assessed window; a blank is an empty text.
    pub(crate) fn attribute(&self, organisation: &Organisation, name: &str) -> String {
        let in_window = |stay: &&Stay| self.case.world.period.months().any(|month| in_force(stay, month));
        let row = organisation.stays.iter().rfind(in_window).or(organisation.stays.last());
        row.and_then(|row| row.attributes.get(name)).cloned().unwrap_or_default()
    }

    /// O4, C3: positions at which an item is expected.
    fn expected(&self, organisation: &Organisation, item: usize, when: When) -> Positions {
        let months = self.months(when);
        let from = self.case.expected_from[item].as_ref();
        let admitted = from.is_none_or(|cond| self.decide(cond, organisation, when) == Truth::True);
        let here = self.belongs(organisation, when).into_iter();
        here.filter(|position| admitted && exists(organisation, months[*position])).collect()
    }

    /// What an organisation reported of an item.
    pub(crate) fn figure(&self, organisation: &Organisation, item: usize, when: When) -> Figure {
        let key = (organisation.code.to_string(), item, when);
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        let world = &self.case.world;
        let mine = world.reported.iter().filter(|cell| cell.organisation == organisation.code && cell.item == item);
        let figure = Figure::new(Source {
            time: world.items[item].time,
            decimals: world.items[item].decimals,
            window: &self.months(when),
            belongs: &self.belongs(organisation, when),
            expected: self.expected(organisation, item, when),
            values: mine.map(|cell| (cell.span, cell.cell)).collect(),
        });
        self.known.borrow_mut().insert(key, figure.clone());
        figure
    }

    /// O6, F3, F4: whether a term holds an organisation.
    pub(crate) fn term_holds(&self, term: &Term, organisation: &Organisation) -> Truth {
        if self.belongs(organisation, term.when).is_empty() {
            return Truth::False;
        }
        let admits = || {
            let from = self.case.expected_from[term.item].as_ref();
            from.is_some_and(|cond| self.decide(cond, organisation, term.when) == Truth::True)
        };
        if self.is_own_row(organisation) && !names_unit(term.scope.as_ref(), true) && !admits() {
            return Truth::False;
        }
        term.scope.as_ref().map_or(Truth::True, |scope| self.decide(scope, organisation, term.when))
    }

    /// F5: it must belong to the unit, and exist, in the window's last month.
    pub(crate) fn count_holds(&self, scope: Option<&Cond>, when: When, organisation: &Organisation) -> Truth {
        let months = self.months(when);
        let Some(last) = months.last() else { return Truth::False };
        let member = self.belongs(organisation, when).contains(&(months.len() - 1)) && exists(organisation, *last);
        if !member || self.is_own_row(organisation) && !names_unit(scope, true) {
            return Truth::False;
        }
        scope.map_or(Truth::True, |scope| self.decide(scope, organisation, when))
    }

    fn is_own_row(&self, organisation: &Organisation) -> bool {
        self.case.world.unit != "code" && self.attribute(organisation, "role") == "unit"
    }

    fn decide(&self, cond: &Cond, organisation: &Organisation, when: When) -> Truth {
        let truth = |holds: bool| if holds { Truth::True } else { Truth::False };
        match cond {
            Cond::Is(name, value) => truth(self.attribute(organisation, name) == *value),
            Cond::IsNot(name, value) => truth(self.attribute(organisation, name) != *value),
            Cond::In(name, values) => truth(values.contains(&self.attribute(organisation, name).as_str())),
            Cond::Not(inner) => match self.decide(inner, organisation, when) {
                Truth::True => Truth::False,
                Truth::Unknown => Truth::Unknown,
                Truth::False => Truth::True,
            },
            Cond::And(left, right) => self.decide(left, organisation, when).min(self.decide(right, organisation, when)),
            Cond::Or(left, right) => self.decide(left, organisation, when).max(self.decide(right, organisation, when)),
            Cond::Item(item, compare, number) => {
                let figure = self.figure(organisation, *item, when);
                let value = figure.value(&Positions::new()).filter(|_| figure.unmet().is_empty() && !figure.has_rejected());
                value.map_or(Truth::Unknown, |value| truth(compares(&value, compare, &Exact::from(*number))))
            }
        }
    }
}

fn compares(left: &Exact, compare: &str, right: &Exact) -> bool {
    match compare {
        "=" => left == right,
        "!=" => left != right,
        "<" => left < right,
        "<=" => left <= right,
        ">" => left > right,
        _ => left >= right,
    }
}

/// O1: a row without `joined` or `left` has always been in force.
fn in_force(stay: &Stay, month: Month) -> bool {
    stay.joined.is_none_or(|joined| joined <= month) && stay.left.is_none_or(|left| month <= left)
}

/// O1: `opened` and `closed` bound an organisation's existence.
fn exists(organisation: &Organisation, month: Month) -> bool {
    organisation.opened.is_none_or(|opened| opened <= month) && organisation.closed.is_none_or(|closed| month <= closed)
}

/// O6: whether a scope names `role = unit`, under an even number of negations.
fn names_unit(scope: Option<&Cond>, affirmed: bool) -> bool {
    match scope {
        None | Some(Cond::Item(..)) => false,
        Some(Cond::Is(name, value)) => affirmed && *name == "role" && *value == "unit",
        Some(Cond::IsNot(name, value)) => !affirmed && *name == "role" && *value == "unit",
        Some(Cond::In(name, values)) => affirmed && *name == "role" && values.contains(&"unit"),
        Some(Cond::Not(inner)) => names_unit(Some(inner), !affirmed),
        Some(Cond::And(left, right) | Cond::Or(left, right)) => names_unit(Some(left), affirmed) || names_unit(Some(right), affirmed),
    }
}
