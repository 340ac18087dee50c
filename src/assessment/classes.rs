//! Points of dimensions and criteria: as written, from weights, or by class (SCHEMES 2, 5).

use std::collections::BTreeMap;

use crate::assessment::criteria::CriteriaResolver;
use crate::codes::criteria as codes;
use crate::definition::Located;
use crate::definition::located::Number;
use crate::definition::rule::Rule as Written;
use crate::definition::tree as spec;
use crate::diagnostic::Diagnostic;
use crate::number::Exact;
use crate::score::criteria::{Criterion, Dimension, counted_in, in_total};
use crate::score::sheet::Class;
use crate::text::{Text, nearest};

/// Points of a scheme written by weights: of every dimension, and of every criterion by dimension and place.
#[derive(Debug, Clone, Default)]
pub(super) struct Weighted {
    /// By index of the dimension.
    pub(super) dimensions: Vec<Exact>,
    /// By index of the dimension, in the order of its criteria.
    pub(super) criteria: Vec<Vec<Exact>>,
}

impl Weighted {
    /// No points at all.
    fn none(dimensions: &[Dimension], tree: &[Located<spec::Dimension>]) -> Self {
        Self {
            dimensions: dimensions.iter().map(|_| Exact::zero()).collect(),
            criteria: tree.iter().map(|dimension| dimension.criterion.iter().map(|_| Exact::zero()).collect()).collect(),
        }
    }
}

/// Full points of a scheme in weights that does not state them.
const FULL: i32 = 100;

impl CriteriaResolver<'_> {
    /// What a scheme in weights comes to in points; `None` for one in points.
    pub(super) fn weighted(&self, dimensions: &[Dimension], diagnostics: &mut Vec<Diagnostic>) -> Option<Weighted> {
        let tree = &self.content.dimension;
        let criteria = || tree.iter().flat_map(|dimension| &dimension.criterion);
        let is_weighted = tree.iter().any(|dimension| dimension.weight.is_some()) || criteria().any(|criterion| criterion.weight.is_some());
        if !is_weighted {
            return None;
        }
        let in_points = tree.iter().filter_map(|dimension| dimension.points.as_ref());
        if let Some(points) = in_points.chain(criteria().filter_map(|criterion| criterion.points.as_ref())).next() {
            diagnostics.push(self.say(&codes::WEIGHTS_AND_POINTS, &points.span));
            return Some(Weighted::none(dimensions, tree));
        }
        let full = self.content.criteria.full_points.as_ref().map_or_else(|| Exact::from(FULL), |full| full.value.clone());
        let weight = |written: &Option<Number>| written.as_ref().map_or_else(Exact::zero, |weight| weight.value.clone());
        let mut found = Weighted::default();
        for (dimension, written) in dimensions.iter().zip(tree) {
            let around = dimension.within.map_or(&full, |parent| &found.dimensions[parent]);
            let points = around * &weight(&written.weight);
            found.criteria.push(written.criterion.iter().map(|criterion| &points * &weight(&criterion.weight)).collect());
            found.dimensions.push(points);
        }
        self.check_weights(dimensions, diagnostics);
        Some(found)
    }

    /// What stands side by side has weights that add up to 1; so it is for every class.
    fn check_weights(&self, dimensions: &[Dimension], diagnostics: &mut Vec<Diagnostic>) {
        let tree = &self.content.dimension;
        let mut check = |name: Text, weights: Vec<&Option<Number>>, fallback: &std::ops::Range<usize>| {
            let span = weights.iter().find_map(|weight| weight.as_ref().map(|weight| weight.span.clone()));
            let sum: Exact = weights.iter().filter_map(|weight| weight.as_ref()).map(|weight| &weight.value).sum();
            if !weights.is_empty() && sum != Exact::one() {
                let diagnostic = self.say(&codes::WEIGHT_SUM, &span.unwrap_or_else(|| fallback.clone())).with("name", name);
                diagnostics.push(diagnostic.with("sum", sum.to_string()));
            }
        };
        let whole = Text::new("总分", "the total");
        let id = &self.content.criteria.id.span;
        let roots = dimensions.iter().zip(tree).filter(|(dimension, _)| dimension.within.is_none() && dimension.in_total);
        check(whole, roots.map(|(_, written)| &written.weight).collect(), id);
        for (index, written) in tree.iter().enumerate() {
            let children = dimensions.iter().zip(tree).filter(|(dimension, _)| dimension.counts_in() == Some(index));
            check(written.name.clone(), children.map(|(_, child)| &child.weight).collect(), &written.id.span);
            let scored = || written.criterion.iter().filter(|criterion| !is_monitored(criterion));
            if self.content.class.is_empty() {
                check(written.name.clone(), scored().map(|criterion| &criterion.weight).collect(), &written.id.span);
            }
            for class in &self.content.class {
                let name =
                    Text::new(format!("{}（{}）", written.name.zh, class.id.value), format!("{} ({})", written.name.en, class.id.value));
                check(
                    name,
                    scored().filter(|criterion| is_for(criterion, &class.id.value)).map(|criterion| &criterion.weight).collect(),
                    &written.id.span,
                );
            }
        }
    }

    /// The classes, each with the points of its sheet.
    pub(super) fn classes(&self, dimensions: &[Dimension], criteria: &[Criterion], diagnostics: &mut Vec<Diagnostic>) -> Vec<Class> {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut classes = Vec::new();
        for (index, written) in self.content.class.iter().enumerate() {
            if seen.insert(&written.id.value, index).is_some() {
                diagnostics.push(self.say(&codes::DUPLICATE_ID, &written.id.span).with("id", written.id.value.clone()));
            }
            let dimension_points = sheet_points(dimensions, criteria, Some(index));
            let counted = (0..dimensions.len()).filter(|at| dimensions[*at].within.is_none() && in_total(dimensions, *at));
            let sum: Exact = counted.map(|at| &dimension_points[at]).sum();
            // A criterion with an error of its own has not been resolved: sums wait.
            if criteria.len() == self.content.dimension.iter().map(|dimension| dimension.criterion.len()).sum::<usize>() {
                self.check_class(written, dimensions, (&dimension_points, &sum), diagnostics);
            }
            let Some(scope) = self.condition(&written.scope, diagnostics) else { continue };
            let name = written.name.clone().unwrap_or_else(|| Text::same(&written.id.value));
            classes.push(Class { id: written.id.value.clone(), name, scope, full_points: sum, dimension_points });
        }
        classes
    }

    /// What a class's sheet adds up to is what the scheme says of it.
    fn check_class(
        &self,
        class: &Located<crate::definition::criteria::Class>,
        dimensions: &[Dimension],
        (points, sum): (&[Exact], &Exact),
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut differs = |code, written: &Number, id: &str, hole: &'static str, sum: &Exact| {
            if written.value != *sum {
                let name = Text::new(format!("{id}（{}）", class.id.value), format!("{id} ({})", class.id.value));
                let diagnostic = self.say(code, &written.span).with(hole, written.value.to_string()).with("sum", sum.to_string());
                diagnostics.push(if hole == "points" { diagnostic.with("id", name) } else { diagnostic });
            }
        };
        for ((written, dimension), sum) in self.content.dimension.iter().zip(dimensions).zip(points) {
            // A dimension may be missing on a sheet as a whole.
            if let (Some(points), false) = (&written.points, sum.is_zero()) {
                differs(&codes::DIMENSION_SUM, points, &dimension.id, "points", sum);
            }
        }
        if let Some(full) = class.full_points.as_ref().or(self.content.criteria.full_points.as_ref()) {
            differs(&codes::TOTAL_SUM, full, "", "full", sum);
        }
    }

    /// The classes a criterion is for, by index; `None` for all.
    pub(super) fn classes_of(&self, written: &spec::Criterion, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<usize>> {
        let classes = written.classes.as_ref()?;
        let mut found = Vec::new();
        for class in classes {
            let index = self.content.class.iter().position(|known| known.id.value == class.value);
            if index.is_none() {
                let near = nearest(&class.value, self.content.class.iter().map(|known| known.id.value.as_str()));
                diagnostics.push(self.say(&codes::UNKNOWN_CLASS, &class.span).with("id", class.value.clone()).suggest(near));
            }
            found.extend(index);
        }
        Some(found)
    }

    /// Whether the years of a case hold for the assessed window.
    pub(super) fn case_holds(&self, case: &Located<spec::Case>, diagnostics: &mut Vec<Diagnostic>) -> bool {
        if case.scope.is_none() && case.years.is_none() {
            diagnostics.push(self.say(&codes::CASE_EMPTY, &case.span));
        }
        let Some(written) = &case.years else { return true };
        let read = read_years(&written.value);
        if read.is_none() {
            diagnostics.push(self.say(&codes::NOT_YEARS, &written.span).with("value", written.value.clone()));
        }
        read.zip(self.window).is_some_and(|((from, to), window)| from <= window.first().year() && window.last().year() <= to)
    }
}

/// `2018` or `2018..2020`.
fn read_years(written: &str) -> Option<(i32, i32)> {
    let (from, to) = written.split_once("..").unwrap_or((written, written));
    let year = |text: &str| text.trim().parse::<i32>().ok().filter(|year| (1900..=2200).contains(year));
    year(from).zip(year(to)).filter(|(from, to)| from <= to)
}

/// Points of what stands under each dimension on the sheet of a class, or on the only sheet.
pub(super) fn sheet_points(dimensions: &[Dimension], criteria: &[Criterion], class: Option<usize>) -> Vec<Exact> {
    let mut points: Vec<Exact> = dimensions.iter().map(|_| Exact::zero()).collect();
    for criterion in criteria.iter().filter(|criterion| criterion.is_on(class)) {
        for index in counted_in(dimensions, criterion.dimension) {
            points[index] = &points[index] + &criterion.points;
        }
    }
    points
}

pub(super) fn is_monitored(criterion: &spec::Criterion) -> bool {
    matches!(criterion.score.value, Written::Monitor(_))
}

fn is_for(criterion: &spec::Criterion, class: &str) -> bool {
    criterion.classes.as_ref().is_none_or(|classes| classes.iter().any(|known| known.value == class))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_one_or_a_range() {
        assert_eq!(read_years("2018..2020"), Some((2018, 2020)));
        assert_eq!(read_years("2025"), Some((2025, 2025)));
        assert_eq!((read_years("2020..2018"), read_years("18"), read_years("2018-2020")), (None, None, None));
    }
}
