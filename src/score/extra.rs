//! What changes a total beside the criteria: bonuses (加分), penalties (扣分), vetoes (一票否决) (SCHEMES 4).

use crate::formula::Compare;
use crate::number::Exact;
use crate::score::deduction::Counted;
use crate::score::judgement::yes_or_no;
use crate::score::kernel::{Each, GainEach, gain_discretion};
use crate::text::Text;

/// Everything that stands beside the criteria, each kind in the order of the file.
#[derive(Debug, Clone)]
pub struct Extras {
    /// The most that all bonuses together may add.
    pub bonus_points: Exact,
    /// Bonuses.
    pub bonuses: Vec<Bonus>,
    /// Penalties.
    pub penalties: Vec<Penalty>,
    /// Vetoes.
    pub vetoes: Vec<Veto>,
}

/// Points beyond full points.
#[derive(Debug, Clone)]
pub struct Bonus {
    /// Its id; the criterion's for a bonus earned with a criterion.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Index of its dimension.
    pub dimension: usize,
    /// Index of the criterion it is earned with.
    pub criterion: Option<usize>,
    /// What adds points.
    pub gains: Vec<Gain>,
    /// The most it may add.
    pub most: Option<Exact>,
}

/// One thing that adds points.
#[derive(Debug, Clone)]
pub struct Gain {
    /// What it is called in the reason.
    pub name: Text,
    /// How it adds them.
    pub kind: GainKind,
}

/// How points are added.
#[derive(Debug, Clone)]
pub enum GainKind {
    /// For each of a count.
    Each {
        /// What is counted.
        of: Counted,
        /// What each adds.
        rule: GainEach,
    },
    /// Once, if judged to be met.
    Met {
        /// Its name among the judgements.
        part: String,
        /// Points added.
        gain: Exact,
    },
    /// At the judge's discretion.
    Discretion {
        /// Its name among the judgements; empty for the bonus itself.
        part: String,
        /// The most.
        most: Exact,
    },
}

/// Points taken from a total or a dimension.
#[derive(Debug, Clone)]
pub struct Penalty {
    /// Its id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What is counted.
    pub of: Counted,
    /// What each costs.
    pub rule: Each,
    /// Index of the dimension it is taken from; the total without one.
    pub dimension: Option<usize>,
}

/// An event that overrides points.
#[derive(Debug, Clone)]
pub struct Veto {
    /// Its id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What fires it.
    pub trigger: Trigger,
    /// What it does.
    pub effects: Vec<Effect>,
}

/// What fires a veto.
#[derive(Debug, Clone)]
pub enum Trigger {
    /// A measured value that compares so with a number.
    Measured {
        /// Index of the indicator.
        indicator: usize,
        /// How it compares.
        compare: Compare,
        /// With what, in the indicator's unit.
        with: Exact,
    },
    /// A judgement, with evidence.
    Judged,
}

/// What a veto does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The grade is at best this one, by index.
    CapGrade(usize),
    /// The unit is out of the running for this.
    Disqualify(Text),
    /// The total is 0.
    ZeroTotal,
    /// The points of this dimension, by index, are 0.
    ZeroDimension(usize),
    /// The points of this criterion, by index, are 0.
    ZeroCriterion(usize),
    /// These points are taken from the total.
    Lose(Exact),
}

impl Extras {
    /// Every indicator that they look at.
    pub fn indicators(&self) -> impl Iterator<Item = usize> {
        self.all().flat_map(|(_, _, indicators)| indicators)
    }

    /// The bonuses, penalties and vetoes: id, name, and the indicators each looks at.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Text, Vec<usize>)> {
        let bonuses = self.bonuses.iter().map(|bonus| (bonus.id.as_str(), &bonus.name, bonus.indicators().collect()));
        let penalties = self.penalties.iter().map(|one| (one.id.as_str(), &one.name, measured(&one.of).into_iter().collect()));
        let vetoes = self.vetoes.iter().map(|veto| {
            let looked_at = match veto.trigger {
                Trigger::Measured { indicator, .. } => vec![indicator],
                Trigger::Judged => Vec::new(),
            };
            (veto.id.as_str(), &veto.name, looked_at)
        });
        bonuses.chain(penalties).chain(vetoes)
    }

    /// The same, to change them.
    pub fn visit_indicators(&mut self, see: &mut dyn FnMut(&mut usize)) {
        let gains = self.bonuses.iter_mut().flat_map(|bonus| &mut bonus.gains).filter_map(|gain| match &mut gain.kind {
            GainKind::Each { of, .. } => Some(of),
            _ => None,
        });
        for of in gains.chain(self.penalties.iter_mut().map(|penalty| &mut penalty.of)) {
            if let Counted::Measured(indicator) = of {
                see(indicator);
            }
        }
        for veto in &mut self.vetoes {
            if let Trigger::Measured { indicator, .. } = &mut veto.trigger {
                see(indicator);
            }
        }
    }
}

fn measured(of: &Counted) -> Option<usize> {
    if let Counted::Measured(indicator) = of { Some(*indicator) } else { None }
}

impl GainKind {
    /// The part that stands among the judgements; empty for the bonus itself.
    pub fn judged(&self) -> Option<&str> {
        match self {
            Self::Each { of: Counted::Judged(part), .. } | Self::Met { part, .. } | Self::Discretion { part, .. } => Some(part),
            Self::Each { .. } => None,
        }
    }
}

impl Bonus {
    /// The indicators that it counts.
    pub fn indicators(&self) -> impl Iterator<Item = usize> {
        self.gains.iter().filter_map(|gain| match &gain.kind {
            GainKind::Each { of, .. } => measured(of),
            _ => None,
        })
    }

    /// The names of parts that stand among the judgements; empty for the bonus itself.
    pub fn judged_parts(&self) -> impl Iterator<Item = &str> {
        self.gains.iter().filter_map(|gain| gain.kind.judged())
    }

    /// Whether a text is a judgement of this part; `None` for a part that it does not have.
    pub fn admits(&self, part: &str, text: &str) -> Option<bool> {
        let count = || text.parse::<Exact>().ok();
        self.gains.iter().find_map(|gain| match &gain.kind {
            GainKind::Each { of: Counted::Judged(name), .. } if name == part => Some(count().is_some_and(|count| !count.is_negative())),
            GainKind::Met { part: name, .. } if name == part => Some(yes_or_no(text).is_some()),
            GainKind::Discretion { part: name, most } if name == part => {
                Some(count().is_some_and(|given| gain_discretion(&given, most).is_some()))
            }
            _ => None,
        })
    }
}
