//! `kaohe score` of several assessments: each by itself and at once, told in the order given.

use std::collections::BTreeMap;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use crate::assess;
use crate::assessment::several::{Chosen, choose, read_list};
use crate::cli::args::Score;
use crate::cli::run::{Console, Failure, overrides, read_path};
use crate::codes::batch as codes;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::dossier::Dossier;
use crate::output::{Checksums, Existing, Staged, stage};
use crate::report;
use crate::report::batch::{Lines, Outcome, failed, file, files, scored, sheet};
use crate::text::Lang;

/// What came of one assessment.
struct Finished {
    lines: Lines,
    /// Everything that is said of it.
    said: String,
    exit: u8,
    lang: Option<Lang>,
    /// The files of its folder with their checksums.
    written: Checksums,
}

pub(super) fn run(args: &Score, console: &Console) -> Result<u8, Failure> {
    let list = args.list.as_deref().map(list).transpose()?;
    let chosen = choose(&args.run.assessed.inputs, list.as_ref())?;
    // A flag that is wrong is wrong once.
    overrides(&args.run.assessed.overrides)?;
    let target = &args.run.target;
    let existing = if target.force { Existing::Replace } else { Existing::Keep };
    let staged = target.output.as_deref().map(|folder| stage(folder, existing)).transpose()?;
    let finished = all(&chosen, args, staged.as_ref(), console)?;
    let lang = console.lang_or(shared(finished.iter().filter_map(|one| one.lang)));
    let lines: Vec<Lines> = finished.iter().map(|one| one.lines.clone()).collect();
    let is_for_people = matches!(args.run.shape.format, crate::cli::args::Format::Table | crate::cli::args::Format::Markdown);
    console.table(&if is_for_people { sheet(&lines) } else { file(&lines) }, &args.run.shape, lang)?;
    let exit = finished.iter().map(|one| one.exit).max().unwrap_or_default();
    if let Some(staged) = staged {
        place(staged, finished, &lines, args, console, lang)?;
    }
    Ok(exit)
}

/// The list of assessments; `-` is standard input.
fn list(path: &Path) -> Result<Arc<SourceFile>, Failure> {
    if path != Path::new("-") {
        return Ok(read_list(path)?);
    }
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text)?;
    Ok(SourceFile::new("-", text))
}

/// Stack of a thread: what the first thread of a program usually has.
const STACK: usize = 8 << 20;

/// Scores them on as many threads as asked for, and says what is to be said of each as soon as those before it are done.
fn all(chosen: &[Chosen], args: &Score, staged: Option<&Staged>, console: &Console) -> Result<Vec<Finished>, Failure> {
    let jobs = args.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, std::num::NonZero::get).min(chosen.len());
    let (next, is_stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (send, receive) = mpsc::channel();
    let work = |send: &mpsc::Sender<(usize, Result<Finished, Failure>)>| {
        while !is_stopped.load(Ordering::Relaxed) {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(one) = chosen.get(at) else { return };
            let done = guarded(one, args, staged, console);
            is_stopped.fetch_or(done.is_err(), Ordering::Relaxed);
            if send.send((at, done)).is_err() {
                return;
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..jobs {
            let (work, send) = (&work, send.clone());
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || work(&send))?;
        }
        drop(send);
        in_order(receive, chosen, console)
    })
}

/// What comes in, said and returned in the order of the assessments.
fn in_order(
    received: mpsc::Receiver<(usize, Result<Finished, Failure>)>,
    chosen: &[Chosen],
    console: &Console,
) -> Result<Vec<Finished>, Failure> {
    let mut early = BTreeMap::new();
    let mut finished: Vec<Finished> = Vec::new();
    console.progress(0, chosen.len());
    for (count, (at, done)) in received.into_iter().enumerate() {
        early.insert(at, done?);
        while let Some(one) = early.remove(&finished.len()) {
            if !one.said.is_empty() {
                console.progress(chosen.len(), chosen.len());
                console.say(&prefixed(&one.said, &chosen[finished.len()].name));
            }
            finished.push(one);
        }
        console.progress(count + 1, chosen.len());
    }
    Ok(finished)
}

/// One assessment, of which a failure inside the program concerns no other. An error is about writing, and ends all.
fn guarded(one: &Chosen, args: &Score, staged: Option<&Staged>, console: &Console) -> Result<Finished, Failure> {
    let aside = console.aside();
    let done = catch_unwind(AssertUnwindSafe(|| score(one, args, staged, &aside)));
    if let (true, Some(staged)) = (done.is_err(), staged) {
        staged.discard(&one.name);
    }
    match done.unwrap_or_else(|_| Ok(Err(Failure::from(Diagnostic::new(&codes::BROKEN, None))))) {
        Ok(Ok(finished)) => Ok(Finished { said: aside.said(), ..finished }),
        Ok(Err(failure)) => {
            aside.fail(&failure);
            let lines = failed(&one.name, failure.code());
            Ok(Finished { lines, said: aside.said(), exit: crate::cli::NOTHING_DONE, lang: None, written: Checksums::new() })
        }
        Err(diagnostic) => Err(Failure::from(diagnostic)),
    }
}

/// Scores one and writes its folder; what is wrong with it stands inside, what is wrong with writing outside.
fn score(one: &Chosen, args: &Score, staged: Option<&Staged>, console: &Console) -> Result<Result<Finished, Failure>, Diagnostic> {
    let mut assessment = match read_path(Some(one.path.clone()), &args.run.assessed.overrides, console) {
        Ok(assessment) => assessment,
        Err(failure) => return Ok(Err(failure)),
    };
    assessment.provenance.options.extend(args.published());
    let lang = console.lang(Some(&assessment));
    let scored_book = || -> Result<_, Failure> {
        let mut prepared = assess::prepare(&assessment)?;
        let book = assess::assess(&mut prepared)?;
        Ok((prepared, book))
    };
    let (prepared, book) = match scored_book() {
        Ok(scored) => scored,
        Err(failure) => return Ok(Err(failure)),
    };
    let dossier = match Dossier::gather(&prepared, &book) {
        Ok(dossier) => dossier,
        Err(error) => return Ok(Err(Failure::from(error))),
    };
    let files = match report::files(&dossier, lang) {
        Ok(files) => files,
        Err(error) => return Ok(Err(Failure::from(error))),
    };
    let written = staged.map(|staged| staged.fill(&one.name, &files)).transpose()?.unwrap_or_default();
    let complete_in = args.run.target.output.as_ref().map(|folder| folder.join(&one.name).join("findings.csv").display().to_string());
    let exit = console.conclude(&book.all_findings(), complete_in.as_deref(), args.run.verdict.fail_on, lang);
    let outcome = if exit == 0 { Outcome::Done } else { Outcome::Findings };
    let lines = scored(&one.name, &book, outcome);
    Ok(Ok(Finished { lines, said: String::new(), exit, lang: assessment.lang, written }))
}

/// Writes the summary and puts all into place.
fn place(mut staged: Staged, finished: Vec<Finished>, lines: &[Lines], args: &Score, console: &Console, lang: Lang) -> Result<(), Failure> {
    if finished.iter().all(|one| one.written.is_empty()) {
        let path = args.run.target.output.as_deref().unwrap_or(Path::new("")).display().to_string();
        let diagnostic = Diagnostic::new(&codes::ALL_FAILED, None).with("path", path);
        return Err(Failure::from(diagnostic.with("count", finished.len().to_string())));
    }
    let mut inside = Vec::new();
    for (one, lines) in finished.into_iter().zip(lines) {
        let within: Checksums = one.written.into_iter().map(|(name, sha256)| (format!("{}/{name}", lines.name()), sha256)).collect();
        inside.extend(within.keys().cloned());
        staged.keep(within);
    }
    let checksums = staged.fill("", &files(lines, inside, lang)?)?;
    staged.keep(checksums);
    if let Some(warning) = staged.place()? {
        console.remark(&warning.render(lang));
    }
    Ok(())
}

/// The language that all have in common.
fn shared(mut langs: impl Iterator<Item = Lang>) -> Option<Lang> {
    let first = langs.next()?;
    langs.all(|lang| lang == first).then_some(first)
}

/// Every line with the name of the assessment before it.
fn prefixed(said: &str, name: &str) -> String {
    said.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("{name}: {line}\n") }).collect()
}
