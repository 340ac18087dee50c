//! Checked terms as a reader would write them, for messages.

use super::tree::{ItemId, Term, Window};

impl Term {
    /// The term as text; `item` gives the name of an item.
    pub fn describe(&self, item: &dyn Fn(ItemId) -> String) -> String {
        let scope = self.scope.as_ref().map(|scope| format!("[{}]", scope.print(item))).unwrap_or_default();
        let window = if self.window == Window::Assessed { String::new() } else { format!("@{}", self.window.id()) };
        format!("{}{scope}{window}", item(self.item))
    }
}
