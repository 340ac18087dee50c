//! An assessment's exports in memory, to be damaged and written out again.

use std::fs;
use std::path::{Path, PathBuf};

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
}

/// What is done to the bytes of a file after it was written.
pub(crate) type Damage = Box<dyn Fn(Vec<u8>) -> Vec<u8>>;

/// The exports of an assessment.
pub(crate) struct Folder {
    /// The tables.
    pub(crate) sheets: Vec<Sheet>,
    /// Damage to the bytes of a file.
    pub(crate) damage: Option<(String, Damage)>,
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
        Self { name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), rows, encoding, has_bom }
    }

    /// The file's name.
    pub(crate) fn file(&self) -> String {
        format!("{}.csv", self.name)
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

    fn bytes(&self) -> Vec<u8> {
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
        Self { sheets: paths.iter().map(|path| Sheet::read(path)).collect(), damage: None, from: from.to_path_buf() }
    }

    /// A copy to be damaged.
    pub(crate) fn fresh(&self) -> Self {
        Self { sheets: self.sheets.clone(), damage: None, from: self.from.clone() }
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
        for sheet in &self.sheets {
            let bytes = match &self.damage {
                Some((name, damage)) if *name == sheet.name => damage(sheet.bytes()),
                _ => sheet.bytes(),
            };
            fs::write(to.join("exports").join(sheet.file()), bytes).expect("a file");
        }
    }
}
