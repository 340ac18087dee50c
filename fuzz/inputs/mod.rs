//! What is done with bytes that somebody else wrote: the same functions that the program calls, and what must
//! hold of their answers. The fuzz targets and `tests/corpus.rs` share these bodies.

mod definitions;
mod dividing;
mod intake;
mod sample;
mod words;

/// A target: takes any bytes, and panics where the program would be wrong.
pub(crate) type Target = fn(&[u8]);

/// All targets by name; `corpus/NAME` holds inputs for each.
pub(crate) const TARGETS: [(&str, Target); 12] = [
    ("allocation", dividing::allocation),
    ("assessment", definitions::assessment),
    ("catalogue", definitions::catalogue),
    ("cell", words::cell),
    ("criteria", definitions::criteria),
    ("csv", intake::csv),
    ("formula", words::formula),
    ("header", words::header),
    ("period", words::period),
    ("tables", definitions::tables),
    ("targets", dividing::targets),
    ("workbook", intake::workbook),
];

/// Gives a target its input.
pub(crate) fn run(name: &str, input: &[u8]) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).expect("a target of this name");
    target(input);
}
