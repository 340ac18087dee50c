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
