//! `kaohe check`: definitions, then data.

use crate::assess;
use crate::cli::args::{Check, Format};
use crate::cli::run::{Console, Failure, exit_code, read};
use crate::report::{aliases, findings, notices};

pub(super) fn run(args: &Check, console: &Console) -> Result<u8, Failure> {
    let assessment = read(&args.assessed, console)?;
    let lang = console.lang(Some(&assessment));
    let prepared = assess::prepare(&assessment)?;
    let book = assess::assess(prepared)?;
    if args.fix_registry {
        console.table(&aliases::table(&book.findings, &assessment.registry), &args.shape, lang)?;
        return Ok(exit_code(&book.findings, args.verdict.fail_on));
    }
    if args.shape.format == Format::Table {
        Console::print(notices::findings(&book.findings, None, lang).as_bytes())?;
    } else {
        console.table(&findings::table(&book.findings), &args.shape, lang)?;
    }
    Ok(exit_code(&book.findings, args.verdict.fail_on))
}
