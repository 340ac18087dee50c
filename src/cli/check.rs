//! `kaohe check`: definitions, then data; or a scheme or catalogue alone.

use std::borrow::Cow;

use crate::assess;
use crate::assessment::Assessment;
use crate::catalogue::unit_word;
use crate::cli::alone;
use crate::cli::args::{Check, Format};
use crate::cli::run::{Console, Failure, exit_code, read, write};
use crate::code::Severity;
use crate::report::{self, aliases, completeness, findings, notices, returns};
use crate::scorebook::Delivery;

pub(super) fn run(args: &Check, console: &Console) -> Result<u8, Failure> {
    if let Some((file, kind)) = alone::named(args) {
        return alone::run(args, &file, kind, console);
    }
    if let Some(flag) =
        [("--coverage", args.coverage), ("--weights", args.weights)].into_iter().find_map(|(flag, is_given)| is_given.then_some(flag))
    {
        let named = args.run.assessed.inputs.first().map_or_else(|| "assessment.toml".to_owned(), |path| path.display().to_string());
        return Err(Failure::from(alone::not_here(flag, &named)));
    }
    let (fix_registry, args) = (args.fix_registry, &args.run);
    let assessment = read(args, console)?;
    let lang = console.lang(Some(&assessment));
    let mut prepared = console.prepare(&assessment)?;
    // There may be millions of them: they are looked at where they are shown or written.
    let shows_deliveries = args.target.output.is_some() || (args.shape.format == Format::Table && !fix_registry);
    let looked_at = std::iter::once(&prepared).chain(&prepared.parts).filter(|_| shows_deliveries);
    let deliveries: Vec<Delivery> = looked_at.flat_map(assess::deliveries).collect();
    let asked = notices::asked(prepared.asked, lang);
    let mut book = assess::assess(&mut prepared)?;
    // Most often they are all in one place already.
    if let Cow::Owned(all) = book.all_findings() {
        book.findings = all;
    }
    let written = match &args.target.output {
        Some(_) => write(&args.target, &report::check_files(&book, &deliveries, &about(&assessment), lang)?, console, lang)?,
        None => None,
    };
    if fix_registry {
        console.table(&aliases::table(&book.findings, &assessment.registry), &args.shape, lang)?;
        return Ok(exit_code(&book.findings, args.verdict.fail_on));
    }
    if args.shape.format == Format::Table {
        Console::print(notices::groups(&book.findings, Severity::Info, written.as_deref(), lang).as_bytes())?;
        let owing = completeness::sheet(&deliveries);
        if !owing.rows.is_empty() {
            console.table(&owing, &args.shape, lang)?;
            Console::print(b"\n")?;
        }
        let closing = notices::closing(&book.findings, lang);
        Console::print(format!("{closing}{asked}").as_bytes())?;
    } else {
        match args.shape.format {
            Format::Csv => Console::write(|out| findings::write(&book.findings, lang, out))?,
            Format::Json => Console::write(|out| findings::write_json(&book.findings, lang, out))?,
            Format::Table | Format::Markdown => console.table(&findings::table(&book.findings), &args.shape, lang)?,
        }
        console.remark(&asked);
    }
    Ok(exit_code(&book.findings, args.verdict.fail_on))
}

fn about(assessment: &Assessment) -> returns::About<'_> {
    returns::About {
        assessment: &assessment.title,
        period: assessment.roster.windows.assessed.to_string(),
        organisations: assessment.registry.organisations().iter().map(|one| (one.code.as_str(), one.name.as_str())).collect(),
        items: assessment.catalogue.items.iter().map(|item| (item.id.as_str(), &item.name)).collect(),
        units: assessment.catalogue.items.iter().map(|item| (item.id.as_str(), unit_word(&item.unit))).collect(),
    }
}
