//! Kinds of rows: the texts in the columns with conditions decide for which items a row may count. All cores find out of which
//! kind a row is, one finds out what rows of a kind fulfil, once.

use std::num::NonZeroU16;

use super::figures::At;
use super::words::{FEW, Words};
use super::{Records, Way};
use crate::intake::short::short;

/// Columns by whose texts kinds are told apart; with conditions on more of them every row is looked at.
const MOST_COLUMNS: u32 = 5;

/// Which of the first texts of each column, as the digits of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind(NonZeroU16);

impl Kind {
    #[inline]
    fn of(digits: usize) -> Option<Self> {
        Some(Self(NonZeroU16::new(u16::try_from(digits + 1).ok()?)?))
    }

    /// The kind of a row of which no column was looked at; none where the texts of so many columns are not known.
    #[inline]
    pub(super) fn first(columns: usize, texts: &FirstTexts) -> Option<Self> {
        if columns == texts.len() { Self::of(0) } else { None }
    }

    /// With another column, which holds one of its first texts.
    #[inline]
    pub(super) fn with(self, cell: &[u8], first: &[u128]) -> Option<Self> {
        let text = short(cell)?;
        // All are compared, since what comes next cannot be guessed.
        let at = first.iter().enumerate().fold(FEW, |found, (at, known)| if *known == text { at } else { found });
        if at < FEW { self.number().checked_mul(FEW)?.checked_add(at).and_then(Self::of) } else { None }
    }

    /// The number.
    #[inline]
    pub(super) fn number(self) -> usize {
        usize::from(self.0.get()) - 1
    }
}

/// The first texts of each column with conditions on texts, as far as they are short.
pub(super) type FirstTexts = Vec<Vec<u128>>;

/// What the rows of a kind fulfil.
#[derive(Debug, Default, Clone)]
pub(super) struct Fulfilled {
    /// By number of the condition, on texts.
    pub(super) held: Vec<bool>,
    /// Numbers of the items whose conditions on texts all hold.
    pub(super) items: Vec<usize>,
    /// Rows that were only counted: their texts do not know of them yet.
    rows: u64,
}

/// What is needed of the rows of a kind.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Wants {
    /// True if something of them may be added up.
    pub(super) amounts: bool,
    /// True if persons may be counted.
    pub(super) persons: bool,
}

/// Stands for a kind of which no row was looked at.
const NEW: u16 = 0;

/// All kinds.
pub(super) struct Kinds {
    /// Numbers of what is fulfilled, by kind.
    numbers: Vec<u16>,
    /// First what the row at hand fulfils, if it is of none of the kinds.
    fulfilled: Vec<Fulfilled>,
}

impl Kinds {
    pub(super) fn new(records: &Records, columns: usize) -> Self {
        let columns = u32::try_from(columns).unwrap_or(u32::MAX);
        let kinds = if columns > MOST_COLUMNS { 0 } else { FEW.pow(columns) };
        let first = Fulfilled { held: vec![false; records.conditions.len()], ..Fulfilled::default() };
        Self { numbers: vec![NEW; kinds], fulfilled: vec![first] }
    }

    /// Counts a row of a kind, if others of it were looked at: the number of what they fulfil.
    #[inline]
    pub(super) fn pass(&mut self, kind: Kind) -> Option<usize> {
        let number = usize::from(self.numbers.get(kind.number()).copied().filter(|number| *number != NEW)?);
        self.fulfilled[number].rows += 1;
        Some(number)
    }

    /// Looks at a row whose texts are these: the number of what it fulfils.
    pub(super) fn look<'c>(&mut self, records: &Records, words: &mut [Words], cell: &impl Fn(usize) -> &'c [u8], at: At) -> usize {
        let mut kind = Some(0);
        let first = &mut self.fulfilled[0];
        for words in words {
            let text = words.look(cell(words.column), &mut first.held, at).filter(|text| *text < FEW);
            kind = kind.zip(text).and_then(|(kind, text): (usize, usize)| kind.checked_mul(FEW)?.checked_add(text));
        }
        let holds = |condition: &usize| records.is_on_numbers(*condition) || first.held[*condition];
        first.items.clear();
        first.items.extend((0..records.items.len()).filter(|item| records.items[*item].conditions.iter().all(holds)));
        let new = u16::try_from(self.fulfilled.len()).ok();
        let (Some(number), Some(new)) = (kind.and_then(|kind| self.numbers.get_mut(kind)), new) else { return 0 };
        *number = new;
        self.fulfilled.push(self.fulfilled[0].clone());
        0
    }

    /// What it is.
    #[inline]
    pub(super) fn of(&self, number: usize) -> &Fulfilled {
        &self.fulfilled[number]
    }

    /// How many kinds are known.
    pub(super) fn known(&self) -> usize {
        self.fulfilled.len()
    }

    /// What is needed of rows, by kind.
    pub(super) fn wants(&self, records: &Records) -> Vec<Wants> {
        let wants = |number: &u16| {
            let items = if *number == NEW { &[][..] } else { &self.of(usize::from(*number)).items };
            let is_any = |of: fn(&Way) -> bool| items.iter().any(|item| of(&records.items[*item].way));
            Wants { amounts: is_any(|way| matches!(way, Way::Sum(_))), persons: is_any(|way| matches!(way, Way::Distinct(_))) }
        };
        self.numbers.iter().map(wants).collect()
    }

    /// Tells the texts of the rows that were only counted.
    pub(super) fn tell(&mut self, words: &mut [Words]) {
        for (mut kind, number) in self.numbers.iter().enumerate().filter(|(_, number)| **number != NEW) {
            let rows = std::mem::take(&mut self.fulfilled[usize::from(*number)].rows);
            for words in words.iter_mut().rev() {
                words.met[kind % FEW].rows += rows;
                kind /= FEW;
            }
        }
    }
}
