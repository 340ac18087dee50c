//! The first pages: what was assessed, the ranking, strong and weak dimensions.

use std::io;

use super::Page;
use super::markup::Markup;
use super::table::{Use, write};
use crate::report::chart::{Chart, Svg};
use crate::report::{facts, heat, plots, summary};
use crate::text::Text;

/// What was assessed, when, by which criteria.
pub(super) fn facts(out: &mut Markup, page: &Page) {
    out.open("dl", &[("class", "facts")]);
    for (label, value) in facts::of(page.dossier.book) {
        out.element("dt", &[], label.get(page.lang));
        out.element("dd", &[], value.get(page.lang));
    }
    out.close("dl");
}

/// The ranking, as a table and as bars, and the shares of points by dimension.
pub(super) fn chapter(out: &mut Markup, page: &Page) -> io::Result<()> {
    let (dossier, lang) = (page.dossier, page.lang);
    out.element("h2", &[("id", "overview")], page.say("总览", "Overview"));
    let mut ranking = summary::ranking(dossier.book);
    ranking.title = Text::new("排名", "Ranking");
    summary::lead(&mut ranking, dossier.book);
    write(out, &ranking, Use::Sort, page.places, lang);
    match plots::ranking(dossier, lang) {
        Some(bars) => figure(out, &bars.about.title, &bars.draw()?),
        None => out.element(
            "p",
            &[("class", "note")],
            page.say("考核对象较多或均无总分，未绘制总分图。", "Too many units, or none with a total: no chart of totals."),
        ),
    }
    write(out, &heat::table(dossier), Use::Sort, page.places, lang);
    parts(out, page);
    Ok(())
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
