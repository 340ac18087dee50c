//! A source as resolved: files, layout, and what their columns and rows mean.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::catalogue::{Catalogue, Time};
use crate::dataset::Prefer;
use crate::formula::ItemId;
use crate::intake::content::Content;
use crate::intake::cumulative::total_span;
use crate::intake::encoding::Encoding;
use crate::intake::records::{Matched, Records};
use crate::intake::table::Delimiter;
use crate::intake::terms::Summed;
use crate::intake::unreadable::Unreadable;
use crate::period::Span;
use crate::registry::OrgId;
use crate::text::normalise;

/// Files of one shape.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its place among the sources of the assessment file, from 1.
    pub number: usize,
    /// The files, in byte order of their paths.
    pub files: Vec<DataFile>,
    /// How its tables are laid out.
    pub layout: Layout,
    /// Where the organisation stands.
    pub organisation: OrganisationFrom,
    /// Where the period stands.
    pub period: PeriodFrom,
    /// Headers with an explicit meaning, by normalised header; in a long layout also names of items.
    pub columns: BTreeMap<String, ColumnUse>,
    /// If not empty: exactly these rows are read, as these organisations, by normalised label.
    pub rows: BTreeMap<String, OrgId>,
    /// The names of `columns` and `rows` as the assessment spells them.
    pub written: Written,
    /// Rows that are totals of other rows.
    pub totals: Vec<DeclaredTotal>,
    /// A row for month m covers January..m [T5].
    pub cumulative: bool,
    /// When it was received.
    pub received: Option<NaiveDate>,
    /// When it was to be received.
    pub due: Option<NaiveDate>,
    /// Which value counts where another was read before [D2].
    pub prefer: Option<Prefer>,
    /// Sheets of a workbook, by name or pattern; `None` for all that are not hidden.
    pub sheet: Option<String>,
    /// First and last row of the column names, from 1; `None` finds them.
    pub header: Option<(u64, u64)>,
    /// Whether it was reported or verified.
    pub stage: Stage,
    /// Encoding, mostly found out.
    pub encoding: Encoding,
    /// Delimiter, mostly found out.
    pub delimiter: Delimiter,
}

impl Source {
    /// True for an item whose figures are of January to a month, so that earlier ones are taken off them [T5, T6].
    pub fn has_running_total(&self, item: ItemId, catalogue: &Catalogue) -> bool {
        self.cumulative && catalogue.item(item).time == Time::Flow
    }

    /// The span of a figure that is written as this one: a running total may be named by its month.
    pub fn span_of(&self, item: ItemId, written: Span, catalogue: &Catalogue) -> Span {
        let total = total_span(written).filter(|_| self.has_running_total(item, catalogue));
        total.unwrap_or(written)
    }

    /// True if it has a file of its own: what stands on the other side of a register is somebody else's.
    pub fn has_own_files(&self) -> bool {
        let other_side = match &self.layout {
            Layout::Records(register) => register.matched.as_ref(),
            _ => None,
        };
        match other_side {
            Some(Matched::Files { from, .. }) => *from > 0,
            _ => !self.files.is_empty(),
        }
    }
}

/// Names that a source maps, as the assessment spells them, in its order.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// Headers.
    pub columns: Vec<Mapped>,
    /// Labels of rows.
    pub rows: Vec<Mapped>,
}

/// A name that a source maps.
#[derive(Debug, Clone)]
pub struct Mapped {
    /// Normalised, as it is looked up.
    pub key: String,
    /// As written.
    pub written: String,
}

/// Who answers for the figures of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Stage {
    /// The organisations themselves.
    #[default]
    Reported,
    /// Those who checked them: these figures count.
    Verified,
}

/// A data file.
#[derive(Debug, Clone)]
pub struct DataFile {
    /// Path relative to the assessment, `/` between folders.
    pub path: String,
    /// What it holds.
    pub content: Arc<Content>,
}

impl DataFile {
    /// A file of these bytes; [`Unreadable`] where they are packed and broken.
    pub fn new(path: impl Into<String>, bytes: &[u8]) -> Result<Self, Unreadable> {
        Ok(Self { path: path.into(), content: Arc::new(Content::of(bytes)?) })
    }
}

/// How a table is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layout {
    /// A row per organisation (and period), a column per item.
    Wide,
    /// A row per organisation, period and item.
    Long {
        /// Header of the item column; `None` finds it.
        item: Option<String>,
        /// Header of the value column; `None` finds it.
        value: Option<String>,
    },
    /// A row per organisation and item, a column per period.
    Crosstab {
        /// The item of a row.
        item: ItemFrom,
    },
    /// Labels with values beside them.
    Form {
        /// Where items stand whose name or place the labels do not say.
        cells: Vec<FormCell>,
    },
    /// A row per record, counted and summed into items.
    Records(Arc<Records>),
    /// Figures that were summed elsewhere, instead of what its files hold.
    Terms(Arc<Summed>),
}

/// Where the organisation of a row stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrganisationFrom {
    /// In columns with usual names; in a form beside usual labels, else in the name of the file.
    Find,
    /// In the column with this header.
    Column(String),
    /// The same for all rows.
    Fixed(OrgId),
    /// In the name of the file.
    FileName,
    /// In a cell of a form.
    Spot(FormSpot),
}

/// Where the item of a row of a crosstab stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemFrom {
    /// In a column with a usual name.
    Find,
    /// In the column with this header.
    Column(String),
    /// The same for all rows.
    Fixed(ItemId),
}

/// A place in a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormSpot {
    /// Row from 1 and column from 0.
    Address(u64, usize),
    /// Beside this label.
    Label(String),
}

impl FormSpot {
    /// An address such as `C5`, else a label.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        let letters = text.len() - text.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
        let (column, row) = text.split_at(letters);
        let number = |c: char| usize::try_from(u32::from(c) - u32::from('A') + 1).unwrap_or(0);
        match (letters, row.parse::<u64>()) {
            (1..=3, Ok(row)) if row > 0 => Self::Address(row, column.chars().fold(0, |sum, c| sum * 26 + number(c)) - 1),
            _ => Self::Label(text.to_owned()),
        }
    }
}

/// An item of a form, and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormCell {
    /// The item.
    pub item: ItemId,
    /// Its place.
    pub spot: FormSpot,
}

/// Where the period of a value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeriodFrom {
    /// In this column.
    Column(String),
    /// In two columns.
    Parts {
        /// Header of the column of years.
        year: String,
        /// Header of the column of months or quarters.
        part: String,
        /// Which of them.
        counts: YearPart,
    },
    /// The same for every row.
    Fixed(Span),
    /// In the path of the file.
    FileName,
    /// In a cell of a form.
    Spot(FormSpot),
    /// Not said: a column with a usual name, the headers, or the path.
    Find,
}

/// What a number beside a year counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearPart {
    /// 1 to 12.
    Month,
    /// 1 to 4.
    Quarter,
}

/// What an explicitly mapped column is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnUse {
    /// Values of an item, of a period if one is named.
    Item(ItemId, Option<Span>),
    /// Left out on purpose.
    Skip,
}

/// A row that is the total of other rows of the same table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredTotal {
    /// The total.
    pub row: OrgId,
    /// Its parts.
    pub parts: Vec<OrgId>,
}

/// The names under which items are found.
#[derive(Debug)]
pub struct Vocabulary<'a> {
    /// The items.
    pub catalogue: &'a Catalogue,
    by_name: BTreeMap<String, Option<ItemId>>,
}

impl<'a> Vocabulary<'a> {
    /// Collects ids, names and aliases; a name that two items share finds neither, unless it is the
    /// id of one.
    pub fn new(catalogue: &'a Catalogue) -> Self {
        let mut by_name: BTreeMap<String, Option<ItemId>> = BTreeMap::new();
        for (index, item) in catalogue.items.iter().enumerate() {
            for name in [&item.name.zh, &item.name.en].into_iter().chain(&item.aliases) {
                let entry = by_name.entry(normalise(name)).or_insert(Some(ItemId(index)));
                *entry = entry.filter(|known| known.0 == index);
            }
        }
        for (index, item) in catalogue.items.iter().enumerate() {
            by_name.insert(normalise(&item.id), Some(ItemId(index)));
        }
        Self { catalogue, by_name }
    }

    /// The item of a name.
    pub fn find(&self, name: &str) -> Option<ItemId> {
        self.by_name.get(&normalise(name)).copied().flatten()
    }

    /// Names that look like one.
    pub fn nearest(&self, name: &str) -> Vec<&str> {
        let names =
            self.catalogue.items.iter().flat_map(|item| {
                [item.id.as_str(), &item.name.zh, &item.name.en].into_iter().chain(item.aliases.iter().map(String::as_str))
            });
        crate::text::nearest(name, names)
    }
}
