//! Codes of formulas and scopes.

use crate::code::codes;

codes! {
    UNEXPECTED_CHARACTER = "formula/unexpected-character" Error
        expected "公式由名称、数字、运算符和括号组成。"
                 "A formula is made of names, numbers, operators and brackets."
        message "`{found}` 在公式中没有含义" "`{found}` means nothing in a formula"
        help "删去该字符；若属于名称，请把整个名称放在引号内，如 '总收入(万元)'。"
             "Remove it; if it belongs to a name, put the whole name in quotes, as in '总收入(万元)'.";
    UNCLOSED_QUOTE = "formula/unclosed-quote" Error
        expected "引号须成对出现。" "A quoted name ends with a closing quote."
        message "缺少后引号 {quote}" "the closing {quote} is missing"
        help "在名称末尾补上后引号。" "Add the closing quote after the name.";
    BAD_NUMBER = "formula/bad-number" Error
        expected "数由不超过 28 位数字组成，可带一个小数点。"
                 "A number is at most 28 digits with at most one decimal point."
        message "`{found}` 不是一个数" "`{found}` is not a number"
        help "写出完整数值，如 12000 而非 1.2万；以数字开头且带小数点的名称须加引号。"
             "Write the whole figure, as in 12000 for 1.2万; put a name with a point in quotes.";
    SYNTAX = "formula/syntax" Error
        expected "公式须符合公式语言的语法。" "A formula follows the grammar of the formula language."
        message "此处应为{expected}，却是{found}" "found {found} where {expected} is needed"
        help "检查括号和运算符是否齐全；含空格、括号或符号的名称须加引号，如 '总收入(万元)'。"
             "Check brackets and operators; a name with blanks, brackets or signs stands in quotes, as in '总收入(万元)'.";
    TOO_COMPLEX = "formula/too-complex" Error
        expected "公式须短到可供阅读。" "A formula is short enough to be read."
        message "此处已超过 {levels} 层嵌套或 {parts} 个组成部分" "more than {levels} levels or {parts} parts up to here"
        help "减少括号层数，或拆分为几个项目；长的取值列表可用 in (…)。"
             "Use fewer brackets or split the formula; a long list of values can be written `in (…)`.";
    SCOPE_AFTER_WINDOW = "formula/scope-after-window" Error
        expected "范围 [ ] 写在时段 @ 之前。" "A [scope] stands before its @window."
        message "[范围] 写在了 @时段 之后" "the [scope] stands after the @window"
        help "改写为 项目[范围]@时段，如 visits[tier = primary]@baseline。"
             "Write item[scope]@window, as in visits[tier = primary]@baseline.";
    UNKNOWN_FUNCTION = "formula/unknown-function" Error
        expected "可用的函数只有 min、max、abs、each、target。" "The functions are min, max, abs, each and target."
        message "`{name}` 不是函数" "`{name}` is not a function"
        help "若这是带括号的名称，请整体加引号，如 '总收入(万元)'。"
             "If this is a name with brackets, put all of it in quotes, as in '总收入(万元)'.";
    UNKNOWN_NAME = "formula/unknown-name" Error
        expected "公式中的名称须是指标库的项目、常数或机构名录的属性。"
                 "A name in a formula is an item or a constant of the catalogue, or in a scope an attribute of the registry."
        message "此处没有名为 `{name}` 的项目、常数或属性" "nothing that can stand here is called `{name}`"
        help "`kaohe list items` 列出全部项目；属性即机构名录的列名。"
             "`kaohe list items` names every item; attributes are the columns of the registry.";
    UNKNOWN_WINDOW = "formula/unknown-window" Error
        expected "@ 之后须是 baseline（基期）、previous（上年同期）或 prior（上一时段）。"
                 "After @ stands baseline, previous (one year earlier) or prior (the months just before)."
        message "`{name}` 不是时段" "`{name}` is not a window"
        help "改用这三个时段之一；考核期本身不写 @。" "Use one of the three; the assessed window itself has no @.";
    NOT_AN_ITEM = "formula/not-an-item" Error
        expected "只有项目和 count 可带 [范围] 或 @时段。" "Only an item or count takes a [scope] or an @window."
        message "`{name}` 是常数" "`{name}` is a constant"
        help "删去常数后的 [范围] 和 @时段。" "Remove the [scope] and the @window after the constant.";
    ARGUMENT_COUNT = "formula/argument-count" Error
        expected "min、max 至少有两个参数；abs、each、target 恰有一个。"
                 "min and max take two arguments or more; abs, each and target take one."
        message "{function} 需要{expected}，现有 {found} 个" "{function} takes {expected}, not {found}"
        help "补上或删去参数；参数之间用逗号隔开。" "Add or remove arguments; commas stand between them.";
    NOT_IN_EACH = "formula/not-in-each" Error
        expected "each(…) 对单个机构计算，其中不能有 count、target 或另一个 each。"
                 "each(…) is formed for one organisation, so it holds no count, target or other each."
        message "each(…) 中出现了 {found}" "{found} stands inside each(…)"
        help "把它移到 each(…) 之外。" "Move it outside each(…).";
    TARGET_NEEDS_ITEM = "formula/target-needs-item" Error
        expected "target(…) 内须是单独一个项目。" "target(…) holds one item and nothing else."
        message "`{found}` 不是单独一个项目" "`{found}` is not a plain item"
        help "改写为 target(项目)，不带范围、时段和运算。" "Write target(item), without scope, window or arithmetic.";
    ATTRIBUTES_ONLY = "formula/attributes-only" Error
        expected "此处的条件只能使用机构名录的属性。" "A condition here uses attributes of the registry only."
        message "`{name}` 是统计项目" "`{name}` is a reported item"
        help "改用名录的属性；按项目取值筛选须写在公式的 [范围] 中。"
             "Use an attribute of the registry; a condition on a reported value belongs in a formula's [scope].";
    ORDER_OF_TEXT = "formula/order-of-text" Error
        expected "属性只有与数字才能比较大小。" "An attribute is ordered against a number only."
        message "{compare} 的右边是文字 {found}" "{compare} is followed by the text {found}"
        help "改用 =、!= 或 in (…)，或在右边写数字。" "Use =, != or in (…), or write a number on the right.";
    NUMBER_NEEDED = "formula/number-needed" Error
        expected "项目只能与数字比较。" "An item is compared with numbers."
        message "{found} 不是数字" "{found} is not a number"
        help "在右边写数字；若左边应为名录的属性，请核对其名称。"
             "Write a number; if the left side should be an attribute of the registry, check its name.";
    NOT_ADDITIVE = "formula/not-additive" Error
        expected "不可加的项目不能在机构之间相加。" "An item declared not additive is not summed over organisations."
        message "`{name}` 声明为 additive = false，此处却要相加" "`{name}` has additive = false but is summed here"
        help "设 pooling = \"mean\"，或取考核对象自报数 [role = unit]，或按机构考核。"
             "Set pooling = \"mean\", take the unit's own figure with [role = unit], or assess institutions.";
    UNKNOWN_VALUE = "formula/unknown-value" Warning
        expected "条件中的属性值应在机构名录中出现。" "A value in a condition is one that the attribute takes."
        message "{attribute} 没有取值 `{value}`" "no {attribute} is `{value}`"
        help "核对该值的写法；按现在的写法，没有机构满足 =。"
             "Check the spelling; as written, no organisation equals it.";
    UNITS_DIFFER = "formula/units-differ" Warning
        expected "相加、相减和比较的各方单位相同。" "What is added, subtracted or compared has the same unit."
        message "左边的单位是 {left}，此处是 {right}" "the left side is in {left}, this is in {right}"
        help "核对项目；确需如此时，用数字或常数换算到同一单位。"
             "Check the items; where it is meant, convert one side with a constant.";
    PRODUCT_OF_TOTALS = "formula/product-of-totals" Warning
        expected "合计数之间的乘除不同于先按机构乘除再合计。"
                 "A product or quotient of sums differs from the sum of products or quotients."
        message "`{found}` 对合计数做乘除" "`{found}` combines sums over organisations"
        help "若应先按机构计算，写 each(…)；若确指合计数，可不处理。"
             "Write each(…) to form it per organisation and then sum; leave it if the sums are meant.";
}
