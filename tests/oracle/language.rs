//! Formulas as the oracle holds them, and as they are written for the engine to read.

use std::fmt;

/// A window a term speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum When {
    Measured,
    Baseline,
    Previous,
    Prior,
}

/// A formula.
#[derive(Debug, Clone)]
pub(crate) enum Expr {
    Number(i64),
    Days,
    Months,
    Item(Term),
    Count(Option<Cond>, When),
    Each(Box<Self>),
    Negate(Box<Self>),
    Abs(Box<Self>),
    Binary(char, Box<Self>, Box<Self>),
    Extreme(Which, Vec<Self>),
}

/// `min` or `max`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    Min,
    Max,
}

/// An item under a scope in a window.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    pub(crate) item: usize,
    pub(crate) scope: Option<Cond>,
    pub(crate) when: When,
}

/// A scope.
#[derive(Debug, Clone)]
pub(crate) enum Cond {
    Is(&'static str, &'static str),
    IsNot(&'static str, &'static str),
    In(&'static str, Vec<&'static str>),
    Item(usize, &'static str, i64),
    Not(Box<Self>),
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
}

/// The id of an item.
pub(crate) fn item_id(item: usize) -> String {
    format!("item{item}")
}

impl Expr {
    /// All terms, those inside `each` included.
    pub(crate) fn terms(&self) -> Vec<&Term> {
        match self {
            Self::Item(term) => vec![term],
            other => other.children().into_iter().flat_map(Self::terms).collect(),
        }
    }

    /// The windows it names.
    pub(crate) fn whens(&self) -> Vec<When> {
        match self {
            Self::Item(term) => vec![term.when],
            Self::Count(_, when) => vec![*when],
            other => other.children().into_iter().flat_map(Self::whens).collect(),
        }
    }

    /// True if it divides outside `each`.
    pub(crate) fn divides(&self) -> bool {
        match self {
            Self::Binary('/', ..) => true,
            Self::Each(_) => false,
            other => other.children().into_iter().any(Self::divides),
        }
    }

    /// What it is made of.
    pub(crate) fn children(&self) -> Vec<&Self> {
        match self {
            Self::Number(_) | Self::Days | Self::Months | Self::Item(_) | Self::Count(..) => Vec::new(),
            Self::Each(inner) | Self::Negate(inner) | Self::Abs(inner) => vec![inner],
            Self::Binary(_, left, right) => vec![left, right],
            Self::Extreme(_, parts) => parts.iter().collect(),
        }
    }
}

impl Cond {
    /// The items it asks for.
    pub(crate) fn items(&self) -> Vec<usize> {
        match self {
            Self::Item(item, _, _) => vec![*item],
            Self::Not(inner) => inner.items(),
            Self::And(left, right) | Self::Or(left, right) => [left.items(), right.items()].concat(),
            Self::Is(..) | Self::IsNot(..) | Self::In(..) => Vec::new(),
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Days => f.write_str("window_days"),
            Self::Months => f.write_str("window_months"),
            Self::Item(term) => write!(f, "{}{}{}", item_id(term.item), Scope(term.scope.as_ref()), term.when),
            Self::Count(scope, when) => write!(f, "count{}{when}", Scope(scope.as_ref())),
            Self::Each(inner) => write!(f, "each({inner})"),
            Self::Negate(inner) => write!(f, "(-{inner})"),
            Self::Abs(inner) => write!(f, "abs({inner})"),
            Self::Binary(operator, left, right) => write!(f, "({left} {operator} {right})"),
            Self::Extreme(which, parts) => {
                let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
                write!(f, "{}({})", if *which == Which::Min { "min" } else { "max" }, parts.join(", "))
            }
        }
    }
}

struct Scope<'a>(Option<&'a Cond>);

impl fmt::Display for Scope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |scope| write!(f, "[{scope}]"))
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Measured => "",
            Self::Baseline => "@baseline",
            Self::Previous => "@previous",
            Self::Prior => "@prior",
        })
    }
}

impl fmt::Display for Cond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(name, value) => write!(f, "{name} = '{value}'"),
            Self::IsNot(name, value) => write!(f, "{name} != '{value}'"),
            Self::In(name, values) => write!(f, "{name} in ('{}')", values.join("', '")),
            Self::Item(item, compare, number) => write!(f, "{} {compare} {number}", item_id(*item)),
            Self::Not(inner) => write!(f, "not ({inner})"),
            Self::And(left, right) => write!(f, "({left} and {right})"),
            Self::Or(left, right) => write!(f, "({left} or {right})"),
        }
    }
}
