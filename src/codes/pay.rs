//! Codes of turning a result into money.

use crate::code::codes;

codes! {
    NOT_A_RESULT = "pay/not-a-result" Error
        expected "分配依据 kaohe score -o 写出的结果文件夹。" "Money follows a result folder that `kaohe score -o` wrote."
        message "{path}：{why}" "{path}: {why}"
        help "用 kaohe score -o 重新写出结果，再给出该文件夹。" "Write the result again with `kaohe score -o`, and name that folder.";
    CHANGED = "pay/changed" Error
        expected "写出后的结果不得改动。" "A result is used as it was written."
        message "{path} 中的 {file} 与 manifest.json 的校验值不符" "{file} in {path} is not what manifest.json says was written"
        help "不要改动结果文件；改正考核任务或评判标准，重新打分。" "Leave the files of a result as they are; correct the assessment or the scheme and score again.";
    QUALITY = "pay/quality" Error
        expected "质量系数是系数（0.95）或带百分号的数（95%），不大于 2。" "A coefficient of quality is a factor (0.95) or a percentage (95%), at most 2."
        message "{of} 的质量系数为 {value}" "that of {of} is {value}"
        help "写 0.95 或 95%。" "Write 0.95 or 95%.";
    PROVISIONAL = "pay/provisional" Error
        expected "分配依据最终的总分。" "Money follows final totals."
        message "{unit} 的总分是暂定的" "the total of {unit} is provisional"
        help "先解决暂定的原因；要试算，加 --provisional。" "Settle first what makes it provisional; for a trial add --provisional.";
    NO_TOTAL = "pay/no-total" Error
        expected "每个对象都有总分。" "Every unit has a total."
        message "{unit} 没有总分" "{unit} has no total"
        help "先解决没有总分的原因；要试算，加 --provisional。" "Settle first why it has none; for a trial add --provisional.";
    TAKEN = "pay/provisional-taken" Warning
        expected "试算所用的总分可能变动。" "Totals taken for a trial may still change."
        message "用了 {unit} 的暂定总分 {total}" "the provisional total of {unit}, {total}, was taken"
        help "总分确定后重新计算，试算结果不作发放依据。" "Work it out again once the total is final; nothing is paid by a trial.";
    LEFT_OUT = "pay/left-out" Warning
        expected "没有总分的对象在试算中不参加分配。" "A unit without a total takes no part in a trial."
        message "{unit} 没有总分，未参加分配" "{unit} has no total and was left out"
        help "有总分后重新计算；共享总额中它的份额现在分给了其他对象。" "Work it out again once it has one; its part of shared pools stands with the others meanwhile.";
    BANDS = "pay/bands" Error
        expected "各段从高到低，互不相同。" "Bands go from the highest to the lowest, each below the one before."
        message "{this} 不低于前一段的 {before}" "{this} is not below {before}"
        help "按总分从高到低排列。" "List them from the highest total down.";
    NO_COEFFICIENT = "pay/no-coefficient" Error
        expected "每个总分或等次都有系数。" "Every total, or grade, has a coefficient."
        message "{unit}（总分 {total}，等次{grade}）没有系数" "{unit} (total {total}, grade {grade}) has none"
        help "补上该段或该等次的系数；不给的写 0。" "Add the band or the grade; write 0 for what earns nothing.";
    ABOVE_ONE = "pay/above-one" Error
        expected "自有额度的系数不超过 1。" "Of a unit's own pool no more than the whole is paid."
        message "“{pool}”中 {unit} 的系数为 {coefficient}" "in {pool} the coefficient of {unit} is {coefficient}"
        help "把系数改为不超过 1，或改用共享总额。" "Make it 1 at most, or share one pool.";
    POOL = "pay/pool" Error
        expected "总额写明它需要的各项，且只写这些。" "A pool says what its rule needs, and nothing else."
        message "“{pool}”{what}" "{pool} {what}"
        help "rule = \"own\" 要 parts 和 remainder；rule = \"shared\" 要 parts 或 amount；按工作量的要 [work]。"
             "`rule = \"own\"` takes `parts` and `remainder`, `rule = \"shared\"` takes `parts` or `amount`; what goes by work needs [work].";
    LIMITS = "pay/limits" Error
        expected "总额能在各对象的上下限之内分完。" "A pool can be paid within the limits of the units."
        message "“{pool}”不能分：{why}" "{pool} cannot be paid: {why}"
        help "改正总额、上下限或系数。" "Correct the pool, the limits or the coefficients.";
    TOO_LARGE = "pay/too-large" Error
        expected "金额不超过 10 万亿元。" "An amount is at most 10^13 yuan."
        message "“{pool}”为 {value}" "{pool} is {value}"
        help "改正金额或其计量单位。" "Correct the amount or its unit.";
    NO_ROW = "pay/no-row" Error
        expected "每个有分数的对象在 [units] 表中都有一行。" "Every unit with a score has a row in the table of [units]."
        message "{unit} 没有" "{unit} has none"
        help "补上该行；没有金额的写 0。" "Add the row; write 0 where there is no money.";
    UNKNOWN_STEP = "pay/unknown-step" Error
        expected "工作量表中的工序都有当量。" "Every step of the work table has a work equivalent."
        message "没有工序“{step}”" "there is no step `{step}`"
        help "补一个 [[step]]，或改正工序名。" "Add a [[step]], or correct the name.";
    MONTH = "pay/month" Error
        expected "工作量属于考核期内的月份。" "Work is of a month of the assessed period."
        message "月份写的是“{value}”，考核期为 {period}" "the month is `{value}`, the period {period}"
        help "写成 2025-03 这样的月份；其他期间的删去。" "Write a month such as 2025-03; delete what is of other periods.";
}
