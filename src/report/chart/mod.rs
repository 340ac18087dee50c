//! Charts as inline SVG. A chart only draws: its numbers come from the sheets, and the table beside it says the same in words.

use std::io;

mod bars;
mod canvas;
mod dots;
mod funnel;
mod trend;

pub use bars::{Bar, Bars};
pub use dots::{Dot, Dots};
pub use funnel::{Funnel, Limits, Point};
pub use trend::{Line, Trend};

/// A drawing ready to be put into a page: one `<svg>` element with its text alternative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Svg(pub String);

/// What every chart says besides what it draws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// What it shows.
    pub title: String,
    /// The same in sentences, for who cannot see it.
    pub description: String,
}

/// Draws a chart.
pub trait Chart {
    /// The drawing with its text alternative.
    fn draw(&self) -> io::Result<Svg>;
}
