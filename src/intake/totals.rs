//! Rows that are not organisations: totals, subtotals, averages, "of which" [D3].
//!
//! Only rows that the registry does not know are asked; a hospital may be called anything.

use crate::intake::width::is_blank;
use crate::text::normalise;

/// What a row is, by its label alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// Nothing special: an organisation, or a name nobody knows.
    Plain,
    /// The sum over all rows: 合计, 总计, 全市合计.
    Total,
    /// The sum over some rows: 小计, 公立医院合计.
    Subtotal,
    /// A part of the row above: 其中, `#`.
    OfWhich,
    /// The average of other rows: 平均, 全市均值.
    Average,
}

/// What an average ends with.
const AVERAGES: &[&str] = &["平均", "平均值", "平均数", "平均水平", "均值", "均数", "average", "mean"];

/// What stands before 合计 where everything is meant.
const WHOLES: &[&str] = &["", "总", "全国", "全省", "全市", "全州", "全盟", "全县", "全区", "全旗", "全院", "全部", "所有机构", "本表"];

/// The kind of a row by the label in its first columns.
pub fn row_kind(label: &str) -> RowKind {
    let name = label.trim_matches(is_blank);
    if name.starts_with(['#', '\u{ff03}']) {
        return RowKind::OfWhich;
    }
    let name = normalise(strip_numbering(name));
    let name = name.trim_end_matches(':');
    if name.starts_with("其中") || name.starts_with("ofwhich") {
        return RowKind::OfWhich;
    }
    match name {
        "total" | "grandtotal" | "sum" => return RowKind::Total,
        "subtotal" | "sub-total" => return RowKind::Subtotal,
        _ => {}
    }
    if AVERAGES.iter().any(|word| name.ends_with(word)) {
        return RowKind::Average;
    }
    if name.ends_with("小计") {
        return RowKind::Subtotal;
    }
    let whole = ["合计", "总计", "共计"].iter().find_map(|word| name.strip_suffix(word));
    match whole {
        Some(whole) if WHOLES.contains(&whole) => RowKind::Total,
        Some(_) => RowKind::Subtotal,
        None => RowKind::Plain,
    }
}

/// The label without numbering (`一、`, `(一)`, `1.`, `1、`, `①`), `#` and the blanks around it.
/// Numbers that are part of a name stay: `301医院`, `第一医院`, `3.15诊所`.
pub fn strip_numbering(label: &str) -> &str {
    let mut rest = label.trim_matches(is_blank);
    while let Some(shorter) = without_one(rest) {
        rest = shorter.trim_start_matches(is_blank);
    }
    rest
}

fn without_one(label: &str) -> Option<&str> {
    if let Some(rest) = label.strip_prefix(['#', '\u{ff03}']) {
        return Some(rest);
    }
    if let Some(rest) = label.strip_prefix(|c: char| ('\u{2460}'..='\u{2473}').contains(&c)) {
        return Some(rest);
    }
    if let Some(inside) = label.strip_prefix(['(', '\u{ff08}']) {
        return after_number(inside)?.strip_prefix([')', '\u{ff09}']);
    }
    let rest = after_number(label)?;
    if let Some(after) = rest.strip_prefix('、') {
        // 三、四级手术 are operations of the third and fourth class, no third entry on those of the fourth.
        return (!follow_each_other(label, after)).then_some(after);
    }
    if let Some(rest) = rest.strip_prefix([')', '\u{ff09}']) {
        return Some(rest);
    }
    let rest = rest.strip_prefix(['.', '\u{ff0e}'])?;
    (!rest.starts_with(is_digit)).then_some(rest)
}

/// What follows a number of at most three characters.
fn after_number(text: &str) -> Option<&str> {
    let numerals = text.trim_start_matches(is_numeral);
    let rest = if numerals.len() < text.len() { numerals } else { text.trim_start_matches(is_digit) };
    let length = text.get(..text.len() - rest.len()).unwrap_or_default().chars().count();
    (1..=3).contains(&length).then_some(rest)
}

/// The numerals below ten and ten itself, in order.
const NUMERALS: &str = "一二三四五六七八九十";

fn is_numeral(c: char) -> bool {
    NUMERALS.contains(c)
}

/// True if a text begins with the numeral after the one that another begins with.
fn follow_each_other(one: &str, next: &str) -> bool {
    let place = |text: &str| NUMERALS.chars().position(|numeral| text.starts_with(numeral));
    matches!((place(one), place(next)), (Some(one), Some(next)) if next == one + 1)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('\u{ff10}'..='\u{ff19}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// D3: labels of totals, as printed tables have them.
    #[test]
    fn totals_are_known_by_their_label() {
        for label in ["合计", "合 计", "总计:", "总合计", "全市合计", "一、总计", "合\u{3000}\u{3000}计", "Total"] {
            assert_eq!(row_kind(label), RowKind::Total, "{label}");
        }
        for label in ["小计", "(一)公立医院合计", "县级小计", "Subtotal"] {
            assert_eq!(row_kind(label), RowKind::Subtotal, "{label}");
        }
        for label in ["其中:三级医院", "其中\u{ff1a}死亡", "#三级医院", "\u{3000}\u{ff03}民营医院", "of which"] {
            assert_eq!(row_kind(label), RowKind::OfWhich, "{label}");
        }
        for label in ["平均", "全市平均:", "三、均值", "各院平均数", "Average"] {
            assert_eq!(row_kind(label), RowKind::Average, "{label}");
        }
        for label in ["", "平均镇卫生院", "城关镇卫生院", "合计镇卫生院", "一、医院", "共和县人民医院"] {
            assert_eq!(row_kind(label), RowKind::Plain, "{label}");
        }
    }

    /// D3: numbering, `#` and blanks are no part of a name; numbers inside a name are.
    #[test]
    fn numbering_is_stripped_and_names_stay() {
        for (label, name) in [
            ("一、医院", "医院"),
            ("十二、疾控中心", "疾控中心"),
            ("(一)公立医院", "公立医院"),
            ("\u{ff08}二\u{ff09}民营医院", "民营医院"),
            ("1.县人民医院", "县人民医院"),
            ("1、县人民医院", "县人民医院"),
            ("12)县中医院", "县中医院"),
            ("\u{ff11}\u{ff0e}县中医院", "县中医院"),
            ("①县中医院", "县中医院"),
            ("\u{3000}\u{3000}# 一、三级医院 ", "三级医院"),
            ("三、四级手术台次数", "三、四级手术台次数"),
            ("301医院", "301医院"),
            ("第一医院", "第一医院"),
            ("一三一医院", "一三一医院"),
            ("3.15诊所", "3.15诊所"),
            ("(原)县医院", "(原)县医院"),
            ("", ""),
        ] {
            assert_eq!(strip_numbering(label), name, "{label}");
        }
    }
}
