//! What is wrong, complete and in the order of the files.

use crate::assessment::Assessment;
use crate::diagnostic::Diagnostic;
use crate::intake::open::refusal;

/// Data files that are no tables, where the run stops anyway: all of them stand in one message [D4].
pub(super) fn unreadable(assessment: &Assessment) -> Vec<Diagnostic> {
    let files = assessment.sources.iter().flat_map(|source| source.files.iter().map(move |file| (file, source)));
    files.filter_map(|(file, source)| refusal(file, source)).collect()
}

/// Files stay in the order in which they were read, what is said of one in the order of its lines.
pub(super) fn sort_by_place(diagnostics: &mut [Diagnostic]) {
    let mut files: Vec<String> = Vec::new();
    for path in diagnostics.iter().filter_map(|diagnostic| diagnostic.origin.as_ref()).map(|origin| &origin.file.path) {
        if !files.contains(path) {
            files.push(path.clone());
        }
    }
    diagnostics.sort_by_key(|diagnostic| {
        let place = diagnostic.origin.as_ref();
        (place.is_none(), place.map(|origin| (files.iter().position(|path| *path == origin.file.path), origin.span.start)))
    });
}
