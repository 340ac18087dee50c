//! Codes of writing results.

use crate::code::codes;

codes! {
    EXISTS = "output/exists" Error
        expected "结果文件夹不能已有内容。" "The folder for results does not hold anything yet."
        message "`{path}` 已存在" "`{path}` exists already"
        help "换一个文件夹，或加 --force 以整体替换上次的结果。"
             "Name another folder, or add --force to replace the earlier result as a whole.";
    OCCUPIED = "output/occupied" Error
        expected "新建考核任务的文件夹是空的。" "A new assessment is written into an empty folder."
        message "`{path}` 中已有文件" "there are files in `{path}` already"
        help "换一个文件夹；已有的文件没有改动。" "Name another folder; the files that are there were left as they were.";
    NOT_OURS = "output/not-ours" Error
        expected "只替换 kaohe 自己写出的结果文件夹。" "Only a folder that kaohe itself wrote is replaced."
        message "`{path}` 中的 `{entry}` 不是 kaohe 写出的" "`{entry}` in `{path}` was not written by kaohe"
        help "把该文件移到别处，或换一个文件夹；--force 也不会删除它。"
             "Move that file elsewhere, or name another folder; --force does not delete it either.";
    FROZEN = "output/frozen" Error
        expected "已冻结的结果不会被替换。" "A frozen result is never replaced."
        message "`{path}` 中的结果已冻结（{entry}）" "`{path}` holds a frozen result ({entry})"
        help "写到另一个文件夹；--force 对冻结的结果不起作用。" "Name another folder; --force does nothing to a frozen result.";
    NOT_A_FOLDER = "output/not-a-folder" Error
        expected "结果写入文件夹。" "Results are written to a folder."
        message "`{path}` 是一个文件" "`{path}` is a file"
        help "换一个文件夹名。" "Name another folder.";
    FILE_EXISTS = "output/file-exists" Error
        expected "没有 --force 时不覆盖已有的文件。" "Without --force no file is replaced."
        message "`{path}` 已存在" "`{path}` exists already"
        help "换一个文件名，或加 --force 覆盖它。" "Name another file, or add --force to replace it.";
    OTHER_FILE = "output/other-file" Error
        expected "--force 只替换以前写出的汇总数。" "With --force only figures that were written before are replaced."
        message "`{path}` 已存在，不是汇总数，或是本次要读的文件" "`{path}` exists and holds something else, or is a file that is read"
        help "换一个文件名；原有的文件没有改动。" "Name another file; the one that is there was left as it was.";
    NOT_A_FILE = "output/not-a-file" Error
        expected "写成一个文件的内容需要文件名。" "What is written to one file needs the name of a file."
        message "`{path}` 是文件夹" "`{path}` is a folder"
        help "在文件夹后写上文件名，如 handbook.html。" "Add a file name after the folder, such as handbook.html.";
    NO_NAME = "output/no-name" Error
        expected "结果文件夹有自己的名称，以便整体替换。" "The folder for results has a name of its own, so that it can be replaced as a whole."
        message "`{path}` 没有文件夹名" "`{path}` does not end in the name of a folder"
        help "写成带名称的路径，如 `-o result`。" "Give a path that ends in a name, such as `-o result`.";
    PARENT_MISSING = "output/parent-missing" Error
        expected "写入处的上级文件夹已经存在。" "The folder in which something is written exists."
        message "`{path}` 的上级文件夹 `{parent}` 不存在" "the folder `{parent}` above `{path}` does not exist"
        help "先建立上级文件夹，或检查路径的写法。" "Create it first, or check the spelling of the path.";
    NO_PERMISSION = "output/no-permission" Error
        expected "写入处允许写入。" "The place where something is written may be written to."
        message "写入 `{path}` 时被拒绝：{error}" "writing `{path}` was refused: {error}"
        help "换一个有写入权限的位置；若文件夹中的文件正在其他程序中打开，先将其关闭。"
             "Name a place with write permission; where a program has a file of the folder open, close it first.";
    HELD_OPEN = "output/held-open" Error
        expected "结果文件没有被其他程序打开。" "No other program has a file of the result open."
        message "`{path}` 中有文件正被其他程序占用：{error}" "another program has a file in `{path}` open: {error}"
        help "在电子表格等程序中关闭该文件夹里的文件，再运行一次。"
             "Close the files of that folder in the spreadsheet or other program, then run again.";
    FAILED = "output/failed" Error
        expected "结果可以完整写出。" "Results can be written in full."
        message "写入 `{path}` 失败：{error}" "writing `{path}` failed: {error}"
        help "检查磁盘空间与路径长度；原有的结果没有改动。"
             "Check disk space and the length of the path; an earlier result was left as it was.";
    INTERRUPTED = "output/interrupted" Error
        expected "结果应写完。" "A result is written to its end."
        message "写入 `{path}` 时被中断" "writing `{path}` was broken off"
        help "没有写出任何内容，原有的结果没有改动；再运行一次即可。"
             "Nothing was written and an earlier result was left as it was; run again.";
    STRANDED = "output/stranded" Error
        expected "写入失败时恢复上次的结果。" "Where writing fails, the earlier result is put back."
        message "写入 `{path}` 失败，上次的结果留在 `{old}`：{error}"
                "writing `{path}` failed and the earlier result stands in `{old}`: {error}"
        help "把该文件夹改回原名，再运行一次。" "Rename that folder back, then run again.";
    OLD_LEFT = "output/old-left" Warning
        expected "替换之后上次的结果被删除。" "The earlier result is deleted once it is replaced."
        message "新结果已写入 `{path}`，上次的结果未能删除，留在 `{old}`：{error}"
                "the new result stands in `{path}`, but the earlier one could not be deleted from `{old}`: {error}"
        help "关闭打开该文件夹中文件的程序，再手工删除它。" "Close the program that has its files open, then delete it by hand.";
    UNKNOWN_TEMPLATE = "output/unknown-template" Error
        expected "示例应是随程序提供的之一。" "A template is one of those that come with the program."
        message "没有示例“{name}”，现有：{known}" "there is no template `{name}`; there are:{known}"
        help "改正 --template，或不写以使用默认示例。" "Correct `--template`, or leave it out.";
    ONE_ASSESSMENT = "output/one-assessment" Error
        expected "没有 --criteria 时只能给出一个考核任务。" "Without --criteria there is one assessment."
        message "“{second}”是多余的" "`{second}` is one too many"
        help "逐个运行（只有不带 --terms 的 kaohe score 可一次给出多个）；若这些是数据文件，请加上 --criteria、--organisations 和 --period。"
             "Run them one by one (only `kaohe score` without --terms takes several); if these are data files, add --criteria, --organisations and --period.";
    FLAG_MISSING = "output/flag-missing" Error
        expected "使用 --criteria 时，还需要 --organisations、--period 和数据文件。" "With --criteria go --organisations, --period and data files."
        message "缺少 {flag}" "{flag} is missing"
        help "补上该参数，或写一个 assessment.toml。" "Add it, or write an assessment.toml.";
    NO_DATA_HERE = "output/no-data-here" Error
        expected "填报表不需要数据文件。" "Collection forms need no data files."
        message "“{file}”不会被用到" "`{file}` would not be used"
        help "去掉数据文件；要检查数据请用 kaohe check。" "Leave the data files out; `kaohe check` looks at data.";
    UNKNOWN_ID = "output/unknown-id" Error
        expected "所查的 id 应在指标库、标准或计分方法中。" "An id is one of an item, indicator, criterion, check or rule."
        message "没有“{id}”" "there is no `{id}`"
        help "用 kaohe list 查看全部。" "`kaohe list` shows all of them.";
    UNKNOWN_UNIT = "output/unknown-unit" Error
        expected "所说明的考核对象应在结果中。" "The unit to explain is one of the result."
        message "没有考核对象“{unit}”" "there is no unit `{unit}`"
        help "写考核对象的代码或名称。" "Give its key or name.";
    UNKNOWN_CRITERION = "output/unknown-criterion" Error
        expected "所说明的标准、加分、扣分、否决事项或指标应在方案中。" "What is explained is a criterion, bonus, penalty, veto or indicator of the scheme."
        message "没有“{criterion}”" "there is nothing called `{criterion}`"
        help "写编号、名称，或指标的 id。" "Give its id, its name or the id of its indicator.";
    FLAG_NOT_HERE = "output/flag-not-here" Error
        expected "检查方案或指标库本身时，只用与定义有关的参数；--coverage 只用于方案或指标库。" "A scheme or catalogue checked alone takes the flags that are about definitions; `--coverage` is about those only."
        message "{flag} 不能用于“{file}”" "{flag} does not go with `{file}`"
        help "去掉该参数；检查数据时给出考核任务，检查方案时给出方案文件。" "Leave it out; name an assessment to check data, a criteria file to check a scheme.";
}
