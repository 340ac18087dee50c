//! `manifest.json`: what a result was made from, so that it can be made again (DESIGN §5, D5).

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::period::Span;
use crate::report::json::{Provenance, pretty};
use crate::scorebook;
use crate::text::Lang;

/// Name of the file; a folder holding one is a result of this program.
pub const NAME: &str = "manifest.json";

/// The manifest as written. No clock, no absolute path: same inputs, same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the program.
    pub kaohe: String,
    /// The assessed window.
    pub period: String,
    /// Language of the written files.
    pub lang: Lang,
    /// SHA-256 of every other file of this folder, by name: whoever reads a result back knows whether it was changed.
    #[serde(default)]
    pub sha256: BTreeMap<String, String>,
    /// Every input and definition with its hash, the options, the sources nobody verified.
    #[serde(flatten)]
    pub provenance: Provenance,
    /// Names of the files of this folder, this one included.
    pub files: Vec<String>,
}

impl Manifest {
    /// Options that change figures, in the order given.
    pub fn options(&self) -> impl Iterator<Item = (&str, &str)> {
        self.provenance.options.iter().map(|option| (option.key.as_str(), option.value.as_str()))
    }

    /// Checksums of inputs and definitions by path.
    pub fn inputs(&self) -> BTreeMap<String, String> {
        by_path(&self.provenance)
    }
}

/// Checksums of inputs and definitions by path, as a manifest would name them.
pub fn inputs(provenance: &scorebook::Provenance) -> BTreeMap<String, String> {
    by_path(&provenance.into())
}

/// Several files may have one name, where they lie outside the folder of the assessment.
fn by_path(provenance: &Provenance) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for input in &provenance.inputs {
        let sha256 = found.entry(input.path.clone()).or_default();
        if !sha256.contains(&input.sha256) {
            sha256.push_str(if sha256.is_empty() { "" } else { " " });
            sha256.push_str(&input.sha256);
        }
    }
    found
}

/// What every manifest says, whatever it is of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Contents {
    /// Version of the program.
    pub kaohe: String,
    /// SHA-256 of every other file of the folder.
    #[serde(default)]
    pub sha256: BTreeMap<String, String>,
    /// Names of the files of the folder.
    pub files: Vec<String>,
}

/// The manifest of a folder that holds several results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchManifest {
    /// Version of the program.
    pub kaohe: String,
    /// Language of the summary.
    pub lang: Lang,
    /// SHA-256 of every other file of this folder and those below it.
    #[serde(default)]
    pub sha256: BTreeMap<String, String>,
    /// The assessments in the order given: each that was scored has a folder of this name with a manifest of its own.
    pub assessments: Vec<Member>,
    /// Names of the files of this folder and those below it, this one included.
    pub files: Vec<String>,
}

/// One assessment of several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its name.
    pub assessment: String,
    /// What became of it: done · findings · failed
    pub state: String,
}

/// A manifest as written, with the checksums of the files it names.
pub fn sealed(bytes: &[u8], checksums: &BTreeMap<String, String>) -> io::Result<Vec<u8>> {
    let mut manifest: Value = serde_json::from_slice(bytes)?;
    if let Some(place) = manifest.get_mut("sha256") {
        *place = serde_json::to_value(checksums)?;
    }
    pretty(&manifest)
}

/// The manifest of several results.
pub fn of_several(assessments: Vec<Member>, lang: Lang, files: &[String]) -> io::Result<Vec<u8>> {
    pretty(&BatchManifest {
        kaohe: env!("CARGO_PKG_VERSION").to_owned(),
        lang,
        sha256: BTreeMap::new(),
        assessments,
        files: files.to_vec(),
    })
}

/// The manifest of a folder that was made from these definitions.
pub fn of(period: Span, provenance: &scorebook::Provenance, lang: Lang, files: &[String]) -> io::Result<Vec<u8>> {
    pretty(&Manifest {
        kaohe: env!("CARGO_PKG_VERSION").to_owned(),
        period: period.to_string(),
        lang,
        provenance: provenance.into(),
        files: files.to_vec(),
        sha256: BTreeMap::new(),
    })
}
