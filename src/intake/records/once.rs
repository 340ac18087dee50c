//! Records that stand in several rows.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::figures::At;
use super::identifiers::Identifier;
use crate::text::mixed::Mixed;

/// What is known of the keys of a register.
#[derive(Debug, Default)]
pub(super) struct Once {
    /// What stood in the other columns, in short, by key. Only rows of one key are compared by it.
    seen: HashMap<Identifier, u64, Mixed>,
    /// Keys of rows that contradict each other, found while reading.
    pub(super) contradicting: BTreeSet<Identifier>,
    /// Those found before: their rows are left out.
    left_out: BTreeSet<Identifier>,
    /// Rows that repeat another one, and the first.
    pub(super) repeated: Option<(u64, At)>,
    /// Rows that contradict others, and the first.
    pub(super) left: Option<(u64, At)>,
}

impl Once {
    /// Leaves out rows of these keys.
    pub(super) fn without(left_out: BTreeSet<Identifier>) -> Self {
        Self { left_out, ..Self::default() }
    }

    /// Keys whose rows are left out.
    pub(super) fn keys_left_out(&self) -> usize {
        self.left_out.len()
    }

    /// True for a key whose rows are left out.
    pub(super) fn is_left_out(&self, key: Identifier) -> bool {
        !self.left_out.is_empty() && self.left_out.contains(&key)
    }

    /// True for the first row of a key that no other row contradicts, as far as is known, with the digest of what stands
    /// beside the key.
    pub(super) fn is_first(&mut self, key: Identifier, content: u64, at: At) -> bool {
        if self.is_left_out(key) {
            self.left.get_or_insert((0, at)).0 += 1;
            return false;
        }
        match self.seen.entry(key) {
            Entry::Vacant(free) => {
                free.insert(content);
                return true;
            }
            Entry::Occupied(known) if *known.get() == content => self.repeated.get_or_insert((0, at)).0 += 1,
            Entry::Occupied(_) => {
                self.contradicting.insert(key);
            }
        }
        false
    }
}

/// 64 bits of what stands in some cells; the keys of the hash are fixed, so that every run sees the same.
pub(super) fn digest<'c>(cells: impl Iterator<Item = &'c [u8]>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for cell in cells {
        cell.hash(&mut hasher);
    }
    hasher.finish()
}
