//! Verdicts (定性结论): statements that follow from grades of criteria, never from points (SEMANTICS R7).

use std::collections::BTreeMap;

use crate::score::criterion::Scored;
use crate::score::phrases;
use crate::scorebook::{Reached, Stated};
use crate::state::State;
use crate::text::{Said, Text, list};

/// A verdict as resolved.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Its id.
    pub id: String,
    /// What is stated where it is reached.
    pub name: Text,
    /// What is stated otherwise.
    pub otherwise: Text,
    /// Indices of the criteria whose grades count.
    pub among: Vec<usize>,
    /// Grades that none of them may have.
    pub none: Vec<String>,
    /// For a grade, how many of them must have it or a better one.
    pub at_least: BTreeMap<String, u32>,
    /// For every criterion of `among`, its grades from the best down.
    pub grades: Vec<Vec<String>>,
}

impl Statement {
    /// The verdict on a unit whose scores stand parallel to the criteria. What does not apply is left out; nothing is
    /// stated of a unit to which none of the criteria applies.
    pub fn of(&self, scores: &[Scored]) -> Option<Stated> {
        let held: Vec<(&Scored, &[String])> =
            self.among.iter().zip(&self.grades).map(|(at, grades)| (&scores[*at], grades.as_slice())).collect();
        let applies = |scored: &Scored| !matches!(scored.score.state, State::NotApplicable | State::ZeroDenominator | State::TooSmall);
        let held: Vec<_> = held.into_iter().filter(|(scored, _)| applies(scored)).collect();
        if held.is_empty() {
            return None;
        }
        let is_open = |scored: &Scored| matches!(scored.score.state, State::Missing | State::Incomplete | State::Rejected);
        let open = held.iter().filter(|(scored, _)| scored.grade.is_none() && is_open(scored)).count();
        let grade = |scored: &Scored| scored.grade.clone().unwrap_or_default();
        let excluded = held.iter().filter(|(scored, _)| self.none.contains(&grade(scored))).count();
        let mut reasons = Vec::new();
        // With what is still open a verdict may yet be reached, or fail.
        let (mut may_be, mut is) = (excluded == 0, excluded == 0 && (open == 0 || self.none.is_empty()));
        if !self.none.is_empty() {
            let names = list(&self.none.iter().map(Text::same).collect::<Vec<_>>());
            reasons.push(Said::new(&phrases::VERDICT_NONE).with("grades", names).with("count", excluded.to_string()));
        }
        for (wanted, needed) in &self.at_least {
            let rank = |grades: &[String], grade: &str| grades.iter().position(|known| known == grade);
            let counts = |(scored, grades): &&(&Scored, &[String])| {
                rank(grades, &grade(scored)).zip(rank(grades, wanted)).is_some_and(|(own, least)| own <= least)
            };
            let (found, needed) = (held.iter().filter(counts).count(), *needed as usize);
            is &= found >= needed;
            may_be &= found + open >= needed;
            let said = Said::new(&phrases::VERDICT_COUNT).with("grade", wanted.as_str()).with("count", found.to_string());
            reasons.push(said.with("needed", needed.to_string()));
        }
        if open > 0 {
            reasons.push(Said::new(&phrases::VERDICT_OPEN).with("count", open.to_string()));
        }
        let reached = match (is, may_be) {
            (true, _) => Reached::Yes,
            (false, true) if open > 0 => Reached::Open,
            _ => Reached::No,
        };
        let states = match reached {
            Reached::Yes => self.name.clone(),
            Reached::No => self.otherwise.clone(),
            Reached::Open => Text::new("待定", "open"),
        };
        Some(Stated { id: self.id.clone(), reached, states, reason: reasons })
    }
}
