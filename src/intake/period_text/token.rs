//! The words of a period.

use std::ops::Range;

use crate::intake::width::{half_width, is_blank};

/// A word or sign of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// Digits, or a Chinese numeral up to twelve; `digits` as written.
    Number { value: u32, digits: usize },
    /// 年, 年度
    Year,
    /// 月, 月份
    Month,
    /// 日
    Day,
    /// 季度, 季
    Quarter,
    /// `Q` before a number.
    QuarterMark,
    /// `H` before a number.
    HalfMark,
    /// 上半年 1, 下半年 2
    Half(u32),
    /// 全年
    Whole,
    /// 前, as in 前三季度.
    First,
    /// `-`
    Dash,
    /// 至, 到, `~`, `—`, `..`
    To,
    /// `/`
    Slash,
    /// `.`
    Dot,
    /// Anything else.
    Other,
}

impl Token {
    /// True for the signs that join the numbers of a date or of a range.
    pub(super) fn is_joint(self) -> bool {
        matches!(self, Self::Dash | Self::To | Self::Slash | Self::Dot)
    }
}

/// A token and the bytes it stands on.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) token: Token,
    pub(super) range: Range<usize>,
}

/// Longest first where one begins another.
const WORDS: &[(&str, Token)] = &[
    ("上半年度", Token::Half(1)),
    ("下半年度", Token::Half(2)),
    ("上半年", Token::Half(1)),
    ("下半年", Token::Half(2)),
    ("全年", Token::Whole),
    ("年度", Token::Year),
    ("年", Token::Year),
    ("月份", Token::Month),
    ("月", Token::Month),
    ("日", Token::Day),
    ("季度", Token::Quarter),
    ("季", Token::Quarter),
    ("前", Token::First),
    ("至", Token::To),
    ("到", Token::To),
    ("~", Token::To),
    ("..", Token::To),
    ("\u{2014}\u{2014}", Token::To),
    ("\u{2014}", Token::To),
    ("\u{2013}", Token::To),
    ("\u{301c}", Token::To),
    ("-", Token::Dash),
    ("/", Token::Slash),
    (".", Token::Dot),
];

/// The text in pieces; blanks and 第 are passed over, width does not matter.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let chars: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, half_width(c))).collect();
    let end_of = |index: usize| chars.get(index).map_or(text.len(), |(at, _)| *at);
    let mut pieces = Vec::new();
    let mut index = 0;
    while let Some((start, c)) = chars.get(index).copied() {
        let rest = chars.get(index..).unwrap_or_default();
        let (token, length) = token(rest, index.checked_sub(1).and_then(|before| chars.get(before)).map(|(_, c)| *c));
        index += length;
        if !(is_blank(c) || c == '第') {
            pieces.push(Piece { token, range: start..end_of(index) });
        }
    }
    pieces
}

/// The first token and its length in characters.
fn token(rest: &[(usize, char)], before: Option<char>) -> (Token, usize) {
    let run = |test: fn(&char) -> bool| rest.iter().take_while(|(_, c)| test(c)).count();
    let starts_with = |word: &str| word.chars().zip(rest).filter(|(wanted, (_, c))| wanted == c).count() == word.chars().count();
    let digits = run(char::is_ascii_digit);
    if digits > 0 {
        let value = rest.iter().take(digits).try_fold(0_u32, |value, (_, c)| value.checked_mul(10)?.checked_add(c.to_digit(10)?));
        return (value.map_or(Token::Other, |value| Token::Number { value, digits }), digits);
    }
    let letters = run(char::is_ascii_alphabetic);
    if letters > 0 {
        let is_mark =
            letters == 1 && !before.is_some_and(|c| c.is_ascii_alphabetic()) && rest.get(1).is_some_and(|(_, c)| c.is_ascii_digit());
        return match rest.first() {
            Some((_, 'Q' | 'q')) if is_mark => (Token::QuarterMark, 1),
            Some((_, 'H' | 'h')) if is_mark => (Token::HalfMark, 1),
            _ => (Token::Other, letters),
        };
    }
    let numerals = run(|c| "一二三四五六七八九十".contains(*c));
    if numerals > 0 {
        let text: String = rest.iter().take(numerals).map(|(_, c)| *c).collect();
        return (numeral(&text).unwrap_or(Token::Other), numerals);
    }
    let word = WORDS.iter().find(|(word, _)| starts_with(word));
    word.map_or((Token::Other, 1), |(word, token)| (*token, word.chars().count()))
}

/// 一 to 十二.
fn numeral(text: &str) -> Option<Token> {
    let names = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
    let value = u32::try_from(names.iter().position(|name| *name == text)? + 1).ok()?;
    Some(Token::Number { value, digits: if value < 10 { 1 } else { 2 } })
}
