//! Codes of catalogues.

use crate::code::codes;

codes! {
    DUPLICATE_ID = "catalogue/duplicate-id" Error
        expected "项目、指标、常数和校验的 id 在所有指标库中唯一。" "The id of an item, indicator, constant or check is unique over all catalogues."
        message "“{id}”在 {file} 中已经定义" "`{id}` is already defined in {file}"
        help "换一个 id；口径不同的指标用不同的 id。" "Choose another id; different definitions have different ids.";
    TWO_FILES = "catalogue/two-files" Error
        expected "一个编号的指标库只有一个。" "A catalogue's id is that of one catalogue."
        message "“{id}”也是 {other} 中另一个指标库的编号" "`{id}` is the id of another catalogue, in {other}"
        help "给其中一个另起编号；一次考核的各方案共用同一批指标库。" "Give one of them another id; all schemes of an assessment share one set of catalogues.";
    DECIMALS = "catalogue/decimals" Error
        expected "项目和指标的小数位数为 0 到 6。" "Items and indicators have 0 to 6 decimals."
        message "写的是 {value}" "it says {value}"
        help "改为 0 到 6。" "Write 0 to 6.";
    COUNT_WITH_DENOMINATOR = "catalogue/count-with-denominator" Error
        expected "form = \"count\" 的指标没有分母。" "An indicator with `form = \"count\"` has no denominator."
        message "“{id}”写了分母" "`{id}` has one"
        help "去掉分母，或改用 proportion、rate、ratio、mean。" "Remove it, or use proportion, rate, ratio or mean.";
    RATE_OF_EVENTS = "catalogue/rate-of-events" Error
        expected "form = \"rate\" 的指标为事件数之和除以暴露量：分子中的项目为 flow，小数位数为 0，单位为计数单位。" "An indicator with `form = \"rate\"` divides a sum of counts of events by an exposure: its numerator adds items with `time = \"flow\"`, no decimals and a unit that counts."
        message "“{id}”：{found}" "`{id}`: {found}"
        help "改正公式或项目；不是事件数的，用 ratio、mean 或 proportion。" "Correct the formula or the item; what counts no events is a ratio, mean or proportion.";
    EXAMPLE_DIFFERS = "catalogue/example-differs" Error
        expected "指标的算例重新计算后应得到 expect 的值。" "A worked example, computed again, gives the value of `expect`."
        message "“{id}”算得 {found}，而算例写的是 {expected}" "`{id}` comes to {found}, the example says {expected}"
        help "核对公式、系数和算例中的数。" "Check the formula, the factor and the figures of the example.";
    EXAMPLE_INCOMPLETE = "catalogue/example-incomplete" Error
        expected "算例应给出公式用到的每一个数。" "A worked example gives every figure the formula uses."
        message "“{id}”的算例没有 {name}" "the example of `{id}` lacks {name}"
        help "在算例中加上该数。" "Add the figure to the example.";
    CHECK_KEY = "catalogue/check-key" Error
        expected "per、tolerance、relative 和 rounding 只用于 rule。" "The keys per, tolerance, relative and rounding go with `rule` only."
        message "此校验没有 rule，却写了 {key}" "this check has no `rule`, yet it has `{key}`"
        help "去掉该键。" "Remove the key.";
    CHECK_NUMBER = "catalogue/check-number" Error
        expected "校验中的数应在其键规定的范围内。" "A number of a check lies where its key allows."
        message "{key} 为 {value}，应{wanted}" "`{key}` is {value}; it must be {wanted}"
        help "改正该数。" "Correct the number.";
    CHECK_OPERAND = "catalogue/check-operand" Error
        expected "校验逐机构比较数值，不用 count、each 和 target。" "A check compares figures as reported, without count, each and target."
        message "校验中出现了 {found}" "{found} stands in the check"
        help "改用项目本身；对考核对象合计用 per = \"unit\"。" "Write the items themselves; `per = \"unit\"` compares sums of a unit.";
    TOO_FEW_ITEMS = "catalogue/too-few-items" Error
        expected "together、exclusive 和 repeated 至少比较两个项目。" "The checks together, exclusive and repeated compare at least two items."
        message "{key} 只写了 {count} 个项目" "`{key}` has {count}"
        help "补上其余项目。" "Add the others.";
    BAND = "catalogue/band" Error
        expected "范围至少写 low 和 high 之一，且 low 不大于 high。" "A band has a low or a high edge, and low is not above high."
        message "low 为 {low}，high 为 {high}" "low is {low}, high is {high}"
        help "补上或改正。" "Add an edge, or put them in order.";
    PLAUSIBLE_LEVEL = "catalogue/plausible-level" Error
        expected "合理范围按机构核对，因此只用于可按机构计算的指标。" "A plausible band is checked per institution, so it stands on an indicator that an institution can have."
        message "“{id}”的最低层级是{level}" "the lowest level of `{id}` is {level}"
        help "去掉 plausible，或把范围写在可按机构计算的指标上。" "Remove `plausible`, or put it on an indicator of institutions.";
}
