//! The linter: what a scheme says that can be computed and may not be meant. Pure functions over the
//! scheme as resolved and, for places, as written; a family of questions to a file.
//!
//! Sums, gaps, unreachable bands and levels are asked where the scheme is resolved, since nothing can be
//! computed without an answer. What stands here are warnings: a scheme may let each stand with `allow`.

use std::sync::Arc;

use crate::catalogue::{Catalogue, Indicator, unit_word};
use crate::code::Code;
use crate::definition::located::Number;
use crate::definition::{CatalogueFile, CriteriaFile};
use crate::diagnostic::{Diagnostic, Origin, SourceFile};
use crate::number::{Exact, Rounding};
use crate::score::criteria::Criteria;
use crate::text::Text;

mod bands;
mod branches;
mod cliffs;
mod copies;
pub mod coverage;
mod curve;
mod direction;
mod edges;
mod floors;
mod limits;
mod sites;
mod sources;
mod unused;

pub use coverage::{Covered, Worked, coverage};
pub use sources::other_years;

/// A scheme as resolved, beside what was written.
#[derive(Debug, Clone, Copy)]
pub struct Scheme<'a> {
    /// The criteria file.
    pub file: &'a Arc<SourceFile>,
    /// Its content as written.
    pub content: &'a CriteriaFile,
    /// As resolved.
    pub criteria: &'a Criteria,
    /// Items and indicators.
    pub catalogue: &'a Catalogue,
    /// The catalogues that did not come with the program.
    pub own: &'a [Own<'a>],
}

/// A catalogue that did not come with the program.
#[derive(Debug, Clone, Copy)]
pub struct Own<'a> {
    /// The file.
    pub file: &'a Arc<SourceFile>,
    /// Its content as written.
    pub content: &'a CatalogueFile,
}

/// Everything the linter has to say of a scheme by itself.
pub fn check(scheme: &Scheme) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for site in scheme.sites() {
        cliffs::check(scheme, &site, &mut found);
        floors::check(scheme, &site, &mut found);
        bands::check(scheme, &site, &mut found);
        edges::check(scheme, &site, &mut found);
        limits::check(scheme, &site, &mut found);
        direction::check(scheme, &site, &mut found);
    }
    limits::check_lines(scheme, &mut found);
    copies::check(scheme, &mut found);
    unused::check(scheme, &mut found);
    sources::check(scheme, &mut found);
    for own in scheme.own {
        check_catalogue(own, scheme.catalogue, &mut found);
    }
    found
}

/// What the linter has to say of a catalogue by itself.
pub fn check_catalogue(own: &Own, catalogue: &Catalogue, found: &mut Vec<Diagnostic>) {
    copies::formulas(own, catalogue, found);
    unused::constants(own, found);
    sources::of_catalogue(own, found);
}

impl Scheme<'_> {
    /// A diagnostic at a stretch of the criteria file.
    fn say(&self, code: &'static Code, at: &std::ops::Range<usize>) -> Diagnostic {
        Diagnostic::new(code, Origin::new(self.file, at.clone()))
    }

    /// The same of a rule, whose criterion it names.
    fn say_of(&self, site: &sites::Site, code: &'static Code, at: &std::ops::Range<usize>) -> Diagnostic {
        self.say(code, at).with("criterion", site.criterion.id.clone())
    }

    /// The number as written, else a default.
    fn stated(number: Option<&Number>, default: Exact) -> Exact {
        number.map_or(default, |number| number.value.clone())
    }
}

/// A limit with the indicator's unit: 60%, 8 日.
fn with_unit(indicator: &Indicator, limit: &Exact) -> Text {
    let unit = unit_word(&indicator.unit);
    let of = |word: &str| if word == "%" { format!("{limit}%") } else { format!("{limit} {word}") };
    Text::new(of(&unit.zh), of(&unit.en))
}

/// Points and shares in a message: four decimals at most.
fn brief(number: &Exact) -> String {
    number.round(4, Rounding::HalfUp).to_string()
}

/// A share as a percentage: 0.6 is 60%.
fn percent(share: &Exact) -> String {
    format!("{}%", (share * &Exact::from(100)).round(2, Rounding::HalfUp))
}
