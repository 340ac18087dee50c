//! Codes of criteria files.

use crate::code::codes;

codes! {
    NO_DIRECTION = "criteria/no-direction" Error
        expected "ratio、steps、improve 规则要求指标的导向是 higher 或 lower。" "The rules ratio, steps and improve need an indicator whose `better` is higher or lower."
        message "规则 {rule} 所用的指标没有导向" "rule `{rule}` is used with an indicator that has no direction"
        help "改用 range、bands 或 monitor 规则,或在指标库中写明该指标的 better。" "Use the rule range, bands or monitor, or state the indicator's `better` in its catalogue." ;

    AGAINST_DIRECTION = "criteria/against-direction" Warning
        expected "满分值应在指标导向的一侧:越高越好时高于起点,越低越好时低于起点。" "Full points lie in the indicator's direction: above zero points where higher is better, below where lower is."
        message "满分值 {full} 与起点 {zero} 的方向同指标导向相反" "full points at {full} and the start at {zero} run against the indicator's direction"
        help "核对 zero 与 full 是否写反,或核对指标的 better。" "Check whether `zero` and `full` are swapped, or the indicator's `better`." ;

    NOT_POSITIVE = "criteria/not-positive" Error
        expected "步长、扣分、上限、要求的改善幅度和材料份数必须大于 0。" "Steps, points lost, caps, a rise asked for and a number of documents are above 0."
        message "{field} 为 {value}" "`{field}` is {value}"
        help "写一个大于 0 的数;不需要这个参数时删去它。" "Write a number above 0, or leave the key out where the rule allows it." ;

    NEGATIVE = "criteria/negative" Error
        expected "最小变化和基期分子的下限不小于 0。" "The least change and the least numerator of a baseline are not below 0."
        message "{field} 为 {value}" "`{field}` is {value}"
        help "写 0 或大于 0 的数,或删去它。" "Write 0 or more, or leave the key out." ;

    SHARE_OUTSIDE = "criteria/share-outside" Error
        expected "占满分的份额在 0 与 1 之间。" "A share of full points lies between 0 and 1."
        message "{field} 为 {value}" "`{field}` is {value}"
        help "把百分数写成小数:60% 写作 0.6。" "Write a percentage as a fraction: 0.6 for 60%." ;

    RATIO_TARGET = "criteria/ratio-target" Error
        expected "ratio 规则的目标大于 0;越低越好的指标可以为 0。" "The target of a ratio is above 0; where lower is better it may be 0."
        message "目标为 {target}" "the target is {target}"
        help "改用 linear 规则,写明不得分值和满分值。" "Use the rule linear, which names the values for no points and for full points." ;

    LINEAR_WIDTH = "criteria/linear-width" Error
        expected "linear 规则的起点与满分值不相等。" "The start of a linear scale differs from its end."
        message "zero 和 full 都是 {value}" "`zero` and `full` are both {value}"
        help "只有一个界限时改用 bands 规则。" "For a single limit use the rule bands." ;

    PERCENT_OF_ZERO = "criteria/percent-of-zero" Error
        expected "按百分比计差距时,目标(或上下限)不为 0。" "A shortfall in percent is taken of a target or limit other than 0."
        message "{field} 为 0,而 per 为 percent" "`{field}` is 0 while `per` is percent"
        help "改为 per = \"points\",按差值计。" "Write per = \"points\" to count the difference itself." ;

    RANGE_ORDER = "criteria/range-order" Error
        expected "范围的下限不高于上限。" "The low end of a range is not above its high end."
        message "下限 {low} 高于上限 {high}" "low {low} is above high {high}"
        help "核对 low 与 high 是否写反。" "Check whether `low` and `high` are swapped." ;

    BANDS_GAP = "criteria/bands-gap" Error
        expected "分档覆盖每一个可能的值。" "Bands cover every value there can be."
        message "没有一档适用于:{gap}" "no band holds for: {gap}"
        help "在末尾加一档 { otherwise = {}, points = … }。" "End the list with { otherwise = {}, points = … }." ;

    BAND_UNREACHABLE = "criteria/band-unreachable" Error
        expected "分档按书写顺序取第一个适用的,每一档都有可能取到。" "The first band in written order that holds is taken, and each can be."
        message "第 {number} 档({band})的值都已归入前面的档" "every value of band {number} ({band}) belongs to an earlier band"
        help "把界限较严的档写在前面,或删去这一档。" "Put the stricter band first, or remove this one." ;

    BAND_POINTS = "criteria/band-points" Error
        expected "一档的分数在 0 与该项满分之间。" "The points of a band lie between 0 and the criterion's full points."
        message "该档 {points} 分,满分 {full} 分" "the band gives {points} of {full} points"
        help "核对该档的 points 与该项的 points。" "Check the band's `points` against the criterion's." ;

    IMPROVE_RISE = "criteria/improve-rise" Error
        expected "improve 规则写明 rise 或 any_rise = true,二者取一。" "The rule improve states either `rise` or `any_rise = true`."
        message "rise 与 any_rise {found}" "found {found} of `rise` and `any_rise`"
        help "有幅度要求时写 rise,只要求有所改善时写 any_rise = true。" "Write `rise` where an amount is asked for, `any_rise = true` where any improvement will do." ;
}
