//! The pages people read: every fenced `console` block is run, and what is printed must be what the page shows.
//! After an intended change: `KAOHE_UPDATE_DOCS=1 cargo test --test readme`, then read the difference.
//!
//! In a page, the blocks run one after another in a folder of its own that holds the examples. A line
//! `$ COMMAND` is run by `sh`, where `kaohe` and `cargo run --` are the built program; the lines below it are
//! what the terminal shows. Any other block whose first line names a file (```` ```csv data.csv ````) is that file.
#![cfg(unix)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Columns of the terminal that the pages show.
const COLUMNS: &str = "120";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder with the examples and nothing else.
fn desk() -> tempfile::TempDir {
    let desk = tempfile::tempdir().expect("a temporary folder");
    copy(&root().join("examples"), &desk.path().join("examples"));
    desk
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a copy");
        }
    }
}

/// What a terminal shows after a command.
fn shown(command: &str, folder: &Path) -> String {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_kaohe"));
    let search = [program.parent().unwrap_or(Path::new("")), Path::new("/usr/local/bin"), Path::new("/usr/bin"), Path::new("/bin")];
    let search = std::env::join_paths(search).expect("a search path");
    let script = format!("exec 2>&1\n{}", command.replace("cargo run --", "kaohe"));
    let run = Command::new("sh").args(["-c", &script]).current_dir(folder).env("PATH", search).env("COLUMNS", COLUMNS).output();
    // A byte order mark is for spreadsheets; a page does not show it.
    String::from_utf8_lossy(&run.expect("a shell").stdout).replace('\u{feff}', "").replace("\r\n", "\n")
}

/// The page with every command's output as it is now, and the number of commands.
fn refreshed(page: &str) -> (String, usize) {
    let desk = desk();
    let (mut out, mut commands) = (String::new(), 0);
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some(info) = line.strip_prefix("```") else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if info == "console" {
            for command in block.iter().filter_map(|line| line.strip_prefix("$ ")) {
                let shown = shown(command, desk.path());
                let _ = write!(out, "$ {command}\n{shown}");
                if !shown.is_empty() && !shown.ends_with('\n') {
                    out.push('\n');
                }
                commands += 1;
            }
        } else {
            if let Some((_, file)) = info.split_once(' ') {
                let path = desk.path().join(file);
                fs::create_dir_all(path.parent().unwrap_or(desk.path())).expect("a folder");
                fs::write(path, block.join("\n") + "\n").expect("a file");
            }
            for line in block {
                let _ = writeln!(out, "{line}");
            }
        }
        out.push_str("```\n");
    }
    (out, commands)
}

#[track_caller]
fn page(name: &str) {
    let path = root().join(name);
    let page = fs::read_to_string(&path).expect("a page").replace("\r\n", "\n");
    let (now, commands) = refreshed(&page);
    assert!(commands > 0, "{name} shows no command");
    if now != page && std::env::var_os("KAOHE_UPDATE_DOCS").is_some() {
        fs::write(&path, &now).expect("a page");
        return;
    }
    for (at, (now, page)) in now.lines().zip(page.lines()).enumerate() {
        assert_eq!(now, page, "{name}:{} is stale", at + 1);
    }
    assert_eq!(now, page, "{name} is stale at its end");
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    page("README.md");
}

#[test]
fn the_chinese_readme_shows_what_the_program_prints() {
    page("README.zh-CN.md");
}

#[test]
fn the_page_on_data_shows_what_the_program_prints() {
    page("docs/data.md");
}

#[test]
fn the_page_on_records_shows_what_the_program_prints() {
    page("docs/records.md");
}

#[test]
fn the_page_on_figures_summed_elsewhere_shows_what_the_program_prints() {
    page("docs/terms.md");
}

#[test]
fn the_page_on_totals_shows_what_the_program_prints() {
    page("docs/totals.md");
}

#[test]
fn the_page_on_supervision_shows_what_happens() {
    page("docs/supervision.md");
}

#[test]
fn the_page_on_comparing_shows_what_the_program_prints() {
    page("docs/comparing.md");
}

#[test]
fn the_page_on_parts_shows_what_happens() {
    page("docs/parts.md");
}

#[test]
fn the_page_on_criteria_shows_what_the_program_prints() {
    page("docs/criteria.md");
}

#[test]
fn the_page_on_checks_shows_what_the_program_prints() {
    page("docs/checks.md");
}

#[test]
fn the_page_on_targets_shows_what_the_program_prints() {
    page("docs/targets.md");
}

#[test]
fn the_page_on_pay_shows_what_the_program_prints() {
    page("docs/pay.md");
}

#[test]
fn the_page_on_templates_shows_what_the_program_prints() {
    page("docs/templates.md");
}

#[test]
fn the_page_on_catalogues_shows_what_the_program_prints() {
    page("docs/catalogues.md");
}

#[test]
fn the_page_on_several_assessments_shows_what_the_program_prints() {
    page("docs/batch.md");
}

#[test]
fn the_page_on_verifying_shows_what_the_program_prints() {
    page("docs/verifying.md");
}

#[test]
fn the_page_on_reports_shows_what_the_program_prints() {
    page("docs/report.md");
}

#[test]
fn the_page_on_databases_shows_what_the_program_prints() {
    page("docs/pushdown.md");
}
