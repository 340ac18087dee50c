//! From a checked tree to one fraction N/D (SEMANTICS N3–N5, F10): the division itself is left to
//! the one place that needs the quotient.

use super::tree::Node;
use crate::number::Exact;

/// A value as numerator and denominator, not reduced: they are the figures a report prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fraction {
    /// What is divided.
    pub numerator: Exact,
    /// By what; 1 where nothing was divided. May be negative where a difference was divided by.
    pub denominator: Exact,
}

/// Why a formula has no value. The order is that of SEMANTICS S2: where several hold, the least is
/// the one reported; of two divisions by 0 the one with something to divide, which may reject [F10].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A term whose scope holds no organisation of the unit [F8].
    NotApplicable,
    /// A product beyond 28 digits [N3].
    TooLarge,
    /// A value that is not there.
    Missing,
    /// A division by 0 [F10].
    ZeroDenominator {
        /// What was to be divided, so that N ≠ 0 can be told from 0/0.
        numerator: Exact,
    },
}

impl Problem {
    fn order(&self) -> (u8, bool, Option<&Exact>) {
        match self {
            Self::NotApplicable => (0, false, None),
            Self::TooLarge => (1, false, None),
            Self::Missing => (2, false, None),
            Self::ZeroDenominator { numerator } => (3, numerator.is_zero(), Some(numerator)),
        }
    }
}

impl Ord for Problem {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order().cmp(&other.order())
    }
}

impl PartialOrd for Problem {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Fraction {
    /// A whole value: `numerator` / 1.
    pub fn whole(numerator: Exact) -> Self {
        Self { numerator, denominator: Exact::one() }
    }

    /// The quotient, exactly.
    pub fn value(&self) -> Result<Exact, Problem> {
        self.numerator.checked_div(&self.denominator).ok_or_else(|| Problem::ZeroDenominator { numerator: self.numerator.clone() })
    }

    fn negated(&self) -> Self {
        Self { numerator: -&self.numerator, denominator: self.denominator.clone() }
    }

    /// An equal denominator is kept, so that growth over a base keeps the base.
    fn plus(&self, other: &Self) -> Result<Self, Problem> {
        if self.denominator == other.denominator {
            return Ok(Self { numerator: &self.numerator + &other.numerator, denominator: self.denominator.clone() });
        }
        let left = product(&self.numerator, &other.denominator)?;
        let right = product(&other.numerator, &self.denominator)?;
        Ok(Self { numerator: left + right, denominator: product(&self.denominator, &other.denominator)? })
    }

    fn times(&self, other: &Self) -> Result<Self, Problem> {
        Ok(Self { numerator: product(&self.numerator, &other.numerator)?, denominator: product(&self.denominator, &other.denominator)? })
    }

    fn over(&self, other: &Self) -> Result<Self, Problem> {
        if other.numerator.is_zero() {
            return Err(Problem::ZeroDenominator { numerator: self.numerator.clone() });
        }
        // An equal denominator cancels: (a/d) / (b/d) is a/b.
        if self.denominator == other.denominator {
            return Ok(Self { numerator: self.numerator.clone(), denominator: other.numerator.clone() });
        }
        self.times(&Self { numerator: other.denominator.clone(), denominator: other.numerator.clone() })
    }
}

fn product(left: &Exact, right: &Exact) -> Result<Exact, Problem> {
    left.checked_mul(right).ok_or(Problem::TooLarge)
}

/// Evaluates a checked tree. `leaf` gives the value of a `Total`, `Count`, `Each`, `Target`,
/// `WindowDays` or `WindowMonths`; it is asked for every leaf, from left to right, even after one had
/// a problem, so that the problem reported does not depend on the order of writing.
///
/// Sums and products follow the rules of fractions without reducing; `min`, `max` and `abs` compare
/// quotients and keep the fraction of the winner, the first among equals.
pub fn evaluate(node: &Node, leaf: &mut dyn FnMut(&Node) -> Result<Fraction, Problem>) -> Result<Fraction, Problem> {
    match node {
        Node::Number(number) => Ok(Fraction::whole(number.clone())),
        Node::WindowDays | Node::WindowMonths | Node::Total(_) | Node::Count(_) | Node::Each(_) | Node::Target(_) => {
            let fraction = leaf(node)?;
            if fraction.denominator.is_zero() {
                return Err(Problem::ZeroDenominator { numerator: fraction.numerator });
            }
            Ok(fraction)
        }
        Node::Negate(inner) => Ok(evaluate(inner, leaf)?.negated()),
        Node::Abs(inner) => {
            let inner = evaluate(inner, leaf)?;
            Ok(Fraction { numerator: inner.numerator.abs(), denominator: inner.denominator.abs() })
        }
        Node::Add(left, right) => both(left, right, leaf, Fraction::plus),
        Node::Subtract(left, right) => both(left, right, leaf, |left, right| left.plus(&right.negated())),
        Node::Multiply(left, right) => both(left, right, leaf, Fraction::times),
        Node::Divide(left, right) => both(left, right, leaf, Fraction::over),
        Node::Min(parts) => winner(parts, leaf, |candidate, best| candidate < best),
        Node::Max(parts) => winner(parts, leaf, |candidate, best| candidate > best),
    }
}

fn both(
    left: &Node,
    right: &Node,
    leaf: &mut dyn FnMut(&Node) -> Result<Fraction, Problem>,
    combine: impl FnOnce(&Fraction, &Fraction) -> Result<Fraction, Problem>,
) -> Result<Fraction, Problem> {
    match (evaluate(left, leaf), evaluate(right, leaf)) {
        (Ok(left), Ok(right)) => combine(&left, &right),
        (Err(left), Err(right)) => Err(left.min(right)),
        (Err(problem), _) | (_, Err(problem)) => Err(problem),
    }
}

fn winner(
    parts: &[Node],
    leaf: &mut dyn FnMut(&Node) -> Result<Fraction, Problem>,
    beats: fn(&Exact, &Exact) -> bool,
) -> Result<Fraction, Problem> {
    let mut best: Option<(Exact, Fraction)> = None;
    let mut worst: Option<Problem> = None;
    for part in parts {
        match evaluate(part, leaf).and_then(|fraction| Ok((fraction.value()?, fraction))) {
            Ok((value, fraction)) if best.as_ref().is_none_or(|(other, _)| beats(&value, other)) => best = Some((value, fraction)),
            Ok(_) => {}
            Err(problem) => worst = Some(worst.map_or(problem.clone(), |other| other.min(problem))),
        }
    }
    match (worst, best) {
        (None, Some((_, fraction))) => Ok(fraction),
        (worst, _) => Err(worst.unwrap_or(Problem::Missing)),
    }
}
