//! How numbers stand in a reason [N7]: values at the indicator's decimals, parameters as written,
//! and more digits wherever rounding would contradict what the sentence says.

use std::cmp::Ordering;

use crate::number::{Exact, Rounding};
use crate::text::Text;

/// Decimals of a percentage worked out by a rule (a share, a change) [N7].
const PERCENT_DECIMALS: u32 = 2;
/// Most decimals of an amount of points in a reason, and of a parameter shown as written [N1].
const WRITTEN_DECIMALS: u32 = 6;
/// How many decimals more than displayed are tried.
const MORE_DECIMALS: u32 = 60;

/// How an indicator's values are displayed.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// Unit that follows the number; blank for none.
    pub unit: &'a Text,
    /// Decimal places [N7].
    pub decimals: u32,
}

impl Shown<'_> {
    /// A value with its unit: `54.60%`.
    pub fn value(&self, value: &Exact) -> Text {
        self.with_unit(&value.fixed(self.decimals))
    }

    /// A value beside the thresholds it is compared with: it stands on the same side of each as
    /// it does exactly (64.996% below 65%, not 65.00% below 65%).
    pub fn beside(&self, value: &Exact, thresholds: &[&Exact]) -> Text {
        let decimals = fewest_decimals(self.decimals, |decimals| {
            let shown = round(value, decimals);
            thresholds.iter().all(|threshold| shown.cmp(&as_written(threshold, decimals)) == value.cmp(threshold))
        });
        self.with_unit(&value.fixed(decimals))
    }

    /// Two values that a sentence compares: shown alike only if they are equal.
    pub fn pair(&self, value: &Exact, other: &Exact) -> (Text, Text) {
        let decimals = fewest_decimals(self.decimals, |decimals| round(value, decimals).cmp(&round(other, decimals)) == value.cmp(other));
        (self.with_unit(&value.fixed(decimals)), self.with_unit(&other.fixed(decimals)))
    }

    /// A threshold of the scheme, as written; a computed one (a peer mean) as `value` beside it.
    pub fn threshold(&self, threshold: &Exact, value: &Exact) -> Text {
        let decimals =
            fewest_decimals(self.decimals, |decimals| round(value, decimals).cmp(&as_written(threshold, decimals)) == value.cmp(threshold));
        if is_written(threshold) { self.with_unit(&threshold.to_string()) } else { self.with_unit(&threshold.fixed(decimals)) }
    }

    /// A parameter that stands for a difference, as written: `5 个百分点`.
    pub fn written_difference(&self, difference: &Exact) -> Text {
        self.with_difference_unit(&difference.to_string())
    }

    /// A difference between values, with as many decimals as `holds` needs: `10.40 个百分点`.
    pub fn difference(&self, difference: &Exact, holds: impl Fn(&Exact) -> bool) -> Text {
        self.with_difference_unit(&digits_where(difference, self.decimals, holds))
    }

    /// The size of a step in "per …": `percentage point`, `5 percentage points`.
    pub fn step(&self, every: &Exact) -> Text {
        let text = self.written_difference(every);
        let unit = self.difference_unit("1").en;
        // One case, whatever the unit is called where many are counted.
        let one = unit.strip_suffix('s').unwrap_or(&unit).to_owned();
        let en = if *every == Exact::one() && !one.is_empty() { one } else { text.en };
        Text::new(text.zh, en)
    }

    fn with_unit(&self, digits: &str) -> Text {
        let join = |unit: &str| match unit {
            "" | "%" | "‰" => format!("{digits}{unit}"),
            unit => format!("{digits} {unit}"),
        };
        // English counts one institution, but two institutions.
        let en = if digits == "1" { self.unit.en.strip_suffix('s').unwrap_or(&self.unit.en) } else { &self.unit.en };
        Text::new(join(&self.unit.zh), join(en))
    }

    fn with_difference_unit(&self, digits: &str) -> Text {
        let unit = self.difference_unit(digits);
        let join = |unit: &str| if unit.is_empty() { digits.to_owned() } else { format!("{digits} {unit}") };
        Text::new(join(&unit.zh), join(&unit.en))
    }

    fn difference_unit(&self, digits: &str) -> Text {
        let plural = if digits == "1" { "" } else { "s" };
        match self.unit.zh.as_str() {
            "%" => Text::new("个百分点", format!("percentage point{plural}")),
            "‰" => Text::new("个千分点", format!("per mille point{plural}")),
            _ => self.unit.clone(),
        }
    }
}

/// A percentage worked out by a rule, with as many decimals as `holds` needs: `12.24%`.
pub(crate) fn percentage(percent: &Exact, holds: impl Fn(&Exact) -> bool) -> Text {
    Text::same(format!("{}%", digits_where(percent, PERCENT_DECIMALS, holds)))
}

/// A share of full points as a percentage: `60%`, `83.33%`. Only none is 0% and only all is 100%.
pub(crate) fn share(share: &Exact) -> Text {
    let percent = share * &Exact::from(100);
    let edges = [Exact::zero(), Exact::from(100)];
    let digits = fewest_decimals(PERCENT_DECIMALS, |decimals| same_side(&round(&percent, decimals), &percent, &edges));
    Text::same(format!("{}%", round(&percent, digits)))
}

/// An amount of points, to stand after a Chinese word: ` 0.5 分`, `1 point`; said to be rounded
/// where it is.
pub(crate) fn points(points: &Exact) -> Text {
    let decimals = fewest_decimals(4, |decimals| same_side(&round(points, decimals), points, &[Exact::zero()]));
    let shown = if is_written(points) { points.clone() } else { round(points, decimals) };
    let (about_zh, about_en) = if shown == *points { (" ", "") } else { ("约 ", "about ") };
    let plural = if shown == Exact::one() { "" } else { "s" };
    Text::new(format!("{about_zh}{shown} 分"), format!("{about_en}{shown} point{plural}"))
}

/// A text for a place right after a Chinese word: set off by a space where it starts with a digit.
pub(crate) fn after_word(text: &Text) -> Text {
    let space = if text.zh.starts_with(|c: char| c.is_ascii()) { " " } else { "" };
    Text::new(format!("{space}{}", text.zh), text.en.clone())
}

/// A text for a place right before a Chinese word: set off where it ends in a digit or `%`.
pub(crate) fn before_word(text: &Text) -> Text {
    let space = if text.zh.ends_with(|c: char| c.is_ascii()) { " " } else { "" };
    Text::new(format!("{}{space}", text.zh), text.en.clone())
}

/// Whether `shown` stands on the same side of every edge as `exact` does.
pub(crate) fn same_side<'e>(shown: &Exact, exact: &Exact, edges: impl IntoIterator<Item = &'e Exact>) -> bool {
    edges.into_iter().all(|edge| shown.cmp(edge) == exact.cmp(edge))
}

fn digits_where(value: &Exact, decimals: u32, holds: impl Fn(&Exact) -> bool) -> String {
    value.fixed(fewest_decimals(decimals, |decimals| holds(&round(value, decimals))))
}

/// The fewest decimals, from `at_least` on, for which `holds`.
fn fewest_decimals(at_least: u32, holds: impl Fn(u32) -> bool) -> u32 {
    (at_least..at_least.saturating_add(MORE_DECIMALS)).find(|decimals| holds(*decimals)).unwrap_or(at_least)
}

fn round(value: &Exact, decimals: u32) -> Exact {
    value.round(decimals, Rounding::HalfUp)
}

fn is_written(threshold: &Exact) -> bool {
    round(threshold, WRITTEN_DECIMALS).cmp(threshold) == Ordering::Equal
}

fn as_written(threshold: &Exact, decimals: u32) -> Exact {
    if is_written(threshold) { threshold.clone() } else { round(threshold, decimals) }
}

#[cfg(test)]
mod tests {
    use super::super::tests::x;
    use super::*;

    fn third(of: i64) -> Exact {
        Exact::from(of).checked_div(&Exact::from(3)).expect("3 is not 0")
    }

    /// N7: values at display decimals; the sign of a percentage follows without a space.
    #[test]
    fn values_stand_with_their_unit() {
        let (percent, people, none) = (Text::same("%"), Text::new("人", "persons"), Text::same(""));
        assert_eq!(Shown { unit: &percent, decimals: 2 }.value(&x("54.6")), Text::same("54.60%"));
        assert_eq!(Shown { unit: &people, decimals: 0 }.value(&x("12")), Text::new("12 人", "12 persons"));
        assert_eq!(Shown { unit: &people, decimals: 0 }.value(&x("1")), Text::new("1 人", "1 person"));
        assert_eq!(Shown { unit: &none, decimals: 1 }.value(&x("1.25")), Text::same("1.3"));
        assert_eq!(Shown { unit: &percent, decimals: 2 }.step(&x("1")), Text::new("1 个百分点", "percentage point"));
        assert_eq!(Shown { unit: &percent, decimals: 2 }.step(&x("5")), Text::new("5 个百分点", "5 percentage points"));
    }

    /// P2: 64.996 misses 65 exactly, and the sentence must not print 65.00.
    #[test]
    fn a_value_is_shown_on_the_side_where_it_is() {
        let unit = Text::same("%");
        let shown = Shown { unit: &unit, decimals: 2 };
        assert_eq!(shown.beside(&x("64.996"), &[&x("65")]).en, "64.996%");
        assert_eq!(shown.beside(&x("64.99"), &[&x("65")]).en, "64.99%");
        assert_eq!(shown.beside(&x("65.004"), &[&x("65.004")]).en, "65.004%");
        assert_eq!(shown.pair(&x("62.001"), &x("62.004")), (Text::same("62.001%"), Text::same("62.004%")));
        assert_eq!(shown.threshold(&third(200), &x("66.67")).en, "66.667%");
        assert_eq!(shown.beside(&x("66.67"), &[&third(200)]).en, "66.670%");
    }

    #[test]
    fn a_share_is_all_or_nothing_only_where_it_is() {
        assert_eq!(share(&x("0.95")).en, "95%");
        assert_eq!(share(&third(1)).en, "33.33%");
        assert_eq!(share(&x("0.99999")).en, "99.999%");
        assert_eq!(share(&x("0.00001")).en, "0.001%");
        assert_eq!(share(&Exact::one()).en, "100%");
    }

    #[test]
    fn rounded_points_say_so() {
        assert_eq!(points(&x("0.5")), Text::new(" 0.5 分", "0.5 points"));
        assert_eq!(points(&x("1")), Text::new(" 1 分", "1 point"));
        assert_eq!(points(&third(16)), Text::new("约 5.3333 分", "about 5.3333 points"));
    }
}
