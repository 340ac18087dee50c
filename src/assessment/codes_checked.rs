//! Check characters and divisions of the registry's codes (GB 32100, GB 11714, WS 218, GB/T 2260).

use std::collections::BTreeMap;

use crate::assessment::registry::Row;
use crate::codes::registry as codes;
use crate::finding::{Finding, Place};
use crate::registry::divisions::is_division;
use crate::registry::identifier::{Fault, Identifier, Kind};

/// A code with what it is.
struct Known<'a> {
    code: &'a str,
    rows: &'a [Row],
    identifier: Identifier,
}

/// What is doubtful about the codes. Those of other shapes are local and nobody's business.
pub(super) fn check(file: &str, rows: &[Row]) -> Vec<Finding> {
    let all = are_organisation_codes(known(rows));
    let is_one = |code: &Known| all || code.identifier.kind != Kind::Organisation || code.code.contains('-');
    // There may be a million local codes of that length: they are read once more rather than kept.
    let known: Vec<Known> = known(rows).filter(is_one).collect();
    let mut findings: Vec<Finding> = known.iter().filter_map(|code| fault(file, code)).collect();
    findings.extend(known.iter().filter_map(|code| unknown_division(file, code)));
    findings.extend(divisions(file, &known));
    findings
}

/// The codes of known kinds.
fn known(rows: &[Row]) -> impl Iterator<Item = Known<'_>> {
    rows.chunk_by(Row::is_of_same).filter_map(|rows| {
        let code = rows[0].code.as_str();
        Some(Known { code, rows, identifier: Identifier::read(code)? })
    })
}

/// Nine characters are a common length of local codes: they are organisation codes where three or more, and
/// most of them, fit. One local code in eleven fits by chance.
fn are_organisation_codes<'a>(known: impl Iterator<Item = Known<'a>>) -> bool {
    let (mut nine, mut fitting) = (0, 0);
    for code in known.filter(|code| code.identifier.kind == Kind::Organisation) {
        nine += 1;
        fitting += usize::from(code.identifier.fault().is_none());
    }
    fitting >= 3 && 2 * fitting > nine
}

fn place(file: &str, code: &Known) -> Place {
    Place { file: Some(file.into()), row: code.rows.first().map(|row| row.line), organisation: Some(code.code.into()), ..Place::default() }
}

fn fault(file: &str, code: &Known) -> Option<Finding> {
    let finding = |kind| Finding::new(kind, place(file, code)).with("code", code.code).with("kind", code.identifier.kind.word());
    Some(match code.identifier.fault()? {
        Fault::Letter { found, meant } => finding(&codes::CODE_LETTER).with("letter", found.to_string()).suggest(meant.as_deref()),
        Fault::Check { expected, found } => {
            finding(&codes::CHECK_CHARACTER).with("expected", expected.to_string()).with("found", found.to_string())
        }
    })
}

fn unknown_division(file: &str, code: &Known) -> Option<Finding> {
    let division = code.identifier.division().filter(|division| !is_division(division))?;
    Some(Finding::new(&codes::UNKNOWN_DIVISION, place(file, code)).with("code", code.code).with("division", division))
}

/// Members of a district are mostly registered in one city. Registration by the province or the city itself
/// agrees with every place in it.
fn divisions(file: &str, known: &[Known]) -> Vec<Finding> {
    let mut districts: BTreeMap<&str, Vec<(&Known, &str)>> = BTreeMap::new();
    for code in known {
        let attributes = code.rows.last().map(|row| &row.stay.attributes);
        let district = attributes.and_then(|attributes| attributes.get("district").or_else(|| attributes.get("county")));
        if let (Some(district), Some(division)) = (district, code.identifier.division()) {
            districts.entry(district).or_default().push((code, division));
        }
    }
    let mut findings = Vec::new();
    for (district, members) in districts {
        let mut cities: BTreeMap<&str, usize> = BTreeMap::new();
        for city in members.iter().filter_map(|(_, division)| division.get(..4)).filter(|city| !city.ends_with("00")) {
            *cities.entry(city).or_default() += 1;
        }
        let Some((city, most)) = cities.into_iter().max_by_key(|(_, count)| *count) else { continue };
        if most < 3 || 2 * most <= members.len() {
            continue;
        }
        for (code, division) in members.iter().filter(|(_, division)| !agrees(division, city)) {
            let finding = Finding::new(&codes::DIVISION_DIFFERS, place(file, code)).with("code", code.code).with("division", *division);
            findings.push(finding.with("district", district).with("most", most.to_string()).with("city", format!("{city}00")));
        }
    }
    findings
}

/// True if a registration in this division may belong to this city.
fn agrees(division: &str, city: &str) -> bool {
    division.starts_with("10") || division.starts_with(city) || division.get(2..4) == Some("00") && division.get(..2) == city.get(..2)
}
