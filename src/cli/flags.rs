//! An assessment given by flags instead of a file: as a file, and as the manifest remembers it.

use std::fmt::Write as _;
use std::path::Path;

use crate::cli::args::Assessed;
use crate::cli::run::{Failure, flag_missing};

/// What was given, flag by flag.
pub(super) type Given = Vec<(String, String)>;

/// The flags in the order in which a file would say it.
pub(super) fn given(assessed: &Assessed, criteria: &str) -> Result<Given, Failure> {
    let organisations = assessed.organisations.as_ref().ok_or_else(|| flag_missing("--organisations"))?;
    let period = assessed.overrides.period.as_ref().ok_or_else(|| flag_missing("--period"))?;
    let mut given = vec![("criteria".to_owned(), criteria.to_owned()), ("period".to_owned(), period.clone())];
    for (key, value) in [("baseline", &assessed.overrides.baseline), ("unit", &assessed.overrides.unit)] {
        given.extend(value.iter().map(|value| (key.to_owned(), value.clone())));
    }
    given.push(("organisations".to_owned(), organisations.to_string_lossy().into_owned()));
    given.extend(assessed.inputs.iter().map(|input| ("data".to_owned(), input.to_string_lossy().into_owned())));
    Ok(given)
}

/// The same file as one would write by hand.
pub(super) fn assessment(given: &Given) -> Result<String, Failure> {
    let quoted = |text: &str| serde_json::to_string(text).map_err(|error| Failure::from(anyhow::Error::from(error)));
    let mut text = String::new();
    for (key, value) in given {
        let value = quoted(value)?;
        let _ = match key.as_str() {
            "criteria" => writeln!(text, "title = {value}\ncriteria = {value}"),
            "organisations" => writeln!(text, "[organisations]\npath = {value}"),
            "data" => writeln!(text, "[[source]]\npath = {value}"),
            key => writeln!(text, "{key} = {value}"),
        };
    }
    Ok(text)
}

/// What the manifest remembers: where a file lies on this machine is nobody else's business [D5].
pub(super) fn recorded(given: Given) -> impl Iterator<Item = (String, String)> {
    let is_path = |key: &str| ["criteria", "organisations", "data"].contains(&key);
    given.into_iter().map(move |(key, value)| match Path::new(&value).file_name() {
        Some(name) if is_path(&key) && Path::new(&value).is_absolute() => (key, name.to_string_lossy().into_owned()),
        _ => (key, value),
    })
}

/// The flags among the options that a manifest remembers; empty where there was a file.
pub(super) fn remembered<'a>(options: impl Iterator<Item = (&'a str, &'a str)>) -> Given {
    let flags = ["criteria", "period", "baseline", "unit", "organisations", "data"];
    options.filter(|(key, _)| flags.contains(key)).map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}
