//! Names of places in the page.

use std::fmt::Write as _;

/// What an anchor is of; ids are unique within a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Scheme,
    Catalogue,
    Indicator,
    Item,
    Constant,
    Check,
    Criterion,
}

/// The anchor of an id: letters, digits, `-`, `_` and `.` stay, everything else becomes its number, so that two ids never
/// share one and no id needs escaping in a link.
pub(super) fn anchor(kind: Kind, id: &str) -> String {
    let mut out = match kind {
        Kind::Scheme => "scheme-",
        Kind::Catalogue => "catalogue-",
        Kind::Indicator => "indicator-",
        Kind::Item => "item-",
        Kind::Constant => "constant-",
        Kind::Check => "check-",
        Kind::Criterion => "criterion-",
    }
    .to_owned();
    for sign in id.chars() {
        if sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.') {
            out.push(sign);
        } else {
            let _ = write!(out, "~{:x}~", u32::from(sign));
        }
    }
    out
}

/// The anchor of a section inside a chapter.
pub(super) fn within(chapter: &str, section: &str) -> String {
    format!("{chapter}~{section}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_needs_no_escaping_and_belongs_to_one_id() {
        assert_eq!(anchor(Kind::Indicator, "visits_total"), "indicator-visits_total");
        assert_eq!(anchor(Kind::Criterion, "2.1"), "criterion-2.1");
        assert_eq!(anchor(Kind::Check, "a\" onclick=\"x"), "check-a~22~~20~onclick~3d~~22~x");
        assert_ne!(anchor(Kind::Item, "a b"), anchor(Kind::Item, "a_b"));
    }
}
