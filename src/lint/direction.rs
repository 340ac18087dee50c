//! Points lost on the better side of an indicator's direction.

use crate::catalogue::{Better, Indicator};
use crate::codes::lint as codes;
use crate::definition::rule::Rule as Written;
use crate::diagnostic::Diagnostic;
use crate::lint::sites::Site;
use crate::lint::{Scheme, with_unit};
use crate::number::Exact;
use crate::score::criteria::Rule;
use crate::score::deduction::{Counted, DeductionKind};
use crate::score::kernel::When;
use crate::text::Text;

pub(super) fn check(scheme: &Scheme, site: &Site, found: &mut Vec<Diagnostic>) {
    match (site.rule, &site.written.value) {
        (Rule::Range(rule), _) => {
            let Some(indicator) = site.indicator.filter(|indicator| has_direction(scheme, indicator)) else { return };
            let edge = if indicator.better == Better::Higher { &rule.high } else { &rule.low };
            let is_above = indicator.better == Better::Higher;
            found.push(say(scheme, site, indicator, &values(indicator, edge, is_above), &site.written.span));
        }
        (Rule::Deduct(list), Written::Deduct(entries)) => {
            for (entry, written) in list.iter().zip(entries) {
                let indicator = entry.kind.indicator().and_then(|index| scheme.catalogue.indicators.get(index));
                let Some(indicator) = indicator.filter(|indicator| has_direction(scheme, indicator)) else { continue };
                if let Some(what) = wrong(&entry.kind, indicator) {
                    found.push(say(scheme, site, indicator, &what, &written.span));
                }
            }
        }
        _ => {}
    }
}

/// An item used directly says nothing of which way is better.
fn has_direction(scheme: &Scheme, indicator: &Indicator) -> bool {
    let is_item = scheme.catalogue.items.iter().any(|item| item.id == indicator.id);
    !is_item && matches!(indicator.better, Better::Higher | Better::Lower)
}

/// The values that cost points although they are the better ones.
fn wrong(kind: &DeductionKind, indicator: &Indicator) -> Option<Text> {
    let is_higher = indicator.better == Better::Higher;
    match kind {
        DeductionKind::Each { of: Counted::Measured(_), .. } if is_higher => Some(Text::new("每一例", "its cases, each")),
        DeductionKind::When { rule, .. } => {
            let is_above = matches!(rule.when, When::AtLeast(_) | When::Above(_));
            rule.when.edge().filter(|_| is_above == is_higher).map(|edge| values(indicator, edge, is_above))
        }
        _ => None,
    }
}

fn values(indicator: &Indicator, edge: &Exact, is_above: bool) -> Text {
    let edge = with_unit(indicator, edge);
    if is_above {
        Text::new(format!("高于 {} 的值", edge.zh), format!("values above {}", edge.en))
    } else {
        Text::new(format!("低于 {} 的值", edge.zh), format!("values below {}", edge.en))
    }
}

fn say(scheme: &Scheme, site: &Site, indicator: &Indicator, what: &Text, at: &std::ops::Range<usize>) -> Diagnostic {
    let better = if indicator.better == Better::Higher { Text::new("越高越好", "higher") } else { Text::new("越低越好", "lower") };
    let diagnostic = scheme.say_of(site, &codes::WRONG_SIDE, at).with("indicator", indicator.name.clone());
    diagnostic.with("better", better).with("what", what.clone())
}
