//! Rows that are notes: who filled in the form, when, where figures come from.

use super::cells::Cells;
use crate::intake::width::is_blank;
use crate::text::person::masked;

/// What such a row begins with, before a colon or alone.
const WORDS: &[&str] = &[
    "填表人",
    "填报人",
    "制表人",
    "制表",
    "审核人",
    "审核",
    "复核人",
    "复核",
    "经办人",
    "统计人",
    "单位负责人",
    "统计负责人",
    "填表单位",
    "填报单位",
    "制表单位",
    "填表日期",
    "填报日期",
    "报出日期",
    "制表日期",
    "联系人",
    "联系电话",
    "注",
    "备注",
    "附注",
    "说明",
    "填表说明",
    "填写说明",
    "数据来源",
    "资料来源",
    "来源",
];

/// The text of a row that is a note.
#[inline]
pub(super) fn note(record: Cells) -> Option<String> {
    let first = record.iter().find(|cell| !cell.is_empty())?;
    // Codes and most names begin otherwise: nothing more is looked at.
    let may_be = first.first().is_some_and(|byte| *byte >= 0x80 || matches!(byte, b'*' | b' '));
    if may_be { read(record, first) } else { None }
}

fn read(record: Cells, first: &[u8]) -> Option<String> {
    let label = std::str::from_utf8(first).ok()?.trim_matches(is_blank);
    let is_signed = WORDS.iter().filter_map(|word| label.strip_prefix(word)).any(|rest| {
        let rest = rest.trim_start_matches(is_blank).trim_start_matches(|c: char| c.is_ascii_digit());
        rest.is_empty() || rest.starts_with([':', '\u{ff1a}'])
    });
    // A bare word may be a label of data; it is a note only where nothing but words stands beside it.
    let has_colon = label.contains([':', '\u{ff1a}']);
    let others = || record.iter().skip_while(|cell| cell.is_empty()).skip(1).filter_map(|cell| std::str::from_utf8(cell).ok());
    let is_alone = || others().all(|cell| cell.chars().all(is_blank));
    let is_note = is_signed && (has_colon || is_alone()) || label.starts_with(['*', '\u{203b}']) && is_alone();
    is_note.then(|| line(record.iter().filter_map(|cell| std::str::from_utf8(cell).ok())))
}

/// Characters that a message shows.
const SHOWN: usize = 60;

/// The cells of a row with content, in one line.
pub(super) fn line<'c>(cells: impl Iterator<Item = &'c str>) -> String {
    let cells: Vec<&str> = cells.map(|cell| cell.trim_matches(is_blank)).filter(|cell| !cell.is_empty()).collect();
    cells.join(" ").replace(['\n', '\r'], " ")
}

/// The beginning of a line. Persons are masked in the whole of it: half a number is not known for what it is.
pub(super) fn excerpt(line: &str) -> String {
    let line = masked(line);
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_note(cells: &[&str]) -> bool {
        let row: super::super::cells::Buffer = cells.iter().map(|cell| cell.as_bytes()).collect();
        note(row.cells()).is_some()
    }

    #[test]
    fn notes_are_known_by_their_first_words() {
        for row in [
            &["填表人:张三", "", "审核人:李四"][..],
            &["", "填报人：", "王五", "联系电话", "13800000000"],
            &["注1：本表不含村卫生室"],
            &["数据来源:年报"],
            &["审核人", "", ""],
            &["*含分院", "", ""],
        ] {
            assert!(is_note(row), "{row:?}");
        }
        for row in
            [&["注射室", "12"][..], &["审核人", "张三", "5"], &["*县医院", "2025", "7"], &["合计", "12"], &["E1", "注:", "3"], &["", ""]]
        {
            assert!(!is_note(row), "{row:?}");
        }
    }
}
