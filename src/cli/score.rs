//! `kaohe score`: the main job.

use crate::assess;
use crate::assessment::several::is_several;
use crate::cli::args::{Format, Score};
use crate::cli::batch;
use crate::cli::run::{Console, Failure, read, write};
use crate::dossier::Dossier;
use crate::report::{self, json, notice, summary};

pub(super) fn run(args: &Score, console: &Console) -> Result<u8, Failure> {
    let assessed = &args.run.assessed;
    if args.list.is_some() || assessed.criteria.is_none() && args.run.terms.is_none() && is_several(&assessed.inputs) {
        return batch::run(args, console);
    }
    one(args, console)
}

fn one(score: &Score, console: &Console) -> Result<u8, Failure> {
    let args = &score.run;
    let mut assessment = read(args, console)?;
    assessment.provenance.options.extend(score.published());
    let lang = console.lang(Some(&assessment));
    let mut prepared = console.prepare(&assessment)?;
    let book = assess::assess(&mut prepared)?;
    let written = match &args.target.output {
        Some(_) => write(&args.target, &report::files(&Dossier::gather(&prepared, &book)?, lang)?, console, lang)?,
        None => None,
    };
    match args.shape.format {
        Format::Json => Console::write(|out| json::scorebook(&book, out))?,
        Format::Csv => console.table(&summary::file(&book), &args.shape, lang)?,
        Format::Markdown => Console::print(&notice::markdown(&Dossier::brief(&prepared, &book), lang)?)?,
        Format::Table => {
            console.table(&summary::ranking(&book), &args.shape, lang)?;
            for part in &book.parts {
                Console::print(b"\n")?;
                console.table(&summary::ranking(&part.book), &args.shape, lang)?;
            }
        }
    }
    let code = console.conclude(&book.all_findings(), written.as_deref(), args.verdict.fail_on, lang);
    // The process ends here: millions of figures and findings need not be taken to pieces first.
    std::mem::forget((book, prepared));
    std::mem::forget(assessment);
    Ok(code)
}
