//! Totals, states and judged criteria through the library: worked numbers of SEMANTICS R, S, P and
//! the property that a total is exactly the sum of what is printed.

use std::collections::BTreeMap;

use kaohe::formula::Window;
use kaohe::measure::roster::{BaselineMembers, Unit};
use kaohe::number::{Exact, Rounding};
use kaohe::score::criteria::{
    Criteria, Criterion, Dimension, EvidenceNeed, GradeCut, MixPart, Policy, Rescale, Rule, States, Thresholds, Treatment,
};
use kaohe::score::criterion::{Context, Scored, score};
use kaohe::score::deduction::Counted;
use kaohe::score::extra::{Bonus, Effect, Extras, Gain, GainKind, Penalty, Trigger, Veto};
use kaohe::score::grade::Requires;
use kaohe::score::judgement::{JudgedValue, Judgement, Stage};
use kaohe::score::kernel::{Direction, Each, Evidence, Grade, Points, Ratio};
use kaohe::score::peers::Peers;
use kaohe::score::total::{Total, total};
use kaohe::scorebook::MeasureResult;
use kaohe::state::State;
use kaohe::text::{Lang, Text};
use proptest::prelude::*;

fn x(text: &str) -> Exact {
    text.parse().expect("a decimal")
}

const DEFAULTS: States = States {
    missing: Treatment::Zero,
    incomplete: Treatment::Zero,
    rejected: Treatment::Zero,
    not_applicable: Treatment::Rescale,
    zero_denominator: Treatment::Rescale,
    too_small: Treatment::Rescale,
};

fn policy() -> Policy {
    Policy {
        states: DEFAULTS,
        rescale: Rescale::Total,
        min_completeness: Exact::one(),
        min_denominator: Exact::zero(),
        points_decimals: 2,
        rounding: Rounding::HalfUp,
        thresholds: Thresholds::Exact,
        baseline_members: BaselineMembers::LikeForLike,
        evidence: EvidenceNeed::Optional,
    }
}

fn dimension(id: &str, points: &Exact, within: Option<usize>) -> Dimension {
    Dimension { id: id.into(), name: Text::same(id), points: points.clone(), within, in_total: true, bonus_points: None }
}

fn judged(id: &str, points: &str, rule: Rule) -> Criterion {
    Criterion {
        id: id.into(),
        name: Text::same(id),
        dimension: 0,
        indicator: None,
        points: x(points),
        rule,
        cases: Vec::new(),
        is_due: true,
        classes: None,
        applies_to: None,
        states: DEFAULTS,
        printed: Vec::new(),
        target_text: None,
        basis: Vec::new(),
        lines: None,
    }
}

fn scheme(dimensions: Vec<Dimension>, criteria: Vec<Criterion>, rescale: Rescale) -> Criteria {
    let roots = dimensions.iter().filter(|dimension| dimension.within.is_none()).map(|dimension| &dimension.points);
    Criteria {
        id: "scheme".into(),
        title: Text::same("scheme"),
        status: "illustrative".into(),
        basis: Vec::new(),
        full_points: roots.sum(),
        peer_group: None,
        policy: Policy { rescale, ..policy() },
        dimensions,
        criteria,
        extras: Extras { bonus_points: Exact::zero(), bonuses: Vec::new(), penalties: Vec::new(), vetoes: Vec::new() },
        classes: Vec::new(),
        grades: Vec::new(),
        grades_without_bonuses: false,
        statements: Vec::new(),
        joint: None,
    }
}

fn unit() -> Unit {
    Unit {
        key: "U".into(),
        name: Text::same("U"),
        short_name: None,
        own_row: None,
        attributes: BTreeMap::new(),
        is_ranked: true,
        targets: Vec::new(),
    }
}

fn given(criterion: &str, value: JudgedValue, stage: Stage, row: u64) -> Judgement {
    Judgement {
        unit: "U".into(),
        criterion: criterion.into(),
        part: String::new(),
        value,
        judge: "J".into(),
        stage,
        evidence: String::new(),
        reason: String::new(),
        file: "judgements.csv".into(),
        row,
    }
}

fn scored(criterion: &Criterion, policy: &Policy, judgements: &[Judgement]) -> Scored {
    let (unit, judgements): (Unit, Vec<&Judgement>) = (unit(), judgements.iter().collect());
    score(
        criterion,
        None,
        Context {
            policy,
            states: DEFAULTS,
            indicators: &[],
            unit: &unit,
            measures: &[],
            judgements: &judgements,
            peers: Peers::default(),
            feeds: &[],
        },
    )
}

fn points(text: &str) -> JudgedValue {
    JudgedValue::Given(text.into())
}

fn added(scheme: &Criteria, scores: &[Scored]) -> Total {
    added_with(scheme, scores, &[])
}

fn added_with(scheme: &Criteria, scores: &[Scored], judgements: &[Judgement]) -> Total {
    let unit = unit();
    let judgements: Vec<&Judgement> = judgements.iter().collect();
    let policy = &scheme.policy;
    let context = Context {
        policy,
        states: DEFAULTS,
        indicators: &[],
        unit: &unit,
        measures: &[],
        judgements: &judgements,
        peers: Peers::default(),
        feeds: &[],
    };
    total(scheme, &scheme.sheet_of(&unit), scores, context)
}

/// One criterion per entry: its full points, and the points awarded or none where it is not applicable.
fn totalled(entries: &[(&str, Option<&str>)], rescale: Rescale) -> (Criteria, Vec<Scored>, Total) {
    let criteria: Vec<Criterion> =
        entries.iter().enumerate().map(|(at, (full, _))| judged(&at.to_string(), full, Rule::Points(Points { step: None }))).collect();
    let rows: Vec<Judgement> = entries
        .iter()
        .enumerate()
        .map(|(at, (_, awarded))| given(&at.to_string(), awarded.map_or(JudgedValue::NotApplicable, points), Stage::Review, at as u64))
        .collect();
    let full = criteria.iter().map(|criterion| &criterion.points).sum::<Exact>();
    let scheme = scheme(vec![dimension("d", &full, None)], criteria, rescale);
    let scores: Vec<Scored> = scheme.criteria.iter().map(|criterion| scored(criterion, &scheme.policy, &rows)).collect();
    let total = added(&scheme, &scores);
    (scheme, scores, total)
}

/// R3: S = 78.40, A = 92, F = 100 → 85.22; the row says +6.82.
#[test]
fn points_not_applicable_are_made_up_in_a_printed_row() {
    let (_, _, total) = totalled(&[("92", Some("78.40")), ("8", None)], Rescale::Total);
    assert_eq!(total.total, Some(x("85.22")));
    let [row] = total.adjustments.as_slice() else { panic!("one row") };
    assert_eq!((row.step, row.points.clone()), ("rescale", x("6.82")));
    assert_eq!(row.reason[0].render(Lang::En), "8 of 100 points not applicable: 78.40 × 100/92");
    assert_eq!((total.dimensions[0].points.clone(), total.dimensions[0].applicable.clone()), (x("78.40"), x("92")));
}

/// R3: nothing applicable, no total. S3: `refuse` withholds the total.
#[test]
fn without_applicable_points_there_is_no_total() {
    let (_, _, total) = totalled(&[("100", None)], Rescale::Total);
    assert_eq!((total.total, total.no_total.map(|said| said.phrase.id)), (None, Some("total/nothing-applicable")));
    let refusing = Criterion { states: States { missing: Treatment::Refuse, ..DEFAULTS }, ..judged("a", "10", Rule::Met) };
    let scheme = scheme(vec![dimension("d", &x("10"), None)], vec![refusing], Rescale::Total);
    let scores = vec![scored(&scheme.criteria[0], &scheme.policy, &[])];
    assert_eq!(total_id(&scheme, &scores), Some("total/refused"));
}

fn total_id(scheme: &Criteria, scores: &[Scored]) -> Option<&'static str> {
    added(scheme, scores).no_total.map(|said| said.phrase.id)
}

/// R3: with `rescale = "dimension"` each dimension makes up its own; one without applicable points is
/// made up on the total. 10 of 20 applicable with 8 → 16; 5 of 5 with 4; total 20 of 25 … 20/25 of the
/// 30 in all: 24.
#[test]
fn dimensions_make_up_their_own_points() {
    let mut criteria = vec![
        judged("a", "10", Rule::Points(Points { step: None })),
        judged("b", "10", Rule::Met),
        judged("c", "5", Rule::Points(Points { step: None })),
        judged("d", "5", Rule::Met),
    ];
    for (criterion, dimension) in criteria.iter_mut().zip([0, 0, 1, 2]) {
        criterion.dimension = dimension;
    }
    let dimensions = vec![dimension("one", &x("20"), None), dimension("two", &x("5"), None), dimension("three", &x("5"), None)];
    let scheme = scheme(dimensions, criteria, Rescale::Dimension);
    let rows = [
        given("a", points("8"), Stage::Review, 1),
        given("b", JudgedValue::NotApplicable, Stage::Review, 2),
        given("c", points("4"), Stage::Review, 3),
        given("d", JudgedValue::NotApplicable, Stage::Review, 4),
    ];
    let scores: Vec<Scored> = scheme.criteria.iter().map(|criterion| scored(criterion, &scheme.policy, &rows)).collect();
    let total = added(&scheme, &scores);
    let rows: Vec<(String, Exact)> = total.adjustments.iter().map(|row| (row.id.clone(), row.points.clone())).collect();
    assert_eq!(rows, [("one".to_owned(), x("8")), ("total".to_owned(), x("4"))]);
    assert_eq!(total.total, Some(x("24")));
}

/// S3: zero, full, rescale and refuse, for a judgement that is missing; P12: it is outstanding, so
/// provisional [S4].
#[test]
fn a_state_earns_what_the_policy_says() {
    for (treatment, earned, applicable, refused) in [
        (Treatment::Zero, Some("0"), true, false),
        (Treatment::Full, Some("6"), true, false),
        (Treatment::Rescale, None, false, false),
        (Treatment::Refuse, None, true, true),
    ] {
        let criterion = Criterion { states: States { missing: treatment, ..DEFAULTS }, ..judged("a", "6", Rule::Met) };
        let result = scored(&criterion, &policy(), &[]);
        assert_eq!((result.score.points, result.applicable, result.refused), (earned.map(x), applicable, refused), "{treatment:?}");
        assert_eq!(result.score.state, State::Missing);
        assert_eq!(result.provisional.map(|said| said.phrase.id), Some("provisional/judgement"));
    }
}

/// P12: the last stage scores, the others are shown; `no-evidence` is 0 points; `recused` leaves the
/// judge out.
#[test]
fn the_last_stage_scores() {
    let scale = vec![Grade { id: "A".into(), share: Exact::one() }, Grade { id: "B".into(), share: x("0.6") }];
    let criterion = judged("a", "5", Rule::Graded { scale, text: BTreeMap::new() });
    let rows = [given("a", points("A"), Stage::SelfAssessed, 2), given("a", points("B"), Stage::Review, 3)];
    let result = scored(&criterion, &policy(), &rows);
    assert_eq!(result.score.points, Some(x("3")));
    assert_eq!(
        result.score.judged.iter().map(|shown| (shown.stage, shown.value.as_str())).collect::<Vec<_>>(),
        [("self", "A"), ("review", "B")]
    );
    let appealed = [rows[0].clone(), rows[1].clone(), given("a", points("A"), Stage::Appeal, 4)];
    assert_eq!(scored(&criterion, &policy(), &appealed).score.points, Some(x("5")));
    let without = [given("a", JudgedValue::NoEvidence, Stage::Review, 2)];
    assert_eq!(scored(&criterion, &policy(), &without).score.points, Some(x("0")));
    let recused = [given("a", JudgedValue::Recused, Stage::Review, 2)];
    assert_eq!(scored(&criterion, &policy(), &recused).score.state, State::Missing);
}

/// SCHEMES 1: `evidence = "required"`: no written evidence, no points.
#[test]
fn evidence_may_be_required() {
    let criterion = judged("a", "5", Rule::Evidence(Evidence { required: 3 }));
    let required = Policy { evidence: EvidenceNeed::Required, ..policy() };
    let bare = given("a", points("3"), Stage::Review, 2);
    assert_eq!(scored(&criterion, &required, std::slice::from_ref(&bare)).score.points, Some(x("0")));
    let documented = Judgement { evidence: "plan.pdf".into(), ..bare };
    assert_eq!(scored(&criterion, &required, &[documented]).score.points, Some(x("5")));
}

fn indicator() -> kaohe::catalogue::Indicator {
    use kaohe::catalogue::{Better, Form, Level, Pooling};
    use kaohe::formula::{Formula, Node, UnitExpr};
    use kaohe::period::Lookback;
    let formula = || Formula { text: "1".into(), node: Node::Number(Exact::one()), unit: UnitExpr::default(), not_additive: Vec::new() };
    kaohe::catalogue::Indicator {
        id: "rate".into(),
        name: Text::same("rate"),
        numerator: formula(),
        denominator: None,
        factor: Exact::one(),
        unit: "%".into(),
        better: Better::Higher,
        form: Form::Ratio,
        pooling: Pooling::Pooled,
        decimals: 2,
        lookback: Lookback::Period,
        level: Level::Institution,
        plausible: None,
        aliases: Vec::new(),
        examples: Vec::new(),
        definition: None,
        basis: Vec::new(),
    }
}

fn measured(value: &str, state: State, enough: bool) -> MeasureResult {
    MeasureResult {
        indicator: 0,
        window: Window::Assessed,
        span: "2025".parse().expect("a year"),
        value: Some(x(value)),
        numerator: Some(x(value)),
        denominator: None,
        state,
        enough,
        months_met: 11,
        months_required: 12,
        interval: None,
        reasons: Vec::new(),
        touches_rejected: false,
    }
}

fn by_value(rule: Rule, full: &str, measure: MeasureResult, policy: &Policy) -> Scored {
    let (unit, indicator) = (unit(), indicator());
    let criterion = Criterion { indicator: Some(0), ..judged("a", full, rule) };
    score(
        &criterion,
        None,
        Context {
            policy,
            states: DEFAULTS,
            indicators: &[&indicator],
            unit: &unit,
            measures: &[measure],
            judgements: &[],
            peers: Peers::default(),
            feeds: &[],
        },
    )
}

fn ratio(target: &str) -> Rule {
    Rule::Ratio(Ratio { target: x(target), direction: Direction::Higher })
}

/// P2: 64.996 with target 65: the exact value misses it, the displayed one (65.00) reaches it.
#[test]
fn the_policy_says_whether_the_exact_or_the_displayed_value_enters_a_rule() {
    let exact = by_value(ratio("65"), "8", measured("64.996", State::Reported, true), &policy());
    assert!(exact.unrounded.is_some_and(|points| points < x("8")));
    let displayed = Policy { thresholds: Thresholds::Displayed, ..policy() };
    assert_eq!(by_value(ratio("65"), "8", measured("64.996", State::Reported, true), &displayed).unrounded, Some(x("8")));
}

/// C4, S2: an incomplete value is scored only where completeness reaches the minimum.
#[test]
fn an_incomplete_value_is_scored_only_if_complete_enough() {
    let enough = by_value(ratio("100"), "10", measured("50", State::Incomplete, true), &policy());
    assert_eq!((enough.score.points, enough.score.state), (Some(x("5")), State::Incomplete));
    let short = by_value(ratio("100"), "10", measured("50", State::Incomplete, false), &policy());
    assert_eq!((short.score.points, short.score.state), (Some(x("0")), State::Incomplete));
}

/// P9: 57 % of a target of 60 % at 5 points is 4.75; 4.755 rounds half-up to 4.76.
#[test]
fn points_are_rounded_once() {
    assert_eq!(by_value(ratio("60"), "5", measured("57", State::Reported, true), &policy()).score.points, Some(x("4.75")));
    assert_eq!(by_value(ratio("100"), "5", measured("95.1", State::Reported, true), &policy()).score.points, Some(x("4.76")));
}

/// P7: 4 of 8 points by two parts; a part that cannot be evaluated leaves its points to the rest:
/// 3 of 4 points, 4 more to spread → 6 of 8. Rounded once.
#[test]
fn a_mix_spreads_what_cannot_be_evaluated() {
    let improve = Rule::Improve {
        rule: kaohe::score::kernel::Improve {
            by: kaohe::score::kernel::By::Points,
            rise: kaohe::score::kernel::Rise::Any,
            flat: Exact::zero(),
            plateau: None,
            min_base_numerator: Some(x("30")),
            least_change: None,
            direction: Direction::Higher,
        },
        or_else: None,
    };
    let parts =
        vec![MixPart { points: x("4"), indicator: None, rule: ratio("100") }, MixPart { points: x("4"), indicator: None, rule: improve }];
    let (unit, indicator) = (unit(), indicator());
    let criterion = Criterion { indicator: Some(0), ..judged("a", "8", Rule::Mix(parts)) };
    let base = MeasureResult { window: Window::Baseline, ..measured("5", State::Reported, true) };
    let measures = [measured("75", State::Reported, true), base];
    let result = score(
        &criterion,
        None,
        Context {
            policy: &policy(),
            states: DEFAULTS,
            indicators: &[&indicator],
            unit: &unit,
            measures: &measures,
            judgements: &[],
            peers: Peers::default(),
            feeds: &[],
        },
    );
    assert_eq!(result.score.points, Some(x("6.00")));
}

/// A value with the nearest one that earns more, what that earns, and the nearest that earns full points.
fn ahead(rule: Rule, full: &str, value: &str, base: Option<&str>) -> (Option<(Exact, Exact)>, Option<Exact>) {
    let (unit, indicator) = (unit(), indicator());
    let criterion = Criterion { indicator: Some(0), ..judged("a", full, rule) };
    let base = base.map(|base| MeasureResult { window: Window::Baseline, ..measured(base, State::Reported, true) });
    let measures: Vec<MeasureResult> = std::iter::once(measured(value, State::Reported, true)).chain(base).collect();
    let policy = policy();
    let context = Context {
        policy: &policy,
        states: DEFAULTS,
        indicators: &[&indicator],
        unit: &unit,
        measures: &measures,
        judgements: &[],
        peers: Peers::default(),
        feeds: &[],
    };
    let mut scored = score(&criterion, None, context);
    kaohe::score::next::look_ahead(&criterion, &mut scored, context);
    (scored.score.next.map(|next| (next.value, next.points)), scored.score.full_at)
}

/// S6 (T 98, every 5 lose 0.5, at 4 points, 90 reached): with full steps 93.01 is less than a step short; with steps begun 93
/// is one step short instead of two; with parts of a step every bit counts, up to the target. Bands of 65 and 60.
#[test]
fn the_next_value_is_where_the_rule_gives_more() {
    use kaohe::score::kernel::{Award, Band, Bands, Count, Loss, Per, Steps, When};
    let steps = |count| {
        let loss = Loss { every: x("5"), lose: x("0.5"), count, lose_most: None, per: Per::Points };
        Rule::Steps(Steps { target: x("98"), direction: Direction::Higher, loss })
    };
    assert_eq!(ahead(steps(Count::Floor), "4", "90", None), (Some((x("93.01"), x("4"))), Some(x("93.01"))));
    assert_eq!(ahead(steps(Count::Ceil), "4", "90", None), (Some((x("93"), x("3.5"))), Some(x("98"))));
    assert_eq!(ahead(steps(Count::Exact), "4", "90", None), (Some((x("98"), x("4"))), Some(x("98"))));
    let band = |when, points: &str| Band { when, award: Award::Points(x(points)) };
    let bands = || vec![band(When::AtLeast(x("65")), "5"), band(When::AtLeast(x("60")), "3"), band(When::Otherwise, "0")];
    assert_eq!(ahead(Rule::Bands(Bands { bands: bands() }), "5", "58", None), (Some((x("60"), x("3"))), Some(x("65"))));
    assert_eq!(ahead(Rule::Bands(Bands { bands: bands() }), "5", "65", None), (None, None));
    assert_eq!(ahead(ratio("65"), "8", "52", None), (Some((x("65"), x("8"))), Some(x("65"))));
    // A target of 65.005 % is reached at 65.01, the first value of two decimals beyond it.
    assert_eq!(ahead(ratio("65.005"), "8", "65", None).1, Some(x("65.01")));
}

/// P5: rise 2, flat 0.5 at 10 points, 60 in the baseline: at 59 standing still earns 5, 62 all.
#[test]
fn the_next_value_of_an_improvement_is_the_baseline_then_the_rise() {
    use kaohe::score::kernel::{By, Improve, Rise};
    let rule = Improve {
        by: By::Points,
        rise: Rise::AtLeast(x("2")),
        flat: x("0.5"),
        plateau: None,
        min_base_numerator: None,
        least_change: None,
        direction: Direction::Higher,
    };
    let improve = Rule::Improve { rule, or_else: None };
    assert_eq!(ahead(improve, "10", "59", Some("60")), (Some((x("60"), x("5"))), Some(x("62"))));
}

/// P11: a monitored value has no points and leaves nothing to be made up.
#[test]
fn a_monitored_value_leaves_the_total_alone() {
    let watched = by_value(Rule::Monitor, "0", measured("11.4", State::Rejected, false), &policy());
    assert_eq!((watched.score.points, watched.applicable, watched.provisional.is_none()), (None, false, true));
}

/// One criterion's full points in hundredths, and the share of them awarded, if it applies.
fn entries() -> impl Strategy<Value = Vec<(i64, Option<i64>)>> {
    proptest::collection::vec((1_i64..5_000).prop_flat_map(|full| (Just(full), proptest::option::of(0..=full))), 1..12)
}

proptest! {
    /// R2: a unit's total is exactly the sum of its printed points and rows, in either rescaling.
    #[test]
    fn a_total_is_the_sum_of_what_is_printed(entries in entries(), by_dimension in any::<bool>()) {
        let text = |hundredths: i64| Exact::from_steps(i128::from(hundredths), 2).to_string();
        let written: Vec<(String, Option<String>)> = entries.iter().map(|(full, awarded)| (text(*full), awarded.map(text))).collect();
        let borrowed: Vec<(&str, Option<&str>)> = written.iter().map(|(full, awarded)| (full.as_str(), awarded.as_deref())).collect();
        let rescale = if by_dimension { Rescale::Dimension } else { Rescale::Total };
        let (scheme, scores, total) = totalled(&borrowed, rescale);
        let printed: Exact = scores.iter().filter_map(|scored| scored.score.points.as_ref()).chain(total.adjustments.iter().map(|row| &row.points)).sum();
        match total.total {
            Some(total) => {
                prop_assert_eq!(&total, &printed);
                prop_assert!(total <= scheme.full_points && !total.is_negative());
            }
            None => prop_assert!(entries.iter().all(|(_, awarded)| awarded.is_none())),
        }
    }
}

/// One dimension of two criteria, with a bonus of at most 5, a penalty of 2 for each, and a veto.
fn with_extras(full: i32, effect: Effect, from: Option<usize>) -> Criteria {
    let criteria =
        vec![judged("a", &full.to_string(), Rule::Points(Points { step: None })), judged("b", "10", Rule::Points(Points { step: None }))];
    let bonus = Bonus {
        id: "bonus".into(),
        name: Text::same("bonus"),
        dimension: 0,
        criterion: None,
        gains: vec![Gain { name: Text::same("gain"), kind: GainKind::Discretion { part: String::new(), most: x("9") } }],
        most: None,
    };
    let rule = Each { over: Exact::zero(), lose: x("2"), lose_most: None };
    let of = Counted::Judged("late".into());
    let penalty = Penalty { id: "penalty".into(), name: Text::same("penalty"), of, rule, dimension: from };
    let veto = Veto { id: "veto".into(), name: Text::same("veto"), trigger: Trigger::Judged, effects: vec![effect] };
    let extras = Extras { bonus_points: x("5"), bonuses: vec![bonus], penalties: vec![penalty], vetoes: vec![veto] };
    let points = x(&(full + 10).to_string());
    Criteria { extras, ..scheme(vec![dimension("d", &points, None)], criteria, Rescale::Total) }
}

proptest! {
    /// R2: whatever bonuses, penalties and vetoes do, the total is the sum of what is printed, and not below 0; the
    /// bonus never passes its cap.
    #[test]
    fn a_total_with_extras_is_the_sum_of_its_rows(
        full in 1..100_i32,
        share in 0..=100_i32,
        applies in any::<bool>(),
        gained in 0..=90_i32,
        late in 0..80_i32,
        effect in 0..5_usize,
        fires in any::<bool>(),
        from_dimension in any::<bool>(),
    ) {
        let effects = [Effect::ZeroTotal, Effect::ZeroDimension(0), Effect::ZeroCriterion(0), Effect::Lose(x("7.5")), Effect::CapGrade(0)];
        let mut scheme = with_extras(full, effects[effect].clone(), from_dimension.then_some(0));
        scheme.grades.push(GradeCut { id: "g".into(), name: Text::same("g"), at_least: None, requires: Requires::default(), quota: None });
        let earned = Exact::from(full * share).checked_div(&Exact::from(100)).expect("a hundred").to_string();
        let part = |judgement: Judgement, part: &str| Judgement { part: part.into(), evidence: "e".into(), ..judgement };
        let rows = [
            given("a", points(&earned), Stage::Review, 1),
            given("b", if applies { points("3") } else { JudgedValue::NotApplicable }, Stage::Review, 2),
            given("bonus", points(&x(&format!("{}.{}", gained / 10, gained % 10)).to_string()), Stage::Review, 3),
            part(given("penalty", points(&late.to_string()), Stage::Review, 4), "late"),
            part(given("veto", points(if fires { "yes" } else { "no" }), Stage::Review, 5), ""),
        ];
        let scores: Vec<Scored> = scheme.criteria.iter().map(|criterion| scored(criterion, &scheme.policy, &rows)).collect();
        let total = added_with(&scheme, &scores, &rows);
        let printed: Exact = scores.iter().filter_map(|scored| scored.score.points.as_ref()).sum();
        let adjusted: Exact = total.adjustments.iter().map(|row| &row.points).sum();
        let found = total.total.expect("a total");
        prop_assert_eq!(&found, &(&printed + &adjusted));
        prop_assert!(!found.is_negative());
        let bonus: Exact = total.adjustments.iter().filter(|row| row.step == "bonus").map(|row| &row.points).sum();
        prop_assert!(bonus <= x("5"));
        prop_assert!(total.open.is_empty());
        prop_assert_eq!(total.vetoes.len(), usize::from(fires));
        if fires && effect == 0 {
            prop_assert!(found.is_zero());
        }
    }
}
