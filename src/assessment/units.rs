//! The units file, and attributes of units that conditions use (SCHEMES 7, SEMANTICS O4, O10).

use std::sync::Arc;

use crate::assessment::registry::line_origin;
use crate::codes::{assessment as codes, registry as registry_codes};
use crate::definition::CriteriaFile;
use crate::diagnostic::{Diagnostic, Origin, SourceFile};
use crate::finding::Finding;
use crate::formula::Window;
use crate::intake::table::{Delimiter, Head, Table};
use crate::measure::roster::Roster;
use crate::registry::{OrgId, Registry, canonical_column, canonical_value};
use crate::score::criteria::Criteria;
use crate::text::{Text, nearest};

/// Takes names and attributes of units from the units file.
pub(super) fn apply(file: &Arc<SourceFile>, roster: &mut Roster, diagnostics: &mut Vec<Diagnostic>) {
    let place = crate::finding::Place { file: Some(file.path.clone()), ..Default::default() };
    let table = match Table::read(&file.text, Delimiter::Auto, Head::First, place) {
        Ok(table) => table,
        Err(unreadable) => return diagnostics.push(unreadable.diagnostic(&file.path)),
    };
    let columns: Vec<(String, usize)> = table.columns.iter().map(|column| (canonical(&column.header), column.index)).collect();
    let mut faults = Vec::new();
    let mut records = table.records();
    while let Some(record) = records.next(&mut faults) {
        let cell = |name: &str| columns.iter().find(|(column, _)| column == name).map_or("", |(_, index)| record.text(*index).trim());
        let key = cell("id");
        let Some(at) = roster.units.iter().position(|unit| unit.key == key) else {
            let near = nearest(key, roster.units.iter().map(|unit| unit.key.as_str()));
            diagnostics.push(Diagnostic::new(&codes::JUDGEMENT_UNIT, line_origin(file, record.line)).with("unit", key).suggest(near));
            continue;
        };
        let unit = &mut roster.units[at];
        if !cell("name").is_empty() {
            unit.name = Text::same(cell("name"));
        }
        for (name, index) in columns.iter().filter(|(name, _)| !matches!(name.as_str(), "id" | "name" | "short_name" | "order")) {
            let value = canonical_value(name, record.text(*index));
            unit.attributes.insert(name.clone(), Some(value));
        }
    }
    report_faults(file, &table, &faults, diagnostics);
}

/// What is wrong with rows of a table the assessment names is said where it stands.
pub(super) fn report_faults(file: &Arc<SourceFile>, table: &Table, faults: &[Finding], diagnostics: &mut Vec<Diagnostic>) {
    for fault in table.findings.iter().chain(faults).filter(|fault| fault.severity() == crate::code::Severity::Error) {
        let origin = line_origin(file, fault.place.row.unwrap_or(1));
        diagnostics.push(Diagnostic { code: fault.code, origin: Some(origin), message: fault.message.clone(), suggestions: Vec::new() });
    }
}

fn canonical(header: &str) -> String {
    match canonical_column(header).as_str() {
        "code" => "id".to_owned(),
        other => other.to_owned(),
    }
}

/// O10: an attribute that a condition on units, or the peer group, uses must be the same for all
/// members of a unit.
pub(super) fn check_attributes(
    criteria: &Criteria,
    content: &CriteriaFile,
    file: &Arc<SourceFile>,
    roster: &Roster,
    registry: &Registry,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut used: Vec<(String, Option<Origin>)> = Vec::new();
    if let (Some(name), Some(written)) = (&criteria.peer_group, &content.criteria.peer_group) {
        used.push((name.clone(), Some(written.origin(file))));
    }
    let written =
        content.dimension.iter().flat_map(|dimension| dimension.criterion.iter()).filter_map(|criterion| criterion.applies_to.as_ref());
    let resolved = criteria.criteria.iter().filter_map(|criterion| criterion.applies_to.as_ref());
    for (condition, written) in resolved.zip(written) {
        used.extend(condition.attributes().into_iter().map(|name| (name.to_owned(), Some(written.origin(file)))));
    }
    for (attribute, origin) in used {
        for (index, unit) in roster.units.iter().enumerate() {
            if unit.attributes.get(&attribute) != Some(&None) {
                continue;
            }
            let value = |id: OrgId| format!("{} = {}", registry.get(id).name, roster.attribute(id, &attribute).unwrap_or("–"));
            let members: Vec<Text> = roster.members_of(index).iter().take(4).map(|member| Text::same(value(member.organisation))).collect();
            let diagnostic = Diagnostic::new(&registry_codes::UNIT_ATTRIBUTE, origin.clone()).with("unit", unit.name.clone());
            diagnostics.push(diagnostic.with("attribute", attribute.clone()).with("members", crate::text::list(&members)));
        }
    }
}

/// Members of a unit whose baseline months would differ by the membership of that time [O4].
pub(super) fn members_that_differ(like: &Roster, as_was: &Roster, unit: usize, window: Window) -> Vec<OrgId> {
    let key = &like.units[unit].key;
    let other = as_was.units.iter().position(|unit| unit.key == *key);
    let months = |roster: &Roster, unit: Option<usize>, id: OrgId| {
        let members = unit.map(|unit| roster.members_of(unit)).unwrap_or_default();
        members.iter().find(|member| member.organisation == id).map_or(0, |member| member.belongs(window))
    };
    let mut ids: Vec<OrgId> = like.members_of(unit).iter().map(|member| member.organisation).collect();
    ids.extend(other.map(|unit| as_was.members_of(unit)).unwrap_or_default().iter().map(|member| member.organisation));
    ids.sort_unstable();
    ids.dedup();
    ids.retain(|id| months(like, Some(unit), *id) != months(as_was, other, *id));
    ids
}
