//! Which part of the whole a terms file is.

use std::fmt;
use std::num::NonZero;
use std::str::FromStr;

use crate::codes::terms as codes;
use crate::diagnostic::Diagnostic;

/// A part of the whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// One of a known number of parts, `2/3`; `1/1` is the whole.
    Shard {
        /// From 1.
        number: u64,
        /// How many there are.
        of: NonZero<u64>,
    },
    /// What one place has, by its name; nobody knows how many there are.
    Site(String),
}

impl Part {
    /// Everything.
    pub const WHOLE: Self = Self::Shard { number: 1, of: NonZero::<u64>::MIN };

    /// One of a known number of parts, `2/3`.
    ///
    /// # Errors
    /// `terms/part-name` for anything else.
    pub fn shard(text: &str) -> Result<Self, Diagnostic> {
        match text.parse() {
            Ok(part @ Self::Shard { .. }) => Ok(part),
            _ => Err(no_part(text)),
        }
    }

    /// A part by its name.
    ///
    /// # Errors
    /// `terms/part-name` for what could be taken for a shard, or cannot be read back.
    pub fn site(text: &str) -> Result<Self, Diagnostic> {
        match text.parse() {
            Ok(part @ Self::Site(_)) => Ok(part),
            _ => Err(no_part(text)),
        }
    }

    /// True if nothing else is to be added.
    pub fn is_whole(&self) -> bool {
        *self == Self::WHOLE
    }
}

fn no_part(text: &str) -> Diagnostic {
    Diagnostic::new(&codes::PART_NAME, None).with("part", text)
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shard { number, of } => write!(f, "{number}/{of}"),
            Self::Site(name) => f.write_str(name),
        }
    }
}

/// The text is no part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAPart;

impl FromStr for Part {
    type Err = NotAPart;

    fn from_str(text: &str) -> Result<Self, NotAPart> {
        let Some((number, of)) = text.split_once('/') else {
            let is_name = !text.is_empty() && text.trim() == text && !text.contains(char::is_control);
            return if is_name { Ok(Self::Site(text.to_owned())) } else { Err(NotAPart) };
        };
        let plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u64>().ok()).flatten();
        let (number, of) = (plain(number).ok_or(NotAPart)?, plain(of).and_then(NonZero::new).ok_or(NotAPart)?);
        if (1..=of.get()).contains(&number) { Ok(Self::Shard { number, of }) } else { Err(NotAPart) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_read_back_and_nothing_else_is_one() {
        for text in ["1/1", "2/3", "12/12", "县人民医院", "site 4", "3"] {
            assert_eq!(text.parse::<Part>().map(|part| part.to_string()).as_deref(), Ok(text), "{text}");
        }
        for text in ["", " ", "0/3", "4/3", "1/0", "/", "1/", "a/b", "1/2/3", "+1/3", "-1/3", " 1/3", "x\n", "x "] {
            assert_eq!(text.parse::<Part>(), Err(NotAPart), "{text:?}");
        }
        assert!(Part::WHOLE.is_whole() && !Part::Site("1".to_owned()).is_whole());
        assert!(Part::shard("1").is_err() && Part::site("1/3").is_err());
    }
}
