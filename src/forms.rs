//! Collection forms: what each institution must report for a scheme, before anything was reported.

use std::collections::{BTreeMap, BTreeSet};

use crate::assessment::Assessment;
use crate::catalogue::{Item, Time, unit_word};
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
    /// Months each row covers, the last row of a period perhaps fewer; `None`: the whole period.
    pub months: Option<usize>,
    /// True for one workbook of all institutions.
    pub is_joint: bool,
}

/// What one institution owes, in which windows.
type Owed = BTreeSet<(ItemId, Window)>;

/// The forms of an assessment, by institution code: the items its scheme needs, of everyone who is
/// expected to report them. What improvement is measured against is asked for, too.
pub fn forms(assessment: &Assessment, spread: Spread) -> Vec<Form> {
    let owed = owed(assessment);
    let maker = Maker { assessment, vocabulary: Vocabulary::new(&assessment.catalogue), periods: periods(assessment, spread.months) };
    if spread.is_joint {
        return vec![maker.form(owed.iter(), None)];
    }
    owed.iter().map(|one| maker.form(std::iter::once(one), Some(*one.0))).collect()
}

/// What every institution owes, by its code, which is the order of the registry.
fn owed(assessment: &Assessment) -> BTreeMap<OrgId, Owed> {
    let catalogue = &assessment.catalogue;
    let nothing = Dataset::new(catalogue.items.len());
    let view = View { catalogue, dataset: &nothing, registry: &assessment.registry, roster: &assessment.roster };
    let mut owed: BTreeMap<OrgId, Owed> = BTreeMap::new();
    for one in coverage(&assessment.looked_at(), view) {
        owed.entry(one.organisation).or_default().insert((one.item, one.window));
    }
    owed
}

/// What all forms share.
struct Maker<'a> {
    assessment: &'a Assessment,
    vocabulary: Vocabulary<'a>,
    periods: BTreeMap<Span, BTreeSet<Window>>,
}

impl Maker<'_> {
    fn form<'o>(&self, owed: impl Iterator<Item = (&'o OrgId, &'o Owed)> + Clone, only: Option<OrgId>) -> Form {
        let Assessment { title, catalogue, registry, .. } = self.assessment;
        let items: BTreeSet<ItemId> = owed.clone().flat_map(|(_, owed)| owed).map(|(item, _)| *item).collect();
        let rows = owed.flat_map(|(id, owed)| self.rows(*id, owed, &items)).collect();
        let title = match only.map(|id| &registry.get(id).name) {
            Some(name) => Text::new(format!("{} · {name}", title.zh), format!("{} · {name}", title.en)),
            None => title.clone(),
        };
        Form {
            code: only.map(|id| registry.get(id).code.clone()),
            title,
            columns: items.iter().map(|item| column(*item, catalogue.item(*item), &self.vocabulary)).collect(),
            rows,
        }
    }

    /// The rows of one institution: its periods of which something is asked.
    fn rows(&self, id: OrgId, owed: &Owed, items: &BTreeSet<ItemId>) -> Vec<FormRow> {
        let organisation = self.assessment.registry.get(id);
        let row = |(period, windows): (&Span, &BTreeSet<Window>)| {
            let is_owed = |item: &ItemId| windows.iter().any(|window| owed.contains(&(*item, *window)));
            let asked: Vec<bool> = items.iter().map(is_owed).collect();
            let row = FormRow { code: organisation.code.clone(), name: organisation.name.clone(), period: *period, asked };
            row.asked.contains(&true).then_some(row)
        };
        self.periods.iter().filter_map(row).collect()
    }
}

/// The windows that are looked at, cut into stretches. One stretch may belong to several: the baseline
/// and the year before are often the same months.
fn periods(assessment: &Assessment, months: Option<usize>) -> BTreeMap<Span, BTreeSet<Window>> {
    let windows = &assessment.roster.windows;
    let mut found: BTreeMap<Span, BTreeSet<Window>> = BTreeMap::new();
    for window in [Window::Assessed, Window::Baseline, Window::Previous, Window::Prior] {
        let Some(span) = windows.span(window) else { continue };
        let all: Vec<Month> = span.months().collect();
        for stretch in all.chunks(months.unwrap_or(all.len()).max(1)) {
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
