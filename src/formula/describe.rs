//! Checked conditions and terms as a reader would write them, for messages.

use super::condition::{Condition, Test};
use super::tree::{ItemId, Term, Window};

impl Condition {
    /// The condition as text; `item` gives the name of an item.
    pub fn describe(&self, item: &dyn Fn(ItemId) -> String) -> String {
        let join = |parts: &[Self], word: &str| {
            let inner = |part: &Self| {
                if matches!(part, Self::And(_) | Self::Or(_)) { format!("({})", part.describe(item)) } else { part.describe(item) }
            };
            parts.iter().map(inner).collect::<Vec<_>>().join(word)
        };
        match self {
            Self::And(parts) => join(parts, " and "),
            Self::Or(parts) => join(parts, " or "),
            Self::Not(inner) => format!("not ({})", inner.describe(item)),
            Self::Attribute { name, test: Test::Is(values) } => match values.as_slice() {
                [value] => format!("{name} = {value}"),
                values => format!("{name} in ({})", values.join(", ")),
            },
            Self::Attribute { name, test: Test::Number(compare, number) } => format!("{name} {compare} {number}"),
            Self::Item { item: id, compare, number } => format!("{} {compare} {number}", item(*id)),
        }
    }
}

impl Term {
    /// The term as text; `item` gives the name of an item.
    pub fn describe(&self, item: &dyn Fn(ItemId) -> String) -> String {
        let scope = self.scope.as_ref().map(|scope| format!("[{}]", scope.describe(item))).unwrap_or_default();
        let window = if self.window == Window::Assessed { String::new() } else { format!("@{}", self.window.id()) };
        format!("{}{scope}{window}", item(self.item))
    }
}
