//! Figures summed elsewhere: parts put together are the whole, and what is scored from it is what is scored from the data.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use kaohe::assess::{assess, prepare};
use kaohe::assessment::terms::Figures;
use kaohe::assessment::{Assessment, Request, load};
use kaohe::code::Severity;
use kaohe::dataset::{Cell, Key};
use kaohe::diagnostic::Diagnostic;
use kaohe::finding::Finding;
use kaohe::intake::gather::{Whose, gather};
use kaohe::intake::rows::Known;
use kaohe::intake::source::Vocabulary;
use kaohe::report;
use kaohe::terms::{Part, Terms, merge, read};
use kaohe::text::Lang;
use proptest::prelude::*;
use serde_json::Value;

/// What a run says, provenance and the places of cells aside.
struct Said {
    /// The scorebook, line by line: measures with their reasons, scores, totals, ranks, grades.
    book: String,
    /// The values behind it.
    cells: Vec<(Key, Cell)>,
    /// What is lacking, and what running totals came to.
    of_periods: Vec<String>,
    /// Whether a figure is wrong.
    has_errors: bool,
}

#[track_caller]
fn loaded(folder: &Path, figures: Figures) -> Assessment {
    let (assessment, found) = load(&Request { path: folder.to_path_buf(), figures, ..Request::default() });
    assessment.unwrap_or_else(|| panic!("{}", told(&found)))
}

fn told(found: &[Diagnostic]) -> String {
    found.iter().map(|one| one.render(Lang::En)).collect()
}

#[track_caller]
fn said(folder: &Path, figures: Figures) -> Said {
    let assessment = loaded(folder, figures);
    let mut prepared = prepare(&assessment).unwrap_or_else(|found| panic!("{}", told(&found)));
    let mut cells: Vec<(Key, Cell)> = prepared.dataset.cells().collect();
    cells.sort_unstable_by_key(|(key, _)| *key);
    let book = assess(&mut prepared).expect("sums");
    let findings: Vec<Finding> = book.all_findings().iter().map(Cow::into_owned).collect();
    let is_of_period = |finding: &&Finding| finding.code.id().starts_with("period/");
    let line = |finding: &Finding| {
        let place = &finding.place;
        format!("{} {:?} {:?} {:?} {}", finding.code.id(), place.organisation, place.period, place.item, finding.text(Lang::En))
    };
    let mut of_periods: Vec<String> = findings.iter().filter(is_of_period).map(line).collect();
    of_periods.sort_unstable();
    // Of rows that were left out no figure knows, unless they reject one: where a month is missing, too, there is none.
    let rejects = |finding: &Finding| {
        let is_blank = ["record/no-amount", "record/no-person"].contains(&finding.code.id());
        let (organisation, item) = (finding.place.organisation.as_deref(), finding.place.item.as_deref());
        let is_own = |(who, _, what): Key| {
            Some(assessment.registry.get(who).code.as_str()) == organisation && Some(assessment.catalogue.item(what).id.as_str()) == item
        };
        is_blank && cells.iter().any(|(key, cell)| *cell == Cell::Rejected && is_own(*key))
    };
    let is_of_rows = |finding: &&Finding| ["record/", "table/"].iter().any(|area| finding.code.id().starts_with(area)) && !rejects(finding);
    let has_errors = findings.iter().filter(|finding| !is_of_rows(finding)).any(|finding| finding.severity() == Severity::Error);
    let mut bytes = Vec::new();
    report::json::scorebook(&book, &mut bytes).expect("memory can be written");
    let mut book: Value = serde_json::from_slice(&bytes).expect("JSON");
    forget(&mut book);
    let book = serde_json::to_string_pretty(&book).expect("JSON");
    Said { book, cells, of_periods, has_errors }
}

/// Where two runs say different things, if anywhere.
fn difference(now: &Said, was: &Said) -> Option<String> {
    let lines = |now: &[String], was: &[String]| {
        let at = (0..now.len().max(was.len())).find(|at| now.get(*at) != was.get(*at))?;
        Some(format!("{:?} instead of {:?}, after {:?}", now.get(at), was.get(at), &now[at.saturating_sub(8)..at]))
    };
    let cells = |said: &Said| said.cells.iter().map(|cell| format!("{cell:?}")).collect::<Vec<_>>();
    let book = |said: &Said| said.book.lines().map(str::to_owned).collect::<Vec<_>>();
    let of_cells = lines(&cells(now), &cells(was)).or_else(|| lines(&now.of_periods, &was.of_periods));
    let failed = (now.has_errors != was.has_errors).then(|| format!("failed: {} instead of {}", now.has_errors, was.has_errors));
    of_cells.or_else(|| lines(&book(now), &book(was))).or(failed)
}

/// Takes away what names the files that were read.
fn forget(book: &mut Value) {
    if let Value::Object(book) = book {
        assert!(["findings", "codes", "provenance"].into_iter().all(|key| book.remove(key).is_some()));
    }
    reasons(book);
    for part in book["parts"].as_array_mut().into_iter().flatten() {
        forget(&mut part["result"]);
    }
}

/// Of a figure that was replaced the reason says what stood in its cell, and where: neither travels with the figure.
fn reasons(value: &mut Value) {
    match value {
        Value::Object(said) if said.get("id").is_some_and(|id| id == "measure/replaced") => said.retain(|key, _| key == "id"),
        Value::Object(all) => all.values_mut().for_each(reasons),
        Value::Array(all) => all.iter_mut().for_each(reasons),
        _ => {}
    }
}

/// The terms of a part, as they are written.
#[track_caller]
fn partial(folder: &Path, of: &Part) -> Vec<u8> {
    let (figures, whose) = match of {
        Part::Shard { number, of, .. } => (Figures::HandedOn, Whose::Share { remainder: number - 1, of: of.get() }),
        Part::Site(_) => (Figures::AtOnePlace, Whose::Present),
    };
    let assessment = loaded(folder, figures);
    let vocabulary = Vocabulary::new(&assessment.catalogue);
    let rows = gather(&assessment.sources, whose, Known { registry: &assessment.registry, vocabulary: &vocabulary });
    written(&Terms { file: String::new(), definitions: assessment.definitions.clone(), part: of.clone(), rows })
}

fn written(terms: &Terms) -> Vec<u8> {
    let mut bytes = Vec::new();
    report::terms::write(terms, &mut bytes).expect("memory can be written");
    bytes
}

#[track_caller]
fn merged(parts: &[Vec<u8>]) -> Vec<u8> {
    let parts =
        parts.iter().enumerate().map(|(at, bytes)| read(bytes, &format!("{at}.csv")).unwrap_or_else(|found| panic!("{}", told(&found))));
    written(&merge(parts.collect()).unwrap_or_else(|found| panic!("{}", told(&found))))
}

/// Every example is scored from its terms as from its files.
#[track_caller]
fn example(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    let desk = tempfile::tempdir().expect("a folder");
    let shards = ["1/3", "2/3", "3/3"].map(|shard| partial(&folder, &shard.parse().expect("a part")));
    let whole = partial(&folder, &Part::WHOLE);
    assert_eq!(merged(&shards), whole);
    let file = desk.path().join("terms.csv");
    fs::write(&file, whole).expect("a file");
    let (now, was) = (said(&folder, Figures::Terms(file)), said(&folder, Figures::Files));
    assert!(!was.cells.is_empty());
    assert_eq!(difference(&now, &was), None);
}

#[test]
fn linyi_is_scored_from_terms_as_from_files() {
    example("linyi");
}

/// With a correction that states its old value.
#[test]
fn yangjiang_is_scored_from_terms_as_from_files() {
    example("yangjiang");
}

#[test]
fn the_nation_is_scored_from_terms_as_from_files() {
    example("national-2019");
}

#[test]
fn guangming_is_scored_from_terms_as_from_files() {
    example("guangming");
}

#[test]
fn wushen_is_scored_from_terms_as_from_files() {
    example("wushen");
}

#[test]
fn state_council_2017_is_scored_from_terms_as_from_files() {
    example("state-council-2017");
}

const ITEMS: &str = r#"
[catalogue]
id = "items"
title = "Items"
[[item]]
id = "visits"
name = "Visits"
unit = "person"
time = "flow"
[[item]]
id = "income"
name = "Income"
unit = "CNY"
decimals = 2
time = "flow"
[[item]]
id = "beds"
name = "Beds"
unit = "bed"
time = "stock"
[[item]]
id = "referred"
name = "Referred"
unit = "person"
time = "flow"
[[item]]
id = "patients"
name = "Patients"
unit = "person"
time = "flow"
[[indicator]]
id = "per_visit"
name = "Income per visit"
numerator = "income"
denominator = "visits"
unit = "CNY"
better = "lower"
form = "mean"
[[indicator]]
id = "per_bed"
name = "Visits per bed"
numerator = "visits"
denominator = "beds"
unit = "visit"
better = "higher"
form = "ratio"
[[indicator]]
id = "share"
name = "Referred of visits"
numerator = "referred"
denominator = "visits"
factor = 100
unit = "%"
better = "higher"
form = "ratio"
[[check]]
id = "few"
rule = "referred <= visits"
severity = "error"
"#;

const SCHEME: &str = r#"
[criteria]
id = "c"
title = "C"
catalogues = ["items.toml"]
[policy]
min_completeness = 0.4
[[dimension]]
id = "d"
name = "D"
points = 40
[[dimension.criterion]]
indicator = "per_visit"
points = 10
score.ratio = { target = 3 }
[[dimension.criterion]]
indicator = "per_bed"
points = 10
score.ratio = { target = 4 }
[[dimension.criterion]]
indicator = "share"
points = 10
score.ratio = { target = 50 }
[[dimension.criterion]]
indicator = "patients"
points = 10
score.ratio = { target = 3 }
"#;

const REGISTRY: &str = "code,name,consortium\nA1,甲医院,X\nA2,乙医院,X\nA3,丙医院,X\nB1,丁医院,Y\nB2,戊医院,Y\n";
const WHO: [&str; 5] = ["A1", "乙医院", "A3", "B1", "戊医院"];
const MONTHS: [&str; 4] = ["2025-01", "2025-02", "2025-03", "2025Q1"];
const CELLS: [&str; 12] = ["", "-", "0", "3", "3", "5", "8", "9", "12.5", "x", "1,234", "１２"];

/// A line of a table: whose, when, three cells.
type Line = (usize, usize, [usize; 3]);

/// Small data with everything that a figure may meet.
#[derive(Debug, Clone)]
struct Data {
    /// Returns, those of another office, running totals, and what was verified.
    tables: [Vec<Line>; 4],
    /// What the second table's source prefers, and the running totals'.
    prefer: [usize; 2],
    /// Records: number, day, whose, patient.
    records: Vec<(usize, usize, usize, usize)>,
    covers: bool,
    /// Corrections: whose, month, item, value.
    corrections: Vec<(usize, usize, usize, usize)>,
}

fn data() -> impl Strategy<Value = Data> {
    let line = || (0..5_usize, 0..4_usize, prop::array::uniform3(0..CELLS.len()));
    let table = |most: usize| prop::collection::vec(line(), 0..most);
    let records = prop::collection::vec((0..12_usize, 0..3_usize, 0..5_usize, 0..5_usize), 0..14);
    let corrections = prop::collection::btree_map((0..5_usize, 0..4_usize, 0..3_usize), 2..8_usize, 0..3);
    (table(18), table(8), table(10), table(4), prop::array::uniform2(0..3_usize), records, any::<bool>(), corrections).prop_map(
        |(returns, others, totals, verified, prefer, records, covers, corrections)| Data {
            tables: [returns, others, totals, verified],
            prefer,
            records,
            covers,
            corrections: corrections.into_iter().map(|((who, month, item), cell)| (who, month, item, cell)).collect(),
        },
    )
}

fn lay_out(data: &Data, folder: &Path) {
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("a file");
    write("orgs.csv", REGISTRY);
    write("items.toml", ITEMS);
    write("criteria.toml", SCHEME);
    for (name, lines) in ["returns.csv", "others.csv", "totals.csv", "verified.csv"].into_iter().zip(&data.tables) {
        let mut text = "code,period,visits,income,beds\n".to_owned();
        for (who, month, cells) in lines {
            let [visits, income, beds] = cells.map(|cell| CELLS[cell]);
            let _ = writeln!(text, "{},{},{visits},\"{income}\",{beds}", WHO[*who], MONTHS[*month]);
        }
        write(name, &text.replace(",1,234", ",\"1,234\""));
    }
    let mut records = "no,day,who,patient\n".to_owned();
    for (number, month, who, patient) in &data.records {
        // One number is that of a record with nobody in it.
        let patient = if *patient == 4 { String::new() } else { format!("P{patient}") };
        let _ = writeln!(records, "R{number},{}-07,{},{patient}", MONTHS[*month], WHO[*who]);
    }
    write("register.csv", &records);
    let mut corrections = "organisation,period,item,old,new\n".to_owned();
    for (who, month, item, cell) in &data.corrections {
        let item = ["visits", "income", "beds"][*item];
        let _ = writeln!(corrections, "{},{},{item},,{}", WHO[*who], MONTHS[*month], CELLS[*cell]);
    }
    write("corrections.csv", &corrections);
    let prefer = data.prefer.map(|prefer| ["", "prefer = \"first\"", "prefer = \"latest\""][prefer]);
    let covers = if data.covers { "covers = \"2025-01..2025-03\"" } else { "" };
    let text = format!(
        "title = \"T\"\nperiod = \"2025-01..2025-03\"\nunit = \"consortium\"\ncriteria = \"criteria.toml\"\norganisations = {{ path = \"orgs.csv\" }}\n\
         [[source]]\npath = \"verified.csv\"\nstage = \"verified\"\n\
         [[source]]\npath = \"returns.csv\"\n\
         [[source]]\npath = \"others.csv\"\n{}\n\
         [[source]]\npath = \"totals.csv\"\ncumulative = true\n{}\n\
         [[source]]\npath = \"register.csv\"\nlayout = \"records\"\norganisation = {{ column = \"who\" }}\nperiod = {{ column = \"day\" }}\nkey = [\"no\"]\n{covers}\n\
         [[source.items]]\nitem = \"referred\"\n[[source.items]]\nitem = \"patients\"\ndistinct = {{ column = \"patient\" }}\n\
         [[corrections]]\npath = \"corrections.csv\"\n",
        prefer[0], prefer[1]
    );
    write("assessment.toml", &text);
}

/// A verified figure equal to the reported one says so where another was preferred to the latter: to be seen only once running
/// totals are differences.
#[test]
fn a_verified_figure_over_a_preferred_total_is_said() {
    for totals in [vec![(4, 2, [3, 0, 0])], vec![(4, 2, [2, 0, 0]), (4, 2, [3, 0, 0])]] {
        let desk = tempfile::tempdir().expect("a folder");
        let plain = vec![(4, 3, [7, 0, 3])];
        let data =
            Data { tables: [vec![], plain.clone(), totals, plain], prefer: [0, 2], records: vec![], covers: false, corrections: vec![] };
        lay_out(&data, desk.path());
        let whole = partial(desk.path(), &Part::WHOLE);
        let files = said(desk.path(), Figures::Files);
        assert!(files.book.contains("measure/replaced"), "{}", files.book);
        fs::write(desk.path().join("terms.csv"), whole).expect("a file");
        assert_eq!(difference(&said(desk.path(), Figures::Terms(desk.path().join("terms.csv"))), &files), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// D2, T5, S1: whatever the data hold and however they are divided, parts merged are the whole byte for byte, and measures,
    /// scores, totals and ranks are those of the data.
    #[test]
    fn parts_merged_are_the_whole_and_score_the_same(data in data(), of in 1..=4_u64, turn in 0..4_usize) {
        let desk = tempfile::tempdir().expect("a folder");
        lay_out(&data, desk.path());
        let whole = partial(desk.path(), &Part::WHOLE);
        let mut shards: Vec<Vec<u8>> = (1..=of).map(|number| partial(desk.path(), &format!("{number}/{of}").parse().expect("a part"))).collect();
        let turn = turn % shards.len();
        shards.rotate_left(turn);
        prop_assert_eq!(String::from_utf8(merged(&shards)), String::from_utf8(whole.clone()));
        let was = said(desk.path(), Figures::Files);
        // The files of the sources need not exist any more.
        for file in ["returns.csv", "others.csv", "totals.csv", "verified.csv", "register.csv"] {
            fs::remove_file(desk.path().join(file)).expect("a file");
        }
        fs::write(desk.path().join("terms.csv"), whole).expect("a file");
        let now = said(desk.path(), Figures::Terms(desk.path().join("terms.csv")));
        prop_assert_eq!(difference(&now, &was), None);
    }
}

/// A folder with the definitions, and with the lines of these organisations only.
fn site(data: &Data, who: &[usize], folder: &Path) -> PathBuf {
    let own = |lines: &Vec<Line>| lines.iter().filter(|line| who.contains(&line.0)).copied().collect::<Vec<Line>>();
    let records = data.records.iter().filter(|record| who.contains(&record.2)).copied().collect();
    fs::create_dir_all(folder).expect("a folder");
    lay_out(&Data { tables: data.tables.each_ref().map(own), records, ..data.clone() }, folder);
    folder.to_path_buf()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    /// Each institution with its own rows: together they are what they would be in one place, silence in a register aside.
    #[test]
    fn sites_merged_are_the_whole_but_for_the_silent(data in data()) {
        // A number that stands at two sites would be one record in one place; each site has its own.
        let records = data.records.iter().map(|(number, month, who, patient)| (number + 100 * who, *month, *who, *patient)).collect();
        let data = Data { covers: false, records, ..data };
        let desk = tempfile::tempdir().expect("a folder");
        let whole = partial(&site(&data, &[0, 1, 2, 3, 4], &desk.path().join("all")), &Part::WHOLE);
        let places = [vec![0, 3], vec![1], vec![2, 4]];
        let parts: Vec<Vec<u8>> = places.iter().enumerate().map(|(at, who)| {
            partial(&site(&data, who, &desk.path().join(at.to_string())), &Part::Site(format!("site {at}")))
        }).collect();
        prop_assert_eq!(String::from_utf8(merged(&parts)), String::from_utf8(whole));
    }
}

/// `covers` says that nobody else has records; of those who are not there a site says nothing, and of a register that is not
/// there, too.
#[test]
fn a_site_says_no_zero_of_others() {
    let desk = tempfile::tempdir().expect("a folder");
    let data = Data {
        tables: [vec![(0, 0, [3, 3, 3])], vec![], vec![], vec![]],
        prefer: [0, 0],
        records: vec![(1, 0, 1, 0)],
        covers: true,
        corrections: vec![],
    };
    lay_out(&data, desk.path());
    let items = |desk: &Path| {
        let terms = read(&partial(desk, &Part::Site("s".to_owned())), "s.csv").expect("terms");
        terms.rows.into_iter().map(|row| format!("{} {} {} {}", row.organisation, row.period, row.item, row.value)).collect::<Vec<_>>()
    };
    // A1 has visits and A2 a record; both are there, so their silence is their own. The cells of A1 all hold 3.
    let months = ["2025-01", "2025-02", "2025-03"];
    let mut expected: Vec<String> = ["beds", "income", "visits"].map(|item| format!("A1 2025-01 {item} 3")).to_vec();
    expected.extend(["A1 2025Q1 patients 0".to_owned(), "A2 2025Q1 patients 1".to_owned()]);
    expected.extend(months.map(|month| format!("A1 {month} referred 0")));
    expected.extend(months.map(|month| format!("A2 {month} referred {}", u8::from(month == "2025-01"))));
    let mut got = items(desk.path());
    got.sort_unstable();
    expected.sort_unstable();
    assert_eq!(got, expected);
    fs::remove_file(desk.path().join("register.csv")).expect("a file");
    assert_eq!(items(desk.path()), ["A1 2025-01 beds 3", "A1 2025-01 income 3", "A1 2025-01 visits 3"]);
}

/// The fingerprint is of what decides the figures, and of no more: line ends and the places of files change nothing.
#[test]
fn definitions_have_a_fingerprint_of_what_decides_the_figures() {
    let desk = tempfile::tempdir().expect("a folder");
    let data = Data { tables: [vec![], vec![], vec![], vec![]], prefer: [0, 0], records: vec![], covers: false, corrections: vec![] };
    lay_out(&data, desk.path());
    let of = |set: &[&str]| {
        let overrides = set.iter().map(|text| kaohe::definition::overrides::Override::parse(text).expect("KEY=VALUE")).collect();
        let (assessment, found) = load(&Request { path: desk.path().to_path_buf(), overrides, ..Request::default() });
        assessment.unwrap_or_else(|| panic!("{}", told(&found))).definitions
    };
    let change = |name: &str, with: &dyn Fn(String) -> String| {
        let path = desk.path().join(name);
        let text = fs::read_to_string(&path).expect("a file");
        fs::write(&path, with(text)).expect("a file");
    };
    let first = of(&[]);
    for name in ["assessment.toml", "criteria.toml", "items.toml", "orgs.csv"] {
        change(name, &|text| text.replace('\n', "\r\n"));
        assert_eq!(of(&[]), first, "{name} with other line ends");
        change(name, &|text| text + "\n");
        assert_ne!(of(&[]), first, "{name} with a line more");
        change(name, &|text| text.strip_suffix('\n').unwrap_or_default().to_owned());
        assert_eq!(of(&[]), first, "{name} as it was");
    }
    // What is only scored with, or laid over the figures later.
    change("corrections.csv", &|text| text + "A1,2025-01,visits,,3\n");
    change("returns.csv", &|text| text + "A1,2025-01,3,3,3\n");
    assert_eq!(of(&["policy.min_completeness=0.9"]), first);
    // Persons are counted for the windows there are.
    assert_ne!(of(&["period=2025-01"]), first);
    change("assessment.toml", &|text| text.split("[[source]]").take(5).collect::<Vec<_>>().join("[[source]]"));
    assert_eq!(of(&["period=2025-01"]), of(&[]));
    assert_ne!(of(&["criteria=./criteria.toml"]), of(&[]));
}
