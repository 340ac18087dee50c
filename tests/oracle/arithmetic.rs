//! The oracle on numbers: fractions of whole sums, divided once at the end (N4, N5, F10).

use kaohe::number::{Exact, Rounding};

use crate::language::{Expr, Which};

/// N and D; no D where nothing divides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fraction {
    pub(crate) n: Exact,
    pub(crate) d: Option<Exact>,
}

/// Why there is no fraction; of several the least is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    Missing,
    /// A division by 0, of something or of nothing.
    Zero {
        something: bool,
    },
}

impl Trouble {
    fn rank(self) -> u8 {
        match self {
            Self::Missing => 0,
            Self::Zero { something: true } => 1,
            Self::Zero { something: false } => 2,
        }
    }
}

impl Ord for Trouble {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for Trouble {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

type Pair = (Exact, Exact);

/// Both, or the least trouble.
pub(crate) fn both<T>(left: Result<T, Trouble>, right: Result<T, Trouble>) -> Result<(T, T), Trouble> {
    match (left, right) {
        (Ok(left), Ok(right)) => Ok((left, right)),
        (Err(left), Err(right)) => Err(left.min(right)),
        (Err(trouble), _) | (_, Err(trouble)) => Err(trouble),
    }
}

/// Brings a formula to one fraction. Equal denominators are kept in sums and cancel in quotients;
/// `min` and `max` keep the fraction of the winner, the first among equals.
pub(crate) fn evaluate(expr: &Expr, leaf: &dyn Fn(&Expr) -> Result<Exact, Trouble>) -> Result<Pair, Trouble> {
    match expr {
        Expr::Number(number) => Ok((Exact::from(*number), Exact::one())),
        Expr::Days | Expr::Months | Expr::Item(_) | Expr::Count(..) | Expr::Each(_) => Ok((leaf(expr)?, Exact::one())),
        Expr::Negate(inner) => evaluate(inner, leaf).map(|(n, d)| (-&n, d)),
        Expr::Abs(inner) => evaluate(inner, leaf).map(|(n, d)| (n.abs(), d.abs())),
        Expr::Binary(operator, left, right) => {
            let ((a, b), (c, d)) = both(evaluate(left, leaf), evaluate(right, leaf))?;
            let c = if *operator == '-' { -&c } else { c };
            match operator {
                '+' | '-' if b == d => Ok((a + c, b)),
                '+' | '-' => Ok((&a * &d + &c * &b, b * d)),
                '*' => Ok((a * c, b * d)),
                _ if c.is_zero() => Err(Trouble::Zero { something: !a.is_zero() }),
                _ if b == d => Ok((a, c)),
                _ => Ok((a * d, b * c)),
            }
        }
        Expr::Extreme(which, parts) => extreme(*which, parts.iter().map(|part| evaluate(part, leaf)).collect()),
    }
}

fn extreme(which: Which, parts: Vec<Result<Pair, Trouble>>) -> Result<Pair, Trouble> {
    if let Some(trouble) = parts.iter().filter_map(|part| part.as_ref().err()).min() {
        return Err(*trouble);
    }
    let mut best: Option<(Exact, Pair)> = None;
    for (n, d) in parts.into_iter().flatten() {
        let value = n.checked_div(&d).ok_or(Trouble::Zero { something: !n.is_zero() })?;
        let wins = best.as_ref().is_none_or(|(other, _)| if which == Which::Min { value < *other } else { value > *other });
        if wins {
            best = Some((value, (n, d)));
        }
    }
    best.map(|(_, pair)| pair).ok_or(Trouble::Missing)
}

/// N5: N × factor / D.
pub(crate) fn quotient(n: &Exact, factor: i64, d: Option<&Exact>) -> Option<Exact> {
    let scaled = n * &Exact::from(factor);
    d.map_or(Some(scaled.clone()), |d| scaled.checked_div(d))
}

/// N5: a value that does not end has 28 significant digits.
pub(crate) fn printed(value: &Exact) -> Exact {
    if value.is_decimal() {
        return value.clone();
    }
    let ten = Exact::from(10);
    let (mut magnitude, mut decimals) = (value.abs(), 27);
    while magnitude < Exact::one() {
        magnitude = magnitude * ten.clone();
        decimals += 1;
    }
    while magnitude >= ten {
        magnitude = magnitude.checked_div(&ten).unwrap_or_else(Exact::zero);
        decimals -= 1;
    }
    value.round(decimals, Rounding::HalfUp)
}
