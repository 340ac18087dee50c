//! How points and totals come about, in words.

use super::Block;
use crate::dossier::Dossier;
use crate::number::Exact;
use crate::report::adjustments::step_word;
use crate::score::criteria::{Policy, Treatment};
use crate::scorebook::Scorebook;
use crate::standing::tally::Tally;
use crate::state::State;
use crate::text::{Text, list};

/// Points, totals, missing data, provisional results.
pub(super) fn blocks(dossier: &Dossier, tally: &Tally) -> Vec<Block> {
    let book = dossier.book;
    let mut said = vec![points(book), totals(book)];
    said.extend(dossier.policy.iter().map(missing));
    said.push(provisional(tally.provisional));
    said.into_iter().map(Block::Paragraph).collect()
}

/// Full points, and how they are spread over dimensions.
fn points(book: &Scorebook) -> Text {
    let top = |in_total: bool| -> Vec<Text> {
        let heads = book.dimensions.iter().filter(|head| head.within.is_none() && head.in_total == in_total);
        heads.map(|head| of_points(&head.name, &head.points)).collect()
    };
    let (within, apart) = (top(true), top(false));
    let (dimensions, aside) = (list(&within), list(&apart));
    let full = &book.head.full_points;
    // Classes of units have sheets with points of their own, and no full points in common.
    let (sum, sum_en) =
        if full.is_zero() { Default::default() } else { (format!("满分 {full} 分，"), format!("Full points: {full}. ")) };
    let (more, more_en) = match apart.as_slice() {
        [] => Default::default(),
        _ => (format!("另计：{}，不进入总分。", aside.zh), format!(" Apart from the total: {}.", aside.en)),
    };
    Text::new(
        format!("{sum}分 {} 个维度：{}。{more}", within.len(), dimensions.zh),
        format!("{sum_en}Dimensions: {}.{more_en}", dimensions.en),
    )
}

fn of_points(name: &Text, points: &Exact) -> Text {
    if points.is_zero() { name.clone() } else { Text::new(format!("{} {points} 分", name.zh), format!("{} {points}", name.en)) }
}

/// What the total is the sum of.
fn totals(book: &Scorebook) -> Text {
    let mut steps: Vec<Text> = Vec::new();
    for row in book.units.iter().flat_map(|unit| &unit.adjustments) {
        let word = step_word(row.step);
        if !steps.contains(&word) {
            steps.push(word);
        }
    }
    let decimals = book.head.points_decimals;
    let steps_list = list(&steps);
    let rows = if steps.is_empty() {
        Text::new("总分为各维度得分之和", "the total is the sum of the dimensions")
    } else {
        Text::new(
            format!("总分为各维度得分与调整分（{}）之和", steps_list.zh),
            format!("the total is the sum of the dimensions and of adjustments ({})", steps_list.en),
        )
    };
    Text::new(
        format!("各项指标按评判标准逐项计分，保留 {decimals} 位小数；{}。名次在同类组内按总分排列，总分相同的名次并列。", rows.zh),
        format!(
            "Every criterion is scored by its rule, with {decimals} decimals; {}. Ranks compare totals within a peer group; equal totals share a rank.",
            rows.en
        ),
    )
}

/// What happens to values that cannot be scored, and from which completeness a value is.
fn missing(policy: &Policy) -> Text {
    let states = &policy.states;
    let treated = [
        (State::Missing, states.missing),
        (State::Incomplete, states.incomplete),
        (State::Rejected, states.rejected),
        (State::NotApplicable, states.not_applicable),
        (State::ZeroDenominator, states.zero_denominator),
        (State::TooSmall, states.too_small),
    ];
    let of_treatment = |wanted: Treatment| {
        let words: Vec<Text> = treated.iter().filter(|(_, treatment)| *treatment == wanted).map(|(state, _)| state.word()).collect();
        let (words, then) = (list(&words), treatment_word(wanted));
        (!words.zh.is_empty()).then(|| Text::new(format!("{}的{}", words.zh, then.zh), format!("{}: {}", words.en, then.en)))
    };
    let all = [Treatment::Zero, Treatment::Full, Treatment::Rescale, Treatment::Refuse];
    let said: Vec<Text> = all.into_iter().filter_map(of_treatment).collect();
    let join = |get: fn(&Text) -> &str, sign: &str| said.iter().map(get).collect::<Vec<_>>().join(sign);
    let least = (&policy.min_completeness * &Exact::from(100)).to_string();
    Text::new(
        format!(
            "数据完整率不低于 {least}% 的指标值才计分。不计分的数据，除评判标准对个别指标另有规定外：{}。",
            join(|text| &text.zh, "；")
        ),
        format!(
            "A value is scored if it is at least {least}% complete. Otherwise, where a criterion does not say more: {}.",
            join(|text| &text.en, "; ")
        ),
    )
}

fn treatment_word(treatment: Treatment) -> Text {
    match treatment {
        Treatment::Zero => Text::new("计 0 分", "0 points"),
        Treatment::Full => Text::new("计满分", "full points"),
        Treatment::Rescale => Text::new("不计该项分值，得分按适用分值折算", "the points do not apply, and the rest is scaled up"),
        Treatment::Refuse => Text::new("不出总分", "no total"),
    }
}

fn provisional(count: usize) -> Text {
    Text::new(
        format!(
            "所用数据被剔除、应有的评议未到、同类比较缺少被剔除的数据，或适用分值不足满分一半的，结果暂定，在备注中标明。本次暂定的 {count} 个。"
        ),
        format!(
            "A result is provisional, and marked so, if data it uses were rejected, a judgement is outstanding, a comparison with peers lacks a rejected value, or fewer than half of the points apply. Provisional results: {count}."
        ),
    )
}
