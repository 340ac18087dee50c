//! Codes of measures and scores.

use crate::code::codes;

codes! {
    NO_TOTAL = "score/no-total" Error
        expected "每个考核对象都应有总分。" "Every unit should have a total."
        message "{unit} 没有总分:{reason}" "{unit} has no total: {reason}"
        help "补齐缺少的数据或评定结果,或在 [policy] states 中改用其他处理方式。"
             "Supply the missing data or judgement, or choose another treatment in [policy] states.";
    ROUNDING_DECIDES = "score/rounding-decides" Warning
        expected "名次不应由四舍五入决定。" "Rounding should not decide an order of ranks."
        message "不取整时 {ahead} 在 {behind} 之前,取整后并非如此" "without rounding {ahead} would stand before {behind}; the printed totals say otherwise"
        help "在通报中说明,或提高 [policy] points_decimals。" "Say so in the notice, or raise [policy] points_decimals.";
}
