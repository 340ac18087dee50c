//! What the crate documentation promises and a search can check: which crate is known where, which room uses
//! which, sizes, wording, and that every rule of the semantics is named by a test.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use kaohe::text::Phrase;

/// A source file: its path below the root, and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The text without tests at its end.
    fn code(&self) -> &str {
        self.text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default()
    }

    /// The room it belongs to: the module below `src`.
    fn room(&self) -> &str {
        let below = self.path.strip_prefix("src/").unwrap_or_default();
        below.split(['/', '.']).next().unwrap_or_default()
    }

    /// True for files of tests only.
    fn is_test(&self) -> bool {
        self.path.starts_with("tests/")
            || ["/tests.rs", "/tests/", "/fixture.rs", "/properties.rs"].iter().any(|part| self.path.contains(part))
    }
}

/// Every Rust file below these folders, by path.
fn sources(folders: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<PathBuf> = Vec::new();
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    let source = |path: PathBuf| Source {
        path: path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/"),
        text: std::fs::read_to_string(&path).expect("a text").replace("\r\n", "\n"),
    };
    found.into_iter().map(source).collect()
}

/// Lines of code that hold one of these words, comments aside, outside the places allowed.
fn strays(words: &[&str], allowed: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources(&["src"]).iter().filter(|source| !source.is_test()) {
        if allowed.iter().any(|place| source.path.starts_with(place)) {
            continue;
        }
        for (at, line) in source.code().lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if let Some(word) = words.iter().find(|word| has_word(code, word)) {
                found.push(format!("{}:{}: {word}", source.path, at + 1));
            }
        }
    }
    found
}

/// True if the text holds the word with nothing of a name around it.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let (before, after) = (text[..at].chars().next_back(), text[at + word.len()..].chars().next());
        !before.is_some_and(|c| is_part(c) && is_part(word.chars().next().unwrap_or(' '))) && !after.is_some_and(is_part)
    })
}

#[track_caller]
fn only_in(words: &[&str], allowed: &[&str]) {
    assert_eq!(strays(words, allowed), Vec::<String>::new(), "allowed in {allowed:?} only");
}

/// Invariant 1 of the crate documentation.
#[test]
fn each_crate_is_known_in_its_room_only() {
    only_in(&["clap", "clap_complete", "indicatif"], &["src/cli/"]);
    only_in(&["comfy_table"], &["src/report/terminal.rs"]);
    only_in(&["polars_core"], &["src/measure/"]);
    only_in(&["statrs"], &["src/measure/interval/"]);
    only_in(&["toml::"], &["src/definition/"]);
    only_in(&["csv::"], &["src/report/csv.rs"]);
    only_in(&["csv_core"], &["src/intake/table/divider.rs", "src/intake/table/records.rs"]);
    only_in(&["encoding_rs"], &["src/intake/encoding", "src/definition/load.rs"]);
    only_in(&["calamine"], &["src/intake/"]);
    only_in(&["quick_xml", "zip::"], &["src/intake/", "src/report/notice/docx/", "src/report/html/markup.rs", "src/report/chart/"]);
    only_in(&["flate2", "ruzstd"], &["src/intake/packed.rs"]);
    let reading = [
        "src/assessment/ahead.rs",
        "src/intake/content.rs",
        "src/intake/load.rs",
        "src/intake/open.rs",
        "src/intake/table/stretches.rs",
        "src/intake/workbook/gate.rs",
        "src/intake/workbook/xlsx.rs",
    ];
    let on_all_cores = [&reading[..], &["src/measure/mod.rs", "src/score/units.rs"]].concat();
    only_in(
        &["rayon"],
        &[&["src/output/", "src/finding/list.rs", "src/assess/lacking.rs", "src/assessment/registry.rs"], &on_all_cores[..]].concat(),
    );
    only_in(&["signal_hook"], &["src/output/interrupt.rs"]);
    only_in(&["rust_xlsxwriter"], &["src/report/forms.rs", "src/report/workbook/"]);
    only_in(&["plotters"], &["src/report/chart/"]);
    only_in(&["arcstr"], &["src/text/shared.rs"]);
    only_in(&["minijinja"], &["src/report/returns.rs", "src/report/handbook/html.rs"]);
    only_in(&["anyhow"], &["src/cli/", "src/assess.rs", "src/assess/", "src/monitor.rs", "src/dossier.rs"]);
}

/// Invariant 2: the file system, the environment and the terminal are met at the edges.
#[test]
fn the_outside_world_is_met_at_the_edges_only() {
    only_in(&["std::fs", "fs::read", "File::open", "glob::glob"], &["src/definition/load.rs", "src/assessment/", "src/output"]);
    only_in(&["std::env"], &["src/cli/"]);
    only_in(&["stdout", "stderr"], &["src/cli/"]);
    only_in(&["print!", "println!", "eprint!", "eprintln!", "SystemTime", "Instant", "thread::spawn"], &[]);
}

/// Invariant 3 [N4]: binary floats serve intervals, charts, the shortest spelling of a value in JSON and
/// CSV, and the likeness of words; nothing else.
#[test]
fn no_binary_float_takes_part_in_a_value() {
    let allowed = [
        "src/number",                   // where a value is spelt as the nearest double
        "src/intake/workbook/value.rs", // a workbook's numbers, before they are read at 15 digits [N2]
        "src/measure/interval",         // intervals
        "src/scorebook.rs",             // the limits of an interval
        "src/standing/funnel.rs",       // funnels, for charts
        "src/report/chart/",            // charts
        "src/report/plots.rs",          // the numbers in charts
        "src/report/json/shape.rs",     // the same, written
        "src/report/measures.rs",       // the same, written
        "src/report/forms.rs",          // limits of what a spreadsheet lets be typed in
        "src/report/workbook/cell.rs",  // a spreadsheet knows no other numbers
        "src/text.rs",                  // "did you mean"
        "src/definition/access.rs",     // serde's list of types
        "src/definition/node.rs",       // a number of TOML that is no decimal (inf, nan) is refused with it
        "src/definition/criteria.rs",   // the visitor that takes a judgement written as a number
    ];
    only_in(&["f64", "f32"], &allowed);
}

#[test]
fn nothing_is_left_to_do_in_code() {
    let words = ["dbg!", "todo!", "unimplemented!", "FIXME", "TODO", "XXX"];
    let found = sources(&["src", "tests"]).into_iter().filter(|source| source.path != "tests/tidy.rs");
    let found: Vec<String> = found.filter(|source| words.iter().any(|word| source.text.contains(word))).map(|source| source.path).collect();
    assert_eq!(found, Vec::<String>::new());
}

/// Hash order cannot reach an output: hash tables only look up, for every cell of a file, and are never walked [D5].
#[test]
fn tables_are_ordered() {
    only_in(
        &["HashMap", "HashSet"],
        &[
            "src/assessment/registry.rs",
            "src/intake/records",
            "src/intake/rows",
            "src/intake/total_rows",
            "src/measure/gaps.rs",
            "src/registry/names.rs",
        ],
    );
}

/// Lines of code a file may have before it is split.
const LINES: usize = 400;

#[test]
fn files_are_short() {
    // Tests stand beside their code or in files of their own and count as such; a table of codes has one
    // entry after another, and splitting it would help nobody.
    let is_counted = |source: &&Source| !source.is_test() && source.room() != "codes";
    let sources = sources(&["src"]);
    let sizes = sources.iter().filter(is_counted).map(|source| (source.path.as_str(), source.code().lines().count()));
    let long: Vec<_> = sizes.filter(|(_, lines)| *lines > LINES).collect();
    // One criterion from state to points: to be split when it grows.
    let known_long = ["src/score/criterion.rs"];
    let long: Vec<_> = long.into_iter().filter(|(path, _)| !known_long.contains(path)).collect();
    assert_eq!(long, Vec::<(&str, usize)>::new());
    let main = sources.iter().find(|source| source.path == "src/main.rs").expect("main.rs");
    assert!(main.text.lines().count() <= 25, "main.rs only starts the library");
}

/// Rooms in the order data meets them, as in the crate documentation; a room uses rooms that stand on an
/// earlier line, or on its own.
const ROOMS: &[&[&str]] = &[
    &["text"],
    &["number", "period"],
    &["apportion"],
    &["code"],
    &["codes"],
    &["diagnostic", "finding"],
    &["state"],
    &["registry"],
    &["formula"],
    &["catalogue"],
    &["dataset"],
    &["terms"],
    &["scorebook"],
    &["measure"],
    &["quality"],
    &["score"],
    &["compare", "pay", "rectification", "standing", "targets"],
    &["definition"],
    &["lint"],
    &["intake", "trace"],
    &["assessment"],
    &["pushdown"],
    &["assess"],
    &["explain"],
    &["forms"],
    &["monitor"],
    &["dossier"],
    &["verify"],
    &["report"],
    &["output"],
    &["cli"],
];

#[test]
fn rooms_use_only_rooms_above_them() {
    let level = |room: &str| ROOMS.iter().position(|rooms| rooms.contains(&room));
    let mut wrong = BTreeSet::new();
    for source in sources(&["src"]).iter().filter(|source| !matches!(source.room(), "lib" | "main")) {
        let own = level(source.room()).unwrap_or_else(|| panic!("{} is in no room of the list", source.path));
        for (_, rest) in source.code().match_indices("crate::").map(|(at, word)| source.code().split_at(at + word.len())) {
            let room = rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default();
            match level(room) {
                Some(used) if used <= own => {}
                // A path inside the crate that names no room: a macro of the crate root.
                None => {}
                Some(_) => {
                    wrong.insert(format!("{} uses {room}", source.path));
                }
            }
        }
    }
    assert_eq!(wrong, BTreeSet::new());
}

#[test]
fn the_crate_lists_its_rooms_in_the_order_of_data() {
    let lib = sources(&["src"]).into_iter().find(|source| source.path == "src/lib.rs").expect("lib.rs");
    let listed: Vec<&str> = lib.text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let ordered: Vec<&str> = ROOMS.iter().flat_map(|rooms| rooms.iter().copied()).collect();
    assert_eq!(listed, ordered);
}

/// Rules whose part of the program is still to come. The list only shrinks.
const WITHOUT_A_TEST: &[&str] = &[];

#[test]
fn every_rule_of_the_semantics_is_named_by_a_test() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/semantics.md")).expect("a page");
    let all: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("- **")?.split_once("**").map(|(rule, _)| rule)).collect();
    assert!(all.len() > 70, "the rules are found");
    let mut texts: Vec<String> = Vec::new();
    for source in sources(&["src", "tests"]).into_iter().filter(|source| source.path != "tests/tidy.rs") {
        let tests =
            if source.is_test() { Some(source.text.as_str()) } else { source.text.split_once("#[cfg(test)]").map(|(_, tests)| tests) };
        texts.extend(tests.map(str::to_owned));
    }
    texts.extend(pages("tests"));
    let missing: Vec<&str> = all.into_iter().filter(|rule| !texts.iter().any(|text| has_word(text, rule))).collect();
    assert_eq!(missing, WITHOUT_A_TEST);
}

/// Text cases: every Markdown file below a folder.
fn pages(folder: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                texts.push(std::fs::read_to_string(path).expect("a text"));
            }
        }
    }
    texts
}

/// The holes of a sentence, sorted.
fn holes(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(hole, _)| hole)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[test]
fn every_sentence_has_the_same_holes_in_both_languages() {
    let phrases = kaohe::score::phrases::ALL
        .iter()
        .chain(kaohe::score::reason::ALL)
        .chain(kaohe::measure::phrases::ALL)
        .chain(kaohe::targets::phrases::ALL)
        .chain(kaohe::pay::phrases::ALL);
    let phrases: Vec<&Phrase> = phrases.copied().chain(kaohe::codes::all().map(|code| &code.message)).collect();
    assert!(phrases.len() > 200, "the tables are found");
    for phrase in &phrases {
        assert_eq!(holes(phrase.zh), holes(phrase.en), "{}", phrase.id);
    }
}

#[test]
fn every_sentence_has_an_id_of_its_own() {
    let mut seen = BTreeSet::new();
    for code in kaohe::codes::all() {
        assert!(seen.insert(code.id()), "{} stands twice", code.id());
        let (area, name) = code.id().split_once('/').unwrap_or_default();
        let is_kebab = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        assert!(is_kebab(area) && is_kebab(name), "{} is area/kebab-name", code.id());
    }
}

/// A code that nothing says would be an empty promise.
#[test]
fn every_code_is_used() {
    let (tables, others): (Vec<Source>, Vec<Source>) = sources(&["src"]).into_iter().partition(|source| source.room() == "codes");
    let entries = tables.iter().flat_map(|table| table.text.lines()).filter_map(|line| line.trim().split_once(" = \""));
    let names: Vec<&str> = entries
        .map(|(name, _)| name)
        .filter(|name| name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'))
        .collect();
    assert_eq!(names.len(), kaohe::codes::all().count());
    let unused: Vec<&&str> = names.iter().filter(|name| !others.iter().any(|source| has_word(source.code(), name))).collect();
    assert_eq!(unused, Vec::<&&str>::new());
}

/// What is expected is said in a full sentence, in both languages.
#[test]
fn rules_are_sentences() {
    for code in kaohe::codes::all() {
        for text in code.expected {
            assert!(text.ends_with(['.', '。']), "{}: {text}", code.id());
        }
    }
}

#[test]
fn both_readmes_have_the_same_shape() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shape = |name: &str| {
        let text = std::fs::read_to_string(root.join(name)).expect("a text");
        let mut is_code = false;
        let mut shape = Vec::new();
        for line in text.lines() {
            if line.starts_with("```") {
                is_code = !is_code;
                shape.push(line.to_owned());
            } else if !is_code && line.starts_with('#') {
                shape.push(line.split(' ').next().unwrap_or_default().to_owned());
            }
        }
        shape
    };
    assert_eq!(shape("README.md"), shape("README.zh-CN.md"));
}
