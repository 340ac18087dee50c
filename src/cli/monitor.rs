//! `kaohe monitor`: what passed a line, the trend, and what is to be put right.

use chrono::NaiveDate;

use crate::assess;
use crate::assessment::dividing::rectification;
use crate::cli::args::{Format, Monitor};
use crate::cli::run::{Console, Failure, checked, read, write};
use crate::codes::monitor as codes;
use crate::diagnostic::Diagnostic;
use crate::monitor::monitor;
use crate::period::Span;
use crate::rectification::list;
use crate::report::{self, monitor as sheets};
use crate::score::kernel::read_date;
use crate::text::Text;

pub(super) fn run(args: &Monitor, console: &Console) -> Result<u8, Failure> {
    let assessment = read(&args.run, console)?;
    let lang = console.lang(Some(&assessment));
    let as_of = as_of(args.as_of.as_deref(), assessment.roster.windows.assessed)?;
    let mut prepared = console.prepare(&assessment)?;
    let mut book = assess::assess(&mut prepared)?;
    let earlier = match &args.list {
        Some(path) => {
            let (earlier, provenance) = checked(rectification::read(path, &book), console, |_| None)?;
            book.provenance.inputs.extend(provenance.inputs);
            earlier
        }
        None => Vec::new(),
    };
    let found = monitor(&prepared, &book, args.back)?;
    let entries = list(&book, &earlier, as_of);
    let written = write(&args.run.target, &report::monitor_files(&book, &found, &entries, lang)?, console, lang)?;
    if matches!(args.run.shape.format, Format::Csv | Format::Json) {
        console.table(&sheets::file(&book, &found), &args.run.shape, lang)?;
    } else {
        if found.watched.is_empty() {
            console.remark(Text::new("没有一条标准设了关注线或预警线\n", "no criterion has lines of attention or alarm\n").get(lang));
        } else {
            console.table(&sheets::sheet(&book, &found, args.all), &args.run.shape, lang)?;
            Console::print(b"\n")?;
        }
        console.table(&sheets::list_sheet(&book, &entries), &args.run.shape, lang)?;
    }
    Ok(console.conclude(&book.all_findings(), written.as_deref(), args.run.verdict.fail_on, lang))
}

/// The day on which deadlines are looked at: as asked, else the last one of the period, so that the same inputs give the same
/// list [D5].
fn as_of(written: Option<&str>, period: Span) -> Result<NaiveDate, Failure> {
    let wrong = |written: &str| Failure::from(Diagnostic::new(&codes::AS_OF, None).with("written", written));
    match written {
        Some(written) => read_date(written).ok_or_else(|| wrong(written)),
        None => period.last_day().ok_or_else(|| wrong(&period.to_string())),
    }
}
