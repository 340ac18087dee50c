//! Codes of measures and scores.

use crate::code::codes;

codes! {
    NO_TOTAL = "score/no-total" Error
        expected "每个考核对象都应有总分。" "Every unit should have a total."
        message "{unit}没有总分：{reason}" "{unit} has no total: {reason}"
        help "补齐缺少的数据或评定结果，或在 [policy] states 中改用其他处理方式。"
             "Supply the missing data or judgement, or choose another treatment in [policy] states.";
    ROUNDING_DECIDES = "score/rounding-decides" Warning
        expected "名次不应由四舍五入决定。" "Rounding should not decide an order of ranks."
        message "不取整时{ahead}在{behind}之前，取整后并非如此" "without rounding {ahead} would stand before {behind}; the printed totals say otherwise"
        help "在通报中说明，或提高 [policy] points_decimals。" "Say so in the notice, or raise [policy] points_decimals.";
    MEASURE_REJECTED = "measure/rejected" Error
        expected "指标值应在可能的范围之内。" "The value of an indicator lies in its possible range."
        message "{unit}的“{indicator}”被剔除：{reason}" "{indicator} of {unit} is rejected: {reason}"
        help "核实分子和分母。" "Check numerator and denominator.";
    ABOVE_HUNDRED = "measure/above-hundred" Warning
        expected "百分比通常不超过 100%。" "A percentage is usually 100 % at most."
        message "{unit}的“{indicator}”为 {value}%" "{indicator} of {unit} is {value}%"
        help "核实分子和分母的口径是否一致。" "Check that numerator and denominator count the same things.";
}
