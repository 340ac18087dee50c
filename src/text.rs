//! Bilingual text, the phrases that messages and reasons are made of, header normalisation and
//! "did you mean".

pub(crate) mod mixed;
pub mod person;
mod shared;

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

pub use shared::Shared;

/// The language of what is shown and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Lang {
    /// 中文
    Zh,
    /// English
    #[default]
    En,
}

/// A text in both languages. A plain string in TOML serves both.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Text {
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
}

impl Text {
    /// The same words in both languages: a name, a number, a quotation.
    pub fn same(text: impl Into<String>) -> Self {
        let zh = text.into();
        Self { en: zh.clone(), zh }
    }

    /// A text with its two languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The words in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::same(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::same(text)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> serde::de::Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a string or { zh = \"…\", en = \"…\" }")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Text, E> {
        Ok(Text::same(text))
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
        let (mut zh, mut en): (Option<String>, Option<String>) = (None, None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "zh" => zh = Some(map.next_value()?),
                "en" => en = Some(map.next_value()?),
                other => return Err(serde::de::Error::unknown_field(other, &["zh", "en"])),
            }
        }
        match (zh, en) {
            (Some(zh), Some(en)) => Ok(Text { zh, en }),
            (Some(text), None) | (None, Some(text)) => Ok(Text::same(text)),
            (None, None) => Err(serde::de::Error::missing_field("zh")),
        }
    }
}

impl schemars::JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A string, or the same in Chinese and English.",
            "oneOf": [
                { "type": "string" },
                { "type": "object", "additionalProperties": false, "minProperties": 1,
                  "properties": { "zh": { "type": "string" }, "en": { "type": "string" } } }
            ]
        })
    }
}

/// A sentence with `{holes}` in both languages; its id is stable and travels in JSON.
#[derive(Debug)]
pub struct Phrase {
    /// Stable id, e.g. `ratio/below-target`.
    pub id: &'static str,
    /// 中文, with `{holes}`.
    pub zh: &'static str,
    /// English, with the same `{holes}`.
    pub en: &'static str,
    /// The names of its holes in the order of the English sentence, then nothing.
    holes: [&'static str; MOST_HOLES],
}

/// Holes a phrase may have.
const MOST_HOLES: usize = 12;

/// No two have one id, and there may be a million sentences to be told apart.
impl PartialEq for Phrase {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Phrase {}

impl Phrase {
    /// A sentence in both languages.
    pub const fn new(id: &'static str, zh: &'static str, en: &'static str) -> Self {
        let mut holes = [""; MOST_HOLES];
        let (mut count, mut at, mut from) = (0, 0, 0);
        let bytes = en.as_bytes();
        while at < bytes.len() {
            if bytes[at] == b'{' {
                from = at + 1;
            } else if bytes[at] == b'}' && from > 0 {
                holes[count] = en.split_at(at).0.split_at(from).1;
                (count, from) = (count + 1, 0);
            }
            at += 1;
        }
        Self { id, zh, en, holes }
    }

    /// The names of its holes in the order of the English sentence.
    fn holes(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.holes.into_iter().take_while(|hole| !hole.is_empty())
    }
}

/// A table of phrases: `NAME = "id" "中文" "English";`.
macro_rules! phrases {
    ($( $name:ident = $id:literal $zh:literal $en:literal; )*) => {
        $( #[doc = $en] pub static $name: $crate::text::Phrase = $crate::text::Phrase::new($id, $zh, $en); )*
        /// Every phrase of this table.
        pub static ALL: &[&$crate::text::Phrase] = &[$(&$name),*];
    };
}
pub(crate) use phrases;

/// What stands in a hole of a phrase. Most of it is the same in both languages and kept once: there may be a million
/// findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filled {
    /// A name, a number, a quotation.
    Same(Shared),
    /// Words of each language.
    Both(Arc<Text>),
}

impl Filled {
    /// The words in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match self {
            Self::Same(text) => text,
            Self::Both(text) => text.get(lang),
        }
    }

    /// The words in both.
    pub fn text(&self) -> Text {
        match self {
            Self::Same(text) => Text::same(&**text),
            Self::Both(text) => (**text).clone(),
        }
    }

    /// The words without numbers that name a person.
    #[must_use]
    pub fn masked(self) -> Self {
        match self {
            Self::Same(text) => Self::Same(text.masked()),
            Self::Both(text) => match (person::masked(&text.zh), person::masked(&text.en)) {
                (Cow::Borrowed(_), Cow::Borrowed(_)) => Self::Both(text),
                (zh, en) => Text::new(zh, en).into(),
            },
        }
    }
}

impl From<Text> for Filled {
    fn from(text: Text) -> Self {
        if text.zh == text.en { Self::Same(text.zh.into()) } else { Self::Both(Arc::new(text)) }
    }
}

impl From<&str> for Filled {
    fn from(text: &str) -> Self {
        Self::Same(text.into())
    }
}

impl From<String> for Filled {
    fn from(text: String) -> Self {
        Self::Same(text.into())
    }
}

impl From<Shared> for Filled {
    fn from(text: Shared) -> Self {
        Self::Same(text)
    }
}

/// A phrase with its holes filled: the structured form of everything the program says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The sentence.
    pub phrase: &'static Phrase,
    /// What stands in each of its holes, once there is anything. Their names are the phrase's: there may be a million of these.
    filled: Box<[Option<Filled>]>,
}

impl Said {
    /// The phrase with nothing filled in yet.
    pub fn new(phrase: &'static Phrase) -> Self {
        Self { phrase, filled: Box::default() }
    }

    /// Fills one hole. A hole the phrase does not have is a mistake of ours, caught in tests.
    #[must_use]
    pub fn with(mut self, hole: &'static str, value: impl Into<Filled>) -> Self {
        let place = self.phrase.holes().position(|name| name == hole);
        debug_assert!(place.is_some(), "{} has no hole {hole}", self.phrase.id);
        if let Some(place) = place {
            if self.filled.is_empty() {
                self.filled = vec![None; self.phrase.holes().count()].into();
            }
            self.filled[place] = Some(value.into());
        }
        self
    }

    /// What stands in the holes that are filled, by their names.
    pub fn values(&self) -> impl Iterator<Item = (&'static str, &Filled)> {
        self.phrase.holes().zip(&self.filled).filter_map(|(hole, filled)| Some((hole, filled.as_ref()?)))
    }

    /// The sentence in one language.
    pub fn render(&self, lang: Lang) -> String {
        let template = match lang {
            Lang::Zh => self.phrase.zh,
            Lang::En => self.phrase.en,
        };
        let mut out = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((hole, behind)) = after.split_once('}') else {
                out.push('{');
                rest = after;
                continue;
            };
            let value = self.values().find(|(name, _)| *name == hole).map(|(_, value)| value.get(lang));
            debug_assert!(value.is_some(), "{}: hole {hole} was not filled", self.phrase.id);
            out.push_str(value.unwrap_or("…"));
            rest = behind;
        }
        out.push_str(rest);
        out
    }
}

impl Serialize for Said {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let values: std::collections::BTreeMap<&str, Text> = self.values().map(|(hole, value)| (hole, value.text())).collect();
        let mut out = serializer.serialize_struct("Said", 4)?;
        out.serialize_field("id", self.phrase.id)?;
        out.serialize_field("zh", &self.render(Lang::Zh))?;
        out.serialize_field("en", &self.render(Lang::En))?;
        out.serialize_field("values", &values)?;
        out.end()
    }
}

/// Joins a list with "、" and ", ".
pub fn list<'a>(items: impl IntoIterator<Item = &'a Text>) -> Text {
    let (zh, en): (Vec<&str>, Vec<&str>) = items.into_iter().map(|text| (text.zh.as_str(), text.en.as_str())).unzip();
    Text::new(zh.join("、"), en.join(", "))
}

/// The form in which headers, names and ids are compared: NFKC, lower case, without blanks and
/// with one kind of bracket, dash and colon.
pub fn normalise(text: &str) -> String {
    // Most codes and names are made of what has one form only: they need no tables.
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return text.to_ascii_lowercase();
    }
    if text.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '0'..='9')) {
        return text.to_owned();
    }
    text.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{feff}' | '\u{200b}'))
        .map(|c| match c {
            '【' | '〔' | '[' => '(',
            '】' | '〕' | ']' => ')',
            '–' | '—' | '−' | '-' | '‐' => '-',
            '、' => ',',
            other => other,
        })
        .collect()
}

/// The candidates that look most like `word`, best first, at most three.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let candidates: Vec<(String, &str)> = candidates.into_iter().map(|candidate| (normalise(candidate), candidate)).collect();
    nearest_of(word, candidates.iter().map(|(plain, shown)| (plain.as_str(), *shown)))
}

/// Names to be compared with many words: their normal form is worked out once.
#[derive(Debug, Clone, Default)]
pub struct Candidates(Vec<(String, String)>);

impl Candidates {
    /// The names as they are to be shown.
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        Self(names.into_iter().map(|name| (normalise(&name), name)).collect())
    }

    /// Those that look most like `word`, best first, at most three.
    pub fn nearest(&self, word: &str) -> Vec<&str> {
        nearest_of(word, self.0.iter().map(|(plain, shown)| (plain.as_str(), shown.as_str())))
    }
}

/// Candidates in their normal form and as shown.
fn nearest_of<'n, 'a>(word: &str, candidates: impl Iterator<Item = (&'n str, &'a str)>) -> Vec<&'a str> {
    let wanted = normalise(word);
    let length = wanted.chars().count();
    let mut scored: Vec<(f64, &str)> = candidates
        .filter_map(|(other, candidate)| {
            let contains = length > 1 && (other.contains(&wanted) || wanted.contains(other) && !other.is_empty());
            // Words of which one is more than twice as long cannot be alike enough.
            let others = other.chars().count();
            if !contains && (others > 2 * length || length > 2 * others) {
                return None;
            }
            let likeness = strsim::normalized_damerau_levenshtein(&wanted, other) + if contains { 0.25 } else { 0.0 };
            (likeness >= 0.5).then_some((likeness, candidate))
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored.into_iter().take(3).map(|(_, candidate)| candidate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_compare_after_normalisation() {
        assert_eq!(normalise(" 诊疗人次(万) "), normalise("诊疗人次(万)"));
        assert_eq!(normalise("Visits"), "visits");
    }

    /// The characters that need no tables are those that the tables leave as they are.
    #[test]
    fn common_characters_have_one_form() {
        for c in ('\u{4e00}'..='\u{9fff}').chain('0'..='9') {
            assert!(c.to_string().nfkc().flat_map(char::to_lowercase).eq([c]), "{c}");
        }
        assert_eq!(normalise("P00A1b"), "p00a1b");
    }

    #[test]
    fn a_misspelling_finds_its_neighbour() {
        assert_eq!(nearest("discharge", ["discharges", "visits"]), ["discharges"]);
        assert_eq!(nearest("县人民医院", ["县第一人民医院", "乡卫生院"]), ["县第一人民医院"]);
        assert!(nearest("zzz", ["discharges", "visits"]).is_empty());
    }

    #[test]
    fn holes_are_filled_in_both_languages() {
        static PHRASE: Phrase = Phrase::new("test/phrase", "{a}低于{b}", "{a} is below {b}");
        let said = Said::new(&PHRASE).with("a", "54.6%").with("b", "65%");
        assert_eq!(said.render(Lang::Zh), "54.6%低于65%");
        assert_eq!(said.render(Lang::En), "54.6% is below 65%");
        assert_eq!(said, Said::new(&PHRASE).with("b", "65%").with("a", "54.6%"));
        let values: Vec<(&str, &str)> = said.values().map(|(hole, value)| (hole, value.get(Lang::En))).collect();
        assert_eq!(values, [("a", "54.6%"), ("b", "65%")]);
    }

    #[test]
    fn what_is_not_filled_has_no_value() {
        static PHRASE: Phrase = Phrase::new("test/phrase", "{b}和{a}", "{a}, {b} and {a}");
        let said = Said::new(&PHRASE).with("b", "2");
        assert_eq!(said.values().map(|(hole, _)| hole).collect::<Vec<_>>(), ["b"]);
        let said = said.with("a", "1");
        assert_eq!(said.render(Lang::En), "1, 2 and 1");
        assert_eq!(said.render(Lang::Zh), "2和1");
    }
}
