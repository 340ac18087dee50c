//! Printing and parsing undo each other, and no text makes the parser panic.

use std::ops::Range;

use proptest::prelude::*;

use super::super::ast::{Expr, ExprKind, Function, Literal, LiteralKind, Name, Operator, RuleExpr, Scope, ScopeKind};
use super::super::fixture::{Fixture, origin};
use super::super::{Compare, ScopeOperands, parse_formula, parse_rule, parse_scope, read_formula, read_rule, read_scope};

const NOWHERE: Range<usize> = 0..0;

/// Names that need quotes, or nearly do.
const WORDS: &[&str] = &["visits", "出院人数", "3级手术", "总收入(万元)", "count", "and", "min", "12", "a b", "say \"x\"", "it's \"x\""];

fn name() -> impl Strategy<Value = Name> {
    prop_oneof![proptest::sample::select(WORDS).prop_map(str::to_owned), "[\\p{L}\\p{N}_ .'-]{1,6}"]
        .prop_map(|text| Name { text, span: NOWHERE })
}

fn digits() -> impl Strategy<Value = String> {
    "[0-9]{1,6}(\\.[0-9]{1,4})?"
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        ("-?", digits()).prop_map(|(sign, digits)| LiteralKind::Number(format!("{sign}{digits}"))),
        name().prop_map(|name| LiteralKind::Text(name.text)),
        Just(LiteralKind::Text(String::new())),
    ]
    .prop_map(|kind| Literal { kind, span: NOWHERE })
}

fn compare() -> impl Strategy<Value = Compare> {
    use Compare::{AtLeast, AtMost, Equal, Less, More, NotEqual};
    proptest::sample::select(&[Equal, NotEqual, Less, AtMost, More, AtLeast][..])
}

fn scope() -> impl Strategy<Value = Scope> {
    let leaf = prop_oneof![
        (name(), compare(), literal()).prop_map(|(name, compare, value)| ScopeKind::Compare { name, compare, value }),
        (name(), prop::collection::vec(literal(), 1..4)).prop_map(|(name, values)| ScopeKind::In { name, values }),
    ];
    let wrap = |kind| Scope { kind, span: NOWHERE };
    leaf.prop_map(wrap).prop_recursive(4, 12, 3, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(ScopeKind::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(ScopeKind::Or),
            inner.prop_map(|inner| ScopeKind::Not(Box::new(inner))),
        ]
        .prop_map(wrap)
    })
}

fn expr() -> impl Strategy<Value = Expr> {
    use Operator::{Add, Divide, Multiply, Subtract};
    let restrictions = || (prop::option::of(scope()), prop::option::of(name()));
    let leaf = prop_oneof![
        digits().prop_map(ExprKind::Number),
        (name(), restrictions()).prop_map(|(name, (scope, window))| ExprKind::Named { name, scope, window }),
        restrictions().prop_map(|(scope, window)| ExprKind::Count { scope, window }),
    ];
    let wrap = |kind| Expr { kind, span: NOWHERE };
    leaf.prop_map(wrap).prop_recursive(5, 24, 3, move |inner| {
        let operator = proptest::sample::select(&[Add, Subtract, Multiply, Divide][..]);
        let function = proptest::sample::select(&Function::ALL[..]);
        prop_oneof![
            inner.clone().prop_map(|inner| ExprKind::Negate(Box::new(inner))),
            (operator, inner.clone(), inner.clone()).prop_map(|(operator, left, right)| ExprKind::Binary {
                operator,
                left: Box::new(left),
                right: Box::new(right)
            }),
            (function, prop::collection::vec(inner, 1..4)).prop_map(|(function, arguments)| ExprKind::Call { function, arguments }),
        ]
        .prop_map(wrap)
    })
}

/// Forgets where everything stands.
trait Bare {
    fn bare(&mut self);
}

impl Bare for Name {
    fn bare(&mut self) {
        self.span = NOWHERE;
    }
}

impl Bare for Literal {
    fn bare(&mut self) {
        self.span = NOWHERE;
    }
}

impl Bare for Expr {
    fn bare(&mut self) {
        self.span = NOWHERE;
        match &mut self.kind {
            ExprKind::Number(_) => {}
            ExprKind::Named { name, scope, window } => {
                name.bare();
                scope.iter_mut().for_each(Bare::bare);
                window.iter_mut().for_each(Bare::bare);
            }
            ExprKind::Count { scope, window } => {
                scope.iter_mut().for_each(Bare::bare);
                window.iter_mut().for_each(Bare::bare);
            }
            ExprKind::Call { arguments, .. } => arguments.iter_mut().for_each(Bare::bare),
            ExprKind::Negate(inner) => inner.bare(),
            ExprKind::Binary { left, right, .. } => [left, right].into_iter().for_each(|side| side.bare()),
        }
    }
}

impl Bare for Scope {
    fn bare(&mut self) {
        self.span = NOWHERE;
        match &mut self.kind {
            ScopeKind::And(parts) | ScopeKind::Or(parts) => parts.iter_mut().for_each(Bare::bare),
            ScopeKind::Not(inner) => inner.bare(),
            ScopeKind::Compare { name, value, .. } => {
                name.bare();
                value.bare();
            }
            ScopeKind::In { name, values } => {
                name.bare();
                values.iter_mut().for_each(Bare::bare);
            }
        }
    }
}

/// What a formula is made of, in any order; `\u{3000}` is a blank.
const TOKENS: &str = "visits 出院人数 3级 count min each target and or not in tier primary ( ) [ ] @ baseline + - * / , \
                      = < <= != 12 1.5 “ ” ' （ 】 × . ! \u{3000} 𠮷";

fn soup() -> impl Strategy<Value = String> {
    let tokens: Vec<&str> = TOKENS.split(' ').filter(|token| !token.is_empty()).collect();
    prop::collection::vec(proptest::sample::select(tokens), 0..24).prop_map(|parts| parts.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn parsing_a_printed_formula_gives_the_formula(expr in expr()) {
        let text = expr.to_string();
        let mut parsed = parse_formula(&text, &origin(&text)).map_err(|found| TestCaseError::fail(format!("{text}: {found:?}")))?;
        parsed.bare();
        prop_assert_eq!(&parsed, &expr);
        prop_assert_eq!(parsed.to_string(), text);
    }

    #[test]
    fn parsing_a_printed_scope_gives_the_scope(scope in scope()) {
        let text = scope.to_string();
        let mut parsed = parse_scope(&text, &origin(&text)).map_err(|found| TestCaseError::fail(format!("{text}: {found:?}")))?;
        parsed.bare();
        prop_assert_eq!(parsed, scope);
    }

    #[test]
    fn parsing_a_printed_rule_gives_the_rule(first in expr(), compare in compare(), second in expr()) {
        let rule = RuleExpr { first, rest: vec![(compare, second)] };
        let text = rule.to_string();
        let mut parsed = parse_rule(&text, &origin(&text)).map_err(|found| TestCaseError::fail(format!("{text}: {found:?}")))?;
        parsed.first.bare();
        parsed.rest.iter_mut().for_each(|(_, side)| side.bare());
        prop_assert_eq!(parsed, rule);
    }

    #[test]
    fn every_text_gives_something_checked_or_an_error(text in prop_oneof![soup(), "\\PC{0,40}", ".{0,20}"]) {
        let origin = origin(&text);
        let (formula, diagnostics) = read_formula(&text, &origin, &Fixture);
        prop_assert_eq!(formula.is_none(), diagnostics.iter().any(crate::diagnostic::Diagnostic::is_error));
        let (rule, diagnostics) = read_rule(&text, &origin, &Fixture);
        prop_assert_eq!(rule.is_none(), diagnostics.iter().any(crate::diagnostic::Diagnostic::is_error));
        let (scope, diagnostics) = read_scope(&text, &origin, &Fixture, ScopeOperands::AttributesAndItems);
        prop_assert_eq!(scope.is_none(), diagnostics.iter().any(crate::diagnostic::Diagnostic::is_error));
        for diagnostic in diagnostics {
            diagnostic.render(crate::text::Lang::Zh);
        }
    }
}

#[test]
fn the_canonical_text_has_blanks_around_operators_and_no_bracket_too_many() {
    for (text, canonical) in [
        ("((a+b))*-c/(d/e)", "(a + b) * -c / (d / e)"),
        ("a-(b-c)-(d)", "a - (b - c) - d"),
        ("-(a*b)", "-(a * b)"),
        ("a【b＝c】＠prior", "a[b = c]@prior"),
        ("count[ a not in ('b',\"c d\")and b=1 or c>=2 ]", "count[(not a in (b, \"c d\") and b = 1) or c >= 2]"),
        ("\"visits\" + '12' + 'min'", "visits + \"12\" + \"min\""),
        ("min(１,  ２)", "min(1, 2)"),
    ] {
        let printed = parse_formula(text, &origin(text)).map(|expr| expr.to_string());
        assert_eq!(printed.as_deref(), Ok(canonical), "{text}");
    }
}

/// Deep and long texts are refused, not run into the end of the stack.
#[test]
fn depth_and_length_are_limited() {
    let deep = [
        format!("{}a{}", "(".repeat(100_000), ")".repeat(100_000)),
        format!("{}a", "-".repeat(100_000)),
        format!("a[{}b = 1]", "not ".repeat(100_000)),
        format!("a[{}b = 1", "(".repeat(100_000)),
        "a + ".repeat(100_000) + "a",
        "abs(".repeat(100_000),
    ];
    for text in deep {
        let found = parse_formula(&text, &origin(&text)).expect_err("too complex");
        assert_eq!(found.iter().map(|found| found.code.id()).collect::<Vec<_>>(), ["formula/too-complex"], "{}", &text[..20]);
    }
    let list = format!("count[tier in ({})]", vec!["primary"; 2000].join(", "));
    assert!(read_formula(&list, &origin(&list), &Fixture).0.is_some());
    let widest = "visits + ".repeat(249) + "visits";
    assert!(read_formula(&widest, &origin(&widest), &Fixture).0.is_some());
}
