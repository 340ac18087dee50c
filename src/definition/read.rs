//! Reading a TOML file with every error in one pass.
//!
//! All syntax errors are taken from the parser; the tree it recovered is then read with stand-ins
//! for what is wrong (`node`), so that one fault neither hides nor causes another.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{Fault, Kind};
use super::node::{Context, Node};
use super::overrides::Change;
use super::syntax;
use crate::codes::definition as codes;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::text::nearest;

/// The diagnostics of one file that are listed; the rest is counted.
const MOST: usize = 100;

/// A TOML file with the values that flags put into it.
#[derive(Debug, Clone)]
pub struct Document {
    /// The text, followed by a line for each flag: what spans point into.
    pub file: Arc<SourceFile>,
    /// Where the file ends and the lines of flags begin, in bytes.
    pub(super) written: usize,
    /// Values put in by flags.
    pub(super) changes: Vec<Change>,
}

impl Document {
    /// A file as it is.
    pub fn new(file: &Arc<SourceFile>) -> Self {
        Self { file: Arc::clone(file), written: file.text.len(), changes: Vec::new() }
    }

    /// The content as type `T`, and every error there is. Without errors there is a content.
    pub fn read<T: DeserializeOwned>(&self) -> (Option<T>, Vec<Diagnostic>) {
        let text = self.file.text.get(..self.written).unwrap_or_default();
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut root = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
        let (mut found, breaks) = self.syntax(&errors);
        for change in &self.changes {
            if let Err(diagnostic) = change.apply(&mut root, &self.file) {
                found.push((change.start(), diagnostic));
            }
        }
        let (content, faults) = self.content(root.get_ref());
        let faults = faults.into_iter().filter(|fault| !follows(fault, &breaks, &self.file.text));
        found.extend(faults.map(|fault| (fault.span.clone().unwrap_or_default().start, fault.diagnostic(&self.file))));
        found.sort_by_key(|(start, _)| *start);
        let diagnostics: Vec<Diagnostic> = found.into_iter().map(|(_, diagnostic)| diagnostic).collect();
        (content.filter(|_| diagnostics.is_empty()), capped(diagnostics))
    }

    /// What the parser says, at most once a line, and the stretches it could not read.
    fn syntax(&self, errors: &[toml::de::Error]) -> (Vec<(usize, Diagnostic)>, Vec<Range<usize>>) {
        let start = |error: &toml::de::Error| error.span().unwrap_or_default().start;
        let unclosed = syntax::unclosed(errors);
        let end = unclosed.map_or(usize::MAX, |(at, _)| at);
        let mut found: Vec<(usize, Diagnostic)> = Vec::new();
        for error in errors.iter().filter(|error| start(error) < end) {
            let is_same_line = found
                .last()
                .is_some_and(|(last, _)| !self.file.text.get(*last..start(error)).is_some_and(|between| between.contains('\n')));
            if !is_same_line {
                found.push((start(error), syntax::diagnostic(&self.file, error.message(), error.span())));
            }
        }
        let mut breaks: Vec<Range<usize>> = errors.iter().map(|error| start(error)..start(error)).collect();
        if let Some((at, error)) = unclosed {
            found.push((at, syntax::diagnostic(&self.file, error.message(), Some(at..at + 1))));
            breaks.push(at..self.written);
        }
        (found, breaks)
    }

    /// Reads again as long as keys are found missing, each time with stand-ins for those known.
    fn content<T: DeserializeOwned>(&self, root: &DeValue<'_>) -> (Option<T>, Vec<Fault>) {
        let context = Context { text: &self.file.text, written: self.written, faults: RefCell::default(), absent: RefCell::default() };
        let mut missing: Vec<Fault> = Vec::new();
        loop {
            context.faults.borrow_mut().clear();
            let content = T::deserialize(Node::root(root, &context)).map_err(|fault| context.note(fault)).ok();
            let (lacking, others): (Vec<Fault>, Vec<Fault>) =
                context.faults.take().into_iter().partition(|fault| matches!(fault.kind, Kind::Missing { .. }));
            if lacking.is_empty() || missing.len() > MOST {
                let mut faults = one_per_table(missing, &others);
                faults.extend(others.iter().filter(|fault| !is_about_unknown_key(fault, &others)).cloned());
                return (content, faults);
            }
            for fault in lacking {
                if let Kind::Missing { keys } = &fault.kind {
                    context.absent.borrow_mut().extend(keys.iter().map(|key| (fault.table.unwrap_or_default(), *key)));
                }
                missing.push(fault);
            }
        }
    }
}

/// True for a table that is refused as a whole although a key of it was not read.
fn is_about_unknown_key(fault: &Fault, others: &[Fault]) -> bool {
    let is_key_of_it = |other: &Fault| matches!(other.kind, Kind::UnknownKey { .. }) && other.table == fault.table;
    matches!(fault.kind, Kind::Wrong { .. }) && fault.table.is_some() && others.iter().any(is_key_of_it)
}

/// The keys a table lacks as one fault, without those that stand there misspelt.
fn one_per_table(missing: Vec<Fault>, others: &[Fault]) -> Vec<Fault> {
    let is_misspelt = |table: Option<usize>, wanted: &str| {
        others.iter().any(|fault| match &fault.kind {
            Kind::UnknownKey { key, .. } => fault.table == table && !nearest(key, [wanted]).is_empty(),
            _ => false,
        })
    };
    let mut all: Vec<Fault> = Vec::new();
    for mut fault in missing {
        let table = fault.table;
        let Kind::Missing { keys } = &mut fault.kind else { continue };
        keys.retain(|key| !is_misspelt(table, key));
        match all.iter_mut().find(|known| known.table == table).map(|known| &mut known.kind) {
            Some(Kind::Missing { keys: known }) => known.append(keys),
            _ if keys.is_empty() => {}
            _ => all.push(fault),
        }
    }
    all
}

/// The content of a file as type `T`, and every error there is. Without errors there is a content.
pub fn read<T: DeserializeOwned>(file: &Arc<SourceFile>) -> (Option<T>, Vec<Diagnostic>) {
    Document::new(file).read()
}

/// True for a fault that a syntax error may have caused: one in what could not be read or on the
/// same line, or a key missing from a table of which a line could not be read.
fn follows(fault: &Fault, breaks: &[Range<usize>], text: &str) -> bool {
    let span = fault.span.clone().unwrap_or_default();
    let line_end = |at: usize| text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| at + end);
    let line_start = |at: usize| text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |start| start + 1);
    let table_end = text.get(span.end..).and_then(|rest| rest.find("\n[")).map_or(text.len(), |end| span.end + end);
    let is_missing = matches!(fault.kind, Kind::Missing { .. });
    let is_of_file = is_missing && span.is_empty();
    breaks.iter().any(|broken| {
        let on_line = line_start(span.start) <= broken.start && broken.start <= line_end(span.end);
        let in_table = is_missing && span.start <= broken.start && broken.start <= table_end;
        on_line || in_table || is_of_file || broken.contains(&span.start)
    })
}

fn capped(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let more = diagnostics.len().saturating_sub(MOST);
    if more > 0 {
        diagnostics.truncate(MOST);
        diagnostics.push(Diagnostic::new(&codes::TOO_MANY, None).with("count", more.to_string()));
    }
    diagnostics
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::{AssessmentFile, CatalogueFile, CriteriaFile};
    use crate::text::Lang;

    /// A file with a fault of every kind; each line at fault says what must be found there.
    const PLANTED: &str = r#"x-owner = { team = "任意内容" }

[criteria]                                     # missing-key
id = "x"
full_points = "hundred"                        # wrong-type
grad_on = "total"                              # unknown-key

[policy]
rounding = "half-upp"                          # unknown-choice
points_decimals = 2.5                          # wrong-type
states = { missing = "zero", missin = "full" } # unknown-key

[[dimension]]                                  # missing-key
points = nan                                   # wrong-type

[[dimension.criterion]]
points = 8
points = 9                                     # duplicate-key
score.steps = { every = 5 }                    # missing-key
basis = { document = "D" }                     # missing-key

[[dimension.criterion]]
score.linear = { zero = 1, full = 2 }
score.ratio = { target = 2 }                   # one-choice

[[dimension.criterion]]
score.best_of = [ { liner = {} } ]             # unknown-choice

[[grade]]
id = excellent                                 # syntax
name = { zh = "优秀", fr = "bon" }             # unknown-key
at_least = 90

[meta]
anything = 1
"#;

    fn read_criteria(text: &str) -> (Option<CriteriaFile>, Vec<Diagnostic>) {
        read(&SourceFile::new("c.toml", text))
    }

    fn codes_by_line(diagnostics: &[Diagnostic]) -> Vec<(usize, String)> {
        let line = |found: &Diagnostic| found.origin.as_ref().map_or(0, |origin| origin.line_and_column().0);
        diagnostics.iter().map(|found| (line(found), found.code.id().replace("definition/", ""))).collect()
    }

    #[test]
    fn every_planted_fault_is_found_at_its_line_and_no_other() {
        let planted: Vec<(usize, String)> =
            PLANTED.lines().enumerate().filter_map(|(at, line)| Some((at + 1, line.split_once("# ")?.1.to_owned()))).collect();
        let (content, found) = read_criteria(PLANTED);
        assert_eq!(planted.len(), 15);
        assert_eq!(codes_by_line(&found), planted);
        assert!(content.is_none());
    }

    #[track_caller]
    fn shown(text: &str, zh: &str, en: &str) {
        let (_, found) = read_criteria(&format!("{text}{REST}"));
        let rendered = |lang| found.iter().map(|one| one.render(lang)).collect::<String>();
        assert_eq!(rendered(Lang::Zh), zh);
        assert_eq!(rendered(Lang::En), en);
    }

    /// A valid criteria file, less the head of its policy.
    const REST: &str = "\n[criteria]\nid = \"x\"\ntitle = \"X\"\n[[dimension]]\nid = \"d\"\nname = \"D\"\n";

    #[test]
    fn an_unknown_key_is_shown_with_its_neighbour() {
        shown(
            "[policy]\nmin_completness = 0.9",
            "error[definition/unknown-key]: 表中只能使用该表规定的键。\n --> c.toml:2:1\n  |\n2 | min_completness = 0.9\n  \
             | ^^^^^^^^^^^^^^^ 此处没有名为 `min_completness` 的键\n   = 办法：改正键名或删去该行；自定义的内容放入 [meta] \
             表，或用 x- 开头的顶层键。\n   = 是否想写 `min_completeness`？\n",
            "error[definition/unknown-key]: A table must hold only the keys defined for it.\n --> c.toml:2:1\n  |\n2 | \
             min_completness = 0.9\n  | ^^^^^^^^^^^^^^^ `min_completness` is not a key of this table\n   = help: Correct the name \
             or delete the line; free content belongs in a [meta] table or in a top-level key that starts with x-.\n   \
             = did you mean `min_completeness`?\n",
        );
    }

    #[test]
    fn a_wrong_type_is_shown_at_the_value() {
        shown(
            "[policy]\nmin_completeness = \"九成\"",
            "error[definition/wrong-type]: 值的类型须与键相符。\n --> c.toml:2:20\n  |\n2 | min_completeness = \"九成\"\n  |      \
             \u{20}             ^^^^^^ 应为数，实为文字 \"九成\"\n   = 办法：按所列写法改写该值。\n",
            "error[definition/wrong-type]: A value must be of the kind its key asks for.\n --> c.toml:2:20\n  |\n2 | \
             min_completeness = \"九成\"\n  |                    ^^^^^^ expected a number, found the text \"九成\"\n   = help: Write \
             the value in the form named.\n",
        );
    }

    #[test]
    fn an_unknown_choice_is_shown_with_the_choices() {
        shown(
            "[policy]\nrescale = \"totals\"",
            "error[definition/unknown-choice]: 选项须为规定的几种之一。\n --> c.toml:2:11\n  |\n2 | rescale = \"totals\"\n  |       \
             \u{20}   ^^^^^^^^ `totals` 不在可选之列：`total`、`dimension`\n   = 办法：改为所列选项之一。\n   = 是否想写 `total`？\n",
            "error[definition/unknown-choice]: A choice must be one of those defined.\n --> c.toml:2:11\n  |\n2 | rescale = \
             \"totals\"\n  |           ^^^^^^^^ `totals` is not among `total`, `dimension`\n   = help: Use one of the choices \
             listed.\n   = did you mean `total`?\n",
        );
    }

    #[test]
    fn two_choices_are_shown_at_the_second() {
        shown(
            "[[veto]]\nid = \"v\"\nname = \"V\"\neffect = []\ntrigger = { judged = {}, formula = \"a > 0\" }",
            "error[definition/one-choice]: 多选一之处须恰好写一种。\n --> c.toml:5:26\n  |\n5 | trigger = { judged = {}, formula \
             = \"a > 0\" }\n  |                          ^^^^^^^ 写了 2 种：`judged`、`formula`\n   = 办法：只保留其中一种。\n",
            "error[definition/one-choice]: Where one of several is to be chosen, exactly one must be given.\n --> c.toml:5:26\n  \
             |\n5 | trigger = { judged = {}, formula = \"a > 0\" }\n  |                          ^^^^^^^ 2 are given: `judged`, \
             `formula`\n   = help: Keep exactly one of them.\n",
        );
    }

    #[test]
    fn all_missing_keys_of_a_table_are_shown_together() {
        shown(
            "[[grade]]\nname = \"优秀\"",
            "error[definition/missing-key]: 必填的键须写明。\n --> c.toml:1:1\n  |\n1 | [[grade]]\n  | ^^^^^^^^^ 此表缺少 \
             `id`、`at_least`\n   = 办法：补上所缺的键。\n",
            "error[definition/missing-key]: A required key must be given.\n --> c.toml:1:1\n  |\n1 | [[grade]]\n  | ^^^^^^^^^ \
             this table lacks `id`, `at_least`\n   = help: Add what is missing.\n",
        );
    }

    #[test]
    fn a_syntax_error_and_a_duplicate_key_are_shown_in_both_languages() {
        shown(
            "[policy]\nrescale = \nrescale = \"total\"",
            "error[definition/syntax]: 定义文件须符合 TOML 语法。\n --> c.toml:2:11\n  |\n2 | rescale = \n  |           ^ \
             缺少值\n   = 办法：每行写作 键 = 值；文字加引号，列表用 [ ]，表用 { }；中文键名须加引号。\n\
             error[definition/duplicate-key]: 同一个表中，每个键只能出现一次。\n --> c.toml:3:1\n  |\n3 | rescale = \"total\"\n  \
             | ^^^^^^^ `rescale` 重复出现\n   = 办法：删去其中一处；多项并列时，表头写作 [[名称]]。\n",
            "error[definition/syntax]: A definition file must be valid TOML.\n --> c.toml:2:11\n  |\n2 | rescale = \n  |           \
             ^ missing value\n   = help: Each line reads key = value; text is quoted, lists stand in [ ], tables in { }; a key in \
             Chinese is quoted.\nerror[definition/duplicate-key]: A key must stand only once in a table.\n --> c.toml:3:1\n  |\n3 | \
             rescale = \"total\"\n  | ^^^^^^^ `rescale` stands here a second time\n   = help: Delete one of the two; where several \
             entries are meant, the heading reads [[name]].\n",
        );
    }

    #[test]
    fn a_list_never_closed_is_one_fault() {
        let (_, found) = read_criteria("[criteria]\nid = \"x\"\nsigned = [\"a\"\nstatus = \"local\"\n[policy]\nrescale = \"none\"\n");
        assert_eq!(codes_by_line(&found), [(4, "syntax".to_owned())]);
        assert_eq!(found.first().map(|one| one.message.render(Lang::En)).as_deref(), Some("unclosed array, expected `]`"));
    }

    #[test]
    fn a_misspelt_key_is_not_missed_as_well() {
        let (_, found) = read_criteria("[criteria]\nid = \"x\"\ntitel = \"X\"\n[[dimension]]\nid = \"d\"\nname = \"D\"\n");
        assert_eq!(codes_by_line(&found), [(3, "unknown-key".to_owned())]);
    }

    #[test]
    fn keys_missing_at_the_top_are_those_of_the_file() {
        let (_, found) = read::<AssessmentFile>(&SourceFile::new("a.toml", "title = \"T\"\n"));
        let said: Vec<String> = found.iter().map(|one| one.message.render(Lang::En)).collect();
        assert_eq!(said, ["the file lacks `period`, `criteria`, `organisations`"]);
    }

    #[test]
    fn beyond_a_hundred_errors_are_counted() {
        let text: String = std::iter::once("[catalogue]\nid = \"c\"\ntitle = \"C\"\n".to_owned())
            .chain((0..103).map(|at| format!("[[constant]]\nid = \"c{at}\"\nname = \"C\"\nvalue = true\n")))
            .collect();
        let (_, found) = read::<CatalogueFile>(&SourceFile::new("c.toml", text));
        assert_eq!(found.len(), 101);
        let last = found.last().map(|one| (one.render(Lang::Zh), one.message.render(Lang::En)));
        assert_eq!(
            last,
            Some((
                "error[definition/too-many]: 每个文件的错误须能逐一列出。\n   = 另有 3 处错误未列出\n   = 办法：先改正已列出的错误，再检查一次。\n"
                    .to_owned(),
                "errors not listed: 3".to_owned()
            ))
        );
    }

    /// N4: a number is taken as written, or refused.
    #[test]
    fn a_number_that_a_double_would_change_is_refused() {
        let constant = |value: &str| {
            let text = format!("[catalogue]\nid = \"c\"\ntitle = \"C\"\n[[constant]]\nid = \"k\"\nname = \"K\"\nvalue = {value}\n");
            let (content, found) = read::<CatalogueFile>(&SourceFile::new("c.toml", text));
            (content.and_then(|all| all.constant.first().map(|one| one.value.value.to_string())), found.len())
        };
        assert_eq!(constant("8.05"), (Some("8.05".to_owned()), 0));
        assert_eq!(constant("1e-3"), (Some("0.001".to_owned()), 0));
        assert_eq!(constant("0.12345678901234567890"), (None, 1));
        assert_eq!(constant("99999999999999999999"), (None, 1));
        assert_eq!(constant("inf"), (None, 1));
    }
}
