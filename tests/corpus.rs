//! Every input of the fuzz targets, run through the same functions on a stable compiler: what was found once
//! stays mended.

use std::fs;
use std::path::Path;

#[path = "../fuzz/inputs/mod.rs"]
mod inputs;

/// DESIGN §6: no input ends in a panic, and what must hold of an answer holds.
#[test]
fn every_input_of_the_corpus_is_answered() {
    for (name, _) in inputs::TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
        let mut inputs: Vec<_> = fs::read_dir(&folder).expect("a corpus").map(|entry| entry.expect("an entry").path()).collect();
        inputs.sort();
        assert!(!inputs.is_empty(), "{name} has no inputs");
        for path in inputs {
            inputs::run(name, &fs::read(&path).expect("an input"));
        }
    }
}
