//! Sides of a rule as sums of whole steps: most rules need no fractions, and large data cannot
//! afford them.

use crate::catalogue::Catalogue;
use crate::formula::{ItemId, Node, Window};

/// Decimals of the common step; items have at most 6.
const DECIMALS: u32 = 6;

/// Factors beyond this are left to fractions: a side of a few hundred values of 10^15 steps then
/// stays far within 128 bits.
const FACTOR: i128 = 1_000_000_000_000;

/// Constants beyond this are left to fractions, for the same reason.
const CONSTANT: i128 = 1_000_000_000_000_000_000_000_000_000_000;

/// Σ factor × item, in steps of 10^-6.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Linear {
    /// Items with a signed factor that brings their steps to the common step.
    terms: Vec<(ItemId, i128)>,
    /// A constant in common steps.
    constant: i128,
}

impl Linear {
    /// The node as a sum of multiples of unscoped items; `None` for anything else.
    pub(super) fn of(node: &Node, catalogue: &Catalogue) -> Option<Self> {
        match node {
            Node::Total(term) if term.scope.is_none() && term.window == Window::Assessed => {
                let decimals = catalogue.item(term.item).decimals;
                Some(Self { terms: vec![(term.item, 10_i128.pow(DECIMALS.checked_sub(decimals)?))], constant: 0 })
            }
            Node::Number(number) => Some(Self { terms: Vec::new(), constant: i128::from(number.to_steps(DECIMALS)?) }),
            Node::Negate(inner) => Self::of(inner, catalogue)?.times(-1, 1),
            Node::Add(left, right) => Some(Self::of(left, catalogue)?.plus(Self::of(right, catalogue)?)),
            Node::Subtract(left, right) => Some(Self::of(left, catalogue)?.plus(Self::of(right, catalogue)?.times(-1, 1)?)),
            Node::Multiply(left, right) => match (Self::of(left, catalogue)?, Self::of(right, catalogue)?) {
                (side, number) if number.terms.is_empty() => side.times(number.constant, 10_i128.pow(DECIMALS)),
                (number, side) if number.terms.is_empty() => side.times(number.constant, 10_i128.pow(DECIMALS)),
                _ => None,
            },
            _ => None,
        }
    }

    fn plus(mut self, other: Self) -> Self {
        self.terms.extend(other.terms);
        Self { constant: self.constant + other.constant, ..self }
    }

    /// The side times `above / below`, where everything stays whole and small.
    fn times(self, above: i128, below: i128) -> Option<Self> {
        let scaled = |factor: i128| {
            let product = factor.checked_mul(above)?;
            (product % below == 0 && (product / below).abs() <= FACTOR).then_some(product / below)
        };
        let terms = self.terms.into_iter().map(|(item, factor)| Some((item, scaled(factor)?))).collect::<Option<_>>()?;
        let product = self.constant.checked_mul(above)?;
        (product % below == 0 && (product / below).abs() <= CONSTANT).then_some(Self { terms, constant: product / below })
    }

    /// The sum; `None` where an item has no value.
    pub(super) fn value(&self, steps: impl Fn(ItemId) -> Option<i64>) -> Option<i128> {
        self.terms.iter().try_fold(self.constant, |sum, (item, factor)| Some(sum + factor * i128::from(steps(*item)?)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catalogue::{Item, Time};
    use crate::formula::{Fraction, Problem, Term, evaluate};
    use crate::number::Exact;
    use crate::text::Text;

    fn item(decimals: u32) -> Item {
        Item {
            id: "i".into(),
            name: Text::same("i"),
            aliases: Vec::new(),
            unit: "yuan".into(),
            decimals,
            time: Time::Flow,
            additive: true,
            expected_from: None,
            definition: None,
            basis: Vec::new(),
        }
    }

    fn total(item: usize) -> Node {
        Node::Total(Term { item: ItemId(item), scope: None, window: Window::Assessed })
    }

    fn node() -> impl Strategy<Value = Node> {
        let number = (-2000_i64..2000).prop_map(|steps| Node::Number(Exact::from_steps(i128::from(steps), 3)));
        let leaf = prop_oneof![(0_usize..3).prop_map(total), number];
        leaf.prop_recursive(4, 24, 2, |inner| {
            let pair = (inner.clone(), inner.clone());
            prop_oneof![
                inner.prop_map(|node| Node::Negate(Box::new(node))),
                pair.clone().prop_map(|(left, right)| Node::Add(Box::new(left), Box::new(right))),
                pair.clone().prop_map(|(left, right)| Node::Subtract(Box::new(left), Box::new(right))),
                pair.prop_map(|(left, right)| Node::Multiply(Box::new(left), Box::new(right))),
            ]
        })
    }

    proptest! {
        /// N1, N4: what is summed in whole steps is what fractions give.
        #[test]
        fn steps_give_what_fractions_give(node in node(), steps in prop::array::uniform3(-1_000_000_i64..1_000_000)) {
            let catalogue = Catalogue { items: vec![item(0), item(2), item(6)], ..Catalogue::default() };
            let mut leaf = |leaf: &Node| match leaf {
                Node::Total(term) => {
                    let decimals = catalogue.item(term.item).decimals;
                    Ok(Fraction::whole(Exact::from_steps(i128::from(steps[term.item.0]), decimals)))
                }
                _ => Err(Problem::Missing),
            };
            if let Some(linear) = Linear::of(&node, &catalogue) {
                let found = linear.value(|item| Some(steps[item.0])).map(|sum| Exact::from_steps(sum, DECIMALS));
                let expected = evaluate(&node, &mut leaf).and_then(|fraction| fraction.value());
                prop_assert_eq!(found, expected.ok());
            }
        }
    }

    /// A multiple by a constant stays a sum; a product of items, and a factor finer than a step, do not.
    #[test]
    fn multiples_are_sums_and_products_are_not() {
        let catalogue = Catalogue { items: vec![item(0), item(6)], ..Catalogue::default() };
        let times = |left: Node, right: Node| Node::Multiply(Box::new(left), Box::new(right));
        let number = |text: &str| Node::Number(text.parse().expect("a number"));
        assert!(Linear::of(&times(total(0), number("1.2")), &catalogue).is_some());
        assert!(Linear::of(&times(total(0), total(1)), &catalogue).is_none());
        assert!(Linear::of(&times(total(1), number("1.2")), &catalogue).is_none());
    }
}
