//! What was required and not delivered, once per organisation, item and window.

use std::collections::{BTreeMap, HashMap};

use crate::formula::{ItemId, Window};
use crate::measure::held::Gap;
use crate::measure::window::Mask;
use crate::period::{Month, Span};
use crate::registry::OrgId;
use crate::text::Shared;
use crate::text::mixed::Mixed;

/// Gaps that stand together.
const BLOCK: usize = 1 << 14;

/// Required months without a usable value, over all indicators. There may be millions.
#[derive(Debug, Default, Clone)]
pub struct Gaps {
    /// By organisation, item and window, one of each; those of an organisation in one block.
    blocks: Vec<Vec<Kept>>,
    /// What is lacking, each once: the same months are lacking again and again.
    lacking: Vec<Lacking>,
    numbers: HashMap<Lacking, u32, Mixed>,
}

/// A gap in few bytes.
#[derive(Debug, Clone, Copy)]
struct Kept {
    organisation: u32,
    item: u32,
    /// The number of what is lacking.
    lacking: u32,
    window: Window,
}

/// The months of a gap: all, those of them with a rejected value and those covered by one that reaches out of the window; and
/// an older value in their place.
type Lacking = ([Mask; 3], Option<u8>);

impl Kept {
    fn organisation(&self) -> OrgId {
        OrgId(self.organisation as usize)
    }
}

impl Gaps {
    /// Notes gaps, by organisation, item and window, one of each; what was noted of one before is the same gap.
    pub fn add(&mut self, gaps: &[(OrgId, Gap)]) {
        for own in gaps.chunk_by(|(one, _), (other, _)| one == other) {
            let Some((organisation, _)) = own.first() else { continue };
            let block = self.block_of(*organisation);
            let own: Vec<Kept> = own.iter().map(|(_, gap)| self.kept(*organisation, gap)).collect();
            // Organisations mostly come in order, and each once.
            let known = &self.blocks[block];
            if known.last().is_none_or(|last| last.organisation() < *organisation) {
                self.blocks[block].extend(own);
                continue;
            }
            let from = known.partition_point(|kept| kept.organisation() < *organisation);
            let to = known.partition_point(|kept| kept.organisation() <= *organisation);
            let all = once(known[from..to].iter().chain(&own).map(|kept| self.gap(kept)).collect());
            let all: Vec<Kept> = all.iter().map(|(organisation, gap)| self.kept(*organisation, gap)).collect();
            self.blocks[block].splice(from..to, all);
        }
    }

    /// The block in which the gaps of an organisation stand, or are to stand.
    fn block_of(&mut self, organisation: OrgId) -> usize {
        let begins_before = |block: &Vec<Kept>| block.first().is_some_and(|kept| kept.organisation() <= organisation);
        let at = self.blocks.iter().rposition(begins_before).unwrap_or(0);
        let is_full = |block: &Vec<Kept>| block.len() >= BLOCK && block.last().is_some_and(|kept| kept.organisation() < organisation);
        if self.blocks.get(at).is_none_or(is_full) && at + 1 >= self.blocks.len() {
            // Rarely is anything added to one before.
            self.blocks.last_mut().into_iter().for_each(Vec::shrink_to_fit);
            self.blocks.push(Vec::new());
            return self.blocks.len() - 1;
        }
        at
    }

    fn kept(&mut self, organisation: OrgId, gap: &Gap) -> Kept {
        let lacking = ([gap.months, gap.rejected, gap.sticks_out], gap.older);
        let number = *self.numbers.entry(lacking).or_insert_with(|| {
            self.lacking.push(lacking);
            short(self.lacking.len() - 1)
        });
        Kept { organisation: short(organisation.0), item: short(gap.item.0), lacking: number, window: gap.window }
    }

    fn gap(&self, kept: &Kept) -> (OrgId, Gap) {
        let ([months, rejected, sticks_out], older) = self.lacking[kept.lacking as usize];
        (kept.organisation(), Gap { item: ItemId(kept.item as usize), window: kept.window, months, rejected, sticks_out, older })
    }

    /// True if nothing is lacking.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// In how many blocks they are, one behind another; those of an organisation in one of them.
    pub fn blocks(&self) -> usize {
        self.blocks.len()
    }

    /// The gaps of a block, by organisation, item and window.
    pub fn block(&self, number: usize) -> Vec<(OrgId, Gap)> {
        self.blocks[number].iter().map(|kept| self.gap(kept)).collect()
    }
}

/// A number of organisations, items or gaps: none of them comes near its limit.
fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// By organisation, item and window, one of each: a gap that several indicators meet is one gap.
pub fn once(mut gaps: Vec<(OrgId, Gap)>) -> Vec<(OrgId, Gap)> {
    let key = |(organisation, gap): &(OrgId, Gap)| (*organisation, gap.item, gap.window);
    gaps.sort_by_key(key);
    gaps.dedup_by(|again, known| {
        let is_known = key(again) == key(known);
        if is_known {
            known.1.months |= again.1.months;
            known.1.rejected |= again.1.rejected;
            known.1.sticks_out |= again.1.sticks_out;
        }
        is_known
    });
    gaps
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

/// Texts of months, each made once: the same ones are lacking again and again.
#[derive(Debug, Default)]
pub struct MonthTexts(BTreeMap<(Span, Mask), Shared>);

impl MonthTexts {
    /// The stretches as a text: `2025-03, 2025-05..2025-07`.
    pub fn of(&mut self, window: Span, mask: Mask) -> Shared {
        let text = || stretches(window, mask).iter().map(ToString::to_string).collect::<Vec<_>>().join(", ").into();
        self.0.entry((window, mask)).or_insert_with(text).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gap(item: usize, months: Mask) -> Gap {
        Gap { item: ItemId(item), window: Window::Assessed, months, rejected: 0, sticks_out: 0, older: None }
    }

    /// S6: what several indicators need of an organisation is lacking once, in whatever order they ask.
    #[test]
    fn a_gap_that_several_meet_is_one() {
        let mut gaps = Gaps::default();
        gaps.add(&[(OrgId(1), gap(0, 0b01)), (OrgId(1), gap(2, 0b01))]);
        gaps.add(&once(vec![
            (OrgId(1), gap(1, 0b100)),
            (OrgId(1), Gap { rejected: 0b10, ..gap(0, 0b10) }),
            (OrgId(0), gap(5, 0b11)),
            (OrgId(0), gap(5, 0b10)),
        ]));
        let found: Vec<(usize, usize, Mask, Mask)> = (0..gaps.blocks())
            .flat_map(|number| gaps.block(number))
            .map(|(id, gap)| (id.0, gap.item.0, gap.months, gap.rejected))
            .collect();
        assert_eq!(found, [(0, 5, 0b11, 0), (1, 0, 0b11, 0b10), (1, 1, 0b100, 0), (1, 2, 0b01, 0)]);
    }

    /// Each once and in order, whatever the order in which organisations come and however many blocks there are.
    #[test]
    fn gaps_stand_in_order_in_blocks() {
        let organisations = 3 * BLOCK;
        let mut gaps = Gaps::default();
        let late = |organisation: usize| organisation % 1000 == 7;
        let both = |id: usize| once(vec![(OrgId(id), gap(1, 1)), (OrgId(id), gap(0, 1))]);
        (0..organisations).filter(|id| !late(*id)).for_each(|id| gaps.add(&both(id)));
        (0..organisations).filter(|id| late(*id)).for_each(|id| gaps.add(&both(id)));
        gaps.add(&[(OrgId(5), gap(1, 0b10))]);
        let blocks: Vec<_> = (0..gaps.blocks()).map(|number| gaps.block(number)).collect();
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
