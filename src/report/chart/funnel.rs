//! A funnel plot: values against the size of what they are taken over, with the limits within which chance alone leaves them.

use std::io;

use super::canvas::{At, COLOURS, GRID, INK, Scale, WIDTH, cut, draw, width};
use super::{About, Chart, Svg};

/// Values against denominators.
#[derive(Debug, Clone)]
pub struct Funnel {
    /// Title and text alternative.
    pub about: About,
    /// The units.
    pub points: Vec<Point>,
    /// The figure of all of them together with its label.
    pub centre: (f64, String),
    /// Limits along the denominators, the smallest first.
    pub limits: Vec<Limits>,
    /// Words for the 95 % and the 99.8 % limits.
    pub keys: [String; 2],
    /// What stands along the lower edge.
    pub below: String,
}

/// A unit.
#[derive(Debug, Clone)]
pub struct Point {
    /// Its name; drawn where the value lies outside the inner limits.
    pub label: String,
    /// Its denominator.
    pub size: f64,
    /// Its value.
    pub value: f64,
    /// Whether it lies outside the inner limits, and the outer ones.
    pub outside: (bool, bool),
}

/// The limits at one denominator.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The denominator.
    pub size: f64,
    /// Lower and upper limit at 95 %.
    pub inner: (f64, f64),
    /// Lower and upper limit at 99.8 %.
    pub outer: (f64, f64),
}

const TOP: i32 = 16;
const BOTTOM: i32 = 330;
const LEFT: i32 = 64;
const RIGHT: i32 = WIDTH - 170;

impl Chart for Funnel {
    fn draw(&self) -> io::Result<Svg> {
        let across = Scale::over(self.points.iter().map(|point| point.size).chain([0.0]), (LEFT, RIGHT));
        // Limits at the smallest denominators may reach anywhere: what is drawn is where the values are.
        let of_points = self.points.iter().map(|point| point.value);
        let smallest = self.points.iter().map(|point| point.size).fold(f64::INFINITY, f64::min);
        let near = self.limits.iter().filter(|limits| limits.size >= smallest).flat_map(|limits| [limits.inner.0, limits.inner.1]);
        let up = Scale::over(of_points.chain(near).chain([self.centre.0]), (BOTTOM, TOP));
        draw(&self.about, BOTTOM + 76, |canvas| {
            for (y, label) in up.ticks(6) {
                canvas.line(vec![(LEFT, y), (RIGHT, y)], GRID, 1)?;
                canvas.text((LEFT - 8, y), At::Right, &label)?;
            }
            for (x, label) in across.ticks(6) {
                canvas.text((x, BOTTOM + 14), At::Middle, &label)?;
            }
            canvas.text((i32::midpoint(LEFT, RIGHT), BOTTOM + 34), At::Middle, &cut(&self.below, RIGHT - LEFT))?;
            let line = |of: fn(&Limits) -> f64| {
                let inside = self.limits.iter().filter(|limits| up.holds(of(limits)));
                inside.map(|limits| (across.place(limits.size), up.place(of(limits)))).collect::<Vec<_>>()
            };
            canvas.line(line(|limits| limits.inner.0), COLOURS[4], 2)?;
            canvas.line(line(|limits| limits.inner.1), COLOURS[4], 2)?;
            canvas.line(line(|limits| limits.outer.0), COLOURS[0], 2)?;
            canvas.line(line(|limits| limits.outer.1), COLOURS[0], 2)?;
            let y = up.place(self.centre.0);
            canvas.dashes((LEFT, y), (RIGHT, y), INK)?;
            canvas.text((RIGHT + 8, y), At::Left, &cut(&self.centre.1, WIDTH - RIGHT - 10))?;
            self.points(canvas, &across, &up)?;
            let mut x = 12;
            for (word, colour) in self.keys.iter().zip([COLOURS[4], COLOURS[0]]) {
                canvas.line(vec![(x, BOTTOM + 58), (x + 22, BOTTOM + 58)], colour, 2)?;
                canvas.text((x + 28, BOTTOM + 58), At::Left, word)?;
                x += 28 + width(word) + 24;
            }
            Ok(())
        })
    }
}

impl Funnel {
    /// The units; names of those outside, where there is room for them.
    fn points(&self, canvas: &super::canvas::Canvas, across: &Scale, up: &Scale) -> io::Result<()> {
        let mut taken: Vec<(i32, i32, i32)> = Vec::new();
        for point in &self.points {
            let (x, y) = (across.place(point.size), up.place(point.value));
            let colour = match point.outside {
                (_, true) => COLOURS[5],
                (true, false) => COLOURS[1],
                (false, false) => INK,
            };
            canvas.dot((x, y), 5, colour, point.outside.0)?;
            let label = cut(&point.label, 150);
            let (from, to) = (x + 9, x + 9 + width(&label));
            let is_free = taken.iter().all(|(start, end, other)| (other - y).abs() > 14 || to < *start || from > *end);
            if point.outside.0 && is_free && to < WIDTH {
                canvas.text((from, y), At::Left, &label)?;
                taken.push((from, to, y));
            }
        }
        Ok(())
    }
}
