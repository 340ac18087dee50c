//! `kaohe compare`: units of one result, several periods, or two results with the cause of every changed point.

use crate::cli::args::{Compare, Format};
use crate::cli::run::{Console, Failure, write};
use crate::codes::compare as codes;
use crate::compare::{Book, Cause, Comparison, Series, beside, changes, redefined, series};
use crate::diagnostic::Diagnostic;
use crate::report::{self, compare as sheets, notices};
use crate::text::{Lang, Text};

mod chosen;
mod operand;
mod steps;

use operand::Operand;

pub(super) fn run(args: &Compare, console: &Console) -> Result<u8, Failure> {
    let operands = operand::read_all(&args.what, console)?;
    let lang = console.lang_or(operands.first().and_then(|operand| operand.lang));
    let books: Vec<&Book> = operands.iter().map(|operand| &operand.book).collect();
    let names = operand::names(&operands);
    chosen::fit(&books, &names)?;
    let keys = chosen::keys(&books, &args.units)?;
    let mut said: Vec<Diagnostic> = operands.iter().filter_map(operand::findings).collect();
    let comparison = if let [one] = operands.as_slice() {
        let units = chosen::indices(&one.book, keys.as_deref());
        said.extend(keys.is_none().then(|| Diagnostic::new(&codes::ONE_RESULT, None).with("count", units.len().to_string())));
        Comparison::Units(beside(one.book.clone(), units))
    } else {
        said.extend(redefined(&books).into_iter().map(|one| {
            let diagnostic = Diagnostic::new(&codes::REDEFINED, None).with("id", one.id);
            diagnostic.with("one", one.names.0).with("two", one.names.1)
        }));
        let series = series(&books, names, keys.as_deref());
        match operands.as_slice() {
            [before, after] if before.book.period == after.book.period => compared(before, after, series, &mut said),
            _ => Comparison::Results(series),
        }
    };
    if !said.is_empty() {
        console.remark(&notices::diagnostics(&said, lang));
    }
    show(&comparison, &operands, args, console, lang)?;
    Ok(0)
}

/// Two results of one period, and what lies between them.
fn compared(before: &Operand, after: &Operand, series: Series, said: &mut Vec<Diagnostic>) -> Comparison {
    if before.book.says_the_same(&after.book) {
        let name = |at: usize| series.names.get(at).cloned().unwrap_or_default();
        said.push(Diagnostic::new(&codes::NO_DIFFERENCE, None).with("first", name(0)).with("other", name(1)));
        let changes = changes(&[&before.book, &after.book], vec![Cause::ALL.to_vec()], &series);
        return Comparison::Changes(series, changes);
    }
    let between = steps::between(before, after);
    said.extend(between.said);
    let mut books = vec![&before.book];
    books.extend(&between.books);
    books.push(&after.book);
    let changes = changes(&books, between.causes, &series);
    Comparison::Changes(series, changes)
}

fn show(comparison: &Comparison, operands: &[Operand], args: &Compare, console: &Console, lang: Lang) -> Result<(), Failure> {
    let units = if args.units.is_empty() { Vec::new() } else { vec![("units".to_owned(), args.units.join(","))] };
    let provenance = operand::provenance(operands, units);
    if let Some(first) = operands.first() {
        let files = report::compare_files(comparison, first.book.period, &provenance, lang)?;
        write(&args.target, &files, console, lang)?;
    }
    let tables = match args.shape.format {
        Format::Table | Format::Markdown => sheets::sheets(comparison),
        Format::Csv | Format::Json => vec![sheets::file(comparison)],
    };
    for (at, table) in tables.iter().enumerate() {
        if at > 0 {
            Console::print(b"\n")?;
        }
        console.table(table, &args.shape, lang)?;
    }
    Ok(())
}

/// A path as reports may name it.
fn shown(path: &std::path::Path) -> Text {
    Text::same(path.display().to_string())
}
