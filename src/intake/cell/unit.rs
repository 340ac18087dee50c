//! Units in headers and behind numbers [N6].

use crate::intake::cell::Shape;
use crate::intake::width::{half_width, is_blank};

/// A unit as written in a header or behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A count or an amount, times this power of ten: 人次 0, 千元 3, 万人次 4, 亿元 8.
    Times(i32),
    /// `%`
    Percent,
    /// `‰`
    PerMille,
}

/// A header, divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeaderUnit<'h> {
    /// The header without its unit.
    pub base: &'h str,
    /// The unit, where the header names one that is known.
    pub unit: Option<Unit>,
}

/// Longest first where one begins another.
const MULTIPLIERS: &[(&str, i32)] = &[
    ("万亿", 12),
    ("千亿", 11),
    ("百亿", 10),
    ("十亿", 9),
    ("亿", 8),
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("万", 4),
    ("千", 3),
    ("百", 2),
];

/// What is counted or measured; none of these scales the number. 年 and 月 are left out: `2024年` is no number.
const WORDS: &[&str] = &[
    "",
    "人",
    "人次",
    "人次数",
    "人数",
    "人日",
    "人天",
    "元",
    "元/人",
    "张",
    "床",
    "床日",
    "例",
    "例次",
    "例数",
    "户",
    "次",
    "次数",
    "日",
    "天",
    "个",
    "所",
    "家",
    "份",
    "台",
    "台次",
    "件",
    "名",
    "间",
    "处",
    "岁",
    "分",
    "分钟",
    "小时",
    "平方米",
    "m2",
    "㎡",
    "m²",
    "公里",
    "辆",
    "项",
    "种",
    "篇",
    "张次",
    "人份",
];

impl Unit {
    /// The unit that the whole text is, blanks and width aside.
    pub fn parse(text: &str) -> Option<Self> {
        let plain: String = text.chars().map(half_width).filter(|c| !is_blank(*c)).collect();
        match plain.as_str() {
            "" => None,
            "%" => Some(Self::Percent),
            "‰" => Some(Self::PerMille),
            text => {
                let scaled = MULTIPLIERS.iter().find_map(|(word, power)| text.strip_prefix(word).map(|rest| (rest, *power)));
                let (word, power) = scaled.unwrap_or((text, 0));
                WORDS.contains(&word).then_some(Self::Times(power))
            }
        }
    }

    /// The same where the unit may stand in brackets: `(人次)`.
    pub fn parse_bracketed(text: &str) -> Option<Self> {
        Self::parse(text.trim_matches(['(', ')', '\u{ff08}', '\u{ff09}']))
    }

    /// The power of ten by which a number in this unit is multiplied; for ‰ that to make it %.
    pub fn power(self) -> i32 {
        match self {
            Self::Times(power) => power,
            Self::Percent => 0,
            Self::PerMille => -1,
        }
    }
}

/// What a unit is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// 元, 万元
    Money,
    /// `%`, `‰`
    Share,
    /// Persons, visits, beds, days and other things counted.
    Count,
}

/// The last printed decimal of a number, in steps of the item: a unit in the header or in the cell
/// makes it larger, decimals smaller. At least 1.
pub fn printed_step(written: &str, shape: &Shape) -> i128 {
    let plain: String = written.chars().map(half_width).filter(|c| !is_blank(*c)).collect();
    let digits_end = plain.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
    let (number, behind) = plain.split_at(digits_end);
    let places = number.rsplit_once('.').map_or(0, |(_, digits)| digits.chars().filter(char::is_ascii_digit).count());
    let of_cell = Unit::parse(behind.trim_end_matches(')')).map_or(0, Unit::power);
    let power = i64::from(shape.decimals) + i64::from(shape.multiplier_power + of_cell) - i64::try_from(places).unwrap_or(0);
    u32::try_from(power).map_or(1, |power| 10_i128.pow(power.min(30)))
}

impl Measured {
    /// What figures in the unit of an item are; `None` for one that may be anything.
    pub fn of_unit(unit: &str) -> Option<Self> {
        match unit {
            "yuan" => Some(Self::Money),
            "%" => Some(Self::Share),
            "point" => None,
            _ => Some(Self::Count),
        }
    }
}

/// What the unit of a header is of; `None` without one, and for a bare 万.
pub fn measured_in(header: &str) -> Option<Measured> {
    let header = header.trim_matches(is_blank);
    let unit = match header_unit(header).unit? {
        Unit::Percent | Unit::PerMille => return Some(Measured::Share),
        Unit::Times(_) => bracketed(header)?.1,
    };
    let unit: String = unit.chars().map(half_width).filter(|c| !is_blank(*c)).collect();
    match unit.trim_start_matches(['十', '百', '千', '万', '亿']) {
        "" => None,
        word if word.starts_with('元') => Some(Measured::Money),
        _ => Some(Measured::Count),
    }
}

/// Takes the unit off the end of a header: `诊疗人次数(万人次)`, `总收入(单位:万元)`, `病床使用率%`.
/// A bracket that holds no known unit stays part of the name.
pub fn header_unit(header: &str) -> HeaderUnit<'_> {
    let header = header.trim_matches(is_blank);
    divided(header).unwrap_or(HeaderUnit { base: header, unit: None })
}

/// The unit a header names, as written: `万元` of `总收入(单位:万元)`.
pub fn unit_text(header: &str) -> Option<&str> {
    let header = header.trim_matches(is_blank);
    header_unit(header).unit?;
    if header.ends_with('‰') {
        return Some("‰");
    }
    bracketed(header).map_or(Some("%"), |(_, unit)| Some(unit))
}

fn divided(header: &str) -> Option<HeaderUnit<'_>> {
    let (before, unit) = match header.strip_suffix(['%', '\u{ff05}', '‰']) {
        Some(before) => (before, header.get(before.len()..)?),
        None => bracketed(header)?,
    };
    let base = before.trim_end_matches(is_blank);
    let unit = Unit::parse(unit)?;
    (!base.is_empty()).then_some(HeaderUnit { base, unit: Some(unit) })
}

/// What stands before the last bracket, and in it.
fn bracketed(header: &str) -> Option<(&str, &str)> {
    let inside = header.strip_suffix([')', '\u{ff09}', ']', '\u{ff3d}', '】', '〕'])?;
    let open = inside.rfind(['(', '\u{ff08}', '[', '\u{ff3b}', '【', '〔'])?;
    let (before, inside) = inside.split_at(open);
    let inside = inside.trim_start_matches(['(', '\u{ff08}', '[', '\u{ff3b}', '【', '〔']).trim_matches(is_blank);
    let unit = inside.strip_prefix("单位").map_or(inside, |rest| rest.trim_start_matches([':', '\u{ff1a}', ' ']));
    Some((before, unit))
}
