//! Names of sheets: what a spreadsheet program accepts, unique, and as near to the name of the unit as that allows.

use std::collections::BTreeSet;

use crate::text::normalise;

/// Units of UTF-16 that the name of a sheet may have.
const LONGEST: usize = 31;
/// Excel keeps this name for itself, in every language of its own.
const RESERVED: &str = "history";

/// The names given so far.
#[derive(Debug)]
pub(super) struct Names {
    /// In the form in which names are compared: stricter than the programs, of which each compares in its own way.
    taken: BTreeSet<String>,
}

impl Names {
    pub(super) fn new() -> Self {
        Self { taken: BTreeSet::from([RESERVED.to_owned()]) }
    }

    /// A name for a sheet: the first of these wishes that has a legal sign in it; its key behind one that is taken, or a number.
    pub(super) fn of(&mut self, wishes: &[&str], key: &str) -> String {
        let base = wishes.iter().map(|wish| legal(wish)).find(|name| !normalise(name).is_empty()).unwrap_or_else(|| "-".to_owned());
        let with_key = Some(legal(key)).filter(|key| !key.is_empty()).map(|key| behind(&base, &format!(" {key}")));
        let numbered = (2_usize..).map(|number| behind(&base, &format!(" ({number})")));
        let found = std::iter::once(base.clone()).chain(with_key).chain(numbered).find(|name| self.taken.insert(normalise(name)));
        found.unwrap_or(base)
    }
}

/// The words without the signs that no name of a sheet may have, short enough.
fn legal(words: &str) -> String {
    let sign = |sign: char| match sign {
        '[' | '{' => Some('('),
        ']' | '}' => Some(')'),
        ':' | '*' | '?' | '/' | '\\' => Some('-'),
        sign if sign.is_control()
            || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') =>
        {
            None
        }
        sign => Some(sign),
    };
    let words: String = words.chars().filter_map(sign).collect();
    cut(bare(&words), LONGEST)
}

/// Apostrophes may stand within a name only.
fn bare(words: &str) -> &str {
    words.trim_matches(|sign: char| sign.is_whitespace() || sign == '\'')
}

/// The name, shortened as far as the ending needs.
fn behind(name: &str, ending: &str) -> String {
    let ending = cut(ending, LONGEST - 1);
    let room = LONGEST - ending.encode_utf16().count();
    bare(&(cut(name, room) + &ending)).to_owned()
}

/// As many whole signs as fit.
fn cut(words: &str, units: usize) -> String {
    let mut left = units;
    let fits = |sign: &char| {
        let fits = sign.len_utf16() <= left;
        left = left.saturating_sub(if fits { sign.len_utf16() } else { left });
        fits
    };
    bare_end(words.chars().take_while(fits).collect())
}

fn bare_end(mut words: String) -> String {
    words.truncate(words.trim_end_matches(|sign: char| sign.is_whitespace() || sign == '\'').len());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(wish: &str, expected: &str) {
        assert_eq!(Names::new().of(&[wish, "K1"], "K1"), expected);
    }

    #[test]
    fn signs_that_no_sheet_may_have_are_replaced() {
        case("A/B [1]: c?*\\", "A-B (1)- c---");
        case("'中医院'", "中医院");
        case("it's", "it's");
        case("a\u{0}\u{1f}b\u{200b}", "ab");
        case("=cmd|' /C calc'!A0", "=cmd|' -C calc'!A0");
    }

    /// 31 units of UTF-16, of which an emoji is two; none is cut in half.
    #[test]
    fn names_are_cut_to_what_fits() {
        case(&"医".repeat(200), &"医".repeat(31));
        case(&"🏥".repeat(16), &"🏥".repeat(15));
        case(&format!("{}'x", "a".repeat(30)), &"a".repeat(30));
    }

    #[test]
    fn without_a_legal_sign_the_key_is_the_name() {
        case("", "K1");
        case("' '", "K1");
        assert_eq!(Names::new().of(&["", "'"], "'"), "-");
    }

    /// Programs compare without case, some without width.
    #[test]
    fn names_are_unique() {
        let mut names = Names::new();
        let mut name = |wish: &str, key: &str| names.of(&[wish, key], key);
        assert_eq!(name("East", "K1"), "East");
        assert_eq!(name("EAST", "K2"), "EAST K2");
        assert_eq!(name("Ｅａｓｔ", "K2"), "Ｅａｓｔ (2)");
        assert_eq!(name("History", "K3"), "History K3");
        let long = "医".repeat(31);
        assert_eq!(name(&long, "K4"), long);
        assert_eq!(name(&long, "K5"), format!("{} K5", "医".repeat(28)));
    }
}
