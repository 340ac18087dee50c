//! From the tree as written to the checked tree: names, windows, functions and units. Everything
//! wrong in a formula is reported at once.

use std::ops::Range;

use super::ast::{Expr, ExprKind, Function, Name, Operator, RuleExpr, Scope};
use super::condition::Condition;
use super::lint;
use super::names::{NameKind, Names, ScopeOperands};
use super::tree::{CountTerm, Formula, ItemId, Node, Rule, Term, Window};
use super::unit::UnitExpr;
use crate::code::Code;
use crate::codes::formula as codes;
use crate::diagnostic::{Diagnostic, Origin};
use crate::number::Exact;
use crate::text::{Text, nearest};

/// Checks a formula and lints it.
pub(crate) fn formula(expr: &Expr, text: &str, origin: &Origin, names: &dyn Names) -> (Option<Formula>, Vec<Diagnostic>) {
    let mut checker = Checker::new(origin, names);
    let checked = checker.expr(expr);
    for product in lint::products_of_totals(expr, names) {
        checker.report(&codes::PRODUCT_OF_TOTALS, &product.span, |found| found.with("found", product.to_string()));
    }
    let formula = checked.map(|checked| Formula {
        text: text.to_owned(),
        node: checked.node,
        unit: checked.unit.unwrap_or_default(),
        not_additive: std::mem::take(&mut checker.not_additive),
    });
    (formula, checker.finish())
}

/// Checks a scope that stands alone.
pub(crate) fn scope(scope: &Scope, origin: &Origin, names: &dyn Names, operands: ScopeOperands) -> (Option<Condition>, Vec<Diagnostic>) {
    let mut checker = Checker::new(origin, names);
    let condition = checker.scope(scope, operands);
    (condition, checker.finish())
}

/// Checks a comparison. Products of totals are not linted: a check is decided per organisation.
pub(crate) fn rule(rule: &RuleExpr, text: &str, origin: &Origin, names: &dyn Names) -> (Option<Rule>, Vec<Diagnostic>) {
    let mut checker = Checker::new(origin, names);
    let mut left = checker.expr(&rule.first);
    let first = left.as_ref().map(|checked| checked.node.clone());
    let mut rest = Some(Vec::new());
    for (compare, side) in &rule.rest {
        let right = checker.expr(side);
        if let (Some(left), Some(right)) = (&left, &right)
            && !is_share_beside_quotient(left, right)
        {
            checker.common_unit(left, right, &side.span);
        }
        rest = rest.zip(right.clone()).map(|(mut rest, right)| {
            rest.push((*compare, right.node));
            rest
        });
        left = right;
    }
    let rule = first.zip(rest).map(|(first, rest)| {
        let not_additive = std::mem::take(&mut checker.not_additive);
        Rule { text: text.to_owned(), first, rest, not_additive }
    });
    (rule, checker.finish())
}

/// A reported rate may stand beside the quotient it was computed from.
fn is_share_beside_quotient(left: &Checked, right: &Checked) -> bool {
    let (percent, one) = (UnitExpr::parse("%"), UnitExpr::one());
    let units = [left.unit.as_ref(), right.unit.as_ref()];
    units.contains(&Some(&percent)) && units.contains(&Some(&one))
}

/// Diagnostics for the sums of items that may not be summed [O8]: `text` and `sums` are those of a
/// [`Formula`] or a [`Rule`]. To be asked for where the unit is more than one institution and pooling
/// is not `mean`.
pub fn not_additive(text: &str, sums: &[(ItemId, Range<usize>)], origin: &Origin) -> Vec<Diagnostic> {
    let name = |span: &Range<usize>| text.get(span.clone()).unwrap_or_default();
    sums.iter().map(|(_, span)| Diagnostic::new(&codes::NOT_ADDITIVE, origin.within(span)).with("name", name(span))).collect()
}

/// A checked expression.
#[derive(Clone)]
struct Checked {
    node: Node,
    /// `None` for a bare number, which takes the unit of what it is added to or compared with.
    unit: Option<UnitExpr>,
}

/// Where an expression stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Unit,
    InsideEach,
}

pub(crate) struct Checker<'a> {
    origin: &'a Origin,
    pub(crate) names: &'a dyn Names,
    diagnostics: Vec<Diagnostic>,
    not_additive: Vec<(ItemId, Range<usize>)>,
    place: Place,
}

impl<'a> Checker<'a> {
    fn new(origin: &'a Origin, names: &'a dyn Names) -> Self {
        Self { origin, names, diagnostics: Vec::new(), not_additive: Vec::new(), place: Place::Unit }
    }

    /// The diagnostics in the order of the text.
    fn finish(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by_key(|found| found.origin.as_ref().map(|origin| origin.span.start));
        self.diagnostics
    }

    fn expr(&mut self, expr: &Expr) -> Option<Checked> {
        match &expr.kind {
            ExprKind::Number(digits) => Some(Checked { node: Node::Number(digits.parse().ok()?), unit: None }),
            ExprKind::Named { name, scope, window } => self.named(name, scope.as_ref(), window.as_ref()),
            ExprKind::Count { scope, window } => self.count(expr, scope.as_ref(), window.as_ref()),
            ExprKind::Call { function, arguments } => self.call(*function, arguments, &expr.span),
            ExprKind::Negate(inner) => {
                let Checked { node, unit } = self.expr(inner)?;
                Some(Checked { node: Node::Negate(Box::new(node)), unit })
            }
            ExprKind::Binary { operator, left, right } => {
                let (left, checked_right) = (self.expr(left), self.expr(right));
                Some(self.binary(*operator, left?, checked_right?, &right.span))
            }
        }
    }

    fn binary(&mut self, operator: Operator, left: Checked, right: Checked, span: &Range<usize>) -> Checked {
        let unit = match operator {
            Operator::Add | Operator::Subtract => self.common_unit(&left, &right, span),
            Operator::Multiply | Operator::Divide if left.unit.is_none() && right.unit.is_none() => None,
            Operator::Multiply => Some(left.unit.unwrap_or_default().times(&right.unit.unwrap_or_default())),
            Operator::Divide => Some(left.unit.unwrap_or_default().over(&right.unit.unwrap_or_default())),
        };
        let (left, right) = (Box::new(left.node), Box::new(right.node));
        let node = match operator {
            Operator::Add => Node::Add(left, right),
            Operator::Subtract => Node::Subtract(left, right),
            Operator::Multiply => Node::Multiply(left, right),
            Operator::Divide => Node::Divide(left, right),
        };
        Checked { node, unit }
    }

    /// The unit of a sum; `span` is that of the right side, where a difference is reported.
    fn common_unit(&mut self, left: &Checked, right: &Checked, span: &Range<usize>) -> Option<UnitExpr> {
        if let (Some(left), Some(right)) = (&left.unit, &right.unit)
            && left != right
        {
            self.report(&codes::UNITS_DIFFER, span, |found| found.with("left", left.to_string()).with("right", right.to_string()));
        }
        left.unit.clone().or_else(|| right.unit.clone())
    }

    fn named(&mut self, name: &Name, scope: Option<&Scope>, window: Option<&Name>) -> Option<Checked> {
        let in_window = self.window(window);
        let condition = scope.map(|scope| self.scope(scope, ScopeOperands::AttributesAndItems));
        let restricted = scope.is_some() || window.is_some();
        if let Some((node, unit)) = self.fixed(&name.text) {
            if restricted {
                self.report(&codes::NOT_AN_ITEM, &name.span, |found| found.with("name", name.text.as_str()));
                return None;
            }
            return Some(Checked { node, unit: Some(unit) });
        }
        let names = self.names;
        let Some(item) = names.item(&name.text) else {
            self.unknown(name, &[NameKind::Figure]);
            return None;
        };
        let scope = match condition {
            Some(condition) => Some(condition?),
            None => None,
        };
        if !item.additive && self.place == Place::Unit && !scope.as_ref().is_some_and(Condition::names_role_unit) {
            self.not_additive.push((item.id, name.span.clone()));
        }
        let term = Term { item: item.id, scope, window: in_window? };
        Some(Checked { node: Node::Total(term), unit: Some(UnitExpr::parse(item.unit)) })
    }

    /// What a name stands for that is neither summed nor dated: a window constant, or a constant of
    /// the catalogue unless an item has the name.
    fn fixed(&self, name: &str) -> Option<(Node, UnitExpr)> {
        match name {
            "window_days" => Some((Node::WindowDays, UnitExpr::parse("day"))),
            "window_months" => Some((Node::WindowMonths, UnitExpr::parse("month"))),
            _ if self.names.item(name).is_some() => None,
            _ => self.names.constant(name).map(|(value, unit): (Exact, &str)| (Node::Number(value), UnitExpr::parse(unit))),
        }
    }

    fn count(&mut self, expr: &Expr, scope: Option<&Scope>, window: Option<&Name>) -> Option<Checked> {
        let window = self.window(window);
        let condition = scope.map(|scope| self.scope(scope, ScopeOperands::AttributesAndItems));
        if self.place == Place::InsideEach {
            self.report(&codes::NOT_IN_EACH, &expr.span, |found| found.with("found", "count"));
            return None;
        }
        let scope = match condition {
            Some(condition) => Some(condition?),
            None => None,
        };
        Some(Checked { node: Node::Count(CountTerm { scope, window: window? }), unit: Some(UnitExpr::one()) })
    }

    fn window(&mut self, name: Option<&Name>) -> Option<Window> {
        let Some(name) = name else { return Some(Window::Assessed) };
        let found = Window::NAMED.into_iter().find(|window| window.id() == name.text);
        if found.is_none() {
            let near = nearest(&name.text, Window::NAMED.map(Window::id));
            self.report(&codes::UNKNOWN_WINDOW, &name.span, |found| found.with("name", name.text.as_str()).suggest(near));
        }
        found
    }

    fn call(&mut self, function: Function, arguments: &[Expr], span: &Range<usize>) -> Option<Checked> {
        if self.place == Place::InsideEach && matches!(function, Function::Each | Function::Target) {
            self.report(&codes::NOT_IN_EACH, span, |found| found.with("found", function.name()));
            return None;
        }
        match (function, arguments) {
            (Function::Abs, [inner]) => {
                let Checked { node, unit } = self.expr(inner)?;
                Some(Checked { node: Node::Abs(Box::new(node)), unit })
            }
            (Function::Each, [inner]) => {
                self.place = Place::InsideEach;
                let checked = self.expr(inner);
                self.place = Place::Unit;
                let Checked { node, unit } = checked?;
                Some(Checked { node: Node::Each(Box::new(node)), unit: Some(unit.unwrap_or_default()) })
            }
            (Function::Target, [inner]) => self.target(inner),
            (Function::Min | Function::Max, [_, _, ..]) => self.extreme(function, arguments),
            _ => self.wrong_count(function, arguments, span),
        }
    }

    /// Reports a wrong number of arguments, and what is wrong inside them.
    fn wrong_count(&mut self, function: Function, arguments: &[Expr], span: &Range<usize>) -> Option<Checked> {
        let wanted = match function {
            Function::Min | Function::Max => Text::new("两个以上参数", "at least two arguments"),
            Function::Abs | Function::Each | Function::Target => Text::new("一个参数", "one argument"),
        };
        let given = arguments.len().to_string();
        self.report(&codes::ARGUMENT_COUNT, span, |found| {
            found.with("function", function.name()).with("expected", wanted).with("found", given)
        });
        for argument in arguments {
            self.expr(argument);
        }
        None
    }

    fn extreme(&mut self, function: Function, arguments: &[Expr]) -> Option<Checked> {
        let checked: Vec<(Option<Checked>, &Range<usize>)> = arguments.iter().map(|part| (self.expr(part), &part.span)).collect();
        let mut unit = None;
        let mut nodes = Vec::new();
        for (part, span) in checked {
            let part = part?;
            unit = self.common_unit(&Checked { node: part.node.clone(), unit }, &part, span);
            nodes.push(part.node);
        }
        let node = if function == Function::Min { Node::Min(nodes) } else { Node::Max(nodes) };
        Some(Checked { node, unit })
    }

    fn target(&mut self, argument: &Expr) -> Option<Checked> {
        let ExprKind::Named { name, scope: None, window: None } = &argument.kind else {
            self.report(&codes::TARGET_NEEDS_ITEM, &argument.span, |found| found.with("found", argument.to_string()));
            return None;
        };
        let names = self.names;
        let Some(item) = names.item(&name.text) else {
            self.unknown(name, &[NameKind::Figure]);
            return None;
        };
        Some(Checked { node: Node::Target(item.id), unit: Some(UnitExpr::parse(item.unit)) })
    }

    /// Reports a name that is none of these kinds.
    pub(crate) fn unknown(&mut self, name: &Name, kinds: &[NameKind]) {
        let names = self.names;
        let candidates = kinds.iter().flat_map(|kind| names.candidates(*kind));
        let near: Vec<String> = nearest(&name.text, candidates).into_iter().map(super::quote).collect();
        self.report(&codes::UNKNOWN_NAME, &name.span, |found| {
            found.with("name", name.text.as_str()).suggest(near.iter().map(String::as_str))
        });
    }

    pub(crate) fn report(&mut self, code: &'static Code, span: &Range<usize>, fill: impl FnOnce(Diagnostic) -> Diagnostic) {
        self.diagnostics.push(fill(Diagnostic::new(code, self.origin.within(span))));
    }
}
