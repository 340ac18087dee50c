//! Definitions that nothing uses: scales of a scheme, items and constants of its own catalogues.

use std::collections::BTreeSet;

use crate::catalogue::{Asks, Catalogue};
use crate::codes::lint as codes;
use crate::definition::criteria::Scale;
use crate::definition::rule::Rule as Written;
use crate::diagnostic::Diagnostic;
use crate::formula::{Condition, ItemId, Node};
use crate::lint::{Own, Scheme};
use crate::text::Text;

pub(super) fn check(scheme: &Scheme, found: &mut Vec<Diagnostic>) {
    for scale in &scheme.content.scale {
        if !is_named(scheme, scale) {
            let diagnostic = scheme.say(&codes::UNUSED, &scale.id.span).with("what", Text::new("量表", "the scale"));
            found.push(diagnostic.with("id", scale.id.value.clone()));
        }
    }
    let used = used_items(scheme.catalogue);
    let names = |id: &str| scheme.file.text.contains(id);
    for own in scheme.own {
        for item in &own.content.item {
            let id = item.value.id.value.as_str();
            let index = scheme.catalogue.items.iter().position(|known| known.id == id);
            if index.is_some_and(|index| !used.contains(&index)) && !names(id) && !names(&item.value.name.zh) {
                let diagnostic =
                    Diagnostic::new(&codes::UNUSED, item.value.id.origin(own.file)).with("what", Text::new("项目", "the item"));
                found.push(diagnostic.with("id", id));
            }
        }
    }
}

/// Named by a graded criterion, or by bands that give one of its grades.
fn is_named(scheme: &Scheme, scale: &Scale) -> bool {
    scheme.sites().iter().any(|site| match &site.written.value {
        Written::Graded(rule) => rule.scale.value == scale.id.value,
        Written::Bands(bands) => {
            bands.iter().filter_map(|band| band.grade.as_ref()).any(|grade| scale.grades.iter().any(|known| known.id.value == grade.value))
        }
        _ => false,
    })
}

/// Constants stand in formulas of their catalogue, by id or name.
pub(super) fn constants(own: &Own, found: &mut Vec<Diagnostic>) {
    let formulas: Vec<&str> = own
        .content
        .indicator
        .iter()
        .flat_map(|indicator| std::iter::once(&indicator.value.numerator).chain(&indicator.value.denominator))
        .map(|formula| formula.value.as_str())
        .collect();
    for constant in &own.content.constant {
        let id = constant.value.id.value.as_str();
        let is_used = formulas.iter().any(|formula| formula.contains(id)) || own.file.text.matches(id).nth(1).is_some();
        if !is_used {
            let diagnostic = Diagnostic::new(&codes::UNUSED, constant.value.id.origin(own.file));
            found.push(diagnostic.with("what", Text::new("常数", "the constant")).with("id", id));
        }
    }
}

/// Items in a formula, a scope or a check.
fn used_items(catalogue: &Catalogue) -> BTreeSet<usize> {
    let mut used = BTreeSet::new();
    for indicator in &catalogue.indicators {
        indicator.formulas().for_each(|formula| of_node(&formula.node, &mut used));
    }
    for check in &catalogue.checks {
        match &check.asks {
            Asks::Rule { rule, .. } | Asks::UnitRule { rule, .. } => rule.sides().for_each(|side| of_node(side, &mut used)),
            Asks::Within(of, _) | Asks::Together(of) | Asks::Exclusive(of) | Asks::Repeated(of) => used.extend(of.iter().map(|id| id.0)),
            Asks::Jump { of, .. } | Asks::Constant { of, .. } | Asks::Slip { of, .. } => used.extend(of.iter().map(|id| id.0)),
            Asks::Outlier { of, .. } => of_node(&of.node, &mut used),
        }
    }
    used
}

fn of_node(node: &Node, used: &mut BTreeSet<usize>) {
    node.leaves(&mut |leaf| match leaf {
        Node::Total(term) => {
            used.insert(term.item.0);
            term.scope.iter().for_each(|scope| of_condition(scope, used));
        }
        Node::Count(count) => count.scope.iter().for_each(|scope| of_condition(scope, used)),
        Node::Each(inner) => of_node(inner, used),
        Node::Target(ItemId(index)) => {
            used.insert(*index);
        }
        _ => {}
    });
}

fn of_condition(condition: &Condition, used: &mut BTreeSet<usize>) {
    match condition {
        Condition::And(all) | Condition::Or(all) => all.iter().for_each(|one| of_condition(one, used)),
        Condition::Not(inner) => of_condition(inner, used),
        Condition::Item { item, .. } => {
            used.insert(item.0);
        }
        Condition::Attribute { .. } => {}
    }
}
