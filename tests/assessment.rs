//! Rules that hold across rooms, on small assessments written here.

use std::path::Path;

use kaohe::assessment::{Request, load};
use kaohe::definition::overrides::Override;
use kaohe::formula::Window;
use kaohe::number::Exact;
use kaohe::state::State;
use proptest::prelude::*;

#[path = "support/book.rs"]
mod book;

use book::{book, measure};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The ids of what is wrong with an assessment under these settings.
fn faults(folder: &str, set: &[&str]) -> Vec<&'static str> {
    let overrides = set.iter().map(|text| Override::parse(text).expect("KEY=VALUE")).collect();
    let (_, found) = load(&Request { path: root().join(folder), overrides, ..Request::default() });
    found.iter().map(|one| one.code.id()).collect()
}

/// O9: an indicator of the group cannot be asked of an institution; a unit column of one's own says its level.
#[test]
fn an_indicator_is_not_asked_below_its_level() {
    assert_eq!(faults("examples/linyi", &[]), Vec::<&str>::new());
    let by_institution = faults("examples/linyi", &["unit=code"]);
    assert!(by_institution.contains(&"criteria/below-level"), "{by_institution:?}");
    let own_column = "tests/fixtures/yigongti-shares";
    assert_eq!(faults(own_column, &["unit=sample"]), ["assessment/unit-level"]);
    assert_eq!(faults(own_column, &["unit=sample", "unit_level=county"]), Vec::<&str>::new());
}

/// T2: the key of a value is organisation, span and item: figures of a quarter, of its months and of the
/// year live side by side, and only the same span twice is a repetition.
#[test]
fn a_value_is_known_by_organisation_span_and_item() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| std::fs::write(place.path().join(name), text).expect("a file");
    write("orgs.csv", "code,name\nA,A\n");
    write("data.csv", "code,period,discharges\nA,2025Q1,30\nA,2025-01,10\nA,2025-02,10\nA,2025-03,10\nA,2025-03,10\nA,2025,120\n");
    let sources = "[organisations]\npath = \"orgs.csv\"\n[[source]]\npath = \"data.csv\"\n";
    write("assessment.toml", &format!("title = \"T\"\nperiod = \"2025Q1\"\ncriteria = \"criteria.toml\"\n{sources}"));
    let head = "[criteria]\nid = \"c\"\ntitle = \"C\"\n[[dimension]]\nid = \"d\"\nname = \"D\"\npoints = 1\n";
    write(
        "criteria.toml",
        &format!("{head}[[dimension.criterion]]\nindicator = \"discharges\"\npoints = 1\nscore.ratio = {{ target = 30 }}\n"),
    );
    let book = book(place.path(), &[]);
    assert_eq!(measure(&book, "A", "discharges", Window::Assessed).numerator, Some(Exact::from(30)));
    let codes: Vec<&str> = book.findings.iter().map(|finding| finding.code.id()).collect();
    assert_eq!(codes, ["value/repeated"]);
}

/// R1, R2: points of criteria make dimension sums, these and the adjustments make the total, and ranks and
/// grades follow from the printed total, in every shipped example.
#[test]
fn a_total_is_the_sum_of_its_printed_rows() {
    for example in ["guangming", "guangming/supervision", "linyi", "national-2019", "state-council-2017", "wushen", "yangjiang"] {
        let book = book(&root().join("examples").join(example), &[]);
        for unit in &book.units {
            for (at, subtotal) in unit.dimensions.iter().enumerate() {
                let of_dimension = book.criteria.iter().zip(&unit.scores).filter(|(criterion, _)| criterion.dimension == at);
                let sum: Exact = of_dimension.filter_map(|(_, score)| score.points.as_ref()).sum();
                assert_eq!(sum, subtotal.points, "{example} {} {}", unit.key, book.dimensions[at].id);
            }
            let counted = unit.dimensions.iter().zip(&book.dimensions).filter(|(_, head)| head.in_total && head.within.is_none());
            let sums: Exact = counted.map(|(subtotal, _)| &subtotal.points).sum();
            assert_eq!(unit.total.as_ref(), Some(&(&sums + &unit.adjusted())), "{example} {}", unit.key);
            let better = book.units.iter().filter(|other| other.peer_group == unit.peer_group && other.total > unit.total).count();
            assert_eq!(unit.rank, Some(better + 1), "{example} {}", unit.key);
        }
    }
}

/// An assessment of one institution that reports running totals of referrals; those of verification and
/// corrections are files beside it.
fn running_totals(folder: &Path, export: &[Option<i64>], verified: Option<(usize, i64)>, corrected: Option<(usize, Option<i64>, i64)>) {
    let write = |name: &str, text: String| std::fs::write(folder.join(name), text).expect("written");
    for name in ["criteria.toml", "items.toml"] {
        std::fs::copy(root().join("tests/cases/base").join(name), folder.join(name)).expect("copied");
    }
    write("organisations.csv", "code,name,consortium\nE1,A,G\n".to_owned());
    let cell = |value: &Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    let rows = export.iter().zip(1..).map(|(value, month)| format!("E1,2025-{month:02},{},{}\n", month * 1000, cell(value)));
    write("data.csv", format!("code,period,discharges,referrals\n{}", rows.collect::<String>()));
    let rows = verified.iter().map(|(month, value)| format!("E1,2025-{:02},{value}\n", month + 1));
    write("verified.csv", format!("code,period,referrals\n{}", rows.collect::<String>()));
    let old = |old: &Option<i64>| old.map_or("-".to_owned(), |old| old.to_string());
    let rows = corrected.iter().map(|(month, was, now)| format!("E1,2025-{:02},referrals,{},{now}\n", month + 1, old(was)));
    write("corrections.csv", format!("organisation,period,item,old,new\n{}", rows.collect::<String>()));
    let source = |path: &str, more: &str| format!("[[source]]\npath = \"{path}\"\ncumulative = true\n{more}\n");
    let head = "title = \"T\"\nperiod = \"2025H1\"\nunit = \"consortium\"\ncriteria = \"criteria.toml\"\n";
    let tables = "[organisations]\npath = \"organisations.csv\"\n[[corrections]]\npath = \"corrections.csv\"\n";
    let sources = source("data.csv", "") + &source("verified.csv", "stage = \"verified\"");
    write("assessment.toml", format!("{head}{tables}{sources}"));
}

/// Numerator and state of every month and of the half-year; corrected is as good as reported.
fn months(folder: &Path) -> Vec<(Option<Exact>, State)> {
    let periods = (1..=6).map(|month| format!("2025-{month:02}")).chain(["2025H1".to_owned()]);
    let figure = |period: String| {
        let book = book(folder, &[&format!("period={period}")]);
        let measure = measure(&book, "G", "rate", Window::Assessed);
        let state = if measure.state == State::Corrected { State::Reported } else { measure.state };
        (measure.numerator.clone(), state)
    };
    periods.map(figure).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// T5, S1: a running total that is corrected, or verified, gives every month the figure it would have
    /// had if the export had been right; gaps and falls included.
    #[test]
    fn a_corrected_running_total_counts_as_if_reported(
        steps in prop::collection::vec(prop::option::weighted(0.8, 0_i64..40), 6),
        month in 0_usize..6,
        now in 0_i64..150,
        fall in prop::option::weighted(0.2, 0_usize..6),
    ) {
        let mut total = 0;
        let mut export: Vec<Option<i64>> = steps.iter().map(|step| step.map(|step| { total += step; total })).collect();
        if let Some(value) = fall.and_then(|at| export[at].as_mut()) {
            *value /= 2;
        }
        let mut right = export.clone();
        right[month] = Some(now);
        let folder = tempfile::tempdir().expect("a folder");
        running_totals(folder.path(), &right, None, None);
        let wanted = months(folder.path());
        running_totals(folder.path(), &export, None, Some((month, export[month], now)));
        prop_assert_eq!(&months(folder.path()), &wanted, "corrected: {:?} in month {} is {}", export, month + 1, now);
        running_totals(folder.path(), &export, Some((month, now)), None);
        prop_assert_eq!(&months(folder.path()), &wanted, "verified: {:?} in month {} is {}", export, month + 1, now);
    }
}
