//! Why a measure has the state it has.

use crate::text::phrases;

phrases! {
    NOBODY_IN_SCOPE = "measure/nobody-in-scope"
        "没有机构符合或报送 {term}" "no organisation matches or reports {term}";
    OUT_OF_RANGE = "measure/out-of-range"
        "分子 {n} 不在 0 与分母 {d} 之间" "the numerator {n} is not between 0 and the denominator {d}";
    NEGATIVE = "measure/negative"
        "分子为 {n}，分母为 {d}，而事件数和暴露量都不会小于 0" "the numerator is {n} and the denominator {d}, and neither events nor exposure can be below 0";
    WITHOUT_BASE = "measure/without-base"
        "分母为 {d} 而分子为 {n}" "the denominator is {d} while the numerator is {n}";
    TOO_LARGE = "measure/too-large"
        "计算结果超过28位数字" "the calculation needs more than 28 digits";
    OWN_FAULT = "measure/own-value"
        "{organisation}：{fault}" "{organisation}: {fault}";
    COMPLETENESS = "measure/completeness"
        "应报 {required} 个机构月，实报 {met} 个（{percent}%）" "{met} of {required} organisation-months reported ({percent}%)";
    GAP_MISSING = "measure/gap-missing"
        "{organisation} 缺报 {months} 的“{item}”" "{organisation} did not report {item} for {months}";
    GAP_REJECTED = "measure/gap-rejected"
        "{organisation} {months} 的“{item}”含被剔除的数值" "{organisation}: {item} for {months} holds a rejected value";
    GAP_REJECTED_BY = "measure/gap-rejected-by"
        "{organisation} {months} 的“{item}”未通过校验，被剔除：{checks}" "{organisation}: {item} for {months} was rejected by {checks}";
    GAP_OLDER = "measure/gap-older"
        "{organisation} 缺报 {months} 的“{item}”，以 {older} 的数值代替" "{organisation} did not report {item} for {months}; the value of {older} stands in";
    GAP_STICKS_OUT = "measure/gap-sticks-out"
        "{organisation} 的“{item}”所报期间超出考核期，{months} 无法单独取数" "{organisation} reported {item} for a period that reaches out of the window, so {months} cannot be taken from it";
    MORE_GAPS = "measure/more-gaps"
        "另有 {n} 处缺口" "and {n} more gaps";
    REPLACED = "measure/replaced"
        "{organisation} {span} 的“{item}”由 {was} 更正为 {now}（{note}）" "{organisation}: {item} for {span} was corrected from {was} to {now} ({note})";
    MORE_REPLACED = "measure/more-replaced"
        "另有更正 {n} 处" "further corrections: {n}";
    UNDECIDED = "measure/undecided"
        "有机构因缺数无法判定是否在计算范围内" "for some organisation the scope cannot be decided because a figure is missing";
    ZERO_DENOMINATOR = "measure/zero-denominator"
        "分母为零" "the denominator is zero";
    TOO_SMALL = "measure/too-small"
        "分母 {d} 小于规定的最小值 {least}" "the denominator {d} is below the minimum of {least}";
    NO_TARGET = "measure/no-target" "没有为该考核对象设定“{item}”的目标" "no target of {item} is set for the unit";
}
