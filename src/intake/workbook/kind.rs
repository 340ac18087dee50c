//! What kind of workbook bytes are, and whether they can be unpacked within bounds.

use crate::intake::encoding;
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
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(extension.as_deref(), Some("xlsx" | "xlsm" | "xls" | "ods" | "xlsb" | "et"))
}

/// The kind by the content; the name does not matter.
pub(super) fn of(bytes: &[u8]) -> Result<Kind, Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    match encoding::signature(bytes) {
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

/// Unpacked bytes a workbook may have.
const MOST_BYTES: u64 = 1 << 31;

/// Refuses an archive whose parts say that they unpack to more than is reasonable.
pub(super) fn check_sizes(bytes: &[u8]) -> Result<(), Unreadable> {
    let total = unpacked_sizes(bytes).into_iter().fold(0_u64, u64::saturating_add);
    if total > MOST_BYTES { Err(Unreadable::TooLarge) } else { Ok(()) }
}

/// The sizes in the central directory of a zip archive; none for other bytes.
fn unpacked_sizes(bytes: &[u8]) -> Vec<u64> {
    let number = |at: usize, length: usize| {
        let part = bytes.get(at..at.checked_add(length)?)?;
        Some(part.iter().rev().fold(0_u64, |number, byte| number << 8 | u64::from(*byte)))
    };
    let mut sizes = Vec::new();
    // Looked for by signature: the directory may stand anywhere before its end record.
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.windows(4).position(|window| window == *b"PK\x01\x02")) {
        let entry = at + found;
        sizes.extend(number(entry + 24, 4));
        at = entry + 4;
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A directory entry of a zip archive that unpacks to this size.
    fn entry(size: u32) -> Vec<u8> {
        let mut bytes = b"PK\x01\x02".to_vec();
        bytes.resize(24, 0);
        bytes.extend(size.to_le_bytes());
        bytes.resize(46, 0);
        bytes
    }

    #[test]
    fn an_archive_that_unpacks_to_gigabytes_is_refused() {
        assert_eq!(check_sizes(&entry(1_000_000)), Ok(()));
        assert_eq!(check_sizes(&[entry(u32::MAX), entry(u32::MAX)].concat()), Err(Unreadable::TooLarge));
        assert_eq!(check_sizes(b"PK"), Ok(()));
    }

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
