//! Why a file cannot be read as a table at all [D4]: such files stop the run.

use std::io::{self, ErrorKind};

use crate::codes::data;
use crate::diagnostic::Diagnostic;
use crate::text::Text;

/// Cells a row may have: the columns of a spreadsheet.
pub(super) const MOST_COLUMNS: usize = 16_384;

/// Bytes a cell may have; a spreadsheet holds 32,767 characters in one.
pub(in crate::intake) const MOST_CELL: usize = 1 << 20;

/// Why the bytes of a file are no table [D4].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// There are no bytes, or nothing but a byte order mark.
    Empty,
    /// The bytes are not text.
    Binary(Binary),
    /// The text is markup of a web page or an XML document.
    Markup,
    /// A byte has no meaning in the encoding.
    Undecodable {
        /// Name of the encoding tried.
        encoding: &'static str,
        /// Offset of the first such byte, from 0.
        byte: usize,
        /// Line it stands on, from 1.
        line: usize,
    },
    /// No line holds anything but blanks and separators.
    NoHeader,
    /// A quotation mark of the header is not closed.
    OpenHeader {
        /// Line the mark stands on, from 1.
        line: u64,
    },
    /// A row has more cells than any spreadsheet has columns.
    TooWide,
    /// The content takes more than is reasonable.
    TooLarge(Excess),
    /// A packed file that is cut short or damaged.
    Packed,
    /// The file is not what it was when it was first read.
    Changed,
    /// What the system says.
    System(ErrorKind, Problem),
    /// A workbook that only its password opens.
    Password,
    /// A workbook that cannot be taken apart.
    Damaged(Problem),
    /// Bytes that are no workbook under the name of one; text where no kind is known.
    NotAWorkbook(Option<Binary>),
}

/// What a reader of workbooks or the system says, in its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem(pub String);

/// What there is too much of in a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    /// Unpacked bytes.
    Unpacked,
    /// Characters of a cell.
    Cell,
    /// Cells, with the blank ones between.
    Cells,
    /// Text of a sheet.
    Text,
    /// Bytes of a line of text.
    Line,
    /// Unpacked bytes of a packed file.
    Packed,
}

impl Excess {
    fn words(self) -> Text {
        match self {
            Self::Unpacked => Text::new("解压后超过 512 MB", "it unpacks to more than 512 MB"),
            Self::Cell => Text::new("有一个单元格超过 1 MB", "a cell of it holds more than 1 MB"),
            Self::Cells => {
                Text::new("单元格（连同其间的空格）超过 1000 万个", "it has more than 10 million cells, blank ones between included")
            }
            Self::Line => {
                Text::new("有一行超过 8 MB，可能是引号没有闭合", "a line of it holds more than 8 MB; a quotation mark may never be closed")
            }
            Self::Packed => Text::new("解压后是压缩文件的 200 倍以上", "it unpacks to more than 200 times its size"),
            Self::Text => Text::new("一个工作表的内容超过 512 MB", "a sheet of it holds more than 512 MB"),
        }
    }
}

/// What bytes that are not text most likely are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binary {
    /// Excel workbook, Office Open XML.
    Xlsx,
    /// Excel workbook, 97–2003 (any OLE compound file).
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// Some other zip archive.
    Zip,
    /// gzip archive.
    Gzip,
    /// PDF document.
    Pdf,
    /// Parquet table.
    Parquet,
    /// UTF-16 text without a byte order mark.
    Utf16,
    /// NUL bytes, but no known signature.
    Unknown,
}

impl Binary {
    fn name(self) -> Text {
        match self {
            Self::Xlsx => Text::new("Excel 工作簿(xlsx)", "an Excel workbook (xlsx)"),
            Self::Xls => Text::new("Excel 97–2003 工作簿(xls)", "an Excel 97–2003 workbook (xls)"),
            Self::Ods => Text::new("OpenDocument 表格(ods)", "an OpenDocument spreadsheet (ods)"),
            Self::Zip => Text::new("zip 压缩包", "a zip archive"),
            Self::Gzip => Text::new("gzip 压缩文件", "a gzip file"),
            Self::Pdf => Text::new("PDF 文档", "a PDF document"),
            Self::Parquet => Text::new("Parquet 表", "a Parquet table"),
            Self::Utf16 => Text::new("没有字节顺序标记的 UTF-16 文本", "UTF-16 text without a byte order mark"),
            Self::Unknown => Text::new("某种二进制文件", "a binary file of some kind"),
        }
    }
}

impl Unreadable {
    /// What the system says.
    pub fn of_system(error: &io::Error) -> Self {
        Self::System(error.kind(), Problem(error.to_string()))
    }

    /// The diagnostic that names the file.
    pub fn diagnostic(&self, file: &str) -> Diagnostic {
        let about = |code| Diagnostic::new(code, None).with("file", file);
        match self {
            Self::Empty => about(&data::EMPTY),
            Self::Binary(kind) => about(&data::BINARY).with("kind", kind.name()),
            Self::Markup => about(&data::MARKUP),
            Self::Undecodable { encoding, byte, line } => {
                about(&data::UNDECODABLE).with("encoding", *encoding).with("byte", byte.to_string()).with("line", line.to_string())
            }
            Self::NoHeader => about(&data::NO_HEADER),
            Self::TooWide => about(&data::TOO_WIDE).with("most", MOST_COLUMNS.to_string()),
            Self::TooLarge(excess) => about(&data::TOO_LARGE).with("what", excess.words()),
            Self::Packed => about(&data::PACKED),
            Self::Changed => about(&data::CHANGING),
            Self::System(ErrorKind::NotFound, _) => about(&data::NOT_FOUND),
            Self::System(ErrorKind::PermissionDenied, _) => about(&data::NO_PERMISSION),
            Self::System(_, Problem(said)) => about(&data::UNREADABLE).with("error", said.clone()),
            Self::Password => about(&data::PASSWORD),
            Self::Damaged(Problem(said)) => about(&data::DAMAGED).with("error", said.clone()),
            Self::NotAWorkbook(kind) => {
                let text = || Text::new("文本（网页或 CSV）", "text, such as a web page or CSV");
                about(&data::NOT_A_WORKBOOK).with("kind", kind.map_or_else(text, Binary::name))
            }
            Self::OpenHeader { line } => about(&data::OPEN_HEADER).with("line", line.to_string()),
        }
    }
}
