//! The judgements files → judgements, each checked against unit, criterion and rule (SCHEMES 7, P12).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::assessment::columns::columns;
use crate::assessment::registry::{cell_origin, line_origin};
use crate::assessment::units::UnitFinder;
use crate::codes::assessment as codes;
use crate::diagnostic::{Diagnostic, Origin, SourceFile};
use crate::intake::table::{Delimiter, Head, Record, Spans, Table};
use crate::measure::roster::{Roster, Unit};
use crate::registry::Registry;
use crate::score::about::About;
use crate::score::criteria::{Criteria, Rule};
use crate::score::judgement::{JudgedValue, Judgement, Stage, yes_or_no};
use crate::text::{Text, list, nearest, normalise};

/// Reads one file.
pub fn resolve(
    file: &Arc<SourceFile>,
    criteria: &Criteria,
    (roster, registry): (&Roster, &Registry),
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Judgement> {
    let place = crate::finding::Place { file: Some(file.path.as_str().into()), ..Default::default() };
    let table = match Table::read(&file.text, Delimiter::Auto, Head::First, place) {
        Ok(table) => table,
        Err(unreadable) => {
            diagnostics.push(unreadable.diagnostic(&file.path));
            return Vec::new();
        }
    };
    let columns = columns((file, &table), canonical, KNOWN, diagnostics);
    for needed in ["unit", "criterion", "value"] {
        if !columns.contains_key(needed) {
            diagnostics.push(Diagnostic::new(&codes::JUDGEMENT_COLUMNS, line_origin(file, 1)).with("column", needed));
            return Vec::new();
        }
    }
    let units = UnitFinder::new(&roster.units);
    let reader = Reader { file, spans: table.spans(), columns, criteria, roster, registry, finder: units };
    let mut judgements = Vec::new();
    let mut faults = Vec::new();
    let mut records = table.records();
    while let Some(record) = records.next(&mut faults) {
        judgements.extend(reader.row(&record, diagnostics));
    }
    super::units::report_faults(file, &table, &faults, diagnostics);
    judgements
}

/// What columns can mean.
const KNOWN: &[&str] = &["unit", "criterion", "part", "value", "judge", "judge_unit", "date", "stage", "evidence", "reason"];

fn canonical(header: &str) -> String {
    let plain = normalise(header);
    let known = match plain.as_str() {
        "考核对象" | "单位" => "unit",
        "标准" | "指标" | "编号" => "criterion",
        "部分" => "part",
        "结果" | "评定结果" | "得分" => "value",
        "评定人" | "专家" => "judge",
        "评定人单位" | "评定单位" | "评定人所在单位" | "专家单位" | "所在单位" | "工作单位" => "judge_unit",
        "日期" => "date",
        "阶段" => "stage",
        "佐证" | "佐证材料" | "证据" => "evidence",
        "理由" | "说明" => "reason",
        _ => return plain,
    };
    known.to_owned()
}

struct Reader<'a> {
    file: &'a Arc<SourceFile>,
    spans: Spans,
    columns: BTreeMap<String, usize>,
    criteria: &'a Criteria,
    roster: &'a Roster,
    registry: &'a Registry,
    finder: UnitFinder,
}

impl Reader<'_> {
    fn cell<'r>(&self, record: &Record<'r>, column: &str) -> &'r str {
        self.columns.get(column).map_or("", |index| record.text(*index).trim())
    }

    /// The cell, for the caret.
    fn origin(&self, record: &Record, column: &str) -> Origin {
        cell_origin(self.file, self.spans, record, self.columns.get(column))
    }

    /// The unit of a key or name.
    fn unit(&self, written: &str) -> Option<&Unit> {
        self.finder.find(written).map(|index| &self.roster.units[index])
    }

    fn row(&self, record: &Record, diagnostics: &mut Vec<Diagnostic>) -> Option<Judgement> {
        let say = |code, column| Diagnostic::new(code, self.origin(record, column));
        let (unit, criterion) = (self.cell(record, "unit"), self.cell(record, "criterion"));
        let known_unit = self.unit(unit);
        if known_unit.is_none() {
            let near = nearest(unit, self.roster.units.iter().map(|unit| unit.key.as_str()));
            diagnostics.push(say(&codes::JUDGEMENT_UNIT, "unit").with("unit", unit).suggest(near));
        }
        let about = self.criteria.abouts().find(|known| known.id() == criterion);
        if about.is_none() {
            let near = nearest(criterion, self.criteria.abouts().map(About::id));
            diagnostics.push(say(&codes::JUDGEMENT_CRITERION, "criterion").with("criterion", criterion).suggest(near));
        }
        let stage = self.stage(record, diagnostics);
        let (known_unit, about, stage) = (known_unit?, about?, stage?);
        let written = self.cell(record, "value");
        if written.is_empty() {
            return None;
        }
        let value = JudgedValue::read(written).unwrap_or_else(|| JudgedValue::Given(written.to_owned()));
        let part = self.cell(record, "part");
        let given = if let JudgedValue::Given(text) = &value { text.as_str() } else { "0" };
        let Some(is_admitted) = about.admits(known_unit, part, given) else {
            let diagnostic = say(&codes::JUDGEMENT_PART, "part").with("part", part).with("criterion", about.name().clone());
            diagnostics.push(diagnostic.suggest(nearest(part, about.parts())));
            return None;
        };
        if let (JudgedValue::Given(text), false) = (&value, is_admitted) {
            let diagnostic = say(&codes::JUDGEMENT_VALUE, "value").with("value", text.clone()).with("criterion", about.name().clone());
            diagnostics.push(diagnostic.suggest(about.grades(known_unit)));
            return None;
        }
        let evidence = self.cell(record, "evidence");
        if let (About::Veto(veto), true) = (about, yes_or_no(given) == Some(true) && evidence.is_empty()) {
            let column = if self.columns.contains_key("evidence") { "evidence" } else { "value" };
            diagnostics.push(say(&codes::VETO_EVIDENCE, column).with("veto", veto.name.clone()).with("unit", known_unit.key.clone()));
        }
        // The one part of a penalty need not be named.
        let part = if let About::Penalty(_, name) = about { name } else { part };
        let judge_unit = self.cell(record, "judge_unit");
        let may_judge = value == JudgedValue::Recused || stage == Stage::SelfAssessed;
        match self.belongs(judge_unit, known_unit) {
            Some(true) if !may_judge => {
                let diagnostic = say(&codes::JUDGEMENT_OWN, "judge_unit").with("judge", self.cell(record, "judge"));
                diagnostics.push(diagnostic.with("unit", known_unit.key.clone()));
            }
            // Most judges are of nobody's institution; what may be short for one is asked about.
            None => {
                let names = self.registry.organisations().iter().map(|organisation| organisation.name.as_str());
                let near: Vec<&str> = names.filter(|name| is_short_for(judge_unit, name)).collect();
                if !near.is_empty() {
                    diagnostics.push(say(&codes::JUDGE_UNIT, "judge_unit").with("written", judge_unit).suggest(near));
                }
            }
            Some(_) => {}
        }
        Some(Judgement {
            unit: known_unit.key.to_string(),
            criterion: about.id().to_owned(),
            part: part.to_owned(),
            value,
            judge: self.cell(record, "judge").to_owned(),
            stage,
            evidence: evidence.to_owned(),
            reason: self.cell(record, "reason").to_owned(),
            file: self.file.path.clone(),
            row: record.line,
        })
    }

    /// Whether whom a judge works for is the unit, or one of its members; `None` where nobody is called so.
    fn belongs(&self, written: &str, unit: &Unit) -> Option<bool> {
        if written.is_empty() {
            return Some(false);
        }
        let as_unit = self.unit(written).map(|own| own.key == unit.key);
        let as_member = self.registry.find(written).map(|organisation| {
            let of_unit = self.finder.find(&unit.key).map_or(&[][..], |index| self.roster.members_of(index));
            of_unit.iter().any(|member| member.organisation == organisation)
        });
        match (as_unit, as_member) {
            (None, None) => None,
            (as_unit, as_member) => Some(as_unit == Some(true) || as_member == Some(true)),
        }
    }

    fn stage(&self, record: &Record, diagnostics: &mut Vec<Diagnostic>) -> Option<Stage> {
        let written = self.cell(record, "stage");
        let stage = match normalise(written).as_str() {
            "self" | "自评" => Some(Stage::SelfAssessed),
            "" | "review" | "复核" | "评审" => Some(Stage::Review),
            "appeal" | "申诉" => Some(Stage::Appeal),
            _ => None,
        };
        if stage.is_none() {
            diagnostics.push(Diagnostic::new(&codes::JUDGEMENT_STAGE, self.origin(record, "stage")).with("stage", written));
        }
        stage
    }
}

/// Whether all characters of a word stand in a name, in their order: 西院 in 西医院.
fn is_short_for(word: &str, name: &str) -> bool {
    let mut rest = name.chars();
    word.chars().count() > 1 && word.chars().all(|wanted| rest.any(|one| one == wanted))
}

/// How many of those nobody reviewed are named.
const SHOWN: usize = 3;

/// What only the judged themselves have judged: it scores, as the last stage there is [P12], and that is said.
pub fn check_reviewed(judgements: &[Judgement], files: &BTreeMap<String, Arc<SourceFile>>, diagnostics: &mut Vec<Diagnostic>) {
    let about = |row: &Judgement| (row.unit.clone(), row.criterion.clone(), row.part.clone());
    let reviewed: BTreeSet<_> = judgements.iter().filter(|row| row.stage > Stage::SelfAssessed).map(about).collect();
    let alone: Vec<&Judgement> =
        judgements.iter().filter(|row| row.stage == Stage::SelfAssessed && !reviewed.contains(&about(row))).collect();
    let Some(first) = alone.first() else { return };
    let origin = files.get(&first.file).map(|file| line_origin(file, first.row));
    let mut names: Vec<Text> = alone.iter().take(SHOWN).map(|row| Text::same(format!("{} · {}", row.unit, row.criterion))).collect();
    if alone.len() > SHOWN {
        names.push(Text::same("…"));
    }
    let diagnostic = Diagnostic::new(&codes::SELF_ONLY, origin).with("count", alone.len().to_string());
    diagnostics.push(diagnostic.with("names", list(&names)));
}

/// One value per unit, criterion and stage; of a `panel` one per expert, who may not be nameless then.
pub fn check_twice(
    judgements: &[Judgement],
    criteria: &Criteria,
    files: &BTreeMap<String, Arc<SourceFile>>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let is_panel =
        |id: &str| criteria.criteria.iter().any(|known| known.id == id && known.rules().any(|rule| matches!(rule, Rule::Panel(_))));
    let panels: BTreeSet<&str> = judgements.iter().map(|row| row.criterion.as_str()).filter(|id| is_panel(id)).collect();
    let mut seen: BTreeMap<(&str, &str, &str, Stage, &str), &Judgement> = BTreeMap::new();
    for row in judgements.iter().filter(|row| row.value != JudgedValue::Recused) {
        let panel = panels.contains(row.criterion.as_str());
        let judge = if panel { row.judge.as_str() } else { "" };
        let key = (row.unit.as_str(), row.criterion.as_str(), row.part.as_str(), row.stage, judge);
        let Some(other) = seen.insert(key, row).filter(|other| panel || other.value != row.value) else { continue };
        let origin = files.get(&row.file).map(|file| line_origin(file, row.row));
        let code = if panel { &codes::EXPERT_TWICE } else { &codes::JUDGEMENT_TWICE };
        let diagnostic = Diagnostic::new(code, origin).with("unit", row.unit.clone()).with("criterion", row.criterion.clone());
        let diagnostic = diagnostic.with("stage", row.stage.id()).with("other", other.row.to_string());
        diagnostics.push(if panel { diagnostic.with("judge", row.judge.clone()) } else { diagnostic });
    }
}
