//! `kaohe check scheme.toml` and `kaohe check catalogue.toml`: definitions by themselves.

use std::sync::Arc;

use crate::assessment::alone::{self, Checked};
use crate::cli::args::{Check, Format};
use crate::cli::run::{Console, Failure, fails, overrides};
use crate::codes::assessment::NOT_A_PERIOD;
use crate::codes::output as codes;
use crate::definition::kind::kind_of;
use crate::definition::load;
use crate::definition::schema::Kind;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::period::Span;
use crate::report::{notices, scheme};

/// The scheme or catalogue that is named instead of an assessment.
pub(super) fn named(args: &Check) -> Option<(Arc<SourceFile>, Kind)> {
    let assessed = &args.run.assessed;
    let [path] = assessed.inputs.as_slice() else { return None };
    let is_definition = assessed.criteria.is_none() && path.extension().is_some_and(|extension| extension == "toml");
    // What cannot be read is said where assessments are read.
    let file = is_definition.then(|| load(path).ok()).flatten()?;
    let kind = kind_of(&file);
    (kind != Kind::Assessment).then_some((file, kind))
}

pub(super) fn run(args: &Check, file: &Arc<SourceFile>, kind: Kind, console: &Console) -> Result<u8, Failure> {
    refuse_flags_of_runs(args, file, kind)?;
    let written = &args.run.assessed.overrides;
    let checked = match kind {
        Kind::Catalogue => alone::catalogue(file),
        _ => alone::scheme(file, &overrides(&written.only_set())?, period(written.period.as_deref())?),
    };
    show(&checked, args, console)?;
    Ok(u8::from(checked.severity().is_some_and(|worst| fails(worst, args.run.verdict.fail_on))))
}

fn show(checked: &Checked, args: &Check, console: &Console) -> Result<(), Failure> {
    let (shape, lang) = (&args.run.shape, console.lang(None));
    if args.coverage {
        console.table(&scheme::coverage(&checked.coverage), shape, lang)?;
    }
    if args.weights {
        console.table(&scheme::weights(&checked.weights), shape, lang)?;
    }
    match (shape.format, args.coverage || args.weights) {
        (Format::Table, _) => {
            let text = scheme::let_stand(&checked.allowed, lang) + &notices::diagnostics(&checked.diagnostics, lang);
            Ok(Console::print(text.as_bytes())?)
        }
        (_, false) => console.table(&scheme::diagnostics(&checked.diagnostics), shape, lang),
        (_, true) => {
            console.remark(&notices::diagnostics(&checked.diagnostics, lang));
            Ok(())
        }
    }
}

fn period(written: Option<&str>) -> Result<Option<Span>, Failure> {
    let read = |text: &str| text.parse::<Span>().map_err(|_| Failure::from(Diagnostic::new(&NOT_A_PERIOD, None).with("value", text)));
    written.map(read).transpose()
}

/// Flags that are about registries, data and results have no meaning here.
fn refuse_flags_of_runs(args: &Check, file: &SourceFile, kind: Kind) -> Result<(), Failure> {
    let run = &args.run;
    let written = &run.assessed.overrides;
    let flags = [
        ("--fix-registry", args.fix_registry),
        ("--weights", args.weights && kind == Kind::Catalogue),
        ("--terms", run.terms.is_some()),
        ("--output", run.target.output.is_some()),
        ("--force", run.target.force),
        ("--baseline", written.baseline.is_some()),
        ("--unit", written.unit.is_some()),
        ("--period", written.period.is_some() && kind == Kind::Catalogue),
        ("--set", !written.set.is_empty() && kind == Kind::Catalogue),
    ];
    let mut wrong: Vec<Diagnostic> = flags.iter().filter(|(_, is_given)| *is_given).map(|(flag, _)| not_here(flag, &file.path)).collect();
    // A key of assessments would change nothing here.
    let of_assessment = overrides(&written.only_set())?.into_iter().filter(|option| option.kind == Kind::Assessment);
    wrong.extend(of_assessment.map(|option| not_here(&format!("--set {}", option.text), &file.path)));
    if wrong.is_empty() { Ok(()) } else { Err(Failure::from(wrong)) }
}

/// A flag that does not go with what is checked.
pub(super) fn not_here(flag: &str, file: &str) -> Diagnostic {
    Diagnostic::new(&codes::FLAG_NOT_HERE, None).with("flag", flag).with("file", file)
}
