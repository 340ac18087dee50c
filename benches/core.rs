//! What the main job costs: `kaohe score` as a whole on synthetic statistics, beside DuckDB and polars in the same run where
//! Python has them, and how the cost grows. `cargo bench --bench core -- --organisations 100000`; see docs/performance.md.

#![allow(clippy::print_stdout)] // A benchmark prints.

use std::path::Path;
use std::process::Command;

#[path = "core/generate.rs"]
mod generate;
#[path = "core/peers.rs"]
mod peers;
#[path = "core/timed.rs"]
mod timed;

use generate::Size;
use timed::{Cost, cheapest};

/// The command that has an engine work on a folder.
type Engine = fn(&Path, Size) -> Command;
/// A size with one of its parts so many times as large.
type Doubled = fn(Size, usize) -> Size;

/// Bytes held at most for each cell, with what is said of missing ones, and for each institution; the size of the file does
/// not matter.
const CELL: u64 = 5;
const ORGANISATION: u64 = 768;
/// Megabytes held besides.
const PROGRAM: u64 = 64;

/// Runs of each, of which the cheapest counts.
const RUNS: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let given = |name: &str| arguments.iter().position(|one| one == name).and_then(|at| arguments.get(at + 1)?.parse().ok());
    let size = Size {
        organisations: given("--organisations").unwrap_or(10_000),
        months: 12,
        items: given("--items").unwrap_or(30),
        indicators: given("--indicators").unwrap_or(20),
        members: 40,
    };
    if let Some(path) = arguments.iter().position(|one| one == "--calamine").and_then(|at| arguments.get(at + 1)) {
        return peers::read_cells(Path::new(path));
    }
    let desk = tempfile::tempdir().expect("a temporary folder");
    let parts = ["layouts", "records", "small", "growth"];
    let asked = |part: &&str| !parts.iter().any(|part| arguments.iter().any(|one| one == part)) || arguments.iter().any(|one| one == *part);
    let mut is_within = true;
    for part in parts.iter().filter(|part| asked(part)) {
        match *part {
            "layouts" => is_within &= layouts(desk.path(), size),
            "records" => registers(desk.path(), size, given("--records").unwrap_or(1_000_000)),
            "small" => small(desk.path()),
            _ => growth(desk.path(), size),
        }
    }
    assert!(is_within, "more memory was held than docs/performance.md says");
}

/// The same figures in every layout; whether no more memory was held than is said.
fn layouts(desk: &Path, size: Size) -> bool {
    println!("{} institutions × {} months × {} items, {} indicators\n", size.organisations, size.months, size.items, size.indicators);
    generate::assessment(desk, size).expect("data");
    let wide = score(desk);
    let mut lines = vec![("wide CSV", wide)];
    for (module, command) in [("duckdb", peers::duckdb as Engine), ("polars", peers::polars)] {
        if peers::has(module) {
            lines.push((module, cheapest(RUNS, || command(desk, size))));
        } else {
            println!("(Python has no module {module}; it is left out)");
        }
    }
    generate::gb18030(desk).and_then(|()| generate::source(desk, "gb.csv", "")).expect("data");
    lines.push(("the same in GB18030", score(desk)));
    generate::gzip(desk).and_then(|()| generate::source(desk, "data.csv.gz", "")).expect("data");
    lines.push(("the same packed", score(desk)));
    generate::long(desk).and_then(|()| generate::source(desk, "long.csv", "layout = \"long\"\n")).expect("data");
    lines.push(("long CSV", score(desk)));
    // A workbook takes no more than ten million cells.
    if size.rows() * (size.items + 2) < 10_000_000 {
        generate::workbook(desk).expect("data");
        generate::source(desk, "data.xlsx", "").expect("data");
        lines.push(("XLSX", score(desk)));
        lines.push(("its cells alone, by calamine", cheapest(RUNS, || peers::calamine(&desk.join("data.xlsx")))));
        if peers::has("openpyxl") {
            lines.push(("its cells alone, by openpyxl", cheapest(1, || peers::openpyxl(&desk.join("data.xlsx")))));
        }
    }
    println!("\n| work | s | MB | of wide CSV |\n|---|---|---|---|");
    for (name, cost) in lines {
        println!("| {name} | {} |", shown(cost, wide));
    }
    let cells = (size.rows() * size.items) as u64;
    let ceiling = PROGRAM + (CELL * cells + ORGANISATION * size.organisations as u64) / (1 << 20);
    println!("\nat most {ceiling} MB are to be held for the wide CSV");
    wide.and_then(|cost| cost.memory).is_none_or(|held| held <= ceiling)
}

/// A register of referrals.
fn registers(desk: &Path, size: Size, records: usize) {
    let folder = desk.join("records");
    generate::register(&folder, size, records).expect("data");
    println!("\n{records} referrals between {} institutions, counted, summed and by person\n", size.organisations);
    let own = score(&folder);
    println!("| work | s | MB | of kaohe |\n|---|---|---|---|\n| kaohe | {} |", shown(own, own));
    for (module, command) in [("duckdb", peers::duckdb_register as fn(&Path) -> Command), ("polars", peers::polars_register)] {
        if peers::has(module) {
            println!("| {module} | {} |", shown(cheapest(RUNS, || command(&folder)), own));
        }
    }
}

/// Start-up, and many small assessments.
fn small(desk: &Path) {
    let folder = desk.join("small");
    generate::assessment(&folder, Size { organisations: 50, months: 12, items: 30, indicators: 20, members: 10 }).expect("data");
    let kaohe = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kaohe"));
        command.args(arguments).args(["--format", "csv", "--quiet"]).current_dir(&folder);
        command
    };
    println!("\n| small work | ms |\n|---|---|");
    let often = |arguments: &[&str]| cheapest(20, || kaohe(arguments)).map_or(f64::NAN, |cost| cost.time.as_secs_f64() * 1e3);
    println!("| score of 50 institutions | {:.1} |", often(&["score", "."]));
    println!("| check of the definitions alone | {:.1} |", often(&["check", "criteria.toml"]));
    let many: Vec<String> = (0..1000).map(|at| format!("many/{at:04}")).collect();
    for one in &many {
        generate::assessment(&folder.join(one), Size { organisations: 10, months: 12, items: 8, indicators: 6, members: 5 }).expect("data");
    }
    let all: Vec<&str> = std::iter::once("score").chain(many.iter().map(String::as_str)).collect();
    println!(
        "| 1,000 assessments of 10 institutions | {:.0} |",
        cheapest(RUNS, || kaohe(&all)).map_or(f64::NAN, |cost| cost.time.as_secs_f64() * 1e3)
    );
}

/// One size after the other doubled, and the power of it with which the time grows.
fn growth(desk: &Path, size: Size) {
    let small = Size { organisations: (size.organisations / 4).max(400), ..size };
    let doubled: [(&str, Doubled); 4] = [
        ("institutions", |size, times| Size { organisations: size.organisations * times, ..size }),
        ("items", |size, times| Size { items: size.items / 4 * times, indicators: size.indicators.min(size.items / 4), ..size }),
        ("indicators", |size, times| Size { indicators: size.indicators / 4 * times, ..size }),
        ("units", |size, times| Size { members: (size.members / times).max(1), ..size }),
    ];
    println!("\n| what grows | ×1 s | ×2 s | ×4 s | MB at ×1 and ×4 | exponent |\n|---|---|---|---|---|---|");
    for (name, of) in doubled {
        let costs: Vec<Option<Cost>> = [1, 2, 4].map(|times| of(small, times)).map(|size| measured(desk, size)).into();
        let seconds: Vec<f64> = costs.iter().flatten().map(|cost| cost.time.as_secs_f64()).collect();
        let memory =
            |at: usize| costs.get(at).copied().flatten().and_then(|cost| cost.memory).map_or("–".to_owned(), |most| most.to_string());
        let times: Vec<String> = seconds.iter().map(|time| format!("{time:.2}")).collect();
        println!("| {name} | {} | {}, {} | {:.2} |", times.join(" | "), memory(0), memory(2), exponent(&seconds));
    }
}

fn measured(desk: &Path, size: Size) -> Option<Cost> {
    let folder = desk.join("growth");
    generate::assessment(&folder, size).expect("data");
    score(&folder)
}

/// The slope of the straight line through the logarithms (least squares) of times at sizes 1, 2, 4.
fn exponent(seconds: &[f64]) -> f64 {
    let [first, _, last] = seconds else { return f64::NAN };
    // Three sizes at equal distances: the middle one does not tilt the line.
    (last / first).log2() / 2.0
}

fn score(folder: &Path) -> Option<Cost> {
    cheapest(RUNS, || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kaohe"));
        command.arg("score").arg(folder).args(["--format", "csv", "--quiet"]);
        command
    })
}

fn shown(cost: Option<Cost>, wide: Option<Cost>) -> String {
    let Some(cost) = cost else { return "failed | – | –".to_owned() };
    let ratio = wide.map_or(f64::NAN, |wide| cost.time.as_secs_f64() / wide.time.as_secs_f64());
    let memory = cost.memory.map_or("–".to_owned(), |memory| memory.to_string());
    format!("{:.2} | {memory} | {ratio:.2}", cost.time.as_secs_f64())
}
