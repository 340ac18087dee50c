//! `monitor`: a value that is watched and earns nothing.

use super::Shown;
use crate::number::Exact;
use crate::score::reason;
use crate::text::Said;

/// The sentence of a monitored value. It has no points and no full points [P11].
pub fn monitored(value: &Exact, shown: &Shown) -> Said {
    Said::new(&reason::MONITOR_SHOWN).with("value", shown.value(value))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{percent, x};
    use super::*;
    use crate::text::{Lang, Text};

    /// P11: shown as any value is, and said not to count.
    #[test]
    fn a_monitored_value_is_shown_and_not_scored() {
        let unit = Text::same("%");
        let said = monitored(&x("11.404"), &percent(&unit));
        assert_eq!(said.render(Lang::Zh), "11.40%，只监测，不计分");
        assert_eq!(said.render(Lang::En), "11.40% is monitored, not scored");
    }
}
