//! Registers counted by the program and by a naive reading of the same rows: group them by key, drop what contradicts
//! itself, and for each figure look at every row.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use kaohe::catalogue::{Catalogue, Item, Time};
use kaohe::dataset::Cell;
use kaohe::formula::ItemId;
use kaohe::intake::encoding::Encoding;
use kaohe::intake::load::load;
use kaohe::intake::records::{Condition, Derived, Matched, Records, Test, Way};
use kaohe::intake::rows::Known;
use kaohe::intake::source::{DataFile, Layout, OrganisationFrom, PeriodFrom, Source, Stage, Vocabulary, Written};
use kaohe::intake::table::Delimiter;
use kaohe::number::Exact;
use kaohe::period::{Month, Span};
use kaohe::registry::{OrgId, Organisation, Registry, Stay};
use kaohe::text::{Lang, Text};
use proptest::prelude::*;

#[path = "support/dice.rs"]
mod dice;

use dice::Dice;

const HEADERS: [&str; 9] = ["单号", "日期", "方向", "转出", "转入", "费用", "患者", "状态", "备注"];
const DATES: [&str; 9] =
    ["2025-01-03", "2025年1月31日", "20250214", "2025/2/1", "2025-03-09 10:00", "2025-03-31", "2024-02-29", "2024-01-05", "2025-02-30"];
const MONTHS: [&str; 9] = ["2025-01", "2025-01", "2025-02", "2025-02", "2025-03", "2025-03", "2024-02", "2024-01", ""];
const DIRECTIONS: [&str; 4] = ["下转", "上转", " 下转", "平转"];
const NAMES: [&str; 5] = ["甲", "乙", "丙", "外院", ""];
/// Costs in thousandths; `None` where there is no number.
const COSTS: [(&str, Option<i128>); 7] = [
    ("12.5", Some(12_500)),
    ("0", Some(0)),
    ("3.005", Some(3_005)),
    ("\"1,000.015\"", Some(1_000_015)),
    ("-2", Some(-2_000)),
    ("7", Some(7_000)),
    ("", None),
];
const PERSONS: [&str; 5] = ["P1", "p1", "P2", "11010119900307123X", ""];
const STATES: [&str; 2] = ["已接收", "待定"];

/// A row, each cell by its number in the lists above.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    key: usize,
    date: usize,
    direction: usize,
    from: usize,
    to: usize,
    cost: usize,
    person: usize,
    state: usize,
    remark: usize,
}

impl Row {
    fn written(&self) -> String {
        let key = if self.key == 0 { String::new() } else { format!("R-{}", self.key) };
        let remark = format!("r{}", self.remark);
        let cells = [
            key.as_str(),
            DATES[self.date],
            DIRECTIONS[self.direction],
            NAMES[self.from],
            NAMES[self.to],
            COSTS[self.cost].0,
            PERSONS[self.person],
            STATES[self.state],
            &remark,
        ];
        cells.join(",")
    }

    /// What the source looks at, but for blanks around it.
    fn content(&self) -> Vec<String> {
        let cells = [DATES[self.date], DIRECTIONS[self.direction], NAMES[self.from], NAMES[self.to], COSTS[self.cost].0];
        cells.iter().chain(&[PERSONS[self.person], STATES[self.state]]).map(|cell| cell.trim().to_owned()).collect()
    }

    fn month(&self) -> Option<Month> {
        MONTHS[self.date].parse::<Span>().ok().map(Span::first)
    }
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    // A cost or a person is rarely blank, so that most figures are values.
    let cost = prop_oneof![12 => 0..6_usize, 1 => Just(6_usize)];
    let person = prop_oneof![16 => 0..4_usize, 1 => Just(4_usize)];
    let name = || prop_oneof![30 => 0..3_usize, 1 => 3..5_usize];
    let date = prop_oneof![30 => 0..8_usize, 1 => Just(8_usize)];
    let row = (0..400_usize, date, 0..4_usize, name(), name(), cost, person, 0..2_usize, 0..3_usize);
    let row = row.prop_map(|(key, date, direction, from, to, cost, person, state, remark)| Row {
        key,
        date,
        direction,
        from,
        to,
        cost,
        person,
        state,
        remark,
    });
    (proptest::collection::vec(row, 0..60), proptest::collection::vec((any::<usize>(), 0..3_usize), 0..12)).prop_map(|(mut rows, again)| {
        for (at, remark) in again {
            if let Some(row) = rows.get(at % rows.len().max(1)).cloned() {
                rows.push(Row { remark, ..row });
            }
        }
        rows
    })
}

fn span(text: &str) -> Span {
    text.parse().expect("a period")
}

fn item(id: &str, decimals: u32) -> Item {
    Item {
        id: id.into(),
        name: Text::same(id),
        aliases: Vec::new(),
        unit: if decimals == 0 { "person" } else { "CNY" }.into(),
        decimals,
        time: Time::Flow,
        additive: true,
        expected_from: None,
        definition: None,
        basis: Vec::new(),
    }
}

/// 丙 goes from G2 to G1 in February 2025.
fn registry() -> Registry {
    let stay = |unit: &str, joined: Option<&str>, left: Option<&str>| Stay {
        joined: joined.map(|month| span(month).first()),
        left: left.map(|month| span(month).last()),
        attributes: std::sync::Arc::new([("group".to_owned(), unit.to_owned())].into()),
    };
    let organisation = |code: &str, name: &str, stays: Vec<Stay>| Organisation {
        code: code.into(),
        name: name.into(),
        aliases: Vec::new(),
        opened: None,
        closed: None,
        stays,
    };
    let moved = vec![stay("G2", None, Some("2025-01")), stay("G1", Some("2025-02"), None)];
    let all = vec![
        organisation("A", "甲", vec![stay("G1", None, None)]),
        organisation("B", "乙", vec![stay("G1", None, None)]),
        organisation("C", "丙", moved),
    ];
    Registry::new(all, vec!["group".into()])
}

/// G1 or G2, by the same month of 2025 [O4].
fn group(name: usize, month: Month) -> Option<&'static str> {
    match name {
        0 | 1 => Some("G1"),
        2 => Some(if month.month() == 1 { "G2" } else { "G1" }),
        _ => None,
    }
}

const SPANS: [&str; 2] = ["2024-01..2024-03", "2025-01..2025-03"];

fn register(covers: Option<Span>) -> Records {
    let is = |column: usize, texts: &[&str]| Condition { column, test: Test::AnyOf(texts.iter().map(|text| (*text).to_owned()).collect()) };
    let least = Condition { column: 5, test: Test::Between { at_least: Some(Exact::from(7)), at_most: None } };
    let not_down = Condition { column: 2, test: Test::NoneOf(vec!["下转".into()]) };
    let derived = |item: usize, organisation: usize, conditions: Vec<usize>, within: Vec<usize>, way: Way| Derived {
        item: ItemId(item),
        organisation,
        conditions,
        within,
        way,
        needs_match: item == 4,
    };
    Records {
        columns: HEADERS[..8].iter().map(|header| (*header).to_owned()).collect(),
        organisation: 3,
        date: 1,
        key: vec![0],
        covers,
        assessed: Some(span("2025-01..2025-03")),
        spans: SPANS.iter().map(|text| span(text)).collect(),
        unit: "group".into(),
        conditions: vec![is(2, &["下转"]), is(2, &["上转", "平转"]), not_down, least, is(7, &["已接收"])],
        items: vec![
            derived(0, 3, vec![0], vec![], Way::Count),
            derived(1, 4, vec![1], vec![3, 4], Way::Count),
            derived(2, 3, vec![0], vec![], Way::Sum(5)),
            derived(3, 3, vec![], vec![], Way::Distinct(6)),
            derived(4, 3, vec![2], vec![], Way::Count),
            derived(5, 3, vec![3], vec![], Way::Count),
        ],
        matched: Some(Matched::Where(vec![4])),
    }
}

fn source(text: &str, records: Records) -> Source {
    Source {
        number: 1,
        files: vec![DataFile::new("register.csv", text.as_bytes()).expect("bytes")],
        layout: Layout::Records(Arc::new(records)),
        organisation: OrganisationFrom::Column("转出".into()),
        period: PeriodFrom::Column("日期".into()),
        columns: BTreeMap::new(),
        rows: BTreeMap::new(),
        written: Written::default(),
        totals: Vec::new(),
        cumulative: false,
        received: None,
        due: None,
        prefer: None,
        sheet: None,
        header: None,
        stage: Stage::Reported,
        encoding: Encoding::Auto,
        delimiter: Delimiter::Comma,
    }
}

/// The rows that count: each record once, none that contradicts itself, all that have no key; then those with a date.
fn counted(rows: &[Row]) -> Vec<&Row> {
    let mut by_key: HashMap<usize, HashSet<Vec<String>>> = HashMap::new();
    for row in rows {
        by_key.entry(row.key).or_default().insert(row.content());
    }
    let mut seen = HashSet::new();
    let is_one = |row: &&Row| row.key == 0 || by_key[&row.key].len() == 1 && seen.insert(row.key);
    let once: Vec<&Row> = rows.iter().filter(is_one).collect();
    once.into_iter().filter(|row| row.month().is_some()).collect()
}

/// Half away from zero, from thousandths to hundredths.
fn hundredths(thousandths: i128) -> i64 {
    let size = (thousandths.abs() + 5) / 10;
    i64::try_from(if thousandths < 0 { -size } else { size }).expect("a small sum")
}

/// What an item comes to for some rows.
fn naive(item: usize, rows: &[&Row]) -> Cell {
    let number = |count: usize| Cell::Value(i64::try_from(count).expect("few"));
    match item {
        1 => {
            let month = |row: &Row| row.month().expect("a date");
            let is_within = |row: &&Row| group(row.from, month(row)).is_some() && group(row.from, month(row)) == group(row.to, month(row));
            number(rows.iter().filter(|row| counts(1, row) && is_within(row)).count())
        }
        2 => {
            let costs: Option<Vec<i128>> = rows.iter().filter(|row| counts(2, row)).map(|row| COSTS[row.cost].1).collect();
            costs.map_or(Cell::Rejected, |costs| Cell::Value(hundredths(costs.iter().sum())))
        }
        3 => {
            let persons: BTreeSet<String> = rows.iter().map(|row| PERSONS[row.person].to_uppercase()).collect();
            if persons.contains("") { Cell::Rejected } else { number(persons.len()) }
        }
        _ => number(rows.iter().filter(|row| counts(item, row)).count()),
    }
}

/// The organisations that a row credits with an item.
fn credited(row: &Row, item: usize) -> usize {
    if item == 1 { row.to } else { row.from }
}

/// Whether an organisation without a row may mean 0: every row was taken that could have been its own.
fn may_be_silent(all: &[Row], counted: &[&Row], organisation: usize, item: usize) -> bool {
    let contents = |key: usize| all.iter().filter(move |row| row.key == key).map(Row::content).collect::<HashSet<_>>();
    let is_left = |row: &Row| row.key != 0 && contents(row.key).len() > 1;
    let could_be_own = |row: &Row| credited(row, item) == organisation || credited(row, item) > 2;
    let is_lost = |row: &Row| (is_left(row) || row.month().is_none()) && could_be_own(row);
    // Rows that would count for somebody nobody knows; for the referrals within a group that is no loss.
    let senders = [0, 2, 3, 4, 5];
    let is_nobodys = |row: &Row| item != 1 && row.from > 2 && senders.iter().any(|item| counts(*item, row));
    !all.iter().any(is_lost) && !counted.iter().any(|row| is_nobodys(row))
}

/// Whether a row fulfils the conditions of an item.
fn counts(item: usize, row: &Row) -> bool {
    let is_down = DIRECTIONS[row.direction].trim() == "下转";
    match item {
        0 | 2 => is_down,
        1 => !is_down,
        3 => true,
        4 => !is_down && STATES[row.state] == "已接收",
        _ => COSTS[row.cost].1.is_some_and(|cost| cost >= 7_000),
    }
}

/// The figure of an organisation, span and item; missing where a month of it was not reported.
fn expected(rows: &[&Row], organisation: usize, span: Span, item: usize, covers: Option<Span>) -> Cell {
    let own: Vec<&Row> = rows.iter().filter(|row| credited(row, item) == organisation).copied().collect();
    let is_reported = |month: Month| own.iter().any(|row| row.month() == Some(month)) || covers.is_some_and(|covers| covers.has(month));
    if !span.months().all(is_reported) {
        return Cell::Missing;
    }
    let of_span: Vec<&Row> = own.iter().filter(|row| row.month().is_some_and(|month| span.has(month))).copied().collect();
    naive(item, &of_span)
}

/// Every figure of these rows, for every organisation, month and item, against a naive reading.
fn assert_counted(rows: &[Row], covers: Option<Span>) {
    let text = std::iter::once(HEADERS.join(",")).chain(rows.iter().map(Row::written)).collect::<Vec<_>>().join("\n");
    let items = [("down", 0), ("within", 0), ("cost", 2), ("persons", 0), ("matched", 0), ("dear", 0)];
    let catalogue = Catalogue { items: items.iter().map(|(id, decimals)| item(id, *decimals)).collect(), ..Catalogue::default() };
    let (registry, vocabulary) = (registry(), Vocabulary::new(&catalogue));
    let known = Known { registry: &registry, vocabulary: &vocabulary };
    let loaded = load(&[source(&text, register(covers))], &[], known).expect("a table");
    let counted = counted(rows);
    for (organisation, name) in NAMES.iter().enumerate().take(3) {
        for (item, (id, _)) in items.iter().enumerate() {
            let months = ["2024-01", "2024-02", "2024-03", "2025-01", "2025-02", "2025-03"];
            let spans = if item == 3 { &SPANS[..] } else { &months[..] };
            let covers = covers.filter(|_| may_be_silent(rows, &counted, organisation, item));
            for span in spans.iter().map(|text| span(text)) {
                let found = loaded.dataset.get((OrgId(organisation), span, ItemId(item)));
                let wanted = expected(&counted, organisation, span, item, covers);
                let shown: String = text.chars().take(10_000).collect();
                assert_eq!(found, wanted, "{span} {id} of {name}\n{shown}");
            }
        }
    }
    // Persons have no other spans, the other items no other than months.
    for (_, at, row) in loaded.dataset.all_rows() {
        assert!(at.len() == 1 || SPANS.map(span).contains(&at));
        assert!(at.len() == 3 || loaded.dataset.at(row, ItemId(3)) == Cell::Missing);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    /// Counting, sums and persons against a naive reading of the same rows, for every organisation, month and item.
    #[test]
    fn a_register_comes_to_what_its_rows_say(rows in rows(), is_long in prop::bool::weighted(0.05), is_covered in any::<bool>()) {
        // Rows are added up a thousand at a time; without a number they all count.
        let rows: Vec<Row> = if is_long {
            rows.iter().map(|row| Row { key: 0, ..row.clone() }).cycle().take(50 * rows.len()).collect()
        } else {
            rows
        };
        assert_counted(&rows, is_covered.then(|| span("2025-01..2025-03")));
    }
}

/// A register of many stretches: what all cores see of its keys, texts, names, amounts and persons, once these are known, counts
/// like what is read row by row. Some rows repeat others or contradict them, are of nobody or of no day; figures of one month are
/// spoilt by a blank.
#[test]
fn a_long_register_comes_to_what_its_rows_say() {
    let mut dice = Dice::new(7);
    let mut rows: Vec<Row> = Vec::new();
    for key in 1..=50_000 {
        let one_in = |dice: &mut Dice, most: usize| dice.below(most) == 0;
        let name = |dice: &mut Dice| if one_in(dice, 200) { 3 + dice.below(2) } else { dice.below(3) };
        let (date, from) = (if one_in(&mut dice, 500) { 8 } else { dice.below(8) }, name(&mut dice));
        let is_spoilt = (date, from) == (3, 1) && one_in(&mut dice, 100);
        let (cost, person) = if is_spoilt { (6, 4) } else { (dice.below(6), dice.below(4)) };
        let (direction, to, state) = (dice.below(4), name(&mut dice), dice.below(2));
        let row = Row { key, date, direction, from, to, cost, person, state, remark: 0 };
        if one_in(&mut dice, 300) {
            let former = rows.get(dice.below(rows.len().max(1))).unwrap_or(&row);
            let (state, remark) = (dice.below(2), dice.below(3));
            rows.push(Row { state, remark, ..former.clone() });
        }
        rows.push(row);
    }
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| assert_counted(&rows, None));
    }
}

const TEXTS: [&str; 13] = [
    "outpatient",
    "day",
    " inpatient ",
    "inpatient",
    "inpatiens",
    "a text of more than fifteen bytes",
    "emergency",
    "",
    "日间手术",
    "night",
    "t9",
    "t10",
    "late",
];

/// Texts by which a column fulfils its condition.
fn is_met(column: usize, text: &str) -> bool {
    match column % 3 {
        0 => matches!(text.trim(), "inpatient" | "late"),
        1 => matches!(text, "a text of more than fifteen bytes" | "日间手术" | "night" | ""),
        _ => text != "outpatient",
    }
}

/// A register of some stretches, with conditions on the texts of so many columns. Nearly all rows hold few texts; some hold others,
/// one of them only late.
fn rows_by_texts(columns: usize) {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let test = |column: usize| match column % 3 {
        0 => Test::AnyOf(texts(&["inpatient", "late"])),
        1 => Test::AnyOf(texts(&["a text of more than fifteen bytes", "日间手术", "night", ""])),
        _ => Test::NoneOf(texts(&["outpatient"])),
    };
    let conditions: Vec<Condition> = (0..columns).map(|column| Condition { column: column + 2, test: test(column) }).collect();
    // Nothing, each column for itself, and all of them.
    let asked: Vec<Vec<usize>> =
        std::iter::once(vec![]).chain((0..columns).map(|column| vec![column])).chain([(0..columns).collect()]).collect();
    let derived = |(item, conditions): (usize, &Vec<usize>)| Derived {
        item: ItemId(item),
        organisation: 1,
        conditions: conditions.clone(),
        within: vec![],
        way: Way::Count,
        needs_match: false,
    };
    let headers: Vec<String> =
        ["日期", "转出"].map(str::to_owned).into_iter().chain((0..columns).map(|column| format!("c{column}"))).collect();
    let records = Records {
        columns: headers.clone(),
        organisation: 1,
        date: 0,
        key: vec![],
        covers: None,
        assessed: Some(span("2025-01..2025-03")),
        spans: vec![span("2025-01..2025-03")],
        unit: "group".into(),
        items: asked.iter().enumerate().map(derived).collect(),
        conditions,
        matched: None,
    };
    let mut dice = Dice::new(1);
    let mut below = |most: usize| dice.below(most);
    let mut lines = vec![headers.join(",")];
    let mut figures: BTreeMap<(usize, usize, usize), i64> = BTreeMap::new();
    let mut doubtful = vec![0; columns];
    for number in 0..20_000 {
        let (month, organisation) = (below(3), below(3));
        let own: Vec<usize> = (0..columns)
            .map(|_| match below(20) {
                0 if number < 15_000 => below(12),
                0 => below(13),
                _ => below(4),
            })
            .collect();
        // Between files that were put one behind the other.
        if number == 9_000 {
            lines.push(headers.join(","));
        }
        let mut cells = vec![format!("2025-{:02}-11", month + 1), NAMES[organisation].to_owned()];
        for (column, which) in own.iter().enumerate() {
            cells.push(TEXTS[*which].to_owned());
            doubtful[column] += u64::from(TEXTS[*which] == "inpatiens");
        }
        lines.push(cells.join(","));
        for (item, conditions) in asked.iter().enumerate() {
            let holds = conditions.iter().all(|column| is_met(*column, TEXTS[own[*column]]));
            *figures.entry((organisation, month, item)).or_default() += i64::from(holds);
        }
    }
    let catalogue = Catalogue { items: (0..asked.len()).map(|id| item(&format!("i{id}"), 0)).collect(), ..Catalogue::default() };
    let (registry, vocabulary) = (registry(), Vocabulary::new(&catalogue));
    let loaded = load(&[source(&lines.join("\n"), records)], &[], Known { registry: &registry, vocabulary: &vocabulary }).expect("a table");
    for ((organisation, month, item), rows) in figures {
        let month = span(&format!("2025-{:02}", month + 1));
        let found = loaded.dataset.get((OrgId(organisation), month, ItemId(item)));
        assert_eq!(found, Cell::Value(rows), "{columns} columns: item {item} of {} in {month}", NAMES[organisation]);
    }
    // What looks like a text that a condition names, `inpatient` or `outpatient`, is told with its rows.
    let said: Vec<String> =
        loaded.findings.iter().filter(|of| of.code.id() == "record/unknown-value").map(|of| of.text(Lang::En)).collect();
    let wanted = doubtful.iter().enumerate().filter(|(column, _)| column % 3 != 1);
    let wanted: Vec<String> =
        wanted.map(|(column, rows)| format!("rows with `inpatiens` in `c{column}`, which no condition names: {rows}")).collect();
    assert_eq!(said.iter().filter(|said| said.contains("inpatiens")).collect::<Vec<_>>(), wanted.iter().collect::<Vec<_>>());
}

/// More texts than a column is known by at first, more columns than rows are told apart by, several threads.
#[test]
fn rows_count_by_their_texts_whatever_the_number_of_texts_columns_and_threads() {
    for threads in [1, 2, 16] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        for columns in [1, 2, 5, 6] {
            pool.install(|| rows_by_texts(columns));
        }
    }
}
