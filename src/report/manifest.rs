//! `manifest.json`: what a result was made from, so that it can be made again (DESIGN §5, D5).

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};

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

/// A manifest as written, with the checksums of the files it names.
pub fn sealed(bytes: &[u8], checksums: &BTreeMap<String, String>) -> io::Result<Vec<u8>> {
    let manifest: Manifest = serde_json::from_slice(bytes)?;
    pretty(&Manifest { sha256: checksums.clone(), ..manifest })
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
