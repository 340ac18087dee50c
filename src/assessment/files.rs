//! Reading the files an assessment names: paths as reports show them, bytes, hashes.

use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::codes::data as codes;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::intake::encoding::{Encoding, decode};
use crate::intake::source::DataFile;
use crate::intake::unreadable::Unreadable;
use crate::intake::workbook;

/// A path relative to the folder of the assessment, `/` between folders; never an absolute path
/// below it [D5].
pub fn display_path(path: &Path, folder: &Path) -> String {
    let relative = match path.strip_prefix(folder) {
        Ok(relative) => relative,
        // Outside the folder: where it lies on this machine is nobody else's business.
        Err(_) if path.is_absolute() => path.file_name().map_or(path, Path::new),
        Err(_) => path,
    };
    let relative = if relative.is_absolute() { relative.file_name().map_or(relative, Path::new) } else { relative };
    let parts = relative.components().filter_map(|part| match part {
        Component::CurDir | Component::Prefix(_) | Component::RootDir => None,
        part => Some(part.as_os_str().to_string_lossy().into_owned()),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The bytes of a data file, or the diagnostic that says why there are none [D4].
pub fn read_bytes(path: &Path, shown: &str) -> Result<Vec<u8>, Diagnostic> {
    if path.is_dir() {
        return Err(Diagnostic::new(&codes::DIRECTORY, None).with("file", shown));
    }
    let bytes = read_still(path, &|path| std::fs::read(path)).map_err(|error| unreadable(&error, shown))?;
    bytes.ok_or_else(|| Diagnostic::new(&codes::CHANGING, None).with("file", shown))
}

/// What a file holds; `None` if it was written to meanwhile, so that its end may be missing or its beginning be gone.
fn read_still(path: &Path, read: &dyn Fn(&Path) -> io::Result<Vec<u8>>) -> io::Result<Option<Vec<u8>>> {
    let state = || std::fs::metadata(path).map(|file| (file.len(), file.modified().ok(), file.is_file()));
    let before = state()?;
    let bytes = read(path)?;
    let after = state()?;
    // Pipes have neither a length nor an end that is known before.
    let is_still = !after.2 || before == after && after.0 == bytes.len() as u64;
    Ok(is_still.then_some(bytes))
}

/// The same with what is in it, if it is packed.
pub fn read_data(path: &Path, shown: &str) -> Result<DataFile, Diagnostic> {
    data_file(read_bytes(path, shown)?, shown)
}

/// What comes in by standard input, shown as `-`.
pub fn read_standard_input() -> Result<DataFile, Diagnostic> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(|error| unreadable(&error, "-"))?;
    data_file(bytes, "-")
}

fn data_file(bytes: Vec<u8>, shown: &str) -> Result<DataFile, Diagnostic> {
    DataFile::new(shown, bytes).map_err(|unreadable| unreadable.diagnostic(shown))
}

/// Why a file or folder cannot be read.
pub fn unreadable(error: &std::io::Error, shown: &str) -> Diagnostic {
    let code = match error.kind() {
        ErrorKind::NotFound => &codes::NOT_FOUND,
        ErrorKind::PermissionDenied => &codes::NO_PERMISSION,
        _ => return Diagnostic::new(&codes::UNREADABLE, None).with("file", shown).with("error", error.to_string()),
    };
    Diagnostic::new(code, None).with("file", shown)
}

/// A table file of the assessment (registry, judgements) as text, and the file. Of a workbook it is the
/// sheet of that name, or the first one; line n is row n.
pub fn read_text(path: &Path, shown: &str, encoding: Encoding, sheet: Option<&str>) -> Result<(Arc<SourceFile>, DataFile), Diagnostic> {
    let file = read_data(path, shown)?;
    if workbook::is_named_as_workbook(shown) {
        let text = sheet_text(&file.bytes, shown, sheet)?;
        return Ok((SourceFile::new(shown, text), file));
    }
    let decoded = decode(std::borrow::Cow::Borrowed(&file.bytes), encoding).map(|decoded| SourceFile::new(shown, decoded.text()));
    let text = decoded.map_err(|unreadable| unreadable.diagnostic(shown))?;
    Ok((text, file))
}

fn sheet_text(bytes: &[u8], shown: &str, sheet: Option<&str>) -> Result<String, Diagnostic> {
    let is_wanted = |name: &str| sheet == Some(name);
    let wanted: Option<&dyn Fn(&str) -> bool> = if sheet.is_some() { Some(&is_wanted) } else { None };
    let book = workbook::read(bytes, wanted).map_err(|unreadable| unreadable.diagnostic(shown))?;
    match (book.sheets.iter().find(|one| sheet.is_some() || !one.is_blank()), sheet) {
        (Some(found), _) => Ok(found.even_text()),
        (None, Some(sheet)) => {
            let near = crate::text::nearest(sheet, book.names.iter().map(String::as_str));
            let diagnostic = Diagnostic::new(&codes::NO_SUCH_SHEET, None).with("sheet", sheet);
            Err(diagnostic.with("sheets", book.names.join(" · ")).suggest(near))
        }
        (None, None) => Err(Unreadable::NoHeader.diagnostic(shown)),
    }
}

/// SHA-256 in hex.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as pairs of digits.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half a file is never taken for the whole.
    #[test]
    fn a_file_that_grows_while_it_is_read_is_refused() {
        let desk = tempfile::tempdir().expect("a temporary folder");
        let path = desk.path().join("a.csv");
        std::fs::write(&path, "code,visits\nA,1\n").expect("a file");
        assert_eq!(read_still(&path, &|path| std::fs::read(path)).expect("a file").as_deref(), Some(&b"code,visits\nA,1\n"[..]));
        let while_written = |path: &Path| {
            let bytes = std::fs::read(path)?;
            std::fs::write(path, "code,visits\nA,1\nB,2\n")?;
            Ok(bytes)
        };
        assert_eq!(read_still(&path, &while_written).expect("a file"), None);
    }
}
