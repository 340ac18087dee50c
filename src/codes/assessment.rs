//! Codes of assessment files: periods, sources, judgements.

use crate::code::codes;

codes! {
    NOT_A_PERIOD = "assessment/not-a-period" Error
        expected "期间写成 2025、2025H1、2025Q3、2025-06 或 2025-01..2025-09。" "A period is written 2025, 2025H1, 2025Q3, 2025-06 or 2025-01..2025-09."
        message "“{value}”不是期间" "`{value}` is not a period"
        help "按上述写法改正。" "Write it in one of these forms.";
    TOO_LONG = "assessment/period-too-long" Error
        expected "考核期不超过 120 个月。" "A period has at most 120 months."
        message "{period} 有 {months} 个月" "{period} has {months} months"
        help "分成几次考核。" "Divide it into several assessments.";
    BASELINE_LENGTH = "assessment/baseline-length" Error
        expected "基期与考核期月数相同；整年的基期会取其相同月份。" "The baseline has as many months as the period; one of whole years is narrowed to the same months."
        message "考核期 {period} 有 {months} 个月，基期 {baseline} 有 {base_months} 个月" "in months, the period {period} has {months} and the baseline {baseline} has {base_months}"
        help "改正基期。" "Correct the baseline.";
    NO_BASELINE = "assessment/no-baseline" Error
        expected "与基期比较的标准和公式需要 baseline。" "What compares with a baseline needs `baseline`."
        message "“{name}”与基期比较，但没有写 baseline" "`{name}` compares with the baseline, and there is none"
        help "在 assessment.toml 中写 baseline = \"…\"。" "Write `baseline = \"…\"` in the assessment file.";
    UNIT_LEVEL = "assessment/unit-level" Error
        expected "考核对象的层级应能确定。" "The level of the units must be known."
        message "“{unit}”列是哪一层级无从得知" "the level of the column `{unit}` cannot be told"
        help "写 unit_level = \"institution\"、\"consortium\"、\"county\" 或 \"city\"。" "Write `unit_level` = \"institution\", \"consortium\", \"county\" or \"city\".";
    NO_UNITS = "assessment/no-units" Error
        expected "至少要有一个考核对象。" "There must be at least one unit."
        message "名录的“{unit}”列在考核期内没有任何值" "the registry column `{unit}` holds no value in the period"
        help "填写该列，或改正 unit。" "Fill in the column, or correct `unit`.";
    NO_FILE = "assessment/no-file" Error
        expected "数据源的路径至少对应一个文件。" "The path of a source matches at least one file."
        message "没有文件符合“{path}”" "no file matches `{path}`"
        help "检查路径和文件名；路径相对于 assessment.toml。" "Check the path; it is relative to the assessment file.";
    BAD_GLOB = "assessment/bad-path" Error
        expected "路径中可用 *、? 和 **。" "A path may hold `*`, `?` and `**`."
        message "“{path}”不能用作路径：{problem}" "`{path}` cannot be used: {problem}"
        help "改正路径。" "Correct the path.";
    NOT_IN_LAYOUT = "assessment/not-in-layout" Error
        expected "每个键只用于它有意义的布局。" "A key is written where the layout gives it a meaning."
        message "{key} 只用于 layout = {layout}" "{key} has a meaning in layout = {layout} only"
        help "删去该键，或改正 layout。" "Remove the key, or correct the layout.";
    RECORDS_NEED = "assessment/records-need" Error
        expected "登记数据（layout = \"records\"）写明机构列、日期列和要计的项目。" "A register (layout = \"records\") names the columns of organisation and date, and what is counted."
        message "缺少 {key}" "{key} is needed here"
        help "补上；各键见 docs/records.md。" "Add it; docs/records.md describes the keys.";
    ITEM_TWICE = "assessment/item-twice" Error
        expected "一个数据源中，一个项目只从记录中计一次。" "A source counts an item from its records once."
        message "“{item}”在第 {line} 行已写过" "`{item}` stands in line {line} already"
        help "删去一处；两种写法都要计的，合并到一个条件的列表中。" "Remove one of them; where both are meant, put their values into one list.";
    SUM_AND_DISTINCT = "assessment/sum-and-distinct" Error
        expected "一个项目或求和，或按人计数。" "An item is a sum or a number of persons."
        message "“{item}”同时写了 sum 和 distinct" "`{item}` has both `sum` and `distinct`"
        help "删去其一。" "Remove one of them.";
    WITHIN_ITSELF = "assessment/within-itself" Error
        expected "within 用于由多个机构组成的考核对象。" "`within` is for units of several organisations."
        message "“{item}”写了 within，而考核对象是单个机构（unit = \"code\"），双方不会同属一个对象" "`{item}` has `within`, but each institution is a unit of its own (unit = \"code\"), to which no two ends belong"
        help "删去 within，或改正 unit。" "Remove `within`, or correct `unit`.";
    NO_BUILT_IN_CRITERIA = "assessment/no-built-in-criteria" Error
        expected "评判标准是一个文件，写明其路径。" "The criteria are a file, named by its path."
        message "没有内置的评判标准；内置的是指标库：{catalogues}" "no criteria are built in; what is built in are catalogues: {catalogues}"
        help "写评判标准文件的路径；`kaohe new` 新建的示例中有一份可以改用的方案，指标库在其 catalogues 中写明。"
             "Write the path of a criteria file; `kaohe new` makes a sample with one to start from, and catalogues are named in its `catalogues`.";
    UNKNOWN_ITEM = "assessment/unknown-item" Error
        expected "[[source]] 中写明的项目应在指标库中。" "An item named in a [[source]] is in a catalogue."
        message "没有项目“{item}”" "there is no item `{item}`"
        help "改正 id，或在本地指标库中定义它。" "Correct the id, or define it in a catalogue of your own.";
    UNKNOWN_ROW = "assessment/unknown-row" Error
        expected "rows 和 totals 中的行应是名录中的机构。" "A row named in `rows` or `totals` is an organisation of the registry."
        message "名录中没有“{label}”" "`{label}` is not in the registry"
        help "改正名称或代码，或把它加入名录。" "Correct the name or code, or add it to the registry.";
    BAD_ENCODING = "assessment/bad-encoding" Error
        expected "编码为 auto、UTF-8、UTF-16 或 GB18030。" "An encoding is auto, UTF-8, UTF-16 or GB18030."
        message "“{value}”不是其中之一" "`{value}` is none of these"
        help "写 auto 即可自动识别。" "`auto` finds it out.";
    BAD_DELIMITER = "assessment/bad-delimiter" Error
        expected "分隔符为逗号、制表符或分号。" "A delimiter is a comma, a tab or a semicolon."
        message "“{value}”不是其中之一" "`{value}` is none of these"
        help "去掉该键即可自动识别。" "Leave the key out to have it found.";
    CORRECTION_COLUMNS = "correction/columns" Error
        expected "更正文件要有 organisation、period、item、new 列。" "A corrections file has the columns organisation, period, item and new."
        message "没有“{column}”列" "there is no column `{column}`"
        help "列名为 organisation,period,item,old,new,unit,who,date,reason,document。" "The columns are organisation,period,item,old,new,unit,who,date,reason,document.";
    CORRECTION_COLUMN_NEAR = "correction/column-unknown" Error
        expected "更正文件的列名应准确，写错的列不会被读取。" "A column of a corrections file is spelled as it is known; one that is misspelt is not read."
        message "没有名为“{column}”的列，而它与已知列名相近" "there is no column `{column}`, and one of nearly that name"
        help "改正列名；原值一列写错，原值就不会核对。" "Correct the name: were the column of old values misspelt, they would not be compared.";
    CORRECTION_COLUMN = "correction/column-not-read" Warning
        expected "更正文件的每一列都有用处。" "Every column of a corrections file is read."
        message "不认识“{column}”列，未读取" "the column `{column}` is not known and was not read"
        help "确属多余的可以删去；说明写在 reason 或 document 列。" "Remove it if nothing hangs on it; explanations stand in `reason` or `document`.";
    CORRECTION_UNIT = "correction/unit" Error
        expected "更正的单位应是该项目的单位，可带万、千等倍数。" "The unit of a correction is one of the item, in thousands or ten thousands where it says so."
        message "“{unit}”不能作为“{item}”的单位，该项目的单位是{of}" "`{unit}` cannot be the unit of {item}, which is in {of}"
        help "写 元、万元、人次、万人次 等；与项目单位相同的可以留空。" "Write a unit such as 元, 万元, 人次 or 万人次, or leave it blank for the item's own.";
    CORRECTION_ORGANISATION = "correction/unknown-organisation" Error
        expected "更正的机构应在机构名录中。" "A correction is about an organisation of the registry."
        message "名录中没有“{label}”" "`{label}` is not in the registry"
        help "改正代码或名称。" "Correct the code or name.";
    CORRECTION_PERIOD = "correction/unknown-period" Error
        expected "更正要写明数值所属的期间。" "A correction names the period of the value."
        message "“{value}”不是期间" "`{value}` is not a period"
        help "写成 2025-06、2025Q2 或 2025，与数据中的期间相同。" "Write 2025-06, 2025Q2 or 2025, the period the value was reported for.";
    CORRECTION_ITEM = "correction/unknown-item" Error
        expected "更正的项目应在指标库中。" "A correction is about an item of a catalogue."
        message "没有项目“{item}”" "there is no item `{item}`"
        help "改正 id 或名称。" "Correct the id or name.";
    CORRECTION_VALUE = "correction/value" Error
        expected "更正后的值是该项目的一个数，或以“-”撤回。" "The new value of a correction is a number of the item, or `-` to withdraw the value."
        message "“{value}”不能作为“{item}”的值" "`{value}` cannot be a value of {item}"
        help "写出完整的数；撤回数值写 -。" "Write the whole number, or - to withdraw the value.";
    CORRECTION_TWICE = "correction/twice" Error
        expected "同一数值只更正一次。" "A value is corrected once."
        message "{organisation} {period} 的“{item}”在 {file} 第 {other} 行已有更正" "{item} of {organisation} for {period} is already corrected in {file} on line {other}"
        help "只保留最后的更正。" "Keep the last one.";
    CORRECTION_OLD = "correction/old-differs" Error
        expected "更正所写的原值应是所报的值。" "The old value a correction states is the one that was reported."
        message "{organisation} {period} 的“{item}”，更正写明原值为 {old}，而所报为 {found}；两者均不采用" "{organisation}: the correction of {item} for {period} states {old}, and {found} was reported; neither is used"
        help "数据可能已重新报送；核对后改正或删去该更正。" "The data may have been sent again; check, and correct or remove the correction.";
    CORRECTION_OLD_UNIT = "correction/old-unit" Error
        expected "更正所写的原值以项目的单位为准，或写明单位。" "The old value of a correction is in the item's unit, or its unit is named."
        message "{organisation} {period} 的“{item}”，更正写明原值为 {old}，而所报为 {found}（“{column}”列写作 {written}）；两者均不采用" "{organisation}: the correction of {item} for {period} states {old}, and {found} was reported, written as {written} under `{column}`; neither is used"
        help "更正文件加“单位”列（如 万元），或把原值和新值换算成项目的单位。" "Name the unit in a column `unit` (such as 万元), or write both values in the item's unit.";
    CORRECTION_UNDER = "correction/under-longer" Error
        expected "更正的期间应与所报数值的期间相同。" "A correction is of a value for the period it was reported for."
        message "{organisation}没有单独报送 {period} 的“{item}”，所报为 {longer}；更正未采用" "{organisation} did not report {item} for {period} alone, but for {longer}; the correction is not used"
        help "按所报的期间更正；累计报送的，更正截至该月的累计数。" "Correct the value for the period reported; in running totals, the total up to the month.";
    CORRECTION_NOTHING = "correction/nothing-reported" Warning
        expected "更正的应是已报的数值。" "What is corrected was reported."
        message "{organisation}未报 {period} 的“{item}”；按更正补入 {new}" "{organisation} reported nothing of {item} for {period}; the correction adds {new}"
        help "核对机构、期间和项目；确为补报的，在 old 列写 -。" "Check organisation, period and item; where it is meant, write - as the old value.";
    CORRECTION_APPLIED = "correction/applied" Info
        expected "每项更正都应连同原值和依据列出。" "Every correction is listed with the value it replaces and its ground."
        message "{organisation} {period} 的“{item}”由 {was} 更正为 {now}（{note}）" "{organisation}: {item} for {period} was corrected from {was} to {now} ({note})"
        help "无需处理。" "Nothing needs to be done.";
    VERIFIED = "correction/verified" Info
        expected "核实数与自报数不同时，以核实数为准，两者并列。" "Where a verified figure differs from the reported one, it counts, and both are shown."
        message "{organisation} {period} 的“{item}”自报为 {was}，核实为 {now}" "{organisation}: {item} for {period} was reported as {was} and verified as {now}"
        help "无需处理。" "Nothing needs to be done.";
    VERIFIED_UNREADABLE = "correction/verified-unreadable" Error
        expected "核实数应是一个可以读出的数。" "A verified figure can be read."
        message "{organisation} {period} 的“{item}”，核实数无法读出，自报为 {was}；两者均不采用" "{organisation}: the verified figure of {item} for {period} cannot be read, and {was} was reported; neither is used"
        help "改正核实数；未核实的留空。" "Correct the verified figure, or leave it blank where nothing was verified.";
    VERIFIED_OVER = "correction/verified-overlap" Warning
        expected "核实过的月份以核实数为准。" "Months that were verified count as verified."
        message "{organisation} 自报 {period} 的“{item}”与核实数的期间重叠，已不采用；其中未核实的月份按缺报处理" "{organisation}: {item} as reported for {period} overlaps verified figures and is no longer used; months of it that were not verified are missing"
        help "请补充其余月份的核实数，或按同一期间核实。" "Verify the other months too, or verify the period as it was reported.";
    WAIVER_ORGANISATION = "waiver/unknown-organisation" Error
        expected "免报的机构应在机构名录中。" "A waiver is about an organisation of the registry."
        message "名录中没有“{label}”" "`{label}` is not in the registry"
        help "改正代码或名称。" "Correct the code or name.";
    WAIVER_ITEM = "waiver/unknown-item" Error
        expected "免报的项目应在指标库中。" "A waiver is about an item of a catalogue."
        message "没有项目“{item}”" "there is no item `{item}`"
        help "改正 id；全部项目免报的，不写 item。" "Correct the id, or leave `item` out to waive all items.";
    WAIVED = "waiver/applied" Info
        expected "每项免报都应连同理由列出。" "Every waiver is listed with its reason."
        message "{organisation} {months} 免报{item}：{reason}" "{organisation} need not report {item} for {months}: {reason}"
        help "无需处理。" "Nothing needs to be done.";
    WAIVED_REPORTED = "waiver/reported" Info
        expected "免报而仍然报送的数值照样计入。" "What is waived and reported all the same counts."
        message "{organisation} {months} 免报{item}（{reason}），但仍报送了 {count} 个数值，照样计入：{reported}" "{organisation} need not report {item} for {months} ({reason}), but reported values, which count: {count}, such as {reported}"
        help "不应计入的，用更正撤回（新值写 -）。" "Withdraw what should not count by a correction, with - as the new value.";
    TARGET_COLUMNS = "target/columns" Error
        expected "目标文件要有 unit、item、target 列。" "A targets file has the columns unit, item and target."
        message "没有“{column}”列" "there is no column `{column}`"
        help "列名为 unit,item,period,target,round,reason。" "The columns are unit,item,period,target,round,reason.";
    TARGET_UNIT = "target/unknown-unit" Error
        expected "目标是为某个考核对象设定的。" "A target is set for one of the units."
        message "没有考核对象“{unit}”" "there is no unit `{unit}`"
        help "改正 unit 列。" "Correct the unit column.";
    TARGET_ITEM = "target/unknown-item" Warning
        expected "目标所指的项目或指标在指标库中。" "What a target is set for is an item or indicator of a catalogue."
        message "没有项目或指标“{item}”，该目标未使用" "there is no item or indicator `{item}`, and the target is not used"
        help "改正 item 列；本方案不用的目标无需处理。" "Correct the item column; a target that this scheme has no use for needs nothing.";
    TARGET_CELL = "target/cell" Error
        expected "目标是大于 0 的数，期间写成 2025 或 2025Q1，轮次是正整数。" "A target is a number above 0, its period is written 2025 or 2025Q1, its round is a whole number."
        message "{column} 列写的是“{value}”" "the column {column} says `{value}`"
        help "改正该单元格；期间空白即考核期，轮次空白即第 1 轮。" "Correct the cell; a blank period is the assessed one, a blank round the first.";
    TARGET_TWICE = "target/twice" Error
        expected "同一考核对象、项目、期间和轮次只有一个目标。" "There is one target per unit, item, period and round."
        message "{unit}的“{item}”在第 {other} 行已有不同的目标" "{item} of {unit} has another target on line {other}"
        help "删去一个，或写明轮次：后一轮代替前一轮。" "Remove one, or give it a later round, which takes the place of the earlier one.";
    TARGET_ABSENT = "target/absent" Error
        expected "按目标完成比例计分的，每个考核对象都要有目标。" "Where units are scored against their own targets, each has one."
        message "{unit}没有“{item}”的目标，“{criterion}”无法计分" "{unit} has no target of {item}, by which {criterion} is scored"
        help "在 [targets] 的文件中加上该目标；不适用的，用 applies_to 排除。" "Add it to the file of [targets]; leave out by `applies_to` whom it does not concern.";
    SOURCE_DATE = "assessment/source-date" Error
        expected "received 和 due 是日期。" "`received` and `due` are dates."
        message "“{value}”不是日期" "`{value}` is none"
        help "写成 \"2026-01-20\"。" "Write \"2026-01-20\".";
    JUDGEMENT_COLUMNS = "judgement/columns" Error
        expected "评定文件要有 unit、criterion、value 列。" "A judgements file has the columns unit, criterion and value."
        message "没有“{column}”列" "there is no column `{column}`"
        help "列名为 unit,criterion,part,value,judge,judge_unit,date,stage,evidence,reason。" "The columns are unit,criterion,part,value,judge,judge_unit,date,stage,evidence,reason.";
    JUDGEMENT_UNIT = "judgement/unknown-unit" Error
        expected "评定的对象应是考核对象之一。" "A judgement is about one of the units."
        message "没有考核对象“{unit}”" "there is no unit `{unit}`"
        help "改正 unit 列。" "Correct the unit column.";
    JUDGEMENT_CRITERION = "judgement/unknown-criterion" Error
        expected "评定的标准应是需要评定的标准之一。" "A judgement is about a criterion that is judged."
        message "“{criterion}”不是需要评定的标准" "`{criterion}` is not a judged criterion"
        help "改正 criterion 列。" "Correct the criterion column.";
    JUDGEMENT_PART = "judgement/part" Error
        expected "部分（part）是该标准扣分清单中的一个名称；没有清单的标准不写部分。" "The part is a name in the criterion's list of deductions; other criteria have none."
        message "“{criterion}”没有名为“{part}”的部分" "{criterion} has no part `{part}`"
        help "改正 part 列。" "Correct the part column.";
    JUDGEMENT_VALUE = "judgement/value" Error
        expected "评定结果应符合该标准的计分方法。" "A judgement is a value its rule knows."
        message "“{value}”不能用于“{criterion}”" "`{value}` cannot be used for {criterion}"
        help "写等级、yes/no、数量或分数（不超过满分、合步长），或 not-applicable、no-evidence、recused。"
             "Write a grade, yes/no, a count or points (within full points, in whole steps), or not-applicable, no-evidence, recused.";
    VETO_EVIDENCE = "judgement/veto-evidence" Error
        expected "认定否决事项发生，要写明佐证。" "A judgement that a veto applies names its evidence."
        message "{unit} 的“{veto}”没有写佐证" "there is none for {veto} of {unit}"
        help "在 evidence 列写明佐证材料；没有发生的写 no。" "Name the document in the column `evidence`, or write `no` where it did not happen.";
    JUDGEMENT_STAGE = "judgement/stage" Error
        expected "阶段为 self、review 或 appeal。" "A stage is self, review or appeal."
        message "“{stage}”不是其中之一" "`{stage}` is none of these"
        help "自评写 self，复核写 review，申诉写 appeal；空白即 review。" "Write self, review or appeal; a blank cell means review.";
    JUDGE_UNIT = "judgement/judge-unit" Warning
        expected "评定人单位若在名册中，写法与名册一致。" "Whom a judge works for is spelt as in the registry, if it stands there."
        message "没有“{written}”，无法判断评定人是否属于被评对象" "nobody is called `{written}`: it cannot be told whether the judge belongs to the unit judged"
        help "若是名册中的机构，写其代码或名称；名册以外的，换一个不易混淆的写法或留空。" "If it is an organisation of the registry, write its code or name; if not, write it otherwise or leave it blank.";
    SELF_ONLY = "judgement/self-only" Warning
        expected "自评之后有复核。" "A self-assessment is reviewed."
        message "没有复核、按自评计分的有 {count} 项（{names}）" "self-assessments without a review, which score: {count} ({names})"
        help "补上复核结果；本来就以自评为准的可以不管。" "Add the review; nothing need be done where self-assessments are meant to score.";
    JUDGEMENT_OWN = "judgement/own-unit" Error
        expected "评定人不得评定本单位，或本单位所属的考核对象。" "Nobody judges the unit they belong to, or whose member they work for."
        message "{judge}属于{unit}，却评定了它" "{judge} belongs to {unit} and judged it"
        help "换人评定，或写 recused。" "Have someone else judge, or write recused.";
    EXPERT_TWICE = "judgement/expert-twice" Error
        expected "专家评分时，同一阶段每名专家对同一考核对象和标准只评一次，并写明姓名。" "On a panel every expert gives points once per unit, criterion and stage, under a name."
        message "{unit}的“{criterion}”（{stage}）在第 {other} 行已有“{judge}”的评分" "{criterion} of {unit} ({stage}) has points of `{judge}` on line {other} already"
        help "保留一个，或补上评定人（judge）。" "Keep one, or fill in the judge.";
    JUDGEMENT_TWICE = "judgement/twice" Error
        expected "同一考核对象、标准和阶段只有一个评定结果。" "There is one judgement per unit, criterion and stage."
        message "{unit}的“{criterion}”（{stage}）在第 {other} 行已有不同的结果" "{criterion} of {unit} ({stage}) has another value on line {other}"
        help "保留一个。" "Keep one.";
}
