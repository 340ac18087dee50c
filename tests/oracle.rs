//! The engine against an evaluator that follows SEMANTICS T, O, F, C and S2 word by word: it walks
//! the formula per unit and organisation, keeps positions in sets, tries every choice of values, and
//! shares nothing with the engine but exact numbers, months and the nouns of its input.

#[path = "oracle/arithmetic.rs"]
mod arithmetic;
#[path = "oracle/dice.rs"]
mod dice;
#[path = "oracle/language.rs"]
mod language;
#[path = "oracle/naive.rs"]
mod naive;
#[path = "oracle/place.rs"]
mod place;
#[path = "oracle/random.rs"]
mod random;
#[path = "oracle/time.rs"]
mod time;
#[path = "support/world.rs"]
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kaohe::catalogue::Pooling;
use kaohe::formula::Window;
use kaohe::scorebook::MeasureResult;
use proptest::prelude::*;

use dice::Dice;
use language::{Expr, When};
use naive::Answer;
use place::Place;
use random::{Case, Question, case};

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 3000, ..ProptestConfig::default() }
}

fn cases() -> impl Strategy<Value = Case> {
    proptest::collection::vec(any::<u16>(), 100..900).prop_map(|numbers| case(&mut Dice::new(numbers)))
}

/// What the engine says, in the words of the oracle.
fn engine(case: &Case) -> BTreeMap<String, Vec<Answer>> {
    let asks: Vec<_> = case.questions.iter().map(Question::written).collect();
    let answer = |measure: MeasureResult| Answer {
        state: measure.state.id(),
        value: measure.value,
        numerator: measure.numerator,
        denominator: measure.denominator,
        met: measure.months_met,
        required: measure.months_required,
        touches_rejected: measure.touches_rejected,
    };
    case.world.measure(&asks).into_iter().map(|(unit, measures)| (unit, measures.into_iter().map(answer).collect())).collect()
}

/// The windows a question is measured in: the baseline too, unless the formula names a window.
fn measured(case: &Case, question: &Question) -> Vec<When> {
    let names_a_window = question.formulas().into_iter().flat_map(Expr::whens).any(|when| when != When::Measured);
    let baseline = (case.world.baseline.is_some() && !names_a_window).then_some(When::Baseline);
    std::iter::once(When::Measured).chain(baseline).collect()
}

/// The units: every one that an organisation belongs to in a month of the assessed window.
fn units(case: &Case) -> BTreeSet<String> {
    let organisations = &case.world.organisations;
    let column = |stay: &kaohe::registry::Stay| stay.attributes.get(&case.world.unit).cloned();
    let names = organisations.iter().flat_map(|organisation| {
        let columns = organisation.stays.iter().filter_map(column);
        if case.world.unit == "code" { vec![organisation.code.to_string()] } else { columns.collect() }
    });
    let has_member = |unit: &String| {
        let place = Place::new(case, unit, When::Measured);
        organisations.iter().any(|organisation| !place.belongs(organisation, When::Measured).is_empty())
    };
    names.filter(has_member).collect()
}

proptest! {
    #![proptest_config(config(300))]

    /// T3–T9, O1–O7, F1–F10, C1–C4, S1, S2: the same N, D, value, state and months for every unit.
    #[test]
    fn engine_and_oracle_agree(case in cases()) {
        let said = engine(&case);
        prop_assert_eq!(said.keys().cloned().collect::<BTreeSet<_>>(), units(&case));
        for (unit, said) in said {
            let mut said = said.into_iter();
            for question in &case.questions {
                for when in measured(&case, question) {
                    let expected = Place::new(&case, &unit, when).answer(question);
                    prop_assert_eq!(said.next(), Some(expected), "unit {} at {:?}: {:?}", unit, when, question.written());
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(config(60))]

    /// N1, D5: the order of rows and of organisations never matters.
    #[test]
    fn the_order_of_rows_never_matters(case in cases(), turn in any::<u16>()) {
        let mut other = case.clone();
        other.world.reported.reverse();
        let half = usize::from(turn) % other.world.reported.len().max(1);
        other.world.reported.rotate_left(half);
        other.world.organisations.reverse();
        prop_assert_eq!(engine(&case), engine(&other));
    }

    /// F1, O3: an organisation of another unit changes nothing here.
    #[test]
    fn an_organisation_of_another_unit_changes_nothing(case in cases(), other in cases()) {
        let mut larger = case.clone();
        for mut organisation in other.world.organisations {
            let code = format!("Z{}", organisation.code);
            organisation.code = code.as_str().into();
            organisation.stays.iter_mut().for_each(|stay| drop(Arc::make_mut(&mut stay.attributes).insert("consortium".to_owned(), "Z".to_owned())));
            let reported = other.world.reported.iter().filter(|cell| code.ends_with(&cell.organisation));
            larger.world.reported.extend(reported.map(|cell| world::Reported { organisation: code.clone(), ..cell.clone() }));
            larger.world.organisations.push(organisation);
        }
        let mut said = engine(&larger);
        said.retain(|unit, _| !unit.starts_with('Z'));
        prop_assert_eq!(engine(&case), said);
    }

    /// F9, C2: pooling recomputes sums: N, D and months of the unit are those of its institutions.
    #[test]
    fn pooling_equals_recomputed_sums(mut case in cases()) {
        let plain = |item| language::Term { item, scope: None, when: When::Measured };
        for question in &mut case.questions {
            question.numerator = Expr::Item(plain(0));
            question.denominator = Some(Expr::Item(plain(1)));
            question.pooling = Pooling::Pooled;
            question.form = kaohe::catalogue::Form::Ratio;
        }
        case.questions.truncate(1);
        case.expected_from.iter_mut().for_each(|from| *from = None);
        case.world.items.iter_mut().for_each(|item| item.expected_from = None);
        for organisation in &mut case.world.organisations {
            (organisation.opened, organisation.closed) = (None, None);
            organisation.stays.truncate(1);
            organisation.stays[0] = kaohe::registry::Stay { attributes: Arc::new(BTreeMap::from([("consortium".to_owned(), "G".to_owned())])), ..Default::default() };
        }
        (case.world.unit, case.world.min_completeness) = ("consortium".to_owned(), kaohe::number::Exact::zero());
        let pooled = engine(&case).remove("G").expect("unit G").remove(0);
        case.world.unit = "code".to_owned();
        let own: Vec<Answer> = engine(&case).into_values().map(|mut answers| answers.remove(0)).collect();
        let sum = |figure: fn(&Answer) -> &Option<kaohe::number::Exact>| own.iter().filter_map(|answer| figure(answer).as_ref()).sum();
        prop_assert_eq!(pooled.met, own.iter().map(|answer| answer.met).sum::<usize>());
        prop_assert_eq!(pooled.required, own.iter().map(|answer| answer.required).sum::<usize>());
        if pooled.met > 0 {
            prop_assert_eq!(pooled.numerator, Some(sum(|answer| &answer.numerator)));
            prop_assert_eq!(pooled.denominator, Some(sum(|answer| &answer.denominator)));
        }
    }

    /// T8: each indicator is measured in the assessed window, then in the baseline if there is one and
    /// its formula names no window.
    #[test]
    fn the_baseline_is_measured_where_no_window_is_named(case in cases()) {
        let windows: Vec<_> = case.questions.iter().map(|question| measured(&case, question)).collect();
        prop_assert!(windows.iter().all(|windows| windows.len() <= 2 && windows[0] == When::Measured));
        let asks: Vec<_> = case.questions.iter().map(Question::written).collect();
        for measures in case.world.measure(&asks).into_values() {
            let said: Vec<Window> = measures.iter().map(|measure| measure.window).collect();
            let expected = windows.iter().flatten().map(|when| if *when == When::Measured { Window::Assessed } else { Window::Baseline });
            prop_assert_eq!(said, expected.collect::<Vec<_>>());
        }
    }
}
