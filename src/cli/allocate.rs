//! `kaohe allocate`: from a result to money.

use crate::assessment::dividing::allocation::{Totals, load};
use crate::cli::args::{Allocate, Format};
use crate::cli::run::{Console, Failure, checked, write};
use crate::output::frozen::scores;
use crate::pay::allocate;
use crate::report::{self, pay as sheets};

pub(super) fn run(args: &Allocate, console: &Console) -> Result<u8, Failure> {
    let (scores, input) = scores(&args.result)?;
    let totals = if args.provisional { Totals::Provisional } else { Totals::Final };
    let loaded = checked(load(&args.rules, scores, input, totals), console, |loaded| loaded.lang)?;
    let lang = console.lang_or(loaded.lang);
    let allocation = allocate(&loaded.plan)?;
    let files = report::pay_files(&loaded.plan, &allocation, &loaded.provenance, lang)?;
    write(&args.target, &files, console, lang)?;
    let table = match args.shape.format {
        Format::Table | Format::Markdown => sheets::sheet(&loaded.plan, &allocation),
        Format::Csv | Format::Json => sheets::amounts(&loaded.plan, &allocation),
    };
    console.table(&table, &args.shape, lang)?;
    Ok(0)
}
