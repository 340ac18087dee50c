//! What the TOML parser says, in both languages.

use std::ops::Range;
use std::sync::Arc;

use crate::codes::definition as codes;
use crate::diagnostic::{Diagnostic, Origin, SourceFile};
use crate::text::Text;

/// One error of the parser, as a diagnostic.
pub(super) fn diagnostic(file: &Arc<SourceFile>, said: &str, span: Option<Range<usize>>) -> Diagnostic {
    let span = span.unwrap_or_default();
    if said == "duplicate key" {
        let key = file.text.get(span.clone()).unwrap_or_default().trim_matches(['"', '\'']).to_owned();
        return Diagnostic::new(&codes::DUPLICATE_KEY, Origin::new(file, span)).with("key", key);
    }
    // The parser takes nothing at all for a text without quotes.
    let said = if span.is_empty() && said.starts_with("string values must be quoted") { "missing value" } else { said };
    Diagnostic::new(&codes::SYNTAX, Origin::new(file, span)).with("what", Text::new(chinese(said), said))
}

/// Where a list or a one-line table that is never closed runs into the next line: everything the
/// parser says from there on is about that.
pub(super) fn unclosed(errors: &[toml::de::Error]) -> Option<(usize, &toml::de::Error)> {
    let is_about = |error: &toml::de::Error, starts: &[&str]| starts.iter().any(|start| error.message().starts_with(start));
    let unclosed = errors.iter().find(|error| is_about(error, &["unclosed array,", "unclosed inline table"]))?;
    let first = errors.iter().find(|error| is_about(error, &["missing comma between", "unexpected `=` in array"])).unwrap_or(unclosed);
    Some((first.span()?.start, unclosed))
}

/// The parser's sentence in Chinese; a sentence not in the table stays as it is.
fn chinese(said: &str) -> String {
    let (what, expected) = said.split_once(", expected ").map_or((said, None), |(what, expected)| (what, Some(expected)));
    let Some((_, translated)) = SENTENCES.iter().find(|(english, _)| *english == what) else {
        return said.to_owned();
    };
    match expected {
        Some(expected) => {
            let parts: Vec<&str> = expected
                .split(", ")
                .map(|part| WORDS.iter().find(|(english, _)| *english == part).map_or(part, |(_, chinese)| chinese))
                .collect();
            format!("{translated}，应为 {}", parts.join("、"))
        }
        None => (*translated).to_owned(),
    }
}

const WORDS: &[(&str, &str)] = &[
    ("key", "键"),
    ("a four-digit year (YYYY)", "四位的年 (YYYY)"),
    ("a two-digit day (DD)", "两位的日 (DD)"),
    ("a two-digit month (MM)", "两位的月 (MM)"),
    ("day", "日"),
    ("month", "月"),
    ("month between 01 and 12", "01 至 12 的月"),
    ("value", "值"),
    ("newline", "换行"),
    ("nothing", "空"),
    ("digits", "数字"),
    ("letters", "字母"),
    ("numbers", "数字"),
    ("printable characters", "可显示的字符"),
    ("literal string", "带引号的文字"),
    ("basic string", "双引号文字"),
    ("multi-line basic string", "多行文字"),
    ("unicode hexadecimal value", "十六进制的 Unicode 码"),
    ("characters", "字符"),
];

const SENTENCES: &[(&str, &str)] = &[
    ("`_` may only go between digits", "下划线只能写在数字之间"),
    ("cannot extend value of type array with a dotted key", "列表不能用带点的键续写"),
    ("cannot extend value of type inline table with a dotted key", "写在一行内的表不能再续写"),
    ("cannot recurse further; max recursion depth met", "嵌套过深"),
    ("carriage return must be followed by newline", "回车之后须为换行"),
    ("extra `=`", "多了 ="),
    ("extra assignment between key-value pairs", "键与值之间多了 ="),
    ("extra comma in array", "列表中多了逗号"),
    ("extra comma in inline table", "表中多了逗号"),
    ("integers with a radix cannot be signed", "十六进制、八进制、二进制的数不能带正负号"),
    ("invalid basic string", "双引号文字写法有误"),
    ("invalid boolean", "true 或 false 写法有误"),
    ("invalid comment character", "注释中有不允许的字符"),
    ("invalid date", "日期写法有误"),
    ("invalid date-time", "日期或时间写法有误"),
    ("invalid exponent", "指数写法有误"),
    ("invalid float", "小数写法有误"),
    ("invalid fraction", "小数部分写法有误"),
    ("invalid inline table element", "表中的内容写法有误"),
    ("invalid integer number", "整数写法有误"),
    ("invalid key-value pair", "键值写法有误"),
    ("invalid literal string", "单引号文字写法有误"),
    ("invalid multi-line basic string", "多行文字写法有误"),
    ("invalid time", "时间写法有误"),
    ("invalid unquoted key", "键名须加引号"),
    ("invalid value", "值的写法有误"),
    ("key with no value", "键没有值"),
    ("keys cannot be multi-line basic strings", "键不能是多行文字"),
    ("keys cannot be multi-line literal strings", "键不能是多行文字"),
    ("missing array opening", "列表缺少开头的 ["),
    ("missing assignment between key-value pairs", "键与值之间缺少 ="),
    ("missing comma between array elements", "列表的各项之间缺少逗号"),
    ("missing comma between key-value pairs", "表的各键之间缺少逗号"),
    ("missing comment start", "注释缺少开头的 #"),
    ("missing escaped value", "反斜杠之后的写法有误"),
    ("missing inline table opening", "表缺少开头的 {"),
    ("missing key for inline table element", "表中缺少键名"),
    ("missing opening quote", "文字缺少开头的引号"),
    ("missing table open", "表头缺少 ["),
    ("missing value", "缺少值"),
    ("missing value for key", "键缺少值"),
    ("radix must be lowercase", "0x、0o、0b 须用小写"),
    ("redundant integer number prefix", "数的前缀重复"),
    ("redundant numeric sign", "正负号重复"),
    ("string values must be quoted", "文字须加引号"),
    ("too few unicode value digits", "Unicode 码的位数不足"),
    ("unclosed array", "列表没有写完"),
    ("unclosed array table", "表头没有写完"),
    ("unclosed inline table", "表没有写完"),
    ("unclosed table", "表头没有写完"),
    ("unexpected `=` in array", "列表中多了 ="),
    ("unexpected content", "此处有多余的内容"),
    ("unexpected content between comment and newline", "注释之后有多余的内容"),
    ("unexpected key or value", "此处不应有键或值"),
    ("unexpected leading zero", "数的开头不能是 0"),
    ("unexpected sign", "此处不应有正负号"),
    ("unquoted keys cannot be empty", "键名不能为空"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_the_parser_are_said_in_chinese_or_kept() {
        assert_eq!(chinese("unclosed array, expected `]`"), "列表没有写完，应为 `]`");
        assert_eq!(chinese("missing comma between array elements, expected `,`"), "列表的各项之间缺少逗号，应为 `,`");
        assert_eq!(chinese("something unheard of, expected value"), "something unheard of, expected value");
    }
}
