//! A diagnostic: something wrong in what the user wrote, pointing at the value in its file.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::code::{Code, Severity};
use crate::text::person::masked;
use crate::text::{Filled, Lang, Said};

/// A definition file as read, kept for excerpts.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path as the user would recognise it.
    pub path: String,
    /// The whole text.
    pub text: String,
}

impl SourceFile {
    /// A file held in memory.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into() })
    }
}

/// A stretch of a definition file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Bytes of the value in it.
    pub span: Range<usize>,
}

impl Origin {
    /// A stretch of `file`.
    pub fn new(file: &Arc<SourceFile>, span: Range<usize>) -> Self {
        Self { file: Arc::clone(file), span }
    }

    /// A stretch inside this one, e.g. one name of a formula. `inner` counts bytes of the TOML
    /// string's content; the opening quote is skipped where there is one.
    #[must_use]
    pub fn within(&self, inner: &Range<usize>) -> Self {
        let text = self.file.text.get(self.span.clone()).unwrap_or_default();
        let quote = ["\"\"\"", "'''", "\"", "'"].iter().find(|quote| text.starts_with(**quote)).map_or(0, |quote| quote.len());
        // An escape makes the content shorter than the source; then the whole value is shown.
        if text.contains('\\') || quote + inner.end > text.len() {
            return self.clone();
        }
        let start = self.span.start + quote;
        Self { file: Arc::clone(&self.file), span: start + inner.start..start + inner.end }
    }

    /// Line and column from 1; the column counts characters.
    pub fn line_and_column(&self) -> (usize, usize) {
        let start = self.span.start.min(self.file.text.len());
        let before = self.file.text.get(..start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

/// Something wrong in a definition, a formula or a flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind.
    pub code: &'static Code,
    /// The value at fault, where it stands in a file.
    pub origin: Option<Origin>,
    /// What was found, with the values.
    pub message: Said,
    /// Names that look like what was written, best first.
    pub suggestions: Vec<String>,
}

impl Diagnostic {
    /// A diagnostic of this kind, at a value or at none.
    pub fn new(code: &'static Code, origin: impl Into<Option<Origin>>) -> Self {
        Self { code, origin: origin.into(), message: Said::new(&code.message), suggestions: Vec::new() }
    }

    /// Fills one hole of the message.
    #[must_use]
    pub fn with(mut self, hole: &'static str, value: impl Into<Filled>) -> Self {
        self.message = self.message.with(hole, value);
        self
    }

    /// Adds "did you mean".
    #[must_use]
    pub fn suggest<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Self {
        self.suggestions = names.into_iter().map(str::to_owned).collect();
        self
    }

    /// True if nothing may be computed.
    pub fn is_error(&self) -> bool {
        self.code.severity == Severity::Error
    }

    /// The diagnostic as shown: rule, place, excerpt with caret, what was found, remedy.
    pub fn render(&self, lang: Lang) -> String {
        let mut out = format!("{}[{}]: {}\n", self.code.severity.id(), self.code.id(), self.code.expected(lang));
        let message = self.message.render(lang);
        let is_table = self.origin.as_ref().is_some_and(|origin| is_table(&origin.file));
        let message = if is_table { masked(&message).into_owned() } else { message };
        match &self.origin {
            Some(origin) => excerpt(&mut out, origin, &message),
            None => {
                let _ = writeln!(out, "   = {message}");
            }
        }
        let _ = writeln!(out, "   = {}{}", word(lang, "办法：", "help: "), self.code.help(lang));
        if let Some(names) = did_you_mean(&self.suggestions, lang) {
            let _ = writeln!(out, "   = {names}");
        }
        out
    }
}

/// "did you mean `a` or `b`?", where there is something to suggest.
pub fn did_you_mean(names: &[String], lang: Lang) -> Option<String> {
    let ticked: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    (!ticked.is_empty()).then(|| match lang {
        Lang::Zh => format!("是否想写 {}？", ticked.join(" 或 ")),
        Lang::En => format!("did you mean {}?", ticked.join(" or ")),
    })
}

fn word(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// True for a table, as opposed to a definition, whose numbers are somebody's figures.
fn is_table(file: &SourceFile) -> bool {
    std::path::Path::new(&file.path).extension().is_none_or(|extension| extension != "toml")
}

/// Characters of a line that are shown.
const WIDEST: usize = 240;

fn excerpt(out: &mut String, origin: &Origin, message: &str) {
    let (line, column) = origin.line_and_column();
    let text = &origin.file.text;
    let source_line = text.lines().nth(line - 1).unwrap_or_default();
    let value = text.get(origin.span.clone()).unwrap_or_default().lines().next().unwrap_or_default();
    // Of a line longer than a page is wide, what stands around the value.
    let from = if source_line.chars().nth(WIDEST).is_some() { (column - 1).saturating_sub(WIDEST / 2) } else { 0 };
    let part = |from: usize, length: usize| -> String {
        source_line.chars().skip(from).take(length).map(|c| if c == '\t' { ' ' } else { c }).collect()
    };
    let (before, shown) = (part(from, column - 1 - from), part(from, WIDEST));
    let value: String = value.chars().take(WIDEST - before.chars().count().min(WIDEST - 1)).collect();
    // Tables are of institutions; a number of a person in them stays where it stands.
    let shown = if is_table(&origin.file) { masked(&shown).into_owned() } else { shown };
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    let indent = " ".repeat(before.chars().map(|c| c.width().unwrap_or(1)).sum());
    let _ = writeln!(out, "{margin}--> {}:{line}:{column}", origin.file.path);
    let _ = writeln!(out, "{margin} |");
    let _ = writeln!(out, "{number} | {shown}");
    let _ = writeln!(out, "{margin} | {indent}{} {message}", "^".repeat(value.width().max(1)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_a_wide_value() {
        let file = SourceFile::new("a.toml", "x = 1\nname = \"诊疗\" # c\n");
        let origin = Origin::new(&file, 13..21);
        let mut out = String::new();
        excerpt(&mut out, &origin, "found");
        assert_eq!(out, " --> a.toml:2:8\n  |\n2 | name = \"诊疗\" # c\n  |        ^^^^^^ found\n");
        assert_eq!(origin.within(&(0..3)).span, 14..17);
    }
}
