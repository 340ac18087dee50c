//! From a score down to its measures, organisations and cells.

use super::Page;
use super::markup::Markup;
use super::table::{Use, write};
use crate::explain::Trail;
use crate::report::explain::{cells_of, shares};
use crate::report::figures::{calculation, points, value_shown};
use crate::report::{definitions, table::Cell};
use crate::score::reason::sentence;
use crate::scorebook::{CriterionHead, Score};

/// What stands behind the scores of a unit, a place for each; where that would be too much, how to ask for it.
pub(super) fn of_unit(out: &mut Markup, page: &Page, at: usize) {
    let book = page.dossier.book;
    let Some(unit) = book.units.get(at) else { return };
    if page.dossier.evidence.is_none() {
        let ask = page.say(
            "某一得分的来由（机构、单元格）：kaohe explain 编号 指标",
            "Where a score comes from, down to cells: kaohe explain UNIT CRITERION",
        );
        out.element("p", &[("class", "note")], ask);
        return;
    }
    out.element("h4", &[], page.say("得分来由", "Where the scores come from"));
    for (criterion, (head, score)) in book.criteria.iter().zip(&unit.scores).enumerate().filter(|(_, (_, score))| score.is_on_sheet) {
        out.open("details", &[("id", &format!("s{at}-{criterion}"))]);
        out.open("summary", &[]);
        out.text(head.name.get(page.lang));
        let shown = [value_shown(book, unit, score), points(book, score.points.as_ref())].map(|cell| cell.shown(page.lang));
        out.element("span", &[("class", "points")], &format!(" · {} · {} / {}", shown[0], shown[1], head.points));
        out.close("summary");
        said(out, page, head, score);
        let trails: Vec<&Trail> = page.dossier.evidence.iter().flat_map(|evidence| evidence.behind(at, criterion)).collect();
        for trail in &trails {
            self::trail(out, page, trail);
        }
        out.close("details");
        out.line();
    }
}

/// The reason, judgements of earlier stages, and what the published sheet prints.
fn said(out: &mut Markup, page: &Page, head: &CriterionHead, score: &Score) {
    out.element("p", &[], &sentence(&score.reason, page.lang));
    for judged in &score.judged {
        let parts = [judged.stage, &judged.value, &judged.judge, &judged.note];
        let shown: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        out.element("p", &[("class", "note")], &shown.join(" · "));
    }
    if !head.printed.is_empty() {
        out.open("dl", &[("class", "facts")]);
        for (column, text) in &head.printed {
            out.element("dt", &[], crate::report::unit::printed_word(column).get(page.lang));
            out.element("dd", &[], text.get(page.lang));
        }
        out.close("dl");
    }
}

/// One measure: its formula with the numbers in it, its organisations, its cells.
fn trail(out: &mut Markup, page: &Page, trail: &Trail) {
    let Some(head) = page.dossier.book.indicators.get(trail.measure.indicator) else { return };
    let formula = definitions::formula(head);
    out.element("p", &[("class", "formula")], &format!("{} · {} = {formula}", trail.measure.span, head.name.get(page.lang)));
    if let Cell::Text(sum) = calculation(head, trail.measure) {
        out.element("p", &[("class", "formula")], sum.get(page.lang));
    }
    for said in &trail.measure.reasons {
        out.element("p", &[("class", "note")], &said.render(page.lang));
    }
    if !trail.shares.is_empty() {
        write(out, &shares(trail), Use::Read, page.places, page.lang);
    }
    if !trail.cells.is_empty() {
        out.open("details", &[]);
        let count = trail.cells.len();
        let summary = match page.lang {
            crate::text::Lang::Zh => format!("来源单元格（{count}）"),
            crate::text::Lang::En => format!("Source cells ({count})"),
        };
        out.element("summary", &[], &summary);
        write(out, &cells_of(&[trail]), Use::Read, page.places, page.lang);
        out.close("details");
    }
}
