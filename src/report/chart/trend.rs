//! Values along the months, a line per unit.

use std::io;

use super::canvas::{At, COLOURS, GRID, Scale, WIDTH, cut, draw, margin};
use super::{About, Chart, Svg};

/// Lines along periods.
#[derive(Debug, Clone)]
pub struct Trend {
    /// Title and text alternative.
    pub about: About,
    /// The periods from left to right.
    pub periods: Vec<String>,
    /// The units.
    pub lines: Vec<Line>,
}

/// One unit.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its name.
    pub label: String,
    /// Its values, parallel to the periods; a gap is a gap.
    pub values: Vec<Option<f64>>,
}

const TOP: i32 = 16;
const BOTTOM: i32 = 290;
const LEFT: i32 = 64;

impl Chart for Trend {
    fn draw(&self) -> io::Result<Svg> {
        let right = WIDTH - margin(self.lines.iter().map(|line| line.label.as_str()), 220) - 24;
        let values = self.lines.iter().flat_map(|line| line.values.iter().flatten().copied());
        let up = Scale::over(values, (BOTTOM, TOP));
        let last = self.periods.len().saturating_sub(1).max(1);
        let place = |at: usize| LEFT + 12 + (right - LEFT - 24) * i32::try_from(at).unwrap_or(0) / i32::try_from(last).unwrap_or(1);
        draw(&self.about, BOTTOM + 34, |canvas| {
            for (y, label) in up.ticks(6) {
                canvas.line(vec![(LEFT, y), (right, y)], GRID, 1)?;
                canvas.text((LEFT - 8, y), At::Right, &label)?;
            }
            let room = (right - LEFT) / i32::try_from(self.periods.len().max(1)).unwrap_or(1);
            let every = usize::try_from(60 / room.max(1) + 1).unwrap_or(1);
            for (at, period) in self.periods.iter().enumerate().step_by(every) {
                canvas.text((place(at), BOTTOM + 16), At::Middle, period)?;
            }
            let mut ends: Vec<(i32, usize)> = Vec::new();
            for (at, line) in self.lines.iter().enumerate() {
                let colour = COLOURS[at % COLOURS.len()];
                let points = line.values.iter().enumerate();
                let points: Vec<Option<(i32, i32)>> = points.map(|(at, value)| Some((place(at), up.place((*value)?)))).collect();
                // A missing value leaves a gap: nothing is drawn across it.
                for run in points.split(Option::is_none).map(|run| run.iter().copied().flatten().collect::<Vec<_>>()) {
                    if run.len() > 1 {
                        canvas.line(run.clone(), colour, 2)?;
                    }
                    run.iter().try_for_each(|point| canvas.dot(*point, 3, colour, true))?;
                }
                ends.extend(points.iter().rev().flatten().next().map(|(_, y)| (*y, at)));
            }
            ends.sort_unstable();
            let mut lowest = TOP - 16;
            for (y, at) in ends {
                let y = y.max(lowest + 16);
                lowest = y;
                canvas.words((right + 10, y), At::Left, &cut(&self.lines[at].label, WIDTH - right - 14), COLOURS[at % COLOURS.len()])?;
            }
            Ok(())
        })
    }
}
