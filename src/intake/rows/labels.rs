//! Whose row it is, by its labels; and what is said of labels nobody knows [D3].

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Known, Who};
use crate::code::Severity;
use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::intake::cell::{self, Cell, Shape};
use crate::intake::mapping::{Mapping, Values};
use crate::intake::source::Source;
use crate::intake::table::Record;
use crate::intake::totals::{RowKind, row_kind, strip_numbering};
use crate::period::Span;
use crate::registry::{Found, OrgId};
use crate::text::mixed::Mixed;
use crate::text::normalise;

/// Unknown names of a file that get suggestions.
const SUGGESTED: usize = 20;

/// Reads the labels of one table.
pub(super) struct Labels<'a> {
    /// Columns that name the organisation, the code before the name.
    columns: &'a [usize],
    /// Columns of values.
    values: Vec<usize>,
    /// The organisation of all rows, where they name none.
    whose: Option<OrgId>,
    source: &'a Source,
    known: Known<'a>,
    place: &'a Place,
    organisations: HashMap<Vec<u8>, Label, Mixed>,
    /// Whose the row before was, if there was nothing to say of its labels.
    last: Option<Who>,
    /// Names nobody knows.
    unknown: Vec<Unknown>,
    unknown_index: HashMap<String, usize>,
    differing: Vec<Differing>,
    /// Labels nobody knows beside which another one names the organisation.
    doubtful: BTreeMap<(String, OrgId), Doubtful>,
    /// True once a label was met that somebody bore at some time only.
    has_dated: bool,
    /// Former names met outside their time: name, line, whose.
    former: Vec<(String, u64, OrgId)>,
    /// Labels of `[source.rows]` that the table has, normalised.
    pub(super) met: BTreeSet<String>,
}

/// A label that was looked up.
struct Label {
    who: Who,
    /// Whose figures they are depends on the period: somebody bore the name at some time.
    is_dated: bool,
    /// The cell last seen in the next column of names, and what it disagrees in.
    beside: Vec<u8>,
    differs: Option<usize>,
}

struct Unknown {
    label: String,
    line: u64,
    rows: u64,
    /// False for a heading between rows.
    has_figures: bool,
}

/// A label that was passed over.
struct Doubtful {
    /// The label that was used.
    name: String,
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
            values: match &mapping.values {
                Values::Wide(columns) => columns.iter().map(|column| column.index).collect(),
                Values::Long { values, .. } => values.iter().map(|column| column.index).collect(),
            },
            whose: mapping.whose,
            source,
            known,
            place,
            organisations: HashMap::default(),
            last: None,
            unknown: Vec::new(),
            unknown_index: HashMap::new(),
            differing: Vec::new(),
            doubtful: BTreeMap::new(),
            has_dated: false,
            former: Vec::new(),
            met: BTreeSet::new(),
        }
    }

    /// Looks at the code first, then at the name [D3].
    #[inline]
    pub(super) fn who(&mut self, record: &Record, is_repeated: bool, findings: &mut Vec<Finding>) -> Who {
        match (self.whose, self.last) {
            (Some(organisation), _) => Who::Organisation(organisation),
            (None, Some(who)) if is_repeated => who,
            _ => self.named(record, findings),
        }
    }

    /// True if there is nothing to say of another row with the labels of the one before.
    pub(super) fn are_known(&self) -> bool {
        self.whose.is_some() || self.last.is_some()
    }

    fn named(&mut self, record: &Record, findings: &mut Vec<Finding>) -> Who {
        self.last = self.last.take().and_then(|before| self.next(before, record));
        if let Some(who) = self.last {
            return who;
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
                    if first_label.is_none() && label.differs.is_none() && label.who != Who::Nobody {
                        self.last = Some(label.who);
                    }
                    if let Some(differing) = label.differs.and_then(|index| self.differing.get_mut(index)) {
                        differing.rows += 1;
                    }
                    label.who
                }
                _ => self.look_at(record, *index, self.columns.get(at + 1).copied()),
            };
            if found != Who::Nobody {
                if let (Who::Organisation(organisation), Some(passed)) = (found, first_label) {
                    self.note_doubtful(record, passed, organisation, record.text(*index).trim());
                }
                return found;
            }
            first_label.get_or_insert(*index);
        }
        self.note_unknown(record, first_label, findings);
        Who::Nobody
    }

    /// The organisation behind the one of the row before, where the row has its code, and its name or none: exports mostly have
    /// the order of the registry, and what is found so need not be looked up, nor remembered.
    fn next(&self, before: Who, record: &Record) -> Option<Who> {
        let (Who::Organisation(OrgId(before)), [code, names @ ..]) = (before, self.columns) else { return None };
        let organisation = self.known.registry.organisations().get(before + 1)?;
        let (code, name) = (record.bytes(*code), names.first().map_or(&b""[..], |name| record.bytes(*name)));
        let is_it = code == organisation.code.as_bytes() && (name.is_empty() || name == organisation.name.as_bytes());
        // Other signs may be none when they are compared [D3].
        (is_it && code.is_ascii() && self.source.rows.is_empty()).then_some(Who::Organisation(OrgId(before + 1)))
    }

    /// Decides on a label, or on the name beside one that was decided on before.
    #[cold]
    fn look_at(&mut self, record: &Record, index: usize, beside: Option<usize>) -> Who {
        let cell = record.bytes(index).to_vec();
        let who = match self.organisations.get(&cell) {
            Some(label) => label.who,
            None => self.decide(record.text(index)),
        };
        let differs = beside.and_then(|beside| self.compare(record, index, beside, who));
        let beside = beside.map_or(Vec::new(), |beside| record.bytes(beside).to_vec());
        let is_dated = self.source.rows.is_empty() && self.somebodys(record.text(index)).is_some();
        self.has_dated |= is_dated;
        self.organisations.insert(cell, Label { who, is_dated, beside, differs });
        who
    }

    /// Somebody who bore this name at some time.
    fn somebodys(&self, label: &str) -> Option<OrgId> {
        let registry = self.known.registry;
        registry.dated(label).or_else(|| registry.dated(strip_numbering(label)))
    }

    /// Whose figures of this span the row holds: a former name may be somebody else's by now.
    #[inline]
    pub(super) fn at(&mut self, record: &Record, who: Who, span: Span) -> Who {
        if self.has_dated && matches!(who, Who::Organisation(_)) { self.then(record, who, span) } else { who }
    }

    fn then(&mut self, record: &Record, who: Who, span: Span) -> Who {
        // The cell that named somebody: those before it named nobody.
        let named = self.columns.iter().find(|index| self.organisations.get(record.bytes(**index)).is_some_and(|label| label.who == who));
        let Some(index) = named.filter(|index| self.organisations.get(record.bytes(**index)).is_some_and(|label| label.is_dated)) else {
            return who;
        };
        let label = record.text(*index).trim();
        let registry = self.known.registry;
        match registry.find_in(label, span).or_else(|| registry.find_in(strip_numbering(label), span)) {
            Some(Found::Now(organisation)) => Who::Organisation(organisation),
            Some(Found::OtherTime(organisation)) => {
                if !self.former.iter().any(|(known, _, _)| known == label) {
                    self.former.push((label.to_owned(), record.line, organisation));
                }
                Who::Organisation(organisation)
            }
            None => {
                self.count_unknown(label, record);
                Who::Nobody
            }
        }
    }

    /// A name that the registry gives to another organisation than the code; the code counts.
    fn compare(&mut self, record: &Record, index: usize, beside: usize, who: Who) -> Option<usize> {
        let Who::Organisation(organisation) = who else { return None };
        let name = record.text(beside).trim();
        // Mostly it is its own, and nothing else need be known.
        if self.known.registry.get(organisation).name == name {
            return None;
        }
        let other = self.known.registry.find(name).or_else(|| self.known.registry.find(strip_numbering(name)))?;
        if other == organisation || !self.source.rows.is_empty() || self.bears(organisation, name) {
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

    #[cold]
    fn note_doubtful(&mut self, record: &Record, passed: usize, organisation: OrgId, name: &str) {
        let label = record.text(passed).trim();
        // A mark in place of a code says that there is none.
        if !label.contains(char::is_alphanumeric) {
            return;
        }
        let entry = self.doubtful.entry((label.to_owned(), organisation));
        entry.or_insert_with(|| Doubtful { name: name.to_owned(), line: record.line, rows: 0 }).rows += 1;
    }

    /// True if the organisation bears the name, or bore it.
    fn bears(&self, organisation: OrgId, name: &str) -> bool {
        let registry = self.known.registry;
        registry.bears(organisation, name) || registry.bears(organisation, strip_numbering(name))
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
        if let Some(organisation) = self.somebodys(label) {
            return Who::Organisation(organisation);
        }
        match row_kind(label) {
            kind @ (RowKind::Total | RowKind::Subtotal) => Who::Total(kind),
            RowKind::Plain | RowKind::OfWhich | RowKind::Average => Who::Nobody,
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
        self.count_unknown(label, record);
    }

    fn count_unknown(&mut self, label: &str, record: &Record) {
        let index = *self.unknown_index.entry(label.to_owned()).or_insert_with(|| {
            self.unknown.push(Unknown { label: label.to_owned(), line: record.line, rows: 0, has_figures: false });
            self.unknown.len() - 1
        });
        let unknown = &mut self.unknown[index];
        unknown.rows += 1;
        unknown.has_figures = unknown.has_figures || self.values.iter().any(|index| !is_blank_or_mark(record.bytes(*index)));
    }

    /// True for a name that several organisations bear.
    fn is_shared(&self, label: &str) -> bool {
        let registry = self.known.registry;
        registry.is_shared(label) || registry.is_shared(strip_numbering(label))
    }

    /// Labels nobody knows, or that `[source.rows]` leaves out.
    pub(super) fn unread(&self) -> impl Iterator<Item = &str> {
        self.unknown.iter().map(|unknown| unknown.label.as_str())
    }

    pub(super) fn report(&self, findings: &mut Vec<Finding>) {
        let at = |line: u64, value: &str| Place { row: Some(line), value: Some(value.into()), ..self.place.clone() };
        for (index, Unknown { label, line, rows, has_figures }) in self.unknown.iter().enumerate() {
            let code = match row_kind(label) {
                _ if !self.source.rows.is_empty() => &codes::ROW_LEFT_OUT,
                RowKind::OfWhich => &codes::OF_WHICH_ROW,
                RowKind::Average => &codes::AVERAGE_ROW,
                _ if self.is_shared(label) => &codes::SHARED_NAME,
                // Nothing is left unread of a row without figures [S6].
                _ if !has_figures => &codes::SECTION_ROW,
                _ => &codes::UNKNOWN_ORGANISATION,
            };
            let finding = Finding::new(code, at(*line, label)).with("label", label.clone()).with("rows", rows.to_string());
            // A wholly foreign file would have every name compared with the whole registry.
            let is_suggested = index < SUGGESTED && code.severity == Severity::Error;
            let nearest = if is_suggested { self.known.registry.nearest(strip_numbering(label)) } else { Vec::new() };
            findings.push(finding.suggest(nearest));
        }
        for ((label, organisation), doubtful) in &self.doubtful {
            let code = self.known.registry.get(*organisation).code.clone();
            let place = Place { organisation: Some(code.clone()), ..at(doubtful.line, label) };
            let finding = Finding::new(&codes::CODE_UNKNOWN, place).with("name", doubtful.name.clone());
            findings.push(finding.with("label", label.clone()).with("code", code).with("rows", doubtful.rows.to_string()));
        }
        for (label, line, organisation) in &self.former {
            let organisation = self.known.registry.get(*organisation);
            let place = Place { organisation: Some(organisation.code.clone()), ..at(*line, label) };
            findings.push(Finding::new(&codes::FORMER_NAME, place).with("label", label.clone()).with("name", organisation.name.clone()));
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

/// True for a cell that holds no figure [D1].
fn is_blank_or_mark(written: &[u8]) -> bool {
    let shape = Shape { decimals: 0, multiplier_power: 0, percent: true };
    cell::parse(written, &shape).cell == Cell::Missing
}
