//! Reading a result back: only as it was written.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use serde::de::IgnoredAny;
use sha2::{Digest, Sha256};

use crate::code::Code;
use crate::codes::{compare as compare_codes, pay as codes};
use crate::definition::kind::kind_of;
use crate::definition::load;
use crate::definition::schema::Kind;
use crate::diagnostic::Diagnostic;
use crate::number::Exact;
use crate::pay::{Scored, Scores};
use crate::report::json;
use crate::report::manifest::{self, Manifest};
use crate::scorebook::Input;
use crate::text::Text;

/// The file that holds the scores.
const BOOK: &str = "scorebook.json";

/// How a reader of results says that one cannot be used.
#[derive(Clone, Copy)]
struct Refusals {
    not_a_result: &'static Code,
    changed: &'static Code,
    newer: Option<&'static Code>,
}

const PAY: Refusals = Refusals { not_a_result: &codes::NOT_A_RESULT, changed: &codes::CHANGED, newer: None };
const COMPARE: Refusals =
    Refusals { not_a_result: &compare_codes::NOT_A_RESULT, changed: &compare_codes::CHANGED, newer: Some(&compare_codes::NEWER) };

/// A result as it was written.
#[derive(Debug)]
pub struct Frozen {
    /// Everything it says, the findings aside.
    pub book: json::Scorebook<IgnoredAny>,
    /// Its manifest, where there is one.
    pub manifest: Option<Manifest>,
    /// The file it stands in.
    pub input: Input,
}

/// The scores of a result folder, and the file they stand in.
///
/// # Errors
/// `pay/not-a-result` where the folder is none, `pay/changed` for every file that is not as it was written.
pub fn scores(folder: &Path) -> Result<(Scores, Input), Vec<Diagnostic>> {
    let frozen = of_folder(folder, PAY)?;
    let scores = of(&frozen.book).ok_or_else(|| Reader { path: folder, refusals: PAY }.cannot(BOOK, &"total, period"))?;
    Ok((scores, frozen.input))
}

/// A result folder, or a scorebook.json by itself, to be compared.
///
/// # Errors
/// `compare/not-a-result` where it is none, `compare/newer-version`, and `compare/changed` for every file that is not as it
/// was written.
pub fn result(path: &Path) -> Result<Frozen, Vec<Diagnostic>> {
    if path.is_dir() {
        return of_folder(path, COMPARE);
    }
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let is_named = path.file_name().is_some_and(|name| name == BOOK);
    // The manifest beside it vouches for it; without one it is taken as it is.
    if is_named && open::<Manifest>(folder, manifest::NAME).is_ok_and(|manifest| manifest.sha256.contains_key(BOOK)) {
        return of_folder(folder, COMPARE);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let sha256 = checksum(path).unwrap_or_default();
    Reader { path, refusals: COMPARE }.book(folder, &name, None, sha256)
}

fn of_folder(folder: &Path, refusals: Refusals) -> Result<Frozen, Vec<Diagnostic>> {
    let reader = Reader { path: folder, refusals };
    if !folder.join(manifest::NAME).is_file() {
        return Err(reader.refuse(Text::new("其中没有 manifest.json", "there is no manifest.json in it")));
    }
    let manifest: Manifest = open(folder, manifest::NAME).map_err(|error| reader.cannot(manifest::NAME, &error))?;
    let Some(sha256) = manifest.sha256.get(BOOK).cloned() else {
        return Err(reader
            .refuse(Text::new("manifest.json 没有 scorebook.json 的校验值", "its manifest.json holds no checksum of a scorebook.json")));
    };
    let is_whole = |name: &str, sha256: &str| checksum(&folder.join(name)).is_ok_and(|found| found == sha256);
    let changed = manifest.sha256.iter().filter(|(name, sha256)| !is_whole(name, sha256));
    let changed = changed.map(|(name, _)| reader.about(reader.refusals.changed).with("file", name.clone()));
    let changed: Vec<Diagnostic> = changed.collect();
    if changed.is_empty() { reader.book(folder, BOOK, Some(manifest), sha256) } else { Err(changed) }
}

/// Reads one result, and says what is wrong with it.
struct Reader<'a> {
    path: &'a Path,
    refusals: Refusals,
}

impl Reader<'_> {
    fn about(&self, code: &'static Code) -> Diagnostic {
        Diagnostic::new(code, None).with("path", self.path.display().to_string())
    }

    fn refuse(&self, why: Text) -> Vec<Diagnostic> {
        vec![self.about(self.refusals.not_a_result).with("why", why)]
    }

    fn cannot(&self, name: &str, error: &dyn std::fmt::Display) -> Vec<Diagnostic> {
        self.refuse(Text::new(format!("不能读取 {name}（{error}）"), format!("{name} cannot be read ({error})")))
    }

    fn book(&self, folder: &Path, name: &str, manifest: Option<Manifest>, sha256: String) -> Result<Frozen, Vec<Diagnostic>> {
        // A newer shape may lack what this one has: the version is asked first.
        let Version { version } = open(folder, name).map_err(|error| self.cannot(name, &error))?;
        match self.refusals.newer {
            _ if version == json::VERSION => {}
            Some(code) if version > json::VERSION => {
                let diagnostic = self.about(code).with("found", version.to_string());
                return Err(vec![diagnostic.with("known", json::VERSION.to_string())]);
            }
            _ => {
                return Err(self.refuse(Text::new(
                    format!("scorebook.json 是第 {version} 版，本程序读第 {} 版", json::VERSION),
                    format!("its scorebook.json is of version {version}, this program reads {}", json::VERSION),
                )));
            }
        }
        let book: json::Scorebook<IgnoredAny> = open(folder, name).map_err(|error| self.cannot(name, &error))?;
        let bytes = std::fs::metadata(folder.join(name)).map(|found| found.len()).unwrap_or_default();
        let input = Input { path: BOOK.to_owned(), role: "result", sha256, bytes, encoding: None, received: None };
        Ok(Frozen { book, manifest, input })
    }
}

/// As much of a scorebook as tells how to read it.
#[derive(serde::Deserialize)]
struct Version {
    version: u32,
}

/// The assessment a result was made from, where its files lie as they were: in the folder that holds the result, in the
/// current one, or in a folder of these. Every input is looked at, so that whichever is found gives the same result.
pub fn assessment_of(result: &Path, book: &json::Scorebook<IgnoredAny>) -> Option<PathBuf> {
    let inputs = &book.provenance.inputs;
    let folder = if result.is_dir() { result } else { result.parent()? };
    let above = folder.parent().filter(|above| *above != Path::new("")).unwrap_or(Path::new("."));
    let here = Path::new(".");
    let folders = [above, here].into_iter().flat_map(|folder| std::iter::once(folder.to_path_buf()).chain(folders_in(folder)));
    let is_assessment = |path: &Path| load(path).is_ok_and(|file| kind_of(&file) == Kind::Assessment);
    let is_here = |folder: &Path, input: &json::Input| {
        let path = folder.join(&input.path);
        path.is_file() && checksum(&path).is_ok_and(|found| found == input.sha256)
    };
    let own = |folder: &PathBuf| {
        let definitions = inputs.iter().filter(|input| input.role == "definition").map(|input| folder.join(&input.path));
        definitions.into_iter().find(|path| path.is_file() && is_assessment(path))
    };
    let is_whole = |folder: &&PathBuf| own(folder).is_some() && inputs.iter().all(|input| is_here(folder, input));
    let folders: Vec<PathBuf> = folders.collect();
    folders.iter().find(is_whole).and_then(own)
}

/// The folders in a folder, sorted; none where it cannot be looked into.
fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// SHA-256 of a file in hex, without holding it.
pub(super) fn checksum(path: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(crate::assessment::files::hex(&hash.finalize())),
            read => hash.update(buffer.get(..read).unwrap_or_default()),
        }
    }
}

pub(super) fn open<T: serde::de::DeserializeOwned>(folder: &Path, name: &str) -> io::Result<T> {
    Ok(serde_json::from_reader(BufReader::new(File::open(folder.join(name))?))?)
}

/// The scores; `None` where a number or the period is none.
fn of(book: &json::Scorebook<IgnoredAny>) -> Option<Scores> {
    let unit = |unit: &json::Unit| {
        let total = match &unit.total {
            Some(total) => Some(total.parse::<Exact>().ok()?),
            None => None,
        };
        let is_provisional = !unit.provisional.is_empty();
        Some(Scored { key: unit.unit.clone(), name: unit.name.clone(), total, grade: unit.grade.clone(), is_provisional })
    };
    Some(Scores {
        period: book.assessment.period.parse().ok()?,
        full_points: book.assessment.full_points.parse().ok()?,
        points_decimals: book.assessment.points_decimals,
        units: book.units.iter().map(unit).collect::<Option<_>>()?,
    })
}
