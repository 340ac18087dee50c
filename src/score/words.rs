//! Scoring rules in words: what the published sheet calls 评分办法, made from the parameters.

mod judged;

use crate::catalogue::{Indicator, unit_word};
use crate::number::Exact;
use crate::score::deduction::{Counted, Deduction, DeductionKind};
use crate::score::kernel::shown::{after_word, before_word, points, share};
use crate::score::kernel::{
    Absent, Against, Award, Bands, By, Count, Direction, Each, Evidence, Improve, Linear, Lines, Loss, Peer, Per, Percentile, Places,
    Range, Ratio, Rise, Shown, Steps, Tier, Tiers, Ties,
};
use crate::score::rule::{MixPart, Rule};
use crate::text::Text;

/// What a rule speaks about.
#[derive(Debug, Clone, Copy)]
pub struct Speaker<'a> {
    /// All indicators; indices of rules count into them.
    pub indicators: &'a [Indicator],
    /// The indicator that is scored; none for what is judged.
    pub indicator: Option<usize>,
}

impl Speaker<'_> {
    /// The rule in a sentence without full stop.
    pub fn rule(&self, rule: &Rule) -> Text {
        match rule {
            Rule::Ratio(rule) => self.ratio(rule),
            Rule::Task { item, direction, pro_rata } => self.task(item, *direction, *pro_rata),
            Rule::Linear(rule) => self.linear(rule),
            Rule::Bands(rule) => self.bands(rule),
            Rule::Steps(rule) => self.steps(rule),
            Rule::Tiers(rule) => self.tiers(rule),
            Rule::Range(rule) => self.range(rule),
            Rule::Improve { rule, or_else } => self.improve(rule, or_else.as_deref()),
            Rule::BestOf(rules) => {
                let parts: Vec<Text> = rules.iter().map(|rule| self.rule(rule)).collect();
                with("取最优：", "the best of: ", &numbered(&parts))
            }
            Rule::Mix(parts) => self.mix(parts),
            Rule::Deduct(list) => {
                let parts: Vec<Text> = list.iter().map(|entry| self.deduction(entry)).collect();
                with("从满分起扣，扣完为止：", "off full points, never below 0: ", &joined(&parts, "；", "; "))
            }
            Rule::Peer(rule) => self.peer(rule),
            Rule::Percentile(rule) => percentile(*rule),
            Rule::Rank(places) => rank(places),
            Rule::Graded { scale, text } => judged::graded(scale, text),
            Rule::Met => Text::new("评定符合得满分，不符合不得分", "full points if judged met, else none"),
            Rule::Evidence(Evidence { required }) => Text::new(
                format!("{required} 份佐证材料得满分，不足按比例计分"),
                format!("full points for {required} pieces of evidence, in proportion below"),
            ),
            Rule::Points(rule) => judged::points_given(rule),
            Rule::ByDate(rule) => judged::by_date(rule),
            Rule::Panel(rule) => judged::panel(rule),
            Rule::Part(rule) => judged::part(rule),
            Rule::Monitor => Text::new("只监测，不计分", "shown only, no points"),
        }
    }

    fn shown<T>(&self, indicator: Option<usize>, say: impl Fn(&Shown) -> T) -> T {
        let described = indicator.and_then(|index| self.indicators.get(index));
        let unit = described.map(|indicator| unit_word(&indicator.unit)).unwrap_or_default();
        say(&Shown { unit: &unit, decimals: described.map_or(2, |indicator| indicator.decimals) })
    }

    /// A threshold as written, with the unit, to stand before a Chinese word.
    fn at(&self, number: &Exact) -> Text {
        before_word(&self.shown(self.indicator, |shown| shown.threshold(number, number)))
    }

    /// The same between two Chinese words.
    fn amid(&self, number: &Exact) -> Text {
        after_word(&self.at(number))
    }

    /// Lines of attention and alarm: "关注线 45%，预警线 40%".
    pub fn lines(&self, lines: &Lines) -> Text {
        let line = |zh: &str, en: &str, number: Option<&Exact>| {
            let at = self.shown(self.indicator, |shown| number.map(|number| shown.threshold(number, number)));
            at.map(|at| Text::new(format!("{zh} {}", at.zh), format!("{en} {}", at.en)))
        };
        let both = [line("关注线", "attention at", lines.warn.as_ref()), line("预警线", "alarm at", lines.alarm.as_ref())];
        joined(&both.into_iter().flatten().collect::<Vec<_>>(), "，", ", ")
    }

    fn name(&self, indicator: usize) -> Text {
        self.indicators.get(indicator).map(|indicator| indicator.name.clone()).unwrap_or_default()
    }

    /// The same rule about another indicator.
    fn about(self, indicator: usize) -> Self {
        Self { indicator: Some(indicator), ..self }
    }

    fn ratio(&self, rule: &Ratio) -> Text {
        let target = self.amid(&rule.target);
        match rule.direction {
            Direction::Higher => {
                Text::new(format!("达到{}得满分，不足按比例计分", target.zh), format!("full points at {}, in proportion below", target.en))
            }
            Direction::Lower => Text::new(
                format!("不超过{}得满分，超过的按目标÷实际值计分", target.zh),
                format!("full points at {} or less, target ÷ value beyond", target.en),
            ),
        }
    }

    fn task(&self, item: &str, direction: Direction, pro_rata: bool) -> Text {
        let named = self.indicators.iter().find(|indicator| indicator.id == item).map(|indicator| indicator.name.clone());
        let item = named.unwrap_or_else(|| Text::same(item));
        let months = if pro_rata { ("，按月数折算", ", taken in proportion to the months") } else { ("", "") };
        let (zh, en) = match direction {
            Direction::Higher => ("完成得满分，不足按比例计分", "full points where it is reached, in proportion below"),
            Direction::Lower => ("不超过得满分，超过的按任务÷实际值计分", "full points where it is not exceeded, target ÷ value beyond"),
        };
        Text::new(
            format!("下达给本单位的任务（{}）{}：{zh}", item.zh, months.0),
            format!("against the unit's own target ({}){}: {en}", item.en, months.1),
        )
    }

    fn linear(&self, rule: &Linear) -> Text {
        let (zero, full) = (self.at(&rule.zero), self.at(&rule.full));
        let base = share(&rule.base);
        let start = if rule.base.is_zero() {
            Text::new("不得分", "nothing")
        } else {
            Text::new(format!("计满分的 {}", base.zh), format!("{} of them", base.en))
        };
        Text::new(
            format!("{}得满分，{}{}，其间按比例", full.zh, zero.zh, start.zh),
            format!("full points at {}, {} at {}, in proportion between", full.en, start.en, zero.en),
        )
    }

    fn bands(&self, rule: &Bands) -> Text {
        let parts: Vec<Text> = rule
            .bands
            .iter()
            .map(|band| {
                let when = band.when.name(|edge| self.shown(self.indicator, |shown| shown.threshold(edge, edge)));
                let award = match &band.award {
                    Award::Points(award) => points(award),
                    Award::Grade(grade) => Text::same(format!(" {}（{}）", grade.id, share(&grade.share).zh)),
                };
                Text::new(format!("{}{}", when.zh, award.zh), format!("{}: {}", when.en, award.en.trim_start()))
            })
            .collect();
        joined(&parts, "；", "; ")
    }

    fn steps(&self, rule: &Steps) -> Text {
        let (target, loss) = (self.amid(&rule.target), self.loss(&rule.loss, ("目标", "target")));
        let (zh, en) = if rule.direction == Direction::Higher { ("达到", "at") } else { ("不超过", "up to") };
        Text::new(format!("{zh}{}得满分，{}", target.zh, loss.zh), format!("full points {en} {}; {}", target.en, loss.en))
    }

    fn tiers(&self, rule: &Tiers) -> Text {
        let tier = |tier: &Tier| {
            let (from, each) = (self.amid(&tier.from), points(&tier.each));
            Text::new(format!("{}起每单位得{}", from.zh, each.zh), format!("{} for each from {}", each.en, from.en))
        };
        let parts: Vec<Text> = rule.tiers.iter().map(tier).collect();
        with("分段累计，以满分为限：", "added up by tier, no more than full points: ", &joined(&parts, "，", ", "))
    }

    fn peer(&self, rule: &Peer) -> Text {
        let (zh, en) = if rule.against == Against::Mean { ("平均", "mean") } else { ("中位数", "median") };
        let loss = self.loss(&rule.loss, (zh, en));
        Text::new(format!("达到同类{zh}得满分，{}", loss.zh), format!("full points at the peer {en}; {}", loss.en))
    }

    fn range(&self, rule: &Range) -> Text {
        let (low, high, loss) = (self.at(&rule.low), self.amid(&rule.high), self.loss(&rule.loss, ("界限", "limit")));
        Text::new(
            format!("{}至{}之间得满分，区间外{}", low.zh, high.zh, loss.zh),
            format!("full points from {} to {}; outside, {}", low.en, high.en, loss.en),
        )
    }

    /// "每差 2 个百分点扣 0.5 分（不足一步不扣），最多扣 3 分".
    fn loss(&self, loss: &Loss, of: (&str, &str)) -> Text {
        let every = match loss.per {
            Per::Points => self.shown(self.indicator, |shown| shown.step(&loss.every)),
            Per::Percent => Text::new(format!("{}的 {}%", of.0, loss.every), format!("{}% of the {}", loss.every, of.1)),
        };
        let (zh, en) = match loss.count {
            Count::Floor => ("（不足一步不扣）", "full "),
            Count::Ceil => ("（不足一步按一步扣）", "begun "),
            Count::Exact => ("（按比例）", ""),
        };
        let lost = points(&loss.lose);
        let most = most(loss.lose_most.as_ref());
        Text::new(format!("每差{}扣{}{zh}{}", spaced(&every), lost.zh, most.zh), format!("{} off per {en}{}{}", lost.en, every.en, most.en))
    }

    fn improve(&self, rule: &Improve, or_else: Option<&Rule>) -> Text {
        let change = |number: &Exact| match rule.by {
            By::Points => self.shown(self.indicator, |shown| shown.written_difference(number)),
            By::Percent => Text::same(format!("{number}%")),
        };
        let (zh, en) = if rule.direction == Direction::Higher { ("提高", "a rise") } else { ("下降", "a fall") };
        let flat = share(&rule.flat);
        let mut said = match &rule.rise {
            Rise::Any => vec![Text::new(format!("较基期{zh}即得满分"), format!("full points for {en} over the baseline"))],
            Rise::AtLeast(rise) => {
                let rise = change(rise);
                vec![Text::new(
                    format!("较基期{zh}{}得满分，其间按比例", spaced(&rise)),
                    format!("full points for {en} of {} over the baseline, in proportion below", rise.en),
                )]
            }
        };
        said.push(Text::new(
            format!("持平计满分的 {}，退步不得分", flat.zh),
            format!("{} of them for no change, none for the opposite", flat.en),
        ));
        if let Some(least) = &rule.least_change {
            let least = change(least);
            said.push(Text::new(format!("变化小于{}视为持平", spaced(&least)), format!("less than {} counts as no change", least.en)));
        }
        if let Some(plateau) = &rule.plateau {
            let plateau = self.amid(plateau);
            said.push(Text::new(format!("达到{}即得满分", plateau.zh), format!("full points at {} in any case", plateau.en)));
        }
        if let Some(least) = &rule.min_base_numerator {
            said.push(Text::new(
                format!("基期分子不足 {least} 时不比较"),
                format!("no comparison with a baseline's numerator below {least}"),
            ));
        }
        if let Some(rule) = or_else {
            said.push(with("不能比较时：", "where there is nothing to compare with: ", &self.rule(rule)));
        }
        joined(&said, "；", "; ")
    }

    fn mix(&self, parts: &[MixPart]) -> Text {
        let part = |part: &MixPart| {
            let own = part.indicator.map_or(*self, |indicator| self.about(indicator));
            let name = part.indicator.map(|indicator| self.name(indicator));
            let (worth, rule) = (points(&part.points), own.rule(&part.rule));
            let of = name.map(|name| Text::new(format!("{}，", name.zh), format!("{}, ", name.en))).unwrap_or_default();
            Text::new(format!("{}{}：{}", of.zh, worth.zh.trim_start(), rule.zh), format!("{}{}: {}", of.en, worth.en, rule.en))
        };
        let parts: Vec<Text> = parts.iter().map(part).collect();
        with("分项相加：", "the sum of: ", &numbered(&parts))
    }

    fn deduction(&self, entry: &Deduction) -> Text {
        let said = match &entry.kind {
            DeductionKind::Steps { indicator, rule } => self.about(*indicator).steps(rule),
            DeductionKind::Each { of, rule } => self.each(of, rule),
            DeductionKind::Absent { of, rule } => return absent(of, rule),
            DeductionKind::When { indicator, rule } => {
                let about = self.about(*indicator);
                let when = rule.when.name(|edge| about.shown(about.indicator, |shown| shown.threshold(edge, edge)));
                let lost = points(&rule.lose);
                Text::new(format!("{}时扣{}", when.zh, lost.zh), format!("{} off where {}", lost.en, when.en))
            }
            DeductionKind::Discretion { rule, .. } => {
                let most = points(&rule.lose_most);
                Text::new(format!("酌情扣分，最多扣{}", most.zh), format!("at discretion, at most {} off", most.en))
            }
        };
        Text::new(format!("{}：{}", entry.name.zh, said.zh), format!("{}: {}", entry.name.en, said.en))
    }

    /// "每 1 例扣 0.5 分", "超过 6 次的，每次扣 …".
    pub fn each(&self, of: &Counted, rule: &Each) -> Text {
        let (one, over) = match of {
            Counted::Measured(indicator) => {
                self.shown(Some(*indicator), |shown| (shown.step(&Exact::one()), shown.written_difference(&rule.over)))
            }
            Counted::Judged(_) => (Text::new("1 项", "one"), Text::new(format!("{} 项", rule.over), rule.over.to_string())),
        };
        let (lost, most) = (points(&rule.lose), most(rule.lose_most.as_ref()));
        let over = (!rule.over.is_zero()).then_some(over);
        let over = over.map(|over| Text::new(format!("超过{}的部分，", spaced(&over)), format!(" beyond {}", over.en))).unwrap_or_default();
        Text::new(
            format!("{}每{}扣{}{}", over.zh, spaced(&one), lost.zh, most.zh),
            format!("{} off for each {}{}{}", lost.en, one.en, over.en, most.en),
        )
    }
}

fn absent(of: &[String], rule: &Absent) -> Text {
    let (lost, most) = (points(&rule.lose), most(rule.lose_most.as_ref()));
    let (zh, en) =
        if rule.once { ("缺任何一项共扣", "off once if any is absent of") } else { ("每缺一项扣", "off for each absent of") };
    Text::new(format!("{}：{zh}{}{}", of.join("、"), lost.zh, most.zh), format!("{} {en} {}{}", lost.en, of.join(", "), most.en))
}

fn percentile(rule: Percentile) -> Text {
    let ties = if rule.ties == Ties::Mean { ("，并列取平均", "; equal values share the mean") } else { ("", "") };
    Text::new(format!("按同类中不优于本单位者的占比计分{}", ties.0), format!("by the share of the peer group that is not better{}", ties.1))
}

fn rank(places: &Places) -> Text {
    let last = places.shares.len();
    let parts: Vec<Text> = places
        .shares
        .iter()
        .enumerate()
        .map(|(at, part)| {
            let part = share(part);
            let (zh, en) = if at + 1 == last { ("及以后", " and later") } else { ("", "") };
            Text::new(format!("第 {} 名{zh} {}", at + 1, part.zh), format!("place {}{en} {}", at + 1, part.en))
        })
        .collect();
    with("按同类名次计满分的：", "by place in the peer group, of full points: ", &joined(&parts, "、", ", "))
}

fn most(most: Option<&Exact>) -> Text {
    let said = most.map(points).map(|most| Text::new(format!("，最多扣{}", most.zh), format!(", at most {}", most.en)));
    said.unwrap_or_default()
}

/// The Chinese text between two Chinese words.
fn spaced(text: &Text) -> String {
    after_word(&before_word(text)).zh
}

fn with(zh: &str, en: &str, text: &Text) -> Text {
    Text::new(format!("{zh}{}", text.zh), format!("{en}{}", text.en))
}

fn joined(parts: &[Text], zh: &str, en: &str) -> Text {
    let of = |word: fn(&Text) -> &str, sign: &str| parts.iter().map(word).collect::<Vec<_>>().join(sign);
    Text::new(of(|text| &text.zh, zh), of(|text| &text.en, en))
}

/// "（1）…；（2）…".
fn numbered(parts: &[Text]) -> Text {
    let number = |(at, part): (usize, &Text)| Text::new(format!("（{}）{}", at + 1, part.zh), format!("({}) {}", at + 1, part.en));
    let parts: Vec<Text> = parts.iter().enumerate().map(number).collect();
    joined(&parts, "；", "; ")
}
