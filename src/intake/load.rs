//! From files to the dataset: what was reported, what was verified over it, what was corrected [S1].

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::{Cell, Dataset, Key};
use crate::diagnostic::Diagnostic;
use crate::finding::{Finding, Place};
use crate::intake::behind::{Behind, Instead, Superseded};
use crate::intake::chosen::{self, Collisions};
use crate::intake::correction::{self, Correction};
use crate::intake::cumulative::{Difference, total_of};
use crate::intake::reading::{Reading, read};
use crate::intake::rows::Known;
use crate::intake::source::{Source, Stage};
use crate::intake::verified::{self, Verified};

/// What was read.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The values.
    pub dataset: Dataset,
    /// What is wrong or was repaired.
    pub findings: Vec<Finding>,
    /// Name of the encoding of each file, in the order of sources and files.
    pub encodings: Vec<&'static str>,
    /// Cells that do not count because something else stands in their place.
    pub superseded: Superseded,
}

/// Reads all files of all sources, verified ones last, and applies what was verified and corrected. Files
/// that are no tables at all are diagnostics, all of them [D4].
pub fn load(sources: &[Source], corrections: &[Correction], known: Known) -> Result<Loaded, Vec<Diagnostic>> {
    // On one of the cores that read: whoever takes rows in their order reads, too, while there are none to take.
    rayon::scope(|_| read_and_lay(sources, corrections, known))
}

fn read_and_lay(sources: &[Source], corrections: &[Correction], known: Known) -> Result<Loaded, Vec<Diagnostic>> {
    let verified = sources.partition_point(|source| source.stage == Stage::Reported);
    let (reported, verified) = sources.split_at(verified);
    let (reported, verified) = match (read(reported, known), read(verified, known)) {
        (Ok(reported), Ok(verified)) => (reported, verified),
        (Err(one), Err(other)) => return Err(one.into_iter().chain(other).collect()),
        (Err(found), Ok(_)) | (Ok(_), Err(found)) => return Err(found),
    };
    let mut laying = Laying { sources, corrections, known, reported, verified, superseded: Superseded::default() };
    laying.run();
    let Laying { reported, verified, superseded, .. } = laying;
    let Reading { mut dataset, mut findings, mut encodings, .. } = reported;
    dataset.give_back();
    encodings.extend(verified.encodings);
    findings.extend(verified.findings);
    superseded.retract(&mut findings);
    Ok(Loaded { dataset, findings, encodings, superseded })
}

/// What came of running totals besides values.
struct Settled {
    collisions: Collisions,
    /// What is said of totals that fell.
    fallen: BTreeMap<Key, Finding>,
    /// Every difference, where some totals were verified: they never contradict each other.
    derived: BTreeSet<Key>,
}

/// Lays what was verified and corrected over what was reported.
struct Laying<'a> {
    sources: &'a [Source],
    corrections: &'a [Correction],
    known: Known<'a>,
    reported: Reading,
    verified: Reading,
    superseded: Superseded,
}

impl Laying<'_> {
    /// Running totals first: their differences are values like others [T5].
    fn run(&mut self) {
        let behind = Behind::find(self.sources, self.known, &self.doubtful());
        self.report_several(&behind);
        let (known, findings) = (self.known, &mut self.reported.findings);
        verified::lay_totals((&mut self.reported.totals, &mut self.reported.dataset), &self.verified.totals, &behind, known, findings);
        let totals = (&mut self.reported.totals, &mut self.reported.dataset, &self.verified.dataset);
        let others = correction::apply_to_totals(totals, self.corrections, &behind, known, findings);
        let Settled { collisions, fallen, derived } = self.settle();
        let withdrawn = verified::overlapped(&self.verified.dataset, &self.reported.dataset, &derived, known);
        let behind = behind.and(self.second_look(&collisions, fallen, &withdrawn));
        self.lay(&behind, &withdrawn, &others);
        self.note_superseded(&behind);
    }

    /// Verified figures of their own periods, then corrections.
    fn lay(&mut self, behind: &Behind, withdrawn: &BTreeMap<Key, Key>, corrections: &[&Correction]) {
        let known = self.known;
        let (dataset, findings) = (&mut self.reported.dataset, &mut self.reported.findings);
        if !self.verified.dataset.is_empty() {
            let over = Verified { dataset: &self.verified.dataset, behind, known };
            over.lay(dataset, findings);
            over.withdraw(dataset, withdrawn.keys(), findings);
        }
        if !corrections.is_empty() {
            correction::apply((dataset, &self.reported.totals), corrections, behind, known, findings);
        }
    }

    /// Values whose cells must be looked at: of several kinds, corrected, verified otherwise.
    fn doubtful(&self) -> BTreeSet<Key> {
        let several = [&self.reported, &self.verified].into_iter().flat_map(|read| read.conflicts.iter().chain(&read.chosen)).copied();
        let corrected = self.corrections.iter().flat_map(|correction| std::iter::once(correction.key).chain(correction.as_total()));
        let verified = verified::differing(&self.reported, &self.verified);
        several.chain(corrected).chain(verified).collect()
    }

    /// Names the cells of values that contradict each other, and those of which one counts [D2].
    fn report_several(&mut self, behind: &Behind) {
        let known = self.known;
        for (read, stage) in [(&mut self.reported, Stage::Reported), (&mut self.verified, Stage::Verified)] {
            let conflicts = read.conflicts.iter().filter_map(|key| chosen::conflict(*key, &behind.at(*key, stage), known));
            read.findings.extend(conflicts);
            let chosen = read.chosen.iter().filter_map(|key| chosen::report(*key, stage, behind, &mut self.superseded, known));
            read.findings.extend(chosen);
        }
    }

    /// Puts the differences of running totals beside the values that stand in the files.
    fn settle(&mut self) -> Settled {
        let (mut collisions, mut derived) = (Collisions::new(), BTreeSet::new());
        let has_verified = self.verified.totals.totals().next().is_some();
        let (reported, verified) = (&mut self.reported.dataset, &mut self.verified.dataset);
        let fallen = self.reported.totals.settle(self.known, |Difference { key, cell, of, is_verified, is_filler }| {
            let (organisation, span, item) = key;
            reported.hang(key, of);
            if has_verified {
                derived.insert(key);
            }
            if is_verified {
                let row = verified.row(organisation, span);
                verified.put(row, item, cell, None);
                return;
            }
            let row = reported.row(organisation, span);
            let stands = reported.at(row, item);
            if stands == Cell::Missing {
                reported.put(row, item, cell, None);
            } else if stands != cell && !is_filler {
                collisions.insert(key, cell);
            }
        });
        Settled { collisions, fallen, derived }
    }

    /// What only the differences showed: totals that fell, and values that contradict them; with the cells
    /// behind them.
    fn second_look(&mut self, collisions: &Collisions, fallen: BTreeMap<Key, Finding>, withdrawn: &BTreeMap<Key, Key>) -> Behind {
        let values = collisions.keys().chain(withdrawn.keys()).chain(withdrawn.values()).copied();
        let totals = collisions.keys().chain(withdrawn.values()).filter_map(|key| total_of(*key));
        let wanted = values.chain(totals).chain(fallen.keys().copied()).collect();
        let behind = Behind::find(self.sources, self.known, &wanted);
        for (key, finding) in fallen {
            let place =
                behind.of(key).iter().rev().find(|cell| cell.is_running_total).map_or_else(Place::default, |cell| cell.place.clone());
            let Place { file, sheet, row, column, cell, .. } = place;
            self.reported.findings.push(Finding { place: Place { file, sheet, row, column, cell, ..finding.place }, ..finding });
        }
        let over = Verified { dataset: &self.verified.dataset, behind: &behind, known: self.known };
        for (key, by) in withdrawn {
            let place = over.place(*by);
            for cell in behind.at(*key, Stage::Reported) {
                self.superseded.add(&cell.place, Instead::Verified(place.clone()));
            }
        }
        let found = chosen::settle(collisions, &behind, &mut self.reported.dataset, &mut self.superseded, self.known);
        self.reported.findings.extend(found);
        behind
    }

    /// Cells in whose place something else counts.
    fn note_superseded(&mut self, behind: &Behind) {
        for (key, replaced) in self.reported.dataset.all_replaced() {
            let is_verified = behind.at(key, Stage::Verified).iter().any(|cell| cell.place.of_cell() == replaced.place.of_cell());
            for cell in behind.of(key).iter().filter(|cell| cell.place.of_cell() != replaced.place.of_cell()) {
                let place = replaced.place.clone();
                self.superseded.add(&cell.place, if is_verified { Instead::Verified(place) } else { Instead::Corrected(place) });
            }
        }
    }
}
