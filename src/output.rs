//! The only writer of results: a folder appears whole or not at all.
//!
//! Files go to a temporary folder beside the target, which is then renamed into place. An earlier
//! result is first moved aside and deleted last, so that at every moment one whole result exists.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::code::Code;
use crate::codes::output as codes;
use crate::diagnostic::Diagnostic;
use crate::report;
use crate::report::manifest::{self, Contents};

mod content;
pub mod frozen;
pub mod interrupt;
pub mod recorded;

use content::fill;
pub use content::{Checksums, checksums};
use interrupt::Writing;

/// What may happen to an earlier result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Existing {
    /// It stays; writing is refused.
    #[default]
    Keep,
    /// It is replaced as a whole (`--force`).
    Replace,
    /// It is replaced if its first line is that of what is written.
    ReplaceAlike,
    /// It stays, whatever it is: no earlier result but somebody's own files.
    Foreign,
}

/// Files of the operating system that nobody put there on purpose.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Writes a folder with these files, `/` between folders of a name. The diagnostic returned beside
/// success is a warning.
///
/// # Errors
/// `output/exists`, `output/not-ours` and the like; then nothing has changed.
pub fn write_folder(target: &Path, files: &[report::File], existing: Existing) -> Result<Option<Diagnostic>, Diagnostic> {
    let mut staged = stage(target, existing)?;
    let checksums = staged.fill("", files)?;
    staged.keep(checksums);
    staged.place()
}

/// A folder that is being written beside its place, where nobody sees it. Dropped, it is gone.
pub struct Staged<'a> {
    plan: Plan<'a>,
    fresh: TempDir,
    checksums: Checksums,
    // Last, so that it outlives the folder.
    _writing: Writing,
}

/// Begins a folder that is written in several steps, for the same targets as [`write_folder`].
///
/// # Errors
/// As those of [`write_folder`], before anything is written.
pub fn stage(target: &Path, existing: Existing) -> Result<Staged<'_>, Diagnostic> {
    let plan = Plan::new(target, existing)?;
    let writing = Writing::begin();
    let fresh = plan.beside(".kaohe-").map_err(|error| plan.failed(&error))?;
    Ok(Staged { plan, fresh, checksums: Checksums::new(), _writing: writing })
}

impl Staged<'_> {
    /// Writes files into a folder of it, or with `""` beside its folders; their checksums. May be called by several at once.
    ///
    /// # Errors
    /// `output/failed` and the like.
    pub fn fill(&self, folder: &str, files: &[report::File]) -> Result<Checksums, Diagnostic> {
        let known = if folder.is_empty() { self.checksums.clone() } else { Checksums::new() };
        fill(&self.fresh.path().join(folder), files, known).map_err(|error| self.plan.failed(&error))
    }

    /// Takes a folder of it away again, as far as it was written.
    pub fn discard(&self, folder: &str) {
        // What was never begun cannot be taken away.
        let _ = fs::remove_dir_all(self.fresh.path().join(folder));
    }

    /// Remembers checksums for a manifest that stands above the folders.
    pub fn keep(&mut self, checksums: Checksums) {
        self.checksums.extend(checksums);
    }

    /// Puts the folder into its place. The diagnostic returned beside success is a warning.
    ///
    /// # Errors
    /// As those of [`write_folder`].
    pub fn place(self) -> Result<Option<Diagnostic>, Diagnostic> {
        let Self { plan, fresh, .. } = self;
        if plan.replaces { plan.replace(fresh) } else { plan.place(fresh).map(|()| None).map_err(|error| plan.failed(&error)) }
    }
}

/// Writes one file, whole or not at all.
///
/// # Errors
/// `output/file-exists` and the like; then nothing has changed.
pub fn write_file(target: &Path, bytes: &[u8], existing: Existing) -> Result<(), Diagnostic> {
    let replaces = matches!(existing, Existing::Replace | Existing::ReplaceAlike);
    let plan = Plan { shown: target, parent: parent(target), target: target.to_path_buf(), replaces };
    let refuse = |code| Diagnostic::new(code, None).with("path", target.display().to_string());
    let is_mark = target.file_name() == Some(OsStr::new(recorded::MARK));
    if !is_mark && plan.parent.join(recorded::MARK).exists() {
        return Err(refuse(&codes::FROZEN).with("entry", recorded::MARK));
    }
    match fs::metadata(target) {
        Ok(found) if found.is_dir() => return Err(refuse(&codes::NOT_A_FILE)),
        Ok(_) if !plan.replaces => return Err(refuse(&codes::FILE_EXISTS)),
        Ok(_) if existing == Existing::ReplaceAlike && !is_alike(target, bytes) => return Err(refuse(&codes::OTHER_FILE)),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound && !plan.parent.is_dir() => {
            return Err(refuse(&codes::PARENT_MISSING).with("parent", plan.parent.display().to_string()));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(plan.failed(&error)),
    }
    plan.put(bytes).map_err(|error| plan.failed(&error))
}

/// True if a file begins with the first line of these bytes.
fn is_alike(target: &Path, bytes: &[u8]) -> bool {
    let line = bytes.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
    fs::read(target).is_ok_and(|there| there.starts_with(line))
}

/// Where the folder goes.
struct Plan<'a> {
    /// As the user wrote it, for messages.
    shown: &'a Path,
    parent: PathBuf,
    target: PathBuf,
    replaces: bool,
}

impl<'a> Plan<'a> {
    /// Looks before anything is written.
    fn new(shown: &'a Path, existing: Existing) -> Result<Self, Diagnostic> {
        let refuse = |code| Diagnostic::new(code, None).with("path", shown.display().to_string());
        if shown.file_name().is_none() {
            return Err(refuse(&codes::NO_NAME));
        }
        let mut plan = Self { shown, parent: parent(shown), target: shown.to_path_buf(), replaces: false };
        match fs::metadata(shown) {
            Ok(found) if found.is_dir() => {
                // A link is followed, so that the folder behind it is replaced and not the link.
                plan.target = fs::canonicalize(shown).map_err(|error| plan.failed(&error))?;
                plan.parent = parent(&plan.target);
                plan.replaces = plan.may_replace(existing)?;
                Ok(plan)
            }
            Ok(_) => Err(refuse(&codes::NOT_A_FOLDER)),
            Err(error) if error.kind() == io::ErrorKind::NotFound && !plan.parent.is_dir() => {
                Err(refuse(&codes::PARENT_MISSING).with("parent", plan.parent.display().to_string()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(plan),
            Err(error) => Err(plan.failed(&error)),
        }
    }

    /// True for a folder that is there and may go. An empty one always may.
    fn may_replace(&self, existing: Existing) -> Result<bool, Diagnostic> {
        let refuse = |code| Diagnostic::new(code, None).with("path", self.shown.display().to_string());
        let entries = entries(&self.target).map_err(|error| self.failed(&error))?;
        if entries.is_empty() {
            return Ok(true);
        }
        match existing {
            Existing::Keep => return Err(refuse(&codes::EXISTS)),
            Existing::Foreign => return Err(refuse(&codes::OCCUPIED)),
            Existing::Replace | Existing::ReplaceAlike => {}
        }
        if let Some(entry) = entries.iter().find(|entry| entry.rsplit('/').next() == Some(recorded::MARK)) {
            return Err(refuse(&codes::FROZEN).with("entry", entry.clone()));
        }
        let ours = fs::read(self.target.join(manifest::NAME)).ok().and_then(|bytes| serde_json::from_slice::<Contents>(&bytes).ok());
        let known = ours.map_or_else(Vec::new, |manifest| manifest.files);
        match entries.into_iter().find(|entry| !known.contains(entry)) {
            Some(entry) => Err(refuse(&codes::NOT_OURS).with("entry", entry)),
            None => Ok(true),
        }
    }

    /// An empty folder beside the target, deleted when dropped.
    fn beside(&self, prefix: &str) -> io::Result<TempDir> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(prefix);
        // A result is for colleagues too; the usual mask of the user applies.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
        builder.tempdir_in(&self.parent)
    }

    /// Renames the new folder into place.
    fn place(&self, fresh: TempDir) -> io::Result<()> {
        fs::rename(fresh.path(), &self.target)?;
        // The folder has another name now; there is nothing left to delete.
        let _ = fresh.keep();
        sync_folder(&self.parent)
    }

    /// Moves the earlier result aside, places the new one, deletes the earlier one.
    fn replace(&self, fresh: TempDir) -> Result<Option<Diagnostic>, Diagnostic> {
        let name = self.target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let aside = self.beside(&format!("{name}.old-")).map_err(|error| self.failed(&error))?;
        let old = aside.path().join(&name);
        fs::rename(&self.target, &old).map_err(|error| self.failed(&error))?;
        if let Err(error) = self.place(fresh) {
            if fs::rename(&old, &self.target).is_ok() {
                return Err(self.failed(&error));
            }
            return Err(self.about(&codes::STRANDED, &error).with("old", aside.keep().join(&name).display().to_string()));
        }
        let left = aside.path().display().to_string();
        Ok(aside.close().err().map(|error| self.about(&codes::OLD_LEFT, &error).with("old", left)))
    }

    /// Writes a file beside the target, which is then renamed into place.
    fn put(&self, bytes: &[u8]) -> io::Result<()> {
        let fresh = self.beside(".kaohe-")?;
        let path = fresh.path().join("file");
        let mut out = File::create_new(&path)?;
        out.write_all(bytes)?;
        out.sync_all()?;
        fs::rename(&path, &self.target)?;
        sync_folder(&self.parent)
    }

    fn about(&self, code: &'static Code, error: &io::Error) -> Diagnostic {
        // A temporary folder adds its own path, which says nothing to the reader and changes every time.
        let text = error.to_string();
        let said = text.split(" at path ").next().unwrap_or_default();
        Diagnostic::new(code, None).with("path", self.shown.display().to_string()).with("error", said)
    }

    /// The diagnostic for an error of the system.
    fn failed(&self, error: &io::Error) -> Diagnostic {
        let code = match error.kind() {
            _ if interrupt::came() => &codes::INTERRUPTED,
            _ if is_held_open(error) => &codes::HELD_OPEN,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => &codes::NO_PERMISSION,
            _ => &codes::FAILED,
        };
        self.about(code, error)
    }
}

/// Sharing and lock violations, as Windows reports a file that a spreadsheet program has open.
fn is_held_open(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

/// The folder above; a bare name stands in the current folder.
fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// Names of the files in a folder and below it, `/` between folders, sorted, without what the
/// operating system left there. A folder without files counts by its own name.
fn entries(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if LITTER.contains(&name.as_str()) {
            continue;
        }
        // A link is somebody's own and not looked behind.
        let below = if entry.file_type()?.is_dir() { entries(&entry.path())? } else { Vec::new() };
        if below.is_empty() {
            names.push(name);
        } else {
            names.extend(below.into_iter().map(|inner| format!("{name}/{inner}")));
        }
    }
    names.sort();
    Ok(names)
}

/// Makes the names of a folder durable. Windows offers no such call.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A place to write, and the names that stand in it.
    struct Desk(TempDir);

    impl Desk {
        fn new() -> Self {
            Self(tempfile::tempdir().expect("a temporary folder"))
        }

        fn at(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn names(&self, name: &str) -> Vec<String> {
            entries(&self.at(name)).expect("a folder")
        }
    }

    /// A result of two files.
    fn result(total: &str) -> Vec<report::File<'_>> {
        let manifest = r#"{"kaohe":"0","period":"2025","lang":"zh","inputs":[],"options":[],"catalogues":[],"unverified":[],
            "files":["summary.csv","manifest.json"]}"#;
        vec![report::File::of("summary.csv", total), report::File::of("manifest.json", manifest)]
    }

    fn code(result: Result<Option<Diagnostic>, Diagnostic>) -> &'static str {
        result.expect_err("refused").code.id()
    }

    #[test]
    fn a_folder_appears_with_its_files_and_nothing_beside_it() {
        let desk = Desk::new();
        assert_eq!(write_folder(&desk.at("结果"), &result("85"), Existing::Keep), Ok(None));
        assert_eq!(desk.names("结果"), ["manifest.json", "summary.csv"]);
        assert_eq!(desk.names(""), ["结果/manifest.json", "结果/summary.csv"]);
    }

    #[test]
    fn an_earlier_result_stays_unless_force_is_given() {
        let desk = Desk::new();
        let target = desk.at("out");
        let read = || fs::read_to_string(target.join("summary.csv")).expect("a file");
        write_folder(&target, &result("old"), Existing::Keep).expect("written");
        assert_eq!(code(write_folder(&target, &result("new"), Existing::Keep)), "output/exists");
        assert_eq!(read(), "old");
        assert_eq!(write_folder(&target, &result("new"), Existing::Replace), Ok(None));
        assert_eq!(read(), "new");
        assert_eq!(desk.names(""), ["out/manifest.json", "out/summary.csv"]);
    }

    #[test]
    fn a_folder_with_a_file_of_somebody_else_is_never_replaced() {
        let desk = Desk::new();
        let target = desk.at("out");
        write_folder(&target, &result("old"), Existing::Keep).expect("written");
        fs::write(target.join("notes.docx"), "mine").expect("a file");
        assert_eq!(code(write_folder(&target, &result("new"), Existing::Replace)), "output/not-ours");
        assert_eq!(desk.names("out"), ["manifest.json", "notes.docx", "summary.csv"]);
        fs::create_dir(desk.at("photos")).expect("a folder");
        fs::write(desk.at("photos").join("a.jpg"), "mine").expect("a file");
        assert_eq!(code(write_folder(&desk.at("photos"), &result("new"), Existing::Replace)), "output/not-ours");
        assert_eq!(desk.names(""), ["out/manifest.json", "out/notes.docx", "out/summary.csv", "photos/a.jpg"]);
    }

    #[test]
    fn a_file_is_written_whole_and_replaced_with_force_only() {
        let desk = Desk::new();
        let target = desk.at("手册.html");
        assert_eq!(write_file(&target, b"one", Existing::Keep), Ok(()));
        assert_eq!(write_file(&target, b"two", Existing::Keep).expect_err("refused").code.id(), "output/file-exists");
        assert_eq!(fs::read(&target).expect("a file"), b"one");
        assert_eq!(write_file(&target, b"two", Existing::Replace), Ok(()));
        assert_eq!(fs::read(&target).expect("a file"), b"two");
        assert_eq!(write_file(desk.0.path(), b"", Existing::Replace).expect_err("refused").code.id(), "output/not-a-file");
        assert_eq!(write_file(&desk.at("no/a.html"), b"", Existing::Keep).expect_err("refused").code.id(), "output/parent-missing");
        assert_eq!(desk.names(""), ["手册.html"]);
    }

    #[test]
    fn an_empty_folder_is_filled_without_force() {
        let desk = Desk::new();
        fs::create_dir(desk.at("out")).expect("a folder");
        assert_eq!(write_folder(&desk.at("out"), &result("85"), Existing::Keep), Ok(None));
        assert_eq!(desk.names(""), ["out/manifest.json", "out/summary.csv"]);
    }

    #[test]
    fn a_target_that_cannot_be_a_folder_is_refused_by_its_own_code() {
        let desk = Desk::new();
        fs::write(desk.at("file"), "").expect("a file");
        assert_eq!(code(write_folder(&desk.at("file"), &result(""), Existing::Replace)), "output/not-a-folder");
        assert_eq!(code(write_folder(&desk.at("no/such/place"), &result(""), Existing::Keep)), "output/parent-missing");
        assert_eq!(code(write_folder(Path::new(".."), &result(""), Existing::Replace)), "output/no-name");
        assert_eq!(desk.names(""), ["file"]);
    }

    #[test]
    fn a_folder_of_several_results_appears_at_once_without_what_was_discarded() {
        let desk = Desk::new();
        let out = desk.at("out");
        let mut staged = stage(&out, Existing::Keep).expect("a place");
        staged.fill("a", &result("85")).expect("written");
        let of_b = staged.fill("b", &result("86")).expect("written");
        assert!(!out.exists(), "nothing is seen before all is there");
        staged.discard("a");
        staged.keep(of_b.into_iter().map(|(name, sha256)| (format!("b/{name}"), sha256)).collect());
        let own = staged.fill("", &result("both")).expect("written");
        assert!(own.contains_key("b/summary.csv") && own.contains_key("manifest.json"), "{own:?}");
        assert_eq!(staged.place(), Ok(None));
        assert_eq!(desk.names(""), ["b/manifest.json", "b/summary.csv", "manifest.json", "summary.csv"].map(|name| format!("out/{name}")));
        drop(stage(&desk.at("other"), Existing::Keep).expect("a place"));
        assert!(!desk.names("").iter().any(|name| !name.starts_with("out/")), "dropped, it is gone");
    }

    /// A file that cannot be created half-way through leaves neither a folder nor a temporary one.
    #[test]
    fn a_failure_half_way_leaves_nothing_behind() {
        let desk = Desk::new();
        let mut files = result("85");
        files.push(report::File::of("summary.csv", "86"));
        assert_eq!(code(write_folder(&desk.at("out"), &files, Existing::Keep)), "output/failed");
        assert!(desk.names("").is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn the_folder_behind_a_link_is_replaced_and_the_link_stays() {
        let desk = Desk::new();
        write_folder(&desk.at("real"), &result("old"), Existing::Keep).expect("written");
        std::os::unix::fs::symlink(desk.at("real"), desk.at("link")).expect("a link");
        assert_eq!(write_folder(&desk.at("link"), &result("new"), Existing::Replace), Ok(None));
        assert!(fs::symlink_metadata(desk.at("link")).expect("a link").is_symlink());
        assert_eq!(fs::read_to_string(desk.at("real").join("summary.csv")).expect("a file"), "new");
    }
}
