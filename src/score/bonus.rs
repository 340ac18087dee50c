//! Bonuses (加分) of a unit: what was gained, held to every cap around it (SEMANTICS R1, R2).

use crate::number::Exact;
use crate::score::criteria::{Criteria, EvidenceNeed, around};
use crate::score::criterion::Context;
use crate::score::deduct::{Found, Stop, counted, judged};
use crate::score::extra::{Bonus, Extras, Gain, GainKind};
use crate::score::judged::deciding;
use crate::score::judgement::yes_or_no;
use crate::score::kernel::shown::points as points_text;
use crate::score::kernel::{Gained, gain_discretion, gain_met};
use crate::score::{phrases, reason};
use crate::scorebook::Adjustment;
use crate::text::Said;

/// A printed row for every bonus that was claimed: nobody has to claim one, so that nothing is missing where there
/// is no judgement.
pub(super) fn rows(criteria: &Criteria, context: Context) -> Vec<Adjustment> {
    let mut caps = Caps { criteria, total: Exact::zero(), dimensions: vec![Exact::zero(); criteria.dimensions.len()] };
    let mut rows = Vec::new();
    for bonus in &criteria.extras.bonuses {
        let is_asked = bonus.criterion.is_none_or(|at| criteria.criteria[at].applies_to_unit(context.unit));
        let gains: Vec<(&Gain, Gained)> = bonus.gains.iter().filter_map(|gain| Some((gain, of_gain(gain, bonus, context)?))).collect();
        if !is_asked || gains.is_empty() {
            continue;
        }
        let due: Exact = gains.iter().map(|(_, gained)| &gained.points).sum();
        let due = due.round(criteria.policy.points_decimals, criteria.policy.rounding);
        let mut reason = vec![Said::new(&phrases::ADJUSTMENT_OF).with("name", bonus.name.clone())];
        for (gain, gained) in gains {
            if bonus.gains.len() > 1 {
                reason.push(Said::new(&reason::DEDUCT_OF).with("name", gain.name.clone()));
            }
            reason.extend(gained.reason);
        }
        let points = caps.take(bonus, due, &mut reason);
        rows.push(Adjustment { step: "bonus", id: bonus.id.clone(), points, reason });
    }
    rows
}

/// The points of the bonus earned with one criterion, as if there were no other.
pub fn earned_with(criteria: &Criteria, criterion: usize, context: Context) -> Exact {
    let own = criteria.extras.bonuses.iter().filter(|bonus| bonus.criterion == Some(criterion)).cloned().collect();
    let extras = Extras { bonuses: own, ..criteria.extras.clone() };
    rows(&Criteria { extras, ..criteria.clone() }, context).iter().map(|row| &row.points).sum()
}

/// What one entry gives; `None` where nobody claims it, or its value is not known.
fn of_gain(gain: &Gain, bonus: &Bonus, context: Context) -> Option<Gained> {
    if let (Some(part), EvidenceNeed::Required) = (gain.kind.judged(), context.policy.evidence)
        && deciding(&bonus.id, part, context).is_some_and(|row| row.evidence.is_empty())
    {
        return Some(Gained::nothing(Said::new(&phrases::NO_EVIDENCE)));
    }
    let found = match &gain.kind {
        GainKind::Each { of, rule } => counted(of, &bonus.id, context, |count, shown| rule.gained(count, shown)),
        GainKind::Met { part, gain } => judged(part, &bonus.id, context, |text| yes_or_no(text).map(|met| gain_met(met, gain))),
        GainKind::Discretion { part, most } => judged(part, &bonus.id, context, |text| gain_discretion(&text.parse().ok()?, most)),
    };
    match found {
        Ok(Found::Value(gained)) => Some(gained),
        Ok(Found::Excused(reason)) => Some(Gained { points: Exact::zero(), reason }),
        Err(Stop::NoEvidence) => Some(Gained::nothing(Said::new(&phrases::NO_EVIDENCE))),
        Err(Stop::State(state, mut reason)) => {
            reason.insert(0, Said::new(&phrases::STATE).with("state", state.word()));
            Some(Gained { points: Exact::zero(), reason })
        }
        Err(Stop::NotJudged) => None,
    }
}

/// What has been given so far, by dimension and in all.
struct Caps<'a> {
    criteria: &'a Criteria,
    total: Exact,
    dimensions: Vec<Exact>,
}

impl Caps<'_> {
    /// What is due, held to the caps of the bonus, of every dimension around it, and of the scheme.
    fn take(&mut self, bonus: &Bonus, due: Exact, reason: &mut Vec<Said>) -> Exact {
        let mut given = due;
        let mut hold = |room: Exact, phrase, name: Option<&crate::text::Text>, most: &Exact| {
            if room < given {
                given = room;
                let said = Said::new(phrase).with("most", points_text(most)).with("gained", points_text(&given));
                reason.push(match name {
                    Some(name) => said.with("name", name.clone()),
                    None => said,
                });
            }
        };
        if let Some(most) = &bonus.most {
            hold(most.clone(), &phrases::BONUS_MOST, None, most);
        }
        let around = || around(&self.criteria.dimensions, bonus.dimension);
        for index in around() {
            let dimension = &self.criteria.dimensions[index];
            if let Some(most) = &dimension.bonus_points {
                hold(most - &self.dimensions[index], &phrases::BONUS_MOST_DIMENSION, Some(&dimension.name), most);
            }
        }
        let most = &self.criteria.extras.bonus_points;
        hold(most - &self.total, &phrases::BONUS_MOST_ALL, None, most);
        self.total = &self.total + &given;
        for index in around() {
            self.dimensions[index] = &self.dimensions[index] + &given;
        }
        given
    }
}
