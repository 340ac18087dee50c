use super::*;
use crate::text::Lang;
fn show<T: serde::de::DeserializeOwned>(path: &std::path::Path) {
    let file = load(path).unwrap_or_else(|d| panic!("{}", d.render(Lang::En)));
    let (content, all) = read::<T>(&file);
    eprintln!("{} {} {}", path.display(), content.is_some(), all.len());
    for d in all {
        eprintln!("{}", d.render(Lang::Zh));
    }
}
#[test]
fn smoke() {
    for entry in glob::glob("/work/wt-examples/indicators/*.toml")
        .unwrap()
        .chain(glob::glob("/work/wt-examples/examples/*/indicators.toml").unwrap())
    {
        show::<CatalogueFile>(&entry.unwrap());
    }
    for entry in glob::glob("/work/wt-examples/examples/*/criteria*.toml").unwrap() {
        show::<CriteriaFile>(&entry.unwrap());
    }
    for entry in glob::glob("/work/wt-examples/examples/*/assessment*.toml").unwrap() {
        show::<AssessmentFile>(&entry.unwrap());
    }
}
#[test]
fn planted() {
    let file = crate::diagnostic::SourceFile::new("c.toml", include_str!("/tmp/planted.toml"));
    let (_, all) = read::<CriteriaFile>(&file);
    for d in all {
        eprintln!("{}", d.render(Lang::Zh));
        eprintln!("{}", d.render(Lang::En));
    }
}
