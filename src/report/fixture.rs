//! A scorebook small enough to check by head: four groups, two tied at 85, one provisional, one
//! without a total.
//!
//! | | rate (40) | survey (20) | cost (40) | adjusted | total | rank |
//! |---|---|---|---|---|---|---|
//! | LY01 | 54.6 % → 30 | A → 20 | 35 | – | 85 | 1 |
//! | LY02 | 2/3 → 33 | n/a | 35 | 68 × 100/80 − 68 = +17 | 85 | 1 |
//! | LY03 | rejected → 0 | 20 | 40 | – | 60 | 3, provisional |
//! | LY04 | missing, refused | 20 | 40 | – | none | – |

use crate::catalogue::{Basis, Better, Confidence};
use crate::code::{Code, Severity};
use crate::finding::{Finding, Findings, Place};
use crate::formula::Window;
use crate::number::Exact;
use crate::scorebook::{
    Adjustment, CriterionHead, DimensionHead, Head, IndicatorHead, Input, Interval, MeasureResult, Provenance, Score, Scorebook, Subtotal,
    UnitResult,
};
use crate::state::State;
use crate::text::{Phrase, Said, Text};

static BELOW: Phrase = Phrase::new("linear/below", "{v},低于目标 {t}", "{v}, below the target of {t}");
static GOT: Phrase = Phrase::new("linear/got", "得 {p} 分", "{p} points");
static NO_VALUE: Phrase = Phrase::new("state/none", "没有可用数据", "no usable figure");
static RESCALED: Phrase = Phrase::new("total/rescaled", "20 分不适用：68 × 100/80", "20 of 100 points not applicable: 68 × 100/80");
static REFUSED: Phrase = Phrase::new("total/refused", "下转率缺报", "the downward rate is missing");
static TOUCHED: Phrase = Phrase::new("provisional/rejected", "下转率用到被剔除的数据", "the downward rate touches a rejected cell");

/// A warning for tests.
pub(super) static ROUNDED: Code = Code {
    severity: Severity::Warning,
    expected: ["数值的小数位不超过项目规定。", "A value has no more decimals than its item allows."],
    message: Phrase::new("value/rounded", "{from} 记为 {to}", "{from} was taken as {to}"),
    help: ["按规定位数上报。", "Report it with fewer decimals."],
};

/// An error for tests.
pub(super) static FRACTION: Code = Code {
    severity: Severity::Error,
    expected: ["人数是整数。", "A count is a whole number."],
    message: Phrase::new("value/fraction", "{from} 不是整数", "{from} is not whole"),
    help: ["更正后重报。", "Correct and report it again."],
};

pub(crate) fn exact(text: &str) -> Exact {
    text.parse().expect("a decimal")
}

/// The scorebook of the table above.
pub(crate) fn scorebook() -> Scorebook {
    Scorebook {
        parts: Vec::new(),
        head: head(),
        indicators: vec![indicator()],
        dimensions: vec![
            dimension("service", "服务能力", "Service capability", "60"),
            dimension("operation", "运行效率", "Operation", "40"),
        ],
        criteria: vec![
            criterion("rate", Text::new("下转率", "Downward rate"), 0, Some(0), "40"),
            criterion("survey", Text::new("满意度", "Satisfaction"), 0, None, "20"),
            criterion("cost", Text::new("费用增幅", "Growth of costs"), 1, None, "40"),
        ],
        units: vec![first(), second(), third(), fourth()],
        findings: Findings::new(findings()),
        provenance: provenance(),
    }
}

fn head() -> Head {
    Head {
        title: Text::new("临沂市紧密型城市医疗集团考核", "Linyi urban medical groups"),
        period: "2025".parse().expect("a period"),
        baseline: "2024".parse().ok(),
        unit: "consortium".to_owned(),
        criteria_title: Text::new("评价细则", "Scheme"),
        status: "illustrative".to_owned(),
        basis: vec![basis()],
        full_points: exact("100"),
        points_decimals: 2,
    }
}

fn basis() -> Basis {
    Basis { document: "国卫办基层发〔2020〕12号".into(), place: None, confidence: Confidence::Recalled }
}

fn indicator() -> IndicatorHead {
    IndicatorHead {
        id: "downward_rate".to_owned(),
        name: Text::new("下转率", "Downward rate"),
        formula: ("referrals_down".to_owned(), Some("discharges".to_owned())),
        factor: exact("100"),
        unit: Text::same("%"),
        better: Better::Higher,
        decimals: 2,
        definition: None,
        basis: vec![basis()],
    }
}

fn dimension(id: &str, zh: &str, en: &str, points: &str) -> DimensionHead {
    DimensionHead {
        id: id.to_owned(),
        name: Text::new(zh, en),
        points: exact(points),
        within: None,
        counts_in: None,
        depth: 0,
        in_total: true,
    }
}

fn criterion(id: &str, name: Text, dimension: usize, indicator: Option<usize>, points: &str) -> CriterionHead {
    CriterionHead {
        id: id.to_owned(),
        name,
        dimension,
        indicator,
        points: exact(points),
        rule: if indicator.is_some() { "linear" } else { "graded" },
        target: indicator.map(|_| "65%".into()),
        printed: Vec::new(),
    }
}

fn unit(key: &str, name: Text, measure: MeasureResult, scores: Vec<Score>, dimensions: [(&str, &str); 2]) -> UnitResult {
    UnitResult {
        key: key.into(),
        name,
        peer_group: String::new(),
        measures: vec![measure],
        scores,
        dimensions: dimensions.map(|(points, applicable)| Subtotal { points: exact(points), applicable: exact(applicable) }).to_vec(),
        adjustments: Vec::new(),
        total: None,
        no_total: None,
        rank: None,
        grade: None,
        full_points: exact("100"),
        class: None,
        grade_notes: Vec::new(),
        vetoes: Vec::new(),
        disqualified: Vec::new(),
        verdicts: Vec::new(),
        provisional: Vec::new(),
    }
}

fn measure(figures: Option<(&str, &str)>, state: State, months_met: usize) -> MeasureResult {
    let part = |pick: fn((&str, &str)) -> Exact| figures.map(pick);
    let (numerator, denominator) = (part(|(n, _)| exact(n)), part(|(_, d)| exact(d)));
    let value = numerator.as_ref().zip(denominator.as_ref()).and_then(|(n, d)| (n * &exact("100")).checked_div(d));
    MeasureResult {
        indicator: 0,
        window: Window::Assessed,
        span: "2025".parse().expect("a period"),
        interval: value.as_ref().map(|_| Interval { lower: 51.5, upper: 57.66, method: "wilson" }),
        value,
        numerator,
        denominator,
        state,
        enough: true,
        months_met,
        months_required: 12,
        reasons: Vec::new(),
        touches_rejected: state == State::Rejected,
    }
}

fn measured(points: Option<&str>, state: State, reason: Vec<Said>) -> Score {
    Score {
        is_on_sheet: true,
        state,
        points: points.map(exact),
        shown: None,
        measure: Some(0),
        reason,
        judged: Vec::new(),
        light: None,
        next: None,
        full_at: None,
        target: None,
    }
}

fn judged(points: Option<&str>, shown: Option<&str>, state: State) -> Score {
    Score {
        is_on_sheet: true,
        state,
        points: points.map(exact),
        shown: shown.map(Text::from),
        measure: None,
        reason: Vec::new(),
        judged: Vec::new(),
        light: None,
        next: None,
        full_at: None,
        target: None,
    }
}

fn first() -> UnitResult {
    let reason = vec![Said::new(&BELOW).with("v", "54.6%").with("t", "65%"), Said::new(&GOT).with("p", "30.00")];
    let scores = vec![
        measured(Some("30"), State::Reported, reason),
        judged(Some("20"), Some("A"), State::Reported),
        judged(Some("35"), Some("B"), State::Reported),
    ];
    let measure = measure(Some(("546", "1000")), State::Reported, 12);
    let unit = unit("LY01", Text::same("临沂市人民医院集团"), measure, scores, [("50", "60"), ("35", "40")]);
    UnitResult { total: Some(exact("85")), rank: Some(1), grade: Some(Text::new("良好", "good")), ..unit }
}

fn second() -> UnitResult {
    let scores = vec![
        measured(Some("33"), State::Incomplete, vec![Said::new(&GOT).with("p", "33.00")]),
        judged(None, None, State::NotApplicable),
        judged(Some("35"), Some("B"), State::Reported),
    ];
    let unit =
        unit("LY02", Text::same("East Group"), measure(Some(("2", "3")), State::Incomplete, 11), scores, [("33", "40"), ("35", "40")]);
    let row = Adjustment { step: "rescale", id: "total".to_owned(), points: exact("17"), reason: vec![Said::new(&RESCALED)] };
    UnitResult { adjustments: vec![row], total: Some(exact("85")), rank: Some(1), grade: Some(Text::new("良好", "good")), ..unit }
}

fn third() -> UnitResult {
    let scores = vec![
        measured(Some("0"), State::Rejected, vec![Said::new(&NO_VALUE)]),
        judged(Some("20"), Some("A"), State::Reported),
        judged(Some("40"), Some("A"), State::Reported),
    ];
    let unit = unit("LY03", Text::same("=中医院集团"), measure(None, State::Rejected, 11), scores, [("20", "60"), ("40", "40")]);
    UnitResult {
        total: Some(exact("60")),
        rank: Some(3),
        grade: Some(Text::new("合格", "pass")),
        provisional: vec![Said::new(&TOUCHED)],
        ..unit
    }
}

fn fourth() -> UnitResult {
    let scores = vec![
        measured(None, State::Missing, vec![Said::new(&NO_VALUE)]),
        judged(Some("20"), Some("A"), State::Reported),
        judged(Some("40"), Some("A"), State::Reported),
    ];
    let unit = unit("LY04", Text::same("妇幼保健院集团"), measure(None, State::Missing, 0), scores, [("20", "60"), ("40", "40")]);
    UnitResult { no_total: Some(Said::new(&REFUSED)), ..unit }
}

/// Four roundings and a fraction.
pub(super) fn findings() -> Vec<Finding> {
    let place = |row| Place {
        file: Some("exports/3月.csv".into()),
        row: Some(row),
        column: Some("医疗收入".into()),
        organisation: Some("LY0101".into()),
        ..Place::default()
    };
    let rounded = |row| Finding::new(&ROUNDED, place(row)).with("from", "1.234").with("to", "1.23");
    let mut findings: Vec<Finding> = (2..6).map(rounded).collect();
    findings.push(Finding::new(&FRACTION, Place { value: Some("-2.5".into()), ..place(9) }).with("from", "-2.5"));
    findings
}

fn provenance() -> Provenance {
    Provenance {
        inputs: vec![Input {
            path: "exports/3月.csv".to_owned(),
            role: "data",
            sha256: "0".repeat(64),
            bytes: 120,
            encoding: Some("GB18030"),
            received: None,
        }],
        options: vec![("policy.min_completeness".to_owned(), "0.9".to_owned())],
        catalogues: vec!["urban-groups 1".to_owned()],
        unverified: vec![("downward_rate".to_owned(), basis())],
        allowed: Vec::new(),
        signed: Vec::new(),
    }
}
