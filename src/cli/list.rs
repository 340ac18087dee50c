//! `kaohe list` and `kaohe show`: the catalogue, the scheme and the rules, from the tables.

use std::path::PathBuf;

use crate::assessment::{Assessment, built_in};
use crate::catalogue::{Catalogue, Item, unit_word};
use crate::cli::args::{List, Listed, Overrides, Show};
use crate::cli::run::{Console, Failure, read_path};
use crate::cli::templates::TEMPLATES;
use crate::codes::output as codes;
use crate::diagnostic::Diagnostic;
use crate::report::catalogue as sheets;
use crate::score::rules::RULES;
use crate::text::nearest;

pub(super) fn list(args: &List, console: &Console) -> Result<u8, Failure> {
    let (catalogue, assessment) = read(args.assessment.clone(), console)?;
    let lang = console.lang(assessment.as_ref());
    let table = match (args.what.unwrap_or(Listed::Indicators), &assessment) {
        (Listed::Items, _) => sheets::items(&catalogue),
        (Listed::Indicators, _) => sheets::indicators(&catalogue),
        (Listed::Checks, _) => sheets::checks(&catalogue),
        (Listed::Rules, _) => sheets::rules(),
        (Listed::Templates, _) => sheets::templates(TEMPLATES.iter().map(|template| (template.name, template.does()))),
        (Listed::Criteria, Some(assessment)) => sheets::criteria(&assessment.criteria, &catalogue),
        (Listed::Criteria, None) => return list_criteria_here(args, console),
    };
    console.table(&table, &args.shape, lang)?;
    Ok(0)
}

/// Criteria belong to an assessment; without one named it is the one of this folder.
fn list_criteria_here(args: &List, console: &Console) -> Result<u8, Failure> {
    let assessment = read_path(None, &NOTHING, console)?;
    console.table(&sheets::criteria(&assessment.criteria, &assessment.catalogue), &args.shape, console.lang(Some(&assessment)))?;
    Ok(0)
}

const NOTHING: Overrides = Overrides { period: None, baseline: None, unit: None, part: None, set: Vec::new() };

fn read(path: Option<PathBuf>, console: &Console) -> Result<(Catalogue, Option<Assessment>), Failure> {
    match path {
        Some(path) => {
            let assessment = read_path(Some(path), &NOTHING, console)?;
            Ok((assessment.catalogue.clone(), Some(assessment)))
        }
        None => Ok((built_in()?, None)),
    }
}

pub(super) fn show(args: &Show, console: &Console) -> Result<u8, Failure> {
    let (catalogue, assessment) = read(args.assessment.clone(), console)?;
    let lang = console.lang(assessment.as_ref());
    let id = args.id.as_str();
    let is_item = |item: &&Item| item.id == id || item.name.zh == id;
    let item = || catalogue.items.iter().find(is_item).map(|item| sheets::item(item, &catalogue));
    let indicator = || {
        catalogue
            .indicators
            .iter()
            .find(|indicator| indicator.id == id || indicator.name.zh == id || indicator.aliases.iter().any(|alias| alias == id))
            .map(|indicator| sheets::indicator(indicator, &unit_word(&indicator.unit)))
    };
    let is_called = |item: &&Item| item.aliases.iter().any(|alias| alias == id);
    let alias = || catalogue.items.iter().find(is_called).map(|item| sheets::item(item, &catalogue));
    let check = || catalogue.checks.iter().find(|check| check.id == id).map(sheets::check);
    let rule = || RULES.iter().find(|rule| rule.name == id).map(sheets::rule);
    let Some(table) = item().or_else(indicator).or_else(alias).or_else(check).or_else(rule) else {
        let known = catalogue.items.iter().map(|item| item.id.as_str());
        let known = known
            .chain(catalogue.indicators.iter().map(|indicator| indicator.id.as_str()))
            .chain(catalogue.checks.iter().map(|check| check.id.as_str()));
        let known = known.chain(RULES.iter().map(|rule| rule.name));
        return Err(Failure::from(Diagnostic::new(&codes::UNKNOWN_ID, None).with("id", id).suggest(nearest(id, known))));
    };
    console.table(&table, &args.shape, lang)?;
    Ok(0)
}
