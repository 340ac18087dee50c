//! The tables of codes, one per area.

use crate::code::Code;

pub mod assessment;
pub mod batch;
pub mod catalogue;
pub mod compare;
pub mod criteria;
pub mod data;
pub mod definition;
pub mod formula;
pub mod input;
pub mod lint;
pub mod monitor;
pub mod output;
pub mod parts;
pub mod pay;
pub mod period;
pub mod record;
pub mod registry;
pub mod score;
pub mod sql;
pub mod targets;
pub mod terms;
pub mod value;
pub mod verify;

/// Every code there is, in the order of the tables.
pub fn all() -> impl Iterator<Item = &'static Code> {
    let tables = [
        assessment::ALL,
        batch::ALL,
        catalogue::ALL,
        compare::ALL,
        criteria::ALL,
        data::ALL,
        definition::ALL,
        formula::ALL,
        input::ALL,
        lint::ALL,
        monitor::ALL,
        output::ALL,
        parts::ALL,
        pay::ALL,
        period::ALL,
        record::ALL,
        registry::ALL,
        score::ALL,
        sql::ALL,
        targets::ALL,
        terms::ALL,
        value::ALL,
        verify::ALL,
    ];
    tables.into_iter().flatten().copied()
}
