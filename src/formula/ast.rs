//! A formula as written: every node with its bytes, nothing looked up. Printing it gives the
//! canonical text, and parsing that text gives the same tree.

use std::ops::Range;

use super::condition::Compare;
use super::token::{QUOTES, is_word};

/// An arithmetic expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Bytes of the formula, without brackets around the expression.
    pub span: Range<usize>,
}

/// The kinds of expressions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExprKind {
    /// A number, in ASCII digits as written.
    Number(String),
    /// An item or a constant, perhaps within a scope and in a window.
    Named {
        /// What it is called.
        name: Name,
        /// Which organisations.
        scope: Option<Scope>,
        /// The word after `@`.
        window: Option<Name>,
    },
    /// `count[scope]@window`: how many organisations.
    Count {
        /// Which organisations.
        scope: Option<Scope>,
        /// The word after `@`.
        window: Option<Name>,
    },
    /// `min(a, b)` and its like.
    Call {
        /// Which function.
        function: Function,
        /// What stands between its brackets, at least one.
        arguments: Vec<Expr>,
    },
    /// `-a`
    Negate(Box<Expr>),
    /// `a + b` and its like.
    Binary {
        /// Which operation.
        operator: Operator,
        /// The left operand.
        left: Box<Expr>,
        /// The right operand.
        right: Box<Expr>,
    },
}

/// A name of an item, a constant, an attribute or a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name without quotes, never empty.
    pub text: String,
    /// Bytes of the formula, quotes included.
    pub span: Range<usize>,
}

/// A condition on organisations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// What it is.
    pub kind: ScopeKind,
    /// Bytes of the formula, without brackets around the condition.
    pub span: Range<usize>,
}

/// The kinds of conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScopeKind {
    /// All of at least two.
    And(Vec<Scope>),
    /// Any of at least two.
    Or(Vec<Scope>),
    /// The opposite. `a not in (b)` is the opposite of `a in (b)`.
    Not(Box<Scope>),
    /// `name compare value`
    Compare {
        /// An attribute or an item.
        name: Name,
        /// How.
        compare: Compare,
        /// With what.
        value: Literal,
    },
    /// `name in (value, …)`
    In {
        /// An attribute or an item.
        name: Name,
        /// The values, at least one.
        values: Vec<Literal>,
    },
}

/// The right side of a comparison in a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// A number or a text.
    pub kind: LiteralKind,
    /// Bytes of the formula.
    pub span: Range<usize>,
}

/// The kinds of literals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LiteralKind {
    /// ASCII digits as written, perhaps after `-`; `0371` keeps its zero.
    Number(String),
    /// A word or a quoted text, perhaps blank.
    Text(String),
}

/// A comparison of expressions, `a <= b <= c`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleExpr {
    /// The leftmost expression.
    pub first: Expr,
    /// What follows, at least one.
    pub rest: Vec<(Compare, Expr)>,
}

/// The arithmetic operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// The functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// The smallest of several.
    Min,
    /// The largest of several.
    Max,
    /// Without its sign.
    Abs,
    /// Formed per organisation, then summed.
    Each,
    /// The unit's target for an item.
    Target,
}

impl Function {
    /// Every function.
    pub const ALL: [Self; 5] = [Self::Min, Self::Max, Self::Abs, Self::Each, Self::Target];

    /// How it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Min => "min",
            Self::Max => "max",
            Self::Abs => "abs",
            Self::Each => "each",
            Self::Target => "target",
        }
    }
}

/// The words that join conditions.
pub(crate) const CONNECTIVES: [&str; 4] = ["and", "or", "not", "in"];

/// A name as it must stand in a formula: bare where it is read as one word, else in quotes.
pub fn quote(name: &str) -> String {
    let reserved = CONNECTIVES.contains(&name) || name == "count" || Function::ALL.iter().any(|function| function.name() == name);
    if is_word(name) && !reserved {
        return name.to_owned();
    }
    let (opening, closing) = QUOTES.into_iter().find(|(_, closing)| !name.contains(*closing)).unwrap_or(QUOTES[0]);
    format!("{opening}{name}{closing}")
}
