//! Judged criteria: from the rows of a judgements file to points (SEMANTICS P12–P14).

use crate::number::Exact;
use crate::score::criteria::{Criterion, EvidenceNeed, Rule};
use crate::score::criterion::{Context, Result, Scored};
use crate::score::deduction::{Counted, Deduction, DeductionKind};
use crate::score::judgement::{JudgedValue, Judgement, Stage, yes_or_no};
use crate::score::kernel::{Answer, Panel, Verdict, read_date};
use crate::score::phrases;
use crate::scorebook::JudgementShown;
use crate::state::State;
use crate::text::{Said, Text, list};

/// A judged criterion takes its value from the last stage at which somebody judged; whoever stands aside
/// leaves it to the others [P12].
pub(super) fn judge(scored: &mut Scored, criterion: &Criterion, context: Context) -> Result {
    scored.score.judged = shown_rows(criterion, context);
    let given = given(&criterion.id, "", context);
    let last = given.iter().map(|row| row.stage).max();
    let deciding: Vec<&Judgement> = given.iter().copied().filter(|row| Some(row.stage) == last).collect();
    let result = match &criterion.rule {
        Rule::Panel(panel) => of_panel(panel, &deciding, scored, criterion, context),
        _ => deciding.last().and_then(|row| of_one(row, scored, criterion, context)),
    };
    let Some(mut result) = result else { return outstanding(scored, criterion) };
    let has_others = scored.score.judged.len() > 1 && !matches!(criterion.rule, Rule::Panel(_));
    if let (Result::Points(verdict), Some(stage)) = (&mut result, last)
        && (stage != Stage::Review || has_others)
    {
        verdict.reason.push(Said::new(&phrases::STAGE).with("stage", stage_word(stage)));
    }
    result
}

/// Nobody has judged it: missing, and the unit is provisional [S4].
pub(super) fn outstanding(scored: &mut Scored, criterion: &Criterion) -> Result {
    scored.provisional = Some(Said::new(&phrases::PROVISIONAL_JUDGEMENT).with("criterion", criterion.name.clone()));
    Result::State(State::Missing, vec![Said::new(&phrases::NOT_JUDGED)])
}

/// The judgement of one part that scores: the last one of the last stage.
pub(super) fn deciding<'a>(id: &str, part: &str, context: Context<'a>) -> Option<&'a Judgement> {
    given(id, part, context).into_iter().next_back()
}

/// The judgements of one part, by stage and line; those who stand aside are left out.
fn given<'a>(id: &str, part: &str, context: Context<'a>) -> Vec<&'a Judgement> {
    let of_part = |row: &&Judgement| row.criterion == id && row.part == part && row.value != JudgedValue::Recused;
    let mut rows: Vec<&Judgement> = context.judgements.iter().copied().filter(of_part).collect();
    rows.sort_by_key(|row| (row.stage, row.row));
    rows
}

/// All judgements of a criterion as the scorebook shows them, by part, stage, judge and line.
pub(super) fn shown_rows(criterion: &Criterion, context: Context) -> Vec<JudgementShown> {
    let mut rows: Vec<&Judgement> = context.judgements.iter().copied().filter(|row| row.criterion == criterion.id).collect();
    rows.sort_by_key(|row| (row.part.as_str(), row.stage, row.judge.as_str(), row.row));
    rows.into_iter().map(shown).collect()
}

/// What one judge gave; `None` for a text that the rule does not know.
fn of_one(row: &Judgement, scored: &mut Scored, criterion: &Criterion, context: Context) -> Option<Result> {
    scored.score.shown = Some(Text::same(written(&row.value)));
    if lacks_evidence(&[row], context) {
        return Some(Result::Points(without_evidence()));
    }
    match &row.value {
        JudgedValue::NotApplicable => Some(not_applicable()),
        JudgedValue::NoEvidence => Some(Result::Points(without_evidence())),
        JudgedValue::Recused => None,
        JudgedValue::Given(text) => read(&criterion.rule, text, &criterion.points).map(Result::Points),
    }
}

/// What several experts gave. One who found no evidence gives 0; one for whom it does not apply is left out.
fn of_panel(panel: &Panel, rows: &[&Judgement], scored: &mut Scored, criterion: &Criterion, context: Context) -> Option<Result> {
    let mut rows = rows.to_vec();
    rows.sort_by(|one, other| one.judge.cmp(&other.judge));
    let rows = rows.as_slice();
    let values: Vec<Text> = rows.iter().map(|row| Text::same(written(&row.value))).collect();
    scored.score.shown = (!values.is_empty()).then(|| list(&values));
    if !rows.is_empty() && rows.iter().all(|row| row.value == JudgedValue::NotApplicable) {
        return Some(not_applicable());
    }
    if lacks_evidence(rows, context) {
        return Some(Result::Points(without_evidence()));
    }
    let points = |row: &&Judgement| match &row.value {
        JudgedValue::Given(text) => text.trim().parse::<Exact>().ok(),
        JudgedValue::NoEvidence => Some(Exact::zero()),
        JudgedValue::NotApplicable | JudgedValue::Recused => None,
    };
    let mut verdict = panel.score(&rows.iter().filter_map(points).collect::<Vec<_>>(), &criterion.points)?;
    let aside = context.judgements.iter().filter(|row| row.criterion == criterion.id && row.value == JudgedValue::Recused).count();
    if aside > 0 {
        verdict.reason.insert(0, Said::new(&phrases::RECUSED).with("count", aside.to_string()));
    }
    Some(Result::Points(verdict))
}

/// Written evidence is asked for, something was given, and nobody names any.
pub(super) fn lacks_evidence(rows: &[&Judgement], context: Context) -> bool {
    let given = rows.iter().any(|row| matches!(row.value, JudgedValue::Given(_)));
    context.policy.evidence == EvidenceNeed::Required && given && rows.iter().all(|row| row.evidence.is_empty())
}

pub(super) fn without_evidence() -> Verdict {
    Verdict { points: Exact::zero(), grade: None, reason: vec![Said::new(&phrases::NO_EVIDENCE)] }
}

fn not_applicable() -> Result {
    Result::State(State::NotApplicable, vec![Said::new(&phrases::JUDGED_NOT_APPLICABLE)])
}

/// Reads a judgement by its rule; `None` for a text the rule does not know. An expert's points are read as
/// if he were alone.
pub fn read(rule: &Rule, text: &str, full: &Exact) -> Option<Verdict> {
    let text = text.trim();
    match rule {
        Rule::Graded { scale, .. } => scale.iter().find(|grade| grade.id == text).map(|grade| grade.score(full)),
        Rule::Met => yes_or_no(text).map(|yes| if yes { Answer::Yes } else { Answer::No }.score(full)),
        Rule::Evidence(rule) => text.parse().ok().map(|count| rule.score(count, full)),
        Rule::Points(rule) => text.parse::<Exact>().ok().filter(|points| rule.admits(points, full)).map(|points| rule.score(&points, full)),
        Rule::ByDate(rule) => read_date(text).map(|date| rule.score(date, full)),
        Rule::Panel(rule) => {
            let given = text.parse::<Exact>().ok().filter(|given| rule.admits(given, full))?;
            Panel { experts_at_least: 1, ..rule.clone() }.score(&[given], full)
        }
        _ => None,
    }
}

/// Whether a text is a judgement of this part of a list of deductions; `None` for a part that it does not have.
pub fn admits(list: &[Deduction], part: &str, text: &str) -> Option<bool> {
    let text = text.trim();
    list.iter().find_map(|entry| match &entry.kind {
        DeductionKind::Each { of: Counted::Judged(name), .. } if name == part => {
            Some(text.parse::<Exact>().is_ok_and(|count| !count.is_negative()))
        }
        DeductionKind::Absent { of, .. } if of.iter().any(|name| name == part) => Some(yes_or_no(text).is_some()),
        DeductionKind::Discretion { part: name, rule } if name == part => Some(text.parse().is_ok_and(|taken| rule.lost(&taken).is_some())),
        _ => None,
    })
}

fn written(value: &JudgedValue) -> &str {
    match value {
        JudgedValue::Given(text) => text.trim(),
        JudgedValue::NotApplicable => "not-applicable",
        JudgedValue::NoEvidence => "no-evidence",
        JudgedValue::Recused => "recused",
    }
}

fn shown(row: &Judgement) -> JudgementShown {
    let note = [row.evidence.as_str(), row.reason.as_str()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ");
    let value = written(&row.value);
    let value = if row.part.is_empty() { value.to_owned() } else { format!("{} {value}", row.part) };
    JudgementShown { stage: row.stage.id(), value, judge: row.judge.clone(), note }
}

fn stage_word(stage: Stage) -> Text {
    match stage {
        Stage::SelfAssessed => Text::new("自评", "self-assessment"),
        Stage::Review => Text::new("复核", "review"),
        Stage::Appeal => Text::new("申诉", "appeal"),
    }
}
