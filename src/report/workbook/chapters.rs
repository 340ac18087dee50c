//! The sheets, in their order.

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::places::Chapter;
use super::sheet::Sheet;
use super::{Book, HELD, UNITS};
use crate::report::table::{Column, Row, Style};
use crate::report::{adjustments as adjustment_rows, comparison as side_by_side, definitions as meanings, facts, findings as found};
use crate::report::{heat, measures, summary as ranked, unit as unit_sheet};
use crate::text::{Lang, Text};

type Written = Result<Worksheet, XlsxError>;

/// The ranking, then what was assessed.
pub(super) fn summary(book: &Book) -> Written {
    let result = book.dossier.book;
    let mut table = ranked::ranking(result);
    ranked::lead(&mut table, result);
    let name = table.columns.iter().position(|column| column.id == "name").and_then(|at| u16::try_from(at).ok());
    let mut sheet = Sheet::of(&book.frame, book.frame.places.chapter(Chapter::Summary), &table)?;
    let units = result.units.len();
    let too_many = Text::new(
        format!(
            "考核对象共 {units} 个，超过 {UNITS} 个时不为每个对象另设工作表；见“{}”表和 report.html。",
            book.frame.places.chapter(Chapter::Comparison)
        ),
        format!(
            "{units} units: of more than {UNITS} none has a sheet of its own; see {} and report.html.",
            book.frame.places.chapter(Chapter::Comparison)
        ),
    );
    sheet.notes((units > book.frame.places.units()).then(|| too_many.get(book.frame.lang)))?;
    let colon = book.frame.say("：", ": ");
    let line = |(label, value): (Text, Text)| format!("{}{colon}{}", label.get(book.frame.lang), value.get(book.frame.lang));
    sheet.notes(facts::of(result).into_iter().map(line))?;
    let part = book.frame.say("部分", "Part");
    sheet.notes(
        result.parts.iter().map(|one| format!("{part}{colon}{} — parts/{}/report.xlsx", one.book.head.title.get(book.frame.lang), one.id)),
    )?;
    sheet.notes(signatures(book))?;
    sheet.close(name.map_or(1, |name| name + 1))
}

/// Shares of points by dimension.
pub(super) fn shares(book: &Book) -> Written {
    let table = heat::table(book.dossier);
    let mut sheet = Sheet::of(&book.frame, book.frame.places.chapter(Chapter::Shares), &table)?;
    sheet.shade(table.rows.len())?;
    sheet.close(1)
}

/// All criteria of all units, one criterion after the other: all at once would be more than is held.
pub(super) fn comparison(book: &Book, workbook: &mut Workbook) -> Written {
    let result = book.dossier.book;
    let all = result.units.iter().map(|unit| unit.scores.iter().filter(|score| score.is_on_sheet).count()).sum();
    let rows = (0..result.criteria.len()).flat_map(|at| side_by_side::of_criterion(book.dossier, at).rows);
    let list =
        List { chapter: Chapter::Comparison, title: Text::new("指标对比", "Comparison by criterion"), file: "scores.csv", frozen: 2 };
    list.write((book, workbook), side_by_side::columns(), rows, all)
}

/// The sheet of one unit.
pub(super) fn unit(book: &Book, at: usize) -> Written {
    let mut sheet = Sheet::of(&book.frame, book.frame.places.unit(at), &unit_sheet::sheet(book.dossier, at))?;
    sheet.notes(signatures(book))?;
    sheet.close(1)
}

/// Lines for those who sign.
fn signatures(book: &Book) -> impl Iterator<Item = String> {
    let colon = book.frame.say("：", ": ");
    book.dossier.book.provenance.signed.iter().map(move |line| format!("{}{colon}____________________", line.get(book.frame.lang)))
}

/// Every value of every unit.
pub(super) fn indicators(book: &Book, workbook: &mut Workbook) -> Written {
    let result = book.dossier.book;
    let all = result.units.iter().map(|unit| unit.measures.len()).sum();
    let rows = measures::rows(result).map(|cells| Row { style: Style::Body, cells });
    let list = List { chapter: Chapter::Indicators, title: Text::new("指标值", "Indicator values"), file: "measures.csv", frozen: 2 };
    list.write((book, workbook), measures::columns(), rows, all)
}

/// Every row between criteria and total.
pub(super) fn adjustments(book: &Book, workbook: &mut Workbook) -> Written {
    let table = adjustment_rows::sheet(book.dossier.book);
    let list = List { chapter: Chapter::Adjustments, title: table.title, file: "adjustments.csv", frozen: 1 };
    let all = table.rows.len();
    list.write((book, workbook), table.columns, table.rows.into_iter(), all)
}

/// What was noticed in the data.
pub(super) fn findings(book: &Book, workbook: &mut Workbook) -> Written {
    let all = book.dossier.book.all_findings();
    let list = List { chapter: Chapter::Findings, title: Text::new("数据问题", "Findings"), file: "findings.csv", frozen: 2 };
    list.write((book, workbook), found::headed(), found::rows(&all, book.frame.lang), all.len())
}

/// What the figures mean, and what they were made from.
pub(super) fn definitions(book: &Book) -> Written {
    let result = book.dossier.book;
    let mut sheet = Sheet::of(&book.frame, book.frame.places.chapter(Chapter::Definitions), &meanings::table(result))?;
    sheet.below(&meanings::scheme(result))?;
    let unverified = meanings::unverified(result);
    if !unverified.rows.is_empty() {
        sheet.below(&unverified)?;
    }
    sheet.below(&meanings::inputs(result))?;
    sheet.close(1)
}

/// A list that may be cut short, with the file that has all of it.
struct List {
    chapter: Chapter,
    title: Text,
    file: &'static str,
    frozen: u16,
}

impl List {
    fn write(
        &self,
        (book, workbook): (&Book, &mut Workbook),
        columns: Vec<Column>,
        rows: impl Iterator<Item = Row>,
        all: usize,
    ) -> Written {
        let most = book.rows;
        let note = match (all > most, book.frame.lang) {
            (false, _) => None,
            (true, Lang::Zh) => Some(format!("共 {all} 行，这里是前 {most} 行，全部见 {}", self.file)),
            (true, Lang::En) => Some(format!("the first {most} of {all} rows; {} has them all", self.file)),
        };
        let title = self.title.get(book.frame.lang);
        // At the end of a long list nobody reads a note: it stands in the title, too.
        let title = note.as_ref().map_or_else(|| title.to_owned(), |note| format!("{title} — {note}"));
        let page = if all.min(most) > HELD { workbook.new_worksheet_with_low_memory()? } else { Worksheet::new() };
        let mut sheet = Sheet::on(page, &book.frame, book.frame.places.chapter(self.chapter), &title, columns)?;
        for row in rows.take(most) {
            sheet.row(&row)?;
        }
        sheet.filter()?;
        sheet.notes(note)?;
        sheet.close(self.frozen)
    }
}
