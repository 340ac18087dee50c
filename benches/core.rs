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
    let desk = tempfile::tempdir().expect("a temporary folder");
    layouts(desk.path(), size);
    growth(desk.path(), size);
}

/// The same figures in every layout.
fn layouts(desk: &Path, size: Size) {
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
    }
    println!("\n| work | s | MB | of wide CSV |\n|---|---|---|---|");
    for (name, cost) in lines {
        println!("| {name} | {} |", shown(cost, wide));
    }
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
