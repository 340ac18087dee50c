//! Defects that only workbooks have.

use crate::dice::Dice;
use crate::folder::{Folder, Form, Oddity};
use crate::kinds::{At, Change, Kind, figure, kind, unseen};
use crate::outcome::Spot;

/// Something odd about the sheet of a figure.
fn odd(folder: &mut Folder, dice: &mut Dice, oddity: impl Fn(At) -> Oddity) -> Option<Spot> {
    let at = figure(folder, dice)?;
    folder.oddity = Some((folder.sheets[at.sheet].name.clone(), oddity(at)));
    Some(at.spot(folder))
}

pub(crate) fn all() -> Vec<Kind> {
    let workbook = |name, change: fn(&mut Folder, &mut Dice) -> Option<Spot>| kind(name, Change::Folder(change)).in_form(Form::Xlsx);
    vec![
        workbook("a sheet of explanations first", |f, d| odd(f, d, |_| Oddity::SheetBefore)),
        workbook("a hidden sheet with figures", |f, d| odd(f, d, |_| Oddity::HiddenSheet)),
        workbook("figures stored as text", |f, d| odd(f, d, |_| Oddity::Texts)),
        workbook("a formula that failed", |f, d| odd(f, d, |at| Oddity::Failed(at.row, at.column))),
        unseen(
            "a formula never computed, with 0 as its result",
            "some programs write 0 for what they did not compute; nothing tells it from a computed 0",
            Change::Folder(|f, d| odd(f, d, |at| Oddity::NeverComputed(at.row, at.column))),
        )
        .in_form(Form::Xlsx),
        workbook("a formula for a figure", |f, d| odd(f, d, |at| Oddity::Computed(at.row, at.column))),
        workbook("merged cells in the header", |f, d| odd(f, d, |_| Oddity::MovedHeader)),
        workbook("periods merged over their rows", |f, d| odd(f, d, |_| Oddity::MergedPeriods)),
        workbook("a hidden row", |f, d| odd(f, d, |at| Oddity::HiddenRow(at.row))),
        workbook("a hidden column", |f, d| odd(f, d, |at| Oddity::HiddenColumn(at.column))),
        workbook("a sheet for each period", |f, d| {
            let spot = odd(f, d, |_| Oddity::PeriodSheets)?;
            Some(Spot { row: None, ..spot })
        }),
    ]
}
