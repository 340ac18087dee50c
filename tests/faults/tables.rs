//! Defects of rows and columns.

use crate::dice::Dice;
use crate::folder::Folder;
use crate::kinds::{At, Change, Kind, UNSEEN, figure, kind, unseen};
use crate::outcome::Spot;

/// Sheets with a row per institution and period.
fn wide(folder: &Folder, dice: &mut Dice) -> usize {
    let wide: Vec<usize> = (0..folder.sheets.len()).filter(|at| folder.sheets[*at].figures().len() > 1).collect();
    wide[dice.below(wide.len())]
}

/// A row of an institution in a wide sheet.
fn body(folder: &Folder, dice: &mut Dice) -> At {
    let sheet = wide(folder, dice);
    let bodies = folder.sheets[sheet].bodies();
    At { sheet, row: bodies[dice.below(bodies.len())], column: 0 }
}

/// Two rows of one period and different institutions.
fn two(folder: &Folder, dice: &mut Dice) -> Option<(At, At)> {
    let at = body(folder, dice);
    let rows = &folder.sheets[at.sheet].rows;
    let others: Vec<usize> = folder.sheets[at.sheet]
        .bodies()
        .into_iter()
        .filter(|row| rows[*row][2] == rows[at.row][2] && rows[*row][0] != rows[at.row][0])
        .collect();
    let row = *others.get(dice.below(others.len()))?;
    Some((at, At { row, ..at }))
}

fn joined(one: Spot, other: &Spot) -> Spot {
    Spot { organisations: [one.organisations, other.organisations.clone()].concat(), ..one }
}

/// The whole column: every institution of the sheet.
fn column_spot(folder: &Folder, sheet: usize, column: usize) -> Spot {
    let of = &folder.sheets[sheet];
    let mut organisations: Vec<String> = of.bodies().into_iter().map(|row| of.rows[row][0].clone()).collect();
    organisations.sort();
    organisations.dedup();
    Spot { file: of.file(), row: None, column: of.rows[0].get(column).cloned(), organisations }
}

/// Changes the row in place.
fn on_row(folder: &mut Folder, dice: &mut Dice, change: impl Fn(&mut Vec<String>)) -> Option<Spot> {
    let at = body(folder, dice);
    let spot = at.spot(folder);
    let row = &mut folder.sheets[at.sheet].rows[at.row];
    let before = row.clone();
    change(row);
    (*row != before).then_some(spot)
}

/// Changes the header of a column of figures.
fn on_header(folder: &mut Folder, dice: &mut Dice, change: impl Fn(&str) -> Option<String>) -> Option<Spot> {
    let sheet = wide(folder, dice);
    let figures = folder.sheets[sheet].figures();
    let column = figures[dice.below(figures.len())];
    let spot = column_spot(folder, sheet, column);
    let header = change(&folder.sheets[sheet].rows[0][column])?;
    folder.sheets[sheet].rows[0][column] = header;
    Some(spot)
}

/// Changes a column of figures from top to bottom.
fn on_column(folder: &mut Folder, dice: &mut Dice, change: impl Fn(&mut Vec<String>)) -> Option<Spot> {
    let sheet = wide(folder, dice);
    let figures = folder.sheets[sheet].figures();
    let column = figures[dice.below(figures.len())];
    let bodies = folder.sheets[sheet].bodies();
    let mut figures: Vec<String> = bodies.iter().map(|row| folder.sheets[sheet].rows[*row][column].clone()).collect();
    let before = figures.clone();
    change(&mut figures);
    for (row, figure) in bodies.iter().zip(&figures) {
        folder.sheets[sheet].rows[*row][column].clone_from(figure);
    }
    (before != figures).then(|| column_spot(folder, sheet, column))
}

fn insert(folder: &mut Folder, sheet: usize, row: usize, cells: Vec<String>) {
    folder.sheets[sheet].rows.insert(row, cells);
}

fn row_of(texts: &[&str], width: usize) -> Vec<String> {
    (0..width).map(|at| texts.get(at).copied().unwrap_or_default().to_owned()).collect()
}

fn duplicated(folder: &mut Folder, dice: &mut Dice) -> Spot {
    let at = body(folder, dice);
    let copy = folder.sheets[at.sheet].rows[at.row].clone();
    let spot = at.spot(folder);
    insert(folder, at.sheet, at.row + 1, copy);
    spot
}

fn duplicated_otherwise(folder: &mut Folder, dice: &mut Dice) -> Option<Spot> {
    let at = figure(folder, dice)?;
    let mut copy = folder.sheets[at.sheet].rows[at.row].clone();
    "4".clone_into(&mut copy[at.column]);
    let spot = at.spot(folder);
    insert(folder, at.sheet, at.row + 1, copy);
    Some(spot)
}

fn dropped(folder: &mut Folder, dice: &mut Dice) -> Spot {
    let at = body(folder, dice);
    let spot = at.spot(folder);
    folder.sheets[at.sheet].rows.remove(at.row);
    spot
}

fn exchanged(folder: &mut Folder, dice: &mut Dice, columns: &[usize]) -> Option<Spot> {
    let (one, other) = two(folder, dice)?;
    let spot = joined(one.spot(folder), &other.spot(folder));
    let rows = &mut folder.sheets[one.sheet].rows;
    for column in columns {
        let (a, b) = (rows[one.row][*column].clone(), rows[other.row][*column].clone());
        rows[one.row][*column] = b;
        rows[other.row][*column] = a;
    }
    Some(spot)
}

fn total(folder: &mut Folder, dice: &mut Dice, label: &str, is_right: bool) -> Option<Spot> {
    let at = body(folder, dice);
    let period = folder.sheets[at.sheet].rows[at.row][2].clone();
    let bodies = folder.sheets[at.sheet].bodies();
    let of_period: Vec<usize> = bodies.into_iter().filter(|row| folder.sheets[at.sheet].rows[*row][2] == period).collect();
    if folder.sheets[at.sheet].rows.iter().any(|row| row[0] == "合计") {
        return None;
    }
    let width = folder.sheets[at.sheet].rows[0].len();
    let mut cells = row_of(&[label, "", &period], width);
    for (column, cell) in cells.iter_mut().enumerate().skip(3) {
        let texts = of_period.iter().map(|row| folder.sheets[at.sheet].rows[*row][column].replace(',', ""));
        let figures: Vec<i64> = texts.filter(|text| !text.contains('.')).filter_map(|text| text.parse().ok()).collect();
        if !figures.is_empty() {
            *cell = (figures.iter().sum::<i64>() + i64::from(!is_right) * 17).to_string();
        }
    }
    let last = *of_period.last()?;
    insert(folder, at.sheet, last + 1, cells);
    Some(Spot { row: Some(last as u64 + 2), ..column_spot(folder, at.sheet, 0) })
}

/// The figures of a month replaced by the sums since January.
fn cumulative(folder: &mut Folder, dice: &mut Dice) -> Option<Spot> {
    let sheets: Vec<usize> = (0..folder.sheets.len()).filter(|at| folder.sheets[*at].column(&["年月"]).is_some()).collect();
    let sheet = *sheets.get(dice.below(sheets.len()))?;
    let bodies = folder.sheets[sheet].bodies();
    let code = folder.sheets[sheet].rows[bodies[dice.below(bodies.len())]][0].clone();
    let own: Vec<usize> = bodies.into_iter().filter(|row| folder.sheets[sheet].rows[*row][0] == code).collect();
    let spot = Spot { row: None, ..At { sheet, row: own[0], column: 0 }.spot(folder) };
    let figures = folder.sheets[sheet].figures();
    for column in figures {
        let mut sum = 0;
        for row in &own {
            let cell = &mut folder.sheets[sheet].rows[*row][column];
            if let Ok(figure) = cell.replace(',', "").parse::<i64>() {
                sum += figure;
                *cell = sum.to_string();
            }
        }
    }
    Some(spot)
}

fn swapped_headers(folder: &mut Folder, dice: &mut Dice) -> Spot {
    let sheet = wide(folder, dice);
    let figures = folder.sheets[sheet].figures();
    let at = dice.below(figures.len() - 1);
    let spot = column_spot(folder, sheet, figures[at]);
    folder.sheets[sheet].rows[0].swap(figures[at], figures[at + 1]);
    spot
}

fn column_dropped(folder: &mut Folder, dice: &mut Dice) -> Spot {
    let sheet = wide(folder, dice);
    let figures = folder.sheets[sheet].figures();
    let column = figures[dice.below(figures.len())];
    let spot = column_spot(folder, sheet, column);
    for row in &mut folder.sheets[sheet].rows {
        row.remove(column);
    }
    spot
}

fn column_twice(folder: &mut Folder, dice: &mut Dice) -> Spot {
    let sheet = wide(folder, dice);
    let figures = folder.sheets[sheet].figures();
    let column = figures[dice.below(figures.len())];
    let spot = column_spot(folder, sheet, column);
    for row in &mut folder.sheets[sheet].rows {
        let copy = row[column].clone();
        row.push(copy);
    }
    spot
}

fn above(folder: &mut Folder, dice: &mut Dice, texts: &[&str]) -> Spot {
    let sheet = wide(folder, dice);
    let width = folder.sheets[sheet].rows[0].len();
    let spot = Spot { row: Some(1), ..column_spot(folder, sheet, 0) };
    insert(folder, sheet, 0, row_of(texts, width));
    spot
}

fn below(folder: &mut Folder, dice: &mut Dice, texts: &[&str]) -> Spot {
    let sheet = wide(folder, dice);
    let (width, last) = (folder.sheets[sheet].rows[0].len(), folder.sheets[sheet].rows.len());
    let spot = Spot { row: Some(last as u64 + 1), ..column_spot(folder, sheet, 0) };
    insert(folder, sheet, last, row_of(texts, width));
    spot
}

fn period(folder: &mut Folder, dice: &mut Dice, change: impl Fn(&str) -> Option<String>) -> Option<Spot> {
    let at = body(folder, dice);
    let spot = At { column: 2, ..at }.spot(folder);
    let period = change(&folder.sheets[at.sheet].rows[at.row][2])?;
    folder.sheets[at.sheet].rows[at.row][2] = period;
    Some(spot)
}

pub(crate) fn all() -> Vec<Kind> {
    let folder = |name, change: fn(&mut Folder, &mut Dice) -> Option<Spot>| kind(name, Change::Folder(change));
    let like = "two columns of like size; parts and wholes, chains and jumps tell some apart";
    vec![
        folder("a row twice", |f, d| Some(duplicated(f, d))),
        folder("a row twice with another figure", duplicated_otherwise),
        folder("a row dropped", |f, d| Some(dropped(f, d))),
        folder("a row shifted right", |f, d| on_row(f, d, |row| row.insert(3, String::new()))),
        folder("a row shifted left", |f, d| on_row(f, d, |row| drop(row.remove(3)))),
        folder("a row cut short", |f, d| on_row(f, d, |row| row.truncate(5))),
        folder("codes of two rows exchanged", |f, d| exchanged(f, d, &[0])),
        folder("names of two rows exchanged", |f, d| exchanged(f, d, &[1])),
        unseen(
            "two institutions exchanged",
            "institutions of like size; jumps tell the others apart",
            Change::Folder(|f, d| exchanged(f, d, &[0, 1])),
        ),
        unseen(
            "a figure of two rows exchanged",
            UNSEEN,
            Change::Folder(|f, d| {
                let at = figure(f, d)?;
                exchanged(f, d, &[at.column.clamp(3, 5)])
            }),
        ),
        folder("an unknown code", |f, d| {
            on_row(f, d, |row| {
                "ZZ99".clone_into(&mut row[0]);
                "某机构".clone_into(&mut row[1]);
            })
        }),
        folder("a code of another institution", |f, d| {
            on_row(f, d, |row| if row[0] == "LYA03" { "LYA04" } else { "LYA03" }.clone_into(&mut row[0]))
        }),
        folder("a code in lower case", |f, d| on_row(f, d, |row| row[0] = row[0].to_lowercase())),
        folder("a code in full width", |f, d| on_row(f, d, |row| row[0] = row[0].replace("LY", "ＬＹ"))),
        folder("blanks about a code", |f, d| on_row(f, d, |row| row[0] = format!(" {} ", row[0]))),
        folder("no code but the name", |f, d| on_row(f, d, |row| row[0].clear())),
        folder("neither code nor name", |f, d| {
            on_row(f, d, |row| {
                row[0].clear();
                row[1].clear();
            })
        }),
        folder("no code and another name", |f, d| {
            on_row(f, d, |row| {
                row[0].clear();
                row[1] = format!("{}分院", row[1]);
            })
        }),
        folder("a variant of the name", |f, d| on_row(f, d, |row| row[1] = format!("{}（总院）", row[1]))),
        folder("a total row", |f, d| total(f, d, "合计", true)),
        folder("a total row that is wrong", |f, d| total(f, d, "合计", false)),
        folder("a total row nobody marked", |f, d| total(f, d, "全部机构", true)),
        folder("a blank row", |f, d| {
            let at = body(f, d);
            let width = f.sheets[at.sheet].rows[0].len();
            let spot = at.spot(f);
            insert(f, at.sheet, at.row, row_of(&[], width));
            Some(spot)
        }),
        folder("the header again", |f, d| {
            let at = body(f, d);
            let header = f.sheets[at.sheet].rows[0].clone();
            let spot = at.spot(f);
            insert(f, at.sheet, at.row, header);
            Some(spot)
        }),
        folder("signatures below", |f, d| Some(below(f, d, &["填表人：张", "审核人：李", "2026年1月8日"]))),
        folder("a note below", |f, d| Some(below(f, d, &["注：本表数据为合成"]))),
        folder("a title above", |f, d| Some(above(f, d, &["医疗服务月报表"]))),
        folder("a unit row above", |f, d| Some(above(f, d, &["", "", "", "单位：人次"]))),
        folder("a header level above", |f, d| Some(above(f, d, &["", "", "", "诊疗", "", "", "住院"]))),
        folder("a heading of last year above", |f, d| Some(Spot { row: None, ..above(f, d, &["", "", "", "上年同期"]) })),
        folder("a heading of sums over the last column", |f, d| {
            let sheet = wide(f, d);
            let width = f.sheets[sheet].rows[0].len();
            let spot = Spot { row: None, ..column_spot(f, sheet, 0) };
            let mut cells = row_of(&[], width);
            "本年累计".clone_into(&mut cells[width - 1]);
            insert(f, sheet, 0, cells);
            Some(spot)
        }),
        folder("万人次 above", |f, d| Some(above(f, d, &["", "", "", "单位：万人次"]))),
        folder("万元 above", |f, d| Some(above(f, d, &["单位：万元"]))),
        folder("a row of plain units below the names", |f, d| {
            let sheet = wide(f, d);
            let spot = Spot { row: None, ..column_spot(f, sheet, 0) };
            let unit = |(at, header): (usize, &String)| if at < 3 || header.contains('(') { "" } else { "人次" };
            let cells = f.sheets[sheet].rows[0].iter().enumerate().map(unit).map(str::to_owned).collect();
            insert(f, sheet, 1, cells);
            Some(spot)
        }),
        folder("an impossible month", |f, d| period(f, d, |_| Some("2025年13月".to_owned()))),
        folder("no period", |f, d| period(f, d, |_| Some(String::new()))),
        folder("a month ten years off", |f, d| period(f, d, |text| Some(text.replace("202", "201")))),
        folder("a neighbouring month", |f, d| {
            period(f, d, |text| {
                text.contains("月")
                    .then(|| if text.contains("3月") { "2025年4月" } else { "2025年3月" }.to_owned())
                    .filter(|new| new != text)
            })
        }),
        folder("sums since January", cumulative),
        folder("a header nobody knows", |f, d| on_header(f, d, |_| Some("甲乙丙".to_owned()))),
        folder("a header misspelt", |f, d| on_header(f, d, |header| Some(header.chars().rev().collect()))),
        folder("a blank header", |f, d| on_header(f, d, |_| Some(String::new()))),
        folder("a header in full width", |f, d| {
            on_header(f, d, |header| header.contains('(').then(|| header.replace('(', "（").replace(')', "）")))
        }),
        unseen(
            "万 in a header of ones",
            "an item without a check of slips",
            Change::Folder(|f, d| {
                on_header(f, d, |header| {
                    header
                        .contains("(元)")
                        .then(|| header.replace("(元)", "(万元)"))
                        .or_else(|| (!header.contains('(')).then(|| format!("{header}(万人次)")))
                })
            }),
        ),
        folder("another unit in a header", |f, d| on_header(f, d, |header| (!header.contains('(')).then(|| format!("{header}(元)")))),
        unseen("two headers exchanged", like, Change::Folder(|f, d| Some(swapped_headers(f, d)))),
        folder("a column dropped", |f, d| Some(column_dropped(f, d))),
        folder("a column twice", |f, d| Some(column_twice(f, d))),
        unseen("a column one row down", like, Change::Folder(|f, d| on_column(f, d, |figures| figures.rotate_right(1)))),
        unseen(
            "a column of zeros",
            "0 is reported; an item without a check of constant columns",
            Change::Folder(|f, d| on_column(f, d, |figures| figures.fill("0".to_owned()))),
        ),
        unseen(
            "one figure in a whole column",
            "an item without a check of constant columns",
            Change::Folder(|f, d| {
                on_column(f, d, |figures| {
                    let first = figures.iter().find(|figure| figure.starts_with(|c: char| c.is_ascii_digit())).cloned().unwrap_or_default();
                    figures.fill(first);
                })
            }),
        ),
        folder("a column emptied", |f, d| on_column(f, d, |figures| figures.iter_mut().for_each(String::clear))),
    ]
}
