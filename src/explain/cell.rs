//! The cells behind a measure: where each stands, and whether it counts.

use std::collections::BTreeSet;

use crate::catalogue::unit_word;
use crate::explain::traces::Traces;
use crate::formula::{ItemId, Term};
use crate::intake::behind::{Instead, Superseded};
use crate::measure::held::{Held, Values};
use crate::measure::member::Member;
use crate::measure::plan::{Plan, View};
use crate::measure::slots::{Desk, Share};
use crate::measure::window::{Mask, bits};
use crate::number::Exact;
use crate::period::Span;
use crate::registry::OrgId;
use crate::text::Text;
use crate::trace::Traced;

/// A cell and whether it counts.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Code of the organisation.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The item.
    pub item: Text,
    /// Its period.
    pub span: Span,
    /// The value read, in the item's unit.
    pub value: Option<Exact>,
    /// The item's unit.
    pub unit: Text,
    /// Whether it went into the measure.
    pub usage: Usage,
    /// What stands in its place.
    pub instead: Option<Instead>,
    /// Where it stands and what is written there.
    pub traced: Traced,
}

/// Whether a cell went into a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Usage {
    /// It did.
    Used,
    /// It was rejected, or is no number.
    Rejected,
    /// Something else required for its months is missing, so they count on neither side [F6].
    SlotUnmet,
    /// A correction, a verified figure or another cell stands in its place [S1, D2].
    Superseded,
    /// It is the running total before the window, taken off the later one [T5].
    Subtracted,
    /// Another value covers its months, or it lies outside [T3].
    NotChosen,
}

impl Usage {
    /// The word in both languages.
    pub fn word(self) -> Text {
        match self {
            Self::Used => Text::new("采用", "used"),
            Self::Rejected => Text::new("被剔除", "rejected"),
            Self::SlotUnmet => Text::new("同期缺数，不计入", "not used: the slot is unmet"),
            Self::Superseded => Text::new("由另一数代替", "superseded"),
            Self::Subtracted => Text::new("作为期初累计数减去", "subtracted"),
            Self::NotChosen => Text::new("未选用", "not chosen"),
        }
    }
}

/// One organisation behind a measure.
pub(super) struct Behind<'a> {
    pub(super) member: Member<'a>,
    pub(super) share: Share,
}

impl<'a> Behind<'a> {
    pub(super) fn new(plan: &Plan, member: Member<'a>) -> Self {
        let mut desk = Desk::default();
        desk.share(plan, &member);
        let share = desk.into_share();
        Self { member, share }
    }

    /// The terms that hold it and look at this item.
    fn terms_on<'p>(&self, plan: &Plan<'p>, item: ItemId) -> impl Iterator<Item = &'p Term> {
        let (sums, eaches) = self.share.held.split_at(plan.sums.len());
        let of_sums = plan.sums.iter().copied().zip(sums);
        let of_eaches = plan.eaches.iter().zip(eaches).flat_map(|(each, held)| each.terms.iter().copied().map(move |term| (term, held)));
        of_sums.chain(of_eaches).filter(move |(term, held)| **held && term.item == item).map(|(term, _)| term)
    }
}

/// The cells that the terms of a measure look at, by organisation, item and period.
pub(super) fn cells(plan: &Plan, behind: &[Behind], traces: &Traces, (view, superseded): (View, &Superseded)) -> Vec<Cell> {
    // A running total that ends just before the window is taken off the later ones [T5].
    let touches = |window: Span, span: Span| window.overlaps(span) || span.last().plus(1) == window.first();
    let is_asked = |one: &Behind, traced: &Traced| {
        let (_, span, item) = traced.key;
        one.terms_on(plan, item).any(|term| window_of(plan, term, view).is_some_and(|at| touches(at, span)))
    };
    let items: BTreeSet<ItemId> = plan.terms().map(|term| term.item).collect();
    let asked = behind.iter().flat_map(|one| {
        let of_items = items.iter().flat_map(move |item| traces.of(one.member.of.organisation, *item));
        of_items.filter(move |traced| is_asked(one, traced))
    });
    let mut found: Vec<Cell> = asked.filter_map(|traced| cell(traced.clone(), plan, behind, (view, superseded))).collect();
    found.sort_by(|a, b| (&a.code, &a.item.en, a.span, a.traced.place.row).cmp(&(&b.code, &b.item.en, b.span, b.traced.place.row)));
    found
}

/// What stands behind a measure of this organisation; members are in its order.
fn of<'b, 'a>(behind: &'b [Behind<'a>], organisation: OrgId) -> Option<&'b Behind<'a>> {
    behind.binary_search_by_key(&organisation, |one| one.member.of.organisation).ok().and_then(|at| behind.get(at))
}

fn window_of(plan: &Plan, term: &Term, view: View) -> Option<Span> {
    view.roster.windows.span(plan.at(term.window))
}

/// The cell with its use; `None` for one that lies outside every window and is no running total.
fn cell(traced: Traced, plan: &Plan, behind: &[Behind], (view, superseded): (View, &Superseded)) -> Option<Cell> {
    let (organisation, span, id) = traced.key;
    let item = view.catalogue.item(id);
    let described = view.registry.get(organisation);
    let one = of(behind, organisation)?;
    let speaks_of_it = |term: &&Term| traced.is_running_total || window_of(plan, term, view).is_some_and(|window| window.overlaps(span));
    let uses = one.terms_on(plan, id).filter(speaks_of_it).map(|term| usage(&traced, plan, one, term, view));
    let mut usage = uses.min()?;
    let instead = superseded.get(&traced.place).cloned();
    if instead.is_some() {
        usage = Usage::Superseded;
    }
    let value = match traced.parsed.cell {
        crate::intake::cell::Cell::Value(steps) => Some(Exact::from_steps(i128::from(steps), item.decimals)),
        _ => None,
    };
    Some(Cell {
        code: described.code.to_string(),
        name: described.name.to_string(),
        item: item.name.clone(),
        span,
        value,
        unit: unit_word(&item.unit),
        usage,
        instead,
        traced,
    })
}

fn usage(traced: &Traced, plan: &Plan, behind: &Behind, term: &Term, view: View) -> Usage {
    let (organisation, span, item) = traced.key;
    let Some(window) = window_of(plan, term, view) else { return Usage::NotChosen };
    let is_rejected = |cell| cell == crate::dataset::Cell::Rejected;
    // A running total is known by the values that end with it.
    let ending = || view.dataset.series(organisation, item).filter(|(other, _)| other.last() == span.last()).map(|(_, cell)| cell);
    let of_total = traced.is_running_total && ending().next().is_some() && ending().all(is_rejected);
    if of_total || is_rejected(view.dataset.get((organisation, span, item))) {
        return Usage::Rejected;
    }
    let held = Held::gather(item, plan.at(term.window), &behind.member);
    // Positions of the window; a running total may end just before the first one.
    let (first, end) = (span.first().since(window.first()), span.last().since(window.first()) + 1);
    let masks: Vec<Mask> = match &held.values {
        Values::Stock(latest) => latest.iter().map(|latest| bits(latest.position, 1)).collect(),
        Values::Parts(series) => series.parts().map(|part| part.mask).collect(),
    };
    let ends_here = |mask: &&Mask| i64::from(Mask::BITS - mask.leading_zeros()) == i64::from(end);
    let starts_here = |mask: &&Mask| i64::from(mask.trailing_zeros()) == i64::from(first);
    let starts_after = |mask: &&Mask| i64::from(mask.trailing_zeros()) == i64::from(end);
    let is_stock = matches!(held.values, Values::Stock(_));
    // A running total was turned into one of the months since the one before.
    let whole = masks.iter().find(|mask| ends_here(mask) && (is_stock || traced.is_running_total || starts_here(mask)));
    let base = masks.iter().find(|mask| traced.is_running_total && !is_stock && starts_after(mask));
    let usage = |mask: &Mask, usage: Usage| {
        let blocked = behind.share.blocked;
        let is_unmet = blocked == Mask::MAX || !is_stock && mask & blocked != 0;
        match usage {
            _ if mask & held.rejected() != 0 => Usage::Rejected,
            _ if is_unmet => Usage::SlotUnmet,
            usage => usage,
        }
    };
    whole.map(|mask| usage(mask, Usage::Used)).or_else(|| base.map(|mask| usage(mask, Usage::Subtracted))).unwrap_or(Usage::NotChosen)
}
