//! `kaohe score`: the main job.

use crate::assess::{self, Prepared};
use crate::assessment::several::is_several;
use crate::cli::args::{Format, Run, Score};
use crate::cli::batch;
use crate::cli::run::{Console, Failure, read, write};
use crate::dossier::Dossier;
use crate::report::{self, json, notice, summary};
use crate::scorebook::Scorebook;
use crate::text::Lang;

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
    let prepared = console.prepare(&assessment)?;
    let (book, written) = if args.target.output.is_some() || args.shape.format == Format::Markdown {
        with_dossier(prepared, args, console, lang)?
    } else {
        (assess::assess_once(prepared)?, None)
    };
    match args.shape.format {
        Format::Json => Console::write(|out| json::scorebook(&book, out))?,
        Format::Csv => console.table(&summary::file(&book), &args.shape, lang)?,
        Format::Markdown => {}
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
    std::mem::forget(book);
    std::mem::forget(assessment);
    Ok(code)
}

/// Scores, and writes what also tells where its figures come from: the folder of results, the notice. With the result, the file
/// in which all findings stand.
fn with_dossier(mut prepared: Prepared, args: &Run, console: &Console, lang: Lang) -> Result<(Scorebook, Option<String>), Failure> {
    let book = assess::assess(&mut prepared)?;
    let written = match &args.target.output {
        Some(_) => write(&args.target, &report::files(&Dossier::gather(&prepared, &book)?, lang)?, console, lang)?,
        None => None,
    };
    if args.shape.format == Format::Markdown {
        Console::print(&notice::markdown(&Dossier::brief(&prepared, &book), lang)?)?;
    }
    std::mem::forget(prepared);
    Ok((book, written))
}
