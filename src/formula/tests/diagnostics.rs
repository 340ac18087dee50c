//! Every code of formulas once, with the excerpt it shows.

use super::super::fixture::{Fixture, origin};
use super::super::{ScopeOperands, not_additive, read_formula, read_rule, read_scope};
use crate::codes::formula as codes;
use crate::diagnostic::Diagnostic;
use crate::text::Lang;

/// Code, formula, and the lines under it: carets with the message, then the suggestion if any.
const CASES: &[(&str, &str, &str)] = &[
    ("unexpected-character", "visits # beds", "       ^ `#` means nothing in a formula"),
    ("unclosed-quote", "“总收入 / visits", "^^^^^^^^^^^^^^^^ the closing ” is missing"),
    ("bad-number", "visits * 1.2万", "         ^^^^^ `1.2万` is not a number"),
    ("syntax", "(visits + ) * 2", "          ^ found `)` where a name, a number or `(` is needed"),
    ("syntax", "visits +", "        ^ found the end where a name, a number or `(` is needed"),
    ("syntax", "visits[tier]", "           ^ found `]` where a comparison or `in` is needed"),
    ("syntax", "visits beds", "       ^^^^ found `beds` where an operator or the end is needed"),
    ("syntax", "", "^ found the end where a name, a number or `(` is needed"),
    ("scope-after-window", "visits@prior[tier = primary]", "            ^ the [scope] stands after the @window"),
    ("unknown-function", "总收入(万元)", "^^^^^^ `总收入` is not a function"),
    ("unknown-function", "mim(visits, beds)", "^^^ `mim` is not a function\n   = did you mean `min`?"),
    (
        "unknown-name",
        "visits / discharge",
        "         ^^^^^^^^^ nothing that can stand here is called `discharge`\n   = did you mean `discharges`?",
    ),
    (
        "unknown-name",
        "'总收入(元)' / visits",
        "^^^^^^^^^^^^ nothing that can stand here is called `总收入(元)`\n   = did you mean `\"总收入(万元)\"`?",
    ),
    ("unknown-name", "count[teir = primary]", "      ^^^^ nothing that can stand here is called `teir`\n   = did you mean `tier`?"),
    ("unknown-window", "visits@basline", "       ^^^^^^^ `basline` is not a window\n   = did you mean `baseline`?"),
    ("not-an-item", "visits * window_days@prior", "         ^^^^^^^^^^^ `window_days` is a constant"),
    ("argument-count", "visits / max(beds)", "         ^^^^^^^^^ max takes at least two arguments, not 1"),
    ("argument-count", "abs(visits, beds)", "^^^^^^^^^^^^^^^^^ abs takes one argument, not 2"),
    ("not-in-each", "each(visits / count[role = lead])", "              ^^^^^^^^^^^^^^^^^^ count stands inside each(…)"),
    ("not-in-each", "each(beds + each(visits))", "            ^^^^^^^^^^^^ each stands inside each(…)"),
    ("target-needs-item", "target(visits@prior)", "       ^^^^^^^^^^^^ `visits@prior` is not a plain item"),
    ("order-of-text", "visits[tier > 二级]", "              ^^^^ > is followed by the text 二级"),
    ("number-needed", "visits[beds = many]", "              ^^^^ many is not a number"),
    ("unknown-value", "visits[role = laed]", "              ^^^^ no role is `laed`\n   = did you mean `lead`?"),
    ("units-differ", "visits + beds", "         ^^^^ the left side is in visit, this is in bed"),
    ("units-differ", "min(1, visits, beds)", "               ^^^^ the left side is in visit, this is in bed"),
    ("product-of-totals", "1 + visits * beds", "    ^^^^^^^^^^^^^ `visits * beds` combines sums over organisations"),
];

/// What stands under the formula in the excerpt, without the remedy.
fn shown(diagnostic: &Diagnostic) -> String {
    let rendered = diagnostic.render(Lang::En);
    let indent = format!("  | {}", " ".repeat("x = '''".len()));
    let lines = rendered.lines().skip(4).filter(|line| !line.starts_with("   = help"));
    lines.map(|line| line.strip_prefix(&indent).unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

fn id(diagnostic: &Diagnostic) -> &str {
    diagnostic.code.id().trim_start_matches("formula/")
}

#[track_caller]
fn case(code: &str, text: &str, lines: &str, diagnostics: &[Diagnostic]) {
    let found: Vec<(&str, String)> = diagnostics.iter().map(|diagnostic| (id(diagnostic), shown(diagnostic))).collect();
    assert_eq!(found, [(code, lines.to_owned())], "{text}");
}

#[test]
fn every_code_points_at_its_cause() {
    for (code, text, lines) in CASES {
        let (_, diagnostics) = read_formula(text, &origin(text), &Fixture);
        case(code, text, lines, &diagnostics);
    }
}

/// The codes that another way in gives: a standalone condition, a rule, the unit of an assessment.
#[test]
fn codes_of_conditions_and_rules_point_at_their_cause() {
    let text = "tier = primary and 床位 > 0";
    let (_, found) = read_scope(text, &origin(text), &Fixture, ScopeOperands::Attributes);
    case("attributes-only", text, "                   ^^^^ `床位` is a reported item", &found);
    let text = "visits + 1";
    let (_, found) = read_rule(text, &origin(text), &Fixture);
    case("syntax", text, "          ^ found the end where a comparison such as `<=` is needed", &found);
    let text = "visits <= beds";
    let (_, found) = read_rule(text, &origin(text), &Fixture);
    case("units-differ", text, "          ^^^^ the left side is in visit, this is in bed", &found);
    let text = "满意度 / 2";
    let formula = super::formula(text);
    let found = not_additive(&formula.text, &formula.not_additive, &origin(text));
    case("not-additive", text, "^^^^^^ `满意度` has additive = false but is summed here", &found);
    let text = "-".repeat(51) + "visits";
    let (_, found) = read_formula(&text, &origin(&text), &Fixture);
    let lines = " ".repeat(51) + "^^^^^^ more than 50 levels or 500 parts up to here";
    case("too-complex", &text, &lines, &found);
}

/// No code without a case, in either language.
#[test]
fn every_code_has_a_case() {
    let elsewhere = ["attributes-only", "not-additive", "too-complex"];
    for code in codes::ALL {
        let name = code.id().trim_start_matches("formula/");
        assert!(elsewhere.contains(&name) || CASES.iter().any(|(case, ..)| *case == name), "{name}");
    }
}

#[test]
fn all_errors_of_a_formula_are_reported_at_once() {
    let text = "vsits@late + abs(a1b2, 2) * count[tiar = x and beds = y] / target(1)";
    let (formula, diagnostics) = read_formula(text, &origin(text), &Fixture);
    assert_eq!(formula, None);
    let found: Vec<&str> = diagnostics.iter().map(id).collect();
    let expected =
        ["unknown-name", "unknown-window", "argument-count", "unknown-name", "unknown-name", "number-needed", "target-needs-item"];
    assert_eq!(found, expected);
}

#[test]
fn a_diagnostic_reads_in_chinese() {
    let text = "出院人次 / visits";
    let (_, diagnostics) = read_formula(text, &origin(text), &Fixture);
    let rendered: Vec<String> = diagnostics.iter().map(|diagnostic| diagnostic.render(Lang::Zh)).collect();
    let expected = "error[formula/unknown-name]: 公式中的名称须是指标库的项目、常数或机构名录的属性。\n \
                    --> a.toml:1:8\n  |\n\
                    1 | x = '''出院人次 / visits'''\n  |        ^^^^^^^^ 此处没有名为 `出院人次` 的项目、常数或属性\n   \
                    = 办法：`kaohe list items` 列出全部项目；属性即机构名录的列名。\n   \
                    = 是否想写 `出院人数`？\n";
    assert_eq!(rendered, [expected]);
}
