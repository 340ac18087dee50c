//! What was required and not delivered, once per organisation, item and window.

use std::collections::BTreeMap;

use crate::measure::held::Gap;
use crate::measure::window::Mask;
use crate::period::{Month, Span};
use crate::registry::OrgId;
use crate::text::Shared;

/// Required months without a usable value, over all indicators. There may be a million gaps.
#[derive(Debug, Default, Clone)]
pub struct Gaps {
    /// By organisation, item and window, one of each.
    all: Vec<(OrgId, Gap)>,
}

impl Gaps {
    /// Notes the gaps of one organisation; a gap that several indicators meet is one gap.
    pub fn add(&mut self, organisation: OrgId, gaps: &[Gap]) {
        // Organisations mostly come in order, so that those before this one are at the end.
        let own = self.all.iter().rposition(|(id, _)| *id < organisation).map_or(0, |at| at + 1);
        for gap in gaps {
            let behind = self.all.get(own..).unwrap_or_default();
            match behind.binary_search_by_key(&(organisation, gap.item, gap.window), |(id, gap)| (*id, gap.item, gap.window)) {
                Ok(at) => {
                    let known = &mut self.all[own + at].1;
                    known.months |= gap.months;
                    known.rejected |= gap.rejected;
                    known.sticks_out |= gap.sticks_out;
                }
                Err(at) => self.all.insert(own + at, (organisation, *gap)),
            }
        }
    }

    /// All gaps, by organisation, item and window.
    pub fn all(&self) -> &[(OrgId, Gap)] {
        &self.all
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

/// Texts of months, each made once: the same ones are lacking again and again.
#[derive(Debug, Default)]
pub struct MonthTexts(BTreeMap<(Span, Mask), Shared>);

impl MonthTexts {
    /// The stretches as a text, like [`months_text`].
    pub fn of(&mut self, window: Span, mask: Mask) -> Shared {
        self.0.entry((window, mask)).or_insert_with(|| months_text(window, mask).into()).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::{ItemId, Window};

    fn gap(item: usize, months: Mask) -> Gap {
        Gap { item: ItemId(item), window: Window::Assessed, months, rejected: 0, sticks_out: 0, older: None }
    }

    /// S6: what several indicators need of an organisation is lacking once, in whatever order they ask.
    #[test]
    fn a_gap_that_several_meet_is_one() {
        let mut gaps = Gaps::default();
        gaps.add(OrgId(1), &[gap(0, 0b01), gap(2, 0b01)]);
        gaps.add(OrgId(0), &[gap(5, 0b11)]);
        gaps.add(OrgId(1), &[Gap { rejected: 0b10, ..gap(0, 0b10) }, gap(1, 0b100)]);
        let found: Vec<(usize, usize, Mask, Mask)> =
            gaps.all().iter().map(|(id, gap)| (id.0, gap.item.0, gap.months, gap.rejected)).collect();
        assert_eq!(found, [(0, 5, 0b11, 0), (1, 0, 0b11, 0b10), (1, 1, 0b100, 0), (1, 2, 0b01, 0)]);
    }

    #[test]
    fn texts_of_months_are_made_once_for_each_window() {
        let (mut texts, year) = (MonthTexts::default(), |text: &str| text.parse::<Span>().expect("a year"));
        assert_eq!(texts.of(year("2025"), 0b1101), "2025-01, 2025-03..2025-04");
        assert_eq!(texts.of(year("2024"), 0b1101), "2024-01, 2024-03..2024-04");
        assert_eq!(texts.of(year("2025"), 0b1101).as_ptr(), texts.of(year("2025"), 0b1101).as_ptr());
    }
}
