//! A `[[source]]` with `layout = "records"` as written → what its rows are counted as.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::assessment::sources::SourceResolver;
use crate::codes::assessment as codes;
use crate::definition::Located;
use crate::definition::located::{Entries, Words};
use crate::definition::records::{Condition as Written, RecordItem};
use crate::definition::source::{self as spec, PeriodSource, Spot};
use crate::diagnostic::{Diagnostic, Origin};
use crate::formula::ItemId;
use crate::intake::records::{Condition, Derived, Matched, Records, Test, Way};
use crate::intake::source::{DataFile, Layout};
use crate::measure::window::Windows;
use crate::number::Exact;
use crate::period::{Lookback, Span};
use crate::text::normalise;

/// What registers are counted for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The assessed period.
    pub assessed: Option<Span>,
    /// The spans over which persons are counted, each once, in order.
    pub spans: Vec<Span>,
    /// The column of the registry that says who is scored.
    pub unit: String,
}

impl Asked {
    /// Every window that something may be asked for.
    pub fn new(windows: &[Option<Windows>], unit: &str) -> Self {
        use crate::formula::Window::{Assessed, Baseline, Previous, Prior};
        let known = windows.iter().flatten();
        let over = known.flat_map(|windows| Lookback::ALL.into_iter().map(|over| windows.over(over)));
        let all = over.flat_map(|windows| [Assessed, Baseline, Previous, Prior].into_iter().filter_map(move |one| windows.span(one)));
        let mut spans: Vec<Span> = all.collect();
        spans.sort_unstable();
        spans.dedup();
        Self { assessed: windows.first().copied().flatten().map(|windows| windows.assessed), spans, unit: unit.to_owned() }
    }
}

/// The columns that a register is looked at in, each once.
#[derive(Default)]
struct Columns {
    headers: Vec<String>,
    conditions: Vec<Condition>,
}

impl Columns {
    fn at(&mut self, header: &str) -> usize {
        let wanted = normalise(header);
        let known = self.headers.iter().position(|known| normalise(known) == wanted);
        known.unwrap_or_else(|| {
            self.headers.push(header.trim().to_owned());
            self.headers.len() - 1
        })
    }

    fn conditions(&mut self, written: &Entries<Located<Written>>) -> Vec<usize> {
        let mut found = Vec::new();
        for (header, condition) in written.iter() {
            let condition = Condition { column: self.at(&header.value), test: test(&condition.value) };
            let known = self.conditions.iter().position(|known| *known == condition);
            found.push(known.unwrap_or_else(|| {
                self.conditions.push(condition);
                self.conditions.len() - 1
            }));
        }
        found
    }
}

fn test(written: &Written) -> Test {
    let limit = |number: &Option<Located<Exact>>| number.as_ref().map(|number| number.value.clone());
    match written {
        Written::AnyOf(texts) => Test::AnyOf(texts.clone()),
        Written::NoneOf(texts) => Test::NoneOf(texts.clone()),
        Written::Between { at_least, at_most } => Test::Between { at_least: limit(at_least), at_most: limit(at_most) },
    }
}

impl SourceResolver<'_> {
    /// The layout of a register; files of the other side go behind its own.
    pub(super) fn register(
        &self,
        written: &Located<spec::Source>,
        files: &mut Vec<DataFile>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Layout> {
        let organisation = match written.organisation.as_ref().map(|spot| &spot.value) {
            Some(Spot { column: Some(header), .. }) => Some(header),
            _ => None,
        };
        let date = match written.period.as_ref().map(|period| &period.value) {
            Some(PeriodSource::Column(header)) => Some(header),
            _ => None,
        };
        for (is_lacking, key) in [
            (organisation.is_none(), "organisation = { column = … }"),
            (date.is_none(), "period = { column = … }"),
            (written.items.is_empty(), "[[source.items]]"),
        ] {
            if is_lacking {
                diagnostics.push(Diagnostic::new(&codes::RECORDS_NEED, written.path.origin(self.file)).with("key", key));
            }
        }
        let mut columns = Columns::default();
        let (organisation, date) = (columns.at(&organisation?.value), columns.at(&date?.value));
        let key = written.key.iter().map(|header| columns.at(&header.value)).collect();
        let items = self.derived(written, organisation, &mut columns, diagnostics);
        let covers = written.covers.as_ref().and_then(|covers| self.span(covers, diagnostics));
        let matched = self.matched(written, files, &mut columns, diagnostics);
        let Columns { headers, conditions } = columns;
        let (assessed, spans, unit) = (self.asked.assessed, self.asked.spans.clone(), self.asked.unit.clone());
        let records = Records { columns: headers, organisation, date, key, covers, assessed, spans, unit, conditions, items, matched };
        Some(Layout::Records(Arc::new(records)))
    }

    fn derived(
        &self,
        written: &spec::Source,
        organisation: usize,
        columns: &mut Columns,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Derived> {
        let mut known: BTreeMap<usize, Range<usize>> = BTreeMap::new();
        let mut derived = Vec::new();
        for item in &written.items {
            let Some(id) = self.item(&item.item, diagnostics) else { continue };
            if let Some(first) = known.get(&id.0) {
                let first = Origin::new(self.file, first.clone()).line_and_column().0.to_string();
                let diagnostic = Diagnostic::new(&codes::ITEM_TWICE, item.item.origin(self.file)).with("item", item.item.value.clone());
                diagnostics.push(diagnostic.with("line", first));
                continue;
            }
            known.insert(id.0, item.item.span.clone());
            self.refuse_senseless(item, written, diagnostics);
            derived.push(one(id, item, organisation, columns));
        }
        derived
    }

    /// What an item cannot mean.
    fn refuse_senseless(&self, item: &RecordItem, source: &spec::Source, diagnostics: &mut Vec<Diagnostic>) {
        if let (Some(_), Some(distinct)) = (&item.sum, &item.distinct) {
            let origin = distinct.column.origin(self.file);
            diagnostics.push(Diagnostic::new(&codes::SUM_AND_DISTINCT, origin).with("item", item.item.value.clone()));
        }
        if let (Some(first), "code") = (item.within.first(), self.asked.unit.as_str()) {
            diagnostics.push(Diagnostic::new(&codes::WITHIN_ITSELF, first.origin(self.file)).with("item", item.item.value.clone()));
        }
        if let (Some(matched), None) = (&item.matched, &source.matched) {
            diagnostics.push(Diagnostic::new(&codes::RECORDS_NEED, matched.origin(self.file)).with("key", "matched = { … }"));
        }
    }

    fn matched(
        &self,
        written: &spec::Source,
        files: &mut Vec<DataFile>,
        columns: &mut Columns,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Matched> {
        let matched = written.matched.as_ref()?;
        let mut need = |key: &str| {
            diagnostics.push(Diagnostic::new(&codes::RECORDS_NEED, matched.origin(self.file)).with("key", key));
        };
        let Some(path) = &matched.path else {
            if matched.conditions.is_empty() || !matched.key.is_empty() {
                need("matched = { where = { … } }");
            }
            return Some(Matched::Where(columns.conditions(&matched.conditions)));
        };
        if matched.key.is_empty() || matched.key.len() != written.key.len() || !matched.conditions.is_empty() {
            need("key = [ … ], matched = { path = …, key = [ … ] }");
        }
        let from = files.len();
        files.extend(self.files(path, diagnostics));
        let header = |header: &Words| header.value.trim().to_owned();
        Some(Matched::Files { from, key: matched.key.iter().map(header).collect() })
    }
}

fn one(item: ItemId, written: &RecordItem, organisation: usize, columns: &mut Columns) -> Derived {
    let way = match (&written.sum, &written.distinct) {
        (Some(sum), _) => Way::Sum(columns.at(&sum.column.value)),
        (None, Some(distinct)) => Way::Distinct(columns.at(&distinct.column.value)),
        (None, None) => Way::Count,
    };
    Derived {
        item,
        organisation: written.organisation.as_ref().map_or(organisation, |name| columns.at(&name.column.value)),
        conditions: columns.conditions(&written.conditions),
        within: written.within.iter().map(|header| columns.at(&header.value)).collect(),
        way,
        needs_match: written.matched.as_ref().is_some_and(|matched| matched.value),
    }
}
