//! A result folder as it stands, beside what its manifest says of it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::frozen::{checksum, open as parsed};
use super::{Existing, entries, write_file};
use crate::assessment::terms::Figures;
use crate::codes::verify as codes;
use crate::diagnostic::Diagnostic;
use crate::report::json::Input;
use crate::report::manifest::{self, Contents, Manifest};
use crate::text::Text;
use crate::verify::{Difference, Step, Way, checksums};

/// The file that marks a frozen result.
pub const MARK: &str = "frozen.json";

/// The file that holds the figures.
const BOOK: &str = "scorebook.json";

/// A result folder as it was recorded.
#[derive(Debug)]
pub struct Recorded {
    folder: PathBuf,
    contents: Contents,
    /// The manifest of one result; `None` for a folder of several.
    pub manifest: Option<Manifest>,
}

/// What marks a result as frozen: the checksum of its manifest, which holds those of all other files.
#[derive(Debug, Serialize, Deserialize)]
struct Mark {
    /// Version of the program.
    kaohe: String,
    /// SHA-256 of the manifest.
    manifest: String,
}

/// Opens a result folder.
///
/// # Errors
/// `verify/not-a-result` where there is no manifest, or none that can be read.
pub fn open(folder: &Path) -> Result<Recorded, Diagnostic> {
    let refuse = |why: Text| Diagnostic::new(&codes::NOT_A_RESULT, None).with("path", folder.display().to_string()).with("why", why);
    if !folder.join(manifest::NAME).is_file() {
        return Err(refuse(Text::new("其中没有 manifest.json", "there is no manifest.json in it")));
    }
    let contents: Contents = parsed(folder, manifest::NAME).map_err(|error| {
        refuse(Text::new(format!("不能读取 manifest.json（{error}）"), format!("its manifest.json cannot be read ({error})")))
    })?;
    let manifest = parsed(folder, manifest::NAME).ok();
    Ok(Recorded { folder: folder.to_path_buf(), contents, manifest })
}

impl Recorded {
    /// Version of the program that wrote it.
    pub fn version(&self) -> &str {
        &self.contents.kaohe
    }

    /// Checksums of its files as recorded.
    pub fn checksums(&self) -> &BTreeMap<String, String> {
        &self.contents.sha256
    }

    /// Its files that are not as recorded. Of a frozen result the manifest is looked at, too.
    ///
    /// # Errors
    /// Where the folder cannot be looked into.
    pub fn files(&self) -> io::Result<Vec<Difference>> {
        let mut now = BTreeMap::new();
        for name in entries(&self.folder)? {
            let is_mark = name.rsplit('/').next() == Some(MARK);
            if !is_mark && name != manifest::NAME {
                // What cannot be read is not what was written.
                now.insert(name.clone(), checksum(&self.folder.join(&name)).unwrap_or_default());
            }
        }
        let mut found = checksums(Step::Files, &self.contents.sha256, &now);
        if let Some(mark) = self.mark() {
            let now = self.manifest_checksum()?;
            if mark.manifest != now {
                found.push(Difference::of_file(Step::Files, Way::Changed, manifest::NAME, &mark.manifest, &now));
            }
        }
        Ok(found)
    }

    /// Inputs that are not as recorded, looked for below a folder; a terms file where `terms` says that it lies.
    pub fn inputs(&self, folder: &Path, terms: &dyn Fn(&str) -> PathBuf) -> Vec<Difference> {
        let inputs = self.manifest.iter().flat_map(|manifest| &manifest.provenance.inputs);
        let is_terms =
            |input: &Input| self.manifest.iter().any(|manifest| manifest.options().any(|option| option == (Figures::OPTION, &input.path)));
        let path = |input: &Input| if is_terms(input) { terms(&input.path) } else { folder.join(&input.path) };
        let difference = |input: &Input| match checksum(&path(input)) {
            Ok(now) if now == input.sha256 => None,
            Ok(now) => Some(Difference::of_file(Step::Inputs, Way::Changed, &input.path, &input.sha256, &now)),
            Err(_) => Some(Difference::of_file(Step::Inputs, Way::Missing, &input.path, &input.sha256, "")),
        };
        inputs.filter_map(difference).collect()
    }

    /// Its figures; `None` where it holds none.
    ///
    /// # Errors
    /// `verify/not-a-result` where they cannot be read.
    pub fn book(&self) -> Result<Option<Value>, Diagnostic> {
        if !self.contents.files.iter().any(|name| name == BOOK) {
            return Ok(None);
        }
        let refuse = |error: io::Error| {
            let why = Text::new(format!("不能读取 {BOOK}（{error}）"), format!("its {BOOK} cannot be read ({error})"));
            Diagnostic::new(&codes::NOT_A_RESULT, None).with("path", self.folder.display().to_string()).with("why", why)
        };
        parsed(&self.folder, BOOK).map(Some).map_err(refuse)
    }

    /// SHA-256 of the manifest as it stands.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn manifest_checksum(&self) -> io::Result<String> {
        checksum(&self.folder.join(manifest::NAME))
    }

    /// Marks the result as frozen: `--force` leaves it alone from now on.
    ///
    /// # Errors
    /// `output/no-permission` and the like.
    pub fn freeze(&self) -> Result<(), Diagnostic> {
        let path = self.folder.join(MARK);
        let bytes = self.manifest_checksum().and_then(|manifest| {
            let mut bytes = serde_json::to_vec_pretty(&Mark { kaohe: env!("CARGO_PKG_VERSION").to_owned(), manifest })?;
            bytes.push(b'\n');
            Ok(bytes)
        });
        let failed = |error: io::Error| {
            let what = Diagnostic::new(&crate::codes::output::FAILED, None).with("path", path.display().to_string());
            what.with("error", error.to_string())
        };
        write_file(&path, &bytes.map_err(failed)?, Existing::Replace)
    }

    /// The mark of a frozen result; one that cannot be read is no seal, and nothing is equal to it.
    fn mark(&self) -> Option<Mark> {
        let path = self.folder.join(MARK);
        let unreadable = || Mark { kaohe: String::new(), manifest: String::new() };
        fs::metadata(path).ok().map(|_| parsed(&self.folder, MARK).unwrap_or_else(|_| unreadable()))
    }
}
