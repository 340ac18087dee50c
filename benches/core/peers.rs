//! The same sums in other engines, where they are installed: sums of pairs of columns over those rows that have both, by unit.

use std::path::Path;
use std::process::Command;

use crate::generate::Size;

/// Python, or what `KAOHE_BENCH_PYTHON` names.
fn python(script: &str) -> Command {
    let mut command = Command::new(std::env::var("KAOHE_BENCH_PYTHON").unwrap_or_else(|_| "python3".to_owned()));
    command.args(["-c", script]);
    command
}

/// Whether Python has a module.
pub(crate) fn has(module: &str) -> bool {
    python(&format!("import {module}")).output().is_ok_and(|output| output.status.success())
}

/// DuckDB over the wide table.
pub(crate) fn duckdb(folder: &Path, size: Size) -> Command {
    let pair = |indicator: usize| {
        let (above, below) = size.pair(indicator);
        let sum = |item| format!("sum(case when x{above} is not null and x{below} is not null then x{item} else 0 end)");
        format!("{}, {}", sum(above), sum(below))
    };
    let sums: Vec<String> = (0..size.indicators).map(pair).collect();
    let query = format!(
        "select o.consortium, {} from read_csv('{folder}/data.csv') w join read_csv('{folder}/organisations.csv') o using (code) group by 1",
        sums.join(", "),
        folder = folder.display()
    );
    python(&format!("import duckdb\nduckdb.sql(\"\"\"{query}\"\"\").fetchall()"))
}

/// Polars over the wide table.
pub(crate) fn polars(folder: &Path, size: Size) -> Command {
    let pair = |indicator: usize| {
        let (above, below) = size.pair(indicator);
        let both = format!("pl.col('x{above}').is_not_null() & pl.col('x{below}').is_not_null()");
        let sum =
            |item: usize, part: &str| format!("pl.when({both}).then(pl.col('x{item}')).otherwise(0).sum().alias('{part}{indicator}')");
        format!("{}, {}", sum(above, "n"), sum(below, "d"))
    };
    let sums: Vec<String> = (0..size.indicators).map(pair).collect();
    let folder = folder.display();
    python(&format!(
        "import polars as pl\nw = pl.scan_csv('{folder}/data.csv').join(pl.scan_csv('{folder}/organisations.csv'), on='code')\n\
         w.group_by('consortium').agg({}).collect(engine='streaming')",
        sums.join(", ")
    ))
}
