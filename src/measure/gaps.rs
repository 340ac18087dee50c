//! What was required and not delivered, once per organisation, item and window.

use std::collections::BTreeMap;

use crate::formula::{ItemId, Window};
use crate::measure::held::Gap;
use crate::measure::window::Mask;
use crate::period::{Month, Span};
use crate::registry::OrgId;

/// Required months without a usable value, over all indicators.
#[derive(Debug, Default, Clone)]
pub struct Gaps {
    by_key: BTreeMap<(OrgId, ItemId, Window), Gap>,
}

impl Gaps {
    /// Notes the gaps of one organisation; a gap that several indicators meet is one gap.
    pub fn add(&mut self, organisation: OrgId, gaps: &[Gap]) {
        for gap in gaps {
            let known = self.by_key.entry((organisation, gap.item, gap.window)).or_insert(*gap);
            known.months |= gap.months;
            known.rejected |= gap.rejected;
            known.sticks_out |= gap.sticks_out;
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.by_key.len()
    }

    /// True if everything was delivered.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }

    /// All gaps, by organisation, item and window.
    pub fn iter(&self) -> impl Iterator<Item = (OrgId, &Gap)> {
        self.by_key.iter().map(|((organisation, _, _), gap)| (*organisation, gap))
    }
}

/// The positions of a mask as stretches of months of a window.
pub fn stretches(window: Span, mask: Mask) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (position, month) in window.months().enumerate() {
        if mask >> position & 1 == 0 {
            continue;
        }
        match spans.last_mut() {
            Some(last) if month.since(last.last()) == 1 => *last = grow(*last, month),
            _ => spans.push(Span::month(month)),
        }
    }
    spans
}

fn grow(span: Span, month: Month) -> Span {
    Span::new(span.first(), month).unwrap_or(span)
}

/// The stretches as a text: `2025-03, 2025-05..2025-07`.
pub fn months_text(window: Span, mask: Mask) -> String {
    stretches(window, mask).iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
