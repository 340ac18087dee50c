//! Which organisation a code or name means: the code first, then the name, then other names; a former
//! name for its time.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use super::{OrgId, Organisation};
use crate::period::{Month, Span};
use crate::text::mixed::Mixed;
use crate::text::{Candidates, normalise};

/// A short, other or former name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// First month in which it was used; `None` is always.
    pub from: Option<Month>,
    /// Last month in which it was used; `None` is until today.
    pub until: Option<Month>,
}

impl std::fmt::Display for Alias {
    /// As it stands in a registry: `甲县医院(..2024-12)`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)?;
        if !self.is_dated() {
            return Ok(());
        }
        let month = |month: Option<Month>| month.map_or_else(String::new, |month| month.to_string());
        write!(f, "({}..{})", month(self.from), month(self.until))
    }
}

impl Alias {
    /// A name of all times.
    pub fn always(name: impl Into<String>) -> Self {
        Self { name: name.into(), from: None, until: None }
    }

    /// True if it has a time of its own.
    pub fn is_dated(&self) -> bool {
        self.from.is_some() || self.until.is_some()
    }

    fn covers(&self, month: Month) -> bool {
        self.from.is_none_or(|from| from <= month) && self.until.is_none_or(|until| month <= until)
    }
}

/// How a name was found at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// It is this organisation's.
    Now(OrgId),
    /// It was, or will be, this organisation's and nobody else's; not at this time.
    OtherTime(OrgId),
}

impl Found {
    /// Whose it is.
    pub fn organisation(self) -> OrgId {
        let (Self::Now(id) | Self::OtherTime(id)) = self;
        id
    }
}

/// What one spelling means: most often one organisation, and there are two spellings of each.
#[derive(Debug, Clone)]
enum Meaning {
    Code(OrgId),
    Name(OrgId),
    Several(Box<Several>),
}

/// The organisations that bear one spelling.
#[derive(Debug, Clone, Default)]
struct Several {
    codes: Vec<OrgId>,
    names: Vec<OrgId>,
    others: Vec<OrgId>,
    dated: Vec<(OrgId, Alias)>,
}

impl Meaning {
    /// Those it means at any time, by precedence.
    fn fixed(&self) -> &[OrgId] {
        match self {
            Self::Code(id) | Self::Name(id) => std::slice::from_ref(id),
            Self::Several(all) => [&all.codes, &all.names, &all.others].into_iter().find(|ids| !ids.is_empty()).map_or(&[], Vec::as_slice),
        }
    }

    /// Those it means at some time only.
    fn dated(&self) -> &[(OrgId, Alias)] {
        match self {
            Self::Code(_) | Self::Name(_) => &[],
            Self::Several(all) => &all.dated,
        }
    }

    fn is_code(&self) -> bool {
        match self {
            Self::Code(_) => true,
            Self::Name(_) => false,
            Self::Several(all) => !all.codes.is_empty(),
        }
    }

    /// True if it means this organisation at any time or at some.
    fn holds(&self, id: OrgId) -> bool {
        match self {
            Self::Code(own) | Self::Name(own) => *own == id,
            Self::Several(all) => {
                let dated = all.dated.iter().map(|(id, _)| id);
                all.codes.iter().chain(&all.names).chain(&all.others).chain(dated).any(|other| *other == id)
            }
        }
    }

    /// The same with room for more.
    fn several(&mut self) -> &mut Several {
        let all = match self {
            Self::Code(id) => Several { codes: vec![*id], ..Several::default() },
            Self::Name(id) => Several { names: vec![*id], ..Several::default() },
            Self::Several(all) => return all,
        };
        *self = Self::Several(Box::new(all));
        self.several()
    }
}

/// All spellings, and what is near to one.
#[derive(Debug, Clone, Default)]
pub(super) struct Spellings {
    by_key: HashMap<Box<str>, Meaning, Mixed>,
    /// Worked out when something is not known.
    near: OnceLock<Near>,
}

/// What a spelling nobody bears may be meant for.
#[derive(Debug, Clone)]
struct Near {
    /// Codes by what is left without leading zeros.
    by_digits: BTreeMap<String, Vec<String>>,
    candidates: Candidates,
}

impl Near {
    fn new(organisations: &[Organisation]) -> Self {
        let mut by_digits: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut candidates = Vec::new();
        for organisation in organisations {
            by_digits.entry(without_zeros(&organisation.code)).or_default().push(organisation.code.to_string());
            candidates.extend([&organisation.code, &organisation.name].map(String::from));
            candidates.extend(organisation.aliases.iter().map(|alias| alias.name.clone()));
        }
        Self { by_digits, candidates: Candidates::new(candidates) }
    }
}

impl Spellings {
    pub(super) fn new(organisations: &[Organisation]) -> Self {
        let mut all = Self { by_key: HashMap::with_capacity_and_hasher(2 * organisations.len(), Mixed::default()), ..Self::default() };
        for (index, organisation) in organisations.iter().enumerate() {
            let id = OrgId(index);
            all.add(&organisation.code, Meaning::Code(id), |meaning| meaning.codes.push(id));
            all.add(&organisation.name, Meaning::Name(id), |meaning| push(&mut meaning.names, id));
            for alias in &organisation.aliases {
                let meaning = all.by_key.entry(normalise(&alias.name).into()).or_insert_with(|| Meaning::Several(Box::default())).several();
                if alias.is_dated() {
                    meaning.dated.push((id, alias.clone()));
                } else {
                    push(&mut meaning.others, id);
                }
            }
        }
        all.by_key.remove("");
        all
    }

    /// Adds a meaning to those a spelling has, or its first.
    fn add(&mut self, spelling: &str, first: Meaning, another: impl FnOnce(&mut Several)) {
        match self.by_key.entry(normalise(spelling).into()) {
            Entry::Vacant(place) => _ = place.insert(first),
            Entry::Occupied(known) => another(known.into_mut().several()),
        }
    }

    /// The one it means, whatever the time. Shared by two, it means neither.
    pub(super) fn find(&self, text: &str) -> Option<OrgId> {
        let meaning = self.by_key.get(normalise(text).as_str())?;
        match meaning.fixed() {
            [single] => Some(*single),
            [] => only(meaning.dated().iter().map(|(id, _)| *id)),
            _ => None,
        }
    }

    /// The one it means in the last month of a span: a name of that time goes before others.
    pub(super) fn find_in(&self, text: &str, span: Span) -> Option<Found> {
        let meaning = self.by_key.get(normalise(text).as_str())?;
        let mut now = meaning.dated().iter().filter(|(_, alias)| alias.covers(span.last())).map(|(id, _)| *id).peekable();
        if !meaning.is_code() && now.peek().is_some() {
            return only(now).map(Found::Now);
        }
        match meaning.fixed() {
            [single] => Some(Found::Now(*single)),
            [] => only(meaning.dated().iter().map(|(id, _)| *id)).map(Found::OtherTime),
            _ => None,
        }
    }

    /// The one whose code or name is the longest part of a text, in the last month of a span if one is given. Of
    /// two as long it is neither; a code is no part of a longer one.
    pub(super) fn longest_in(&self, text: &str, span: Option<Span>) -> Option<Found> {
        let text: Vec<char> = normalise(text).chars().collect();
        // A single character is a name only where it is all there is.
        for length in (text.len().clamp(1, 2)..=text.len()).rev() {
            let mut found: Vec<Option<Found>> = Vec::new();
            for (from, part) in text.windows(length).enumerate() {
                let key: String = part.iter().collect();
                if self.by_key.contains_key(key.as_str()) && stands_alone(&text, from, from + length) {
                    let one = match span {
                        Some(span) => self.find_in(&key, span),
                        None => self.find(&key).map(Found::Now),
                    };
                    if !found.contains(&one) {
                        found.push(one);
                    }
                }
            }
            match found.as_slice() {
                [] => {}
                [one] => return *one,
                _ => return None,
            }
        }
        None
    }

    /// True if it is, or was at some time, a name of this organisation.
    pub(super) fn bears(&self, id: OrgId, text: &str) -> bool {
        self.by_key.get(normalise(text).as_str()).is_some_and(|meaning| meaning.holds(id))
    }

    /// True for a name that several bear.
    pub(super) fn is_shared(&self, text: &str) -> bool {
        self.by_key.get(normalise(text).as_str()).is_some_and(|meaning| meaning.fixed().len() > 1 || meaning.fixed().is_empty())
    }

    /// One of those it was the name of at some time.
    pub(super) fn dated(&self, text: &str) -> Option<OrgId> {
        let meaning = self.by_key.get(normalise(text).as_str()).filter(|meaning| !meaning.is_code())?;
        meaning.dated().first().map(|(id, _)| *id)
    }

    /// The codes of those who share a name, then codes equal but for leading zeros or the digits a
    /// spreadsheet cut off, then what looks alike; at most three.
    pub(super) fn nearest<'a>(&'a self, text: &str, organisations: &'a [Organisation]) -> Vec<&'a str> {
        let shared = self.by_key.get(normalise(text).as_str()).map_or(&[][..], Meaning::fixed);
        let mut found: Vec<&str> = shared.iter().filter_map(|id| organisations.get(id.0)).map(|org| org.code.as_str()).collect();
        let near = self.near.get_or_init(|| Near::new(organisations));
        found.extend(near.by_digits.get(&without_zeros(text)).into_iter().flatten().map(String::as_str));
        if let Some(digits) = cut_digits(text) {
            found.extend(
                near.by_digits
                    .range(digits.clone()..)
                    .take_while(|(code, _)| code.starts_with(&digits))
                    .flat_map(|(_, codes)| codes)
                    .map(String::as_str),
            );
        }
        for alike in near.candidates.nearest(text) {
            // What two share is no way out.
            if !found.contains(&alike) && normalise(alike) != normalise(text) {
                found.push(alike);
            }
        }
        found.truncate(3);
        found
    }
}

/// False where a letter or digit at the edge of `from..to` has another one of its kind beside it.
fn stands_alone(text: &[char], from: usize, to: usize) -> bool {
    let is_code = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(char::is_ascii_alphanumeric);
    let joined = |inside: Option<usize>, beside: Option<usize>| is_code(inside) && is_code(beside);
    !joined(Some(from), from.checked_sub(1)) && !joined(to.checked_sub(1), Some(to))
}

fn push(ids: &mut Vec<OrgId>, id: OrgId) {
    if !ids.contains(&id) {
        ids.push(id);
    }
}

/// The only one there is.
fn only(mut ids: impl Iterator<Item = OrgId>) -> Option<OrgId> {
    let first = ids.next()?;
    ids.all(|other| other == first).then_some(first)
}

/// A code as it is left when it was read as a number.
fn without_zeros(code: &str) -> String {
    normalise(code).trim_start_matches('0').to_owned()
}

/// The leading digits of a code that a spreadsheet shows as 1.10105E+21.
fn cut_digits(text: &str) -> Option<String> {
    let plain = normalise(text);
    let (mantissa, exponent) = plain.split_once('e')?;
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let digits: String = mantissa.chars().filter(|c| *c != '.').collect();
    (is_number(&digits) && is_number(exponent) && digits.len() > 2).then(|| digits.trim_end_matches('0').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::{Registry, Stay};

    fn span(text: &str) -> Span {
        text.parse().expect("a period")
    }

    fn organisation(code: &str, name: &str, aliases: &[(&str, &str, &str)]) -> Organisation {
        let month = |text: &str| (!text.is_empty()).then(|| span(text).first());
        let alias = |(name, from, until): &(&str, &str, &str)| Alias { name: (*name).into(), from: month(from), until: month(until) };
        Organisation {
            code: code.into(),
            name: name.into(),
            aliases: aliases.iter().map(alias).collect(),
            opened: None,
            closed: None,
            stays: vec![Stay::default()],
        }
    }

    fn registry(organisations: Vec<Organisation>) -> Registry {
        Registry::new(organisations, Vec::new())
    }

    #[test]
    fn a_code_goes_before_a_name_and_a_name_before_an_alias() {
        let all = registry(vec![
            organisation("A", "人民医院", &[("中医院", "", "")]),
            organisation("B", "中医院", &[]),
            organisation("C", "a", &[]),
        ]);
        assert_eq!(all.find("a"), Some(OrgId(0)));
        assert_eq!(all.find("中医院"), Some(OrgId(1)));
    }

    /// B took over in 2025 the name that A bore until 2024.
    #[test]
    fn a_former_name_holds_for_its_time() {
        let all = registry(vec![organisation("A", "市第一医院", &[("市第二医院", "", "2024-12")]), organisation("B", "市第二医院", &[])]);
        assert_eq!(all.find_in("市第二医院", span("2024")), Some(Found::Now(OrgId(0))));
        assert_eq!(all.find_in("市第二医院", span("2025-01")), Some(Found::Now(OrgId(1))));
        // The half of the span in which it ends decides.
        assert_eq!(all.find_in("市第二医院", span("2024-07..2025-06")), Some(Found::Now(OrgId(1))));
    }

    #[test]
    fn a_former_name_nobody_else_has_is_known_after_its_time_too() {
        let all = registry(vec![organisation("A", "甲县人民医院", &[("甲县医院", "", "2024-12")])]);
        assert_eq!(all.find_in("甲县医院", span("2024-12")), Some(Found::Now(OrgId(0))));
        assert_eq!(all.find_in("甲县医院", span("2025-01")), Some(Found::OtherTime(OrgId(0))));
        assert_eq!(all.find("甲县医院"), Some(OrgId(0)));
    }

    #[test]
    fn a_name_of_two_at_one_time_is_nobodys() {
        let all = registry(vec![
            organisation("A", "甲", &[("联合医院", "", "2024-12")]),
            organisation("B", "乙", &[("联合医院", "2024-07", "2025-12")]),
        ]);
        assert_eq!(all.find_in("联合医院", span("2024-12")), None);
        assert_eq!(all.find_in("联合医院", span("2024-06")), Some(Found::Now(OrgId(0))));
        assert_eq!(all.find_in("联合医院", span("2025-06")), Some(Found::Now(OrgId(1))));
        assert_eq!(all.find_in("联合医院", span("2026-01")), None);
        assert_eq!(all.find("联合医院"), None);
    }

    /// Codes that lost their leading zeros, or their end, are suggested and never taken.
    #[test]
    fn codes_cut_by_a_spreadsheet_are_suggested() {
        let all = registry(vec![organisation("00123456", "甲", &[]), organisation("123700004955712", "乙", &[])]);
        assert_eq!(all.find("123456"), None);
        assert_eq!(all.nearest("123456").first(), Some(&"00123456"));
        assert_eq!(all.nearest("1.23700E+14").first(), Some(&"123700004955712"));
    }

    #[test]
    fn those_who_share_a_name_are_suggested_by_code() {
        let all = registry(vec![organisation("A1", "人民医院", &[]), organisation("B2", "人民医院", &[])]);
        assert_eq!(all.find("人民医院"), None);
        assert!(all.is_shared("人民医院"));
        assert_eq!(all.nearest("人民医院"), ["A1", "B2"]);
    }

    /// D3: the longest name in a text counts, a code inside a longer one does not, and of two as long neither.
    #[test]
    fn the_longest_name_in_a_text_counts() {
        let all = registry(vec![
            organisation("E1", "东医院", &[]),
            organisation("E12", "东医院分院", &[]),
            organisation("W1", "西医院", &[("旧医院", "", "2024-12")]),
        ]);
        let found = |text: &str| all.longest_in(text, None).map(|found| all.get(found.organisation()).code.clone()).unwrap_or_default();
        for (text, code) in [
            ("东医院2025", "E1"),
            ("2025东医院分院报表", "E12"),
            ("表_E1_2025", "E1"),
            ("E12", "E12"),
            ("E123", ""),
            ("e1-2025", "E1"),
            ("东医院与西医院", ""),
            ("东医院E1", "E1"),
            ("某医院", ""),
        ] {
            assert_eq!(found(text), code, "{text}");
        }
        assert_eq!(all.longest_in("旧医院2023", Some(span("2023-05"))), Some(Found::Now(OrgId(2))));
        assert_eq!(all.longest_in("旧医院2025", Some(span("2025-05"))), Some(Found::OtherTime(OrgId(2))));
    }
}
