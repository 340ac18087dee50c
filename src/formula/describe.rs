//! Checked conditions and terms as a reader would write them, for messages.

use super::ast::quote;
use super::condition::{Condition, Test};
use super::tree::{ItemId, Term, Window};
use crate::number::Exact;

impl Condition {
    /// The condition in the formula language, for reasons and messages. `item_name` names an item.
    pub fn describe(&self, item_name: &dyn Fn(ItemId) -> String) -> String {
        let joined = |parts: &[Self], word: &str| parts.iter().map(|part| part.described_part(item_name)).collect::<Vec<_>>().join(word);
        match self {
            Self::And(parts) => joined(parts, " and "),
            Self::Or(parts) => joined(parts, " or "),
            Self::Not(inner) => match inner.single_value() {
                Some((name, value)) => format!("{} != {}", quote(name), quote_value(value)),
                None => format!("not {}", inner.described_part(item_name)),
            },
            Self::Attribute { name, test: Test::Number(compare, number) } => format!("{} {compare} {number}", quote(name)),
            Self::Attribute { name, test: Test::Is(values) } => match values.as_slice() {
                [value] => format!("{} = {}", quote(name), quote_value(value)),
                _ => format!("{} in ({})", quote(name), values.iter().map(|value| quote_value(value)).collect::<Vec<_>>().join(", ")),
            },
            Self::Item { item, compare, number } => format!("{} {compare} {number}", quote(&item_name(*item))),
        }
    }

    /// The attribute and the value of `attribute = value`.
    fn single_value(&self) -> Option<(&str, &str)> {
        match self {
            Self::Attribute { name, test: Test::Is(values) } => match values.as_slice() {
                [value] => Some((name, value)),
                _ => None,
            },
            _ => None,
        }
    }

    fn described_part(&self, item_name: &dyn Fn(ItemId) -> String) -> String {
        let described = self.describe(item_name);
        if matches!(self, Self::And(_) | Self::Or(_)) { format!("({described})") } else { described }
    }
}

/// A number among attribute values needs no quotes.
fn quote_value(value: &str) -> String {
    let is_number = value.parse::<Exact>().is_ok() && value.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { value.to_owned() } else { quote(value) }
}

impl Term {
    /// The term as text; `item` gives the name of an item.
    pub fn describe(&self, item: &dyn Fn(ItemId) -> String) -> String {
        let scope = self.scope.as_ref().map(|scope| format!("[{}]", scope.describe(item))).unwrap_or_default();
        let window = if self.window == Window::Assessed { String::new() } else { format!("@{}", self.window.id()) };
        format!("{}{scope}{window}", item(self.item))
    }
}
