//! Collection forms: what each institution must report for a scheme, before anything was reported.

use std::collections::{BTreeMap, BTreeSet};

use crate::assessment::Assessment;
use crate::catalogue::{Indicator, Item, Time, unit_word};
use crate::dataset::Dataset;
use crate::formula::{ItemId, Window};
use crate::intake::cell::measured_in;
use crate::intake::source::Vocabulary;
use crate::measure::coverage::coverage;
use crate::measure::plan::View;
use crate::period::{Month, Span};
use crate::registry::OrgId;
use crate::text::{Lang, Text};

/// A workbook to be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Code of the institution it is for; `None` for one form of all.
    pub code: Option<String>,
    /// Title of the assessment, and the institution's name.
    pub title: Text,
    /// Columns of figures, in catalogue order.
    pub columns: Vec<FormColumn>,
    /// Rows, by institution and period.
    pub rows: Vec<FormRow>,
}

/// A figure that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormColumn {
    /// The header, under which the intake finds the item again without any mapping.
    pub header: Text,
    /// The item.
    pub item: Item,
    /// Unit, as a word.
    pub unit: Text,
}

/// One institution and period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormRow {
    /// Code of the institution.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The period.
    pub period: Span,
    /// Whether each column is asked for here.
    pub asked: Vec<bool>,
}

/// How the figures are spread over workbooks and periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// Months each row covers; the last row of a period may cover fewer. 0: the whole period.
    pub months: usize,
    /// True for one workbook of all institutions.
    pub is_joint: bool,
}

/// The forms of an assessment, by institution code: the items its scheme needs, of everyone who is
/// expected to report them. What improvement is measured against is asked for, too.
pub fn forms(assessment: &Assessment, spread: Spread) -> Vec<Form> {
    let owed = owed(assessment);
    let codes: BTreeSet<(&str, OrgId)> = owed.iter().map(|(id, _, _)| (assessment.registry.get(*id).code.as_str(), *id)).collect();
    let organisations: Vec<OrgId> = codes.into_iter().map(|(_, id)| id).collect();
    if spread.is_joint {
        return vec![form(assessment, &organisations, &owed, spread.months, None)];
    }
    organisations.iter().map(|id| form(assessment, &[*id], &owed, spread.months, Some(*id))).collect()
}

/// Who owes which item in which window.
fn owed(assessment: &Assessment) -> BTreeSet<(OrgId, ItemId, Window)> {
    let catalogue = &assessment.catalogue;
    let scored = assessment.scored_indicators();
    let needed: Vec<(&Indicator, Window)> = scored
        .iter()
        .flat_map(|index| assessment.criteria.windows_of(*index).into_iter().map(|window| (&catalogue.indicators[*index], window)))
        .collect();
    let nothing = Dataset::new(catalogue.items.len());
    let view = View { catalogue, dataset: &nothing, registry: &assessment.registry, roster: &assessment.roster };
    coverage(&needed, view).into_iter().map(|one| (one.organisation, one.item, one.window)).collect()
}

fn form(
    assessment: &Assessment,
    organisations: &[OrgId],
    owed: &BTreeSet<(OrgId, ItemId, Window)>,
    months: usize,
    only: Option<OrgId>,
) -> Form {
    let items: BTreeSet<ItemId> = owed.iter().filter(|(id, _, _)| organisations.contains(id)).map(|(_, item, _)| *item).collect();
    let items: Vec<ItemId> = items.into_iter().collect();
    let mut rows = Vec::new();
    for id in organisations {
        let organisation = assessment.registry.get(*id);
        for (period, windows) in periods(assessment, months) {
            let is_owed = |item: &ItemId| windows.iter().any(|window| owed.contains(&(*id, *item, *window)));
            let asked: Vec<bool> = items.iter().map(is_owed).collect();
            if asked.contains(&true) {
                rows.push(FormRow { code: organisation.code.clone(), name: organisation.name.clone(), period, asked });
            }
        }
    }
    let vocabulary = Vocabulary::new(&assessment.catalogue);
    let title = match only.map(|id| &assessment.registry.get(id).name) {
        Some(name) => Text::new(format!("{} · {name}", assessment.title.zh), format!("{} · {name}", assessment.title.en)),
        None => assessment.title.clone(),
    };
    Form {
        code: only.map(|id| assessment.registry.get(id).code.clone()),
        title,
        columns: items.iter().map(|item| column(*item, assessment.catalogue.item(*item), &vocabulary)).collect(),
        rows,
    }
}

/// The windows that are looked at, cut into stretches. One stretch may belong to several: the baseline
/// and the year before are often the same months.
fn periods(assessment: &Assessment, months: usize) -> BTreeMap<Span, BTreeSet<Window>> {
    let windows = &assessment.roster.windows;
    let mut found: BTreeMap<Span, BTreeSet<Window>> = BTreeMap::new();
    for window in [Window::Assessed, Window::Baseline, Window::Previous, Window::Prior] {
        let Some(span) = windows.span(window) else { continue };
        let step = if months == 0 { span.len() } else { months };
        let all: Vec<Month> = span.months().collect();
        for stretch in all.chunks(step.max(1)) {
            let ends = stretch.first().zip(stretch.last());
            if let Some(stretch) = ends.and_then(|(first, last)| Span::new(*first, *last)) {
                found.entry(stretch).or_default().insert(window);
            }
        }
    }
    found
}

fn column(id: ItemId, item: &Item, vocabulary: &Vocabulary) -> FormColumn {
    let unit = unit_word(&item.unit);
    let header = |lang: Lang| {
        let name = item.name.get(lang);
        // A name that two items share finds neither.
        let name = if vocabulary.find(name) == Some(id) { name } else { item.id.as_str() };
        let with_unit = format!("{name}({})", unit.get(Lang::Zh));
        let is_read = measured_in(&with_unit).is_some() && vocabulary.find(&with_unit).is_none();
        if lang == Lang::Zh && is_read { with_unit } else { name.to_owned() }
    };
    FormColumn { header: Text::new(header(Lang::Zh), header(Lang::En)), item: item.clone(), unit }
}

impl FormColumn {
    /// What is asked for, in both languages: name, unit, what the period means, definition.
    pub fn note(&self) -> String {
        let item = &self.item;
        let time = match item.time {
            Time::Flow => Text::new("本期合计", "total of the period"),
            Time::Stock => Text::new("期末数", "at the end of the period"),
            Time::Mean => Text::new("本期平均", "average of the period"),
        };
        let mut lines = vec![
            format!("{} {}", item.name.zh, item.name.en),
            format!("单位：{} · unit: {}", self.unit.zh, self.unit.en),
            format!("{} · {}", time.zh, time.en),
        ];
        if let Some(definition) = &item.definition {
            lines.push(definition.zh.clone());
            if definition.en != definition.zh {
                lines.push(definition.en.clone());
            }
        }
        lines.push(item.id.clone());
        lines.join("\n")
    }
}
