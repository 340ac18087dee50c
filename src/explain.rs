//! From points down to cells: what a score was made of (DESIGN §5 `explain`).

use crate::assess::Prepared;
use crate::catalogue::Indicator;
use crate::formula::{Term, Window};
use crate::intake::rows::Known;
use crate::intake::source::Vocabulary;
use crate::measure::held::{Held, Values};
use crate::measure::plan::{Plan, View};
use crate::measure::roster::Membership;
use crate::measure::slots::{Share, share};
use crate::measure::window::bits;
use crate::number::Exact;
use crate::period::Span;
use crate::registry::OrgId;
use crate::scorebook::{MeasureResult, Scorebook, UnitResult};
use crate::text::Text;
use crate::trace::{self, Traced};

/// What one score was made of.
#[derive(Debug)]
pub struct Explanation<'a> {
    /// The result it is part of.
    pub book: &'a Scorebook,
    /// The unit.
    pub unit: &'a UnitResult,
    /// Index of the criterion.
    pub criterion: usize,
    /// The measures behind it, the assessed window first; none where a person judged.
    pub trails: Vec<Trail<'a>>,
}

/// One measure and what went into it.
#[derive(Debug)]
pub struct Trail<'a> {
    /// The measure.
    pub measure: &'a MeasureResult,
    /// What each organisation added to each term.
    pub shares: Vec<Contribution>,
    /// The cells, by organisation, item and period.
    pub cells: Vec<Cell>,
}

/// What one organisation added to one term.
#[derive(Debug)]
pub struct Contribution {
    /// Code of the organisation.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The term as written.
    pub term: String,
    /// The amount, in the item's unit; `None` if it added nothing.
    pub amount: Option<Exact>,
    /// Months it delivered of those required.
    pub months: (u32, u32),
}

/// A cell and whether it counts.
#[derive(Debug)]
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
    /// Whether it went into the measure.
    pub usage: Usage,
    /// Where it stands and what is written there.
    pub traced: Traced,
}

/// Whether a cell went into a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// It did.
    Used,
    /// It was rejected, or is no number.
    Rejected,
    /// Something else required for its months is missing, so they count on neither side [F6].
    SlotUnmet,
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
            Self::NotChosen => Text::new("未选用", "not chosen"),
        }
    }
}

/// Explains one criterion of one unit.
pub fn explain<'a>(prepared: &Prepared, book: &'a Scorebook, unit: usize, criterion: usize) -> Explanation<'a> {
    let result = &book.units[unit];
    let defined = &prepared.assessment.criteria.criteria[criterion];
    let ids: Vec<&str> = defined.indicators().iter().map(|index| prepared.assessment.catalogue.indicators[*index].id.as_str()).collect();
    let is_behind = |measure: &&MeasureResult| {
        let window = measure.window == Window::Assessed || defined.rule.needs_baseline();
        window && ids.contains(&book.indicators[measure.indicator].id.as_str())
    };
    let trails = result.measures.iter().filter(is_behind).filter_map(|measure| trail(prepared, book, unit, measure)).collect();
    Explanation { book, unit: result, criterion, trails }
}

fn trail<'a>(prepared: &Prepared, book: &Scorebook, unit: usize, measure: &'a MeasureResult) -> Option<Trail<'a>> {
    let assessment = prepared.assessment;
    let id = &book.indicators.get(measure.indicator)?.id;
    let indicator: &Indicator = assessment.catalogue.indicators.iter().find(|indicator| indicator.id == *id)?;
    let plan = Plan::new(indicator, measure.window);
    let view =
        View { catalogue: &assessment.catalogue, dataset: &prepared.dataset, registry: &assessment.registry, roster: &assessment.roster };
    let members = assessment.roster.members_of(unit);
    let mut shares = Vec::new();
    let mut wanted: Vec<(&Membership, &Term, Share)> = Vec::new();
    for member in members {
        let share = share(&plan, member, view);
        shares.extend(contributions(&plan, member, &share, view));
        let (sums, eaches) = share.held.split_at(plan.sums.len());
        let of_sums = plan.sums.iter().copied().zip(sums);
        let of_eaches = plan.eaches.iter().zip(eaches).flat_map(|(each, held)| each.terms.iter().copied().map(move |term| (term, held)));
        wanted.extend(of_sums.chain(of_eaches).filter(|(_, held)| **held).map(|(term, _)| (member, term, share.clone())));
    }
    let cells = cells(prepared, &plan, &wanted, view);
    Some(Trail { measure, shares, cells })
}

fn contributions(plan: &Plan, member: &Membership, share: &Share, view: View) -> Vec<Contribution> {
    let organisation = view.registry.get(member.organisation);
    let months = (share.met.count_ones(), share.required.count_ones());
    let name = |id| view.catalogue.item(id).id.clone();
    let make = |term: String, amount: Option<Exact>| Contribution {
        code: organisation.code.clone(),
        name: organisation.name.clone(),
        term,
        amount,
        months,
    };
    let mut found = Vec::new();
    for ((term, amount), held) in plan.sums.iter().zip(&share.sums).zip(&share.held) {
        if *held || amount.is_some() {
            let decimals = view.catalogue.item(term.item).decimals;
            found.push(make(term.describe(&name), amount.as_ref().map(|amount| amount.in_units(decimals))));
        }
    }
    for (own, held) in share.eaches.iter().zip(share.held.iter().skip(plan.sums.len())) {
        if *held {
            found.push(make("each(…)".to_owned(), own.clone().ok()));
        }
    }
    for (count, counted) in plan.counts.iter().zip(&share.counts) {
        let scope = count.scope.as_ref().map(|scope| scope.describe(&name)).unwrap_or_default();
        if *counted {
            found.push(make(format!("count[{scope}]"), Some(Exact::one())));
        }
    }
    found
}

fn cells(prepared: &Prepared, plan: &Plan, wanted: &[(&Membership, &Term, Share)], view: View) -> Vec<Cell> {
    let assessment = prepared.assessment;
    let windows = &assessment.roster.windows;
    let span_of = |window: Window| windows.span(plan.at(window));
    let asked = |organisation: OrgId, span: Span, item| {
        wanted.iter().any(|(member, term, _)| {
            member.organisation == organisation && term.item == item && span_of(term.window).is_some_and(|window| window.overlaps(span))
        })
    };
    let vocabulary = Vocabulary::new(&assessment.catalogue);
    let known = Known { registry: &assessment.registry, vocabulary: &vocabulary };
    let mut found: Vec<Cell> =
        trace::cells(&assessment.sources, known, &asked).into_iter().map(|traced| cell(traced, plan, wanted, view)).collect();
    found.sort_by(|a, b| (&a.code, &a.item.en, a.span, a.traced.place.row).cmp(&(&b.code, &b.item.en, b.span, b.traced.place.row)));
    found
}

fn cell(traced: Traced, plan: &Plan, wanted: &[(&Membership, &Term, Share)], view: View) -> Cell {
    let (organisation, span, id) = traced.key;
    let item = view.catalogue.item(id);
    let described = view.registry.get(organisation);
    let uses = wanted.iter().filter(|(member, term, _)| member.organisation == organisation && term.item == id);
    let usage = uses.map(|(member, term, share)| usage(span, plan, member, term, share, view)).min_by_key(|usage| *usage != Usage::Used);
    let value = match traced.parsed.cell {
        crate::intake::cell::Cell::Value(steps) => Some(Exact::from_steps(i128::from(steps), item.decimals)),
        _ => None,
    };
    Cell {
        code: described.code.clone(),
        name: described.name.clone(),
        item: item.name.clone(),
        span,
        value,
        usage: usage.unwrap_or(Usage::NotChosen),
        traced,
    }
}

fn usage(span: Span, plan: &Plan, member: &Membership, term: &Term, share: &Share, view: View) -> Usage {
    let window = plan.at(term.window);
    let Some(months) = view.roster.windows.span(window) else { return Usage::NotChosen };
    if view.dataset.get((member.organisation, span, term.item)) == crate::dataset::Cell::Rejected {
        return Usage::Rejected;
    }
    let Ok(last) = usize::try_from(span.last().since(months.first())) else { return Usage::NotChosen };
    let chosen = match Held::gather(term.item, window, member, view).values {
        Values::Stock(latest) => latest.is_some_and(|latest| latest.position == last).then(|| bits(last, 1)),
        Values::Parts(series) => {
            let first = usize::try_from(span.first().since(months.first())).ok();
            let is_cumulative = view.dataset.get((member.organisation, span, term.item)) == crate::dataset::Cell::Missing;
            let own = first.filter(|_| last < months.len()).map(|first| bits(first, last + 1 - first));
            // A cumulative figure was turned into one of the months since the one before.
            series
                .parts
                .iter()
                .map(|part| part.mask)
                .find(|mask| Some(*mask) == own || is_cumulative && last < months.len() && mask >> last == 1)
        }
    };
    match chosen {
        None => Usage::NotChosen,
        Some(_) if share.blocked == u128::MAX => Usage::SlotUnmet,
        Some(mask)
            if mask & share.blocked != 0
                && matches!(view.catalogue.item(term.item).time, crate::catalogue::Time::Flow | crate::catalogue::Time::Mean) =>
        {
            Usage::SlotUnmet
        }
        Some(_) => Usage::Used,
    }
}
