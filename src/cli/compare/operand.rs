//! What is compared: a result as it was written, or an assessment that is scored now.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::assess;
use crate::assessment::Request;
use crate::assessment::files::display_path;
use crate::assessment::terms::Figures;
use crate::cli::args::Overrides;
use crate::cli::compare::shown;
use crate::cli::run::{Console, Failure, overrides, part_of, read_path};
use crate::codes::compare as codes;
use crate::compare::Book;
use crate::definition::kind::kind_of;
use crate::definition::load;
use crate::definition::schema::Kind;
use crate::diagnostic::Diagnostic;
use crate::output::frozen::{Frozen, assessment_of, result};
use crate::report::json;
use crate::scorebook::{Input, Provenance, Scorebook};
use crate::text::{Lang, Text};

/// One side of a comparison.
#[derive(Debug)]
pub(super) struct Operand {
    /// As written on the command line.
    pub(super) path: PathBuf,
    /// What it says.
    pub(super) book: Book,
    /// Where it can be made again.
    pub(super) source: Source,
    /// Language of its files.
    pub(super) lang: Option<Lang>,
    /// What it was read from, for the manifest.
    inputs: Vec<Input>,
    /// Errors in its data.
    errors: usize,
}

/// Where a result can be made again.
#[derive(Debug)]
pub(super) enum Source {
    /// The assessment it was just made from.
    Now(Request),
    /// An assessment with the inputs it was made from, and the part of it that was looked at.
    Found(Request, Option<String>),
    /// Nowhere, and why.
    None(Text),
}

/// Reads everything, or says all that is wrong.
pub(super) fn read_all(paths: &[PathBuf], console: &Console) -> Result<Vec<Operand>, Failure> {
    let mut operands = Vec::new();
    let mut failure: Option<Failure> = None;
    for path in paths {
        match read(path, console) {
            Ok(operand) => operands.push(operand),
            Err(wrong) => failure = Some(failure.unwrap_or_default().and(wrong)),
        }
    }
    failure.map_or(Ok(operands), Err)
}

fn read(path: &Path, console: &Console) -> Result<Operand, Failure> {
    let has = |extension: &str| path.extension().is_some_and(|found| found == extension);
    if path.is_dir() && !path.join("manifest.json").is_file() && path.join("assessment.toml").is_file() {
        return assessed(path, console);
    }
    if path.is_dir() || (path.is_file() && has("json")) {
        return frozen(path);
    }
    let why = match path.is_file() {
        false => Text::new("没有这样的文件或文件夹", "there is no such file or folder"),
        true if !has("toml") => Text::new("既不是结果，也不是考核任务", "it is neither a result nor an assessment"),
        true => match load(path).ok().map(|file| kind_of(&file)) {
            Some(Kind::Criteria) => {
                Text::new("这是评判标准；请给出使用它的考核任务", "these are criteria; name the assessments that use them")
            }
            Some(Kind::Catalogue) => Text::new("这是指标库", "this is a catalogue"),
            _ => return assessed(path, console),
        },
    };
    Err(Failure::from(not_a_result(path, why)))
}

fn not_a_result(path: &Path, why: Text) -> Diagnostic {
    Diagnostic::new(&codes::NOT_A_RESULT, None).with("path", shown(path)).with("why", why)
}

fn assessed(path: &Path, console: &Console) -> Result<Operand, Failure> {
    let none = Overrides { period: None, baseline: None, unit: None, part: None, set: Vec::new() };
    let assessment = read_path(Some(path.to_path_buf()), &none, console)?;
    let book = assess::assess_once(assess::prepare(&assessment)?)?;
    let request = Request { path: path.to_path_buf(), ..Request::default() };
    let [errors, ..] = book.all_findings().severities();
    Ok(Operand {
        path: path.to_path_buf(),
        lang: assessment.lang,
        inputs: book.provenance.inputs.clone(),
        book: comparable(path, &book)?,
        source: Source::Now(request),
        errors,
    })
}

/// What a result says that was just computed.
pub(super) fn comparable(path: &Path, book: &Scorebook) -> Result<Book, Failure> {
    let unreadable = || not_a_result(path, Text::new("结果中有不能读的数", "a figure of its result cannot be read"));
    json::computed(book).ok_or_else(|| Failure::from(unreadable()))
}

fn frozen(path: &Path) -> Result<Operand, Failure> {
    let frozen = result(path)?;
    let unreadable = || not_a_result(path, Text::new("scorebook.json 中有不能读的数", "a figure of its scorebook.json cannot be read"));
    let book = json::comparable(&frozen.book).ok_or_else(unreadable)?;
    let source = source(path, &frozen)?;
    let lang = frozen.manifest.map(|manifest| manifest.lang);
    Ok(Operand { path: path.to_path_buf(), book, source, lang, inputs: vec![frozen.input], errors: 0 })
}

/// The assessment a result was made from, with the options of that run.
fn source(path: &Path, frozen: &Frozen) -> Result<Source, Failure> {
    let Some(found) = assessment_of(path, &frozen.book) else {
        return Ok(Source::None(Text::new(
            "没有找到与其 manifest 一致的考核任务和输入文件",
            "no assessment with inputs as its manifest has them was found",
        )));
    };
    let options = &frozen.book.provenance.options;
    if options.iter().any(|option| option.key == Figures::OPTION) {
        return Ok(Source::None(Text::new("它由别处汇总的数（--terms）得出", "it was made from figures summed elsewhere (--terms)")));
    }
    let set = options.iter().filter(|option| option.key == "set").map(|option| option.value.clone()).collect();
    let written = Overrides { period: None, baseline: None, unit: None, part: None, set };
    let part = options.iter().find(|option| option.key == "part").map(|option| option.value.clone());
    Ok(Source::Found(Request { path: found, overrides: overrides(&written)?, ..Request::default() }, part))
}

/// A result made again from its source.
pub(super) fn again(read: crate::assessment::Assessment, part: Option<&str>, path: &Path) -> Result<Book, Failure> {
    let assessment = match part {
        Some(id) => part_of(read, id)?,
        None => read,
    };
    comparable(path, &assess::assess_once(assess::prepare(&assessment)?)?)
}

/// What results are called: by their periods where these tell them apart, else by their paths, numbered where these are
/// the same.
pub(super) fn names(operands: &[Operand]) -> Vec<Text> {
    let is_apart = |names: &[String]| names.iter().collect::<BTreeSet<_>>().len() == names.len();
    let periods: Vec<String> = operands.iter().map(|operand| operand.book.period.to_string()).collect();
    let paths: Vec<String> = operands.iter().map(|operand| called(&operand.path)).collect();
    let numbered = || paths.iter().zip(1..).map(|(path, number)| format!("{path} ({number})")).collect();
    let names = match (is_apart(&periods), is_apart(&paths)) {
        (true, _) if operands.len() > 1 => periods,
        (_, true) => paths,
        _ => numbered(),
    };
    names.into_iter().map(Text::same).collect()
}

/// A path as files may name it: never an absolute one [D5]. A scorebook.json goes by its folder.
fn called(path: &Path) -> String {
    let is_book = path.file_name().is_some_and(|name| name == "scorebook.json");
    let folder = path.parent().filter(|folder| is_book && *folder != Path::new(""));
    let shown = display_path(folder.unwrap_or(path), Path::new(""));
    if shown.is_empty() { ".".to_owned() } else { shown }
}

/// That the data of an assessment have errors.
pub(super) fn findings(operand: &Operand) -> Option<Diagnostic> {
    let count = Text::new(
        format!("{}", operand.errors),
        if operand.errors == 1 { "1 error".to_owned() } else { format!("{} errors", operand.errors) },
    );
    let diagnostic = || Diagnostic::new(&codes::FINDINGS, None).with("path", shown(&operand.path)).with("count", count);
    (operand.errors > 0).then(diagnostic)
}

/// What a comparison was made from: the inputs of each operand below its name.
pub(super) fn provenance(operands: &[Operand], options: Vec<(String, String)>) -> Provenance {
    let of = |operand: &Operand| {
        let name = called(&operand.path);
        let below = move |input: &Input| Input { path: format!("{name}/{}", input.path), ..input.clone() };
        operand.inputs.iter().map(below).collect::<Vec<Input>>()
    };
    Provenance { inputs: operands.iter().flat_map(of).collect(), options, ..Provenance::default() }
}
