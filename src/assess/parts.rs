//! Parts of an assessment: their results come first, and whoever is left out is named (SEMANTICS R8).

use crate::assess::{Prepared, assess};
use crate::assessment::{Assessment, Part};
use crate::codes::parts as codes;
use crate::finding::{Finding, Place};
use crate::score::criteria::{Criterion, Rule};
use crate::score::feed::{Scored, belongs};
use crate::scorebook::{PartBook, Scorebook};

/// The results of the parts.
pub(super) fn books(prepared: &mut Prepared) -> anyhow::Result<Vec<PartBook>> {
    let book = |(part, prepared): (&Part, &mut Prepared)| Ok(PartBook { id: part.id.clone(), book: assess(prepared)? });
    prepared.assessment.parts.iter().zip(&mut prepared.parts).map(book).collect()
}

/// A part with what came out of it.
pub(super) fn scored<'a>(part: &'a Part, book: &'a Scorebook) -> Scored<'a> {
    Scored { id: &part.id, name: &part.name, column: &part.assessment.unit, units: &part.assessment.roster.units, book }
}

/// Units of parts whose totals count nowhere, and units to whom nobody of a part belongs.
pub(super) fn astray(assessment: &Assessment, parts: &[Scored]) -> Vec<Finding> {
    let rules = || assessment.criteria.criteria.iter().flat_map(Criterion::rules).flat_map(Rule::part_rules);
    let is_used = |part: &&Scored| rules().any(|rule| rule.of.iter().any(|id| id == part.id));
    let mut found = Vec::new();
    for part in parts.iter().filter(is_used) {
        let say = |code, key: &str| Finding::new(code, Place { organisation: Some(key.into()), ..Place::default() }).with("part", part.id);
        let units = &assessment.roster.units;
        for one in part.units.iter().filter(|one| !units.iter().any(|unit| belongs((one, part.column), (unit, &assessment.unit)))) {
            found.push(say(&codes::WITHOUT_UNIT, &one.key).with("name", one.name.clone()));
        }
        for unit in units.iter().filter(|unit| !part.units.iter().any(|one| belongs((one, part.column), (unit, &assessment.unit)))) {
            found.push(say(&codes::WITHOUT_PART, &unit.key).with("unit", unit.name.clone()));
        }
    }
    found
}
