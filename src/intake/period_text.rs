//! Periods as people write them, in cells, headers and file names [T1, T5].
//!
//! Only what can mean one thing is read: `2024.1-6`, `2024.1`, `24年` and `2024年6` are not periods here.

use crate::intake::packed::inner_name;
use crate::intake::width::is_blank;
use crate::period::{Month, Span};

mod token;

use token::{Piece, Token, pieces};

/// A period as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The months it covers.
    pub span: Span,
    /// True for a range of months or quarters, `1-6月`, which in many reports is cumulative [T5].
    pub is_range: bool,
}

/// A period inside a longer text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The period.
    pub written: Written,
    /// The text without it: `2018年1-10月诊疗人次(万)` → `诊疗人次(万)`.
    pub rest: String,
}

/// Reads a text that is a period and nothing else. `default_year` serves writings without a year,
/// `6月` or `上半年`.
pub fn parse(text: &str, default_year: Option<i32>) -> Option<Written> {
    let tokens: Vec<Token> = pieces(without_clock(text)).into_iter().map(|piece| piece.token).collect();
    (tokens.len() <= LONGEST).then(|| read(&tokens, default_year)).flatten()
}

/// Finds the one period, with its year, that a header or another text contains. Two different
/// periods, or digits beside it that may belong to it, leave it undecided.
pub fn find_in(text: &str) -> Option<Found> {
    let pieces = pieces(text);
    let found = all_in(text, &pieces);
    let (.., written) = *found.first()?;
    let is_one = found.iter().all(|(.., other)| other.span == written.span);
    is_one.then(|| Found { written, rest: without(text, &pieces, &found) })
}

/// All periods, with their years, that a text contains, in their order, each once.
pub fn spans_in(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    for (.., written) in all_in(text, &pieces(text)) {
        if !spans.contains(&written.span) {
            spans.push(written.span);
        }
    }
    spans
}

/// The periods of a text, each with its first piece and the piece behind it.
fn all_in(text: &str, pieces: &[Piece]) -> Vec<(usize, usize, Written)> {
    let mut found = Vec::new();
    let mut from = 0;
    while from < pieces.len() {
        match longest(text, pieces, from) {
            Some((to, written)) => {
                found.push((from, to, written));
                from = to;
            }
            None => from += 1,
        }
    }
    found
}

/// Finds the one period in a path: in the name of the file, else in its folders.
pub fn find_in_path(path: &str) -> Option<Written> {
    let (folders, name) = path.rsplit_once(['/', '\\']).unwrap_or(("", path));
    let name = inner_name(name);
    let is_extension = |end: &str| end.contains(|c: char| c.is_ascii_alphabetic());
    let name = name.rsplit_once('.').filter(|(_, end)| is_extension(end)).map_or(name, |(stem, _)| stem);
    let has_none = |text: &str| !pieces(text).iter().any(|piece| matches!(piece.token, Token::Number { digits: 4..=8, .. }));
    match find_in(name) {
        Some(found) => Some(found.written),
        None if has_none(name) => find_in(folders).map(|found| found.written),
        None => None,
    }
}

/// Tokens in the longest period, `2024年1月1日-2024年6月30日` and some.
const LONGEST: usize = 14;

/// Years looked for among other text.
const LIKELY_YEARS: std::ops::RangeInclusive<i32> = 1949..=2099;

/// `2024-06-30 00:00:00` without its time of day.
fn without_clock(text: &str) -> &str {
    let Some((before, _)) = text.split_once(':') else { return text };
    let is_cut = |c: char| is_blank(c) || c == 'T';
    before.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix(is_cut).unwrap_or(text)
}

/// The longest period that begins with piece `from`, and the piece after it.
fn longest(text: &str, pieces: &[Piece], from: usize) -> Option<(usize, Written)> {
    let tokens: Vec<Token> = pieces.iter().skip(from).take(LONGEST).map(|piece| piece.token).collect();
    let is_likely = |written: &Written| LIKELY_YEARS.contains(&written.span.first().year());
    let reading =
        |length: usize| tokens.get(..length).and_then(|tokens| read(tokens, None)).filter(is_likely).map(|written| (length, written));
    let (length, written) = (1..=tokens.len()).rev().find_map(reading)?;
    stands_alone(text, pieces, from, from + length).then_some((from + length, written))
}

/// False where a bare number begins or ends the period and its neighbour may belong to it.
fn stands_alone(text: &str, pieces: &[Piece], from: usize, to: usize) -> bool {
    let token = |at: usize| pieces.get(at).map(|piece| piece.token);
    let is_number = |at: Option<usize>| at.is_some_and(|at| matches!(token(at), Some(Token::Number { .. })));
    let is_joint = |at: Option<usize>| at.is_some_and(|at| token(at).is_some_and(Token::is_joint));
    let (before, after) = (from.checked_sub(1), Some(to));
    let joined_before = is_number(before) || is_joint(before) && is_number(from.checked_sub(2));
    if !is_number(to.checked_sub(1)) {
        return !joined_before;
    }
    let joined_after = is_number(after) || is_joint(after) && is_number(Some(to + 1));
    let end = to.checked_sub(1).and_then(|last| pieces.get(last)).map_or(0, |piece| piece.range.end);
    let next = text.get(end..).and_then(|rest| rest.chars().next());
    let is_amount = next.is_some_and(|c| "版号元人张万亿千百例次户个家所床名年%".contains(c));
    !joined_before && !joined_after && !is_amount
}

fn without(text: &str, pieces: &[Piece], found: &[(usize, usize, Written)]) -> String {
    let mut rest = String::new();
    let mut at = 0;
    for (from, to, _) in found {
        let start = pieces.get(*from).map_or(text.len(), |piece| piece.range.start);
        rest.push_str(text.get(at..start).unwrap_or_default());
        at = to.checked_sub(1).and_then(|last| pieces.get(last)).map_or(text.len(), |piece| piece.range.end);
    }
    rest.push_str(text.get(at..).unwrap_or_default());
    let rest = rest.replace("()", "").replace("\u{ff08}\u{ff09}", "").replace("[]", "");
    rest.trim_matches(|c: char| is_blank(c) || matches!(c, '_' | '-' | ',' | '、' | ':' | '\u{ff1a}' | '\u{2014}')).to_owned()
}

fn read(tokens: &[Token], default_year: Option<i32>) -> Option<Written> {
    from_to(tokens).or_else(|| single(tokens, default_year))
}

/// `2024-01..2024-06`: two months, each with its year. A text that divides in two ways is none.
fn from_to(tokens: &[Token]) -> Option<Written> {
    let month = |tokens: &[Token]| single(tokens, None).filter(|written| written.span.len() == 1).map(|written| written.span);
    let mut splits = (1..tokens.len()).filter_map(|at| {
        let (left, right) = (tokens.get(..at)?, tokens.get(at + 1..)?);
        let joint = tokens.get(at)?;
        matches!(joint, Token::Dash | Token::To).then_some(())?;
        Span::new(month(left)?.first(), month(right)?.last())
    });
    let span = splits.next()?;
    splits.next().is_none().then_some(Written { span, is_range: true })
}

fn single(tokens: &[Token], default_year: Option<i32>) -> Option<Written> {
    use Token::{Day, Number, Year};
    match *tokens {
        [Number { value, digits: 4 }] | [Number { value, digits: 4 }, Year] => whole_year(value),
        [Number { value, digits: 6 }] => month(value / 100, value % 100).map(plain),
        [Number { value, digits: 8 }] => day(value / 10000, value / 100 % 100, value % 100),
        // `2025.10` typed into a spreadsheet is the number 2025.1: October or January, nobody knows.
        [Number { digits: 4, .. }, Token::Dot, Number { value: 1, digits: 1 }] => None,
        [Number { value, digits: 4 }, joint, Number { value: m, digits: 1 | 2 }] if joint.is_joint() && joint != Token::To => {
            month(value, m).map(plain)
        }
        [Number { value, digits: 4 }, joint, Number { value: m, digits: 1 | 2 }, again, Number { value: d, digits: 1 | 2 }]
            if joint == again && joint.is_joint() && joint != Token::To =>
        {
            day(value, m, d)
        }
        [Number { value, digits: 4 }, Year, Number { value: m, digits: 1 | 2 }, Token::Month, Number { value: d, digits: 1 | 2 }, Day] => {
            day(value, m, d)
        }
        [Number { value, digits: 4 }, Year, ref rest @ ..] => part(value, rest),
        [Number { value, digits: 4 }, joint, ref rest @ ..] if joint.is_joint() => part(value, rest),
        [Number { value, digits: 4 }, ref rest @ ..] => part(value, rest),
        _ => part(u32::try_from(default_year?).ok()?, tokens),
    }
}

/// A part of a year that names its kind: month, quarter, half.
fn part(year: u32, tokens: &[Token]) -> Option<Written> {
    use Token::{Dash, First, Half, HalfMark, Month, Number, Quarter, QuarterMark, To, Whole};
    match *tokens {
        [Whole] => whole_year(year),
        [Number { value, digits: 1 | 2 }, Month] => month(year, value).map(plain),
        [Number { value: a, digits: 1 | 2 }, Dash | To, Number { value: b, digits: 1 | 2 }, Month]
        | [Number { value: a, digits: 1 | 2 }, Month, Dash | To, Number { value: b, digits: 1 | 2 }, Month] => months(year, a, b, true),
        [Number { value, digits: 1 }, Quarter] | [QuarterMark, Number { value, digits: 1 }] => quarters(year, value, value, false),
        [Number { value: a, digits: 1 }, Dash | To, Number { value: b, digits: 1 }, Quarter]
        | [Number { value: a, digits: 1 }, Quarter, Dash | To, Number { value: b, digits: 1 }, Quarter] => quarters(year, a, b, true),
        [First, Number { value, digits: 1 }, Quarter] => quarters(year, 1, value, true),
        [Half(half)] | [HalfMark, Number { value: half @ 1..=2, digits: 1 }] => months(year, half * 6 - 5, half * 6, false),
        _ => None,
    }
}

fn quarters(year: u32, first: u32, last: u32, is_range: bool) -> Option<Written> {
    (1..=4).contains(&first).then(|| months(year, first * 3 - 2, last.checked_mul(3)?, is_range)).flatten()
}

fn months(year: u32, first: u32, last: u32, is_range: bool) -> Option<Written> {
    let span = Span::new(month(year, first)?.first(), month(year, last)?.last())?;
    Some(Written { span, is_range })
}

fn month(year: u32, month: u32) -> Option<Span> {
    Month::new(i32::try_from(year).ok()?, month).map(Span::month)
}

/// A date stands for its month.
fn day(year: u32, of_month: u32, day: u32) -> Option<Written> {
    let span = month(year, of_month)?;
    (1..=span.days()).contains(&i64::from(day)).then(|| plain(span))
}

fn whole_year(year: u32) -> Option<Written> {
    Span::year(i32::try_from(year).ok()?).map(plain)
}

fn plain(span: Span) -> Written {
    Written { span, is_range: false }
}

#[cfg(test)]
mod tests;
