//! The sentences that explain points. A reason is a list of parts; [`sentence`] joins them.
//!
//! A part's id is stable and travels to JSON; its numbers travel beside it.

use crate::number::Exact;
use crate::score::phrases;
use crate::text::{Lang, Phrase, Said, Text};

/// The parts of a reason as one sentence: what was found, then what follows from it. What closes a
/// part of a mix ends with a semicolon, and the next begins afresh.
pub fn sentence(parts: &[Said], lang: Lang) -> String {
    let mut out = String::new();
    let mut is_first = true;
    let mut last: Option<&Said> = None;
    for part in parts {
        let is_closed = last.is_some_and(|last| phrases::closes_a_part(last.phrase)) || phrases::begins_afresh(part.phrase);
        let is_headed = last.is_some_and(|last| *last.phrase == DEDUCT_OF || *last.phrase == phrases::ADJUSTMENT_OF);
        // What limits the words before it belongs to them.
        let is_continued = *part.phrase == STEPS_NOTHING_LEFT;
        out.push_str(match lang {
            _ if last.is_none() => "",
            Lang::Zh if is_closed => "；",
            Lang::En if is_closed => "; ",
            Lang::Zh if is_headed => "：",
            Lang::Zh => "，",
            Lang::En if is_first && !is_continued => ": ",
            Lang::En => ", ",
        });
        out.push_str(&part.render(lang));
        is_first = is_closed || last.is_none() || is_first && is_continued;
        last = Some(part);
    }
    out
}

/// The part every reason ends with, once the points have been rounded [P9]: `points` of
/// `full_points`, the former with `decimals` places.
pub fn earned(points: &Exact, full_points: &Exact, decimals: u32) -> Said {
    Said::new(&SCORE_POINTS).with("points", points.fixed(decimals)).with("full", full_points.to_string())
}

/// A filled phrase as a text that can stand in a hole of another.
pub fn text(said: &Said) -> Text {
    Text::new(said.render(Lang::Zh), said.render(Lang::En))
}

/// A phrase without holes as a text.
pub fn word(phrase: &'static Phrase) -> Text {
    Text::new(phrase.zh, phrase.en)
}

crate::text::phrases! {
    SCORE_POINTS = "score/points" "得 {points}/{full} 分" "{points} of {full} points";
    PAST_WARN = "lines/warn" "越过关注线 {line}" "past the line of attention, {line}";
    PAST_ALARM = "lines/alarm" "越过预警线 {line}" "past the line of alarm, {line}";
    MONITOR_SHOWN = "monitor/shown" "{value}，只监测，不计分" "{value} is monitored, not scored";

    RATIO_REACHED = "ratio/reached" "{value}，达到目标 {target}" "{value} reaches the target of {target}";
    RATIO_WITHIN = "ratio/within" "{value}，不超过目标 {target}" "{value} does not exceed the target of {target}";
    RATIO_BELOW = "ratio/below" "{value}，低于目标 {target}，为目标的 {share}，按比例计分" "{value} is {share} of the target of {target} and counts in proportion";
    RATIO_ABOVE = "ratio/above" "{value}，高于目标 {target}，目标为其 {share}，按比例计分" "{value} exceeds the target of {target}, which is {share} of it, and counts in proportion";
    RATIO_NOTHING = "ratio/nothing" "{value}，目标 {target}，按比例不得分" "{value} earns nothing in proportion to the target of {target}";

    TIERS = "tiers/earned" "{value}，分段累计得{earned}（{parts}）" "{value} earn {earned} ({parts})";
    TIERS_NOTHING = "tiers/nothing" "{value}，未进入计分段" "{value} lie below the first tier";
    LINEAR_FULL = "linear/full" "{value}，达到满分值 {full}" "{value} reaches {full}, where full points are given";
    LINEAR_BETWEEN = "linear/between" "{value}，在起点 {zero}（满分的 {base}）与满分值 {full}之间，计满分的 {share}" "{value} lies between {zero} ({base} of full points) and {full} (full points) and earns {share}";
    LINEAR_START = "linear/start" "{value}，不优于起点 {zero}，计满分的 {base}" "{value} is no better than {zero}, where the scale starts, and earns {base} of full points";

    BANDS_POINTS = "bands/points" "{value}，属于“{band}”一档，该档{points}" "{value} falls in the band “{band}”, worth {points}";
    BANDS_GRADE = "bands/grade" "{value}，属于“{band}”一档，评为 {grade}，计满分的 {share}" "{value} falls in the band “{band}”, grade {grade}, worth {share} of full points";
    BANDS_NONE = "bands/none" "{value}，不属于任何一档，不得分" "{value} falls in no band and earns nothing";
    BAND_AT_LEAST = "band/at-least" "{edge}及以上" "{edge} or above";
    BAND_ABOVE = "band/above" "高于 {edge}" "above {edge}";
    BAND_AT_MOST = "band/at-most" "{edge}及以下" "{edge} or below";
    BAND_BELOW = "band/below" "低于 {edge}" "below {edge}";
    BAND_BETWEEN = "band/between" "{low} 与 {high} 之间" "between {low} and {high}";
    BAND_EXACTLY = "band/exactly" "恰为 {edge}" "exactly {edge}";
    BAND_OTHERWISE = "band/otherwise" "其他" "any other value";
    BAND_ANY = "band/any" "任何值" "any value";

    STEPS_REACHED = "steps/reached" "{value}，达到{name} {target}" "{value} reaches {name} of {target}";
    STEPS_WITHIN = "steps/within" "{value}，不超过{name} {target}" "{value} does not exceed {name} of {target}";
    STEPS_SHORT = "steps/short" "{value}，{side}{name} {target}，差 {gap}" "{value} is {gap} {side} {name} of {target}";
    STEPS_SHORT_PERCENT = "steps/short-percent" "{value}，{side}{name} {target}，差{name}的 {gap}" "{value} is {side} {name} of {target} by {gap} of it";
    STEPS_UNCOUNTED = "steps/uncounted" "不足{every}，不扣分" "less than {every}, so nothing is lost";
    STEPS_FLOOR = "steps/floor" "每满{every}扣{lose}" "{lose} off per full {every}";
    STEPS_CEIL = "steps/ceil" "每差{every}扣{lose}（不足的按一次计）" "{lose} off per {every} begun";
    STEPS_EXACT = "steps/exact" "每差{every}扣{lose}" "{lose} off per {every}";
    STEPS_LOST = "steps/lost" "扣{lost}" "{lost} lost";
    STEPS_LOST_MOST = "steps/lost-most" "应扣{due}，最多扣{lost}" "{due} due, at most {lost} lost";
    STEPS_NOTHING_LEFT = "steps/nothing-left" "扣完为止" "but never below 0";
    RANGE_WITHIN = "range/within" "{value}，在 {low}至 {high}之间" "{value} lies within {low} to {high}";
    SIDE_BELOW = "side/below" "低于" "below";
    SIDE_ABOVE = "side/above" "高于" "above";
    EDGE_TARGET = "edge/target" "目标" "the target";
    EDGE_LOW = "edge/low" "下限" "the lower limit";
    EDGE_HIGH = "edge/high" "上限" "the upper limit";

    IMPROVE_PLATEAU = "improve/plateau" "{value}，已达到高位线 {plateau}，不再要求改善" "{value} has reached the plateau of {plateau}, beyond which no improvement is asked";
    IMPROVE_RISE = "improve/rise" "{value}，基期 {base}，改善{change}，达到要求的{rise}" "{value} against {base} in the baseline is better by {change}, which reaches the {rise} asked";
    IMPROVE_ANY_RISE = "improve/any-rise" "{value}，基期 {base}，改善{change}" "{value} against {base} in the baseline is better by {change}";
    IMPROVE_PART = "improve/part" "{value}，基期 {base}，改善{change}，未达到要求的{rise}，计满分的 {share}" "{value} against {base} in the baseline is better by {change}, short of the {rise} asked, and earns {share} of full points";
    IMPROVE_FLAT = "improve/flat" "{value}，与基期持平，计满分的 {share}" "{value} is the same as in the baseline and earns {share} of full points";
    IMPROVE_SMALL = "improve/small" "{value}，基期 {base}，变化{change}，小于{least}，视为持平，计满分的 {share}" "{value} against {base} in the baseline differs by {change}, less than {least}, which counts as no change and earns {share} of full points";
    IMPROVE_FALL = "improve/fall" "{value}，基期 {base}，退步{change}，不得分" "{value} against {base} in the baseline is worse by {change} and earns nothing";
    IMPROVE_BASE_SMALL = "improve/base-small" "基期分子为 {numerator}，不足 {least}" "the baseline's numerator is {numerator}, below {least}";
    IMPROVE_BASE_ZERO = "improve/base-zero" "基期为 {base}，无法按百分比比较" "the baseline is {base}, of which no percentage can be taken";
    IMPROVE_BASE_NOT_APPLICABLE = "improve/base-not-applicable" "基期不适用" "the baseline is not applicable";
    IMPROVE_OR_ELSE = "improve/or-else" "改用替代规则" "the substitute rule applies";
    CHANGE_PERCENT = "change/percent" "基期值的 {percent}" "{percent} of the baseline";

    EDGE_PEER_MEAN = "edge/peer-mean" "同类平均" "the peer mean";
    EDGE_PEER_MEDIAN = "edge/peer-median" "同类中位数" "the peer median";
    PEER_TOO_FEW = "peer/too-few" "同类中只有 {count} 个可比数值，不足 3 个" "the peer group has comparable values of {count} only, fewer than 3";
    PEER_PLACE = "peer/place" "{value}，在同类 {count} 个数值中居第 {place} 位，计满分的 {share}" "{value} takes place {place} of {count} in the peer group and earns {share} of full points";
    PEER_PLACE_SHARED = "peer/place-shared" "{value}，在同类 {count} 个数值中与另 {others} 个并列第 {place} 位，计满分的 {share}" "{value} shares place {place} of {count} in the peer group with {others} more and earns {share} of full points";

    EACH_COUNTED = "each/counted" "{value}" "{value}";
    EACH_FREE = "each/free" "{value}，不超过 {over}，不扣分" "{value}, no more than {over}, so nothing is lost";
    EACH_BEYOND = "each/beyond" "{value}，超出 {over} 的有 {beyond}" "{value}, {beyond} more than {over}";
    EACH_RATE = "each/rate" "每{every}扣{lose}" "{lose} off per {every}";
    ABSENT_NONE = "absent/none" "均有，不扣分" "nothing is absent";
    ABSENT_SOME = "absent/some" "缺少{names}" "{names} absent";
    ABSENT_EACH = "absent/each" "每缺一项扣{lose}" "{lose} off for each";
    ABSENT_ONCE = "absent/once" "有缺即扣{lose}" "{lose} off if any is";
    TRIP_YES = "trip/yes" "{value}，属于“{bound}”，扣{lost}" "{value}, {bound}, which costs {lost}";
    TRIP_NO = "trip/no" "{value}，不属于“{bound}”，不扣分" "{value}, not {bound}, so nothing is lost";
    DISCRETION = "deduct/discretion" "酌情扣{lost}（最多{most}）" "{lost} taken off at discretion, of at most {most}";
    DEDUCT_OF = "deduct/of" "“{name}”" "{name}";
    GAIN_NONE = "gain/none" "{value}，不加分" "{value}, so nothing is gained";
    GAIN_FREE = "gain/free" "{value}，不超过 {over}，不加分" "{value}, no more than {over}, so nothing is gained";
    GAIN_RATE = "gain/rate" "每{every}加{gain}" "{gain} for each {every}";
    GAINED = "gain/gained" "加{gained}" "{gained} gained";
    GAINED_MOST = "gain/gained-most" "应加{due}，最多加{gained}" "{due} due, at most {gained} gained";
    GAIN_MET = "gain/met" "已达到，加{gained}" "met, {gained} gained";
    GAIN_NOT_MET = "gain/not-met" "未达到，不加分" "not met, so nothing is gained";
    GAIN_DISCRETION = "gain/discretion" "酌情加{gained}（最多{most}）" "{gained} given at discretion, of at most {most}";
    DEDUCT_TOTAL = "deduct/total" "共扣{lost}" "{lost} lost in all";

    GRADED_GRADE = "graded/grade" "评为 {grade}，计满分的 {share}" "grade {grade}, worth {share} of full points";
    MET_YES = "met/yes" "达到要求" "the requirement is met";
    MET_NO = "met/no" "未达到要求，不得分" "the requirement is not met and earns nothing";
    EVIDENCE_ENOUGH = "evidence/enough" "佐证材料 {count} 份，达到要求的 {required} 份" "evidence on file: {count}, and {required} asked for";
    EVIDENCE_SHORT = "evidence/short" "佐证材料 {count} 份，要求 {required} 份，按比例计分" "evidence on file: {count} of the {required} asked for, counted in proportion";
    DATE_IN_TIME = "date/in-time" "{date} 完成，不晚于期限 {due}" "done on {date}, in time for {due}";
    DATE_LATE = "date/late" "{date} 完成，晚于期限 {due} 共 {late}" "done on {date}, past {due} by {late}, a part counting as one";
    DATE_EVERY = "date/every" "每{every}扣{lose}" "{lose} off per {every}";
    PANEL_MEAN = "panel/mean" "{experts} 名专家评分，平均{mean}（满分 {out_of} 分）" "{experts} experts gave {mean} of {out_of} on average";
    PANEL_TRIMMED = "panel/trimmed" "{experts} 名专家评分，去掉最高 {high} 和最低 {low}，平均{mean}（满分 {out_of} 分）" "{experts} experts, without the highest ({high}) and the lowest ({low}), gave {mean} of {out_of} on average";
    POINTS_GIVEN = "points/given" "评定{points}" "{points} awarded by judgement";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn holes(template: &str) -> BTreeSet<&str> {
        template.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(hole, _)| hole)).collect()
    }

    #[test]
    fn every_phrase_has_its_own_id_and_the_same_holes_in_both_languages() {
        let mut ids = BTreeSet::new();
        for phrase in ALL {
            assert!(ids.insert(phrase.id), "{} stands twice", phrase.id);
            assert_eq!(holes(phrase.zh), holes(phrase.en), "{}", phrase.id);
        }
    }

    #[test]
    fn parts_join_into_one_sentence() {
        let parts = [Said::new(&MET_YES), earned(&Exact::from(3), &Exact::from(3), 2), earned(&Exact::zero(), &Exact::from(1), 0)];
        assert_eq!(sentence(&parts[..1], Lang::En), "the requirement is met");
        assert_eq!(sentence(&parts, Lang::En), "the requirement is met: 3.00 of 3 points, 0 of 1 points");
        assert_eq!(sentence(&parts, Lang::Zh), "达到要求，得 3.00/3 分，得 0/1 分");
    }
}
