//! Where numbers come from: those recalled, and targets of another year than the one assessed.

use std::ops::Range as Bytes;
use std::sync::Arc;

use crate::catalogue::{Basis, Confidence};
use crate::codes::lint as codes;
use crate::definition::tree;
use crate::diagnostic::{Diagnostic, Origin, SourceFile};
use crate::lint::{Own, Scheme};
use crate::period::Span;
use crate::text::Text;

/// Numbers of the scheme that nobody verified.
pub(super) fn check(scheme: &Scheme, found: &mut Vec<Diagnostic>) {
    let head = &scheme.content.criteria;
    recalled(scheme.file, &head.id.value, &head.id.span, head.basis.iter(), found);
    for dimension in &scheme.content.dimension {
        recalled(scheme.file, &dimension.id.value, &dimension.id.span, dimension.basis.iter(), found);
        for criterion in &dimension.criterion {
            let Some(id) = criterion.id.as_ref().or(criterion.indicator.as_ref()) else { continue };
            recalled(scheme.file, &id.value, &id.span, criterion.basis.iter(), found);
        }
        for bonus in &dimension.bonus {
            recalled(scheme.file, &bonus.id.value, &bonus.id.span, bonus.basis.iter(), found);
        }
    }
    for penalty in &scheme.content.penalty {
        recalled(scheme.file, &penalty.id.value, &penalty.id.span, penalty.basis.iter(), found);
    }
    for veto in &scheme.content.veto {
        recalled(scheme.file, &veto.id.value, &veto.id.span, veto.basis.iter(), found);
    }
}

/// The same of a catalogue.
pub(super) fn of_catalogue(own: &Own, found: &mut Vec<Diagnostic>) {
    let content = own.content;
    let head = &content.catalogue;
    recalled(own.file, &head.id.value, &head.id.span, head.basis.iter(), found);
    let items = content.item.iter().map(|item| (&item.value.id, item.value.basis.iter()));
    let indicators = content.indicator.iter().map(|indicator| (&indicator.value.id, indicator.value.basis.iter()));
    let constants = content.constant.iter().map(|constant| (&constant.value.id, constant.value.basis.iter()));
    for (id, basis) in items.chain(indicators).chain(constants) {
        recalled(own.file, &id.value, &id.span, basis, found);
    }
}

fn recalled<'a>(file: &Arc<SourceFile>, id: &str, at: &Bytes<usize>, basis: impl Iterator<Item = &'a Basis>, found: &mut Vec<Diagnostic>) {
    for basis in basis.filter(|basis| basis.confidence == Confidence::Recalled) {
        let diagnostic = Diagnostic::new(&codes::RECALLED, Origin::new(file, at.clone())).with("id", id);
        found.push(diagnostic.with("document", basis.document.clone()));
    }
}

/// Targets that name a year, and none of the years assessed.
pub fn other_years(scheme: &Scheme, period: Span) -> Vec<Diagnostic> {
    let assessed = period.first().year()..=period.last().year();
    let mut found = Vec::new();
    for criterion in scheme.content.dimension.iter().flat_map(|dimension| &dimension.criterion) {
        let Some(id) = criterion.id.as_ref().or(criterion.indicator.as_ref()) else { continue };
        let named = said_of_target(criterion).into_iter().find_map(|text| {
            let years = years(&text.zh);
            let is_of_now = years.iter().any(|(from, to)| from <= assessed.end() && to >= assessed.start());
            let (_, year) = years.first().filter(|_| !is_of_now)?;
            Some((text, year.to_string()))
        });
        if let Some((text, year)) = named {
            let diagnostic = scheme.say(&codes::OTHER_YEAR, &id.span).with("criterion", id.value.clone()).with("text", text.clone());
            found.push(diagnostic.with("year", year).with("period", period.to_string()));
        }
    }
    found
}

/// What a sheet says of a target: its text, the requirement, and the place of its source.
fn said_of_target(criterion: &tree::Criterion) -> Vec<&Text> {
    let printed = criterion.printed.iter().flat_map(|printed| [&printed.requirement, &printed.scoring]).flatten();
    let places = criterion.basis.iter().filter_map(|basis| basis.place.as_ref());
    criterion.target_text.iter().chain(printed).chain(places).collect()
}

/// The years of a Chinese text, `2030年` and `2021—2023年`, each as first and last. The year of an edition
/// (`2019年版`) or an issue (`2019年第3期`) is none.
fn years(text: &str) -> Vec<(i32, i32)> {
    let mut found = Vec::new();
    for (at, word) in text.match_indices('年') {
        let (before, after) = (text[..at].trim_end(), &text[at + word.len()..]);
        let Some((head, year)) = year_at_end(before) else { continue };
        if after.starts_with(['版', '第', '修']) {
            continue;
        }
        let joined = head.trim_end().strip_suffix(['-', '—', '–', '~', '～', '至', '到']).map(|head| head.trim_end_matches(['—', '年']));
        let from = joined.and_then(year_at_end).map_or(year, |(_, from)| from);
        found.push((from, year));
    }
    found
}

fn year_at_end(text: &str) -> Option<(&str, i32)> {
    let digits = text.len() - text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (head, year) = text.split_at(digits);
    let year: i32 = year.parse().ok()?;
    (1990..2100).contains(&year).then_some((head, year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read_with_their_ranges_and_editions_are_not() {
        assert_eq!(years("到2035年达到85%"), [(2035, 2035)]);
        assert_eq!(years("2021—2023年逐年提升；2025 年"), [(2021, 2023), (2025, 2025)]);
        assert_eq!(years("2021年至2023年"), [(2021, 2021), (2021, 2023)]);
        assert_eq!(years("2019年版第3条，12年，每年，〔2022〕10号"), []);
    }
}
