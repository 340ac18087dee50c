//! The shipped definitions: every catalogue stands on its own, says where it comes from and recomputes its
//! examples; every shipped TOML file fits the schemas that editors use.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use kaohe::assessment::catalogue::{CatalogueText, Named, read_all, resolve};
use kaohe::definition::builtin::CATALOGUES;
use kaohe::definition::schema::{Kind, schema};
use kaohe::definition::{CatalogueFile, Located, read};
use kaohe::diagnostic::{Diagnostic, SourceFile};
use kaohe::intake::cell::header_unit;
use kaohe::registry::Registry;
use kaohe::text::{Lang, Text, normalise};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Files of a folder with this ending, in order.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).expect("a folder");
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    found.retain(|path| path.to_string_lossy().ends_with(ending));
    found.sort();
    found
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a text")
}

fn told(found: &[Diagnostic]) -> String {
    found.iter().map(|one| one.render(Lang::En)).collect()
}

fn catalogue(path: &Path) -> CatalogueFile {
    let (content, found) = read::<CatalogueFile>(&SourceFile::new(path.to_string_lossy(), text(path)));
    assert_eq!(told(&found), "");
    content.expect("a catalogue")
}

/// The catalogues a reference brings along, resolved without a registry.
fn resolved(reference: &str) -> (Vec<CatalogueText>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let named = [Located { value: reference.to_owned(), span: 0..0 }];
    let texts = read_all(&[Named { references: &named, file: &SourceFile::new("", ""), folder: Path::new("") }], &mut found);
    let _ = resolve(&texts, &Registry::default(), &mut found);
    (texts, found)
}

#[test]
fn every_catalogue_file_is_built_in_and_loads_with_no_more_than_it_requires() {
    let mut files: Vec<String> =
        files("indicators", ".toml").iter().map(|path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned()).collect();
    files.sort();
    assert_eq!(files, CATALOGUES.iter().map(|builtin| builtin.name.to_owned()).collect::<Vec<_>>());
    for builtin in CATALOGUES {
        let (texts, found) = resolved(&builtin.reference());
        assert_eq!(told(&found), "", "{}", builtin.name);
        assert_eq!(texts.first().map(|text| text.content.catalogue.id.value.as_str()), Some(builtin.name));
    }
}

#[test]
fn ids_are_unique_over_all_catalogues() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for path in files("indicators", ".toml") {
        let content = catalogue(&path);
        let name = content.catalogue.id.value.clone();
        let ids = content.item.iter().map(|item| &item.value.id.value);
        let ids = ids.chain(content.indicator.iter().map(|indicator| &indicator.value.id.value));
        let ids = ids.chain(content.constant.iter().map(|constant| &constant.value.id.value));
        let ids = ids.chain(content.check.iter().map(|check| &check.value.id.value));
        for id in ids {
            let other = seen.insert(id.clone(), name.clone());
            assert_eq!(other, None, "{id} is in {name} too");
        }
    }
}

/// The page on the catalogues counts what the files hold.
#[test]
fn the_page_on_catalogues_lists_each_with_its_numbers() {
    let page = text(&root().join("docs/catalogues.md"));
    let mut all = (0, 0, 0);
    for path in files("indicators", ".toml") {
        let content = catalogue(&path);
        let (items, indicators, checks) = (content.item.len(), content.indicator.len(), content.check.len());
        let head = format!("| `{}` | {} |", content.catalogue.id.value, content.catalogue.title.zh);
        let row = page.lines().find(|line| line.starts_with(&head)).unwrap_or_else(|| panic!("no row {head}"));
        assert!(row.ends_with(&format!("| {items} | {indicators} | {checks} |")), "{row}: {items}, {indicators}, {checks}");
        all = (all.0 + items, all.1 + indicators, all.2 + checks);
    }
    let said = format!("{} items, {} indicators and {} checks in {} catalogues", all.0, all.1, all.2, CATALOGUES.len());
    assert!(page.contains(&said), "{said}");
}

/// Whoever builds a scheme finds the usual items, indicators and checks ready.
#[test]
fn the_catalogues_hold_at_least_200_items_150_indicators_and_100_checks() {
    let all: Vec<CatalogueFile> = files("indicators", ".toml").iter().map(|path| catalogue(path)).collect();
    let items: usize = all.iter().map(|content| content.item.len()).sum();
    let indicators: usize = all.iter().map(|content| content.indicator.len()).sum();
    let checks: usize = all.iter().map(|content| content.check.len()).sum();
    assert!(items >= 200, "{items} items");
    assert!(indicators >= 150, "{indicators} indicators");
    assert!(checks >= 100, "{checks} checks");
}

#[test]
fn every_indicator_says_what_it_is_where_it_comes_from_and_gives_an_example() {
    for path in files("indicators", ".toml") {
        for indicator in catalogue(&path).indicator.iter().map(|indicator| &indicator.value) {
            let id = &indicator.id.value;
            assert!(!indicator.basis.is_empty(), "{id} has no basis");
            assert!(!indicator.example.is_empty(), "{id} has no example");
            assert!(indicator.level.is_some(), "{id} has no level");
            assert!(is_bilingual(&indicator.name), "{id} has one name for two languages");
            assert!(indicator.definition.as_ref().is_some_and(is_bilingual), "{id} has no definition in two languages");
        }
    }
}

#[test]
fn every_item_and_check_has_a_name_in_two_languages_and_every_item_a_source() {
    for path in files("indicators", ".toml") {
        let content = catalogue(&path);
        for item in content.item.iter().map(|item| &item.value) {
            assert!(is_bilingual(&item.name), "{} has one name for two languages", item.id.value);
            assert!(!item.basis.is_empty(), "{} has no basis", item.id.value);
        }
        for check in content.check.iter().map(|check| &check.value) {
            assert!(check.name.as_ref().is_some_and(is_bilingual), "{} has no name in two languages", check.id.value);
        }
    }
}

fn is_bilingual(text: &Text) -> bool {
    !text.zh.is_empty() && !text.en.is_empty() && text.zh != text.en
}

/// Eight quotients are called downward referral rate, five primary-care share: each is an indicator of its own, with
/// a formula, a unit or a level of its own.
#[test]
fn every_contested_definition_is_an_indicator_of_its_own() {
    let all: Vec<CatalogueFile> = files("indicators", ".toml").iter().map(|path| catalogue(path)).collect();
    let mut formulas: BTreeMap<String, String> = BTreeMap::new();
    for (kind, last) in [("DRR", 'h'), ("PCS", 'e'), ("CVR", 'c')] {
        for letter in 'a'..=last {
            let name = format!("{kind}-{letter}");
            let indicators = all.iter().flat_map(|content| content.indicator.iter().map(|indicator| &indicator.value));
            let named: Vec<_> = indicators.filter(|indicator| indicator.aliases.iter().any(|alias| alias.value == name)).collect();
            let [indicator] = named.as_slice() else { panic!("{} indicators are {name}", named.len()) };
            let denominator = indicator.denominator.as_ref().map(|written| written.value.clone()).unwrap_or_default();
            let formula = format!("{} / {denominator} in {} at {:?}", indicator.numerator.value, indicator.unit.value, indicator.level);
            assert_eq!(formulas.insert(formula, name.clone()), None, "{name} is another one's formula");
        }
    }
}

/// A header that two items share would find neither: no name, alias or id of an item means another one, even where all
/// catalogues are loaded together.
#[test]
fn no_two_items_share_a_name_or_an_alias() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for path in files("indicators", ".toml") {
        for item in catalogue(&path).item.iter().map(|item| &item.value) {
            let names = [item.id.value.as_str(), &item.name.zh, &item.name.en].into_iter();
            for name in names.chain(item.aliases.iter().map(|alias| alias.value.as_str())) {
                let other = seen.insert(normalise(name), item.id.value.clone()).filter(|other| *other != item.id.value);
                assert_eq!(other, None, "`{name}` of {} is another item's name", item.id.value);
            }
        }
    }
}

/// What each catalogue file holds.
fn catalogues() -> Vec<CatalogueFile> {
    files("indicators", ".toml").iter().map(|path| catalogue(path)).collect()
}

/// How many items and indicators are complete at least: not fewer than were reached, and more than is asked.
const COMPLETE_ITEMS: usize = 274;
const COMPLETE_INDICATORS: usize = 211;

/// Asked are 200 items with unit, time, source and confidence, other names and a worked example they stand in, and 150
/// indicators with formula, unit, direction, level, definition, source and confidence, other names and an example. Unit,
/// time, formula, direction and confidence are required by the shape of the file.
#[test]
fn most_items_and_indicators_are_complete_down_to_their_other_names_and_an_example() {
    let all = catalogues();
    let indicators = || all.iter().flat_map(|content| content.indicator.iter().map(|indicator| &indicator.value));
    let given = indicators().flat_map(|indicator| indicator.example.iter().flat_map(|example| &example.given));
    let given: BTreeSet<&str> = given.map(|(name, _)| name.value.split(['[', '@']).next().unwrap_or_default().trim()).collect();
    let items = all.iter().flat_map(|content| content.item.iter().map(|item| &item.value));
    let items = items.filter(|item| {
        let is_named = !item.unit.value.is_empty() && !item.aliases.is_empty();
        is_named && !item.basis.is_empty() && given.contains(item.id.value.as_str())
    });
    let items = items.count();
    let indicators = indicators().filter(|indicator| {
        let is_named = !indicator.unit.value.is_empty() && !indicator.aliases.is_empty() && indicator.definition.is_some();
        is_named && indicator.level.is_some() && !indicator.basis.is_empty() && !indicator.example.is_empty()
    });
    let indicators = indicators.count();
    assert!(items >= COMPLETE_ITEMS, "{items} items");
    assert!(indicators >= COMPLETE_INDICATORS, "{indicators} indicators");
}

/// The words by which a figure goes.
struct Figure {
    id: String,
    names: Vec<String>,
    aliases: Vec<String>,
    /// The item that an indicator shows as it is, without dividing.
    shows: Option<String>,
}

/// All items and indicators.
fn figures() -> Vec<Figure> {
    let mut found = Vec::new();
    for content in catalogues() {
        found.extend(content.item.iter().map(|item| &item.value).map(|item| Figure {
            id: item.id.value.clone(),
            names: vec![item.name.zh.clone(), item.name.en.clone()],
            aliases: item.aliases.iter().map(|alias| alias.value.clone()).collect(),
            shows: None,
        }));
        found.extend(content.indicator.iter().map(|indicator| &indicator.value).map(|indicator| Figure {
            id: indicator.id.value.clone(),
            names: vec![indicator.name.zh.clone(), indicator.name.en.clone()],
            aliases: indicator.aliases.iter().map(|alias| alias.value.clone()).collect(),
            shows: indicator.denominator.is_none().then(|| indicator.numerator.value.split('[').next().unwrap_or_default().to_owned()),
        }));
    }
    found
}

/// A word as headers are compared: without a unit behind it.
fn compared(word: &str) -> String {
    normalise(header_unit(word).base)
}

/// Rates that institutions print, and the indicators that work them out: one figure under one name.
const PRINTED: [(&str, &str); 2] = [("bed_occupancy_reported", "bed_occupancy"), ("length_of_stay_reported", "avg_length_of_stay")];

/// True for an item and the indicator that shows it.
fn is_one_figure(one: &Figure, other: &Figure) -> bool {
    let shows = |indicator: &Figure, item: &Figure| {
        let is_printed = PRINTED.contains(&(item.id.as_str(), indicator.id.as_str()));
        indicator.shows.as_ref() == Some(&item.id) || is_printed
    };
    shows(one, other) || shows(other, one)
}

/// A name that means two figures is a wrong number for one of them: no alias is a name, an id or an alias of another
/// item or indicator of any catalogue, and none merely repeats the name it stands beside.
#[test]
fn no_alias_is_the_name_of_another_figure() {
    let figures = figures();
    let mut users: BTreeMap<String, Vec<&Figure>> = BTreeMap::new();
    for figure in &figures {
        let words = figure.names.iter().chain(&figure.aliases).chain([&figure.id]);
        let words: BTreeSet<String> = words.map(|word| compared(word)).collect();
        for word in words {
            users.entry(word).or_default().push(figure);
        }
    }
    let mut found = Vec::new();
    for figure in &figures {
        for (at, alias) in figure.aliases.iter().enumerate() {
            let mut own = figure.names.iter().chain(figure.aliases.get(..at).unwrap_or_default());
            if own.any(|name| compared(name) == compared(alias)) {
                found.push(format!("{alias} of {} says nothing new", figure.id));
            }
            let others = users.get(&compared(alias)).into_iter().flatten().filter(|other| other.id != figure.id);
            found.extend(others.filter(|other| !is_one_figure(figure, other)).map(|other| format!("{alias}: {}, {}", figure.id, other.id)));
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

/// Names under which documents print figures that differ in numerator, denominator or population. Who writes one has to
/// say which is meant, so they lead nowhere.
const CONTESTED: &[&str] = &[
    "向下转诊率",           // eight quotients
    "下转率",               // the same
    "上转率",               // of visits, or of all referrals
    "基层就诊率",           // four populations
    "县域就诊率",           // all visits, or visits in and out of the county
    "外转率",               // visits, or transfers
    "次均门诊费用",         // per visit of any kind, or per outpatient and emergency visit
    "门诊病人次均医药费用", // the same
    "次均住院费用",         // per discharge, or per settlement
    "药占比",               // with or without other income
    "人员经费占比",         // of operating or of medical expenditure
    "人员支出占比",         // of operating or of all expenditure
    "财政补助收入占比",     // of income or of expenditure
    "规则服药率",           // per patient treated, or per patient notified
    "儿童系统管理率",       // aged 0 to 3, or 0 to 6
    "规范管理率",           // of four diseases
    "签约率",               // of residents, or of a group
    "建档率",               // on paper, or electronic
    "早孕建卡率",           // before week 12, or 13
    "慢病管理率",           // per patient estimated, due or registered
    "满意度",               // a score, or a share
    "编制数",               // posts, or beds
    "执业医师数",           // without assistant physicians
];

#[test]
fn no_alias_is_a_contested_name() {
    let contested: BTreeSet<String> = CONTESTED.iter().map(|word| compared(word)).collect();
    let figures = figures();
    let words = figures.iter().flat_map(|figure| figure.aliases.iter().map(|alias| (&figure.id, alias)));
    let found: Vec<_> = words.filter(|(_, alias)| contested.contains(&compared(alias))).collect();
    assert_eq!(found, Vec::new());
}

/// Words that name several figures, by the forms that carry them, are no item's alias.
#[test]
fn no_alias_is_a_word_that_names_several_figures() {
    for path in files("indicators", ".toml") {
        for item in catalogue(&path).item.iter().map(|item| &item.value) {
            for alias in &item.aliases {
                let is_bare =
                    ["门诊", "急诊", "住院", "收入", "支出", "总费用", "人数", "人次", "次数", "合计", "结余", "签约", "死亡人数"];
                assert!(!is_bare.contains(&alias.value.as_str()), "{} of {}", alias.value, item.id.value);
            }
        }
    }
}

/// Every built-in indicator has an example, and it comes out.
#[test]
fn the_examples_of_all_catalogues_come_out() {
    assert_eq!(told(&kaohe::assessment::built_in_examples()), "");
}

/// Without `catalogues` a scheme sees all built-in ones.
#[test]
fn a_scheme_without_catalogues_sees_all_of_them() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| std::fs::write(place.path().join(name), text).expect("a file");
    write("orgs.csv", "code,name\nA,A\n");
    write("data.csv", "code,period,discharges\nA,2025,1\n");
    let assessment = "title = \"T\"\nperiod = \"2025\"\ncriteria = \"criteria.toml\"\n[organisations]\npath = \"orgs.csv\"\n[[source]]\npath = \"data.csv\"\n";
    write("assessment.toml", assessment);
    let head = "[criteria]\nid = \"c\"\ntitle = \"C\"\n[[dimension]]\nid = \"d\"\nname = \"D\"\npoints = 1\n";
    write(
        "criteria.toml",
        &format!("{head}[[dimension.criterion]]\nindicator = \"discharges\"\npoints = 1\nscore.ratio = {{ target = 1 }}\n"),
    );
    let request = kaohe::assessment::Request { path: place.path().to_path_buf(), ..Default::default() };
    let (assessment, found) = kaohe::assessment::load(&request);
    assert_eq!(told(&found), "");
    assert_eq!(assessment.map(|assessment| assessment.provenance.catalogues.len()), Some(CATALOGUES.len()));
}

/// A wrong example is an error.
#[test]
fn a_wrong_example_is_found() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = root().join("tests/fixtures/family-doctor-contract-rates");
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        std::fs::copy(&path, place.path().join(path.file_name().unwrap_or_default())).expect("a copy");
    }
    let file = place.path().join("indicators.toml");
    let load = |expect: &str| {
        let example = format!("example = {{ institutions_renewal_low = 18, institutions_surveyed = 42, expect = {expect} }}\n");
        std::fs::write(&file, text(&root().join("tests/fixtures/family-doctor-contract-rates/indicators.toml")) + &example)
            .expect("a file");
        let request = kaohe::assessment::Request { path: place.path().to_path_buf(), ..Default::default() };
        let (_, found) = kaohe::assessment::load(&request);
        found.iter().map(|one| one.code.id()).collect::<Vec<_>>()
    };
    assert_eq!(load("42.86"), Vec::<&str>::new());
    assert_eq!(load("42.85"), ["catalogue/example-differs"]);
}

/// What a schema has to say against a file.
fn faults(kind: Kind, path: &Path) -> Vec<String> {
    let value: serde_json::Value = toml::from_str(&text(path)).expect("TOML");
    let schema = schema(kind);
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    validator.iter_errors(&value).map(|error| format!("{}: {}: {error}", path.display(), error.instance_path())).collect()
}

#[test]
fn every_shipped_file_fits_its_schema() {
    let mut checked = 0;
    let mut check = |kind: Kind, path: PathBuf| {
        assert_eq!(faults(kind, &path), Vec::<String>::new());
        checked += 1;
    };
    for path in files("indicators", ".toml") {
        check(Kind::Catalogue, path);
    }
    for folder in files("examples", "").into_iter().chain(files("tests/fixtures", "")) {
        for (file, kind) in [
            ("assessment.toml", Kind::Assessment),
            ("criteria.toml", Kind::Criteria),
            ("indicators.toml", Kind::Catalogue),
            ("targets.toml", Kind::Targets),
            ("allocation.toml", Kind::Allocation),
        ] {
            if folder.join(file).is_file() {
                check(kind, folder.join(file));
            }
        }
    }
    assert!(checked >= 5 + 8 + 6 + 2, "only {checked} files were found");
}

/// D6: a scorebook fits the schema that is printed for it.
#[test]
fn every_expected_scorebook_fits_its_schema() {
    let schema = kaohe::report::json::scorebook_schema().to_value();
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for example in files("examples", "").into_iter().filter(|path| path.join("expected").is_dir()) {
        let book: serde_json::Value = serde_json::from_str(&text(&example.join("expected/scorebook.json"))).expect("JSON");
        let faults: Vec<String> = validator.iter_errors(&book).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(faults, Vec::<String>::new(), "{}", example.display());
    }
}
