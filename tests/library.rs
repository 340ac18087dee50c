//! The shipped definitions: every catalogue stands on its own, says where it comes from and recomputes its
//! examples; every shipped TOML file fits the schemas that editors use.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kaohe::assessment::catalogue::{CatalogueText, Named, read_all, resolve};
use kaohe::definition::builtin::CATALOGUES;
use kaohe::definition::schema::{Kind, schema};
use kaohe::definition::{CatalogueFile, Located, read};
use kaohe::diagnostic::{Diagnostic, SourceFile};
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
