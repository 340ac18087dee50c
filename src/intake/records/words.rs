//! The texts of a column with conditions: each is looked at once, however many rows hold it.

use std::collections::{BTreeMap, HashMap};

use super::figures::At;
use super::{Records, Test};
use crate::intake::short::{LONG, short};
use crate::text::mixed::Mixed;
use crate::text::normalise;

/// Texts that are looked for one by one.
pub(super) const FEW: usize = 8;
/// Texts of a column that are remembered.
const REMEMBERED: usize = 4096;

/// The texts of one column.
pub(super) struct Words {
    /// The column.
    pub(super) column: usize,
    tests: Vec<TextTest>,
    numbers: HashMap<Vec<u8>, usize, Mixed>,
    /// The first texts, as far as they are short.
    pub(super) first: Vec<u128>,
    /// The texts in the order in which they are met.
    pub(super) met: Vec<Word>,
}

/// A condition on texts.
struct TextTest {
    condition: usize,
    is_any: bool,
    /// As written and as compared, and whether it was met.
    texts: Vec<(String, String, bool)>,
}

/// A text of a column.
pub(super) struct Word {
    /// As written.
    pub(super) written: String,
    /// Rows that hold it.
    pub(super) rows: u64,
    /// The first of them.
    pub(super) first: At,
    /// True if a condition names it.
    pub(super) is_named: bool,
    holds: Vec<bool>,
}

impl Words {
    /// The columns on whose texts there are conditions, in order.
    pub(super) fn all(records: &Records) -> Vec<Self> {
        let mut by_column: BTreeMap<usize, Vec<TextTest>> = BTreeMap::new();
        for (condition, of) in records.conditions.iter().enumerate() {
            let (is_any, texts) = match &of.test {
                Test::AnyOf(texts) => (true, texts),
                Test::NoneOf(texts) => (false, texts),
                Test::Between { .. } => continue,
            };
            let texts = texts.iter().map(|text| (text.clone(), normalise(text), false)).collect();
            by_column.entry(of.column).or_default().push(TextTest { condition, is_any, texts });
        }
        let words = |(column, tests)| Self { column, tests, numbers: HashMap::default(), first: Vec::new(), met: Vec::new() };
        by_column.into_iter().map(words).collect()
    }

    /// Notes which conditions the cell of a row fulfils; the number of its text, if it is remembered.
    pub(super) fn look(&mut self, cell: &[u8], held: &mut [bool], at: At) -> Option<usize> {
        // Most columns hold a handful of short texts, and comparing them is quicker than a hash.
        let among_first = || short(cell).and_then(|short| self.first.iter().position(|known| *known == short));
        let known = among_first().or_else(|| self.numbers.get(cell).copied());
        let number = known.or_else(|| self.learn(cell, at));
        if let Some(word) = number.and_then(|number| self.met.get_mut(number)) {
            word.rows += 1;
            for (test, holds) in self.tests.iter().zip(&word.holds) {
                held[test.condition] = *holds;
            }
            return number;
        }
        let plain = normalise(&String::from_utf8_lossy(cell));
        for test in &mut self.tests {
            held[test.condition] = test.holds(&plain);
        }
        None
    }

    /// Remembers a text; `None` where there are too many to remember.
    #[cold]
    fn learn(&mut self, cell: &[u8], at: At) -> Option<usize> {
        if self.met.len() >= REMEMBERED {
            return None;
        }
        let written = String::from_utf8_lossy(cell).into_owned();
        let plain = normalise(&written);
        let holds = self.tests.iter_mut().map(|test| test.holds(&plain)).collect();
        let is_named = self.tests.iter().any(|test| test.texts.iter().any(|(_, known, _)| *known == plain));
        self.met.push(Word { written, rows: 0, first: at, is_named, holds });
        if self.first.len() < FEW {
            self.first.push(short(cell).unwrap_or(LONG));
        }
        self.numbers.insert(cell.to_vec(), self.met.len() - 1);
        Some(self.met.len() - 1)
    }

    /// Texts that conditions name, as written.
    pub(super) fn named(&self) -> impl Iterator<Item = &str> {
        self.tests.iter().flat_map(|test| &test.texts).map(|(written, ..)| written.as_str())
    }

    /// Texts that conditions name and no row holds, in order of writing, each once.
    pub(super) fn never_met(&self) -> Vec<&str> {
        let met = |plain: &str| self.tests.iter().flat_map(|test| &test.texts).any(|(_, known, is_met)| known == plain && *is_met);
        let all = self.tests.iter().flat_map(|test| &test.texts);
        let mut found: Vec<&str> = Vec::new();
        for (written, plain, _) in all.filter(|(_, plain, _)| !plain.is_empty() && !met(plain)) {
            if !found.iter().any(|known| normalise(known) == *plain) {
                found.push(written);
            }
        }
        found
    }

    /// True if a condition takes every text but some.
    pub(super) fn takes_others(&self) -> bool {
        self.tests.iter().any(|test| !test.is_any)
    }
}

impl TextTest {
    fn holds(&mut self, plain: &str) -> bool {
        let mut is_one = false;
        for (_, known, is_met) in &mut self.texts {
            if known == plain {
                *is_met = true;
                is_one = true;
            }
        }
        is_one == self.is_any
    }
}
