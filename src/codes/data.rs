//! Codes of files, tables and rows of data.

use crate::code::codes;

codes! {
    EMPTY = "file/empty" Error
        expected "数据文件应有内容。" "A data file has content."
        message "{file} 是空文件" "{file} is empty"
        help "重新导出该文件；确实没有数据的，从 path 中去掉。" "Export the file again, or leave it out of `path` if there is nothing to report.";
    BINARY = "file/binary" Error
        expected "CSV 数据文件应是纯文本。" "A CSV data file is plain text."
        message "{file} 不是文本，看来是 {kind}" "{file} is not text; it looks like {kind}"
        help "在电子表格软件中打开，另存为“CSV UTF-8”；工作簿则用其本来的扩展名。没有字节顺序标记的 UTF-16 文本，写明 encoding = \"UTF-16\"。"
             "Open it in a spreadsheet program and save it as \"CSV UTF-8\"; give a workbook its own extension. UTF-16 text without a byte order mark is read with encoding = \"UTF-16\".";
    MARKUP = "file/markup" Error
        expected "CSV 数据文件应是表格文本，而不是网页。" "A CSV data file is a table in plain text, not a web page."
        message "{file} 是网页或 XML 文档，只是扩展名像表格" "{file} is a web page or an XML document under the name of a table"
        help "在电子表格软件中打开，另存为“CSV UTF-8”或 xlsx。" "Open it in a spreadsheet program and save it as \"CSV UTF-8\" or xlsx.";
    UNDECODABLE = "file/undecodable" Error
        expected "文件的每个字节在其编码中都应有含义。" "Every byte of a file has a meaning in its encoding."
        message "{file} 第 {line} 行（字节偏移 {byte}）不是 {encoding} 文本" "{file}, line {line} (byte offset {byte}), is not {encoding} text"
        help "重新导出为“CSV UTF-8”，或用 encoding 写明正确的编码；文件也可能在传输中损坏。"
             "Export it again as \"CSV UTF-8\", or name the right `encoding`; the file may also have been damaged on the way.";
    NO_HEADER = "file/no-header" Error
        expected "表格应以一行列名开头。" "A table begins with a row of column names."
        message "{file} 中没有任何非空单元格" "{file} has no cell that is not blank"
        help "重新导出该文件，连同列名。" "Export the file again, with its column names.";
    OPEN_HEADER = "file/open-header" Error
        expected "列名中的引号应成对。" "Quotation marks in the row of column names come in pairs."
        message "{file} 第 {line} 行的列名中有一个引号没有闭合" "{file}, line {line}: a quotation mark in the column names is not closed"
        help "补上或去掉该引号。" "Close the quotation mark or remove it.";
    TOO_WIDE = "file/too-wide" Error
        expected "一行的单元格不应多于电子表格的列数。" "A row has no more cells than a spreadsheet has columns."
        message "{file} 有一行多于 {most} 个单元格" "{file} has a row of more than {most} cells"
        help "核对分隔符；确需更多列时，改用长表（layout = \"long\"）。" "Check the delimiter; a table that really needs more columns is written as a long one (`layout = \"long\"`).";
    TOO_LARGE = "file/too-large" Error
        expected "数据文件打开后的大小应合理。" "A data file opens to a reasonable size."
        message "{file} 过大，未打开：{what}" "{file} is too large and was not opened: {what}"
        help "删去工作簿中无用的工作表、行列和格式，或另存为 CSV；CSV 请核对引号和换行。" "Delete sheets, rows, columns and formats that are not needed, or save the table as CSV; in a CSV check quotation marks and line ends.";
    PASSWORD = "file/password" Error
        expected "工作簿应不设打开密码。" "A workbook opens without a password."
        message "{file} 设有打开密码" "{file} is protected by a password"
        help "在电子表格软件中打开，取消密码后另存。" "Open it in a spreadsheet program and save it without the password.";
    PACKED = "file/packed" Error
        expected "压缩文件应完整。" "A packed file is whole."
        message "{file} 的压缩内容不完整或已损坏" "{file} is packed and cut short or damaged"
        help "重新传送该文件；其中能解开的部分没有使用。" "Transfer the file again; what could be unpacked of it was not used.";
    CHANGING = "file/changing" Error
        expected "读取期间文件不变。" "A file stays as it is while it is read."
        message "{file} 在读取期间被改动" "{file} changed while it was read"
        help "等写入完成后再运行；读到的部分没有使用。" "Run again when whoever writes it is done; what was read of it was not used.";
    DAMAGED = "file/damaged-workbook" Error
        expected "工作簿应能正常打开。" "A workbook can be opened."
        message "{file} 无法作为工作簿打开（{error}）" "{file} cannot be opened as a workbook ({error})"
        help "在电子表格软件中打开并另存为 xlsx；打不开的，请报送单位重新提供。" "Open it in a spreadsheet program and save it as xlsx; if that fails, ask for the file again.";
    NOT_A_WORKBOOK = "file/not-a-workbook" Error
        expected "以工作簿命名的文件应是工作簿。" "A file named as a workbook is one."
        message "{file} 的扩展名是工作簿，内容却是{kind}" "{file} is named as a workbook, but is {kind}"
        help "在电子表格软件中打开，另存为 xlsx；若内容是 CSV，把扩展名改为 .csv。" "Open it in a spreadsheet program and save it as xlsx; if it holds CSV, give it the extension .csv.";
    NO_SUCH_SHEET = "table/no-such-sheet" Error
        expected "[[source]] 中写明的工作表应在工作簿中。" "A sheet named in the [[source]] is in the workbook."
        message "没有“{sheet}”工作表，整个文件未读取；现有工作表：{sheets}" "there is no sheet `{sheet}`, and the file was not read; its sheets are {sheets}"
        help "改正工作表名；名称各不相同时可用 * 和 ?。" "Correct the name; `*` and `?` stand for what differs between files.";
    SHEET_LEFT_OUT = "table/sheet-left-out" Warning
        expected "工作簿的每个工作表都应是数据表，或用 sheet 写明读哪些。" "Every sheet of a workbook is a table of data, or `sheet` names those that are."
        message "该工作表没有机构列，或只有机构列，未读取" "this sheet has no column of organisations, or no other, and was not read"
        help "用 sheet = \"…\" 写明要读的工作表。" "Name the sheets to be read with `sheet = \"…\"`.";
    HIDDEN_SHEET = "table/hidden-sheet" Info
        expected "隐藏的工作表只在 sheet 写明时读取。" "A hidden sheet is read only if `sheet` names it."
        message "工作表“{sheet}”是隐藏的，未读取" "the sheet `{sheet}` is hidden and was not read"
        help "若应读取，用 sheet 写明。" "If it is wanted, name it with `sheet`.";
    TITLE_ROWS = "table/title-rows" Info
        expected "列名之上的标题行不含数据。" "Title rows above the column names hold no data."
        message "列名在第 {line} 行；其上的内容未读取：{text}" "the column names stand in row {line}; what stands above them was not read: {text}"
        help "无需处理；若列名另在他处，用 header = 行号 写明。" "Nothing needs to be done; if the column names stand elsewhere, say so with `header = ROW`.";
    UNIT_ABOVE = "table/unit-above" Warning
        expected "表上方的单位应至少用于一列；用于换算的单位最好写在列名中。" "A unit above a table holds for some column of it; one that scales figures best stands in the column names."
        message "表上方写有单位“{unit}”，但没有以此计量的列；列名中没有单位的，按原数读取" "`{unit}` is written above the table as its unit, but no column is measured in it; columns without a unit of their own were read as they stand"
        help "若某列以此为单位，在该列列名后写明，如 总收入(万元)。" "If it holds for a column, write it behind the column's name, as in 总收入(万元).";
    UNIT_APPLIED = "table/unit-applied" Info
        expected "表上方的单位用于以此计量、列名中没有单位的各列。" "A unit above a table holds for the columns measured in it that have none of their own."
        message "表上方的单位“{unit}”用于：{columns}" "`{unit}`, written above the table, was applied to {columns}"
        help "无需处理；若某列不以此为单位，在该列列名后写明其单位。" "Nothing needs to be done; a column in another unit says so behind its name.";
    UNIT_UNCLEAR = "table/unit-unclear" Error
        expected "能够看出表上方的单位用于哪些列。" "It can be told which columns a unit above a table holds for."
        message "表上方写有单位“{unit}”，无法确定是否用于 {columns}，这些列未读取" "`{unit}` is written above the table, and it cannot be told whether it holds for {columns}; these were not read"
        help "在列名后写明各列的单位，如 床位数(张)、诊疗人次数(万人次)。" "Write its unit behind the name of each column, as in 床位数(张) or 诊疗人次数(万人次).";
    TWO_UNITS = "table/two-units" Error
        expected "一个数只有一个单位。" "A figure has one unit."
        message "“{header}”写有两个不同的单位（{one}；{other}），未读取" "`{header}` states two different units ({one}; {other}) and was not read"
        help "只保留正确的单位。" "Keep only the unit that is right.";
    UNKNOWN_UNIT = "table/unknown-unit" Error
        expected "单位列中的单位应能识别，并与项目同类。" "A unit in a column of units is known, and of the kind of the item's unit."
        message "单位“{unit}”不能用于“{item}”（单位为{own}）；以此为单位的该项目均未读取" "the unit `{unit}` does not measure {item}, whose unit is {own}; no figure of the item in this unit was read"
        help "改正单位，如 人次、万人次、万元；不需换算的，留空即可。" "Correct the unit, as 人次, 万人次 or 万元; where nothing is scaled it can be left blank.";
    HEADING_ASIDE = "table/heading-aside" Warning
        expected "项目名称上方的标题是项目名称的一部分，或不改变其含义。" "A heading over the name of an item is part of the name, or does not change what it means."
        message "“{heading}”之下的列按其下的项目名称读取：{headers}" "the columns under `{heading}` were read by the names below it: {headers}"
        help "核实这些列就是该项目；是的，在 [source.columns] 中以所示全名写明项目，不是的，写 { skip = true }。" "Find out whether they are these items; if so, name the item in [source.columns] by the whole name as shown, else write `{ skip = true }`.";
    ANOTHER_FIGURE = "table/another-figure" Error
        expected "累计数、上年数、目标数和增减不作为本期数读取。" "Running totals, last year's figures, targets and changes are not read as figures of the period."
        message "“{heading}”之下的列不是本期数，未读取：{headers}" "the columns under `{heading}` hold another figure than that of the period, and were not read: {headers}"
        help "在 [source.columns] 中以所示全名写明项目和期间，如 { item = \"visits\", period = \"2024\" }；本年累计可在数据源中写 cumulative = true；不用的写 { skip = true }。"
             "Name item and period in [source.columns] by the whole name as shown, as in `{ item = \"visits\", period = \"2024\" }`; for running totals write `cumulative = true` in the source; else write `{ skip = true }`.";
    COMPARISON = "table/comparison-column" Info
        expected "增减、同比、累计等列只作比较，不是各期间的数。" "Columns that compare or add up hold no figures of their own."
        message "{count} 列只作比较，未读取：{headers}" "columns that only compare or add up were not read ({count}): {headers}"
        help "无需处理；若需要，在 [source.columns] 中写明项目和期间。" "Nothing needs to be done; if one is wanted, name its item and period in [source.columns].";
    NOTHING_KNOWN = "table/no-known-column" Error
        expected "数据表中至少应有一个项目在指标库中。" "A table of data holds at least one item of a catalogue."
        message "没有一列或一行是已知的项目，整张表没有读到数值；现有：{headers}" "nothing in this table is a known item, and no figure was read; it has {headers}"
        help "改正列名，在 [source.columns] 中写明项目；不是数据的工作表或文件，用 sheet 或 path 排除。" "Correct the names or say in [source.columns] what they are; leave a sheet or file without data out by `sheet` or `path`.";
    PERIOD_FROM_SHEET = "table/period-from-sheet" Info
        expected "表中没有期间列时，工作表名可以是期间。" "Where a table has no column of periods, the name of its sheet may be the period."
        message "期间取自工作表名：{period}" "the period was taken from the name of the sheet: {period}"
        help "无需处理；若不是，在 [[source]] 中用 period 写明。" "Nothing needs to be done; if it is another one, write `period` in the [[source]].";
    PERIODS_DIFFER = "table/periods-differ" Error
        expected "路径、工作表名和标题所写的期间应一致。" "Path, name of the sheet and title name one period."
        message "它们写有不同的期间（{periods}），无法确定取哪一个；整张表未读取" "they name different periods ({periods}), and it cannot be told which counts; the table was not read"
        help "改正其中一个，或在 [[source]] 中写 period = { value = \"2025-01\" } 或 { file_name = {} }。" "Correct one of them, or write `period = { value = \"2025-01\" }` or `{ file_name = {} }` in the [[source]].";
    NOTE_ROW = "table/note-row" Info
        expected "表下的说明和签署行不含数据。" "Notes and signatures below a table hold no data."
        message "该行是说明，未读取：{text}" "this row is a note and was not read: {text}"
        help "无需处理。" "Nothing needs to be done.";
    UNIT_IN_NOTE = "table/unit-in-note" Warning
        expected "换算单位写在列名中或表上方。" "A unit that scales figures stands in the column names or above the table."
        message "表下的说明写有单位“{unit}”，没有用于换算：{text}" "a note below the table states the unit `{unit}`, which was not applied: {text}"
        help "在有关列名后写明单位，如 总收入(万元)。" "Write the unit behind the names of the columns it holds for, as in 总收入(万元).";
    AMBIGUOUS_HEADER = "table/ambiguous-header" Error
        expected "多行表头中，一个项目只应对应一列。" "Under a header of several rows, an item is one column."
        message "各列 {headers} 都可对应“{item}”，均未读取" "{headers} could each be {item}, and none was read"
        help "在 [source.columns] 中按“上级/下级”写明各列的项目，不用的写 { skip = true }。" "Say in [source.columns] which item each is, by its whole name as shown, or write `{ skip = true }`.";
    HIDDEN_CELLS = "table/hidden-cells" Info
        expected "隐藏的行和列与其他行列一样读取，并予注明。" "Hidden rows and columns are read like others, and noted."
        message "隐藏的{cells}已读取" "hidden {cells} were read"
        help "核实它们应计入；不应计入的，从表中删去，或把列写为 { skip = true }。" "Find out whether they should count; delete them from the table if not, or give a column `{ skip = true }`.";
    MERGED_LABELS = "table/merged-labels" Info
        expected "合并的单元格写明其覆盖的每一行。" "A merged label holds for every row it is merged over."
        message "“{header}”列有 {count} 处上下合并的单元格，各用于其覆盖的每一行" "labels in column `{header}` that are merged over several rows hold for each of these rows ({count})"
        help "无需处理。" "Nothing needs to be done.";
    MERGED_FIGURES = "table/merged-figures" Warning
        expected "一个数只属于一行。" "A figure belongs to one row."
        message "数值单元格上下合并（{cells}）；只计入第一行，其余各行按空白处理" "cells of figures are merged over several rows ({cells}); the figure counts for the first row, the others are blank"
        help "取消合并，各行写各行的数。" "Divide the cells and write the figure of each row.";
    NO_ROWS = "table/no-rows" Warning
        expected "表格在列名之下应有数据行。" "A table has rows below its column names."
        message "只有列名，没有数据行" "there are column names, but no rows"
        help "核对导出条件；确实没有数据的，从 path 中去掉该文件。" "Check what was exported; leave the file out of `path` if there is nothing to report.";
    DUPLICATE_HEADER = "table/duplicate-header" Error
        expected "同一张表中列名不应重复，除非各列完全相同。" "A column name stands once in a table, unless the columns are identical."
        message "列名“{header}”出现 {count} 次，自第 {line} 行起内容不同；这些列均未读取" "the name `{header}` stands over {count} columns that differ from line {line} on; none of them was read"
        help "给各列不同的名称，或只保留正确的一列。" "Give the columns different names, or keep only the right one.";
    REPEATED_COLUMN = "table/repeated-column" Info
        expected "同一张表中列名不应重复，除非各列完全相同。" "A column name stands once in a table, unless the columns are identical."
        message "列名“{header}”出现 {count} 次，内容完全相同；只读取第一列" "the name `{header}` stands over {count} identical columns; the first was read"
        help "可以去掉多余的列。" "The surplus columns can be removed.";
    BLANK_HEADER = "table/blank-header" Error
        expected "有内容的列应有列名。" "A column with content has a name."
        message "第 {position} 列没有列名，但第 {line} 行有内容；该列未读取" "column {position} has no name, yet line {line} has a cell in it; the column was not read"
        help "补上列名，或删去该列。标题行和合并的多行表头应先整理成一行列名。" "Name the column or delete it. Title rows and merged headers must first become one row of names.";
    RAGGED_ROW = "table/ragged-row" Warning
        expected "每行的单元格数应与列名数相同。" "A row has as many cells as there are column names."
        message "该行有 {cells} 个单元格，而列名有 {columns} 个；缺少的按空白处理" "the row has {cells} of {columns} cells; those lacking count as blank"
        help "补齐该行的分隔符，或删去表下的说明行。" "Complete the row's separators, or delete notes below the table.";
    LONG_ROW = "table/long-row" Error
        expected "每行的单元格数应与列名数相同。" "A row has as many cells as there are column names."
        message "该行有 {cells} 个单元格，而列名只有 {columns} 个，多出“{extra}”；该行未读取" "the row has {cells} cells under {columns} column names, with `{extra}` beyond the last; the row was not read"
        help "含分隔符的文字应加引号，数字不要用逗号分节，或补上缺少的列名。" "Quote text that holds a separator, write numbers without commas, or add the column name that is missing.";
    UNCLOSED_QUOTE = "table/unclosed-quote" Error
        expected "引号应在同一单元格内闭合。" "A quotation mark is closed within its cell."
        message "该行有一个引号没有闭合；该行未读取，从下一行继续" "a quotation mark opened on this line is not closed; the line was not read, reading goes on with the next one"
        help "补上或去掉该引号；单元格内的引号应写两个。" "Close the quotation mark or remove it; inside a quoted cell it is written twice.";
    LATE = "file/late" Warning
        expected "数据在截止日之前收到。" "Data are received by the day they are due."
        message "{received} 收到，截止日为 {due}，迟 {days} 天" "received on {received}, due on {due}: {days} days late"
        help "按考核办法处理迟报；数据照常使用。" "Treat it as the scheme says of late reports; the figures count as any.";
    NOT_FOUND = "file/not-found" Error
        expected "所列文件都应存在。" "Every file that is named exists."
        message "找不到 {file}" "{file} is not there"
        help "检查路径；路径相对于 assessment.toml。" "Check the path; it is relative to the assessment file.";
    DIRECTORY = "file/directory" Error
        expected "应为文件，而不是文件夹。" "A file is expected, not a folder."
        message "{file} 是文件夹" "{file} is a folder"
        help "写明其中的文件，例如 folder/*.csv。" "Name the files in it, such as folder/*.csv.";
    NO_PERMISSION = "file/no-permission" Error
        expected "文件应能读取。" "A file can be read."
        message "没有读取 {file} 的权限，或文件正被其他程序独占" "{file} may not be read, or another program holds it"
        help "关闭正在使用它的程序，或修改权限。" "Close the program that uses it, or change its permissions.";
    UNREADABLE = "file/unreadable" Error
        expected "文件应能读取。" "A file can be read."
        message "读取 {file} 失败：{error}" "{file} cannot be read: {error}"
        help "检查磁盘和文件。" "Check the disk and the file.";
    NO_ORGANISATION_COLUMN = "table/no-organisation-column" Error
        expected "表中应有机构代码或机构名称列。" "A table has a column of organisation codes or names."
        message "没有这样的列，整个文件未读取；现有列：{headers}" "there is none, and the file was not read; its columns are {headers}"
        help "在 [[source]] 中写 organisation = { column = \"…\" }。" "Write `organisation = { column = \"…\" }` in the [[source]].";
    NO_SUCH_COLUMN = "table/no-such-column" Error
        expected "[[source]] 中写明的列应在表中。" "A column named in the [[source]] is in the table."
        message "没有“{header}”列，整个文件未读取；现有列：{headers}" "there is no column `{header}`, and the file was not read; its columns are {headers}"
        help "改正列名。" "Correct the name.";
    NO_PERIOD_COLUMNS = "table/no-period-columns" Error
        expected "交叉表应有以期间命名的列。" "A crosstab has columns named by periods."
        message "没有以期间命名的列，整个文件未读取；现有列：{headers}" "no column is named by a period, and the file was not read; its columns are {headers}"
        help "列名写成 2025年、2025-06 等；或改用其他 layout。" "Name the columns 2025年, 2025-06 or the like, or choose another layout.";
    WHOSE_UNKNOWN = "table/whose-unknown" Error
        expected "整张表属于一个机构时，表中或文件名应写明该机构。" "A table of one organisation, or the name of its file, says whose it is."
        message "“{written}”不是名录中的机构，整张表未读取" "`{written}` is no organisation of the registry, and the table was not read"
        help "在 [[source]] 中用 organisation = { cell = \"B2\" }、{ label = \"…\" } 或 { file_name = {} } 写明，或在名录的 aliases 列加上这一写法。" "Say where it stands with `organisation = { cell = \"B2\" }`, `{ label = \"…\" }` or `{ file_name = {} }`, or add this spelling to the registry's `aliases`.";
    FILE_NAME_DIFFERS = "form/file-name-differs" Warning
        expected "填报表和它的文件名应指同一机构。" "A form and the name of its file mean the same organisation."
        message "表内写的是{name}，文件名却指{other}；按表内的读取" "the form says {name}, yet the name of its file says {other}; the form was believed"
        help "核实并改正其中一个。" "Find out which is right and correct the other.";
    SEVERAL_FIGURES = "form/several-figures" Error
        expected "表单中每个项目旁只有一个数。" "Beside a label of a form stands one figure."
        message "有几列数，无法确定取哪一列；未读取的项目共 {count} 个：{labels}" "there are several columns of figures, and it cannot be told which counts; items not read ({count}): {labels}"
        help "在 [source.cells] 中写明单元格，如 visits = \"C5\"。" "Name the cells in [source.cells], such as visits = \"C5\".";
    NO_LABEL = "form/no-label" Warning
        expected "[source.cells] 中写明的项目应在填报表中。" "A label written in [source.cells] stands in the form."
        message "表中没有“{label}”，或其旁没有数值" "the form has no `{label}`, or no value beside it"
        help "按表中的写法改正，或写明单元格地址，如 \"C5\"。" "Write the label as it stands in the form, or the address of the cell, such as \"C5\".";
    OTHER_LABELS = "form/other-labels" Info
        expected "填报表中的项目都应在指标库中；其他项目只作说明。" "Every figure of a form is an item; others are only noted."
        message "有数值而不对应任何项目的标签 {count} 个，未读取：{labels}" "labels with figures that match no item, not read ({count}): {labels}"
        help "若需要，在 [source.cells] 中写明项目；否则无需处理。" "If one is wanted, name its item in [source.cells]; otherwise nothing needs to be done.";
    NO_PERIOD = "table/no-period" Error
        expected "每个值都应知道属于哪个期间。" "Every value has a period."
        message "没有期间列，列名、文件名和标题中也没有期间，整个文件未读取" "there is no period column, nor a period in headers, file name or title, and the file was not read"
        help "在 [[source]] 中写 period = { column = \"…\" } 或 { value = \"2025\" }。" "Write `period = { column = \"…\" }` or `{ value = \"2025\" }` in the [[source]].";
    LONG_CELL = "table/long-cell" Error
        expected "单元格的内容不应超过 1 MB。" "A cell holds no more than 1 MB."
        message "本行有一个单元格超过 1 MB，该行未读取" "a cell of this row holds more than 1 MB, and the row was not read"
        help "核对引号和分隔符；单元格中应是一个数或一个名称。" "Check quotation marks and delimiters; a cell holds a number or a name.";
    UNKNOWN_COLUMN = "table/unknown-column" Warning
        expected "每一列都应对应一个项目，或写明不用。" "Every column is an item, or is left out on purpose."
        message "“{header}”不对应任何项目，未读取" "`{header}` matches no item and was not read"
        help "在 [source.columns] 中写明项目，或写 { skip = true }。" "Say in [source.columns] which item it is, or write `{ skip = true }`.";
    OTHER_COLUMN = "table/other-column" Info
        expected "每一列都应对应一个项目，或写明不用；与任何项目都不相近的列只作说明。" "Every column is an item, or is left out on purpose; one that resembles no item is only noted."
        message "“{header}”不对应任何项目，未读取" "`{header}` matches no item and was not read"
        help "若该列是统计数，在 [source.columns] 中写明项目；否则无需处理，或写 { skip = true }。" "If it holds figures, say in [source.columns] which item it is; otherwise nothing needs to be done, or write `{ skip = true }`.";
    MAPPING_UNUSED = "table/mapping-unused" Warning
        expected "[source.columns] 中写明的列应出现在该数据源的某个文件中。" "A name written in [source.columns] stands in some file of the source."
        message "没有任何文件含有“{header}”" "no file has `{header}`"
        help "按文件中的写法改正，或删去这一行。" "Write the name as it stands in the file, or delete the line.";
    ROW_LEFT_OUT = "table/row-left-out" Info
        expected "有 [source.rows] 时，只读取其中写明的行。" "With [source.rows], only the rows named there are read."
        message "[source.rows] 未写明“{label}”，其 {rows} 行未读取" "[source.rows] does not name `{label}`; rows not read: {rows}"
        help "若应读取，在 [source.rows] 中加上这一行。" "If it is wanted, add it to [source.rows].";
    ROW_NOT_FOUND = "table/row-not-found" Warning
        expected "[source.rows] 中写明的行应出现在该数据源的某个文件中。" "A row named in [source.rows] stands in some file of the source."
        message "没有任何文件含有“{label}”行" "no file has a row `{label}`"
        help "按文件中的写法改正，或删去这一行。" "Write the label as it stands in the file, or delete the line.";
    CODE_UNKNOWN = "table/code-unknown" Warning
        expected "一行的每个标识都应在机构名录中。" "Every name and code of a row is in the registry."
        message "名录中没有“{label}”；该行按“{name}”读作 {code}，共 {rows} 行" "`{label}` is not in the registry; the row was read as {code}, by `{name}`, rows: {rows}"
        help "改正代码。被电子表格改成 1.1E+21 的，将该列设为文本格式后重新导出。" "Correct the code; one that a spreadsheet turned into 1.1E+21 must be exported again from a column of text.";
    NAME_DIFFERS = "table/name-differs" Warning
        expected "同一行的机构代码和机构名称应指同一机构。" "Code and name of a row mean the same organisation."
        message "代码“{code}”是{organisation}，名称“{name}”却属于 {other}；按代码读取，共 {rows} 行" "the code `{code}` is {organisation}, yet the name `{name}` belongs to {other}; the code was used, rows: {rows}"
        help "核实并改正其中一个。" "Find out which is right and correct the other.";
    SECOND_HEADER = "table/second-header" Error
        expected "一张表只有一组列名。" "A table names its columns once."
        message "这一行又是列名，且各列与上面的不同；从这一行起未读取" "this row names other columns than the table; nothing from here on was read"
        help "把下面的表另存为一个文件或工作表。" "Move the table below into a file or sheet of its own.";
    UNIT_COLUMN = "table/unit-column" Warning
        expected "计量单位写在表头里，或与数值写在同一格。" "Units stand in headers, or in the cell with the number."
        message "“{header}”列中的单位没有用于换算，各数值按项目自身的单位读取" "the units in column `{header}` were not applied: figures were read in the items' own units"
        help "单位与项目一致的无需处理；否则把单位写进表头，或与数值写在一起（1.2万）。" "Where the units are the items' own nothing needs to be done; else write them into the header or beside the number (1.2万).";
    HEADER_UNIT = "table/header-unit" Warning
        expected "表头的单位与项目的单位同类。" "The unit in a header is of the kind of its item's unit."
        message "“{header}”按“{item}”读取，而该项目的单位是{unit}" "`{header}` was read as {item}, whose unit is {unit}"
        help "核实该列填的是什么；确属该项目的，改正表头。" "Find out what the column holds; if it is this item, correct the header.";
    DESCRIPTIVE_COLUMN = "table/descriptive-column" Info
        expected "说明性的列不含统计数。" "A descriptive column holds no figures."
        message "“{header}”是说明性的列，未读取" "`{header}` describes the organisation and was not read"
        help "无需处理。" "Nothing needs to be done.";
    NO_ORGANISATION = "table/no-organisation" Error
        expected "每一行都应写明机构。" "Every row names an organisation."
        message "该行机构代码和名称均为空，未读取" "code and name of this row are blank, and it was not read"
        help "补上机构代码。" "Fill in the code.";
    PERSONAL_IDENTIFIER = "table/personal-identifier" Warning
        expected "报送的统计数据不含个人身份信息。" "Statistics that are handed in name no person."
        message "自此处起共 {count} 处疑似{kind}，所有结果均不写出" "{count} cells from here on hold what looks like {kind}; no result repeats them"
        help "删去这些内容后重新报送，并按规定处理原文件。" "Have them taken out and the file sent again; deal with this one as the rules on personal data ask.";
    UNKNOWN_ORGANISATION = "table/unknown-organisation" Error
        expected "表中的机构都应在机构名录中。" "Every organisation of a table is in the registry."
        message "名录中没有“{label}”，其 {rows} 行未读取" "`{label}` is not in the registry; rows not read: {rows}"
        help "改正代码或名称，或在名录的 aliases 列加上这一写法。" "Correct the code or name, or add this spelling to the `aliases` of the registry.";
    SHARED_NAME = "table/shared-name" Error
        expected "一行的名称只能指一个机构。" "A name in a row means one organisation."
        message "名录中不止一个机构称“{label}”，其 {rows} 行未读取" "more than one organisation of the registry is called `{label}`; rows not read: {rows}"
        help "在数据中写机构代码，或在名录中写明各自的全称。" "Write codes in the data, or tell the names apart in the registry.";
    FORMER_NAME = "table/former-name" Info
        expected "曾用名只在其使用期间内使用。" "A former name is used for its own time."
        message "“{label}”当时不是{name}的名称，但没有别的机构使用它，按{name}计入" "`{label}` was not the name of {name} at the time; nobody else bears it, and the rows count for {name}"
        help "若是另一机构，请把它加入机构名录。" "If it is another organisation, add it to the registry.";
    OF_WHICH_ROW = "table/of-which-row" Info
        expected "“其中”行是上一行的一部分。" "An \"of which\" row is part of the row above."
        message "“{label}”是其中项，{rows} 行未计入" "`{label}` is part of another row; rows not counted: {rows}"
        help "若它是单独的机构，请加入机构名录。" "If it is an organisation of its own, add it to the registry.";
    AVERAGE_ROW = "table/average-row" Info
        expected "平均数行不是机构，不计入，也不作核对。" "A row of averages is no organisation; it is neither added nor compared."
        message "“{label}”是平均数，{rows} 行未读取" "`{label}` is an average; rows not read: {rows}"
        help "若它是单独的机构，请加入机构名录。" "If it is an organisation of its own, add it to the registry.";
    SECTION_ROW = "table/section-row" Info
        expected "没有数字的行是标题，不是机构。" "A row without figures that names no organisation is a heading."
        message "“{label}”不在名录中，也没有数字，按标题略过 {rows} 行" "`{label}` is not in the registry and holds no figures; rows passed over as headings: {rows}"
        help "若它是未填报的机构，请改正名称，或加入机构名录。" "If it is an organisation that filled in nothing, correct the name or add it to the registry.";
    UNKNOWN_PERIOD = "table/unknown-period" Error
        expected "每一行的期间都应能识别。" "The period of every row can be read."
        message "“{value}”不是期间，该行未读取" "`{value}` is not a period, and the row was not read"
        help "写成 2025-06、2025年6月、2025年第二季度或 2025年；电子表格把 2025.10 存成了 2025.1 的，将该列设为文本格式后重填，或写成 2025-10。" "Write 2025-06, 2025年6月, 2025Q2 or 2025; where a spreadsheet made 2025.1 of 2025.10, format the column as text and fill it in again, or write 2025-10.";
    UNKNOWN_ITEM = "table/unknown-item" Warning
        expected "长表中的项目都应在指标库中。" "Every item of a long table is in a catalogue."
        message "“{item}”不对应任何项目，未读取" "`{item}` matches no item and was not read"
        help "改正名称，在指标库中加上这一别名，或在 [source.columns] 中写明。" "Correct the name, add it to the item's aliases, or name its item in [source.columns].";
    OTHER_ITEM = "table/other-item" Info
        expected "长表中的项目都应在指标库中；与任何项目都不相近的只作说明。" "Every item of a long table is in a catalogue; one that resembles none is only noted."
        message "“{item}”不对应任何项目，未读取" "`{item}` matches no item and was not read"
        help "若需要该项目，在指标库中定义，或在 [source.columns] 中写明；否则无需处理。" "If it is wanted, define it in a catalogue or name its item in [source.columns]; otherwise nothing needs to be done.";
    LOOKS_LIKE_FRACTION = "item/looks-like-fraction" Warning
        expected "单位为 % 的项目，92.5 表示 92.5%。" "In an item whose unit is %, 92.5 means 92.5 %."
        message "“{item}”该列 {count} 个值都在 0 与 1 之间，按百分数原样采用" "all values of {item} ({count}) lie between 0 and 1 and were taken as percent"
        help "若写的是小数（0.925 表示 92.5%），请改成百分数。" "If they are fractions (0.925 for 92.5 %), write percentages.";
    LOOKS_UNSCALED = "item/looks-unscaled" Warning
        expected "列名写明“万”的，数值以万计。" "Figures under a heading in 万 are counted in 万."
        message "“{item}”该列 {count} 个值都是整数，最大 {most}，已按列名的单位放大" "all values of {item} ({count}) are whole, up to {most}, and were scaled by the unit of the heading"
        help "若写的是未换算的数，去掉列名中的“万”；确实以万计的无需处理。" "If they are plain counts, take 万 out of the heading; nothing need be done where they are counted in 万.";
    TOTAL_DIFFERS = "total/differs" Warning
        expected "合计应等于各部分之和。" "A total is the sum of its parts."
        message "{label}印为 {printed}，{parts} 个部分之和为 {sum}，差 {difference}" "{label} is printed as {printed}, its parts ({parts}) add up to {sum}, a difference of {difference}"
        help "核实各部分；合计行只作核对，不计入。" "Check the parts; a total row is compared, never summed.";
    TOTAL_ROUNDING = "total/rounding" Info
        expected "合计应等于各部分之和，四舍五入的差别除外。" "A total is the sum of its parts, but for rounding."
        message "{label}印为 {printed}，{parts} 个部分之和为 {sum}，差 {difference}，在四舍五入的范围之内" "{label} is printed as {printed}, its parts ({parts}) add up to {sum}; the difference of {difference} is within rounding"
        help "无需处理。" "Nothing needs to be done.";
    TOTAL_NOT_COMPARED = "total/not-compared" Info
        expected "合计行应能看出是哪些行的合计。" "It can be told which rows a total row adds up."
        message "看不出该{label}行是哪些行之和，未作核对" "the parts of this {label} row cannot be told, and it was not compared"
        help "将合计行放在各部分之后或之前，或用 [[source.totals]] 写明。" "Let total rows stand behind their parts or before them throughout, or declare them in [[source.totals]].";
    TOTAL_OVER_TIME = "total/over-time" Info
        expected "没有期间的合计行，按各期之和核对；各期不能相加的不作核对。" "A total row without a period is compared with the sum over all periods, where they can be added up."
        message "{label}行没有期间，“{items}”{reason}，未作核对" "this {label} row has no period, and {items} {reason}: not compared"
        help "写明合计行的期间，即可与该期各部分核对。" "Name the period of the total row, and it is compared with the parts of that period.";
    UNIT_TOTAL_DIFFERS = "unit/total-differs" Warning
        expected "考核对象自报的数应等于成员之和。" "A unit's own figure is the sum of its members."
        message "{unit}自报“{item}”为 {printed}，{members} 个成员之和为 {sum}" "{unit} reports {item} as {printed}, its members ({members}) add up to {sum}"
        help "核实；计算时只用成员之和，除非公式写明 role = unit。" "Check both; the members' sum is used unless a formula says role = unit.";
    UNEXPECTED_ITEM = "item/unexpected" Info
        expected "项目由应报机构报送。" "An item is reported by those who must."
        message "{count} 个不要求报送的机构报了“{item}”：{names}；数值照常计入" "{item} came from organisations that need not report it ({count}): {names}; the values count"
        help "若不应计入，请修改该项目的 expected_from 或公式的范围。" "If they should not count, narrow the scope of the formula.";
    CHECK_FAILED = "check/failed" Error
        expected "数据应满足指标库中的校验关系。" "Data keep the checks of the catalogue."
        message "{who}不满足“{check}”（{rule}）：{values}；相关数值被剔除" "{who} breaks \"{check}\" ({rule}): {values}; the values involved are rejected"
        help "请该机构核实更正。" "Have the organisation check and correct them.";
    CHECK_DOUBTFUL = "check/doubtful" Warning
        expected "数据通常满足指标库中的校验关系。" "Data usually keep the checks of the catalogue."
        message "{who}不满足“{check}”（{rule}）：{values}" "{who} breaks \"{check}\" ({rule}): {values}"
        help "请该机构核实。" "Have the organisation check it.";
    CHECK_NOTED = "check/noted" Info
        expected "供参考的校验关系不成立时应予注明。" "A broken check is noted even where it changes nothing."
        message "{who}不满足“{check}”（{rule}）：{values}" "{who} breaks \"{check}\" ({rule}): {values}"
        help "无需处理。" "Nothing needs to be done.";
    IMPLAUSIBLE = "check/implausible" Warning
        expected "指标值应在其合理范围之内。" "An indicator lies within what is plausible for an institution."
        message "{who}的“{indicator}”为 {value}，不在合理范围 {band} 之内" "{who}: {indicator} is {value}, outside {band}"
        help "核实分子和分母，以及单位；确认无误的可不处理。" "Check numerator, denominator and their units; leave it if they are right.";
}
