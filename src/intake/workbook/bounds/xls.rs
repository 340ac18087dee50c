//! The cells of an XLS file: a file of files in sectors, one of which is a stream of records.
//!
//! Only what makes the reader allocate is looked at. Whatever else is wrong with the file is for that one to say.

use std::collections::BTreeMap;

use super::MOST_CELLS;
use crate::intake::unreadable::{Excess, Problem, Unreadable};

mod sectors;

use sectors::Sectors;

/// Cells of a sheet as its own header says: 65,536 rows of 256 columns.
const MOST_SAID: u64 = 1 << 24;
/// Sheets a workbook may have.
const MOST_SHEETS: usize = 10_000;

/// Refuses a file whose sectors form a ring, and one whose sheets are larger than is reasonable.
pub(super) fn check(bytes: &[u8]) -> Result<(), Unreadable> {
    let Some(sectors) = Sectors::new(bytes)? else { return Ok(()) };
    let Some(stream) = sectors.stream("Workbook").or_else(|| sectors.stream("Book")) else { return Ok(()) };
    let mut known: BTreeMap<usize, u64> = BTreeMap::new();
    let (mut cells, mut sheets) = (0_u64, 0);
    for record in Records(&stream).take_while(|record| record.kind != Record::END) {
        let (0x0085, Some(at)) = (record.kind, long(record.data, 0)) else { continue };
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        let own = match known.get(&at) {
            Some(own) => *own,
            None => sheet(stream.get(at..).unwrap_or_default())?,
        };
        known.insert(at, own);
        sheets += 1;
        cells = cells.saturating_add(own);
        if cells > MOST_CELLS || sheets > MOST_SHEETS {
            return Err(Unreadable::TooLarge(Excess::Cells));
        }
    }
    Ok(())
}

/// Cells that a sheet makes room for: the rectangle around its values, and that around its formulas.
fn sheet(records: &[u8]) -> Result<u64, Unreadable> {
    let (mut values, mut formulas) = (Area::default(), Area::default());
    let (mut has_begun, mut inner) = (false, 0_usize);
    for record in Records(records) {
        match record.kind {
            Record::BEGIN if has_begun => inner += 1,
            Record::BEGIN => has_begun = true,
            Record::END if inner == 0 => break,
            Record::END => inner -= 1,
            // A chart within the sheet has cells of its own, which are not read.
            _ if inner > 0 => {}
            0x0200 => said(record.data)?,
            0x0006 => {
                values.add(record.data, 0);
                formulas.add(record.data, 0);
            }
            0x00bd => values.add(record.data, record.data.len() / 6),
            0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e | 0x00fd => values.add(record.data, 0),
            _ => {}
        }
    }
    Ok(values.cells().saturating_add(formulas.cells()))
}

/// Room is made for as many cells as the header of the sheet says.
fn said(data: &[u8]) -> Result<(), Unreadable> {
    let (rows, columns) = match data.len() {
        10 => (short(data, 2).map(u64::from), short(data, 6)),
        _ => (long(data, 4).map(u64::from), short(data, 10)),
    };
    let cells = rows.unwrap_or(0).saturating_mul(columns.map_or(0, u64::from));
    if cells > MOST_SAID { Err(Unreadable::Damaged(Problem("the size of a sheet".to_owned()))) } else { Ok(()) }
}

/// A rectangle around cells.
#[derive(Debug, Default)]
struct Area(Option<[u64; 4]>);

impl Area {
    /// Adds the cell of a record, and so many right of it.
    fn add(&mut self, data: &[u8], more: usize) {
        let (Some(row), Some(column)) = (short(data, 0).map(u64::from), short(data, 2).map(u64::from)) else { return };
        let last = column + more as u64;
        let [top, bottom, left, right] = self.0.unwrap_or([row, row, column, last]);
        self.0 = Some([top.min(row), bottom.max(row), left.min(column), right.max(last)]);
    }

    fn cells(&self) -> u64 {
        self.0.map_or(0, |[top, bottom, left, right]| (bottom - top + 1) * (right - left + 1))
    }
}

struct Record<'b> {
    kind: u16,
    data: &'b [u8],
}

impl Record<'_> {
    const BEGIN: u16 = 0x0809;
    const END: u16 = 0x000a;
}

/// The records of a stream, up to one that breaks off.
struct Records<'b>(&'b [u8]);

impl<'b> Iterator for Records<'b> {
    type Item = Record<'b>;

    fn next(&mut self) -> Option<Record<'b>> {
        let kind = short(self.0, 0)?;
        let end = 4 + usize::from(short(self.0, 2)?);
        let data = self.0.get(4..end)?;
        self.0 = self.0.get(end..)?;
        Some(Record { kind, data })
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|two| u16::from_le_bytes(*two))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).expect("a short record");
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    fn cell(row: u16, column: u16) -> Vec<u8> {
        let at: Vec<u8> = [row, column].into_iter().flat_map(u16::to_le_bytes).collect();
        record(0x0203, &[&at[..], &[0; 10]].concat())
    }

    #[test]
    fn a_sheet_is_the_rectangle_around_its_cells() {
        let begin = record(Record::BEGIN, &[0; 16]);
        let chart = [begin.clone(), cell(60000, 200), record(Record::END, &[])].concat();
        let sheet_of = |cells: &[Vec<u8>]| sheet(&[&begin[..], &chart, &cells.concat(), &record(Record::END, &[]), &cell(9, 9)].concat());
        assert_eq!(sheet_of(&[cell(2, 1), cell(4, 3)]), Ok(9));
        assert_eq!(sheet_of(&[cell(0, 0), cell(65535, 65535)]), Ok(1 << 32));
        assert_eq!(sheet_of(&[]), Ok(0));
    }

    #[test]
    fn a_header_that_says_too_much_is_refused() {
        let header = |rows: u32, columns: u16| [&[0; 4], &rows.to_le_bytes()[..], &[0; 2], &columns.to_le_bytes(), &[0; 2]].concat();
        assert_eq!(said(&header(65536, 256)), Ok(()));
        assert!(said(&header(u32::MAX, 2)).is_err());
    }
}
