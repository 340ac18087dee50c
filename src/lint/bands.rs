//! Bands: whether they follow the direction, overlap, and differ from their neighbours.

use crate::catalogue::Better;
use crate::codes::lint as codes;
use crate::definition::Located;
use crate::definition::rule::{Band as Written, Rule as WrittenRule};
use crate::diagnostic::Diagnostic;
use crate::lint::curve::{Extent, edges};
use crate::lint::sites::Site;
use crate::lint::{Scheme, brief};
use crate::number::Exact;
use crate::score::criteria::Rule;
use crate::score::kernel::{Bands, When};
use crate::text::Text;

/// A stretch of values that lie in one band, from the lowest up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Index of the band.
    pub(super) band: usize,
}

/// The bands in the order of their values, each stretch once, within the values there can be.
pub(super) fn pieces(bands: &Bands, extent: &Extent) -> Vec<Piece> {
    let edges = edges(bands);
    let half = Exact::from_steps(5, 1);
    let mut samples: Vec<Exact> = Vec::new();
    let ends: Vec<Exact> = extent.low.iter().chain(&extent.high).cloned().collect();
    let mut marks: Vec<Exact> = edges.into_iter().chain(ends).collect();
    marks.sort();
    marks.dedup();
    for (at, mark) in marks.iter().enumerate() {
        samples.push(match at.checked_sub(1).and_then(|before| marks.get(before)) {
            Some(before) => &(before + mark) * &half,
            None => mark - &Exact::one(),
        });
        samples.push(mark.clone());
    }
    samples.push(marks.last().map_or_else(Exact::zero, |last| last + &Exact::one()));
    let held = samples.iter().filter(|value| extent.holds(value));
    let mut pieces: Vec<Piece> =
        held.filter_map(|value| bands.bands.iter().position(|band| band.when.holds(value))).map(|band| Piece { band }).collect();
    pieces.dedup();
    pieces
}

/// The bands of a site as resolved and as written.
pub(super) fn of<'a>(site: &Site<'a>) -> Option<(&'a Bands, &'a [Located<Written>])> {
    match (site.rule, &site.written.value) {
        (Rule::Bands(bands), WrittenRule::Bands(written)) => Some((bands, written)),
        _ => None,
    }
}

pub(super) fn check(scheme: &Scheme, site: &Site, found: &mut Vec<Diagnostic>) {
    let Some((bands, written)) = of(site) else { return };
    let Some(indicator) = site.indicator else { return };
    let pieces = pieces(bands, &Extent::of(indicator));
    let table = Table { scheme, site, bands, written };
    found.extend(table.overlaps());
    found.extend(table.same(&pieces));
    found.extend(table.against(&pieces, indicator.better));
}

/// A table of bands and where it stands.
struct Table<'a> {
    scheme: &'a Scheme<'a>,
    site: &'a Site<'a>,
    bands: &'a Bands,
    written: &'a [Located<Written>],
}

impl Table<'_> {
    fn points(&self, band: usize) -> Exact {
        self.bands.bands.get(band).map_or_else(Exact::zero, |band| band.award.points(self.site.full))
    }

    fn say(&self, code: &'static crate::code::Code, band: usize) -> Option<Diagnostic> {
        Some(self.scheme.say_of(self.site, code, &self.written.get(band)?.span))
    }

    /// Two bands that open to opposite sides and hold values in common.
    fn overlaps(&self) -> Option<Diagnostic> {
        let up = |when: &When| matches!(when, When::AtLeast(_) | When::Above(_));
        for (second, later) in self.bands.bands.iter().enumerate() {
            for (first, earlier) in self.bands.bands.iter().take(second).enumerate() {
                let (Some(one), Some(other)) = (earlier.when.edge(), later.when.edge()) else { continue };
                let (low, high) = if up(&earlier.when) { (one, other) } else { (other, one) };
                if up(&earlier.when) == up(&later.when) || low >= high || self.points(first) == self.points(second) {
                    continue;
                }
                let diagnostic = self.say(&codes::BANDS_OVERLAP, second)?.with("low", low.to_string()).with("high", high.to_string());
                return Some(diagnostic.with("first", (first + 1).to_string()).with("second", (second + 1).to_string()));
            }
        }
        None
    }

    /// Neighbours that give the same: the edge between them decides nothing.
    fn same(&self, pieces: &[Piece]) -> Vec<Diagnostic> {
        let mut told: Vec<usize> = Vec::new();
        let mut found = Vec::new();
        for pair in pieces.windows(2) {
            let [low, high] = pair else { continue };
            let (band, other) = (low.band.min(high.band), low.band.max(high.band));
            if self.points(band) != self.points(other) || told.contains(&other) {
                continue;
            }
            told.push(other);
            let name = self.bands.bands.get(other).map(|band| band.when.name(|edge| Text::same(edge.to_string()))).unwrap_or_default();
            let diagnostic = self.say(&codes::EDGE_WITHOUT_EFFECT, other);
            let diagnostic = diagnostic.map(|one| one.with("number", (other + 1).to_string()).with("band", name));
            let of_points = |one: Diagnostic| one.with("other", (band + 1).to_string()).with("points", brief(&self.points(band)));
            found.extend(diagnostic.map(of_points));
        }
        found
    }

    /// A better value that earns less. Where a range is best, points rise to it and fall beyond it.
    fn against(&self, pieces: &[Piece], better: Better) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut has_fallen = false;
        for pair in pieces.windows(2) {
            let [low, high] = pair else { continue };
            let (left, right) = (self.points(low.band), self.points(high.band));
            let (good, bad) = match better {
                Better::Higher if right < left => (high, low),
                Better::Lower if right > left => (low, high),
                Better::Range if right > left && has_fallen => (low, high),
                _ => {
                    has_fallen |= right < left;
                    continue;
                }
            };
            let diagnostic = self.say(&codes::NOT_MONOTONE, good.band).map(|one| one.with("better", (good.band + 1).to_string()));
            let of_points = |one: Diagnostic| one.with("less", brief(&self.points(good.band))).with("more", brief(&self.points(bad.band)));
            found.extend(diagnostic.map(of_points).map(|one| one.with("worse", (bad.band + 1).to_string())));
        }
        found
    }
}
