//! Synthetic statistics of institutions, the same for the same sizes and seed: nothing in them is real.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// How much is made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    /// Institutions.
    pub(crate) organisations: usize,
    /// Months of each.
    pub(crate) months: usize,
    /// Columns of figures; the last quarter is money with two decimals.
    pub(crate) items: usize,
    /// Indicators that are scored, at most as many as pairs of items.
    pub(crate) indicators: usize,
    /// Institutions of a unit.
    pub(crate) members: usize,
}

impl Size {
    /// Rows of a wide table.
    pub(crate) fn rows(self) -> usize {
        self.organisations * self.months
    }

    /// True for an item in money.
    pub(crate) fn is_money(self, item: usize) -> bool {
        item >= self.items - self.items / 4
    }

    /// Numerator and denominator of an indicator.
    pub(crate) fn pair(self, indicator: usize) -> (usize, usize) {
        let above = indicator % self.items;
        (above, (above + 1 + indicator / self.items) % self.items)
    }
}

/// A sequence of numbers that look random (SplitMix64; Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// Writes an assessment over a wide table: `assessment.toml` and all it names.
pub(crate) fn assessment(folder: &Path, size: Size) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("items.toml"), catalogue(size))?;
    std::fs::write(folder.join("criteria.toml"), criteria(size))?;
    organisations(&folder.join("organisations.csv"), size)?;
    wide(&folder.join("data.csv"), size)?;
    source(folder, "data.csv", "")
}

/// Lets the assessment read this file.
pub(crate) fn source(folder: &Path, file: &str, more: &str) -> io::Result<()> {
    let text = format!(
        "title = \"Synthetic\"\nperiod = \"2025\"\nunit = \"consortium\"\ncriteria = \"criteria.toml\"\n\
         [organisations]\npath = \"organisations.csv\"\n[[source]]\npath = \"{file}\"\n{more}"
    );
    std::fs::write(folder.join("assessment.toml"), text)
}

fn catalogue(size: Size) -> String {
    let mut text = "[catalogue]\nid = \"synthetic\"\ntitle = \"Synthetic\"\nversion = 1\n".to_owned();
    for item in 0..size.items {
        let (unit, decimals) = if size.is_money(item) { ("yuan", 2) } else { ("visit", 0) };
        let _ =
            write!(text, "\n[[item]]\nid = \"x{item}\"\nname = \"x{item}\"\nunit = \"{unit}\"\ndecimals = {decimals}\ntime = \"flow\"\n");
    }
    for indicator in 0..size.indicators {
        let (above, below) = size.pair(indicator);
        let _ = write!(text, "\n[[indicator]]\nid = \"i{indicator}\"\nname = \"i{indicator}\"\nnumerator = \"x{above}\"\n");
        let _ = write!(text, "denominator = \"x{below}\"\nfactor = 100\nunit = \"%\"\nform = \"ratio\"\nbetter = \"higher\"\n");
    }
    text
}

fn criteria(size: Size) -> String {
    let mut text = format!(
        "[criteria]\nid = \"synthetic\"\ntitle = \"Synthetic\"\ncatalogues = [\"items.toml\"]\n\
         [policy]\nmin_completeness = 0.5\n[[dimension]]\nid = \"d\"\nname = \"All\"\npoints = {}\n",
        size.indicators
    );
    for indicator in 0..size.indicators {
        let _ = write!(text, "[[dimension.criterion]]\nindicator = \"i{indicator}\"\npoints = 1\n");
        text.push_str("score.linear = { zero = 0, full = 200 }\n");
    }
    text
}

fn organisations(path: &Path, size: Size) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    writeln!(out, "code,name,level,consortium")?;
    for at in 0..size.organisations {
        let level = if at % size.members == 0 { "secondary" } else { "primary" };
        writeln!(out, "P{at:08},机构{at:08},{level},医共体{:05}", at / size.members)?;
    }
    out.flush()
}

/// Whole numbers below two thousand, money below two millions; one cell of fifty is blank.
fn wide(path: &Path, size: Size) -> io::Result<()> {
    let mut random = Random(42);
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let names: Vec<String> = (0..size.items).map(|item| format!("x{item}")).collect();
    writeln!(out, "code,period,{}", names.join(","))?;
    for at in 0..size.organisations {
        for month in 1..=size.months {
            write!(out, "P{at:08},2025-{month:02}")?;
            for item in 0..size.items {
                let number = random.next();
                match (number % 50, size.is_money(item)) {
                    (0, _) => out.write_all(b",")?,
                    (_, true) => write!(out, ",{}.{:02}", (number >> 8) % 2_000_000, (number >> 40) % 100)?,
                    (_, false) => write!(out, ",{}", (number >> 8) % 2_000)?,
                }
            }
            out.write_all(b"\n")?;
        }
    }
    out.flush()
}

/// The same figures, a row for each.
pub(crate) fn long(folder: &Path) -> io::Result<()> {
    let text = std::fs::read_to_string(folder.join("data.csv"))?;
    let mut out = BufWriter::with_capacity(1 << 20, File::create(folder.join("long.csv"))?);
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split(',').skip(2).collect();
    writeln!(out, "code,period,item,value")?;
    for line in lines {
        let mut cells = line.split(',');
        let (code, period) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        for (name, value) in names.iter().zip(cells).filter(|(_, value)| !value.is_empty()) {
            writeln!(out, "{code},{period},{name},{value}")?;
        }
    }
    out.flush()
}

/// The same figures as a workbook.
pub(crate) fn workbook(folder: &Path) -> Result<(), rust_xlsxwriter::XlsxError> {
    let text = std::fs::read_to_string(folder.join("data.csv"))?;
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet_with_low_memory()?;
    for (row, line) in (0..).zip(text.lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number)?,
                Err(_) if cell.is_empty() => continue,
                Err(_) => sheet.write_string(row, column, cell)?,
            };
        }
    }
    book.save(folder.join("data.xlsx"))
}

/// The same figures in GB18030, with a Chinese header that says which.
pub(crate) fn gb18030(folder: &Path) -> io::Result<()> {
    let text = std::fs::read_to_string(folder.join("data.csv"))?.replacen("code,period", "机构代码,期间", 1);
    std::fs::write(folder.join("gb.csv"), encoding_rs::GB18030.encode(&text).0)
}

/// The same figures packed.
pub(crate) fn gzip(folder: &Path) -> io::Result<()> {
    let out = File::create(folder.join("data.csv.gz"))?;
    let mut packer = flate2::write::GzEncoder::new(out, flate2::Compression::fast());
    io::copy(&mut File::open(folder.join("data.csv"))?, &mut packer)?;
    packer.finish().map(|_| ())
}

/// An assessment over a register with a row per referral, the institutions and units as above.
pub(crate) fn register(folder: &Path, size: Size, records: usize) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    organisations(&folder.join("organisations.csv"), size)?;
    let items = [("down", "person", 0), ("up", "person", 0), ("cost", "yuan", 2), ("persons", "person", 0)];
    let mut text = "[catalogue]\nid = \"register\"\ntitle = \"Register\"\nversion = 1\n".to_owned();
    let mut scheme = "[criteria]\nid = \"register\"\ntitle = \"Register\"\ncatalogues = [\"items.toml\"]\n\
                      [[dimension]]\nid = \"d\"\nname = \"All\"\npoints = 4\n"
        .to_owned();
    for (id, unit, decimals) in items {
        let _ = write!(text, "[[item]]\nid = \"{id}\"\nname = \"{id}\"\nunit = \"{unit}\"\ndecimals = {decimals}\ntime = \"flow\"\n");
        let _ = write!(scheme, "[[dimension.criterion]]\nindicator = \"{id}\"\npoints = 1\nscore.ratio = {{ target = 1000 }}\n");
    }
    std::fs::write(folder.join("items.toml"), text)?;
    std::fs::write(folder.join("criteria.toml"), scheme)?;
    let source = "layout = \"records\"\norganisation = { column = \"sender\" }\nperiod = { column = \"date\" }\ncovers = \"2025\"\n\
                  items = [\n{ item = \"down\", where = { direction = \"down\", kind = \"inpatient\" } },\n\
                  { item = \"up\", where = { direction = \"up\" } },\n\
                  { item = \"cost\", sum = { column = \"cost\" }, where = { kind = \"inpatient\" } },\n\
                  { item = \"persons\", distinct = { column = \"person\" } },\n]\n";
    self::source(folder, "referrals.csv", source)?;
    let mut random = Random(7);
    let mut out = BufWriter::with_capacity(1 << 20, File::create(folder.join("referrals.csv"))?);
    writeln!(out, "number,date,direction,kind,sender,receiver,person,cost")?;
    for number in 0..records {
        let (drawn, people) = (random.next(), random.next());
        let of = size.organisations as u64;
        let (from, to) = (drawn % of, (drawn >> 20) % of);
        let direction = if (drawn >> 40).is_multiple_of(2) { "down" } else { "up" };
        let kind = if (drawn >> 41).is_multiple_of(4) { "outpatient" } else { "inpatient" };
        let (month, day, person) = (1 + (drawn >> 44) % 12, 1 + (drawn >> 48) % 28, people % 2_000_000);
        writeln!(
            out,
            "R{number:09},2025-{month:02}-{day:02},{direction},{kind},P{from:08},P{to:08},N{person:07},{}.{:02}",
            people >> 32 & 0xffff,
            people >> 50 & 63
        )?;
    }
    out.flush()
}
