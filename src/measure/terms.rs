//! Sums of terms over units, by the engine: organisation columns in, unit totals out.
//!
//! Rows come in batches, so memory does not grow with the number of organisations; the totals of
//! batches simply add. Whole steps are summed as 128-bit integers: nothing wraps [N3].

use polars::prelude::{DataFrame, DataType, Expr, IntoLazy, NamedFrom, PolarsResult, Series, col};

/// Rows after which a batch is summed.
pub const BATCH: usize = 8192;

/// Sums columns of whole steps by unit, beside the number of values that went in.
#[derive(Debug)]
pub struct TermSums {
    units: Vec<u32>,
    columns: Vec<Vec<Option<i64>>>,
    totals: Vec<Vec<Total>>,
}

/// The sum of a term over a unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    /// Whole steps.
    pub steps: i128,
    /// How many organisations contributed.
    pub count: u64,
}

impl TermSums {
    /// For this many terms and units.
    pub fn new(terms: usize, units: usize) -> Self {
        Self { units: Vec::new(), columns: vec![Vec::new(); terms], totals: vec![vec![Total::default(); units]; terms] }
    }

    /// Adds rows of organisations: their units and, for each term, their amounts, or none.
    pub fn push<'a>(&mut self, units: impl Iterator<Item = usize>, amounts: impl Iterator<Item = &'a [Option<i64>]>) -> PolarsResult<()> {
        self.units.extend(units.map(|unit| u32::try_from(unit).unwrap_or(u32::MAX)));
        for (column, amounts) in self.columns.iter_mut().zip(amounts) {
            column.extend_from_slice(amounts);
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
        if rows == 0 || self.columns.is_empty() {
            self.units.clear();
            return Ok(());
        }
        let mut frame = vec![Series::new("unit".into(), std::mem::take(&mut self.units)).into()];
        for (index, column) in self.columns.iter_mut().enumerate() {
            frame.push(Series::new(name(index).into(), &*column).into());
            column.clear();
        }
        let sums: Vec<Expr> = (0..self.columns.len())
            .flat_map(|index| {
                let column = col(name(index));
                [
                    column.clone().cast(DataType::Int128).sum().alias(format!("sum{index}")),
                    column.count().cast(DataType::Int64).alias(format!("count{index}")),
                ]
            })
            .collect();
        let totals = DataFrame::new(rows, frame)?.lazy().group_by([col("unit")]).agg(sums).collect()?;
        self.add(&totals)
    }

    fn add(&mut self, totals: &DataFrame) -> PolarsResult<()> {
        let units: Vec<usize> = totals.column("unit")?.u32()?.iter().flatten().map(|unit| unit as usize).collect();
        for (index, of_term) in self.totals.iter_mut().enumerate() {
            let sums = totals.column(&format!("sum{index}"))?.i128()?.clone();
            let counts = totals.column(&format!("count{index}"))?.i64()?.clone();
            for ((unit, steps), count) in units.iter().zip(sums.iter()).zip(counts.iter()) {
                of_term[*unit].steps += steps.unwrap_or(0);
                of_term[*unit].count += count.unwrap_or(0).unsigned_abs();
            }
        }
        Ok(())
    }
}

fn name(index: usize) -> String {
    format!("t{index}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// N3: a unit's sum passes 64 bits without wrapping; C: an absent amount is counted nowhere.
    #[test]
    fn sums_pass_64_bits_and_count_what_went_in() {
        let mut sums = TermSums::new(2, 2);
        let large = 1_000_000_000_000_000_i64;
        for _ in 0..20_000 {
            sums.push([1].into_iter(), [&[Some(large)][..], &[None]].into_iter()).expect("a row");
        }
        sums.push([0].into_iter(), [&[Some(-3)][..], &[Some(0)]].into_iter()).expect("a row");
        let totals = sums.finish().expect("sums");
        assert_eq!(totals[0][1], Total { steps: 20_000 * i128::from(large), count: 20_000 });
        assert_eq!(totals[0][0], Total { steps: -3, count: 1 });
        assert_eq!(totals[1], [Total { steps: 0, count: 1 }, Total::default()]);
    }
}
