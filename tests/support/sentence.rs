//! Worlds told in sentences: items, organisations, what they report, what is asked.

use kaohe::catalogue::{Form, Pooling, Time};
use kaohe::dataset::Cell;
use kaohe::measure::roster::BaselineMembers;
use kaohe::number::Exact;
use kaohe::period::{Month, Span};
use kaohe::registry::{Organisation, Stay};
use kaohe::scorebook::MeasureResult;

use crate::world::{Ask, ItemSpec, Reported, World};

/// A period as written.
pub(crate) fn span(text: &str) -> Span {
    text.parse().unwrap_or_else(|_| panic!("{text} is not a period"))
}

fn month(text: &str) -> Month {
    span(text).first()
}

/// A decimal as written.
pub(crate) fn exact(text: &str) -> Exact {
    text.parse().unwrap_or_else(|_| panic!("{text} is not a number"))
}

/// A world assessed over a period, by consortium.
pub(crate) fn over(period: &str) -> World {
    World {
        period: span(period),
        baseline: None,
        unit: "consortium".to_owned(),
        baseline_members: BaselineMembers::LikeForLike,
        items: Vec::new(),
        organisations: Vec::new(),
        reported: Vec::new(),
        min_completeness: Exact::one(),
        min_denominator: Exact::zero(),
    }
}

impl World {
    pub(crate) fn baseline(mut self, period: &str) -> Self {
        self.baseline = Some(span(period));
        self
    }

    pub(crate) fn members_as_was(mut self) -> Self {
        self.baseline_members = BaselineMembers::AsWas;
        self
    }

    pub(crate) fn by_organisation(mut self) -> Self {
        "code".clone_into(&mut self.unit);
        self
    }

    pub(crate) fn complete_from(mut self, share: &str) -> Self {
        self.min_completeness = exact(share);
        self
    }

    pub(crate) fn denominators_from(mut self, least: &str) -> Self {
        self.min_denominator = exact(least);
        self
    }

    /// An item summed over months.
    pub(crate) fn flow(self, id: &str) -> Self {
        self.with_item(id, Time::Flow)
    }

    /// An item of which the latest value counts.
    pub(crate) fn stock(self, id: &str) -> Self {
        self.with_item(id, Time::Stock)
    }

    /// An item averaged over months.
    pub(crate) fn averaged(self, id: &str) -> Self {
        self.with_item(id, Time::Mean)
    }

    fn with_item(mut self, id: &str, time: Time) -> Self {
        self.items.push(ItemSpec { id: id.to_owned(), time, decimals: 0, expected_from: None });
        self
    }

    /// Of the item just named.
    pub(crate) fn with_decimals(mut self, decimals: u32) -> Self {
        self.items.last_mut().expect("an item").decimals = decimals;
        self
    }

    /// Of the item just named.
    pub(crate) fn expected_from(mut self, scope: &str) -> Self {
        self.items.last_mut().expect("an item").expected_from = Some(scope.to_owned());
        self
    }

    /// An organisation of consortium G, unless `attributes` (`tier=primary role=lead`) say otherwise.
    pub(crate) fn organisation(mut self, code: &str, attributes: &str) -> Self {
        self.organisations.push(Organisation {
            code: code.into(),
            name: format!("Hospital {code}").into(),
            aliases: Vec::new(),
            opened: None,
            closed: None,
            stays: vec![stay(attributes)],
        });
        self
    }

    fn last(&mut self) -> &mut Organisation {
        self.organisations.last_mut().expect("an organisation")
    }

    fn last_stay(&mut self) -> &mut Stay {
        self.last().stays.last_mut().expect("a registry row")
    }

    /// Of the registry row just named.
    pub(crate) fn joined(mut self, text: &str) -> Self {
        self.last_stay().joined = Some(month(text));
        self
    }

    /// Of the registry row just named; the last month included.
    pub(crate) fn left(mut self, text: &str) -> Self {
        self.last_stay().left = Some(month(text));
        self
    }

    /// A later registry row of the organisation just named.
    pub(crate) fn then(mut self, joined: &str, attributes: &str) -> Self {
        self.last().stays.push(stay(attributes));
        self.joined(joined)
    }

    pub(crate) fn opened(mut self, text: &str) -> Self {
        self.last().opened = Some(month(text));
        self
    }

    pub(crate) fn closed(mut self, text: &str) -> Self {
        self.last().closed = Some(month(text));
        self
    }

    /// Values in steps of the item.
    pub(crate) fn reports<const N: usize>(mut self, code: &str, item: &str, values: [(&str, i64); N]) -> Self {
        for (period, steps) in values {
            self.push(code, item, span(period), Cell::Value(steps));
        }
        self
    }

    /// The same value in every month of a period.
    pub(crate) fn monthly(mut self, code: &str, item: &str, period: &str, steps: i64) -> Self {
        for month in span(period).months() {
            self.push(code, item, Span::month(month), Cell::Value(steps));
        }
        self
    }

    pub(crate) fn rejected(mut self, code: &str, item: &str, period: &str) -> Self {
        self.push(code, item, span(period), Cell::Rejected);
        self
    }

    fn push(&mut self, code: &str, item: &str, span: Span, cell: Cell) {
        let item = self.items.iter().position(|spec| spec.id == item).unwrap_or_else(|| panic!("{item} is not an item"));
        self.reported.push(Reported { organisation: code.to_owned(), span, item, cell });
    }

    /// The measure of consortium G in the assessed window.
    #[track_caller]
    pub(crate) fn asked(&self, ask: &Ask) -> MeasureResult {
        self.of("G", ask).remove(0)
    }

    /// The measures of a unit, assessed window before baseline.
    #[track_caller]
    pub(crate) fn of(&self, unit: &str, ask: &Ask) -> Vec<MeasureResult> {
        self.measure(std::slice::from_ref(ask)).remove(unit).unwrap_or_else(|| panic!("no unit {unit}"))
    }
}

fn stay(attributes: &str) -> Stay {
    let written = attributes.split_whitespace().filter_map(|pair| pair.split_once('='));
    let mut all = std::collections::BTreeMap::from([("consortium".to_owned(), "G".to_owned())]);
    all.extend(written.map(|(name, value)| (name.to_owned(), value.to_owned())));
    all.retain(|_, value| value != "blank");
    Stay { joined: None, left: None, attributes: std::sync::Arc::new(all) }
}

/// A part of a whole.
pub(crate) fn proportion(numerator: &str, denominator: &str) -> Ask {
    ask(Form::Proportion, numerator, Some(denominator))
}

/// Any quotient.
pub(crate) fn ratio(numerator: &str, denominator: &str) -> Ask {
    ask(Form::Ratio, numerator, Some(denominator))
}

/// An average per something.
pub(crate) fn average(numerator: &str, denominator: &str) -> Ask {
    ask(Form::Mean, numerator, Some(denominator))
}

/// A formula without a denominator of its own.
pub(crate) fn amount(formula: &str) -> Ask {
    ask(Form::Count, formula, None)
}

/// A formula that divides by itself.
pub(crate) fn quotient(form: Form, formula: &str) -> Ask {
    ask(form, formula, None)
}

fn ask(form: Form, numerator: &str, denominator: Option<&str>) -> Ask {
    Ask { numerator: numerator.to_owned(), denominator: denominator.map(str::to_owned), factor: 1, form, pooling: Pooling::Pooled }
}

impl Ask {
    pub(crate) fn percent(mut self) -> Self {
        self.factor = 100;
        self
    }

    /// The plain average of the members' own values.
    pub(crate) fn mean_of_members(mut self) -> Self {
        self.pooling = Pooling::Mean;
        self
    }
}
