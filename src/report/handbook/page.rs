//! The page before it is written: chapters, sections, entries, in one language.

use serde::Serialize;

use crate::report::handbook::chosen::Chosen;
use crate::report::handbook::entries::Entries;
use crate::report::handbook::{Extent, Subject, sheet};
use crate::text::{Lang, Text};

/// The whole page.
#[derive(Debug, Serialize)]
pub(super) struct Book {
    /// `zh-CN` or `en`.
    pub(super) lang: &'static str,
    pub(super) title: String,
    /// Paragraphs below the title.
    pub(super) about: Vec<String>,
    /// Heading of the table of contents.
    pub(super) contents: &'static str,
    pub(super) chapters: Vec<Chapter>,
}

/// A catalogue, or the scheme.
#[derive(Debug, Serialize)]
pub(super) struct Chapter {
    pub(super) anchor: String,
    pub(super) title: String,
    pub(super) about: Vec<Fact>,
    pub(super) sections: Vec<Section>,
}

/// Entries of one kind, or a table.
#[derive(Debug, Serialize)]
pub(super) struct Section {
    pub(super) anchor: String,
    pub(super) title: String,
    pub(super) entries: Vec<Entry>,
    pub(super) table: Option<Grid>,
    /// True if the contents list its entries one by one.
    pub(super) is_listed: bool,
}

/// One definition.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    pub(super) anchor: String,
    pub(super) name: String,
    pub(super) facts: Vec<Fact>,
}

/// What is said of something.
#[derive(Debug, Serialize)]
pub(super) struct Fact {
    pub(super) label: String,
    pub(super) values: Vec<Value>,
}

/// A piece of text.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Value {
    pub(super) text: String,
    /// True for what is typed as it stands: ids and formulas.
    pub(super) is_code: bool,
    /// The place it leads to.
    pub(super) to: Option<String>,
}

/// Rows below headings.
#[derive(Debug, Serialize)]
pub(super) struct Grid {
    pub(super) headings: Vec<String>,
    pub(super) rows: Vec<GridRow>,
}

/// A row; its first cell is what it is about.
#[derive(Debug, Serialize)]
pub(super) struct GridRow {
    pub(super) anchor: Option<String>,
    pub(super) cells: Vec<Vec<Value>>,
}

impl Value {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_code: false, to: None }
    }

    pub(super) fn code(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_code: true, to: None }
    }

    pub(super) fn linked(self, to: Option<String>) -> Self {
        Self { to, ..self }
    }
}

impl Fact {
    /// A fact, unless there is nothing to say.
    pub(super) fn new(label: impl Into<String>, values: Vec<Value>) -> Option<Self> {
        (!values.is_empty()).then(|| Self { label: label.into(), values })
    }
}

impl Grid {
    pub(super) fn new(headings: &[Text], lang: Lang) -> Self {
        Self { headings: headings.iter().map(|heading| heading.get(lang).to_owned()).collect(), rows: Vec::new() }
    }

    pub(super) fn row(&mut self, anchor: Option<String>, cells: Vec<Vec<Value>>) {
        self.rows.push(GridRow { anchor, cells });
    }
}

impl Section {
    pub(super) fn entries(anchor: String, title: String, entries: Vec<Entry>, is_listed: bool) -> Option<Self> {
        (!entries.is_empty()).then_some(Self { anchor, title, entries, table: None, is_listed })
    }

    pub(super) fn table(anchor: String, title: String, table: Grid) -> Option<Self> {
        (!table.rows.is_empty()).then_some(Self { anchor, title, entries: Vec::new(), table: Some(table), is_listed: false })
    }
}

impl Book {
    pub(super) fn new(subject: &Subject, chosen: &Chosen, lang: Lang) -> Self {
        let criteria = match subject.extent {
            Extent::Used(criteria) => Some(criteria),
            Extent::All | Extent::One(_) => None,
        };
        let entries = Entries { catalogue: subject.catalogue, criteria, chosen, lang };
        let mut chapters: Vec<Chapter> = criteria.into_iter().map(|criteria| sheet::chapter(criteria, &entries)).collect();
        chapters.extend(chosen.parts.iter().filter_map(|index| entries.chapter(*index)));
        let counts = [
            (Text::new("指标", "indicators"), entries.defined().count()),
            (Text::new("统计项目", "items"), chosen.items.len()),
            (Text::new("数据校验", "checks"), chosen.checks.len()),
        ];
        let counts = counts.map(|(word, count)| match lang {
            Lang::Zh => format!("{} {count} 项", word.zh),
            Lang::En => format!("{}: {count}", word.en),
        });
        let note = Text::new(
            "“依据”后注明出处核对的程度：已核对原文；凭记忆，未核对；示例。",
            "Every source says how far it was verified: read; recalled, not verified; illustrative.",
        );
        Self {
            lang: if lang == Lang::Zh { "zh-CN" } else { "en" },
            title: subject.title.get(lang).to_owned(),
            about: vec![counts.join(if lang == Lang::Zh { "，" } else { ", " }), note.get(lang).to_owned()],
            contents: if lang == Lang::Zh { "目录" } else { "Contents" },
            chapters,
        }
    }
}
