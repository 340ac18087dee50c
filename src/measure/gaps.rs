//! What was required and not delivered, once per organisation, item and window.

use std::collections::BTreeMap;

use crate::measure::held::Gap;
use crate::measure::window::Mask;
use crate::period::{Month, Span};
use crate::registry::OrgId;
use crate::text::Shared;

/// Gaps that stand together.
const BLOCK: usize = 1 << 14;

/// Required months without a usable value, over all indicators. There may be a million gaps, so that they are kept in blocks,
/// each of which goes as soon as its findings are made.
#[derive(Debug, Default, Clone)]
pub struct Gaps {
    /// By organisation, item and window, one of each; those of an organisation in one block.
    blocks: Vec<Vec<(OrgId, Gap)>>,
}

impl Gaps {
    /// Notes the gaps of one organisation; a gap that several indicators meet is one gap.
    pub fn add(&mut self, organisation: OrgId, gaps: &[Gap]) {
        if gaps.is_empty() {
            return;
        }
        let block = self.block_of(organisation);
        // Organisations mostly come in order, so that those before this one are at the end.
        let own = block.iter().rposition(|(id, _)| *id < organisation).map_or(0, |at| at + 1);
        for gap in gaps {
            let behind = block.get(own..).unwrap_or_default();
            match behind.binary_search_by_key(&(organisation, gap.item, gap.window), |(id, gap)| (*id, gap.item, gap.window)) {
                Ok(at) => {
                    let known = &mut block[own + at].1;
                    known.months |= gap.months;
                    known.rejected |= gap.rejected;
                    known.sticks_out |= gap.sticks_out;
                }
                Err(at) => block.insert(own + at, (organisation, *gap)),
            }
        }
    }

    /// The block in which the gaps of an organisation stand, or are to stand.
    fn block_of(&mut self, organisation: OrgId) -> &mut Vec<(OrgId, Gap)> {
        let begins_before = |block: &Vec<(OrgId, Gap)>| block.first().is_some_and(|(id, _)| *id <= organisation);
        let mut at = self.blocks.iter().rposition(begins_before).unwrap_or(0);
        let is_full = |block: &Vec<(OrgId, Gap)>| block.len() >= BLOCK && block.last().is_some_and(|(id, _)| *id < organisation);
        if self.blocks.get(at).is_none_or(is_full) && at + 1 >= self.blocks.len() {
            at = self.blocks.len();
            self.blocks.push(Vec::new());
        }
        &mut self.blocks[at]
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.blocks.iter().map(Vec::len).sum()
    }

    /// All gaps, by organisation, item and window, in blocks.
    pub fn into_blocks(self) -> impl Iterator<Item = Vec<(OrgId, Gap)>> {
        self.blocks.into_iter()
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
            gaps.into_blocks().flatten().map(|(id, gap)| (id.0, gap.item.0, gap.months, gap.rejected)).collect();
        assert_eq!(found, [(0, 5, 0b11, 0), (1, 0, 0b11, 0b10), (1, 1, 0b100, 0), (1, 2, 0b01, 0)]);
    }

    /// Each once and in order, whatever the order in which organisations come and however many blocks there are.
    #[test]
    fn gaps_stand_in_order_in_blocks() {
        let organisations = 3 * BLOCK;
        let mut gaps = Gaps::default();
        let late = |organisation: usize| organisation % 1000 == 7;
        (0..organisations).filter(|id| !late(*id)).for_each(|id| gaps.add(OrgId(id), &[gap(1, 1), gap(0, 1)]));
        (0..organisations).filter(|id| late(*id)).for_each(|id| gaps.add(OrgId(id), &[gap(1, 1), gap(0, 1)]));
        gaps.add(OrgId(5), &[gap(1, 0b10)]);
        assert_eq!(gaps.count(), 2 * organisations);
        let blocks: Vec<_> = gaps.into_blocks().collect();
        assert!(blocks.len() > 3 && blocks.iter().all(|block| block.len() <= 2 * BLOCK));
        let found: Vec<(usize, usize, Mask)> = blocks.concat().iter().map(|(id, gap)| (id.0, gap.item.0, gap.months)).collect();
        let of = |id: usize| [(id, 0, 1), (id, 1, if id == 5 { 0b11 } else { 1 })];
        assert_eq!(found, (0..organisations).flat_map(of).collect::<Vec<_>>());
    }

    #[test]
    fn texts_of_months_are_made_once_for_each_window() {
        let (mut texts, year) = (MonthTexts::default(), |text: &str| text.parse::<Span>().expect("a year"));
        assert_eq!(texts.of(year("2025"), 0b1101), "2025-01, 2025-03..2025-04");
        assert_eq!(texts.of(year("2024"), 0b1101), "2024-01, 2024-03..2024-04");
        assert_eq!(texts.of(year("2025"), 0b1101).as_ptr(), texts.of(year("2025"), 0b1101).as_ptr());
    }
}
