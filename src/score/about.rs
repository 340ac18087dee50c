//! What a judgement can be about: a criterion, a bonus, a penalty, a veto (SCHEMES 7).

use crate::measure::roster::Unit;
use crate::number::Exact;
use crate::score::criteria::{Criteria, Criterion, Rule};
use crate::score::deduction::Counted;
use crate::score::extra::{Bonus, Penalty, Trigger, Veto};
use crate::score::judged::{admits, read};
use crate::score::judgement::yes_or_no;
use crate::text::Text;

/// What a judgement is about.
#[derive(Debug, Clone, Copy)]
pub enum About<'a> {
    /// A criterion whose rule is judged, or has judged parts, and the bonus earned with it.
    Criterion(&'a Criterion, Option<&'a Bonus>),
    /// A bonus of a dimension.
    Bonus(&'a Bonus),
    /// A penalty whose count is judged.
    Penalty(&'a Penalty, &'a str),
    /// A veto that is judged.
    Veto(&'a Veto),
}

impl Criteria {
    /// Everything that judgements can be about, in the order of the file.
    pub fn abouts(&self) -> impl Iterator<Item = About<'_>> {
        let criteria = self.criteria.iter().enumerate().filter_map(|(at, criterion)| {
            let bonus = self.extras.bonuses.iter().find(|bonus| bonus.criterion == Some(at) && bonus.judged_parts().next().is_some());
            let is_judged = criterion.rules().any(Rule::takes_judgements) || bonus.is_some();
            is_judged.then_some(About::Criterion(criterion, bonus))
        });
        let bonuses = self.extras.bonuses.iter().filter(|bonus| bonus.criterion.is_none() && bonus.judged_parts().next().is_some());
        let penalties = self.extras.penalties.iter().filter_map(|penalty| match &penalty.of {
            Counted::Judged(part) => Some(About::Penalty(penalty, part)),
            Counted::Measured(_) => None,
        });
        let vetoes = self.extras.vetoes.iter().filter(|veto| matches!(veto.trigger, Trigger::Judged));
        criteria.chain(bonuses.map(About::Bonus)).chain(penalties).chain(vetoes.map(About::Veto))
    }
}

impl<'a> About<'a> {
    /// The id by which judgements name it.
    pub fn id(self) -> &'a str {
        match self {
            Self::Criterion(criterion, _) => &criterion.id,
            Self::Bonus(bonus) => &bonus.id,
            Self::Penalty(penalty, _) => &penalty.id,
            Self::Veto(veto) => &veto.id,
        }
    }

    /// Its name.
    pub fn name(self) -> &'a Text {
        match self {
            Self::Criterion(criterion, _) => &criterion.name,
            Self::Bonus(bonus) => &bonus.name,
            Self::Penalty(penalty, _) => &penalty.name,
            Self::Veto(veto) => &veto.name,
        }
    }

    /// The names of its parts.
    pub fn parts(self) -> Vec<&'a str> {
        match self {
            Self::Criterion(criterion, bonus) => {
                let of_rules = criterion.rules().flat_map(Rule::judged_parts);
                of_rules.chain(bonus.into_iter().flat_map(Bonus::judged_parts)).collect()
            }
            Self::Bonus(bonus) => bonus.judged_parts().collect(),
            Self::Penalty(_, part) => vec![part],
            Self::Veto(_) => Vec::new(),
        }
    }

    /// The grades that a unit can be given; none where the rule has no scale.
    pub fn grades(self, unit: &Unit) -> Vec<&'a str> {
        match self {
            Self::Criterion(criterion, _) => match criterion.rule_of(unit) {
                Rule::Graded { scale, .. } => scale.iter().map(|grade| grade.id.as_str()).collect(),
                _ => Vec::new(),
            },
            Self::Bonus(_) | Self::Penalty(..) | Self::Veto(_) => Vec::new(),
        }
    }

    /// Whether a text is a judgement of this part for a unit; `None` for a part that it does not have.
    pub fn admits(self, unit: &Unit, part: &str, text: &str) -> Option<bool> {
        let is_count = || text.parse::<Exact>().is_ok_and(|count| !count.is_negative());
        match self {
            Self::Criterion(criterion, bonus) => {
                let of_rule = match criterion.rule_of(unit) {
                    Rule::Deduct(list) => admits(list, part, text),
                    rule if rule.is_judged() => part.is_empty().then(|| read(rule, text, &criterion.points).is_some()),
                    _ => None,
                };
                of_rule.or_else(|| bonus?.admits(part, text))
            }
            Self::Bonus(bonus) => bonus.admits(part, text),
            // A penalty has one part, which need not be named.
            Self::Penalty(_, name) => (part == name || part.is_empty()).then(is_count),
            Self::Veto(_) => part.is_empty().then(|| yes_or_no(text).is_some()),
        }
    }
}
