//! Codes of catalogues.

use crate::code::codes;

codes! {
    DUPLICATE_ID = "catalogue/duplicate-id" Error
        expected "项目、指标、常数和校验的 id 在所有指标库中唯一。" "The id of an item, indicator, constant or check is unique over all catalogues."
        message "“{id}”在 {file} 中已经定义" "`{id}` is already defined in {file}"
        help "换一个 id；口径不同的指标用不同的 id。" "Choose another id; different definitions have different ids.";
    DECIMALS = "catalogue/decimals" Error
        expected "项目和指标的小数位数为 0 到 6。" "Items and indicators have 0 to 6 decimals."
        message "写的是 {value}" "it says {value}"
        help "改为 0 到 6。" "Write 0 to 6.";
    COUNT_WITH_DENOMINATOR = "catalogue/count-with-denominator" Error
        expected "form = \"count\" 的指标没有分母。" "An indicator with `form = \"count\"` has no denominator."
        message "“{id}”写了分母" "`{id}` has one"
        help "去掉分母，或改用 proportion、ratio、mean。" "Remove it, or use proportion, ratio or mean.";
    EXAMPLE_DIFFERS = "catalogue/example-differs" Error
        expected "指标的算例重新计算后应得到 expect 的值。" "A worked example, computed again, gives the value of `expect`."
        message "“{id}”算得 {found}，而算例写的是 {expected}" "`{id}` comes to {found}, the example says {expected}"
        help "核对公式、系数和算例中的数。" "Check the formula, the factor and the figures of the example.";
    EXAMPLE_INCOMPLETE = "catalogue/example-incomplete" Error
        expected "算例应给出公式用到的每一个数。" "A worked example gives every figure the formula uses."
        message "“{id}”的算例没有 {name}" "the example of `{id}` lacks {name}"
        help "在算例中加上该数。" "Add the figure to the example.";
}
