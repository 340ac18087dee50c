//! Products and quotients of totals where those of organisations may be meant (SEMANTICS F2).

use super::ast::{Expr, ExprKind, Function, Operator};
use super::names::Names;

/// The outermost products and quotients of two totals that are not the ratio of the formula.
///
/// The line: an expression is at the *top* if the way to it from the whole formula passes only
/// through sums, differences, signs, `min`, `max`, `abs`, and products or quotients with something
/// that holds no item (a number, a constant, `count`, `target`). A quotient of two expressions with
/// items at the top is a ratio and as it should be: `a / b`, `1 - a / b`, `a / b - c / d`. Its two
/// sides are no longer the top: a quotient of items in one of them, and a product of items anywhere,
/// is linted. Inside `each` nothing is.
pub(crate) fn products_of_totals<'a>(expr: &'a Expr, names: &dyn Names) -> Vec<&'a Expr> {
    let mut found = Vec::new();
    search(expr, Place::Top, names, &mut found);
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Top,
    Side,
}

fn search<'a>(expr: &'a Expr, place: Place, names: &dyn Names, found: &mut Vec<&'a Expr>) {
    match &expr.kind {
        ExprKind::Binary { operator, left, right } => {
            let combines = matches!(operator, Operator::Multiply | Operator::Divide) && has_item(left, names) && has_item(right, names);
            if combines && (place == Place::Side || *operator == Operator::Multiply) {
                found.push(expr);
                return;
            }
            let inner = if combines { Place::Side } else { place };
            search(left, inner, names, found);
            search(right, inner, names, found);
        }
        ExprKind::Negate(inner) => search(inner, place, names, found),
        ExprKind::Call { function: Function::Min | Function::Max | Function::Abs, arguments } => {
            for argument in arguments {
                search(argument, place, names, found);
            }
        }
        ExprKind::Call { .. } | ExprKind::Number(_) | ExprKind::Named { .. } | ExprKind::Count { .. } => {}
    }
}

/// Whether an expression holds a total of an item; `each(…)` is one.
fn has_item(expr: &Expr, names: &dyn Names) -> bool {
    match &expr.kind {
        ExprKind::Named { name, .. } => names.item(&name.text).is_some(),
        ExprKind::Call { function: Function::Target, .. } | ExprKind::Number(_) | ExprKind::Count { .. } => false,
        ExprKind::Call { arguments, .. } => arguments.iter().any(|argument| has_item(argument, names)),
        ExprKind::Negate(inner) => has_item(inner, names),
        ExprKind::Binary { left, right, .. } => has_item(left, names) || has_item(right, names),
    }
}
