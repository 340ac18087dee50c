//! Checking of scopes: what a name is, and what may be asked of it.

use super::ast::{Literal, LiteralKind, Name, Scope, ScopeKind};
use super::check::Checker;
use super::condition::{Compare, Condition, Test};
use super::names::{NameKind, ScopeOperands};
use super::tree::ItemId;
use crate::codes::formula as codes;
use crate::number::Exact;
use crate::text::nearest;

/// What a name in a scope stands for.
enum Operand {
    Attribute(String),
    Item(ItemId),
}

impl Checker<'_> {
    /// Checks a scope; `None` after an error.
    pub(crate) fn scope(&mut self, scope: &Scope, operands: ScopeOperands) -> Option<Condition> {
        match &scope.kind {
            ScopeKind::And(parts) => self.scopes(parts, operands).map(Condition::And),
            ScopeKind::Or(parts) => self.scopes(parts, operands).map(Condition::Or),
            ScopeKind::Not(inner) => Some(Condition::Not(Box::new(self.scope(inner, operands)?))),
            ScopeKind::Compare { name, compare, value } => match self.operand(name, operands)? {
                Operand::Attribute(attribute) => self.attribute(attribute, *compare, value),
                Operand::Item(item) => {
                    let number = self.number(value)?;
                    Some(Condition::Item { item, compare: *compare, number })
                }
            },
            ScopeKind::In { name, values } => match self.operand(name, operands)? {
                Operand::Attribute(attribute) => {
                    let values = values.iter().map(|value| self.value(&attribute, value)).collect();
                    Some(Condition::Attribute { name: attribute, test: Test::Is(values) })
                }
                Operand::Item(item) => {
                    let numbers: Vec<Option<Exact>> = values.iter().map(|value| self.number(value)).collect();
                    let equal = |number| Condition::Item { item, compare: Compare::Equal, number };
                    numbers.into_iter().map(|number| number.map(equal)).collect::<Option<_>>().map(Condition::Or)
                }
            },
        }
    }

    fn scopes(&mut self, parts: &[Scope], operands: ScopeOperands) -> Option<Vec<Condition>> {
        let checked: Vec<Option<Condition>> = parts.iter().map(|part| self.scope(part, operands)).collect();
        checked.into_iter().collect()
    }

    /// An attribute goes before an item of the same name.
    fn operand(&mut self, name: &Name, operands: ScopeOperands) -> Option<Operand> {
        let names = self.names;
        if let Some(attribute) = names.attribute(&name.text) {
            return Some(Operand::Attribute(attribute.to_owned()));
        }
        match (names.item(&name.text), operands) {
            (Some(item), ScopeOperands::AttributesAndItems) => Some(Operand::Item(item.id)),
            (Some(_), ScopeOperands::Attributes) => {
                self.report(&codes::ATTRIBUTES_ONLY, &name.span, |found| found.with("name", name.text.as_str()));
                None
            }
            (None, ScopeOperands::AttributesAndItems) => {
                self.unknown(name, &[NameKind::Attribute, NameKind::Figure]);
                None
            }
            (None, ScopeOperands::Attributes) => {
                self.unknown(name, &[NameKind::Attribute]);
                None
            }
        }
    }

    fn attribute(&mut self, name: String, compare: Compare, value: &Literal) -> Option<Condition> {
        if compare.is_ordering() {
            let LiteralKind::Number(digits) = &value.kind else {
                self.report(&codes::ORDER_OF_TEXT, &value.span, |found| {
                    found.with("compare", compare.to_string()).with("found", value.to_string())
                });
                return None;
            };
            return Some(Condition::Attribute { name, test: Test::Number(compare, digits.parse().ok()?) });
        }
        let values = vec![self.value(&name, value)];
        let equal = Condition::Attribute { name, test: Test::Is(values) };
        Some(if compare == Compare::NotEqual { Condition::Not(Box::new(equal)) } else { equal })
    }

    /// The canonical value of an attribute. A value it is not known to take is used as written: the
    /// registry may yet hold it.
    fn value(&mut self, attribute: &str, value: &Literal) -> String {
        let (LiteralKind::Number(written) | LiteralKind::Text(written)) = &value.kind;
        if written.is_empty() {
            return String::new();
        }
        let names = self.names;
        names.attribute_value(attribute, written).unwrap_or_else(|| {
            let near = nearest(written, names.candidates(NameKind::Value(attribute)));
            self.report(&codes::UNKNOWN_VALUE, &value.span, |found| {
                found.with("value", written.as_str()).with("attribute", attribute).suggest(near)
            });
            written.clone()
        })
    }

    fn number(&mut self, value: &Literal) -> Option<Exact> {
        if let LiteralKind::Number(digits) = &value.kind {
            return digits.parse().ok();
        }
        self.report(&codes::NUMBER_NEEDED, &value.span, |found| found.with("found", value.to_string()));
        None
    }
}
