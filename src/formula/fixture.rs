//! A small catalogue and registry for the tests of this room.

use super::names::{ItemName, NameKind, Names};
use super::tree::ItemId;
use crate::diagnostic::{Origin, SourceFile};
use crate::number::Exact;
use crate::text::normalise;

/// Id, Chinese name and unit of the items; the one in `%` is not additive.
pub(crate) const ITEMS: [(&str, &str, &str); 12] = [
    ("visits", "总诊疗人次数", "visit"),
    ("discharges", "出院人数", "person"),
    ("referrals_down_inpatient", "下转住院患者人次", "visit"),
    ("residents_35_plus", "35岁及以上常住人口", "person"),
    ("specialist_sessions", "专家坐诊次数", "1"),
    ("income", "总收入(万元)", "yuan"),
    ("surgery_3", "3级手术", "visit"),
    ("satisfaction", "满意度", "%"),
    ("beds", "床位", "bed"),
    ("bed_days", "实际占用总床日数", "bed·day"),
    ("hypertension_managed", "年内已管理高血压患者人数", "person"),
    ("hypertension_standardised", "规范管理高血压患者人数", "person"),
];

/// Id, Chinese name, and id and Chinese name of each value.
type Attribute = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// Attributes with the values they take.
const ATTRIBUTES: &[Attribute] = &[
    ("tier", "级别", &[("primary", "基层"), ("secondary", "二级"), ("tertiary", "三级")]),
    ("role", "角色", &[("lead", "牵头"), ("member", "成员"), ("unit", "考核对象")]),
    ("kind", "类别", &[("tcm", "中医"), ("general", "综合")]),
    ("opened_year", "开业年份", &[("2020", "2020"), ("0371", "0371")]),
];

pub(crate) struct Fixture;

impl Names for Fixture {
    fn item(&self, name: &str) -> Option<ItemName<'_>> {
        let wanted = normalise(name);
        let at = ITEMS.iter().position(|(id, zh, _)| *id == wanted || normalise(zh) == wanted)?;
        let (_, _, unit) = ITEMS[at];
        Some(ItemName { id: ItemId(at), unit, additive: unit != "%" })
    }

    fn constant(&self, name: &str) -> Option<(Exact, &str)> {
        let value = Exact::from_steps(27, 2);
        (name == "hypertension_prevalence").then_some((value, "1"))
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        ATTRIBUTES.iter().find(|(id, zh, _)| [*id, *zh].contains(&name)).map(|(id, _, _)| *id)
    }

    fn attribute_value(&self, attribute: &str, value: &str) -> Option<String> {
        let (_, _, values) = ATTRIBUTES.iter().find(|(id, _, _)| *id == attribute)?;
        values.iter().find(|(id, zh)| [*id, *zh].contains(&value)).map(|(id, _)| (*id).to_owned())
    }

    fn candidates(&self, kind: NameKind<'_>) -> Vec<&str> {
        match kind {
            NameKind::Figure => ITEMS.iter().flat_map(|(id, zh, _)| [*id, *zh]).collect(),
            NameKind::Attribute => ATTRIBUTES.iter().map(|(id, _, _)| *id).collect(),
            NameKind::Value(attribute) => {
                let values = ATTRIBUTES.iter().find(|(id, _, _)| *id == attribute).map(|(_, _, values)| *values);
                values.unwrap_or_default().iter().map(|(id, _)| *id).collect()
            }
        }
    }
}

/// Where `text` stands as a TOML value: `x = '…'`.
pub(crate) fn origin(text: &str) -> Origin {
    let source = format!("x = '''{text}'''");
    let end = source.len();
    Origin::new(&SourceFile::new("a.toml", source), 4..end)
}

/// The item of this id.
pub(crate) fn item(id: &str) -> ItemId {
    Fixture.item(id).expect("an item of the fixture").id
}
