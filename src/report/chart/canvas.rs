//! What the charts draw with: lengths in CSS pixels, colours that follow the page, text cut to its room.

use std::fmt::Display;
use std::io;
use std::ops::Range;

use plotters::coord::ranged1d::{KeyPointHint, Ranged};
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use quick_xml::escape::escape;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{About, Svg};

/// Width of a drawing; a page scales it down.
pub(super) const WIDTH: i32 = 860;
/// Height of a row of bars or dots.
pub(super) const ROW: i32 = 24;
/// Height of text.
const FONT: f64 = 13.0;

/// Ink: it becomes the colour of the text around the drawing, light or dark.
pub(super) const INK: RGBColor = RGBColor(1, 2, 3);
/// Lines that guide the eye.
pub(super) const GRID: RGBColor = RGBColor(4, 5, 6);

/// Colours that the colour-blind tell apart (Okabe and Ito 2008), the darker first.
pub(super) const COLOURS: [RGBColor; 8] = [
    RGBColor(0, 114, 178),
    RGBColor(230, 159, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(86, 180, 233),
    RGBColor(213, 94, 0),
    RGBColor(240, 228, 66),
    RGBColor(140, 140, 140),
];

/// Where text stands against its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    Left,
    Middle,
    Right,
}

/// A place to draw on.
pub(super) struct Canvas<'a>(DrawingArea<SVGBackend<'a>, plotters::coord::Shift>);

/// Draws on a canvas of this height and finishes the element.
pub(super) fn draw(about: &About, height: i32, paint: impl FnOnce(&Canvas) -> io::Result<()>) -> io::Result<Svg> {
    let mut text = String::new();
    {
        let size = (WIDTH.unsigned_abs(), height.unsigned_abs());
        let canvas = Canvas(SVGBackend::with_string(&mut text, size).into_drawing_area());
        paint(&canvas)?;
        canvas.0.present().map_err(failed)?;
    }
    Ok(Svg(finished(&text, about)))
}

/// The element alone, with its text alternative, in colours that follow the page.
fn finished(text: &str, about: &About) -> String {
    let body = text.find("<svg").and_then(|start| text.get(start..)).unwrap_or_default();
    let (head, rest) = body.split_once('>').unwrap_or_default();
    let (title, description) = (escape(&about.title), escape(&about.description));
    let named = format!("{head} role=\"img\" aria-label=\"{title}\"><title>{title}</title><desc>{description}</desc>{rest}");
    let named = named.replace("#010203", "currentColor").replace("#040506", "var(--grid)");
    // The page says which fonts there are.
    named.replace(" font-family=\"sans-serif\"", "").trim_end().to_owned()
}

fn failed(error: impl Display) -> io::Error {
    io::Error::other(error.to_string())
}

impl Canvas<'_> {
    pub(super) fn text(&self, (x, y): (i32, i32), at: At, text: &str) -> io::Result<()> {
        self.words((x, y), at, text, INK)
    }

    pub(super) fn words(&self, (x, y): (i32, i32), at: At, text: &str, colour: RGBColor) -> io::Result<()> {
        let across = match at {
            At::Left => HPos::Left,
            At::Middle => HPos::Center,
            At::Right => HPos::Right,
        };
        // plotters makes text smaller by 1.24.
        let style = TextStyle::from(("sans-serif", FONT * 1.24).into_font()).color(&colour).pos(Pos::new(across, VPos::Center));
        self.0.draw_text(text, &style, (x, y)).map_err(failed)
    }

    pub(super) fn bar(&self, from: (i32, i32), to: (i32, i32), colour: RGBColor) -> io::Result<()> {
        self.0.draw(&Rectangle::new([from, to], colour.filled())).map_err(failed)
    }

    pub(super) fn line(&self, points: Vec<(i32, i32)>, colour: RGBColor, width: u32) -> io::Result<()> {
        self.0.draw(&PathElement::new(points, colour.stroke_width(width))).map_err(failed)
    }

    /// Short strokes with gaps between them.
    pub(super) fn dashes(&self, from: (i32, i32), to: (i32, i32), colour: RGBColor) -> io::Result<()> {
        let steps = ((to.0 - from.0).abs().max((to.1 - from.1).abs()) / 8).max(1);
        let place = |step: i32| (from.0 + (to.0 - from.0) * step / steps, from.1 + (to.1 - from.1) * step / steps);
        (0..steps).step_by(2).try_for_each(|step| self.line(vec![place(step), place(step + 1)], colour, 2))
    }

    pub(super) fn dot(&self, at: (i32, i32), radius: i32, colour: RGBColor, is_filled: bool) -> io::Result<()> {
        let style = if is_filled { colour.filled() } else { colour.stroke_width(2) };
        self.0.draw(&Circle::new(at, radius, style)).map_err(failed)
    }
}

/// From values to pixels, with round numbers to label.
pub(super) struct Scale {
    coord: RangedCoordf64,
    values: Range<f64>,
    pixels: (i32, i32),
}

impl Scale {
    /// A scale over these values, a little wider than they reach. `pixels` may run backwards.
    pub(super) fn over(values: impl Iterator<Item = f64>, pixels: (i32, i32)) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.filter(|value| value.is_finite()) {
            (low, high) = (low.min(value), high.max(value));
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        let room = if high > low { (high - low) * 0.05 } else { high.abs().max(1.0) * 0.1 };
        let from = if low >= 0.0 && low - room < 0.0 { 0.0 } else { low - room };
        Self::between(from..high + room, pixels)
    }

    pub(super) fn between(values: Range<f64>, pixels: (i32, i32)) -> Self {
        Self { coord: values.clone().into(), values, pixels }
    }

    pub(super) fn place(&self, value: f64) -> i32 {
        self.coord.map(&value.clamp(self.values.start, self.values.end), self.pixels)
    }

    /// Whether a value lies on the scale.
    pub(super) fn holds(&self, value: f64) -> bool {
        self.values.contains(&value)
    }

    /// Round numbers along the scale with their labels.
    pub(super) fn ticks(&self, most: usize) -> Vec<(i32, String)> {
        let points = self.coord.key_points(Most(most));
        let step = points.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min);
        let is_whole = |number: f64| (number - number.round()).abs() < 1e-6;
        let decimals = (0..6u8).find(|places| is_whole(step * 10f64.powi(i32::from(*places)))).unwrap_or(0);
        // Zero has no sign.
        let label = |value: f64| format!("{:.*}", usize::from(decimals), if value == 0.0 { 0.0 } else { value });
        points.into_iter().map(|value| (self.place(value), label(value))).collect()
    }
}

struct Most(usize);

impl KeyPointHint for Most {
    fn max_num_points(&self) -> usize {
        self.0
    }

    fn weight(&self) -> plotters::coord::ranged1d::KeyPointWeight {
        plotters::coord::ranged1d::KeyPointWeight::Bold
    }

    fn bold_points(&self) -> usize {
        self.0
    }
}

/// Width of a text in pixels, by the columns it takes.
pub(super) fn width(text: &str) -> i32 {
    (i32::try_from(text.width()).unwrap_or(i32::MAX / 16) * 73 + 9) / 10
}

/// The text, cut to this many pixels.
pub(super) fn cut(text: &str, room: i32) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let columns = usize::try_from(room * 10 / 73).unwrap_or(0).saturating_sub(1);
    let mut taken = 0;
    let kept: String = text
        .chars()
        .take_while(|sign| {
            taken += sign.width().unwrap_or(0);
            taken <= columns
        })
        .collect();
    format!("{}…", kept.trim_end())
}

/// The widest of these texts, within bounds.
pub(super) fn margin<'a>(texts: impl Iterator<Item = &'a str>, most: i32) -> i32 {
    texts.map(width).max().unwrap_or(0).min(most)
}
