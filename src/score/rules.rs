//! The scoring rules there are, for `kaohe list rules` and `kaohe show`.

use crate::text::Text;

/// A scoring rule of the criteria language.
#[derive(Debug, PartialEq, Eq)]
pub struct RuleEntry {
    /// Name, as after `score.`.
    pub name: &'static str,
    /// What it does.
    pub does: [&'static str; 2],
    /// As written in TOML.
    pub example: &'static str,
}

impl RuleEntry {
    /// What it does, in both languages.
    pub fn does(&self) -> Text {
        Text::new(self.does[0], self.does[1])
    }
}

const fn rule(name: &'static str, does: [&'static str; 2], example: &'static str) -> RuleEntry {
    RuleEntry { name, does, example }
}

/// All rules, in the order of the language's reference.
pub static RULES: &[RuleEntry] = &[
    rule(
        "ratio",
        ["按与目标之比计分，达到目标得满分", "in proportion to a target, full points at the target"],
        "score.ratio = { target = 65 }",
    ),
    rule(
        "linear",
        ["在起点与满分值之间按比例计分", "straight from one value to another"],
        "score.linear = { zero = 30, full = 60, base = 0.6 }",
    ),
    rule(
        "bands",
        ["按所在档次计分", "by the band a value falls in"],
        "score.bands = [ { at_least = 65, points = 5 }, { otherwise = {}, points = 0 } ]",
    ),
    rule(
        "steps",
        ["距目标每差一步扣若干分", "points off for every step short of a target"],
        "score.steps = { target = 98, every = 5, lose = 0.5, count = \"floor\", per = \"points\" }",
    ),
    rule(
        "tiers",
        ["工作量分段累计得分", "points for every unit of work, at a rate for each tier"],
        "score.tiers = [ { from = 0, each = 0.01 }, { from = 500, each = 0.02 } ]",
    ),
    rule(
        "range",
        ["区间内得满分，超出每一步扣若干分", "full inside a range, points off for every step outside"],
        "score.range = { low = 85, high = 93, every = 1, lose = 0.5, count = \"exact\" }",
    ),
    rule(
        "improve",
        ["按较基期的改善计分", "by the improvement over the baseline"],
        "score.improve = { by = \"points\", rise = 1.0, flat = 0.5 }",
    ),
    rule(
        "best_of",
        ["几种方法取最优", "the best of several rules"],
        "score.best_of = [ { ratio = { target = 65 } }, { improve = { by = \"points\", rise = 1 } } ]",
    ),
    rule(
        "mix",
        ["几部分各有分值，相加", "parts with points of their own, added up"],
        "score.mix = [ { points = 5, score.ratio = { target = 65 } }, { points = 3, score.improve = { by = \"points\", rise = 1 } } ]",
    ),
    rule("graded", ["评定等级", "by a judged grade"], "score.graded = { scale = \"abc\" }"),
    rule("met", ["评定是否达到", "met or not met, as judged"], "score.met = {}"),
    rule("evidence", ["按佐证材料份数计分", "by the number of pieces of evidence"], "score.evidence = { required = 3 }"),
    rule("points", ["一人直接评分", "points given by one person"], "score.points = { step = 0.5 }"),
    rule("monitor", ["只监测，不计分", "shown only, no points"], "score.monitor = {}"),
    rule(
        "deduct",
        ["从满分中逐项扣分，扣完为止", "full points less a list of deductions"],
        "score.deduct = [ { each = { judged = \"未公示制度\", lose = 0.1 } }, { discretion = { id = \"资料\", lose_most = 2 } } ]",
    ),
    rule(
        "peer",
        ["与同类平均或中位数比较", "against the mean or median of the peer group"],
        "score.peer = { against = \"mean\", every = 1, lose = 1, count = \"exact\" }",
    ),
    rule("percentile", ["按同类百分位计分", "by percentile in the peer group"], "score.percentile = { ties = \"mean\" }"),
    rule("rank", ["按同类名次计分", "by rank in the peer group"], "score.rank = [1.0, 0.95, 0.9]"),
    rule(
        "by_date",
        ["按完成日期计分", "by the date something was done"],
        "score.by_date = { due = \"2024-12-31\", every = \"month\", lose = 0.5, count = \"begun\" }",
    ),
    rule(
        "panel",
        ["多名专家评分", "points given by several experts"],
        "score.panel = { combine = \"trimmed\", trim_from = 5, experts_at_least = 3 }",
    ),
    rule(
        "part",
        ["取先行评分的部分的得分率", "by the totals of parts scored before"],
        "score.part = { of = [\"members\"], combine = \"mean\" }",
    ),
];
