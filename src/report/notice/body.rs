//! The chapters of a notice: scope and basis, method, results, dimensions, data.

use super::{Block, method, tables};
use crate::dossier::Dossier;
use crate::number::Exact;
use crate::report::sources;
use crate::report::summary::{group_heading, order, outcome, provisional, ranking};
use crate::report::table::paragraph;
use crate::scorebook::{Scorebook, UnitResult};
use crate::standing::dimensions::{DimensionStanding, GroupShare, dimensions};
use crate::standing::tally::Tally;
use crate::state::State;
use crate::text::{Text, list};

/// Units named where several share a place, at most.
const NAMED: usize = 3;

/// Everything before the signatures.
pub(super) fn blocks(dossier: &Dossier) -> Vec<Block> {
    let tally = Tally::of(dossier.book);
    let chapters = [
        ("考核对象和依据", "Scope and basis", scope(dossier.book)),
        ("考核方法", "Method", method::blocks(dossier, &tally)),
        ("考核结果", "Results", results(dossier.book, &tally)),
        ("分维度情况", "Findings by dimension", by_dimension(dossier.book)),
        ("数据质量", "Data quality", quality(&tally)),
    ];
    let numbered = chapters.into_iter().zip(["一", "二", "三", "四", "五"]).enumerate();
    numbered
        .flat_map(|(at, ((zh, en, blocks), number))| {
            let heading = Block::Chapter(Text::new(format!("{number}、{zh}"), format!("{}. {en}", at + 1)));
            std::iter::once(heading).chain(blocks)
        })
        .collect()
}

/// What was assessed, when, by which criteria, and what these rest on.
fn scope(book: &Scorebook) -> Vec<Block> {
    let head = &book.head;
    let count = book.units.len();
    let baseline = head.baseline.map_or_else(Text::default, |span| Text::new(format!("，基期为 {span}"), format!(", against {span}")));
    let mut blocks = vec![Block::Paragraph(Text::new(
        format!("考核期为 {}{}。考核对象 {count} 个。", head.period, baseline.zh),
        format!("Period assessed: {}{}. Units assessed: {count}.", head.period, baseline.en),
    ))];
    let remarks = sources::remarks(book).into_iter();
    blocks.extend(remarks.map(|remark| Block::Paragraph(Text::new(ended(&remark.zh, "。"), ended(&remark.en, ".")))));
    if head.basis.is_empty() {
        let none = Text::new("评判标准没有写明所依据的文件。", "The criteria name no document that they rest on.");
        blocks.push(Block::Paragraph(none));
        return blocks;
    }
    blocks.push(Block::Paragraph(Text::new("评判标准依据下列文件：", "The criteria rest on:")));
    let documents = head.basis.iter().map(|basis| {
        let place = basis.place.clone().unwrap_or_default();
        let confidence = basis.confidence.word();
        let line = |document: &str, place: &str, comma: &str| {
            if place.is_empty() { document.to_owned() } else { format!("{document}{comma}{place}") }
        };
        Text::new(
            format!("{}（{}）", line(&basis.document.zh, &place.zh, "，"), confidence.zh),
            format!("{} ({})", line(&basis.document.en, &place.en, ", "), confidence.en),
        )
    });
    blocks.push(Block::List(documents.collect()));
    blocks
}

fn ended(text: &str, stop: &str) -> String {
    if text.ends_with(['。', '.', '；']) { text.to_owned() } else { format!("{text}{stop}") }
}

/// The ranking, grades, and what follows for single units.
fn results(book: &Scorebook, tally: &Tally) -> Vec<Block> {
    let mut table = tables::only(ranking(book), &["rank", "name", "total", "grade", "remarks"]);
    table.title = Text::new("考核结果", "Results");
    table.notes = provisional(book);
    let mut blocks = vec![Block::Table(tables::limited(table))];
    if !tally.grades.is_empty() {
        let counts: Vec<Text> = tally.grades.iter().map(|(grade, count)| counted(grade, *count)).collect();
        let counts = list(&counts);
        blocks.push(Block::Paragraph(Text::new(format!("等级：{}。", counts.zh), format!("Grades: {}.", counts.en))));
    }
    let of_unit = |at: usize| book.units.get(at).and_then(consequences);
    let told: Vec<Text> = order(book).into_iter().filter_map(of_unit).collect();
    if !told.is_empty() {
        blocks.push(Block::Paragraph(Text::new("否决、结论和等级的限制：", "Vetoes, verdicts and limits of grades:")));
        blocks.push(Block::List(tables::lines(told)));
    }
    blocks
}

fn counted(what: &Text, count: usize) -> Text {
    Text::new(format!("{} {count} 个", what.zh), format!("{} {count}", what.en))
}

/// What the unit's vetoes, verdicts and grades say beyond the ranking.
fn consequences(unit: &UnitResult) -> Option<Text> {
    let of_vetoes = unit.adjustments.iter().filter(|row| row.step == "veto").map(|row| paragraph(&row.reason));
    let without_total = unit.no_total.iter().map(|said| paragraph(std::slice::from_ref(said)));
    let said: Vec<Text> = without_total.chain(of_vetoes).chain(outcome(unit)).filter(|text| !text.zh.is_empty()).collect();
    let join = |get: fn(&Text) -> &str, sign: &str| said.iter().map(get).collect::<Vec<_>>().join(sign);
    (!said.is_empty()).then(|| {
        Text::new(
            format!("{}：{}", unit.name.zh, join(|text| &text.zh, "；")),
            format!("{}: {}", unit.name.en, join(|text| &text.en, "; ")),
        )
    })
}

fn by_dimension(book: &Scorebook) -> Vec<Block> {
    let numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let section = |(at, found): (usize, DimensionStanding)| {
        let name = book.dimensions.get(found.dimension).map(|head| head.name.clone()).unwrap_or_default();
        let zh = numerals.get(at).map_or_else(|| format!("（{}）", at + 1), |numeral| format!("（{numeral}）"));
        let heading = Block::Section(Text::new(format!("{zh}{}", name.zh), format!("4.{} {}", at + 1, name.en)));
        std::iter::once(heading).chain(of_dimension(book, &found).into_iter().map(Block::Paragraph)).collect::<Vec<_>>()
    };
    dimensions(book).into_iter().enumerate().flat_map(section).collect()
}

/// A paragraph on the units of each peer group, and one on the criteria.
fn of_dimension(book: &Scorebook, found: &DimensionStanding) -> Vec<Text> {
    if found.groups.is_empty() {
        return vec![Text::new("对各考核对象均不适用。", "Not applicable to any unit.")];
    }
    let grouped = found.groups.iter().any(|one| !one.group.is_empty());
    let mut said: Vec<Text> = found.groups.iter().map(|one| of_group(book, one, grouped)).collect();
    let costly: Vec<Text> = found
        .costly
        .iter()
        .map(|(at, lost)| {
            let name = book.criteria.get(*at).map(|head| head.name.clone()).unwrap_or_default();
            let lost = lost.fixed(book.head.points_decimals);
            Text::new(format!("{}（合计失 {lost} 分）", name.zh), format!("{} ({lost} points in all)", name.en))
        })
        .collect();
    let costly = list(&costly);
    said.push(if found.costly.is_empty() {
        Text::new("各项均未失分。", "No points were lost.")
    } else {
        Text::new(format!("失分最多的指标：{}。", costly.zh), format!("Criteria that cost the units most: {}.", costly.en))
    });
    said
}

fn of_group(book: &Scorebook, found: &GroupShare, grouped: bool) -> Text {
    let group = if grouped { group_heading(&found.group) } else { Text::default() };
    let lead = |name: &str, colon: &str| if grouped { format!("{name}{colon}") } else { String::new() };
    let mean = percent(&found.mean);
    let place = |(share, units): &(Exact, Vec<usize>)| {
        let names = named(book, units);
        let share = percent(share);
        Text::new(format!("{}（{share}）", names.zh), format!("{} ({share})", names.en))
    };
    let best = place(&found.best);
    let Some(weakest) = found.weakest.as_ref().map(place) else {
        return Text::new(
            format!("{}平均得分率 {mean}，各考核对象相同。", lead(&group.zh, "：")),
            format!("{}Mean share of points {mean}, the same for all units.", lead(&group.en, ": ")),
        );
    };
    Text::new(
        format!("{}平均得分率 {mean}。最高：{}；最低：{}。", lead(&group.zh, "："), best.zh, weakest.zh),
        format!("{}Mean share of points {mean}. Highest: {}; lowest: {}.", lead(&group.en, ": "), best.en, weakest.en),
    )
}

fn percent(share: &Exact) -> String {
    format!("{}%", (share * &Exact::from(100)).fixed(1))
}

/// The names of the first few units, and how many more there are.
fn named(book: &Scorebook, units: &[usize]) -> Text {
    let names = list(units.iter().take(NAMED).filter_map(|at| book.units.get(*at)).map(|unit| &unit.name));
    match units.len().saturating_sub(NAMED) {
        0 => names,
        _ => Text::new(format!("{}等 {} 个", names.zh, units.len()), format!("{} and others, {} in all", names.en, units.len())),
    }
}

/// Findings by severity, completeness, scores without a figure.
fn quality(tally: &Tally) -> Vec<Block> {
    let [errors, warnings, notes] = tally.findings;
    let mut blocks = vec![Block::Paragraph(Text::new(
        format!("数据检查发现错误 {errors} 项、警告 {warnings} 项、提示 {notes} 项，明细见 findings.csv。"),
        format!("Found by the checks of the data: errors {errors}, warnings {warnings}, notes {notes}; findings.csv lists them."),
    ))];
    if let Some(percent) = tally.completeness() {
        let (met, required) = tally.months;
        let percent = percent.fixed(2);
        blocks.push(Block::Paragraph(Text::new(
            format!("计分指标逐项累计应报 {required} 个机构月，可用 {met} 个，完整率 {percent}%。"),
            format!("The scored indicators together require {required} organisation-months; {met} could be used: {percent}% complete."),
        )));
    }
    let has_figure = |state: State| matches!(state, State::Reported | State::Corrected);
    let lacking: Vec<Text> =
        tally.states.iter().filter(|(state, _)| !has_figure(**state)).map(|(state, count)| of_state(*state, *count)).collect();
    let lacking_list = list(&lacking);
    blocks.push(Block::Paragraph(if lacking.is_empty() {
        Text::new("计分所用数据均已报齐。", "Every score rests on figures that were reported in full.")
    } else {
        Text::new(
            format!("按数据状态计，下列得分项的数据未报齐或不计：{}。", lacking_list.zh),
            format!("Scores whose figures are not complete or do not count, by state: {}.", lacking_list.en),
        )
    }));
    blocks
}

fn of_state(state: State, count: usize) -> Text {
    let word = state.word();
    Text::new(format!("{} {count} 项", word.zh), format!("{} {count}", word.en))
}

/// Lines to sign on, and one for the date.
pub(super) fn signatures(book: &Scorebook) -> Vec<Block> {
    let signed = &book.provenance.signed;
    let mut lines: Vec<Block> = signed.iter().cloned().map(Block::Signature).collect();
    if !lines.is_empty() {
        lines.push(Block::Signature(Text::new("日期", "Date")));
    }
    lines
}
