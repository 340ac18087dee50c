//! The notice of the fixture, read back by readers that know nothing of how it was written.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::{docx, markdown, notice};
use crate::dossier::Dossier;
use crate::report::fixture::scorebook;
use crate::scorebook::Scorebook;
use crate::text::{Lang, Text};

fn archive(book: &Scorebook, lang: Lang) -> Vec<u8> {
    let mut bytes = Vec::new();
    docx::write(&notice(&Dossier::alone(book)), lang, &mut bytes).expect("memory can be written");
    bytes
}

fn part(archive: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(archive)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).unwrap_or_else(|_| panic!("no {name}")).read_to_string(&mut text).expect("UTF-8");
    text
}

/// A paragraph as read back.
#[derive(Debug, Default)]
struct Paragraph {
    style: String,
    text: String,
    in_table: bool,
}

/// Every paragraph with its style, and the names of all elements.
fn read(xml: &str) -> (Vec<Paragraph>, Vec<String>) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let (mut paragraphs, mut names, mut tables) = (Vec::<Paragraph>::new(), Vec::new(), 0);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) | Event::Empty(start) if start.name().as_ref() == "w:pStyle" => {
                paragraphs.last_mut().expect("a paragraph").style = value(&start, "w:val");
            }
            Event::Start(start) => {
                tables += usize::from(start.name().as_ref() == "w:tbl");
                if start.name().as_ref() == "w:p" {
                    paragraphs.push(Paragraph { in_table: tables > 0, ..Paragraph::default() });
                }
                names.push(start.name().as_ref().to_owned());
            }
            Event::Empty(start) => names.push(start.name().as_ref().to_owned()),
            Event::End(end) => tables -= usize::from(end.name().as_ref() == "w:tbl"),
            Event::Text(text) => push(&mut paragraphs, &text),
            Event::GeneralRef(name) => {
                push(&mut paragraphs, quick_xml::escape::resolve_predefined_entity(&name).expect("a predefined entity"));
            }
            Event::Eof => return (paragraphs, names),
            _ => {}
        }
    }
}

fn push(paragraphs: &mut [Paragraph], text: &str) {
    if let Some(last) = paragraphs.last_mut() {
        last.text.push_str(text);
    }
}

fn value(start: &BytesStart, name: &str) -> String {
    let found = start.attributes().map(|one| one.expect("an attribute")).find(|one| one.key.as_ref() == name);
    found.expect("a value").value.into_owned()
}

fn texts<'a>(paragraphs: &'a [Paragraph], style: &str) -> Vec<&'a str> {
    paragraphs.iter().filter(|one| one.style == style).map(|one| one.text.as_str()).collect()
}

/// The figures are those of the fixture's table: ranks 1, 1, 3 and none; service 50/60, 33/40, 20/60, 20/60, mean 58.125 %; the
/// rate cost 10 + 7 + 40 points.
#[test]
fn the_word_file_has_its_chapters_tables_and_figures() {
    let mut book = scorebook();
    book.provenance.signed = vec![Text::new("考核组长", "Head of the committee")];
    let (paragraphs, names) = read(&part(&archive(&book, Lang::Zh), "word/document.xml"));
    assert_eq!(texts(&paragraphs, "Title"), ["关于临沂市紧密型城市医疗集团考核结果的通报"]);
    let chapters = texts(&paragraphs, "Heading1");
    let expected = ["一、考核对象和依据", "二、考核方法", "三、考核结果", "四、分维度情况", "五、数据质量"];
    assert_eq!(chapters[..5], expected);
    assert_eq!(chapters[5..], ["附件 1　各维度得分率", "附件 2　各指标得分"]);
    assert_eq!(texts(&paragraphs, "Heading2"), ["（一）服务能力", "（二）运行效率"]);
    let body = texts(&paragraphs, "Normal");
    for sentence in [
        "考核期为 2025，基期为 2024。考核对象 4 个。",
        "等级：良好 2 个、合格 1 个。",
        "平均得分率 58.1%。最高：临沂市人民医院集团（83.3%）；最低：=中医院集团、妇幼保健院集团（33.3%）。",
        "失分最多的指标：下转率（合计失 57.00 分）。",
        "数据检查发现错误 1 项、警告 4 项、提示 0 项，明细见 findings.csv。",
        "计分指标逐项累计应报 48 个机构月，可用 34 个，完整率 70.83%。",
    ] {
        assert!(body.contains(&sentence), "{sentence}\n{body:#?}");
    }
    let cells: Vec<&str> = paragraphs.iter().filter(|one| one.in_table).map(|one| one.text.as_str()).collect();
    assert_eq!(cells[..5], ["名次", "考核对象", "总分 (100)", "等级", "备注"]);
    assert_eq!(cells[5..10], ["1", "临沂市人民医院集团", "85.00", "良好", ""]);
    assert_eq!(texts(&paragraphs, "Signature"), ["考核组长：____________________", "日期：____________________"]);
    let count = |name: &str| names.iter().filter(|known| *known == name).count();
    // Ranking, shares, points: each repeats its header on every page.
    assert_eq!((count("w:tbl"), count("w:tblHeader"), count("w:sectPr")), (3, 3, 2));
}

/// A column of the points annex adds up to its total [R2]: 33 + 0 + 35 + 17 = 85.
#[test]
fn the_annex_of_points_adds_up() {
    let (paragraphs, _) = read(&part(&archive(&scorebook(), Lang::En), "word/document.xml"));
    let cells: Vec<&str> = paragraphs.iter().filter(|one| one.in_table).map(|one| one.text.as_str()).collect();
    let start = cells.iter().position(|cell| *cell == "Criterion").expect("the annex");
    let of_second: Vec<&str> = ["Downward rate", "Survey", "Growth of costs", "Adjusted", "Total"]
        .iter()
        .filter_map(|name| cells[start..].iter().position(|cell| cell == name).map(|at| cells[start + at + 3]))
        .collect();
    assert_eq!(of_second, ["33.00", "35.00", "17.00", "85.00"]);
}

#[test]
fn pages_are_numbered_and_annexes_lie_wide() {
    for (lang, before) in [(Lang::Zh, "— 第 "), (Lang::En, "Page ")] {
        let archive = archive(&scorebook(), lang);
        let footer = part(&archive, "word/footer1.xml");
        for field in ["w:instr=\"PAGE\"", "w:instr=\"NUMPAGES\"", before] {
            assert!(footer.contains(field), "{footer}");
        }
        let document = part(&archive, "word/document.xml");
        assert!(document.contains("w:orient=\"landscape\""));
        assert!(document.find("w:w=\"11906\"").expect("upright") < document.find("w:orient").expect("wide"));
    }
}

/// Every part is well-formed, every relation leads to a part, every part has a type.
#[test]
fn the_archive_is_whole() {
    let bytes = archive(&scorebook(), Lang::Zh);
    let mut zip = ZipArchive::new(Cursor::new(&bytes)).expect("an archive");
    let names: Vec<String> = (0..zip.len()).map(|at| zip.by_index(at).expect("a part").name().expect("UTF-8").into_owned()).collect();
    for name in &names {
        read_any(&part(&bytes, name));
    }
    for (rels, base) in [("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")] {
        let text = part(&bytes, rels);
        for target in text.split("Target=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(names.contains(&format!("{base}{target}")), "{target}");
        }
    }
    let types = part(&bytes, "[Content_Types].xml");
    for name in names.iter().filter(|name| !name.contains("rels") && *name != "[Content_Types].xml") {
        assert!(types.contains(&format!("PartName=\"/{name}\"")), "{name}");
    }
    let styles = part(&bytes, "word/styles.xml");
    assert!(!styles.contains('@'), "every place of a size is filled");
    for font in ["仿宋_GB2312", "黑体"] {
        assert!(styles.contains(&format!("w:eastAsia=\"{font}\"")));
        assert!(part(&bytes, "word/fontTable.xml").contains(&format!("<w:font w:name=\"{font}\"><w:altName")));
    }
}

fn read_any(xml: &str) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    while reader.read_event().expect("well-formed") != Event::Eof {}
}

/// What names may hold, and how it stands in the file.
fn nasty() -> Vec<(String, String)> {
    let same = |text: &str| (text.to_owned(), text.to_owned());
    vec![
        same("<script>alert(1)</script>"),
        same("A & B \"C\" 'D' ]]>"),
        ("a\u{1}b\u{0}c\td\ne\u{7f}\u{85}\u{ffff}f".to_owned(), "a b c d e   f".to_owned()),
        same("🏥 医院 👩‍⚕️ é"),
        same(&"长".repeat(200)),
    ]
}

#[test]
fn a_name_is_text_whatever_it_holds() {
    for (name, expected) in nasty() {
        let mut book = scorebook();
        book.units[0].name = Text::same(name.as_str());
        book.head.title = Text::same(name.as_str());
        book.criteria[0].name = Text::same(name.as_str());
        let archive = archive(&book, Lang::Zh);
        let (paragraphs, names) = read(&part(&archive, "word/document.xml"));
        assert_eq!(texts(&paragraphs, "Title"), [format!("关于{expected}结果的通报")]);
        let times = paragraphs.iter().filter(|one| one.in_table && one.text == expected).count();
        // In the ranking, the shares, the points as a heading, the points as a criterion.
        assert_eq!(times, 4, "{name:?}");
        assert!(names.iter().all(|name| name.starts_with("w:")), "no element that is not ours");
        read_any(&part(&archive, "docProps/core.xml"));
        let text = markdown::render(&notice(&Dossier::alone(&book)), Lang::Zh);
        assert!(!text.replace("\\<", "").contains("<script"), "{text}");
        assert!(text.lines().all(|line| !line.starts_with("e ")), "a line break stays inside its line");
    }
}

/// More rows than a printed page can hold end in a note that says where the rest stands.
#[test]
fn large_results_say_where_the_rest_stands() {
    let mut book = scorebook();
    let model = book.units[0].clone();
    book.units = (0..201).map(|_| model.clone()).collect();
    let text = markdown::render(&notice(&Dossier::alone(&book)), Lang::En);
    let notes = "These are the first 200 rows; summary.csv and report.html in the result folder have the other 1.";
    assert_eq!(text.matches(notes).count(), 2, "the ranking and the shares");
    assert!(text.contains("These are the first 60 units; scores.csv in the result folder has the other 141."));
    assert!(text.contains("临沂市人民医院集团, 临沂市人民医院集团, 临沂市人民医院集团") || text.contains("the same for all units"));
    assert_eq!(text.lines().filter(|line| line.starts_with("| 1 |")).count(), 200);
}

#[test]
fn the_same_result_is_the_same_file() {
    assert!(archive(&scorebook(), Lang::Zh) == archive(&scorebook(), Lang::Zh));
    assert!(archive(&scorebook(), Lang::Zh) != archive(&scorebook(), Lang::En));
}
