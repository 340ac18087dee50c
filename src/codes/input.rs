//! Codes of the tables from which targets and money are worked out.

use crate::code::codes;

codes! {
    NO_COLUMN = "input/no-column" Error
        expected "所用的列应在表中。" "A column that is needed stands in the table."
        message "{file} 没有“{column}”列，现有：{columns}" "{file} has no column `{column}`; there are {columns}"
        help "补上该列，或改正列名。" "Add the column, or correct its name.";
    TWO_COLUMNS = "input/two-columns" Error
        expected "表中每个含义只有一列。" "A table has one column of each meaning."
        message "有两列都表示“{column}”" "two columns mean `{column}`"
        help "删去或改名其中一列。" "Remove or rename one of them.";
    COLUMN_NOT_READ = "input/column-not-read" Warning
        expected "表中每一列都有已知的含义。" "Every column of the table has a known meaning."
        message "“{column}”列没有读取" "the column `{column}` was not read"
        help "改正列名；若只是备注，可以不管。" "Correct its name; a mere remark may stay.";
    BLANK = "input/blank" Error
        expected "需要的内容不能为空：空白不是 0。" "What is needed is not left blank: a blank is not 0."
        message "{of} 的“{column}”没有填写" "`{column}` of {of} is blank"
        help "填写该处；确实没有的写 0。" "Fill it in; where there is none, write 0.";
    NEGATIVE = "input/negative" Error
        expected "数量、金额、权重和系数不小于 0。" "Counts, amounts, weights and coefficients are 0 or more."
        message "{what}为 {value}" "{what} is {value}"
        help "改正该数。" "Correct the figure.";
    NOT_WHOLE = "input/not-whole" Error
        expected "按件计的数是整数，不超过 10^15。" "What is counted in pieces is a whole number, at most 10^15."
        message "{what}为 {value}" "{what} is {value}"
        help "写成整数。" "Write a whole number.";
    UNKNOWN_UNIT = "input/unknown-unit" Error
        expected "表中每一行都属于一个已知的对象。" "Every row is about a unit that is known."
        message "没有对象“{unit}”" "there is no unit `{unit}`"
        help "写对象的代码或名称。" "Give the unit's key or name.";
    TWICE = "input/twice" Error
        expected "同一内容只写一次。" "Nothing is said twice."
        message "{what} 已写在第 {other} 行" "{what} stands on line {other} already"
        help "删去其中一处。" "Delete one of the two.";
}
