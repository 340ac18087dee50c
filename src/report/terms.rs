//! A terms file: for programs, not for spreadsheets, which would take a part for a date.

use std::io;

use crate::report::csv;
use crate::terms::{COLUMNS, Terms};

/// Writes it, rows as they stand; a part without figures has one row that says which part it is.
pub fn write(terms: &Terms, out: &mut dyn io::Write) -> io::Result<()> {
    let part = terms.part.to_string();
    let shared = [terms.definitions.clone(), part];
    let of_row = |row: &crate::terms::Row| {
        let texts = [&*row.organisation, &*row.period, &*row.item, &*row.value].map(str::to_owned);
        let own = std::iter::once(row.source.to_string()).chain(texts);
        shared.iter().cloned().chain(own).chain(row.counts.all().map(|count| count.to_string())).collect::<Vec<String>>()
    };
    let alone = || {
        let blanks = std::iter::repeat_n(String::new(), 5);
        shared.iter().cloned().chain(blanks).chain(std::iter::repeat_n("0".to_owned(), 5)).collect::<Vec<String>>()
    };
    let empty = terms.rows.is_empty().then(alone);
    csv::plain(&COLUMNS, terms.rows.iter().map(of_row).chain(empty), out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::{Counts, Part, Row, read};

    #[test]
    fn what_is_written_reads_back() {
        let row = Row {
            source: 2,
            organisation: "=甲, \"乙\"".into(),
            period: "2025-01".into(),
            item: "visits".into(),
            value: "-0.5".into(),
            counts: Counts { rows: 3, reported: 2, repeated: 1, conflicting: 0, rejected: 0 },
            line: 2,
        };
        for rows in [vec![row], Vec::new()] {
            let terms = Terms {
                file: "t.csv".to_owned(),
                definitions: "sha256:0123456789abcdef".to_owned(),
                part: Part::Site("甲".to_owned()),
                rows,
            };
            let mut bytes = Vec::new();
            write(&terms, &mut bytes).expect("memory can be written");
            assert_eq!(read(&bytes, "t.csv"), Ok(terms));
        }
    }
}
