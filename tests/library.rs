//! The shipped definitions: every catalogue stands on its own, says where it comes from and recomputes its
//! examples; every shipped TOML file fits the schemas that editors use.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kaohe::assessment::catalogue::{CatalogueText, read_all, resolve};
use kaohe::definition::builtin::CATALOGUES;
use kaohe::definition::schema::{Kind, schema};
use kaohe::definition::{CatalogueFile, Located, read};
use kaohe::diagnostic::{Diagnostic, SourceFile};
use kaohe::registry::Registry;
use kaohe::text::Lang;

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
    let texts = read_all(&named, &SourceFile::new("", ""), Path::new(""), &mut found);
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

#[test]
fn every_indicator_names_its_source_and_gives_an_example() {
    for path in files("indicators", ".toml") {
        for indicator in &catalogue(&path).indicator {
            let id = &indicator.value.id.value;
            assert!(!indicator.value.basis.is_empty(), "{id} has no basis");
            assert!(!indicator.value.example.is_empty(), "{id} has no example");
            assert!(
                !indicator.value.name.zh.is_empty() && indicator.value.name.zh != indicator.value.name.en,
                "{id} has one name for two languages"
            );
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
        for (file, kind) in [("assessment.toml", Kind::Assessment), ("criteria.toml", Kind::Criteria), ("indicators.toml", Kind::Catalogue)]
        {
            if folder.join(file).is_file() {
                check(kind, folder.join(file));
            }
        }
    }
    assert!(checked >= 5 + 8 + 6, "only {checked} files were found");
}

/// D6: a scorebook fits the schema that is printed for it.
#[test]
fn every_expected_scorebook_fits_its_schema() {
    let schema = kaohe::report::json::scorebook_schema().to_value();
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for example in files("examples", "").into_iter().filter(|path| path.is_dir()) {
        let book: serde_json::Value = serde_json::from_str(&text(&example.join("expected/scorebook.json"))).expect("JSON");
        let faults: Vec<String> = validator.iter_errors(&book).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(faults, Vec::<String>::new(), "{}", example.display());
    }
}
