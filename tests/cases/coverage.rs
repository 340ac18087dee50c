//! What the cases must cover: every code and every rule of SEMANTICS.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Codes that no portable case can provoke, each with the reason.
pub(crate) const NOT_PROVOKED: &[(&str, &str)] = &[
];

/// The areas of SEMANTICS and how many rules each has.
const RULES: &[(char, u32)] = &[('N', 7), ('T', 9), ('O', 11), ('F', 10), ('C', 4), ('S', 6), ('P', 14), ('R', 9), ('D', 7)];

/// `N1` … `D7`.
pub(crate) fn rules() -> impl Iterator<Item = String> {
    RULES.iter().flat_map(|(area, count)| (1..=*count).map(move |number| format!("{area}{number}")))
}

/// Rules named in what a case says before its first block, in the doc comments of `tests/` and in
/// those of the tests inside `src/`.
pub(crate) fn cited(package: &Path, cases: &[PathBuf]) -> BTreeSet<String> {
    let read = |path: &PathBuf| fs::read_to_string(path).unwrap_or_default();
    let mut texts: Vec<String> = cases.iter().map(|path| read(path).split("```").next().unwrap_or_default().to_owned()).collect();
    for path in rust_files(&package.join("tests")) {
        texts.push(doc_comments(&read(&path)));
    }
    for path in rust_files(&package.join("src")) {
        let text = read(&path);
        let is_test = path.iter().any(|part| part == "tests" || part == "tests.rs" || part == "properties.rs");
        let tests = if is_test { Some(text.as_str()) } else { text.split_once("#[cfg(test)]").map(|(_, tests)| tests) };
        texts.push(doc_comments(tests.unwrap_or_default()));
    }
    let rules: BTreeSet<String> = rules().collect();
    let words = texts.iter().flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric()));
    words.filter(|word| rules.contains(*word)).map(str::to_owned).collect()
}

fn doc_comments(text: &str) -> String {
    text.lines().filter(|line| line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}
