//! Texts compared as intake compares them, as far as a database can: signs of other widths and capitals aside.
//!
//! Only some of what normalisation does can be said in every dialect. Where a text holds anything else, nobody knows
//! whether it is equal, and what depends on it is rejected.

use super::dialect::Dialect;

/// Signs that mean another one, and their twins.
const FROM: &str = "（），、：；％—–【】[]";
const TO: &str = "(),,:;%--()()";

/// Texts whose normal form `plain` gives: ASCII, common Chinese characters and signs that stay as they are. No blank but
/// the space is among them, for not every database takes others off the ends of a text, as intake does.
const SAFE: &str = "^[ -~一-鿿（），、：；％—–【】·《》。“”‰]*$";

/// Numbering before a name, which intake leaves out: 一、 (二) 1. ①
const NUMBERED: &str = "^(#|[①-⑳]|[(（]?[一二三四五六七八九十0-9]{1,3}[)）、.．])";

/// The normal form of a text, where it is safe.
pub(super) fn plain(dialect: Dialect, text: &str) -> String {
    format!("LOWER(REPLACE({}, ' ', ''))", dialect.translated(text, FROM, TO))
}

/// True for a text whose normal form `plain` gives.
pub(super) fn is_safe(dialect: Dialect, text: &str) -> String {
    dialect.matches(text, SAFE)
}

/// True for a name that is not in a list of names, and may mean one of them all the same.
pub(super) fn is_open(dialect: Dialect, text: &str) -> String {
    format!("NOT ({}) OR {}", is_safe(dialect, text), dialect.matches(text, NUMBERED))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::normalise;

    /// What a database does with a safe text.
    fn replaced(text: &str) -> String {
        let twin = |sign: char| FROM.chars().position(|from| from == sign).and_then(|at| TO.chars().nth(at)).unwrap_or(sign);
        text.chars().map(twin).filter(|sign| *sign != ' ').flat_map(char::to_lowercase).collect()
    }

    /// Every sign that is held to be safe has the normal form that the SQL gives it.
    #[test]
    fn safe_texts_have_their_normal_form() {
        assert_eq!(FROM.chars().count(), TO.chars().count());
        let ascii = ' '..='~';
        let common = '一'..='\u{9fff}';
        let signs = "（），、：；％—–【】·《》。“”‰".chars();
        for sign in ascii.chain(common).chain(signs) {
            let text = format!("甲{sign}乙");
            assert_eq!(replaced(&text), normalise(&text), "U+{:04X}", u32::from(sign));
        }
    }
}
