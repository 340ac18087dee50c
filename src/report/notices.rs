//! Findings and diagnostics on the screen: grouped by code, few examples, one closing line.

use std::fmt::Write as _;

use crate::code::Severity;
use crate::diagnostic::Diagnostic;
use crate::finding::{Findings, Group, Place};
use crate::quality::Tally;
use crate::report::findings::message;
use crate::report::terminal::printable;
use crate::text::Lang;

/// Examples shown of one code.
const EXAMPLES: usize = 3;

/// Every code from a severity on with its rule, count, up to three examples and the remedy. `complete_in` names the
/// file that lists them all, where one was written.
pub fn groups(findings: &Findings, least: Severity, complete_in: Option<&str>, lang: Lang) -> String {
    let mut out = String::new();
    for group in findings.groups(EXAMPLES).into_iter().filter(|group| group.code.severity >= least) {
        self::group(&mut out, &group, complete_in, lang);
        out.push('\n');
    }
    out
}

/// Every diagnostic in full, then the closing line.
pub fn diagnostics(diagnostics: &[Diagnostic], lang: Lang) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&diagnostic.render(lang));
        out.push('\n');
    }
    let of = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.code.severity == severity).count();
    out.push_str(&counted([Severity::Error, Severity::Warning, Severity::Info].map(of), lang));
    out
}

/// One line that counts errors, warnings and infos, with its line end.
pub fn closing(findings: &Findings, lang: Lang) -> String {
    counted(findings.severities(), lang)
}

fn counted([errors, warnings, infos]: [usize; 3], lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("错误 {errors} 项，警告 {warnings} 项，提示 {infos} 项\n"),
        Lang::En => format!("{}, {}, {}\n", count(errors, "error"), count(warnings, "warning"), count(infos, "info")),
    }
}

/// One line that counts how often the checks of the catalogues held, with its line end; blank if none was asked. What
/// was not evaluated has not passed [S5].
pub fn asked(asked: Tally, lang: Lang) -> String {
    let Tally { held, failed, unevaluated } = asked;
    match lang {
        _ if asked == Tally::default() => String::new(),
        Lang::Zh => format!("校验：成立 {held} 次，不成立 {failed} 次，未能判定 {unevaluated} 次\n"),
        Lang::En => format!("checks: {held} held, {failed} failed, {unevaluated} not evaluated\n"),
    }
}

fn count(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn group(out: &mut String, group: &Group, complete_in: Option<&str>, lang: Lang) {
    let code = group.code;
    let times = group.count;
    let _ = writeln!(out, "{}[{}] ×{times}: {}", code.severity.id(), code.id(), code.expected(lang));
    for finding in &group.first {
        let place = place(&finding.place, lang);
        if !place.is_empty() {
            let _ = writeln!(out, "  --> {}", printable(&place));
        }
        let _ = writeln!(out, "      {}", printable(message(finding).get(lang)));
    }
    if times > EXAMPLES {
        let _ = writeln!(out, "  {}", more(times - EXAMPLES, complete_in, lang));
    }
    let word = if lang == Lang::Zh { "办法：" } else { "help: " };
    let _ = writeln!(out, "  = {word}{}", code.help(lang));
}

fn more(count: usize, complete_in: Option<&str>, lang: Lang) -> String {
    match (lang, complete_in) {
        (Lang::Zh, Some(file)) => format!("… 其余 {count} 项见 {file}"),
        (Lang::Zh, None) => format!("… 另有 {count} 项"),
        (Lang::En, Some(file)) => format!("… and {count} more in {file}"),
        (Lang::En, None) => format!("… and {count} more"),
    }
}

/// The place from large to small: file, sheet, row, column; organisation, period, item; the cell.
fn place(place: &Place, lang: Lang) -> String {
    let row =
        place.row.filter(|_| place.cell.is_none()).map(|row| if lang == Lang::Zh { format!("第 {row} 行") } else { format!("row {row}") });
    let cell = place.value.as_ref().map(|value| if lang == Lang::Zh { format!("「{value}」") } else { format!("\"{value}\"") });
    let large = [&place.file, &place.sheet, &place.cell].map(Option::as_deref);
    let small = [&place.column, &place.organisation, &place.period, &place.item].map(Option::as_deref);
    let parts = large.into_iter().chain([row.as_deref()]).chain(small).chain([cell.as_deref()]);
    parts.flatten().collect::<Vec<_>>().join(" · ")
}
