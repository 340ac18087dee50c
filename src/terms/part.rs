//! Which part of the whole a terms file is.

use std::fmt;
use std::num::NonZero;
use std::str::FromStr;

use crate::codes::terms as codes;
use crate::diagnostic::Diagnostic;

/// A part of the whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// One of a known number of parts, `2/3`, or `2/3@FINGERPRINT` with that of the data; `1/1` is the whole.
    Shard {
        /// From 1.
        number: u64,
        /// How many there are.
        of: NonZero<u64>,
        /// Fingerprint of the data files that were dealt out, where it is known.
        data: Option<String>,
    },
    /// What one place has, by its name; nobody knows how many there are.
    Site(String),
}

impl Part {
    /// Everything.
    pub const WHOLE: Self = Self::Shard { number: 1, of: NonZero::<u64>::MIN, data: None };

    /// One of a known number of parts, `2/3`.
    ///
    /// # Errors
    /// `terms/part-name` for anything else.
    pub fn shard(text: &str) -> Result<Self, Diagnostic> {
        match text.parse() {
            Ok(part @ Self::Shard { data: None, .. }) => Ok(part),
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
        matches!(self, Self::Shard { of: NonZero::<u64>::MIN, .. })
    }

    /// The part without what it was made from.
    pub fn name(&self) -> String {
        match self {
            Self::Shard { number, of, .. } => format!("{number}/{of}"),
            Self::Site(name) => name.clone(),
        }
    }

    /// A shard with the fingerprint of the data that are dealt out: shards of other data make no whole.
    #[must_use]
    pub fn of_data(self, fingerprint: String) -> Self {
        match self {
            Self::Shard { number, of, .. } if of.get() > 1 => Self::Shard { number, of, data: Some(fingerprint) },
            other => other,
        }
    }
}

fn no_part(text: &str) -> Diagnostic {
    Diagnostic::new(&codes::PART_NAME, None).with("part", text)
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shard { data: Some(data), .. } => write!(f, "{}@{data}", self.name()),
            _ => f.write_str(&self.name()),
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
        let (of, data) = of.split_once('@').map_or((of, None), |(of, data)| (of, Some(data.to_owned())));
        if data.as_ref().is_some_and(|data| data.is_empty() || !data.bytes().all(|byte| byte.is_ascii_hexdigit())) {
            return Err(NotAPart);
        }
        let (number, of) = (plain(number).ok_or(NotAPart)?, plain(of).and_then(NonZero::new).ok_or(NotAPart)?);
        if (1..=of.get()).contains(&number) { Ok(Self::Shard { number, of, data }) } else { Err(NotAPart) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_read_back_and_nothing_else_is_one() {
        for text in ["1/1", "2/3", "2/3@0af9", "12/12", "县人民医院", "site 4", "3"] {
            assert_eq!(text.parse::<Part>().map(|part| part.to_string()).as_deref(), Ok(text), "{text}");
        }
        for text in ["", " ", "0/3", "4/3", "1/0", "/", "1/", "a/b", "1/2/3", "1/2@", "1/2@x", "+1/3", "-1/3", " 1/3", "x\n", "x "] {
            assert_eq!(text.parse::<Part>(), Err(NotAPart), "{text:?}");
        }
        assert!(Part::WHOLE.is_whole() && !Part::Site("1".to_owned()).is_whole());
        assert!(Part::shard("1/3@0af9").is_err() && Part::shard("1").is_err() && Part::site("1/3").is_err());
    }
}
