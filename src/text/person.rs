//! Numbers that name a person: resident identity numbers (公民身份号码, GB 11643-1999) and mobile telephone
//! numbers of mainland China. Statistics need neither, and no result repeats them.

use std::borrow::Cow;

use super::{Text, normalise};

/// What a number names a person by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Personal {
    /// Resident identity number.
    Resident,
    /// Mobile telephone number.
    Mobile,
}

impl Personal {
    /// The name of the kind.
    pub fn word(self) -> Text {
        match self {
            Self::Resident => Text::new("身份证号", "an identity number"),
            Self::Mobile => Text::new("手机号", "a mobile telephone number"),
        }
    }

    /// Characters that stay when the rest is masked.
    fn kept(self) -> usize {
        match self {
            Self::Resident => 4,
            Self::Mobile => 3,
        }
    }
}

/// What a column of this name holds, if such numbers. Calls and cards are counted, too: 电话随访人次 is a figure.
pub fn of_column(header: &str) -> Option<Personal> {
    let name = normalise(header);
    let is_one = |names: &[&str], endings: &[&str]| names.contains(&name.as_str()) || endings.iter().any(|ending| name.ends_with(ending));
    match () {
        () if is_one(&["身份证", "证件号", "id_card", "idcard"], &["身份证号", "身份证号码", "身份号码", "证件号码"]) => {
            Some(Personal::Resident)
        }
        () if is_one(&["电话", "手机", "移动电话", "phone", "mobile"], &["联系电话", "联系人电话", "手机号", "手机号码", "电话号码"]) => {
            Some(Personal::Mobile)
        }
        () => None,
    }
}

/// The first number in a text that names a person.
pub fn find(text: &str) -> Option<Personal> {
    if text.len() < 11 {
        return None;
    }
    runs(text).find_map(|(_, kind)| kind)
}

/// The text with all but the beginning of such numbers replaced by asterisks. Eleven digits may also be a code or
/// an amount: they stay where nothing stands before them and nothing but a unit behind.
pub fn masked(text: &str) -> Cow<'_, str> {
    if text.len() < 11 || find(text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for (run, kind) in runs(text) {
        let before = out.trim_start_matches([' ', '-', '+', '−', '△', '¥', '￥']).is_empty();
        let behind = text.get(out.len()..).and_then(|rest| rest.strip_prefix(run)).unwrap_or_default();
        match kind {
            Some(kind) if kind == Personal::Resident || !before || !is_unit(behind) => {
                let kept = kind.kept();
                out.extend(run.chars().enumerate().map(|(at, character)| if at < kept { character } else { '*' }));
            }
            _ => out.push_str(run),
        }
    }
    Cow::Owned(out)
}

/// Whether nothing, or a unit, stands behind a number.
fn is_unit(behind: &str) -> bool {
    behind.trim_start().chars().next().is_none_or(|first| "元人次床个天日份件台例户项家条所万亿千百%".contains(first) || first.is_ascii())
}

/// The text cut into runs of letters and digits and what stands between them, each with what it names.
fn runs(text: &str) -> impl Iterator<Item = (&str, Option<Personal>)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_part = is_alphanumeric(rest.chars().next()?);
        let end = rest.find(|character| is_alphanumeric(character) != is_part).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        rest = behind;
        Some((run, is_part.then(|| of_run(run)).flatten()))
    })
}

/// Latin letters, digits and the decimal point, also in full width. Chinese characters end a number.
fn is_alphanumeric(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '.' || matches!(character, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

fn of_run(run: &str) -> Option<Personal> {
    // Shorter than eleven characters, or longer than eighteen in full width, it is neither.
    if !(11..=54).contains(&run.len()) {
        return None;
    }
    let half = |character| match character {
        '０'..='９' => char::from_u32(u32::from(character) - u32::from('０') + u32::from('0')),
        'Ｘ' | 'ｘ' | 'x' => Some('X'),
        other => Some(other),
    };
    let plain: Vec<char> = run.trim_matches('.').chars().filter_map(half).collect();
    match plain.as_slice() {
        ['1', '3'..='9', rest @ ..] if rest.len() == 9 && rest.iter().all(char::is_ascii_digit) => Some(Personal::Mobile),
        eighteen if eighteen.len() == 18 && is_resident(eighteen) => Some(Personal::Resident),
        _ => None,
    }
}

/// GB 11643: division, date of birth, order, and a check character: Σ digit × weight mod 11.
fn is_resident(characters: &[char]) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let digits: Vec<u32> = characters.iter().take(17).filter_map(|character| character.to_digit(10)).collect();
    if digits.len() != 17 {
        return false;
    }
    let number = |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default().iter().fold(0, |sum, digit| sum * 10 + digit);
    let is_dated = (1800..2100).contains(&number(6..10)) && (1..=12).contains(&number(10..12)) && (1..=31).contains(&number(12..14));
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let check = CHECKS.get(usize::try_from(sum % 11).unwrap_or_default());
    (11..=82).contains(&number(0..2)) && is_dated && check == characters.last()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of GB 11643-1999: 11010519491231002X and 440524188001010014. By hand, for the former: 7+9+0+5+0+20+
    /// 2+9+24+27+7+18+30+5+0+0+4 = 167, 167 mod 11 = 2, hence X.
    #[test]
    fn the_examples_of_the_standard_are_found_and_masked() {
        for number in ["11010519491231002X", "440524188001010014", "11010519491231002x", "１１０１０５１９４９１２３１００２Ｘ"]
        {
            assert_eq!(find(number), Some(Personal::Resident), "{number}");
            assert!(masked(number).ends_with("**************"), "{number}");
        }
        assert_eq!(masked("张三（11010519491231002X）"), "张三（1101**************）");
    }

    #[test]
    fn telephone_numbers_are_masked_where_they_cannot_be_codes() {
        assert_eq!(masked("张三13800138000，转5"), "张三138********，转5");
        assert_eq!(masked("联系电话:13800138000"), "联系电话:138********");
        assert_eq!(masked("13800138000张三"), "138********张三");
        for code_or_amount in ["15062600101", "13800138000 元", "13800138000.55", "-13800138000 yuan"] {
            assert_eq!(masked(code_or_amount), code_or_amount);
        }
    }

    #[test]
    fn columns_of_such_numbers_are_known_by_name() {
        let kinds = ["患者身份证号码", " 联系电话 ", "手机", "电话随访人次", "持身份证就诊人次", "code"].map(of_column);
        assert_eq!(kinds, [Some(Personal::Resident), Some(Personal::Mobile), Some(Personal::Mobile), None, None, None]);
    }

    /// Credit codes, institution codes, amounts, dates and wrong check characters name nobody.
    #[test]
    fn other_numbers_stay() {
        for text in [
            "91110000600037341L",
            "12345678837010211A1001",
            "110105194912310021",
            "110105194913310021",
            "123456789012345678",
            "2025-01-01 12:00",
            "13800138000.55人",
            "A13800138000",
            "12800138000",
            "",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
