//! What every report for people must say about its sources (DESIGN §3.2).

use crate::scorebook::{Allowed, Scorebook};
use crate::text::{Lang, Text};

/// Remarks below a table: by which criteria, and how much of them nobody verified.
pub(super) fn remarks(book: &Scorebook) -> Vec<Text> {
    let head = &book.head;
    let mut remarks = vec![criteria(&head.criteria_title, &head.status)];
    remarks.extend(unverified(book.provenance.unverified.len()));
    // A contradiction changes what is read here; what the linter asked is for those who write schemes.
    let (lints, contradictions): (Vec<&Allowed>, Vec<&Allowed>) =
        book.provenance.allowed.iter().partition(|allowed| allowed.code.starts_with("lint/"));
    remarks.extend(contradictions.into_iter().map(|allowed| {
        let message = |lang| allowed.message.render(lang);
        Text::new(
            format!("照原表保留：{}（{}）", message(Lang::Zh), allowed.reason.zh),
            format!("Let stand: {} ({})", message(Lang::En), allowed.reason.en),
        )
    }));
    if !lints.is_empty() {
        let (count, noun) = (lints.len(), if lints.len() == 1 { "remark" } else { "remarks" });
        remarks.push(Text::new(
            format!("对方案写法的 {count} 项疑问已说明理由并保留，见 manifest.json"),
            format!("Let stand with a reason: {count} {noun} of the linter on the scheme; manifest.json lists them"),
        ));
    }
    remarks
}

/// By which criteria, and what they are.
pub(super) fn criteria(title: &Text, status: &str) -> Text {
    let status = status_word(status);
    Text::new(format!("评判标准：{} ({})", title.zh, status.zh), format!("Criteria: {} ({})", title.en, status.en))
}

/// How many definitions nobody verified.
pub(super) fn unverified(count: usize) -> Option<Text> {
    let (noun, verb) = if count == 1 { ("definition", "rests on a source that was") } else { ("definitions", "rest on sources that were") };
    (count > 0).then(|| {
        Text::new(
            format!("{count} 项定义的出处未经核实，见 manifest.json"),
            format!("{count} {noun} {verb} not verified; manifest.json lists them"),
        )
    })
}

fn status_word(status: &str) -> Text {
    match status {
        "official" => Text::new("正式文件", "official"),
        "local" => Text::new("地方自定", "local"),
        "illustrative" => Text::new("示例", "illustrative"),
        other => Text::same(other),
    }
}
