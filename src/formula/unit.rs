//! Units of formulas: products of powers, such as `yuan/visit`.

use std::collections::BTreeMap;
use std::fmt;

/// A product of units, each with its power; empty for a plain number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitExpr(BTreeMap<String, i32>);

impl UnitExpr {
    /// The unit of plain numbers and of counts.
    pub fn one() -> Self {
        Self::default()
    }

    /// A unit as a catalogue writes it: `visit`, `%`, `yuan/visit`, `bed·day`. Each `/` divides by
    /// what follows it, `·` and `*` multiply, `1` and a blank text are plain numbers.
    pub fn parse(text: &str) -> Self {
        let mut unit = Self::default();
        for (index, part) in text.split('/').enumerate() {
            let power = if index == 0 { 1 } else { -1 };
            for base in part.split(['·', '*']).map(str::trim).filter(|base| !base.is_empty() && *base != "1") {
                unit.raise(base, power);
            }
        }
        unit
    }

    /// The unit of a product.
    #[must_use]
    pub fn times(mut self, other: &Self) -> Self {
        other.0.iter().for_each(|(base, power)| self.raise(base, *power));
        self
    }

    /// The unit of a quotient; equal units cancel.
    #[must_use]
    pub fn over(mut self, other: &Self) -> Self {
        other.0.iter().for_each(|(base, power)| self.raise(base, power.saturating_neg()));
        self
    }

    fn raise(&mut self, base: &str, power: i32) {
        let total = self.0.get(base).copied().unwrap_or(0).saturating_add(power);
        if total == 0 {
            self.0.remove(base);
        } else {
            self.0.insert(base.to_owned(), total);
        }
    }
}

impl fmt::Display for UnitExpr {
    /// `bed·day`, `yuan/visit`, `1/day`, `1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let powers = |wanted: fn(i32) -> bool| self.0.iter().filter(move |(_, power)| wanted(**power));
        let above: Vec<String> = powers(|power| power > 0).map(|(base, power)| raised(base, *power)).collect();
        f.write_str(if above.is_empty() { "1" } else { "" })?;
        f.write_str(&above.join("·"))?;
        powers(|power| power < 0).try_for_each(|(base, power)| write!(f, "/{}", raised(base, power.saturating_neg())))
    }
}

fn raised(base: &str, power: i32) -> String {
    if power == 1 { base.to_owned() } else { format!("{base}^{power}") }
}

#[cfg(test)]
mod tests {
    use super::UnitExpr;

    #[test]
    fn units_multiply_cancel_and_print() {
        let unit = UnitExpr::parse;
        assert_eq!(unit("yuan").over(&unit("visit")).to_string(), "yuan/visit");
        assert_eq!(unit("visit").over(&unit("visit")), UnitExpr::one());
        assert_eq!(unit("bed").times(&unit("day")).to_string(), "bed·day");
        assert_eq!(unit("yuan/visit").times(&unit("visit")), unit("yuan"));
        assert_eq!(unit("1").over(&unit("day")).to_string(), "1/day");
        assert_eq!(unit("bed").times(&unit("bed")).to_string(), "bed^2");
        assert_eq!(unit(" ").to_string(), "1");
    }
}
