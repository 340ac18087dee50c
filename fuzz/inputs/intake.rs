//! Data files.

use std::collections::{BTreeMap, BTreeSet};

use kaohe::dataset::{Cell, Prefer};
use kaohe::intake::encoding::Encoding;
use kaohe::intake::load::load;
use kaohe::intake::source::{DataFile, FormSpot, Layout, OrganisationFrom, PeriodFrom, Source, Stage, Written, YearPart};
use kaohe::intake::source::{FormCell, ItemFrom};
use kaohe::intake::table::Delimiter;
use kaohe::text::Lang;
use kaohe::trace;

use super::sample;

#[path = "../../tests/cases/archive.rs"]
mod archive;

/// A text file. Its first line is words that say how it is read (`long cumulative gb18030`); none is needed.
pub(crate) fn csv(input: &[u8]) {
    let (words, bytes) = first_line(input);
    read(words, "月报-2025.csv", bytes);
}

/// A workbook after the same first line: as bytes, or as text of which `--- PATH` lines begin the parts of a
/// zip archive, so that changes reach the XML behind compression and check sums.
pub(crate) fn workbook(input: &[u8]) {
    let (words, bytes) = first_line(input);
    let text = String::from_utf8_lossy(bytes);
    if !text.starts_with("--- ") {
        return read(words, "月报-2025.xlsx", bytes);
    }
    let lines: Vec<&str> = text.lines().collect();
    // Names and parts of an archive are short in its own directory.
    let is_short = |line: &&str| !line.starts_with("--- ") || line.len() < 1000;
    let lines: Vec<&str> = lines.into_iter().filter(is_short).take(10_000).collect();
    read(words, "月报-2025.xlsx", &archive::bytes(&lines));
}

fn first_line(input: &[u8]) -> (&str, &[u8]) {
    let at = input.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let (words, rest) = input.split_at(at);
    (std::str::from_utf8(words).unwrap_or_default(), rest.get(1..).unwrap_or_default())
}

/// Reads the file as the program does, and finds every cell again that made a figure.
fn read(words: &str, path: &str, bytes: &[u8]) {
    let known = sample::known();
    let Ok(file) = DataFile::new(path, bytes) else { return };
    let source = source(words, file);
    let sources = [source];
    let loaded = match load(&sources, &[], known) {
        Ok(loaded) => loaded,
        Err(found) => {
            assert!(!found.is_empty());
            for one in found {
                assert!(!one.render(Lang::Zh).is_empty() && !one.render(Lang::En).is_empty());
            }
            return;
        }
    };
    for finding in &loaded.findings {
        assert!(!finding.text(Lang::Zh).is_empty() && !finding.text(Lang::En).is_empty());
    }
    let traced = trace::cells(&sources, known, &|_, _, _| true);
    let mut seen = BTreeSet::new();
    let mut keys = BTreeMap::new();
    for cell in &traced {
        let place = &cell.place;
        let at = (place.sheet.clone(), place.row, place.column.clone(), place.cell.clone());
        // A form of text is named by lines and labels, and one line may hold a label twice.
        let is_told = place.cell.is_some() || !matches!(sources[0].layout, Layout::Form { .. });
        assert!(seen.insert(at) || !is_told, "a cell counts once: {}", cell.place.location());
        *keys.entry(cell.key).or_insert(0) += 1;
    }
    // D1, D2: every figure stands in a cell. Of running totals the differences are figures, too.
    if words.contains("cumulative") {
        return;
    }
    for (organisation, span, row) in loaded.dataset.all_rows() {
        for item in (0..known.vocabulary.catalogue.items.len()).map(kaohe::formula::ItemId) {
            let is_figure = matches!(loaded.dataset.at(row, item), Cell::Value(_));
            assert!(!is_figure || keys.contains_key(&(organisation, span, item)), "a figure without a cell");
        }
    }
}

fn source(words: &str, file: DataFile) -> Source {
    let has = |word: &str| words.split(' ').any(|one| one == word);
    let item = kaohe::formula::ItemId;
    let layout = match () {
        () if has("long") => Layout::Long { item: None, value: has("value").then(|| "数值".to_owned()) },
        () if has("crosstab") => Layout::Crosstab { item: if has("fixed-item") { ItemFrom::Fixed(item(0)) } else { ItemFrom::Find } },
        () if has("form") => Layout::Form { cells: vec![FormCell { item: item(1), spot: FormSpot::parse("C5") }] },
        () => Layout::Wide,
    };
    let period = match () {
        () if has("year") => PeriodFrom::Fixed("2025".parse().expect("a period")),
        () if has("parts") => PeriodFrom::Parts { year: "年份".to_owned(), part: "月份".to_owned(), counts: YearPart::Month },
        () if has("file-name") => PeriodFrom::FileName,
        () if has("spot") => PeriodFrom::Spot(FormSpot::Label("报告期".to_owned())),
        () => PeriodFrom::Find,
    };
    Source {
        number: 1,
        files: vec![file],
        layout,
        organisation: if has("named") { OrganisationFrom::Column("机构名称".to_owned()) } else { OrganisationFrom::Find },
        period,
        columns: BTreeMap::new(),
        rows: BTreeMap::new(),
        written: Written::default(),
        totals: Vec::new(),
        cumulative: has("cumulative"),
        received: None,
        due: None,
        prefer: if has("first") { Some(Prefer::First) } else { has("latest").then_some(Prefer::Latest) },
        sheet: has("all-sheets").then(|| "*".to_owned()),
        header: has("header").then_some((2, 3)),
        stage: Stage::Reported,
        encoding: match () {
            () if has("utf-16") => Encoding::Utf16,
            () if has("gb18030") => Encoding::Gb18030,
            () if has("utf-8") => Encoding::Utf8,
            () => Encoding::Auto,
        },
        delimiter: match () {
            () if has("tab") => Delimiter::Tab,
            () if has("semicolon") => Delimiter::Semicolon,
            () if has("comma") => Delimiter::Comma,
            () => Delimiter::Auto,
        },
    }
}
