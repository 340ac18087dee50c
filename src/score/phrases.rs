//! Sentences about states, parts and totals; the rules' own sentences stand in `reason`.

use crate::score::reason;
use crate::text::{Phrase, phrases};

/// True for what ends the account of one part of a `mix`.
pub fn closes_a_part(phrase: &Phrase) -> bool {
    *phrase == PART || *phrase == PART_SPREAD
}

/// True for what begins a sentence of its own: an entry of a list of deductions, or their sum.
pub fn begins_afresh(phrase: &Phrase) -> bool {
    *phrase == reason::DEDUCT_OF || *phrase == reason::DEDUCT_TOTAL
}

phrases! {
    STATE = "score/state" "{state}" "{state}";
    DOES_NOT_APPLY = "score/does-not-apply" "本条不适用于该考核对象" "this criterion does not apply to the unit";
    TREATED_AS_FULL = "score/treated-as-full" "按规定计满分" "full marks by the policy";
    RESCALED = "score/rescaled" "{full} 分不计入适用分值" "its {full} points leave the applicable points";
    REFUSED = "score/refused" "按规定不计总分" "no total by the policy";
    BASELINE_STATE = "score/baseline-state" "基期{state}" "the baseline is {state}";
    NO_VALUE = "score/no-value" "没有可用的数值" "there is no usable value";
    BEST_OF = "score/best-of" "{n} 种计分方法取最优" "the best of {n} ways of scoring";
    PART = "score/part" "第 {number} 部分得 {points}/{full} 分" "part {number}: {points} of {full} points";
    PART_SPREAD = "score/part-spread" "第 {number} 部分无法评定，其 {full} 分按比例分摊到其余部分" "part {number} cannot be evaluated: its {full} points are spread over the others";
    NOTHING_LOST = "score/nothing-lost" "不扣分" "which costs nothing";
    NOT_JUDGED = "score/not-judged" "尚无评定结果" "no judgement was handed in";
    JUDGED_NOT_APPLICABLE = "score/judged-not-applicable" "评定为不适用" "judged not applicable";
    NO_EVIDENCE = "score/no-evidence" "没有书面材料，不得分" "no written evidence, so no points";
    STAGE = "score/stage" "以{stage}结果为准" "by {stage}";
    PROVISIONAL_REJECTED = "provisional/rejected" "“{criterion}”所用指标“{indicator}”涉及被剔除的数值" "{criterion}: {indicator} touches a rejected value";
    PROVISIONAL_JUDGEMENT = "provisional/judgement" "“{criterion}”尚未评定" "{criterion} is not judged yet";
    PROVISIONAL_HALF = "provisional/half" "适用分值 {applicable} 分，不足满分 {full} 分的一半" "only {applicable} of {full} points are applicable, less than half";
    RESCALE = "adjustment/rescale" "{lost} 分不适用（满分 {full} 分）：{sum} × {full}/{applicable}" "{lost} of {full} points not applicable: {sum} × {full}/{applicable}";
    NOTHING_APPLICABLE = "total/nothing-applicable" "没有任何适用的分值" "no points are applicable";
    TOTAL_REFUSED = "total/refused" "“{criterion}”缺少数值，按规定不计总分" "{criterion} has no value, and the policy then gives no total";
}
