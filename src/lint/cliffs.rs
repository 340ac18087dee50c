//! Cliffs: where one case more or less costs more than a stated share of full points.
//!
//! What one case of a rate is depends on its denominator: that of `[lint]`, else the smallest one the policy
//! scores. Where neither is stated only jumps count: what crossing an edge costs. A count moves by whole cases.

use crate::catalogue::{Form, Indicator};
use crate::codes::lint as codes;
use crate::definition::rule::Rule as Written;
use crate::diagnostic::Diagnostic;
use crate::lint::curve::{Extent, breaks, points_at, steps};
use crate::lint::sites::Site;
use crate::lint::{Scheme, brief, percent, with_unit};
use crate::number::{Exact, Rounding};
use crate::score::criteria::Rule;
use crate::score::deduction::DeductionKind;
use crate::score::kernel::{Baseline, By, Direction, Improve, Outcome, Places, Rise, Shown};
use crate::text::Text;

/// A drop: at which value, and by how many points.
struct Drop {
    at: Exact,
    lost: Exact,
}

/// One case, where it is known what it moves the value by.
struct Case {
    /// In the display unit.
    moves: Exact,
    /// The denominator assumed; `None` for counts.
    denominator: Option<Exact>,
}

pub(super) fn check(scheme: &Scheme, site: &Site, found: &mut Vec<Diagnostic>) {
    match (site.rule, &site.written.value) {
        (Rule::Deduct(list), Written::Deduct(entries)) => {
            for (entry, written) in list.iter().zip(entries) {
                if let Some(drop) = of_entry(scheme, &entry.kind, site.full) {
                    report(scheme, site, &written.span, Some(drop), found);
                }
            }
        }
        // What a better part covers is asked of the whole.
        _ if site.in_best => {}
        (Rule::Improve { rule, .. }, _) => {
            let indicator = site.indicator;
            let case = indicator.and_then(|indicator| Case::of(scheme, indicator)).filter(|_| rule.by == By::Points);
            let drop = of_change(rule, site.full, case.as_ref());
            let what = |at: &Exact| change(at, rule.by, indicator);
            report(scheme, site, &site.written.span, drop.map(|drop| (what(&drop.at), drop.lost, case)), found);
        }
        (Rule::Rank(places), _) => report(scheme, site, &site.written.span, of_places(places, site.full), found),
        (rule, _) => {
            let Some(indicator) = site.indicator else { return };
            let case = Case::of(scheme, indicator);
            let curve = |value: &Exact| points_at(rule, value, site.full);
            let drop = steepest(&breaks(rule), case.as_ref(), &Extent::of(indicator), &curve);
            report(scheme, site, &site.written.span, drop.map(|drop| (with_unit(indicator, &drop.at), drop.lost, case)), found);
        }
    }
}

/// Where, how many points, and what one case is.
type Cliff = (Text, Exact, Option<Case>);

fn report(scheme: &Scheme, site: &Site, at: &std::ops::Range<usize>, cliff: Option<Cliff>, found: &mut Vec<Diagnostic>) {
    let most = Scheme::stated(scheme.content.lint.cliff_share.as_ref(), Exact::from_steps(5, 1));
    let Some((edge, lost, case)) = cliff else { return };
    let Some(share) = lost.checked_div(&site.criterion.points).filter(|share| *share > most) else { return };
    let diagnostic =
        scheme.say_of(site, &codes::CLIFF, at).with("edge", edge).with("case", described(case.as_ref())).with("lost", brief(&lost));
    found.push(diagnostic.with("full", brief(&site.criterion.points)).with("share", percent(&share)).with("most", percent(&most)));
}

impl Case {
    fn of(scheme: &Scheme, indicator: &Indicator) -> Option<Self> {
        if indicator.form == Form::Count {
            return Some(Self { moves: indicator.factor.clone(), denominator: None });
        }
        let least = &scheme.criteria.policy.min_denominator;
        let stated = Scheme::stated(scheme.content.lint.denominator.as_ref(), least.clone());
        let moves = indicator.factor.checked_div(&stated).filter(|moves| !moves.is_negative() && indicator.denominator.is_some())?;
        Some(Self { moves, denominator: Some(stated) })
    }
}

fn described(case: Option<&Case>) -> Text {
    match case {
        None => Text::new("越过此线", "crossing the edge"),
        Some(Case { denominator: None, .. }) => Text::new("一例", "one case"),
        Some(Case { moves, denominator: Some(denominator) }) => {
            let moves = brief(moves);
            Text::new(format!("一例（分母为 {denominator} 时即 {moves}）"), format!("one case ({moves} at a denominator of {denominator})"))
        }
    }
}

/// Small enough to be on one side of every edge.
fn hair() -> Exact {
    Exact::from_steps(1, 9)
}

/// The largest difference between two values one case apart, or on two sides of an edge. Between edges a
/// curve is straight or flat, so that only their neighbourhood need be tried.
fn steepest(breaks: &[Exact], case: Option<&Case>, extent: &Extent, curve: &dyn Fn(&Exact) -> Option<Exact>) -> Option<Drop> {
    let hair = hair();
    let moves = case.map_or_else(|| &hair + &hair, |case| case.moves.clone());
    let mut worst: Option<Drop> = None;
    for edge in breaks {
        for from in [edge.clone(), edge - &hair, edge + &hair] {
            for to in [&from - &moves, &from + &moves] {
                if !extent.holds(&from) || !extent.holds(&to) {
                    continue;
                }
                // What the hair itself is worth is no loss.
                let lost = (&curve(&from)? - &curve(&to)?).abs().round(6, Rounding::HalfUp);
                if worst.as_ref().is_none_or(|known| lost > known.lost) {
                    worst = Some(Drop { at: edge.clone(), lost });
                }
            }
        }
    }
    worst
}

/// By the change over a baseline. What the plateau forgives is meant to be forgiven, and is left aside.
fn of_change(rule: &Improve, full: &Exact, case: Option<&Case>) -> Option<Drop> {
    let rule = Improve { plateau: None, min_base_numerator: None, ..rule.clone() };
    let base = Exact::from(100);
    let unit = Text::default();
    let curve = |change: &Exact| {
        let value = if rule.direction == Direction::Higher { &base + change } else { &base - change };
        match rule.score(&value, Baseline::Measured { value: &base, numerator: &base }, full, &Shown { unit: &unit, decimals: 0 }) {
            Outcome::Evaluated(verdict) => Some(verdict.points),
            Outcome::OrElse(_) | Outcome::NotEvaluable(_) => None,
        }
    };
    let mut breaks = vec![Exact::zero()];
    breaks.extend(rule.least_change.iter().flat_map(|least| [-least, least.clone()]));
    if let Rise::AtLeast(rise) = &rule.rise {
        breaks.push(rise.clone());
    }
    steepest(&breaks, case, &Extent { low: None, high: None }, &curve)
}

fn change(at: &Exact, by: By, indicator: Option<&Indicator>) -> Text {
    let size = match (by, indicator) {
        (By::Points, Some(indicator)) if indicator.unit != "%" => with_unit(indicator, at),
        (By::Points, _) => Text::new(format!("{at} 个百分点"), format!("{at} percentage points")),
        (By::Percent, _) => Text::same(format!("{at}%")),
    };
    Text::new(format!("改善 {}", size.zh), format!("an improvement of {}", size.en))
}

/// Between two places: one case may decide which is whose.
fn of_places(places: &Places, full: &Exact) -> Option<Cliff> {
    let drops = places.shares.windows(2).enumerate().filter_map(|(at, pair)| Some((at, pair.first()? - pair.get(1)?)));
    let mut worst: Option<(usize, Exact)> = None;
    for (at, drop) in drops {
        if worst.as_ref().is_none_or(|(_, known)| drop > *known) {
            worst = Some((at, drop));
        }
    }
    let (at, share) = worst?;
    Some((Text::new(format!("第 {} 名", at + 2), format!("place {}", at + 2)), full * &share, None))
}

/// What one entry of a list of deductions takes off at once. The price of each of a count is stated outright.
fn of_entry(scheme: &Scheme, kind: &DeductionKind, full: &Exact) -> Option<Cliff> {
    let unit = Text::default();
    let shown = Shown { unit: &unit, decimals: 0 };
    let (indicator, breaks) = match kind {
        DeductionKind::Steps { indicator, rule } => (*indicator, steps(rule)),
        DeductionKind::When { indicator, rule } => (*indicator, rule.when.edge().cloned().into_iter().collect()),
        _ => return None,
    };
    let curve = |value: &Exact| match kind {
        DeductionKind::Steps { rule, .. } => Some(rule.lost(value, &shown).from_full(full).points),
        DeductionKind::When { rule, .. } => Some(rule.lost(value, &shown).from_full(full).points),
        _ => None,
    };
    let indicator = scheme.catalogue.indicators.get(indicator)?;
    let case = Case::of(scheme, indicator);
    let drop = steepest(&breaks, case.as_ref(), &Extent::of(indicator), &curve)?;
    Some((with_unit(indicator, &drop.at), drop.lost, case))
}
