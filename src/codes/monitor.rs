//! Codes of supervision through the year.

use crate::code::codes;

codes! {
    UNIT = "monitor/unit" Error
        expected "整改清单中的考核对象应是本次的考核对象。" "A rectification list is about units that are assessed."
        message "没有考核对象“{written}”" "there is no unit `{written}`"
        help "改正该行；不再考核的，删去该行。" "Correct the row; delete it where the unit is no longer assessed.";
    CRITERION = "monitor/criterion" Error
        expected "整改清单中的标准应在本次的方案中。" "A rectification list is about criteria of the scheme."
        message "没有标准“{written}”" "there is no criterion `{written}`"
        help "改正该行；方案中已没有的，删去该行。" "Correct the row; delete it where the scheme has it no longer.";
    DEADLINE = "monitor/deadline" Error
        expected "完成时限是日期。" "A deadline is a date."
        message "“{written}”不是日期" "`{written}` is none"
        help "写成 2025-09-30。" "Write 2025-09-30.";
    SINCE = "monitor/since" Error
        expected "列入期间是一个期间。" "The period in which an entry was listed first is a period."
        message "“{written}”不是期间" "`{written}` is none"
        help "写成 2025-03 或 2025Q1；电子表格改写过的，把该列设为文本。" "Write 2025-03 or 2025Q1; where a spreadsheet program changed it, make the column text.";
    AS_OF = "monitor/as-of" Error
        expected "--as-of 是日期。" "`--as-of` is a date."
        message "“{written}”不是日期" "`{written}` is none"
        help "写成 2025-09-30。" "Write 2025-09-30.";
}
