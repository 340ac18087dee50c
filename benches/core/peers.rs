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

/// Both ways of counting the register.
const COUNTED: [&str; 3] = ["direction = 'down' and kind = 'inpatient'", "direction = 'up'", "kind = 'inpatient'"];

/// DuckDB over the register of referrals.
pub(crate) fn duckdb_register(folder: &Path) -> Command {
    let [down, up, inpatient] = COUNTED;
    let query = format!(
        "select sender, substr(date, 1, 7) m, count(case when {down} then 1 end), count(case when {up} then 1 end), \
         sum(case when {inpatient} then cost end), count(distinct person) \
         from read_csv('{}/referrals.csv', types={{'date': 'VARCHAR'}}) group by all",
        folder.display()
    );
    python(&format!("import duckdb\nduckdb.sql(\"\"\"{query}\"\"\").fetchall()"))
}

/// Polars over the register of referrals.
pub(crate) fn polars_register(folder: &Path) -> Command {
    let down = "(pl.col('direction') == 'down') & (pl.col('kind') == 'inpatient')";
    python(&format!(
        "import polars as pl\nr = pl.scan_csv('{}/referrals.csv', schema_overrides={{'date': pl.String}})\n\
         r.group_by('sender', pl.col('date').str.head(7)).agg(({down}).sum().alias('down'), (pl.col('direction') == 'up').sum().alias('up'), \
         pl.col('cost').filter(pl.col('kind') == 'inpatient').sum(), pl.col('person').n_unique()).collect(engine='streaming')",
        folder.display()
    ))
}

/// This program, to read the cells of a workbook and nothing else.
pub(crate) fn calamine(book: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap_or_default());
    command.arg("--calamine").arg(book);
    command
}

/// Reads all cells of the first sheet, one after the other.
pub(crate) fn read_cells(book: &Path) {
    use calamine::Reader as _;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(book).expect("a workbook");
    let name = book.sheet_names()[0].clone();
    let mut cells = book.worksheet_cells_reader(&name).expect("a sheet");
    let mut numbers = 0_u64;
    while let Some(cell) = cells.next_cell().expect("a cell") {
        numbers += u64::from(matches!(cell.get_value(), calamine::DataRef::Float(_) | calamine::DataRef::Int(_)));
    }
    assert!(numbers > 0, "a workbook of numbers");
}

/// openpyxl, which reads a row at a time.
pub(crate) fn openpyxl(book: &Path) -> Command {
    let book = book.display();
    python(&format!(
        "import openpyxl\nfor row in openpyxl.load_workbook('{book}', read_only=True).active.iter_rows(values_only=True):\n    pass"
    ))
}
