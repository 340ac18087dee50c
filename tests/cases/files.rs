//! The files of a case: fenced blocks whose info string names them.

use std::fs;
use std::path::Path;

use super::{archive, workbook};

/// Whether this machine can have the files a case asks for.
pub(crate) enum Laid {
    /// All of them.
    Complete,
    /// A file that nobody may read, while this user may read everything; or another system.
    NotHere,
}

/// Writes the files of `include: base` and of the case itself into `folder`.
pub(crate) fn lay_out(text: &str, root: &Path, folder: &Path) -> Result<Laid, String> {
    if text.lines().any(|line| line == "include: base") {
        for file in fs::read_dir(root.join("base")).map_err(|error| error.to_string())?.filter_map(Result::ok) {
            fs::copy(file.path(), folder.join(file.file_name())).map_err(|error| error.to_string())?;
        }
    }
    let mut lines = text.lines();
    let mut complete = true;
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let content: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if info != "console" {
            complete &= write(info, &content, folder)?;
        }
    }
    Ok(if complete { Laid::Complete } else { Laid::NotHere })
}

/// `KIND NAME [HOW]`: a file, or with KIND `folder` a folder. HOW is an encoding, `append` to the
/// file of the base, `unreadable`, or for a folder `unwritable` or `unlisted`. False where that cannot be had.
fn write(info: &str, content: &[&str], folder: &Path) -> Result<bool, String> {
    let words: Vec<&str> = info.split_whitespace().collect();
    let (kind, name, how) = match words.as_slice() {
        [kind, name] => (*kind, *name, "utf-8"),
        [kind, name, how] => (*kind, *name, *how),
        _ => return Err(format!("```{info}: a kind and a name are needed")),
    };
    let path = folder.join(name);
    let above = path.parent().unwrap_or(folder);
    fs::create_dir_all(above).map_err(|error| error.to_string())?;
    if kind == "folder" {
        fs::create_dir_all(&path).map_err(|error| error.to_string())?;
        return Ok(match how {
            "unwritable" => forbid(&path, true),
            "unlisted" => forbid_listing(&path),
            _ => true,
        });
    }
    if kind == "xlsx" {
        let bytes = workbook::bytes(content)?;
        return fs::write(&path, bytes).map(|()| true).map_err(|error| error.to_string());
    }
    if kind == "copy" {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(content.concat());
        return fs::copy(from, &path).map(|_| true).map_err(|error| error.to_string());
    }
    if kind == "zip" {
        return fs::write(&path, archive::bytes(content)).map(|()| true).map_err(|error| error.to_string());
    }
    let mut bytes = if how == "append" { fs::read(&path).map_err(|error| error.to_string())? } else { Vec::new() };
    bytes.extend(if kind == "hex" { hex(content)? } else { encode(&text(content), how)? });
    fs::write(&path, bytes).map_err(|error| error.to_string())?;
    Ok(how != "unreadable" || forbid(&path, false))
}

/// The lines of a file. `10000 × text` is the line that many times, `#` being its number.
fn text(content: &[&str]) -> String {
    let mut out = String::new();
    for line in content {
        match line.split_once(" × ").and_then(|(times, template)| Some((times.parse::<u32>().ok()?, template))) {
            Some((times, template)) => {
                (1..=times).for_each(|number| out.extend([template.replace('#', &number.to_string()).as_str(), "\n"]));
            }
            None => out.extend([line, "\n"]),
        }
    }
    out
}

fn encode(text: &str, how: &str) -> Result<Vec<u8>, String> {
    let utf16 = |unit: u16| unit.to_le_bytes();
    Ok(match how {
        "utf-8" | "append" | "unreadable" => text.as_bytes().to_vec(),
        "utf-8-bom" => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        "utf-16" => std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(utf16).collect(),
        "utf-16-without-mark" => text.encode_utf16().flat_map(utf16).collect(),
        "gb18030" => encoding_rs::GB18030.encode(text).0.into_owned(),
        "wide" => (text.trim_end().to_owned() + &",".repeat(20_000) + "\n").into_bytes(),
        "with-a-long-cell" => text.replace("LONG", &"x".repeat(1 << 21)).into_bytes(),
        "without-line-end" => text.trim_end().as_bytes().to_vec(),
        other => return Err(format!("{other} is no way to write a file")),
    })
}

/// Bytes as pairs of digits; text in quotes stands for itself.
fn hex(content: &[&str]) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    for word in content.iter().flat_map(|line| line.split(' ')).filter(|word| !word.is_empty()) {
        match word.strip_prefix('"').and_then(|word| word.strip_suffix('"')) {
            Some(text) => bytes.extend(text.bytes()),
            None => bytes.push(u8::from_str_radix(word, 16).map_err(|_| format!("{word} is no byte"))?),
        }
    }
    Ok(bytes)
}

/// Takes the permission away; false where that has no effect, as for a superuser.
#[cfg(unix)]
fn forbid(path: &Path, folder: bool) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = if folder { 0o555 } else { 0 };
    let done = fs::set_permissions(path, fs::Permissions::from_mode(mode)).is_ok();
    let allowed = if folder { fs::write(path.join("probe"), "").is_ok() } else { fs::read(path).is_ok() };
    if folder && allowed {
        // Nothing depends on it any more: the case is not run.
        let _ = fs::remove_file(path.join("probe"));
    }
    done && !allowed
}

/// Takes away the permission to list a folder; false where that has no effect.
#[cfg(unix)]
fn forbid_listing(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let shut = |mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).is_ok();
    if shut(0) && fs::read_dir(path).is_err() {
        return true;
    }
    // The temporary folder must be removed in the end.
    shut(0o755);
    false
}

#[cfg(not(unix))]
fn forbid_listing(_: &Path) -> bool {
    false
}

#[cfg(not(unix))]
fn forbid(_: &Path, _: bool) -> bool {
    false
}

/// The names in a folder, sorted, folders with a `/`.
pub(crate) fn list(folder: &Path) -> String {
    let Ok(entries) = fs::read_dir(folder) else { return "there is no such folder\n".to_owned() };
    let name = |entry: fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() { format!("{name}/\n") } else { format!("{name}\n") }
    };
    let mut names: Vec<String> = entries.filter_map(Result::ok).map(name).collect();
    names.sort();
    names.concat()
}
