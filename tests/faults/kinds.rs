//! The kinds of defects, and how each is put into a folder.

use crate::dice::Dice;
use crate::folder::{Folder, Form};
use crate::outcome::Spot;
use crate::{cells, files, tables, workbooks};

/// Why a wrong digit may go unseen.
pub(crate) const UNSEEN: &str = "a figure within all bounds; parts and wholes, jumps and outliers narrow it down";

/// A kind of defect.
pub(crate) struct Kind {
    /// What is done, in words.
    pub(crate) name: &'static str,
    /// Why some of them cannot be seen in principle; `None` where every one must be.
    pub(crate) unseen: Option<&'static str>,
    /// How.
    pub(crate) change: Change,
    /// The form of tables that has it, if not every one.
    pub(crate) only: Option<Form>,
}

impl Kind {
    /// The same in one form of tables alone.
    pub(crate) fn in_form(mut self, form: Form) -> Self {
        self.only = Some(form);
        self
    }
}

/// How a defect is made.
pub(crate) enum Change {
    /// The text of a figure's cell is replaced; `None` where the defect makes no sense there.
    Cell(fn(&str, &mut Dice) -> Option<String>),
    /// Anything else; says where.
    Folder(fn(&mut Folder, &mut Dice) -> Option<Spot>),
}

/// A defect that must be seen wherever it changes a score.
pub(crate) fn kind(name: &'static str, change: Change) -> Kind {
    Kind { name, unseen: None, change, only: None }
}

/// A defect that no check can tell from a true figure in every case.
pub(crate) fn unseen(name: &'static str, why: &'static str, change: Change) -> Kind {
    Kind { name, unseen: Some(why), change, only: None }
}

/// Every kind.
pub(crate) fn all() -> Vec<Kind> {
    [cells::all(), tables::all(), files::all(), workbooks::all()].into_iter().flatten().collect()
}

/// Puts one defect of a kind somewhere; `None` where the place drawn does not admit it.
pub(crate) fn inject(kind: &Kind, folder: &mut Folder, dice: &mut Dice) -> Option<Spot> {
    match kind.change {
        Change::Folder(change) => change(folder, dice),
        Change::Cell(change) => {
            let at = figure(folder, dice)?;
            let written = folder.sheets[at.sheet].rows[at.row][at.column].clone();
            let changed = change(&written, dice)?;
            folder.sheets[at.sheet].rows[at.row][at.column] = changed;
            Some(at.spot(folder))
        }
    }
}

/// A cell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At {
    pub(crate) sheet: usize,
    pub(crate) row: usize,
    pub(crate) column: usize,
}

impl At {
    pub(crate) fn spot(self, folder: &Folder) -> Spot {
        let sheet = &folder.sheets[self.sheet];
        Spot {
            file: sheet.file(),
            row: Some(self.row as u64 + 1),
            column: sheet.rows[0].get(self.column).cloned(),
            organisations: vec![sheet.rows[self.row][0].clone()],
        }
    }
}

/// A cell with a figure in it.
pub(crate) fn figure(folder: &Folder, dice: &mut Dice) -> Option<At> {
    let sheet = dice.below(folder.sheets.len());
    let (bodies, figures) = (folder.sheets[sheet].bodies(), folder.sheets[sheet].figures());
    let at = At { sheet, row: bodies[dice.below(bodies.len())], column: figures[dice.below(figures.len())] };
    let text = &folder.sheets[sheet].rows[at.row][at.column];
    text.starts_with(|c: char| c.is_ascii_digit()).then_some(at)
}
