//! Totals without a period: sums over everything the table holds, where that can be added up.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::label;
use crate::catalogue::{Item, Time};
use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::source::Source;
use crate::intake::totals::RowKind;
use crate::period::Span;
use crate::registry::OrgId;
use crate::text::{Text, list};

/// Why a total over all periods is not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Refusal {
    /// A stock, a mean or a rate is not added up over time.
    NotAdded,
    /// Running totals hold each other [T5].
    RunningTotals,
    /// The rows of an organisation cover months twice.
    Overlap,
}

impl Refusal {
    fn text(self) -> Text {
        match self {
            Self::NotAdded => Text::new("各期不能相加", "is not added up over periods"),
            Self::RunningTotals => Text::new("是累计数，各期不能相加", "is a running total, which is not added up"),
            Self::Overlap => Text::new("的各行期间重叠", "stands for periods that overlap"),
        }
    }
}

/// What is remembered of the rows while there are totals without a period.
#[derive(Debug, Default)]
pub(super) struct OverTime {
    spans: HashMap<(OrgId, ItemId), BTreeSet<Span>>,
    overlapping: BTreeSet<ItemId>,
    refused: BTreeMap<(u64, Refusal), Refused>,
}

#[derive(Debug)]
struct Refused {
    kind: RowKind,
    items: Vec<Text>,
}

/// Why figures of an item are not added up over the rows of a source.
pub(super) fn refusal(item: &Item, source: &Source) -> Option<Refusal> {
    match item.time {
        Time::Stock | Time::Mean => Some(Refusal::NotAdded),
        Time::Flow if !item.additive => Some(Refusal::NotAdded),
        Time::Flow => source.cumulative.then_some(Refusal::RunningTotals),
    }
}

impl OverTime {
    /// Notes the period of a row.
    pub(super) fn add(&mut self, organisation: OrgId, item: ItemId, span: Span) {
        if self.overlapping.contains(&item) {
            return;
        }
        let spans = self.spans.entry((organisation, item)).or_default();
        // In order of their beginning, only the neighbours can overlap.
        let before = spans.range(..span).next_back().is_some_and(|other| other.overlaps(span));
        let after = spans.range(span..).next().is_some_and(|other| *other != span && other.overlaps(span));
        if before || after {
            self.overlapping.insert(item);
        }
        spans.insert(span);
    }

    /// True for an item whose periods overlap.
    pub(super) fn overlaps(&self, item: ItemId) -> bool {
        self.overlapping.contains(&item)
    }

    /// Notes a figure that is not compared.
    pub(super) fn note(&mut self, (line, kind): (u64, RowKind), reason: Refusal, item: &Item) {
        let refused = self.refused.entry((line, reason)).or_insert(Refused { kind, items: Vec::new() });
        refused.items.push(item.name.clone());
    }

    /// What is said of the figures noted, by row and reason.
    pub(super) fn findings(self, place: &Place) -> Vec<Finding> {
        let said = self.refused.into_iter().map(|((line, reason), refused)| {
            let finding = Finding::new(&codes::TOTAL_OVER_TIME, Place { row: Some(line), ..place.clone() });
            let finding = finding.with("label", label(Some(refused.kind))).with("items", list(&refused.items));
            finding.with("reason", reason.text())
        });
        said.collect()
    }
}
