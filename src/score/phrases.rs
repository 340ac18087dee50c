//! Sentences about states, parts and totals; the rules' own sentences stand in `reason`.

use crate::score::reason;
use crate::text::{Phrase, phrases};

/// True for what ends the account of one part of a `mix`, or stands before the reason itself.
pub fn closes_a_part(phrase: &Phrase) -> bool {
    [&PART, &PART_SPREAD, &RECUSED].contains(&phrase)
}

/// True for what begins a sentence of its own: an entry of a list of deductions, or their sum; a part, or their mean; a
/// line that was passed.
pub fn begins_afresh(phrase: &Phrase) -> bool {
    [&reason::DEDUCT_OF, &reason::DEDUCT_TOTAL, &PART_TOTAL, &PART_TOTALS, &PART_MEAN, &reason::PAST_WARN, &reason::PAST_ALARM]
        .contains(&phrase)
}

phrases! {
    STATE = "score/state" "{state}" "{state}";
    DOES_NOT_APPLY = "score/does-not-apply" "本条不适用于该考核对象" "this criterion does not apply to the unit";
    TREATED_AS_FULL = "score/treated-as-full" "按规定计满分" "full marks by the policy";
    RESCALED = "score/rescaled" "{full} 分不计入适用分值" "its {full} points leave the applicable points";
    REFUSED = "score/refused" "按规定不计总分" "no total by the policy";
    BASELINE_STATE = "score/baseline-state" "基期{state}" "the baseline is {state}";
    NO_TARGET = "score/no-target" "没有为该考核对象设定“{item}”的目标" "no target of {item} is set for the unit";
    NO_VALUE = "score/no-value" "没有可用的数值" "there is no usable value";
    BEST_OF = "score/best-of" "{n} 种计分方法取最优" "the best of {n} ways of scoring";
    PART = "score/part" "第 {number} 部分得 {points}/{full} 分" "part {number}: {points} of {full} points";
    PART_SPREAD = "score/part-spread" "第 {number} 部分无法评定，其 {full} 分按比例分摊到其余部分" "part {number} cannot be evaluated: its {full} points are spread over the others";
    PART_TOTAL = "part/total" "“{part}”得 {totals}，得分率 {share}" "{part}: {totals}, {share} of full points";
    PART_TOTALS = "part/totals" "“{part}”得 {totals}，平均得分率 {share}" "{part}: {totals}, on average {share} of full points";
    PART_MEAN = "part/mean" "{count} 部分平均得分率 {share}" "the mean of the {count} parts is {share}";
    PART_AT_MOST = "part/at-most" "以满分为限" "no more than full points";
    PART_NOBODY = "part/nobody" "“{part}”中没有属于该考核对象且有总分的" "nobody with a total in {part} belongs to the unit";
    PART_NO_TOTAL = "part/no-total" "“{part}”中{unit}没有总分" "{unit} has no total in {part}";
    PROVISIONAL_PART = "provisional/part" "“{part}”中{unit}的结果是暂定的" "the result of {unit} in {part} is provisional";
    NOTHING_LOST = "score/nothing-lost" "不扣分" "which costs nothing";
    NOT_JUDGED = "score/not-judged" "尚无评定结果" "no judgement was handed in";
    JUDGED_NOT_APPLICABLE = "score/judged-not-applicable" "评定为不适用" "judged not applicable";
    NO_EVIDENCE = "score/no-evidence" "没有书面材料，不得分" "no written evidence, so no points";
    RECUSED = "score/recused" "{count} 名专家回避" "experts who stood aside: {count}";
    PRO_RATA = "score/pro-rata" "目标为 {span} 的 {whole} 按月折算（{months}/{all}）" "the target is the {whole} of {span} in proportion to the months ({months}/{all})";
    STAGE = "score/stage" "以{stage}结果为准" "by {stage}";
    PROVISIONAL_REJECTED = "provisional/rejected" "“{criterion}”所用指标“{indicator}”涉及被剔除的数值" "{criterion}: {indicator} touches a rejected value";
    PROVISIONAL_JUDGEMENT = "provisional/judgement" "“{criterion}”尚未评定" "{criterion} is not judged yet";
    PROVISIONAL_HALF = "provisional/half" "适用分值 {applicable} 分，不足满分 {full} 分的一半" "only {applicable} of {full} points are applicable, less than half";
    RESCALE = "adjustment/rescale" "{lost} 分不适用（满分 {full} 分）：{sum} × {full}/{applicable}" "{lost} of {full} points not applicable: {sum} × {full}/{applicable}";
    ADJUSTMENT_OF = "adjustment/of" "“{name}”" "{name}";
    BONUS_MOST = "bonus/most" "该项加分以{most}为限，实加{gained}" "at most {most} for it, {gained} given";
    BONUS_MOST_DIMENSION = "bonus/most-dimension" "“{name}”的加分以{most}为限，实加{gained}" "at most {most} for bonuses of {name}, {gained} given";
    BONUS_MOST_ALL = "bonus/most-all" "全部加分以{most}为限，实加{gained}" "at most {most} for all bonuses, {gained} given";
    TAKEN_MOST = "adjustment/taken-most" "扣完为止，实扣{lost}" "no more than there is: {lost} taken";
    VETO_MEASURED = "veto/measured" "{formula} 为 {value}（{compare} {with}）" "{formula} is {value} ({compare} {with})";
    VETO_JUDGED = "veto/judged" "经认定发生，佐证：{evidence}" "found to have happened, evidence: {evidence}";
    VETO_ZERO_DIMENSION = "veto/zero-dimension" "“{name}”计 0 分" "no points for {name}";
    VETO_ZERO_CRITERION = "veto/zero-criterion" "“{name}”计 0 分" "no points for {name}";
    VETO_ZERO_TOTAL = "veto/zero-total" "总分计 0 分" "the total is 0";
    VETO_LOSE = "veto/lose" "扣{lost}" "{lost} taken off";
    VETO_CAP = "veto/cap" "等级不高于“{grade}”" "a grade no better than {grade}";
    VETO_DISQUALIFY = "veto/disqualify" "取消{from}资格" "out of the running for {from}";
    JOINT = "joint/share" "{share} 按“{region}” {count} 个考核对象的平均得分 {combined} 计，本身得分 {own}" "{share} by the mean of the {count} units of {region}, which is {combined}; its own points are {own}";
    PROVISIONAL_VETO = "provisional/veto" "否决事项“{veto}”是否发生尚不确定" "it is not known whether the veto {veto} applies";
    PROVISIONAL_PENALTY = "provisional/penalty" "扣分事项“{penalty}”的数量尚不确定" "the count for the penalty {penalty} is not known";
    NOT_ON_SHEET = "score/not-on-sheet" "不在该考核对象本次的考核表中" "not on the sheet of the unit this time";
    GRADE_CAPPED = "grade/capped" "因否决事项，等级不高于“{grade}”" "a veto allows no better grade than {grade}";
    GRADE_VERDICT = "grade/verdict" "未评为“{grade}”：结论为“{verdict}”" "not {grade}: the verdict is “{verdict}”";
    GRADE_DIMENSION = "grade/dimension" "未评为“{grade}”：各维度须达到 {share}，“{dimension}”为 {reached}" "{grade} asks for {share} of every dimension, and {dimension} reaches {reached}";
    GRADE_QUOTA = "grade/quota" "未评为“{grade}”：名额 {limit} 个" "not {grade}: there are {limit} places";
    VERDICT_NONE = "verdict/none" "{grades} 有 {count} 项" "{count} criteria with {grades}";
    VERDICT_COUNT = "verdict/count" "{grade} 及以上 {count} 项，需 {needed} 项" "{count} criteria with {grade} or better, {needed} needed";
    VERDICT_OPEN = "verdict/open" "{count} 项尚无等级" "{count} criteria without a grade";
    NOTHING_APPLICABLE = "total/nothing-applicable" "没有任何适用的分值" "no points are applicable";
    TOTAL_REFUSED = "total/refused" "“{criterion}”缺少数值，按规定不计总分" "{criterion} has no value, and the policy then gives no total";
}
