//! `[[part]]`: scorings of their own that are finished first, and what the main scheme asks of them (SCHEMES 5, R8).

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::assessment::Assessment;
use crate::assessment::units::UnitNames;
use crate::codes::parts as codes;
use crate::definition::assessment as spec;
use crate::definition::judged::PartRule;
use crate::definition::located::Words;
use crate::definition::rule::Rule as Written;
use crate::definition::{AssessmentFile, CriteriaFile, Located};
use crate::diagnostic::{Diagnostic, Origin, SourceFile};
use crate::formula::{self, ScopeOperands};
use crate::measure::roster::Roster;
use crate::registry::{Registry, canonical_column};
use crate::score::criteria::Criterion;
use crate::score::feed::weight;
use crate::text::{Text, nearest};

/// A scheme to be used: the main one, or that of a part.
pub(super) struct Task {
    /// Id and name of the part; `None` for the main scheme.
    pub(super) id: Option<(String, Text)>,
    /// The registry column that says who is scored.
    pub(super) unit: String,
    /// The organisations that take part.
    pub(super) scope: Option<Words>,
    /// What a part leaves open stands as in the assessment.
    pub(super) written: AssessmentFile,
}

/// The main scheme first, then the parts in the order of the file.
pub(super) fn tasks(written: AssessmentFile, file: &Arc<SourceFile>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Task> {
    let column = |unit: Option<&Words>| unit.map_or_else(|| "code".to_owned(), |unit| canonical_column(&unit.value));
    let main = column(written.unit.as_ref());
    let mut seen = BTreeSet::new();
    let mut tasks = Vec::new();
    for part in &written.part {
        let id = part.id.value.clone();
        let say = |code| Diagnostic::new(code, part.id.origin(file)).with("id", id.clone());
        // The id is the name of a folder of the result.
        if id.is_empty() || !id.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_') {
            diagnostics.push(say(&codes::ID));
        }
        if !seen.insert(id.clone()) {
            diagnostics.push(say(&codes::TWICE));
        }
        let unit = column(part.unit.as_ref().or(written.unit.as_ref()));
        let name = part.title.clone().unwrap_or_else(|| Text::same(&id));
        tasks.push(Task { id: Some((id, name)), scope: part.scope.clone(), written: of_part(&written, part, unit == main), unit });
    }
    tasks.insert(0, Task { id: None, unit: main, scope: None, written });
    tasks
}

/// The assessment that a part is. Units, and targets set for them, are those of the assessment where the same are scored;
/// judgements are always its own: ids of criteria may be those of the main scheme, too.
fn of_part(written: &AssessmentFile, part: &Located<spec::Part>, scores_the_same: bool) -> AssessmentFile {
    let both = |main: &str, own: &str| format!("{main} · {own}");
    let title = Text::new(both(&written.title.zh, &part.id.value), both(&written.title.en, &part.id.value));
    AssessmentFile {
        title: part.title.clone().unwrap_or(title),
        period: part.period.clone().unwrap_or_else(|| written.period.clone()),
        baseline: part.baseline.clone().or_else(|| written.baseline.clone()),
        unit: part.unit.clone().or_else(|| written.unit.clone()),
        unit_level: part.unit_level.or(written.unit_level.filter(|_| scores_the_same)),
        criteria: part.criteria.clone(),
        units: part.units.clone().or_else(|| written.units.clone().filter(|_| scores_the_same)),
        targets: part.targets.clone().or_else(|| written.targets.clone().filter(|_| scores_the_same)),
        judgements: part.judgements.clone(),
        part: Vec::new(),
        ..written.clone()
    }
}

/// Keeps the organisations that take part.
pub(super) fn keep(
    scope: &Words,
    file: &Arc<SourceFile>,
    names: UnitNames,
    (registry, unit): (&Registry, &str),
    roster: &mut Roster,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (condition, mut found) = formula::read_scope(&scope.value, &scope.origin(file), &names, ScopeOperands::Attributes);
    diagnostics.append(&mut found);
    if let Some(condition) = condition {
        roster.keep(registry, unit, &condition);
    }
}

/// Whether every part that the main scheme names is there, and every part that is there is named; whether every unit has the
/// weight it is weighted by.
pub(super) fn check(
    (content, file): (&CriteriaFile, &Arc<SourceFile>),
    main: &Assessment,
    (tasks, assessment): (&[Task], &Arc<SourceFile>),
    diagnostics: &mut Vec<Diagnostic>,
) {
    let criteria = content.dimension.iter().flat_map(|dimension| &dimension.criterion);
    let written = criteria.flat_map(|criterion| std::iter::once(&criterion.score).chain(criterion.case.iter().map(|case| &case.score)));
    let mut rules = Vec::new();
    let mut empty = Vec::new();
    for rule in written {
        let mut found = Vec::new();
        part_rules(&rule.value, &mut found);
        if found.iter().any(|rule| rule.of.is_empty()) {
            empty.push(rule.span.clone());
        }
        rules.append(&mut found);
    }
    for rule in &rules {
        check_rule(rule, file, main, diagnostics);
    }
    for span in empty {
        let found = Text::new("of 是空的", "`of` is empty");
        diagnostics.push(Diagnostic::new(&codes::NAMED, Origin::new(file, span)).with("found", found));
    }
    for (at, (part, task)) in main.parts.iter().zip(tasks.iter().skip(1)).enumerate() {
        check_part(at, main, (tasks, assessment), diagnostics);
        if !rules.iter().any(|rule| rule.of.iter().any(|id| id.value == part.id)) {
            let origin = task.written.criteria.origin(assessment);
            diagnostics.push(Diagnostic::new(&codes::UNUSED, origin).with("id", part.id.clone()));
        }
    }
}

/// Whether a rule names each of its parts once, and each is there; whether their units have the weight.
fn check_rule(rule: &PartRule, file: &Arc<SourceFile>, main: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    for (at, id) in rule.of.iter().enumerate() {
        if rule.of.iter().take(at).any(|other| other.value == id.value) {
            let found = Text::new(format!("“{}”写了两次", id.value), format!("`{}` is named twice", id.value));
            diagnostics.push(Diagnostic::new(&codes::NAMED, id.origin(file)).with("found", found));
        }
    }
    for id in rule.of.iter().filter(|id| !main.parts.iter().any(|part| part.id == id.value)) {
        let near = nearest(&id.value, main.parts.iter().map(|part| part.id.as_str()));
        diagnostics.push(Diagnostic::new(&codes::UNKNOWN, id.origin(file)).with("id", id.value.clone()).suggest(near));
    }
    if let Some(by) = &rule.weight {
        let named = |part: &&crate::assessment::Part| rule.of.iter().any(|id| id.value == part.id);
        for part in main.parts.iter().filter(named) {
            check_weight(by, by.origin(file), part, diagnostics);
        }
    }
}

/// Whether a part has no parts itself, lies inside the assessed window, and is not another one again.
fn check_part(at: usize, main: &Assessment, (tasks, file): (&[Task], &Arc<SourceFile>), diagnostics: &mut Vec<Diagnostic>) {
    let (part, task) = (&main.parts[at], &tasks[at + 1]);
    let say = |code, at: &Words| Diagnostic::new(code, at.origin(file)).with("id", part.id.clone());
    let criteria = &task.written.criteria;
    if part.assessment.criteria.criteria.iter().flat_map(Criterion::rules).any(|rule| !rule.part_rules().is_empty()) {
        diagnostics.push(say(&codes::NESTED, criteria));
    }
    let assessed = main.roster.windows.assessed;
    let window = part.assessment.roster.windows.assessed;
    if !assessed.contains(window) {
        let diagnostic = say(&codes::OUTSIDE, &task.written.period).with("period", window.to_string());
        diagnostics.push(diagnostic.with("assessed", assessed.to_string()));
    }
    let looks_at = |index: usize, task: &Task| {
        (main.parts[index].assessment.roster.windows, task.unit.clone(), task.scope.clone(), task.written.criteria.value.clone())
    };
    let twin = (0..at).find(|other| looks_at(*other, &tasks[other + 1]) == looks_at(at, task));
    if let Some(other) = twin {
        diagnostics.push(say(&codes::SAME, criteria).with("other", main.parts[other].id.clone()));
    }
}

/// The rules on parts inside a rule, at any depth.
fn part_rules<'a>(rule: &'a Written, found: &mut Vec<&'a PartRule>) {
    match rule {
        Written::Part(rule) => found.push(rule),
        Written::Mix(parts) => parts.iter().for_each(|part| part_rules(&part.score.value, found)),
        Written::BestOf(rules) => rules.iter().for_each(|rule| part_rules(&rule.value, found)),
        _ => {}
    }
}

fn check_weight(by: &Words, origin: Origin, part: &crate::assessment::Part, diagnostics: &mut Vec<Diagnostic>) {
    let attributes = || part.assessment.roster.units.iter().flat_map(|unit| unit.attributes.keys().map(String::as_str));
    if !attributes().any(|name| name == canonical_column(&by.value)) {
        let diagnostic = Diagnostic::new(&codes::NO_WEIGHT_COLUMN, origin).with("name", by.value.clone());
        diagnostics.push(diagnostic.with("part", part.id.clone()).suggest(nearest(&by.value, attributes())));
        return;
    }
    for unit in part.assessment.roster.units.iter().filter(|unit| weight(unit, &by.value).is_none()) {
        let written = unit.attributes.get(&canonical_column(&by.value)).cloned().flatten().unwrap_or_default();
        let diagnostic = Diagnostic::new(&codes::WEIGHT, origin.clone()).with("unit", unit.name.clone()).with("name", by.value.clone());
        diagnostics.push(diagnostic.with("value", written));
    }
}
