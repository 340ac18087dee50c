//! Formulas and conditions in words.

use super::super::fixture::ITEMS;
use super::{formula, scope};
use crate::formula::ItemId;
use crate::text::Text;

fn name(id: ItemId) -> Text {
    let (en, zh, _) = ITEMS[id.0];
    Text::new(zh, en)
}

/// F1, F2, F5, T8: items by name, conditions and windows as phrases, brackets only where the order of steps asks for them.
#[test]
fn formulas_are_said_in_words() {
    for (text, zh, en) in [
        ("visits", "总诊疗人次数", "visits"),
        ("visits[tier = primary]", "总诊疗人次数（级别为基层）", "visits (tier primary)"),
        ("discharges[role = unit]", "出院人数（考核对象自身一行）", "discharges (the unit's own row)"),
        ("visits@baseline - visits@previous", "基期总诊疗人次数 − 上年同期总诊疗人次数", "visits in the baseline − visits a year before"),
        ("(visits + beds) * 2 / (beds - 1)", "(总诊疗人次数 + 床位) × 2 ÷ (床位 − 1)", "(visits + beds) × 2 ÷ (beds − 1)"),
        ("visits - (beds - 1)", "总诊疗人次数 − (床位 − 1)", "visits − (beds − 1)"),
        ("visits / (beds * 2)", "总诊疗人次数 ÷ (床位 × 2)", "visits ÷ (beds × 2)"),
        ("-(visits + 1)", "−(总诊疗人次数 + 1)", "−(visits + 1)"),
        ("count[specialist_sessions > 0]", "机构数（专家坐诊次数 > 0）", "number of institutions (specialist_sessions > 0)"),
        ("each(visits / beds)", "各机构之和(总诊疗人次数 ÷ 床位)", "sum over institutions of (visits ÷ beds)"),
        ("max(visits, abs(beds - 3))", "最大值(总诊疗人次数、|床位 − 3|)", "largest of (visits, |beds − 3|)"),
        ("beds * window_days", "床位 × 期间天数", "beds × days of the period"),
    ] {
        let words = formula(text).in_words(&name);
        assert_eq!((words.zh.as_str(), words.en.as_str()), (zh, en), "{text}");
    }
}

/// F3: not, and, or; of values written in both languages each language says its own.
#[test]
fn conditions_are_said_in_words() {
    for (text, zh, en) in [
        ("kind != tcm", "类别不为tcm", "kind not tcm"),
        ("not (tier = primary or role = lead)", "非：(级别为基层或角色为牵头)", "not (tier primary or role lead)"),
        ("tier in (primary, secondary) and role = member", "级别为基层或二级且角色为成员", "tier primary or secondary and role member"),
        ("opened_year >= 2020", "opened_year ≥ 2020", "opened_year ≥ 2020"),
    ] {
        let words = scope(text).in_words(&name);
        assert_eq!((words.zh.as_str(), words.en.as_str()), (zh, en), "{text}");
    }
}
