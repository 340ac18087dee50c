use proptest::prelude::*;

use super::*;
use crate::intake::content::Content;
use crate::intake::encoding::{Encoding, decode};
use crate::text::Lang;

fn table(text: &str) -> Table<'_> {
    Table::read(text, Delimiter::Auto, Head::First, Place::default()).expect("a header")
}

/// Rows as `line: cells`, and findings as `code@line`.
fn read(text: &str) -> (Vec<String>, Vec<String>) {
    let table = table(text);
    let mut findings = table.findings.clone();
    let mut rows = Vec::new();
    let mut records = table.records();
    while let Some(record) = records.next(&mut findings) {
        let cells: Vec<&str> = table.columns.iter().map(|column| record.text(column.index)).collect();
        rows.push(format!("{}: {}", record.line, cells.join("|")));
    }
    (rows, findings.iter().map(told).collect())
}

fn told(finding: &Finding) -> String {
    format!("{}@{}", finding.code.id(), finding.place.row.map_or("-".to_owned(), |row| row.to_string()))
}

#[track_caller]
fn case(text: &str, rows: &[&str], findings: &[&str]) {
    let (found_rows, found) = read(text);
    assert_eq!(found_rows, rows);
    assert_eq!(found, findings);
}

fn headers(text: &str) -> Vec<String> {
    table(text).columns.into_iter().map(|column| column.header.to_string()).collect()
}

#[test]
fn rows_come_with_the_line_they_stand_on() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["", "code,visits", "A,1", "", "B,2", " ,", "C,3", ",", ""].join(end);
        case(&text, &["3: A|1", "5: B|2", "7: C|3"], &[]);
    }
}

#[test]
fn the_delimiter_is_the_one_that_divides_the_lines_evenly() {
    assert_eq!(headers("a\tb,c\td\n1\t2\t3\n"), ["a", "b,c", "d"]);
    assert_eq!(headers("a;b\n1,5;2\n"), ["a", "b"]);
    assert_eq!(headers("\"a;b;c\",d\n1,2\n"), ["a;b;c", "d"]);
    assert_eq!(headers("a,b;c;d\n1,2\n3,4\n"), ["a", "b;c;d"]);
    assert_eq!(headers("code\nA\n"), ["code"]);
    let semicolons = Table::read("a,b;c\n1;2\n", Delimiter::Semicolon, Head::First, Place::default()).expect("a header");
    assert_eq!(semicolons.columns.len(), 2);
}

/// Quoted cells may hold delimiters, marks and line ends.
#[test]
fn quoted_cells_are_read_whole() {
    case("code,note,n\nA,\"一,二\",1\nB,\"he said \"\"no\"\"\",2\n", &["2: A|一,二|1", "3: B|he said \"no\"|2"], &[]);
    case("code,note,n\nA,\"first\nsecond, with a comma\",1\nB,x,2\n", &["2: A|first\nsecond, with a comma|1", "4: B|x|2"], &[]);
    case("code,\"visits\n(10k)\"\nA,1\n", &["3: A|1"], &[]);
    case("code,note\nA,5\" pipe\nB,6\" pipe\n", &["2: A|5\" pipe", "3: B|6\" pipe"], &[]);
}

/// S6: a mark that is not closed costs its own line, loudly, and no other.
#[test]
fn an_open_quote_swallows_no_rows() {
    let unread = "table/unclosed-quote@3";
    // To the end of the file.
    case("code,n,m\nA,1,1\n\"B,2,2\nC,3,3\nD,4,4\n", &["2: A|1|1", "4: C|3|3", "5: D|4|4"], &[unread]);
    // To a later quoted cell.
    case("code,n,m\nA,1,1\n\"B,2,2\nC,3,3\n\"D\",4,4\n", &["2: A|1|1", "4: C|3|3", "5: D|4|4"], &[unread]);
    // To a later stray mark, which makes a well-formed cell of three rows; that mark is then open itself,
    // but inside a cell begun without one it is plain text.
    case("code,n,m\nA,1,1\n\"B,2,2\nC,3,3\nD\",4,4\n", &["2: A|1|1", "4: C|3|3", "5: D\"|4|4"], &[unread]);
    // From the last cell of a row to the first of the next.
    case("code,n,m\nA,1,1\nB,2,\"2\nC\",3,3\n", &["2: A|1|1", "4: C\"|3|3"], &[unread]);
    // On the last line.
    case("code,n,m\r\nA,1,1\r\n\"B,2,2", &["2: A|1|1"], &[unread]);
    // Two columns.
    case("code,n\nA,1\n\"B,2\nC,3\nD\",4\n", &["2: A|1", "4: C|3", "5: D\"|4"], &[unread]);
    // Two of them.
    case(
        "code,n,m\r\nA,1,1\r\n\"B,2,2\r\nC,3,3\r\n\"D,4,4\r\nE,5,5\r\n",
        &["2: A|1|1", "4: C|3|3", "6: E|5|5"],
        &[unread, "table/unclosed-quote@5"],
    );
}

#[test]
fn an_open_quote_behind_a_cell_of_two_lines_is_named_by_its_own_line() {
    case("code,note,n\nA,\"one\ntwo\",\"3\nB,x,4\n", &["4: B|x|4"], &["table/unclosed-quote@3"]);
}

/// D4: without a row of names there is no table.
#[test]
fn a_table_needs_a_header() {
    let why = |text| Table::read(text, Delimiter::Auto, Head::First, Place::default()).map(|table| table.columns.len());
    assert_eq!(why("\n , ,\n\u{3000}\n"), Err(Unreadable::NoHeader));
    assert_eq!(why("code,\"n\nA,1\nB,2\n"), Err(Unreadable::OpenHeader { line: 1 }));
    assert_eq!(why("\n\"code,n\nA\",1\n"), Err(Unreadable::OpenHeader { line: 2 }));
}

#[test]
fn a_table_without_rows_is_told() {
    case("code,n\n", &[], &["table/no-rows@-"]);
    case("code,n\n,\n\n", &[], &["table/no-rows@-"]);
    case("code,n\n\"A,1\n", &[], &["table/unclosed-quote@2"]);
}

/// D1, S6: short rows lack cells, long rows are rejected unless the surplus is blank.
#[test]
fn ragged_rows_are_told() {
    case("code,n,m\nA,1\nB,2,2\n", &["2: A|1|", "3: B|2|2"], &["table/ragged-row@2"]);
    case("code,n\nA,1,,\u{3000}\nB,1,234\nC,3\n", &["2: A|1", "4: C|3"], &["table/long-row@3"]);
    let table = table("code,n\nB,1,234\n");
    let mut findings = Vec::new();
    assert!(table.records().next(&mut findings).is_none());
    let message = findings.first().map(|finding| finding.message.render(Lang::En));
    assert_eq!(message.as_deref(), Some("the row has 3 cells under 2 column names, with `234` beyond the last; the row was not read"));
}

/// Two columns of one name are both left out, unless they are the same.
#[test]
fn duplicate_headers_are_not_read_unless_identical() {
    case("code,n, n ,m\nA,1,1,5\nB,2,3,6\n", &["2: A|5", "3: B|6"], &["table/duplicate-header@-"]);
    case("code,n,n,m\nA,1, 1,5\nB,2,2,6\n", &["2: A|1|5", "3: B|2|6"], &["table/repeated-column@-"]);
    let table = table("code,n,n\nA,1,1\nB,2,3\n");
    let finding = table.findings.first().expect("a finding");
    assert_eq!(finding.place.column.as_deref(), Some("n"));
    assert_eq!(finding.message.render(Lang::En), "the name `n` stands over 2 columns that differ from line 3 on; none of them was read");
}

#[test]
fn a_nameless_column_is_told_if_it_has_content() {
    case("code,,n\nA,,1\nB,,2\n", &["2: A|1", "3: B|2"], &[]);
    case("code,,n,\nA,,1,\nB,x,2,\n", &["2: A|1", "3: B|2"], &["table/blank-header@-"]);
}

#[test]
fn findings_carry_the_place_given() {
    let place = Place { file: Some("a.csv".into()), ..Place::default() };
    let table = Table::read("code,n\nA\n", Delimiter::Auto, Head::First, place).expect("a header");
    let mut findings = Vec::new();
    table.records().next(&mut findings);
    assert_eq!(findings.first().map(|finding| (finding.place.file.as_deref(), finding.place.row)), Some((Some("a.csv"), Some(2))));
}

proptest! {
    /// What the csv crate writes is read back cell by cell, whatever the cells hold.
    #[test]
    fn written_tables_read_back(rows in prop::collection::vec(prop::collection::vec("[a-z0-9,;\"\t 院]{0,6}", 4), 1..8)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["code", "name", "visits", "beds"]).expect("in memory");
        for (number, row) in rows.iter().enumerate() {
            let code = format!("c{number}");
            writer.write_record([&code, &row[1], &row[2], &row[3]]).expect("in memory");
        }
        let text = String::from_utf8(writer.into_inner().expect("in memory")).expect("UTF-8");
        let table = Table::read(&text, Delimiter::Comma, Head::First, Place::default()).expect("a header");
        let (mut findings, mut records, mut number) = (Vec::new(), table.records(), 0);
        while let Some(record) = records.next(&mut findings) {
            let cells: Vec<&str> = (1..4).map(|index| record.text(index)).collect();
            prop_assert_eq!(cells, &rows[number][1..]);
            prop_assert_eq!(record.line, number as u64 + 2);
            number += 1;
        }
        prop_assert_eq!(number, rows.len());
        prop_assert!(findings.is_empty() && table.findings.is_empty());
    }

    /// No text makes the reader panic or loop, and lines only go up.
    #[test]
    fn any_text_ends(text in "[ab\",;\n\r院]{0,60}") {
        if let Ok(table) = Table::read(&text, Delimiter::Auto, Head::First, Place::default()) {
            let (mut findings, mut records, mut last, mut rows) = (Vec::new(), table.records(), 0, 0);
            while let Some(record) = records.next(&mut findings) {
                prop_assert!(record.line > last);
                (last, rows) = (record.line, rows + 1);
            }
            prop_assert!(rows <= text.len());
        }
    }

    /// One stray mark at the start of a cell costs one row and no other.
    #[test]
    fn one_stray_mark_costs_one_row(rows in 2_usize..30, at in 0_usize..30, cell in 0_usize..3) {
        let at = at % rows;
        let line = |row: usize| {
            let mut cells = [format!("C{row}"), format!("{row}"), format!("{}", row * 2)];
            if row == at {
                cells[cell].insert(0, '"');
            }
            cells.join(",") + "\n"
        };
        let text: String = std::iter::once("code,n,m\n".to_owned()).chain((0..rows).map(line)).collect();
        let (read, told) = read(&text);
        let expected: Vec<String> = (0..rows).filter(|row| *row != at).map(|row| format!("{}: C{row}|{row}|{}", row + 2, row * 2)).collect();
        prop_assert_eq!(read, expected);
        prop_assert_eq!(told, [format!("table/unclosed-quote@{}", at + 2)]);
    }
}

/// Every row as it comes, and what is said.
type Told = (Vec<(u64, usize, Vec<String>)>, Vec<String>);

fn row(record: &Record) -> (u64, usize, Vec<String>) {
    (record.line, record.start, (0..record.len()).map(|index| record.text(index).to_owned()).collect())
}

fn in_one_pass(table: &Table) -> Told {
    let (mut rows, mut findings, mut records) = (Vec::new(), Vec::new(), table.records());
    while let Some(record) = records.next(&mut findings) {
        rows.push(row(&record));
    }
    (rows, findings.iter().map(told).collect())
}

/// What was seen of each row in a batch: its cells.
impl Reused for Vec<Vec<Vec<u8>>> {
    fn clear(&mut self) {
        self.clear();
    }
}

fn in_stretches(table: &Table) -> Told {
    let (mut rows, mut findings) = (Vec::new(), Vec::new());
    let work = |batch: &Batch, seen: &mut Vec<Vec<Vec<u8>>>| {
        let first = seen.len();
        assert_eq!(batch.first(), first, "batches one behind the other");
        seen.extend(batch.rows().map(|row| row.iter().map(<[u8]>::to_vec).collect::<Vec<_>>()));
        let cells = &seen[first..];
        assert_eq!(cells.len(), batch.len());
        let most = cells.iter().map(Vec::len).max().unwrap_or(0);
        for index in 0..most + 2 {
            let column: Vec<&[u8]> = cells.iter().map(|row| row.get(index).map_or(&[][..], Vec::as_slice)).collect();
            assert_eq!(batch.column(index).collect::<Vec<_>>(), column, "a column is the cells of the rows in it");
        }
        let longest = cells.iter().flatten().map(Vec::len).max().unwrap_or(0);
        assert!(batch.may_have_long(longest));
    };
    let take = |kept: Kept, number: usize, seen: &Vec<Vec<Vec<u8>>>, _: &mut Vec<Finding>| {
        let record = kept.record();
        assert_eq!((kept.line(), kept.start()), (record.line, record.start));
        let cells: Vec<Vec<u8>> = (0..record.len()).map(|index| record.bytes(index).to_vec()).collect();
        assert_eq!(seen[number], cells, "each row with what was worked out of it");
        rows.push(row(&record));
        std::ops::ControlFlow::Continue(())
    };
    table.each_row(work, take, &mut findings);
    (rows, findings.iter().map(told).collect())
}

fn with_threads(threads: usize, run: impl FnOnce() + Send) {
    static POOLS: std::sync::Mutex<BTreeMap<usize, &'static rayon::ThreadPool>> = std::sync::Mutex::new(BTreeMap::new());
    let pool = *POOLS
        .lock()
        .expect("nobody failed")
        .entry(threads)
        .or_insert_with(|| Box::leak(Box::new(rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads"))));
    pool.install(run);
}

/// Every way of reading a text in pieces of so many bytes.
fn in_pieces(text: &str, stretch: usize) -> [Told; 4] {
    let held = Table { stretch, ..table(text) };
    let content = Content::elsewhere(text.as_bytes()).expect("bytes");
    let decoded = decode(&content, Encoding::Utf8).expect("UTF-8");
    let flowing = Table::of(decoded.text(), Delimiter::Comma, Head::First, Place::default()).expect("a header");
    let flowing = Table { stretch, ..flowing };
    [in_one_pass(&held), in_stretches(&held), in_one_pass(&flowing), in_stretches(&flowing)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// D5: rows, their lines and what is said of them hang neither on where the text is divided, nor on where it lies, nor on
    /// the number of threads: marks that are open, cells over line ends, every kind of line end, marks of byte order, no
    /// last line end.
    #[test]
    fn stretches_and_threads_change_nothing(
        pieces in prop::collection::vec(
            prop::sample::select(vec!["A", "县医院", "1,2", ",", "\"", "\"x\ny\"", "\"\"", "\n", "\r\n", "\r", "\u{feff}", " ", "注：a", "\n甲,1,2\n"]),
            0..60,
        ),
        stretch in 1_usize..40,
        threads in prop::sample::select(vec![1_usize, 2, 16]),
    ) {
        let text = format!("code,n,m\n{}", pieces.concat());
        let expected = in_one_pass(&table(&text));
        with_threads(threads, || assert!(in_pieces(&text, stretch).iter().all(|found| *found == expected), "{text:?}"));
    }

    /// Rows are divided as the library of CSV files divides them, quoted or not.
    #[test]
    fn cells_are_those_of_any_reader_of_csv(
        rows in prop::collection::vec(
            (
                prop::collection::vec(prop::sample::select(vec!["", "1", "县医院", " x", "a\"b", "\"x,y\"", "\"x\ny\"", "\"\"\"引\"\"\"", "\"\"", "\"x\"y", "\u{feff}"]), 2),
                prop::sample::select(vec!["\n", "\r\n", "\r", "\n\n"]),
            ),
            1..40,
        ),
        is_ended in any::<bool>(),
        stretch in 1_usize..60,
    ) {
        let line = |(cells, end): &(Vec<&str>, &str)| format!("K,{}{end}", cells.join(","));
        let text = "code,n,m\n".to_owned() + &rows.iter().map(line).collect::<String>();
        let text = if is_ended { text } else { text.trim_end_matches(['\r', '\n']).to_owned() };
        let expected: Vec<Vec<String>> = csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>().expect("CSV");
        for (found, _) in in_pieces(&text, stretch) {
            prop_assert_eq!(found.into_iter().map(|(_, _, cells)| cells).collect::<Vec<_>>(), expected.clone());
        }
    }

    /// Files of old systems end their lines with a carriage return.
    #[test]
    fn texts_without_line_feeds_are_divided_too(
        rows in prop::collection::vec("[A-C]{1,3},[0-9],[0-9]", 1..40),
        stretch in 1_usize..40,
    ) {
        let text = format!("code,n,m\r{}", rows.join("\r"));
        let expected = in_one_pass(&table(&text));
        prop_assert_eq!(expected.0.len(), rows.len());
        for found in in_pieces(&text, stretch) {
            prop_assert_eq!(&found, &expected);
        }
        if stretch < 10 {
            prop_assert!(table(&text).text.pieces(stretch).count() >= rows.len() / 10);
        }
    }
}

/// A mark that nobody closes takes no more than a stretch of a large file into one cell.
#[test]
fn a_mark_that_stays_open_for_long_costs_one_row() {
    let note = "备注".repeat(200);
    let row = |number: usize| format!("C{number},{number},{}{note}\n", if number == 2 { "\"" } else { "" });
    let text = "code,n,m\n".to_owned() + &(0..18_000).map(row).collect::<String>() + "D,1,\"x\"\n";
    assert!(text.len() > 20 << 20, "longer than a record may be");
    let expected = in_one_pass(&table(&text));
    assert_eq!((expected.0.len(), &expected.1[..]), (18_000, &["table/unclosed-quote@4".to_owned()][..]));
    for found in in_pieces(&text, 1 << 16) {
        assert_eq!(found.1, expected.1);
        assert!(found.0 == expected.0, "the same rows");
    }
}

/// A mark that nobody closes, and cells over line ends, at every place where a stretch may begin.
#[test]
fn stretches_of_every_length_give_the_same_rows() {
    let text = "code,n,备注\n甲,1,\"两\n行\"\r\n乙,2,\"开\n丙,3,好\n丁,4,\"\"\"引\"\"\"\n\n戊,5,\u{feff}\n\u{feff}己,6,末";
    let expected = in_one_pass(&table(text));
    assert_eq!(expected.0.len(), 5);
    assert_eq!(expected.1, ["table/unclosed-quote@4"]);
    for stretch in 1..text.len() + 2 {
        assert!(in_pieces(text, stretch).iter().all(|found| *found == expected), "{stretch} bytes");
    }
}
