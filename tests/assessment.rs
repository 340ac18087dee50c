//! Rules that hold across rooms, on small assessments written here.

use std::path::Path;

use kaohe::assessment::{Request, load};
use kaohe::definition::overrides::Override;
use kaohe::formula::Window;
use kaohe::number::Exact;

#[path = "support/book.rs"]
mod book;

use book::{book, measure};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The ids of what is wrong with an assessment under these settings.
fn faults(folder: &str, set: &[&str]) -> Vec<&'static str> {
    let overrides = set.iter().map(|text| Override::parse(text).expect("KEY=VALUE")).collect();
    let (_, found) = load(&Request { path: root().join(folder), overrides, inline: None });
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
    for example in ["guangming", "linyi", "national-2019"] {
        let book = book(&root().join("examples").join(example), &[]);
        for unit in &book.units {
            for (at, subtotal) in unit.dimensions.iter().enumerate() {
                let of_dimension = book.criteria.iter().zip(&unit.scores).filter(|(criterion, _)| criterion.dimension == at);
                let sum: Exact = of_dimension.filter_map(|(_, score)| score.points.as_ref()).sum();
                assert_eq!(sum, subtotal.points, "{example} {} {}", unit.key, book.dimensions[at].id);
            }
            let sums: Exact = unit.dimensions.iter().map(|subtotal| &subtotal.points).sum();
            assert_eq!(unit.total.as_ref(), Some(&(&sums + &unit.adjusted())), "{example} {}", unit.key);
            let better = book.units.iter().filter(|other| other.peer_group == unit.peer_group && other.total > unit.total).count();
            assert_eq!(unit.rank, Some(better + 1), "{example} {}", unit.key);
        }
    }
}
