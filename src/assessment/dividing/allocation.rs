//! An allocation file and its tables → what is paid out, and how.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::assessment::dividing::desk::Desk;
use crate::assessment::dividing::members::{self, Keys, Members};
use crate::assessment::dividing::work;
use crate::codes::{input as input_codes, pay as codes};
use crate::definition::AllocationFile;
use crate::definition::allocation::{self as spec, PoolRule};
use crate::definition::located::{Entries, Located, Number, Words};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::number::Exact;
use crate::pay::{CoefficientRule, Kind, Part, Plan, Pool, Scores, Source, Weight, cents};
use crate::scorebook::{Input, Provenance};
use crate::text::{Lang, Text, normalise};

/// The name of the file in a folder.
pub const FILE: &str = "allocation.toml";

/// A plan with what it was made from.
#[derive(Debug)]
pub struct Loaded {
    /// What is paid out.
    pub plan: Plan,
    /// Language of written files.
    pub lang: Option<Lang>,
    /// The files read, the result first.
    pub provenance: Provenance,
}

/// Whether totals must be final.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Totals {
    /// Every unit has a final total.
    Final,
    /// A trial: provisional totals are taken, and units without one are left out.
    Provisional,
}

/// Reads everything. `scores` are of the result that `input` names.
pub fn load(path: &Path, scores: Scores, input: Input, totals: Totals) -> (Option<Loaded>, Vec<Diagnostic>) {
    let mut desk = Desk::default();
    desk.diagnostics.extend(doubts(&scores, totals));
    let is_trial = !desk.diagnostics.is_empty();
    let loaded = read(&mut desk, path, scores);
    let loaded = loaded.map(|(plan, lang)| {
        let plan = Plan { is_trial, ..plan };
        let Provenance { inputs, .. } = desk.provenance();
        let options = if totals == Totals::Provisional { vec![("provisional".to_owned(), "true".to_owned())] } else { Vec::new() };
        let provenance = Provenance { inputs: std::iter::once(input).chain(inputs).collect(), options, ..Provenance::default() };
        Loaded { plan, lang, provenance }
    });
    desk.close(loaded)
}

/// Totals that are not final, or not there.
fn doubts(scores: &Scores, totals: Totals) -> Vec<Diagnostic> {
    let about = |code, name: &Text| Diagnostic::new(code, None).with("unit", name.clone());
    let doubt = |unit: &crate::pay::Scored| match (&unit.total, totals) {
        (None, Totals::Final) => Some(about(&codes::NO_TOTAL, &unit.name)),
        (None, Totals::Provisional) => Some(about(&codes::LEFT_OUT, &unit.name)),
        (Some(_), Totals::Final) if unit.is_provisional => Some(about(&codes::PROVISIONAL, &unit.name)),
        (Some(total), Totals::Provisional) if unit.is_provisional => {
            Some(about(&codes::TAKEN, &unit.name).with("total", total.fixed(scores.points_decimals)))
        }
        _ => None,
    };
    scores.units.iter().filter_map(doubt).collect()
}

fn read(desk: &mut Desk, path: &Path, scores: Scores) -> Option<(Plan, Option<Lang>)> {
    let (written, file): (AllocationFile, _) = desk.definition(path, FILE)?;
    let rule = coefficients(desk, &written.coefficient, &file);
    let keys = Keys::new(scores.units.iter().map(|unit| (unit.key.clone(), unit.name.zh.clone())).collect());
    let sheet = written.units.as_ref().map(|table| desk.sheet(table, &file, "units", members::NAMES));
    let members = sheet.map(|sheet| sheet.map(|sheet| Members::of_units(keys.clone(), sheet, &mut desk.diagnostics)));
    if let Some(Some(members)) = &members {
        for name in members.without_row() {
            desk.diagnostics.push(Diagnostic::new(&codes::NO_ROW, None).with("unit", name));
        }
    }
    let work = work::read(desk, &written, &file, &keys, scores.period);
    let members = members.map_or(Some(None), |members| members.map(Some))?;
    let mut reader = Reader { desk, file: &file, members: members.as_ref(), units: scores.units.len(), has_work: written.work.is_some() };
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    let mut pools = Vec::new();
    for pool in &written.pool {
        if let Some(other) = lines.insert(normalise(&pool.id.value), pool.id.origin(&file).line_and_column().0) {
            let diagnostic = Diagnostic::new(&input_codes::TWICE, pool.id.origin(&file)).with("what", pool.id.value.clone());
            reader.desk.diagnostics.push(diagnostic.with("other", other.to_string()));
        }
        pools.extend(reader.pool(pool));
    }
    let plan = Plan { title: written.title.clone(), scores, is_trial: false, rule, pools, work: work? };
    Some((plan, written.lang))
}

fn coefficients(desk: &mut Desk, written: &spec::Coefficient, file: &Arc<SourceFile>) -> CoefficientRule {
    let what = || Text::new("系数", "a coefficient");
    match written {
        spec::Coefficient::ShareOfFull => CoefficientRule::ShareOfFull,
        spec::Coefficient::Grades(grades) => {
            let all = grades.iter().filter_map(|(name, value)| Some((name.value.clone(), desk.not_negative(value, file, what())?)));
            CoefficientRule::Grades(all.collect())
        }
        spec::Coefficient::Bands(bands) => {
            for pair in bands.windows(2) {
                if let [before, this] = pair
                    && this.at_least.value >= before.at_least.value
                {
                    let diagnostic = Diagnostic::new(&codes::BANDS, this.at_least.origin(file)).with("this", this.at_least.to_string());
                    desk.diagnostics.push(diagnostic.with("before", before.at_least.to_string()));
                }
            }
            let all =
                bands.iter().filter_map(|band| Some((band.at_least.value.clone(), desk.not_negative(&band.coefficient, file, what())?)));
            CoefficientRule::Bands(all.collect())
        }
    }
}

struct Reader<'a> {
    desk: &'a mut Desk,
    file: &'a Arc<SourceFile>,
    members: Option<&'a Members>,
    units: usize,
    has_work: bool,
}

impl Reader<'_> {
    fn pool(&mut self, written: &Located<spec::Pool>) -> Option<Pool> {
        self.keys(written);
        let kind = match written.rule {
            PoolRule::Own => Some(Kind::Own(self.parts(written)?, written.remainder.as_ref()?.value)),
            PoolRule::Shared => self.shared(written),
        };
        let least = self.limits(written.at_least.as_ref());
        let most = self.limits(written.at_most.as_ref());
        let limits = least?.into_iter().zip(most?).map(|(least, most)| (least.unwrap_or_default(), most)).collect();
        Some(Pool {
            id: written.id.value.clone(),
            name: written.name.clone().unwrap_or_else(|| Text::same(&written.id.value)),
            kind: kind?,
            limits,
            is_personal: written.to_persons.as_ref().is_some_and(|flag| flag.value),
            origin: written.id.origin(self.file),
        })
    }

    /// What the rule needs is there, and nothing else.
    fn keys(&mut self, written: &spec::Pool) {
        let lacks = |what: &str| Text::new(format!("缺少 {what}"), format!("lacks {what}"));
        let strange = |what: &str| Text::new(format!("不应有 {what}"), format!("has {what}, which is not for its rule"));
        let is_own = written.rule == PoolRule::Own;
        let has_parts = !written.parts.is_empty();
        let by_work = written.by.as_ref().is_some_and(|by| normalise(&by.value) == WORK)
            || written.to_persons.as_ref().is_some_and(|flag| flag.value);
        let has_columns = has_parts || written.at_least.is_some() || written.at_most.is_some();
        let found = [
            (is_own && !has_parts, lacks("`parts`")),
            (is_own && written.remainder.is_none(), lacks("`remainder`")),
            (is_own && written.amount.is_some(), strange("`amount`")),
            (is_own && written.by.is_some(), strange("`by`")),
            (!is_own && written.remainder.is_some(), strange("`remainder`")),
            (!is_own && !has_parts && written.amount.is_none(), lacks("`parts` / `amount`")),
            (!is_own && has_parts && written.amount.is_some(), strange("`parts` + `amount`")),
            (by_work && !self.has_work, lacks("[work]")),
            (has_columns && self.members.is_none(), lacks("[units]")),
        ];
        for (_, what) in found.into_iter().filter(|(is_wrong, _)| *is_wrong) {
            let diagnostic = Diagnostic::new(&codes::POOL, written.id.origin(self.file)).with("pool", written.id.value.clone());
            self.desk.diagnostics.push(diagnostic.with("what", what));
        }
    }

    fn shared(&mut self, written: &spec::Pool) -> Option<Kind> {
        let source = match &written.amount {
            Some(amount) => {
                let yuan = self.desk.not_negative(amount, self.file, "`amount`");
                Source::Amount(self.cents(&yuan?, &written.id)?)
            }
            None => Source::Parts(self.parts(written)?),
        };
        let weight = match &written.by {
            None => Weight::Alike,
            Some(by) if normalise(&by.value) == WORK => Weight::Work,
            Some(by) => Weight::Size(by.value.clone(), self.column(by)?),
        };
        Some(Kind::Shared(source, weight))
    }

    /// The parts of a pool; all units' together must be an amount that can be paid.
    fn parts(&mut self, written: &spec::Pool) -> Option<Vec<Part>> {
        let parts = self.columns(&written.parts)?;
        let sum = parts.iter().fold(Exact::zero(), |sum, part| sum + &part.share * &part.amounts.iter().sum());
        self.cents(&sum, &written.id)?;
        Some(parts)
    }

    fn columns(&mut self, written: &Entries<Number>) -> Option<Vec<Part>> {
        let part = |reader: &mut Self, column: &Words, share: &Number| {
            let what = Text::new(format!("“{}”的份额", column.value), format!("the share of `{}`", column.value));
            let share = reader.desk.not_negative(share, reader.file, what);
            Some(Part { name: column.value.clone(), amounts: reader.column(column)?, share: share? })
        };
        let all: Vec<Option<Part>> = written.iter().map(|(column, share)| part(self, column, share)).collect();
        all.into_iter().collect()
    }

    fn column(&mut self, column: &Words) -> Option<Vec<Exact>> {
        self.members?.sizes(column, self.file, &mut self.desk.diagnostics)
    }

    /// A column of limits in 分; no column is no limit.
    fn limits(&mut self, column: Option<&Words>) -> Option<Vec<Option<i64>>> {
        let Some(column) = column else { return Some(vec![None; self.units]) };
        let yuan = self.members?.limits(column, self.file, &mut self.desk.diagnostics)?;
        yuan.iter().map(|limit| limit.as_ref().map_or(Some(None), |yuan| self.cents(yuan, column).map(Some))).collect()
    }

    fn cents(&mut self, yuan: &Exact, of: &Words) -> Option<i64> {
        let found = cents(yuan);
        if found.is_none() {
            let diagnostic = Diagnostic::new(&codes::TOO_LARGE, of.origin(self.file)).with("pool", of.value.clone());
            self.desk.diagnostics.push(diagnostic.with("value", yuan.to_string()));
        }
        found
    }
}

/// What `by` says for work equivalents.
const WORK: &str = "work";
