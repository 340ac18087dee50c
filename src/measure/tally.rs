//! What the members of one unit bring together for one indicator, beside the engine's sums.

use std::collections::BTreeMap;

use crate::formula::{ItemId, Problem};
use crate::measure::held::{Amount, Gap};
use crate::measure::plan::Plan;
use crate::measure::slots::Share;
use crate::number::Exact;
use crate::period::Span;
use crate::registry::OrgId;
use crate::text::Said;

/// Gaps remembered for the reason; findings list all of them.
const GAPS_SHOWN: usize = 3;

/// Running totals of one unit and indicator.
#[derive(Debug)]
pub(super) struct Tally {
    /// Averages over time, which are not whole steps: their weighted sums by the months they are to be
    /// divided by, parallel to the sums.
    pub averages: Vec<BTreeMap<u32, i128>>,
    /// What the organisations formed, parallel to the `each` expressions; a fault in one organisation
    /// is the unit's.
    pub eaches: Vec<Result<Vec<Exact>, Problem>>,
    /// Organisations counted, parallel to the `count` terms.
    pub counts: Vec<i64>,
    /// Whether each sum, then each `each`, has an organisation in its scope [F8].
    pub held: Vec<bool>,
    /// Months in required slots.
    pub required: usize,
    /// Months in met slots.
    pub met: usize,
    /// The organisations' own values, for `pooling = "mean"`.
    pub own_values: Vec<Exact>,
    /// The first own value that is impossible: it rejects the measure [F9, F10].
    pub own_fault: Option<Said>,
    /// The first few gaps.
    pub gaps: Vec<(OrgId, Gap)>,
    /// Gaps in all.
    pub n_gaps: usize,
    /// The first few values that replaced reported ones.
    pub replaced: Vec<(OrgId, ItemId, Span)>,
    /// Such values in all.
    pub n_replaced: usize,
    /// True if an unmet slot holds a rejected cell.
    pub unmet_rejected: bool,
    /// True if a cell it needs was rejected.
    pub touches_rejected: bool,
    /// True if a scope could not be decided for a member.
    pub undecided: bool,
}

impl Tally {
    /// An empty tally for a plan.
    pub(super) fn new(plan: &Plan) -> Self {
        Self {
            averages: vec![BTreeMap::new(); plan.sums.len()],
            eaches: vec![Ok(Vec::new()); plan.eaches.len()],
            counts: vec![0; plan.counts.len()],
            held: vec![false; plan.sums.len() + plan.eaches.len()],
            required: 0,
            met: 0,
            own_values: Vec::new(),
            own_fault: None,
            gaps: Vec::new(),
            n_gaps: 0,
            replaced: Vec::new(),
            n_replaced: 0,
            unmet_rejected: false,
            touches_rejected: false,
            undecided: false,
        }
    }

    /// Adds one organisation's share.
    pub(super) fn add(&mut self, plan: &Plan, share: &Share, organisation: OrgId) {
        for (averages, amount) in self.averages.iter_mut().zip(&share.sums) {
            if let Some(Amount::Average { weighted, months }) = amount {
                *averages.entry(*months).or_default() += weighted;
            }
        }
        for (formed, value) in self.eaches.iter_mut().zip(&share.eaches) {
            match (&mut *formed, value) {
                // An organisation that has nothing to form takes no part; a fault is a fault, and stays one.
                (_, Err(Problem::Missing)) | (Err(_), Ok(_)) => {}
                (Ok(values), Ok(value)) => values.push(value.clone()),
                (Ok(_), Err(problem)) => *formed = Err(problem.clone()),
                (Err(known), Err(problem)) => *formed = Err(problem.clone().min(known.clone())),
            }
        }
        for (count, counted) in self.counts.iter_mut().zip(&share.counts) {
            *count += i64::from(*counted);
        }
        for (held, here) in self.held.iter_mut().zip(&share.held) {
            *held |= here;
        }
        debug_assert_eq!(share.held.len(), plan.sums.len() + plan.eaches.len());
        self.required += share.required.count_ones() as usize;
        self.met += share.met.count_ones() as usize;
        self.n_gaps += share.gaps.len();
        let room = GAPS_SHOWN.saturating_sub(self.gaps.len());
        self.gaps.extend(share.gaps.iter().take(room).map(|gap| (organisation, *gap)));
        self.n_replaced += share.replaced.len();
        let room = GAPS_SHOWN.saturating_sub(self.replaced.len());
        self.replaced.extend(share.replaced.iter().take(room).map(|(item, span)| (organisation, *item, *span)));
        self.unmet_rejected |= share.gaps.iter().any(|gap| gap.rejected != 0);
        self.touches_rejected |= share.touches_rejected;
        self.undecided |= share.undecided;
    }
}
