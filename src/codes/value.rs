//! Codes of single values.

use crate::code::codes;

codes! {
    NOT_A_NUMBER = "value/not-a-number" Error
        expected "统计项目的单元格应只写一个数，或留空。" "A cell of a statistical item holds one number, or is left blank."
        message "“{value}”不能读作一个数" "`{value}` cannot be read as one number"
        help "改填准确的数；没有数据的留空。" "Write the exact number; leave the cell blank if there is none.";
    FRACTION = "value/fraction" Error
        expected "计数项目的值应为整数。" "The value of a count is a whole number."
        message "“{value}”换算后不是整数" "`{value}` is not a whole number in the item's unit"
        help "核对该数，以及列名中的单位（如万人次）。" "Check the number, and the unit in the column name (such as 万人次).";
    TOO_LARGE = "value/too-large" Error
        expected "一个值不应超过 10^15 个最小单位。" "A value is at most 10^15 of the item's smallest steps."
        message "“{value}”过大" "`{value}` is too large"
        help "核对该列是否为编码、电话等非统计值，以及单位是否重复换算。" "Check whether the column holds codes or telephone numbers, and whether a unit was applied twice.";
    UNIT_TWICE = "value/unit-twice" Error
        expected "单位应只写一处，或在列名，或在单元格。" "A unit stands in one place, the column name or the cell."
        message "“{value}”带有单位，而列名中也有换算单位" "`{value}` carries a unit, and its column name has one that scales the number"
        help "去掉单元格中的单位，并确认该数以列名的单位计。" "Remove the unit from the cell, and make sure that the number is in the unit of the column name.";
    PERCENT = "value/percent" Error
        expected "只有单位为 % 的项目才可以写百分号或千分号。" "Only an item whose unit is % is written with % or ‰."
        message "“{value}”是百分数或千分数，而该项目的单位不是 %" "`{value}` is a share in % or ‰, but the unit of the item is another"
        help "改填该项目本身的数，或核对该列对应的项目。" "Write the item's own figure, or check which item the column belongs to.";
    UNIT_DIFFERS = "value/unit-differs" Error
        expected "单位为 % 的项目不应带有其他单位。" "An item whose unit is % carries no other unit."
        message "“{value}”带有其他单位，而该项目的单位是 %" "`{value}` carries another unit, but the unit of the item is %"
        help "改填百分数，或核对该列对应的项目。" "Write the percentage, or check which item the column belongs to.";
    ROUNDED = "value/rounded" Info
        expected "一个值的小数位数不应多于项目规定的位数。" "A value has no more decimals than its item."
        message "“{value}”按项目的小数位数四舍五入为 {read}" "`{value}` was rounded half-up to {read}, the decimals of the item"
        help "如需更多小数位，在指标库中修改项目的 decimals。" "If more decimals matter, change the item's `decimals` in the catalogue.";
    SCIENTIFIC = "value/scientific" Warning
        expected "数应写出全部数位。" "A number is written with all its digits."
        message "“{value}”为科学记数法，读作 {read}，末位数字可能已丢失" "`{value}` in scientific notation was read as {read}; its last digits may have been lost"
        help "将该列设为数值格式后重新导出。" "Give the column a number format and export it again.";
    FULL_WIDTH = "value/full-width" Info
        expected "数应以半角字符书写。" "A number is written in half-width characters."
        message "“{value}”含全角字符，读作 {read}" "`{value}` has full-width characters and was read as {read}"
        help "无需处理；可以改为半角。" "Nothing needs to be done; half-width digits avoid the note.";
    THOUSANDS_SEPARATOR = "value/thousands-separator" Info
        expected "数应不带千位分隔符。" "A number is written without thousands separators."
        message "“{value}”含千位分隔符，读作 {read}" "`{value}` has thousands separators and was read as {read}"
        help "无需处理；可以去掉分隔符。" "Nothing needs to be done; a plain number format avoids the note.";
    UNIT_IN_CELL = "value/unit-in-cell" Info
        expected "单位应写在列名中。" "A unit stands in the column name."
        message "“{value}”带有单位，读作 {read}" "`{value}` carries a unit and was read as {read}"
        help "无需处理；可以把单位移到列名中。" "Nothing needs to be done; a unit in the column name avoids the note.";
    PERCENT_SIGN = "value/percent-sign" Info
        expected "单位为 % 的项目应只写数。" "An item whose unit is % is written as a bare number."
        message "“{value}”带有百分号或千分号，读作 {read}" "`{value}` carries % or ‰ and was read as {read}"
        help "无需处理；可以去掉百分号。" "Nothing needs to be done; a bare number avoids the note.";
    NEGATIVE_MARK = "value/negative-mark" Info
        expected "负数应以“-”开头。" "A negative number begins with \"-\"."
        message "“{value}”以括号或其他记号表示负数，读作 {read}" "`{value}` marks a negative number in another way and was read as {read}"
        help "确认该数为负数。" "Make sure that a negative number is meant.";
    TEXT_PREFIX = "value/text-prefix" Info
        expected "数应以数值保存，而不是文本。" "A number is stored as a number, not as text."
        message "“{value}”以撇号开头，读作 {read}" "`{value}` begins with an apostrophe and was read as {read}"
        help "无需处理；可以将该列转换为数值。" "Nothing needs to be done; converting the column to numbers avoids the note.";
    MISSING_MARK = "value/missing-mark" Info
        expected "没有数据的单元格应留空。" "A cell without a figure is left blank."
        message "“{value}”按缺失处理" "`{value}` counts as missing"
        help "如果实际为 0，应填 0。" "If the figure is really 0, write 0.";
    FAILED_FORMULA = "value/failed-formula" Warning
        expected "公式应得出一个数。" "A formula gives a number."
        message "公式出错（{value}），按缺失处理" "the formula failed ({value}), and the cell counts as missing"
        help "在电子表格软件中修正公式后重新保存；没有数据的留空。" "Mend the formula and save the file again; leave the cell blank if there is no figure.";
    CONFLICT = "value/conflict" Error
        expected "同一机构、期间、项目只应有一个值。" "An organisation, period and item have one value."
        message "值不一致，均不采用：{cells}" "the values differ and none is used: {cells}"
        help "核实后删去错误的一处。" "Find out which is right and delete the other.";
    CHOSEN = "value/chosen" Warning
        expected "同一机构、期间、项目只应有一个值；数据源写有 prefer 的，按其取舍。" "An organisation, period and item have one value; of several, the `prefer` of a source chooses one."
        message "值不一致：{cells}；采用 {chosen}，相差 {difference}" "the values differ: {cells}; {chosen} is used, the difference is {difference}"
        help "核实哪一处正确；不采用的一处可以删去。" "Find out which is right; the other can be deleted.";
    REPEATED = "value/repeated" Info
        expected "同一机构、期间、项目只应出现一次。" "An organisation, period and item stand once."
        message "{count} 个值与前面读到的相同，只计一次" "values that repeat what was read before and count once: {count}"
        help "无需处理；可以删去重复的行或文件。" "Nothing needs to be done; repeated rows or files can be removed.";
    SUPERSEDED = "value/superseded" Info
        expected "不采用的单元格有何问题，只作记录。" "What is wrong with a cell that does not count is only noted."
        message "{problem}；此处不采用（{instead}）" "{problem}; it does not count ({instead})"
        help "无需处理。" "Nothing needs to be done.";
}
