//! What differs between results: units side by side, periods of one project, two results with the cause of every
//! changed point. Nothing here reads a file: what is compared comes as a [`Book`], computed or read back.

mod beside;
mod book;
mod cause;
mod changes;
mod only;
mod possible;
mod series;

pub use beside::{Beside, BesideCell, BesideRow, beside};
pub use book::{Book, Criterion, Figure, Indicator, Input, Measure, Scheme, Standing, Step, Unit};
pub use cause::{Cause, words};
pub use changes::{Changes, Row, RowChange, UnitChange, changes};
pub use only::{Only, OnlyOf, Redefined, only, redefined};
pub use possible::{InputChange, Inputs, differing};
pub use series::{Entry, Line, Series, UnitSeries, series};

/// What `kaohe compare` found out (对比).
#[derive(Debug, Clone)]
pub enum Comparison {
    /// The units of one result side by side.
    Units(Beside),
    /// Several results over the same units: periods of one project, variants of a scheme.
    Results(Series),
    /// Two results of one period, and why they differ.
    Changes(Series, Changes),
}
