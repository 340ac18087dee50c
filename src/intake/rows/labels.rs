//! Whose row it is, by its labels; and what is said of labels nobody knows [D3].

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Known, Who};
use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::intake::mapping::Mapping;
use crate::intake::source::Source;
use crate::intake::table::Record;
use crate::intake::totals::{RowKind, row_kind, strip_numbering};
use crate::registry::OrgId;
use crate::text::normalise;

/// Unknown names of a file that get suggestions.
const SUGGESTED: usize = 20;

/// Reads the labels of one table.
pub(super) struct Labels<'a> {
    /// Columns that name the organisation, the code before the name.
    columns: &'a [usize],
    /// The organisation of all rows, where they name none.
    whose: Option<OrgId>,
    source: &'a Source,
    known: Known<'a>,
    place: &'a Place,
    organisations: HashMap<Vec<u8>, Label>,
    /// Names nobody knows.
    unknown: Vec<Unknown>,
    unknown_index: HashMap<String, usize>,
    has_repairs: bool,
    differing: Vec<Differing>,
    /// Labels beside which another one names the organisation, and codes that lack leading zeros.
    doubtful: BTreeMap<(String, OrgId), Doubtful>,
    /// Labels of `[source.rows]` that the table has, normalised.
    pub(super) met: BTreeSet<String>,
}

/// A label that was looked up.
struct Label {
    who: Who,
    /// True if the label is a code without its leading zeros.
    is_repaired: bool,
    /// The cell last seen in the next column of names, and what it disagrees in.
    beside: Vec<u8>,
    differs: Option<usize>,
}

struct Unknown {
    label: String,
    line: u64,
    rows: u64,
}

/// A label that was passed over, or repaired.
struct Doubtful {
    /// The label that was used; `None` for a code that was repaired.
    name: Option<String>,
    line: u64,
    rows: u64,
}

/// A code and a name of two organisations.
struct Differing {
    code: String,
    name: String,
    organisation: OrgId,
    other: OrgId,
    line: u64,
    rows: u64,
}

impl<'a> Labels<'a> {
    pub(super) fn new(mapping: &'a Mapping, source: &'a Source, known: Known<'a>, place: &'a Place) -> Self {
        Self {
            columns: &mapping.organisation,
            whose: mapping.whose,
            source,
            known,
            place,
            organisations: HashMap::new(),
            unknown: Vec::new(),
            unknown_index: HashMap::new(),
            has_repairs: false,
            differing: Vec::new(),
            doubtful: BTreeMap::new(),
            met: BTreeSet::new(),
        }
    }

    /// Looks at the code first, then at the name [D3].
    pub(super) fn who(&mut self, record: &Record, findings: &mut Vec<Finding>) -> Who {
        if let Some(organisation) = self.whose {
            return Who::Organisation(organisation);
        }
        let mut first_label = None;
        for (at, index) in self.columns.iter().enumerate() {
            let cell = record.bytes(*index);
            if cell.is_empty() {
                continue;
            }
            let next = self.columns.get(at + 1).map_or(&b""[..], |next| record.bytes(*next));
            let found = match self.organisations.get_mut(cell) {
                Some(label) if label.beside == next => {
                    if let Some(differing) = label.differs.and_then(|index| self.differing.get_mut(index)) {
                        differing.rows += 1;
                    }
                    label.who
                }
                _ => self.look_at(record, *index, self.columns.get(at + 1).copied()),
            };
            if found != Who::Nobody {
                if let (Who::Organisation(organisation), Some(passed)) = (found, first_label) {
                    self.note_doubtful(record, passed, organisation, Some(record.text(*index)));
                } else if let (Who::Organisation(organisation), true) = (found, self.is_repaired(cell)) {
                    self.note_doubtful(record, *index, organisation, None);
                }
                return found;
            }
            first_label.get_or_insert(*index);
        }
        self.note_unknown(record, first_label, findings);
        Who::Nobody
    }

    /// Decides on a label, or on the name beside one that was decided on before.
    #[cold]
    fn look_at(&mut self, record: &Record, index: usize, beside: Option<usize>) -> Who {
        let cell = record.bytes(index).to_vec();
        let (who, is_repaired) = match self.organisations.get(&cell) {
            Some(label) => (label.who, label.is_repaired),
            None => match (self.decide(record.text(index)), self.without_zeros(record.text(index))) {
                (Who::Nobody, Some(organisation)) => (Who::Organisation(organisation), true),
                (who, _) => (who, false),
            },
        };
        self.has_repairs |= is_repaired;
        let differs = beside.and_then(|beside| self.compare(record, index, beside, who));
        let beside = beside.map_or(Vec::new(), |beside| record.bytes(beside).to_vec());
        self.organisations.insert(cell, Label { who, is_repaired, beside, differs });
        who
    }

    /// A name that the registry gives to another organisation than the code; the code counts.
    fn compare(&mut self, record: &Record, index: usize, beside: usize, who: Who) -> Option<usize> {
        let Who::Organisation(organisation) = who else { return None };
        let name = record.text(beside).trim();
        let other = self.known.registry.find(name).or_else(|| self.known.registry.find(strip_numbering(name)))?;
        if other == organisation || !self.source.rows.is_empty() {
            return None;
        }
        let code = record.text(index).trim();
        if let Some(known) = self.differing.iter_mut().position(|known| known.code == code && known.name == name) {
            self.differing[known].rows += 1;
            return Some(known);
        }
        self.differing.push(Differing { code: code.to_owned(), name: name.to_owned(), organisation, other, line: record.line, rows: 1 });
        Some(self.differing.len() - 1)
    }

    /// Asked for every row, so most files are not asked at all.
    fn is_repaired(&self, cell: &[u8]) -> bool {
        self.has_repairs && self.organisations.get(cell).is_some_and(|label| label.is_repaired)
    }

    /// The one organisation whose code is these digits behind zeros that a spreadsheet took off.
    fn without_zeros(&self, label: &str) -> Option<OrgId> {
        let digits = label.trim();
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) || !self.source.rows.is_empty() {
            return None;
        }
        let is_meant = |id: &OrgId| {
            let code = self.known.registry.get(*id).code.as_str();
            code.starts_with('0') && code.trim_start_matches('0') == digits.trim_start_matches('0')
        };
        let mut found = self.known.registry.ids().filter(is_meant);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    #[cold]
    fn note_doubtful(&mut self, record: &Record, passed: usize, organisation: OrgId, name: Option<&str>) {
        let label = record.text(passed).trim();
        // A mark in place of a code says that there is none.
        if !label.contains(char::is_alphanumeric) {
            return;
        }
        let entry = self.doubtful.entry((label.to_owned(), organisation));
        let name = || name.map(|name| name.trim().to_owned());
        entry.or_insert_with(|| Doubtful { name: name(), line: record.line, rows: 0 }).rows += 1;
    }

    fn decide(&mut self, label: &str) -> Who {
        let plain = strip_numbering(label);
        if !self.source.rows.is_empty() {
            for text in [label, plain] {
                let key = normalise(text);
                if let Some(organisation) = self.source.rows.get(&key) {
                    self.met.insert(key);
                    return Who::Organisation(*organisation);
                }
            }
            return Who::Nobody;
        }
        if let Some(organisation) = self.known.registry.find(label).or_else(|| self.known.registry.find(plain)) {
            return Who::Organisation(organisation);
        }
        match row_kind(label) {
            kind @ (RowKind::Total | RowKind::Subtotal) => Who::Total(kind),
            RowKind::Plain | RowKind::OfWhich => Who::Nobody,
        }
    }

    fn note_unknown(&mut self, record: &Record, index: Option<usize>, findings: &mut Vec<Finding>) {
        let label = match index {
            Some(index) => record.text(index).trim(),
            None if self.source.rows.is_empty() => {
                findings.push(Finding::new(&codes::NO_ORGANISATION, Place { row: Some(record.line), ..self.place.clone() }));
                return;
            }
            None => "",
        };
        let index = *self.unknown_index.entry(label.to_owned()).or_insert_with(|| {
            self.unknown.push(Unknown { label: label.to_owned(), line: record.line, rows: 0 });
            self.unknown.len() - 1
        });
        self.unknown[index].rows += 1;
    }

    /// Labels nobody knows, or that `[source.rows]` leaves out.
    pub(super) fn unread(&self) -> impl Iterator<Item = &str> {
        self.unknown.iter().map(|unknown| unknown.label.as_str())
    }

    pub(super) fn report(&self, findings: &mut Vec<Finding>) {
        let at = |line: u64, value: &str| Place { row: Some(line), value: Some(value.to_owned()), ..self.place.clone() };
        for (index, Unknown { label, line, rows }) in self.unknown.iter().enumerate() {
            let code = match row_kind(label) {
                _ if !self.source.rows.is_empty() => &codes::ROW_LEFT_OUT,
                RowKind::OfWhich => &codes::OF_WHICH_ROW,
                _ => &codes::UNKNOWN_ORGANISATION,
            };
            let finding = Finding::new(code, at(*line, label)).with("label", label.clone()).with("rows", rows.to_string());
            // A wholly foreign file would have every name compared with the whole registry.
            let is_suggested = index < SUGGESTED && self.source.rows.is_empty();
            let nearest = if is_suggested { self.known.registry.nearest(strip_numbering(label)) } else { Vec::new() };
            findings.push(finding.suggest(nearest));
        }
        for ((label, organisation), doubtful) in &self.doubtful {
            let code = self.known.registry.get(*organisation).code.clone();
            let place = Place { organisation: Some(code.clone()), ..at(doubtful.line, label) };
            let finding = match &doubtful.name {
                Some(name) => Finding::new(&codes::CODE_UNKNOWN, place).with("name", name.clone()),
                None => Finding::new(&codes::CODE_REPAIRED, place),
            };
            findings.push(finding.with("label", label.clone()).with("code", code).with("rows", doubtful.rows.to_string()));
        }
        for differing in &self.differing {
            let organisation = self.known.registry.get(differing.organisation);
            let place = Place { organisation: Some(organisation.code.clone()), ..at(differing.line, &differing.name) };
            let finding =
                Finding::new(&codes::NAME_DIFFERS, place).with("code", differing.code.clone()).with("name", differing.name.clone());
            let other = self.known.registry.get(differing.other).code.clone();
            let finding = finding.with("organisation", organisation.name.clone()).with("other", other);
            findings.push(finding.with("rows", differing.rows.to_string()));
        }
    }
}
