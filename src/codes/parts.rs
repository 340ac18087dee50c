//! Codes of parts that are scored before the main scheme.

use crate::code::codes;

codes! {
    ID = "part/id" Error
        expected "部分的编号由字母、数字、汉字、“-”和“_”组成，用作结果文件夹的名称。" "The id of a part has letters, digits, `-` and `_` only; it names a folder of the result."
        message "“{id}”不能用作名称" "`{id}` cannot be a name"
        help "换一个编号，并在 score.part 中同样改正。" "Choose another id, and write the same in `score.part`.";
    TWICE = "part/twice" Error
        expected "每个部分有自己的编号。" "Every part has an id of its own."
        message "“{id}”出现两次" "`{id}` stands twice"
        help "改正其中一个。" "Correct one of them.";
    UNKNOWN = "part/unknown" Error
        expected "score.part 所用的部分在考核任务中有 [[part]]。" "What `score.part` names is a `[[part]]` of the assessment."
        message "没有部分“{id}”" "there is no part `{id}`"
        help "改正编号，或在考核任务中加上 [[part]]。" "Correct the id, or add the `[[part]]` to the assessment.";
    UNUSED = "part/unused" Warning
        expected "每个部分都有标准按它计分。" "Every part is scored by some criterion."
        message "部分“{id}”单独打分，不影响总分" "part `{id}` is scored by itself, and no total depends on it"
        help "用 score.part 引用它；只要单独的排名时可以不管。" "Name it in a `score.part`; nothing need be done where its own ranking is all that is wanted.";
    NESTED = "part/nested" Error
        expected "部分的方案不再引用部分。" "The scheme of a part does not use parts itself."
        message "部分“{id}”的方案用了 score.part" "the scheme of part `{id}` uses `score.part`"
        help "给该部分另写一份方案，各部分都列在主考核任务中。" "Give the part a scheme of its own, and list all parts in the main assessment.";
    NAMED = "part/named" Error
        expected "score.part 的 of 至少写一个部分，每个只写一次。" "`of` names at least one part, and each once."
        message "{found}" "{found}"
        help "改正 of。" "Correct `of`.";
    SAME = "part/same" Warning
        expected "各部分的考核对象、期间或方案不同。" "Parts differ in units, period or scheme."
        message "部分“{id}”与“{other}”的内容完全相同" "part `{id}` is the same as `{other}`"
        help "核对期间（period）。" "Check its `period`.";
    OUTSIDE = "part/outside" Warning
        expected "部分的期间在考核期之内。" "A part looks at months of the assessed period."
        message "部分“{id}”的期间为 {period}，不在 {assessed} 之内" "part `{id}` looks at {period}, which is not within {assessed}"
        help "核对期间（period）。" "Check its `period`.";
    WITHOUT_PART = "part/without-part" Warning
        expected "每个考核对象在所用的部分中都有得分。" "Every unit has totals in the parts it is scored by."
        message "部分“{part}”中没有属于{unit}的考核对象，相应分值不计入适用分值" "no unit of part `{part}` belongs to {unit}: what is scored by it does not apply"
        help "在名册中写明其所属；本来没有的可以不管。" "Say in the registry where they belong; nothing need be done where there are none.";
    NO_WEIGHT_COLUMN = "part/no-weight-column" Error
        expected "权重是部分的考核对象的一个属性。" "A weight is an attribute of the part's units."
        message "部分“{part}”的考核对象没有属性“{name}”" "units of part `{part}` have no attribute `{name}`"
        help "在名册或考核对象文件中加上这一列。" "Add the column to the registry or to the units file.";
    WEIGHT = "part/weight" Error
        expected "权重是大于 0 的数。" "A weight is a number above 0."
        message "{unit}的“{name}”是“{value}”" "{name} of {unit} is `{value}`"
        help "补上或改正该单元格；不参加的机构用 [[part]] 的 where 排除。" "Fill in or correct the cell; leave out who takes no part by `where` of the `[[part]]`.";
    WITHOUT_UNIT = "part/without-unit" Warning
        expected "部分的每个考核对象属于一个考核对象，其得分计入该对象。" "Every unit of a part belongs to a unit of the assessment, whose points it makes."
        message "部分“{part}”中的{name}不属于任何考核对象，其得分不计入" "{name} of part `{part}` belongs to no unit, and its total counts nowhere"
        help "在名册中写明其所属，或用 [[part]] 的 where 排除。" "Say in the registry where it belongs, or leave it out by `where` of the `[[part]]`.";
    NOT_A_PART = "part/not-a-part" Error
        expected "--part 是考核任务中一个部分的编号。" "`--part` is the id of a part of the assessment."
        message "没有部分“{id}”；有：{known}" "there is no part `{id}`; there are: {known}"
        help "改正编号。" "Correct the id.";
}
