//! An assessment of which some things are those of another: what compares two results replaces one cause after the other.

use std::path::{Path, PathBuf};

use crate::assessment::loader::Loader;
use crate::assessment::{Assessment, Request};
use crate::compare::Cause;
use crate::definition::assessment::Part;
use crate::definition::{AssessmentFile, Located};
use crate::diagnostic::Diagnostic;

/// The assessment that things are taken from, and which.
#[derive(Debug)]
pub(super) struct Other<'a> {
    /// Where it is read.
    pub(super) request: &'a Request,
    /// What is taken from it.
    pub(super) causes: &'a [Cause],
    /// The folder its paths start from.
    pub(super) folder: PathBuf,
}

/// Reads and resolves `own` as if `causes` were those of `other`. All of them make it the other one, its title aside. Both
/// are of one period. Places in the diagnostics may be off: they are told without them.
pub fn load_mixed(own: &Request, other: &Request, causes: &[Cause]) -> (Option<Assessment>, Vec<Diagnostic>) {
    let mut loader = Loader::new(own, true);
    loader.other = Some(Other { request: other, causes, folder: PathBuf::new() });
    let assessment = loader.run();
    let diagnostics: Vec<Diagnostic> = loader.diagnostics.into_iter().map(|one| Diagnostic { origin: None, ..one }).collect();
    let has_errors = diagnostics.iter().any(Diagnostic::is_error);
    (assessment.filter(|_| !has_errors), diagnostics)
}

impl Loader<'_> {
    /// The folder that paths of this kind start from.
    pub(super) fn folder_of(&self, cause: Cause) -> PathBuf {
        let other = self.other.as_ref().filter(|other| other.causes.contains(&cause));
        other.map_or(&*self.folder, |other| &other.folder).to_path_buf()
    }

    /// The request that says what is set otherwise in the criteria.
    pub(super) fn scheme_request(&self) -> &Request {
        self.other.as_ref().filter(|other| other.causes.contains(&Cause::Criteria)).map_or(self.request, |other| other.request)
    }
}

/// What a table of this role is read as.
pub(super) fn cause_of(role: &str) -> Cause {
    match role {
        "data" => Cause::Data,
        "corrections" => Cause::Corrections,
        "judgements" => Cause::Judgements,
        "targets" | "definition" => Cause::Criteria,
        _ => Cause::Registry,
    }
}

/// The folder of an assessment file.
pub(super) fn folder_around(path: &Path) -> PathBuf {
    path.parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// The assessment as written with these things taken from another.
pub(super) fn compose(own: &AssessmentFile, other: &AssessmentFile, causes: &[Cause]) -> AssessmentFile {
    let from = |cause: Cause| if causes.contains(&cause) { other } else { own };
    let [registry, judged, scheme] = [Cause::Registry, Cause::Judgements, Cause::Criteria].map(from);
    // A part is the scheme's; who is scored by it and what was judged are found by its id.
    let same = |side: &AssessmentFile, part: &Part| side.part.iter().find(|one| one.id.value == part.id.value).map(|one| one.value.clone());
    let part = |part: &Located<Part>| {
        let value = Part {
            units: same(registry, part).and_then(|part| part.units),
            judgements: same(judged, part).map(|part| part.judgements).unwrap_or_default(),
            ..part.value.clone()
        };
        Located { value, span: part.span.clone() }
    };
    AssessmentFile {
        organisations: registry.organisations.clone(),
        units: registry.units.clone(),
        waiver: registry.waiver.clone(),
        source: from(Cause::Data).source.clone(),
        corrections: from(Cause::Corrections).corrections.clone(),
        judgements: judged.judgements.clone(),
        criteria: scheme.criteria.clone(),
        targets: scheme.targets.clone(),
        baseline: scheme.baseline.clone(),
        unit_level: scheme.unit_level,
        part: scheme.part.iter().map(part).collect(),
        ..own.clone()
    }
}
