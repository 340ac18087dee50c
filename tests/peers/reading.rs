//! Tables: rows that are wrong, columns that begin late, quotation marks, encodings.

use std::fmt::Write as _;

use crate::desk::{Desk, column};

const RATIO: &str = "indicator = \"rate\"\nscore.ratio = { target = 20 }";

/// Many institutions, the referrals of each as `referrals` says.
fn many(count: usize, referrals: impl Fn(usize) -> String) -> Desk {
    let mut organisations = "code,name\n".to_owned();
    let mut data = "code,period,discharges,referrals\n".to_owned();
    for number in 1..=count {
        let _ = writeln!(organisations, "H{number},Clinic {number}");
        let _ = writeln!(data, "H{number},2025,100,{}", referrals(number));
    }
    Desk::new(&[RATIO]).with("organisations.csv", organisations).with("data.csv", data)
}

/// Great Expectations (#150 to #6840), csvlint #182, csv-validator #473, frictionless #1699: failures were counted, cut off
/// after the first thousand, or took time by the square. Each has its row, column and value in the file; the screen shows
/// some and says how many there are. Time is measured beside the tests.
#[test]
fn every_failed_row_is_reported_with_its_place() {
    for count in [1000, 20_000] {
        let desk = many(count, |number| if number % 2 == 0 { format!("x{number}") } else { "10".to_owned() });
        let (said, code) = desk.run(&["score", "-o", "out", "--force"]);
        assert_eq!(code, Some(1), "{said:.2000}");
        let findings = said.split("error[value/not-a-number]").nth(1).expect("a finding");
        assert!(findings.contains(&format!("×{}", count / 2)) && findings.contains("findings.csv"), "{findings:.2000}");
        assert!(findings.lines().count() < 20, "{findings:.2000}");
        let rows = desk.table("out/findings.csv");
        let places: Vec<String> =
            rows.iter().map(|row| format!("{}:{}:{}:{}", row["file"], row["row"], row["column"], row["value"])).collect();
        // The first row of figures is line 2.
        let expected: Vec<String> = (1..=count / 2).map(|at| format!("data.csv:{}:referrals:x{}", 2 * at + 1, 2 * at)).collect();
        assert!(places == expected, "{} places, first {:?}", places.len(), places.first());
    }
}

/// pandera #1776: checks on lazily read data were accepted and never run. Here the last row of the last file breaks a check.
#[test]
fn a_check_is_run_to_the_last_row_of_the_last_file() {
    let check = "[[check]]\nid = \"within\"\nrule = \"referrals <= discharges\"\nseverity = \"error\"\n";
    let desk = many(1500, |_| "10".to_owned()).and("items.toml", check);
    let more = "code,period,discharges,referrals\n".to_owned();
    let last = (1..=1500).fold(more, |text, number| {
        let referrals = if number == 1500 { 101 } else { 10 };
        text + &format!("H{number},2024,100,{referrals}\n")
    });
    let desk = desk.with("later.csv", last).and("assessment.toml", "[[source]]\npath = \"later.csv\"\n");
    let desk = desk.changed("assessment.toml", "period = \"2025\"", "period = \"2025\"\nbaseline = \"2024\"");
    let (said, code) = desk.run(&["check"]);
    assert_eq!(code, Some(1), "{said:.2000}");
    assert!(said.contains("error[check/failed] ×1") && said.contains("later.csv · row 1501"), "{said:.2000}");
    assert!(said.contains("checks: 2999 held, 1 failed"), "{said}");
}

/// polars #15748, #14174: the type of a column was taken from its first rows, and what came later was lost.
#[test]
fn a_column_that_begins_after_a_thousand_rows_is_read() {
    let desk = many(1200, |number| if number <= 1000 { String::new() } else { "10".to_owned() });
    let scores = desk.scored(&["--quiet"], "scores.csv");
    assert_eq!(scores.iter().filter(|row| row["points"] == "5.00" && row["state"] == "reported").count(), 200);
    assert_eq!(scores.iter().filter(|row| row["state"] == "missing").count(), 1000);
}

/// frictionless #1048: a quotation mark that nobody closed took all rows below it into one cell. One row is lost, with its
/// line; the others count.
#[test]
fn an_open_quotation_mark_swallows_no_rows() {
    let data = "code,period,discharges,referrals\nE1,2025,100,10\nE2,2025,\"100,10\nW1,2025,100,10\nW2,2025,100,10\n";
    let desk = Desk::new(&[RATIO]).with("data.csv", data);
    let (said, code) = desk.run(&["score", "-o", "out"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("error[table/unclosed-quote] ×1") && said.contains("data.csv · row 3"), "{said}");
    assert_eq!(column(&desk.table("out/scores.csv"), "points"), ["5.00", "0.00", "5.00", "5.00"]);
}

/// objectui #2556: the same table read as another one in GBK. In every encoding that occurs, the same figures.
#[test]
fn one_table_reads_alike_in_every_encoding() {
    let data = "机构代码,机构名称,期间,出院人次,下转人次\nE1,东医院,2025年,100,10\nE2,东街卫生院,2025年,50,\"1,000\"\nW1,西医院,2025年,１００,30\nW2,西街卫生院,2025年,50,15\n";
    let utf16 = |to: fn(u16) -> [u8; 2]| std::iter::once(0xfeff).chain(data.encode_utf16()).flat_map(to).collect::<Vec<u8>>();
    let written: [(&str, Vec<u8>); 7] = [
        ("UTF-8", data.as_bytes().to_vec()),
        ("UTF-8 with a mark", [b"\xef\xbb\xbf", data.as_bytes()].concat()),
        ("GBK", encoding_rs::GBK.encode(data).0.into_owned()),
        ("GB18030", encoding_rs::GB18030.encode(data).0.into_owned()),
        ("UTF-16 LE", utf16(u16::to_le_bytes)),
        ("UTF-16 BE", utf16(u16::to_be_bytes)),
        ("UTF-8 with line ends of another system", data.replace('\n', "\r\n").into_bytes()),
    ];
    let read = |bytes: &[u8]| {
        let desk = Desk::new(&[RATIO]).with("data.csv", bytes);
        let scores = desk.scored(&[], "scores.csv");
        let findings = column(&desk.table("out/findings.csv"), "message");
        (scores, findings)
    };
    let expected = read(&written[0].1);
    // 1,000 of 50 is no proportion.
    assert_eq!(column(&expected.0, "points"), ["5.00", "0.00", "10.00", "10.00"]);
    for (name, bytes) in &written[1..] {
        assert!(read(bytes) == expected, "{name}");
    }
}
