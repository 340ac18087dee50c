//! Whose form it is: what it says itself, and what the name of its file says [D3].

use super::{Form, PERIOD};
use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::intake::rows::Known;
use crate::intake::source::{OrganisationFrom, Source};
use crate::intake::totals::strip_numbering;
use crate::intake::whose;
use crate::period::Span;
use crate::registry::{Found, OrgId, canonical_column};

/// Labels beside which the organisation stands, other than those of a registry.
const ORGANISATION: &[&str] = &["填报单位", "填报机构", "填表单位", "报送单位", "报送机构"];

/// What the form says about its organisation, the code before names.
struct Said {
    written: String,
    found: Option<Found>,
}

/// True for a label of something else than a figure.
pub(super) fn is_label(text: &str) -> bool {
    is_code(text) || is_named(text) || PERIOD.contains(&text)
}

fn is_code(label: &str) -> bool {
    canonical_column(label) == "code"
}

fn is_named(label: &str) -> bool {
    canonical_column(label) == "name" || ORGANISATION.contains(&label)
}

impl Form {
    /// The organisation, or what was written in its place. What does not agree is said.
    pub(super) fn whose(
        &self,
        source: &Source,
        known: Known,
        place: &Place,
        period: Option<Span>,
        findings: &mut Vec<Finding>,
    ) -> Result<OrgId, String> {
        let path = place.file.as_deref().unwrap_or_default();
        let of_path = whose::found_in_path(path, period, known);
        let find = |written: &str| find(written, known, period);
        let said: Vec<Said> = match &source.organisation {
            OrganisationFrom::Fixed(organisation) => return Ok(*organisation),
            OrganisationFrom::FileName | OrganisationFrom::Column(_) => Vec::new(),
            OrganisationFrom::Spot(spot) => {
                let written = self.spot(spot).unwrap_or_default();
                vec![Said { found: find(&written), written }]
            }
            OrganisationFrom::Find => {
                let codes = self.labelled(&is_code);
                let written = codes.into_iter().chain(self.labelled(&is_named));
                written.map(|written| Said { found: find(&written), written }).collect()
            }
        };
        let Some(first) = said.first() else {
            let found = of_path.ok_or_else(|| path.to_owned())?;
            findings.extend(former(found, path, known, place));
            return Ok(found.organisation());
        };
        let Some((used, found)) = said.iter().find_map(|said| Some((said, said.found?))) else { return Err(first.written.clone()) };
        let organisation = found.organisation();
        findings.extend(former(found, &used.written, known, place));
        findings.extend(said.iter().filter_map(|other| differing(used, organisation, other, known, place)));
        if let Some(other) = of_path.map(Found::organisation).filter(|other| *other != organisation) {
            let place = at(organisation, &used.written, known, place);
            let finding = Finding::new(&codes::FILE_NAME_DIFFERS, place).with("name", known.registry.get(organisation).name.clone());
            findings.push(finding.with("other", known.registry.get(other).name.clone()));
        }
        Ok(organisation)
    }
}

/// A former name goes by the time of the figures.
fn find(written: &str, known: Known, period: Option<Span>) -> Option<Found> {
    let plain = strip_numbering(written);
    let find = |text: &str| match period {
        Some(span) => known.registry.find_in(text, span),
        None => known.registry.find(text).map(Found::Now),
    };
    find(written).or_else(|| find(plain))
}

fn at(organisation: OrgId, written: &str, known: Known, place: &Place) -> Place {
    let code = known.registry.get(organisation).code.clone();
    Place { organisation: Some(code), value: Some(written.into()), ..place.clone() }
}

/// A name that is not the organisation's at the time of the figures.
fn former(found: Found, written: &str, known: Known, place: &Place) -> Option<Finding> {
    let Found::OtherTime(organisation) = found else { return None };
    let finding = Finding::new(&codes::FORMER_NAME, at(organisation, written, known, place)).with("label", written);
    Some(finding.with("name", known.registry.get(organisation).name.clone()))
}

/// A code or name beside the one that was used, that is nobody's or somebody else's.
fn differing(used: &Said, organisation: OrgId, other: &Said, known: Known, place: &Place) -> Option<Finding> {
    let registry = known.registry;
    let own = registry.get(organisation);
    let place = at(organisation, &other.written, known, place);
    match other.found.map(Found::organisation) {
        Some(found) if found == organisation => None,
        Some(found) => {
            let finding = Finding::new(&codes::NAME_DIFFERS, place).with("code", used.written.clone()).with("rows", "1");
            let finding = finding.with("name", other.written.clone()).with("organisation", own.name.clone());
            Some(finding.with("other", registry.get(found).code.clone()))
        }
        None if registry.bears(organisation, &other.written) => None,
        None => {
            let finding = Finding::new(&codes::CODE_UNKNOWN, place).with("label", other.written.clone()).with("rows", "1");
            Some(finding.with("name", used.written.clone()).with("code", own.code.clone()))
        }
    }
}
