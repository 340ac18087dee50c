//! Codes of registers of records.

use crate::code::codes;

codes! {
    UNKNOWN_DATE = "record/unknown-date" Error
        expected "每条记录都有可识别的日期。" "Every record has a date that can be read."
        message "{count} 行的日期不能识别，未计数；首处为“{value}”" "rows whose date cannot be read, and which do not count: {count}; the first has `{value}`"
        help "写成 2025-03-07、2025/3/7、20250307 或 2025年3月7日。" "Write 2025-03-07, 2025/3/7, 20250307 or 2025年3月7日.";
    NO_ORGANISATION = "record/no-organisation" Error
        expected "每条要计数的记录都写明归属的机构。" "Every record that counts names the organisation it is credited to."
        message "{count} 行的“{column}”为空，未计数" "rows that do not count because `{column}` is blank: {count}"
        help "补上机构；本不应计数的，用 where 写明。" "Fill in the organisation; where such rows are not meant, say so in `where`.";
    UNKNOWN_PARTNER = "record/unknown-partner" Warning
        expected "集团内转诊的双方机构都应在机构名录中。" "Both ends of a referral within a group are in the registry."
        message "“{column}”中有 {names} 个名称不在名录中，其 {rows} 行不算集团内：{shown}" "names in `{column}` that are not in the registry: {names}; their rows, which count as going out of the group: {rows}: {shown}"
        help "确为集团外机构的不必处理；其余改正名称，或在名录的 aliases 列加上这一写法。" "Nothing needs to be done for outsiders; correct the other names, or add the spellings to the `aliases` of the registry.";
    UNKNOWN_VALUE = "record/unknown-value" Warning
        expected "条件所看的列只含条件中写明的值。" "A column with conditions holds the values that they name."
        message "“{column}”有 {rows} 行写作“{value}”，各条件均未写明" "rows with `{value}` in `{column}`, which no condition names: {rows}"
        help "与某值同义的，加进条件的列表：[\"下转\", \"向下转诊\"]。" "Where it means the same as a named one, add it to the list of the condition: [\"下转\", \"向下转诊\"].";
    OTHER_VALUE = "record/other-value" Info
        expected "条件未写明的值，列出行数。" "Values that no condition names are listed with their rows."
        message "“{column}”中各条件均未写明的值（行数）：{values}" "values of `{column}` that no condition names, and their rows: {values}"
        help "核对其中有无与条件中的值同义的。" "See whether one of them means the same as a value of a condition.";
    NEVER_MET = "record/never-met" Warning
        expected "条件中写明的值在登记数据中出现。" "A value that a condition names occurs in the register."
        message "“{column}”没有一行是“{value}”" "no row has `{value}` in `{column}`"
        help "核对写法；该列现有的值：见同列的其他提示，或直接查看数据。" "Check the spelling against what the column holds.";
    NOT_COMPARABLE = "record/not-comparable" Error
        expected "与数比较的单元格应是一个数。" "A cell that is compared with a number holds one."
        message "{count} 行的“{column}”不是一个数，未计数；首处为“{value}”" "rows that do not count because `{column}` holds no number: {count}; the first has `{value}`"
        help "改正单元格；这些行本不应计数的，在同一 where 中以其他条件排除。" "Correct the cells; where such rows are not meant, exclude them by another condition of the same `where`.";
    REPEATED = "record/repeated" Info
        expected "同一条记录只应出现一次。" "A record stands once."
        message "{count} 行与前面同一编号的记录相同，只计一次" "rows that repeat a record with the same key, which counts once: {count}"
        help "无需处理；可以删去重复的行或文件。" "Nothing needs to be done; repeated rows or files can be removed.";
    CONFLICT = "record/conflict" Error
        expected "编号相同的各行应是同一条记录。" "Rows with the same key are one record."
        message "{keys} 个编号各有内容不同的行，共 {rows} 行，均未计数" "keys whose rows differ: {keys}; their rows, none of which counts: {rows}"
        help "核实哪一行正确，删去其余；编号不足以区分记录的，在 key 中再加一列。" "Find out which row is right and delete the others; where the key does not tell records apart, add a column to `key`.";
    NO_KEY = "record/no-key" Warning
        expected "每条记录都有编号。" "Every record has a key."
        message "{count} 行没有编号，各计一次，是否重复无从知道" "rows without a key: {count}; each counts, and whether they repeat each other is not known"
        help "补上编号。" "Fill in the key.";
    UNMATCHED = "record/unmatched" Warning
        expected "转诊应有对方的接收记录。" "A referral has its acceptance on the other side."
        message "{organisation}的 {records} 条记录中有 {count} 条没有对应的接收记录" "{organisation}: records without a match: {count} of {records}"
        help "核实是否接收；只应计算已接收的，在该项目下写 matched = true。" "Find out whether they were accepted; where only accepted ones are meant, write `matched = true` at the item.";
    ZERO = "record/zero" Info
        expected "covers 写明的月份，没有记录即为 0。" "In the months that `covers` names, no record means 0."
        message "按 covers，{count} 个数值因没有记录而为 0，涉及 {organisations} 个机构" "figures that are 0 for want of records, as `covers` says: {count}, of so many organisations: {organisations}"
        help "确认登记数据包含这些机构这些月份的全部记录；否则缩短 covers，或去掉。" "Make sure that the register holds everything of these organisations and months; else shorten `covers`, or leave it out.";
    OUTSIDE = "record/outside" Warning
        expected "记录的日期在 covers 写明的月份之内。" "Records are dated in the months that `covers` names."
        message "{count} 行的日期不在 {period} 之内，为 {first} 至 {last}" "rows dated outside {period}: {count}, from {first} to {last}"
        help "核对日期，尤其是年份；或改正 covers。" "Check the dates, the years above all, or correct `covers`.";
    ELSEWHERE = "record/elsewhere" Info
        expected "考核所看的月份之外的记录，列出条数。" "Records dated outside the months that are looked at are counted."
        message "{count} 行的日期不在考核所看的月份之内，为 {first} 至 {last}" "rows dated outside the months that are looked at: {count}, from {first} to {last}"
        help "核对日期中有无写错的年份。" "See whether a year is wrong among them.";
    NO_AMOUNT = "record/no-amount" Error
        expected "要相加的单元格都有数。" "A cell that is added up holds a number."
        message "“{column}”为空，该机构该月之和不成立，被剔除" "`{column}` is blank: there is no sum for this organisation and month, and the figure is rejected"
        help "补上金额；本不应计入的行，用条件排除：where = { \"住院费用\" = { not = \"\" } }。" "Fill in the amount; where such rows are not meant, exclude them by a condition: where = { \"住院费用\" = { not = \"\" } }.";
    NO_PERSON = "record/no-person" Error
        expected "按人计数的记录都写明是谁。" "A record by which persons are counted says who it is."
        message "“{column}”为空，人数不成立，不采用" "`{column}` is blank: the number of persons cannot be told, and none is used"
        help "补上；本不应计入的行，用条件排除：{ not = \"\" }。" "Fill it in; where such rows are not meant, exclude them by a condition: { not = \"\" }.";
}
