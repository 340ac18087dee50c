//! `kaohe measure`: indicator values only.

use crate::assess;
use crate::cli::args::{Format, Measure};
use crate::cli::partial;
use crate::cli::run::{Console, Failure, read, write};
use crate::report::{self, measures};

pub(super) fn run(measure: &Measure, console: &Console) -> Result<u8, Failure> {
    if let Some(target) = &measure.partial {
        return partial::run(measure, target, console);
    }
    let args = &measure.run;
    let assessment = read(args, console)?;
    let lang = console.lang(Some(&assessment));
    let book = assess::assess_once(console.prepare(&assessment)?)?;
    let written = write(&args.target, &report::measure_files(&book, lang)?, console, lang)?;
    let table = if args.shape.format == Format::Table || args.shape.format == Format::Markdown {
        measures::sheet(&book)
    } else {
        measures::file(&book)
    };
    console.table(&table, &args.shape, lang)?;
    Ok(console.conclude(&book.all_findings(), written.as_deref(), args.verdict.fail_on, lang))
}
