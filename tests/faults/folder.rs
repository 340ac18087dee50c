//! An assessment's exports in memory, to be damaged and written out again.

use std::fs;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet, XlsxError};

/// Columns that say whose and when, not how much.
const KEYS: [&str; 6] = ["机构代码", "机构名称", "年月", "季度", "年度", "项目"];

/// A table of the folder.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    /// File name without folder and ending.
    pub(crate) name: String,
    /// Header first.
    pub(crate) rows: Vec<Vec<String>>,
    encoding: &'static encoding_rs::Encoding,
    has_bom: bool,
    form: Form,
}

/// How the tables are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// As the example has them.
    Csv,
    /// Each as a workbook.
    Xlsx,
}

/// A defect that only a workbook can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Oddity {
    /// A sheet of explanations stands before the table.
    SheetBefore,
    /// A hidden sheet holds the table of another time.
    HiddenSheet,
    /// All figures are texts.
    Texts,
    /// A formula that failed stands in this cell.
    Failed(usize, usize),
    /// A formula that was never computed stands in this cell.
    NeverComputed(usize, usize),
    /// The cell with this figure is a formula whose result is that figure.
    Computed(usize, usize),
    /// The header's first cells are merged and moved a row up.
    MovedHeader,
    /// The cells of one period, one below the other, are merged.
    MergedPeriods,
    /// This row is hidden.
    HiddenRow(usize),
    /// This column is hidden.
    HiddenColumn(usize),
    /// Each period has a sheet of its own that is named by it, in place of the column of periods.
    PeriodSheets,
}

/// What is done to the bytes of a file after it was written.
pub(crate) type Damage = Box<dyn Fn(Vec<u8>) -> Vec<u8>>;

/// The exports of an assessment.
pub(crate) struct Folder {
    /// The tables.
    pub(crate) sheets: Vec<Sheet>,
    /// Damage to the bytes of a file.
    pub(crate) damage: Option<(String, Damage)>,
    /// What is odd about a workbook.
    pub(crate) oddity: Option<(String, Oddity)>,
    from: PathBuf,
}

impl Sheet {
    fn read(path: &Path) -> Self {
        let bytes = fs::read(path).expect("a file");
        let has_bom = bytes.starts_with(b"\xef\xbb\xbf");
        let encoding = if std::str::from_utf8(&bytes).is_ok() { encoding_rs::UTF_8 } else { encoding_rs::GB18030 };
        let (text, _, _) = encoding.decode(&bytes);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
        Self { name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), rows, encoding, has_bom, form: Form::Csv }
    }

    /// The file's name.
    pub(crate) fn file(&self) -> String {
        format!("{}.{}", self.name, if self.form == Form::Csv { "csv" } else { "xlsx" })
    }

    /// Columns of figures.
    pub(crate) fn figures(&self) -> Vec<usize> {
        (0..self.rows[0].len()).filter(|at| !KEYS.contains(&self.rows[0][*at].as_str())).collect()
    }

    /// The column of this name.
    pub(crate) fn column(&self, names: &[&str]) -> Option<usize> {
        self.rows[0].iter().position(|header| names.contains(&header.as_str()))
    }

    /// Rows of institutions: neither the header nor a total.
    pub(crate) fn bodies(&self) -> Vec<usize> {
        (1..self.rows.len()).filter(|row| self.rows[*row][0] != "合计").collect()
    }

    fn bytes(&self, oddity: Option<Oddity>) -> Vec<u8> {
        if self.form == Form::Csv { self.csv() } else { self.xlsx(oddity).expect("memory can be written") }
    }

    fn xlsx(&self, oddity: Option<Oddity>) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        if oddity == Some(Oddity::SheetBefore) {
            workbook.add_worksheet().set_name("说明")?.write_string(0, 0, "请按口径填报")?;
        }
        if oddity == Some(Oddity::HiddenSheet) {
            let hidden = workbook.add_worksheet();
            hidden.set_name("去年")?.set_hidden(true);
            self.fill(hidden, Some(Oddity::Texts))?;
        }
        if oddity == Some(Oddity::PeriodSheets) {
            for of_period in self.by_period() {
                let sheet = workbook.add_worksheet();
                sheet.set_name(&of_period.name)?;
                of_period.fill(sheet, None)?;
            }
            return workbook.save_to_buffer();
        }
        let sheet = workbook.add_worksheet();
        sheet.set_name("报表")?;
        if oddity == Some(Oddity::HiddenSheet) {
            sheet.set_active(true).set_first_tab(true);
        }
        self.fill(sheet, oddity)?;
        workbook.save_to_buffer()
    }

    /// The rows of each period, without their period, under its name.
    fn by_period(&self) -> Vec<Self> {
        let without = |row: &Vec<String>| row.iter().enumerate().filter(|(at, _)| *at != 2).map(|(_, cell)| cell.clone()).collect();
        let mut periods: Vec<Self> = Vec::new();
        for row in self.rows.iter().skip(1).filter(|row| row.len() > 2) {
            let at = periods.iter().position(|period| period.name == row[2]).unwrap_or_else(|| {
                periods.push(Self { name: row[2].clone(), rows: vec![without(&self.rows[0])], ..self.clone() });
                periods.len() - 1
            });
            periods[at].rows.push(without(row));
        }
        periods
    }

    /// The first and last row of each stretch of rows of one period.
    fn stretches(&self) -> Vec<(usize, usize)> {
        let period = |row: usize| self.rows[row].get(2);
        let mut stretches: Vec<(usize, usize)> = Vec::new();
        for row in 1..self.rows.len() {
            match stretches.last_mut() {
                Some((first, last)) if period(*first) == period(row) => *last = row,
                _ => stretches.push((row, row)),
            }
        }
        stretches
    }

    fn fill(&self, sheet: &mut Worksheet, oddity: Option<Oddity>) -> Result<(), XlsxError> {
        for (at, (line, cells)) in (0..).zip(self.rows.iter().enumerate()) {
            for (column, (index, cell)) in (0..).zip(cells.iter().enumerate()) {
                let spot = (line, index);
                // A spreadsheet takes what looks like a number for one.
                let plain = cell.replace(',', "");
                let number = plain.parse::<f64>().ok().filter(|_| cell.starts_with(|c: char| c.is_ascii_digit()));
                let target = if oddity == Some(Oddity::MovedHeader) { at + 1 } else { at };
                let is_moved = oddity == Some(Oddity::MovedHeader) && line == 0 && index < 2;
                match (oddity, number) {
                    (Some(Oddity::Failed(row, column_at)), _) if (row, column_at) == spot => {
                        sheet.write_formula(target, column, Formula::new("=1/0").set_result("#DIV/0!"))?
                    }
                    (Some(Oddity::NeverComputed(row, column_at)), _) if (row, column_at) == spot => {
                        sheet.write_formula(target, column, Formula::new("=B1+B2").set_result("0"))?
                    }
                    (Some(Oddity::Computed(row, column_at)), Some(_)) if (row, column_at) == spot => {
                        sheet.write_formula(target, column, Formula::new("=1+1").set_result(plain))?
                    }
                    (Some(Oddity::Texts), _) | (_, None) if !is_moved => sheet.write_string(target, column, cell)?,
                    (_, Some(number)) => sheet.write_number(target, column, number)?,
                    _ => sheet.merge_range(0, column, 1, column, cell, &Format::new())?,
                };
            }
        }
        let number = |at: usize| u32::try_from(at).unwrap_or_default();
        match oddity {
            Some(Oddity::MergedPeriods) => {
                for (first, last) in self.stretches().into_iter().filter(|(first, last)| first < last) {
                    sheet.merge_range(number(first), 2, number(last), 2, &self.rows[first][2], &Format::new())?;
                }
            }
            Some(Oddity::HiddenRow(row)) => drop(sheet.set_row_hidden(number(row))?),
            Some(Oddity::HiddenColumn(column)) => drop(sheet.set_column_hidden(u16::try_from(column).unwrap_or_default())?),
            _ => {}
        }
        Ok(())
    }

    fn csv(&self) -> Vec<u8> {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in &self.rows {
            writer.write_record(row).expect("memory can be written");
        }
        let bytes = writer.into_inner().expect("memory can be written");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let mark: &[u8] = if self.has_bom { b"\xef\xbb\xbf" } else { b"" };
        [mark, self.encoding.encode(&text).0.as_ref()].concat()
    }
}

impl Folder {
    /// The exports of an example.
    pub(crate) fn read(from: &Path) -> Self {
        let mut paths: Vec<PathBuf> =
            fs::read_dir(from.join("exports")).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        Self { sheets: paths.iter().map(|path| Sheet::read(path)).collect(), damage: None, oddity: None, from: from.to_path_buf() }
    }

    /// A copy to be damaged.
    pub(crate) fn fresh(&self) -> Self {
        Self { sheets: self.sheets.clone(), damage: None, oddity: None, from: self.from.clone() }
    }

    /// The same tables in another form.
    pub(crate) fn written_as(mut self, form: Form) -> Self {
        for sheet in &mut self.sheets {
            sheet.form = form;
        }
        self
    }

    /// Whether the tables are workbooks.
    pub(crate) fn has_workbooks(&self) -> bool {
        self.sheets.iter().any(|sheet| sheet.form == Form::Xlsx)
    }

    /// Writes the whole assessment.
    pub(crate) fn write(&self, to: &Path) {
        fs::create_dir_all(to.join("exports")).expect("a folder");
        for entry in fs::read_dir(&self.from).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                fs::copy(&path, to.join(path.file_name().unwrap_or_default())).expect("a copy");
            }
        }
        if self.has_workbooks() {
            let path = to.join("assessment.toml");
            let text = fs::read_to_string(&path).expect("a file");
            let lines = text.lines().map(|line| if line.contains("exports/") { line.replace(".csv", ".xlsx") } else { line.to_owned() });
            fs::write(path, lines.collect::<Vec<_>>().join("\n")).expect("a file");
        }
        for sheet in &self.sheets {
            let oddity = self.oddity.as_ref().filter(|(name, _)| *name == sheet.name).map(|(_, oddity)| *oddity);
            let bytes = match &self.damage {
                Some((name, damage)) if *name == sheet.name => damage(sheet.bytes(oddity)),
                _ => sheet.bytes(oddity),
            };
            fs::write(to.join("exports").join(sheet.file()), bytes).expect("a file");
        }
    }
}
