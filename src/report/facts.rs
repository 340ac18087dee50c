//! What a report for people begins with: what was assessed, when, by which criteria, and what to be wary of.

use crate::report::sources;
use crate::scorebook::Scorebook;
use crate::text::Text;

/// Labels and values.
pub(super) fn of(book: &Scorebook) -> Vec<(Text, Text)> {
    let head = &book.head;
    let provisional = book.units.iter().filter(|unit| !unit.provisional.is_empty()).count();
    let vetoed = book.units.iter().filter(|unit| !unit.vetoes.is_empty()).count();
    let mut facts = vec![(Text::new("考核期", "Period"), Text::same(head.period.to_string()))];
    facts.extend(head.baseline.map(|span| (Text::new("基期", "Baseline"), Text::same(span.to_string()))));
    facts.push((Text::new("考核对象", "Units"), count("个", "units", book.units.len())));
    facts.extend(sources::remarks(book).into_iter().take(1).map(|text| (Text::new("方案", "Scheme"), text)));
    facts.push((Text::new("满分", "Full points"), Text::same(head.full_points.to_string())));
    if provisional > 0 {
        facts.push((Text::new("暂定", "Provisional"), count("个考核对象的结果是暂定的", "results are provisional", provisional)));
    }
    if vetoed > 0 {
        facts.push((Text::new("一票否决", "Vetoes"), count("个考核对象触发", "units", vetoed)));
    }
    facts.push((Text::new("数据问题", "Findings"), severities(book)));
    facts
}

fn count(zh: &str, en: &str, count: usize) -> Text {
    Text::new(format!("{count} {zh}"), format!("{count} {en}"))
}

/// How many findings of each severity.
fn severities(book: &Scorebook) -> Text {
    let [errors, warnings, notes] = book.all_findings().severities();
    Text::new(format!("错误 {errors}，警告 {warnings}，提示 {notes}"), format!("errors: {errors}, warnings: {warnings}, notes: {notes}"))
}
