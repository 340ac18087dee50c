//! Codes of files, tables and rows of data.

use crate::code::codes;

codes! {
    EMPTY = "file/empty" Error
        expected "数据文件应有内容。" "A data file has content."
        message "{file} 是空文件" "{file} is empty"
        help "重新导出该文件; 确实没有数据的, 从 path 中去掉。" "Export the file again, or leave it out of `path` if there is nothing to report.";
    BINARY = "file/binary" Error
        expected "CSV 数据文件应是纯文本。" "A CSV data file is plain text."
        message "{file} 不是文本, 看来是 {kind}" "{file} is not text; it looks like {kind}"
        help "在电子表格软件中打开, 另存为“CSV UTF-8”; 工作簿则用其本来的扩展名。没有字节顺序标记的 UTF-16 文本, 写明 encoding = \"UTF-16\"。"
             "Open it in a spreadsheet program and save it as \"CSV UTF-8\"; give a workbook its own extension. UTF-16 text without a byte order mark is read with encoding = \"UTF-16\".";
    MARKUP = "file/markup" Error
        expected "CSV 数据文件应是表格文本, 而不是网页。" "A CSV data file is a table in plain text, not a web page."
        message "{file} 是网页或 XML 文档, 只是扩展名像表格" "{file} is a web page or an XML document under the name of a table"
        help "在电子表格软件中打开, 另存为“CSV UTF-8”或 xlsx。" "Open it in a spreadsheet program and save it as \"CSV UTF-8\" or xlsx.";
    UNDECODABLE = "file/undecodable" Error
        expected "文件的每个字节在其编码中都应有含义。" "Every byte of a file has a meaning in its encoding."
        message "{file} 第 {line} 行(字节偏移 {byte})不是 {encoding} 文本" "{file}, line {line} (byte offset {byte}), is not {encoding} text"
        help "重新导出为“CSV UTF-8”, 或用 encoding 写明正确的编码; 文件也可能在传输中损坏。"
             "Export it again as \"CSV UTF-8\", or name the right `encoding`; the file may also have been damaged on the way.";
    NO_HEADER = "file/no-header" Error
        expected "表格应以一行列名开头。" "A table begins with a row of column names."
        message "{file} 中没有任何非空单元格" "{file} has no cell that is not blank"
        help "重新导出该文件, 连同列名。" "Export the file again, with its column names.";
    OPEN_HEADER = "file/open-header" Error
        expected "列名中的引号应成对。" "Quotation marks in the row of column names come in pairs."
        message "{file} 第 {line} 行的列名中有一个引号没有闭合" "{file}, line {line}: a quotation mark in the column names is not closed"
        help "补上或去掉该引号。" "Close the quotation mark or remove it.";
    NO_ROWS = "table/no-rows" Warning
        expected "表格在列名之下应有数据行。" "A table has rows below its column names."
        message "只有列名, 没有数据行" "there are column names, but no rows"
        help "核对导出条件; 确实没有数据的, 从 path 中去掉该文件。" "Check what was exported; leave the file out of `path` if there is nothing to report.";
    DUPLICATE_HEADER = "table/duplicate-header" Error
        expected "同一张表中列名不应重复, 除非各列完全相同。" "A column name stands once in a table, unless the columns are identical."
        message "列名“{header}”出现 {count} 次, 自第 {line} 行起内容不同; 这些列均未读取" "the name `{header}` stands over {count} columns that differ from line {line} on; none of them was read"
        help "给各列不同的名称, 或只保留正确的一列。" "Give the columns different names, or keep only the right one.";
    REPEATED_COLUMN = "table/repeated-column" Info
        expected "同一张表中列名不应重复, 除非各列完全相同。" "A column name stands once in a table, unless the columns are identical."
        message "列名“{header}”出现 {count} 次, 内容完全相同; 只读取第一列" "the name `{header}` stands over {count} identical columns; the first was read"
        help "可以去掉多余的列。" "The surplus columns can be removed.";
    BLANK_HEADER = "table/blank-header" Error
        expected "有内容的列应有列名。" "A column with content has a name."
        message "第 {position} 列没有列名, 但第 {line} 行有内容; 该列未读取" "column {position} has no name, yet line {line} has a cell in it; the column was not read"
        help "补上列名, 或删去该列。标题行和合并的多行表头应先整理成一行列名。" "Name the column or delete it. Title rows and merged headers must first become one row of names.";
    RAGGED_ROW = "table/ragged-row" Warning
        expected "每行的单元格数应与列名数相同。" "A row has as many cells as there are column names."
        message "该行有 {cells} 个单元格, 而列名有 {columns} 个; 缺少的按空白处理" "the row has {cells} cells under {columns} column names; those lacking count as blank"
        help "补齐该行的分隔符, 或删去表下的说明行。" "Complete the row's separators, or delete notes below the table.";
    LONG_ROW = "table/long-row" Error
        expected "每行的单元格数应与列名数相同。" "A row has as many cells as there are column names."
        message "该行有 {cells} 个单元格, 而列名只有 {columns} 个, 多出“{extra}”; 该行未读取" "the row has {cells} cells under {columns} column names, with `{extra}` beyond the last; the row was not read"
        help "含分隔符的文字应加引号, 数字不要用逗号分节, 或补上缺少的列名。" "Quote text that holds a separator, write numbers without commas, or add the column name that is missing.";
    UNCLOSED_QUOTE = "table/unclosed-quote" Error
        expected "引号应在同一单元格内闭合。" "A quotation mark is closed within its cell."
        message "该行有一个引号没有闭合; 该行未读取, 从下一行继续" "a quotation mark opened on this line is not closed; the line was not read, reading goes on with the next one"
        help "补上或去掉该引号; 单元格内的引号应写两个。" "Close the quotation mark or remove it; inside a quoted cell it is written twice.";
}
