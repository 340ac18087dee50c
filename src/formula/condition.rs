//! Conditions on organisations, decided in three values (SEMANTICS F3, F4).

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Not;

use super::tree::ItemId;
use crate::number::Exact;

/// A checked scope.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// All hold.
    And(Vec<Self>),
    /// At least one holds.
    Or(Vec<Self>),
    /// The opposite.
    Not(Box<Self>),
    /// A registry attribute passes a test. Never unknown.
    Attribute {
        /// Canonical name of the attribute.
        name: String,
        /// What is asked of it.
        test: Test,
    },
    /// The organisation's value of an item in the window compares with a number. Unknown where the
    /// organisation has no value [F4].
    Item {
        /// The item.
        item: ItemId,
        /// How it compares.
        compare: Compare,
        /// With what, in the item's unit.
        number: Exact,
    },
}

/// What is asked of an attribute.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Test {
    /// It is one of these canonical values. A blank attribute equals only the blank text [F3].
    Is(Vec<String>),
    /// Read as a decimal number, it compares with a number. False for a blank attribute and for one
    /// that is no number: they lie on neither side.
    Number(Compare, Exact),
}

/// How two numbers compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Compare {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

/// The outcome of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It does not hold.
    False,
    /// It cannot be told, for want of a value.
    Unknown,
    /// It holds.
    True,
}

impl Condition {
    /// Decides the condition for one organisation and window [F3, F4]: `false and unknown` is false,
    /// `true or unknown` is true.
    ///
    /// `attribute` gives the canonical value of an attribute, `None` where it is blank; `item` gives
    /// the organisation's window value of an item, `None` where not all its expected months are
    /// reported.
    pub fn decide<'a>(&self, attribute: &dyn Fn(&str) -> Option<&'a str>, item: &dyn Fn(ItemId) -> Option<Exact>) -> Truth {
        match self {
            // In the order False < Unknown < True, "and" is the least and "or" the greatest.
            Self::And(parts) => parts.iter().map(|part| part.decide(attribute, item)).min().unwrap_or(Truth::True),
            Self::Or(parts) => parts.iter().map(|part| part.decide(attribute, item)).max().unwrap_or(Truth::False),
            Self::Not(inner) => !inner.decide(attribute, item),
            Self::Attribute { name, test } => Truth::from(test.holds(attribute(name).unwrap_or_default())),
            Self::Item { item: id, compare, number } => {
                item(*id).map_or(Truth::Unknown, |value| Truth::from(compare.holds(value.cmp(number))))
            }
        }
    }

    /// Decides by attributes alone, every item unknown: exact for a condition without items, and for
    /// one with items `False` means that the scope cannot hold the organisation [C3].
    pub fn decide_attributes<'a>(&self, attribute: &dyn Fn(&str) -> Option<&'a str>) -> Truth {
        self.decide(attribute, &|_| None)
    }

    /// The attributes it asks for, each once, in order of name.
    pub fn attributes(&self) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        self.visit(true, &mut |condition, _| {
            if let Self::Attribute { name, .. } = condition {
                found.insert(name.as_str());
            }
        });
        found
    }

    /// The items it asks for.
    pub fn items(&self) -> BTreeSet<ItemId> {
        let mut found = BTreeSet::new();
        self.visit(true, &mut |condition, _| {
            if let Self::Item { item, .. } = condition {
                found.insert(*item);
            }
        });
        found
    }

    /// Whether it asks for `role = unit`, so that the unit's own row counts [O6]. `role != unit` does
    /// not, and `not role != unit` does.
    pub fn names_role_unit(&self) -> bool {
        let mut found = false;
        self.visit(true, &mut |condition, positive| {
            if let Self::Attribute { name, test: Test::Is(values) } = condition {
                found |= positive && name == "role" && values.iter().any(|value| value == "unit");
            }
        });
        found
    }

    /// Visits every part, with whether it counts positively.
    fn visit<'a>(&'a self, positive: bool, see: &mut dyn FnMut(&'a Self, bool)) {
        see(self, positive);
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.visit(positive, see)),
            Self::Not(inner) => inner.visit(!positive, see),
            Self::Attribute { .. } | Self::Item { .. } => {}
        }
    }
}

impl Test {
    fn holds(&self, value: &str) -> bool {
        match self {
            Self::Is(values) => values.iter().any(|wanted| wanted == value),
            Self::Number(compare, number) => value.trim().parse::<Exact>().is_ok_and(|value| compare.holds(value.cmp(number))),
        }
    }
}

impl Compare {
    /// Whether it holds for a left side that stands so to the right side.
    pub fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual => ordering.is_ne(),
            Self::Less => ordering.is_lt(),
            Self::AtMost => ordering.is_le(),
            Self::More => ordering.is_gt(),
            Self::AtLeast => ordering.is_ge(),
        }
    }

    /// Whether it asks which side is larger.
    pub fn is_ordering(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }
}

impl fmt::Display for Compare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
        })
    }
}

impl Not for Truth {
    type Output = Self;

    /// The opposite; unknown stays unknown.
    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}
