//! Codes of criteria files.

use crate::code::codes;

codes! {
    NO_DIRECTION = "criteria/no-direction" Error
        expected "ratio、steps、improve 规则要求指标的导向是 higher 或 lower。" "The rules ratio, steps and improve need an indicator whose `better` is higher or lower."
        message "规则 {rule} 所用的指标没有导向" "rule `{rule}` is used with an indicator that has no direction"
        help "改用 range、bands 或 monitor 规则，或在指标库中写明该指标的 better。" "Use the rule range, bands or monitor, or state the indicator's `better` in its catalogue.";

    AGAINST_DIRECTION = "criteria/against-direction" Warning
        expected "满分值应在指标导向的一侧：越高越好时高于起点，越低越好时低于起点。" "Full points lie in the indicator's direction: above zero points where higher is better, below where lower is."
        message "满分值 {full} 与起点 {zero} 的方向同指标导向相反" "full points at {full} and the start at {zero} run against the indicator's direction"
        help "核对 zero 与 full 是否写反，或核对指标的 better。" "Check whether `zero` and `full` are swapped, or the indicator's `better`.";

    NOT_POSITIVE = "criteria/not-positive" Error
        expected "步长、扣分、上限、要求的改善幅度和材料份数必须大于 0。" "Steps, points lost, caps, a rise asked for and a number of documents are above 0."
        message "{field} 为 {value}" "`{field}` is {value}"
        help "写一个大于 0 的数；不需要这个参数时删去它。" "Write a number above 0, or leave the key out where the rule allows it.";

    NEGATIVE = "criteria/negative" Error
        expected "最小变化和基期分子的下限不小于 0。" "The least change and the least numerator of a baseline are not below 0."
        message "{field} 为 {value}" "`{field}` is {value}"
        help "写 0 或大于 0 的数，或删去它。" "Write 0 or more, or leave the key out.";

    SHARE_OUTSIDE = "criteria/share-outside" Error
        expected "占满分的份额在 0 与 1 之间。" "A share of full points lies between 0 and 1."
        message "{field} 为 {value}" "`{field}` is {value}"
        help "把百分数写成小数：60% 写作 0.6。" "Write a percentage as a fraction: 0.6 for 60%.";

    RATIO_TARGET = "criteria/ratio-target" Error
        expected "ratio 规则的目标大于 0；越低越好的指标可以为 0。" "The target of a ratio is above 0; where lower is better it may be 0."
        message "目标为 {target}" "the target is {target}"
        help "改用 linear 规则，写明不得分值和满分值。" "Use the rule linear, which names the values for no points and for full points.";

    LINEAR_WIDTH = "criteria/linear-width" Error
        expected "linear 规则的起点与满分值不相等。" "The start of a linear scale differs from its end."
        message "zero 和 full 都是 {value}" "`zero` and `full` are both {value}"
        help "只有一个界限时改用 bands 规则。" "For a single limit use the rule bands.";

    PERCENT_OF_ZERO = "criteria/percent-of-zero" Error
        expected "按百分比计差距时，目标（或上下限）不为 0。" "A shortfall in percent is taken of a target or limit other than 0."
        message "{field} 为 0，而 per 为 percent" "`{field}` is 0 while `per` is percent"
        help "改为 per = \"points\"，按差值计。" "Write per = \"points\" to count the difference itself.";

    RANGE_ORDER = "criteria/range-order" Error
        expected "范围的下限不高于上限。" "The low end of a range is not above its high end."
        message "下限 {low} 高于上限 {high}" "low {low} is above high {high}"
        help "核对 low 与 high 是否写反。" "Check whether `low` and `high` are swapped.";

    BANDS_GAP = "criteria/bands-gap" Error
        expected "分档覆盖每一个可能的值。" "Bands cover every value there can be."
        message "没有一档适用于：{gap}" "no band holds for: {gap}"
        help "在末尾加一档 { otherwise = {}, points = … }。" "End the list with { otherwise = {}, points = … }.";

    BAND_UNREACHABLE = "criteria/band-unreachable" Error
        expected "分档按书写顺序取第一个适用的，每一档都有可能取到。" "The first band in written order that holds is taken, and each can be."
        message "第 {number} 档（{band}）的值都已归入前面的档" "every value of band {number} ({band}) belongs to an earlier band"
        help "把界限较严的档写在前面，或删去这一档。" "Put the stricter band first, or remove this one.";

    BAND_POINTS = "criteria/band-points" Error
        expected "一档的分数在 0 与该项满分之间。" "The points of a band lie between 0 and the criterion's full points."
        message "该档 {points} 分，满分 {full} 分" "the band gives {points} of {full} points"
        help "核对该档的 points 与该项的 points。" "Check the band's `points` against the criterion's.";

    RANK_EMPTY = "criteria/rank-empty" Error
        expected "rank 规则至少写出第一名的得分比例。" "The rule rank names at least the share of the first place."
        message "没有写任何比例" "it names none"
        help "例如 score.rank = [1.0, 0.95, 0.9]；之后的名次取最后一个。" "For example score.rank = [1.0, 0.95, 0.9]; later places have the last share.";

    RANK_RISES = "criteria/rank-rises" Error
        expected "名次靠后的得分比例不高于靠前的。" "A later place does not earn more than an earlier one."
        message "前一名 {better}，后一名 {worse}" "one place has {better}, the next {worse}"
        help "从第一名起由高到低写。" "Write the shares from the first place down.";

    DEDUCT_TWICE = "criteria/deduct-twice" Error
        expected "同一条标准的扣分和加分清单中，每个评定名称只出现一次。" "A name stands once among the judged parts of a criterion's deductions and bonuses."
        message "“{name}”出现两次" "`{name}` stands there twice"
        help "合并两项，或换一个名称。" "Join the two, or give one another name.";

    NO_BONUS_POINTS = "criteria/no-bonus-points" Error
        expected "有加分的方案在 [criteria] 中写明全部加分的上限。" "A scheme with bonuses says in [criteria] how much they may add in all."
        message "有加分，而 bonus_points 没有写或不大于 0" "there are bonuses, and `bonus_points` is absent or not above 0"
        help "在 [criteria] 中写 bonus_points = …。" "Write `bonus_points = …` in [criteria].";

    BONUS_NAME = "criteria/bonus-name" Error
        expected "标准中酌情给出的加分要有 id，评定文件用它指明加分。" "A bonus at discretion inside a criterion has an `id`, by which judgements name it."
        message "没有写 id" "there is none"
        help "写 id = \"…\"。" "Write `id = \"…\"`.";

    BONUS_OUTSIDE = "criteria/bonus-outside" Error
        expected "加分只在计入总分的维度中。" "Bonuses stand in dimensions of the total."
        message "维度“{id}”不计入总分" "the dimension `{id}` is outside the total"
        help "把加分移到计入总分的维度。" "Move the bonus into a dimension of the total.";

    NO_SUCH_DIMENSION = "criteria/no-such-dimension" Error
        expected "扣分、否决和结论所指的维度在方案中；扣分和否决的，还要计入总分。" "What penalties, vetoes and verdicts name is a dimension of the scheme; for penalties and vetoes, one of the total."
        message "没有这样的维度“{id}”" "there is no such dimension `{id}`"
        help "改正 id。" "Correct the id.";

    UNKNOWN_CRITERION = "criteria/unknown-criterion" Error
        expected "否决和结论所指的标准在方案中。" "What a veto or verdict names is a criterion of the scheme."
        message "没有标准“{id}”" "there is no criterion `{id}`"
        help "改正 id。" "Correct the id.";

    UNKNOWN_TOTAL_GRADE = "criteria/unknown-total-grade" Error
        expected "否决限定的等级在 [[grade]] 中。" "The grade that a veto caps at stands in a [[grade]]."
        message "没有等级“{grade}”" "there is no grade `{grade}`"
        help "写该等级的 id 或名称。" "Write the grade's id or name.";

    VETO_COMPARISON = "criteria/veto-comparison" Error
        expected "否决的条件是一个公式与一个数的比较，数在右边。" "The condition of a veto compares a formula with a number on its right."
        message "不是这样的比较" "this is no such comparison"
        help "例如 \"management_fee[role = lead] > 0\"；两个公式相比时写差，\"a - b > 0\"。" "For example `management_fee[role = lead] > 0`; to compare two formulas write the difference, `a - b > 0`.";

    UNKNOWN_VERDICT = "criteria/unknown-verdict" Error
        expected "等级要求的结论在 [[verdict]] 中。" "The verdict that a grade requires stands in a [[verdict]]."
        message "没有结论“{id}”" "there is no verdict `{id}`"
        help "改正 id，或加上 [[verdict]]。" "Correct the id, or add the [[verdict]].";

    VERDICT_UNGRADED = "criteria/verdict-ungraded" Error
        expected "结论依据的标准给出等级（graded，或写 grade 的 bands）。" "The criteria of a verdict give grades: by `graded`, or by bands with a `grade`."
        message "“{criterion}”不给出等级" "{criterion} gives none"
        help "去掉它，或改用给出等级的计分方法。" "Leave it out, or give it a rule that grades.";

    VERDICT_EMPTY = "criteria/verdict-empty" Error
        expected "结论至少依据一条给出等级的标准。" "A verdict looks at one criterion at least that gives grades."
        message "其中没有这样的标准" "there is none among them"
        help "改正 among。" "Correct `among`.";

    WEIGHTS_AND_POINTS = "criteria/weights-and-points" Error
        expected "一个方案全用 weight，或全用 points。" "A scheme is written in weights throughout, or in points."
        message "有的写 weight，此处写 points" "there are weights, and points here"
        help "统一为一种写法；满分写在 [criteria] full_points。" "Use one of the two; full points stand in [criteria] `full_points`.";

    WEIGHT_SUM = "criteria/weight-sum" Error
        expected "同一级的 weight 之和为 1。" "Weights that stand side by side add up to 1."
        message "“{name}”之下的 weight 之和为 {sum}" "the weights under {name} add up to {sum}"
        help "改正其中之一。" "Correct one of them.";

    UNKNOWN_CLASS = "criteria/unknown-class" Error
        expected "for 所指的类别在 [[class]] 中。" "The classes that `for` names stand in [[class]]."
        message "没有类别“{id}”" "there is no class `{id}`"
        help "改正 id，或加上 [[class]]。" "Correct the id, or add the [[class]].";

    NO_CLASS = "criteria/no-class" Error
        expected "有类别的方案中，每个考核对象都属于一个类别。" "In a scheme with classes every unit belongs to one."
        message "{unit} 不属于任何类别" "{unit} belongs to none"
        help "改正 [[class]] 的 where，或改正该对象的属性。" "Correct the `where` of a [[class]], or the unit's attributes.";

    CASE_EMPTY = "criteria/case-empty" Error
        expected "case 的每一项写明 where 或 years。" "An entry of `case` says `where` or `years`."
        message "两者都没有写" "neither is there"
        help "写明条件；对所有对象都适用的方法写在 score。" "Write a condition; what holds for all stands in `score`.";

    NOT_YEARS = "criteria/not-years" Error
        expected "years 是一个年份或起止年份。" "`years` is a year, or a first and a last one."
        message "“{value}”不是" "`{value}` is not"
        help "写成 \"2025\" 或 \"2018..2020\"。" "Write \"2025\" or \"2018..2020\".";

    COUNTED = "criteria/counted" Error
        expected "each 写明数的是什么：of 或 judged，二者取一。" "`each` says what is counted: either `of` or `judged`."
        message "两者都写了，或都没有写" "both are there, or neither"
        help "数据中的指标写 of，人工评定的数量写 judged。" "Write `of` for an indicator or item, `judged` for a count that people give.";

    RULE_INSIDE = "criteria/rule-inside" Error
        expected "best_of、mix 和 or_else 之中的方法都按一个指标值计分。" "Rules inside `best_of`, `mix` and `or_else` score one measured value."
        message "{rule} 不能用在另一方法之中" "{rule} cannot stand inside another rule"
        help "把它写成单独的评分项。" "Make it a criterion of its own.";

    PANEL_TRIM = "criteria/panel-trim" Error
        expected "去掉最高分和最低分之后，至少还有一名专家的评分。" "With the highest and the lowest dropped, at least one expert is left."
        message "trim_from 写的是 {from}" "`trim_from` says {from}"
        help "写 3 或更大的数。" "Write 3 or more.";

    NOT_A_DATE = "criteria/not-a-date" Error
        expected "期限是一个日期。" "A due date is a date."
        message "“{value}”不是日期" "`{value}` is none"
        help "写成 \"2024-12-31\"。" "Write \"2024-12-31\".";

    IMPROVE_RISE = "criteria/improve-rise" Error
        expected "improve 规则写明 rise 或 any_rise = true，二者取一。" "The rule improve states either `rise` or `any_rise = true`."
        message "rise 与 any_rise {found}" "found {found} of `rise` and `any_rise`"
        help "有幅度要求时写 rise，只要求有所改善时写 any_rise = true。" "Write `rise` where an amount is asked for, `any_rise = true` where any improvement will do.";
    IMPROVE_WINDOW = "criteria/improve-window" Error
        expected "improve 在考核期和基期用同一公式计算，公式本身不含 @baseline、@previous、@prior。" "`improve` takes one formula in the window and in the baseline; it names no `@baseline`, `@previous` or `@prior` itself."
        message "“{id}”本身就是与以前的比较" "`{id}` is a comparison with earlier months itself"
        help "直接对它用 linear、bands、steps 计分，或改用不含 @ 的指标。" "Score it by `linear`, `bands` or `steps`, or take an indicator without `@`.";
    GRADES_OF_THE_YEAR = "criteria/grades-of-the-year" Warning
        expected "等级的分数线按整张考核表的满分设定。" "Grades are cut from the points of the whole sheet."
        message "本轮的考核表只有 {sum} 分（全表 {whole} 分），不评等级" "the sheet of this round has {sum} of {whole} points: no grades are given"
        help "等级以年度结果为准；要每轮评等级，使每轮的分值合计等于全表。" "Read grades from the annual result; to grade a round, let its points add up to the whole.";
    TIERS = "criteria/tiers" Error
        expected "tiers 至少有一段，各段起点由低到高，每单位得分不小于 0。" "The rule tiers has at least one tier, each begins above the one before, and gives 0 or more for a unit."
        message "各段为 {tiers}" "the tiers are {tiers}"
        help "例如 score.tiers = [ { from = 0, each = 0.01 }, { from = 500, each = 0.02 } ]。" "For example score.tiers = [ { from = 0, each = 0.01 }, { from = 500, each = 0.02 } ].";
    LINES_EMPTY = "criteria/lines-empty" Error
        expected "lines 写明 warn、alarm 之一或两者，所在的标准有指标。" "`lines` states `warn`, `alarm` or both, on a criterion with an indicator."
        message "{found}" "{found}"
        help "写 warn（关注线）和 alarm（预警线）；由人评定的标准没有线。" "Write `warn` and `alarm`; a judged criterion has no lines.";
    LINES_ORDER = "criteria/lines-order" Error
        expected "预警线在关注线更差的一侧。" "The line of alarm lies on the worse side of the line of attention."
        message "关注线为 {warn}，预警线为 {alarm}" "attention at {warn}, alarm at {alarm}"
        help "交换两者，或核对指标的方向。" "Exchange them, or check the indicator's direction.";
    JUDGED_WITH_INDICATOR = "criteria/judged-with-indicator" Error
        expected "由人评定的标准没有指标。" "A judged criterion has no indicator."
        message "{rule} 由人评定，却写了 indicator" "{rule} is judged, yet there is an `indicator`"
        help "去掉 indicator，或改用 ratio、linear 等计分方法。" "Remove `indicator`, or use a rule such as ratio or linear.";
    NO_INDICATOR = "criteria/no-indicator" Error
        expected "按数值计分的标准要有指标。" "A criterion scored by a value has an indicator."
        message "{rule} 需要 indicator" "{rule} needs an `indicator`"
        help "写 indicator = \"…\"，或改用 met、graded 等评定方法。" "Write `indicator = \"…\"`, or use a judged rule such as met or graded.";
    NO_TARGET = "criteria/no-target" Error
        expected "ratio 要有 target。" "A ratio has a `target`."
        message "没有写 target" "there is none"
        help "写 target = …，单位与指标相同。" "Write `target = …` in the indicator's unit.";
    PRO_RATA_RULE = "criteria/pro-rata-rule" Error
        expected "pro_rata 用于 ratio 或 steps，其目标按经过的月数折算。" "`pro_rata` is for `ratio` and `steps`, whose target is taken in proportion to the months elapsed."
        message "{rule} 没有这样的目标" "{rule} has no such target"
        help "去掉 pro_rata，或改用 ratio、steps。" "Leave `pro_rata` out, or use ratio or steps.";
    TARGET_AND_TASK = "criteria/target-and-task" Error
        expected "ratio 写 target 或 task，二者取一。" "A ratio has either a `target` or a `task`."
        message "两者都写了" "both are there"
        help "各对象目标相同时写 target，各有目标时写 task。" "Write `target` where it is one for all, `task` where each unit has its own.";
    STEPS_PER = "criteria/steps-per" Error
        expected "单位为 % 时，steps 要写明 per：百分点还是目标的百分比。" "Where the unit is %, `steps` says `per`: percentage points or percent of the target."
        message "没有写 per" "there is no `per`"
        help "写 per = \"points\" 或 per = \"percent\"。" "Write `per = \"points\"` or `per = \"percent\"`.";
    BAND_BOUND = "criteria/band-bound" Error
        expected "每一档只写 at_least、above、at_most、below、otherwise 之一。" "A band has exactly one of at_least, above, at_most, below, otherwise."
        message "写了 {count} 个" "it has {count}"
        help "保留一个。" "Keep one.";
    BAND_AWARD = "criteria/band-award" Error
        expected "每一档写 points 或 grade 之一。" "A band gives either points or a grade."
        message "都没有写或都写了" "it gives neither or both"
        help "保留一个。" "Write one of the two.";
    UNKNOWN_GRADE = "criteria/unknown-grade" Error
        expected "等级应在 [[scale]] 中。" "A grade stands in a [[scale]]."
        message "没有等级“{grade}”" "there is no grade `{grade}`"
        help "改正等级，或加入量表。" "Correct it, or add it to the scale.";
    UNKNOWN_SCALE = "criteria/unknown-scale" Error
        expected "graded 所用的量表应在 [[scale]] 中定义。" "The scale of a graded criterion is defined in a [[scale]]."
        message "没有量表“{scale}”" "there is no scale `{scale}`"
        help "改正名称，或加上 [[scale]]。" "Correct the name, or add the [[scale]].";
    MIX_SUM = "criteria/mix-sum" Error
        expected "mix 各部分的分值之和等于该标准的分值。" "The parts of a mix add up to the criterion's points."
        message "各部分之和为 {sum}，该标准为 {points} 分" "the parts add up to {sum}, the criterion has {points}"
        help "改正分值。" "Correct the points.";
    UNKNOWN_ATTRIBUTE = "criteria/unknown-attribute" Error
        expected "属性应是机构名录或考核对象文件的一列。" "An attribute is a column of the registry or of the units file."
        message "没有“{name}”列" "there is no column `{name}`"
        help "改正名称，或加上该列。" "Correct the name, or add the column.";
    UNKNOWN_DIMENSION = "criteria/unknown-dimension" Error
        expected "within 指向前面定义的维度。" "`within` names a dimension defined before."
        message "前面没有维度“{id}”" "there is no dimension `{id}` before this one"
        help "改正 id，或把上级维度写在前面。" "Correct the id, or put the parent first.";
    DUPLICATE_ID = "criteria/duplicate-id" Error
        expected "维度和标准的 id 不得重复。" "Ids of dimensions and of criteria are unique."
        message "“{id}”已经用过" "`{id}` is already taken"
        help "换一个 id。" "Choose another id.";
    NO_POINTS = "criteria/no-points" Error
        expected "维度和标准都要写 points。" "A dimension or criterion has `points`."
        message "“{id}”没有写 points" "`{id}` has none"
        help "写 points = …。" "Write `points = …`.";
    NO_ID = "criteria/no-id" Error
        expected "由人评定的标准要有 id。" "A judged criterion has an `id`."
        message "没有写 id" "there is none"
        help "写 id = \"…\"，评定文件用它指明标准。" "Write `id = \"…\"`; the judgements file names the criterion by it.";
    MONITOR_POINTS = "criteria/monitor-points" Error
        expected "只监测的指标没有分值。" "A monitored criterion has no points."
        message "monitor 写了 points" "a `monitor` has points"
        help "去掉 points，或改用其他计分方法。" "Remove `points`, or use another rule.";
    POINTS_NOT_POSITIVE = "criteria/points-not-positive" Error
        expected "分值大于 0。" "Points are above 0."
        message "写的是 {points}" "it says {points}"
        help "改正分值；不计分的用 monitor。" "Correct it; use `monitor` for what earns nothing.";
    TOO_DEEP = "criteria/too-deep" Error
        expected "维度最多三级。" "Dimensions have three levels at most."
        message "“{id}”在第四级或更深" "`{id}` stands on a fourth level or deeper"
        help "合并层级。" "Merge levels.";
    NOT_A_LEAF = "criteria/not-a-leaf" Error
        expected "只有最下一级的维度有标准。" "Only the lowest dimensions hold criteria."
        message "“{id}”既有下级维度又有标准" "`{id}` has both dimensions and criteria under it"
        help "把标准移到下级维度中。" "Move the criteria into a dimension under it.";
    ALLOW_CODE = "criteria/allow-code" Error
        expected "allow 只能保留方案自身的矛盾。" "What `allow` lets stand is a contradiction of the scheme itself."
        message "“{code}”不能保留；可以保留的是 {known}" "`{code}` cannot be let stand; what can is {known}"
        help "改正代码，或改正方案。" "Correct the code, or the scheme.";
    ALLOW_UNUSED = "criteria/allow-unused" Warning
        expected "allow 只列出确实存在的矛盾。" "What `allow` lets stand occurs in the scheme."
        message "方案中没有“{code}”" "`{code}` does not occur"
        help "删去这一项。" "Remove the entry.";
    EXAMPLE_CRITERION = "criteria/example-criterion" Error
        expected "算例的 criterion 应是方案中的一条标准。" "A worked example is about a criterion of the scheme."
        message "没有标准“{id}”" "there is no criterion `{id}`"
        help "改正 id。" "Correct the id.";
    EXAMPLE_DIFFERS = "criteria/example-differs" Error
        expected "方案的算例重新计分后应得到 expect 的值。" "A worked example, scored again, earns what `expect` says."
        message "“{id}”的 {what} 算得 {found}，而算例写的是 {expected}" "`{id}` comes to {found} {what}, the example says {expected}"
        help "核对计分方法的参数和算例中的数。" "Check the rule's parameters and the figures of the example.";
    EXAMPLE_EXPECTS = "criteria/example-expects" Error
        expected "算例写明应得的分、加分或状态。" "A worked example says what must come out: points, a bonus or a state."
        message "“{id}”的算例什么也没写" "the example of `{id}` says nothing"
        help "在 expect 中写 points、bonus 或 state。" "Write `points`, `bonus` or `state` in `expect`.";
    EXAMPLE_STATE = "criteria/example-state" Error
        expected "方案的算例重新计分后应得到 expect 的状态。" "A worked example, scored again, has the state that `expect` says."
        message "“{id}”的状态为 {found}，而算例写的是 {expected}" "`{id}` comes to {found}, the example says {expected}"
        help "核对算例中的数；状态见 README 的“数值的状态”。" "Check the figures of the example; README.md lists the states.";
    EXAMPLE_INCOMPLETE = "criteria/example-incomplete" Error
        expected "算例应给出指标用到的每一个数。" "A worked example gives every figure its indicator uses."
        message "“{id}”的算例在{window}没有 {name}" "the example of `{id}` lacks {name} in {window}"
        help "在 given（基期的在 baseline）中加上该数。" "Add it to `given`, or to `baseline` for the baseline.";
    EXAMPLE_JUDGED = "criteria/example-judged" Error
        expected "算例的评定结果写在该标准的 id 之下。" "A judgement in a worked example stands under the id of its criterion."
        message "“{name}”不是“{id}”" "`{name}` is not `{id}`"
        help "改正名称。" "Correct the name.";
    EXAMPLE_PEERS = "criteria/example-peers" Error
        expected "算例只在按同类比较的方法中写 peers，且比较的是一个指标。" "A worked example gives `peers` where the rule compares one indicator with its peer group."
        message "“{id}”与同类比较的指标有 {count} 个" "`{id}` compares {count} indicators with peers"
        help "去掉 peers，或把几种比较分写成几条标准。" "Remove `peers`, or make each comparison a criterion of its own.";
    DIMENSION_SUM = "criteria/dimension-sum" Error
        expected "维度的分值等于其下分值之和。" "The points of a dimension are the sum of what stands under it."
        message "“{id}”写的是 {points} 分，其下之和为 {sum} 分" "`{id}` says {points}, what stands under it adds up to {sum}"
        help "改正其中之一。" "Correct one of them.";
    TOTAL_SUM = "criteria/total-sum" Error
        expected "满分等于计入总分的各维度之和。" "Full points are the sum of the dimensions in the total."
        message "满分写的是 {full}，各维度之和为 {sum}" "full points say {full}, the dimensions add up to {sum}"
        help "改正其中之一。" "Correct one of them.";
    POINTS_DECIMALS = "criteria/points-decimals" Error
        expected "得分的小数位数为 0 到 6。" "Points have 0 to 6 decimals."
        message "写的是 {value}" "it says {value}"
        help "改为 0 到 6。" "Write 0 to 6.";
    GRADE_ORDER = "criteria/grade-order" Error
        expected "等级从高到低排列，分数线递减。" "Grades stand from the best down, with falling cut-offs."
        message "“{grade}”的 {points} 分不低于上一等级的 {above} 分" "{grade} begins at {points}, not below {above} of the grade before"
        help "调整顺序或分数线。" "Reorder the grades, or correct a cut-off.";
    UNKNOWN_INDICATOR = "criteria/unknown-indicator" Error
        expected "标准所用的指标或项目应在指标库中。" "The indicator or item of a criterion is in a catalogue."
        message "没有指标“{id}”" "there is no indicator `{id}`"
        help "改正 id，或在 [criteria] catalogues 中加上所在的指标库。" "Correct the id, or add its catalogue to `catalogues`.";
    BELOW_LEVEL = "criteria/below-level" Error
        expected "指标不能用于低于其层级的考核对象。" "An indicator is not asked of units below its level."
        message "“{id}”至少为{level}级，而考核对象是{unit}级" "`{id}` is computed for a {level} at the lowest, and the units are of the level {unit}"
        help "换用适合该层级的指标，或改正 unit_level。" "Use an indicator of that level, or correct `unit_level`.";
}
