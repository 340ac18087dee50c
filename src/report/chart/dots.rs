//! Values as dots with their intervals and, joined by a line, the baseline they come from (dumbbell).

use std::io;

use super::canvas::{At, COLOURS, GRID, INK, ROW, Scale, WIDTH, cut, draw, margin, width};
use super::{About, Chart, Svg};

/// One indicator of many units.
#[derive(Debug, Clone)]
pub struct Dots {
    /// Title and text alternative.
    pub about: About,
    /// The units from top to bottom.
    pub dots: Vec<Dot>,
    /// The target with its label.
    pub target: Option<(f64, String)>,
    /// The figure of all of them together with its label.
    pub together: Option<(f64, String)>,
    /// Words for the value, the baseline and the interval.
    pub keys: [String; 3],
}

/// One unit.
#[derive(Debug, Clone)]
pub struct Dot {
    /// Its name.
    pub label: String,
    /// Its value.
    pub now: Option<f64>,
    /// As printed, or why there is none.
    pub shown: String,
    /// The value of the baseline.
    pub before: Option<f64>,
    /// The interval about the value.
    pub interval: Option<(f64, f64)>,
}

const TOP: i32 = 30;

impl Dots {
    fn values(&self) -> impl Iterator<Item = f64> {
        let of_dot = |dot: &Dot| [dot.now, dot.before, dot.interval.map(|one| one.0), dot.interval.map(|one| one.1)];
        let lines = [&self.target, &self.together].map(|line| line.as_ref().map(|(value, _)| *value));
        self.dots.iter().flat_map(of_dot).chain(lines).flatten()
    }

    fn legend(&self, canvas: &super::canvas::Canvas, y: i32) -> io::Result<()> {
        let mut x = 12;
        let has = [
            self.dots.iter().any(|dot| dot.now.is_some()),
            self.dots.iter().any(|dot| dot.before.is_some()),
            self.dots.iter().any(|dot| dot.interval.is_some()),
        ];
        for (at, word) in self.keys.iter().enumerate().filter(|(at, _)| has[*at]) {
            match at {
                0 => canvas.dot((x + 6, y), 5, COLOURS[0], true)?,
                1 => canvas.dot((x + 6, y), 5, COLOURS[1], false)?,
                _ => canvas.line(vec![(x, y), (x + 14, y)], COLOURS[0], 2)?,
            }
            canvas.text((x + 20, y), At::Left, word)?;
            x += 20 + width(word) + 24;
        }
        Ok(())
    }

    fn marks(&self, canvas: &super::canvas::Canvas, scale: &Scale, bottom: i32) -> io::Result<()> {
        let target = self.target.as_ref().map(|line| (line, COLOURS[5]));
        let together = self.together.as_ref().map(|line| (line, INK));
        let lines: Vec<_> = target.into_iter().chain(together).collect();
        // Labels that would touch stand one above the other.
        let touch = matches!(lines.as_slice(), [((a, one), _), ((b, other), _)]
            if (scale.place(*a) - scale.place(*b)).abs() < i32::midpoint(width(one), width(other)) + 12);
        for (at, ((value, label), colour)) in lines.into_iter().enumerate() {
            let x = scale.place(*value);
            let y = if at == 1 && touch { 6 } else { 20 };
            canvas.dashes((x, y + 8), (x, bottom), colour)?;
            let half = width(label) / 2 + 2;
            canvas.words((x.clamp(half, WIDTH - half), y), At::Middle, label, colour)?;
        }
        Ok(())
    }
}

impl Chart for Dots {
    fn draw(&self) -> io::Result<Svg> {
        let left = margin(self.dots.iter().map(|dot| dot.label.as_str()), 260) + 14;
        let right = WIDTH - margin(self.dots.iter().map(|dot| dot.shown.as_str()), 140) - 20;
        let bottom = TOP + ROW * i32::try_from(self.dots.len()).unwrap_or(0);
        let scale = Scale::over(self.values(), (left, right));
        draw(&self.about, bottom + 54, |canvas| {
            for (x, label) in scale.ticks(6) {
                canvas.line(vec![(x, TOP), (x, bottom)], GRID, 1)?;
                canvas.text((x, bottom + 12), At::Middle, &label)?;
            }
            self.marks(canvas, &scale, bottom)?;
            for (at, dot) in self.dots.iter().enumerate() {
                let y = TOP + ROW * i32::try_from(at).unwrap_or(0) + ROW / 2;
                canvas.text((left - 10, y), At::Right, &cut(&dot.label, left - 14))?;
                if let (Some(before), Some(now)) = (dot.before, dot.now) {
                    canvas.line(vec![(scale.place(before), y), (scale.place(now), y)], GRID, 3)?;
                }
                if let Some((low, high)) = dot.interval {
                    let (low, high) = (scale.place(low), scale.place(high));
                    canvas.line(vec![(low, y), (high, y)], COLOURS[0], 2)?;
                    for end in [low, high] {
                        canvas.line(vec![(end, y - 4), (end, y + 4)], COLOURS[0], 2)?;
                    }
                }
                if let Some(before) = dot.before {
                    canvas.dot((scale.place(before), y), 5, COLOURS[1], false)?;
                }
                if let Some(now) = dot.now {
                    canvas.dot((scale.place(now), y), 5, COLOURS[0], true)?;
                }
                canvas.text((right + 14, y), At::Left, &cut(&dot.shown, 140))?;
            }
            self.legend(canvas, bottom + 38)
        })
    }
}
