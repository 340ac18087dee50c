//! Reading a result back: only as it was written.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use serde::de::IgnoredAny;
use sha2::{Digest, Sha256};

use crate::codes::pay as codes;
use crate::diagnostic::Diagnostic;
use crate::number::Exact;
use crate::pay::{Scored, Scores};
use crate::report::json;
use crate::report::manifest::{self, Manifest};
use crate::scorebook::Input;
use crate::text::Text;

/// The file that holds the scores.
const BOOK: &str = "scorebook.json";

/// The scores of a result folder, and the file they stand in.
///
/// # Errors
/// `pay/not-a-result` where the folder is none, `pay/changed` for every file that is not as it was written.
pub fn scores(folder: &Path) -> Result<(Scores, Input), Vec<Diagnostic>> {
    let path = folder.display().to_string();
    let refuse = |why: Text| vec![Diagnostic::new(&codes::NOT_A_RESULT, None).with("path", path.clone()).with("why", why)];
    let cannot = |name: &str, error: &dyn std::fmt::Display| {
        refuse(Text::new(format!("不能读取 {name}（{error}）"), format!("{name} cannot be read ({error})")))
    };
    if !folder.join(manifest::NAME).is_file() {
        return Err(refuse(Text::new("其中没有 manifest.json", "there is no manifest.json in it")));
    }
    let manifest: Manifest = open(folder, manifest::NAME).map_err(|error| cannot(manifest::NAME, &error))?;
    if !manifest.sha256.contains_key(BOOK) {
        return Err(refuse(Text::new(
            "manifest.json 没有 scorebook.json 的校验值",
            "its manifest.json holds no checksum of a scorebook.json",
        )));
    }
    let is_whole = |name: &str, sha256: &str| checksum(&folder.join(name)).is_ok_and(|found| found == sha256);
    let changed: Vec<Diagnostic> = manifest
        .sha256
        .iter()
        .filter(|(name, sha256)| !is_whole(name, sha256))
        .map(|(name, _)| Diagnostic::new(&codes::CHANGED, None).with("path", path.clone()).with("file", name.clone()))
        .collect();
    if !changed.is_empty() {
        return Err(changed);
    }
    let book: json::Scorebook<IgnoredAny> = open(folder, BOOK).map_err(|error| cannot(BOOK, &error))?;
    if book.version != json::VERSION {
        return Err(refuse(Text::new(
            format!("scorebook.json 是第 {} 版，本程序读第 {} 版", book.version, json::VERSION),
            format!("its scorebook.json is of version {}, this program reads {}", book.version, json::VERSION),
        )));
    }
    let scores = of(&book).ok_or_else(|| cannot(BOOK, &"total, period"))?;
    let bytes = std::fs::metadata(folder.join(BOOK)).map(|found| found.len()).unwrap_or_default();
    let sha256 = manifest.sha256.get(BOOK).cloned().unwrap_or_default();
    Ok((scores, Input { path: BOOK.to_owned(), role: "result", sha256, bytes, encoding: None, received: None }))
}

/// SHA-256 of a file in hex, without holding it.
pub(super) fn checksum(path: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(super::hex(&hash.finalize())),
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
