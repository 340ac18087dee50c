//! The runs between two results: one cause after the other is replaced, so that each effect is the difference of two runs
//! and all of them add up to the whole difference.

use crate::assessment::{Request, load, load_mixed};
use crate::cli::compare::operand::{Operand, Source, again};
use crate::cli::compare::shown;
use crate::cli::run::Failure;
use crate::codes::compare as codes;
use crate::compare::{Book, Cause, words};
use crate::diagnostic::Diagnostic;
use crate::text::Text;

/// What lies between two results.
#[derive(Debug, Default)]
pub(super) struct Between {
    /// The results between, in the order of replacement.
    pub(super) books: Vec<Book>,
    /// What each run replaced, the one that leads to the second result included; empty where nothing could be run again.
    pub(super) causes: Vec<Vec<Cause>>,
    /// What stood in the way.
    pub(super) said: Vec<Diagnostic>,
}

/// Runs what lies between. Two results that cannot both be made again have nothing between them.
pub(super) fn between(before: &Operand, after: &Operand) -> Between {
    let mut said = Vec::new();
    let mut sources = Vec::new();
    for operand in [before, after] {
        match source(operand) {
            Ok(source) => sources.push(source),
            Err(why) => said.push(Diagnostic::new(&codes::FROZEN, None).with("result", shown(&operand.path)).with("why", why)),
        }
    }
    let [(own, part), (other, other_part)] = sources.as_slice() else { return Between { said, ..Between::default() } };
    if part != other_part {
        let why = Text::new("两个结果考核的部分不同", "the two results are of different parts");
        said.push(Diagnostic::new(&codes::FROZEN, None).with("result", shown(&after.path)).with("why", why));
        return Between { said, ..Between::default() };
    }
    let mut found = Between::default();
    let mut open: Vec<Cause> = Vec::new();
    for (at, cause) in Cause::ALL.into_iter().enumerate() {
        open.push(cause);
        // With everything replaced it is the second result itself.
        if at + 1 == Cause::ALL.len() {
            found.causes.push(std::mem::take(&mut open));
            break;
        }
        match mixed((own, other), part.as_deref(), &Cause::ALL[..=at], after) {
            Ok(book) => {
                found.books.push(book);
                found.causes.push(std::mem::take(&mut open));
            }
            Err(failure) => {
                let why = failure.first();
                found.said.push(Diagnostic::new(&codes::STEPS_JOINED, None).with("causes", words(&open)).with("why", why));
            }
        }
    }
    found
}

fn mixed((own, other): (&Request, &Request), part: Option<&str>, causes: &[Cause], after: &Operand) -> Result<Book, Failure> {
    let (assessment, diagnostics) = load_mixed(own, other, causes);
    again(assessment.ok_or_else(|| Failure::from(diagnostics))?, part, &after.path)
}

/// The assessment behind a result, if it still gives that result.
fn source(operand: &Operand) -> Result<(&Request, Option<String>), Text> {
    let (request, part) = match &operand.source {
        Source::Now(request) => return Ok((request, None)),
        Source::Found(request, part) => (request, part),
        Source::None(why) => return Err(why.clone()),
    };
    let book = load(request).0.and_then(|assessment| again(assessment, part.as_deref(), &operand.path).ok());
    if book.is_some_and(|book| book.says_the_same(&operand.book)) {
        return Ok((request, part.clone()));
    }
    Err(Text::new(
        "重新打分得不到这个结果（程序版本不同，或有新增的输入）",
        "scoring again does not give this result (another version of the program, or further inputs)",
    ))
}
