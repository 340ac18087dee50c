//! `kaohe verify`: is a result still what was written, and what its inputs give?

use std::path::{Path, PathBuf};

use crate::assess::{self, Prepared};
use crate::assessment::terms::{Figures, remembered};
use crate::assessment::{Assessment, Request, load};
use crate::cli::args::{Format, Overrides, Verify};
use crate::cli::flags;
use crate::cli::run::{Console, Failure, finish, overrides, read_path_with};
use crate::codes::verify as codes;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Dossier, Publication};
use crate::output::recorded::{Recorded, open};
use crate::output::{Checksums, checksums};
use crate::report::manifest::{self, Manifest};
use crate::report::{self, json, verify as sheets};
use crate::scorebook::Scorebook;
use crate::text::{Lang, Text};
use crate::verify::{Difference, Step, checksums as compared, figures};

/// What was found, and whether all of it could be asked.
struct Found {
    differences: Vec<Difference>,
    /// What was looked at, in numbers.
    asked: sheets::Asked,
    /// Why the figures were not computed again.
    not_recomputed: Option<Text>,
}

pub(super) fn run(args: &Verify, console: &Console) -> Result<u8, Failure> {
    let recorded = open(&args.result)?;
    let lang = console.lang_or(recorded.manifest.as_ref().map(|manifest| manifest.lang));
    let shown = args.result.display().to_string();
    let own = env!("CARGO_PKG_VERSION");
    if !args.files && recorded.version() != own {
        let warning = Diagnostic::new(&codes::OTHER_VERSION, None).with("path", shown.as_str());
        console.remark(&warning.with("recorded", recorded.version()).with("own", own).render(lang));
    }
    let differences = recorded.files()?;
    let asked = sheets::Asked { files: recorded.checksums().len(), ..sheets::Asked::default() };
    let mut found = Found { differences, asked, not_recomputed: None };
    if !args.files {
        again(args, &recorded, console, &mut found);
    }
    match args.shape.format {
        Format::Csv | Format::Json => console.table(&sheets::file(&found.differences), &args.shape, lang)?,
        Format::Table | Format::Markdown if found.differences.is_empty() => {
            Console::print(sheets::equal(&found.asked, found.not_recomputed.is_none(), lang).as_bytes())?;
        }
        Format::Table | Format::Markdown => console.table(&sheets::sheet(&found.differences), &args.shape, lang)?,
    }
    let is_equal = found.differences.is_empty() && found.not_recomputed.is_none();
    if let Some(why) = found.not_recomputed {
        let diagnostic = Diagnostic::new(&codes::NOT_RECOMPUTED, None).with("path", shown.as_str());
        console.say(&diagnostic.with("why", why).render(lang));
    }
    if args.freeze {
        freeze(&recorded, is_equal, &shown, console, lang)?;
    }
    Ok(u8::from(!is_equal))
}

fn freeze(recorded: &Recorded, is_equal: bool, shown: &str, console: &Console, lang: Lang) -> Result<(), Failure> {
    if !is_equal {
        console.say(&Diagnostic::new(&codes::NOT_FROZEN, None).with("path", shown).render(lang));
        return Ok(());
    }
    recorded.freeze()?;
    let said = Text::new(format!("{shown} 已冻结\n"), format!("{shown} is frozen\n"));
    console.remark(said.get(lang));
    Ok(())
}

/// Computes everything again and compares.
fn again(args: &Verify, recorded: &Recorded, console: &Console, found: &mut Found) {
    let Some(manifest) = &recorded.manifest else {
        found.not_recomputed = Some(Text::new(
            "其中是多个结果；请逐个复核其中的文件夹",
            "it holds several results; verify each of its folders with its assessment",
        ));
        return;
    };
    let was = match recorded.book() {
        Ok(Some(was)) => was,
        Ok(None) => {
            found.not_recomputed = Some(Text::new(
                "其中没有 scorebook.json，不是打分的结果",
                "there is no scorebook.json in it, so it is no result of `score`",
            ));
            return;
        }
        Err(diagnostic) => {
            console.fail(&Failure::from(diagnostic));
            found.not_recomputed = Some(Text::new("scorebook.json 不能读取", "its scorebook.json cannot be read"));
            return;
        }
    };
    found.asked.inputs = manifest.provenance.inputs.len();
    let place = place(args, manifest);
    // Warnings about definitions were said when the result was made.
    let kept = console.aside();
    let again = |assessment: &Assessment, found: &mut Found| {
        let mut prepared = console.prepare(assessment)?;
        let book = assess::assess(&mut prepared)?;
        figures_again(&was, (&prepared, &book), (recorded, manifest), found)
    };
    if let Err(failure) = reassessed(manifest, &place, &kept).and_then(|assessment| again(&assessment, found)) {
        found.differences.extend(recorded.inputs(&place.folder, &|shown| place.terms(shown)));
        found.not_recomputed =
            Some(Text::new("考核任务或其文件不能按原样读取", "its assessment, or a file of it, cannot be read as it was"));
        console.fail(&failure);
    }
}

/// Figures and files, computed and written again.
fn figures_again(
    was: &serde_json::Value,
    (prepared, book): (&Prepared, &Scorebook),
    (recorded, manifest): (&Recorded, &Manifest),
    found: &mut Found,
) -> Result<(), Failure> {
    found.differences.extend(compared(Step::Inputs, &manifest.inputs(), &manifest::inputs(&book.provenance)));
    let mut bytes = Vec::new();
    json::scorebook(book, &mut bytes)?;
    let now: serde_json::Value = serde_json::from_slice(&bytes).map_err(anyhow::Error::from)?;
    found.differences.extend(figures(was, &now));
    found.asked.units = book.units.len();
    found.asked.criteria = book.criteria.len();
    let dossier = Dossier::gather(prepared, book)?;
    let files = report::files(&dossier, manifest.lang)?;
    let mut again: Checksums = checksums(&files)?;
    // Its own version stands in a manifest; the rest of it rests on the same inputs.
    let of_manifest = again.remove(manifest::NAME).unwrap_or_default();
    found.differences.extend(compared(Step::Rewritten, recorded.checksums(), &again));
    let is_same_version = recorded.version() == env!("CARGO_PKG_VERSION");
    let on_disk = recorded.manifest_checksum()?;
    if is_same_version && found.differences.is_empty() && of_manifest != on_disk {
        let way = crate::verify::Way::Changed;
        found.differences.push(Difference::of_file(Step::Rewritten, way, manifest::NAME, &on_disk, &of_manifest));
    }
    Ok(())
}

/// Where the result is computed again.
struct Place {
    /// The flags of a run without an assessment file.
    flags: flags::Given,
    path: PathBuf,
    folder: PathBuf,
    /// The terms file, if it was named.
    terms: Option<PathBuf>,
}

impl Place {
    /// Where the terms file lies that the manifest remembers by this name.
    fn terms(&self, shown: &str) -> PathBuf {
        self.terms.clone().unwrap_or_else(|| remembered(shown, &self.folder))
    }
}

fn place(args: &Verify, manifest: &Manifest) -> Place {
    let flags = flags::remembered(manifest.options());
    let path = args.assessment.clone();
    if !flags.is_empty() {
        let folder = path.unwrap_or_default();
        return Place { flags, path: folder.clone(), folder, terms: args.terms.clone() };
    }
    let path = path.unwrap_or_else(|| PathBuf::from("assessment.toml"));
    let folder = if path.is_dir() { path.clone() } else { path.parent().unwrap_or(Path::new("")).to_path_buf() };
    Place { flags, path, folder, terms: args.terms.clone() }
}

/// The assessment as it is now, with the options that the manifest remembers.
fn reassessed(manifest: &Manifest, place: &Place, console: &Console) -> Result<Assessment, Failure> {
    let of = |key: &str| manifest.options().filter(|(name, _)| *name == key).map(|(_, value)| value.to_owned()).collect::<Vec<_>>();
    let written = Overrides { period: None, baseline: None, unit: None, part: of("part").pop(), set: of("set") };
    let published = || of(Publication::OPTION).pop().map(|how| (Publication::OPTION.to_owned(), how));
    let figures = of(Figures::OPTION).pop().map_or(Figures::Files, |shown| Figures::Terms(place.terms(&shown)));
    if place.flags.is_empty() {
        let mut assessment = read_path_with(Some(place.path.clone()), &written, figures, console)?;
        assessment.provenance.options.extend(published());
        return Ok(assessment);
    }
    let text = flags::assessment(&place.flags)?;
    let request = Request { path: place.folder.clone(), overrides: overrides(&written)?, inline: Some(text), figures };
    let mut assessment = finish(load(&request), &written, console)?;
    assessment.provenance.options.extend(place.flags.iter().cloned());
    assessment.provenance.options.extend(published());
    Ok(assessment)
}
