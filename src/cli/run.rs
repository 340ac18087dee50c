//! What all verbs share: the console, reading an assessment, exit codes.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::assess::{self, Changed, Prepared};
use crate::assessment::terms::Figures;
use crate::assessment::{self, Assessment, Request};
use crate::cli::args::{Assessed, Colour, Common, FailOn, Format, Language, Overrides, Run, Shape, Target};
use crate::cli::{flags, progress};
use crate::code::Severity;
use crate::codes::{output as codes, parts as part_codes};
use crate::definition::overrides::Override;
use crate::diagnostic::Diagnostic;
use crate::finding::Findings;
use crate::output::{Existing, write_folder};
use crate::report::table::Table;
use crate::report::terminal::{Paint, Screen};
use crate::report::{self, notices};
use crate::score::reason;
use crate::text::{Lang, Text, list};

/// Why nothing was done.
#[derive(Debug, Default)]
pub(super) struct Failure(Vec<Diagnostic>, Option<anyhow::Error>);

impl Failure {
    /// The code of the first error, or a word where it has none.
    pub(super) fn code(&self) -> &'static str {
        self.0.iter().find(|one| one.is_error()).map_or("error", |one| one.code.id())
    }

    /// Both failures.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        Self(self.0, self.1.or(other.1))
    }

    /// What was found first, in words, without its place.
    pub(super) fn first(&self) -> Text {
        let first = self.0.iter().find(|diagnostic| diagnostic.is_error()).map(|diagnostic| reason::text(&diagnostic.message));
        first.or_else(|| self.1.as_ref().map(|error| Text::same(format!("{error:#}")))).unwrap_or_default()
    }
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self(diagnostics, None)
    }
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic], None)
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        error.downcast().map_or_else(|error| Self(Vec::new(), Some(error)), |changed: Changed| changed.into())
    }
}

impl From<Changed> for Failure {
    fn from(Changed(files): Changed) -> Self {
        files.into()
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::from(anyhow::Error::from(error))
    }
}

/// Where results and remarks go.
#[derive(Debug)]
pub(super) struct Console {
    lang: Option<Lang>,
    colour: Colour,
    quiet: bool,
    /// What is said is kept here instead, to be said in its turn.
    aside: Option<Mutex<String>>,
}

impl Console {
    /// The console that the common flags ask for.
    pub(super) fn new(common: &Common) -> Self {
        let lang = common.lang.map(|lang| match lang {
            Language::Zh => Lang::Zh,
            Language::En => Lang::En,
        });
        Self { lang, colour: common.color, quiet: common.quiet, aside: None }
    }

    /// The same console, keeping what is said.
    pub(super) fn aside(&self) -> Self {
        Self { lang: self.lang, colour: self.colour, quiet: self.quiet, aside: Some(Mutex::default()) }
    }

    /// What was said aside.
    pub(super) fn said(self) -> String {
        self.aside.and_then(|kept| kept.into_inner().ok()).unwrap_or_default()
    }

    /// Language of files and screen: the flag, else the assessment, else English [D5].
    pub(super) fn lang(&self, assessment: Option<&Assessment>) -> Lang {
        self.lang_or(assessment.and_then(|assessment| assessment.lang))
    }

    /// The same where a definition file of another kind may say it.
    pub(super) fn lang_or(&self, written: Option<Lang>) -> Lang {
        self.lang.or(written).unwrap_or_default()
    }

    /// How tables are drawn on standard output.
    pub(super) fn screen(&self, lang: Lang) -> Screen {
        let is_terminal = std::io::stdout().is_terminal();
        let paint = match self.colour {
            Colour::Always => Paint::Colour,
            Colour::Auto if is_terminal => Paint::Colour,
            Colour::Auto | Colour::Never => Paint::Plain,
        };
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = if is_terminal { terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)).or(columns) } else { columns };
        Screen { lang, width, paint }
    }

    /// Writes a result to standard output. A reader that has seen enough is no failure.
    pub(super) fn print(bytes: &[u8]) -> std::io::Result<()> {
        Self::write(|out| out.write_all(bytes))
    }

    /// The same for what is written bit by bit.
    pub(super) fn write(content: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> std::io::Result<()> {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        match content(&mut out).and_then(|()| out.flush()) {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    }

    /// Writes a table to standard output in the form asked for.
    pub(super) fn table(&self, table: &Table, shape: &Shape, lang: Lang) -> Result<(), Failure> {
        let bytes = report::render(table, format(shape.format), &self.screen(lang))?;
        Ok(Self::print(&bytes)?)
    }

    /// Says something beside the result, unless `--quiet`.
    pub(super) fn remark(&self, text: &str) {
        if !self.quiet {
            self.say(text);
        }
    }

    /// Says something on standard error, also with `--quiet`.
    pub(super) fn say(&self, text: &str) {
        if let Some(kept) = &self.aside {
            if let Ok(mut kept) = kept.lock() {
                kept.push_str(text);
            }
            return;
        }
        // Nowhere to complain if standard error itself is gone.
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }

    /// How far a long run is, on a line that goes again; on a terminal only.
    pub(super) fn progress(&self, done: usize, of: usize) {
        if self.quiet || !std::io::stderr().is_terminal() {
            return;
        }
        let line = if done < of { format!("\r\x1b[K{done}/{of}") } else { "\r\x1b[K".to_owned() };
        self.say(&line);
    }

    /// Reads and checks the data; on a terminal a line tells how far that is.
    pub(super) fn prepare<'a>(&self, assessment: &'a Assessment) -> Result<Prepared<'a>, Vec<Diagnostic>> {
        if self.quiet || self.aside.is_some() || !std::io::stderr().is_terminal() {
            return assess::prepare(assessment);
        }
        progress::during(|| assess::prepare(assessment))
    }

    /// Says why nothing was done, also with `--quiet`.
    pub(super) fn fail(&self, failure: &Failure) {
        let lang = self.lang.unwrap_or_else(locale);
        let mut text = String::new();
        if !failure.0.is_empty() {
            text.push_str(&notices::diagnostics(&failure.0, lang));
        }
        if let Some(error) = &failure.1 {
            let _ = writeln!(text, "error: {error:#}");
        }
        self.say(&text);
    }

    /// Findings beside a result, and the exit code that follows from them [S6, D7].
    pub(super) fn conclude(&self, findings: &Findings, complete_in: Option<&str>, fail_on: FailOn, lang: Lang) -> u8 {
        if !self.quiet {
            // The record stays in findings.csv; the screen shows what may change a figure.
            let mut text = notices::groups(findings, Severity::Warning, complete_in, lang);
            text.push_str(&notices::closing(findings, lang));
            self.say(&text);
        }
        exit_code(findings, fail_on)
    }
}

/// The language of the locale, for what only the terminal shows before an assessment is read [D5].
fn locale() -> Lang {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.is_empty());
    if named.is_some_and(|value| value.to_lowercase().starts_with("zh")) { Lang::Zh } else { Lang::En }
}

/// Exit 1 for findings at or above the severity asked for [D7].
pub(super) fn exit_code(findings: &Findings, fail_on: FailOn) -> u8 {
    u8::from(findings.codes().iter().any(|(code, _)| fails(code.severity, fail_on)))
}

/// Whether something of this severity fails the run.
pub(super) fn fails(severity: Severity, fail_on: FailOn) -> bool {
    match fail_on {
        FailOn::Error => severity >= Severity::Error,
        FailOn::Warning => severity >= Severity::Warning,
        FailOn::Never => false,
    }
}

fn format(format: Format) -> report::Format {
    match format {
        Format::Table => report::Format::Table,
        Format::Csv => report::Format::Csv,
        Format::Json => report::Format::Json,
        Format::Markdown => report::Format::Markdown,
    }
}

/// Reads the assessment that the flags name; warnings of definitions go to standard error.
pub(super) fn read(run: &Run, console: &Console) -> Result<Assessment, Failure> {
    read_figures(&run.assessed, figures(run.terms.as_deref()), console)
}

/// Those of a terms file where one is named.
pub(super) fn figures(terms: Option<&Path>) -> Figures {
    terms.map_or(Figures::Files, |path| Figures::Terms(path.to_path_buf()))
}

/// Reads the assessment that the flags name, with figures from somewhere.
pub(super) fn read_figures(assessed: &Assessed, figures: Figures, console: &Console) -> Result<Assessment, Failure> {
    if assessed.criteria.is_some() && assessed.inputs.is_empty() {
        return Err(flag_missing("DATA"));
    }
    let mut assessment = finish(assessment::load(&request(assessed, figures)?), &assessed.overrides, console)?;
    if let Some(criteria) = &assessed.criteria {
        assessment.provenance.options.extend(flags::recorded(flags::given(assessed, criteria)?));
    }
    Ok(assessment)
}

/// The same before there are data.
pub(super) fn read_definitions(assessed: &Assessed, console: &Console) -> Result<Assessment, Failure> {
    finish(assessment::load_definitions(&request(assessed, Figures::Files)?), &assessed.overrides, console)
}

fn request(assessed: &Assessed, figures: Figures) -> Result<Request, Failure> {
    if let Some(criteria) = &assessed.criteria {
        return inline(assessed, criteria);
    }
    let [path] = one_or_default(&assessed.inputs)?;
    Ok(Request { path, overrides: overrides(&assessed.overrides)?, inline: None, figures })
}

/// Reads the assessment at a path.
pub(super) fn read_path(path: Option<PathBuf>, written: &Overrides, console: &Console) -> Result<Assessment, Failure> {
    read_path_with(path, written, Figures::Files, console)
}

/// The same with figures from somewhere.
pub(super) fn read_path_with(
    path: Option<PathBuf>,
    written: &Overrides,
    figures: Figures,
    console: &Console,
) -> Result<Assessment, Failure> {
    let request = Request { path: path.unwrap_or_else(default_path), overrides: overrides(written)?, inline: None, figures };
    finish(assessment::load(&request), written, console)
}

pub(super) fn finish(read: (Option<Assessment>, Vec<Diagnostic>), written: &Overrides, console: &Console) -> Result<Assessment, Failure> {
    let assessment = checked(read, console, |assessment| assessment.lang)?;
    match &written.part {
        Some(id) => part_of(assessment, id),
        None => Ok(assessment),
    }
}

/// One part of an assessment, which then is the whole.
pub(super) fn part_of(assessment: Assessment, id: &str) -> Result<Assessment, Failure> {
    let known: Vec<Text> = assessment.parts.iter().map(|part| Text::same(part.id.as_str())).collect();
    match assessment.parts.into_iter().find(|part| part.id == id) {
        Some(mut part) => {
            part.assessment.provenance.options.push(("part".to_owned(), id.to_owned()));
            Ok(part.assessment)
        }
        None => Err(Failure::from(Diagnostic::new(&part_codes::NOT_A_PART, None).with("id", id).with("known", list(&known)))),
    }
}

/// What was read, where nothing in it is an error; warnings go to standard error.
pub(super) fn checked<T>(read: (Option<T>, Vec<Diagnostic>), console: &Console, lang: fn(&T) -> Option<Lang>) -> Result<T, Failure> {
    match read {
        (Some(content), diagnostics) => {
            if !diagnostics.is_empty() {
                console.remark(&notices::diagnostics(&diagnostics, console.lang_or(lang(&content))));
            }
            Ok(content)
        }
        (None, diagnostics) => Err(Failure::from(diagnostics)),
    }
}

fn default_path() -> PathBuf {
    PathBuf::from("assessment.toml")
}

fn one_or_default(inputs: &[PathBuf]) -> Result<[PathBuf; 1], Failure> {
    match inputs {
        [] => Ok([default_path()]),
        [one] => Ok([one.clone()]),
        [_, second, ..] => Err(Failure::from(Diagnostic::new(&codes::ONE_ASSESSMENT, None).with("second", second.display().to_string()))),
    }
}

/// `--period` and its like are `--set` by another name.
pub(super) fn overrides(written: &Overrides) -> Result<Vec<Override>, Failure> {
    let named = [("period", &written.period), ("baseline", &written.baseline), ("unit", &written.unit)];
    let named = named.into_iter().filter_map(|(key, value)| Some(format!("{key}={}", value.as_ref()?)));
    let mut found = Vec::new();
    let mut wrong = Vec::new();
    for text in written.set.iter().cloned().chain(named) {
        match Override::parse(&text) {
            Ok(option) => found.push(option),
            Err(diagnostic) => wrong.push(diagnostic),
        }
    }
    if wrong.is_empty() { Ok(found) } else { Err(Failure::from(wrong)) }
}

pub(super) fn flag_missing(flag: &str) -> Failure {
    Failure::from(Diagnostic::new(&codes::FLAG_MISSING, None).with("flag", flag))
}

/// An assessment written by flags.
fn inline(assessed: &Assessed, criteria: &str) -> Result<Request, Failure> {
    let text = flags::assessment(&flags::given(assessed, criteria)?)?;
    Ok(Request { path: PathBuf::new(), overrides: overrides(&assessed.overrides.only_set())?, inline: Some(text), ..Request::default() })
}

/// Writes the result folder where one was asked for; the name of the complete findings file.
pub(super) fn write(target: &Target, files: &[report::File], console: &Console, lang: Lang) -> Result<Option<String>, Failure> {
    let Some(folder) = &target.output else { return Ok(None) };
    let existing = if target.force { Existing::Replace } else { Existing::Keep };
    if let Some(warning) = write_folder(folder, files, existing)? {
        console.remark(&warning.render(lang));
    }
    Ok(Some(folder.join("findings.csv").display().to_string()))
}
