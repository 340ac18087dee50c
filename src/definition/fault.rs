//! One thing wrong with the shape of a file, and how it is said: the only place where what serde
//! reports becomes a diagnostic.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::de::{Expected, Unexpected};
use toml::de::DeValue;

use crate::codes::definition as codes;
use crate::diagnostic::{Diagnostic, Origin, SourceFile};
use crate::text::{Text, list, nearest};

/// One thing wrong with the shape of a file.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub(super) kind: Kind,
    /// Bytes of the key, value or table at fault.
    pub(super) span: Option<Range<usize>>,
    /// The table that lacks or holds the key, by its address.
    pub(super) table: Option<usize>,
}

/// What is wrong.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    UnknownKey {
        key: String,
        known: &'static [&'static str],
    },
    Missing {
        keys: Vec<&'static str>,
    },
    Wrong {
        wanted: Box<Text>,
        found: Option<Box<Text>>,
    },
    UnknownChoice {
        value: String,
        choices: &'static [&'static str],
    },
    OneChoice {
        given: Vec<String>,
        choices: &'static [&'static str],
    },
    Duplicate {
        key: &'static str,
    },
    /// Follows from a fault already recorded.
    Hollow,
}

impl Fault {
    pub(super) fn new(kind: Kind) -> Self {
        Self { kind, span: None, table: None }
    }

    /// A value of the wrong kind.
    pub(super) fn wrong(wanted: Text) -> Self {
        Self::new(Kind::Wrong { wanted: Box::new(wanted), found: None })
    }

    /// Fills in the key it stands at, where no inner one is known.
    pub(super) fn at(mut self, span: &Range<usize>) -> Self {
        self.span.get_or_insert_with(|| span.clone());
        self
    }

    /// Fills in the value it stands at, where no inner one is known.
    pub(super) fn in_value(mut self, value: &DeValue<'_>, span: &Range<usize>) -> Self {
        if self.span.is_some() {
            return self;
        }
        self.table = value.as_table().map(|table| std::ptr::from_ref(table).addr());
        match &mut self.kind {
            Kind::Wrong { found, .. } => {
                found.get_or_insert_with(|| Box::new(describe(value)));
            }
            // A visitor written by hand tells of the key after the key was read.
            Kind::UnknownKey { key, .. } => {
                self.span = value.as_table().and_then(|table| Some(table.get_key_value(key.as_str())?.0.span()));
            }
            _ => {}
        }
        self.at(span)
    }

    /// The diagnostic, pointing into `file`.
    pub(super) fn diagnostic(&self, file: &Arc<SourceFile>) -> Diagnostic {
        let origin = Origin::new(file, self.span.clone().unwrap_or_default());
        match &self.kind {
            Kind::UnknownKey { key, known } => unknown_key(origin, key, known),
            Kind::Missing { keys } => {
                let table = if origin.span.is_empty() { Text::new("文件", "the file") } else { Text::new("此表", "this table") };
                Diagnostic::new(&codes::MISSING_KEY, origin).with("table", table).with("keys", names(keys))
            }
            Kind::Wrong { wanted, found } => Diagnostic::new(&codes::WRONG_TYPE, origin)
                .with("wanted", Text::clone(wanted))
                .with("found", found.as_deref().cloned().unwrap_or_else(|| Text::new("其他内容", "something else"))),
            Kind::UnknownChoice { value, choices } => Diagnostic::new(&codes::UNKNOWN_CHOICE, origin)
                .with("value", value.as_str())
                .with("choices", names(choices))
                .suggest(nearest(value, choices.iter().copied())),
            Kind::OneChoice { given, choices } => one_choice(origin, given, choices),
            Kind::Duplicate { key } => Diagnostic::new(&codes::DUPLICATE_KEY, origin).with("key", *key),
            Kind::Hollow => Diagnostic::new(&codes::SYNTAX, origin).with("what", Text::new("无法读取此处", "this cannot be read")),
        }
    }
}

/// The keys of the table are listed only where none looks like what was written.
fn unknown_key(origin: Origin, key: &str, known: &'static [&'static str]) -> Diagnostic {
    let near = nearest(key, known.iter().copied());
    let shown = names(known);
    let known = if near.is_empty() && !known.is_empty() {
        Text::new(format!("；可用的键：{}", shown.zh), format!("; its keys are {}", shown.en))
    } else {
        Text::same("")
    };
    Diagnostic::new(&codes::UNKNOWN_KEY, origin).with("key", key).with("known", known).suggest(near)
}

/// The choices are listed only where none was made.
fn one_choice(origin: Origin, given: &[String], choices: &[&str]) -> Diagnostic {
    let shown = if given.is_empty() { names(choices) } else { names(&given.iter().map(String::as_str).collect::<Vec<_>>()) };
    let detail = match given {
        [] => Text::new(format!("；可选：{}", shown.zh), format!("; the choices are {}", shown.en)),
        _ => Text::new(format!("：{}", shown.zh), format!(": {}", shown.en)),
    };
    Diagnostic::new(&codes::ONE_CHOICE, origin).with("count", given.len().to_string()).with("detail", detail)
}

fn names(all: &[&str]) -> Text {
    list(&all.iter().map(|name| Text::same(format!("`{name}`"))).collect::<Vec<_>>())
}

/// What was found, in words.
fn describe(value: &DeValue<'_>) -> Text {
    match value {
        DeValue::String(text) => {
            let short: String = text.chars().take(40).collect();
            let dots = if text.chars().nth(40).is_some() { "…" } else { "" };
            Text::new(format!("文字 \"{short}{dots}\""), format!("the text \"{short}{dots}\""))
        }
        DeValue::Integer(number) => Text::new(format!("数 {number}"), format!("the number {number}")),
        DeValue::Float(number) => Text::new(format!("数 {number}"), format!("the number {number}")),
        DeValue::Boolean(flag) => Text::new(format!(" {flag}"), flag.to_string()),
        DeValue::Datetime(date) => Text::new(format!("不带引号的日期 {date}"), format!("the unquoted date {date}")),
        DeValue::Array(_) => Text::new("列表", "a list"),
        DeValue::Table(_) => Text::new("表", "a table"),
    }
}

/// What a key asks for, in words.
pub(super) mod wanted {
    use super::{Text, names};

    pub(crate) fn words() -> Text {
        Text::new("带引号的文字", "text in quotes")
    }
    pub(crate) fn whole() -> Text {
        Text::new("不小于 0 的整数", "a whole number, 0 or more")
    }
    pub(crate) fn number() -> Text {
        Text::new("数", "a number")
    }
    pub(crate) fn short_number() -> Text {
        Text::new("至多 15 位有效数字的数", "a number of at most 15 significant digits")
    }
    pub(crate) fn flag() -> Text {
        Text::new(" true 或 false", "true or false")
    }
    pub(crate) fn table() -> Text {
        Text::new("表，写作 { 键 = 值 }", "a table, { key = value }")
    }
    pub(crate) fn array() -> Text {
        Text::new("列表，写作 [ … ]", "a list, [ … ]")
    }
    pub(crate) fn choice(choices: &[&str]) -> Text {
        let shown = names(choices);
        Text::new(format!("以下之一：{}", shown.zh), format!("one of {}", shown.en))
    }
    pub(crate) fn content(choice: &str) -> Text {
        Text::new(format!("带内容的选项，写作 {{ {choice} = … }}"), format!("the choice with its content, {{ {choice} = … }}"))
    }

    /// What a visitor says of itself.
    pub(super) fn from_expecting(text: &str) -> Text {
        match text {
            "a number" => number(),
            "a string" => words(),
            "a boolean" => flag(),
            "u8" | "u16" | "u32" | "u64" | "usize" => whole(),
            "a sequence" => array(),
            "a map" | "a table" => table(),
            "a string or { zh = \"…\", en = \"…\" }" => Text::new("文字或 { zh = \"…\", en = \"…\" }", text),
            "a table or a list of tables" => Text::new("一个表或由表组成的列表", text),
            "{ column }, { value }, { file_name }, { year, month } or { year, quarter }" => {
                Text::new("{ column }、{ value }、{ file_name }、{ year, month } 或 { year, quarter }", text)
            }
            "an item, { item, period } or { skip = true }" => Text::new("项目、{ item, period } 或 { skip = true }", text),
            "a row number or [first, last]" => Text::new("行号或 [首行, 末行]", text),
            "a text, a list of texts, { not = … } or { at_least = …, at_most = … }" => {
                Text::new("文字、文字列表、{ not = … } 或 { at_least = …, at_most = … }", text)
            }
            "a text or a list of texts" => Text::new("文字或文字列表", text),
            "a number or text in quotes" => Text::new("数或带引号的文字", text),
            _ if text.starts_with("struct ") => table(),
            _ => Text::same(text),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.kind)
    }
}

impl std::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Self::wrong(Text::same(text.to_string()))
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::wrong(wanted::from_expecting(&expected.to_string()))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::wrong(wanted::from_expecting(&expected.to_string()))
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Self::wrong(wanted::from_expecting(&expected.to_string()))
    }

    fn unknown_variant(value: &str, choices: &'static [&'static str]) -> Self {
        Self::new(Kind::UnknownChoice { value: value.to_owned(), choices })
    }

    fn unknown_field(key: &str, known: &'static [&'static str]) -> Self {
        Self::new(Kind::UnknownKey { key: key.to_owned(), known })
    }

    fn missing_field(key: &'static str) -> Self {
        Self::new(Kind::Missing { keys: vec![key] })
    }

    fn duplicate_field(key: &'static str) -> Self {
        Self::new(Kind::Duplicate { key })
    }
}
