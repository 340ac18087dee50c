//! Time: windows and their months (SEMANTICS T3, T8, T9).

use crate::formula::Window;
use crate::period::{Lookback, Month, Span};

/// Positions of a window as bits: bit k is the k-th month.
pub type Mask = u128;

/// The longest window that fits a [`Mask`].
pub const MONTHS_AT_MOST: usize = 120;

/// The windows of an assessment, all of the same number of months [T8].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windows {
    /// The assessed window.
    pub assessed: Span,
    /// The assessment's baseline, already narrowed to the same months.
    pub baseline: Option<Span>,
}

impl Windows {
    /// Takes the baseline as written: one of whole years is narrowed to the months of a shorter
    /// period; any other difference in length gives `None` [T8].
    pub fn new(assessed: Span, baseline: Option<Span>) -> Option<Self> {
        let Some(written) = baseline else { return Some(Self { assessed, baseline: None }) };
        if written.len() == assessed.len() {
            return Some(Self { assessed, baseline: Some(written) });
        }
        let same_months = |year: i32| {
            let first = Month::new(year, assessed.first().month())?;
            Some(Span::month(first).first()).and_then(|first| Span::new(first, first.plus(assessed.last().since(assessed.first()))))
        };
        let narrowed =
            Some(written).filter(|span| span.len() == 12 && span.first().month() == 1).and_then(|span| same_months(span.first().year()));
        narrowed.filter(|span| written.contains(*span)).map(|span| Self { assessed, baseline: Some(span) })
    }

    /// The months of a window; `None` for a baseline that was not given.
    pub fn span(&self, window: Window) -> Option<Span> {
        match window {
            Window::Assessed => Some(self.assessed),
            Window::Baseline => self.baseline,
            Window::Previous => Some(self.assessed.plus(-12)),
            Window::Prior => Some(self.assessed.plus(-i32::try_from(self.len()).unwrap_or(0))),
        }
    }

    /// The windows of what is taken over other months that end with the assessed ones; the baseline lies as far back as it does.
    #[must_use]
    pub fn over(&self, over: Lookback) -> Self {
        let assessed = over.of(self.assessed);
        let back = |base: Span| assessed.plus(base.last().since(self.assessed.last()));
        Self { assessed, baseline: self.baseline.map(back) }
    }

    /// Months of each window.
    pub fn len(&self) -> usize {
        self.assessed.len()
    }

    /// Never: a window has at least one month.
    pub fn is_empty(&self) -> bool {
        false
    }
}

/// The positions `first..first + len` as bits.
pub fn bits(first: usize, len: usize) -> Mask {
    debug_assert!(first + len <= MONTHS_AT_MOST);
    ((1 << len) - 1) << first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str) -> Span {
        text.parse().expect("a period")
    }

    /// T8: a baseline of whole years is narrowed to the same months; other differences are refused.
    #[test]
    fn a_yearly_baseline_is_narrowed_to_the_months_of_the_period() {
        let windows = |period: &str, baseline: &str| Windows::new(span(period), Some(span(baseline))).map(|windows| windows.baseline);
        assert_eq!(windows("2025-06", "2024"), Some(Some(span("2024-06"))));
        assert_eq!(windows("2025H2", "2024"), Some(Some(span("2024H2"))));
        assert_eq!(windows("2025", "2024"), Some(Some(span("2024"))));
        assert_eq!(windows("2025", "2024Q1"), None);
        let windows = Windows::new(span("2025Q1"), None).expect("no baseline");
        assert_eq!(windows.span(Window::Previous), Some(span("2024Q1")));
        assert_eq!(windows.span(Window::Prior), Some(span("2024Q4")));
    }
}
