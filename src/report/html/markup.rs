//! Writes HTML. Names of elements and attributes are the program's own; everything else is escaped, so that no name in the
//! data can become markup.

use std::borrow::Cow;

use quick_xml::escape::escape;

use crate::report::chart::Svg;

/// A page, or a part of one.
#[derive(Debug, Default)]
pub(super) struct Markup(String);

/// Attributes of an element: a name, and a value that is escaped.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Markup {
    /// Opens an element.
    pub(super) fn open(&mut self, name: &'static str, attributes: Attributes) {
        self.0.push('<');
        self.0.push_str(name);
        for (key, value) in attributes {
            self.0.push(' ');
            self.0.push_str(key);
            self.0.push_str("=\"");
            self.text(value);
            self.0.push('"');
        }
        self.0.push('>');
    }

    /// Closes an element.
    pub(super) fn close(&mut self, name: &'static str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// A line break in the source, for who reads it.
    pub(super) fn line(&mut self) {
        self.0.push('\n');
    }

    /// Words. Control signs, which HTML forbids, become blanks.
    pub(super) fn text(&mut self, text: &str) {
        let seen: Cow<str> = if text.contains(char::is_control) { text.replace(char::is_control, " ").into() } else { text.into() };
        self.0.push_str(&escape(seen));
    }

    /// An element that holds words only.
    pub(super) fn element(&mut self, name: &'static str, attributes: Attributes, text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close(name);
    }

    /// Words of the program itself that are markup: the style sheet, the script.
    pub(super) fn own(&mut self, markup: &'static str) {
        self.0.push_str(markup);
    }

    /// A drawing.
    pub(super) fn drawing(&mut self, svg: &Svg) {
        self.0.push_str(&svg.0);
    }

    /// What was written.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_data_becomes_markup() {
        let mut markup = Markup::default();
        markup.element("p", &[("title", "\"><script>")], "<script>alert('x')</script>\u{0}&");
        let expected = "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;script&gt;alert(&apos;x&apos;)&lt;/script&gt; &amp;</p>";
        assert_eq!(String::from_utf8(markup.into_bytes()).expect("UTF-8"), expected);
    }
}
