//! `kaohe explain`: from points down to file, row and cell.

use std::path::PathBuf;

use crate::assess;
use crate::assessment::Assessment;
use crate::cli::args::{Explain, Format};
use crate::cli::run::{Console, Failure, figures, read_path_with};
use crate::codes::output as codes;
use crate::diagnostic::Diagnostic;
use crate::explain::{Subject, explain};
use crate::measure::roster::Unit;
use crate::report::explain as sheets;
use crate::scorebook::Scorebook;
use crate::text::{Text, nearest, normalise};

pub(super) fn run(args: &Explain, console: &Console) -> Result<u8, Failure> {
    let (path, unit, criterion) = match args.what.as_slice() {
        [unit, criterion] => (None, unit, criterion),
        [path, unit, criterion] => (Some(PathBuf::from(path)), unit, criterion),
        // clap asks for two or three.
        _ => return Err(Failure::from(Diagnostic::new(&codes::UNKNOWN_UNIT, None).with("unit", ""))),
    };
    let assessment = read_path_with(path, &args.overrides, figures(args.terms.as_deref()), console)?;
    let lang = console.lang(Some(&assessment));
    let mut prepared = console.prepare(&assessment)?;
    let book = assess::assess(&mut prepared)?;
    let (unit, subject) = (find_unit(&book, &assessment.roster.units, unit)?, find_subject(&assessment, &book, criterion)?);
    let explanation = explain(&prepared, &book, unit, subject);
    assess::unchanged(&assessment)?;
    let cells = sheets::cells(&explanation);
    let findings = &explanation.findings;
    let conclude = || if findings.is_empty() { 0 } else { console.conclude(findings, None, args.verdict.fail_on, lang) };
    if args.shape.format != Format::Table {
        console.table(&cells, &args.shape, lang)?;
        return Ok(conclude());
    }
    Console::print(sheets::lines(&explanation, lang).as_bytes())?;
    for trail in &explanation.trails {
        Console::print(b"\n")?;
        console.table(&sheets::shares(trail), &args.shape, lang)?;
    }
    if !cells.rows.is_empty() {
        Console::print(b"\n")?;
        console.table(&cells, &args.shape, lang)?;
    }
    Ok(conclude())
}

fn find_unit(book: &Scorebook, units: &[Unit], written: &str) -> Result<usize, Failure> {
    let wanted = normalise(written);
    let same = |text: &str| normalise(text) == wanted;
    let by_name = book.units.iter().position(|unit| same(&unit.key) || same(&unit.name.zh) || same(&unit.name.en));
    let short = || units.iter().find(|unit| unit.short_name.as_deref().is_some_and(same));
    let by_short = || short().and_then(|found| book.units.iter().position(|unit| unit.key == found.key));
    by_name.or_else(by_short).ok_or_else(|| {
        let names = book.units.iter().flat_map(|unit| [unit.key.as_str(), unit.name.zh.as_str()]);
        Failure::from(Diagnostic::new(&codes::UNKNOWN_UNIT, None).with("unit", written).suggest(nearest(written, names)))
    })
}

/// A criterion by id, name or indicator; a bonus, penalty or veto by id or name; any other indicator.
fn find_subject(assessment: &Assessment, book: &Scorebook, written: &str) -> Result<Subject, Failure> {
    let wanted = normalise(written);
    let same = |text: &str| normalise(text) == wanted;
    let called = |id: &str, name: &Text| same(id) || same(&name.zh) || same(&name.en);
    let criteria = &book.criteria;
    let extras = &assessment.criteria.extras;
    let by_id = criteria.iter().position(|criterion| same(&criterion.id));
    let by_name = || criteria.iter().position(|criterion| called("", &criterion.name));
    let by_indicator = || criteria.iter().position(|criterion| criterion.indicator.is_some_and(|index| same(&book.indicators[index].id)));
    let extra = || extras.all().position(|(id, name, _)| called(id, name));
    let indicator = || book.indicators.iter().position(|indicator| called(&indicator.id, &indicator.name));
    let found = by_id.or_else(by_name).or_else(by_indicator).map(Subject::Criterion);
    found.or_else(|| extra().map(Subject::Extra)).or_else(|| indicator().map(Subject::Indicator)).ok_or_else(|| {
        let of_criteria = criteria.iter().flat_map(|one| [one.id.as_str(), one.name.zh.as_str(), one.name.en.as_str()]);
        let of_extras = extras.all().flat_map(|(id, name, _)| [id, name.zh.as_str(), name.en.as_str()]);
        let of_indicators = book.indicators.iter().flat_map(|one| [one.id.as_str(), one.name.zh.as_str(), one.name.en.as_str()]);
        let near = nearest(written, of_criteria.chain(of_extras).chain(of_indicators));
        Failure::from(Diagnostic::new(&codes::UNKNOWN_CRITERION, None).with("criterion", written).suggest(near))
    })
}
