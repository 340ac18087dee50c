//! Codes of periods and windows.

use crate::code::codes;

codes! {
    NOT_FROM_JANUARY = "period/not-from-january" Error
        expected "累计数据的期间写到某月为止，自当年一月起。" "A cumulative figure covers January to its month."
        message "“{period}”不是自一月起的累计期间" "{period} does not begin in January"
        help "改正期间，或去掉数据源的 cumulative = true。" "Correct the period, or remove `cumulative = true` from the source.";
    CUMULATIVE_FELL = "period/cumulative-fell" Error
        expected "累计数不应比上一期小。" "A cumulative figure does not fall."
        message "“{item}”累计为 {later}，小于此前的 {earlier}" "{item} stands at {later}, below {earlier} before"
        help "核实该月累计数；它未被采用。" "Check this month's figure; it is not used.";
    PARTS_DIFFER = "period/parts-differ" Warning
        expected "一段时期的值应等于其各部分之和。" "The value of a period is the sum of its parts."
        message "{organisation}的“{item}” {whole} 报 {printed}，{parts} 个部分之和为 {sum}" "{organisation}: {item} for {whole} is {printed}, its parts ({parts}) add up to {sum}"
        help "核实；采用的是覆盖月份最多且个数最少的值。" "Check both; the choice that covers most months with fewest values is used.";
    ENDS_DIFFER = "period/ends-differ" Warning
        expected "同一月末的数只应有一个。" "There is one figure for the end of a month."
        message "{organisation}的“{item}” {month} 末报 {used}，又报 {others}" "{organisation}: {item} at the end of {month} is {used}, and {others}"
        help "核实；采用的是期间最短的一个。" "Check them; the one of the shortest period is used.";
    ELSEWHERE = "period/elsewhere" Warning
        expected "机构的数据落在考核所看的期间之内。" "An organisation's figures fall into the months that are looked at."
        message "{organisation}的数据全在 {first} 至 {last}，{window} 没有数" "all figures of {organisation} are of {first} to {last}; there is none for {window}"
        help "核对考核期（period）和所用的文件。" "Check the `period` of the assessment, and the files.";
    SLOT_UNMET = "period/not-reported" Warning
        expected "应报的月份都应有数。" "Every month that is expected is reported."
        message "{organisation}未报 {months} 的“{item}”" "{organisation} did not report {item} for {months}"
        help "请该机构补报；补报前相应月份的分子、分母均不计入。" "Ask for it; until then these months enter neither numerator nor denominator.";
    STICKS_OUT = "period/sticks-out" Warning
        expected "值的期间应在考核期之内。" "A value lies inside the window."
        message "{organisation}的“{item}”所报期间超出 {window}，{months} 无法单独取数" "{organisation} reported {item} for a period that reaches out of {window}; {months} cannot be taken from it"
        help "请该机构按月或按考核期报数。" "Ask for figures by month, or for the window.";
    OLDER_STOCK = "period/older-value" Warning
        expected "期末数应为考核期最后一个月的数。" "A figure at the end of the window is that of its last month."
        message "{organisation}的“{item}”以 {older} 的数代替 {months}" "{organisation}: {item} of {older} stands in for {months}"
        help "请该机构补报期末数。" "Ask for the figure of the last month.";
}
