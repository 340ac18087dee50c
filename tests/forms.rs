//! Collection forms: what is asked for, and that what comes back is read without any mapping.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;

#[path = "support/program.rs"]
mod program;

use program::kaohe;

fn example() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/examples/linyi")
}

/// The first sheet of a workbook as texts, read by another library than the one that wrote it.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> = open_workbook(path).expect("a workbook");
    let sheet = workbook.worksheet_range_at(0).expect("a sheet").expect("cells");
    sheet.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

fn forms(folder: &Path, more: &[&str]) {
    let target = folder.join("forms");
    let args = [&["forms", example(), "--lang", "zh", "-o", target.to_str().expect("UTF-8")], more].concat();
    let ran = kaohe(folder, args);
    assert_eq!(ran.code, Some(0), "{}", String::from_utf8_lossy(&ran.err));
}

/// C1, C3: a lead hospital is asked for referrals and finances, a primary institution for managed patients; nobody
/// for what is not expected of them.
#[test]
fn each_institution_is_asked_for_what_the_scheme_needs_from_it() {
    let place = tempfile::tempdir().expect("a temporary folder");
    forms(place.path(), &["--every", "year"]);
    let header = |code: &str| rows(&place.path().join(format!("forms/{code}.xlsx")))[2].clone();
    let (lead, primary) = (header("LYA01"), header("LYA11"));
    assert_eq!(lead[..3], ["机构代码", "机构名称", "期间"]);
    assert!(lead.contains(&"医疗收入(元)".to_owned()) && primary.contains(&"医疗收入(元)".to_owned()));
    assert!(lead.contains(&"住院手术台次数(次)".to_owned()) && !primary.contains(&"住院手术台次数(次)".to_owned()), "{lead:?}");
    assert!(primary.contains(&"年内已管理高血压患者人数(人)".to_owned()));
    assert!(!lead.contains(&"年内已管理高血压患者人数(人)".to_owned()));
    let periods: Vec<String> = rows(&place.path().join("forms/LYA01.xlsx"))[3..].iter().map(|row| row[2].clone()).collect();
    assert_eq!(periods, ["2024", "2025"]);
}

/// D5: the same form is the same file, byte by byte.
#[test]
fn the_same_forms_are_the_same_bytes() {
    let (one, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    forms(one.path(), &["--one"]);
    forms(other.path(), &["--one"]);
    let bytes = |place: &Path| fs::read(place.join("forms/forms.xlsx")).expect("a file");
    assert_eq!(bytes(one.path()), bytes(other.path()));
}

/// What is filled in comes back under the headers of the form: every institution complete, and nothing said
/// about columns or periods.
#[test]
fn a_form_filled_in_is_read_without_a_mapping() {
    let place = tempfile::tempdir().expect("a temporary folder");
    forms(place.path(), &["--every", "quarter"]);
    for entry in fs::read_dir(place.path().join("forms")).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "xlsx") {
            fill(&path);
        }
    }
    let criteria = format!("{}/criteria.toml", example());
    let organisations = format!("{}/organisations.csv", example());
    let assessment = format!(
        "title = \"T\"\nperiod = \"2025\"\nbaseline = \"2024\"\nunit = \"consortium\"\ncriteria = {criteria:?}\n\
         [organisations]\npath = {organisations:?}\n[[source]]\npath = \"forms/*.xlsx\"\n"
    );
    fs::write(place.path().join("assessment.toml"), assessment).expect("a file");
    let ran = kaohe(place.path(), ["check", "--format", "csv", "--fail-on", "never"]);
    let text = String::from_utf8(ran.out).expect("UTF-8");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let codes: BTreeSet<String> = reader.records().map(|row| row.expect("a row")[1].to_owned()).collect();
    assert!(codes.contains("table/title-rows"), "{codes:?}");
    let about_the_form = |code: &&String| ["table/", "period/", "item/", "file/"].iter().any(|area| code.starts_with(area));
    let unexpected: Vec<&String> = codes.iter().filter(about_the_form).filter(|code| *code != "table/title-rows").collect();
    assert!(unexpected.is_empty(), "{unexpected:?}");
}

/// Writes the form again with a figure in every cell.
fn fill(path: &Path) {
    let rows = rows(path);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (at, row) in (0..).zip(&rows) {
        for (column, cell) in (0..).zip(row) {
            if at < 3 || column < 3 {
                sheet.write_string(at, column, cell).expect("memory");
            } else {
                sheet.write_number(at, column, f64::from(at) + 10.0 + f64::from(column)).expect("memory");
            }
        }
    }
    workbook.save(path).expect("a file");
}

/// O4, T6: who joined in July is asked for half a year, its stocks at the end of December; who left in March for a
/// quarter.
#[test]
fn members_of_a_part_of_the_year_are_asked_for_their_part() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let organisations = "code,name,consortium,joined,left\nA,甲卫生院,G,,\nB,乙卫生院,G,2025-07,\nC,丙卫生院,G,,2025-03\n";
    fs::write(place.path().join("orgs.csv"), organisations).expect("a file");
    let criteria = "[criteria]\nid = \"t\"\ntitle = \"T\"\ncatalogues = [\"builtin:public-health\", \"builtin:services\"]\n\
        [[dimension]]\nid = \"d\"\nname = \"D\"\npoints = 20\n\
        [[dimension.criterion]]\nindicator = \"hypertension_control_rate\"\npoints = 10\nscore.ratio = { target = 60 }\n\
        [[dimension.criterion]]\nindicator = \"visits_total\"\npoints = 10\nscore.ratio = { target = 100 }\n";
    fs::write(place.path().join("scheme.toml"), criteria).expect("a file");
    let assessment =
        "title = \"T\"\nperiod = \"2025\"\nunit = \"consortium\"\ncriteria = \"scheme.toml\"\n[organisations]\npath = \"orgs.csv\"\n";
    fs::write(place.path().join("assessment.toml"), assessment).expect("a file");
    let ran = kaohe(place.path(), ["forms", "-o", "forms", "--lang", "zh"]);
    assert_eq!(ran.code, Some(0), "{}", String::from_utf8_lossy(&ran.err));
    let periods = |code: &str| -> Vec<String> {
        rows(&place.path().join(format!("forms/{code}.xlsx")))[3..].iter().map(|row| row[2].clone()).collect()
    };
    assert_eq!(periods("A"), ["2025"]);
    assert_eq!(periods("B"), ["2025H2"]);
    assert_eq!(periods("C"), ["2025Q1"]);
}
