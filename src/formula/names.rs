//! What a formula may speak of: the names that checking looks up.

use super::tree::ItemId;
use crate::number::Exact;

/// The items, constants and attributes known where a formula stands. Names are given as written;
/// the implementor compares them by [`crate::text::normalise`].
pub trait Names {
    /// The item of this id, name or alias.
    fn item(&self, name: &str) -> Option<ItemName<'_>>;

    /// The catalogue constant of this name, with its unit.
    fn constant(&self, name: &str) -> Option<(Exact, &str)>;

    /// The canonical name of the registry attribute of this name.
    fn attribute(&self, name: &str) -> Option<&str>;

    /// The canonical value of an attribute, e.g. `primary` for 基层 of `tier`; `None` for a value that
    /// the attribute is not known to take. `attribute` is canonical, `value` is as written.
    fn attribute_value(&self, attribute: &str, value: &str) -> Option<String>;

    /// The names of a kind, for "did you mean".
    fn candidates(&self, kind: NameKind<'_>) -> Vec<&str>;
}

/// What is known of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemName<'a> {
    /// Where it stands in the table of items.
    pub id: ItemId,
    /// Its unit, e.g. `visit`.
    pub unit: &'a str,
    /// Whether it may be summed over organisations [O8].
    pub additive: bool,
}

/// Kinds of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind<'a> {
    /// Items and constants.
    Figure,
    /// Registry attributes.
    Attribute,
    /// Values of the attribute of this canonical name.
    Value(&'a str),
}

/// What a scope may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopeOperands {
    /// Registry attributes only, as in `expected_from`, `where` and `applies_to` [C3].
    Attributes,
    /// Registry attributes and items, as after an item [F3].
    AttributesAndItems,
}
