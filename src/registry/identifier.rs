//! Codes that carry a check character: the unified social credit code (统一社会信用代码, GB 32100-2015),
//! the organisation code inside it (组织机构代码, GB 11714) and the code of a health institution
//! (医疗卫生机构代码, WS 218, 22 characters). Which kind a code is, its shape decides.

use unicode_normalization::UnicodeNormalization;

use crate::text::Text;

/// A code of a known kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// Which kind it is.
    pub kind: Kind,
    /// The code in capitals and half width, without blanks and hyphens.
    pub plain: String,
}

/// Kinds of codes with a check character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 18 characters: registering authority, kind, division (6), organisation code (9), check character.
    Credit,
    /// 9 characters: 8 and a check character.
    Organisation,
    /// 22 characters: organisation code (9), division (6), economic type (2), category (4), management (1).
    Institution,
}

/// What is wrong with a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A letter that such codes never hold, easily taken for a digit.
    Letter {
        /// The letter.
        found: char,
        /// The code with digits in the place of such letters, where its check character then fits.
        meant: Option<String>,
    },
    /// The check character is another one than the rest of the code asks for.
    Check {
        /// The one asked for.
        expected: char,
        /// The one there.
        found: char,
    },
}

impl Kind {
    /// The name of the kind.
    pub fn word(self) -> Text {
        match self {
            Self::Credit => Text::new("统一社会信用代码", "a unified social credit code"),
            Self::Organisation => Text::new("组织机构代码", "an organisation code"),
            Self::Institution => Text::new("医疗卫生机构代码", "a health institution code"),
        }
    }
}

impl Identifier {
    /// The code as one of the kinds, if it has the shape of one.
    pub fn read(code: &str) -> Option<Self> {
        let counts = |c: &char| !c.is_whitespace() && *c != '-';
        // Most codes need no tables.
        let plain: String = if code.is_ascii() {
            code.chars().filter(counts).map(|c| c.to_ascii_uppercase()).collect()
        } else {
            code.nfkc().filter(counts).flat_map(char::to_uppercase).collect()
        };
        if !plain.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()) {
            return None;
        }
        let bytes = plain.as_bytes();
        let digits = |range: std::ops::Range<usize>| bytes.get(range).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
        let kind = match bytes.len() {
            // The first two characters are few: the authorities that register, and their kinds of bodies.
            18 if b"123456789ANY".contains(&bytes[0]) && b"123459".contains(&bytes[1]) && digits(2..8) && is_province(&plain[2..4]) => {
                Kind::Credit
            }
            9 if digits(8..9) || bytes[8] == b'X' => Kind::Organisation,
            22 if digits(9..17) && is_province(&plain[9..11]) && bytes[17].is_ascii_uppercase() && digits(18..22) => Kind::Institution,
            _ => return None,
        };
        Some(Self { kind, plain })
    }

    /// What is wrong with it; `None` for a code that fits.
    pub fn fault(&self) -> Option<Fault> {
        match self.kind {
            Kind::Credit => credit_fault(&self.plain),
            Kind::Organisation | Kind::Institution => {
                let (body, found) = (self.plain.get(..8)?, self.plain.chars().nth(8)?);
                let expected = organisation_check(body)?;
                (expected != found).then_some(Fault::Check { expected, found })
            }
        }
    }

    /// The division (GB/T 2260, six digits) it was registered in, where the code holds one.
    pub fn division(&self) -> Option<&str> {
        match self.kind {
            Kind::Credit => self.plain.get(2..8),
            Kind::Institution => self.plain.get(9..15),
            Kind::Organisation => None,
        }
    }
}

/// The characters of GB 32100 with their values 0 to 30: no I, O, S, V, Z.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The check character of the 17 characters of a credit code: 31 − Σ value × 3^(i−1) mod 31; `None` for
/// another length or a character that is not in the alphabet.
pub fn credit_check(body: &str) -> Option<char> {
    if body.len() != 17 {
        return None;
    }
    let mut weight = 1;
    let mut sum = 0;
    for character in body.chars() {
        sum = (sum + ALPHABET.find(character)? * weight) % 31;
        weight = weight * 3 % 31;
    }
    ALPHABET.chars().nth((31 - sum) % 31)
}

/// The check character of the 8 characters of an organisation code: 11 − Σ value × weight mod 11, with X
/// for 10 and 0 for 11; A to Z count 10 to 35. `None` for another length or character.
pub fn organisation_check(body: &str) -> Option<char> {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    if body.len() != WEIGHTS.len() {
        return None;
    }
    let values = body.chars().map(|character| character.to_digit(36));
    let sum = values.zip(WEIGHTS).map(|(value, weight)| Some(value? * weight)).sum::<Option<u32>>()?;
    match 11 - sum % 11 {
        11 => Some('0'),
        10 => Some('X'),
        digit => char::from_digit(digit, 10),
    }
}

fn credit_fault(code: &str) -> Option<Fault> {
    if let Some(found) = code.chars().find(|character| !ALPHABET.contains(*character)) {
        let digit = |character| match character {
            'I' => '1',
            'O' => '0',
            'Z' => '2',
            'S' => '5',
            other => other,
        };
        let meant: String = code.chars().map(digit).collect();
        return Some(Fault::Letter { found, meant: Some(meant).filter(|meant| fits(meant)) });
    }
    let (body, found) = (code.get(..17)?, code.chars().nth(17)?);
    let expected = credit_check(body)?;
    (expected != found).then_some(Fault::Check { expected, found })
}

fn fits(code: &str) -> bool {
    code.get(..17).and_then(credit_check).is_some_and(|expected| code.ends_with(expected))
}

/// The first two digits of a division: a province, municipality or region; 10 is the central government.
fn is_province(digits: &str) -> bool {
    matches!(digits.parse(), Ok(10..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81 | 82))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn fits_as(code: &str, kind: Kind) {
        let found = Identifier::read(code).expect("a code of a known shape");
        assert_eq!((found.kind, found.fault()), (kind, None), "{code}");
    }

    /// The example worked out in GB 32100-2015: Σ = 1640, 1640 mod 31 = 28, 31 − 28 = 3.
    #[test]
    fn the_example_of_the_standard_comes_out() {
        assert_eq!(credit_check("91350100M000100Y4"), Some('3'));
        let found = Identifier::read("91350100M000100Y4Z").and_then(|code| code.fault());
        // Z is a letter the standard leaves out.
        assert_eq!(found, Some(Fault::Letter { found: 'Z', meant: None }));
        assert_eq!(Identifier::read("91350100M000100Y41").and_then(|code| code.fault()), Some(Fault::Check { expected: '3', found: '1' }));
    }

    /// Codes that are printed in public, with their source: the documentation of python-stdnum
    /// (91110000600037341L, and 91110000600037342L as a wrong one) and the README of uscc-utils
    /// (91110108551385082Q, 小米科技有限责任公司). By hand, their organisation codes (GB 11714):
    /// 60003734: 18+0+0+0+15+56+12+8 = 109, 109 mod 11 = 10, 11 − 10 = 1;
    /// 55138508: 15+35+9+30+40+40+0+16 = 185, 185 mod 11 = 9, 11 − 9 = 2;
    /// M000100Y, with M = 22 and Y = 34: 66+0+0+0+5+0+0+68 = 139, 139 mod 11 = 7, 11 − 7 = 4.
    #[test]
    fn published_codes_fit() {
        fits_as("91110000600037341L", Kind::Credit);
        fits_as("91110108551385082Q", Kind::Credit);
        fits_as(" ９１１１０１０８５５１３８５０８２ｑ", Kind::Credit);
        assert!(Identifier::read("91110000600037342L").is_some_and(|code| code.fault().is_some()));
        for (body, check) in [("60003734", '1'), ("55138508", '2'), ("M000100Y", '4')] {
            assert_eq!(organisation_check(body), Some(check), "{body}");
            fits_as(&format!("{body}-{check}"), Kind::Organisation);
        }
    }

    /// 12345678: 3+14+27+40+25+48+28+16 = 201, 201 mod 11 = 3, 11 − 3 = 8. 00000000 leaves 0, hence 0;
    /// 00000006 leaves 12 mod 11 = 1, hence X.
    #[test]
    fn ten_is_an_x_and_eleven_a_nought() {
        assert_eq!(["12345678", "00000000", "00000006"].map(organisation_check), [Some('8'), Some('0'), Some('X')]);
        assert_eq!(organisation_check("1234567"), None);
    }

    #[test]
    fn the_code_of_a_health_institution_holds_an_organisation_code_and_a_division() {
        fits_as("12345678837010211A1001", Kind::Institution);
        let wrong = Identifier::read("12345678737010211A1001").expect("its shape");
        assert_eq!(wrong.fault(), Some(Fault::Check { expected: '8', found: '7' }));
        assert_eq!(wrong.division(), Some("370102"));
        assert_eq!(Identifier::read("91110000600037341L").expect("its shape").division(), Some("110000"));
    }

    /// Local codes of other shapes are nobody's business.
    #[test]
    fn other_codes_are_of_no_kind() {
        for code in ["LYA01", "37130201", "001", "370302199001011234", "东医院", "919900006000373410", "AAAA5678837010211A1001X", ""] {
            assert_eq!(Identifier::read(code).map(|code| code.kind), None, "{code}");
        }
    }

    #[test]
    fn a_letter_taken_for_a_digit_is_set_right() {
        let found = Identifier::read("9111OOOO6OOO37341L");
        assert_eq!(found, None, "the division is of digits");
        let fault = Identifier::read("911100006OOO37341L").and_then(|code| code.fault());
        assert_eq!(fault, Some(Fault::Letter { found: 'O', meant: Some("91110000600037341L".into()) }));
    }

    fn in_alphabet() -> impl Strategy<Value = char> {
        (0..ALPHABET.len()).prop_map(|at| char::from(ALPHABET.as_bytes()[at]))
    }

    proptest! {
        /// 31 is prime and no weight is a multiple of it: one wrong character always shows.
        #[test]
        fn any_single_wrong_character_of_a_credit_code_shows(
            body in prop::collection::vec(in_alphabet(), 17), at in 0..18_usize, wrong in in_alphabet()
        ) {
            let body: String = body.into_iter().collect();
            let check = credit_check(&body).expect("17 characters of the alphabet");
            let mut code: Vec<char> = body.chars().chain([check]).collect();
            prop_assert!(fits(&code.iter().collect::<String>()));
            prop_assume!(code[at] != wrong);
            code[at] = wrong;
            prop_assert!(!fits(&code.iter().collect::<String>()));
        }

        /// 11 is prime and all weights are below it: one wrong digit always shows.
        #[test]
        fn any_single_wrong_digit_of_an_organisation_code_shows(number in 0..100_000_000_u32, at in 0..8_usize, wrong in 0..10_u32) {
            let body = format!("{number:08}");
            let mut other: Vec<char> = body.chars().collect();
            let wrong = char::from_digit(wrong, 10).expect("a digit");
            prop_assume!(other[at] != wrong);
            other[at] = wrong;
            prop_assert_ne!(organisation_check(&body), organisation_check(&other.into_iter().collect::<String>()));
        }
    }
}
