//! Several assessments at once: each as by itself, whatever the others are and however many run at a time.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[path = "support/program.rs"]
mod program;

use program::{Ran, kaohe};

/// A folder with the base of the text cases below each of these paths.
fn cities(names: &[&str]) -> tempfile::TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    for name in names {
        let folder = desk.path().join(name);
        fs::create_dir_all(&folder).expect("a folder");
        for file in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/base")).expect("a folder") {
            let path = file.expect("an entry").path();
            fs::copy(&path, folder.join(path.file_name().expect("a name"))).expect("a copy");
        }
    }
    desk
}

fn change(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("a file");
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replace(from, to)).expect("a file");
}

/// Every file below a folder, by its name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// D5: neither the number of threads nor the company an assessment is in changes a byte of its result.
#[test]
fn the_number_of_jobs_and_a_bad_neighbour_change_no_byte() {
    let desk = cities(&["a", "b", "c", "d", "e"]);
    change(&desk.path().join("c/criteria.toml"), "\"rate\"", "\"rat\"");
    change(&desk.path().join("d/data.csv"), "W1,2025,100,30", "W1,2025,100,");
    let run = |jobs: &str| -> (Ran, BTreeMap<String, Vec<u8>>) {
        let out = format!("out-{jobs}");
        let ran = kaohe(desk.path(), ["score", "a", "b", "c", "d", "e", "--jobs", jobs, "-o", &out]);
        (ran, files(&desk.path().join(&out)))
    };
    let ((one, of_one), (many, of_many)) = (run("1"), run("3"));
    assert_eq!(of_one, of_many);
    assert_eq!(text(&one.out), text(&many.out));
    assert_eq!(text(&one.err).replace("out-1", "out-3"), text(&many.err));
    assert_eq!((one.code, many.code), (Some(2), Some(2)), "{}", text(&one.err));
    assert!(!of_one.keys().any(|name| name.starts_with("c/")), "{:?}", of_one.keys());
    assert_eq!(kaohe(desk.path(), ["score", "d", "-o", "alone"]).code, Some(0));
    let alone = files(&desk.path().join("alone"));
    assert_eq!(alone.len(), 10);
    for (name, bytes) in &alone {
        assert_eq!(of_one.get(&format!("d/{name}")), Some(bytes), "{name}");
    }
}

/// What is said stands in the order given, each line with the name of its assessment.
#[test]
fn what_is_said_belongs_to_somebody() {
    let desk = cities(&["z", "a"]);
    for name in ["z", "a"] {
        change(&desk.path().join(name).join("criteria.toml"), "\"rate\"", "\"rat\"");
    }
    let ran = kaohe(desk.path(), ["score", "z", "a", "--quiet", "--lang", "zh"]);
    let said = text(&ran.err);
    let lines: Vec<&str> = said.lines().filter(|line| !line.is_empty()).collect();
    assert!(lines.iter().all(|line| line.starts_with("z: ") || line.starts_with("a: ")), "{said}");
    let first_of_a = lines.iter().position(|line| line.starts_with("a: ")).expect("a line");
    assert!(first_of_a > 0 && lines.iter().skip(first_of_a).all(|line| line.starts_with("a: ")), "{said}");
    assert!(said.contains("z: error[criteria/unknown-indicator]: 标准所用的指标"), "{said}");
}

/// Names that would be the same are told apart by the folders above, also where a system takes `A` for `a`.
#[test]
fn results_never_share_a_folder() {
    let desk = cities(&["2024/linyi", "2025/linyi", "con", "a b"]);
    fs::rename(desk.path().join("con/assessment.toml"), desk.path().join("con/A_B.toml")).expect("a name");
    let ran = kaohe(desk.path(), ["score", "2024/linyi", "2025/linyi", "con/A_B.toml", "a b", "-o", "out", "--quiet", "--format", "csv"]);
    assert_eq!(ran.code, Some(0), "{}", text(&ran.err));
    let mut names: Vec<String> = files(&desk.path().join("out")).into_keys().filter(|name| name.ends_with("/scores.csv")).collect();
    names.sort();
    let shared = names.iter().map(|name| name.to_lowercase()).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(shared.len(), 4);
    assert!(names.contains(&"2024-linyi/scores.csv".to_owned()) && names.contains(&"2025-linyi/scores.csv".to_owned()), "{names:?}");
}

/// An earlier result stays whole if writing the new one is refused or nothing could be scored.
#[test]
fn an_earlier_result_is_replaced_as_a_whole_or_not_at_all() {
    let desk = cities(&["a", "b"]);
    assert_eq!(kaohe(desk.path(), ["score", "a", "b", "-o", "out"]).code, Some(0));
    let before = files(&desk.path().join("out"));
    assert_eq!(kaohe(desk.path(), ["score", "a", "b", "-o", "out"]).code, Some(2));
    assert_eq!(kaohe(desk.path(), ["score", "nowhere", "neither", "-o", "out", "--force"]).code, Some(2));
    fs::write(desk.path().join("out/a/notes.txt"), "mine").expect("a file");
    assert_eq!(kaohe(desk.path(), ["score", "a", "b", "-o", "out", "--force"]).code, Some(2));
    fs::remove_file(desk.path().join("out/a/notes.txt")).expect("a file");
    assert_eq!(files(&desk.path().join("out")), before);
    change(&desk.path().join("a/criteria.toml"), "target = 20", "target = 40");
    assert_eq!(kaohe(desk.path(), ["score", "a", "-o", "out", "--force"]).code, Some(0), "one result replaces several");
    assert_eq!(files(&desk.path().join("out")).len(), 10);
    let left: Vec<_> = fs::read_dir(desk.path()).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

/// Broken off while it writes, a run leaves an earlier result as it was and nothing beside it.
#[cfg(unix)]
#[test]
fn a_run_that_is_broken_off_leaves_nothing_half_written() {
    use std::process::{Command, Stdio};
    use std::time::Duration;

    let names: Vec<String> = (0..200).map(|at| format!("c{at}")).collect();
    let desk = cities(&names.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(kaohe(desk.path(), ["score", "c0", "-o", "out"]).code, Some(0));
    let before = files(&desk.path().join("out"));
    let entries = || -> Vec<String> {
        let names = fs::read_dir(desk.path()).expect("a folder").map(|entry| entry.expect("an entry").file_name());
        names.map(|name| name.to_string_lossy().into_owned()).filter(|name| !names_of_cities(name)).collect()
    };
    let mut run = Command::new(env!("CARGO_BIN_EXE_kaohe"));
    run.current_dir(desk.path()).args(["score", "--jobs", "1", "--force", "-o", "out"]).args(&names);
    let mut run = run.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts");
    while entries().len() == 1 && run.try_wait().expect("a state").is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    let sent = Command::new("kill").args(["-INT", &run.id().to_string()]).status().expect("a signal");
    assert!(sent.success());
    let output = run.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("output/interrupted"), "{}", text(&output.stderr));
    assert_eq!(entries(), ["out"]);
    assert_eq!(files(&desk.path().join("out")), before);
}

#[cfg(unix)]
fn names_of_cities(name: &str) -> bool {
    name.strip_prefix('c').is_some_and(|rest| rest.parse::<usize>().is_ok())
}
