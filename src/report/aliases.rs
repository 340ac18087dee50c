//! What to add to the registry so that unknown names of the data are found: `kaohe check --fix-registry`.

use std::collections::BTreeMap;

use crate::codes::data::UNKNOWN_ORGANISATION;
use crate::finding::Findings;
use crate::registry::{OrgId, Registry};
use crate::report::table::{Cell, Column, Kind, Table};
use crate::text::{Shared, Text};

/// A row for each organisation that an unknown name looks like, with its aliases and the name added to
/// them; then a row for each name that looks like nobody's. Whether it is meant is for people to say.
pub fn table(findings: &Findings, registry: &Registry) -> Table {
    let mut proposed: BTreeMap<OrgId, Vec<Shared>> = BTreeMap::new();
    let mut others: Vec<Shared> = Vec::new();
    for finding in findings.iter().filter(|finding| std::ptr::eq(finding.code, &raw const UNKNOWN_ORGANISATION)) {
        let Some(label) = finding.place.value.clone() else { continue };
        let names = match finding.suggestions.first().and_then(|near| registry.find(near)) {
            Some(organisation) => proposed.entry(organisation).or_default(),
            None => &mut others,
        };
        if !names.contains(&label) {
            names.push(label);
        }
    }
    let columns = ["code", "name", "aliases", "written"].map(|id| Column::plain(id, Kind::Text));
    let mut table = Table::new(Text::default(), columns.to_vec());
    for (id, labels) in proposed {
        let organisation = registry.get(id);
        let known = organisation.aliases.iter().map(ToString::to_string);
        let aliases: Vec<String> = known.chain(labels.iter().map(ToString::to_string)).collect();
        let cells = [organisation.code.clone(), organisation.name.clone(), aliases.join(";").into(), labels.join(";").into()];
        table.push(cells.map(Cell::text).to_vec());
    }
    for label in others {
        table.push(vec![Cell::Empty, Cell::Empty, Cell::Empty, Cell::text(label)]);
    }
    table
}
