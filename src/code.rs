//! Codes of findings and diagnostics: one shape for both, one table per area.
//!
//! A code is interface: its id never changes its meaning. Its texts stand in one table per area
//! (`src/codes/*.rs`), from which the error reference is generated.

use serde::Serialize;

use crate::text::{Lang, Phrase};

/// How bad it is [S6].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// For the record.
    Info,
    /// A figure may be wrong, or a slot is unmet.
    Warning,
    /// A value is rejected, a total withheld, a part of a file unread; or a definition is wrong.
    Error,
}

impl Severity {
    /// The word used in files and on screen.
    pub fn id(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One kind of finding or diagnostic.
#[derive(Debug)]
pub struct Code {
    /// How bad it is.
    pub severity: Severity,
    /// The rule: what is expected, a full sentence.
    pub expected: [&'static str; 2],
    /// What was found, with the values.
    pub message: Phrase,
    /// What to do about it.
    pub help: [&'static str; 2],
}

/// No two have one id, and there may be a million findings to be told apart.
impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Eq for Code {}

impl Code {
    /// The stable id, `area/kebab-name`.
    pub fn id(&self) -> &'static str {
        self.message.id
    }

    /// The rule, in one language.
    pub fn expected(&self, lang: Lang) -> &'static str {
        pick(&self.expected, lang)
    }

    /// The remedy, in one language.
    pub fn help(&self, lang: Lang) -> &'static str {
        pick(&self.help, lang)
    }
}

fn pick(texts: &[&'static str; 2], lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => texts[0],
        Lang::En => texts[1],
    }
}

/// Declares a table of codes: a constant each, and `ALL`.
macro_rules! codes {
    ($( $name:ident = $id:literal $severity:ident
        expected $expected_zh:literal $expected_en:literal
        message $message_zh:literal $message_en:literal
        help $help_zh:literal $help_en:literal ; )*) => {
        $(
            #[doc = $expected_en]
            pub static $name: $crate::code::Code = $crate::code::Code {
                severity: $crate::code::Severity::$severity,
                expected: [$expected_zh, $expected_en],
                message: $crate::text::Phrase::new($id, $message_zh, $message_en),
                help: [$help_zh, $help_en],
            };
        )*
        /// Every code of this area.
        pub static ALL: &[&$crate::code::Code] = &[$(&$name),*];
    };
}
pub(crate) use codes;
