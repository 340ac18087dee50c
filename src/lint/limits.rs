//! Limits where the indicator cannot be: 105 of a proportion in percent, a band below 0.

use std::ops::Range as Bytes;

use crate::catalogue::Indicator;
use crate::codes::lint as codes;
use crate::definition::located::Number;
use crate::definition::rule::{DeductWhen, Deduction as WrittenDeduction, Rule as Written};
use crate::diagnostic::Diagnostic;
use crate::lint::bands::{of, pieces};
use crate::lint::curve::Extent;
use crate::lint::sites::Site;
use crate::lint::{Scheme, with_unit};
use crate::number::Exact;
use crate::score::criteria::Rule;
use crate::text::Text;

/// A limit with its key and place.
type Limit<'a> = (&'static str, &'a Exact, &'a Bytes<usize>);

pub(super) fn check(scheme: &Scheme, site: &Site, found: &mut Vec<Diagnostic>) {
    if let (Rule::Deduct(list), Written::Deduct(entries)) = (site.rule, &site.written.value) {
        for (entry, written) in list.iter().zip(entries) {
            let indicator = entry.kind.indicator().and_then(|index| scheme.catalogue.indicators.get(index));
            let limits = of_entry(&written.value);
            report(scheme, site, indicator, limits, found);
        }
        return;
    }
    report(scheme, site, site.indicator, of_rule(&site.written.value), found);
    let (Some((bands, written)), Some(indicator)) = (of(site), site.indicator) else { return };
    let extent = Extent::of(indicator);
    let held: Vec<usize> = pieces(bands, &extent).iter().map(|piece| piece.band).collect();
    let anywhere: Vec<usize> = pieces(bands, &Extent { low: None, high: None }).iter().map(|piece| piece.band).collect();
    for (number, (band, place)) in bands.bands.iter().zip(written).enumerate() {
        // What no value at all reaches is said where the scheme is resolved.
        if let Some(edge) = band.when.edge().filter(|_| anywhere.contains(&number) && !held.contains(&number)) {
            found.push(outside(scheme, &site.criterion.id, indicator, &extent, (band.when.key(), edge, &place.span)));
        }
    }
}

/// Lines of attention and alarm where the indicator cannot be.
pub(super) fn check_lines(scheme: &Scheme, found: &mut Vec<Diagnostic>) {
    for written in scheme.content.dimension.iter().flat_map(|dimension| &dimension.criterion) {
        let resolved = scheme.criteria.criteria.iter().find(|criterion| Some(criterion.id.as_str()) == written.key());
        let indicator = resolved.and_then(|criterion| scheme.catalogue.indicators.get(criterion.indicator?));
        let (Some(lines), Some(indicator), Some(id)) = (&written.lines, indicator, written.key()) else { continue };
        let extent = Extent::of(indicator);
        for limit in stated(vec![("warn", lines.warn.as_ref()), ("alarm", lines.alarm.as_ref())]) {
            if !extent.holds(limit.1) {
                found.push(outside(scheme, id, indicator, &extent, limit));
            }
        }
    }
}

fn report(scheme: &Scheme, site: &Site, indicator: Option<&Indicator>, limits: Vec<Limit>, found: &mut Vec<Diagnostic>) {
    let Some(indicator) = indicator else { return };
    let extent = Extent::of(indicator);
    for limit in limits {
        if !extent.holds(limit.1) {
            found.push(outside(scheme, &site.criterion.id, indicator, &extent, limit));
        }
    }
}

fn outside(scheme: &Scheme, criterion: &str, indicator: &Indicator, extent: &Extent, (key, limit, at): Limit) -> Diagnostic {
    let low = extent.low.as_ref().map(|low| with_unit(indicator, low)).unwrap_or_default();
    let range = match extent.high.as_ref().map(|high| with_unit(indicator, high)) {
        Some(high) => Text::new(format!("{} 与 {} 之间", low.zh, high.zh), format!("between {} and {}", low.en, high.en)),
        None => Text::new(format!("{} 以上", low.zh), format!("{} or above", low.en)),
    };
    let diagnostic = scheme.say(&codes::OUT_OF_RANGE, at).with("criterion", criterion).with("what", format!("`{key}`"));
    let diagnostic = diagnostic.with("limit", limit.to_string());
    diagnostic.with("indicator", indicator.name.clone()).with("range", range)
}

fn of_rule(rule: &Written) -> Vec<Limit<'_>> {
    let all: Vec<(&'static str, Option<&Number>)> = match rule {
        Written::Ratio(rule) => vec![("target", rule.target.as_ref())],
        Written::Linear(rule) => vec![("zero", Some(&rule.zero)), ("full", Some(&rule.full))],
        Written::Steps(rule) => vec![("target", Some(&rule.target))],
        Written::Tiers(tiers) => tiers.iter().map(|tier| ("from", Some(&tier.from))).collect(),
        Written::Range(rule) => vec![("low", Some(&rule.low)), ("high", Some(&rule.high))],
        Written::Improve(rule) => vec![("plateau", rule.plateau.as_ref())],
        _ => Vec::new(),
    };
    stated(all)
}

fn of_entry(entry: &WrittenDeduction) -> Vec<Limit<'_>> {
    stated(match entry {
        WrittenDeduction::Steps(rule) => vec![("target", Some(&rule.target))],
        WrittenDeduction::When(DeductWhen { at_least, above, at_most, below, .. }) => {
            vec![("at_least", at_least.as_ref()), ("above", above.as_ref()), ("at_most", at_most.as_ref()), ("below", below.as_ref())]
        }
        _ => Vec::new(),
    })
}

fn stated<'a>(all: Vec<(&'static str, Option<&'a Number>)>) -> Vec<Limit<'a>> {
    all.into_iter().filter_map(|(key, number)| number.map(|number| (key, &number.value, &number.span))).collect()
}
