//! Codes of comparing results.

use crate::code::codes;

codes! {
    NOT_A_RESULT = "compare/not-a-result" Error
        expected "对比的是 kaohe score -o 写出的结果文件夹、其中的 scorebook.json，或考核任务。"
                 "What is compared is a result folder that `kaohe score -o` wrote, its scorebook.json, or an assessment."
        message "{path}：{why}" "{path}: {why}"
        help "给出结果文件夹、scorebook.json，或考核任务的文件夹、文件。"
             "Name a result folder, a scorebook.json, or an assessment by its folder or file.";
    CHANGED = "compare/changed" Error
        expected "对比的结果须与写出时一致。" "A result is compared as it was written."
        message "{path} 中的 {file} 与 manifest.json 的校验值不符" "{file} in {path} is not what manifest.json says was written"
        help "不要改动结果文件；改正考核任务或评判标准，重新打分。" "Leave the files of a result as they are; correct the assessment or the scheme and score again.";
    NEWER = "compare/newer-version" Error
        expected "scorebook.json 的版本是本程序能读的。" "A scorebook.json is of a version that this program reads."
        message "{path} 是第 {found} 版，本程序读第 {known} 版" "{path} is of version {found}, this program reads {known}"
        help "用写出它的那一版程序对比，或用本程序重新打分。" "Compare with the program that wrote it, or score again with this one.";
    UNIT_COLUMNS = "compare/unit-columns" Error
        expected "对比的结果考核的是同一类对象。" "Results that are compared score the same kind of units."
        message "{first} 按 {first_column} 考核，{other} 按 {other_column} 考核" "{first} scores by `{first_column}`, {other} by `{other_column}`"
        help "对比考核对象相同的结果。" "Compare results that score by the same column of the registry.";
    NO_SHARED_UNIT = "compare/no-shared-unit" Error
        expected "对比的结果至少有一个共同的考核对象。" "Results that are compared have at least one unit in common."
        message "{first} 与 {other} 没有共同的考核对象，例如 {one} 与 {two}" "{first} and {other} have none in common: `{one}` here, `{two}` there"
        help "考核对象按编号对应；编号改过的，先在名册中统一。" "Units are joined by key; where keys were changed, use one spelling in both registries.";
    UNKNOWN_UNIT = "compare/unknown-unit" Error
        expected "--units 中的考核对象至少在一个结果中。" "A unit named by --units is in one of the results."
        message "没有考核对象“{unit}”" "no result has a unit `{unit}`"
        help "写考核对象的编号或名称，用逗号分开。" "Give keys or names, with commas between them.";
    ONE_RESULT = "compare/one-result" Info
        expected "只有一个结果时，对比其中的考核对象。" "Of one result the units are compared."
        message "没有给出 --units，列出全部 {count} 个考核对象" "without --units all of them are shown: {count}"
        help "用 --units A,B 选择考核对象；要对比两个结果，再给出一个。" "Choose units with `--units A,B`; to compare two results name a second one.";
    NO_DIFFERENCE = "compare/no-difference" Info
        expected "对比的结果有所不同。" "Results that are compared differ."
        message "{first} 与 {other} 的指标值、得分、总分和名次完全相同" "{first} and {other} have the same values, points, totals and ranks"
        help "检查给出的是否为想要对比的两个结果。" "Check that these are the two results you meant.";
    FROZEN = "compare/causes-not-worked-out" Info
        expected "两个结果都有考核任务时，逐项重算得出每项变化的原因。"
                 "Causes are worked out by running again where both results have their assessments."
        message "{result}：{why}；只列出仍有可能的原因" "{result}: {why}; causes are told as far as they remain possible"
        help "给出当时的考核任务（文件夹），或把输入文件放回结果所在的文件夹。"
             "Name the assessments themselves, or put the inputs as they were back beside the result.";
    STEPS_JOINED = "compare/steps-joined" Warning
        expected "每个原因可以单独替换。" "Each cause can be replaced by itself."
        message "{causes}不能单独替换：{why}" "{causes} cannot be replaced alone: {why}"
        help "其影响与下一步合并列出；要分开，先使两份定义能够组合。"
             "Its effect is shown together with that of the next step; to tell them apart make the two definitions fit together.";
    REDEFINED = "compare/redefined" Warning
        expected "同一编号在各结果中是同一条标准。" "One id means one criterion in all results."
        message "编号 {id} 先是“{one}”，后是“{two}”" "criterion {id} is “{one}” and “{two}”"
        help "按编号对比；编号改了含义的，不能当作同一条来读。" "Rows are joined by id; read these as two criteria, or give them ids of their own.";
    FINDINGS = "compare/findings" Warning
        expected "对比的考核任务没有错误级的数据问题。" "The data of an assessment that is compared have no errors."
        message "{path} 有 {count} 个错误" "{path} has {count}"
        help "用 kaohe check 查看；被剔除的数值会影响得分。" "`kaohe check` shows them; rejected values move points.";
}
