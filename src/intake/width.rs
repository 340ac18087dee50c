//! Full-width forms and the many kinds of blank, as Chinese input methods and web pages leave them.

/// The ASCII form of a full-width character, a plain space for any blank, else the character itself.
///
/// Deliberately less than NFKC, which would also turn a footnote mark into a digit (`12²` → `122`).
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{fe63}' => '-',
        '\u{fe6a}' => '%',
        _ if is_full_width(c) => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ if is_blank(c) => ' ',
        _ => c,
    }
}

/// True for the full-width twins of printable ASCII.
pub(crate) fn is_full_width(c: char) -> bool {
    ('\u{ff01}'..='\u{ff5e}').contains(&c)
}

/// True for every kind of space and for marks that show nothing.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
}
