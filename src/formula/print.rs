//! The canonical text of a formula as written: one blank around operators, brackets only where
//! needed, and around `and` inside `or`, where a reader would have to think.

use std::fmt::{self, Display, Formatter};

use super::ast::{Expr, ExprKind, Literal, LiteralKind, Name, Operator, RuleExpr, Scope, ScopeKind, quote};

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExprKind::Number(digits) => f.write_str(digits),
            ExprKind::Named { name, scope, window } => {
                write!(f, "{name}")?;
                restrictions(f, scope.as_ref(), window.as_ref())
            }
            ExprKind::Count { scope, window } => {
                f.write_str("count")?;
                restrictions(f, scope.as_ref(), window.as_ref())
            }
            ExprKind::Call { function, arguments } => {
                write!(f, "{}(", function.name())?;
                separated(f, arguments, ", ")?;
                f.write_str(")")
            }
            ExprKind::Negate(inner) => {
                f.write_str("-")?;
                bracketed(f, inner, binding(inner) < NEGATION)
            }
            ExprKind::Binary { operator, left, right } => {
                let own = binding(self);
                bracketed(f, left, binding(left) < own)?;
                write!(f, " {operator} ")?;
                bracketed(f, right, binding(right) <= own)
            }
        }
    }
}

const NEGATION: u8 = 3;

/// How tightly an expression holds together: more is tighter.
fn binding(expr: &Expr) -> u8 {
    match &expr.kind {
        ExprKind::Binary { operator: Operator::Add | Operator::Subtract, .. } => 1,
        ExprKind::Binary { operator: Operator::Multiply | Operator::Divide, .. } => 2,
        ExprKind::Negate(_) => NEGATION,
        _ => 4,
    }
}

impl Display for Scope {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ScopeKind::And(parts) => joined(f, parts, " and "),
            ScopeKind::Or(parts) => joined(f, parts, " or "),
            ScopeKind::Not(inner) => {
                f.write_str("not ")?;
                bracketed(f, inner, is_joined(inner))
            }
            ScopeKind::Compare { name, compare, value } => write!(f, "{name} {compare} {value}"),
            ScopeKind::In { name, values } => {
                write!(f, "{name} in (")?;
                separated(f, values, ", ")?;
                f.write_str(")")
            }
        }
    }
}

fn is_joined(scope: &Scope) -> bool {
    matches!(scope.kind, ScopeKind::And(_) | ScopeKind::Or(_))
}

fn joined(f: &mut Formatter<'_>, parts: &[Scope], connective: &str) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        f.write_str(if index == 0 { "" } else { connective })?;
        bracketed(f, part, is_joined(part))?;
    }
    Ok(())
}

impl Display for RuleExpr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        self.rest.iter().try_for_each(|(compare, expr)| write!(f, " {compare} {expr}"))
    }
}

impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            LiteralKind::Number(digits) => f.write_str(digits),
            LiteralKind::Text(text) => f.write_str(&quote(text)),
        }
    }
}

impl Display for Name {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&quote(&self.text))
    }
}

impl Display for Operator {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
        })
    }
}

fn restrictions(f: &mut Formatter<'_>, scope: Option<&Scope>, window: Option<&Name>) -> fmt::Result {
    if let Some(scope) = scope {
        write!(f, "[{scope}]")?;
    }
    window.map_or(Ok(()), |window| write!(f, "@{window}"))
}

fn bracketed(f: &mut Formatter<'_>, inner: &impl Display, needed: bool) -> fmt::Result {
    if needed { write!(f, "({inner})") } else { write!(f, "{inner}") }
}

fn separated(f: &mut Formatter<'_>, parts: &[impl Display], separator: &str) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        write!(f, "{}{part}", if index == 0 { "" } else { separator })?;
    }
    Ok(())
}
