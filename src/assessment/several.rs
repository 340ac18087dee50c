//! Which assessments a run of several is about: paths, patterns and lists as given, each with a name of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::codes::batch as codes;
use crate::definition;
use crate::diagnostic::{Diagnostic, Origin, SourceFile};

/// Name of the file that a folder stands for.
const FILE: &str = "assessment.toml";

/// One of several assessments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Its name: that of its folder, or of its file, with the folders above as far as it takes to tell it from the others.
    /// A folder of this name can be made on every system.
    pub name: String,
    /// Where it lies, as given or found.
    pub path: PathBuf,
}

/// True for what asks for a run of several: more than one path, or a pattern.
pub fn is_several(inputs: &[PathBuf]) -> bool {
    inputs.len() > 1 || inputs.iter().any(|input| is_pattern(input))
}

/// A list of assessments, a path to a line.
pub fn read_list(path: &Path) -> Result<Arc<SourceFile>, Diagnostic> {
    definition::load(path)
}

/// The assessments in the order given, those of a pattern in the order of their paths.
///
/// # Errors
/// Patterns without a match, empty lists, and assessments that are given twice, all at once.
pub fn choose(inputs: &[PathBuf], list: Option<&Arc<SourceFile>>) -> Result<Vec<Chosen>, Vec<Diagnostic>> {
    let mut found = Vec::new();
    let mut given: Vec<Given> = inputs.iter().map(|path| Given { path: path.clone(), origin: None }).collect();
    if let Some(list) = list {
        let of_list = lines(list);
        if of_list.is_empty() {
            found.push(Diagnostic::new(&codes::EMPTY_LIST, None).with("list", list.path.clone()));
        }
        given.extend(of_list);
    }
    let all: Vec<Given> = given.into_iter().flat_map(|one| expanded(one, &mut found)).collect();
    found.extend(
        all.iter()
            .filter(|one| is_data(&one.path))
            .map(|one| Diagnostic::new(&codes::DATA_FILE, one.origin.clone()).with("path", one.path.display().to_string())),
    );
    found.extend(twice(&all));
    if !found.is_empty() {
        return Err(found);
    }
    let names = names(&all.iter().map(|one| steps(&one.path)).collect::<Vec<_>>());
    Ok(names.into_iter().zip(all).map(|(name, one)| Chosen { name, path: one.path }).collect())
}

/// A path, and where it stands in a list.
#[derive(Debug, Clone)]
struct Given {
    path: PathBuf,
    origin: Option<Origin>,
}

/// The paths of a list.
fn lines(list: &Arc<SourceFile>) -> Vec<Given> {
    let mut given = Vec::new();
    let mut at = 0;
    for line in list.text.split_inclusive('\n') {
        let path = line.trim();
        if !path.is_empty() && !path.starts_with('#') {
            let start = at + line.len() - line.trim_start().len();
            given.push(Given { path: PathBuf::from(path), origin: Some(Origin::new(list, start..start + path.len())) });
        }
        at += line.len();
    }
    given
}

/// A name that holds one of these signs and is no file is a pattern.
fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[']) && !path.exists()
}

/// A file of a kind that holds figures, never a definition.
fn is_data(path: &Path) -> bool {
    let kinds = ["csv", "tsv", "xlsx", "xls", "ods", "parquet"];
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| kinds.contains(&ending.as_str())) && !path.is_dir()
}

/// What a pattern stands for, in byte order of the paths; any other path is itself, whether it is there or not.
fn expanded(given: Given, found: &mut Vec<Diagnostic>) -> Vec<Given> {
    if !is_pattern(&given.path) {
        return vec![given];
    }
    let pattern = given.path.to_string_lossy();
    let say = |code| Diagnostic::new(code, given.origin.clone()).with("pattern", pattern.as_ref());
    let Ok(paths) = glob::glob(&pattern) else {
        found.push(say(&codes::BAD_PATTERN));
        return Vec::new();
    };
    // What cannot be looked into is said when it is read.
    let mut paths: Vec<PathBuf> = paths.map(|path| path.unwrap_or_else(|error| error.path().to_path_buf())).collect();
    paths.sort_by(|a, b| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
    if paths.is_empty() {
        found.push(say(&codes::NO_MATCH));
    }
    paths.into_iter().map(|path| Given { path, origin: given.origin.clone() }).collect()
}

/// Assessments that are given again, by the same spelling or another.
fn twice(all: &[Given]) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<PathBuf, &Given> = BTreeMap::new();
    let mut found = Vec::new();
    for one in all {
        let file = if one.path.is_dir() { one.path.join(FILE) } else { one.path.clone() };
        // What is not there is told by its spelling.
        let same = file.canonicalize().unwrap_or_else(|_| steps(&file).iter().collect());
        if let Some(other) = seen.get(&same) {
            let diagnostic = Diagnostic::new(&codes::TWICE, one.origin.clone()).with("path", one.path.display().to_string());
            found.push(diagnostic.with("other", other.path.display().to_string()));
        } else {
            seen.insert(same, one);
        }
    }
    found
}

/// The folders on the way to an assessment and its name, without what is the same for all: the file's usual name and ending.
fn steps(path: &Path) -> Vec<String> {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut steps: Vec<String> = Vec::new();
    for component in whole.components() {
        match component {
            Component::Normal(name) => steps.push(name.to_string_lossy().nfc().collect()),
            Component::ParentDir => {
                steps.pop();
            }
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    match steps.pop() {
        Some(last) if last == FILE => {}
        Some(last) => steps.push(last.strip_suffix(".toml").map_or(last.clone(), str::to_owned)),
        None => {}
    }
    steps
}

/// A name for each: the last step, with more before it where others would have the same one.
fn names(all: &[Vec<String>]) -> Vec<String> {
    let mut depths = vec![1; all.len()];
    loop {
        let labels: Vec<String> = all.iter().zip(&depths).map(|(steps, depth)| label(steps, *depth)).collect();
        let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, label) in labels.iter().enumerate() {
            alike.entry(label.to_lowercase()).or_default().push(at);
        }
        let longer: Vec<usize> =
            alike.into_values().filter(|group| group.len() > 1).flatten().filter(|at| depths[*at] < all[*at].len()).collect();
        if longer.is_empty() {
            return numbered(labels);
        }
        for at in longer {
            depths[at] += 1;
        }
    }
}

/// Signs of a name at most: with the names of the files below, within what every system takes.
const LONGEST: usize = 60;

/// The last steps as the name of a folder that every system takes.
fn label(steps: &[String], depth: usize) -> String {
    let joined = steps.get(steps.len().saturating_sub(depth)..).unwrap_or_default().join("-");
    let plain: Vec<char> = joined.chars().map(|c| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '_' }).collect();
    // What is special about a path stands at its end.
    let plain: String = plain.iter().skip(plain.len().saturating_sub(LONGEST)).collect();
    match plain.to_uppercase().as_str() {
        "" => "assessment".to_owned(),
        // Names of devices on Windows.
        "CON" | "PRN" | "AUX" | "NUL" => plain + "_",
        upper if upper.len() == 4 && (upper.starts_with("COM") || upper.starts_with("LPT")) => plain + "_",
        _ => plain,
    }
}

/// The labels, with numbers where some are still alike.
fn numbered(labels: Vec<String>) -> Vec<String> {
    let all: BTreeSet<String> = labels.iter().map(|label| label.to_lowercase()).collect();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let name = |label: String| {
        // Some systems take `a` and `A` for one name.
        if taken.insert(label.to_lowercase()) {
            return label;
        }
        let mut others = (2..).map(|n: u32| format!("{label}_{n}"));
        let free = others.find(|name| !all.contains(&name.to_lowercase()) && taken.insert(name.to_lowercase()));
        free.unwrap_or(label)
    };
    labels.into_iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(paths: &[&[&str]], expected: &[&str]) {
        let steps: Vec<Vec<String>> = paths.iter().map(|path| path.iter().map(|step| (*step).to_owned()).collect()).collect();
        assert_eq!(names(&steps), expected);
    }

    #[test]
    fn names_are_as_short_as_telling_them_apart_allows() {
        check(&[&["x", "a"], &["x", "b"]], &["a", "b"]);
        check(&[&["x", "2025", "a"], &["x", "2024", "a"], &["x", "b"]], &["2025-a", "2024-a", "b"]);
        check(&[&["临沂市"], &["A"], &["a"]], &["临沂市", "A", "a_2"]);
        check(&[&["d", "a b"], &["d", "a_b"]], &["d-a_b", "d-a_b_2"]);
        // A number never takes the name of another.
        check(&[&["a"], &["a"], &["a_2"]], &["a", "a_3", "a_2"]);
    }

    #[test]
    fn a_name_is_one_that_every_system_takes_and_leads_nowhere_else() {
        check(&[&[".."], &["con"], &["com1"], &[]], &["__", "con_", "com1_", "assessment"]);
        check(&[&["a/../../b:c*"]], &["a_______b_c_"]);
        let long = "长".repeat(200);
        assert_eq!(names(&[vec![long]]), ["长".repeat(LONGEST)]);
    }

    #[test]
    fn steps_leave_out_what_all_files_are_called() {
        let tail = |path: &str| steps(Path::new(path)).pop();
        assert_eq!(tail("cities/a/assessment.toml"), tail("cities/a"));
        assert_eq!(tail("cities/b/../a/"), Some("a".to_owned()));
        assert_eq!(tail("years/2024.toml"), Some("2024".to_owned()));
    }

    #[test]
    fn a_list_holds_a_path_to_a_line() {
        let list = SourceFile::new("list.txt", "# 2025\r\n\r\n a b \r\nc\n");
        let paths: Vec<PathBuf> = lines(&list).into_iter().map(|given| given.path).collect();
        assert_eq!(paths, [PathBuf::from("a b"), PathBuf::from("c")]);
    }
}
