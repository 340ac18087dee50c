//! What checking found: findings with the values they are about, values rejected, and how often each
//! check held.

use crate::catalogue::Check;
use crate::code::Severity;
use crate::codes::data as codes;
use crate::dataset::{Cell, Key};
use crate::finding::{Finding, Place};
use crate::number::Exact;
use crate::period::Span;
use crate::quality::View;
use crate::registry::OrgId;
use crate::text::Text;

/// What checking found.
#[derive(Debug, Default)]
pub struct Checked {
    /// Defects and doubts.
    pub found: Vec<Found>,
    /// Values that a check at severity error rejects, with its number in the catalogue [S5].
    pub rejected: Vec<(Key, usize)>,
    /// How often each check of the catalogue held, in its order.
    pub tallies: Vec<Tally>,
}

/// A finding with the values it is about. Where they stand in the files is found later, for all
/// findings at once.
#[derive(Debug)]
pub struct Found {
    /// What was found; the hole `values` is still open where values are shown.
    pub finding: Finding,
    /// The values, the most telling first.
    pub cells: Vec<Involved>,
    /// What is said after the values.
    pub note: Option<Text>,
}

/// A value a finding is about.
#[derive(Debug)]
pub struct Involved {
    /// Whose, when, what.
    pub key: Key,
    /// How it is shown, `visits = 12`; blank if only its place is wanted.
    pub shown: Text,
}

/// How often a check held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// It was asked and held.
    pub held: u64,
    /// It was asked and failed.
    pub failed: u64,
    /// What it needs is not all reported: it is neither passed nor failed [S5].
    pub unevaluated: u64,
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), |sum, tally| Self {
            held: sum.held + tally.held,
            failed: sum.failed + tally.failed,
            unevaluated: sum.unevaluated + tally.unevaluated,
        })
    }
}

impl Found {
    /// A finding about one value that its message shows already.
    pub(super) fn at(finding: Finding, key: Key) -> Self {
        Self { finding, cells: vec![Involved { key, shown: Text::default() }], note: None }
    }

    /// A finding about no value in particular.
    pub(super) fn general(finding: Finding) -> Self {
        Self { finding, cells: Vec::new(), note: None }
    }
}

/// Takes down the answers to one check.
pub(super) struct Record<'a> {
    /// The data.
    pub view: View<'a>,
    check: &'a Check,
    tally: Tally,
    checked: &'a mut Checked,
}

/// One answer that is no.
pub(super) struct Failure {
    /// Who broke the check: an organisation, a unit.
    pub who: Text,
    /// Organisation, period and item.
    pub place: Place,
    /// The values, the most telling first.
    pub cells: Vec<Involved>,
    /// What is said after the values.
    pub note: Option<Text>,
    /// What is rejected at severity error.
    pub rejected: Vec<Key>,
}

impl<'a> Record<'a> {
    pub(super) fn new(check: &'a Check, view: View<'a>, checked: &'a mut Checked) -> Self {
        Self { view, check, tally: Tally::default(), checked }
    }

    /// The check was asked and held.
    pub(super) fn held(&mut self) {
        self.tally.held += 1;
    }

    /// What the check needs is not all there.
    pub(super) fn unevaluated(&mut self, times: u64) {
        self.tally.unevaluated += times;
    }

    /// The check was asked and failed.
    pub(super) fn failed(&mut self, failure: Failure) {
        self.tally.failed += 1;
        let code = match self.check.severity {
            Severity::Error => &codes::CHECK_FAILED,
            Severity::Warning => &codes::CHECK_DOUBTFUL,
            Severity::Info => &codes::CHECK_NOTED,
        };
        let finding = Finding::new(code, failure.place).with("check", self.check.name.clone());
        let finding = finding.with("rule", self.check.says.clone()).with("who", failure.who);
        self.checked.found.push(Found { finding, cells: failure.cells, note: failure.note });
        if self.check.severity == Severity::Error {
            // Tallies are taken down in the order of the catalogue.
            let number = self.checked.tallies.len();
            self.checked.rejected.extend(failure.rejected.into_iter().map(|key| (key, number)));
        }
    }

    /// The check was asked of one organisation's values and failed: they are shown, and those of its
    /// own period rejected.
    pub(super) fn failed_by(&mut self, organisation: OrgId, span: Span, keys: &[Key], note: Option<Text>) {
        let view = self.view;
        let cells: Vec<Involved> = keys.iter().map(|key| view.involved(*key, organisation, span)).collect();
        // A value that is there leads to its row; one that is missing has none.
        let is_there = |key: &&Key| view.dataset.get(**key) != Cell::Missing;
        let Some(first) = keys.iter().find(is_there).or(keys.first()) else { return };
        let who = Text::same(view.registry.get(organisation).name.as_str());
        let rejected = keys.iter().copied().filter(|key| (key.0, key.1) == (organisation, span)).collect();
        self.failed(Failure { who, place: view.place(*first), cells, note, rejected });
    }

    /// Puts the tally beside the others.
    pub(super) fn close(self) {
        self.checked.tallies.push(self.tally);
    }
}

impl View<'_> {
    /// A value as a finding about this organisation and period shows it: another period is named.
    pub(super) fn involved(&self, key: Key, organisation: OrgId, span: Span) -> Involved {
        let item = self.catalogue.item(key.2);
        let value = match self.dataset.get(key) {
            Cell::Value(steps) => Exact::from_steps(i128::from(steps), item.decimals).to_string(),
            Cell::Missing | Cell::Rejected => "–".to_owned(),
        };
        let when = if key.1 == span { String::new() } else { format!(" {}", key.1) };
        let whose = if key.0 == organisation { String::new() } else { format!(" {}", self.registry.get(key.0).code) };
        Involved { key, shown: Text::same(format!("{}{whose}{when} = {value}", item.id)) }
    }
}
