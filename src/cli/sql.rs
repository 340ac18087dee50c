//! `kaohe sql`: the sources of an assessment as queries for a database.

use std::collections::BTreeMap;

use crate::assessment::terms::Figures;
use crate::cli::args::{FailOn, Sql};
use crate::cli::run::{Console, Failure, read_path_with};
use crate::codes::{data, sql as codes};
use crate::diagnostic::Diagnostic;
use crate::finding::Findings;
use crate::pushdown::{Asked, Dialect, Query, queries, united};
use crate::text::{Lang, Text, list, nearest};

pub(super) fn run(args: &Sql, console: &Console) -> Result<u8, Failure> {
    let asked = asked(args)?;
    let assessment = read_path_with(args.assessment.clone(), &args.overrides, Figures::HandedOn, console)?;
    let lang = console.lang(Some(&assessment));
    let (queries, mut findings) = queries(&assessment, &asked)?;
    let text = if args.union {
        format!("{}{};\n", queries.iter().map(|query| head(query, lang)).collect::<String>(), ordered(&united(&queries)))
    } else {
        let each: Vec<String> = queries.iter().map(|query| format!("{}{};\n", head(query, lang), ordered(&query.text))).collect();
        each.join("\n")
    };
    Console::print(text.as_bytes())?;
    // A sample has a row of names and no more.
    findings.retain(|finding| !std::ptr::eq(finding.code, &raw const data::NO_ROWS));
    let findings = Findings::new(findings);
    if let [0, 0, _] = findings.severities() {
        return Ok(0);
    }
    Ok(console.conclude(&findings, None, FailOn::Warning, lang))
}

fn asked(args: &Sql) -> Result<Asked, Vec<Diagnostic>> {
    let mut wrong = Vec::new();
    let dialect = Dialect::named(&args.dialect);
    if dialect.is_none() {
        let ids = Dialect::ALL.map(Dialect::id);
        let known: Vec<Text> = ids.iter().map(|id| Text::same(*id)).collect();
        let diagnostic = Diagnostic::new(&codes::UNKNOWN_DIALECT, None).with("dialect", args.dialect.clone());
        wrong.push(diagnostic.with("known", list(&known)).suggest(nearest(&args.dialect, ids)));
    }
    let tables = tables(&args.tables, &mut wrong);
    match dialect {
        Some(dialect) if wrong.is_empty() => Ok(Asked { dialect, tables, only: args.source }),
        _ => Err(wrong),
    }
}

/// Names of tables by number of the source, each named once.
fn tables(all: &[String], wrong: &mut Vec<Diagnostic>) -> BTreeMap<usize, String> {
    let mut tables = BTreeMap::new();
    for written in all {
        let pair = written.split_once('=').and_then(|(number, table)| Some((number.trim().parse::<usize>().ok()?, table.trim())));
        let fault = match pair.filter(|(_, table)| table.split('.').all(|part| !part.is_empty())) {
            None => Text::new("不是这样写的", "is not written like that"),
            Some((number, table)) => match tables.insert(number, table.to_owned()) {
                Some(first) => Text::new(
                    format!("所指的第 {number} 个数据来源已有表“{first}”"),
                    format!("is for source {number}, which has the table `{first}`"),
                ),
                None => continue,
            },
        };
        wrong.push(Diagnostic::new(&codes::BAD_TABLE, None).with("written", written.clone()).with("fault", fault));
    }
    tables
}

/// What a query is of, as a comment.
fn head(query: &Query, lang: Lang) -> String {
    let files = query.files.replace(['\n', '\r'], " ");
    let table = query.table.replace(['\n', '\r'], " ");
    match lang {
        Lang::Zh => format!("-- 来源 {}（{files}），表 {table}\n", query.source),
        Lang::En => format!("-- source {} ({files}), table {table}\n", query.source),
    }
}

/// The rows of the result in the order of files of figures.
fn ordered(text: &str) -> String {
    format!("{text}\nORDER BY 3, 4, 5, 6")
}
