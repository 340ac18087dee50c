//! The pipeline in one page: data → checks → measures → scores → scorebook.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::assessment::{Assessment, files::on_disk, registry_findings};
use crate::catalogue::{Indicator, unit_word};
use crate::codes::data as data_codes;
use crate::dataset::Dataset;
use crate::diagnostic::Diagnostic;
use crate::finding::{Finding, Place};
use crate::formula::{Condition, ItemId};
use crate::intake::behind::Superseded;
use crate::intake::load::{Loaded, load};
use crate::intake::rows::Known;
use crate::intake::source::{DataFile, Source, Vocabulary};
use crate::measure::coverage::{Coverage, coverage};
use crate::measure::gaps::MonthTexts;
use crate::measure::roster::{BaselineMembers, Roster, Unit};
use crate::measure::{Limits, Wanted, measure, plan};
use crate::number::Exact;
use crate::period::Lookback;
use crate::quality;
use crate::registry::OrgId;
use crate::score;
use crate::score::criteria::Criteria;
use crate::score::feed::{Feed, Scored, feeds};
use crate::scorebook::{
    CriterionHead, Delivery, DimensionHead, Head, IndicatorHead, Input, MeasureResult, PartBook, Provenance, Scorebook,
};
use crate::text::Text;
use crate::trace::locate;

mod lacking;
mod parts;

use lacking::Lacking;

/// An assessment with its data read and checked.
#[derive(Debug, Clone)]
pub struct Prepared<'a> {
    /// The definition.
    pub assessment: &'a Assessment,
    /// Values that passed the checks.
    pub dataset: Dataset,
    /// What was noticed so far.
    pub findings: Vec<Finding>,
    /// Data files, for the manifest.
    pub inputs: Vec<Input>,
    /// Cells that do not count because something else stands in their place.
    pub superseded: Superseded,
    /// How often the checks of the catalogues held.
    pub asked: quality::Tally,
    /// The parts, in the order of the assessment.
    pub parts: Vec<Prepared<'a>>,
}

/// Reads the data once and checks them for the assessment and each of its parts, which have the same catalogues, registry and
/// sources. Files that are no tables stop here [D4].
pub fn prepare(assessment: &Assessment) -> Result<Prepared<'_>, Vec<Diagnostic>> {
    let vocabulary = Vocabulary::new(&assessment.catalogue);
    let known = Known { registry: &assessment.registry, vocabulary: &vocabulary };
    let loaded = load(&assessment.sources, &assessment.corrections, known)?;
    let parts = assessment.parts.iter().map(|part| checked(&part.assessment, loaded.clone(), known)).collect();
    let prepared = Prepared { parts, ..checked(assessment, loaded, known) };
    unchanged(assessment).map_err(|Changed(files)| files)?;
    Ok(prepared)
}

/// Files that were read again and are not what they were: nothing that was made of them holds.
#[derive(Debug)]
pub struct Changed(pub Vec<Diagnostic>);

impl std::fmt::Display for Changed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let files: Vec<String> = self.0.iter().map(|diagnostic| diagnostic.message.render(crate::text::Lang::En)).collect();
        f.write_str(&files.join("; "))
    }
}

impl std::error::Error for Changed {}

/// Whether every data file was the same each time it was read: asked behind every step that reads them.
///
/// # Errors
/// [`Changed`] with the files that were not.
pub fn unchanged(assessment: &Assessment) -> Result<(), Changed> {
    let files = assessment.sources.iter().flat_map(|source| &source.files);
    let changed: Vec<Diagnostic> = files.filter_map(|file| Some(file.content.fault()?.diagnostic(&file.path))).collect();
    if changed.is_empty() { Ok(()) } else { Err(Changed(changed)) }
}

fn checked<'a>(assessment: &'a Assessment, loaded: Loaded, known: Known) -> Prepared<'a> {
    let Loaded { mut dataset, mut findings, encodings, superseded } = loaded;
    let view = view(assessment, &dataset);
    let checked = quality::check(view);
    findings.extend(locate(checked.found, &assessment.sources, known, (&dataset, &superseded)));
    findings.extend(registry_findings(assessment, &dataset));
    findings.extend(late(&assessment.sources));
    for (key, check) in checked.rejected {
        dataset.reject(key, check);
    }
    let files = assessment.sources.iter().flat_map(|source| source.files.iter().map(move |file| (source, file)));
    let inputs = files.zip(&encodings).map(|((source, file), encoding)| {
        let ((sha256, bytes), received) = (on_disk(file), source.received.map(|date| date.to_string()));
        Input { path: file.path.clone(), role: "data", sha256, bytes, encoding: Some(encoding), received }
    });
    let inputs = inputs.collect();
    let asked = checked.tallies.into_iter().sum();
    Prepared { assessment, dataset, findings, inputs, superseded, asked, parts: Vec::new() }
}

/// Files that were received after they were due.
fn late(sources: &[Source]) -> Vec<Finding> {
    let dated = sources.iter().filter_map(|source| Some((source, source.received?, source.due?)));
    let late = dated.filter(|(_, received, due)| received > due);
    let finding = |(source, received, due): (&'_ Source, NaiveDate, NaiveDate)| {
        let days = (received - due).num_days();
        let place = |path: &String| Place { file: Some(path.as_str().into()), ..Place::default() };
        let of_file = move |file: &DataFile| {
            let finding = Finding::new(&data_codes::LATE, place(&file.path)).with("received", received.to_string());
            finding.with("due", due.to_string()).with("days", days.to_string())
        };
        source.files.iter().map(of_file).collect::<Vec<_>>()
    };
    late.flat_map(finding).collect()
}

fn view<'a>(assessment: &'a Assessment, dataset: &'a Dataset) -> quality::View<'a> {
    quality::View { catalogue: &assessment.catalogue, dataset, registry: &assessment.registry, roster: &assessment.roster }
}

/// Measures and scores; the whole inert result, into which the findings and inputs move: there may be a million.
pub fn assess(prepared: &mut Prepared) -> anyhow::Result<Scorebook> {
    Measured::of(prepared)?.scored()
}

/// The same where nothing else is asked of the figures: they make room for the scores.
pub fn assess_once(mut prepared: Prepared) -> anyhow::Result<Scorebook> {
    let measured = Measured::of(&mut prepared)?;
    drop(prepared);
    measured.scored()
}

/// What was measured of an assessment, for its scores.
struct Measured<'a> {
    assessment: &'a Assessment,
    indicators: Vec<&'a Indicator>,
    /// The criteria with their indicators counted in the order measured.
    criteria: Criteria,
    by_unit: Vec<Vec<MeasureResult>>,
    findings: Vec<Finding>,
    lacking: Vec<Lacking>,
    inputs: Vec<Input>,
    parts: Vec<PartBook>,
}

impl<'a> Measured<'a> {
    fn of(prepared: &mut Prepared<'a>) -> anyhow::Result<Self> {
        let (mut findings, inputs) = (std::mem::take(&mut prepared.findings), std::mem::take(&mut prepared.inputs));
        let parts = parts::books(prepared)?;
        let Prepared { assessment, dataset, superseded, .. } = &*prepared;
        let chosen = chosen_indicators(assessment, dataset);
        let indicators: Vec<&Indicator> = chosen.iter().map(|index| &assessment.catalogue.indicators[*index]).collect();
        let criteria = reindexed(&assessment.criteria, &chosen);
        let limits: Vec<Limits> = (0..indicators.len()).map(|index| limits(&criteria, index, &assessment.roster.units)).collect();
        let (by_unit, lacking) = measured(assessment, &indicators, &limits, dataset, &mut findings)?;
        findings.extend(implausible(assessment, &indicators, (dataset, superseded))?);
        Ok(Self { assessment, indicators, criteria, by_unit, findings, lacking, inputs, parts })
    }

    fn scored(self) -> anyhow::Result<Scorebook> {
        let Self { assessment, indicators, criteria, by_unit, mut findings, lacking, inputs, parts } = self;
        let scored: Vec<Scored> = assessment.parts.iter().zip(&parts).map(|(part, book)| parts::scored(part, &book.book)).collect();
        let feeds: Vec<Vec<Feed>> = assessment.roster.units.iter().map(|unit| feeds(unit, &assessment.unit, &scored)).collect();
        findings.extend(parts::astray(assessment, &scored));
        unchanged(assessment)?;
        let scoring = score::score(&criteria, &indicators, &assessment.roster, by_unit, &assessment.judgements, &feeds);
        findings.extend(scoring.findings);
        let findings = lacking::and(findings, lacking);
        Ok(Scorebook {
            head: head(assessment),
            indicators: indicators.iter().map(|indicator| indicator_head(indicator)).collect(),
            dimensions: dimension_heads(&criteria),
            criteria: criterion_heads(&criteria),
            units: scoring.units,
            findings,
            provenance: provenance(assessment, inputs),
            parts,
        })
    }
}

/// All measures, each over the months its indicator is taken over; indicators in order, for each the assessed window first.
fn measured(
    assessment: &Assessment,
    indicators: &[&Indicator],
    limits: &[Limits],
    dataset: &Dataset,
    findings: &mut Vec<Finding>,
) -> anyhow::Result<(Vec<Vec<MeasureResult>>, Vec<Lacking>)> {
    let mut lacking = Vec::new();
    let (catalogue, registry) = (&assessment.catalogue, &assessment.registry);
    let mut by_unit: Vec<Vec<MeasureResult>> = assessment.roster.units.iter().map(|_| Vec::new()).collect();
    for over in Lookback::ALL {
        let chosen: Vec<usize> = (0..indicators.len()).filter(|index| indicators[*index].lookback == over).collect();
        if chosen.is_empty() {
            continue;
        }
        let of_these: Vec<&Indicator> = chosen.iter().map(|index| indicators[*index]).collect();
        let limits: Vec<Limits> = chosen.iter().map(|index| limits[*index].clone()).collect();
        let roster = assessment.roster_over(over);
        let measures = measure(catalogue, &of_these, &limits, dataset, registry, &roster)?;
        lacking.push(Lacking::new(assessment, roster.windows, measures.gaps));
        findings.extend(measures.findings);
        for (all, own) in by_unit.iter_mut().zip(measures.by_unit) {
            all.extend(own.into_iter().map(|measure| MeasureResult { indicator: chosen[measure.indicator], ..measure }));
        }
    }
    for measures in &mut by_unit {
        measures.sort_by_key(|measure| measure.indicator);
    }
    Ok((by_unit, lacking))
}

/// Who has reported what the scheme needs, by unit, organisation, item and window [C1].
pub fn deliveries(prepared: &Prepared) -> Vec<Delivery> {
    let assessment = prepared.assessment;
    Lookback::ALL.into_iter().flat_map(|over| deliveries_over(prepared, assessment, over)).collect()
}

fn deliveries_over(prepared: &Prepared, assessment: &Assessment, over: Lookback) -> Vec<Delivery> {
    let needed: Vec<(&Indicator, Wanted)> =
        assessment.looked_at().into_iter().filter(|(indicator, _)| indicator.lookback == over).collect();
    if needed.is_empty() {
        return Vec::new();
    }
    let roster = &*assessment.roster_over(over);
    let (catalogue, registry) = (&assessment.catalogue, &assessment.registry);
    let view = plan::View { catalogue, dataset: &prepared.dataset, registry, roster };
    let names: Vec<Arc<Text>> = catalogue.items.iter().map(|item| Arc::new(item.name.clone())).collect();
    let mut texts = MonthTexts::default();
    let delivery = |one: Coverage| {
        let window = roster.windows.span(one.window).unwrap_or(roster.windows.assessed);
        let (organisation, item) = (registry.get(one.organisation), catalogue.item(one.item));
        Delivery {
            unit: roster.units[one.unit].key.clone(),
            organisation: organisation.code.clone(),
            name: organisation.name.clone(),
            item: item.id.clone(),
            item_name: names[one.item.0].clone(),
            window,
            required: one.required.count_ones() as usize,
            reported: one.reported.count_ones() as usize,
            rejected: texts.of(window, one.rejected),
            missing: texts.of(window, one.missing()),
        }
    };
    coverage(&needed, view).map(delivery).collect()
}

/// Institutions' values of indicators outside what is plausible for them.
fn implausible(
    assessment: &Assessment,
    indicators: &[&Indicator],
    (dataset, superseded): (&Dataset, &Superseded),
) -> anyhow::Result<Vec<Finding>> {
    let banded: Vec<&Indicator> = indicators.iter().copied().filter(|indicator| indicator.plausible.is_some()).collect();
    if banded.is_empty() {
        return Ok(Vec::new());
    }
    let (catalogue, registry) = (&assessment.catalogue, &assessment.registry);
    let institutions = Roster::new(registry, "code", assessment.roster.windows, BaselineMembers::LikeForLike);
    let limits: Vec<Limits> =
        banded.iter().map(|_| Limits { min_completeness: Exact::zero(), min_denominator: Exact::zero(), needed: Vec::new() }).collect();
    let measures = measure(catalogue, &banded, &limits, dataset, registry, &institutions)?;
    let found = quality::implausible(view(assessment, dataset), &institutions, &banded, &measures.by_unit);
    let vocabulary = Vocabulary::new(catalogue);
    Ok(locate(found, &assessment.sources, Known { registry, vocabulary: &vocabulary }, (dataset, superseded)))
}

/// The scheme's indicators first, then every other one that the data say something about.
fn chosen_indicators(assessment: &Assessment, dataset: &Dataset) -> Vec<usize> {
    let mut chosen = assessment.scored_indicators();
    let catalogue = &assessment.catalogue;
    let reports = |(item, scope): &(ItemId, Option<&Condition>)| {
        let holds = |id: &OrgId| assessment.roster.may_hold(*id, *scope) && dataset.series(*id, *item).next().is_some();
        assessment.registry.ids().any(|id| holds(&id))
    };
    // What only counts organisations by their attributes is said of everyone, and asked for by a scheme or nobody.
    let reported = |indicator: &Indicator| {
        let terms = indicator.formulas().flat_map(|formula| formula.terms()).map(|term| (term.item, term.scope.as_ref()));
        let counts = indicator.formulas().flat_map(|formula| formula.counts()).filter_map(|count| count.scope.as_ref());
        let needed: Vec<_> = terms.chain(counts.flat_map(|scope| scope.items().into_iter().map(move |item| (item, Some(scope))))).collect();
        !needed.is_empty() && needed.iter().all(reports)
    };
    chosen.extend(assessment.other_indicators().into_iter().filter(|index| reported(&catalogue.indicators[*index])));
    chosen
}

/// The criteria with their indicators counted in the order measured.
fn reindexed(criteria: &Criteria, chosen: &[usize]) -> Criteria {
    let mut criteria = criteria.clone();
    let new = |index: usize| chosen.iter().position(|known| *known == index);
    // All indicators of criteria are among those chosen.
    criteria.visit_indicators(&mut |indicator| *indicator = new(*indicator).unwrap_or(*indicator));
    criteria
}

/// What a value must fulfil, and which windows of it the scheme looks at.
fn limits(criteria: &Criteria, indicator: usize, units: &[Unit]) -> Limits {
    let needed = criteria.windows_of(indicator, units);
    Limits { min_completeness: criteria.policy.min_completeness.clone(), min_denominator: criteria.policy.min_denominator.clone(), needed }
}

fn head(assessment: &Assessment) -> Head {
    let criteria = &assessment.criteria;
    Head {
        title: assessment.title.clone(),
        period: assessment.roster.windows.assessed,
        baseline: assessment.roster.windows.baseline,
        unit: assessment.unit.clone(),
        criteria_title: criteria.title.clone(),
        status: criteria.status.clone(),
        basis: criteria.basis.clone(),
        full_points: criteria.full_points.clone(),
        points_decimals: criteria.policy.points_decimals,
    }
}

fn indicator_head(indicator: &Indicator) -> IndicatorHead {
    IndicatorHead {
        id: indicator.id.to_string(),
        name: indicator.name.clone(),
        formula: (indicator.numerator.text.clone(), indicator.denominator.as_ref().map(|formula| formula.text.clone())),
        factor: indicator.factor.clone(),
        unit: unit_word(&indicator.unit),
        better: indicator.better,
        decimals: indicator.decimals,
        definition: indicator.definition.clone(),
        basis: indicator.basis.clone(),
    }
}

fn dimension_heads(criteria: &Criteria) -> Vec<DimensionHead> {
    let depth = |index: usize| score::criteria::around(&criteria.dimensions, index).count() - 1;
    let head = |(index, dimension): (usize, &score::criteria::Dimension)| DimensionHead {
        id: dimension.id.clone(),
        name: dimension.name.clone(),
        points: dimension.points.clone(),
        within: dimension.within,
        counts_in: dimension.counts_in(),
        depth: depth(index),
        in_total: score::criteria::in_total(&criteria.dimensions, index),
    };
    criteria.dimensions.iter().enumerate().map(head).collect()
}

fn criterion_heads(criteria: &Criteria) -> Vec<CriterionHead> {
    let head = |criterion: &score::criteria::Criterion| CriterionHead {
        id: criterion.id.clone(),
        name: criterion.name.clone(),
        dimension: criterion.dimension,
        indicator: criterion.indicator,
        points: criterion.points.clone(),
        rule: criterion.rule.name(),
        target: criterion.target_text.clone().or_else(|| criterion.rule.target().map(Text::from)),
        printed: criterion.printed.clone(),
    };
    criteria.criteria.iter().map(head).collect()
}

fn provenance(assessment: &Assessment, data: Vec<Input>) -> Provenance {
    let mut provenance = assessment.provenance.clone();
    provenance.inputs.extend(data);
    provenance.inputs.sort();
    provenance.inputs.dedup();
    provenance
}
