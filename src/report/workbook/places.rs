//! Names of the sheets, and where the places that marked cells lead to stand in the workbook.

use std::collections::BTreeMap;

use crate::dossier::Dossier;
use crate::report::unit;
use crate::report::workbook::names::Names;
use crate::report::workbook::{UNITS, sheet};
use crate::text::{Lang, Text};

/// The sheets that every workbook has, in the order of their names in [`Places`].
#[derive(Debug, Clone, Copy)]
pub(super) enum Chapter {
    Summary,
    Shares,
    Comparison,
    Indicators,
    Adjustments,
    Findings,
    Definitions,
}

impl Chapter {
    const ALL: [(&str, &str); 7] = [
        ("总览", "Summary"),
        ("得分率", "Shares"),
        ("指标对比", "Comparison"),
        ("指标值", "Indicators"),
        ("调整", "Adjustments"),
        ("数据问题", "Findings"),
        ("口径与来源", "Definitions"),
    ];
}

/// Names and places.
pub(super) struct Places {
    chapters: Vec<String>,
    units: Vec<String>,
    /// By its id the sheet and the row, from 0.
    rows: BTreeMap<String, (String, u32)>,
}

impl Places {
    /// Of a result; without places of units where there are too many of them.
    pub(super) fn of(dossier: &Dossier, lang: Lang) -> Self {
        let mut names = Names::new();
        let chapters = Chapter::ALL.map(|(zh, en)| names.of(&[Text::new(zh, en).get(lang)], "")).to_vec();
        let all = &dossier.book.units;
        let shown = if all.len() > UNITS { &[] } else { all.as_slice() };
        let units: Vec<String> = shown.iter().map(|unit| names.of(&[unit.name.get(lang), &unit.key], &unit.key)).collect();
        let mut rows = BTreeMap::new();
        for (at, name) in units.iter().enumerate() {
            rows.insert(format!("u{at}"), (name.clone(), 0));
            // The cell that names a place on the sheet itself is the place.
            for (row, table_row) in (sheet::FIRST..).zip(&unit::sheet(dossier, at).rows) {
                let marks = table_row.cells.iter().filter_map(|cell| cell.parts().1?.to.clone());
                rows.extend(marks.map(|id| (id, (name.clone(), row))));
            }
        }
        Self { chapters, units, rows }
    }

    /// Of sheets of these titles, the first of which is the one to come back to.
    pub(super) fn named<'a>(titles: impl Iterator<Item = &'a str>) -> Self {
        let mut names = Names::new();
        Self { chapters: titles.map(|title| names.of(&[title], "")).collect(), units: Vec::new(), rows: BTreeMap::new() }
    }

    /// The name of a sheet by its place.
    pub(super) fn sheet(&self, at: usize) -> &str {
        self.chapters.get(at).map_or("", String::as_str)
    }

    /// How many units have a sheet.
    pub(super) fn units(&self) -> usize {
        self.units.len()
    }

    pub(super) fn chapter(&self, chapter: Chapter) -> &str {
        self.sheet(chapter as usize)
    }

    pub(super) fn unit(&self, at: usize) -> &str {
        self.units.get(at).map_or("", String::as_str)
    }

    /// Sheet and row of a place, if the workbook has it.
    pub(super) fn find(&self, id: &str) -> Option<(&str, u32)> {
        self.rows.get(id).map(|(name, row)| (name.as_str(), *row))
    }
}
