//! Codes of organisations and units.

use crate::code::codes;

codes! {
    NO_CODE_COLUMN = "registry/no-code-column" Error
        expected "机构名录必须有“code”（机构代码）列。" "The registry must have a `code` column (机构代码)."
        message "没有这一列" "there is no such column"
        help "加上机构代码列，或把现有列名改为 code 或 机构代码。" "Add the column, or name the present one `code` or 机构代码.";
    NO_UNIT_COLUMN = "registry/no-unit-column" Error
        expected "`unit` 指定的列必须在机构名录中。" "The column named by `unit` must be in the registry."
        message "没有“{unit}”列，现有：{columns}" "there is no column `{unit}`; there are {columns}"
        help "改正 assessment.toml 的 unit，或在名录中加上该列。" "Correct `unit` in the assessment file, or add the column.";
    NO_CODE = "registry/no-code" Error
        expected "每个机构都必须有代码。" "Every organisation must have a code."
        message "该行代码为空" "the code of this row is blank"
        help "填写代码或删除该行。" "Fill in the code or delete the row.";
    NOT_A_MONTH = "registry/not-a-month" Error
        expected "加入、退出、开业、停业应写成月份。" "Joining, leaving, opening and closing are months."
        message "{column} 写的是“{value}”" "{column} says `{value}`"
        help "写成 2025-04 或 2025年4月。" "Write 2025-04 or 2025年4月.";
    LEFT_BEFORE_JOINED = "registry/left-before-joined" Error
        expected "退出月份不得早于加入月份。" "An organisation cannot leave before it joined."
        message "{code} {joined} 加入，{left} 退出" "{code} joined in {joined} and left in {left}"
        help "改正其中一个月份。退出月份是最后一个成员月。" "Correct one of the two. The month of leaving is the last month of membership.";
    ROWS_OVERLAP = "registry/rows-overlap" Error
        expected "同一机构的几行名录在时间上不得重叠，一个月只能属于一个考核对象。" "Rows of one organisation must not share a month: in one month it belongs to one unit."
        message "{code}（{name}）在第 {other} 行已有重叠的月份" "{code} ({name}) already stands on line {other} for some of these months"
        help "用 joined 和 left 把各行的月份分开。" "Divide the months between the rows with `joined` and `left`.";
    TWO_UNIT_ROWS = "registry/two-unit-rows" Error
        expected "每个考核对象至多有一行 role = unit。" "A unit has at most one row with `role = unit`."
        message "{unit}有两行：{other} 和 {code}" "{unit} has two: {other} and {code}"
        help "只保留一行为考核对象本身。" "Keep one row as the unit itself.";
    EMPTY = "registry/empty" Error
        expected "机构名录至少要有一个机构。" "The registry must have at least one organisation."
        message "没有任何机构" "there is none"
        help "每个机构写一行。" "Write one row for each organisation.";
    WITHOUT_UNIT = "registry/without-unit" Info
        expected "机构通常属于某个考核对象。" "An organisation usually belongs to a unit."
        message "{name}的“{unit}”为空，不计入任何考核对象" "{name} has a blank `{unit}` and enters no unit"
        help "若应计入，请在机构名录中填写。" "If it should, fill in the registry.";
    UNIT_ATTRIBUTE = "registry/unit-attribute" Error
        expected "条件中用到的属性，考核对象的各成员必须一致，或由 role = unit 行给出。" "An attribute used in a condition on units must be the same for all members, or stand in a `role = unit` row."
        message "{unit}的成员“{attribute}”不一致：{members}" "the members of {unit} differ in `{attribute}`: {members}"
        help "在名录中加一行 role = unit 写明该属性。" "Add a row with `role = unit` that says it.";
    BASELINE_MEMBERS = "registry/baseline-members" Info
        expected "基期按考核期的成员计算（同口径）。" "Earlier windows are computed for the members of the assessed window, like for like."
        message "{names}在 {span} 不属于该考核对象或成员月份不同" "{names} belonged elsewhere, or in other months, in {span}"
        help "如需按当时的成员计算，设 [policy] baseline_members = \"as-was\"。" "To use the members of that time, set [policy] baseline_members = \"as-was\".";
}
