//! Rules in words that look at no figures: what people judged, and what was scored before.

use std::collections::BTreeMap;

use super::{joined, most, with};
use crate::registry::attribute_word;
use crate::score::kernel::shown::{points, share};
use crate::score::kernel::{ByDate, Combine, Grade, Lateness, Panel, Points};
use crate::score::part::PartRule;
use crate::text::Text;

/// "A 计满分的 100%（含义）".
pub(super) fn graded(scale: &[Grade], text: &BTreeMap<String, Text>) -> Text {
    let grade = |grade: &Grade| {
        let share = share(&grade.share);
        let (zh, en) = (format!("{} 计满分的 {}", grade.id, share.zh), format!("{} {} of full points", grade.id, share.en));
        match text.get(&grade.id) {
            Some(meaning) => Text::new(format!("{zh}（{}）", meaning.zh), format!("{en} ({})", meaning.en)),
            None => Text::new(zh, en),
        }
    };
    let parts: Vec<Text> = scale.iter().map(grade).collect();
    with("按评定等次：", "by grade: ", &joined(&parts, "；", "; "))
}

pub(super) fn points_given(rule: &Points) -> Text {
    let step = rule.step.as_ref().map(points);
    let step = step.map(|step| Text::new(format!("，每档{}", step.zh), format!(", in steps of {}", step.en))).unwrap_or_default();
    Text::new(format!("由一人评分{}", step.zh), format!("points given by one person{}", step.en))
}

pub(super) fn by_date(rule: &ByDate) -> Text {
    let (zh, en) = match rule.every {
        Lateness::Day => ("日", "day"),
        Lateness::Week => ("周", "week"),
        Lateness::Month => ("月", "month"),
    };
    let (lost, most) = (points(&rule.lose), most(rule.lose_most.as_ref()));
    Text::new(
        format!("{} 前完成得满分，每迟一{zh}（不足的按一{zh}计）扣{}{}", rule.due, lost.zh, most.zh),
        format!("full points until {}; {} off per {en} begun after it{}", rule.due, lost.en, most.en),
    )
}

pub(super) fn panel(rule: &Panel) -> Text {
    let mut said = vec![match rule.combine {
        Combine::Mean => Text::new("取各专家评分的平均", "the mean of the experts' points"),
        Combine::Trimmed { from } => Text::new(
            format!("专家 {from} 人及以上时去掉一个最高分和一个最低分后取平均"),
            format!("the mean of the experts' points, from {from} experts on without one highest and one lowest"),
        ),
    }];
    said.push(Text::new(format!("至少 {} 名专家", rule.experts_at_least), format!("at least {} experts", rule.experts_at_least)));
    if let Some(step) = rule.step.as_ref().map(points) {
        said.push(Text::new(format!("每档{}", step.zh), format!("in steps of {}", step.en)));
    }
    if let Some(out_of) = &rule.out_of {
        said.push(Text::new(format!("专家按 {out_of} 分制评分后折算"), format!("given out of {out_of} and converted")));
    }
    joined(&said, "；", "; ")
}

pub(super) fn part(rule: &PartRule) -> Text {
    let weight = rule.weight.as_ref().map(|name| attribute_word(name));
    let weight =
        weight.map(|name| Text::new(format!("，单位按{}加权", name.zh), format!(", units weighted by {}", name.en))).unwrap_or_default();
    let several = if rule.of.len() > 1 { ("，各部分取平均", "; the mean of the parts") } else { ("", "") };
    Text::new(
        format!("按先行评分的部分 {} 的得分率计分{}{}", rule.of.join("、"), weight.zh, several.0),
        format!("by the share of full points reached in {}{}{}", rule.of.join(", "), weight.en, several.1),
    )
}
