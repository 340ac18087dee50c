//! Columns whose figures look as if they were of another scale than their headers say: fractions under %, plain counts under 万.

use std::collections::BTreeMap;

use crate::catalogue::Catalogue;
use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::mapping::ValueColumn;
use crate::text::Shared;

/// Beyond so many 万 no institution's count is meant: the figures are plain counts under a heading that scales them.
const DOUBTFUL: i64 = 10_000;

/// What is seen of the columns of a table.
#[derive(Default)]
pub(super) struct Scales {
    percents: BTreeMap<ItemId, Percents>,
    counts: BTreeMap<ItemId, Scaled>,
}

struct Percents {
    header: Shared,
    values: u64,
    fractions: u64,
    zeros: u64,
}

/// A column of counts in 万 or more.
struct Scaled {
    header: Shared,
    values: u64,
    /// True while every figure is a whole number of that unit.
    is_whole: bool,
    /// The largest figure as written.
    most: i64,
}

impl Scales {
    /// Sees a value, in steps of its item.
    pub(super) fn watch(&mut self, column: &ValueColumn, steps: i64) {
        let shape = &column.shape;
        if shape.percent {
            self.watch_percent(column, steps);
        }
        let power = u32::try_from(shape.multiplier_power).ok().filter(|power| (4..=12).contains(power));
        if let (Some(power), 0) = (power, shape.decimals) {
            self.watch_count(column, power, steps);
        }
    }

    fn watch_percent(&mut self, column: &ValueColumn, steps: i64) {
        let one = 10_i64.pow(column.shape.decimals);
        let new = || Percents { header: column.header.clone(), values: 0, fractions: 0, zeros: 0 };
        let entry = self.percents.entry(column.item).or_insert_with(new);
        entry.values += 1;
        entry.fractions += u64::from((0..=one).contains(&steps));
        entry.zeros += u64::from(steps == 0);
    }

    fn watch_count(&mut self, column: &ValueColumn, power: u32, steps: i64) {
        let scale = 10_i64.pow(power);
        let new = || Scaled { header: column.header.clone(), values: 0, is_whole: true, most: 0 };
        let entry = self.counts.entry(column.item).or_insert_with(new);
        entry.values += 1;
        entry.is_whole &= steps % scale == 0;
        entry.most = entry.most.max(steps / scale);
    }

    /// Says which columns look so.
    pub(super) fn report(self, catalogue: &Catalogue, place: &Place, findings: &mut Vec<Finding>) {
        let found = |code, item: ItemId, header: Shared, values: u64| {
            let item = catalogue.item(item);
            let place = Place { column: Some(header), item: Some(item.id.clone()), ..place.clone() };
            Finding::new(code, place).with("item", item.name.clone()).with("count", values.to_string())
        };
        for (item, column) in self.percents {
            if column.values == column.fractions && column.values > column.zeros {
                findings.push(found(&codes::LOOKS_LIKE_FRACTION, item, column.header, column.values));
            }
        }
        for (item, column) in self.counts {
            if column.is_whole && column.most >= DOUBTFUL {
                let finding = found(&codes::LOOKS_UNSCALED, item, column.header, column.values);
                findings.push(finding.with("most", column.most.to_string()));
            }
        }
    }
}
