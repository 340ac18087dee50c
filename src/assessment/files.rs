//! Reading the files an assessment names: paths as reports show them, bytes, hashes.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Component, Path};
use std::sync::{Arc, Mutex};

use sha2::{Digest, Sha256};

use crate::codes::data as codes;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::intake::content::{Content, Opener};
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

/// The bytes of a definition file, or the diagnostic that says why there are none [D4].
pub fn read_bytes(path: &Path, shown: &str) -> Result<Vec<u8>, Diagnostic> {
    let read = || std::fs::read(path).map(|bytes| (bytes.len() as u64, bytes)).map_err(|error| Unreadable::of_system(&error));
    still(path, read).map_err(|fault| fault.diagnostic(shown))
}

/// What a file holds, with its length, unless it was written to meanwhile, so that its end may be missing or its beginning
/// be gone.
fn still<T>(path: &Path, read: impl FnOnce() -> Result<(u64, T), Unreadable>) -> Result<T, Unreadable> {
    let before = state(path)?;
    let (length, content) = read()?;
    let after = state(path)?;
    // Pipes have neither a length nor an end that is known before.
    let (_, there, is_file) = &after;
    let is_still = !is_file || before == after && *there == length;
    if is_still { Ok(content) } else { Err(Unreadable::Changed) }
}

/// What the system says of a file: when it was written to, how long it is, and whether it is one.
fn state(path: &Path) -> Result<(impl Eq + Send + Sync + use<>, u64, bool), Unreadable> {
    let file = std::fs::metadata(path).map_err(|error| Unreadable::of_system(&error))?;
    Ok((file.modified().ok(), file.len(), file.is_file()))
}

/// A file's content; what was written to it meanwhile, or is until it was read to its end, is noticed.
fn content_of(path: &Path) -> Result<Content, Unreadable> {
    let before = state(path)?;
    let (length, there, again) = (before.1, path.to_path_buf(), path.to_path_buf());
    let open: Opener = Box::new(move || Ok(Box::new(File::open(&there)?)));
    Content::of_file(open, length, Box::new(move || state(&again).is_ok_and(|after| after == before)))
}

/// A data file, unpacked if it is packed; a large one is not kept in memory.
pub fn read_data(path: &Path, shown: &str) -> Result<DataFile, Diagnostic> {
    if path.is_dir() {
        return Err(Diagnostic::new(&codes::DIRECTORY, None).with("file", shown));
    }
    let content =
        if path.is_file() { content_of(path) } else { File::open(path).map_err(|error| Unreadable::of_system(&error)).and_then(passing) };
    data_file(content, shown)
}

/// What comes in by standard input, shown as `-`.
pub fn read_standard_input() -> Result<DataFile, Diagnostic> {
    data_file(passing(std::io::stdin().lock()), "-")
}

fn data_file(content: Result<Content, Unreadable>, shown: &str) -> Result<DataFile, Diagnostic> {
    let content = content.map_err(|fault| fault.diagnostic(shown))?;
    Ok(DataFile { path: shown.to_owned(), content: Arc::new(content) })
}

/// What can be read only once: kept in memory up to so many bytes, else in a file without a name, which is gone with the
/// program.
const IN_MEMORY: usize = 1 << 20;

fn passing(mut from: impl Read) -> Result<Content, Unreadable> {
    let mut kept = tempfile::SpooledTempFile::new(IN_MEMORY);
    io::copy(&mut from, &mut kept).map_err(|error| Unreadable::of_system(&error))?;
    let kept = Arc::new(Mutex::new(kept));
    Content::read(Box::new(move || Ok(Box::new(Again { kept: Arc::clone(&kept), at: 0 }))))
}

/// Reads from the first byte what was kept, whoever else does.
struct Again {
    kept: Arc<Mutex<tempfile::SpooledTempFile>>,
    at: u64,
}

impl Read for Again {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut kept = self.kept.lock().map_err(|_| io::Error::from(ErrorKind::Other))?;
        kept.seek(SeekFrom::Start(self.at))?;
        let read = kept.read(out)?;
        self.at += read as u64;
        Ok(read)
    }
}

/// Why a file or folder cannot be read.
pub fn unreadable(error: &std::io::Error, shown: &str) -> Diagnostic {
    Unreadable::of_system(error).diagnostic(shown)
}

/// A table file of the assessment (registry, judgements) as text, and the file. Of a workbook it is the
/// sheet of that name, or the first one; line n is row n.
pub fn read_text(path: &Path, shown: &str, encoding: Encoding, sheet: Option<&str>) -> Result<(Arc<SourceFile>, DataFile), Diagnostic> {
    let file = read_data(path, shown)?;
    if workbook::is_named_as_workbook(shown) {
        let bytes = file.content.whole().map_err(|fault| fault.diagnostic(shown))?;
        let text = sheet_text(&bytes, shown, sheet)?;
        return Ok((SourceFile::new(shown, text), file));
    }
    let text = decode(&file.content, encoding).and_then(|decoded| Ok(SourceFile::new(shown, decoded.whole()?)));
    let text = text.map_err(|unreadable| unreadable.diagnostic(shown))?;
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

/// SHA-256 in hex of what a file is on disk, and its bytes.
pub fn on_disk(file: &DataFile) -> (String, u64) {
    (hex(&file.content.digest()), file.content.on_disk)
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
        assert_eq!(read_bytes(&path, "a.csv").as_deref(), Ok(&b"code,visits\nA,1\n"[..]));
        let while_written = || {
            let bytes = std::fs::read(&path).expect("a file");
            std::fs::write(&path, "code,visits\nA,1\nB,2\n").expect("a file");
            Ok((bytes.len() as u64, bytes))
        };
        assert_eq!(still(&path, while_written), Err(Unreadable::Changed));
    }

    /// D4: a large file is read from disk again; if it is another one then, nothing of it counts.
    #[test]
    fn a_large_file_that_is_another_when_it_is_read_again_is_refused() {
        let desk = tempfile::tempdir().expect("a temporary folder");
        let path = desk.path().join("a.csv");
        // All of it was looked at before, or its beginning only.
        for beginning in ["机构,visits\n", "code,visits\n"] {
            let text = beginning.to_owned() + &"A,1\n".repeat(100_000);
            for change in ["A,2\n", "", "A,1\nA,1\n"] {
                std::fs::write(&path, &text).expect("a file");
                let file = read_data(&path, "a.csv").expect("a file");
                assert_eq!(file.content.whole().as_deref(), Ok(text.as_bytes()));
                let changed = text.strip_suffix("A,1\n").expect("its last row").to_owned() + change;
                std::fs::write(&path, changed).expect("a file");
                assert_eq!(file.content.whole(), Err(Unreadable::Changed), "{change:?}");
                std::fs::write(&path, &text).expect("a file");
                // Also if it is as it was once more.
                assert_eq!(file.content.fault(), Some(&Unreadable::Changed));
            }
        }
        let file = read_data(&path, "a.csv").expect("a file");
        std::fs::remove_file(&path).expect("a file");
        assert!(matches!(file.content.whole(), Err(Unreadable::System(ErrorKind::NotFound, _))));
    }

    #[test]
    fn what_can_be_read_only_once_is_kept() {
        for length in [10, IN_MEMORY + 10] {
            let bytes = vec![b'a'; length];
            let content = passing(&bytes[..]).expect("bytes");
            for _ in 0..2 {
                assert_eq!(content.whole().as_deref(), Ok(&bytes[..]));
            }
        }
    }
}
