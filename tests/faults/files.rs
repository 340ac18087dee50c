//! Defects of whole files, and of their bytes.

use crate::dice::Dice;
use crate::folder::{Damage, Folder};
use crate::kinds::{Change, Kind, kind, unseen};
use crate::outcome::Spot;

fn whole(folder: &Folder, sheet: usize) -> Spot {
    let of = &folder.sheets[sheet];
    let mut organisations: Vec<String> = of.bodies().into_iter().map(|row| of.rows[row][0].clone()).collect();
    organisations.sort();
    organisations.dedup();
    Spot { file: of.file(), row: None, column: None, organisations }
}

fn bytes(folder: &mut Folder, dice: &mut Dice, damage: impl Fn(usize) -> Damage) -> Option<Spot> {
    let sheet = dice.below(folder.sheets.len());
    let where_in_file = dice.below(1_000_000);
    folder.damage = Some((folder.sheets.get(sheet)?.name.clone(), damage(where_in_file)));
    Some(whole(folder, sheet))
}

/// Somewhere behind the header, by a share of the rest in millionths.
fn behind_header(bytes: &[u8], millionths: usize) -> usize {
    let header = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(0) + 1;
    header + (bytes.len() - header) * millionths / 1_000_000
}

fn copied(folder: &mut Folder, dice: &mut Dice, is_changed: bool) -> Option<Spot> {
    let sheet = dice.below(folder.sheets.len());
    let mut copy = folder.sheets[sheet].clone();
    // Only a name that the assessment's pattern finds is read.
    copy.name = copy.name.strip_suffix("-2025").map(|stem| format!("{stem}-2025-补报"))?;
    if is_changed {
        let (row, column) = (copy.bodies()[dice.below(copy.bodies().len())], copy.figures()[0]);
        "7".clone_into(&mut copy.rows[row][column]);
    }
    let spot = Spot { file: copy.file(), ..whole(folder, sheet) };
    folder.sheets.push(copy);
    Some(spot)
}

/// The figures of last year under the periods of this year.
fn last_year(folder: &mut Folder, dice: &mut Dice) -> Option<Spot> {
    let sheet = dice.below(folder.sheets.len());
    let old = folder.sheets[sheet].name.strip_suffix("-2025").map(|stem| format!("{stem}-2024"))?;
    let old = folder.sheets.iter().find(|sheet| sheet.name == old)?.clone();
    let mut rows = old.rows;
    for row in rows.iter_mut().skip(1) {
        row[2] = row[2].replace("2024", "2025");
    }
    folder.sheets[sheet].rows = rows;
    Some(whole(folder, sheet))
}

/// The rows of one period.
fn month_dropped(folder: &mut Folder, dice: &mut Dice) -> Option<Spot> {
    let sheet = dice.below(folder.sheets.len());
    let column = folder.sheets[sheet].column(&["年月", "季度"])?;
    let bodies = folder.sheets[sheet].bodies();
    let period = folder.sheets[sheet].rows[bodies[dice.below(bodies.len())]][column].clone();
    let spot = whole(folder, sheet);
    folder.sheets[sheet].rows.retain(|row| row[column] != period);
    Some(spot)
}

pub(crate) fn all() -> Vec<Kind> {
    let folder = |name, change: fn(&mut Folder, &mut Dice) -> Option<Spot>| kind(name, Change::Folder(change));
    vec![
        folder("a file dropped", |f, d| {
            let sheet = d.below(f.sheets.len());
            let spot = whole(f, sheet);
            f.sheets.remove(sheet);
            Some(spot)
        }),
        folder("an empty file", |f, d| bytes(f, d, |_| Box::new(|_| Vec::new()))),
        folder("a header alone", |f, d| {
            let sheet = d.below(f.sheets.len());
            let spot = whole(f, sheet);
            f.sheets[sheet].rows.truncate(1);
            Some(spot)
        }),
        folder("a file cut off", |f, d| {
            bytes(f, d, |at| {
                Box::new(move |bytes| {
                    let end = behind_header(&bytes, at);
                    bytes[..end].to_vec()
                })
            })
        }),
        folder("a byte changed to one that is no text", |f, d| {
            bytes(f, d, |at| {
                Box::new(move |mut bytes| {
                    let at = behind_header(&bytes, at);
                    bytes[at] = 0xff;
                    bytes
                })
            })
        }),
        folder("a quote opened", |f, d| {
            bytes(f, d, |at| {
                Box::new(move |mut bytes| {
                    let from = behind_header(&bytes, at);
                    let line = bytes[from..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| from + end + 1);
                    bytes.insert(line, b'"');
                    bytes
                })
            })
        }),
        folder("garbage behind the last row", |f, d| {
            bytes(f, d, |_| Box::new(|bytes| [bytes.as_slice(), b"\0\x01\x02garbage\0\n"].concat()))
        }),
        folder("bytes of another program", |f, d| bytes(f, d, |_| Box::new(|_| b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n".to_vec()))),
        folder("a web page", |f, d| bytes(f, d, |_| Box::new(|_| b"<!DOCTYPE html><html><body>login</body></html>".to_vec()))),
        folder("UTF-16 as Excel's Unicode text", |f, d| {
            bytes(f, d, |_| {
                Box::new(|bytes| {
                    let (text, _, _) =
                        if std::str::from_utf8(&bytes).is_ok() { encoding_rs::UTF_8 } else { encoding_rs::GB18030 }.decode(&bytes);
                    let text = text.trim_start_matches('\u{feff}');
                    [b"\xff\xfe".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()
                })
            })
        }),
        folder("Windows line ends", |f, d| {
            bytes(f, d, |_| {
                Box::new(|bytes| bytes.iter().flat_map(|byte| if *byte == b'\n' { vec![b'\r', b'\n'] } else { vec![*byte] }).collect())
            })
        }),
        folder("the file again under another name", |f, d| copied(f, d, false)),
        folder("the file again with another figure", |f, d| copied(f, d, true)),
        unseen("last year's figures under this year", "columns without a check of copied rows", Change::Folder(last_year)),
        folder("a period dropped", month_dropped),
        folder("rows in another order", |f, d| {
            let sheet = d.below(f.sheets.len());
            let spot = whole(f, sheet);
            // A total row belongs behind its parts; where there is one the rows stay.
            if f.sheets[sheet].bodies().len() + 1 < f.sheets[sheet].rows.len() {
                return None;
            }
            f.sheets[sheet].rows[1..].reverse();
            Some(spot)
        }),
    ]
}
