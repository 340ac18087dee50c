//! What differs between a result as recorded and as it is now.

use crate::report::table::{Cell, Column, Kind, Table};
use crate::text::{Lang, Text};
use crate::verify::{Difference, Step, Way};

/// What was looked at, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    /// Files of the folder.
    pub files: usize,
    /// Inputs and definitions.
    pub inputs: usize,
    /// Units computed again.
    pub units: usize,
    /// Criteria of the scheme.
    pub criteria: usize,
}

/// One row per difference, complete.
pub fn file(found: &[Difference]) -> Table {
    let ids = ["step", "way", "file", "part", "unit", "criterion", "indicator", "figure", "recorded", "now"];
    let mut table = Table::new(Text::default(), ids.map(|id| Column::plain(id, Kind::Text)).to_vec());
    for one in found {
        let place = &one.place;
        let place = [&one.file, &place.part, &place.unit, &place.criterion, &place.indicator, &place.figure];
        let mut cells = vec![Cell::text(step_id(one.step)), Cell::text(way_id(one.way))];
        cells.extend(place.map(|text| Cell::text(text.as_str())));
        cells.extend([&one.recorded, &one.now].map(|text| Cell::text(text.clone())));
        table.push(cells);
    }
    table
}

/// Differences of one step that are shown on the screen.
const SHOWN: usize = 10;

/// The same for people: the first of each step.
pub fn sheet(found: &[Difference]) -> Table {
    let mut table = Table::new(Text::new("复核不符", "Not as recorded"), columns());
    for step in [Step::Files, Step::Inputs, Step::Figures, Step::Rewritten] {
        let of_step: Vec<&Difference> = found.iter().filter(|one| one.step == step).collect();
        if of_step.is_empty() {
            continue;
        }
        table.section(step_words(step, of_step.len()));
        for one in of_step.iter().take(SHOWN) {
            table.push(row(one));
        }
    }
    let more: usize = [Step::Files, Step::Inputs, Step::Figures, Step::Rewritten]
        .into_iter()
        .map(|step| found.iter().filter(|one| one.step == step).count().saturating_sub(SHOWN))
        .sum();
    if more > 0 {
        let zh = format!("另有 {more} 处；--format csv 列出全部");
        table.notes.push(Text::new(zh, format!("and {more} more; --format csv lists them all")));
    }
    table
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("where", Text::new("何处", "Where"), Kind::Text),
        Column::new("what", Text::new("何项", "What"), Kind::Text),
        Column::new("way", Text::new("情况", "How"), Kind::Text),
        Column::new("recorded", Text::new("记录", "Recorded"), Kind::Text),
        Column::new("now", Text::new("现在", "Now"), Kind::Text),
    ]
}

fn row(one: &Difference) -> Vec<Cell> {
    let place = &one.place;
    let parts = |parts: &[&String]| parts.iter().filter(|part| !part.is_empty()).map(|part| part.as_str()).collect::<Vec<_>>().join(" · ");
    let at = match (one.file.as_str(), parts(&[&place.part, &place.unit])) {
        ("", unit) if unit.is_empty() => Text::new("定义", "definitions"),
        ("", unit) => Text::same(unit),
        (file, _) => Text::same(file),
    };
    let what = parts(&[&place.criterion, &place.indicator, &place.figure]);
    // A checksum says nothing to people but that it is another.
    let said = |text: &Text| if one.file.is_empty() { text.clone() } else { Text::same(text.en.chars().take(12).collect::<String>()) };
    vec![Cell::text(at), Cell::text(what), Cell::text(way_word(one.way)), Cell::text(said(&one.recorded)), Cell::text(said(&one.now))]
}

fn step_words(step: Step, count: usize) -> Text {
    let (zh, en) = match step {
        Step::Files => ("结果文件与 manifest.json", "files of the result, against manifest.json"),
        Step::Inputs => ("输入与定义", "inputs and definitions, against manifest.json"),
        Step::Figures => ("重新计算的数字", "figures computed again"),
        Step::Rewritten => ("重新写出的文件", "files written again"),
    };
    Text::new(format!("{zh}：{count} 处"), format!("{en}: {count}"))
}

fn step_id(step: Step) -> &'static str {
    match step {
        Step::Files => "files",
        Step::Inputs => "inputs",
        Step::Figures => "figures",
        Step::Rewritten => "rewritten",
    }
}

fn way_id(way: Way) -> &'static str {
    match way {
        Way::Changed => "changed",
        Way::Missing => "missing",
        Way::Extra => "extra",
    }
}

fn way_word(way: Way) -> Text {
    match way {
        Way::Changed => Text::new("不同", "changed"),
        Way::Missing => Text::new("缺失", "missing"),
        Way::Extra => Text::new("多出", "extra"),
    }
}

/// One line that says what was found equal, with its line end.
pub fn equal(asked: &Asked, is_recomputed: bool, lang: Lang) -> String {
    let Asked { files, inputs, units, criteria } = asked;
    let text = if is_recomputed && *inputs > 0 {
        Text::new(
            format!("相符：结果文件 {files}，输入与定义 {inputs}；重新计算：考核对象 {units}，标准 {criteria}\n"),
            format!("equal: files {files}, inputs and definitions {inputs}; computed again: units {units}, criteria {criteria}\n"),
        )
    } else {
        Text::new(format!("相符：结果文件 {files}\n"), format!("equal: files {files}\n"))
    };
    text.get(lang).to_owned()
}
