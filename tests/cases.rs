//! Text cases: each file under `tests/cases/<area>/` is a rule in one sentence, the files of an
//! assessment, commands, and everything they print. How to write one: `tests/cases/README.md`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use kaohe::codes;
use kaohe::text::Lang;
use std::process::Command;
use tempfile::TempDir;

mod cases {
    pub(crate) mod archive;
    pub(crate) mod files;
    pub(crate) mod workbook;
}
use cases::files;

/// Codes that no case can provoke on every machine, each with the reason.
const NOT_PROVOKED: &[(&str, &str)] = &[
    ("batch/broken", "needs a fault of the program itself"),
    ("file/packed", "needs a packed file; tests/packed.rs has some"),
    ("file/unreadable", "needs a disk or network that fails while a file is read"),
    ("output/failed", "needs a disk that is full, or a file that cannot be created half-way through"),
    ("output/held-open", "only Windows refuses to rename a folder whose files are open"),
    ("file/changing", "needs a writer at the right moment; a test in src/assessment/files.rs is one"),
    ("output/interrupted", "needs a signal at the right moment; tests/batch.rs sends one"),
    ("output/old-left", "needs a file that is opened between two steps of writing"),
    ("output/stranded", "needs two renames that fail one after the other"),
];

/// Every case prints what it says. `KAOHE_UPDATE_CASES=1` writes what is printed into the case, to
/// be reviewed; `KAOHE_CASES=area/name` runs those whose path contains it.
#[test]
fn every_case_prints_what_it_says() {
    let wanted = std::env::var("KAOHE_CASES").unwrap_or_default();
    let update = std::env::var_os("KAOHE_UPDATE_CASES").is_some();
    let all = cases();
    let chosen: Vec<&PathBuf> = all.iter().filter(|path| id(path).contains(&wanted)).collect();
    assert!(!chosen.is_empty(), "no case is called {wanted}");
    let failures: Vec<String> = std::thread::scope(|scope| {
        let shares: Vec<_> = chosen.chunks(chosen.len().div_ceil(4)).map(|share| scope.spawn(move || run_share(share, update))).collect();
        shares.into_iter().flat_map(|share| share.join().expect("a runner that does not panic")).collect()
    });
    assert!(failures.is_empty(), "{} of {} cases differ:\n\n{}", failures.len(), chosen.len(), failures.join("\n\n"));
}

/// DESIGN §6: every code has one case that doubles as its documentation and begins with its rule, or a
/// reason why none can be had on every machine.
#[test]
fn every_code_has_its_case() {
    let mut wrong = Vec::new();
    for code in codes::all() {
        let (id, rule) = (code.id(), format!("# {}\n", code.expected(Lang::En)));
        let case = fs::read_to_string(root().join(format!("{id}.md"))).map(|text| text.replace("\r\n", "\n"));
        match (case, NOT_PROVOKED.iter().any(|(known, _)| *known == id)) {
            (Ok(text), false) if !text.contains(&format!("[{id}]")) => wrong.push(format!("{id}: its case does not print it")),
            (Ok(text), false) if !text.starts_with(&rule) => wrong.push(format!("{id}: its case begins with {rule}")),
            (Ok(_), true) => wrong.push(format!("{id}: has a case and is listed as having none")),
            (Err(_), false) => wrong.push(format!("{id}: tests/cases/{id}.md is lacking")),
            (Ok(_), false) | (Err(_), true) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A case named like a code must be one: a code that went leaves no case behind.
#[test]
fn every_case_of_an_area_of_codes_is_a_code() {
    let areas: Vec<&str> = codes::all().filter_map(|code| code.id().split('/').next()).collect();
    let known: Vec<&str> = codes::all().map(kaohe::code::Code::id).collect();
    let all = cases();
    let ids = all.iter().map(|path| id(path));
    let stray: Vec<String> =
        ids.filter(|id| areas.contains(&id.split('/').next().unwrap_or_default()) && !known.contains(&id.as_str())).collect();
    assert!(stray.is_empty(), "no such codes: {stray:?}");
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// All cases, sorted.
fn cases() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for area in fs::read_dir(root()).expect("tests/cases").filter_map(Result::ok).filter(|area| area.path().is_dir()) {
        let files = fs::read_dir(area.path()).expect("an area").filter_map(Result::ok).map(|file| file.path());
        found.extend(files.filter(|path| path.extension().is_some_and(|extension| extension == "md")));
    }
    found.sort();
    found
}

/// `area/name`.
fn id(path: &Path) -> String {
    let relative = path.strip_prefix(root()).unwrap_or(path).with_extension("");
    relative.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn run_share(share: &[&PathBuf], update: bool) -> Vec<String> {
    share.iter().filter_map(|path| run(path, update)).collect()
}

/// Runs one case; what differs, if anything does.
fn run(path: &Path, update: bool) -> Option<String> {
    let text = fs::read_to_string(path).expect("a case").replace("\r\n", "\n");
    let folder = tempfile::tempdir().expect("a temporary folder");
    match files::lay_out(&text, &root(), folder.path()) {
        Ok(files::Laid::Complete) => {}
        Ok(files::Laid::NotHere) => return None,
        Err(problem) => return Some(format!("{}: {problem}", id(path))),
    }
    let printed = replay(&text, &folder);
    if printed == text {
        return None;
    }
    if update {
        fs::write(path, printed).expect("a case that can be written");
        return None;
    }
    Some(format!("--- {}\n{}", id(path), difference(&text, &printed)))
}

/// The case with what its commands print now.
fn replay(text: &str, folder: &TempDir) -> String {
    let mut out = String::new();
    let mut in_console = false;
    for line in text.lines() {
        if !in_console {
            in_console = line == "```console";
            let _ = writeln!(out, "{line}");
        } else if line == "```" {
            in_console = false;
            let _ = writeln!(out, "{line}");
        } else if let Some(command) = line.strip_prefix("$ ") {
            let _ = writeln!(out, "{line}\n{}", execute(command, folder.path()));
        }
    }
    out
}

/// What a command prints, standard output before standard error, and its exit code.
fn execute(command: &str, folder: &Path) -> String {
    let (command, cut) = command.split_once(" | ").map_or((command, None), |(command, cut)| (command, cut.split_once(" -")));
    let words: Vec<&str> = command.split_whitespace().collect();
    let (text, code) = match words.as_slice() {
        ["kaohe", args @ ..] => kaohe(args, folder),
        ["ls", rest @ ..] => (files::list(&folder.join(rest.first().unwrap_or(&"."))), 0),
        ["cat", file] => (fs::read_to_string(folder.join(file)).unwrap_or_else(|error| error.to_string()), 0),
        _ => (format!("the runner knows kaohe, ls and cat, not {command}\n"), 127),
    };
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().map(str::trim_end).collect();
    let count = cut.and_then(|(_, count)| count.parse().ok()).unwrap_or(lines.len()).min(lines.len());
    let kept = if cut.is_some_and(|(how, _)| how == "tail") { &lines[lines.len() - count..] } else { &lines[..count] };
    let mut shown = kept.join("\n");
    if !shown.is_empty() && !shown.ends_with('\n') {
        shown.push('\n');
    }
    format!("{shown}exit {code}")
}

fn kaohe(args: &[&str], folder: &Path) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_kaohe")).args(args).current_dir(folder).env_remove("COLUMNS").output();
    let output = output.expect("a program that starts");
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text };
    (text, output.status.code().unwrap_or(-1))
}

/// The lines that differ, expected before got.
fn difference(expected: &str, got: &str) -> String {
    let lines = |one: &str, other: &str, mark: char| {
        let known: Vec<&str> = other.lines().collect();
        one.lines().filter(|line| !known.contains(line)).fold(String::new(), |mut out, line| {
            let _ = writeln!(out, "{mark} {line}");
            out
        })
    };
    let (lost, new) = (lines(expected, got, '-'), lines(got, expected, '+'));
    if lost.is_empty() && new.is_empty() { "the same lines in another order or number".to_owned() } else { lost + &new }
}
