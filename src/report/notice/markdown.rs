//! Writes a notice as Markdown.

use std::fmt::Write as _;

use super::{Block, Notice};
use crate::report::markdown::{escaped, render as table};
use crate::report::table::Table;
use crate::text::{Lang, Text};

/// The document, headings and all.
pub(super) fn render(notice: &Notice, lang: Lang) -> String {
    let mut out = format!("# {}\n", plain(&notice.title, lang));
    for block in notice.body.iter().chain(&notice.annexes) {
        out.push('\n');
        write(&mut out, block, lang);
    }
    out
}

fn write(out: &mut String, block: &Block, lang: Lang) {
    // A text cannot fail to take more text.
    let _ = match block {
        Block::Chapter(text) => writeln!(out, "## {}", plain(text, lang)),
        Block::Section(text) => writeln!(out, "### {}", plain(text, lang)),
        Block::Paragraph(text) => writeln!(out, "{}", line(text, lang)),
        Block::List(lines) => lines.iter().try_for_each(|text| writeln!(out, "- {}", line(text, lang))),
        Block::Table(sheet) => {
            // The heading above it says what it shows.
            let untitled = Table { title: Text::default(), ..sheet.clone() };
            write!(out, "{}", table(&untitled, lang))
        }
        Block::Signature(text) => match lang {
            Lang::Zh => writeln!(out, "{}：\\_\\_\\_\\_\\_\\_\\_\\_", plain(text, lang)),
            Lang::En => writeln!(out, "{}: \\_\\_\\_\\_\\_\\_\\_\\_", plain(text, lang)),
        },
    };
}

/// Text that is nothing but text.
fn plain(text: &Text, lang: Lang) -> String {
    ["&", "_", "~"].into_iter().fold(escaped(text.get(lang)), |text, sign| text.replace(sign, &format!("\\{sign}")))
}

/// The same at the beginning of a line, where its first sign could begin a list or a heading.
fn line(text: &Text, lang: Lang) -> String {
    let mut line = plain(text, lang);
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if line.starts_with(['#', '-', '+', '>', '=']) {
        line.insert(0, '\\');
    } else if digits > 0 && line[digits..].starts_with(['.', ')']) {
        line.insert(digits, '\\');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_text_stays_a_line_of_text() {
        for (text, expected) in [
            ("# a", "\\# a"),
            ("1. b_c", "1\\. b\\_c"),
            ("2025 年", "2025 年"),
            ("&lt;script> <b>", "\\&lt;script> \\<b>"),
            ("a\nb", "a b"),
        ] {
            assert_eq!(line(&Text::same(text), Lang::Zh), expected);
        }
    }
}
