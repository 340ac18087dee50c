//! Conditions in three values.

use super::super::fixture::{Fixture, item, origin};
use super::super::{Condition, ItemId, ScopeOperands, Truth, read_scope};
use super::scope;
use crate::number::Exact;

const VALUES: [Truth; 3] = [Truth::False, Truth::Unknown, Truth::True];

/// A condition of this outcome: beds are 5, visits are not reported.
fn outcome(truth: Truth) -> Condition {
    scope(match truth {
        Truth::False => "beds > 5",
        Truth::Unknown => "visits > 5",
        Truth::True => "beds = 5",
    })
}

fn attribute(name: &str) -> Option<&'static str> {
    match name {
        "tier" => Some("primary"),
        "role" => Some("lead"),
        "opened_year" => Some("2020"),
        _ => None,
    }
}

fn value(id: ItemId) -> Option<Exact> {
    (id == item("beds")).then(|| Exact::from(5))
}

fn decide(condition: &Condition) -> Truth {
    condition.decide(&attribute, &value)
}

/// F4: the truth tables of `and`, `or` and `not`.
#[test]
fn the_truth_tables_hold() {
    use Truth::{False, True, Unknown};
    let and = [[False, False, False], [False, Unknown, Unknown], [False, Unknown, True]];
    let or = [[False, Unknown, True], [Unknown, Unknown, True], [True, True, True]];
    for (row, left) in VALUES.into_iter().enumerate() {
        for (column, right) in VALUES.into_iter().enumerate() {
            let parts = vec![outcome(left), outcome(right)];
            assert_eq!(decide(&Condition::And(parts.clone())), and[row][column], "{left:?} and {right:?}");
            assert_eq!(decide(&Condition::Or(parts)), or[row][column], "{left:?} or {right:?}");
        }
    }
    let not = VALUES.map(|truth| decide(&Condition::Not(Box::new(outcome(truth)))));
    assert_eq!(not, [True, Unknown, False]);
}

/// F3: text compares equal or not, and a blank attribute equals only blank. An ordering of an
/// attribute is false for what is blank or no number.
#[test]
fn attributes_compare_as_text_and_blank_equals_only_blank() {
    for (text, truth) in [
        ("tier = 基层", Truth::True),
        ("tier != primary", Truth::False),
        ("kind = tcm", Truth::False),
        ("kind != tcm", Truth::True),
        ("kind = ''", Truth::True),
        ("kind in (tcm, '')", Truth::True),
        ("tier = ''", Truth::False),
        ("opened_year <= 2020.0", Truth::True),
        ("opened_year > 2020", Truth::False),
        ("kind < 3", Truth::False),
        ("tier >= 3", Truth::False),
        ("role = lead and beds >= 5", Truth::True),
        ("role = member and visits > 0", Truth::False),
        ("role = lead or visits > 0", Truth::True),
        ("role = lead and visits > 0", Truth::Unknown),
    ] {
        assert_eq!(decide(&scope(text)), truth, "{text}");
    }
}

/// C3: by attributes alone a scope is false only where it cannot hold.
#[test]
fn attributes_alone_tell_where_a_scope_cannot_hold() {
    let decide = |text: &str| scope(text).decide_attributes(&attribute);
    assert_eq!(decide("role = member and beds > 0"), Truth::False);
    assert_eq!(decide("role = lead and beds > 0"), Truth::Unknown);
    assert_eq!(decide("role = lead"), Truth::True);
}

/// O6: only a scope that asks for `role = unit` admits the unit's own row.
#[test]
fn a_scope_names_the_unit_itself_only_positively() {
    for (text, names) in [
        ("role = unit", true),
        ("角色 = 考核对象", true),
        ("tier = primary and role in (lead, unit)", true),
        ("not role != unit", true),
        ("role != unit", false),
        ("not (tier = primary or role = unit)", false),
        ("role = lead", false),
    ] {
        assert_eq!(scope(text).names_role_unit(), names, "{text}");
    }
}

#[test]
fn a_scope_knows_its_items() {
    let items: Vec<ItemId> = scope("not beds > 1 and (visits in (1, 2) or tier = primary)").items().into_iter().collect();
    assert_eq!(items, [item("visits"), item("beds")]);
}

/// C3: where only attributes may stand, an item is an error.
#[test]
fn a_condition_on_attributes_alone_refuses_items() {
    let read = |text: &str| read_scope(text, &origin(text), &Fixture, ScopeOperands::Attributes).0;
    assert!(read("tier = primary").is_some());
    assert!(read("beds > 0").is_none());
}
