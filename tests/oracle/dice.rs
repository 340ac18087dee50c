//! Choices drawn from a list of numbers; when it is used up, the first choice is taken.

use crate::language::{Cond, Expr, Term, When, Which};

/// A list of numbers to draw from.
pub(crate) struct Dice {
    numbers: std::vec::IntoIter<u16>,
}

impl Dice {
    pub(crate) fn new(numbers: Vec<u16>) -> Self {
        Self { numbers: numbers.into_iter() }
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::from(self.numbers.next().unwrap_or(0)) % limit
    }

    /// True once in so many.
    pub(crate) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    /// One of several.
    pub(crate) fn pick<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }

    /// A formula of at most this depth.
    pub(crate) fn expr(&mut self, depth: usize, has_baseline: bool) -> Expr {
        if depth == 0 {
            return match self.below(8) {
                0..=5 => Expr::Item(self.term(has_baseline)),
                6 => Expr::Count(self.maybe_scope(), self.when(has_baseline)),
                _ => self.pick(&[Expr::Number(2), Expr::Days, Expr::Months]),
            };
        }
        let inner = |dice: &mut Self| Box::new(dice.expr(depth - 1, has_baseline));
        match self.below(10) {
            0 | 1 => self.expr(0, has_baseline),
            2..=5 => Expr::Binary(self.pick(&['+', '-', '*', '/']), inner(self), inner(self)),
            6 => Expr::Extreme(self.pick(&[Which::Min, Which::Max]), vec![*inner(self), *inner(self)]),
            7 => Expr::Negate(inner(self)),
            8 => Expr::Abs(inner(self)),
            _ => {
                let [left, right] = [(); 2].map(|()| Box::new(Expr::Item(self.term(has_baseline))));
                let body = Expr::Binary(self.pick(&['*', '/', '-', '+']), left, right);
                Expr::Each(Box::new(if self.one_in(3) { Expr::Binary('/', Box::new(body), Box::new(Expr::Days)) } else { body }))
            }
        }
    }

    pub(crate) fn term(&mut self, has_baseline: bool) -> Term {
        Term { item: self.below(4), scope: self.maybe_scope(), when: self.when(has_baseline) }
    }

    fn when(&mut self, has_baseline: bool) -> When {
        let when =
            self.pick(&[When::Measured, When::Measured, When::Measured, When::Measured, When::Previous, When::Prior, When::Baseline]);
        if when == When::Baseline && !has_baseline { When::Measured } else { when }
    }

    fn maybe_scope(&mut self) -> Option<Cond> {
        match self.below(4) {
            0 | 1 => None,
            2 => Some(self.attributes(1)),
            _ => Some(self.scope(2)),
        }
    }

    /// A condition on attributes and items.
    fn scope(&mut self, depth: usize) -> Cond {
        if depth == 0 || self.one_in(4) {
            return match self.below(3) {
                0 => self.attributes(0),
                _ => Cond::Item(self.below(4), self.pick(&[">", ">=", "=", "!=", "<", "<="]), self.pick(&[0, 1, 10, 100])),
            };
        }
        match self.below(5) {
            0 | 1 => Cond::And(Box::new(self.scope(depth - 1)), Box::new(self.scope(depth - 1))),
            2 | 3 => Cond::Or(Box::new(self.scope(depth - 1)), Box::new(self.scope(depth - 1))),
            _ => Cond::Not(Box::new(self.scope(depth - 1))),
        }
    }

    /// A condition on attributes alone.
    pub(crate) fn attributes(&mut self, depth: usize) -> Cond {
        if depth > 0 && self.one_in(3) {
            let [left, right] = [(); 2].map(|()| Box::new(self.attributes(depth - 1)));
            return if self.one_in(2) { Cond::And(left, right) } else { Cond::Or(left, right) };
        }
        match self.below(7) {
            0 | 1 => Cond::Is("tier", self.pick(&["primary", "secondary", ""])),
            2 => Cond::Is("role", self.pick(&["member", "lead", "unit"])),
            3 => Cond::IsNot("role", self.pick(&["lead", "unit"])),
            4 => Cond::IsNot("tier", "primary"),
            5 => Cond::In("role", vec!["lead", self.pick(&["unit", "member"])]),
            _ => Cond::Not(Box::new(Cond::Is("role", "unit"))),
        }
    }
}
