//! Items, indicators, constants and checks as entries of the page.

use std::collections::BTreeSet;

use crate::catalogue::{Basis, Catalogue, Check, Form, Indicator, Item, Part, Pooling, unit_word};
use crate::code::Severity;
use crate::formula::{Formula, ItemId};
use crate::number::Exact;
use crate::report::catalogue::{better, edges, formula, source, time, worked};
use crate::report::handbook::anchor::{Kind, anchor, within};
use crate::report::handbook::chosen::Chosen;
use crate::report::handbook::page::{Chapter, Entry, Fact, Grid, Section, Value};
use crate::score::criteria::{Criteria, Criterion};
use crate::score::words::Speaker;
use crate::text::{Lang, Text};

/// What entries are made from.
pub(super) struct Entries<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) criteria: Option<&'a Criteria>,
    pub(super) chosen: &'a Chosen,
    pub(super) lang: Lang,
}

impl Entries<'_> {
    /// The indicators with entries: an item that is scored itself, and the formula of a veto, have none.
    pub(super) fn defined(&self) -> impl Iterator<Item = usize> {
        let indicators = self.chosen.indicators.iter().copied();
        indicators.filter(|index| self.catalogue.parts.iter().any(|part| part.indicators.contains(index)))
    }

    /// A catalogue with those of its entries that are described.
    pub(super) fn chapter(&self, index: usize) -> Option<Chapter> {
        let part = self.catalogue.parts.get(index)?;
        let indicators = part.indicators.clone().filter(|index| self.chosen.indicators.contains(index));
        let indicators = indicators.filter_map(|index| Some(self.indicator(index, self.catalogue.indicators.get(index)?))).collect();
        let items = part.items.clone().map(ItemId).filter(|id| self.chosen.items.contains(id));
        let items = items.filter_map(|id| Some(self.item(id, self.catalogue.items.get(id.0)?))).collect();
        let chapter = anchor(Kind::Catalogue, &part.id);
        let at = |section: &str| within(&chapter, section);
        let sections: [Option<Section>; 4] = [
            Section::entries(at("indicators"), self.say("指标", "Indicators"), indicators, true),
            Section::entries(at("items"), self.say("统计项目", "Items"), items, false),
            Section::table(at("constants"), self.say("估算系数", "Constants"), self.constants(part)),
            Section::table(at("checks"), self.say("数据校验", "Checks"), self.checks(part)),
        ];
        Some(Chapter {
            title: self.pick(&part.title),
            about: self.about(part),
            sections: sections.into_iter().flatten().collect(),
            anchor: chapter,
        })
    }

    fn about(&self, part: &Part) -> Vec<Fact> {
        let required = part.requires.iter().map(|id| {
            let known = self.catalogue.parts.iter().enumerate().find(|(_, other)| other.id == *id);
            let is_here = known.is_some_and(|(index, _)| self.chosen.parts.contains(&index));
            let title = known.map_or_else(|| id.clone(), |(_, other)| self.pick(&other.title));
            Value::text(title).linked(is_here.then(|| anchor(Kind::Catalogue, id)))
        });
        let facts = [
            Fact::new(self.say("指标库", "Catalogue"), vec![Value::code(part.reference.as_str())]),
            Fact::new(self.say("用到的指标库", "Uses"), required.collect()),
            self.sources(&part.basis),
        ];
        facts.into_iter().flatten().collect()
    }

    fn indicator(&self, index: usize, indicator: &Indicator) -> Entry {
        let line = |zh: &str, en: &str, values: Vec<Value>| Fact::new(self.say(zh, en), values);
        let plausible = indicator.plausible.as_ref().map(edges);
        let facts = [
            line("编号", "Id", vec![Value::code(indicator.id.as_str())]),
            self.other_name(&indicator.name),
            line("口径", "Definition", self.maybe(indicator.definition.as_ref())),
            line("公式", "Formula", vec![Value::text(self.in_words(indicator))]),
            line("写法", "As written", vec![Value::code(formula(indicator))]),
            line("分子", "Numerator", vec![Value::code(indicator.numerator.text.as_str())]),
            line("分母", "Denominator", indicator.denominator.iter().map(|below| Value::code(below.text.as_str())).collect()),
            line("单位", "Unit", vec![Value::text(self.pick(&unit_word(&indicator.unit)))]),
            line("小数位", "Decimals", vec![Value::text(indicator.decimals.to_string())]),
            line("导向", "Better", vec![Value::text(self.pick(&better(indicator.better)))]),
            line("类型", "Kind", vec![Value::text(self.pick(&form(indicator.form)))]),
            line("最低层级", "Lowest level", vec![Value::text(self.pick(&indicator.level.word()))]),
            line("汇总", "Put together", vec![Value::text(self.pick(&pooling(indicator)))]),
            line("合理范围", "Plausible", plausible.into_iter().map(Value::text).collect()),
            line("别名", "Other names", indicator.aliases.iter().map(Value::text).collect()),
            line("算例", "Example", indicator.examples.iter().map(|example| Value::code(worked(example))).collect()),
            self.sources(&indicator.basis),
            line("所用项目", "Items used", self.items_of(indicator)),
            line("用于", "Used in", self.uses(index)),
        ];
        Entry {
            anchor: anchor(Kind::Indicator, &indicator.id),
            name: self.pick(&indicator.name),
            facts: facts.into_iter().flatten().collect(),
        }
    }

    fn item(&self, id: ItemId, item: &Item) -> Entry {
        let line = |zh: &str, en: &str, values: Vec<Value>| Fact::new(self.say(zh, en), values);
        let expected = item.expected_from.as_ref().map(|scope| self.pick(&scope.in_words(&|id| self.item_name(id))));
        let additive = if item.additive { Text::new("可以", "yes") } else { Text::new("不可", "no") };
        let facts = [
            line("编号", "Id", vec![Value::code(item.id.as_str())]),
            self.other_name(&item.name),
            line("口径", "Definition", self.maybe(item.definition.as_ref())),
            line("单位", "Unit", vec![Value::text(self.pick(&unit_word(&item.unit)))]),
            line("小数位", "Decimals", vec![Value::text(item.decimals.to_string())]),
            line("时间口径", "Over time", vec![Value::text(self.pick(&time(item)))]),
            line("可否相加", "Additive", vec![Value::text(self.pick(&additive))]),
            line("应报机构", "Expected from", vec![Value::text(expected.unwrap_or_else(|| self.say("所有机构", "every institution")))]),
            line("别名", "Other names", item.aliases.iter().map(Value::text).collect()),
            self.sources(&item.basis),
            line("用于指标", "Used by", self.users(id)),
        ];
        Entry { anchor: anchor(Kind::Item, &item.id), name: self.pick(&item.name), facts: facts.into_iter().flatten().collect() }
    }

    fn constants(&self, part: &Part) -> Grid {
        let headings = [Text::new("编号", "Id"), Text::new("名称", "Name"), Text::new("数值", "Value"), Text::new("依据", "Source")];
        let mut grid = Grid::new(&headings, self.lang);
        // A scheme uses a constant where one of its indicators does; formulas hold its number, and its name only as written.
        let written: BTreeSet<&str> =
            self.chosen.indicators.iter().filter_map(|index| self.catalogue.indicators.get(*index)).flat_map(words).collect();
        for constant in part.constants.iter().filter(|constant| self.criteria.is_none() || written.contains(constant.id.as_str())) {
            let sources = self.source_values(&constant.basis);
            let name = vec![Value::text(self.pick(&constant.name))];
            let cells = vec![vec![Value::code(constant.id.as_str())], name, vec![Value::text(constant.value.to_string())], sources];
            grid.row(Some(anchor(Kind::Constant, &constant.id)), cells);
        }
        grid
    }

    fn checks(&self, part: &Part) -> Grid {
        let headings = [Text::new("编号", "Id"), Text::new("名称", "Name"), Text::new("校验", "Rule"), Text::new("级别", "Severity")];
        let mut grid = Grid::new(&headings, self.lang);
        let checks = part.checks.clone().filter(|index| self.chosen.checks.contains(index));
        for check in checks.filter_map(|index| self.catalogue.checks.get(index)) {
            let name = vec![Value::text(self.pick(&check.name))];
            let says = vec![Value::text(self.pick(&check.says))];
            let cells = vec![vec![Value::code(check.id.as_str())], name, says, vec![Value::text(self.pick(&severity(check)))]];
            grid.row(Some(anchor(Kind::Check, &check.id)), cells);
        }
        grid
    }

    /// "出院人数（角色为牵头） ÷ … × 100".
    fn in_words(&self, indicator: &Indicator) -> String {
        let words = |formula: &Formula| self.pick(&formula.in_words(&|id| self.item_name(id)));
        let part = |formula: &Formula| if formula.is_sum() { format!("({})", words(formula)) } else { words(formula) };
        let quotient = match &indicator.denominator {
            Some(below) if below.is_composed() => format!("{} ÷ ({})", part(&indicator.numerator), words(below)),
            Some(below) => format!("{} ÷ {}", part(&indicator.numerator), words(below)),
            None if indicator.factor == Exact::one() => words(&indicator.numerator),
            None => part(&indicator.numerator),
        };
        if indicator.factor == Exact::one() { quotient } else { format!("{quotient} × {}", indicator.factor) }
    }

    fn items_of(&self, indicator: &Indicator) -> Vec<Value> {
        let items: BTreeSet<ItemId> = indicator.formulas().flat_map(Formula::items).collect();
        items.into_iter().map(|id| self.item_value(id)).collect()
    }

    /// An item by its name, leading to its entry where it has one.
    pub(super) fn item_value(&self, id: ItemId) -> Value {
        let to = self.chosen.items.contains(&id).then(|| anchor(Kind::Item, &self.catalogue.item(id).id));
        Value::text(self.pick(&self.item_name(id))).linked(to)
    }

    /// An indicator by its name; an item that a scheme scores directly leads to the item.
    pub(super) fn indicator_value(&self, index: usize) -> Option<Value> {
        let indicator = self.catalogue.indicators.get(index)?;
        let is_defined = self.catalogue.parts.iter().any(|part| part.indicators.contains(&index));
        let kind = if is_defined { Kind::Indicator } else { Kind::Item };
        let is_here = is_defined || self.catalogue.items.iter().any(|item| item.id == indicator.id);
        Some(Value::text(self.pick(&indicator.name)).linked(is_here.then(|| anchor(kind, &indicator.id))))
    }

    /// Indicators of the page whose formulas look at an item.
    fn users(&self, id: ItemId) -> Vec<Value> {
        let using = self.defined().filter(|index| {
            let formulas = self.catalogue.indicators.get(*index).into_iter().flat_map(Indicator::formulas);
            formulas.into_iter().any(|formula| formula.items().contains(&id))
        });
        using.filter_map(|index| self.indicator_value(index)).collect()
    }

    /// Where a scheme uses an indicator: criterion, points, rule.
    fn uses(&self, index: usize) -> Vec<Value> {
        let Some(criteria) = self.criteria else { return Vec::new() };
        let using = criteria.criteria.iter().filter(|criterion| criterion.indicators().contains(&index));
        using.map(|criterion| Value::text(self.use_of(criterion)).linked(Some(anchor(Kind::Criterion, &criterion.id)))).collect()
    }

    fn use_of(&self, criterion: &Criterion) -> String {
        let speaker = Speaker { indicators: &self.catalogue.indicators, indicator: criterion.indicator };
        let (rule, name, points) = (self.pick(&speaker.rule(&criterion.rule)), self.pick(&criterion.name), &criterion.points);
        match (self.lang, points.is_zero()) {
            (Lang::Zh, true) => format!("{} {name}：{rule}", criterion.id),
            (Lang::Zh, false) => format!("{} {name}（{points} 分）：{rule}", criterion.id),
            (Lang::En, true) => format!("{} {name}: {rule}", criterion.id),
            (Lang::En, false) => format!("{} {name} (points: {points}): {rule}", criterion.id),
        }
    }

    /// Where something comes from, and how far that was verified.
    pub(super) fn sources(&self, basis: &[Basis]) -> Option<Fact> {
        Fact::new(self.say("依据", "Source"), self.source_values(basis))
    }

    pub(super) fn source_values(&self, basis: &[Basis]) -> Vec<Value> {
        basis.iter().map(|basis| Value::text(self.pick(&source(basis)))).collect()
    }

    /// The name in the other language, unless it is the same.
    fn other_name(&self, name: &Text) -> Option<Fact> {
        let (label, other) = if self.lang == Lang::Zh { ("英文名称", &name.en) } else { ("Chinese name", &name.zh) };
        Fact::new(label, if name.zh == name.en { Vec::new() } else { vec![Value::text(other.as_str())] })
    }

    fn maybe(&self, text: Option<&Text>) -> Vec<Value> {
        text.into_iter().map(|text| Value::text(self.pick(text))).collect()
    }

    fn item_name(&self, id: ItemId) -> Text {
        self.catalogue.items.get(id.0).map(|item| item.name.clone()).unwrap_or_default()
    }

    pub(super) fn pick(&self, text: &Text) -> String {
        text.get(self.lang).to_owned()
    }

    pub(super) fn say(&self, zh: &str, en: &str) -> String {
        match self.lang {
            Lang::Zh => zh.to_owned(),
            Lang::En => en.to_owned(),
        }
    }
}

/// The words of an indicator's formulas.
fn words(indicator: &Indicator) -> impl Iterator<Item = &str> {
    let is_part = |sign: char| sign.is_alphanumeric() || sign == '_';
    indicator.formulas().flat_map(move |formula| formula.text.split(move |sign| !is_part(sign)))
}

fn form(form: Form) -> Text {
    match form {
        Form::Proportion => Text::new("构成比（分子是分母的一部分）", "proportion: a part of a whole"),
        Form::Rate => Text::new("发生率（事件数÷暴露量）", "rate: events per exposure"),
        Form::Ratio => Text::new("比值", "ratio"),
        Form::Count => Text::new("数量或金额", "count or amount"),
        Form::Mean => Text::new("平均数", "mean"),
        Form::Published => Text::new("只有公布值", "published figure only"),
    }
}

fn pooling(indicator: &Indicator) -> Text {
    match (indicator.pooling, &indicator.denominator) {
        (Pooling::Mean, _) => Text::new("各机构数值的平均", "mean of the institutions' values"),
        (Pooling::Pooled, Some(_)) => Text::new("分子、分母各自合计后相除", "numerators and denominators summed, then divided"),
        (Pooling::Pooled, None) if indicator.numerator.node.divides() => {
            Text::new("各项分别合计后计算", "every part summed, then computed")
        }
        (Pooling::Pooled, None) => Text::new("各机构合计", "summed over institutions"),
    }
}

fn severity(check: &Check) -> Text {
    match check.severity {
        Severity::Error => Text::new("错误", "error"),
        Severity::Warning => Text::new("警告", "warning"),
        Severity::Info => Text::new("提示", "info"),
    }
}
