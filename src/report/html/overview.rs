//! The first pages: what was assessed, the ranking, strong and weak dimensions.

use std::io;

use super::Page;
use super::markup::Markup;
use super::table::{Use, write};
use crate::code::Severity;
use crate::report::chart::{Chart, Svg};
use crate::report::table::{Style, Table};
use crate::report::{heat, plots, sources, summary};
use crate::scorebook::Scorebook;
use crate::text::{Lang, Text};

/// What was assessed, when, by which criteria.
pub(super) fn facts(out: &mut Markup, page: &Page) {
    let (book, lang) = (page.dossier.book, page.lang);
    let head = &book.head;
    let count = |zh: &str, en: &str, count: usize| if lang == Lang::Zh { format!("{count} {zh}") } else { format!("{count} {en}") };
    let provisional = book.units.iter().filter(|unit| !unit.provisional.is_empty()).count();
    let vetoed = book.units.iter().filter(|unit| !unit.vetoes.is_empty()).count();
    let mut facts = vec![(page.say("考核期", "Period"), head.period.to_string())];
    facts.extend(head.baseline.map(|span| (page.say("基期", "Baseline"), span.to_string())));
    facts.push((page.say("考核对象", "Units"), count("个", "units", book.units.len())));
    facts.extend(sources::remarks(book).into_iter().take(1).map(|text| (page.say("方案", "Scheme"), text.get(lang).to_owned())));
    facts.push((page.say("满分", "Full points"), head.full_points.to_string()));
    if provisional > 0 {
        facts.push((page.say("暂定", "Provisional"), count("个考核对象的结果是暂定的", "results are provisional", provisional)));
    }
    if vetoed > 0 {
        facts.push((page.say("一票否决", "Vetoes"), count("个考核对象触发", "units", vetoed)));
    }
    facts.push((page.say("数据问题", "Findings"), severities(page)));
    out.open("dl", &[("class", "facts")]);
    for (label, value) in facts {
        out.element("dt", &[], label);
        out.element("dd", &[], &value);
    }
    out.close("dl");
}

/// How many findings of each severity.
fn severities(page: &Page) -> String {
    let findings = page.dossier.book.all_findings();
    let of = |severity| findings.iter().filter(|finding| finding.severity() == severity).count();
    let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Info].map(of);
    match page.lang {
        Lang::Zh => format!("错误 {errors}，警告 {warnings}，提示 {notes}"),
        Lang::En => format!("errors: {errors}, warnings: {warnings}, notes: {notes}"),
    }
}

/// The ranking, as a table and as bars, and the shares of points by dimension.
pub(super) fn chapter(out: &mut Markup, page: &Page) -> io::Result<()> {
    let (dossier, lang) = (page.dossier, page.lang);
    out.element("h2", &[("id", "overview")], page.say("总览", "Overview"));
    let mut ranking = summary::ranking(dossier.book);
    ranking.title = Text::new("排名", "Ranking");
    lead(&mut ranking, dossier.book);
    write(out, &ranking, Use::Sort, &page.places, lang);
    match plots::ranking(dossier, lang) {
        Some(bars) => figure(out, &bars.about.title, &bars.draw()?),
        None => out.element(
            "p",
            &[("class", "note")],
            page.say("考核对象较多或均无总分，未绘制总分图。", "Too many units, or none with a total: no chart of totals."),
        ),
    }
    write(out, &heat::table(dossier), Use::Sort, &page.places, lang);
    parts(out, page);
    Ok(())
}

/// Names in the ranking lead to the sheets of the units.
fn lead(table: &mut Table, book: &Scorebook) {
    let Some(name) = table.columns.iter().position(|column| column.id == "name") else { return };
    let mut units = summary::order(book).into_iter();
    for row in table.rows.iter_mut().filter(|row| row.style == Style::Body) {
        if let (Some(cell), Some(at)) = (row.cells.get_mut(name), units.next()) {
            *cell = cell.clone().leading(format!("u{at}"));
        }
    }
}

/// Reports of the parts.
fn parts(out: &mut Markup, page: &Page) {
    let parts = &page.dossier.book.parts;
    if parts.is_empty() {
        return;
    }
    out.element("h3", &[], page.say("各部分", "Parts"));
    out.open("ul", &[]);
    for part in parts {
        out.open("li", &[]);
        if let Some(place) = page.places.of(&format!("p{}", part.id)) {
            out.element("a", &[("href", &place)], part.book.head.title.get(page.lang));
        }
        out.close("li");
    }
    out.close("ul");
}

/// A drawing with its caption.
pub(super) fn figure(out: &mut Markup, title: &str, svg: &Svg) {
    out.open("figure", &[]);
    out.element("figcaption", &[], title);
    out.open("div", &[("class", "chart"), ("tabindex", "0"), ("role", "region"), ("aria-label", title)]);
    out.drawing(svg);
    out.close("div");
    out.close("figure");
    out.line();
}
