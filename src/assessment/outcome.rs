//! What follows from totals and grades, as written → as meant: verdicts, what grades ask for, joint accountability
//! (SCHEMES 4, 5).

use crate::assessment::criteria::CriteriaResolver;
use crate::assessment::extras::Tree;
use crate::codes::criteria as codes;
use crate::definition::Located;
use crate::definition::criteria as spec;
use crate::definition::located::Number;
use crate::diagnostic::Diagnostic;
use crate::number::Exact;
use crate::score::criteria::{Criterion, GradeCut, Rule, around};
use crate::score::grade::Requires;
use crate::score::joint::Joint;
use crate::score::kernel::{Award, Grade};
use crate::score::statement::Statement;
use crate::text::nearest;

impl CriteriaResolver<'_> {
    /// Grades of totals, from the best down.
    pub(super) fn grades(&self, diagnostics: &mut Vec<Diagnostic>) -> Vec<GradeCut> {
        for pair in self.content.grade.windows(2) {
            if pair[1].at_least.value >= pair[0].at_least.value {
                let diagnostic = self.say(&codes::GRADE_ORDER, &pair[1].at_least.span).with("grade", pair[1].name.clone());
                diagnostics
                    .push(diagnostic.with("points", pair[1].at_least.value.to_string()).with("above", pair[0].at_least.value.to_string()));
            }
        }
        let grade = |grade: &Located<spec::Grade>| GradeCut {
            id: grade.id.value.clone(),
            name: grade.name.clone(),
            at_least: Some(grade.at_least.value.clone()),
            requires: grade.requires.as_ref().map(|requires| self.requires(requires, diagnostics)).unwrap_or_default(),
            quota: grade.quota.as_ref().map(|quota| self.share("quota", &quota.share, diagnostics)),
        };
        self.content.grade.iter().map(grade).collect()
    }

    fn requires(&self, written: &spec::Requires, diagnostics: &mut Vec<Diagnostic>) -> Requires {
        let verdict = written.verdict.as_ref().and_then(|verdict| {
            let found = self.content.verdict.iter().position(|known| known.id.value == verdict.value);
            if found.is_none() {
                let near = nearest(&verdict.value, self.content.verdict.iter().map(|known| known.id.value.as_str()));
                diagnostics.push(self.say(&codes::UNKNOWN_VERDICT, &verdict.span).with("id", verdict.value.clone()).suggest(near));
            }
            found
        });
        let share = written.every_dimension_at_least.as_ref();
        Requires { verdict, every_dimension_at_least: share.map(|share| self.share("every_dimension_at_least", share, diagnostics)) }
    }

    /// A share between 0 and 1.
    pub(super) fn share(&self, field: &str, written: &Number, diagnostics: &mut Vec<Diagnostic>) -> Exact {
        if written.value.is_negative() || written.value > Exact::one() {
            let diagnostic = self.say(&codes::SHARE_OUTSIDE, &written.span).with("field", field);
            diagnostics.push(diagnostic.with("value", written.value.to_string()));
        }
        written.value.clone()
    }

    pub(super) fn joint(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<Joint> {
        let written = self.content.joint.as_ref()?;
        let crate::definition::judged::Combine::Mean = written.combine;
        let share = self.share("share", &written.share, diagnostics);
        Some(Joint { by: self.attribute(&written.by, diagnostics)?, share })
    }

    /// Verdicts on grades of criteria.
    pub(super) fn statements(&self, tree: Tree, diagnostics: &mut Vec<Diagnostic>) -> Vec<Statement> {
        self.content.verdict.iter().filter_map(|written| self.statement(written, tree, diagnostics)).collect()
    }

    fn statement(&self, written: &Located<spec::Verdict>, tree: Tree, diagnostics: &mut Vec<Diagnostic>) -> Option<Statement> {
        let among = self.among(&written.among, tree, diagnostics)?;
        let grades: Vec<Vec<String>> = among.iter().map(|at| grades_of(&tree.criteria[*at])).collect();
        let named = written.none.iter().chain(written.at_least.iter().map(|(grade, _)| grade));
        for grade in named {
            if !grades.iter().any(|known| known.contains(&grade.value)) {
                let known: Vec<&str> = grades.iter().flatten().map(String::as_str).collect();
                let diagnostic = self.say(&codes::UNKNOWN_GRADE, &grade.span).with("grade", grade.value.clone());
                diagnostics.push(diagnostic.suggest(nearest(&grade.value, known)));
            }
        }
        Some(Statement {
            id: written.id.value.clone(),
            name: written.name.clone(),
            otherwise: written.otherwise.clone(),
            among,
            none: written.none.iter().map(|grade| grade.value.clone()).collect(),
            at_least: written.at_least.iter().map(|(grade, count)| (grade.value.clone(), count.value)).collect(),
            grades,
        })
    }

    /// The criteria that a verdict looks at: those of its dimensions that give grades, or those it names, which must.
    fn among(&self, written: &Located<spec::Among>, tree: Tree, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<usize>> {
        let found = match &written.value {
            spec::Among::Criteria(ids) => {
                let found: Option<Vec<usize>> = ids.iter().map(|id| self.criterion_of(id, tree, diagnostics)).collect();
                let found = found?;
                for (at, id) in found.iter().zip(ids).filter(|(at, _)| grades_of(&tree.criteria[**at]).is_empty()) {
                    diagnostics.push(self.say(&codes::VERDICT_UNGRADED, &id.span).with("criterion", tree.criteria[*at].name.clone()));
                }
                found
            }
            spec::Among::Dimensions(ids) => {
                let mut dimensions = Vec::new();
                for id in ids {
                    let index = tree.dimensions.iter().position(|dimension| dimension.id == id.value);
                    if index.is_none() {
                        let near = nearest(&id.value, tree.dimensions.iter().map(|dimension| dimension.id.as_str()));
                        diagnostics.push(self.say(&codes::NO_SUCH_DIMENSION, &id.span).with("id", id.value.clone()).suggest(near));
                    }
                    dimensions.extend(index);
                }
                let is_inside =
                    |criterion: &Criterion| around(tree.dimensions, criterion.dimension).any(|index| dimensions.contains(&index));
                let numbered = tree.criteria.iter().enumerate();
                numbered.filter(|(_, criterion)| is_inside(criterion) && !grades_of(criterion).is_empty()).map(|(at, _)| at).collect()
            }
        };
        if found.is_empty() {
            diagnostics.push(self.say(&codes::VERDICT_EMPTY, &written.span));
            return None;
        }
        Some(found)
    }
}

/// The grades a criterion gives, from the best down: by its rule, else by the first that may replace it.
fn grades_of(criterion: &Criterion) -> Vec<String> {
    criterion.rules().map(grades_by).find(|grades| !grades.is_empty()).unwrap_or_default()
}

fn grades_by(rule: &Rule) -> Vec<String> {
    match rule {
        Rule::Graded { scale, .. } => scale.iter().map(|grade| grade.id.clone()).collect(),
        Rule::Bands(bands) => {
            let grade = |award: &Award| if let Award::Grade(grade) = award { Some(grade.clone()) } else { None };
            let mut grades: Vec<Grade> = bands.bands.iter().filter_map(|band| grade(&band.award)).collect();
            grades.sort_by(|a, b| b.share.cmp(&a.share));
            grades.dedup_by(|a, b| a.id == b.id);
            grades.into_iter().map(|grade| grade.id).collect()
        }
        _ => Vec::new(),
    }
}
