//! Terms files beside an assessment: the fingerprint of its definitions, the file that stands in place of the data, and parts
//! that are merged.

use std::path::{Path, PathBuf};

use crate::assessment::files::{display_path, read_data, read_standard_input, sha256, unreadable};
use crate::assessment::loader::Loader;
use crate::assessment::sources::listed;
use crate::catalogue::Catalogue;
use crate::codes::terms as codes;
use crate::definition::overrides::Override;
use crate::definition::schema::Kind;
use crate::diagnostic::Diagnostic;
use crate::intake::encoding::Encoding;
use crate::intake::rows::Known;
use crate::intake::source::{DataFile, Layout, Source, Vocabulary};
use crate::intake::terms::resolve;
use crate::registry::Registry;
use crate::scorebook::Input;
use crate::terms::{self, DIGITS, FINGERPRINT, Terms};
use crate::text::Text;

/// Where the figures of an assessment come from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Figures {
    /// From the files that its sources name.
    #[default]
    Files,
    /// The same, to be handed on: nothing that was judged or corrected is looked at.
    HandedOn,
    /// The same at one place of several, where sources may have no file.
    AtOnePlace,
    /// From a terms file; the files of the sources need not exist. `-` is standard input.
    Terms(PathBuf),
}

impl Figures {
    /// True if what was judged and corrected belongs to the run.
    pub(super) fn are_scored(&self) -> bool {
        matches!(self, Self::Files | Self::Terms(_))
    }

    /// The option under which the manifest remembers a terms file.
    pub const OPTION: &str = "terms";
}

/// Settings that change no figure of a source, unless registers are counted for them.
const AFTER_FIGURES: [&str; 5] = ["period", "baseline", "unit", "title", "lang"];

/// What decides the figures: checksums by role, so that names and places of files do not matter.
#[derive(Debug, Default)]
pub(super) struct Deciding(Vec<(&'static str, String)>);

impl Deciding {
    /// Notes a definition or the registry. Line ends are those of the system it was copied to.
    pub(super) fn note(&mut self, role: &'static str, bytes: &[u8]) {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut plain = Vec::with_capacity(bytes.len());
        let mut rest = bytes;
        while let Some(at) = memchr::memmem::find(rest, b"\r\n") {
            let (line, behind) = rest.split_at(at);
            plain.extend_from_slice(line);
            rest = behind.get(1..).unwrap_or_default();
        }
        plain.extend_from_slice(rest);
        self.0.push((role, sha256(&plain)));
    }

    /// The fingerprint, with what flags set otherwise.
    pub(super) fn fingerprint(&self, overrides: &[Override], has_registers: bool) -> String {
        let mut all: Vec<(&str, &str)> = self.0.iter().map(|(role, checksum)| (*role, checksum.as_str())).collect();
        let of_assessment = overrides.iter().filter(|option| option.kind == Kind::Assessment);
        let decides = |option: &&Override| {
            let key = option.text.split('=').next().unwrap_or_default().trim();
            has_registers || !AFTER_FIGURES.contains(&key)
        };
        all.extend(of_assessment.filter(decides).map(|option| ("set", option.text.as_str())));
        all.sort_unstable();
        all.dedup();
        let text = all.iter().fold(String::new(), |text, (role, what)| text + role + " " + what + "\n");
        let digits: String = sha256(text.as_bytes()).chars().take(DIGITS).collect();
        format!("{FINGERPRINT}{digits}")
    }
}

impl Loader<'_> {
    /// Puts the figures of a terms file in the place of what the files of the sources hold.
    pub(super) fn take_terms(
        &mut self,
        path: &Path,
        sources: &mut [Source],
        definitions: &str,
        (catalogue, registry): (&Catalogue, &Registry),
    ) {
        let read = data_file(path, &shown(path, &self.folder)).and_then(|file| {
            let terms = terms_of(&file)?;
            let mut found = Vec::new();
            if terms.definitions != definitions {
                found.push(terms.is_of_other(definitions, Text::new("本考核任务", "this assessment")));
            }
            if !terms.part.is_whole() {
                let diagnostic = Diagnostic::new(&codes::PARTIAL, None).with("file", file.path.as_str());
                found.push(diagnostic.with("part", terms.part.name()));
            }
            // What rows mean is known by the definitions they were made from.
            if !found.is_empty() {
                return Err(found);
            }
            let vocabulary = Vocabulary::new(catalogue);
            Ok((resolve(&terms, sources, Known { registry, vocabulary: &vocabulary })?, file))
        });
        match read {
            Ok((summed, file)) => {
                for (source, summed) in sources.iter_mut().zip(summed) {
                    source.files = vec![file.clone()];
                    source.layout = Layout::Terms(summed.into());
                    source.encoding = Encoding::Auto;
                    // It is not the file here that was received then.
                    source.received = None;
                }
            }
            Err(found) => self.diagnostics.extend(found),
        }
    }
}

fn not_found(path: &str) -> Diagnostic {
    Diagnostic::new(&codes::NOT_FOUND, None).with("path", path)
}

fn data_file(path: &Path, shown: &str) -> Result<DataFile, Vec<Diagnostic>> {
    let read = match path {
        path if path == Path::new("-") => read_standard_input(),
        path if !path.exists() => Err(not_found(shown)),
        path => read_data(path, shown),
    };
    read.map_err(|diagnostic| vec![diagnostic])
}

fn terms_of(file: &DataFile) -> Result<Terms, Vec<Diagnostic>> {
    let bytes = file.content.whole().map_err(|fault| vec![fault.diagnostic(&file.path)])?;
    terms::read(&bytes, &file.path)
}

/// The path of a terms file as results show it.
pub(super) fn shown(path: &Path, folder: &Path) -> String {
    // Without a folder of its own, the assessment stands where the command is run.
    display_path(path, if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
}

/// Where a terms file lies that a manifest remembers: in the folder of the assessment, else where the command is run.
pub fn remembered(shown: &str, folder: &Path) -> PathBuf {
    let within = folder.join(shown);
    if shown != "-" && within.exists() { within } else { PathBuf::from(shown) }
}

/// Fingerprint of the data that shards deal out.
pub fn data_fingerprint(inputs: &[Input]) -> String {
    let mut all: Vec<&str> = inputs.iter().map(|input| input.sha256.as_str()).collect();
    all.sort_unstable();
    sha256(all.join("\n").as_bytes()).chars().take(DIGITS).collect()
}

/// Reads the parts that are merged: paths, patterns, and `-` for standard input.
///
/// # Errors
/// Everything that is wrong with any of them.
pub fn read_parts(paths: &[PathBuf]) -> Result<Vec<Terms>, Vec<Diagnostic>> {
    let (mut parts, mut found) = (Vec::new(), Vec::new());
    for path in paths.iter().flat_map(|path| expanded(path, &mut found).into_iter().collect::<Vec<_>>()).collect::<Vec<_>>() {
        let shown = path.display().to_string();
        match data_file(&path, &shown).and_then(|file| terms_of(&file)) {
            Ok(terms) => parts.push(terms),
            Err(wrong) => found.extend(wrong),
        }
    }
    if found.is_empty() { Ok(parts) } else { Err(found) }
}

/// What a pattern stands for, in order; any other path is itself.
fn expanded(path: &Path, found: &mut Vec<Diagnostic>) -> Vec<PathBuf> {
    let pattern = path.to_string_lossy();
    if !pattern.contains(['*', '?', '[']) || path.exists() {
        return vec![path.to_path_buf()];
    }
    let (mut paths, unread) = glob::glob(&pattern).map(listed).unwrap_or_default();
    paths.sort();
    // A folder that cannot be looked into may hold a part.
    found.extend(unread.iter().map(|error| unreadable(error.error(), &error.path().display().to_string())));
    if paths.is_empty() && unread.is_empty() {
        found.push(not_found(&pattern));
    }
    paths
}
