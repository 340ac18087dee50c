//! Why a target is what it is.

use super::phrases;
use super::{Limits, Quantity};
use crate::apportion::{Bound, Share};
use crate::number::Exact;
use crate::text::{Said, Text};

/// Of a target that is the same for all.
pub(super) fn uniform(target: &Exact) -> Said {
    Said::new(&phrases::UNIFORM).with("target", target.to_string())
}

/// Of a part of a total: the weighted share, what limits made of it, how it became whole.
pub(super) fn divided(quantity: &Quantity, unit: usize, share: &Share) -> Vec<Said> {
    let terms: Vec<String> = quantity
        .by
        .iter()
        .filter(|measure| !measure.weight.is_zero())
        .map(|measure| format!("{} × {} {}/{}", measure.weight, measure.name, measure.sizes[unit], measure.all()))
        .collect();
    let plain = Said::new(&phrases::SHARE).with("total", quantity.total.to_string()).with("terms", terms.join(" + "));
    let mut said = vec![plain.with("share", share.plain.equals())];
    if let Some(limit) = limit(&quantity.common, &quantity.limits[unit], share) {
        said.push(limit);
        return said;
    }
    if share.exact != share.plain {
        said.push(Said::new(&phrases::REST).with("share", share.exact.equals()));
    }
    let whole = Exact::from(share.whole);
    if whole != share.exact {
        let phrase = if whole > share.exact { &phrases::UP } else { &phrases::DOWN };
        said.push(Said::new(phrase).with("target", whole.to_string()));
    }
    said
}

/// The limit that decided, whether set for all or agreed on.
fn limit(common: &Limits, limits: &Limits, share: &Share) -> Option<Said> {
    let target = share.whole.to_string();
    let is_fixed = limits.at_most == Some(limits.at_least);
    let is_common = match share.bound {
        Some(Bound::AtLeast) => common.at_least == limits.at_least,
        Some(Bound::AtMost) => common.at_most == limits.at_most,
        None => false,
    };
    let (phrase, of_all) = match share.bound {
        _ if is_fixed && !is_common => (&phrases::AGREED, None),
        Some(Bound::AtLeast) => (&phrases::AGREED_LEAST, Some(&phrases::AT_LEAST)),
        Some(Bound::AtMost) => (&phrases::AGREED_MOST, Some(&phrases::AT_MOST)),
        None => return None,
    };
    match (&limits.agreed, of_all) {
        (Some((round, why)), _) if !is_common => {
            let why = if why.is_empty() { Text::default() } else { Text::new(format!("（{why}）"), format!(" ({why})")) };
            Some(Said::new(phrase).with("round", round.to_string()).with("target", target).with("why", why))
        }
        (_, of_all) => of_all.map(|phrase| Said::new(phrase).with("target", target)),
    }
}
