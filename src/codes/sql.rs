//! Codes of what is handed to a database as SQL.

use crate::code::codes;

codes! {
    UNKNOWN_DIALECT = "sql/unknown-dialect" Error
        expected "--dialect 写所用数据库的名称。" "`--dialect` names the database that is used."
        message "没有“{dialect}”，可用的有：{known}" "there is no `{dialect}`; there are {known}"
        help "写其中之一。" "Write one of them.";
    UNPUSHABLE = "sql/unpushable" Error
        expected "交给数据库汇总的数据来源是一张普通的表：列名只占一行，单元格都是文本。" "A source whose sums a database makes is a plain table: one row of names, text in its cells."
        message "第 {source} 个数据来源（{file}）不能写成 SQL：{reason}" "source {source} ({file}) cannot be written as SQL: {reason}"
        help "去掉所说的设定；或用 kaohe measure --partial 从文件汇总这个来源，把所得的行与其他来源的查询结果放在一起，见 docs/pushdown.md。"
             "Do without what is named, or sum this source from its files with `kaohe measure --partial` and put its rows beside those of the other queries: docs/pushdown.md.";
    BAD_TABLE = "sql/bad-table" Error
        expected "--table 写作“序号=表名”，每个数据来源至多一次。" "`--table` is written NUMBER=TABLE, once for a source."
        message "“{written}”{fault}" "`{written}` {fault}"
        help "例如 --table 1=reports，或带模式名 --table 1=dw.reports。" "For example `--table 1=reports`, or with its schema `--table 1=dw.reports`.";
    NO_SUCH_SOURCE = "sql/no-such-source" Error
        expected "数据来源按考核任务中的先后编号，从 1 开始。" "Sources are numbered as the assessment names them, from 1."
        message "没有第 {source} 个数据来源，共有 {count} 个" "there is no source {source}; there are {count}"
        help "改正编号。" "Correct the number.";
    NOT_COUNTED = "sql/not-counted" Error
        expected "数据库中的每一行都能计入某个机构、某个期间。" "Every row of the database counts for an organisation and a period."
        message "有 {count} 个单元格或记录因机构、日期或项目为空或不能识别，或同一编号的记录内容不同，未计入任何数值"
                "cells or records that count nowhere, because their organisation, date or item is blank or unknown, or records of one key differ: {count}"
        help "在数据所在处查找这些行并改正；日期的写法见 docs/pushdown.md。" "Find these rows where the data are and correct them; docs/pushdown.md says how dates are written.";
}
