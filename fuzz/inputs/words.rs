//! Cells, headers, periods and formulas.

use kaohe::diagnostic::{Origin, SourceFile};
use kaohe::formula::{
    Fraction, Node, ScopeOperands, evaluate, parse_formula, parse_rule, parse_scope, read_formula, read_rule, read_scope,
};
use kaohe::intake::cell::{self as cells, Cell, Shape, Unit, header_unit, measured_in};
use kaohe::intake::period_text;
use kaohe::number::Exact;
use kaohe::period::Span;
use kaohe::text::{Lang, normalise};

use super::sample;

/// A number cell; the first byte says of what kind of column.
pub(crate) fn cell(input: &[u8]) {
    let Some((kind, written)) = input.split_first() else { return };
    let powers = [0, 0, 4, 8, 3, 6, -1, 0];
    let shape = Shape {
        decimals: u32::from(kind % 7),
        multiplier_power: powers.get(usize::from(kind / 7 % 8)).copied().unwrap_or(0),
        percent: kind / 56 % 2 == 1,
    };
    let parsed = cells::parse(written, &shape);
    let text = String::from_utf8_lossy(written);
    let place = kaohe::finding::Place::default();
    for finding in parsed.findings(&text, &shape, &place) {
        assert!(!finding.text(Lang::Zh).is_empty() && !finding.text(Lang::En).is_empty());
    }
    let Cell::Value(steps) = parsed.cell else { return };
    assert!(steps.abs() <= cells::MOST_STEPS);
    // Printed and read again it is the same number, and nothing is to be repaired.
    let exact = Exact::from_steps(i128::from(steps), shape.decimals);
    let plain = Shape { multiplier_power: 0, ..shape };
    let again = cells::parse(exact.to_string().as_bytes(), &plain);
    assert_eq!(again.cell, Cell::Value(steps));
    assert!(again.repairs.is_empty());
    assert_eq!(exact.to_steps(shape.decimals), Some(steps));
}

/// A period in a cell, a header or a path.
pub(crate) fn period(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let written = [period_text::parse(&text, None), period_text::parse(&text, Some(2024))];
    let within = period_text::find_in(&text);
    if let Some(found) = &within {
        assert!(found.rest.len() <= text.len());
    }
    let in_path = period_text::find_in_path(&text);
    let all = written.into_iter().flatten().chain(within.map(|found| found.written)).chain(in_path);
    for span in all.map(|written| written.span).chain(text.parse::<Span>().ok()) {
        let shown = span.to_string();
        assert_eq!(shown.parse::<Span>().ok(), Some(span), "{shown}");
        assert!(span.first() <= span.last() && !span.is_empty() && span.days() >= 28);
    }
}

/// A header: its unit, its item, and a table with it.
pub(crate) fn header(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let unit = header_unit(&text);
    assert!(text.contains(unit.base));
    let _ = (measured_in(&text), Unit::parse(&text).map(Unit::power), Unit::parse_bracketed(&text));
    let plain = normalise(&text);
    let vocabulary = sample::known().vocabulary;
    assert_eq!(vocabulary.find(&text), vocabulary.find(&text));
    assert!(vocabulary.nearest(&text).len() <= 3);
    assert!(!plain.contains(char::is_whitespace));
    let quoted = text.replace('"', "\"\"");
    super::intake::csv(format!("\n机构代码,年月,诊疗人次,\"{quoted}\"\nE1,2025-01,1,2\n").as_bytes());
}

/// A formula, a condition, a comparison. The first byte says nothing; all three are tried.
pub(crate) fn formula(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let file = SourceFile::new("a.toml", text.as_ref());
    let origin = Origin::new(&file, 0..text.len());
    if let Ok(tree) = parse_formula(&text, &origin) {
        let shown = tree.to_string();
        let again = parse_formula(&shown, &on(&shown)).expect("the canonical text is a formula");
        assert_eq!(again.to_string(), shown);
    }
    if let Ok(tree) = parse_scope(&text, &origin) {
        let shown = tree.to_string();
        let again = parse_scope(&shown, &on(&shown)).expect("the canonical text is a condition");
        assert_eq!(again.to_string(), shown);
    }
    if let Ok(tree) = parse_rule(&text, &origin) {
        let shown = tree.to_string();
        let again = parse_rule(&shown, &on(&shown)).expect("the canonical text is a comparison");
        assert_eq!(again.to_string(), shown);
    }
    let (formula, mut told) = read_formula(&text, &origin, sample::names());
    let (_, mut of_scope) = read_scope(&text, &origin, sample::names(), ScopeOperands::AttributesAndItems);
    let (rule, mut of_rule) = read_rule(&text, &origin, sample::names());
    told.append(&mut of_scope);
    told.append(&mut of_rule);
    for one in &told {
        assert!(!one.render(Lang::Zh).is_empty() && !one.render(Lang::En).is_empty());
    }
    let mut leaf = |_: &Node| Ok(Fraction { numerator: Exact::from(7), denominator: Exact::from(2) });
    if let Some(formula) = formula {
        let value = evaluate(&formula.node, &mut leaf).and_then(|fraction| fraction.value());
        let again = evaluate(&formula.node, &mut leaf).and_then(|fraction| fraction.value());
        assert_eq!(value, again);
        let _ = (formula.terms(), formula.windows(), formula.counts());
    }
    if let Some(rule) = rule {
        let _ = (rule.holds(&kaohe::formula::Tolerance::none(), &mut leaf), rule.terms());
    }
}

fn on(text: &str) -> Origin {
    Origin::new(&SourceFile::new("a.toml", text), 0..text.len())
}
