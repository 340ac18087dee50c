//! No silent wrong number: defects put one at a time into the Linyi example, the whole program run on each.
//!
//! Every defect must end in one of three ways: a finding or diagnostic names the place, a recorded repair leaves
//! every score as it was, or nothing changed. A changed score of which nothing is said is the worst that can
//! happen; it must not, but for the kinds that no check can see in principle, each with its reason.
//!
//! `KAOHE_FAULTS=2000 cargo test --test faults -- --nocapture` runs more of them and prints the table.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

#[path = "faults/cells.rs"]
mod cells;
#[path = "support/dice.rs"]
mod dice;
#[path = "faults/files.rs"]
mod files;
#[path = "faults/folder.rs"]
mod folder;
#[path = "faults/kinds.rs"]
mod kinds;
#[path = "faults/outcome.rs"]
mod outcome;
#[path = "faults/tables.rs"]
mod tables;
#[path = "faults/workbooks.rs"]
mod workbooks;

use dice::Dice;
use folder::{Folder, Form};
use outcome::{Outcome, outcome, run};

/// Defects in an ordinary run of the tests.
const SAMPLE: usize = 200;
/// Attempts at finding a place that admits a defect.
const ATTEMPTS: usize = 200;

#[test]
fn no_defect_changes_a_score_in_silence() {
    let wanted = std::env::var("KAOHE_FAULTS").ok().and_then(|count| count.parse().ok()).unwrap_or(SAMPLE);
    let place = tempfile::tempdir().expect("a temporary folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/linyi");
    let examples = [Form::Csv, Form::Xlsx].map(|form| Folder::read(&root).written_as(form));
    let cleans = [0, 1].map(|at: usize| {
        let folder = place.path().join(at.to_string());
        examples[at].write(&folder);
        run(&folder)
    });
    // The same figures in workbooks are the same figures.
    assert!(!cleans[0].scores().is_empty());
    assert_eq!(cleans[0].scores(), cleans[1].scores());
    let kinds = kinds::all();
    assert!(kinds.len() >= 60, "{} kinds", kinds.len());
    let mut table: BTreeMap<usize, BTreeMap<Outcome, usize>> = BTreeMap::new();
    let mut silent = Vec::new();
    for number in 0..wanted {
        let at = number % kinds.len();
        let kind = &kinds[at];
        let mut dice = Dice::new(number as u64);
        // Every kind in one form after the other.
        let form = kind.only.map_or(number / kinds.len() % 2, |form| usize::from(form == Form::Xlsx));
        let (example, clean) = (&examples[form], &cleans[form]);
        let mut folder = example.fresh();
        let spot = (0..ATTEMPTS).find_map(|_| {
            folder = example.fresh();
            kinds::inject(kind, &mut folder, &mut dice)
        });
        let spot = spot.unwrap_or_else(|| panic!("no place for: {}", kind.name));
        let target = place.path().join("faulty");
        folder.write(&target);
        let found = outcome(clean, &run(&target), &spot);
        std::fs::remove_dir_all(&target).expect("removed");
        *table.entry(at).or_default().entry(found).or_default() += 1;
        if found == Outcome::SilentWrong && kind.unseen.is_none() {
            silent.push(format!("{number}: {} at {spot:?}", kind.name));
        }
    }
    let _ = writeln!(std::io::stdout(), "{}", shown(&kinds, &table));
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

/// The table, and below it why some kinds cannot be seen.
fn shown(kinds: &[kinds::Kind], table: &BTreeMap<usize, BTreeMap<Outcome, usize>>) -> String {
    let outcomes = [Outcome::Detected, Outcome::Absorbed, Outcome::Harmless, Outcome::SilentWrong];
    let mut out = format!("{:>9} {:>9} {:>9} {:>9}\n", "detected", "absorbed", "harmless", "silent");
    let mut sums = [0; 4];
    for (at, of_kind) in table {
        let counts = outcomes.map(|outcome| of_kind.get(&outcome).copied().unwrap_or(0));
        let note = kinds[*at].unseen.map(|why| format!(" (in principle not always seen: {why})")).unwrap_or_default();
        let [detected, absorbed, harmless, silent] = counts;
        let _ = writeln!(out, "{detected:>9} {absorbed:>9} {harmless:>9} {silent:>9}  {}{note}", kinds[*at].name);
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    out + &format!("{:>9} {:>9} {:>9} {:>9}  all\n", sums[0], sums[1], sums[2], sums[3])
}
