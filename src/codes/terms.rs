//! Codes of figures that were summed elsewhere: terms files and their parts.

use crate::code::codes;

codes! {
    TABLE = "terms/table" Error
        expected "汇总数文件是 UTF-8 编码的 CSV，列名为规定的十二个。" "A terms file is a CSV in UTF-8 with the twelve columns of the format."
        message "{file} 不是汇总数文件：{what}" "{file} is no terms file: {what}"
        help "用 kaohe measure --partial 或 kaohe merge 写出；由其他程序生成的，格式见 docs/terms.md；不要用电子表格软件打开后另存。"
             "Write it with kaohe measure --partial or kaohe merge, or as docs/terms.md says; do not save it from a spreadsheet program.";
    CELL = "terms/cell" Error
        expected "汇总数文件的每个单元格都按其列的格式书写。" "Every cell of a terms file is written as its column asks."
        message "{file} 第 {row} 行 {column} 列的“{value}”{what}" "{file}, row {row}, {column}: `{value}` {what}"
        help "重新生成该文件；格式见 docs/terms.md。" "Make the file again; docs/terms.md has the format.";
    DEFINITIONS = "terms/definitions" Error
        expected "汇总数、合并的各分片和使用它们的考核任务，出自同样的定义文件。" "Terms, the parts that are merged and the assessment that uses them are of the same definitions."
        message "{file} 的定义指纹是 {theirs}，{other}是 {own}" "the definitions of {file} are {theirs}, those of {other} {own}"
        help "考核任务、方案、指标库、名录须完全相同；分发同一套文件后重新生成汇总数。"
             "Assessment, criteria, catalogues and registry must be the same; give out one set of files, then make the terms again.";
    PARTIAL = "terms/partial" Error
        expected "打分用的汇总数是全部，而不是一个分片。" "Terms that are scored are the whole, not a part of it."
        message "{file} 只是分片 {part}" "{file} is part {part} only"
        help "用 kaohe merge 把所有分片合并成一个文件。" "Put all parts together with kaohe merge.";
    TWICE = "terms/twice" Error
        expected "一个来源、机构、期间、项目在汇总数文件中只有一行。" "A source, organisation, period and item stand in one row of a terms file."
        message "{file} 第 {first} 行和第 {row} 行是同一个值：来源 {source}，{organisation}，{period}，{item}"
                "{file}, rows {first} and {row} are one figure: source {source}, {organisation}, {period}, {item}"
        help "多半是相互重叠的几部分被拼在了一起，或同一机构写了两种名称；重新生成，分片用 kaohe merge 合并。"
             "Parts that overlap were put together, or one organisation is written in two ways; make the file again, and merge parts with kaohe merge.";
    OVERLAP = "terms/overlap" Error
        expected "一个机构只在一个分片中。" "An organisation stands in one part only."
        message "{one} 和 {other} 都有 {count} 个机构的数：{organisations}" "organisations whose figures stand both in {one} and in {other}: {count}: {organisations}"
        help "找出哪一个分片不该有这些机构，重新生成；合并时重复的数会被加两遍，因此没有合并。"
             "Find out which part should not have them and make it again; nothing was merged, because figures would count twice.";
    PART_TWICE = "terms/part-twice" Error
        expected "每个分片只给出一次。" "A part is given once."
        message "{one} 和 {other} 都是分片 {part}" "{one} and {other} are both part {part}"
        help "去掉一个；不同单位的 --site 名称应不同。" "Leave one of them out; sites have different names in --site.";
    DIVISION = "terms/division" Error
        expected "合并的分片出自同一种划分：n 相同的 k/n，或都以单位命名。" "Parts that are merged are of one division: k/n with the same n, or sites by name."
        message "{one} 是分片 {part}，{other} 是分片 {another}" "{one} is part {part}, {other} is part {another}"
        help "按同一种划分重新生成。" "Make the parts again by one division.";
    OTHER_DATA = "terms/other-data" Error
        expected "各分片由同样的数据分出。" "Shards deal out the same data."
        message "{one} 由数据 {data} 分出，{other} 由 {another} 分出" "{one} deals out the data {data}, {other} the data {another}"
        help "每个分片都要读全部数据文件，只留自己一份的机构；数据不在一处的，用 --site。"
             "Every shard reads all data files and keeps its share of the organisations; where the data lie apart, use --site.";
    MISSING_PART = "terms/missing-part" Error
        expected "合并时所有分片齐全。" "All parts are there when they are merged."
        message "{n} 个分片中缺 {missing}" "of {n} shards these are lacking: {missing}"
        help "补上后再合并；部分之和不会当作全部写出。" "Add them and merge again; a partial sum is never written as the whole.";
    CONTRADICTION = "terms/contradiction" Error
        expected "有单元格报了数，且没有不一致、不能使用的，才有值，此时必有值。" "There is a value exactly where a cell held one and none conflicted or was rejected."
        message "{file} 第 {row} 行自相矛盾：{what}" "{file}, row {row}, contradicts itself: {what}"
        help "重新生成该文件；写有 prefer 的来源在不一致时也可以有值。" "Make the file again; a source with `prefer` may have a value beside conflicting ones.";
    PART_NAME = "terms/part-name" Error
        expected "分片写作 k/n，1 ≤ k ≤ n；单位的名称不为空，不含 /。" "A shard is k/n with 1 ≤ k ≤ n; a site is a name without `/`."
        message "“{part}”不是分片" "`{part}` is no part"
        help "如 --shard 2/3，或 --site 县人民医院。" "Write --shard 2/3, or --site county-hospital.";
    NOT_FOUND = "terms/not-found" Error
        expected "给出的汇总数文件都存在；通配符至少对应一个文件。" "Every terms file that is named exists, and a pattern stands for one at least."
        message "没有名为“{path}”的文件，也没有与之相符的" "nothing is called `{path}` or matches it"
        help "检查路径与通配符的写法；路径相对于当前文件夹。" "Check the path and the pattern; they are relative to the folder where the command is run.";
    NO_FILE = "terms/no-file" Warning
        expected "一个单位的汇总数包含它有数的所有来源。" "The terms of a site are of all sources for which it has figures."
        message "本处没有“{path}”的文件；汇总数中没有这一来源" "there is no file of `{path}` here; the terms have nothing of this source"
        help "本单位确实不报这一来源的，无需处理；否则检查路径。" "Nothing needs to be done if the site has no such figures; else check the path.";
    REJECTED = "terms/rejected" Error
        expected "汇总时每个单元格都能使用。" "Every cell could be used when the figures were summed."
        message "{organisation}的{item}，{period}：有 {count} 个单元格不能使用，没有值" "{organisation}, {item}, {period}: cells that could not be used: {count}; there is no value"
        help "到汇总的地方查看提示，改正数据后重新生成。" "See the findings where it was summed, correct the data there and make the terms again.";
    CONFLICTING = "terms/conflicting" Error
        expected "汇总时同一机构、期间、项目只有一个值。" "An organisation, period and item had one value when the figures were summed."
        message "{organisation}的{item}，{period}：有 {count} 个不同的值，均不采用" "{organisation}, {item}, {period}: different values: {count}; none is used"
        help "到汇总的地方核实，删去错误的一处后重新生成。" "Find out which is right where it was summed, delete the other and make the terms again.";
    CHOSEN = "terms/chosen" Warning
        expected "汇总时同一机构、期间、项目只有一个值；来源写有 prefer 的，按其取舍。" "An organisation, period and item had one value when the figures were summed; of several, the `prefer` of the source chose one."
        message "{organisation}的{item}，{period}：有 {count} 个单元格与采用的 {value} 不同" "{organisation}, {item}, {period}: cells other than the {value} that is used: {count}"
        help "到汇总的地方核实哪一处正确。" "Find out which is right where it was summed.";
    ROUNDED = "terms/rounded" Info
        expected "汇总数按项目的小数位书写。" "Figures of a terms file are written with the decimals of their items."
        message "{count} 个值带有二进制小数的误差（不到最小单位的百万分之一），已按项目的小数位取整"
                "values with the noise of binary fractions, less than a millionth of the item's step, which were rounded to it: {count}"
        help "无需处理；让数据库以十进制类型求和即可避免。" "Nothing needs to be done; sums of a decimal type avoid it.";
    INEXACT = "terms/inexact" Error
        expected "汇总数的小数位数不多于项目规定的位数。" "A figure of a terms file has no more decimals than its item."
        message "“{value}”多于 {decimals} 位小数，不采用" "`{value}` has more than {decimals} decimals and is not used"
        help "让数据库以十进制类型求和，并写到项目的小数位。" "Sum it as a decimal type, and write it with the item's decimals.";
    TOTAL_ROW = "terms/total-row" Info
        expected "合计行不是机构，不计入。" "Rows of totals are no organisations and are not added."
        message "“{label}”是合计，{rows} 行未计入，也未与各部分核对" "`{label}` is a total; rows neither added nor compared with their parts: {rows}"
        help "无需处理；核对合计请在有原始文件处运行 kaohe check。" "Nothing needs to be done; kaohe check compares totals where the files are.";
}
