//! Edges whose side is ambiguous: ≥ or >, as written and as the sheet says it.

use crate::codes::lint as codes;
use crate::diagnostic::Diagnostic;
use crate::lint::Scheme;
use crate::lint::bands::of;
use crate::lint::sites::Site;
use crate::number::Exact;
use crate::score::kernel::{Band, When};
use crate::text::Text;

pub(super) fn check(scheme: &Scheme, site: &Site, found: &mut Vec<Diagnostic>) {
    let Some((bands, written)) = of(site) else { return };
    let bands = &bands.bands;
    for (number, band) in bands.iter().enumerate() {
        let (Some(edge), Some(place)) = (band.when.edge(), written.get(number)) else { continue };
        let why = twice(&bands[..number], &band.when, edge)
            .or_else(|| neither(bands, number, edge))
            .or_else(|| mixed(&bands[..number], &band.when))
            .or_else(|| otherwise_printed(site, &band.when, edge));
        if let Some(why) = why {
            let diagnostic = scheme.say_of(site, &codes::EDGE_SIDE, &place.span).with("edge", edge.to_string());
            found.push(diagnostic.with("number", (number + 1).to_string()).with("why", why));
        }
    }
}

fn opens_up(when: &When) -> bool {
    matches!(when, When::AtLeast(_) | When::Above(_))
}

fn takes_edge(when: &When) -> bool {
    matches!(when, When::AtLeast(_) | When::AtMost(_))
}

/// The edge is in this band and in an earlier one that ends at it from the other side.
fn twice(earlier: &[Band], when: &When, edge: &Exact) -> Option<Text> {
    let meets = |band: &&Band| band.when.edge() == Some(edge) && opens_up(&band.when) != opens_up(when) && takes_edge(&band.when);
    let other = earlier.iter().position(|band| meets(&band)).filter(|_| takes_edge(when))? + 1;
    Some(Text::new(format!("第 {other} 档也包含它"), format!("band {other} holds it, too")))
}

/// Two bands end at the edge from both sides, and neither holds it.
fn neither(bands: &[Band], number: usize, edge: &Exact) -> Option<Text> {
    let when = &bands.get(number)?.when;
    let meets = |band: &Band| band.when.edge() == Some(edge) && opens_up(&band.when) != opens_up(when) && !takes_edge(&band.when);
    let other = bands.get(..number)?.iter().position(meets).filter(|_| !takes_edge(when))? + 1;
    // Another band may well stand for exactly this value.
    let is_held = bands.iter().any(|band| band.when.edge() == Some(edge) && takes_edge(&band.when));
    (!is_held).then(|| Text::new(format!("第 {other} 档和这一档都不包含它"), format!("neither band {other} nor this one holds it")))
}

/// One table has ≥ in one row and > in another.
fn mixed(earlier: &[Band], when: &When) -> Option<Text> {
    let same_way = earlier.iter().filter(|band| band.when.edge().is_some() && opens_up(&band.when) == opens_up(when));
    let first = same_way.clone().next()?;
    let was_said = same_way.clone().any(|band| takes_edge(&band.when) != takes_edge(&first.when));
    (!was_said && takes_edge(&first.when) != takes_edge(when)).then(|| {
        let (before, now) = (first.when.key(), when.key());
        Text::new(
            format!("前面的档写 {before}，这一档写 {now}"),
            format!("bands before are written with `{before}`, this one with `{now}`"),
        )
    })
}

/// Words of a sheet that put the edge in, and those that leave it out, on each side.
const IN_UP: [&str; 4] = ["不低于", "不少于", "≥", "达到"];
const OUT_UP: [&str; 4] = ["超过", "高于", "大于", ">"];
const IN_DOWN: [&str; 4] = ["不高于", "不超过", "不多于", "≤"];
const OUT_DOWN: [&str; 4] = ["低于", "少于", "小于", "<"];

/// The sheet's own words put the edge on the other side: 超过60% beside `at_least = 60`.
fn otherwise_printed(site: &Site, when: &When, edge: &Exact) -> Option<Text> {
    let words = match when {
        When::AtLeast(_) => OUT_UP,
        When::Above(_) => IN_UP,
        When::AtMost(_) => OUT_DOWN,
        When::Below(_) => IN_DOWN,
        When::Otherwise => return None,
    };
    let printed = site.around.printed.as_ref().and_then(|printed| printed.scoring.as_ref());
    let text = [printed, site.around.target_text.as_ref()].into_iter().flatten().find_map(|text| phrase(&text.zh, &words, edge))?;
    Some(Text::new(format!("原文是“{text}”"), format!("the sheet says “{text}”")))
}

/// A word directly before the edge, not itself denied (不低于 is not 低于).
fn phrase(text: &str, words: &[&str], edge: &Exact) -> Option<String> {
    let edge = edge.to_string();
    for word in words {
        let wanted = format!("{word}{edge}");
        for (at, _) in text.match_indices(&wanted) {
            let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + wanted.len()..).unwrap_or_default());
            let is_longer = after.starts_with(|c: char| c.is_ascii_digit() || c == '.');
            if !before.ends_with('不') && !is_longer {
                return Some(wanted);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_before_the_edge_is_found_and_its_denial_is_not() {
        let found = |text: &str| phrase(text, &OUT_DOWN, &Exact::from(60));
        assert_eq!(found("低于60%不得分"), Some("低于60".to_owned()));
        assert_eq!(found("不低于60%得满分"), None);
        assert_eq!(found("低于60.5%不得分；低于600的不计"), None);
    }
}
