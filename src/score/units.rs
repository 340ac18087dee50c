//! All units of a scheme: criteria, totals, ranks, grades (SEMANTICS R1, R4, R5, S4).

use std::collections::BTreeMap;

use crate::catalogue::Indicator;
use crate::codes::score as codes;
use crate::finding::{Finding, Place};
use crate::measure::roster::{Roster, Unit};
use crate::number::Exact;
use crate::score::criteria::Criteria;
use crate::score::criterion::{self, Context};
use crate::score::grade::grade;
use crate::score::judgement::Judgement;
use crate::score::peers::{PeerGroups, peer_group};
use crate::score::phrases;
use crate::score::rank::{Ranked, decided_by_rounding, ranks};
use crate::score::total::total;
use crate::scorebook::{MeasureResult, UnitResult};
use crate::text::Said;

/// The scored units, and what was noticed on the way.
#[derive(Debug)]
pub struct Scoring {
    /// Units by key.
    pub units: Vec<UnitResult>,
    /// Totals withheld, orders made by rounding.
    pub findings: Vec<Finding>,
}

/// Scores every unit. `measures` stand parallel to the roster's units.
pub fn score(
    criteria: &Criteria,
    indicators: &[&Indicator],
    roster: &Roster,
    measures: Vec<Vec<MeasureResult>>,
    judgements: &[Judgement],
) -> Scoring {
    let mut findings = Vec::new();
    let mut ranked = Vec::new();
    let mut units = Vec::new();
    let mut by_unit: BTreeMap<&str, Vec<&Judgement>> = BTreeMap::new();
    for row in judgements {
        by_unit.entry(&row.unit).or_default().push(row);
    }
    let scorer = Scorer { criteria, indicators, peers: PeerGroups::gather(criteria, indicators, &roster.units, &measures) };
    for (unit, measures) in roster.units.iter().zip(measures) {
        let own = by_unit.remove(unit.key.as_str()).unwrap_or_default();
        let (result, unrounded) = scorer.unit(unit, measures, &own);
        // A scheme that only monitors withholds nothing.
        if let (Some(reason), false) = (&result.no_total, criteria.full_points.is_zero()) {
            let place = Place { organisation: Some(unit.key.clone()), ..Place::default() };
            findings.push(
                Finding::new(&codes::NO_TOTAL, place).with("unit", unit.name.clone()).with("reason", crate::score::reason::text(reason)),
            );
        }
        ranked.push(Ranked { peer_group: result.peer_group.clone(), total: result.total.clone(), unrounded });
        units.push(result);
    }
    for (unit, rank) in units.iter_mut().zip(ranks(&ranked)) {
        unit.rank = rank;
    }
    for (ahead, behind) in decided_by_rounding(&ranked) {
        let finding = Finding::new(&codes::ROUNDING_DECIDES, Place { organisation: Some(units[ahead].key.clone()), ..Place::default() });
        findings.push(finding.with("ahead", units[ahead].name.clone()).with("behind", units[behind].name.clone()));
    }
    Scoring { units, findings }
}

/// What all units are scored by.
struct Scorer<'a> {
    criteria: &'a Criteria,
    indicators: &'a [&'a Indicator],
    peers: PeerGroups,
}

impl Scorer<'_> {
    fn unit(&self, unit: &Unit, measures: Vec<MeasureResult>, judgements: &[&Judgement]) -> (UnitResult, Option<Exact>) {
        let Self { criteria, indicators, peers } = self;
        let peer_group = peer_group(criteria, unit);
        let context = |index: usize| Context {
            policy: &criteria.policy,
            states: criteria.policy.states,
            indicators,
            unit,
            measures: &measures,
            judgements,
            peers: peers.of(index, &peer_group),
        };
        let numbered = criteria.criteria.iter().enumerate();
        let scored: Vec<_> = numbered.map(|(index, criterion)| criterion::score(criterion, context(index))).collect();
        let total = total(criteria, &scored);
        let mut provisional: Vec<Said> = scored.iter().filter_map(|scored| scored.provisional.clone()).collect();
        if &total.applicable + &total.applicable < criteria.full_points {
            let said = Said::new(&phrases::PROVISIONAL_HALF).with("applicable", total.applicable.to_string());
            provisional.push(said.with("full", criteria.full_points.to_string()));
        }
        let result = UnitResult {
            key: unit.key.clone(),
            name: unit.name.clone(),
            peer_group,
            grade: total.total.as_ref().and_then(|total| grade(total, &criteria.grades)).map(|grade| grade.name.clone()),
            scores: scored.into_iter().map(|scored| scored.score).collect(),
            measures,
            dimensions: total.dimensions,
            adjustments: total.adjustments,
            total: total.total,
            no_total: total.no_total,
            rank: None,
            vetoes: Vec::new(),
            provisional,
        };
        (result, total.unrounded)
    }
}
