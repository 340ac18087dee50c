//! Dead zones: values so bad that nothing more is lost, though points remain.

use crate::catalogue::Better;
use crate::codes::lint as codes;
use crate::diagnostic::Diagnostic;
use crate::lint::bands::pieces;
use crate::lint::curve::{Extent, to_cap};
use crate::lint::sites::Site;
use crate::lint::{Scheme, brief, with_unit};
use crate::number::Exact;
use crate::score::criteria::Rule;
use crate::score::kernel::{Bands, Direction, Loss};
use crate::text::Text;

pub(super) fn check(scheme: &Scheme, site: &Site, found: &mut Vec<Diagnostic>) {
    let Some(floor) = floor(site) else { return };
    let diagnostic = scheme.say_of(site, &codes::DEAD_ZONE, &site.written.span).with("below", floor.zone);
    found.push(diagnostic.with("points", brief(&floor.points)).with("full", brief(site.full)));
}

/// What remains, and for which values.
struct Floor {
    points: Exact,
    zone: Text,
}

fn floor(site: &Site) -> Option<Floor> {
    let indicator = site.indicator?;
    let extent = Extent::of(indicator);
    let side = |edge: &Exact, is_below: bool| {
        let edge = with_unit(indicator, edge);
        if is_below {
            Text::new(format!("低于 {}", edge.zh), format!("below {}", edge.en))
        } else {
            Text::new(format!("高于 {}", edge.zh), format!("above {}", edge.en))
        }
    };
    // A zone of values that cannot be is none.
    let is_open = |edge: &Exact, is_below: bool| {
        let end = if is_below { &extent.low } else { &extent.high };
        end.as_ref().is_none_or(|end| if is_below { edge > end } else { edge < end })
    };
    let zone = |edge: Exact, is_below: bool, points: Exact| is_open(&edge, is_below).then(|| Floor { points, zone: side(&edge, is_below) });
    match site.rule {
        Rule::Linear(rule) if !rule.base.is_zero() => zone(rule.zero.clone(), rule.full > rule.zero, site.full * &rule.base),
        Rule::Steps(rule) => {
            let (left, reach) = (left(&rule.loss, site.full)?, to_cap(&rule.loss, &rule.target)?);
            let is_below = rule.direction == Direction::Higher;
            zone(if is_below { &rule.target - &reach } else { &rule.target + &reach }, is_below, left)
        }
        Rule::Range(rule) => {
            let left = left(&rule.loss, site.full)?;
            let below = zone(&rule.low - &to_cap(&rule.loss, &rule.low)?, true, left.clone());
            below.or(zone(&rule.high + &to_cap(&rule.loss, &rule.high)?, false, left))
        }
        Rule::Peer(rule) => {
            let zone = Text::new("与同类相差再大", "far from its peers");
            left(&rule.loss, site.full).map(|points| Floor { points, zone })
        }
        Rule::Bands(bands) => worst_band(bands, indicator.better, &extent, site.full),
        _ => None,
    }
}

/// What a cap leaves of full points; `None` where all can be lost.
fn left(loss: &Loss, full: &Exact) -> Option<Exact> {
    loss.lose_most.as_ref().filter(|most| *most < full).map(|most| full - most)
}

fn worst_band(bands: &Bands, better: Better, extent: &Extent, full: &Exact) -> Option<Floor> {
    let pieces = pieces(bands, extent);
    let worst = match better {
        Better::Higher => pieces.first()?,
        Better::Lower => pieces.last()?,
        Better::Range | Better::Monitor => return None,
    };
    let band = bands.bands.get(worst.band)?;
    let points = band.award.points(full);
    let name = band.when.name(|edge| Text::same(edge.to_string()));
    let zone = Text::new(format!("属于“{}”一档", name.zh), format!("in the band “{}”", name.en));
    (!points.is_zero()).then_some(Floor { points, zone })
}
