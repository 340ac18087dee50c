//! `kaohe targets`: totals divided among units, and what changed since an earlier version.

use crate::assessment::dividing::allotment::{FILE, load};
use crate::cli::args::{Format, Targets};
use crate::cli::run::{Console, Failure, checked, write};
use crate::report::{self, targets as sheets};
use crate::targets::allot;
use crate::targets::changes::changes;

pub(super) fn run(args: &Targets, console: &Console) -> Result<u8, Failure> {
    let path = args.file.clone().unwrap_or_else(|| FILE.into());
    let loaded = checked(load(&path, args.round, args.against.as_deref()), console, |loaded| loaded.lang)?;
    let lang = console.lang_or(loaded.lang);
    let targets = allot(&loaded.plan)?;
    let changes = loaded.earlier.as_ref().map(|earlier| changes(&loaded.plan, &targets, earlier));
    let files = report::target_files(&loaded.plan, &targets, changes.as_deref(), &loaded.provenance, lang)?;
    write(&args.target, &files, console, lang)?;
    let is_for_people = matches!(args.shape.format, Format::Table | Format::Markdown);
    let table = match (&changes, is_for_people) {
        (Some(changes), true) => sheets::changes_sheet(&loaded.plan, changes),
        (Some(changes), false) => sheets::changes_file(changes),
        (None, true) => sheets::sheet(&loaded.plan, &targets),
        (None, false) => sheets::file(&loaded.plan, &targets),
    };
    console.table(&table, &args.shape, lang)?;
    Ok(0)
}
