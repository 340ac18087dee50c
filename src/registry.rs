//! Organisations, their membership over time and their attributes (SEMANTICS O1, O5).

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::period::{Month, Span};
use crate::text::{Shared, Text, normalise};

pub mod divisions;
pub mod identifier;
mod names;

use names::Spellings;
pub use names::{Alias, Found};

/// Index of an organisation in [`Registry::organisations`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrgId(pub usize);

/// A reporting institution (机构).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Unique code, kept as text.
    pub code: Shared,
    /// Full name.
    pub name: Shared,
    /// Short, other and former names.
    pub aliases: Vec<Alias>,
    /// First month of its existence; `None` is always.
    pub opened: Option<Month>,
    /// Last month of its existence; `None` is still open.
    pub closed: Option<Month>,
    /// Rows of the registry in order of time; at least one, disjoint [O1].
    pub stays: Vec<Stay>,
}

/// One registry row: where an organisation belongs in a stretch of months.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stay {
    /// First month; `None` is always.
    pub joined: Option<Month>,
    /// Last month, included; `None` is until today.
    pub left: Option<Month>,
    /// Its attributes; many organisations share them.
    pub attributes: Arc<Attributes>,
}

/// Attribute values by canonical name; a blank is absent.
pub type Attributes = BTreeMap<String, String>;

impl Stay {
    /// True if the row is in force in this month.
    pub fn covers(&self, month: Month) -> bool {
        self.joined.is_none_or(|joined| joined <= month) && self.left.is_none_or(|left| month <= left)
    }

    /// True if the two rows share a month.
    pub fn overlaps(&self, other: &Self) -> bool {
        let starts_before_end = |a: &Self, b: &Self| a.joined.is_none_or(|joined| b.left.is_none_or(|left| joined <= left));
        starts_before_end(self, other) && starts_before_end(other, self)
    }
}

impl Organisation {
    /// The row in force in a month.
    pub fn stay_in(&self, month: Month) -> Option<&Stay> {
        self.stays.iter().find(|stay| stay.covers(month))
    }

    /// The last row in force in the window, which gives the attributes for all windows [O5]; the
    /// latest row at all if none is.
    pub fn stay_for(&self, window: Span) -> Option<&Stay> {
        let in_force = |stay: &&Stay| window.months().any(|month| stay.covers(month));
        self.stays.iter().rfind(in_force).or(self.stays.last())
    }

    /// True from `opened` to `closed`.
    pub fn exists_in(&self, month: Month) -> bool {
        self.opened.is_none_or(|opened| opened <= month) && self.closed.is_none_or(|closed| month <= closed)
    }
}

/// All organisations, sorted by the bytes of their codes.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    organisations: Vec<Organisation>,
    attributes: Vec<String>,
    /// True if somebody bore a name at some time only.
    has_dated: bool,
    /// Worked out when anything but a code is looked for: exports mostly have nothing else.
    spellings: OnceLock<Spellings>,
}

impl Registry {
    /// A registry of these organisations, whose codes are unique however they are spelled, and of the attribute columns
    /// there are.
    pub fn new(mut organisations: Vec<Organisation>, attributes: Vec<String>) -> Self {
        organisations.sort_by(|a, b| a.code.cmp(&b.code));
        let has_dated = organisations.iter().flat_map(|organisation| &organisation.aliases).any(Alias::is_dated);
        Self { organisations, attributes, has_dated, spellings: OnceLock::new() }
    }

    fn spellings(&self) -> &Spellings {
        self.spellings.get_or_init(|| Spellings::new(&self.organisations))
    }

    /// The organisations in code order.
    pub fn organisations(&self) -> &[Organisation] {
        &self.organisations
    }

    /// The ids in code order.
    pub fn ids(&self) -> impl Iterator<Item = OrgId> + use<> {
        (0..self.organisations.len()).map(OrgId)
    }

    /// The organisation behind an id.
    pub fn get(&self, id: OrgId) -> &Organisation {
        &self.organisations[id.0]
    }

    /// Canonical names of the attribute columns, in file order.
    pub fn attributes(&self) -> &[String] {
        &self.attributes
    }

    /// The organisation a text names, after normalisation: by code, else by name, else by another name. A
    /// name that two organisations share matches neither.
    pub fn find(&self, text: &str) -> Option<OrgId> {
        if self.spellings.get().is_none()
            && let Ok(index) = self.organisations.binary_search_by(|organisation| organisation.code.as_str().cmp(text))
        {
            return Some(OrgId(index));
        }
        self.spellings().find(text)
    }

    /// The same for figures of a span, in whose last month a former name may mean somebody else.
    pub fn find_in(&self, text: &str, span: Span) -> Option<Found> {
        self.spellings().find_in(text, span)
    }

    /// Somebody this was the name of at some time, where the time of the figures must be looked at.
    pub fn dated(&self, text: &str) -> Option<OrgId> {
        self.has_dated.then(|| self.spellings().dated(text)).flatten()
    }

    /// True if it is, or was at some time, a name of this organisation.
    pub fn bears(&self, id: OrgId, text: &str) -> bool {
        self.spellings().bears(id, text)
    }

    /// True for a name that several organisations bear, so that it means none of them.
    pub fn is_shared(&self, text: &str) -> bool {
        self.spellings().is_shared(text)
    }

    /// The organisation whose code or name is the longest part of a text: in the last month of `span`, if given.
    pub fn longest_in(&self, text: &str, span: Option<Span>) -> Option<Found> {
        self.spellings().longest_in(text, span)
    }

    /// The codes and names nearest to what was written, best first; suggestions, never taken for it.
    pub fn nearest(&self, text: &str) -> Vec<&str> {
        self.spellings().nearest(text, &self.organisations)
    }
}

/// The canonical English name of a registry column, or the header itself for an extra attribute.
pub fn canonical_column(header: &str) -> String {
    let known = match normalise(header).as_str() {
        "code" | "机构代码" | "机构编码" | "代码" | "机构id" | "org_code" => "code",
        "name" | "机构名称" | "名称" | "医疗卫生机构名称" | "单位名称" => "name",
        "short_name" | "简称" | "机构简称" => "short_name",
        "tier" | "级别" | "机构级别" | "层级" | "医院等级" => "tier",
        "kind" | "类别" | "机构类别" | "类型" | "机构类型" => "kind",
        "role" | "角色" | "医联体角色" => "role",
        "consortium" | "医联体" | "医疗集团" | "集团" | "医共体" | "所属集团" | "所属医联体" => "consortium",
        "district" | "区县" | "县区" | "县(市,区)" => "district",
        "county" | "县" => "county",
        "city" | "市" | "地市" => "city",
        "joined" | "加入月份" | "加入时间" => "joined",
        "left" | "退出月份" | "退出时间" => "left",
        "opened" | "开业月份" | "开业时间" => "opened",
        "closed" | "停业月份" | "停业时间" => "closed",
        "aliases" | "别名" | "曾用名" => "aliases",
        _ => return header.trim().to_owned(),
    };
    known.to_owned()
}

/// The canonical value of an attribute: 基层 → primary for `tier`, 牵头 → lead for `role`.
pub fn canonical_value(attribute: &str, value: &str) -> String {
    if !matches!(attribute, "tier" | "role") {
        return value.trim().to_owned();
    }
    let plain = normalise(value);
    let known = match (attribute, plain.as_str()) {
        ("tier", "tertiary" | "三级" | "三级医院") => "tertiary",
        ("tier", "secondary" | "二级" | "二级医院") => "secondary",
        ("tier", "primary" | "基层" | "基层医疗卫生机构") => "primary",
        ("role", "lead" | "牵头" | "牵头医院" | "牵头单位") => "lead",
        ("role", "member" | "成员" | "成员单位") => "member",
        ("role", "unit" | "考核对象") => "unit",
        _ => return value.trim().to_owned(),
    };
    known.to_owned()
}

/// The word for a column of the registry; an extra attribute is its own word.
pub fn attribute_word(name: &str) -> Text {
    match name {
        "tier" => Text::new("级别", "tier"),
        "kind" => Text::new("类别", "kind"),
        "role" => Text::new("角色", "role"),
        "consortium" => Text::new("医联体", "consortium"),
        "district" => Text::new("区县", "district"),
        "county" => Text::new("县", "county"),
        "city" => Text::new("市", "city"),
        other => Text::same(other),
    }
}

/// The word for a canonical value of an attribute; a free value is its own word.
pub fn value_word(attribute: &str, value: &str) -> Text {
    match (attribute, value) {
        ("tier", "tertiary") => Text::new("三级", "tertiary"),
        ("tier", "secondary") => Text::new("二级", "secondary"),
        ("tier", "primary") => Text::new("基层", "primary"),
        ("role", "lead") => Text::new("牵头", "lead"),
        ("role", "member") => Text::new("成员", "member"),
        ("role", "unit") => Text::new("考核对象", "unit"),
        (_, other) => Text::same(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is shown is read back as what was meant.
    #[test]
    fn words_of_columns_and_values_mean_them() {
        for name in ["tier", "kind", "role", "consortium", "district", "county", "city"] {
            let word = attribute_word(name);
            assert_eq!((canonical_column(&word.zh).as_str(), canonical_column(&word.en).as_str()), (name, name));
        }
        for (attribute, value) in
            [("tier", "tertiary"), ("tier", "secondary"), ("tier", "primary"), ("role", "lead"), ("role", "member"), ("role", "unit")]
        {
            let word = value_word(attribute, value);
            assert_eq!(canonical_value(attribute, &word.zh), value);
            assert_eq!(canonical_value(attribute, &word.en), value);
        }
    }

    fn month(text: &str) -> Month {
        text.parse::<Span>().expect("a month").first()
    }

    fn organisation(code: &str, name: &str, stays: Vec<Stay>) -> Organisation {
        Organisation { code: code.into(), name: name.into(), aliases: vec![], opened: None, closed: None, stays }
    }

    fn stay(joined: Option<&str>, left: Option<&str>, tier: &str) -> Stay {
        let attributes = BTreeMap::from([("tier".to_owned(), tier.to_owned())]);
        Stay { joined: joined.map(month), left: left.map(month), attributes: Arc::new(attributes) }
    }

    /// O1: rows are disjoint or they overlap; blank bounds mean always.
    #[test]
    fn rows_overlap_if_they_share_a_month() {
        let first = stay(None, Some("2025-03"), "primary");
        assert!(!first.overlaps(&stay(Some("2025-04"), None, "primary")));
        assert!(first.overlaps(&stay(Some("2025-03"), None, "primary")));
        assert!(first.overlaps(&stay(None, None, "primary")));
    }

    /// O5: attributes are those of the last row in force in the assessed window.
    #[test]
    fn attributes_come_from_the_last_row_in_force() {
        let stays = vec![stay(None, Some("2025-03"), "primary"), stay(Some("2025-04"), None, "secondary")];
        let org = organisation("A", "甲", stays);
        let tier = |text: &str| org.stay_for(text.parse().expect("a window")).and_then(|stay| stay.attributes.get("tier").cloned());
        assert_eq!(tier("2025").as_deref(), Some("secondary"));
        assert_eq!(tier("2024").as_deref(), Some("primary"));
    }

    /// There may be a million of them, and most exports have the codes.
    #[test]
    fn a_code_is_found_without_the_names_and_as_with_them() {
        let former = Alias { name: "甲站".into(), from: None, until: Some(month("2024-12")) };
        let registry = || {
            let mut all = vec![organisation("b2", "B1", vec![]), organisation("B1", "乙", vec![]), organisation("C", "b2", vec![])];
            all[2].aliases = vec![former.clone()];
            Registry::new(all, vec![])
        };
        let codes = registry();
        let found = ["B1", "C", "b2"].map(|code| codes.find(code));
        assert_eq!(found, [Some(OrgId(0)), Some(OrgId(1)), Some(OrgId(2))]);
        assert!(codes.spellings.get().is_none());
        let named = registry();
        assert_eq!((named.find("乙"), named.dated("甲站"), named.dated("C")), (Some(OrgId(0)), Some(OrgId(1)), None));
        assert!(named.spellings.get().is_some());
        assert_eq!(["B1", "C", "b2"].map(|code| named.find(code)), found);
        assert_eq!((codes.find("B2"), codes.find("c")), (Some(OrgId(2)), Some(OrgId(1))));
        let undated = Registry::new(vec![organisation("A", "甲", vec![])], vec![]);
        assert_eq!(undated.dated("甲"), None);
        assert!(undated.spellings.get().is_none());
    }

    #[test]
    fn a_code_wins_over_a_name_and_a_shared_name_matches_nobody() {
        let registry = Registry::new(
            vec![
                organisation("B", "人民医院", vec![Stay::default()]),
                organisation("A", "人民医院", vec![Stay::default()]),
                organisation("C", "a", vec![Stay::default()]),
            ],
            vec![],
        );
        assert_eq!(registry.find("人民医院"), None);
        assert_eq!(registry.find(" a "), Some(OrgId(0)));
        assert_eq!(registry.find(""), None);
    }
}
