//! Words, numbers and signs of a formula, with the bytes they stand at.

use std::ops::Range;

use super::condition::Compare;
use crate::codes::formula as codes;
use crate::diagnostic::{Diagnostic, Origin};
use crate::number::DIGITS;

/// The quotes a name may stand in: opening and closing. A text holds anything but its closing quote.
pub(crate) const QUOTES: [(char, char); 4] = [('"', '"'), ('\'', '\''), ('“', '”'), ('「', '」')];

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// Bytes of the formula.
    pub(crate) span: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Digits with an optional point, in ASCII.
    Number(String),
    /// A run of letters, digits and `_`, as written.
    Word(String),
    /// What stands between quotes.
    Quoted(String),
    Sign(Sign),
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Plus,
    Minus,
    Times,
    Divide,
    Open,
    Close,
    ScopeOpen,
    ScopeClose,
    Comma,
    At,
    Compare(Compare),
}

/// The tokens of `text`, the last one [`Kind::End`]; or everything in it that is no token.
pub(crate) fn tokenise(text: &str, origin: &Origin) -> Result<Vec<Token>, Vec<Diagnostic>> {
    let mut lexer = Lexer { text, at: 0, origin, tokens: Vec::new(), diagnostics: Vec::new() };
    while let Some(first) = lexer.peek() {
        lexer.token(first);
    }
    lexer.push(Kind::End, lexer.at);
    if lexer.diagnostics.is_empty() { Ok(lexer.tokens) } else { Err(lexer.diagnostics) }
}

/// Whether `text` is read as one word, so that a name needs no quotes.
pub(crate) fn is_word(text: &str) -> bool {
    text.chars().all(is_word_character) && !text.chars().all(|c| fold(c).is_ascii_digit())
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    origin: &'a Origin,
    tokens: Vec<Token>,
    diagnostics: Vec<Diagnostic>,
}

impl Lexer<'_> {
    fn token(&mut self, first: char) {
        let start = self.at;
        if is_blank(first) {
            self.skip(first);
        } else if let Some((_, closing)) = QUOTES.into_iter().find(|(opening, _)| *opening == first) {
            self.skip(first);
            self.quoted(start, closing);
        } else if is_word_character(first) {
            self.word_or_number(start);
        } else if let Some(sign) = self.sign(first) {
            self.push(Kind::Sign(sign), start);
        } else {
            self.unexpected(start);
        }
    }

    fn quoted(&mut self, start: usize, closing: char) {
        let inside = self.at;
        let Some(length) = self.text[inside..].find(closing) else {
            self.at = self.text.len();
            let origin = self.origin.within(&(start..self.at));
            self.diagnostics.push(Diagnostic::new(&codes::UNCLOSED_QUOTE, origin).with("quote", closing.to_string()));
            return;
        };
        let content = self.text[inside..inside + length].to_owned();
        self.at = inside + length + closing.len_utf8();
        self.push(Kind::Quoted(content), start);
    }

    fn word_or_number(&mut self, start: usize) {
        self.skip_while(is_word_character);
        if !self.text[start..self.at].chars().all(|c| fold(c).is_ascii_digit()) {
            self.push(Kind::Word(self.text[start..self.at].to_owned()), start);
            return;
        }
        // Whatever clings to a number belongs to it, so that `1.2万` is one bad number, not two tokens.
        self.skip_while(|c| is_word_character(c) || fold(c) == '.');
        let number: String = self.text[start..self.at].chars().map(fold).collect();
        let (whole, fraction) = number.split_once('.').unwrap_or((&number, "0"));
        let digits = whole.len() + fraction.len();
        if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) || digits > DIGITS as usize {
            let found = self.text[start..self.at].to_owned();
            self.diagnostics.push(Diagnostic::new(&codes::BAD_NUMBER, self.origin.within(&(start..self.at))).with("found", found));
        } else {
            self.push(Kind::Number(number), start);
        }
    }

    /// Takes a sign, one or two characters long.
    fn sign(&mut self, first: char) -> Option<Sign> {
        let start = self.at;
        self.skip(first);
        let sign = match fold(first) {
            '+' => Sign::Plus,
            '-' => Sign::Minus,
            '*' => Sign::Times,
            '/' => Sign::Divide,
            '(' => Sign::Open,
            ')' => Sign::Close,
            '[' => Sign::ScopeOpen,
            ']' => Sign::ScopeClose,
            ',' => Sign::Comma,
            '@' => Sign::At,
            '=' => Sign::Compare(Compare::Equal),
            '≠' => Sign::Compare(Compare::NotEqual),
            '≤' => Sign::Compare(Compare::AtMost),
            '≥' => Sign::Compare(Compare::AtLeast),
            '!' if self.skip_equals() => Sign::Compare(Compare::NotEqual),
            '<' => Sign::Compare(if self.skip_equals() { Compare::AtMost } else { Compare::Less }),
            '>' => Sign::Compare(if self.skip_equals() { Compare::AtLeast } else { Compare::More }),
            _ => {
                self.at = start;
                return None;
            }
        };
        Some(sign)
    }

    /// Reports a run of characters that mean nothing in a formula.
    fn unexpected(&mut self, start: usize) {
        while let Some(c) = self.peek() {
            let known = is_blank(c) || is_word_character(c) || QUOTES.iter().any(|(opening, _)| *opening == c);
            if self.at > start && (known || self.starts_sign(c)) {
                break;
            }
            self.skip(c);
        }
        let found = self.text[start..self.at].to_owned();
        self.diagnostics.push(Diagnostic::new(&codes::UNEXPECTED_CHARACTER, self.origin.within(&(start..self.at))).with("found", found));
    }

    fn starts_sign(&mut self, c: char) -> bool {
        let at = self.at;
        let found = self.sign(c).is_some();
        self.at = at;
        found
    }

    fn skip_equals(&mut self) -> bool {
        let equals = self.peek().filter(|c| fold(*c) == '=');
        if let Some(c) = equals {
            self.skip(c);
        }
        equals.is_some()
    }

    fn skip_while(&mut self, wanted: impl Fn(char) -> bool) {
        while let Some(c) = self.peek().filter(|c| wanted(*c)) {
            self.skip(c);
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn skip(&mut self, c: char) {
        self.at += c.len_utf8();
    }

    fn push(&mut self, kind: Kind, start: usize) {
        self.tokens.push(Token { kind, span: start..self.at });
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

fn is_word_character(c: char) -> bool {
    c.is_alphanumeric() || fold(c) == '_'
}

/// The plain form of a full-width or typographic character.
fn fold(c: char) -> char {
    match c {
        '＂' | '＇' => c,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '×' => '*',
        '÷' => '/',
        '−' | '–' => '-',
        '【' | '〔' => '[',
        '】' | '〕' => ']',
        '、' => ',',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFile;

    fn kinds(text: &str) -> Vec<Kind> {
        let origin = Origin::new(&SourceFile::new("a.toml", text), 0..text.len());
        let tokens = tokenise(text, &origin).expect("tokens");
        tokens.into_iter().map(|token| token.kind).filter(|kind| *kind != Kind::End).collect()
    }

    #[test]
    fn full_width_and_typographic_signs_are_read_as_plain_ones() {
        assert_eq!(kinds("（ａ＋１２．５）×【b＝c】÷d−e，@<="), kinds("(ａ+12.5)*[b=c]/d-e,@ <="));
        assert_eq!(kinds("a≤b≥c≠d＜＝e"), kinds("a<=b>=c!=d<=e"));
    }

    #[test]
    fn a_name_may_start_with_a_digit_but_digits_alone_are_a_number() {
        assert_eq!(kinds("3级手术"), [Kind::Word("3级手术".to_owned())]);
        assert_eq!(kinds("35 岁"), [Kind::Number("35".to_owned()), Kind::Word("岁".to_owned())]);
        assert_eq!(kinds("８.05"), [Kind::Number("8.05".to_owned())]);
    }

    #[test]
    fn each_kind_of_quote_ends_at_its_own_closing() {
        for text in ["\"总收入(万元)\"", "'总收入(万元)'", "“总收入(万元)”", "「总收入(万元)」"] {
            assert_eq!(kinds(text), [Kind::Quoted("总收入(万元)".to_owned())], "{text}");
        }
    }

    #[test]
    fn everything_that_is_no_token_is_reported_at_once() {
        let text = "a ~# 1.2万 + 1. $ \"b";
        let origin = Origin::new(&SourceFile::new("a.toml", text), 0..text.len());
        let found: Vec<(&str, &str)> = tokenise(text, &origin)
            .expect_err("four defects")
            .iter()
            .map(|diagnostic| (diagnostic.code.id(), &text[diagnostic.origin.as_ref().expect("an origin").span.clone()]))
            .collect();
        let expected = [
            ("formula/unexpected-character", "~#"),
            ("formula/bad-number", "1.2万"),
            ("formula/bad-number", "1."),
            ("formula/unexpected-character", "$"),
            ("formula/unclosed-quote", "\"b"),
        ];
        assert_eq!(found, expected);
    }
}
