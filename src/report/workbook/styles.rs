//! How cells look.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::report::table::{Align, Style, Tone};

/// What the look of a cell depends on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Look {
    /// What its row is.
    pub(super) row: Style,
    /// The side on which it lines up.
    pub(super) align: Align,
    /// Format of its number; empty for words.
    pub(super) number: String,
    /// How it is shaded.
    pub(super) tone: Option<Tone>,
    /// What else there is to it.
    pub(super) words: Words,
    /// Words that begin as a formula would: kept from becoming one when the cell is edited.
    pub(super) is_quoted: bool,
}

/// Kinds of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Words {
    /// None special.
    Plain,
    /// They stand for a number that is missing.
    Missing,
    /// They lead somewhere.
    Link,
}

/// Formats made so far.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<Look, Format>);

impl Styles {
    pub(super) fn of(&mut self, look: Look) -> &Format {
        self.0.entry(look).or_insert_with_key(format)
    }
}

fn format(look: &Look) -> Format {
    let mut format = framed().set_align(FormatAlign::Top);
    if look.row != Style::Section {
        // The heading of a section runs on over the empty cells beside it.
        format = format.set_text_wrap();
    }
    if look.is_quoted {
        format = format.set_quote_prefix();
    }
    if look.align == Align::Right {
        format = format.set_align(FormatAlign::Right);
    }
    if !look.number.is_empty() {
        format = format.set_num_format(look.number.as_str());
    }
    format = match look.words {
        Words::Plain => format,
        Words::Missing => format.set_font_color(QUIET).set_italic(),
        Words::Link => format.set_font_color(LINK),
    };
    format = match look.row {
        Style::Body => format,
        Style::Total => format.set_bold().set_background_color(TOTAL),
        Style::Section => format.set_bold().set_background_color(SECTION),
    };
    match look.tone {
        Some(Tone::Alarm) => format.set_background_color(ALARM),
        Some(Tone::Warn) => format.set_background_color(WARN),
        // Shares are shaded by a rule of the whole column.
        Some(Tone::Share(_)) | None => format,
    }
}

const QUIET: Color = Color::RGB(0x007A_7A7A);
const LINK: Color = Color::RGB(0x000B_57A4);
const TOTAL: Color = Color::RGB(0x00EE_F2F6);
const SECTION: Color = Color::RGB(0x00DD_E6EE);
const ALARM: Color = Color::RGB(0x00F8_C9C4);
const WARN: Color = Color::RGB(0x00FC_E8B2);
/// Shares of points from none over half to all.
pub(super) const SHARES: [Color; 3] = [Color::RGB(0x00F7_FBFF), Color::RGB(0x00C6_DBEF), Color::RGB(0x006B_AED6)];

fn framed() -> Format {
    Format::new().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x00C8_CED6))
}

pub(super) fn header() -> Format {
    framed()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0x00D3_DEE8))
}

pub(super) fn title() -> Format {
    Format::new().set_bold().set_font_size(14)
}

pub(super) fn heading() -> Format {
    Format::new().set_bold()
}

pub(super) fn note() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top).set_font_color(Color::RGB(0x0044_4444))
}

pub(super) fn link() -> Format {
    Format::new().set_font_color(LINK)
}
