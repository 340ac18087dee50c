//! Sums made where the data are: each source of an assessment as one SQL statement, whose result is a file of figures
//! summed elsewhere (`docs/pushdown.md`).
//!
//! What a statement reads, it reads as intake does; what it cannot read so, it counts as rejected. Only the plain
//! spellings of numbers and dates are written in SQL; the words of the result are those of the data, and
//! what they mean is found out by those who read it.

use std::collections::BTreeMap;

use crate::assessment::Assessment;
use crate::codes::sql as codes;
use crate::diagnostic::Diagnostic;
use crate::finding::Finding;
use crate::intake::source::Vocabulary;
use crate::text::Text;

mod day;
mod dialect;
mod number;
mod register;
mod source;
mod statement;
mod values;
mod words;

pub use dialect::Dialect;

use source::{Pushed, Refusal, pushed};
use statement::Stamp;

/// The statement for one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Number of the source, from 1.
    pub source: usize,
    /// Its files, as the assessment names them.
    pub files: String,
    /// The table it reads.
    pub table: String,
    /// The statement, without a semicolon at its end.
    pub text: String,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The database.
    pub dialect: Dialect,
    /// Names of tables by number of the source; `source_1` where there is none.
    pub tables: BTreeMap<usize, String>,
    /// The one source that is wanted; all if absent.
    pub only: Option<usize>,
}

/// Statements for the sources of an assessment, and what was noticed about their columns.
///
/// # Errors
/// Sources that cannot be pushed, all of them; numbers of sources that there are not.
pub fn queries(assessment: &Assessment, asked: &Asked) -> Result<(Vec<Query>, Vec<Finding>), Vec<Diagnostic>> {
    let vocabulary = Vocabulary::new(&assessment.catalogue);
    let (mut queries, mut findings, mut refused) = (Vec::new(), Vec::new(), no_such_sources(assessment, asked));
    for source in &assessment.sources {
        let number = source.number;
        if asked.only.is_some_and(|only| only != number) {
            continue;
        }
        let files: Vec<&str> = source.files.iter().map(|file| file.path.as_str()).collect();
        let files = files.join(", ");
        let stamp = Stamp { definitions: assessment.definitions.clone(), source: number };
        let table = asked.tables.get(&number).cloned().unwrap_or_else(|| format!("source_{number}"));
        let text = match pushed(source, assessment, &vocabulary, &mut findings) {
            Ok(Pushed::Values(values)) => values.statement(&stamp, &table, asked.dialect),
            Ok(Pushed::Register(register)) => register.statement(&stamp, &table, asked.dialect),
            Err(Refusal::Unreadable(diagnostic)) => {
                refused.push(diagnostic);
                continue;
            }
            Err(Refusal::Reason(reason)) => {
                let diagnostic = Diagnostic::new(&codes::UNPUSHABLE, None).with("source", number.to_string());
                refused.push(diagnostic.with("file", files).with("reason", reason));
                continue;
            }
        };
        queries.push(Query { source: number, files, table, text });
    }
    queries.sort_by_key(|query| query.source);
    if refused.is_empty() { Ok((queries, findings)) } else { Err(refused) }
}

/// One statement whose result is that of all.
pub fn united(queries: &[Query]) -> String {
    match queries {
        [one] => one.text.clone(),
        all => {
            let each: Vec<String> = all.iter().map(|query| format!("SELECT * FROM (\n{}\n) AS s{}", query.text, query.source)).collect();
            each.join("\nUNION ALL\n")
        }
    }
}

fn no_such_sources(assessment: &Assessment, asked: &Asked) -> Vec<Diagnostic> {
    let is_known = |number: &usize| assessment.sources.iter().any(|source| source.number == *number);
    let named = asked.only.iter().chain(asked.tables.keys()).filter(|number| !is_known(number));
    let diagnostic = |number: &usize| {
        let count = assessment.sources.len().to_string();
        Diagnostic::new(&codes::NO_SUCH_SOURCE, None).with("source", number.to_string()).with("count", Text::same(count))
    };
    named.map(diagnostic).collect()
}
