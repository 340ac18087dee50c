//! The pass over the rows of a register.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::amounts;
use super::columns::{Stands, trimmed};
use super::figures::{Adds, At, Crowd, Figures, Group};
use super::identifiers::{Identifier, Identifiers, Letters};
use super::kinds::Kinds;
use super::learned::Learned;
use super::notes::Notes;
use super::once::Once;
use super::seen::Facts;
use super::units::Units;
use super::whose::{Part, Whose};
use super::words::Words;
use super::{Counted, Derived, Matched, Records, Test, Way, once};
use crate::codes::record as codes;
use crate::diagnostic::Diagnostic;
use crate::finding::{Finding, Place};
use crate::intake::cell::{self, Cell};
use crate::intake::open::each_file;
use crate::intake::progress;
use crate::intake::repaired::Repaired;
use crate::intake::rows::Known;
use crate::intake::source::Source;
use crate::intake::table::Kept;
use crate::period::{Month, Span};
use crate::registry::OrgId;
use crate::text::Shared;
use crate::text::mixed::Mixed;

mod files;

/// Counts all rows of all files; where rows of one key contradict each other, once more without them. Files that are no
/// tables are diagnostics, all of them [D4].
pub(in crate::intake) fn count(source: &Source, records: &Records, known: Known) -> Result<Counted, Vec<Diagnostic>> {
    let mut pass = Pass::run(source, records, known, BTreeSet::new())?;
    if !pass.once.contradicting.is_empty() {
        let contradicting = std::mem::take(&mut pass.once.contradicting);
        pass = Pass::run(source, records, known, contradicting)?;
    }
    Ok(pass.finish(source))
}

/// What is known while rows are read.
pub(super) struct Pass<'a> {
    pub(super) records: &'a Records,
    pub(super) known: Known<'a>,
    pub(super) figures: Figures,
    pub(super) notes: Notes,
    pub(super) once: Once,
    pub(super) words: Vec<Words>,
    kinds: Kinds,
    /// Conditions on numbers, by number of the item.
    on_numbers: Vec<Vec<usize>>,
    pub(super) whose: Whose<'a>,
    pub(super) repaired: Repaired,
    pub(super) findings: Vec<Finding>,
    pub(super) encodings: Vec<&'static str>,
    /// File and sheet of each table.
    pub(super) places: Vec<Place>,
    /// Headers as printed in the tables.
    pub(super) headers: Vec<String>,
    keys: Identifiers,
    persons: Identifiers,
    /// Keys that stand on the other side.
    confirmed: HashSet<Identifier, Mixed>,
    units: Units,
    /// Columns that credit somebody, each once.
    pub(super) credited: Vec<usize>,
    /// Those, and columns of other ends.
    named: Vec<usize>,
    /// By column, whose silence says nothing: rows of theirs could not be taken, or rows of nobody knows whom.
    pub(super) doubtful: BTreeSet<(usize, Option<OrgId>)>,
    /// What is known, for all cores, and how many names, texts and kinds there were when it was shown.
    learned: Arc<Learned>,
    shown: [usize; 3],
    /// Stretches that were handed over.
    stretches: u64,
    row: Row,
}

/// What was found out about a row.
#[derive(Default)]
struct Row {
    at: At,
    /// The number of what it fulfils.
    fulfilled: usize,
    /// Organisations by column, as far as they were looked up beforehand.
    found: Vec<Option<OrgId>>,
    /// Organisations by column, and their groups.
    credited: Vec<Option<(OrgId, usize)>>,
    /// Columns in which somebody was needed and nobody is known: by the number of a name, or blank.
    missed: Vec<(usize, Option<usize>, Part)>,
    /// Columns that hold no number where one was needed.
    undecided: Vec<usize>,
}

impl<'a> Pass<'a> {
    fn run(source: &Source, records: &'a Records, known: Known<'a>, left_out: BTreeSet<Identifier>) -> Result<Self, Vec<Diagnostic>> {
        let mut pass = Self::new(records, known, left_out);
        let own = match &records.matched {
            Some(Matched::Files { from, .. }) => *from,
            _ => source.files.len(),
        };
        let (own, other) = source.files.split_at(own.min(source.files.len()));
        let mut unreadable = Vec::new();
        // The other side first: whether a record has its match is known when it is read.
        let others = match &records.matched {
            Some(Matched::Files { key, .. }) => pass.other_side(other, source, key, &mut unreadable),
            _ => Vec::new(),
        };
        each_file(own, source, known, |file, tables| match progress::over(file.content.size(), || pass.tables(tables)) {
            Ok(encoding) => pass.encodings.push(encoding),
            Err(fault) => unreadable.push(fault.diagnostic(&file.path)),
        });
        pass.encodings.extend(others);
        pass.kinds.tell(&mut pass.words);
        if unreadable.is_empty() { Ok(pass) } else { Err(unreadable) }
    }

    fn new(records: &'a Records, known: Known<'a>, left_out: BTreeSet<Identifier>) -> Self {
        let (columns, organisations) = (records.columns.len(), known.registry.organisations().len());
        let credited: BTreeSet<usize> = records.items.iter().map(|item| item.organisation).collect();
        let ends = records.items.iter().flat_map(|item| item.within.iter().copied());
        let named: BTreeSet<usize> = credited.iter().copied().chain(ends).collect();
        let words = Words::all(records);
        Self {
            records,
            known,
            figures: Figures::new(records, organisations),
            units: Units::new(records, known.registry),
            notes: Notes::new(organisations),
            once: Once::without(left_out),
            kinds: Kinds::new(records, words.len()),
            on_numbers: records.items.iter().map(|item| records.on_numbers(item).collect()).collect(),
            words,
            whose: Whose::new(known, columns),
            repaired: Repaired::default(),
            findings: Vec::new(),
            encodings: Vec::new(),
            places: Vec::new(),
            headers: records.columns.clone(),
            keys: Identifiers::default(),
            persons: Identifiers::default(),
            confirmed: HashSet::default(),
            credited: credited.into_iter().collect(),
            named: named.into_iter().collect(),
            doubtful: BTreeSet::new(),
            learned: Arc::default(),
            shown: [0; 3],
            stretches: 0,
            row: Row { found: vec![None; columns], credited: vec![None; columns], ..Row::default() },
        }
    }

    /// Counts a row of which all cores saw this.
    fn row(&mut self, row: Kept, facts: Facts) {
        let (records, at, month, row, stands) = (self.records, self.row.at, facts.month(), row.record(), facts.looked.stands);
        let cell = |column: usize| stands.get(column).map_or(&b""[..], |stands| trimmed(row.bytes(stands.index)));
        // Files that were put one behind the other hold the names of the columns again.
        if month.is_none() && cell(records.date) == self.headers[records.date].as_bytes() {
            return;
        }
        let Ok(key) = self.key(facts, &cell) else { return };
        let Some(month) = month else {
            self.notes.undated(at, cell(records.date));
            self.doubt(None, &cell);
            return;
        };
        if !self.is_inside(month) {
            self.notes.outside(month, at);
        }
        let passed = facts.kind().and_then(|kind| self.kinds.pass(kind));
        self.row.fulfilled = passed.unwrap_or_else(|| self.kinds.look(records, &mut self.words, &cell, at));
        self.look_up(facts, month, &cell);
        let is_matched = self.is_matched(key, &cell);
        for place in 0..self.kinds.of(self.row.fulfilled).items.len() {
            let number = self.kinds.of(self.row.fulfilled).items[place];
            let item = &records.items[number];
            if (is_matched || !item.needs_match) && self.holds(number, &cell) {
                self.count((number, item), month, facts, &cell);
            }
        }
        self.note_missed(&cell);
    }

    /// The key of a row, where it has one; `Err` for a row of a record that counts already, or not at all.
    fn key<'c>(&mut self, facts: Facts, cell: &impl Fn(usize) -> &'c [u8]) -> Result<Option<Identifier>, ()> {
        let (records, at) = (self.records, self.row.at);
        if records.key.is_empty() {
            return Ok(None);
        }
        let read = || {
            let key = self.keys.number(records.key.iter().map(|column| cell(*column)), Letters::Kept)?;
            let beside = (0..records.columns.len()).filter(|column| !records.key.contains(column));
            Some((key, once::digest(beside.map(cell))))
        };
        let Some((key, content)) = facts.key().or_else(read) else {
            self.notes.keyless(at);
            return Ok(None);
        };
        if self.once.is_first(key, content, at) {
            return Ok(Some(key));
        }
        if self.once.is_left_out(key) {
            self.doubt(facts.month(), cell);
        }
        Err(())
    }

    /// A row that cannot be taken: whoever is credited by it has not said 0 by silence.
    #[cold]
    fn doubt<'c>(&mut self, month: Option<Month>, cell: &impl Fn(usize) -> &'c [u8]) {
        let month = month.or(self.records.assessed.map(Span::last));
        for column in &self.credited {
            let whose = month.and_then(|month| self.whose.at(*column, cell(*column), month).1);
            self.doubtful.insert((*column, whose));
        }
    }

    /// True for a month that is looked at.
    #[inline]
    fn is_inside(&self, month: Month) -> bool {
        match self.records.covers {
            Some(covers) => covers.has(month),
            None => self.records.spans.iter().any(|span| span.has(month)),
        }
    }

    /// The organisations that the row may be credited to: whoever has a row has reported the month.
    fn look_up<'c>(&mut self, facts: Facts, month: Month, cell: &impl Fn(usize) -> &'c [u8]) {
        for (place, column) in self.named.iter().enumerate() {
            self.row.found[*column] = facts.organisation(place);
        }
        for column in &self.credited {
            let found = self.row.found[*column].or_else(|| {
                let written = cell(*column);
                if written.is_empty() { None } else { self.whose.at(*column, written, month).1 }
            });
            self.row.credited[*column] = found.map(|organisation| {
                let group = Group { column: *column, organisation, month };
                (organisation, self.figures.group(group))
            });
        }
    }

    /// Whether the record has its match; one that needs none has it.
    fn is_matched<'c>(&mut self, key: Option<Identifier>, cell: &impl Fn(usize) -> &'c [u8]) -> bool {
        let is_matched = match &self.records.matched {
            None => return true,
            Some(Matched::Where(conditions)) => conditions.iter().all(|condition| self.decide(*condition, cell) == Some(true)),
            Some(Matched::Files { .. }) => key.is_some_and(|key| self.confirmed.contains(&key)),
        };
        let organisation = self.row.credited[self.records.organisation].map(|(organisation, _)| organisation);
        self.notes.matched(organisation, is_matched, self.row.at);
        is_matched
    }

    /// Whether a condition holds; `None` for one on numbers where there is none.
    fn decide<'c>(&self, condition: usize, cell: &impl Fn(usize) -> &'c [u8]) -> Option<bool> {
        let of = &self.records.conditions[condition];
        match of.test {
            Test::Between { .. } => amounts::lies_between(cell(of.column), &of.test),
            Test::AnyOf(_) | Test::NoneOf(_) => Some(self.kinds.of(self.row.fulfilled).held[condition]),
        }
    }

    /// Whether the conditions of an item on numbers hold; what cannot be decided, where the others hold, is noted.
    fn holds<'c>(&mut self, item: usize, cell: &impl Fn(usize) -> &'c [u8]) -> bool {
        let mut undecided = None;
        for condition in &self.on_numbers[item] {
            match self.decide(*condition, cell) {
                Some(true) => {}
                Some(false) => return false,
                None => undecided = Some(self.records.conditions[*condition].column),
            }
        }
        self.row.undecided.extend(undecided);
        undecided.is_none()
    }

    /// Credits an item with the row.
    fn count<'c>(&mut self, (number, item): (usize, &Derived), month: Month, facts: Facts, cell: &impl Fn(usize) -> &'c [u8]) {
        let Some((organisation, group)) = self.row.credited[item.organisation] else {
            self.miss(item, month, cell(item.organisation));
            return;
        };
        if !item.within.is_empty() && !self.is_within(item, organisation, month, cell) {
            return;
        }
        let at = self.row.at;
        match item.way {
            Way::Count => self.figures.add(group, number, at, Adds::One),
            Way::Sum(column) => match facts.amount(number) {
                Some(steps) => self.figures.add(group, number, at, Adds::Steps(steps)),
                None => self.add((number, organisation, month), group, cell(column), &facts.looked.stands[column]),
            },
            Way::Distinct(column) => {
                self.figures.add(group, number, at, Adds::One);
                let read = || self.persons.number(std::iter::once(cell(column)), Letters::Alike);
                let person = facts.person(number).or_else(read);
                for (span, _) in self.records.spans.iter().enumerate().filter(|(_, span)| span.has(month)) {
                    self.figures.meet(Crowd { item: number, organisation, span }, person, at);
                }
                if person.is_none() {
                    let place = self.place_of(at, Some(column));
                    self.notes.fault((number, organisation, month), || Finding::new(&codes::NO_PERSON, place));
                }
            }
        }
    }

    /// Adds an amount to a sum, or what is wrong with it.
    fn add(&mut self, key: (usize, OrgId, Month), group: usize, written: &[u8], stands: &Stands) {
        let item = self.known.vocabulary.catalogue.item(self.records.items[key.0].item);
        let (shape, at) = (amounts::shape(stands, item.unit == "%"), self.row.at);
        let parsed = cell::parse(written, &shape);
        let adds = if let Cell::Value(steps) = parsed.cell { Adds::Steps(steps) } else { Adds::Fault };
        self.figures.add(group, key.0, at, adds);
        let is_fault = matches!(adds, Adds::Fault);
        if is_fault || !parsed.repairs.is_empty() {
            let place = Place { column: Some(stands.header.as_str().into()), ..self.place_of(at, None) };
            if is_fault {
                self.notes.fault(key, || amounts::fault(parsed, written, &shape, place));
            } else {
                self.repaired.note(parsed, written, &shape, &place);
            }
        }
    }

    /// Whether all ends belong to the unit of the credited organisation.
    fn is_within<'c>(&mut self, item: &Derived, organisation: OrgId, month: Month, cell: &impl Fn(usize) -> &'c [u8]) -> bool {
        let mut is_within = true;
        for column in &item.within {
            let written = cell(*column);
            if written.is_empty() {
                is_within = false;
                continue;
            }
            let found = self.row.found[*column].ok_or_else(|| self.whose.at(*column, written, month));
            match found.or_else(|(name, other)| other.ok_or(name)) {
                Ok(other) => is_within &= self.units.are_same(organisation, other, month),
                Err(name) => {
                    self.row.missed.push((*column, Some(name), Part::Partner));
                    is_within = false;
                }
            }
        }
        is_within
    }

    /// Somebody was to be credited and is not known.
    fn miss(&mut self, item: &Derived, month: Month, written: &[u8]) {
        let name = (!written.is_empty()).then(|| self.whose.at(item.organisation, written, month).0);
        let part = if item.within.is_empty() { Part::Credited } else { Part::Partner };
        self.row.missed.push((item.organisation, name, part));
    }

    /// A row is missed once for each column, whatever number of items it was meant for.
    fn note_missed<'c>(&mut self, cell: &impl Fn(usize) -> &'c [u8]) {
        let Row { at, missed, undecided, .. } = &mut self.row;
        if missed.is_empty() && undecided.is_empty() {
            return;
        }
        missed.sort_unstable();
        missed.dedup_by_key(|(column, _, _)| *column);
        for (column, name, part) in missed.drain(..) {
            match name {
                Some(name) => self.whose.miss(name, column, part, *at),
                None => self.notes.nobodys(column, *at),
            }
            if part == Part::Credited {
                self.doubtful.insert((column, None));
            }
        }
        undecided.sort_unstable();
        undecided.dedup();
        for column in undecided.drain(..) {
            self.notes.undecided(column, *at, cell(column));
        }
    }

    /// A place in a table.
    pub(super) fn place_of(&self, at: At, column: Option<usize>) -> Place {
        let place = usize::try_from(at.table).ok().and_then(|table| self.places.get(table)).cloned().unwrap_or_default();
        Place { row: Some(at.line), column: column.and_then(|column| self.headers.get(column)).map(Shared::from), ..place }
    }
}
