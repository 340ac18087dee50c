//! `kaohe handbook`: the definitions as a page to read and print.

use std::path::{Path, PathBuf};

use crate::assessment::{Request, alone, built_in, load_definitions};
use crate::catalogue::Catalogue;
use crate::cli::args::{Handbook, PageFormat};
use crate::cli::run::{Console, Failure, checked};
use crate::definition::builtin::PREFIX;
use crate::definition::kind::kind_of;
use crate::definition::load;
use crate::definition::schema::Kind;
use crate::output::{Existing, write_file};
use crate::report::handbook::{Extent, Form, Subject, render};
use crate::score::criteria::Criteria;
use crate::text::{Lang, Text};

pub(super) fn run(args: &Handbook, console: &Console) -> Result<u8, Failure> {
    let source = Source::read(args.definitions.as_deref(), console)?;
    let lang = console.lang_or(source.lang);
    let page = render(&source.subject(), form(args), lang)?;
    let Some(target) = &args.output else {
        Console::print(&page)?;
        return Ok(0);
    };
    write_file(target, &page, if args.force { Existing::Replace } else { Existing::Keep })?;
    let name = target.display();
    console.remark(&match lang {
        Lang::Zh => format!("手册已写入 {name}\n"),
        Lang::En => format!("the handbook stands in {name}\n"),
    });
    Ok(0)
}

/// The form asked for, else that of the file's name.
fn form(args: &Handbook) -> Form {
    let named = args.output.as_deref().and_then(Path::extension);
    let is_html = named.is_some_and(|extension| extension.eq_ignore_ascii_case("html") || extension.eq_ignore_ascii_case("htm"));
    match (args.format, is_html) {
        (Some(PageFormat::Html), _) | (None, true) => Form::Html,
        (Some(PageFormat::Markdown), _) | (None, false) => Form::Markdown,
    }
}

/// The definitions that are described.
struct Source {
    title: Text,
    catalogue: Catalogue,
    described: Described,
    lang: Option<Lang>,
}

enum Described {
    All,
    Catalogue(String),
    Scheme(Box<Criteria>),
}

impl Source {
    fn read(path: Option<&Path>, console: &Console) -> Result<Self, Failure> {
        let Some(path) = path else {
            let title = Text::new("指标手册：内置指标库", "Handbook of the built-in catalogues");
            return Ok(Self { title, catalogue: built_in()?, described: Described::All, lang: None });
        };
        if let Some(reference) = path.to_str().filter(|path| path.starts_with(PREFIX)) {
            return Self::catalogue(reference, Path::new(""));
        }
        if path.is_dir() {
            return Self::assessment(path, console);
        }
        let file = load(path)?;
        match kind_of(&file) {
            Kind::Criteria => Ok(Self::scheme(alone::scheme_definitions(&file)?, None)),
            Kind::Catalogue => {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                Self::catalogue(&name, path.parent().unwrap_or(Path::new("")))
            }
            _ => Self::assessment(path, console),
        }
    }

    fn assessment(path: &Path, console: &Console) -> Result<Self, Failure> {
        let request = Request { path: PathBuf::from(path), ..Request::default() };
        let assessment = checked(load_definitions(&request), console, |assessment| assessment.lang)?;
        Ok(Self::scheme((assessment.catalogue, assessment.criteria), assessment.lang))
    }

    fn scheme((catalogue, criteria): (Catalogue, Criteria), lang: Option<Lang>) -> Self {
        let title = Text::new(format!("指标手册：{}", criteria.title.zh), format!("Handbook: {}", criteria.title.en));
        Self { title, catalogue, described: Described::Scheme(Box::new(criteria)), lang }
    }

    fn catalogue(reference: &str, folder: &Path) -> Result<Self, Failure> {
        let (catalogue, id) = alone::catalogue_definitions(reference, folder)?;
        let title = catalogue.parts.iter().find(|part| part.id == id).map(|part| part.title.clone()).unwrap_or_default();
        let title = Text::new(format!("指标手册：{}", title.zh), format!("Handbook: {}", title.en));
        Ok(Self { title, catalogue, described: Described::Catalogue(id), lang: None })
    }

    fn subject(&self) -> Subject<'_> {
        let extent = match &self.described {
            Described::All => Extent::All,
            Described::Catalogue(id) => Extent::One(id),
            Described::Scheme(criteria) => Extent::Used(criteria),
        };
        Subject { title: &self.title, catalogue: &self.catalogue, extent }
    }
}
