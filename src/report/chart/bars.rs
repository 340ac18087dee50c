//! Totals as bars made of their dimensions, the best at the top.

use std::io;

use super::canvas::{At, COLOURS, GRID, INK, ROW, Scale, WIDTH, cut, draw, margin, width};
use super::{About, Chart, Svg};

/// A ranking as bars.
#[derive(Debug, Clone)]
pub struct Bars {
    /// Title and text alternative.
    pub about: About,
    /// Names of the parts of a bar.
    pub parts: Vec<String>,
    /// The bars from top to bottom.
    pub bars: Vec<Bar>,
}

/// A bar.
#[derive(Debug, Clone)]
pub struct Bar {
    /// Who it is of.
    pub label: String,
    /// Points by part; those below 0 are not drawn but counted in the total.
    pub parts: Vec<f64>,
    /// The total, where there is one: a stroke.
    pub total: Option<f64>,
    /// The total as printed.
    pub shown: String,
}

const TOP: i32 = 12;

impl Chart for Bars {
    fn draw(&self) -> io::Result<Svg> {
        let left = margin(self.bars.iter().map(|bar| bar.label.as_str()), 260) + 10;
        let right = WIDTH - margin(self.bars.iter().map(|bar| bar.shown.as_str()), 120) - 16;
        let keys = keys(&self.parts);
        let rows = TOP + ROW * i32::try_from(self.bars.len()).unwrap_or(0);
        let height = rows + 30 + 22 * i32::try_from(keys.len()).unwrap_or(0);
        let ends = self.bars.iter().map(|bar| bar.parts.iter().filter(|part| **part > 0.0).sum::<f64>().max(bar.total.unwrap_or(0.0)));
        let scale = Scale::over(ends.chain([0.0]), (left, right));
        draw(&self.about, height, |canvas| {
            for (x, label) in scale.ticks(6) {
                canvas.line(vec![(x, TOP - 4), (x, rows)], GRID, 1)?;
                canvas.text((x, rows + 12), At::Middle, &label)?;
            }
            for (at, bar) in self.bars.iter().enumerate() {
                let y = TOP + ROW * i32::try_from(at).unwrap_or(0);
                canvas.text((left - 8, y + ROW / 2), At::Right, &cut(&bar.label, left - 10))?;
                let mut from = 0.0;
                for (part, points) in bar.parts.iter().enumerate().filter(|(_, points)| **points > 0.0) {
                    let (start, end) = (scale.place(from), scale.place(from + points));
                    canvas.bar((start, y + 4), (end, y + ROW - 4), COLOURS[part % COLOURS.len()])?;
                    from += points;
                }
                if let Some(total) = bar.total {
                    let x = scale.place(total);
                    canvas.line(vec![(x, y + 1), (x, y + ROW - 1)], INK, 2)?;
                }
                let end = scale.place(from.max(bar.total.unwrap_or(0.0)));
                canvas.text((end + 8, y + ROW / 2), At::Left, &bar.shown)?;
            }
            for (line, keys) in keys.iter().enumerate() {
                let y = rows + 34 + 22 * i32::try_from(line).unwrap_or(0);
                for (x, part) in keys {
                    canvas.bar((*x, y - 6), (x + 12, y + 6), COLOURS[part % COLOURS.len()])?;
                    canvas.text((x + 18, y), At::Left, &cut(&self.parts[*part], WIDTH - 40))?;
                }
            }
            Ok(())
        })
    }
}

/// Places of the keys, line by line.
fn keys(parts: &[String]) -> Vec<Vec<(i32, usize)>> {
    let mut lines: Vec<Vec<(i32, usize)>> = vec![Vec::new()];
    let mut x = 8;
    for (at, part) in parts.iter().enumerate() {
        let room = 18 + width(part).min(WIDTH - 40) + 20;
        if x > 8 && x + room > WIDTH {
            lines.push(Vec::new());
            x = 8;
        }
        if let Some(line) = lines.last_mut() {
            line.push((x, at));
        }
        x += room;
    }
    lines
}
