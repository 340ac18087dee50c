//! From points down to cells: what a score was made of (DESIGN §5 `explain`).

use std::collections::BTreeSet;

use crate::assess::Prepared;
use crate::catalogue::Indicator;
use crate::explain::cell::Behind;
use crate::explain::traces::Traces;
use crate::finding::{Finding, Findings};
use crate::formula::{ItemId, Window};
use crate::measure::member::Member;
use crate::measure::plan::{Plan, View};
use crate::number::Exact;
use crate::registry::OrgId;
use crate::scorebook::{MeasureResult, Scorebook, UnitResult};
use crate::text::Text;

mod cell;
mod evidence;
mod traces;

pub use cell::{Cell, Usage};
pub use evidence::Evidence;

/// What one score was made of.
#[derive(Debug)]
pub struct Explanation<'a> {
    /// The result it is part of.
    pub book: &'a Scorebook,
    /// The unit.
    pub unit: &'a UnitResult,
    /// What is explained.
    pub subject: Subject,
    /// Id and name of a bonus, penalty or veto.
    pub extra: (String, Text),
    /// The measures behind it, the assessed window first; none where a person judged.
    pub trails: Vec<Trail<'a>>,
    /// What was noticed about the organisations and items behind it.
    pub findings: Findings,
}

/// What is explained: of a criterion its points, of a bonus, penalty or veto what it changed, of an indicator its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Index of the criterion.
    Criterion(usize),
    /// Index among the bonuses, penalties and vetoes.
    Extra(usize),
    /// Index of the indicator among those of the scorebook.
    Indicator(usize),
}

/// One measure and what went into it.
#[derive(Debug)]
pub struct Trail<'a> {
    /// The measure.
    pub measure: &'a MeasureResult,
    /// Ids of the items it is made of, and its own.
    pub items: Vec<String>,
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

/// Explains one score of one unit, or one value.
pub fn explain<'a>(prepared: &Prepared, book: &'a Scorebook, unit: usize, subject: Subject) -> Explanation<'a> {
    let result = &book.units[unit];
    let measures = measures_behind(prepared, book, result, subject);
    let wanted = wanted(prepared, book, unit, &measures);
    let traces = Traces::gather(prepared, &|organisation, item| wanted.contains(&(organisation, item)));
    let trails: Vec<Trail> = measures.into_iter().filter_map(|measure| trail(prepared, book, (unit, measure), Some(&traces))).collect();
    let findings = book.findings.iter().filter(|finding| concerns(finding, &result.key, &trails)).collect();
    let extra = match subject {
        Subject::Extra(at) => {
            let all = &prepared.assessment.criteria.extras;
            all.all().nth(at).map(|(id, name, _)| (id.to_owned(), name.clone())).unwrap_or_default()
        }
        _ => Default::default(),
    };
    Explanation { book, unit: result, subject, extra, trails, findings }
}

/// The measures behind a score, the assessed window first.
fn measures_behind<'a>(prepared: &Prepared, book: &Scorebook, unit: &'a UnitResult, subject: Subject) -> Vec<&'a MeasureResult> {
    let (ids, with_baseline) = behind(prepared, book, subject);
    let is_behind = |measure: &&MeasureResult| {
        let window = measure.window == Window::Assessed || with_baseline;
        window && ids.contains(&book.indicators[measure.indicator].id)
    };
    unit.measures.iter().filter(is_behind).collect()
}

/// The organisations and items behind measures of a unit.
fn wanted(prepared: &Prepared, book: &Scorebook, unit: usize, measures: &[&MeasureResult]) -> BTreeSet<(OrgId, ItemId)> {
    let mut found = BTreeSet::new();
    for measure in measures {
        if let Some(indicator) = indicator(prepared, book, measure) {
            let plan = Plan::new(indicator, measure.window);
            let roster = &*prepared.assessment.roster_over(indicator.lookback);
            let items: Vec<ItemId> = plan.terms().map(|term| term.item).collect();
            found.extend(roster.members_of(unit).iter().flat_map(|member| items.iter().map(|item| (member.organisation, *item))));
        }
    }
    found
}

/// The definition of what was measured.
fn indicator<'a>(prepared: &Prepared<'a>, book: &Scorebook, measure: &MeasureResult) -> Option<&'a Indicator> {
    let id = &book.indicators.get(measure.indicator)?.id;
    prepared.assessment.catalogue.indicators.iter().find(|indicator| indicator.id == *id)
}

/// Ids of the indicators behind a score, and whether their baselines matter.
fn behind(prepared: &Prepared, book: &Scorebook, subject: Subject) -> (Vec<String>, bool) {
    let criteria = &prepared.assessment.criteria;
    let ids = |indices: Vec<usize>| indices.iter().map(|index| prepared.assessment.catalogue.indicators[*index].id.to_string()).collect();
    match subject {
        Subject::Criterion(at) => {
            let defined = &criteria.criteria[at];
            (ids(defined.indicators()), defined.needs_baseline())
        }
        Subject::Extra(at) => (criteria.extras.all().nth(at).map(|(_, _, indices)| ids(indices)).unwrap_or_default(), false),
        Subject::Indicator(at) => (vec![book.indicators[at].id.clone()], true),
    }
}

/// True for a finding about the unit or an organisation behind a measure, and no other item.
fn concerns(finding: &Finding, unit: &str, trails: &[Trail]) -> bool {
    let place = &finding.place;
    let about = |trail: &Trail| {
        let named = |code: &str| code == unit || trail.shares.iter().any(|share| share.code == *code);
        let is_behind = |item: &str| trail.items.iter().any(|own| own == item);
        place.organisation.as_deref().is_some_and(named) && place.item.as_deref().is_none_or(is_behind)
    };
    trails.iter().any(about)
}

/// What went into a measure; without traces, no cells.
fn trail<'a>(
    prepared: &Prepared,
    book: &Scorebook,
    (unit, measure): (usize, &'a MeasureResult),
    traces: Option<&Traces>,
) -> Option<Trail<'a>> {
    let assessment = prepared.assessment;
    let indicator = indicator(prepared, book, measure)?;
    let plan = Plan::new(indicator, measure.window);
    let roster = &*assessment.roster_over(indicator.lookback);
    let view = View { catalogue: &assessment.catalogue, dataset: &prepared.dataset, registry: &assessment.registry, roster };
    let behind: Vec<Behind> = roster.members_of(unit).iter().map(|member| Behind::new(&plan, Member::new(member, view))).collect();
    let shares = behind.iter().flat_map(|one| contributions(&plan, one)).collect();
    let cells = traces.map(|traces| cell::cells(&plan, &behind, traces, (view, &prepared.superseded))).unwrap_or_default();
    let items = plan.terms().map(|term| &assessment.catalogue.item(term.item).id).chain([&indicator.id]).map(String::from).collect();
    Some(Trail { measure, items, shares, cells })
}

fn contributions(plan: &Plan, Behind { member, share }: &Behind) -> Vec<Contribution> {
    let view = member.view;
    let organisation = view.registry.get(member.of.organisation);
    let months = (share.met.count_ones(), share.required.count_ones());
    let name = |id| view.catalogue.item(id).id.to_string();
    let make = |term: String, amount: Option<Exact>| Contribution {
        code: organisation.code.to_string(),
        name: organisation.name.to_string(),
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
