//! Codes of dividing targets.

use crate::code::codes;

codes! {
    NOTHING = "targets/nothing" Error
        expected "任务文件至少有一个 [[quantity]] 或 [[quality]]。" "A targets file has at least one [[quantity]] or [[quality]]."
        message "两者都没有" "there is neither"
        help "写上要下达的任务。" "Write the targets that are to be set.";
    WEIGHTS = "targets/weights" Error
        expected "各权重之和为 1，分摊的数才等于总量。" "Weights sum to 1, so that the parts make up the total."
        message "{item} 的权重之和为 {sum}" "the weights of {item} sum to {sum}"
        help "改正 `by` 中的权重。" "Correct the weights under `by`.";
    NOBODY = "targets/nobody" Error
        expected "用来分摊的一列不能全部为 0。" "A column by which a total is divided is not 0 for all."
        message "“{column}”列之和为 0" "the column `{column}` sums to 0"
        help "改正该列，或去掉它的权重。" "Correct the column, or take its weight away.";
    LIMITS = "targets/limits" Error
        expected "在各对象的上下限之内能够分完总量。" "The total can be divided within the limits of the units."
        message "{item} 不能分：{why}" "{item} cannot be divided: {why}"
        help "改正总量、at_least、at_most 或商定的数。" "Correct the total, `at_least`, `at_most` or what was agreed on.";
    CROSSED = "targets/limits-crossed" Error
        expected "下限不高于上限。" "A least is not above a most."
        message "下限 {least} 高于上限 {most}" "the least of {least} is above the most of {most}"
        help "改正其中一个。" "Correct one of the two.";
    UNKNOWN_ITEM = "targets/unknown-item" Error
        expected "意见征询的每一行都属于一项任务。" "Every row of the consultation is about one of the targets."
        message "没有任务“{item}”" "there is no target `{item}`"
        help "写任务的 item。" "Give the `item` of a target.";
    UNIFORM = "targets/uniform" Error
        expected "质量目标对所有对象统一，不单独商定。" "Targets of quality are the same for all and not agreed on one by one."
        message "{unit} 对“{item}”另有商定" "{unit} agreed on `{item}`"
        help "删去该行，或改 [[quality]] 的 target。" "Delete the row, or change the target under [[quality]].";
    AGREED_NOTHING = "targets/agreed-nothing" Error
        expected "意见征询的一行写明 target，或 at_least、at_most。" "A row of the consultation gives a target, or a least or most."
        message "{unit} 的“{item}”没有数" "{unit} has no figure for `{item}`"
        help "填写商定的数，或删去该行。" "Fill in what was agreed on, or delete the row.";
    AGREED_BOTH = "targets/agreed-both" Error
        expected "商定了任务数的，不再写上下限。" "Where a target was agreed on, there is no least or most beside it."
        message "{unit} 的“{item}”两者都有" "{unit} has both for `{item}`"
        help "删去其中一种。" "Delete one of them.";
    ROUND = "targets/round" Error
        expected "轮次是整数，意见征询从第 1 轮起。" "Rounds are whole numbers; those of a consultation begin at 1."
        message "轮次写的是“{value}”" "the round is `{value}`"
        help "写 1 或 2。" "Write 1 or 2.";
    NO_SUCH_ROUND = "targets/no-such-round" Error
        expected "所选的轮次在意见征询表中。" "The round asked for is one of the consultation."
        message "没有第 {round} 轮，最后一轮是第 {last} 轮" "there is no round {round}; the last one is {last}"
        help "改正 --round 或 round；初稿为 0。" "Correct `--round` or `round`; the draft is 0.";
    LATER_ROUND = "targets/later-round" Info
        expected "某一版只用到该轮为止商定的数。" "A version takes what was agreed on up to its round."
        message "第 {round} 版没有用到以后各轮的 {count} 行" "rows of later rounds that version {round} leaves aside: {count}"
        help "要用到它们，改 `round` 或 --round。" "To take them, change `round` or --round.";
    OTHER_PERIOD = "targets/other-period" Warning
        expected "只比较同一期间的任务。" "Targets of the same period are compared."
        message "{file} 中有 {count} 行属于其他期间，没有比较" "rows of {file} that are of other periods and were not compared: {count}"
        help "换用本期的任务表。" "Name a file of this period.";
    NO_EARLIER = "targets/no-earlier" Error
        expected "用来比较的任务表有本期的任务。" "The file that is compared with has targets of this period."
        message "{file} 没有 {period} 的任务" "{file} has no target of {period}"
        help "换用本期的任务表。" "Name a file of this period.";
}
