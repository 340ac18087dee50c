//! Sides of a check as sums of whole steps: most checks need no fractions, and large data cannot
//! afford them.

use crate::catalogue::Catalogue;
use crate::formula::{ItemId, Node, Window};

/// Decimals of the common step; items have at most 6.
pub(super) const DECIMALS: u32 = 6;

/// Σ factor × item, in steps of 10^-6.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Linear {
    /// Items with a signed factor that brings their steps to the common step.
    pub terms: Vec<(ItemId, i128)>,
    /// A constant in common steps.
    pub constant: i128,
}

impl Linear {
    /// The node as a plain sum of unscoped items; `None` for anything else.
    pub(super) fn of(node: &Node, catalogue: &Catalogue) -> Option<Self> {
        let mut linear = Self::default();
        linear.add(node, 1, catalogue)?;
        Some(linear)
    }

    fn add(&mut self, node: &Node, sign: i128, catalogue: &Catalogue) -> Option<()> {
        match node {
            Node::Total(term) if term.scope.is_none() && term.window == Window::Assessed => {
                let decimals = catalogue.item(term.item).decimals;
                self.terms.push((term.item, sign * 10_i128.pow(DECIMALS - decimals)));
            }
            Node::Number(number) => self.constant += sign * i128::from(number.to_steps(DECIMALS)?),
            Node::Negate(inner) => self.add(inner, -sign, catalogue)?,
            Node::Add(left, right) => {
                self.add(left, sign, catalogue)?;
                self.add(right, sign, catalogue)?;
            }
            Node::Subtract(left, right) => {
                self.add(left, sign, catalogue)?;
                self.add(right, -sign, catalogue)?;
            }
            _ => return None,
        }
        Some(())
    }

    /// The sum; `None` where an item has no value.
    pub(super) fn value(&self, steps: impl Fn(ItemId) -> Option<i64>) -> Option<i128> {
        self.terms.iter().try_fold(self.constant, |sum, (item, factor)| Some(sum + factor * i128::from(steps(*item)?)))
    }
}
