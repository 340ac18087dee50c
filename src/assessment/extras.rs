//! Bonuses, penalties and vetoes as written → as meant (SCHEMES 4).

use std::ops::Range;

use crate::assessment::criteria::CriteriaResolver;
use crate::assessment::criterion::is_summable;
use crate::assessment::rules::{RuleResolver, value, value_or_zero};
use crate::catalogue::{Better, Catalogue, Form, Indicator, Level, Pooling};
use crate::codes::criteria as codes;
use crate::codes::formula as formula_codes;
use crate::definition::Located;
use crate::definition::located::Words;
use crate::definition::tree as spec;
use crate::diagnostic::Diagnostic;
use crate::formula::{self, Compare, Formula, Node, UnitExpr};
use crate::number::Exact;
use crate::period::Lookback;
use crate::score::criteria::{Criterion, Dimension, in_total};
use crate::score::deduction::{Counted, DeductionKind};
use crate::score::extra::{Bonus, Effect, Extras, Gain, GainKind, Penalty, Trigger, Veto};
use crate::score::kernel::GainEach;
use crate::text::{Text, nearest};

/// The tree that extras refer to.
#[derive(Clone, Copy)]
pub(super) struct Tree<'a> {
    pub(super) dimensions: &'a [Dimension],
    pub(super) criteria: &'a [Criterion],
}

impl CriteriaResolver<'_> {
    /// The indicators or items that they count.
    pub(super) fn counted_by_extras(&self) -> impl Iterator<Item = &Words> {
        let criteria = self.content.dimension.iter().flat_map(|dimension| &dimension.criterion).flat_map(|criterion| &criterion.bonus);
        let gains = criteria.chain(self.content.dimension.iter().flat_map(|dimension| &dimension.bonus).flat_map(|bonus| &bonus.gain));
        let of_gains = gains.filter_map(|gain| match &gain.value {
            spec::Gain::Each(each) => each.of.as_ref(),
            _ => None,
        });
        of_gains.chain(self.content.penalty.iter().filter_map(|penalty| penalty.each.of.as_ref()))
    }

    /// The conditions of vetoes become indicators, so that what they look at is measured and shown like everything else.
    pub(super) fn add_veto_indicators(&self, catalogue: &mut Catalogue, diagnostics: &mut Vec<Diagnostic>) {
        for veto in &self.content.veto {
            let spec::Trigger::Formula(written) = &veto.trigger.value else { continue };
            let Some((node, text, not_additive, ..)) = self.compared(written, &mut Vec::new()) else { continue };
            if catalogue.indicators.iter().any(|known| known.id == veto.id.value) {
                diagnostics.push(self.say(&codes::DUPLICATE_ID, &veto.id.span).with("id", veto.id.value.clone()));
                continue;
            }
            let item = if let Node::Total(term) = &node { Some(catalogue.item(term.item)) } else { None };
            let form = if node.divides() { Form::Ratio } else { Form::Count };
            let indicator = Indicator {
                id: veto.id.value.as_str().into(),
                name: veto.name.clone(),
                unit: item.map(|item| item.unit.clone()).unwrap_or_default(),
                decimals: item.map_or(2, |item| item.decimals),
                numerator: Formula { text, node, unit: UnitExpr::default(), not_additive },
                denominator: None,
                factor: Exact::one(),
                better: Better::Monitor,
                form,
                pooling: Pooling::Pooled,
                lookback: Lookback::Period,
                level: Level::Institution,
                plausible: None,
                aliases: Vec::new(),
                examples: Vec::new(),
                definition: None,
                basis: veto.basis.to_vec(),
            };
            if !is_summable(&indicator, self.unit) {
                diagnostics.push(self.say(&formula_codes::NOT_ADDITIVE, &written.span).with("name", written.value.clone()));
            }
            catalogue.indicators.push(indicator);
        }
    }

    /// All of them.
    pub(super) fn extras(&self, tree: Tree, rules: &RuleResolver, diagnostics: &mut Vec<Diagnostic>) -> Extras {
        let head = &self.content.criteria;
        let bonuses = self.bonuses(tree, rules, diagnostics);
        let bonus_points = head.bonus_points.as_ref();
        if let (Some(bonus), true) = (self.first_bonus(), bonus_points.is_none_or(|points| points.value <= Exact::zero())) {
            diagnostics.push(self.say(&codes::NO_BONUS_POINTS, bonus_points.map_or(bonus, |points| &points.span)));
        }
        let extras = Extras {
            bonus_points: value_or_zero(bonus_points),
            bonuses,
            penalties: self.content.penalty.iter().filter_map(|penalty| self.penalty(penalty, tree, rules, diagnostics)).collect(),
            vetoes: self.content.veto.iter().filter_map(|veto| self.veto(veto, tree, rules, diagnostics)).collect(),
        };
        self.check_ids(tree, diagnostics);
        extras
    }

    fn first_bonus(&self) -> Option<&Range<usize>> {
        let dimensions = &self.content.dimension;
        let criteria = dimensions.iter().flat_map(|dimension| &dimension.criterion).flat_map(|criterion| &criterion.bonus);
        criteria.map(|bonus| &bonus.span).chain(dimensions.iter().flat_map(|dimension| &dimension.bonus).map(|bonus| &bonus.span)).next()
    }

    /// Judgements name a criterion, bonus, penalty or veto by its id: it means one of them.
    fn check_ids(&self, tree: Tree, diagnostics: &mut Vec<Diagnostic>) {
        let mut seen: Vec<&str> = tree.criteria.iter().map(|criterion| criterion.id.as_str()).collect();
        let bonuses = self.content.dimension.iter().flat_map(|dimension| &dimension.bonus).map(|bonus| &bonus.id);
        let others = self.content.penalty.iter().map(|penalty| &penalty.id).chain(self.content.veto.iter().map(|veto| &veto.id));
        for id in bonuses.chain(others) {
            if seen.contains(&id.value.as_str()) {
                diagnostics.push(self.say(&codes::DUPLICATE_ID, &id.span).with("id", id.value.clone()));
            }
            seen.push(&id.value);
        }
    }

    fn bonuses(&self, tree: Tree, rules: &RuleResolver, diagnostics: &mut Vec<Diagnostic>) -> Vec<Bonus> {
        let mut bonuses = Vec::new();
        for (dimension, written) in self.content.dimension.iter().enumerate() {
            for criterion in written.criterion.iter().filter(|criterion| !criterion.bonus.is_empty()) {
                let Some(at) = criterion.key().and_then(|key| tree.criteria.iter().position(|known| known.id == key)) else { continue };
                let known = &tree.criteria[at];
                let gains = self.gains(&criterion.bonus, None, rules, diagnostics);
                let bonus = Bonus { id: known.id.clone(), name: known.name.clone(), dimension, criterion: Some(at), gains, most: None };
                let taken = known.rules().flat_map(|rule| rule.judged_parts());
                self.check_parts(&bonus, taken.map(str::to_owned).collect(), &criterion.span, diagnostics);
                bonuses.push(bonus);
            }
            for bonus in &written.bonus {
                let gains = self.gains(&bonus.gain, Some(&bonus.id.value), rules, diagnostics);
                let most = value(bonus.points.as_ref());
                let name = bonus.name.clone().unwrap_or_else(|| Text::same(&bonus.id.value));
                let resolved = Bonus { id: bonus.id.value.clone(), name, dimension, criterion: None, gains, most };
                self.check_parts(&resolved, Vec::new(), &bonus.span, diagnostics);
                bonuses.push(resolved);
            }
            let has_bonus = bonuses.iter().any(|bonus| bonus.dimension == dimension);
            if has_bonus && !in_total(tree.dimensions, dimension) {
                diagnostics.push(self.say(&codes::BONUS_OUTSIDE, &written.id.span).with("id", written.id.value.clone()));
            }
        }
        bonuses
    }

    fn check_parts(&self, bonus: &Bonus, mut seen: Vec<String>, span: &Range<usize>, diagnostics: &mut Vec<Diagnostic>) {
        for part in bonus.judged_parts() {
            if seen.iter().any(|known| known == part) {
                diagnostics.push(self.say(&codes::DEDUCT_TWICE, span).with("name", part));
            }
            seen.push(part.to_owned());
        }
    }

    fn gains(
        &self,
        written: &[Located<spec::Gain>],
        own: Option<&str>,
        rules: &RuleResolver,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Gain> {
        written.iter().filter_map(|gain| self.gain(gain, own, rules, diagnostics)).collect()
    }

    fn gain(
        &self,
        written: &Located<spec::Gain>,
        own: Option<&str>,
        rules: &RuleResolver,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Gain> {
        match &written.value {
            spec::Gain::Each(each) => {
                let over = value_or_zero(each.over.as_ref());
                let rule = GainEach { over, gain: each.gain.value.clone(), gain_most: value(each.gain_most.as_ref()) };
                let fields = [("over", each.over.as_ref()), ("gain", Some(&each.gain)), ("gain_most", each.gain_most.as_ref())];
                rules.say(rule.check(), &fields, &written.span, diagnostics);
                let (name, of) = rules.counted((each.of.as_ref(), each.judged.as_ref()), &written.span, diagnostics)?;
                Some(Gain { name, kind: GainKind::Each { of, rule } })
            }
            spec::Gain::Met(met) => {
                self.positive("gain", &met.gain, diagnostics);
                let part = met.id.value.clone();
                Some(Gain { name: Text::same(&part), kind: GainKind::Met { part, gain: met.gain.value.clone() } })
            }
            spec::Gain::Discretion(discretion) => {
                self.positive("gain_most", &discretion.gain_most, diagnostics);
                let part = match (&discretion.id, own) {
                    (Some(id), _) => id.value.clone(),
                    (None, Some(_)) => String::new(),
                    (None, None) => {
                        diagnostics.push(self.say(&codes::BONUS_NAME, &written.span));
                        return None;
                    }
                };
                let name = Text::same(if part.is_empty() { own.unwrap_or_default() } else { &part });
                Some(Gain { name, kind: GainKind::Discretion { part, most: discretion.gain_most.value.clone() } })
            }
        }
    }

    fn positive(&self, field: &str, written: &crate::definition::located::Number, diagnostics: &mut Vec<Diagnostic>) {
        if written.value <= Exact::zero() {
            let diagnostic = self.say(&codes::NOT_POSITIVE, &written.span).with("field", field);
            diagnostics.push(diagnostic.with("value", written.value.to_string()));
        }
    }

    fn penalty(
        &self,
        written: &Located<crate::definition::criteria::Penalty>,
        tree: Tree,
        rules: &RuleResolver,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Penalty> {
        let dimension = match &written.from {
            Some(from) if from.value != "total" => Some(self.dimension(from, tree, diagnostics)?),
            _ => None,
        };
        let deduction = rules.deduct_each(&written.each, &written.each.span, diagnostics)?;
        let DeductionKind::Each { of, rule } = deduction.kind else { return None };
        let name = written.name.clone().unwrap_or(deduction.name);
        Some(Penalty { id: written.id.value.clone(), name, of, rule, dimension })
    }

    /// A dimension of the total.
    fn dimension(&self, written: &Words, tree: Tree, diagnostics: &mut Vec<Diagnostic>) -> Option<usize> {
        let known = |index: &usize| in_total(tree.dimensions, *index);
        let found = tree.dimensions.iter().position(|dimension| dimension.id == written.value).filter(known);
        if found.is_none() {
            let ids = tree.dimensions.iter().enumerate().filter(|(index, _)| known(index)).map(|(_, dimension)| dimension.id.as_str());
            diagnostics.push(
                self.say(&codes::NO_SUCH_DIMENSION, &written.span).with("id", written.value.clone()).suggest(nearest(&written.value, ids)),
            );
        }
        found
    }

    fn veto(
        &self,
        written: &Located<crate::definition::criteria::Veto>,
        tree: Tree,
        rules: &RuleResolver,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Veto> {
        let effects: Vec<Option<Effect>> = written.effect.iter().map(|effect| self.effect(effect, tree, diagnostics)).collect();
        let trigger = match &written.trigger.value {
            spec::Trigger::Judged(_) => Trigger::Judged,
            spec::Trigger::Formula(formula) => {
                let (.., compare, with) = self.compared(formula, diagnostics)?;
                let indicator = rules.catalogue.indicators.iter().position(|known| known.id == written.id.value)?;
                Trigger::Measured { indicator, compare, with }
            }
        };
        let effects = effects.into_iter().collect::<Option<Vec<_>>>()?;
        Some(Veto { id: written.id.value.clone(), name: written.name.clone(), trigger, effects })
    }

    /// The side of a comparison that is measured, its text, and what it is compared with.
    #[expect(clippy::type_complexity, reason = "taken apart at once by its two users")]
    fn compared(
        &self,
        written: &Words,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(Node, String, Vec<(formula::ItemId, Range<usize>)>, Compare, Exact)> {
        let (rule, mut found) = formula::read_rule(&written.value, &written.origin(self.file), &self.names);
        diagnostics.append(&mut found);
        let rule = rule?;
        let is_number = |character: char| character.is_ascii_digit() || matches!(character, '.' | '-' | '_' | ' ');
        let is_sign = |character: char| matches!(character, '<' | '>' | '=' | '!' | ' ');
        if let [(compare, Node::Number(with))] = rule.rest.as_slice() {
            let text = rule.text.trim_end_matches(is_number).trim_end_matches(is_sign).to_owned();
            return Some((rule.first, text, rule.not_additive, *compare, with.clone()));
        }
        diagnostics.push(self.say(&codes::VETO_COMPARISON, &written.span));
        None
    }

    fn effect(&self, written: &Located<spec::Effect>, tree: Tree, diagnostics: &mut Vec<Diagnostic>) -> Option<Effect> {
        Some(match &written.value {
            spec::Effect::Disqualify(from) => Effect::Disqualify(from.clone()),
            spec::Effect::ZeroTotal(_) => Effect::ZeroTotal,
            spec::Effect::Lose(points) => {
                self.positive("lose", points, diagnostics);
                Effect::Lose(points.value.clone())
            }
            spec::Effect::ZeroDimension(id) => Effect::ZeroDimension(self.dimension(id, tree, diagnostics)?),
            spec::Effect::ZeroCriterion(id) => Effect::ZeroCriterion(self.criterion_of(id, tree, diagnostics)?),
            spec::Effect::CapGrade(name) => {
                let is_it = |grade: &&Located<crate::definition::criteria::Grade>| {
                    [&grade.id.value, &grade.name.zh, &grade.name.en].contains(&&name.value)
                };
                let found = self.content.grade.iter().position(|grade| is_it(&grade));
                if found.is_none() {
                    let known = self.content.grade.iter().flat_map(|grade| [grade.id.value.as_str(), grade.name.zh.as_str()]);
                    let diagnostic = self.say(&codes::UNKNOWN_TOTAL_GRADE, &name.span).with("grade", name.value.clone());
                    diagnostics.push(diagnostic.suggest(nearest(&name.value, known)));
                }
                Effect::CapGrade(found?)
            }
        })
    }

    /// A criterion by its id.
    pub(super) fn criterion_of(&self, written: &Words, tree: Tree, diagnostics: &mut Vec<Diagnostic>) -> Option<usize> {
        let found = tree.criteria.iter().position(|criterion| criterion.id == written.value);
        if found.is_none() {
            let near = nearest(&written.value, tree.criteria.iter().map(|criterion| criterion.id.as_str()));
            diagnostics.push(self.say(&codes::UNKNOWN_CRITERION, &written.span).with("id", written.value.clone()).suggest(near));
        }
        found
    }
}

impl RuleResolver<'_> {
    /// What `of` or `judged` counts, and what it is called.
    pub(super) fn counted(
        &self,
        (of, judged): (Option<&Words>, Option<&Words>),
        span: &Range<usize>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(Text, Counted)> {
        match (of, judged) {
            (Some(of), None) => {
                let indicator = (self.indicator)(of, diagnostics)?;
                Some((self.name(indicator), Counted::Measured(indicator)))
            }
            (None, Some(part)) => Some((Text::same(&part.value), Counted::Judged(part.value.clone()))),
            _ => {
                diagnostics.push(Diagnostic::new(&codes::COUNTED, crate::diagnostic::Origin::new(self.file, span.clone())));
                None
            }
        }
    }
}
