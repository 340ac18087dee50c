//! What looks copied and not changed: one numerator in two indicators, one indicator in two criteria, one
//! formula above and below the line.

use crate::catalogue::{Catalogue, Indicator};
use crate::codes::lint as codes;
use crate::diagnostic::Diagnostic;
use crate::lint::{Own, Scheme};
use crate::score::criteria::{Criterion, Rule};
use crate::text::Text;

pub(super) fn check(scheme: &Scheme, found: &mut Vec<Diagnostic>) {
    let mut seen: Vec<(&Criterion, usize)> = Vec::new();
    let scored = scheme.criteria.criteria.iter().filter(|criterion| !matches!(criterion.rule, Rule::Monitor));
    for criterion in scored {
        let mut own: Vec<usize> = criterion.indicators();
        own.sort_unstable();
        own.dedup();
        for index in own {
            found.extend(copy(scheme, &seen, criterion, index));
            seen.push((criterion, index));
        }
    }
}

/// What an earlier criterion scores already. Of several the first is named.
fn copy(scheme: &Scheme, seen: &[(&Criterion, usize)], criterion: &Criterion, index: usize) -> Option<Diagnostic> {
    let indicator = scheme.catalogue.indicators.get(index)?;
    let around = scheme.written(criterion)?;
    let place = around.indicator.as_ref().filter(|written| written.value == indicator.id).map_or(&around.span, |written| &written.span);
    let others = seen.iter().filter(|(other, _)| other.id != criterion.id);
    if let Some((other, _)) = others.clone().find(|(_, known)| *known == index) {
        // Criteria for different units may well score one indicator.
        let is_for_some = [criterion, *other].iter().any(|one| one.applies_to.is_some() || one.classes.is_some());
        let diagnostic = scheme.say(&codes::INDICATOR_TWICE, place).with("indicator", indicator.id.clone());
        return (!is_for_some).then(|| diagnostic.with("other", other.id.clone()));
    }
    let (_, twin) = others
        .clone()
        .find(|(_, known)| scheme.catalogue.indicators.get(*known).is_some_and(|known| known.numerator.node == indicator.numerator.node))?;
    let twin = scheme.catalogue.indicators.get(*twin)?;
    let diagnostic = scheme.say(&codes::SAME_NUMERATOR, place).with("indicator", indicator.id.clone()).with("other", twin.id.clone());
    Some(diagnostic.with("formula", format!("`{}`", indicator.numerator.text)))
}

/// Formulas of one catalogue that say the same.
pub(super) fn formulas(own: &Own, catalogue: &Catalogue, found: &mut Vec<Diagnostic>) {
    let mut seen: Vec<&Indicator> = Vec::new();
    for written in &own.content.indicator {
        let Some(indicator) = catalogue.indicators.iter().find(|known| known.id == written.value.id.value) else { continue };
        let nodes =
            |indicator: &Indicator| (indicator.numerator.node.clone(), indicator.denominator.as_ref().map(|below| below.node.clone()));
        let twin = seen
            .iter()
            .find(|known| nodes(known) == nodes(indicator) && known.pooling == indicator.pooling && known.factor == indicator.factor);
        let what = match twin {
            _ if indicator.denominator.as_ref().is_some_and(|below| below.node == indicator.numerator.node) => {
                Some(Text::new("分子就是分母", "the numerator is the denominator"))
            }
            Some(twin) => Some(Text::new(format!("公式与“{}”相同", twin.id), format!("the formulas are those of `{}`", twin.id))),
            None => None,
        };
        if let Some(what) = what {
            let diagnostic = Diagnostic::new(&codes::SAME_FORMULA, written.value.numerator.origin(own.file));
            found.push(diagnostic.with("indicator", indicator.id.clone()).with("what", what));
        }
        seen.push(indicator);
    }
}
