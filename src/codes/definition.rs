//! Codes of TOML files as written.

use crate::code::codes;

codes! {
    UNREADABLE = "definition/unreadable" Error
        expected "定义文件须存在且可读。" "A definition file must exist and be readable."
        message "{path}：{reason}" "{path}: {reason}"
        help "核对路径、文件名和读取权限。" "Check the path, the file name and the permission to read it.";

    NOT_UTF8 = "definition/not-utf8" Error
        expected "定义文件须为 UTF-8 编码的文本。" "A definition file must be text in UTF-8."
        message "此处的字节不是 UTF-8；{guess}" "the bytes here are not UTF-8; {guess}"
        help "用编辑器打开，另存为 UTF-8 编码。" "Open the file in an editor and save it as UTF-8.";

    SYNTAX = "definition/syntax" Error
        expected "定义文件须符合 TOML 语法。" "A definition file must be valid TOML."
        message "{what}" "{what}"
        help "每行写作 键 = 值；文字加引号，列表用 [ ]，表用 { }；中文键名须加引号。" "Each line reads key = value; text is quoted, lists stand in [ ], tables in { }; a key in Chinese is quoted.";

    DUPLICATE_KEY = "definition/duplicate-key" Error
        expected "同一个表中，每个键只能出现一次。" "A key must stand only once in a table."
        message "`{key}` 重复出现" "`{key}` stands here a second time"
        help "删去其中一处；多项并列时，表头写作 [[名称]]。" "Delete one of the two; where several entries are meant, the heading reads [[name]].";

    UNKNOWN_KEY = "definition/unknown-key" Error
        expected "表中只能使用该表规定的键。" "A table must hold only the keys defined for it."
        message "此处没有名为 `{key}` 的键{known}" "`{key}` is not a key of this table{known}"
        help "改正键名或删去该行；自定义的内容放入 [meta] 表，或用 x- 开头的顶层键。" "Correct the name or delete the line; free content belongs in a [meta] table or in a top-level key that starts with x-.";

    MISSING_KEY = "definition/missing-key" Error
        expected "必填的键须写明。" "A required key must be given."
        message "{table}缺少 {keys}" "{table} lacks {keys}"
        help "补上所缺的键。" "Add what is missing.";

    WRONG_TYPE = "definition/wrong-type" Error
        expected "值的类型须与键相符。" "A value must be of the kind its key asks for."
        message "应为{wanted}，实为{found}" "expected {wanted}, found {found}"
        help "按所列写法改写该值。" "Write the value in the form named.";

    UNKNOWN_CHOICE = "definition/unknown-choice" Error
        expected "选项须为规定的几种之一。" "A choice must be one of those defined."
        message "`{value}` 不在可选之列：{choices}" "`{value}` is not among {choices}"
        help "改为所列选项之一。" "Use one of the choices listed.";

    ONE_CHOICE = "definition/one-choice" Error
        expected "多选一之处须恰好写一种。" "Where one of several is to be chosen, exactly one must be given."
        message "写了 {count} 种{detail}" "{count} are given{detail}"
        help "只保留其中一种。" "Keep exactly one of them.";

    TOO_MANY = "definition/too-many" Error
        expected "每个文件的错误须能逐一列出。" "The errors of a file must be few enough to list."
        message "另有 {count} 处错误未列出" "errors not listed: {count}"
        help "先改正已列出的错误，再检查一次。" "Correct those listed and check again.";

    BAD_SETTING = "definition/bad-setting" Error
        expected "--set 须写作 键.键=值，并指向评判标准或考核任务中的一个值。" "A --set must read key.key=value and name one value of the criteria or the assessment."
        message "{what}" "{what}"
        help "例如 --set policy.min_completeness=0.9；列表中的一项用其 id 或从 1 起的序号指明。" "For example --set policy.min_completeness=0.9; an entry of a list is named by its id or its number, counted from 1.";

    UNKNOWN_BUILTIN = "definition/unknown-builtin" Error
        expected "builtin: 之后须为内置文件的名称和版本。" "What follows builtin: must be the name and version of a built-in file."
        message "没有内置的 `{name}`；现有：{known}" "there is no built-in `{name}`; there are: {known}"
        help "改用所列名称，写作 builtin:名称@版本。" "Use one of those listed, written builtin:name@version.";
}
