//! The branches of a rule, and which of them an example goes through.

use crate::formula::Window;
use crate::lint::coverage::Facts;
use crate::number::Exact;
use crate::score::criteria::{Criterion, MixPart, Rule};
use crate::score::deduction::{Counted, Deduction, DeductionKind};
use crate::score::judgement::yes_or_no;
use crate::score::kernel::{Baseline, Improve, Outcome, Rise, Shown, read_date};
use crate::text::Text;

/// A branch: where in the rule it is, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Branch {
    /// Which one, `2/fall` for the branch `fall` of the second part.
    pub(super) key: String,
    /// Its name.
    pub(super) name: Text,
}

/// Every branch of a rule, in the order of its parameters.
pub(super) fn all(rule: &Rule) -> Vec<Branch> {
    let branch = |key: &str, zh: &str, en: &str| Branch { key: key.to_owned(), name: Text::new(zh, en) };
    let too_few = || branch("few", "同类不足 3 个", "fewer than 3 peers");
    match rule {
        Rule::Ratio(_) | Rule::Task { .. } => vec![branch("full", "达到目标", "at the target"), branch("short", "未达目标", "short of it")],
        Rule::Linear(_) => {
            vec![branch("start", "起点及以下", "at the start"), branch("between", "其间", "between"), branch("full", "满分", "full")]
        }
        Rule::Bands(bands) => {
            let name = |at: usize| bands.bands[at].when.name(|edge| Text::same(edge.to_string()));
            (0..bands.bands.len()).map(|at| Branch { key: at.to_string(), name: name(at) }).collect()
        }
        Rule::Steps(rule) => {
            let cap = rule.loss.lose_most.as_ref().map(|_| branch("cap", "扣到上限", "the most lost"));
            [branch("full", "达到目标", "at the target"), branch("short", "扣分", "points off")].into_iter().chain(cap).collect()
        }
        Rule::Tiers(rule) => {
            let tier = |tier: &crate::score::kernel::Tier| {
                branch(&tier.from.to_string(), &format!("{} 起", tier.from), &format!("from {}", tier.from))
            };
            rule.tiers.iter().map(tier).collect()
        }
        Rule::Range(_) => {
            vec![
                branch("below", "低于范围", "below the range"),
                branch("within", "范围内", "within"),
                branch("above", "高于范围", "above it"),
            ]
        }
        Rule::Improve { rule, or_else } => of_improve(rule, or_else.as_deref()),
        Rule::BestOf(rules) => rules.iter().enumerate().flat_map(|(at, rule)| inside(at, rule)).collect(),
        Rule::Mix(parts) => parts.iter().enumerate().flat_map(|(at, part)| inside(at, &part.rule)).collect(),
        Rule::Deduct(list) => {
            let entry = |(at, entry): (usize, &Deduction)| {
                let name = &entry.name;
                Branch { key: at.to_string(), name: Text::new(format!("扣：{}", name.zh), format!("off: {}", name.en)) }
            };
            list.iter().enumerate().map(entry).chain([branch("none", "不扣分", "nothing off")]).collect()
        }
        Rule::Peer(_) => vec![branch("full", "达到同类", "at the peers' figure"), branch("short", "低于同类", "short of it"), too_few()],
        Rule::Percentile(_) => vec![branch("place", "按位次", "by place"), too_few()],
        Rule::Rank(places) => {
            let place = |at: usize| branch(&at.to_string(), &format!("第 {} 名", at + 1), &format!("place {}", at + 1));
            (0..places.shares.len()).map(place).chain([too_few()]).collect()
        }
        judged => of_judged(judged),
    }
}

fn of_judged(rule: &Rule) -> Vec<Branch> {
    let branch = |key: &str, zh: &str, en: &str| Branch { key: key.to_owned(), name: Text::new(zh, en) };
    match rule {
        Rule::Graded { scale, .. } => scale.iter().map(|grade| branch(&grade.id, &grade.id, &grade.id)).collect(),
        Rule::Met => vec![branch("yes", "是", "yes"), branch("no", "否", "no")],
        Rule::Evidence(_) => vec![branch("full", "材料齐全", "all documents"), branch("short", "材料不足", "too few")],
        Rule::ByDate(_) => vec![branch("full", "按期", "in time"), branch("short", "逾期", "late")],
        Rule::Part(_) => vec![branch("totals", "部分的得分", "totals of parts")],
        Rule::Points(_) | Rule::Panel(_) => vec![branch("points", "评分", "points given")],
        _ => Vec::new(),
    }
}

fn of_improve(rule: &Improve, or_else: Option<&Rule>) -> Vec<Branch> {
    let branch = |key: &str, zh: &str, en: &str| Branch { key: key.to_owned(), name: Text::new(zh, en) };
    let plateau = rule.plateau.as_ref().map(|_| branch("plateau", "已达平台值", "on the plateau"));
    let part = matches!(rule.rise, Rise::AtLeast(_)).then(|| branch("part", "改善不足", "part of the rise"));
    let fixed = [branch("fall", "变差", "worse"), branch("flat", "持平", "no change")];
    let else_ = match or_else {
        Some(rule) => all(rule).into_iter().map(|inner| within("else", &Text::new("无可比基期", "no baseline"), &inner)).collect(),
        None => vec![branch("else", "无可比基期", "no baseline")],
    };
    plateau.into_iter().chain(fixed).chain(part).chain([branch("rise", "改善", "better")]).chain(else_).collect()
}

fn inside(at: usize, rule: &Rule) -> Vec<Branch> {
    let number = Text::new(format!("第 {} 部分", at + 1), format!("part {}", at + 1));
    all(rule).into_iter().map(|inner| within(&at.to_string(), &number, &inner)).collect()
}

fn within(key: &str, name: &Text, inner: &Branch) -> Branch {
    let name = Text::new(format!("{}：{}", name.zh, inner.name.zh), format!("{}: {}", name.en, inner.name.en));
    Branch { key: format!("{key}/{}", inner.key), name }
}

/// The keys of the branches that this example goes through.
pub(super) fn reached(rule: &Rule, full: &Exact, indicator: Option<usize>, facts: Facts) -> Vec<String> {
    match rule {
        Rule::BestOf(rules) => best_of(rules, full, indicator, facts),
        Rule::Mix(parts) => {
            let part = |(at, part): (usize, &MixPart)| keyed(at, reached(&part.rule, &part.points, part.indicator.or(indicator), facts));
            parts.iter().enumerate().flat_map(part).collect()
        }
        Rule::Deduct(list) => {
            let costs = |(at, entry): (usize, &Deduction)| costs(&entry.kind, facts).then(|| at.to_string());
            let some: Vec<String> = list.iter().enumerate().filter_map(costs).collect();
            if some.is_empty() { vec!["none".to_owned()] } else { some }
        }
        Rule::Improve { rule, or_else } => improve(rule, or_else.as_deref(), full, indicator, facts),
        rule => one(rule, indicator, facts).into_iter().collect(),
    }
}

/// Only the part whose points are taken.
fn best_of(rules: &[Rule], full: &Exact, indicator: Option<usize>, facts: Facts) -> Vec<String> {
    let mut best: Option<(usize, Exact)> = None;
    for (at, rule) in rules.iter().enumerate() {
        let alone = Criterion { rule: rule.clone(), cases: Vec::new(), indicator, points: full.clone(), ..facts.criterion.clone() };
        let points = facts.worked.score(&alone, facts.criteria, facts.catalogue).unrounded;
        if let Some(points) = points.filter(|points| best.as_ref().is_none_or(|(_, known)| points > known)) {
            best = Some((at, points));
        }
    }
    let taken = best.and_then(|(at, _)| Some((at, rules.get(at)?)));
    taken.map(|(at, rule)| keyed(at, reached(rule, full, indicator, facts))).unwrap_or_default()
}

fn keyed(at: usize, keys: Vec<String>) -> Vec<String> {
    keys.into_iter().map(|key| format!("{at}/{key}")).collect()
}

fn improve(rule: &Improve, or_else: Option<&Rule>, full: &Exact, indicator: Option<usize>, facts: Facts) -> Vec<String> {
    let Some(value) = facts.value(indicator, Window::Assessed) else { return Vec::new() };
    let one = |key: &str| vec![key.to_owned()];
    if rule.plateau.as_ref().is_some_and(|plateau| rule.direction.reaches(&value, plateau)) {
        return one("plateau");
    }
    let base = facts.value(indicator, Window::Baseline);
    let numerator = facts.measure(indicator, Window::Baseline).and_then(|measure| measure.numerator.clone());
    let baseline = match (&base, &numerator) {
        (Some(value), Some(numerator)) => Baseline::Measured { value, numerator },
        _ => Baseline::NotApplicable,
    };
    let unit = Text::default();
    match rule.score(&value, baseline, &Exact::one(), &Shown { unit: &unit, decimals: 0 }) {
        Outcome::Evaluated(verdict) => {
            let said = verdict.reason.first().map_or("", |said| said.phrase.id);
            one(match said {
                "improve/flat" | "improve/small" => "flat",
                "improve/fall" => "fall",
                "improve/part" => "part",
                _ => "rise",
            })
        }
        Outcome::OrElse(_) | Outcome::NotEvaluable(_) => match or_else {
            Some(rule) => reached(rule, full, indicator, facts).into_iter().map(|key| format!("else/{key}")).collect(),
            None => one("else"),
        },
    }
}

/// The one branch of a rule without others inside it.
fn one(rule: &Rule, indicator: Option<usize>, facts: Facts) -> Option<String> {
    let value = || facts.value(indicator, Window::Assessed);
    let key = match rule {
        Rule::Ratio(rule) => short(rule.direction.reaches(&value()?, &rule.target)),
        Rule::Task { item, direction, .. } => {
            let span = facts.measure(indicator, Window::Assessed)?.span;
            short(direction.reaches(&value()?, &facts.worked.unit.target(item, span)?.value))
        }
        Rule::Linear(rule) => {
            let way = (&value()? - &rule.zero).checked_div(&(&rule.full - &rule.zero))?;
            if way >= Exact::one() {
                "full"
            } else if way > Exact::zero() {
                "between"
            } else {
                "start"
            }
        }
        Rule::Bands(bands) => {
            let value = value()?;
            return bands.bands.iter().position(|band| band.when.holds(&value)).map(|at| at.to_string());
        }
        Rule::Steps(rule) => {
            let value = value()?;
            let unit = Text::default();
            let lost = rule.lost(&value, &Shown { unit: &unit, decimals: 0 }).points;
            if rule.loss.lose_most.as_ref() == Some(&lost) { "cap" } else { short(rule.direction.reaches(&value, &rule.target)) }
        }
        Rule::Tiers(rule) => {
            let value = value()?;
            return rule.tiers.iter().rfind(|tier| tier.from <= value).map(|tier| tier.from.to_string());
        }
        Rule::Range(rule) => {
            let value = value()?;
            if value < rule.low {
                "below"
            } else if value > rule.high {
                "above"
            } else {
                "within"
            }
        }
        Rule::Peer(_) | Rule::Percentile(_) | Rule::Rank(_) => return among_peers(rule, indicator, facts),
        judged => return of_judgement(judged, facts),
    };
    Some(key.to_owned())
}

fn short(is_reached: bool) -> &'static str {
    if is_reached { "full" } else { "short" }
}

fn among_peers(rule: &Rule, indicator: Option<usize>, facts: Facts) -> Option<String> {
    let value = facts.value(indicator, Window::Assessed)?;
    let peers = facts.worked.values(indicator?);
    let unit = Text::default();
    let shown = Shown { unit: &unit, decimals: 0 };
    let outcome = match rule {
        Rule::Peer(rule) => rule.score(&value, peers, &Exact::one(), &shown),
        Rule::Percentile(rule) => rule.score(&value, peers, &Exact::one(), &shown),
        Rule::Rank(rule) => rule.score(&value, peers, &Exact::one(), &shown),
        _ => return None,
    };
    let Outcome::Evaluated(verdict) = outcome else { return Some("few".to_owned()) };
    Some(match rule {
        Rule::Peer(_) => short(verdict.points == Exact::one()).to_owned(),
        Rule::Rank(places) => {
            let better = peers.iter().filter(|peer| !places.direction.reaches(&value, peer)).count();
            better.min(places.shares.len().saturating_sub(1)).to_string()
        }
        _ => "place".to_owned(),
    })
}

fn of_judgement(rule: &Rule, facts: Facts) -> Option<String> {
    let text = facts.judged("")?;
    Some(match rule {
        Rule::Graded { .. } => text.to_owned(),
        Rule::Met => if yes_or_no(text)? { "yes" } else { "no" }.to_owned(),
        Rule::Evidence(rule) => short(text.parse::<Exact>().ok()? >= Exact::from(i64::from(rule.required))).to_owned(),
        Rule::ByDate(rule) => short(read_date(text)? <= rule.due).to_owned(),
        _ => "points".to_owned(),
    })
}

/// Whether an entry of a list takes points off.
fn costs(kind: &DeductionKind, facts: Facts) -> bool {
    let number = |part: &str| facts.judged(part).and_then(|text| text.parse::<Exact>().ok());
    let measured = |indicator: &usize| facts.value(Some(*indicator), Window::Assessed);
    match kind {
        DeductionKind::Steps { indicator, rule } => measured(indicator).is_some_and(|value| !rule.direction.reaches(&value, &rule.target)),
        DeductionKind::When { indicator, rule } => measured(indicator).is_some_and(|value| rule.when.holds(&value)),
        DeductionKind::Each { of: Counted::Measured(indicator), rule } => measured(indicator).is_some_and(|value| value > rule.over),
        DeductionKind::Each { of: Counted::Judged(part), rule } => number(part).is_some_and(|count| count > rule.over),
        DeductionKind::Absent { of, .. } => of.iter().any(|part| facts.judged(part).and_then(yes_or_no) == Some(false)),
        DeductionKind::Discretion { part, .. } => number(part).is_some_and(|points| !points.is_zero()),
    }
}
