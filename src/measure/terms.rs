//! Sums of terms over units, by the engine: what some members of a unit have together in, unit totals out.
//!
//! Rows come in batches, so memory does not grow with the number of organisations; the totals of
//! batches simply add. Whole steps are summed as 128-bit integers: nothing wraps [N3].

use polars_core::prelude::{DataFrame, NamedFromOwned, PolarsResult, Series};
use polars_core::runtime::RAYON;

/// Rows after which a batch is summed.
pub const BATCH: usize = 8192;

/// Sums columns of whole steps by unit, beside the number of values that went in.
#[derive(Debug)]
pub struct TermSums {
    units: Vec<u32>,
    columns: Vec<Column>,
    totals: Vec<Vec<Total>>,
}

/// A term of the rows at hand.
#[derive(Debug, Default, Clone)]
struct Column {
    steps: Vec<i128>,
    counts: Vec<u64>,
}

/// The sum of a term over a unit, or some of its members.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    /// Whole steps.
    pub steps: i128,
    /// How many organisations contributed.
    pub count: u64,
}

impl Total {
    /// Adds what one more has, if it has any.
    pub(super) fn add(&mut self, steps: i64) {
        self.steps += i128::from(steps);
        self.count += 1;
    }
}

impl TermSums {
    /// For this many terms and units.
    pub fn new(terms: usize, units: usize) -> Self {
        Self { units: Vec::new(), columns: vec![Column::default(); terms], totals: vec![vec![Total::default(); units]; terms] }
    }

    /// Adds, for each term, what some members of a unit have together.
    pub fn push(&mut self, unit: usize, sums: &[Total]) -> PolarsResult<()> {
        self.units.push(u32::try_from(unit).unwrap_or(u32::MAX));
        for (column, sum) in self.columns.iter_mut().zip(sums) {
            column.steps.push(sum.steps);
            column.counts.push(sum.count);
        }
        if self.units.len() >= BATCH { self.flush() } else { Ok(()) }
    }

    /// The totals, by term and unit.
    pub fn finish(mut self) -> PolarsResult<Vec<Vec<Total>>> {
        self.flush()?;
        Ok(self.totals)
    }

    fn flush(&mut self) -> PolarsResult<()> {
        let rows = self.units.len();
        let mut frame = vec![Series::from_vec("unit".into(), std::mem::take(&mut self.units)).into()];
        if rows == 0 || self.columns.is_empty() {
            return Ok(());
        }
        for (index, column) in self.columns.iter_mut().enumerate() {
            let Column { steps, counts } = std::mem::take(column);
            frame.push(Series::from_vec(format!("steps{index}").into(), steps).into());
            frame.push(Series::from_vec(format!("count{index}").into(), counts).into());
        }
        let frame = DataFrame::new(rows, frame)?;
        #[expect(deprecated, reason = "the planner that is to be used instead makes the program half as large again, for one sum")]
        // At once in the threads of the engine: to hand it column after column takes longer than the sums.
        let totals = RAYON.install(|| frame.group_by(["unit"])?.sum())?;
        self.add(&totals)
    }

    fn add(&mut self, totals: &DataFrame) -> PolarsResult<()> {
        let units: Vec<usize> = totals.column("unit")?.u32()?.iter().flatten().map(|unit| unit as usize).collect();
        for (index, of_term) in self.totals.iter_mut().enumerate() {
            let steps = totals.column(&format!("steps{index}_sum"))?.i128()?;
            let counts = totals.column(&format!("count{index}_sum"))?.u64()?;
            for ((unit, steps), count) in units.iter().zip(steps.iter()).zip(counts.iter()) {
                of_term[*unit].steps += steps.unwrap_or(0);
                of_term[*unit].count += count.unwrap_or(0);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// N3: a unit's sum passes 64 bits without wrapping; C: an absent amount is counted nowhere.
    #[test]
    fn sums_pass_64_bits_and_count_what_went_in() {
        let mut sums = TermSums::new(2, 2);
        let large = 1_000_000_000_000_000;
        let of = |steps: &[i64]| {
            let mut total = Total::default();
            for steps in steps {
                total.add(*steps);
            }
            total
        };
        for _ in 0..10_000 {
            sums.push(1, &[of(&[large, large]), of(&[])]).expect("a row");
        }
        sums.push(0, &[of(&[-3]), of(&[0])]).expect("a row");
        let totals = sums.finish().expect("sums");
        assert_eq!(totals[0][1], Total { steps: 20_000 * i128::from(large), count: 20_000 });
        assert_eq!(totals[0][0], Total { steps: -3, count: 1 });
        assert_eq!(totals[1], [Total { steps: 0, count: 1 }, Total::default()]);
    }
}
