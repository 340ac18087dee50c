//! The figures beside the labels of a form.

use std::collections::{BTreeMap, BTreeSet};

use super::heads::{Head, Meaning};
use super::{At, Form, explicit, is_figure, is_name, item_of};
use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::formula::ItemId;
use crate::intake::cell::{self, Unit, header_unit};
use crate::intake::mapping::{ValueColumn, shape};
use crate::intake::rows::{Known, Seen, Sink, Who};
use crate::intake::source::{FormCell, FormSpot, Source};
use crate::intake::units::{self, Ledger};
use crate::period::Span;

/// A label, and the item it names.
type Label<'f> = (At, &'f str, Option<ItemId>);

/// A figure that is read.
struct Figure {
    at: At,
    span: Span,
    unit: Option<Unit>,
}

/// Reads the figures of one form.
pub(super) struct Figures<'f> {
    pub(super) form: &'f Form,
    pub(super) source: &'f Source,
    pub(super) known: Known<'f>,
    pub(super) who: Who,
    pub(super) span: Span,
    labels: Vec<Label<'f>>,
    doubtful: BTreeSet<usize>,
    ledger: Ledger,
    used: BTreeSet<At>,
    unclear: Vec<String>,
    two_units: Vec<String>,
    /// Columns of other figures, by what stands over them; true where nothing else stands beside any label.
    others: BTreeMap<String, bool>,
}

impl<'f> Figures<'f> {
    pub(super) fn new(form: &'f Form, source: &'f Source, known: Known<'f>, (who, span): (Who, Span)) -> Self {
        let labels: Vec<Label> = form.cells().map(|(at, text)| (at, text, item_of(text, known))).collect();
        let top = labels.iter().find(|(.., item)| item.is_some()).map_or(0, |((row, _), ..)| *row);
        let ledger = Ledger::new(units::stated(form.rows.get(..top).unwrap_or_default()));
        let doubtful = form.doubtful(&labels);
        let (used, others) = (BTreeSet::new(), BTreeMap::new());
        Self { form, source, known, who, span, labels, doubtful, ledger, used, unclear: Vec::new(), two_units: Vec::new(), others }
    }

    /// Hands over every figure; what is wrong with single cells is for the sink to say.
    pub(super) fn read(mut self, place: &Place, sink: &mut impl Sink, findings: &mut Vec<Finding>) {
        for FormCell { item, spot } in explicit(self.source) {
            let name = self.known.vocabulary.catalogue.item(*item).name.zh.clone();
            let found = match spot {
                FormSpot::Address(line, column) => {
                    let row = self.form.rows.iter().position(|row| row.line == *line);
                    row.map(|row| vec![Figure { at: (row, *column), span: self.span, unit: self.form.unit_about((row, *column)) }])
                }
                FormSpot::Label(label) => self.form.find(label).and_then(|at| self.figures(at, place, findings)),
            };
            match (found, spot) {
                (Some(found), _) => self.take(*item, &name, found, sink),
                (None, FormSpot::Label(label)) => {
                    findings.push(Finding::new(&codes::NO_LABEL, place.clone()).with("label", label.clone()));
                }
                (None, FormSpot::Address(..)) => {}
            }
        }
        let mut others = Vec::new();
        for (at, text, item) in std::mem::take(&mut self.labels) {
            match item {
                Some(item) if !explicit(self.source).iter().any(|cell| cell.item == item) => {
                    if let Some(found) = self.figures(at, place, findings) {
                        self.take(item, text, found, sink);
                    }
                }
                Some(_) => {}
                None => others.extend(self.form.beside(at, self.known).filter(|_| is_name(text)).map(|value| (value, text))),
            }
        }
        self.report(&others, place, findings);
    }

    /// The figures that belong to a label; `None` where there is none, an empty list where they are not read.
    fn figures(&mut self, label: At, place: &Place, findings: &mut Vec<Finding>) -> Option<Vec<Figure>> {
        let form = self.form;
        let right = form.right_of(label);
        if right.is_empty() {
            let below = form.beside(label, self.known)?;
            self.used.insert(below);
            return Some(vec![Figure { at: below, span: self.span, unit: None }]);
        }
        let heads: Vec<(usize, Head)> =
            right.iter().map(|(column, _)| (*column, form.head(label, *column, self.span, self.source))).collect();
        self.used.extend(right.iter().map(|(column, _)| (label.0, *column)));
        let is_kept = |head: &Head| !matches!(head.meaning, Meaning::Another | Meaning::Aside);
        let kept: Vec<&(usize, Head)> = heads.iter().filter(|(_, head)| is_kept(head)).collect();
        for (_, head) in heads.iter().filter(|(_, head)| head.meaning == Meaning::Another) {
            *self.others.entry(head.text.clone()).or_insert(true) &= kept.is_empty();
        }
        let span = |head: &Head| if let Meaning::Period(span) = head.meaning { span } else { self.span };
        let spans: BTreeSet<Span> = kept.iter().map(|(_, head)| span(head)).collect();
        let is_told = spans.len() == kept.len();
        let is_doubtful = kept.iter().any(|(_, head)| head.meaning == Meaning::Unknown)
            && (kept.len() > 1 || heads.len() < 2 && self.doubtful.contains(&label.1));
        if !is_told || is_doubtful {
            let figures = kept.iter().map(|(column, _)| form.text((label.0, *column))).collect::<Vec<_>>();
            self.unclear.push(format!("{}: {}", form.text(label), figures.join(" / ")));
            return Some(Vec::new());
        }
        let of_row = form.units_beside(label);
        let mut found = Vec::new();
        for (column, head) in kept {
            let Ok(unit) = one_unit(of_row.iter().copied().chain(head.unit)) else {
                let row = form.rows.get(label.0).map(|row| row.line);
                findings.push(two_units(form.text(label), &Place { row, ..place.clone() }));
                continue;
            };
            found.push(Figure { at: (label.0, *column), span: span(head), unit });
        }
        Some(found)
    }

    fn take(&mut self, item: ItemId, label: &str, figures: Vec<Figure>, sink: &mut impl Sink) {
        let of_item = self.known.vocabulary.catalogue.item(item);
        for Figure { at, span, unit } in figures {
            self.used.insert(at);
            let Ok(own) = one_unit(header_unit(label).unit.into_iter().chain(unit)) else {
                self.two_units.push(label.to_owned());
                continue;
            };
            let Ok(unit) = self.ledger.unit(own, of_item, label) else { continue };
            let shape = shape(self.known.vocabulary, item, unit);
            let written = self.form.text(at).as_bytes();
            let column = ValueColumn { index: at.1, header: label.into(), item, shape, span: None };
            let line = self.form.rows.get(at.0).map_or(0, |row| row.line);
            if sink.wants(self.who, span) {
                sink.take(Seen { who: self.who, span, column: &column, parsed: cell::parse(written, &shape), written, line });
            }
        }
    }

    fn report(mut self, others: &[(At, &str)], place: &Place, findings: &mut Vec<Finding>) {
        let mut push = |code, hole: &'static str, labels: &[&str]| {
            if !labels.is_empty() {
                let finding = Finding::new(code, place.clone()).with("count", labels.len().to_string());
                findings.push(finding.with(hole, labels.join(" · ")));
            }
        };
        let unclear: Vec<&str> = self.unclear.iter().map(String::as_str).collect();
        push(&codes::SEVERAL_FIGURES, "labels", &unclear);
        let is_other =
            |(value, _): &&(At, &str)| !self.used.contains(value) && !self.doubtful.contains(&value.1) && is_figure(self.form.text(*value));
        let other_labels: Vec<&str> = others.iter().filter(is_other).map(|(_, label)| *label).collect();
        push(&codes::OTHER_LABELS, "labels", &other_labels);
        let compared: Vec<&str> = self.others.iter().filter(|(_, alone)| !**alone).map(|(text, _)| text.as_str()).collect();
        push(&codes::COMPARISON, "headers", &compared);
        for heading in self.others.iter().filter(|(_, alone)| **alone).map(|(text, _)| text) {
            let finding = Finding::new(&codes::ANOTHER_FIGURE, place.clone()).with("heading", heading.clone());
            findings.push(finding.with("headers", heading.clone()));
        }
        findings.extend(self.two_units.drain(..).map(|label| two_units(&label, place)));
        self.ledger.report(place, findings);
    }
}

fn two_units(label: &str, place: &Place) -> Finding {
    let finding = Finding::new(&codes::TWO_UNITS, place.clone()).with("header", label);
    finding.with("one", label).with("other", crate::text::Text::new("其旁的单位", "the unit beside it"))
}

/// The unit that several places state; `Err` where two differ.
fn one_unit(mut units: impl Iterator<Item = Unit>) -> Result<Option<Unit>, ()> {
    let first = units.next();
    if units.all(|unit| Some(unit) == first) { Ok(first) } else { Err(()) }
}
