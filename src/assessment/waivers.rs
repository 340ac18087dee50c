//! `[[waiver]]`: what is not expected this time, with its reason (SCHEMES 7).

use std::sync::Arc;

use crate::assessment::Assessment;
use crate::assessment::names::KnownNames;
use crate::catalogue::Catalogue;
use crate::codes::assessment as codes;
use crate::dataset::Dataset;
use crate::definition::Located;
use crate::definition::assessment as spec;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::finding::{Finding, Place};
use crate::formula::{ItemId, NameKind, Names};
use crate::measure::roster::Waiver;
use crate::period::Span;
use crate::registry::{Found, Registry};
use crate::text::{Text, list, nearest};

/// What waivers are resolved against.
pub(super) struct WaiverReader<'a> {
    /// The assessment file.
    pub(super) file: &'a Arc<SourceFile>,
    /// Organisations.
    pub(super) registry: &'a Registry,
    /// Items by name.
    pub(super) names: &'a KnownNames,
    /// The assessed window, meant where no months are named.
    pub(super) window: Span,
}

impl WaiverReader<'_> {
    /// One waiver; `None` with a diagnostic for each name that is not known.
    pub(super) fn read(&self, written: &Located<spec::Waiver>, diagnostics: &mut Vec<Diagnostic>) -> Option<Waiver> {
        let months = written.period.as_ref().map(|period| {
            let span: Option<Span> = period.value.parse().ok();
            if span.is_none() {
                diagnostics.push(Diagnostic::new(&codes::NOT_A_PERIOD, period.origin(self.file)).with("value", period.value.clone()));
            }
            span
        });
        let months = months.unwrap_or(Some(self.window));
        let label = &written.organisation;
        let organisation = self.registry.find_in(&label.value, months.unwrap_or(self.window)).map(Found::organisation);
        if organisation.is_none() {
            let diagnostic = Diagnostic::new(&codes::WAIVER_ORGANISATION, label.origin(self.file)).with("label", label.value.clone());
            diagnostics.push(diagnostic.suggest(self.registry.nearest(&label.value)));
        }
        let item = written.item.as_ref().map(|item| {
            let found = self.names.item(&item.value);
            if found.is_none() {
                let near = nearest(&item.value, self.names.candidates(NameKind::Figure));
                diagnostics
                    .push(Diagnostic::new(&codes::WAIVER_ITEM, item.origin(self.file)).with("item", item.value.clone()).suggest(near));
            }
            found.map(|found| found.id)
        });
        let item = item.map_or(Some(None), |item| item.map(Some))?;
        Some(Waiver { organisation: organisation?, item, months: months?, reason: written.reason.clone() })
    }
}

/// Figures of a waiver that are named.
const SHOWN: usize = 3;

/// Every waiver with its reason, and what was reported all the same: it counts [O7].
pub(super) fn findings(assessment: &Assessment, dataset: &Dataset) -> Vec<Finding> {
    let finding = |waiver: &Waiver| {
        let organisation = assessment.registry.get(waiver.organisation);
        let item = waiver.item.map(|item| assessment.catalogue.item(item));
        let place = Place {
            organisation: Some(organisation.code.clone()),
            period: Some(waiver.months.to_string().into()),
            item: item.map(|item| item.id.clone()),
            ..Place::default()
        };
        let what =
            item.map_or_else(|| Text::new("全部项目", "all items"), |item| Text::new(format!("“{}”", item.name.zh), item.name.en.clone()));
        let reported = reported(waiver, &assessment.catalogue, dataset);
        let code = if reported.is_empty() { &codes::WAIVED } else { &codes::WAIVED_REPORTED };
        let finding = Finding::new(code, place).with("organisation", organisation.name.clone()).with("item", what);
        let finding = finding.with("months", waiver.months.to_string()).with("reason", waiver.reason.clone());
        if reported.is_empty() {
            return finding;
        }
        finding.with("count", reported.len().to_string()).with("reported", list(reported.iter().take(SHOWN)))
    };
    assessment.roster.waivers.iter().map(finding).collect()
}

/// The figures that were reported for waived months alone.
fn reported(waiver: &Waiver, catalogue: &Catalogue, dataset: &Dataset) -> Vec<Text> {
    let items = (0..catalogue.items.len()).map(ItemId).filter(|item| waiver.item.is_none_or(|of| of == *item));
    let of_item = |item: ItemId| {
        let name = &catalogue.item(item).name;
        let spans = dataset.series(waiver.organisation, item).filter(|(span, _)| waiver.months.contains(*span));
        spans.map(|(span, _)| Text::new(format!("{span} 的“{}”", name.zh), format!("{} for {span}", name.en))).collect::<Vec<_>>()
    };
    items.flat_map(of_item).collect()
}
