//! Whether the tags of a part are closed in the order in which they were opened.

use crate::intake::unreadable::{Problem, Unreadable};

/// Tags that may be open at once; a sheet has some ten.
const MOST_OPEN: usize = 1000;

/// The names of the tags that are open.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    /// One after another.
    names: Vec<u8>,
    /// Where each begins.
    starts: Vec<usize>,
}

impl Nesting {
    /// Takes the next tag, without `<` and `>`.
    pub(super) fn take(&mut self, tag: &[u8]) -> Result<(), Unreadable> {
        match tag {
            // What stands in a grammar of its own is no tag; no workbook has one.
            [b'!', ..] if tag.contains(&b'[') => Err(broken()),
            [b'/', name @ ..] => {
                let start = self.starts.pop().ok_or_else(broken)?;
                let is_same = self.names.get(start..) == Some(name.trim_ascii_end());
                self.names.truncate(start);
                if is_same { Ok(()) } else { Err(broken()) }
            }
            [b'!', ..] | [.., b'/'] => Ok(()),
            _ => {
                let name = tag.split(u8::is_ascii_whitespace).next().unwrap_or_default();
                self.starts.push(self.names.len());
                self.names.extend_from_slice(name);
                if self.starts.len() > MOST_OPEN { Err(broken()) } else { Ok(()) }
            }
        }
    }

    /// Refuses a part that leaves tags open.
    pub(super) fn finish(&self) -> Result<(), Unreadable> {
        if self.starts.is_empty() { Ok(()) } else { Err(broken()) }
    }
}

/// The part is no XML.
pub(super) fn broken() -> Unreadable {
    Unreadable::Damaged(Problem("a part is no well-formed XML".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(tags: &[&str]) -> Result<(), Unreadable> {
        let mut nesting = Nesting::default();
        tags.iter().try_for_each(|tag| nesting.take(tag.as_bytes())).and_then(|()| nesting.finish())
    }

    #[test]
    fn what_is_opened_is_closed_in_turn() {
        assert_eq!(all(&["a x='1'", "b/", "c:d\nx='/'", "/c:d ", "/a"]), Ok(()));
        assert_eq!(all(&["a", "b", "/a", "/b"]), Err(broken()));
        assert_eq!(all(&["a"]), Err(broken()));
        assert_eq!(all(&["/a"]), Err(broken()));
        assert_eq!(all(&["!DOCTYPE x", "x/"]), Ok(()));
        assert_eq!(all(&["!DOCTYPE x [ <!ELEMENT a"]), Err(broken()));
        assert_eq!(all(&vec!["a"; 2000]), Err(broken()));
    }
}
