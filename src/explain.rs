//! From points down to cells: what a score was made of (DESIGN §5 `explain`).

use crate::assess::Prepared;
use crate::catalogue::{Indicator, unit_word};
use crate::finding::Finding;
use crate::formula::{ItemId, Term, Window};
use crate::intake::behind::{Instead, Superseded};
use crate::intake::correction;
use crate::intake::rows::Known;
use crate::intake::source::Vocabulary;
use crate::measure::held::{Held, Values};
use crate::measure::plan::{Plan, View};
use crate::measure::roster::Membership;
use crate::measure::slots::{Share, share};
use crate::measure::window::{Mask, bits};
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
    /// What is explained.
    pub subject: Subject,
    /// Id and name of a bonus, penalty or veto.
    pub extra: (String, Text),
    /// The measures behind it, the assessed window first; none where a person judged.
    pub trails: Vec<Trail<'a>>,
    /// What was noticed about the organisations and items behind it.
    pub findings: Vec<Finding>,
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

/// Explains one score of one unit, or one value.
pub fn explain<'a>(prepared: &Prepared, book: &'a Scorebook, unit: usize, subject: Subject) -> Explanation<'a> {
    let result = &book.units[unit];
    let (ids, with_baseline) = behind(prepared, book, subject);
    let is_behind = |measure: &&MeasureResult| {
        let window = measure.window == Window::Assessed || with_baseline;
        window && ids.contains(&book.indicators[measure.indicator].id)
    };
    let trails: Vec<Trail> = result.measures.iter().filter(is_behind).filter_map(|measure| trail(prepared, book, unit, measure)).collect();
    let findings = book.findings.iter().filter(|finding| concerns(finding, &result.key, &trails)).cloned().collect();
    let extra = match subject {
        Subject::Extra(at) => {
            let all = &prepared.assessment.criteria.extras;
            all.all().nth(at).map(|(id, name, _)| (id.to_owned(), name.clone())).unwrap_or_default()
        }
        _ => Default::default(),
    };
    Explanation { book, unit: result, subject, extra, trails, findings }
}

/// Ids of the indicators behind a score, and whether their baselines matter.
fn behind(prepared: &Prepared, book: &Scorebook, subject: Subject) -> (Vec<String>, bool) {
    let criteria = &prepared.assessment.criteria;
    let ids = |indices: Vec<usize>| indices.iter().map(|index| prepared.assessment.catalogue.indicators[*index].id.clone()).collect();
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
        let named = |code: &String| code == unit || trail.shares.iter().any(|share| share.code == *code);
        let is_behind = |item: &String| trail.items.contains(item);
        place.organisation.as_ref().is_some_and(named) && place.item.as_ref().is_none_or(is_behind)
    };
    trails.iter().any(about)
}

fn trail<'a>(prepared: &Prepared, book: &Scorebook, unit: usize, measure: &'a MeasureResult) -> Option<Trail<'a>> {
    let assessment = prepared.assessment;
    let id = &book.indicators.get(measure.indicator)?.id;
    let indicator: &Indicator = assessment.catalogue.indicators.iter().find(|indicator| indicator.id == *id)?;
    let plan = Plan::new(indicator, measure.window);
    let roster = &*assessment.roster_over(indicator.lookback);
    let view = View { catalogue: &assessment.catalogue, dataset: &prepared.dataset, registry: &assessment.registry, roster };
    let behind: Vec<Behind> = roster.members_of(unit).iter().map(|member| Behind { member, share: share(&plan, member, view) }).collect();
    let shares = behind.iter().flat_map(|one| contributions(&plan, one.member, &one.share, view)).collect();
    let cells = cells(prepared, &plan, &behind, view);
    let items = plan.terms().map(|term| assessment.catalogue.item(term.item).id.clone()).chain([indicator.id.clone()]).collect();
    Some(Trail { measure, items, shares, cells })
}

/// One organisation behind a measure.
struct Behind<'a> {
    member: &'a Membership,
    share: Share,
}

impl Behind<'_> {
    /// The terms that hold it and look at this item.
    fn terms_on<'p>(&self, plan: &Plan<'p>, item: ItemId) -> impl Iterator<Item = &'p Term> {
        let (sums, eaches) = self.share.held.split_at(plan.sums.len());
        let of_sums = plan.sums.iter().copied().zip(sums);
        let of_eaches = plan.eaches.iter().zip(eaches).flat_map(|(each, held)| each.terms.iter().copied().map(move |term| (term, held)));
        of_sums.chain(of_eaches).filter(move |(term, held)| **held && term.item == item).map(|(term, _)| term)
    }
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

fn cells(prepared: &Prepared, plan: &Plan, behind: &[Behind], view: View) -> Vec<Cell> {
    let assessment = prepared.assessment;
    // A running total that ends just before the window is taken off the later ones [T5].
    let touches = |window: Span, span: Span| window.overlaps(span) || span.last().plus(1) == window.first();
    let asked = |organisation: OrgId, span: Span, item: ItemId| {
        let is_asked = |term: &Term| window_of(plan, term, view).is_some_and(|at| touches(at, span));
        of(behind, organisation).is_some_and(|one| one.terms_on(plan, item).any(is_asked))
    };
    let vocabulary = Vocabulary::new(&assessment.catalogue);
    let known = Known { registry: &assessment.registry, vocabulary: &vocabulary };
    let mut traced = trace::cells(&assessment.sources, known, &asked);
    traced.extend(correction::cells(&assessment.corrections, &prepared.dataset, &asked));
    let superseded = &prepared.superseded;
    let mut found: Vec<Cell> = traced.into_iter().filter_map(|traced| cell(traced, plan, behind, (view, superseded))).collect();
    found.sort_by(|a, b| (&a.code, &a.item.en, a.span, a.traced.place.row).cmp(&(&b.code, &b.item.en, b.span, b.traced.place.row)));
    found
}

/// What stands behind a measure of this organisation; members are in its order.
fn of<'b, 'a>(behind: &'b [Behind<'a>], organisation: OrgId) -> Option<&'b Behind<'a>> {
    behind.binary_search_by_key(&organisation, |one| one.member.organisation).ok().and_then(|at| behind.get(at))
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
        code: described.code.clone(),
        name: described.name.clone(),
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
    let held = Held::gather(item, plan.at(term.window), behind.member, view);
    // Positions of the window; a running total may end just before the first one.
    let (first, end) = (span.first().since(window.first()), span.last().since(window.first()) + 1);
    let masks: Vec<Mask> = match &held.values {
        Values::Stock(latest) => latest.iter().map(|latest| bits(latest.position, 1)).collect(),
        Values::Parts(series) => series.parts.iter().map(|part| part.mask).collect(),
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
