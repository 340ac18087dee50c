//! Indicators of single institutions against what is plausible for them.

use crate::catalogue::{Indicator, unit_word};
use crate::codes::data as codes;
use crate::dataset::{Cell, Key};
use crate::finding::{Finding, Place};
use crate::formula::Window;
use crate::measure::roster::Roster;
use crate::quality::View;
use crate::quality::record::{Found, Involved};
use crate::registry::OrgId;
use crate::scorebook::MeasureResult;
use crate::text::Text;

/// Values whose places are looked for.
const SHOWN: usize = 3;

/// Values outside the band of their indicator. `institutions` has every organisation as a unit of
/// its own; `by_unit` are its measures, by unit.
pub fn implausible(view: View, institutions: &Roster, indicators: &[&Indicator], by_unit: &[Vec<MeasureResult>]) -> Vec<Found> {
    let mut found = Vec::new();
    for (unit, measures) in institutions.units.iter().zip(by_unit) {
        for measure in measures.iter().filter(|measure| measure.window == Window::Assessed) {
            let Some(indicator) = indicators.get(measure.indicator) else { continue };
            let (Some(value), Some(band)) = (&measure.value, &indicator.plausible) else { continue };
            if band.holds(value) {
                continue;
            }
            let place = Place {
                organisation: Some(unit.key.clone()),
                period: Some(measure.span.to_string().into()),
                item: Some(indicator.id.clone()),
                ..Place::default()
            };
            let finding = Finding::new(&codes::IMPLAUSIBLE, place).with("who", unit.name.clone()).with("band", band.text());
            let finding = finding
                .with("indicator", indicator.name.clone())
                .with("value", with_unit(&value.fixed(indicator.decimals), &indicator.unit));
            let cells = unit.own_row.map(|organisation| cells(view, indicator, organisation)).unwrap_or_default();
            found.push(Found { finding, cells, note: None });
        }
    }
    found
}

fn with_unit(value: &str, unit: &str) -> Text {
    let word = unit_word(unit);
    let blank = if unit == "%" { "" } else { " " };
    Text::new(format!("{value}{blank}{}", word.zh), format!("{value}{blank}{}", word.en))
}

/// The first values of the assessed window that the indicator is made of.
fn cells(view: View, indicator: &Indicator, organisation: OrgId) -> Vec<Involved> {
    let window = view.roster.windows.assessed;
    let first = |item| {
        let mut series =
            view.dataset.series(organisation, item).filter(|(span, cell)| window.contains(*span) && matches!(cell, Cell::Value(_)));
        series.next().map(|(span, _)| (organisation, span, item))
    };
    let keys: Vec<Key> = indicator.formulas().flat_map(|formula| formula.terms()).filter_map(|term| first(term.item)).collect();
    keys.into_iter().take(SHOWN).map(|key| Involved { key, shown: Text::default() }).collect()
}
