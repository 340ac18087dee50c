//! Codes of runs over several assessments.

use crate::code::codes;

codes! {
    NO_MATCH = "batch/no-match" Error
        expected "给出的通配符至少对应一个考核任务。" "A pattern stands for at least one assessment."
        message "没有与“{pattern}”相符的文件或文件夹" "nothing matches `{pattern}`"
        help "检查路径与通配符的写法；* 不跨文件夹，** 跨文件夹。" "Check the path and the pattern; * stays within a folder, ** does not.";
    BAD_PATTERN = "batch/bad-pattern" Error
        expected "通配符须写完整。" "A pattern is complete."
        message "“{pattern}”不是可用的通配符" "`{pattern}` is no pattern that can be used"
        help "[ ] 要成对，** 要独占一级；路径中确有方括号时写成 [[] 与 []]。"
             "Close every [, and let ** stand alone between slashes; brackets of a name are written [[] and []].";
    DATA_FILE = "batch/data-file" Error
        expected "没有 --criteria 时，给出的都是考核任务。" "Without --criteria, what is named are assessments."
        message "“{path}”是数据文件" "`{path}` is a data file"
        help "给出考核任务文件或其文件夹；若确为数据文件，请加上 --criteria、--organisations 和 --period。"
             "Name assessment files or their folders; if these are data files, add --criteria, --organisations and --period.";
    EMPTY_LIST = "batch/empty-list" Error
        expected "清单中至少有一个考核任务，每行一个路径。" "A list names at least one assessment, a path to a line."
        message "“{list}”中没有路径" "there is no path in `{list}`"
        help "每行写一个考核任务文件或其文件夹；空行和以 # 开头的行不计。"
             "Write an assessment file or its folder on each line; blank lines and lines that begin with # do not count.";
    TWICE = "batch/twice" Error
        expected "同一考核任务只给出一次。" "An assessment is given once."
        message "“{path}”与“{other}”是同一个考核任务" "`{path}` and `{other}` are one assessment"
        help "去掉其中一个；通配符之间可能重叠，链接指向的是同一文件。"
             "Leave one of them out; patterns may overlap, and a link leads to the same file.";
    ALL_FAILED = "batch/all-failed" Error
        expected "至少有一个考核任务能够打分，才写出结果。" "Results are written where at least one assessment could be scored."
        message "{count} 个考核任务都没有打分，没有写出 `{path}`" "none of {count} was scored; `{path}` was not written"
        help "按各考核任务的提示改正后再运行；原有的结果没有改动。" "Correct what is said of each of them, then run again; an earlier result was left as it was.";
    BROKEN = "batch/broken" Error
        expected "程序内部不出错。" "The program itself does not fail."
        message "本考核任务因程序内部错误而中断" "an error inside the program ended this assessment"
        help "其余考核任务不受影响；请把上面的内部信息与定义文件一并反馈。"
             "The others are not affected; report the words above together with the definition files.";
}
