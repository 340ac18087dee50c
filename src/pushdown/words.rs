//! Texts compared as intake compares them, as far as a database can: signs of other widths and capitals aside.
//!
//! Only some of what normalisation does can be said in every dialect. Where a text holds anything else, nobody knows
//! whether it is equal, and what depends on it is rejected.

use std::collections::BTreeSet;

use unicode_normalization::char::is_combining_mark;

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

/// What databases make of a name by `plain`, where that is not its normal form: capitals of other alphabets are
/// brought to small letters by some of them only. Texts of which they make the same have the same normal form; where marks
/// join the letter before them, the spaces taken away decide, so that names with such are left out.
pub(super) fn forms(name: &str) -> BTreeSet<String> {
    if name.chars().any(is_combining_mark) {
        return BTreeSet::new();
    }
    let twin = |sign: char| FROM.chars().position(|from| from == sign).and_then(|at| TO.chars().nth(at)).unwrap_or(sign);
    let twins: String = name.chars().map(twin).filter(|sign| *sign != ' ').collect();
    BTreeSet::from([twins.chars().flat_map(char::to_lowercase).collect(), twins.to_ascii_lowercase()])
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

    /// Every sign that is held to be safe has the normal form that the SQL gives it.
    #[test]
    fn safe_texts_have_their_normal_form() {
        assert_eq!(FROM.chars().count(), TO.chars().count());
        let ascii = ' '..='~';
        let common = '一'..='\u{9fff}';
        let signs = "（），、：；％—–【】·《》。“”‰".chars();
        for sign in ascii.chain(common).chain(signs) {
            let text = format!("甲{sign}乙");
            assert_eq!(forms(&text), BTreeSet::from([normalise(&text)]), "U+{:04X}", u32::from(sign));
        }
    }

    /// Whatever databases make of a name means what the name means.
    #[test]
    fn forms_of_a_name_have_its_normal_form() {
        for name in ["第Ⅱ医院", "Ａ区医院", "甲 医院（东院）", "㈠院", "ÉCOLE 医院", "ΑΣ医院", "甲－乙"] {
            assert!(!forms(name).is_empty());
            for form in forms(name) {
                assert_eq!(normalise(&form), normalise(name), "{form} of {name}");
            }
        }
        assert!(forms("e\u{301}cole").is_empty());
    }
}
