//! Two results of which only the written form is at hand: which causes remain possible for a change. What differs among
//! the inputs limits them, and what is the same among the figures; nothing is guessed beyond that.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::changes::Row;
use crate::compare::{Book, Cause, Figure, Input, Measure, Unit};

/// What two results were made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Files that are not the same, by role and path.
    pub changed: Vec<InputChange>,
    /// Files that are.
    pub same: usize,
    /// Options that are not the same, as `key=value`, before and after.
    pub options: (Vec<String>, Vec<String>),
    /// Catalogues of the one result and of the other, where they differ.
    pub catalogues: (Vec<String>, Vec<String>),
    /// The causes that may lie in this.
    pub causes: BTreeSet<Cause>,
}

/// A file that is not the same in both results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputChange {
    /// Its role.
    pub role: String,
    /// Its path.
    pub path: String,
    /// Its SHA-256 before and after; `None` where there was no such file.
    pub sha256: [Option<String>; 2],
}

impl Inputs {
    /// What differs between the inputs of two results.
    pub(super) fn of(before: &Book, after: &Book) -> Self {
        let changed = differing(&before.inputs, &after.inputs);
        let gone = changed.iter().filter(|change| change.sha256[0].is_some()).count();
        let options = |book: &Book| book.options.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<String>>();
        let apart = |one: Vec<String>, other: Vec<String>| if one == other { <(Vec<_>, Vec<_>)>::default() } else { (one, other) };
        let options = apart(options(before), options(after));
        let catalogues = apart(before.catalogues.clone(), after.catalogues.clone());
        let is_usual = |input: &Input| input.role == "definition" && input.path == ASSESSMENT;
        let has_usual_name = [before, after].iter().all(|book| book.inputs.iter().any(is_usual));
        let mut causes: BTreeSet<Cause> = changed.iter().flat_map(|change| causes_of(change, has_usual_name)).copied().collect();
        let given = |option: &&String| !options.0.contains(option) || !options.1.contains(option);
        causes.extend(options.0.iter().chain(&options.1).filter(given).flat_map(|option| causes_of_option(option)));
        if !catalogues.0.is_empty() || !catalogues.1.is_empty() {
            causes.insert(Cause::Criteria);
        }
        Self { same: before.inputs.len() - gone, changed, options, catalogues, causes }
    }
}

/// Files that are not the same, by role and path. What only moved or was renamed has not changed.
pub fn differing(before: &[Input], after: &[Input]) -> Vec<InputChange> {
    let mut left: Vec<&Input> = Vec::new();
    let mut right: Vec<&Input> = after.iter().collect();
    for input in before {
        let same = |other: &&Input| other.role == input.role && other.sha256 == input.sha256;
        match right.iter().position(same) {
            Some(at) => {
                right.remove(at);
            }
            None => left.push(input),
        }
    }
    let mut changed: BTreeMap<(String, String), [Option<String>; 2]> = BTreeMap::new();
    for (side, inputs) in [left, right].into_iter().enumerate() {
        for input in inputs {
            let both = changed.entry((input.role.clone(), input.path.clone())).or_default();
            both[side] = Some(input.sha256.clone());
        }
    }
    changed.into_iter().map(|((role, path), sha256)| InputChange { role, path, sha256 }).collect()
}

/// The usual name of an assessment's own file.
const ASSESSMENT: &str = "assessment.toml";

/// What a changed file may have changed. An assessment's own file names everything else; which of the definitions it is can
/// be told where both results have one of the usual name.
fn causes_of(change: &InputChange, has_usual_name: bool) -> &'static [Cause] {
    match change.role.as_str() {
        "registry" | "units" => &[Cause::Registry],
        "data" => &[Cause::Data],
        "corrections" => &[Cause::Corrections],
        "judgements" => &[Cause::Judgements],
        "targets" => &[Cause::Criteria],
        "definition" if has_usual_name && change.path != ASSESSMENT => &[Cause::Criteria],
        _ => &Cause::ALL,
    }
}

/// What is set in the criteria leaves the other inputs alone; what is set in the assessment may change any.
fn causes_of_option(option: &str) -> &'static [Cause] {
    let is_of_scheme = ["set=policy.", "set=criteria.", "set=dimension."].iter().any(|start| option.starts_with(start));
    if is_of_scheme { &[Cause::Criteria] } else { &Cause::ALL }
}

/// What remains possible, row by row.
pub(super) struct Possible<'a> {
    before: &'a Book,
    after: &'a Book,
    causes: BTreeSet<Cause>,
}

impl<'a> Possible<'a> {
    pub(super) fn of(before: &'a Book, after: &'a Book, inputs: &Inputs) -> Self {
        let mut causes = inputs.causes.clone();
        // Points are made of measures, judgements and the registry's attributes by the criteria: where every measure of every
        // unit is the same, figures that were reported or corrected otherwise have changed nothing.
        if has_same_measures(before, after) {
            causes.remove(&Cause::Data);
            causes.remove(&Cause::Corrections);
        }
        Self { before, after, causes }
    }

    /// What remains possible for any of the rows.
    pub(super) fn all(&self) -> Vec<Cause> {
        self.causes.iter().copied().collect()
    }

    /// What remains possible for a row of a unit.
    pub(super) fn causes(&self, units: [&Unit; 2], row: &Row) -> Vec<Cause> {
        let is_judged = match row {
            Row::Criterion(id) => [self.before, self.after].iter().zip(units).any(|(book, unit)| may_be_judged(book, unit, id)),
            Row::Step(..) => true,
        };
        self.all().into_iter().filter(|cause| is_judged || *cause != Cause::Judgements).collect()
    }
}

/// Rules that look at a value and never at a judgement.
const OF_VALUES: &[&str] = &["ratio", "linear", "bands", "steps", "tiers", "range", "improve", "peer", "percentile", "rank", "monitor"];

/// Whether a judgement may stand behind a figure: its rule takes one, or one was read.
fn may_be_judged(book: &Book, unit: &Unit, id: &str) -> bool {
    let Some(at) = book.criterion(id) else { return false };
    let criterion = book.criteria.get(at);
    let figure: Option<&Figure> = unit.figures.get(at);
    let by_rule = criterion.is_some_and(|criterion| !OF_VALUES.contains(&criterion.rule.as_str()) || criterion.indicator.is_none());
    by_rule || figure.is_some_and(|figure| figure.is_judged || figure.shown.is_some())
}

/// Whether both books, and their parts, measured the same of the same units.
fn has_same_measures(before: &Book, after: &Book) -> bool {
    let measures = |unit: &Unit| -> BTreeMap<(String, String), Measure> {
        unit.measures.iter().map(|measure| ((measure.indicator.clone(), measure.window.clone()), measure.clone())).collect()
    };
    let of = |book: &Book| -> BTreeMap<String, _> { book.units.iter().map(|unit| (unit.key.clone(), measures(unit))).collect() };
    let pairs = before.parts.iter().zip(&after.parts);
    of(before) == of(after)
        && before.parts.len() == after.parts.len()
        && pairs.into_iter().all(|((a, one), (b, two))| a == b && has_same_measures(one, two))
}
