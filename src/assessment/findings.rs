//! Findings about the registry, its membership and what definitions ask of it; they stop nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::assessment::criteria::used_indicators;
use crate::assessment::names::USUAL;
use crate::assessment::{Assessment, units, waivers};
use crate::catalogue::Indicator;
use crate::codes::{period as period_codes, registry as codes};
use crate::dataset::Dataset;
use crate::finding::{Finding, Place};
use crate::formula::{Condition, ItemId, Node, Window};
use crate::measure::roster::{BaselineMembers, Roster};
use crate::period::{Lookback, Month, Span};
use crate::registry::OrgId;
use crate::text::{Shared, Text, list};

/// Findings about the registry, its membership and waivers that stop nothing [O2, O4, O7].
pub fn registry_findings(assessment: &Assessment, dataset: &Dataset) -> Vec<Finding> {
    let mut findings = assessment.noticed.clone();
    findings.extend(absent_attributes(assessment));
    findings.extend(waivers::findings(assessment, dataset));
    let registry = &assessment.registry;
    for id in assessment.roster.without_unit(registry) {
        let organisation = registry.get(id);
        let finding = Finding::new(&codes::WITHOUT_UNIT, of(&organisation.code));
        findings.push(finding.with("name", organisation.name.clone()).with("unit", assessment.unit.clone()));
    }
    findings.extend(elsewhere(assessment, dataset));
    if assessment.criteria.policy.baseline_members == BaselineMembers::LikeForLike {
        findings.extend(other_members(assessment));
    }
    findings
}

/// Whose figures lie outside every window there is: a file of another year, or a period that was not changed.
fn elsewhere(assessment: &Assessment, dataset: &Dataset) -> Vec<Finding> {
    let (registry, roster) = (&assessment.registry, &assessment.roster);
    let all = Lookback::ALL.map(|lookback| roster.windows.over(lookback));
    let named: Vec<Window> = assessment.earlier_windows().into_iter().chain([Window::Assessed]).collect();
    let windows: Vec<Span> = all.iter().flat_map(|windows| named.iter().filter_map(|window| windows.span(*window))).collect();
    let is_seen = |span: Span| windows.iter().any(|window| window.overlaps(span));
    let members: BTreeSet<OrgId> = roster.members.iter().map(|member| member.organisation).collect();
    let outside = members.into_iter().filter_map(|id| {
        let spans = || dataset.rows(id).map(|(span, _)| span);
        let is_outside = !spans().any(is_seen);
        Some((id, spans().map(Span::first).min()?, spans().map(Span::last).max()?)).filter(|_| is_outside)
    });
    let finding = |(id, first, last): (OrgId, Month, Month)| {
        let organisation = registry.get(id);
        let finding = Finding::new(&period_codes::ELSEWHERE, of(&organisation.code)).with("organisation", organisation.name.clone());
        let finding = finding.with("first", first.to_string()).with("last", last.to_string());
        finding.with("window", roster.windows.assessed.to_string())
    };
    outside.map(finding).collect()
}

/// Whose membership was another one in the earlier windows that the assessment looks at [O4].
fn other_members(assessment: &Assessment) -> Vec<Finding> {
    let (registry, roster) = (&assessment.registry, &assessment.roster);
    if assessment.earlier_windows().iter().all(|window| roster.windows.span(*window).is_none()) {
        return Vec::new();
    }
    let as_was = Roster::new(registry, &assessment.unit, roster.windows, BaselineMembers::AsWas);
    let mut findings = Vec::new();
    for window in assessment.earlier_windows() {
        let Some(span) = roster.windows.span(window) else { continue };
        for (index, unit) in roster.units.iter().enumerate() {
            let differing = units::members_that_differ(roster, &as_was, index, window);
            let differing = differing.into_iter().filter(|id| !roster.leaves_out(*id));
            let names: Vec<Text> = differing.map(|id| Text::same(&registry.get(id).name)).collect();
            if !names.is_empty() {
                let finding = Finding::new(&codes::BASELINE_MEMBERS, of(&unit.key)).with("names", list(&names));
                findings.push(finding.with("span", span.to_string()));
            }
        }
    }
    findings
}

fn of(code: &str) -> Place {
    Place { organisation: Some(code.into()), ..Place::default() }
}

/// Attributes that indicators of the scheme, or items in them, ask for where the registry has no such
/// column, so that nobody is meant: a built-in catalogue may, and it is said once for each attribute.
fn absent_attributes(assessment: &Assessment) -> Vec<Finding> {
    let registry = &assessment.registry;
    let known: BTreeSet<&str> = registry.attributes().iter().map(String::as_str).collect();
    let admits = |condition: &Condition| registry.ids().any(|id| assessment.roster.may_hold(id, Some(condition)));
    let catalogue = &assessment.catalogue;
    let mut asked: BTreeMap<&str, Vec<Text>> = BTreeMap::new();
    let mut note = |condition: &Condition, name: &str| {
        let absent: Vec<&&str> =
            USUAL.iter().filter(|usual| !known.contains(**usual) && condition.attributes().contains(**usual)).collect();
        if absent.is_empty() || admits(condition) {
            return;
        }
        for attribute in absent {
            let names = asked.entry(attribute).or_default();
            if !names.iter().any(|other| other.en == name) {
                names.push(Text::same(name));
            }
        }
    };
    for indicator in used_indicators(&assessment.criteria).into_iter().filter_map(|index| catalogue.indicators.get(index)) {
        let (scopes, items) = asks(indicator);
        for scope in scopes {
            note(scope, &indicator.id);
        }
        for item in items.into_iter().map(|id| catalogue.item(id)) {
            if let Some(condition) = &item.expected_from {
                note(condition, &item.id);
            }
        }
    }
    let file = assessment.provenance.inputs.iter().find(|input| input.role == "registry").map(|input| Shared::from(&input.path));
    let finding = |(attribute, names): (&str, Vec<Text>)| {
        let place = Place { file: file.clone(), row: Some(1), ..Place::default() };
        Finding::new(&codes::ATTRIBUTE_ABSENT, place).with("attribute", attribute).with("names", list(&names))
    };
    asked.into_iter().map(finding).collect()
}

/// The scopes of an indicator, and its items with those its scopes ask for.
fn asks(indicator: &Indicator) -> (Vec<&Condition>, BTreeSet<ItemId>) {
    let mut scopes: Vec<&Condition> = Vec::new();
    let mut items: BTreeSet<ItemId> = BTreeSet::new();
    for formula in indicator.formulas() {
        for term in formula.terms() {
            items.insert(term.item);
            scopes.extend(&term.scope);
        }
        formula.node.leaves(&mut |leaf| {
            if let Node::Count(count) = leaf {
                scopes.extend(&count.scope);
            }
        });
    }
    items.extend(scopes.iter().flat_map(|scope| scope.items()));
    (scopes, items)
}
