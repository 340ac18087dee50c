//! Where the values behind findings stand in the files.

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::{Dataset, Key};
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::behind::Superseded;
use crate::intake::rows::Known;
use crate::intake::source::Source;
use crate::period::Month;
use crate::quality::{Found, Involved};
use crate::registry::OrgId;
use crate::text::Text;
use crate::trace::cells;

/// Says of every finding where its values stand: file, row and column of the first, beside each value
/// that stands elsewhere its own. A value that was corrected stands in the correction. The files are read
/// once more, if there is anything to look for.
pub fn locate(found: Vec<Found>, sources: &[Source], known: Known, (dataset, superseded): (&Dataset, &Superseded)) -> Vec<Finding> {
    let places = Places::of(&found, sources, known, (dataset, superseded));
    found.into_iter().map(|found| places.put(found)).collect()
}

/// Where values stand.
struct Places {
    /// Of those that were corrected or verified.
    replaced: BTreeMap<Key, Place>,
    exact: BTreeMap<Key, Place>,
    /// Running totals by their last month: what is taken off them stands elsewhere [T5].
    running: BTreeMap<(OrgId, Month, ItemId), Place>,
}

impl Places {
    fn of(found: &[Found], sources: &[Source], known: Known, (dataset, superseded): (&Dataset, &Superseded)) -> Self {
        let keys = || found.iter().flat_map(|found| found.cells.iter().map(|cell| cell.key));
        let wanted: BTreeSet<(OrgId, Month, ItemId)> = keys().map(|(who, span, item)| (who, span.last(), item)).collect();
        let replaced = keys().filter_map(|key| Some((key, dataset.behind(key)?.place.clone()))).collect();
        let mut places = Self { replaced, exact: BTreeMap::new(), running: BTreeMap::new() };
        if wanted.is_empty() {
            return places;
        }
        for cell in cells(sources, known, &|who, span, item| wanted.contains(&(who, span.last(), item))) {
            if superseded.get(&cell.place).is_some() {
                continue;
            }
            let (who, span, item) = cell.key;
            if cell.is_running_total {
                places.running.entry((who, span.last(), item)).or_insert_with(|| cell.place.clone());
            }
            places.exact.entry(cell.key).or_insert(cell.place);
        }
        places
    }

    fn get(&self, (who, span, item): Key) -> Option<&Place> {
        let exact = || self.exact.get(&(who, span, item));
        self.replaced.get(&(who, span, item)).or_else(exact).or_else(|| self.running.get(&(who, span.last(), item)))
    }

    fn put(&self, found: Found) -> Finding {
        let Found { mut finding, cells, note } = found;
        if let Some(place) = cells.iter().find_map(|cell| self.get(cell.key)).cloned() {
            finding.place =
                Place { file: place.file, sheet: place.sheet, row: place.row, column: place.column, cell: place.cell, ..finding.place };
        }
        let shown: Vec<Text> =
            cells.iter().filter(|cell| cell.shown != Text::default()).map(|cell| self.shown(cell, &finding.place)).collect();
        if shown.is_empty() && note.is_none() {
            return finding;
        }
        let note = note.unwrap_or_default();
        let joined = |lang: fn(&Text) -> &str| shown.iter().map(lang).collect::<Vec<_>>().join(", ") + lang(&note);
        finding.with("values", Text::new(joined(|text| &text.zh), joined(|text| &text.en)))
    }

    /// A value, with its place where that is not the finding's row.
    fn shown(&self, cell: &Involved, beside: &Place) -> Text {
        let elsewhere = |place: &&Place| (&place.file, &place.sheet, place.row) != (&beside.file, &beside.sheet, beside.row);
        let Some(place) = self.get(cell.key).filter(elsewhere) else { return cell.shown.clone() };
        let sheet = place.sheet.as_ref().map(|sheet| format!("[{sheet}]")).unwrap_or_default();
        let at = format!("{}{sheet}:{}", place.file.clone().unwrap_or_default(), place.row.unwrap_or_default());
        Text::new(format!("{}（{at}）", cell.shown.zh), format!("{} ({at})", cell.shown.en))
    }
}
