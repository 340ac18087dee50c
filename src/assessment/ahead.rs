//! Data files that are looked at while the registry is read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::assessment::files::{display_path, read_data};
use crate::assessment::sources::matching;
use crate::definition::{Located, source};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::intake::source::DataFile;

/// Files that were looked at beforehand, and why some could not be. Whoever asks for another one waits for it.
#[derive(Debug, Default)]
pub struct Ahead(Mutex<BTreeMap<PathBuf, Result<DataFile, Diagnostic>>>);

impl Ahead {
    /// Looks at the files of these sources while something else is done. What is wrong with their paths is said by whoever
    /// asks for the files. Standard input is left alone: somebody may sit before it.
    pub(super) fn of<T: Send>(
        (sources, file, folder): (&[Located<source::Source>], &Arc<SourceFile>, &Path),
        meanwhile: impl FnOnce() -> T + Send,
    ) -> (Self, T) {
        let look = || {
            let paths = sources.iter().map(|source| &source.path).filter(|path| path.value != "-");
            let found: BTreeSet<PathBuf> = paths.flat_map(|path| matching(path, file, folder, &mut Vec::new())).collect();
            let read = found.into_par_iter().map(|path| (path.clone(), read_data(&path, &display_path(&path, folder))));
            Self(Mutex::new(read.collect()))
        };
        rayon::join(look, meanwhile)
    }

    /// The file of this path.
    pub(super) fn file(&self, path: &Path, folder: &Path) -> Result<DataFile, Diagnostic> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(path);
        known.unwrap_or_else(|| read_data(path, &display_path(path, folder)))
    }
}
