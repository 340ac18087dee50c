//! The chapters after the overview: criteria, units, findings, definitions.

use std::io;

use super::markup::Markup;
use super::overview::figure;
use super::table::{Use, write};
use super::{Page, evidence};
use crate::report::chart::Chart;
use crate::report::table::{Cell, Column, Kind, Table};
use crate::report::{comparison, completeness, definitions, findings, plots, unit as unit_sheet};
use crate::scorebook::UnitResult;
use crate::text::{Lang, Text};

/// Ids and names of the chapters.
pub(super) const ALL: [(&str, &str, &str); 6] = [
    ("overview", "总览", "Overview"),
    ("comparison", "指标对比", "Comparison"),
    ("units", "考核对象", "Units"),
    ("findings", "数据问题", "Findings"),
    ("definitions", "口径", "Definitions"),
    ("provenance", "来源", "Provenance"),
];

/// All criteria side by side, then a drawing of each that has values.
pub(super) fn comparison(out: &mut Markup, page: &Page) -> io::Result<()> {
    out.element("h2", &[("id", "comparison")], page.say("指标对比", "Comparison by criterion"));
    let criteria = &page.dossier.book.criteria;
    if page.places.is_split {
        out.open("ul", &[]);
        for (at, criterion) in criteria.iter().enumerate() {
            out.open("li", &[]);
            if let Some(place) = page.places.of(&format!("c{at}")) {
                out.element("a", &[("href", &place)], criterion.name.get(page.lang));
            }
            out.close("li");
        }
        out.close("ul");
        return Ok(());
    }
    write(out, &comparison::table(page.dossier), Use::Filter, page.places, page.lang);
    (0..criteria.len()).try_for_each(|at| drawings(out, page, at))
}

/// One criterion on a page of its own.
pub(super) fn criterion(out: &mut Markup, page: &Page, at: usize, level: &'static str) -> io::Result<()> {
    let table = comparison::of_criterion(page.dossier, at);
    out.element(level, &[("id", &format!("c{at}"))], table.title.get(page.lang));
    drawings(out, page, at)?;
    write(out, &table, Use::Filter, page.places, page.lang);
    Ok(())
}

fn drawings(out: &mut Markup, page: &Page, at: usize) -> io::Result<()> {
    let (dossier, lang) = (page.dossier, page.lang);
    if let Some(dots) = plots::dots(dossier, at, lang) {
        figure(out, &dots.about.title, &dots.draw()?);
    }
    if let Some(funnel) = plots::funnel(dossier, at, lang) {
        figure(out, &funnel.about.title, &funnel.draw()?);
    }
    if let Some(trend) = plots::trend(dossier, at, lang) {
        figure(out, &trend.about.title, &trend.draw()?);
    }
    Ok(())
}

/// The sheets of the units, or, of a large result, the way to them.
pub(super) fn units(out: &mut Markup, page: &Page) {
    out.element("h2", &[("id", "units")], page.say("考核对象", "Units"));
    if page.places.is_split {
        out.element(
            "p",
            &[],
            page.say(
                "各考核对象的打分表另成一页，从排名中的名称进入。",
                "Every unit has a page of its own: follow its name in the ranking.",
            ),
        );
        return;
    }
    for at in 0..page.dossier.book.units.len() {
        unit(out, page, at, "h3");
    }
}

/// The sheet of one unit with its strengths and weaknesses and what stands behind its scores.
pub(super) fn unit(out: &mut Markup, page: &Page, at: usize, level: &'static str) {
    let Some(unit) = page.dossier.book.units.get(at) else { return };
    out.open("section", &[("class", "unit"), ("aria-labelledby", &format!("u{at}"))]);
    out.element(level, &[("id", &format!("u{at}"))], unit.name.get(page.lang));
    badges(out, page, unit);
    let sheet = unit_sheet::sheet(page.dossier, at);
    write(out, &sheet, Use::Read, page.places, page.lang);
    strong_and_weak(out, page, at);
    evidence::of_unit(out, page, at);
    out.close("section");
    out.line();
}

/// Key, rank, grade, vetoes at a glance.
fn badges(out: &mut Markup, page: &Page, unit: &UnitResult) {
    let mut said = vec![format!("{} {}", page.say("编号", "Key"), unit.key)];
    said.extend((!unit.peer_group.is_empty()).then(|| format!("{} {}", page.say("同类组", "Peer group"), unit.peer_group)));
    said.extend(unit.rank.map(|rank| match page.lang {
        Lang::Zh => format!("第 {rank} 名"),
        Lang::En => format!("rank {rank}"),
    }));
    said.extend(unit.grade.as_ref().map(|grade| grade.get(page.lang).to_owned()));
    said.extend(unit.vetoes.iter().map(|id| format!("{} {id}", page.say("否决", "veto"))));
    said.extend((!unit.provisional.is_empty()).then(|| page.say("暂定", "provisional").to_owned()));
    out.open("p", &[]);
    for badge in said {
        out.element("span", &[("class", "badge")], &badge);
    }
    out.close("p");
}

fn strong_and_weak(out: &mut Markup, page: &Page, at: usize) {
    let book = page.dossier.book;
    let (Some(unit), Some(standing)) = (book.units.get(at), page.dossier.standing.units.get(at)) else { return };
    let lists = [
        (page.say("领先同类的指标", "Ahead of its peers"), &standing.strengths),
        (page.say("失分最多的指标", "Most points lost"), &standing.weaknesses),
    ];
    out.open("div", &[("class", "columns")]);
    for (heading, criteria) in lists.into_iter().filter(|(_, criteria)| !criteria.is_empty()) {
        out.open("div", &[]);
        out.element("h4", &[], heading);
        out.open("ul", &[]);
        for (criterion, score) in criteria.iter().filter_map(|at| Some((book.criteria.get(*at)?, unit.scores.get(*at)?))) {
            let points = score.points.as_ref().map(|points| points.fixed(book.head.points_decimals)).unwrap_or_default();
            out.element("li", &[], &format!("{} {points} / {}", criterion.name.get(page.lang), criterion.points));
        }
        out.close("ul");
        out.close("div");
    }
    out.close("div");
}

/// Findings by code with examples, and who owes what.
pub(super) fn findings(out: &mut Markup, page: &Page) {
    out.element("h2", &[("id", "findings")], page.say("数据问题与完整性", "Findings and completeness"));
    let all = page.dossier.book.all_findings();
    let columns = vec![
        Column::new("severity", Text::new("级别", "Severity"), Kind::Text),
        Column::new("code", Text::new("代码", "Code"), Kind::Text),
        Column::new("count", Text::new("数量", "Count"), Kind::Count),
        Column::new("message", Text::new("示例", "Example"), Kind::Text),
        Column::new("help", Text::new("处理办法", "What to do"), Kind::Text),
    ];
    let mut table = Table::new(Text::new("数据问题", "Findings"), columns);
    for group in all.groups(1) {
        let example = group.first.first().map(findings::message).unwrap_or_default();
        let [zh, en] = group.code.help;
        table.push(vec![
            Cell::text(group.code.severity.id()),
            Cell::text(group.code.id()),
            Cell::count(group.count),
            Cell::text(example),
            Cell::text(Text::new(zh, en)),
        ]);
    }
    table.notes.push(Text::new("全部数据问题见 findings.csv。", "findings.csv lists every one with its place."));
    write(out, &table, Use::Sort, page.places, page.lang);
    if !page.dossier.deliveries.is_empty() {
        write(out, &completeness::sheet(&page.dossier.deliveries), Use::Sort, page.places, page.lang);
    }
}

/// What the figures mean, and what they were made from.
pub(super) fn definitions(out: &mut Markup, page: &Page) {
    let book = page.dossier.book;
    out.element("h2", &[("id", "definitions")], page.say("指标口径", "Definitions"));
    write(out, &definitions::scheme(book), Use::Read, page.places, page.lang);
    write(out, &definitions::table(book), Use::Filter, page.places, page.lang);
    let unverified = definitions::unverified(book);
    if !unverified.rows.is_empty() {
        write(out, &unverified, Use::Read, page.places, page.lang);
    }
    out.element("h2", &[("id", "provenance")], page.say("来源", "Provenance"));
    write(out, &definitions::inputs(book), Use::Read, page.places, page.lang);
}
