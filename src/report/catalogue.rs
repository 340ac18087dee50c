//! Sheets of definitions: items, indicators, checks, criteria, rules.

use crate::catalogue::{Band, Basis, Better, Catalogue, Check, Example, Indicator, Item, unit_word};
use crate::number::Exact;
use crate::report::table::{Cell, Column, Kind, Table};
use crate::score::criteria::Criteria;
use crate::score::rules::{RULES, RuleEntry};
use crate::text::Text;

fn column(id: &str, zh: &str, en: &str) -> Column {
    Column::new(id, Text::new(zh, en), Kind::Text)
}

/// All items.
pub fn items(catalogue: &Catalogue) -> Table {
    let columns = vec![
        column("id", "编号", "Id"),
        column("name", "名称", "Name"),
        column("unit", "单位", "Unit"),
        column("time", "时间口径", "Over time"),
        column("expected_from", "应报机构", "Expected from"),
    ];
    let mut table = Table::new(Text::new("统计项目", "Items"), columns);
    for item in &catalogue.items {
        table.push(vec![
            Cell::text(item.id.as_str()),
            Cell::text(item.name.clone()),
            Cell::text(unit_word(&item.unit)),
            Cell::text(time(item)),
            Cell::text(expected(item, catalogue)),
        ]);
    }
    table
}

/// All indicators.
pub fn indicators(catalogue: &Catalogue) -> Table {
    let columns = vec![
        column("id", "编号", "Id"),
        column("name", "名称", "Name"),
        column("formula", "公式", "Formula"),
        column("unit", "单位", "Unit"),
        column("better", "导向", "Better"),
    ];
    let mut table = Table::new(Text::new("指标", "Indicators"), columns);
    for indicator in &catalogue.indicators {
        table.push(vec![
            Cell::text(indicator.id.as_str()),
            Cell::text(indicator.name.clone()),
            Cell::text(formula(indicator)),
            Cell::text(unit_word(&indicator.unit)),
            Cell::text(better(indicator.better)),
        ]);
    }
    table
}

/// All checks on the data.
pub fn checks(catalogue: &Catalogue) -> Table {
    let columns = vec![
        column("id", "编号", "Id"),
        column("name", "名称", "Name"),
        column("rule", "校验", "Rule"),
        column("severity", "级别", "Severity"),
    ];
    let mut table = Table::new(Text::new("数据校验", "Checks"), columns);
    for check in &catalogue.checks {
        table.push(vec![
            Cell::text(check.id.as_str()),
            Cell::text(check.name.clone()),
            Cell::text(check.says.clone()),
            Cell::text(check.severity.id()),
        ]);
    }
    table
}

/// The criteria of a scheme, under their dimensions.
pub fn criteria(criteria: &Criteria, catalogue: &Catalogue) -> Table {
    let columns = vec![
        column("id", "编号", "Id"),
        column("name", "名称", "Name"),
        column("indicator", "指标", "Indicator"),
        column("rule", "计分", "Rule"),
        column("target", "目标", "Target"),
        Column::new("points", Text::new("分值", "Points"), Kind::Exact),
    ];
    let mut table = Table::new(criteria.title.clone(), columns);
    for (index, dimension) in criteria.dimensions.iter().enumerate() {
        table.section(Text::new(
            format!("{} {}", dimension.name.zh, dimension.points),
            format!("{} {}", dimension.name.en, dimension.points),
        ));
        for criterion in criteria.criteria.iter().filter(|criterion| criterion.dimension == index) {
            let indicator = criterion.indicator.and_then(|index| catalogue.indicators.get(index));
            table.push(vec![
                Cell::text(criterion.id.as_str()),
                Cell::text(criterion.name.clone()),
                Cell::maybe(indicator.map(|indicator| indicator.id.clone())),
                Cell::text(criterion.rule.name()),
                Cell::maybe(criterion.rule.target()),
                Cell::exact(&criterion.points),
            ]);
        }
    }
    table
}

/// All scoring rules.
pub fn rules() -> Table {
    let columns = vec![column("name", "名称", "Name"), column("does", "说明", "What it does"), column("example", "写法", "Example")];
    let mut table = Table::new(Text::new("计分方法", "Scoring rules"), columns);
    for rule in RULES {
        table.push(vec![Cell::text(rule.name), Cell::text(rule.does()), Cell::text(rule.example)]);
    }
    table
}

/// What a new assessment can start from: names, and what each is for.
pub fn templates(all: impl Iterator<Item = (&'static str, Text)>) -> Table {
    let columns = vec![column("name", "名称", "Name"), column("does", "说明", "What it is for")];
    let mut table = Table::new(Text::new("模板与示例", "Templates and examples"), columns);
    for (name, does) in all {
        table.push(vec![Cell::text(name), Cell::text(does)]);
    }
    table
}

/// One item in full.
pub fn item(item: &Item, catalogue: &Catalogue) -> Table {
    let mut card = Card::new(item.name.clone());
    card.line("编号", "Id", item.id.as_str());
    card.line("口径", "Definition", item.definition.clone().unwrap_or_default());
    card.line("单位", "Unit", unit_word(&item.unit));
    card.line("小数位", "Decimals", item.decimals.to_string());
    card.line("时间口径", "Over time", time(item));
    card.line("可否相加", "Additive", if item.additive { Text::new("可以", "yes") } else { Text::new("不可", "no") });
    card.line("应报机构", "Expected from", expected(item, catalogue));
    card.line("别名", "Aliases", item.aliases.join(" · "));
    card.basis(&item.basis);
    card.0
}

/// One indicator in full.
pub fn indicator(indicator: &Indicator, unit: &Text) -> Table {
    let mut card = Card::new(indicator.name.clone());
    card.line("编号", "Id", indicator.id.as_str());
    card.line("口径", "Definition", indicator.definition.clone().unwrap_or_default());
    card.line("分子", "Numerator", indicator.numerator.text.as_str());
    card.line("分母", "Denominator", indicator.denominator.as_ref().map_or("", |formula| formula.text.as_str()));
    card.line("系数", "Factor", indicator.factor.to_string());
    card.line("单位", "Unit", unit.clone());
    card.line("导向", "Better", better(indicator.better));
    card.line("最低层级", "Lowest level", indicator.level.word());
    card.line("合理范围", "Plausible", indicator.plausible.as_ref().map_or_else(String::new, edges));
    card.line("别名", "Aliases", indicator.aliases.join(" · "));
    for example in &indicator.examples {
        card.line("示例", "Example", worked(example));
    }
    card.basis(&indicator.basis);
    card.0
}

/// "0.3..3"; an absent edge is left open.
pub(super) fn edges(band: &Band) -> String {
    let edge = |edge: &Option<Exact>| edge.as_ref().map(Exact::to_string).unwrap_or_default();
    format!("{}..{}", edge(&band.low), edge(&band.high))
}

/// "beds_sunk = 300, beds = 2000 → 15".
pub(super) fn worked(example: &Example) -> String {
    let given: Vec<String> = example.given.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    format!("{} → {}", given.join(", "), example.expect)
}

/// One check in full.
pub fn check(check: &Check) -> Table {
    let mut card = Card::new(check.name.clone());
    card.line("编号", "Id", check.id.as_str());
    card.line("校验", "Rule", check.says.clone());
    card.line("级别", "Severity", check.severity.id());
    card.0
}

/// One scoring rule in full.
pub fn rule(rule: &RuleEntry) -> Table {
    let mut card = Card::new(Text::same(rule.name));
    card.line("说明", "What it does", rule.does());
    card.line("写法", "Example", rule.example);
    card.0
}

/// A table of two columns: what, and how it is.
struct Card(Table);

impl Card {
    fn new(title: Text) -> Self {
        Self(Table::new(title, vec![column("key", "项", "What"), column("value", "内容", "How it is")]))
    }

    fn line(&mut self, zh: &str, en: &str, value: impl Into<Text>) {
        let value = value.into();
        if !value.en.is_empty() || !value.zh.is_empty() {
            self.0.push(vec![Cell::text(Text::new(zh, en)), Cell::text(value)]);
        }
    }

    fn basis(&mut self, basis: &[Basis]) {
        for basis in basis {
            self.line("依据", "Source", source(basis));
        }
    }
}

/// "document, place (read)".
pub(super) fn source(basis: &Basis) -> Text {
    let place = |lang: fn(&Text) -> &str| basis.place.as_ref().map(|place| format!(", {}", lang(place))).unwrap_or_default();
    let zh = format!("{}{} ({})", basis.document.zh, place(|text| &text.zh), basis.confidence.word().zh);
    let en = format!("{}{} ({})", basis.document.en, place(|text| &text.en), basis.confidence.word().en);
    Text::new(zh, en)
}

pub(super) fn formula(indicator: &Indicator) -> String {
    written(&indicator.numerator.text, indicator.denominator.as_ref().map(|below| below.text.as_str()), &indicator.factor)
}

/// "(a + b) / c × 100".
pub(super) fn written(above: &str, below: Option<&str>, factor: &Exact) -> String {
    let part = |text: &str| if text.contains(' ') { format!("({text})") } else { text.to_owned() };
    let quotient = below.map_or_else(|| above.to_owned(), |below| format!("{} / {}", part(above), part(below)));
    if *factor == Exact::one() { quotient } else { format!("{quotient} × {factor}") }
}

pub(super) fn time(item: &Item) -> Text {
    match item.time {
        crate::catalogue::Time::Flow => Text::new("累加", "flow"),
        crate::catalogue::Time::Stock => Text::new("期末", "stock"),
        crate::catalogue::Time::Mean => Text::new("平均", "mean"),
    }
}

pub(super) fn better(better: Better) -> Text {
    match better {
        Better::Higher => Text::new("逐步提高", "higher"),
        Better::Lower => Text::new("逐步降低", "lower"),
        Better::Range => Text::new("区间", "range"),
        Better::Monitor => Text::new("监测比较", "monitor"),
    }
}

pub(super) fn expected(item: &Item, catalogue: &Catalogue) -> String {
    item.expected_from.as_ref().map(|condition| condition.describe(&|id| catalogue.item(id).id.to_string())).unwrap_or_default()
}
