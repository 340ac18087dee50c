//! The scheme of a handbook: its sheet, and what stands beside the criteria.

use crate::report::handbook::anchor::{Kind, anchor, within};
use crate::report::handbook::entries::Entries;
use crate::report::handbook::page::{Chapter, Fact, Grid, Section, Value};
use crate::score::criteria::{Criteria, Criterion, Dimension, GradeCut};
use crate::score::deduction::Counted;
use crate::score::extra::{Bonus, Effect, Gain, GainKind, Penalty, Trigger, Veto};
use crate::score::kernel::shown::share;
use crate::score::statement::Statement;
use crate::score::words::Speaker;
use crate::text::Text;

/// The scheme as the first chapter.
pub(super) fn chapter(criteria: &Criteria, entries: &Entries) -> Chapter {
    let sheet = Sheet { criteria, entries };
    let at = |section: &str| within(&sheet.anchor(), section);
    let mut sections: Vec<Option<Section>> = (0..criteria.dimensions.len()).map(|index| sheet.dimension(index)).collect();
    sections.extend([
        Section::table(at("bonuses"), entries.say("加分", "Bonuses"), sheet.bonuses()),
        Section::table(at("penalties"), entries.say("扣分", "Penalties"), sheet.penalties()),
        Section::table(at("vetoes"), entries.say("一票否决", "Vetoes"), sheet.vetoes()),
        Section::table(at("verdicts"), entries.say("结论", "Verdicts"), sheet.verdicts()),
        Section::table(at("grades"), entries.say("等次", "Grades"), sheet.grades()),
    ]);
    let facts = [
        Fact::new(entries.say("编号", "Id"), vec![Value::code(criteria.id.as_str())]),
        Fact::new(entries.say("满分", "Full points"), vec![Value::text(criteria.full_points.to_string())]),
        Fact::new(
            entries.say("依据", "Source"),
            criteria.basis.iter().map(|basis| sheet.text(&crate::report::catalogue::source(basis))).collect(),
        ),
    ];
    Chapter {
        anchor: sheet.anchor(),
        title: entries.pick(&criteria.title),
        about: facts.into_iter().flatten().collect(),
        sections: sections.into_iter().flatten().collect(),
    }
}

struct Sheet<'a> {
    criteria: &'a Criteria,
    entries: &'a Entries<'a>,
}

impl Sheet<'_> {
    fn anchor(&self) -> String {
        anchor(Kind::Scheme, &self.criteria.id)
    }

    fn text(&self, text: &Text) -> Value {
        Value::text(self.entries.pick(text))
    }

    fn speaker(&self, indicator: Option<usize>) -> Speaker<'_> {
        Speaker { indicators: &self.entries.catalogue.indicators, indicator }
    }

    /// A dimension with its criteria; one that only holds others is named by theirs.
    fn dimension(&self, index: usize) -> Option<Section> {
        let dimension = self.criteria.dimensions.get(index)?;
        let headings = [
            Text::new("编号", "Id"),
            Text::new("标准", "Criterion"),
            Text::new("分值", "Points"),
            Text::new("计分", "Rule"),
            Text::new("目标和要求", "Target and requirement"),
            Text::new("依据", "Source"),
        ];
        let mut grid = Grid::new(&headings, self.entries.lang);
        for criterion in self.criteria.criteria.iter().filter(|criterion| criterion.dimension == index) {
            let cells = vec![
                vec![Value::code(criterion.id.as_str())],
                vec![self.named(criterion)],
                vec![Value::text(if criterion.points.is_zero() { "–".to_owned() } else { criterion.points.to_string() })],
                self.rules(criterion),
                self.asked(criterion),
                self.entries.source_values(&criterion.basis),
            ];
            grid.row(Some(anchor(Kind::Criterion, &criterion.id)), cells);
        }
        Section::table(within(&self.anchor(), &format!("dimension-{index}")), self.title(dimension), grid)
    }

    /// "有序就医 › 转诊（25 分）".
    fn title(&self, dimension: &Dimension) -> String {
        let outer = std::iter::successors(Some(dimension), |inner| self.criteria.dimensions.get(inner.within?));
        let mut names: Vec<String> = outer.map(|dimension| self.entries.pick(&dimension.name)).collect();
        names.reverse();
        let name = names.join(" › ");
        if dimension.points.is_zero() {
            return name;
        }
        let points = &dimension.points;
        self.entries.say(&format!("{name}（{points} 分）"), &format!("{name} (points: {points})"))
    }

    /// The criterion by its name, leading to what it is measured by.
    fn named(&self, criterion: &Criterion) -> Value {
        let name = self.text(&criterion.name);
        name.linked(criterion.indicator.and_then(|index| self.entries.indicator_value(index)).and_then(|value| value.to))
    }

    /// Its rule, and those that replace it for some units.
    fn rules(&self, criterion: &Criterion) -> Vec<Value> {
        let speaker = self.speaker(criterion.indicator);
        let cases = criterion.cases.iter().map(|(scope, rule)| {
            let rule = speaker.rule(rule);
            let scope = scope.as_ref().map(|scope| scope.in_words(&|_| Text::default()));
            let scope = scope.unwrap_or_else(|| Text::new("其余", "otherwise"));
            self.text(&Text::new(format!("{}：{}", scope.zh, rule.zh), format!("{}: {}", scope.en, rule.en)))
        });
        std::iter::once(self.text(&speaker.rule(&criterion.rule))).chain(cases).collect()
    }

    /// What the document says, on whose sheet it stands, to whom it applies.
    fn asked(&self, criterion: &Criterion) -> Vec<Value> {
        let mut said: Vec<Value> = criterion.target_text.iter().map(|text| self.text(text)).collect();
        said.extend(criterion.printed.iter().filter(|(column, _)| column == "requirement").map(|(_, text)| self.text(text)));
        said.extend(criterion.lines.iter().map(|lines| self.text(&self.speaker(criterion.indicator).lines(lines))));
        if let Some(classes) = &criterion.classes {
            let names = classes.iter().filter_map(|index| self.criteria.classes.get(*index)).map(|class| self.entries.pick(&class.name));
            let names = names.collect::<Vec<_>>().join(self.entries.say("、", ", ").as_str());
            said.push(Value::text(self.entries.say(&format!("适用于{names}"), &format!("for {names}"))));
        }
        if let Some(scope) = &criterion.applies_to {
            let scope = scope.in_words(&|_| Text::default());
            said.push(self.text(&Text::new(format!("适用条件：{}", scope.zh), format!("where {}", scope.en))));
        }
        said
    }

    fn plain(&self, heading: Text) -> Grid {
        Grid::new(&[Text::new("编号", "Id"), Text::new("名称", "Name"), heading], self.entries.lang)
    }

    fn bonuses(&self) -> Grid {
        let mut grid = self.plain(Text::new("加分办法", "What adds points"));
        for bonus in &self.criteria.extras.bonuses {
            let gains = bonus.gains.iter().map(|one| self.text(&gain(bonus, one))).chain(self.limit(bonus)).collect();
            grid.row(None, vec![vec![Value::code(bonus.id.as_str())], vec![self.text(&bonus.name)], gains]);
        }
        grid
    }

    fn limit(&self, bonus: &Bonus) -> Option<Value> {
        let most = bonus.most.as_ref()?;
        Some(self.text(&Text::new(format!("合计最多加 {most} 分"), format!("at most {most} in all"))))
    }

    fn penalties(&self) -> Grid {
        let mut grid = self.plain(Text::new("扣分办法", "What takes points"));
        for penalty in &self.criteria.extras.penalties {
            let cells =
                vec![vec![Value::code(penalty.id.as_str())], vec![self.text(&penalty.name)], vec![self.text(&self.penalty(penalty))]];
            grid.row(None, cells);
        }
        grid
    }

    fn penalty(&self, penalty: &Penalty) -> Text {
        let said = self.speaker(None).each(&penalty.of, &penalty.rule);
        let from = penalty.dimension.and_then(|index| self.criteria.dimensions.get(index)).map(|dimension| &dimension.name);
        let from = from.map_or_else(
            || Text::new("从总分中扣", "from the total"),
            |name| Text::new(format!("从{}中扣", name.zh), format!("from {}", name.en)),
        );
        match &penalty.of {
            Counted::Judged(part) => Text::new(format!("{part}：{}；{}", said.zh, from.zh), format!("{part}: {}, {}", said.en, from.en)),
            Counted::Measured(_) => Text::new(format!("{}；{}", said.zh, from.zh), format!("{}, {}", said.en, from.en)),
        }
    }

    fn vetoes(&self) -> Grid {
        let headings = [Text::new("编号", "Id"), Text::new("名称", "Name"), Text::new("情形", "When"), Text::new("后果", "What follows")];
        let mut grid = Grid::new(&headings, self.entries.lang);
        for veto in &self.criteria.extras.vetoes {
            let effects = veto.effects.iter().map(|effect| self.text(&self.effect(effect))).collect();
            let cells = vec![vec![Value::code(veto.id.as_str())], vec![self.text(&veto.name)], vec![self.trigger(veto)], effects];
            grid.row(None, cells);
        }
        grid
    }

    fn trigger(&self, veto: &Veto) -> Value {
        let Trigger::Measured { indicator, compare, with } = &veto.trigger else {
            return self.text(&Text::new("经评定发生，须有书面证据", "judged to have happened, with written evidence"));
        };
        let formula = self.entries.catalogue.indicators.get(*indicator).map(|indicator| indicator.numerator.text.as_str());
        Value::code(format!("{} {compare} {with}", formula.unwrap_or_default()))
    }

    fn effect(&self, effect: &Effect) -> Text {
        let of = |list: Option<&Text>| list.cloned().unwrap_or_default();
        match effect {
            Effect::CapGrade(grade) => {
                let name = of(self.criteria.grades.get(*grade).map(|grade| &grade.name));
                Text::new(format!("等次不高于{}", name.zh), format!("a grade no better than {}", name.en))
            }
            Effect::Disqualify(what) => Text::new(format!("取消{}资格", what.zh), format!("out of the running for {}", what.en)),
            Effect::ZeroTotal => Text::new("总分计 0 分", "the total is 0"),
            Effect::ZeroDimension(index) => {
                let name = of(self.criteria.dimensions.get(*index).map(|dimension| &dimension.name));
                Text::new(format!("{}计 0 分", name.zh), format!("{} earns 0", name.en))
            }
            Effect::ZeroCriterion(index) => {
                let name = of(self.criteria.criteria.get(*index).map(|criterion| &criterion.name));
                Text::new(format!("{}计 0 分", name.zh), format!("{} earns 0", name.en))
            }
            Effect::Lose(points) => Text::new(format!("从总分中扣 {points} 分"), format!("{points} points off the total")),
        }
    }

    fn verdicts(&self) -> Grid {
        let mut grid = self.plain(Text::new("条件", "Conditions"));
        for verdict in &self.criteria.statements {
            let conditions = vec![self.text(&self.verdict(verdict))];
            grid.row(None, vec![vec![Value::code(verdict.id.as_str())], vec![self.text(&verdict.name)], conditions]);
        }
        grid
    }

    fn verdict(&self, verdict: &Statement) -> Text {
        let ids = verdict.among.iter().filter_map(|index| self.criteria.criteria.get(*index)).map(|criterion| criterion.id.as_str());
        let ids: Vec<&str> = ids.collect();
        let mut said = vec![Text::new(format!("标准 {} 中", ids.join("、")), format!("of the criteria {}", ids.join(", ")))];
        if !verdict.none.is_empty() {
            let none = &verdict.none;
            said.push(Text::new(format!("没有 {}", none.join("、")), format!("none graded {}", none.join(" or "))));
        }
        said.extend(verdict.at_least.iter().map(|(grade, least)| {
            Text::new(format!("{grade} 及以上不少于 {least} 条"), format!("at least {least} graded {grade} or better"))
        }));
        let of = |word: fn(&Text) -> &str, sign: &str| said.iter().map(word).collect::<Vec<_>>().join(sign);
        let (zh, en) = (of(|text| &text.zh, "，"), of(|text| &text.en, ", "));
        Text::new(format!("{zh}；否则为{}", verdict.otherwise.zh), format!("{en}; otherwise {}", verdict.otherwise.en))
    }

    fn grades(&self) -> Grid {
        let mut grid = self.plain(Text::new("条件", "Conditions"));
        for grade in &self.criteria.grades {
            let conditions = self.conditions(grade).iter().map(|text| self.text(text)).collect();
            grid.row(None, vec![vec![Value::code(grade.id.as_str())], vec![self.text(&grade.name)], conditions]);
        }
        grid
    }

    fn conditions(&self, grade: &GradeCut) -> Vec<Text> {
        let mut said = vec![match &grade.at_least {
            Some(least) => Text::new(format!("{least} 分及以上"), format!("{least} points or more")),
            None => Text::new("其余", "all others"),
        }];
        if let Some(verdict) = grade.requires.verdict.and_then(|index| self.criteria.statements.get(index)) {
            said.push(Text::new(format!("须为{}", verdict.name.zh), format!("and {}", verdict.name.en)));
        }
        if let Some(share) = grade.requires.every_dimension_at_least.as_ref().map(share) {
            said.push(Text::new(format!("各维度得分率不低于 {}", share.zh), format!("and {} of every dimension", share.en)));
        }
        if let Some(share) = grade.quota.as_ref().map(share) {
            said.push(Text::new(format!("占同类比例不超过 {}", share.zh), format!("at most {} of the peer group", share.en)));
        }
        said
    }
}

/// What adds points, by name where it has one of its own.
fn gain(bonus: &Bonus, gain: &Gain) -> Text {
    let said = match &gain.kind {
        GainKind::Each { rule, .. } => {
            let over = &rule.over;
            let most = rule.gain_most.as_ref();
            let most = most.map(|most| Text::new(format!("，最多加 {most} 分"), format!(", at most {most}"))).unwrap_or_default();
            Text::new(
                format!("超过 {over} 的，每一项加 {} 分{}", rule.gain, most.zh),
                format!("{} for each beyond {over}{}", rule.gain, most.en),
            )
        }
        GainKind::Met { gain, .. } => Text::new(format!("评定符合加 {gain} 分"), format!("{gain} if judged met")),
        GainKind::Discretion { most, .. } => Text::new(format!("酌情加分，最多 {most} 分"), format!("at discretion, at most {most}")),
    };
    // What is given for the bonus itself bears its id.
    if gain.name.zh == bonus.id {
        return said;
    }
    Text::new(format!("{}：{}", gain.name.zh, said.zh), format!("{}: {}", gain.name.en, said.en))
}
