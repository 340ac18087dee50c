//! What a run said of a defect, and whether it changed a score.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use kaohe::assess;
use kaohe::assessment::{Request, load};
use kaohe::code::Severity;
use kaohe::finding::Finding;
use kaohe::text::Lang;

/// Where a defect was put.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spot {
    /// File name.
    pub(crate) file: String,
    /// Line of the file, the header being 1.
    pub(crate) row: Option<u64>,
    /// Header of the column as it stood before.
    pub(crate) column: Option<String>,
    /// Codes of the institutions whose figures it touches.
    pub(crate) organisations: Vec<String>,
}

/// What became of a defect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// A finding or a diagnostic names the place.
    Detected,
    /// A repair that is recorded, and every score is as before.
    Absorbed,
    /// Nothing was said, and every score is as before.
    Harmless,
    /// A score changed and nothing was said.
    SilentWrong,
}

/// A finished run.
pub(crate) enum Run {
    /// Stopped, with what was said.
    Stopped(String),
    /// Finished.
    Done {
        /// Points, totals and the values behind them.
        scores: String,
        /// What was found, with how many alike.
        findings: Vec<Finding>,
    },
}

impl Run {
    /// Points, totals and values; nothing for a run that stopped.
    pub(crate) fn scores(&self) -> &str {
        match self {
            Self::Stopped(_) => "",
            Self::Done { scores, .. } => scores,
        }
    }
}

/// Runs an assessment.
pub(crate) fn run(folder: &Path) -> Run {
    let (assessment, found) = load(&Request { path: folder.to_path_buf(), ..Request::default() });
    let told = |found: &[kaohe::diagnostic::Diagnostic]| found.iter().map(|one| one.render(Lang::En)).collect::<String>();
    let Some(assessment) = assessment else { return Run::Stopped(told(&found)) };
    let mut prepared = match assess::prepare(&assessment) {
        Ok(prepared) => prepared,
        Err(found) => return Run::Stopped(told(&found)),
    };
    let book = assess::assess(&mut prepared).expect("sums");
    let mut scores = String::new();
    for unit in &book.units {
        let _ = writeln!(scores, "{} {:?} {:?} {:?}", unit.key, unit.total, unit.rank, unit.grade);
        for score in &unit.scores {
            let value = score.measure.map(|at| (&unit.measures[at].value, &unit.measures[at].numerator, &unit.measures[at].denominator));
            let _ = writeln!(scores, "  {:?} {:?} {value:?}", score.points, score.state);
        }
    }
    Run::Done { scores, findings: book.findings.iter().map(Cow::into_owned).collect() }
}

/// A finding without the figures in it: what, and where.
fn key(finding: &Finding) -> (String, String) {
    (finding.code.id().to_owned(), format!("{:?}", finding.place))
}

/// Findings of the second run that the first had not, or not so many of.
fn new_findings<'a>(clean: &[Finding], faulty: &'a [Finding]) -> Vec<&'a Finding> {
    let known: BTreeMap<_, u64> = clean.iter().map(|finding| (key(finding), finding.alike)).collect();
    // The first cell of a column's repairs moves when that cell is damaged.
    let mut counted: BTreeMap<_, u64> = BTreeMap::new();
    let column = |finding: &Finding| (finding.code.id(), finding.place.file.clone(), finding.place.column.clone());
    for finding in clean {
        *counted.entry(column(finding)).or_default() += finding.alike;
    }
    let is_new = |finding: &&Finding| match known.get(&key(finding)) {
        Some(alike) => finding.alike > *alike,
        None => finding.alike <= 1 || finding.alike > counted.get(&column(finding)).copied().unwrap_or(0),
    };
    faulty.iter().filter(is_new).collect()
}

fn names(finding: &Finding, spot: &Spot) -> bool {
    let place = &finding.place;
    let of_file = place.file.as_deref().is_some_and(|file| file.ends_with(&spot.file));
    let of_organisation = place.organisation.as_deref().is_some_and(|code| spot.organisations.iter().any(|own| own == code));
    let told = finding.message.render(Lang::En);
    let by_row = place.row.is_some() && place.row == spot.row;
    // A header may have been changed by the defect itself.
    let by_column = place.column.as_ref().zip(spot.column.as_ref()).is_some_and(|(one, other)| one.contains(other.as_str()));
    let whole_file = place.row.is_none() && place.column.is_none() || place.row == Some(1);
    of_file && (by_row || by_column || whole_file || of_organisation || spot.row.is_none())
        || of_organisation && (place.file.is_none() || of_file)
        || told.contains(&spot.file)
}

/// What became of a defect at this place.
pub(crate) fn outcome(clean: &Run, faulty: &Run, spot: &Spot) -> Outcome {
    let (Run::Done { scores, findings }, faulty) = (clean, faulty) else { panic!("the example itself runs") };
    let (faulty_scores, faulty_findings) = match faulty {
        Run::Stopped(told) if told.contains(&spot.file) => return Outcome::Detected,
        Run::Stopped(told) => panic!("stopped without naming {}: {told}", spot.file),
        Run::Done { scores, findings } => (scores, findings),
    };
    let said: Vec<&Finding> = new_findings(findings, faulty_findings).into_iter().filter(|finding| names(finding, spot)).collect();
    let worst = said.iter().map(|finding| finding.severity()).max();
    match (worst, faulty_scores == scores) {
        (None, true) => Outcome::Harmless,
        (None, false) => Outcome::SilentWrong,
        (Some(Severity::Info), true) => Outcome::Absorbed,
        (Some(_), _) => Outcome::Detected,
    }
}
