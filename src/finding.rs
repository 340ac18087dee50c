//! A finding: something wrong or doubtful in the data, with the place where it stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::code::{Code, Severity};
use crate::text::{Filled, Lang, Said, Shared};

mod list;

pub use list::{Findings, Group, Unmade};

/// Where in the data. Whatever is known is filled in; an absent part is not known or not one place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Place {
    /// Path as the assessment names it, `/` between folders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<Shared>,
    /// Sheet of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Shared>,
    /// Line of the file, from 1, the header included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u64>,
    /// Header of the column, as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<Shared>,
    /// Address of the cell in its sheet, `B17`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<Shared>,
    /// Code of the organisation, or the unit's key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Shared>,
    /// Period, in canonical spelling.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Shared>,
    /// Id of the item or indicator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<Shared>,
    /// The cell as it stands in the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Shared>,
}

impl Place {
    /// The place in one line: `exports/a.csv:12, 出院人数`, `exports/a.xlsx:月报!C12, 出院人数`.
    pub fn location(&self) -> String {
        let part = |text: &Option<Shared>| text.clone().unwrap_or_default();
        let at = match (&self.sheet, &self.cell) {
            (Some(sheet), Some(cell)) => format!("{sheet}!{cell}"),
            _ => self.row.unwrap_or_default().to_string(),
        };
        format!("{}:{at}, {}", part(&self.file), part(&self.column))
    }

    /// What tells a cell from others: file, sheet, row and column.
    #[must_use]
    pub fn of_cell(&self) -> Self {
        let (file, sheet, column) = (self.file.clone(), self.sheet.clone(), self.column.clone());
        Self { file, sheet, row: self.row, column, ..Self::default() }
    }
}

/// Something wrong or doubtful in the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind.
    pub code: &'static Code,
    /// Where.
    pub place: Place,
    /// What was found, with the values.
    pub message: Said,
    /// Names that look like what was written, best first.
    pub suggestions: Vec<String>,
    /// How many there are like it in the same column or file; the place is that of the first.
    pub alike: u64,
}

impl Finding {
    /// A finding of this kind at this place. Numbers that name a person are masked, in the cell as in the message.
    pub fn new(code: &'static Code, mut place: Place) -> Self {
        place.value = place.value.map(Shared::masked);
        Self { code, place, message: Said::new(&code.message), suggestions: Vec::new(), alike: 1 }
    }

    /// Fills one hole of the message.
    #[must_use]
    pub fn with(mut self, hole: &'static str, value: impl Into<Filled>) -> Self {
        self.message = self.message.with(hole, value.into().masked());
        self
    }

    /// Adds "did you mean".
    #[must_use]
    pub fn suggest<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Self {
        self.suggestions = names.into_iter().map(str::to_owned).collect();
        self
    }

    /// What was found, in one language, with how many there are like it.
    pub fn text(&self, lang: Lang) -> String {
        let message = self.message.render(lang);
        match (self.alike, lang) {
            (0 | 1, _) => message,
            (alike, Lang::Zh) => format!("{message}（本列同类共 {alike} 处，此为第一处）"),
            (alike, Lang::En) => format!("{message} (the first of {alike} alike in this column)"),
        }
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity
    }

    /// The order of findings in every output: place first, then code and message.
    pub fn order(&self, other: &Self) -> std::cmp::Ordering {
        let by_place = self.place.cmp(&other.place).then_with(|| self.code.id().cmp(other.code.id()));
        let in_lang = |lang| self.message.render(lang).cmp(&other.message.render(lang));
        by_place.then_with(|| in_lang(Lang::En)).then_with(|| in_lang(Lang::Zh)).then_with(|| self.alike.cmp(&other.alike))
    }
}
