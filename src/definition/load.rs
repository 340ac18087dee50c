//! Reading a definition file from disk.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use crate::codes::definition as codes;
use crate::diagnostic::{Diagnostic, Origin, SourceFile};
use crate::text::{Text, nearest};

/// The text of a definition file. A byte-order mark is left out.
pub fn load(path: &Path) -> Result<Arc<SourceFile>, Diagnostic> {
    let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(SourceFile::new(path.display().to_string(), text)),
        Err(error) => Err(not_utf8(path, bytes, error.valid_up_to())),
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    let reason = match error.kind() {
        _ if path.is_dir() => Text::new("这是文件夹，不是文件", "this is a folder, not a file"),
        ErrorKind::NotFound => Text::new("没有这个文件", "there is no such file"),
        ErrorKind::PermissionDenied => Text::new("没有读取权限", "permission to read it is denied"),
        _ => Text::new(format!("无法读取({error})"), format!("it cannot be read ({error})")),
    };
    let near = if error.kind() == ErrorKind::NotFound { neighbours(path) } else { Vec::new() };
    Diagnostic::new(&codes::UNREADABLE, None)
        .with("path", path.display().to_string())
        .with("reason", reason)
        .suggest(near.iter().map(String::as_str))
}

/// Files of the same folder with a name like this one's.
fn neighbours(path: &Path) -> Vec<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return Vec::new() };
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_file())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    nearest(name, names.iter().map(String::as_str)).into_iter().map(|near| path.with_file_name(near).display().to_string()).collect()
}

/// Points at the first byte that is not UTF-8, and says what the encoding seems to be.
fn not_utf8(path: &Path, bytes: &[u8], valid: usize) -> Diagnostic {
    let is_utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let (_, _, has_errors) = encoding_rs::GB18030.decode(bytes);
    let guess = if is_utf16 {
        Text::new("像是 UTF-16", "it looks like UTF-16")
    } else if bytes.contains(&0) {
        Text::new("像是二进制文件", "it looks like a binary file")
    } else if has_errors {
        Text::new("编码无法判断", "the encoding cannot be told")
    } else {
        Text::new("像是 GB18030(GBK)", "it looks like GB18030 (GBK)")
    };
    let file = SourceFile::new(path.display().to_string(), String::from_utf8_lossy(bytes));
    // The text before is valid, so it has the same length in both; the mark for a bad byte has three.
    Diagnostic::new(&codes::NOT_UTF8, Origin::new(&file, valid..valid + 3)).with("guess", guess)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn message(path: &Path) -> String {
        load(path).map_or_else(|found| found.message.render(Lang::En), |file| format!("read: {}", file.text))
    }

    #[test]
    fn a_file_that_cannot_be_read_says_why() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("criteria.toml"), "")?;
        let path = folder.path().join("criterai.toml");
        assert_eq!(message(&path), format!("{}: there is no such file", path.display()));
        let Err(found) = load(&path) else { panic!("read") };
        assert_eq!(found.suggestions, [folder.path().join("criteria.toml").display().to_string()]);
        assert_eq!(found.message.render(Lang::Zh), format!("{}：没有这个文件", path.display()));
        assert_eq!(message(folder.path()), format!("{}: this is a folder, not a file", folder.path().display()));
        Ok(())
    }

    #[test]
    fn a_mark_of_byte_order_is_left_out() -> std::io::Result<()> {
        let file = tempfile::NamedTempFile::new()?;
        std::fs::write(file.path(), b"\xef\xbb\xbftitle = \"T\"")?;
        assert_eq!(message(file.path()), "read: title = \"T\"");
        Ok(())
    }

    #[test]
    fn other_encodings_are_named_at_the_first_byte_that_is_not_utf8() {
        let path = Path::new("a.toml");
        let (gbk, _, _) = encoding_rs::GB18030.encode("period = \"2025\"\ntitle = \"考核\"\n");
        let valid = std::str::from_utf8(&gbk).map_or_else(|error| error.valid_up_to(), str::len);
        let shown = not_utf8(path, &gbk, valid).render(Lang::En);
        assert!(shown.contains(" --> a.toml:2:10\n"), "{shown}");
        assert!(shown.contains("^ the bytes here are not UTF-8; it looks like GB18030 (GBK)\n"), "{shown}");
        let guess = |bytes: &[u8]| not_utf8(path, bytes, 0).message.render(Lang::Zh);
        assert_eq!(guess(b"\xff\xfet\0i\0"), "此处的字节不是 UTF-8；像是 UTF-16");
        assert_eq!(guess(b"\xff\0"), "此处的字节不是 UTF-8；像是二进制文件");
    }
}
