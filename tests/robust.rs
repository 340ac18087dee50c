//! What becomes of results when a run is killed, when the disk is full, and of files that nobody named.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

#[path = "support/program.rs"]
mod program;

use program::kaohe;

fn example() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/examples/linyi")
}

/// Every file below a folder with its content.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(tree(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            found.insert(name, fs::read(&path).expect("a file"));
        }
    }
    found
}

fn score(place: &Path, more: &[&str]) {
    let ran = kaohe(place, [&["score", example(), "-o", "out", "--quiet"], more].concat());
    assert!(ran.code.is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&[ran.out, ran.err].concat()));
}

/// Killed at any moment, a run leaves a whole result or none; with `--force` the old one or the new one. What it
/// leaves behind is in nobody's way.
#[test]
fn a_killed_run_leaves_a_whole_result_or_none() {
    let whole = tempfile::tempdir().expect("a folder");
    score(whole.path(), &[]);
    let expected = tree(&whole.path().join("out"));
    assert!(expected.contains_key("scorebook.json"), "{:?}", expected.keys());
    let mut complete = 0;
    for step in 0..24_u64 {
        let place = tempfile::tempdir().expect("a folder");
        let is_over = step % 2 == 1;
        if is_over {
            score(place.path(), &["--lang", "en"]);
        }
        let before = is_over.then(|| tree(&place.path().join("out")));
        let mut child = Command::new(env!("CARGO_BIN_EXE_kaohe"))
            .args(["score", example(), "-o", "out", "--quiet", "--force"])
            .current_dir(place.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program");
        sleep(Duration::from_millis(step * 12));
        let _ = child.kill();
        child.wait().expect("an end");
        let target = place.path().join("out");
        match (target.exists().then(|| tree(&target)), before) {
            (None, None) => {}
            (Some(after), before) => {
                assert!(after == expected || Some(&after) == before.as_ref(), "step {step}: half a result");
                complete += u32::from(after == expected);
            }
            // Between the two renames the old result stands beside its place.
            (None, Some(before)) => assert!(tree(place.path()).keys().any(|name| name.ends_with("scorebook.json")), "{before:?}"),
        }
        score(place.path(), &["--force"]);
        assert_eq!(tree(&target), expected, "step {step}: the run after");
    }
    assert!(complete < 24, "no run was killed in time");
}

/// A file that may not grow further stands for a full disk: the error has a code, and the old result stays.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_result() {
    let place = tempfile::tempdir().expect("a folder");
    score(place.path(), &["--lang", "en"]);
    let before = tree(place.path());
    for verb in [&["score"][..], &["check"], &["measure"], &["forms"]] {
        let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"";
        let ran = Command::new("sh")
            .args(["-c", script, env!("CARGO_BIN_EXE_kaohe")])
            .args(verb)
            .args([example(), "-o", "out", "--force", "--lang", "en"])
            .current_dir(place.path())
            .output()
            .expect("a shell");
        let said = String::from_utf8_lossy(&ran.stderr);
        assert_eq!(ran.status.code(), Some(2), "{verb:?}: {said}");
        assert!(said.contains("error[output/"), "{verb:?}: {said}");
        assert_eq!(tree(place.path()), before, "{verb:?}");
    }
}

/// Every verb works with inputs that may only be read, an empty home and no folder for temporary files, and
/// touches nothing but its output.
#[test]
fn no_file_is_touched_but_the_output() {
    let place = tempfile::tempdir().expect("a folder");
    let (data, home, work) = (place.path().join("data"), place.path().join("home"), place.path().join("work"));
    for folder in [&data, &home, &work] {
        fs::create_dir(folder).expect("a folder");
    }
    for (name, bytes) in tree(Path::new(example())) {
        let path = data.join(&name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(&path, bytes).expect("a file");
        let mut permissions = fs::metadata(&path).expect("a file").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).expect("permissions");
    }
    let before = tree(&data);
    let path = data.to_str().expect("UTF-8");
    let runs: [&[&str]; 7] = [
        &["check", path],
        &["measure", path],
        &["score", path],
        &["explain", path, "LY-A", "secondary_general_members"],
        &["list", "indicators"],
        &["show", "visits_growth"],
        &["schema", "criteria"],
    ];
    for args in runs {
        let ran = run(args, &home, &work);
        assert!(ran.status.code().is_some_and(|code| code < 2), "{args:?}: {}", String::from_utf8_lossy(&ran.stderr));
        assert!(tree(&work).is_empty() && tree(&home).is_empty(), "{args:?}");
    }
    for verb in ["check", "measure", "score", "forms"] {
        let ran = run(&[verb, path, "-o", verb], &home, &work);
        assert!(ran.status.code().is_some_and(|code| code < 2), "{verb}: {}", String::from_utf8_lossy(&ran.stderr));
    }
    let folders: Vec<_> = fs::read_dir(&work).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
    assert_eq!(folders.len(), 4, "{folders:?}");
    assert!(tree(&home).is_empty());
    assert_eq!(tree(&data), before);
}

/// DESIGN §5: no cell of any file that is written runs as a formula, whatever a unit, an institution or a cell is called.
#[test]
fn no_written_cell_runs_as_a_formula() {
    let place = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| fs::write(place.path().join(name), text).expect("a file");
    put("orgs.csv", "code,name,consortium\n=1+1,\"=cmd|' /C calc'!A0\",@group\n+2,＝HYPERLINK(),@group\n");
    put("data.csv", "code,period,总诊疗人次数,=evil\n=1+1,2025,=1+2,1\n+2,2025,100,2\n\t=3,2025,1,1\n");
    put(
        "scheme.toml",
        "[criteria]\nid = \"t\"\ntitle = \"=T\"\ncatalogues = [\"builtin:services\"]\n[[dimension]]\nid = \"=d\"\nname = \"@D\"\npoints = 10\n\
         [[dimension.criterion]]\nindicator = \"visits_total\"\npoints = 10\nscore.ratio = { target = 100 }\n",
    );
    let flags = ["--criteria", "scheme.toml", "--organisations", "orgs.csv", "--unit", "consortium", "--period", "2025", "--lang", "zh"];
    for (verb, data) in [("score", &["data.csv"][..]), ("check", &["data.csv"]), ("measure", &["data.csv"]), ("forms", &[])] {
        let ran = kaohe(place.path(), [&[verb, "-o", verb][..], &flags, data].concat());
        assert!(ran.code.is_some_and(|code| code < 2), "{verb}: {}", String::from_utf8_lossy(&ran.err));
    }
    let (mut cells, mut sheets) = (0, 0);
    for (name, bytes) in tree(place.path()).into_iter().filter(|(name, _)| name.contains('/')) {
        if Path::new(&name).extension().is_some_and(|ending| ending == "csv") {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes.as_slice());
            for cell in reader.records().flat_map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>()) {
                let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
                assert!(!runs || cell.parse::<f64>().is_ok(), "{name}: {cell:?}");
                cells += 1;
            }
        } else if Path::new(&name).extension().is_some_and(|ending| ending == "xlsx") {
            let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(bytes)).expect("a workbook");
            for sheet in calamine::Reader::sheet_names(&book) {
                let formulas = calamine::Reader::worksheet_formula(&mut book, &sheet).expect("a sheet");
                // The only formulas are the report's own sums.
                let strange = formulas.used_cells().find(|(_, _, formula)| !formula.starts_with("ROUND(SUM("));
                assert!(strange.is_none(), "{name}, {sheet}: {strange:?}");
            }
            sheets += 1;
        }
    }
    assert!(cells > 100 && sheets == 3, "{cells} cells, {sheets} workbooks");
}

fn run(args: &[&str], home: &Path, work: &Path) -> std::process::Output {
    let nowhere = home.join("nowhere");
    Command::new(env!("CARGO_BIN_EXE_kaohe"))
        .args(args)
        .current_dir(work)
        .envs([("HOME", home), ("TMPDIR", &nowhere), ("XDG_CACHE_HOME", &nowhere)])
        .output()
        .expect("the program")
}
