//! Return lists (退回修改单): for each institution what is wrong with its figures, where it stands, by
//! which rule and what to do, as a CSV file to work in and a page to read, print and sign.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value};
use serde::Serialize;

use crate::code::Severity;
use crate::finding::{Finding, Place};
use crate::intake::cell::unit_text;
use crate::report::findings::{message, place_cells, place_columns};
use crate::report::table::{Cell, Column, Kind, Table};
use crate::report::{File, csv};
use crate::text::{Lang, Text};

/// Folder of the lists inside a result folder.
const FOLDER: &str = "returns";
/// The list of what belongs to no single institution: files that fit nobody, unknown rows.
const GENERAL: &str = "general";

/// What the lists are about.
pub struct About<'a> {
    /// Title of the assessment.
    pub assessment: &'a Text,
    /// The assessed window.
    pub period: String,
    /// Names of the organisations by code.
    pub organisations: BTreeMap<&'a str, &'a str>,
    /// Names of the items by id.
    pub items: BTreeMap<&'a str, &'a Text>,
    /// Units of the items by id.
    pub units: BTreeMap<&'a str, Text>,
}

/// Two files for every institution with an error or a warning, and two for what belongs to no one.
pub fn files<'a>(findings: &[Finding], about: &About, lang: Lang) -> io::Result<Vec<File<'a>>> {
    let mut by_institution: BTreeMap<Option<&str>, Vec<&Finding>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.severity() > Severity::Info) {
        let code = finding.place.organisation.as_deref().filter(|code| about.organisations.contains_key(code));
        by_institution.entry(code).or_default().push(finding);
    }
    let mut names = FileNames { taken: BTreeSet::from([GENERAL.to_owned()]) };
    let mut files = Vec::new();
    for (code, findings) in by_institution {
        let name = code.map_or_else(|| GENERAL.to_owned(), |code| names.of(code));
        let page = page(code, &findings, about, lang)?;
        files.push(File::of(format!("{FOLDER}/{name}.csv"), csv::render(&list(&findings, about), lang)?));
        files.push(File::of(format!("{FOLDER}/{name}.html"), page));
    }
    Ok(files)
}

/// File names made from codes.
#[derive(Debug, Default)]
pub(super) struct FileNames {
    taken: BTreeSet<String>,
}

impl FileNames {
    /// The code as a file name that every system takes, shortened where it is very long; two codes never share one.
    pub(super) fn of(&mut self, code: &str) -> String {
        // 60 signs of CJK are 180 of the 255 bytes that a name may have.
        let signs = code.chars().take(60);
        let plain: String = signs.map(|c| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '_' }).collect();
        let numbered = (1..).map(|n| if n == 1 { plain.clone() } else { format!("{plain}_{n}") });
        // Some systems take `a` and `A` for one name.
        let free = numbered.into_iter().find(|name| self.taken.insert(name.to_lowercase()));
        free.unwrap_or(plain)
    }
}

/// The list to work in. `old`, `new` and `unit` are the columns of a corrections file.
fn list(findings: &[&Finding], about: &About) -> Table {
    let more = [
        ("item_name", Kind::Text),
        ("unit", Kind::Text),
        ("old", Kind::Text),
        ("new", Kind::Text),
        ("message", Kind::Text),
        ("rule", Kind::Text),
        ("help", Kind::Text),
    ];
    let columns = place_columns().into_iter().chain(more.map(|(id, kind)| Column::plain(id, kind)));
    let mut table = Table::new(Text::default(), columns.collect());
    for finding in findings {
        let more = [
            Cell::maybe(item(&finding.place, about).cloned()),
            Cell::maybe(unit(&finding.place, about)),
            Cell::maybe(finding.place.value.as_deref()),
            Cell::Empty,
            Cell::text(message(finding)),
            Cell::text(both(|lang| finding.code.expected(lang))),
            Cell::text(both(|lang| finding.code.help(lang))),
        ];
        let severity = Cell::text(severity(finding));
        table.push(std::iter::once(severity).chain(place_cells(finding)).chain(more).collect());
    }
    table
}

/// The unit of the value as it stands in the file: that of its column, else that of the item.
fn unit(place: &Place, about: &About) -> Option<Text> {
    let of_column = place.column.as_deref().and_then(unit_text).map(Text::same);
    of_column.or_else(|| about.units.get(place.item.as_deref()?).cloned())
}

/// What the page shows.
#[derive(Serialize)]
struct Page<'a> {
    lang: &'static str,
    words: &'static Words,
    name: &'a str,
    code: Option<&'a str>,
    assessment: &'a str,
    period: &'a str,
    caption: String,
    rows: Vec<Line>,
}

/// A row of the page.
#[derive(Serialize)]
struct Line {
    severity: String,
    place: String,
    period: String,
    item: String,
    value: String,
    message: String,
    rule: &'static str,
    help: &'static str,
}

/// The fixed words of the page.
#[derive(Serialize)]
struct Words {
    title: &'static str,
    intro: &'static str,
    headings: [&'static str; 10],
    signatures: [&'static str; 3],
}

static ZH: Words = Words {
    title: "数据退回修改单",
    intro: "“错误”所涉数值未计入考核；“警告”所涉数值可能有误，请核实。请在“更正”栏填写正确数值或说明，签字后报回。",
    headings: ["序号", "级别", "位置", "期间", "项目", "原值", "问题", "规则", "处理办法", "更正"],
    signatures: ["填表人", "审核人", "日期"],
};

static EN: Words = Words {
    title: "Return list",
    intro: "Values with an error are left out of the assessment; values with a warning may be wrong. Please enter the right value or an explanation in the last column, sign and return.",
    headings: ["No.", "Severity", "Where", "Period", "Item", "Value", "What was found", "Rule", "What to do", "Correction"],
    signatures: ["Prepared by", "Checked by", "Date"],
};

fn page(code: Option<&str>, findings: &[&Finding], about: &About, lang: Lang) -> io::Result<String> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let words: &'static Words = if lang == Lang::Zh { &ZH } else { &EN };
    let nobody = Text::new("不属于单个机构的问题", "What belongs to no single institution");
    let name = code.and_then(|code| about.organisations.get(code).copied()).unwrap_or_else(|| nobody.get(lang));
    let rows: Vec<Line> = findings.iter().map(|finding| row(finding, about, lang)).collect();
    let page = Page {
        lang: if lang == Lang::Zh { "zh-CN" } else { "en" },
        words,
        name,
        code,
        assessment: about.assessment.get(lang),
        period: &about.period,
        caption: caption(findings, lang),
        rows,
    };
    environment.render_str(include_str!("returns.html"), Value::from(Serde(&page))).map_err(io::Error::other)
}

fn caption(findings: &[&Finding], lang: Lang) -> String {
    let errors = findings.iter().filter(|finding| finding.severity() == Severity::Error).count();
    let warnings = findings.len() - errors;
    match lang {
        Lang::Zh => format!("错误 {errors} 项，警告 {warnings} 项"),
        Lang::En => format!("errors: {errors}, warnings: {warnings}"),
    }
}

fn row(finding: &Finding, about: &About, lang: Lang) -> Line {
    let place = &finding.place;
    let row = place.row.map(|row| if lang == Lang::Zh { format!("第 {row} 行") } else { format!("row {row}") });
    let parts = [place.file.as_deref(), place.sheet.as_deref(), row.as_deref(), place.column.as_deref()];
    Line {
        severity: severity(finding).get(lang).to_owned(),
        place: parts.into_iter().flatten().collect::<Vec<_>>().join("\n"),
        period: place.period.as_deref().unwrap_or_default().to_owned(),
        item: item(place, about).map(|name| name.get(lang).to_owned()).unwrap_or_default(),
        value: place.value.as_deref().unwrap_or_default().to_owned(),
        message: message(finding).get(lang).to_owned(),
        rule: finding.code.expected(lang),
        help: finding.code.help(lang),
    }
}

fn severity(finding: &Finding) -> Text {
    match finding.severity() {
        Severity::Error => Text::new("错误", "error"),
        Severity::Warning => Text::new("警告", "warning"),
        Severity::Info => Text::new("提示", "info"),
    }
}

/// Name of the item, where the place speaks of one.
fn item<'a>(place: &Place, about: &'a About) -> Option<&'a Text> {
    about.items.get(place.item.as_deref()?).copied()
}

fn both(of: impl Fn(Lang) -> &'static str) -> Text {
    Text::new(of(Lang::Zh), of(Lang::En))
}
