//! All units of a scheme: criteria, totals, ranks, grades (SEMANTICS R1, R4, R5, S4).

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::catalogue::Indicator;
use crate::codes::score as codes;
use crate::finding::{Finding, Place};
use crate::measure::roster::{Roster, Unit};
use crate::number::Exact;
use crate::score::criteria::{Criteria, in_total};
use crate::score::criterion::{self, Context, Scored};
use crate::score::extra::Effect;
use crate::score::feed::Feed;
use crate::score::grade::{Graded, grades};
use crate::score::judgement::Judgement;
use crate::score::peers::{PeerGroups, Peers, peer_group};
use crate::score::rank::{Ranked, decided_by_rounding, ranks};
use crate::score::sheet::Sheet;
use crate::score::total::{Total, total};
use crate::score::{joint, light, next, phrases};
use crate::scorebook::{MeasureResult, UnitResult};
use crate::text::{Said, Text};

/// The scored units, and what was noticed on the way.
#[derive(Debug)]
pub struct Scoring {
    /// Units by key.
    pub units: Vec<UnitResult>,
    /// Totals withheld, orders made by rounding.
    pub findings: Vec<Finding>,
}

/// Scores every unit. `measures`, and `feeds` where there are parts, stand parallel to the roster's units.
pub fn score(
    criteria: &Criteria,
    indicators: &[&Indicator],
    roster: &Roster,
    measures: Vec<Vec<MeasureResult>>,
    judgements: &[Judgement],
    feeds: &[Vec<Feed>],
) -> Scoring {
    let mut by_unit: BTreeMap<&str, Vec<&Judgement>> = BTreeMap::new();
    for row in judgements {
        by_unit.entry(&row.unit).or_default().push(row);
    }
    let scorer = Scorer { criteria, indicators, peers: PeerGroups::gather(criteria, indicators, &roster.units, &measures) };
    let own = |unit: &Unit| by_unit.get(unit.key.as_str()).map_or(&[][..], Vec::as_slice);
    let scored = |(index, (unit, measures)): (usize, (&Unit, &Vec<MeasureResult>))| {
        scorer.unit(unit, measures, own(unit), feeds.get(index).map_or(&[], Vec::as_slice))
    };
    let (scores, mut totals): (Vec<Vec<Scored>>, Vec<Total>) = roster.units.par_iter().zip(&measures).enumerate().map(scored).unzip();
    if let Some(joint) = &criteria.joint {
        joint::apply(joint, &roster.units, &mut totals, &criteria.policy);
    }
    let ranked = |(unit, total): (&Unit, &Total)| Ranked {
        peer_group: peer_group(criteria, unit),
        total: total.total.clone().filter(|_| unit.is_ranked),
        unrounded: total.unrounded.clone(),
    };
    let ranked: Vec<Ranked> = roster.units.iter().zip(&totals).map(ranked).collect();
    let ranks = ranks(&ranked);
    let graded = ranked.iter().zip(&totals).zip(&scores).zip(&ranks);
    let graded: Vec<Graded> =
        graded.map(|(((ranked, total), scores), rank)| scorer.graded(&ranked.peer_group, total, scores, *rank)).collect();
    let given = grades(&criteria.grades, &graded);
    let mut findings = withheld(criteria, &roster.units, &totals);
    for (ahead, behind) in decided_by_rounding(&ranked) {
        let [ahead, behind] = [ahead, behind].map(|index| &roster.units[index]);
        let finding = Finding::new(&codes::ROUNDING_DECIDES, Place { organisation: Some(ahead.key.clone()), ..Place::default() });
        findings.push(finding.with("ahead", ahead.name.clone()).with("behind", behind.name.clone()));
    }
    let parts = roster.units.iter().zip(measures).zip(scores).zip(totals).zip(ranks).zip(graded).zip(given);
    let units = parts.map(|((((((unit, measures), scores), total), rank), graded), given)| {
        let sheet = criteria.sheet_of(unit);
        UnitResult {
            key: unit.key.clone(),
            name: unit.name.clone(),
            provisional: provisional(criteria, &sheet, &scores, &total),
            full_points: sheet.full_points.clone(),
            class: sheet.class.map(|index| criteria.classes[index].name.clone()),
            vetoes: total.vetoes.iter().map(|fired| fired.veto.id.clone()).collect(),
            disqualified: disqualified(&total),
            verdicts: graded.verdicts.into_iter().flatten().collect(),
            peer_group: graded.peer_group,
            grade: given.grade.map(|index| criteria.grades[index].name.clone()),
            grade_notes: given.notes,
            scores: scores.into_iter().map(|scored| scored.score).collect(),
            measures,
            dimensions: total.dimensions,
            adjustments: total.adjustments,
            total: total.total,
            no_total: total.no_total,
            rank,
        }
    });
    Scoring { units: units.collect(), findings }
}

/// A finding for every unit that has no total. A scheme that only monitors withholds nothing.
fn withheld(criteria: &Criteria, units: &[Unit], totals: &[Total]) -> Vec<Finding> {
    let finding = |(unit, total): (&Unit, &Total)| {
        let reason = total.no_total.as_ref().filter(|_| !criteria.sheet_of(unit).full_points.is_zero())?;
        let place = Place { organisation: Some(unit.key.clone()), ..Place::default() };
        Some(Finding::new(&codes::NO_TOTAL, place).with("unit", unit.name.clone()).with("reason", crate::score::reason::text(reason)))
    };
    units.iter().zip(totals).filter_map(finding).collect()
}

/// Why a result is provisional [S4].
fn provisional(criteria: &Criteria, sheet: &Sheet, scores: &[Scored], total: &Total) -> Vec<Said> {
    // What stands outside the total leaves it as it is; a verdict that waits for it says so itself.
    let counts = |at: usize| in_total(&criteria.dimensions, at);
    let counted = scores.iter().zip(&criteria.criteria).filter(|(_, criterion)| counts(criterion.dimension));
    let mut provisional: Vec<Said> = counted.filter_map(|(scored, _)| scored.provisional.clone()).collect();
    provisional.extend(total.open.iter().cloned());
    if &total.applicable + &total.applicable < *sheet.full_points {
        let said = Said::new(&phrases::PROVISIONAL_HALF).with("applicable", total.applicable.to_string());
        provisional.push(said.with("full", sheet.full_points.to_string()));
    }
    provisional
}

fn disqualified(total: &Total) -> Vec<Text> {
    let effects = total.vetoes.iter().flat_map(|fired| &fired.veto.effects);
    let from = |effect: &Effect| if let Effect::Disqualify(from) = effect { Some(from.clone()) } else { None };
    effects.filter_map(from).collect()
}

/// What all units are scored by.
struct Scorer<'a> {
    criteria: &'a Criteria,
    indicators: &'a [&'a Indicator],
    peers: PeerGroups,
}

impl Scorer<'_> {
    fn unit(&self, unit: &Unit, measures: &[MeasureResult], judgements: &[&Judgement], feeds: &[Feed]) -> (Vec<Scored>, Total) {
        let Self { criteria, indicators, peers } = self;
        let peer_group = peer_group(criteria, unit);
        let context = |peers| Context {
            policy: &criteria.policy,
            states: criteria.policy.states,
            indicators,
            unit,
            measures,
            judgements,
            peers,
            feeds,
        };
        let sheet = criteria.sheet_of(unit);
        let numbered = criteria.criteria.iter().enumerate();
        let scored = |(index, criterion)| {
            let context = context(peers.of(index, &peer_group));
            let mut scored = criterion::score(criterion, sheet.class, context);
            light::shine(criterion, &mut scored, context);
            next::look_ahead(criterion, &mut scored, context);
            scored
        };
        let scored: Vec<Scored> = numbered.map(scored).collect();
        let total = total(criteria, &sheet, &scored, context(Peers::default()));
        (scored, total)
    }

    fn graded(&self, peer_group: &str, total: &Total, scores: &[Scored], rank: Option<usize>) -> Graded {
        let criteria = self.criteria;
        let bonuses: Exact = total.adjustments.iter().filter(|row| row.step == "bonus").map(|row| &row.points).sum();
        let points = total.total.as_ref().map(|sum| if criteria.grades_without_bonuses { sum - &bonuses } else { sum.clone() });
        let caps = total.vetoes.iter().flat_map(|fired| &fired.veto.effects);
        let cap = |effect: &Effect| if let Effect::CapGrade(grade) = effect { Some(*grade) } else { None };
        Graded {
            peer_group: peer_group.to_owned(),
            points,
            rank,
            cap: caps.filter_map(cap).max(),
            verdicts: criteria.statements.iter().map(|statement| statement.of(scores)).collect(),
            dimensions: total.reached.iter().map(|(index, share)| (criteria.dimensions[*index].name.clone(), share.clone())).collect(),
        }
    }
}
