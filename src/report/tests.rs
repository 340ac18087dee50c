//! Whole sheets in every format, from the fixture's table.

use std::io;

use unicode_width::UnicodeWidthStr;

use super::fixture::scorebook;
use super::table::{Cell, Table};
use super::terminal::{Paint, Screen};
use super::{File, Format, adjustments, csv, files, json, manifest, measures, notices, render, scores, summary, terminal, unit};
use crate::code::Severity;
use crate::dossier::Dossier;
use crate::number::Exact;
use crate::text::Lang;

fn text(bytes: io::Result<Vec<u8>>) -> String {
    String::from_utf8(bytes.expect("memory can be written")).expect("UTF-8")
}

fn bytes(write: &dyn Fn(&mut dyn io::Write) -> io::Result<()>) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out).expect("memory can be written");
    out
}

/// `scorebook.json` of the fixture.
fn book() -> String {
    text(Ok(bytes(&|out| json::scorebook(&scorebook(), out))))
}

fn file(table: &Table, lang: Lang) -> String {
    text(csv::render(table, lang)).trim_start_matches('\u{feff}').replace("\r\n", "\n")
}

fn drawn(table: &Table, lang: Lang, width: Option<usize>) -> String {
    terminal::render(table, &Screen { lang, width, paint: Paint::Plain })
}

/// R4: 1, 1, 3 and the unit without a total last; R2: 33 + 35 + 17 = 85; S4: LY03 is marked. The
/// key goes first where the terminal is narrow.
#[test]
fn the_ranking_stands_in_eighty_columns() {
    let rule = "─".repeat(80);
    let lines = [
        " 临沂市紧密型城市医疗集团考核 · 2025",
        &rule,
        " 名次  考核对象            服务能力   运行效率   调整    总分  等级  备注       ",
        "                               (60)       (40)          (100)                   ",
        &rule,
        "    1  临沂市人民医院集团     50.00      35.00          85.00  良好             ",
        "    1  East Group             33.00      35.00  17.00   85.00  良好             ",
        "    3  =中医院集团            20.00      40.00          60.00  合格  暂定       ",
        "    –  妇幼保健院集团         20.00      40.00         无总分        下转率缺报 ",
        &rule,
        " 评判标准：评价细则 (示例)",
        " 1 项定义的出处未经核实，见 manifest.json",
        " 暂定：=中医院集团，下转率用到被剔除的数据",
        " 此宽度下未列出：编号",
        "",
    ];
    assert_eq!(drawn(&summary::ranking(&scorebook()), Lang::Zh, Some(80)), lines.join("\n"));
}

/// R2: 33 + 0 + 35 + 17 = 85, all of it printed.
#[test]
fn a_score_sheet_prints_every_row_of_the_total() {
    let book = scorebook();
    let dossier = Dossier::alone(&book);
    let lines = [" East Group · 2025 · 第 1 名", &"─".repeat(69), " 指标      指标值  目标   得分  满分  失分  说明                     "];
    let table = unit::sheet(&dossier, 1);
    let shown = drawn(&table, Lang::Zh, Some(73));
    assert_eq!(shown.lines().take(3).collect::<Vec<_>>(), lines);
    // Every row of sums names the rows that it adds up.
    let points = |row: usize| match table.rows[row].cells[6].parts().0 {
        Cell::Number(number) => number.exact.clone(),
        _ => Exact::zero(),
    };
    let sums: Vec<(String, Exact, Exact)> = table
        .sums
        .iter()
        .map(|(row, of)| {
            (points(*row).fixed(0), points(*row), of.iter().map(|row| points(*row)).fold(Exact::zero(), |sum, points| sum + points))
        })
        .collect();
    assert_eq!(sums.iter().map(|(shown, ..)| shown.as_str()).collect::<Vec<_>>(), ["33", "35", "85"]);
    assert!(sums.iter().all(|(_, printed, added)| printed == added));
}

#[test]
fn a_row_becomes_a_list_where_columns_do_not_fit() {
    let mut book = scorebook();
    book.units.truncate(1);
    let lines = [
        " Linyi urban medical groups ·",
        " 2025",
        "──────────────────────────────",
        " Rank        1                ",
        " Unit        LY01             ",
        " Name        临沂市人民医院集 ",
        "             团               ",
        " Service     50.00            ",
        " capability                   ",
        " (60)                         ",
        " Operation   35.00            ",
        " (40)                         ",
        " Total       85.00            ",
        " (100)                        ",
        " Grade       good             ",
        "──────────────────────────────",
    ];
    let shown = drawn(&summary::ranking(&book), Lang::En, Some(30));
    assert_eq!(shown.lines().take(lines.len()).collect::<Vec<_>>(), lines);
}

/// Every line of a drawing is as wide as the next, at every width, and none passes the terminal.
#[test]
fn all_lines_of_a_drawing_are_equally_wide() {
    let mut book = scorebook();
    book.units[2].peer_group = "县级\t\u{1b}[31m".to_owned();
    let mut tables = vec![summary::ranking(&book), measures::sheet(&book), summary::file(&book), adjustments::file(&book)];
    tables.extend((0..book.units.len()).map(|at| unit::sheet(&Dossier::alone(&book), at)));
    for (table, lang) in tables.iter().flat_map(|table| [(table, Lang::Zh), (table, Lang::En)]) {
        for width in 1..140 {
            let shown = drawn(table, lang, Some(width));
            assert!(!shown.contains('\u{1b}'), "an escape sign of the data reached the terminal");
            assert!(shown.lines().all(|line| line.width() <= width.max(24)), "{width}\n{shown}");
            let lines: Vec<&str> = shown.lines().collect();
            let rules = lines.iter().enumerate().filter(|(_, line)| line.starts_with('─')).map(|(at, _)| at);
            let (first, last) = (rules.clone().min().expect("a rule"), rules.max().expect("a rule"));
            let drawing = &lines[first..=last];
            assert!(drawing.iter().all(|line| line.width() == drawing[0].width()), "{width}\n{shown}");
        }
    }
}

#[test]
fn colours_change_nothing_but_escape_codes() {
    let table = summary::ranking(&scorebook());
    let colour = terminal::render(&table, &Screen { lang: Lang::En, width: Some(100), paint: Paint::Colour });
    assert!(colour.contains("\u{1b}[1m"));
    let bare: String = colour
        .split('\u{1b}')
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { &part[part.find('m').map_or(0, |at| at + 1)..] })
        .collect();
    let trimmed = |text: &str| text.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
    assert_eq!(trimmed(&bare), trimmed(&drawn(&table, Lang::En, Some(100))));
}

/// DESIGN §5: the header of the contract; a name that looks like a formula is neutralised.
#[test]
fn summary_csv_lists_units_by_rank() {
    let expected = "\
unit,name,peer_group,total,full_points,rank,grade,veto,provisional
LY01,临沂市人民医院集团,,85.00,100,1,good,,false
LY02,East Group,,85.00,100,1,good,,false
LY03,'=中医院集团,,60.00,100,3,pass,,true
LY04,妇幼保健院集团,,,100,,,,false
";
    assert_eq!(file(&summary::file(&scorebook()), Lang::En), expected);
}

/// DESIGN §5, D6: a row for every criterion of every unit; a missing value is blank, never 0.
#[test]
fn scores_csv_has_a_row_for_every_criterion_of_every_unit() {
    let expected = "\
unit,dimension,criterion,indicator,value,numerator,denominator,state,target,points,full_points,reason
LY01,service,rate,downward_rate,54.6,546,1000,reported,65%,30.00,40,\"54.6%,低于目标 65%，得 30.00 分\"
LY01,service,survey,,A,,,reported,,20.00,20,
LY01,operation,cost,,B,,,reported,,35.00,40,
LY02,service,rate,downward_rate,66.66666666666667,2,3,incomplete,65%,33.00,40,得 33.00 分
LY02,service,survey,,,,,not-applicable,,,20,
LY02,operation,cost,,B,,,reported,,35.00,40,
LY03,service,rate,downward_rate,,,,rejected,65%,0.00,40,没有可用数据
LY03,service,survey,,A,,,reported,,20.00,20,
LY03,operation,cost,,A,,,reported,,40.00,40,
LY04,service,rate,downward_rate,,,,missing,65%,,40,没有可用数据
LY04,service,survey,,A,,,reported,,20.00,20,
LY04,operation,cost,,A,,,reported,,40.00,40,
";
    assert_eq!(file(&scores::file(&scorebook()), Lang::Zh), expected);
}

/// C2: 11 of 12 months are 0.91666….
#[test]
fn measures_csv_carries_completeness_and_interval() {
    let expected = "\
unit,indicator,value,numerator,denominator,state,completeness,lower,upper,method,window,reason
LY01,downward_rate,54.6,546,1000,reported,1,51.5,57.66,wilson,2025,
LY02,downward_rate,66.66666666666667,2,3,incomplete,0.9166666666666666,51.5,57.66,wilson,2025,
LY03,downward_rate,,,,rejected,0.9166666666666666,,,,2025,
LY04,downward_rate,,,,missing,0,,,,2025,
";
    assert_eq!(file(&measures::file(&scorebook()), Lang::En), expected);
}

/// R2: the file that makes scores.csv sum to the totals.
#[test]
fn adjustments_csv_prints_every_step() {
    let expected = "unit,step,id,points,reason\nLY02,rescale,total,17.00,20 of 100 points not applicable: 68 × 100/80\n";
    assert_eq!(file(&adjustments::file(&scorebook()), Lang::En), expected);
}

/// DESIGN §6: grouped by code, worst first, three examples, the rest counted.
#[test]
fn findings_on_screen_are_grouped_and_capped() {
    let expected = "\
error[value/fraction] ×1: A count is a whole number.
  --> exports/3月.csv · row 9 · 医疗收入 · LY0101 · \"-2.5\"
      -2.5 is not whole
  = help: Correct and report it again.

warning[value/rounded] ×4: A value has no more decimals than its item allows.
  --> exports/3月.csv · row 2 · 医疗收入 · LY0101
      1.234 was taken as 1.23
  --> exports/3月.csv · row 3 · 医疗收入 · LY0101
      1.234 was taken as 1.23
  --> exports/3月.csv · row 4 · 医疗收入 · LY0101
      1.234 was taken as 1.23
  … and 1 more in findings.csv
  = help: Report it with fewer decimals.

1 error, 4 warnings, 0 infos
";
    let findings = scorebook().findings;
    let closing = notices::closing(&findings, Lang::En);
    assert_eq!(notices::groups(&findings, Severity::Info, Some("findings.csv"), Lang::En) + &closing, expected);
}

/// DESIGN §5: the scorebook follows its published schema; points are strings, values numbers [D6].
#[test]
fn scorebook_json_follows_its_schema() {
    let written: serde_json::Value = serde_json::from_str(&book()).expect("JSON");
    let schema = serde_json::to_value(json::scorebook_schema()).expect("JSON");
    let errors: Vec<String> = jsonschema::validator_for(&schema).expect("a schema").iter_errors(&written).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let at = |pointer: &str| written.pointer(pointer).map(ToString::to_string).unwrap_or_default();
    assert_eq!(at("/version"), "1");
    assert_eq!(at("/units/0/total"), "\"85.00\"");
    assert_eq!(at("/units/1/scores/0/value"), "66.66666666666667");
    assert_eq!(at("/units/1/measures/0/denominator"), "\"3\"");
    assert_eq!(at("/units/1/adjustments/0/points"), "\"17.00\"");
    assert_eq!(at("/units/2/scores/0/value"), "null");
    assert_eq!(at("/units/3/total"), "null");
    assert_eq!(at("/codes/value~1fraction/expected/en"), "\"A count is a whole number.\"");
    assert_eq!(written["findings"].as_array().map(Vec::len), Some(5));
}

/// What is written can be read back whole, as a comparison of two results needs.
#[test]
fn scorebook_json_reads_back() {
    let read: json::Scorebook = serde_json::from_str(&book()).expect("its own shape");
    assert_eq!(read.findings.len(), 5);
    let written: serde_json::Value = serde_json::from_str(&book()).expect("JSON");
    assert_eq!(serde_json::to_value(&read).expect("JSON"), written);
}

/// DESIGN §5, D5: the files of the contract, the same bytes on every run, all named in the manifest.
#[test]
fn a_result_folder_is_complete_and_the_same_every_time() {
    let written = || {
        let book = scorebook();
        let written = |file: File| (file.name, bytes(&file.write));
        files(&Dossier::alone(&book), Lang::Zh).expect("memory can be written").into_iter().map(written).collect::<Vec<_>>()
    };
    let first = written();
    let names: Vec<&str> = first.iter().map(|(name, _)| name.as_str()).collect();
    let contract = ["scorebook.json", "summary.csv", "scores.csv", "measures.csv", "adjustments.csv", "findings.csv"];
    let all: Vec<&str> = contract.into_iter().chain(["report.html", "report.xlsx", "report.docx", "manifest.json"]).collect();
    assert_eq!(names, all);
    assert_eq!(written(), first);
    let read: manifest::Manifest = serde_json::from_slice(&first.last().expect("a file").1).expect("a manifest");
    assert_eq!(read.files, all);
    assert_eq!(read.provenance.inputs[0].path, "exports/3月.csv");
}

#[test]
fn every_format_renders_every_sheet() {
    let screen = Screen { lang: Lang::En, ..Screen::default() };
    let shown = |format| text(render(&summary::file(&scorebook()), format, &screen));
    assert!(shown(Format::Csv).starts_with("\u{feff}unit,"));
    assert!(shown(Format::Json).starts_with("[\n  {\n    \"unit\": \"LY01\""));
    assert!(shown(Format::Markdown).starts_with("| unit | name |"));
    assert!(shown(Format::Table).starts_with('─'));
}
