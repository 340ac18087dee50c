//! Whose a row of a terms file is: by code, or by a name as the data have it [D3].

use std::collections::BTreeMap;

use crate::codes::{data, terms as codes};
use crate::finding::{Finding, Place};
use crate::intake::rows::Known;
use crate::intake::source::Source;
use crate::intake::totals::{RowKind, row_kind, strip_numbering};
use crate::period::Span;
use crate::registry::{Found, OrgId};
use crate::text::normalise;

/// Whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// An organisation's.
    Organisation(OrgId),
    /// Nobody's that is known, or that the source reads.
    Nobody,
    /// One organisation's by the source, another one's by the registry.
    Several,
}

/// Names that mean no organisation, each with its first line and its rows; and former names, with whose they were.
#[derive(Debug, Default)]
pub(super) struct Labels<'a> {
    /// Names that mean the same at any time.
    settled: BTreeMap<&'a str, Label>,
    unknown: BTreeMap<&'a str, (u64, u64)>,
    former: BTreeMap<&'a str, (u64, OrgId)>,
}

impl<'a> Labels<'a> {
    /// Looks a name up as the reading of a table does.
    pub(super) fn find(&mut self, label: &'a str, span: Span, (line, source): (u64, &Source), known: Known) -> Label {
        let found = match self.settled.get(label) {
            Some(found) => *found,
            None => self.decide(label, span, (line, source), known),
        };
        if found == Label::Nobody {
            self.unknown.entry(label).or_insert((line, 0)).1 += 1;
        }
        found
    }

    fn decide(&mut self, label: &'a str, span: Span, (line, source): (u64, &Source), known: Known) -> Label {
        let registry = known.registry;
        let plain = strip_numbering(label);
        // What was summed by this program names organisations by code, whatever the rows of the source are called.
        let by_code = registry.organisations().binary_search_by(|one| one.code.as_str().cmp(label)).ok().map(OrgId);
        let of = |found: Option<OrgId>| found.map_or(Label::Nobody, Label::Organisation);
        let found = if !source.rows.is_empty() {
            let by_source = [label, plain].into_iter().find_map(|text| source.rows.get(&normalise(text)).copied());
            match (by_source, by_code) {
                (Some(one), Some(other)) if one != other => Label::Several,
                (by_source, by_code) => of(by_source.or(by_code)),
            }
        } else if by_code.is_none() && [label, plain].iter().any(|text| registry.dated(text).is_some()) {
            // Whose figures they are depends on the period.
            return of(self.dated(label, span, line, known));
        } else {
            of(by_code.or_else(|| registry.find(label)).or_else(|| registry.find(plain)))
        };
        self.settled.insert(label, found);
        found
    }

    /// Who bears a name, or bore it.
    fn dated(&mut self, label: &'a str, span: Span, line: u64, known: Known) -> Option<OrgId> {
        let registry = known.registry;
        match registry.find_in(label, span).or_else(|| registry.find_in(strip_numbering(label), span))? {
            Found::Now(organisation) => Some(organisation),
            Found::OtherTime(organisation) => {
                self.former.entry(label).or_insert((line, organisation));
                Some(organisation)
            }
        }
    }

    /// What is to be said of them.
    pub(super) fn findings(&self, source: &Source, file: &Place, known: Known) -> Vec<Finding> {
        let at = |line: u64, label: &str| Place { row: Some(line), value: Some(label.into()), ..file.clone() };
        let unknown = self.unknown.iter().map(|(label, (line, rows))| {
            let plain = strip_numbering(label);
            let is_shared = known.registry.is_shared(label) || known.registry.is_shared(plain);
            let code = match row_kind(label) {
                _ if !source.rows.is_empty() => &data::ROW_LEFT_OUT,
                RowKind::OfWhich => &data::OF_WHICH_ROW,
                RowKind::Average => &data::AVERAGE_ROW,
                RowKind::Total | RowKind::Subtotal => &codes::TOTAL_ROW,
                RowKind::Plain if is_shared => &data::SHARED_NAME,
                RowKind::Plain => &data::UNKNOWN_ORGANISATION,
            };
            let near = if std::ptr::eq(code, &raw const data::UNKNOWN_ORGANISATION) { known.registry.nearest(plain) } else { Vec::new() };
            Finding::new(code, at(*line, label)).with("label", *label).with("rows", rows.to_string()).suggest(near)
        });
        let former = self.former.iter().map(|(label, (line, organisation))| {
            let organisation = known.registry.get(*organisation);
            let place = Place { organisation: Some(organisation.code.clone()), ..at(*line, label) };
            Finding::new(&data::FORMER_NAME, place).with("label", *label).with("name", organisation.name.clone())
        });
        unknown.chain(former).collect()
    }
}
