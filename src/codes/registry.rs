//! Codes of organisations and units.

use crate::code::codes;

codes! {
    NO_CODE_COLUMN = "registry/no-code-column" Error
        expected "机构名录必须有“code”（机构代码）列。" "The registry must have a `code` column (机构代码)."
        message "没有这一列" "there is no such column"
        help "加上机构代码列，或把现有列名改为 code 或 机构代码。" "Add the column, or name the present one `code` or 机构代码.";
    UNKNOWN_VALUE = "registry/unknown-value" Warning
        expected "级别（tier）为三级、二级或基层，角色（role）为牵头、成员或考核对象。" "A tier is tertiary, secondary or primary; a role is lead, member or unit."
        message "{column} 写作“{value}”的有 {count} 行，不是其中之一" "`{value}` in the column {column} is none of these: {count} rows"
        help "改正该值；本来另有其值的，条件中须写同样的词。" "Correct it; where another word is meant, conditions must use the same.";
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
    TWO_COLUMNS = "registry/two-columns" Error
        expected "名录和考核对象文件中，每个含义只有一列。" "A registry or units file has one column of each meaning."
        message "有两列都表示“{column}”" "two columns mean `{column}`"
        help "删去或改名其中一列。" "Remove or rename one of them.";
    NO_ID_COLUMN = "registry/no-id-column" Error
        expected "考核对象文件必须有“id”列。" "A units file must have an `id` column."
        message "没有这一列" "there is no such column"
        help "加上 id 列，写名录中考核对象列的值。" "Add it; it holds the values of the registry's unit column.";
    UNKNOWN_UNIT = "registry/unknown-unit" Error
        expected "考核对象文件的每一行应是考核对象之一。" "A row of the units file is about one of the units."
        message "没有考核对象“{unit}”" "there is no unit `{unit}`"
        help "改正 id，或删去该行。" "Correct the id, or remove the row.";
    UNIT_TWICE = "registry/unit-twice" Error
        expected "考核对象文件中每个对象只有一行。" "A unit has one row in the units file."
        message "“{unit}”在第 {other} 行已经出现" "`{unit}` already stands on line {other}"
        help "合并为一行。" "Merge the rows.";
    UNIT_ORDER = "registry/unit-order" Error
        expected "考核对象文件的 order 列是整数，对象按它排列。" "The column `order` of the units file holds whole numbers, by which units are listed."
        message "{unit}的 order 为“{value}”，不是整数" "{unit} has `{value}` as its order, which is no whole number"
        help "写 1、2、3……；留空的排在最后。" "Write 1, 2, 3 and so on; units left blank come last.";
    UNITS_DIFFER = "registry/units-differ" Error
        expected "考核对象文件与机构名录对同一属性的说法应一致。" "The units file and the registry say the same of a unit."
        message "{unit}的“{attribute}”写的是“{value}”，名录中是“{other}”" "{unit} has `{attribute}` = {value} here and {other} in the registry"
        help "改正其中之一，或在考核对象文件中留空。" "Correct one of them, or leave the cell of the units file blank.";
    ATTRIBUTE_ABSENT = "registry/attribute-absent" Warning
        expected "所用的定义问到的属性应是机构名录的一列。" "An attribute that the definitions in use ask for is a column of the registry."
        message "名录没有“{attribute}”列，因此没有机构符合这些定义的条件：{names}" "there is no column `{attribute}`, so no organisation meets the conditions of {names}"
        help "在名录中加上该列；否则这些项目不要求任何机构报送，这些指标不适用于任何机构。" "Add the column; until then these items are expected from nobody, and these indicators hold for nobody.";
    ROWS_DIFFER = "registry/rows-differ" Error
        expected "同一机构的几行名录对开业和停业月份的说法应一致。" "Rows of one organisation say the same of its opening and closing."
        message "{code} 的 {column} 此处为 {here}，第 {other} 行为 {there}" "{code} has `{column}` = {here} here and {there} on line {other}"
        help "改正其中之一；成员变动写在 joined 和 left 中。" "Correct one of them; changes of membership belong in `joined` and `left`.";
    FORMER_NAME = "registry/former-name" Info
        expected "名录中较早一行的不同名称按曾用名处理，只在该行的月份内有效。" "Another name in an earlier row of an organisation is its former name, for the months of that row."
        message "{code}（{name}）{months}称“{former}”" "{code} ({name}) was called {former} {months}"
        help "若是两个机构，请使用不同的代码。" "If these are two organisations, give them different codes.";
    CHECK_CHARACTER = "registry/check-character" Warning
        expected "带校验码的机构代码，校验码应与其余各位相符。" "A code with a check character ends as its other characters ask for."
        message "{code} 形如{kind}，校验码应为 {expected}，而写的是 {found}" "{code} looks like {kind}; its check character should be {expected}, not {found}"
        help "核对代码；某一位可能写错。" "Check the code; one of its characters may be wrong.";
    CODE_LETTER = "registry/code-letter" Warning
        expected "统一社会信用代码中没有 I、O、S、V、Z。" "A unified social credit code has no I, O, S, V or Z."
        message "{code} 形如{kind}，但含有 {letter}" "{code} looks like {kind}, yet it holds {letter}"
        help "核对代码；字母可能是 1、0、5 或 2。" "Check the code; the letter may be a 1, 0, 5 or 2.";
    UNKNOWN_DIVISION = "registry/unknown-division" Warning
        expected "代码中的行政区划是 GB/T 2260 中的区划。" "The division inside a code is one of GB/T 2260."
        message "{code} 中的行政区划 {division} 查无此区划" "{code} holds the division {division}, which is none"
        help "对照登记证书核对代码；2022 年以后新设的区县不在所用名单中，核对无误可不处理。" "Compare the code with the certificate; counties set up since 2022 are not on the list in use, and nothing needs to be done if it is right.";
    DIVISION_DIFFERS = "registry/division-differs" Info
        expected "同一区县的机构，代码中的行政区划通常属于同一城市。" "Codes of one district's members are mostly registered in one city."
        message "{code} 的行政区划为 {division}，而{district}的 {most} 个成员属于 {city}" "{code} was registered in {division}, and other members of {district} ({most}) in {city}"
        help "核对代码和区县；登记机关在外地的可不处理。" "Check code and district; nothing needs to be done where it is registered elsewhere.";
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
