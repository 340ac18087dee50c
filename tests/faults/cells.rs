//! Defects of single cells.

use crate::dice::Dice;
use crate::kinds::{Change, Kind, UNSEEN, kind, unseen};

/// The figure as a whole number of its last printed digits, and how many of them are decimals.
fn number(text: &str) -> Option<(i64, usize)> {
    let plain: String = text.chars().filter(|c| *c != ',').collect();
    let decimals = plain.split_once('.').map_or(0, |(_, below)| below.len());
    Some((plain.replace('.', "").parse().ok()?, decimals))
}

fn times(text: &str, factor: i64) -> Option<String> {
    let (number, decimals) = number(text).filter(|(number, _)| *number != 0)?;
    let scaled = number * factor;
    let unit = 10_i64.pow(u32::try_from(decimals).ok()?);
    Some(if decimals == 0 { scaled.to_string() } else { format!("{}.{:0decimals$}", scaled / unit, scaled % unit) })
}

fn part(text: &str, of: i64) -> Option<String> {
    let (number, decimals) = number(text).filter(|(number, _)| *number >= of)?;
    (decimals == 0).then(|| (number / of).to_string())
}

/// One digit replaced by another.
fn typo(text: &str, dice: &mut Dice) -> Option<String> {
    let digits: Vec<usize> = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let at = *digits.get(dice.below(digits.len().max(1)))?;
    let old = text.as_bytes()[at] - b'0';
    let new = (old + 1 + u8::try_from(dice.below(8)).ok()?) % 10;
    Some(format!("{}{}{}", &text[..at], (b'0' + new) as char, &text[at + 1..]))
}

/// Two neighbouring digits exchanged.
fn transposed(text: &str, dice: &mut Dice) -> Option<String> {
    let bytes = text.as_bytes();
    let pairs: Vec<usize> = (1..bytes.len())
        .filter(|at| bytes[*at].is_ascii_digit() && bytes[at - 1].is_ascii_digit() && bytes[*at] != bytes[at - 1])
        .collect();
    let at = *pairs.get(dice.below(pairs.len().max(1)))?;
    let mut swapped = bytes.to_vec();
    swapped.swap(at - 1, at);
    String::from_utf8(swapped).ok()
}

fn full_width(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { char::from_u32('０' as u32 + c as u32 - '0' as u32).unwrap_or(c) } else { c }).collect()
}

fn separated(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| *c != ',').collect();
    let (whole, below) = plain.split_once('.').map_or((plain.as_str(), String::new()), |(whole, below)| (whole, format!(".{below}")));
    (whole.len() > 3).then(|| format!("{},{}{below}", &whole[..whole.len() - 3], &whole[whole.len() - 3..]))
}

pub(crate) fn all() -> Vec<Kind> {
    let cell = |name, change: fn(&str, &mut Dice) -> Option<String>| kind(name, Change::Cell(change));
    vec![
        cell("a blank cell", |_, _| Some(String::new())),
        cell("a dash for a figure", |_, _| Some("—".to_owned())),
        cell("无 for a figure", |_, _| Some("无".to_owned())),
        cell("未填报 for a figure", |_, _| Some("未填报".to_owned())),
        cell("约 before a figure", |text, _| Some(format!("约{text}"))),
        cell("a sentence", |_, _| Some("详见附件说明".to_owned())),
        cell("余 behind a figure", |text, _| Some(format!("{text}余"))),
        unseen("a digit typed wrongly", UNSEEN, Change::Cell(typo)),
        unseen("two digits exchanged", UNSEEN, Change::Cell(transposed)),
        unseen(
            "ten times the figure",
            "below the least base of the jump checks a factor of ten is a plausible figure",
            Change::Cell(|text, _| times(text, 10)),
        ),
        unseen(
            "a tenth of the figure",
            "below the least base of the jump checks a factor of ten is a plausible figure",
            Change::Cell(|text, _| part(text, 10)),
        ),
        unseen(
            "ten thousand times the figure",
            "an item without a check of slips, or whose figures are small",
            Change::Cell(|text, _| times(text, 10_000)),
        ),
        unseen(
            "figure in 万 under a header in ones",
            "an item without a check of slips, or whose figures are small",
            Change::Cell(|text, _| part(text, 10_000)),
        ),
        cell("a minus sign", |text, _| times(text, 1).map(|text| format!("-{text}"))),
        cell("a figure in brackets", |text, _| times(text, 1).map(|text| format!("({text})"))),
        cell("a triangle for minus", |text, _| times(text, 1).map(|text| format!("△{text}"))),
        cell("half a person", |text, _| number(text).filter(|(_, decimals)| *decimals == 0).map(|(number, _)| format!("{number}.5"))),
        cell("a percent sign", |text, _| number(text).filter(|(_, decimals)| *decimals == 0).map(|_| format!("{text}%"))),
        cell("full-width digits", |text, _| Some(full_width(text)).filter(|wide| wide != text)),
        cell("a thousands separator", |text, _| separated(text)),
        cell("a separator in the wrong place", |text, _| {
            (text.len() > 3 && !text.contains([',', '.'])).then(|| format!("{},{}", &text[..2], &text[2..])).filter(|text| text.len() != 6)
        }),
        cell("a unit word behind the figure", |text, _| Some(format!("{text}人次"))),
        cell("blanks around the figure", |text, _| Some(format!("  {text}\u{3000}"))),
        cell("a no-break space in the figure", |text, _| (text.len() > 3).then(|| format!("\u{a0}{text}"))),
        cell("an apostrophe before the figure", |text, _| Some(format!("'{text}"))),
        unseen(
            "0 for a figure",
            "0 is reported; only jumps of items with a check tell it from a true 0",
            Change::Cell(|text, _| number(text).filter(|(number, _)| *number != 0).map(|_| "0".to_owned())),
        ),
        cell("letter O for 0", |text, _| text.contains('0').then(|| text.replacen('0', "O", 1))),
        cell("letter l for 1", |text, _| text.contains('1').then(|| text.replacen('1', "l", 1))),
        cell("the figure twice", |text, _| Some(format!("{text} {text}"))),
        cell("a date", |_, _| Some("2025-01-03".to_owned())),
        cell("TRUE", |_, _| Some("TRUE".to_owned())),
        cell("#DIV/0!", |_, _| Some("#DIV/0!".to_owned())),
        cell("#REF!", |_, _| Some("#REF!".to_owned())),
        cell("a figure beyond all bounds", |_, _| Some("99999999999999999999".to_owned())),
        cell("a line break in the cell", |text, _| Some(format!("{text}\n核实"))),
        cell("a formula as text", |_, _| Some("=SUM(B2:B9)".to_owned())),
        cell("two points", |text, _| Some(format!("1.{text}.5"))),
        cell("a range", |text, _| Some(format!("{text}-{text}"))),
        cell("a fraction", |text, _| Some(format!("{text}/12"))),
    ]
}
