//! Codes of verifying results.

use crate::code::codes;

codes! {
    NOT_A_RESULT = "verify/not-a-result" Error
        expected "复核的对象是 kaohe 写出的文件夹，其中有 manifest.json。" "What is verified is a folder that kaohe wrote, with its manifest.json."
        message "{path}：{why}" "{path}: {why}"
        help "给出 -o 写出的文件夹。" "Name a folder that was written with -o.";
    OTHER_VERSION = "verify/other-version" Warning
        expected "结果由写出它的那个版本重新计算。" "A result is recomputed by the version that wrote it."
        message "`{path}` 由 kaohe {recorded} 写出，现在是 {own}" "`{path}` was written by kaohe {recorded}, this is {own}"
        help "下面的差异可能出自版本；要分清，用原版本再复核一次。" "What differs may come from the version; verify with the recorded one to tell.";
    NOT_RECOMPUTED = "verify/not-recomputed" Error
        expected "结果能由考核任务重新算出。" "A result can be computed again from its assessment."
        message "没有重新计算 `{path}`：{why}" "`{path}` was not recomputed: {why}"
        help "在结果文件夹之后写上考核任务；只核对文件夹本身时加 --files。"
             "Name the assessment after the folder; where there is none, --files asks about the folder alone.";
    NOT_FROZEN = "verify/not-frozen" Error
        expected "只有复核全部相符的结果才能冻结。" "Only a result that was verified in full, and is equal, is frozen."
        message "`{path}` 没有冻结" "`{path}` was not frozen"
        help "查明差异；确需以新结果为准时，重新打分写到另一个文件夹。" "Find out what differs; where the new figures hold, score into another folder.";
}
