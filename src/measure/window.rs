//! Time: windows, and which of the reported values make up a window (SEMANTICS T3–T9).

use crate::dataset::Cell;
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

/// A value that covers the positions of `mask`, all inside the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Positions it covers.
    pub mask: Mask,
    /// Its value; `None` if it was rejected.
    pub steps: Option<i64>,
}

/// What one organisation reported of one flow or mean item in one window, after T3.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Series {
    /// The chosen values in order of time.
    pub parts: Vec<Part>,
    /// Positions covered by a usable value.
    pub covered: Mask,
    /// Positions covered by a rejected value.
    pub rejected: Mask,
    /// Positions that only a value reaching out of the window covers [T4].
    pub sticks_out: Mask,
}

/// The positions `first..first + len` as bits.
pub fn bits(first: usize, len: usize) -> Mask {
    debug_assert!(first + len <= MONTHS_AT_MOST);
    ((1 << len) - 1) << first
}

/// The positions of `window` that `span` covers, and whether it lies wholly inside.
fn positions(window: Span, span: Span) -> Option<(Mask, bool)> {
    if span.first() == span.last() {
        let at = usize::try_from(span.first().since(window.first())).ok()?;
        return (span.last() <= window.last()).then(|| (bits(at, 1), true));
    }
    if !window.overlaps(span) {
        return None;
    }
    let first = span.first().max(window.first());
    let last = span.last().min(window.last());
    let at = usize::try_from(first.since(window.first())).ok()?;
    let len = usize::try_from(last.since(first) + 1).ok()?;
    Some((bits(at, len), window.contains(span)))
}

/// Chooses the values of a flow or mean item [T3]. `belongs` are the positions at which the
/// organisation belongs to the unit: a value reaching out of them is not used [O3].
pub fn choose(reported: impl Iterator<Item = (Span, Cell)>, window: Span, belongs: Mask) -> Series {
    let mut series = Series { parts: Vec::with_capacity(window.len()), ..Series::default() };
    let mut overlap = false;
    let mut seen: Mask = 0;
    for (span, cell) in reported {
        let Some((mask, inside)) = positions(window, span) else { continue };
        if !inside || mask & !belongs != 0 {
            series.sticks_out |= mask;
            continue;
        }
        let steps = match cell {
            Cell::Value(steps) => Some(steps),
            Cell::Rejected => None,
            Cell::Missing => continue,
        };
        overlap |= seen & mask != 0;
        seen |= mask;
        series.parts.push(Part { mask, steps });
    }
    if overlap {
        series.parts = best_tiling(&series.parts);
    }
    for part in &series.parts {
        match part.steps {
            Some(_) => series.covered |= part.mask,
            None => series.rejected |= part.mask,
        }
    }
    series.sticks_out &= !(series.covered | series.rejected);
    series
}

/// The non-overlapping choice that covers most months, with fewest values, whose earliest value is
/// longest [T3]; then the next value, and among those still equal the one that starts earliest.
/// Worked backwards from the last month.
fn best_tiling(parts: &[Part]) -> Vec<Part> {
    let end = parts.iter().map(|part| Mask::BITS - part.mask.leading_zeros()).max().unwrap_or(0);
    let mut best: Vec<Vec<Part>> = vec![Vec::new(); end as usize + 1];
    for position in (0..end).rev() {
        let mut winner = best[position as usize + 1].clone();
        for part in parts.iter().filter(|part| part.mask.trailing_zeros() == position) {
            let mut candidate = vec![*part];
            candidate.extend_from_slice(&best[(position + part.mask.count_ones()) as usize]);
            if rank(&candidate) >= rank(&winner) {
                winner = candidate;
            }
        }
        best[position as usize] = winner;
    }
    best.swap_remove(0)
}

fn rank(tiling: &[Part]) -> (u32, std::cmp::Reverse<usize>, Vec<u32>) {
    let lengths: Vec<u32> = tiling.iter().map(|part| part.mask.count_ones()).collect();
    (lengths.iter().sum(), std::cmp::Reverse(tiling.len()), lengths)
}

/// The latest value of a stock item in the window [T6].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latest {
    /// Position of its last month.
    pub position: usize,
    /// Its value; `None` if it was rejected.
    pub steps: Option<i64>,
}

/// Finds the latest value inside the window whose last month belongs to the unit [T6, O3].
pub fn latest(reported: impl Iterator<Item = (Span, Cell)>, window: Span, belongs: Mask) -> Option<Latest> {
    let mut found: Option<Latest> = None;
    for (span, cell) in reported {
        let Ok(position) = usize::try_from(span.last().since(window.first())) else { continue };
        if position >= window.len() || belongs & bits(position, 1) == 0 {
            continue;
        }
        let steps = match cell {
            Cell::Value(steps) => Some(steps),
            Cell::Rejected => None,
            Cell::Missing => continue,
        };
        // Two spans may end in one month; the series is in span order, so the shorter one is kept.
        if found.is_none_or(|best| best.position <= position) {
            found = Some(Latest { position, steps });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str) -> Span {
        text.parse().expect("a period")
    }

    fn chosen(window: &str, reported: &[(&str, i64)]) -> Series {
        let window = span(window);
        let mut cells: Vec<_> = reported.iter().map(|(period, steps)| (span(period), Cell::Value(*steps))).collect();
        cells.sort_by_key(|(period, _)| *period);
        choose(cells.into_iter(), window, bits(0, window.len()))
    }

    fn total(series: &Series) -> i64 {
        series.parts.iter().filter_map(|part| part.steps).sum()
    }

    /// T3: Q1 = 30, Apr 10, May 11, Jun 12 → 2025H1 = 63.
    #[test]
    fn quarterly_and_monthly_values_are_joined() {
        let series = chosen("2025H1", &[("2025Q1", 30), ("2025-04", 10), ("2025-05", 11), ("2025-06", 12)]);
        assert_eq!((total(&series), series.covered), (63, bits(0, 6)));
    }

    /// T3: an annual report beats twelve monthly ones; more months beat fewer values.
    #[test]
    fn most_months_then_fewest_values_then_the_longest_first() {
        let months: Vec<String> = (1..=12).map(|month| format!("2025-{month:02}")).collect();
        let mut reported: Vec<(&str, i64)> = months.iter().map(|month| (month.as_str(), 1)).collect();
        reported.push(("2025", 100));
        assert_eq!(total(&chosen("2025", &reported)), 100);
        assert_eq!(total(&chosen("2025H1", &reported)), 6);
        let series = chosen("2025Q1", &[("2025-01..2025-02", 7), ("2025-02..2025-03", 5), ("2025-01", 1), ("2025-03", 2)]);
        assert_eq!(series.parts.iter().map(|part| part.mask).collect::<Vec<_>>(), [0b011, 0b100]);
        assert_eq!(total(&series), 9);
    }

    /// T4: a value that sticks out of the window cannot be used and is remembered.
    #[test]
    fn a_value_that_sticks_out_is_not_used() {
        let series = chosen("2025Q1", &[("2025", 100), ("2025-02", 3)]);
        assert_eq!((series.covered, series.sticks_out), (0b010, 0b101));
    }

    /// T3: a rejected annual figure is not quietly replaced by monthly ones.
    #[test]
    fn a_rejected_value_takes_part_in_the_choice() {
        let cells = [(span("2025-01"), Cell::Value(1)), (span("2025-01..2025-02"), Cell::Rejected), (span("2025-02"), Cell::Value(2))];
        let series = choose(cells.into_iter(), span("2025Q1"), 0b111);
        assert_eq!((series.covered, series.rejected), (0, 0b011));
    }

    /// T6: the latest value inside the window; O3: a stock belongs by its last month.
    #[test]
    fn a_stock_is_the_latest_value_inside_the_window() {
        let cells =
            || [(span("2024-12"), Cell::Value(9)), (span("2025-10"), Cell::Value(40)), (span("2025-11"), Cell::Value(50))].into_iter();
        assert_eq!(latest(cells(), span("2025"), bits(0, 12)), Some(Latest { position: 10, steps: Some(50) }));
        assert_eq!(latest(cells(), span("2025"), bits(0, 10)), Some(Latest { position: 9, steps: Some(40) }));
        assert_eq!(latest(cells(), span("2026"), bits(0, 12)), None);
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
