//! `--set policy.min_completeness=0.9`: one value of the criteria or the assessment, put in place
//! of what its file says. The names are checked as the file's own are, with the same suggestions.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeArray, DeString, DeTable, DeValue};

use super::read::Document;
use super::schema::{Kind, keys};
use crate::codes::definition as codes;
use crate::diagnostic::{Diagnostic, Origin, SourceFile};
use crate::text::{Text, nearest};

/// One `--set` as given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// What was given, `policy.min_completeness=0.9`.
    pub text: String,
    /// Which file it is about.
    pub kind: Kind,
}

impl Override {
    /// Reads a flag. `criteria=other.toml` is the assessment's key, `criteria.id=…` the criteria's.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        let (path, _) = split(text)?;
        let first = path.first().map_or("", |(name, _)| name.as_str());
        let owns = |kind: Kind| keys(kind).iter().any(|key| key == first);
        let kind = match (owns(Kind::Assessment), owns(Kind::Criteria)) {
            (true, false) => Kind::Assessment,
            (true, true) if path.len() == 1 => Kind::Assessment,
            (_, true) => Kind::Criteria,
            (false, false) => {
                let all: Vec<String> = [Kind::Assessment, Kind::Criteria].into_iter().flat_map(keys).collect();
                let what = Text::new(format!("两个文件的顶层都没有 `{first}`"), format!("neither file has `{first}` at its top level"));
                return Err(bad(text, 0..first.len(), what).suggest(nearest(first, all.iter().map(String::as_str))));
            }
        };
        Ok(Self { text: text.to_owned(), kind })
    }
}

impl Document {
    /// A file with the overrides of its kind put in; the others are left aside.
    pub fn with_overrides(file: &Arc<SourceFile>, kind: Kind, overrides: &[Override]) -> Self {
        let mut text = file.text.clone();
        let written = text.len();
        let mut changes = Vec::new();
        for flag in overrides.iter().filter(|flag| flag.kind == kind) {
            // A flag that cannot be split is refused by `Override::parse`.
            let Ok((path, value)) = split(&flag.text) else { continue };
            if !text.ends_with('\n') {
                text.push('\n');
            }
            text.push_str("--set ");
            let offset = text.len();
            let shift = |span: &Range<usize>| span.start + offset..span.end + offset;
            let path = path.iter().map(|(name, span)| (name.clone(), shift(span))).collect();
            changes.push(Change { path, value: shift(&value) });
            text.push_str(&flag.text);
        }
        Self { file: SourceFile::new(file.path.clone(), text), written, changes }
    }
}

/// The names of a path, each with its bytes.
type Steps = Vec<(String, Range<usize>)>;

/// One value to put in: spans point into the lines of flags behind the file's text.
#[derive(Debug, Clone)]
pub(super) struct Change {
    path: Steps,
    value: Range<usize>,
}

impl Change {
    /// Puts the value into the parsed file, whose whole text is `file.text`.
    pub(super) fn apply<'i>(&self, root: &mut Spanned<DeValue<'i>>, file: &'i Arc<SourceFile>) -> Result<(), Diagnostic> {
        let Some((name, span)) = self.path.last() else { return Ok(()) };
        let refuse = |span: &Range<usize>, what| Diagnostic::new(&codes::BAD_SETTING, Origin::new(file, span.clone())).with("what", what);
        let mut value = root;
        for (at, (name, span)) in self.path.iter().enumerate() {
            value = match value.get_mut() {
                DeValue::Table(table) => entry(table, name, span, at + 1 == self.path.len()),
                DeValue::Array(list) => {
                    let ids: Vec<String> = list.iter().filter_map(|entry| id(entry.get_ref())).collect();
                    let what = Text::new(format!("列表中没有 `{name}`"), format!("the list has no entry `{name}`"));
                    let none = || refuse(span, what).suggest(nearest(name, ids.iter().map(String::as_str)));
                    element(list, name).ok_or_else(none)?
                }
                _ => {
                    return Err(refuse(
                        span,
                        Text::new(format!("`{name}` 之前的不是表"), format!("what stands before `{name}` is not a table")),
                    ));
                }
            };
        }
        if value.get_ref().is_table() || value.get_ref().is_array() {
            return Err(refuse(span, Text::new(format!("`{name}` 不是单个的值"), format!("`{name}` is not a single value"))));
        }
        let text = file.text.get(self.value.clone()).unwrap_or_default();
        let scalar = scalar(text, value.get_ref().is_str());
        *value = Spanned::new(self.value.clone(), scalar);
        Ok(())
    }

    /// Where the flag's value stands, behind the file's text.
    pub(super) fn start(&self) -> usize {
        self.value.start
    }
}

/// The value beside a key, made where there is none: a table on the way, a value at the end.
fn entry<'t, 'i>(table: &'t mut DeTable<'i>, name: &str, span: &Range<usize>, is_last: bool) -> &'t mut Spanned<DeValue<'i>> {
    let new = if is_last { DeValue::Boolean(false) } else { DeValue::Table(DeTable::new()) };
    table.entry(Spanned::new(span.clone(), DeString::Owned(name.to_owned()))).or_insert_with(|| Spanned::new(span.clone(), new))
}

/// The entry of a list with this id, or else with this number, counted from 1.
fn element<'t, 'i>(list: &'t mut DeArray<'i>, name: &str) -> Option<&'t mut Spanned<DeValue<'i>>> {
    let by_number = || name.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let at = list.iter().position(|entry| id(entry.get_ref()).as_deref() == Some(name)).or_else(by_number)?;
    list.get_mut(at)
}

/// The id of an entry of a list.
fn id(entry: &DeValue<'_>) -> Option<String> {
    entry.get("id").and_then(|id| id.get_ref().as_str()).map(str::to_owned)
}

/// The value as TOML would read it. What is no TOML value, or replaces a text, is a text.
fn scalar(text: &str, replaces_text: bool) -> DeValue<'_> {
    let (value, errors) = DeValue::parse_recoverable(text);
    let value = value.into_inner();
    let is_text = !errors.is_empty() || replaces_text && !value.is_str();
    if is_text { DeValue::String(DeString::Borrowed(text)) } else { value }
}

/// The path of a flag and the bytes of its value.
fn split(text: &str) -> Result<(Steps, Range<usize>), Diagnostic> {
    let mut steps = Steps::new();
    let mut start = 0;
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, '.' | '=') => {
                let name = text.get(start..at).unwrap_or_default().trim();
                let bare = name.trim_matches(['"', '\'']);
                if bare.is_empty() {
                    return Err(bad(text, start..at, Text::new("路径中有空的一级", "a step of the path is empty")));
                }
                steps.push((bare.to_owned(), start..at));
                start = at + c.len_utf8();
                if c == '=' {
                    let value = text.get(start..).unwrap_or_default();
                    let start = text.len() - value.trim_start().len();
                    return Ok((steps, start..start + value.trim().len()));
                }
            }
            _ => {}
        }
    }
    Err(bad(text, 0..text.len(), Text::new("缺少 =", "there is no =")))
}

/// A flag that cannot be understood.
fn bad(text: &str, span: Range<usize>, what: Text) -> Diagnostic {
    let file = SourceFile::new("--set", text);
    Diagnostic::new(&codes::BAD_SETTING, Origin::new(&file, span)).with("what", what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::{AssessmentFile, CriteriaFile};
    use crate::text::Lang;

    const CRITERIA: &str = "[criteria]\nid = \"x\"\ntitle = \"X\"\n[policy]\nmin_completeness = 0.8\n[[dimension]]\nid = \"a\"\nname = \"A\"\n\
        [[dimension]]\nid = \"b\"\nname = \"B\"\n[[dimension.criterion]]\nid = \"2.1\"\nscore.linear = { zero = 1, full = 2 }\n";

    fn criteria(flags: &[&str]) -> (Option<CriteriaFile>, String) {
        let flags: Vec<Override> = flags.iter().filter_map(|flag| Override::parse(flag).ok()).collect();
        let (content, found) = Document::with_overrides(&SourceFile::new("c.toml", CRITERIA), Kind::Criteria, &flags).read();
        (content, found.iter().map(|one| one.render(Lang::En)).collect())
    }

    #[test]
    fn a_value_is_replaced_and_one_that_was_absent_is_added() {
        let (content, errors) = criteria(&["policy.min_completeness=0.9", "policy.rescale=dimension", "criteria.full_points = 120"]);
        assert_eq!(errors, "");
        let Some(content) = content else { panic!("no content") };
        assert_eq!(content.policy.min_completeness.map(|number| number.value.to_string()), Some("0.9".to_owned()));
        assert_eq!(content.policy.rescale, Some(crate::score::criteria::Rescale::Dimension));
        assert_eq!(content.criteria.full_points.map(|number| number.value.to_string()), Some("120".to_owned()));
    }

    #[test]
    fn an_entry_of_a_list_is_named_by_id_or_number() {
        let (content, errors) = criteria(&["dimension.1.points=5", "dimension.b.criterion.\"2.1\".score.linear.full=3"]);
        assert_eq!(errors, "");
        let Some(content) = content else { panic!("no content") };
        let points: Vec<Option<String>> =
            content.dimension.iter().map(|one| one.points.as_ref().map(|number| number.value.to_string())).collect();
        assert_eq!(points, [Some("5".to_owned()), None]);
        let rule = content.dimension.get(1).and_then(|one| one.criterion.first()).map(|one| one.score.value.clone());
        let Some(crate::definition::rule::Rule::Linear(linear)) = rule else { panic!("no linear rule") };
        assert_eq!(linear.full.value.to_string(), "3");
    }

    #[test]
    fn a_number_serves_where_a_text_belongs() {
        let text = "title = \"T\"\nperiod = \"2024\"\ncriteria = \"c.toml\"\n[organisations]\npath = \"o.csv\"\n";
        let flags: Vec<Override> =
            ["period=2025", "baseline=2024", "criteria=d.toml"].iter().filter_map(|flag| Override::parse(flag).ok()).collect();
        let document = Document::with_overrides(&SourceFile::new("a.toml", text), Kind::Assessment, &flags);
        let (content, found) = document.read::<AssessmentFile>();
        assert_eq!(found, []);
        let Some(content) = content else { panic!("no content") };
        assert_eq!(content.period.value, "2025");
        assert_eq!(content.baseline.map(|words| words.value), Some("2024".to_owned()));
        assert_eq!(content.criteria.value, "d.toml");
        let (line, column) = content.criteria.origin(&document.file).line_and_column();
        assert_eq!((line, column), (8, 16), "--set criteria=d.toml");
    }

    #[test]
    fn a_misspelt_name_is_shown_in_the_flag() {
        let (_, errors) = criteria(&["policy.min_completness=0.9"]);
        assert_eq!(
            errors,
            "error[definition/unknown-key]: A table must hold only the keys defined for it.\n  --> c.toml:15:14\n   |\n15 | --set \
             policy.min_completness=0.9\n   |              ^^^^^^^^^^^^^^^ `min_completness` is not a key of this table\n   = help: Correct \
             the name or delete the line; free content belongs in a [meta] table or in a top-level key that starts with x-.\n   = did \
             you mean `min_completeness`?\n"
        );
    }

    #[test]
    fn flags_that_name_no_single_value_are_refused() {
        let said = |flag: &str| match Override::parse(flag) {
            Ok(_) => criteria(&[flag]).1,
            Err(refused) => refused.render(Lang::En),
        };
        let message =
            |flag: &str| said(flag).lines().nth(4).and_then(|line| line.rsplit_once('^')).map(|(_, message)| message.trim().to_owned());
        assert_eq!(message("policy").as_deref(), Some("there is no ="));
        assert_eq!(message("policy.=1").as_deref(), Some("a step of the path is empty"));
        assert_eq!(message("polcy.rescale=total").as_deref(), Some("neither file has `polcy` at its top level"));
        assert_eq!(message("policy=1").as_deref(), Some("`policy` is not a single value"));
        assert_eq!(message("policy.min_completeness.x=1").as_deref(), Some("what stands before `x` is not a table"));
        assert_eq!(message("dimension.c.points=1").as_deref(), Some("the list has no entry `c`"));
        let zh = Override::parse("polcy.rescale=total").map_err(|refused| refused.render(Lang::Zh));
        assert_eq!(
            zh,
            Err("error[definition/bad-setting]: --set 须写作 键.键=值，并指向评判标准或考核任务中的一个值。\n --> --set:1:1\n  |\n1 | \
                 polcy.rescale=total\n  | ^^^^^ 两个文件的顶层都没有 `polcy`\n   = 办法：例如 --set policy.min_completeness=0.9；\
                 列表中的一项用其 id 或从 1 起的序号指明。\n   = 是否想写 `policy`？\n"
                .to_owned())
        );
    }
}
