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

/// Gaps, and values that replaced others, remembered for the reason; findings list all of them.
const SHOWN: usize = 3;

/// Running totals of one unit and indicator.
#[derive(Debug, Default)]
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
        Self::empty(plan.sums.len(), plan.eaches.len(), plan.counts.len())
    }

    fn empty(sums: usize, eaches: usize, counts: usize) -> Self {
        Self {
            averages: vec![BTreeMap::new(); sums],
            eaches: vec![Ok(Vec::new()); eaches],
            counts: vec![0; counts],
            held: vec![false; sums + eaches],
            ..Self::default()
        }
    }

    /// Adds one organisation's share.
    pub(super) fn add(&mut self, share: &Share, organisation: OrgId) {
        for (averages, amount) in self.averages.iter_mut().zip(&share.sums) {
            if let Some(Amount::Average { weighted, months }) = amount {
                *averages.entry(*months).or_default() += weighted;
            }
        }
        // An organisation that has nothing to form takes no part.
        let formed = self.eaches.iter_mut().zip(&share.eaches).filter(|(_, value)| **value != Err(Problem::Missing));
        formed.for_each(|(formed, value)| form_more(formed, value.clone().map(Some)));
        for (count, counted) in self.counts.iter_mut().zip(&share.counts) {
            *count += i64::from(*counted);
        }
        for (held, here) in self.held.iter_mut().zip(&share.held) {
            *held |= here;
        }
        debug_assert_eq!(share.held.len(), self.held.len());
        self.required += share.required.count_ones() as usize;
        self.met += share.met.count_ones() as usize;
        self.n_gaps += share.gaps.len();
        keep_first(&mut self.gaps, share.gaps.iter().map(|gap| (organisation, *gap)));
        self.n_replaced += share.replaced.len();
        keep_first(&mut self.replaced, share.replaced.iter().map(|(item, span)| (organisation, *item, *span)));
        self.unmet_rejected |= share.gaps.iter().any(|gap| gap.rejected != 0);
        self.touches_rejected |= share.touches_rejected;
        self.undecided |= share.undecided;
    }

    /// Adds what organisations that come behind these bring together.
    pub(super) fn join(&mut self, behind: Self) {
        for (averages, more) in self.averages.iter_mut().zip(behind.averages) {
            for (months, weighted) in more {
                *averages.entry(months).or_default() += weighted;
            }
        }
        self.eaches.iter_mut().zip(behind.eaches).for_each(|(formed, more)| form_more(formed, more));
        for (count, more) in self.counts.iter_mut().zip(behind.counts) {
            *count += more;
        }
        for (held, more) in self.held.iter_mut().zip(behind.held) {
            *held |= more;
        }
        self.required += behind.required;
        self.met += behind.met;
        self.own_values.extend(behind.own_values);
        self.own_fault = self.own_fault.take().or(behind.own_fault);
        self.n_gaps += behind.n_gaps;
        keep_first(&mut self.gaps, behind.gaps.into_iter());
        self.n_replaced += behind.n_replaced;
        keep_first(&mut self.replaced, behind.replaced.into_iter());
        self.unmet_rejected |= behind.unmet_rejected;
        self.touches_rejected |= behind.touches_rejected;
        self.undecided |= behind.undecided;
    }
}

/// Adds what more organisations formed. A fault is a fault, and stays one.
fn form_more(formed: &mut Result<Vec<Exact>, Problem>, more: Result<impl IntoIterator<Item = Exact>, Problem>) {
    match (&mut *formed, more) {
        (Ok(values), Ok(more)) => values.extend(more),
        (Err(_), Ok(_)) => {}
        (Ok(_), Err(problem)) => *formed = Err(problem),
        (Err(known), Err(problem)) => *formed = Err(problem.min(known.clone())),
    }
}

/// Keeps the first few of what is noted.
fn keep_first<T>(kept: &mut Vec<T>, more: impl ExactSizeIterator<Item = T>) {
    let room = SHOWN.saturating_sub(kept.len());
    // There are as many tallies as measures.
    kept.reserve_exact(more.len().min(room));
    kept.extend(more.take(room));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::formula::Window;
    use crate::text::Phrase;

    static FAULT: Phrase = Phrase::new("test/fault", "{number}", "{number}");

    fn gap(months: u128) -> Gap {
        Gap { item: ItemId(0), window: Window::Assessed, months, rejected: months & 1, sticks_out: 0, older: None }
    }

    /// What an organisation with these numbers brings to two sums, one `each` and one `count`.
    fn share(number: i64) -> Share {
        let formed = match number % 5 {
            0 => Err(Problem::Missing),
            1 => Err(Problem::ZeroDenominator { numerator: Exact::from(number % 3) }),
            _ => Ok(Exact::from(number)),
        };
        Share {
            sums: vec![
                Some(Amount::Steps(number)),
                Some(Amount::Average { weighted: number.into(), months: if number % 2 == 0 { 1 } else { 3 } }),
            ],
            eaches: vec![if number % 7 < 5 { formed } else { Ok(Exact::from(-number)) }],
            counts: vec![number % 2 == 0],
            held: vec![number % 3 == 0, number % 11 == 0, false],
            required: 0b111,
            met: number.unsigned_abs().into(),
            gaps: (0..number % 3).map(|at| gap(1 << at)).collect(),
            replaced: (0..number % 2).map(|at| (ItemId(usize::from(at > 0)), "2025".parse().expect("a year"))).collect(),
            touches_rejected: number % 13 == 0,
            undecided: number % 17 == 0,
            ..Share::default()
        }
    }

    fn tally(numbers: &[(usize, i64)]) -> Tally {
        let mut tally = Tally::empty(2, 1, 1);
        for (organisation, number) in numbers {
            tally.add(&share(*number), OrgId(*organisation));
            tally.own_values.push(Exact::from(*number));
            if number % 4 == 0 && tally.own_fault.is_none() {
                tally.own_fault = Some(Said::new(&FAULT).with("number", number.to_string()));
            }
        }
        tally
    }

    proptest! {
        /// Wherever the members of a unit are divided, they bring together what they bring one after another.
        #[test]
        fn parts_joined_in_order_are_the_whole(numbers in prop::collection::vec(1_i64..40, 0..12), cuts in prop::collection::vec(0_usize..12, 0..3)) {
            let numbered: Vec<(usize, i64)> = numbers.into_iter().enumerate().collect();
            let mut joined = tally(&[]);
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(numbered.len())).chain([0, numbered.len()]).collect();
            cuts.sort_unstable();
            cuts.windows(2).for_each(|cut| joined.join(tally(&numbered[cut[0]..cut[1]])));
            prop_assert_eq!(format!("{joined:?}"), format!("{:?}", tally(&numbered)));
        }
    }
}
