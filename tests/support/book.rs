//! An assessment scored through the library, as figures rather than text.

use std::path::Path;

use kaohe::assess;
use kaohe::assessment::{self, Request};
use kaohe::definition::overrides::Override;
use kaohe::diagnostic::Diagnostic;
use kaohe::formula::Window;
use kaohe::scorebook::{MeasureResult, Scorebook};
use kaohe::text::Lang;

/// The result of an assessment, some of its values replaced as by `--set`.
#[track_caller]
pub(crate) fn book(folder: &Path, set: &[&str]) -> Scorebook {
    let overrides = set.iter().map(|text| Override::parse(text).expect("KEY=VALUE")).collect();
    let request = Request { path: folder.to_path_buf(), overrides, ..Request::default() };
    let (assessment, found) = assessment::load(&request);
    let assessment = assessment.unwrap_or_else(|| panic!("{}", told(&found)));
    let mut prepared = assess::prepare(&assessment).unwrap_or_else(|found| panic!("{}", told(&found)));
    assess::assess(&mut prepared).expect("sums")
}

fn told(found: &[Diagnostic]) -> String {
    found.iter().map(|one| one.render(Lang::En)).collect()
}

/// A unit's measure of an indicator in the window of this name.
#[track_caller]
pub(crate) fn measure<'a>(book: &'a Scorebook, unit: &str, indicator: &str, window: Window) -> &'a MeasureResult {
    let of_unit = book.units.iter().find(|known| known.key == unit).unwrap_or_else(|| panic!("no unit {unit}"));
    let same = |measure: &&MeasureResult| measure.window == window && book.indicators[measure.indicator].id == indicator;
    of_unit.measures.iter().find(same).unwrap_or_else(|| panic!("{unit} has no {indicator}"))
}
