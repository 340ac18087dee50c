//! Collection forms: what each institution must report for a scheme, before anything was reported.

use std::collections::{BTreeMap, BTreeSet};

use crate::assessment::Assessment;
use crate::catalogue::{Indicator, Item, Time, unit_word};
use crate::dataset::Dataset;
use crate::formula::ItemId;
use crate::intake::cell::measured_in;
use crate::intake::source::Vocabulary;
use crate::measure::Wanted;
use crate::measure::coverage::coverage;
use crate::measure::plan::View;
use crate::measure::window::{Mask, bits};
use crate::period::{Lookback, Month, Span};
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

/// What one institution owes: its periods, and the items asked for each.
type Owed = BTreeMap<Span, BTreeSet<ItemId>>;

/// The forms of an assessment, by institution code: the items its scheme and those of its parts need, of everyone who is
/// expected to report them. What improvement is measured against is asked for, too.
pub fn forms(assessment: &Assessment, spread: Spread) -> Vec<Form> {
    let mut owed = owed(assessment, spread.months);
    for part in &assessment.parts {
        for (organisation, more) in self::owed(&part.assessment, spread.months) {
            let known = owed.entry(organisation).or_default();
            for (span, items) in more {
                known.entry(span).or_default().extend(items);
            }
        }
    }
    owed.values_mut().for_each(without_doubles);
    let maker = Maker { assessment, vocabulary: Vocabulary::new(&assessment.catalogue) };
    if spread.is_joint {
        return vec![maker.form(owed.iter(), None)];
    }
    owed.iter().map(|one| maker.form(std::iter::once(one), Some(*one.0))).collect()
}

/// What every institution owes, by its code, which is the order of the registry.
fn owed(assessment: &Assessment, months: Option<usize>) -> BTreeMap<OrgId, Owed> {
    let catalogue = &assessment.catalogue;
    let nothing = Dataset::new(catalogue.items.len());
    let mut owed: BTreeMap<OrgId, Owed> = BTreeMap::new();
    for over in Lookback::ALL {
        let needed: Vec<_> = assessment.looked_at().into_iter().filter(|(indicator, _)| indicator.lookback == over).collect();
        let roster = &*assessment.roster_over(over);
        let view = View { catalogue, dataset: &nothing, registry: &assessment.registry, roster };
        add_owed(&needed, view, months, &mut owed);
    }
    owed
}

fn add_owed(needed: &[(&Indicator, Wanted)], view: View, months: Option<usize>, owed: &mut BTreeMap<OrgId, Owed>) {
    let View { catalogue, roster, .. } = view;
    for one in coverage(needed, view) {
        let Some(window) = roster.windows.span(one.window) else { continue };
        let is_stock = catalogue.item(one.item).time == Time::Stock;
        // Of a stock only the last month is owed, as the end of a period that begins with the membership.
        let asked = if is_stock { roster.expected(one.organisation, one.unit, one.window) } else { one.required };
        for (stretch, positions) in stretches(window, asked, months) {
            if positions & one.required != 0 {
                owed.entry(one.organisation).or_default().entry(stretch).or_default().insert(one.item);
            }
        }
    }
}

/// Asks once for what is asked for by the year and by quarters that make up the year: by quarters.
fn without_doubles(owed: &mut Owed) {
    let all = owed.clone();
    for (span, items) in owed.iter_mut() {
        let finer: Vec<(&Span, &BTreeSet<ItemId>)> = all.iter().filter(|(other, _)| *other != span && span.contains(**other)).collect();
        let asked = |item: &ItemId, month: Month| finer.iter().any(|(other, held)| held.contains(item) && other.has(month));
        items.retain(|item| !span.months().all(|month| asked(item, month)));
    }
    owed.retain(|_, items| !items.is_empty());
}

/// The asked months of a window as stretches without a gap, at most so many months each, counted from the
/// beginning of the window: whoever joined in May is asked for May and June of the second quarter.
fn stretches(window: Span, asked: Mask, months: Option<usize>) -> Vec<(Span, Mask)> {
    let all: Vec<(usize, Month)> = window.months().enumerate().collect();
    let is_asked = |(position, _): &(usize, Month)| asked & bits(*position, 1) != 0;
    let pieces = all.chunks(months.unwrap_or(all.len()).max(1));
    let runs = pieces.flat_map(|piece| piece.chunk_by(|one, next| is_asked(one) == is_asked(next)));
    let stretch = |run: &[(usize, Month)]| {
        let (first, last) = run.first().zip(run.last())?;
        Some((Span::new(first.1, last.1)?, bits(first.0, run.len())))
    };
    runs.filter(|run| run.first().is_some_and(is_asked)).filter_map(stretch).collect()
}

/// What all forms share.
struct Maker<'a> {
    assessment: &'a Assessment,
    vocabulary: Vocabulary<'a>,
}

impl Maker<'_> {
    fn form<'o>(&self, owed: impl Iterator<Item = (&'o OrgId, &'o Owed)> + Clone, only: Option<OrgId>) -> Form {
        let Assessment { title, catalogue, registry, .. } = self.assessment;
        let items: BTreeSet<ItemId> = owed.clone().flat_map(|(_, owed)| owed.values().flatten().copied()).collect();
        let rows = owed.flat_map(|(id, owed)| self.rows(*id, owed, &items)).collect();
        let title = match only.map(|id| &registry.get(id).name) {
            Some(name) => Text::new(format!("{} · {name}", title.zh), format!("{} · {name}", title.en)),
            None => title.clone(),
        };
        Form {
            code: only.map(|id| registry.get(id).code.to_string()),
            title,
            columns: items.iter().map(|item| column(*item, catalogue.item(*item), &self.vocabulary)).collect(),
            rows,
        }
    }

    /// The rows of one institution: its periods.
    fn rows(&self, id: OrgId, owed: &Owed, items: &BTreeSet<ItemId>) -> Vec<FormRow> {
        let organisation = self.assessment.registry.get(id);
        let row = |(period, asked): (&Span, &BTreeSet<ItemId>)| FormRow {
            code: organisation.code.to_string(),
            name: organisation.name.to_string(),
            period: *period,
            asked: items.iter().map(|item| asked.contains(item)).collect(),
        };
        owed.iter().map(row).collect()
    }
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
        lines.push(item.id.to_string());
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str) -> Span {
        text.parse().expect("a period")
    }

    fn written(asked: Mask, months: Option<usize>) -> Vec<String> {
        stretches(span("2025"), asked, months).into_iter().map(|(stretch, _)| stretch.to_string()).collect()
    }

    /// O4: who joined in May owes eight months, and no quarter before the second.
    #[test]
    fn periods_begin_and_end_with_what_is_owed() {
        let from_may = bits(4, 8);
        assert_eq!(written(from_may, None), ["2025-05..2025-12"]);
        assert_eq!(written(from_may, Some(3)), ["2025-05..2025-06", "2025Q3", "2025Q4"]);
        assert_eq!(written(bits(0, 12), None), ["2025"]);
        assert_eq!(written(0, Some(3)), Vec::<String>::new());
    }

    /// A month that is waived cuts a period in two.
    #[test]
    fn a_month_that_is_not_owed_belongs_to_no_period() {
        assert_eq!(written(bits(0, 12) & !bits(2, 1), None), ["2025-01..2025-02", "2025-04..2025-12"]);
        assert_eq!(stretches(span("2025"), bits(3, 2), None), [(span("2025-04..2025-05"), bits(3, 2))]);
    }
}
