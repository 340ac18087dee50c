//! Data files that are looked at while the registry is read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::assessment::files::{display_path, read_data};
use crate::assessment::sources::matching;
use crate::definition::{Located, located::Words, source};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::intake::source::DataFile;

/// What the paths of sources stand for, as far as it was looked at beforehand, by where they are written and what.
#[derive(Debug)]
pub struct Ahead(BTreeMap<(usize, String), Found>);

/// The files a path stands for, and what is wrong with it or them.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) files: Vec<DataFile>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Ahead {
    /// Looks at the files of these sources while something else is done. Standard input is left alone: somebody may sit
    /// before it.
    pub(super) fn of<T: Send>(
        (sources, file, folder): (&[Located<source::Source>], &Arc<SourceFile>, &Path),
        meanwhile: impl FnOnce() -> T + Send,
    ) -> (Self, T) {
        let paths = || sources.par_iter().map(|source| &source.path).filter(|path| path.value != "-");
        rayon::join(|| Self(paths().map(|path| (key(path), look(path, file, folder))).collect()), meanwhile)
    }

    /// What a path stands for; one that was not looked at is looked at now.
    pub(super) fn found(&self, path: &Words, file: &Arc<SourceFile>, folder: &Path) -> Found {
        self.0.get(&key(path)).cloned().unwrap_or_else(|| look(path, file, folder))
    }
}

fn key(path: &Words) -> (usize, String) {
    (path.span.start, path.value.clone())
}

fn look(path: &Words, file: &Arc<SourceFile>, folder: &Path) -> Found {
    let mut diagnostics = Vec::new();
    let matching = matching(path, file, folder, &mut diagnostics);
    let read = |path: &PathBuf| read_data(path, &display_path(path, folder));
    let read: Vec<Result<DataFile, Diagnostic>> = matching.par_iter().map(read).collect();
    let mut files = Vec::new();
    for read in read {
        match read {
            Ok(file) => files.push(file),
            Err(diagnostic) => diagnostics.push(Diagnostic { origin: Some(path.origin(file)), ..diagnostic }),
        }
    }
    Found { files, diagnostics }
}
