//! The explanation of one score: a few lines, what each organisation added, the cells.

use std::fmt::Write as _;

use crate::explain::{Explanation, Subject, Trail};
use crate::formula::Window;
use crate::intake::behind::Instead;
use crate::report::table::{Cell, Column, Kind, Table};
use crate::score::reason;
use crate::text::{Lang, Shared, Text};

/// Points, reason, and for each measure its formula with the numbers in it.
pub fn lines(explanation: &Explanation, lang: Lang) -> String {
    let mut out = String::new();
    match explanation.subject {
        Subject::Criterion(at) => criterion(&mut out, explanation, at, lang),
        Subject::Extra(..) => extra(&mut out, explanation, lang),
        Subject::Indicator(at) => {
            let head = &explanation.book.indicators[at];
            let _ = writeln!(out, "{} · {} {}", explanation.unit.name.get(lang), head.id, head.name.get(lang));
        }
    }
    for trail in &explanation.trails {
        measure(&mut out, explanation, trail, lang);
    }
    out
}

/// What a bonus, penalty or veto changed.
fn extra(out: &mut String, explanation: &Explanation, lang: Lang) {
    let (id, name) = &explanation.extra;
    let _ = writeln!(out, "{} · {id} {}", explanation.unit.name.get(lang), name.get(lang));
    let rows: Vec<_> = explanation.unit.adjustments.iter().filter(|row| row.id == *id).collect();
    for row in &rows {
        let points = row.points.fixed(explanation.book.head.points_decimals);
        let _ = writeln!(out, "  {} {points}: {}", super::adjustments::step_word(row.step).get(lang), reason::sentence(&row.reason, lang));
    }
    if rows.is_empty() {
        let nothing = Text::new("未触发，不影响总分", "it did not apply and changed nothing");
        let _ = writeln!(out, "  {}", nothing.get(lang));
    }
}

fn criterion(out: &mut String, explanation: &Explanation, at: usize, lang: Lang) {
    let (head, score) = (&explanation.book.criteria[at], &explanation.unit.scores[at]);
    let _ = writeln!(out, "{} · {} {}", explanation.unit.name.get(lang), head.id, head.name.get(lang));
    let _ = writeln!(out, "  {}", reason::sentence(&score.reason, lang));
    for judged in &score.judged {
        let stage = match (judged.stage, lang) {
            ("self", Lang::Zh) => "自评：",
            ("review", Lang::Zh) => "复核：",
            ("appeal", Lang::Zh) => "申诉：",
            (stage, _) => &format!("{stage}: "),
        };
        let said = [judged.judge.as_str(), judged.note.as_str()].into_iter().filter(|text| !text.is_empty());
        let _ = writeln!(out, "  {stage}{}", std::iter::once(judged.value.as_str()).chain(said).collect::<Vec<_>>().join(" · "));
    }
}

fn measure(out: &mut String, explanation: &Explanation, trail: &Trail, lang: Lang) {
    let head = &explanation.book.indicators[trail.measure.indicator];
    let (numerator, denominator) = &head.formula;
    let window = match (trail.measure.window, lang) {
        (Window::Baseline, Lang::Zh) => "基期",
        (Window::Baseline, Lang::En) => "baseline",
        (_, Lang::Zh) => "考核期",
        (_, Lang::En) => "assessed",
    };
    let _ = writeln!(out, "\n{window} {} · {}", trail.measure.span, head.name.get(lang));
    let formula = denominator.as_ref().map_or_else(|| numerator.clone(), |below| format!("({numerator}) / ({below})"));
    let factor = if head.factor == crate::number::Exact::one() { String::new() } else { format!(" × {}", head.factor) };
    let _ = writeln!(out, "  {formula}{factor}");
    if let (Some(n), Some(value)) = (&trail.measure.numerator, &trail.measure.value) {
        let below = trail.measure.denominator.as_ref().map(|d| format!(" / {d}")).unwrap_or_default();
        let unit = head.unit.get(lang);
        let gap = if unit == "%" { "" } else { " " };
        let _ = writeln!(out, "  = {n}{below}{factor} = {}{gap}{unit}", value.fixed(head.decimals));
    }
    let _ = writeln!(out, "  {} ({}/{})", trail.measure.state.word().get(lang), trail.measure.months_met, trail.measure.months_required);
    for said in &trail.measure.reasons {
        let _ = writeln!(out, "  {}", said.render(lang));
    }
}

/// What each organisation added to each term.
pub fn shares(trail: &Trail) -> Table {
    let columns = vec![
        Column::new("organisation", Text::new("机构代码", "Organisation"), Kind::Text),
        Column::new("name", Text::new("机构名称", "Name"), Kind::Text),
        Column::new("term", Text::new("项", "Term"), Kind::Text),
        Column::new("amount", Text::new("数值", "Amount"), Kind::Exact),
        Column::new("months_met", Text::new("已报月数", "Months met"), Kind::Count),
        Column::new("months_required", Text::new("应报月数", "Months required"), Kind::Count),
    ];
    let mut table =
        Table::new(Text::new(format!("{} 各机构", trail.measure.span), format!("{}, by organisation", trail.measure.span)), columns);
    for share in &trail.shares {
        table.push(vec![
            Cell::text(share.code.as_str()),
            Cell::text(share.name.as_str()),
            Cell::text(share.term.as_str()),
            share.amount.as_ref().map_or(Cell::Empty, Cell::exact),
            Cell::count(share.months.0 as usize),
            Cell::count(share.months.1 as usize),
        ]);
    }
    table
}

/// Position of the address among the columns: behind the file.
const SHEET_AT: usize = 9;

/// Every cell that made the figure, with the place where it stands.
pub fn cells(explanation: &Explanation) -> Table {
    cells_of(&explanation.trails.iter().collect::<Vec<_>>())
}

/// The cells behind these measures.
pub(super) fn cells_of(trails: &[&Trail]) -> Table {
    // Addresses are shown where cells of workbooks are among the sources.
    let has_sheets = trails.iter().flat_map(|trail| &trail.cells).any(|cell| cell.traced.place.sheet.is_some());
    let mut columns = vec![
        Column::new("window", Text::new("窗口", "Window"), Kind::Text),
        Column::new("organisation", Text::new("机构代码", "Organisation"), Kind::Text),
        Column::new("name", Text::new("机构名称", "Name"), Kind::Text),
        Column::new("item", Text::new("项目", "Item"), Kind::Text),
        Column::new("period", Text::new("期间", "Period"), Kind::Text),
        Column::new("value", Text::new("读作", "Read as"), Kind::Exact),
        Column::new("unit", Text::new("单位", "Unit"), Kind::Text),
        Column::new("usage", Text::new("是否采用", "Used"), Kind::Text),
        Column::new("file", Text::new("文件", "File"), Kind::Text),
        Column::new("row", Text::new("行", "Row"), Kind::Count),
        Column::new("column", Text::new("列", "Column"), Kind::Text),
        Column::new("written", Text::new("单元格", "Cell"), Kind::Text),
    ];
    if has_sheets {
        columns.insert(SHEET_AT, Column::new("address", Text::new("地址", "Address"), Kind::Text));
    }
    let mut table = Table::new(Text::new("来源单元格", "Source cells"), columns);
    for trail in trails {
        for cell in &trail.cells {
            let place = &cell.traced.place;
            let mut row = vec![
                Cell::text(trail.measure.span.to_string()),
                Cell::text(cell.code.as_str()),
                Cell::text(cell.name.as_str()),
                Cell::text(cell.item.clone()),
                Cell::text(cell.span.to_string()),
                cell.value.as_ref().map_or(Cell::Empty, Cell::exact),
                Cell::text(cell.unit.clone()),
                Cell::text(cell.instead.as_ref().map_or_else(|| cell.usage.word(), Instead::text)),
                Cell::maybe(place.file.clone()),
                place.row.and_then(|row| usize::try_from(row).ok()).map_or(Cell::Empty, Cell::count),
                Cell::maybe(place.column.clone()),
                Cell::text(cell.traced.written.as_str()),
            ];
            if has_sheets {
                let part = |text: &Option<Shared>| text.clone().unwrap_or_default();
                let address = place.sheet.is_some().then(|| format!("{}!{}", part(&place.sheet), part(&place.cell)));
                row.insert(SHEET_AT, Cell::maybe(address));
            }
            table.push(row);
        }
    }
    table
}
