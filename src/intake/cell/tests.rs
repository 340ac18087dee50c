use proptest::prelude::*;

use super::*;
use crate::text::Lang;

const COUNT: Shape = Shape { decimals: 0, multiplier_power: 0, percent: false };
const MONEY: Shape = Shape { decimals: 2, multiplier_power: 0, percent: false };
const RATE: Shape = Shape { decimals: 1, multiplier_power: 0, percent: true };

fn under(power: i32, shape: Shape) -> Shape {
    Shape { multiplier_power: power, ..shape }
}

/// `value`, `value repairs`, `missing` or the code of the problem.
fn told(text: &str, shape: &Shape) -> String {
    let parsed = parse(text.as_bytes(), shape);
    let repairs = parsed.repairs.iter().map(|repair| repair.code().id().trim_start_matches("value/"));
    let found = match (parsed.cell, parsed.value(shape)) {
        (_, Some(value)) => value.to_string(),
        (Cell::Rejected(problem), None) => problem.code().id().to_owned(),
        (_, None) => "missing".to_owned(),
    };
    std::iter::once(found.as_str()).chain(repairs).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn cases(shape: &Shape, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(told(text, shape), *expected, "{text:?}");
    }
}

/// N1: clean cells, which are nearly all.
#[test]
fn clean_numbers_are_taken_as_written() {
    cases(
        &COUNT,
        &[("0", "0"), ("120", "120"), ("-5", "-5"), ("+5", "5"), ("007", "7"), (" 12 ", "12"), ("12.0", "12"), ("12.", "12"), ("-0", "0")],
    );
    cases(&MONEY, &[("0.30", "0.3"), (".5", "0.5"), ("1234567.89", "1234567.89"), ("-0.01", "-0.01"), ("12.3400", "12.34")]);
    assert_eq!(parse(b"1234567.89", &MONEY).cell, Cell::Value(123_456_789));
}

/// N2: a fraction rejects a count; elsewhere it is rounded half away from zero and recorded.
#[test]
fn surplus_decimals_reject_a_count_and_round_an_amount() {
    cases(
        &COUNT,
        &[("12.5", "value/fraction"), ("0.1", "value/fraction"), ("1.0000001", "value/fraction"), ("12.000000000000000000000", "12")],
    );
    cases(&MONEY, &[("0.125", "0.13 rounded"), ("-0.125", "-0.13 rounded"), ("0.124999", "0.12 rounded"), ("0.004", "0 rounded")]);
    cases(&MONEY, &[("0.00499", "0 rounded"), ("9.995", "10 rounded"), ("0.0005", "0 rounded")]);
}

/// N3: at most 10^15 steps.
#[test]
fn magnitudes_above_the_limit_are_rejected() {
    cases(
        &COUNT,
        &[("1000000000000000", "1000000000000000"), ("1000000000000001", "value/too-large"), ("-1000000000000001", "value/too-large")],
    );
    cases(&COUNT, &[("110105000000000000000", "value/too-large"), ("1.1E+21", "value/too-large"), ("0000000000000000000000012", "12")]);
    cases(
        &MONEY,
        &[
            ("10000000000000.00", "10000000000000"),
            ("10000000000000.01", "value/too-large"),
            ("9999999999999.995", "10000000000000 rounded"),
        ],
    );
    cases(&under(8, COUNT), &[("10000000", "1000000000000000"), ("10000001", "value/too-large")]);
}

/// D1, domain.md §7.2: marks that stand for no figure are missing and recorded; blanks are just missing; 0 is 0.
#[test]
fn marks_are_missing_and_zero_is_not() {
    for blank in ["", " ", "\u{3000}", "\u{a0}\t"] {
        assert_eq!(told(blank, &COUNT), "missing", "{blank:?}");
    }
    for mark in ["-", "—", "--", "——", "/", "…", "……", "..", "...", "无", "N/A", "n/a", "NA", "未填报", "NULL", " - ", "\u{ff0d}"]
    {
        assert_eq!(told(mark, &COUNT), "missing missing-mark", "{mark:?}");
    }
    cases(&COUNT, &[("0", "0"), (".", "value/not-a-number"), ("#####", "value/not-a-number")]);
}

/// D1: what a spreadsheet shows where a formula failed is no figure, and said.
#[test]
fn failed_formulas_are_missing() {
    for mark in ["#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", " #div/0! "] {
        assert_eq!(told(mark, &COUNT), "missing failed-formula", "{mark:?}");
    }
}

/// domain.md §7.2: full-width digits, separators, marks of negative numbers.
#[test]
fn habits_of_writing_are_read_and_recorded() {
    cases(
        &COUNT,
        &[
            ("\u{ff11}\u{ff12}\u{ff0c}\u{ff13}\u{ff14}\u{ff15}", "12345 full-width thousands-separator"),
            ("\u{ff11}\u{ff12}", "12 full-width"),
        ],
    );
    cases(
        &COUNT,
        &[
            ("1,234,567", "1234567 thousands-separator"),
            ("1 234", "1234 thousands-separator"),
            ("1\u{2009}234", "1234 thousands-separator"),
        ],
    );
    cases(&COUNT, &[("-1,234", "-1234 thousands-separator"), ("1,234.00", "1234 thousands-separator"), ("'12", "12 text-prefix")]);
    for negative in ["(12)", "\u{ff08}12\u{ff09}", "−12", "△12", "▲12", "△ 12", "–12"] {
        assert!(told(negative, &COUNT).starts_with("-12 ") && told(negative, &COUNT).contains("negative-mark"), "{negative}");
    }
    cases(
        &MONEY,
        &[("¥1,234.50", "1234.5 thousands-separator unit-in-cell"), ("3.2e4", "32000 scientific"), ("1.5E-1", "0.15 scientific")],
    );
    cases(&COUNT, &[("3.2e4", "32000 scientific"), ("3.2E+0", "value/fraction"), ("12E3人", "12000 unit-in-cell scientific")]);
}

/// What is not plainly one number is rejected, never guessed.
#[test]
fn doubtful_writings_are_rejected() {
    let doubtful = [
        "约3万",
        "30余",
        "近30",
        "1,23",
        "1,2345",
        "0,123",
        "1,234 567",
        "12 34",
        "1234,567",
        "1,,234",
        ",123",
        "1,",
        "12-15",
        "1/2",
        "3万5千",
        "12²",
        "①",
        "½",
        "三百",
        "2024年",
        "6月",
        "2024-06-30",
        "1.2.3",
        "--5",
        "-(5)",
        "(-5)",
        "5-",
        "((5))",
        "1\n234",
        "1\t234",
        "12abc",
        "0x1F",
        "1e",
        "1e99999",
        "e5",
        "NaN1",
        "inf",
        "true",
        "$5",
        "''5",
        "%",
        "万",
        "人",
        "5 %人",
        "1_000",
        "１２元５角",
    ];
    for text in doubtful {
        assert_eq!(told(text, &MONEY), "value/not-a-number", "{text:?}");
    }
    assert_eq!(parse(b"\xff12", &COUNT).cell, Cell::Rejected(Problem::NotANumber));
}

/// N6: `1.2万` is 12,000; a unit in the header scales; both at once are rejected.
#[test]
fn units_stand_in_the_header_or_in_the_cell() {
    cases(
        &COUNT,
        &[
            ("1.2万", "12000 unit-in-cell"),
            ("1.2万人次", "12000 unit-in-cell"),
            ("12人次", "12 unit-in-cell"),
            ("120 张", "120 unit-in-cell"),
        ],
    );
    cases(
        &COUNT,
        &[
            ("1.23456万", "value/fraction"),
            ("3千", "3000 unit-in-cell"),
            ("0.5百万", "500000 unit-in-cell"),
            ("(1.2万)", "-12000 unit-in-cell negative-mark"),
        ],
    );
    cases(&MONEY, &[("1.2亿元", "120000000 unit-in-cell"), ("100元", "100 unit-in-cell")]);
    // A national table prints 292276.8 under 诊疗人次数(万人次).
    cases(
        &under(4, COUNT),
        &[("292276.8", "2922768000"), ("1.2万", "value/unit-twice"), ("12人次", "value/unit-twice"), ("0.00001", "value/fraction")],
    );
    cases(&under(4, MONEY), &[("1.5", "15000"), ("0.00000051", "0.01 rounded")]);
}

/// N6: for an item in %, `92.5` and `92.5%` are 92.5 and 5‰ is 0.5; elsewhere they are rejected.
#[test]
fn percent_signs_belong_to_items_in_percent() {
    cases(
        &RATE,
        &[("92.5", "92.5"), ("92.5%", "92.5 percent-sign"), ("92.5 \u{ff05}", "92.5 full-width percent-sign"), ("5‰", "0.5 percent-sign")],
    );
    cases(
        &RATE,
        &[("0.757", "0.8 rounded"), ("92人次", "value/unit-differs"), ("1万", "value/unit-differs"), ("103%", "103 percent-sign")],
    );
    cases(&under(-1, RATE), &[("5", "0.5"), ("5‰", "value/unit-twice"), ("5%", "value/unit-twice")]);
    cases(&COUNT, &[("92%", "value/percent"), ("5‰", "value/percent")]);
}

#[test]
fn header_units_are_taken_off() {
    for (header, base, unit) in [
        ("诊疗人次数(万人次)", "诊疗人次数", Some(Unit::Times(4))),
        ("总收入(万元)", "总收入", Some(Unit::Times(4))),
        ("总收入\u{ff08}亿元\u{ff09}", "总收入", Some(Unit::Times(8))),
        ("出院人数\u{ff08}人\u{ff09}", "出院人数", Some(Unit::Times(0))),
        ("诊疗人次 ( 万 )", "诊疗人次", Some(Unit::Times(4))),
        ("财政补助【千元】", "财政补助", Some(Unit::Times(3))),
        ("总费用(单位:百万元)", "总费用", Some(Unit::Times(6))),
        ("病床使用率(%)", "病床使用率", Some(Unit::Percent)),
        ("病床使用率\u{ff05}", "病床使用率", Some(Unit::Percent)),
        ("死亡率(‰)", "死亡率", Some(Unit::PerMille)),
        ("实有床位(张)", "实有床位", Some(Unit::Times(0))),
        ("人数(三级)", "人数(三级)", None),
        ("人数(三级)(人)", "人数(三级)", Some(Unit::Times(0))),
        (" 出院人数 ", "出院人数", None),
        ("发病率(1/10万)", "发病率(1/10万)", None),
        ("(%)", "(%)", None),
        ("()", "()", None),
        ("", "", None),
    ] {
        assert_eq!(header_unit(header), HeaderUnit { base, unit }, "{header}");
    }
    assert_eq!([Unit::Times(4).power(), Unit::Percent.power(), Unit::PerMille.power()], [4, 0, -1]);
}

/// N2, N6: a finding says what was read, or what could not be.
#[test]
fn findings_say_what_was_read() {
    let say = |text: &str, shape: &Shape| -> Vec<String> {
        let findings = parse(text.as_bytes(), shape).findings(text, shape, &crate::finding::Place::default());
        findings.iter().map(|finding| finding.message.render(Lang::En)).collect()
    };
    assert_eq!(say("0.125", &MONEY), ["`0.125` was rounded half-up to 0.13, the decimals of the item"]);
    assert_eq!(
        say("1,234人", &COUNT),
        ["`1,234人` has thousands separators and was read as 1234", "`1,234人` carries a unit and was read as 1234"]
    );
    assert_eq!(say(" 约3万", &COUNT), ["`约3万` cannot be read as one number"]);
    assert_eq!(say("—", &COUNT), ["`—` counts as missing"]);
    assert!(say("12", &COUNT).is_empty() && say("", &COUNT).is_empty());
}

fn shapes() -> impl Strategy<Value = Shape> {
    (0_u32..=6, -1_i32..=8, any::<bool>()).prop_map(|(decimals, multiplier_power, percent)| Shape { decimals, multiplier_power, percent })
}

proptest! {
    /// The path without allocation and the one for everything else agree wherever the former answers.
    #[test]
    fn both_paths_agree(text in "[-+]?[0-9]{0,19}[.]?[0-9]{0,8}", shape in shapes()) {
        if let Some(steps) = Digits::read(text.as_bytes(), text.len()).of_shape(&shape).steps() {
            prop_assert_eq!(written::parse(text.as_bytes(), &shape), Parsed::clean(Cell::Value(steps)));
        }
    }

    #[test]
    fn both_paths_agree_on_anything(text in "[-+.,eE% 0-9]{0,20}", shape in shapes()) {
        if let Some(steps) = Digits::read(text.as_bytes(), text.len()).of_shape(&shape).steps() {
            prop_assert_eq!(written::parse(text.as_bytes(), &shape), Parsed::clean(Cell::Value(steps)));
        }
    }

    /// Whatever a cell holds, it is read, missing or rejected within the limit; nothing panics.
    #[test]
    fn any_cell_is_answered(text in any::<String>(), shape in shapes()) {
        let parsed = parse(text.as_bytes(), &shape);
        prop_assert!(!matches!(parsed.cell, Cell::Value(steps) if steps.abs() > MOST_STEPS));
        parsed.findings(&text, &shape, &crate::finding::Place::default());
    }

    #[test]
    fn any_writing_like_a_number_is_answered(text in "['(¥△−-]{0,2}[0-9０-９]{0,6}[,， .]{0,2}[0-9]{0,4}([eE][-+]?[0-9]{0,4})?[ %‰万亿千百元人次)]{0,3}", shape in shapes()) {
        let parsed = parse(text.as_bytes(), &shape);
        prop_assert!(!matches!(parsed.cell, Cell::Value(steps) if steps.abs() > MOST_STEPS));
        prop_assert!(parsed.repairs.is_empty() || !matches!(parsed.cell, Cell::Rejected(_)));
    }

    /// N1: a number printed canonically reads back to itself, with nothing to repair.
    #[test]
    fn printed_numbers_read_back(steps in -MOST_STEPS..=MOST_STEPS, decimals in 0_u32..=6) {
        let shape = Shape { decimals, multiplier_power: 0, percent: false };
        let printed = Exact::from_steps(i128::from(steps), decimals).fixed(decimals);
        prop_assert_eq!(parse(printed.as_bytes(), &shape), Parsed::clean(Cell::Value(steps)));
    }

    /// N2: rounding is that of the exact number.
    #[test]
    fn rounding_is_half_up(digits in 0_i64..1_000_000_000, places in 0_u32..9, decimals in 1_u32..=6) {
        let shape = Shape { decimals, multiplier_power: 0, percent: false };
        let printed = Exact::from_steps(i128::from(digits), places).fixed(places);
        let rounded = Exact::from_steps(i128::from(digits), places).round(decimals, crate::number::Rounding::HalfUp);
        prop_assert_eq!(parse(printed.as_bytes(), &shape).value(&shape), Some(rounded));
    }
}
