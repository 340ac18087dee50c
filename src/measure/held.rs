//! What one organisation reported of one item in one window: what was required of it, what is
//! missing, and what it adds to a sum (SEMANTICS T3–T7, O3, C1, C3).

use crate::catalogue::{Item, Time};
use crate::formula::{ItemId, Window};
use crate::measure::member::Member;
use crate::measure::plan::View;
use crate::measure::series::{Latest, Series, choose, latest};
use crate::measure::window::{Mask, bits};
use crate::number::Exact;
use crate::period::Span;

/// One organisation's values of one item in one window.
#[derive(Debug)]
pub struct Held<'a> {
    /// The item.
    pub item: &'a Item,
    /// What was reported.
    pub values: Values<'a>,
    id: ItemId,
    window: Window,
    /// Positions at which a value is expected; for a stock the window's last month alone [C1, C3].
    expected: Mask,
    last: Mask,
}

/// Reported values after the rules of time.
#[derive(Debug)]
pub enum Values<'a> {
    /// Of a flow or mean item.
    Parts(Series<'a>),
    /// Of a stock item.
    Stock(Option<Latest>),
}

/// A number one organisation adds to a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// Whole steps of the item, summed by the engine.
    Steps(i64),
    /// An average over time [T7], which need not be whole steps.
    Average {
        /// The sum of steps × months.
        weighted: i128,
        /// The months it is to be divided by.
        months: u32,
    },
}

/// Months of one item that an organisation did not deliver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The item.
    pub item: ItemId,
    /// The window.
    pub window: Window,
    /// Positions without a usable value.
    pub months: Mask,
    /// Those of them whose value was rejected.
    pub rejected: Mask,
    /// Those of them covered by a value that reaches out of the window [T4].
    pub sticks_out: Mask,
    /// For a stock: the position of the older value that stands in its place [T6].
    pub older: Option<u8>,
}

impl Amount {
    /// The amount in the item's unit.
    pub fn in_units(self, decimals: u32) -> Exact {
        match self {
            Self::Steps(steps) => Exact::from_steps(i128::from(steps), decimals),
            Self::Average { weighted, months } => {
                Exact::from_steps(weighted, decimals).checked_div(&Exact::from(i64::from(months))).unwrap_or_else(Exact::zero)
            }
        }
    }
}

/// Positions of a window at which an organisation is to report an item that is asked for at every one [C1, C3].
fn expected(id: ItemId, window: Window, member: &Member) -> Mask {
    let (roster, organisation) = (member.view.roster, member.of.organisation);
    if !roster.expects(organisation, member.view.catalogue.item(id)) {
        return 0;
    }
    member.of.expected(window) & !roster.waived(organisation, id, window)
}

/// What an organisation adds to a sum of a flow, and the positions at which a value was expected of it, if it is seen at once
/// that there is one at each of them, that all there are can be used and that none of them replaced another.
pub(super) fn all_of(id: ItemId, window: Window, member: &Member) -> Option<(Amount, Mask)> {
    let View { catalogue, dataset, .. } = member.view;
    if catalogue.item(id).time != Time::Flow {
        return None;
    }
    let (total, covered) = member.reported(id, window).all()?;
    let expected = expected(id, window, member);
    let is_whole = expected & !covered == 0 && dataset.replacements(member.of.organisation, id).next().is_none();
    is_whole.then_some((Amount::Steps(total), expected))
}

impl<'a> Held<'a> {
    /// Looks up an item's values of a window.
    pub fn gather(id: ItemId, window: Window, member: &'a Member<'a>) -> Self {
        let View { catalogue, roster, .. } = member.view;
        let item = catalogue.item(id);
        let last = bits(roster.windows.len() - 1, 1);
        let values = match (roster.windows.span(window), item.time) {
            (None, _) => Values::Stock(None),
            (Some(_), Time::Stock) => Values::Stock(latest(member.reported(id, window))),
            (Some(_), Time::Flow | Time::Mean) => Values::Parts(choose(member.reported(id, window))),
        };
        let asked = if item.time == Time::Stock { last } else { Mask::MAX };
        let expected = expected(id, window, member) & asked;
        Self { item, values, id, window, expected, last }
    }

    /// The item's id.
    pub fn id(&self) -> ItemId {
        self.id
    }

    /// Positions at which a usable value is required. A rejected cell is an unmet slot also where
    /// nothing was expected [S1].
    pub fn required(&self) -> Mask {
        self.expected | self.rejected()
    }

    /// Positions that hold a rejected value.
    pub fn rejected(&self) -> Mask {
        match &self.values {
            Values::Parts(series) => series.rejected,
            Values::Stock(Some(Latest { steps: None, .. })) => self.last,
            Values::Stock(_) => 0,
        }
    }

    /// Spans of the replaced figures behind the values it adds [S1], when these positions are blocked.
    pub fn replaced(&self, blocked: Mask, member: &Member) -> Vec<Span> {
        let mut all = member.view.dataset.replacements(member.of.organisation, self.id).peekable();
        let window = all.peek().and_then(|_| member.view.roster.windows.span(self.window));
        let Some(window) = window else { return Vec::new() };
        let adds = |span: Span| {
            let last = usize::try_from(span.last().since(window.first())).ok();
            match &self.values {
                Values::Stock(Some(Latest { steps: Some(_), position })) => blocked != Mask::MAX && last == Some(*position),
                Values::Stock(_) => false,
                Values::Parts(series) => {
                    let first = usize::try_from(span.first().since(window.first())).ok();
                    let mask = first.zip(last).filter(|(_, last)| *last < window.len()).map(|(first, last)| bits(first, last + 1 - first));
                    series.parts().any(|part| Some(part.mask) == mask && part.mask & blocked == 0 && part.steps.is_some())
                }
            }
        };
        let mut spans: Vec<Span> = all.filter(|(span, _)| adds(*span)).flat_map(|(_, of)| of.iter().copied()).collect();
        spans.sort_unstable();
        spans.dedup();
        spans
    }

    /// What is required and not there.
    pub fn gap(&self) -> Option<Gap> {
        let (months, sticks_out, older) = match &self.values {
            Values::Parts(series) => {
                let unmet = self.required() & !series.covered;
                (unmet, series.sticks_out & unmet, None)
            }
            Values::Stock(Some(Latest { steps: Some(_), position })) if bits(*position, 1) == self.last => (0, 0, None),
            Values::Stock(Some(Latest { steps: Some(_), position })) => (self.required(), 0, u8::try_from(*position).ok()),
            Values::Stock(_) => (self.required(), 0, None),
        };
        let gap = Gap { item: self.id, window: self.window, months, rejected: self.rejected(), sticks_out, older };
        (months != 0).then_some(gap)
    }

    /// True if the item is expected or was reported: there is something to speak of [F8].
    pub fn has_ground(&self) -> bool {
        self.expected != 0
            || match &self.values {
                Values::Parts(series) => series.covered | series.rejected | series.sticks_out != 0,
                Values::Stock(found) => found.is_some(),
            }
    }

    /// What it adds when these positions are blocked.
    pub fn amount(&self, blocked: Mask) -> Option<Amount> {
        match &self.values {
            Values::Stock(found) => (blocked != Mask::MAX).then_some(found.as_ref()?.steps).flatten().map(Amount::Steps),
            Values::Parts(series) if self.item.time == Time::Mean => {
                let (mut weighted, mut all): (i128, Mask) = (0, 0);
                for (mask, steps) in series.open(blocked) {
                    all |= mask;
                    weighted += i128::from(mask.count_ones()) * i128::from(steps);
                }
                (all != 0).then_some(Amount::Average { weighted, months: all.count_ones() })
            }
            Values::Parts(series) => series.sum(blocked).map(Amount::Steps),
        }
    }
}
