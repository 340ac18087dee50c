//! What kind of workbook bytes are.

use crate::intake::encoding;
use crate::intake::packed::inner_name;
use crate::intake::unreadable::{Binary, Unreadable};

/// The kinds that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Office Open XML, also with macros.
    Xlsx,
    /// Excel 97–2003.
    Xls,
    /// OpenDocument.
    Ods,
}

impl Kind {
    /// The name as it is shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "XLSX",
            Self::Xls => "XLS",
            Self::Ods => "ODS",
        }
    }
}

/// True for a path that is named as a workbook.
pub fn is_named_as_workbook(path: &str) -> bool {
    let extension = inner_name(path).rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(extension.as_deref(), Some("xlsx" | "xlsm" | "xls" | "ods" | "xlsb" | "et"))
}

/// The kind by the content; the name does not matter.
pub(super) fn of(bytes: &[u8]) -> Result<Kind, Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    match encoding::signature(bytes, bytes.get(bytes.len().saturating_sub(4)..).unwrap_or_default()) {
        Some(Binary::Xlsx) => Ok(Kind::Xlsx),
        Some(Binary::Ods) => Ok(Kind::Ods),
        Some(Binary::Xls) if is_encrypted(bytes) => Err(Unreadable::Password),
        Some(Binary::Xls) => Ok(Kind::Xls),
        Some(other) => Err(Unreadable::NotAWorkbook(Some(other))),
        None => Err(Unreadable::NotAWorkbook(None)),
    }
}

/// A protected XLSX is an OLE file that holds a stream of this name, in UTF-16.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_protected_workbook_and_a_mere_text_are_told_apart() {
        let ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        let stream: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(of(&[&ole[..], &stream].concat()), Err(Unreadable::Password));
        assert_eq!(of(&ole), Ok(Kind::Xls));
        assert_eq!(of(b"code,visits\n"), Err(Unreadable::NotAWorkbook(None)));
        assert_eq!(of(b""), Err(Unreadable::Empty));
    }
}
