//! Codes of the linter: a scheme that can be computed and may not be meant so.

use crate::code::codes;

codes! {
    CLIFF = "lint/cliff" Warning
        expected "多一例或少一例，得失不超过满分的规定份额（[lint] cliff_share，默认 0.5）。" "One case more or less costs no more than a stated share of full points (`cliff_share` of `[lint]`, 0.5 if absent)."
        message "“{criterion}”：在 {edge} 处，{case}相差 {lost} 分，占满分 {full} 分的 {share}，超过 {most}" "`{criterion}`: at {edge}, {case} costs {lost} of {full} points: {share}, more than {most}"
        help "增加档次，或改用 linear、ratio；若确为原意，写入 allow 并说明理由。" "Add bands, or use linear or ratio; where it is meant, `allow` it with a reason.";
    DEAD_ZONE = "lint/dead-zone" Warning
        expected "最差的值不得分：再差也还有得可失。" "The worst values earn nothing: there is still something to lose."
        message "“{criterion}”：{below}，再差也得 {points} 分（满分 {full} 分）" "`{criterion}`: {below}, however bad a value, {points} of {full} points remain"
        help "去掉 base 或 lose_most，或让最差一档得 0 分；若确为原意，写入 allow 并说明理由。" "Drop `base` or `lose_most`, or let the worst band earn 0; where it is meant, `allow` it with a reason.";
    EDGE_WITHOUT_EFFECT = "lint/edge-without-effect" Warning
        expected "相邻两档的分数不同。" "Neighbouring bands give different points."
        message "“{criterion}”：第 {number} 档（{band}）与相邻的第 {other} 档同为 {points} 分" "`{criterion}`: band {number} ({band}) gives {points} points, as its neighbour, band {other}, does"
        help "合并两档，或改正其中一档的分数。" "Join the two, or correct the points of one.";
    BANDS_OVERLAP = "lint/bands-overlap" Warning
        expected "一个值只落入一档；方向相反的两档不重叠。" "A value lies in one band: bands that open to opposite sides do not overlap."
        message "“{criterion}”：{low} 与 {high} 之间的值同属第 {first} 档和第 {second} 档，按先写的第 {first} 档计" "`{criterion}`: values between {low} and {high} lie in band {first} and in band {second}; band {first}, written first, takes them"
        help "改正其中一档的界限。" "Correct the bound of one of them.";
    EDGE_SIDE = "lint/edge-side" Warning
        expected "界限值属于哪一档，写法应当明确：一张分档表只用一种（at_least 或 above，at_most 或 below），且与原文一致。" "It is plain to which band an edge belongs: a table keeps to `at_least` or to `above`, to `at_most` or to `below`, and to the words of its sheet."
        message "“{criterion}”：第 {number} 档的界限 {edge}：{why}" "`{criterion}`: edge {edge} of band {number}: {why}"
        help "核对原文写的是“及以上”还是“超过”，统一写法。" "Look up whether the sheet says ≥ or >, and keep to it.";
    NOT_MONOTONE = "lint/not-monotone" Warning
        expected "分档随指标的导向变化：值越好，分不越低。" "Bands follow the indicator's direction: a better value never earns less."
        message "“{criterion}”：第 {better} 档的值较好，却得 {less} 分，而第 {worse} 档得 {more} 分" "`{criterion}`: band {better} has the better values and earns {less} points, band {worse} earns {more}"
        help "核对两档的分数，或指标的 better。" "Check the points of both, or the indicator's `better`.";
    OUT_OF_RANGE = "lint/out-of-range" Warning
        expected "界限在指标可能的取值之内：占比在 0 与系数之间，发生率和计数不小于 0。" "A limit lies where the indicator can be: a proportion between 0 and its factor, a rate of events or a count at 0 or above."
        message "“{criterion}”：{what} 为 {limit}，而{indicator}只在 {range}" "`{criterion}`: {what} is {limit}, and {indicator} is {range}"
        help "核对数值与单位：65% 写作 65，不写 0.65 或 6500。" "Check the number and its unit: 65 % is written 65, neither 0.65 nor 6500.";
    WRONG_SIDE = "lint/wrong-side" Warning
        expected "扣分的一侧是指标较差的一侧。" "What costs points lies on the worse side of the indicator's direction."
        message "“{criterion}”：{indicator}{better}，而{what}也要扣分" "`{criterion}`: of {indicator}, {better} values are better, and {what} cost points"
        help "核对界限的方向，或指标的 better。" "Check which way the bound looks, or the indicator's `better`.";
    SAME_NUMERATOR = "lint/same-numerator" Warning
        expected "计分的两个指标分子不同。" "Two indicators that are scored have different numerators."
        message "“{indicator}”与“{other}”的分子都是 {formula}" "`{indicator}` and `{other}` have the same numerator, {formula}"
        help "核对是否复制后忘了修改；若确为原意，写入 allow 并说明理由。" "Check whether one was copied and not changed; where it is meant, `allow` it with a reason.";
    INDICATOR_TWICE = "lint/indicator-twice" Warning
        expected "一个指标只在一条标准中计分。" "An indicator is scored by one criterion."
        message "“{indicator}”在标准“{other}”中已经计分" "`{indicator}` is scored by the criterion `{other}` already"
        help "核对指标；几种方法合用时写在同一条标准的 mix 或 best_of 中。" "Check the indicator; several rules on one go into a `mix` or `best_of` of one criterion.";
    SAME_FORMULA = "lint/same-formula" Warning
        expected "指标的分子与分母不同，两个指标的公式也不相同。" "A numerator differs from its denominator, and no two indicators have the same formulas."
        message "“{indicator}”的{what}" "of `{indicator}`, {what}"
        help "核对公式。" "Check the formulas.";
    UNUSED = "lint/unused" Warning
        expected "定义的内容都有用处。" "What is defined is used."
        message "{what}“{id}”没有用到" "{what} `{id}` is not used"
        help "删去它，或在应当引用的地方引用。" "Remove it, or name it where it was meant to be used.";
    OTHER_YEAR = "lint/other-year" Warning
        expected "目标是考核期那一年的目标。" "A target is of the year that is assessed."
        message "“{criterion}”的“{text}”说的是 {year} 年，考核期为 {period}" "`{criterion}` says \"{text}\", which is of {year}; assessed is {period}"
        help "改用当年的目标；若有意以后年的目标衡量，写入 allow 并说明理由。" "Use the target of that year; where a later year's is meant, `allow` it with a reason.";
    RECALLED = "lint/recalled" Info
        expected "数值和口径都核对过原文。" "Numbers and definitions were read in their documents."
        message "“{id}”依据 {document}，凭记忆，未核对" "`{id}` rests on {document}, recalled and not verified"
        help "找到原文核对，再把 confidence 改为 \"read\"。" "Read the document, then write `confidence = \"read\"`.";
    NOT_COVERED = "lint/not-covered" Info
        expected "方案的算例走到每一档、每一分支。" "The worked examples of a scheme reach every band and every branch."
        message "{criteria} 条标准共有 {all} 个分支，算例走到 {reached} 个" "branches that the examples reach: {reached} of {all} (criteria: {criteria})"
        help "加 --coverage 列出未走到的分支，再为它们写 [[example]]。" "List the others with `--coverage`, and write an `[[example]]` for each.";
    WITHOUT_EXAMPLE = "lint/without-example" Info
        expected "每个指标有一个算例。" "Every indicator has a worked example."
        message "{count} 个指标没有算例：{names}" "indicators without one: {count}, namely {names}"
        help "在指标中写 example = { 项目 = 数, expect = 值 }。" "Write `example = { item = number, expect = value }` in the indicator.";
    AFTER_ERRORS = "lint/after-errors" Info
        expected "方案没有错误之后，才检查其写法和算例覆盖。" "The linter and the coverage of examples ask a scheme without errors."
        message "尚未检查：先改正错误（{count} 项）" "not asked yet: errors to correct first: {count}"
        help "改正错误后再运行一次。" "Correct the errors, then run again.";
    WITHOUT_REGISTRY = "lint/without-registry" Info
        expected "单独检查的方案或指标库没有机构名录和考核期：与之有关的，用到时再检查。" "A scheme or catalogue checked alone has neither registry nor period: what depends on them is checked when it is used."
        message "未核对的属性条件 {conditions} 处{others}" "conditions on attributes not checked: {conditions}{others}"
        help "目标的年份用 --period 核对，其余用 kaohe check 检查考核任务。" "`--period` checks the years of targets; `kaohe check` of an assessment checks the rest.";
}
