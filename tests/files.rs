//! What comes out of files, and what is said of them, does not depend on how many cores there are, nor on how rows are laid out.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use rust_xlsxwriter::Workbook;
use tempfile::TempDir;

#[path = "support/dice.rs"]
mod dice;
#[path = "support/gzip.rs"]
mod gzip;

use dice::Dice;
use gzip::gzip;

const BASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/base");

/// More than are opened at the same time.
const INSTITUTIONS: u32 = 600;

fn workbook(rows: &[[&str; 4]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number),
                Err(_) => sheet.write_string(row, column, *cell),
            }
            .expect("a cell");
        }
    }
    book.save_to_buffer().expect("memory")
}

/// The name of an institution's file and what is in it.
fn file(number: u32) -> (String, Vec<u8>) {
    let (code, discharges, referrals) = (format!("E{number}"), (100 + number).to_string(), (number % 17).to_string());
    let rows = [["code", "period", "discharges", "referrals"], [&code, "2025", &discharges, &referrals]];
    let text = rows.map(|row| row.join(",")).join("\n");
    let name = |ending: &str| format!("files/{number:04}.{ending}");
    match number % 8 {
        0 => (name("csv.gz"), gzip(text.as_bytes())),
        1 => (name("xlsx"), workbook(&rows)),
        // 机构编码,时期,出院人数,转诊人次 in GB18030.
        2 => {
            let head = b"\xbb\xfa\xb9\xb9\xb1\xe0\xc2\xeb,period,discharges,referrals\n";
            (name("csv"), [head, text.split_once('\n').expect("two rows").1.as_bytes()].concat())
        }
        // Once more what the file before says, then something else for the one before that.
        3 => (name("csv"), format!("{text}\nE{},2025,{},\nE{},2025,7,\n", number - 1, 99 + number, number - 3).into_bytes()),
        4 => (name("csv"), format!("Yearly statistics,,,\n{text}\nNobody {number},2025,1,1\n").into_bytes()),
        5 => (name("csv"), format!("code,period,discharges,referrals\n{code},2025,{discharges},many").into_bytes()),
        // Some larger than what is kept in memory.
        6 => (name("csv"), (text + &"\n,,,".repeat(if number % 10 == 6 { 30_000 } else { 0 })).into_bytes()),
        _ => (name("tsv"), text.replace(',', "\t").into_bytes()),
    }
}

/// An assessment of so many institutions in two consortia, each with a file of its own.
fn desk() -> TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| fs::write(desk.path().join(name), bytes).expect("a file");
    for name in ["assessment.toml", "criteria.toml", "items.toml"] {
        let text = fs::read_to_string(format!("{BASE}/{name}")).expect("a file");
        write(name, text.replace("data.csv", "files/*").as_bytes());
    }
    fs::create_dir(desk.path().join("files")).expect("a folder");
    let mut registry = "code,name,consortium\n".to_owned();
    for number in 1..=INSTITUTIONS {
        writeln!(registry, "E{number},Institution {number},{}", if number % 2 == 0 { "East" } else { "West" }).expect("memory");
        let (name, bytes) = file(number);
        write(&name, &bytes);
    }
    write("organisations.csv", registry.as_bytes());
    desk
}

/// Runs the program on so many threads: standard output, standard error, exit code.
fn on(threads: u32, desk: &TempDir, args: &[&str]) -> (String, String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kaohe"));
    let run = command.args(args).args(["--lang", "en"]).current_dir(desk.path()).env("RAYON_NUM_THREADS", threads.to_string()).output();
    let output = run.expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[track_caller]
fn the_same_on_all(desk: &TempDir, args: &[&str]) -> (String, String, Option<i32>) {
    let one = on(1, desk, args);
    for threads in [2, 16] {
        let other = on(threads, desk, args);
        assert!(one.0 == other.0, "{args:?} on {threads} threads: another result");
        assert_eq!((&one.1, one.2), (&other.1, other.2), "{args:?} on {threads} threads");
    }
    one
}

#[test]
fn many_files_are_read_in_their_order() {
    let desk = desk();
    the_same_on_all(&desk, &["check", "--format", "json"]);
    the_same_on_all(&desk, &["score", "--format", "json"]);
    let (partial, ..) = the_same_on_all(&desk, &["measure", "--partial", "-", "--shard", "1/1"]);
    assert!(partial.contains("E600"), "{partial}");
}

/// Each number stands in the file of its institution only, so that nothing of a file may be missing or counted twice.
#[test]
fn nothing_of_many_files_is_lost() {
    let (out, said, code) = on(2, &desk(), &["measure", "--format", "json"]);
    assert_eq!(code, Some(1), "{said}");
    let measures: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    for (at, unit) in ["East", "West"].into_iter().enumerate() {
        // Neither those whose file says another number than the third behind it, nor those whose number cannot be read.
        let is_rejected = |number: u32| number % 8 == 5 || number.is_multiple_of(8) && number + 3 <= INSTITUTIONS;
        let counted = || (1..=INSTITUTIONS).filter(|number| (number % 2 == 0) == (unit == "East") && !is_rejected(*number));
        let (referrals, discharges): (u32, u32) = (counted().map(|number| number % 17).sum(), counted().map(|number| 100 + number).sum());
        let measure = &measures[at];
        assert_eq!(measure["unit"], unit);
        assert_eq!((&measure["numerator"], &measure["denominator"]), (&referrals.to_string().into(), &discharges.to_string().into()));
    }
}

#[test]
fn of_many_files_all_that_cannot_be_read_are_named_in_their_order() {
    let (desk, empty) = (desk(), ["files/0003.csv", "files/0004.csv", "files/0300.csv", "files/0596.csv"]);
    for name in empty {
        fs::write(desk.path().join(name), "").expect("a file");
    }
    let (out, said, code) = the_same_on_all(&desk, &["score"]);
    let places: Vec<Option<usize>> = empty.iter().map(|name| said.find(name)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} in {said}");
    assert_eq!((out.as_str(), code), ("", Some(2)));
}

/// A long table in which rows follow on rows of the same institution, month and item, and on others: every figure is where it
/// was written, in its own unit, none of them somebody else's.
#[test]
fn figures_of_a_long_table_are_those_that_stand_in_it() {
    const CODES: u64 = 900;
    let mut dice = Dice::new(7);
    let mut expected = BTreeMap::new();
    let mut long = "code,period,item,unit,value\n".to_owned();
    for number in 0..CODES {
        for month in 1..=12 {
            for (id, written) in [("discharges", ["discharges", "出院人次"]), ("referrals", ["referrals", "Referrals down"])] {
                let (steps, name) = (dice.below(100_000), written[dice.below(2)]);
                let (unit, value) = match dice.below(12) {
                    0 => ("", String::new()),
                    1 => ("万人次", format!("{}.{:04}", steps / 10_000, steps % 10_000)),
                    2 => ("", format!("\"{steps}\"")),
                    3 => ("人次", format!("{steps}.0")),
                    4 => ("", format!(" {steps}")),
                    _ => ("", steps.to_string()),
                };
                let kept = if value.is_empty() { String::new() } else { steps.to_string() };
                writeln!(long, "E{number},2025-{month:02},{name},{unit},{value}").expect("memory");
                expected.insert((format!("E{number}"), format!("2025-{month:02}"), id.to_owned()), kept);
                // Rows of nobody known, of another item, of no period, twice each: nothing of them is anybody's.
                let other = match dice.below(40) {
                    0 => format!("Nobody,2025-{month:02},{name},,5"),
                    1 => format!("E{number},2025-{month:02},beds,,5"),
                    2 => format!("E{number},some time,{name},,5"),
                    _ => continue,
                };
                writeln!(long, "{other}\n{other}").expect("memory");
            }
        }
    }
    assert!(long.len() > 2 << 18, "several stretches");
    let desk = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(desk.path().join(name), text).expect("a file");
    for name in ["assessment.toml", "criteria.toml", "items.toml"] {
        let text = fs::read_to_string(format!("{BASE}/{name}")).expect("a file");
        write(name, &text.replace("\"data.csv\"", "\"data.csv\"\nlayout = \"long\""));
    }
    let codes: Vec<String> = (0..CODES).map(|number| format!("E{number},Institution {number},All")).collect();
    write("organisations.csv", &format!("code,name,consortium\n{}", codes.join("\n")));
    write("data.csv", &long);
    the_same_on_all(&desk, &["check", "--format", "json"]);
    let (partial, said, code) = the_same_on_all(&desk, &["measure", "--partial", "-", "--shard", "1/1"]);
    assert_eq!(code, Some(1), "{said}");
    let rows = partial.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let found: BTreeMap<_, _> = rows.map(|row| ((row[3].clone(), row[4].clone(), row[5].clone()), row[6].clone())).collect();
    assert!(found == expected, "{:?}", expected.iter().find(|(key, value)| found.get(*key) != Some(value)));
    // What is scored is read on a way of its own: of each month in which both were reported.
    let of = |item: &'static str| expected.iter().filter(move |((_, _, id), _)| id == item).map(|(_, value)| value.parse::<u64>().ok());
    let both = of("referrals").zip(of("discharges")).filter_map(|(one, other)| one.zip(other));
    let (referrals, discharges) = both.fold((0, 0), |sums, figures| (sums.0 + figures.0, sums.1 + figures.1));
    let (out, said, _) = the_same_on_all(&desk, &["measure", "--format", "json"]);
    let measures: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let counted = (&measures[0]["numerator"], &measures[0]["denominator"]);
    assert_eq!(counted, (&referrals.to_string().into(), &discharges.to_string().into()), "{said}");
}

/// What is known of a figure after some rows.
#[derive(Clone, Copy, PartialEq)]
enum Known {
    Nothing,
    Value(usize),
    Contradicted,
}

/// A wide table in which institutions stand in several rows, near and far from each other, that repeat, complete or contradict
/// each other: sums are those of the figures that hold, worked out here row by row.
#[test]
fn figures_of_a_wide_table_are_those_of_all_its_rows() {
    const CODES: usize = 1500;
    const UNITS: usize = 40;
    let mut dice = Dice::new(11);
    let mut known = vec![[Known::Nothing; 2]; CODES];
    let mut wide = "code,discharges,period,referrals\n".to_owned();
    for row in 0..4 * CODES {
        // Mostly the next one, as in an export; sometimes the one before again, sometimes any.
        let number = match dice.below(10) {
            0 => dice.below(CODES),
            1 => (row / 4).saturating_sub(1),
            _ => row / 4,
        };
        let mut cells = [String::new(), String::new()];
        for ((known, cell), most) in known[number].iter_mut().zip(&mut cells).zip([3_000_000, 40_000]) {
            let value = match *known {
                Known::Value(value) if dice.below(30) > 0 => value,
                _ => dice.below(most),
            };
            *cell = match dice.below(20) {
                0 => String::new(),
                1 => format!("\"{value}\""),
                2 => format!("{value}.00"),
                3 => format!(" {value}人次"),
                _ => value.to_string(),
            };
            *known = match *known {
                _ if cell.is_empty() => *known,
                Known::Nothing => Known::Value(value),
                Known::Value(before) if before == value => *known,
                _ => Known::Contradicted,
            };
        }
        writeln!(wide, "E{number},{},2025,{}", cells[0], cells[1]).expect("memory");
    }
    let desk = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(desk.path().join(name), text).expect("a file");
    for name in ["assessment.toml", "criteria.toml", "items.toml"] {
        write(name, &fs::read_to_string(format!("{BASE}/{name}")).expect("a file"));
    }
    let codes: Vec<String> = (0..CODES).map(|number| format!("E{number},Institution {number},U{:02}", number % UNITS)).collect();
    write("organisations.csv", &format!("code,name,consortium\n{}", codes.join("\n")));
    write("data.csv", &wide);
    the_same_on_all(&desk, &["check", "--format", "json"]);
    let (out, said, code) = the_same_on_all(&desk, &["measure", "--format", "json"]);
    assert_eq!(code, Some(1), "{said}");
    let measures: Vec<serde_json::Value> = serde_json::from_str(&out).expect("JSON");
    assert_eq!(measures.len(), UNITS);
    for (unit, measure) in measures.iter().enumerate() {
        let (mut discharges, mut referrals) = (0, 0);
        for known in known.iter().skip(unit).step_by(UNITS) {
            if let [Known::Value(of_discharges), Known::Value(of_referrals)] = known {
                (discharges, referrals) = (discharges + of_discharges, referrals + of_referrals);
            }
        }
        assert_eq!(measure["unit"], format!("U{unit:02}"));
        assert_eq!((&measure["numerator"], &measure["denominator"]), (&referrals.to_string().into(), &discharges.to_string().into()));
    }
}
