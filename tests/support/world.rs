//! A small world to be measured, put together through the public API alone.

use std::collections::{BTreeMap, BTreeSet};

use kaohe::catalogue::{Better, Catalogue, Form, Indicator, Item, Level, Pooling, Time};
use kaohe::dataset::{Cell, Dataset};
use kaohe::diagnostic::{Origin, SourceFile};
use kaohe::formula::{Formula, ItemId, ItemName, NameKind, Names, ScopeOperands, Window, read_formula, read_scope};
use kaohe::measure::roster::{BaselineMembers, Roster};
use kaohe::measure::window::Windows;
use kaohe::measure::{Limits, Wanted, measure};
use kaohe::number::Exact;
use kaohe::period::{Lookback, Span};
use kaohe::registry::{Organisation, Registry};
use kaohe::scorebook::MeasureResult;
use kaohe::text::Text;

/// The registry columns there are.
pub(crate) const ATTRIBUTES: [&str; 4] = ["tier", "role", "kind", "consortium"];

/// Organisations, items and what was reported.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) period: Span,
    pub(crate) baseline: Option<Span>,
    pub(crate) unit: String,
    pub(crate) baseline_members: BaselineMembers,
    pub(crate) items: Vec<ItemSpec>,
    pub(crate) organisations: Vec<Organisation>,
    /// In the order of the rows of the files.
    pub(crate) reported: Vec<Reported>,
    pub(crate) min_completeness: Exact,
    pub(crate) min_denominator: Exact,
}

/// An item as a catalogue file says it.
#[derive(Debug, Clone)]
pub(crate) struct ItemSpec {
    pub(crate) id: String,
    pub(crate) time: Time,
    pub(crate) decimals: u32,
    pub(crate) expected_from: Option<String>,
}

/// A reported cell; the value is in steps of the item.
#[derive(Debug, Clone)]
pub(crate) struct Reported {
    pub(crate) organisation: String,
    pub(crate) span: Span,
    pub(crate) item: usize,
    pub(crate) cell: Cell,
}

/// An indicator as a catalogue file says it.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    pub(crate) numerator: String,
    pub(crate) denominator: Option<String>,
    pub(crate) factor: i64,
    pub(crate) form: Form,
    pub(crate) pooling: Pooling,
}

impl World {
    /// The measures of every unit by key, in the order asked, assessed window before baseline.
    #[track_caller]
    pub(crate) fn measure(&self, asks: &[Ask]) -> BTreeMap<String, Vec<MeasureResult>> {
        let registry = Registry::new(self.organisations.clone(), ATTRIBUTES.map(str::to_owned).to_vec());
        let windows = Windows::new(self.period, self.baseline).expect("windows of one length");
        let roster = Roster::new(&registry, &self.unit, windows, self.baseline_members);
        let items = self.items.iter().map(|item| self.item(item)).collect();
        let catalogue = Catalogue { items, ..Catalogue::default() };
        let indicators: Vec<Indicator> = asks.iter().map(|ask| self.indicator(ask)).collect();
        let limits = Limits {
            min_completeness: self.min_completeness.clone(),
            min_denominator: self.min_denominator.clone(),
            needed: [Window::Assessed, Window::Baseline].map(|window| Wanted { window, excused: BTreeSet::new() }).into(),
        };
        let limits = vec![limits; asks.len()];
        let dataset = self.dataset(&registry);
        let indicators: Vec<&Indicator> = indicators.iter().collect();
        let measures = measure(&catalogue, &indicators, &limits, &dataset, &registry, &roster).expect("sums");
        roster.units.iter().map(|unit| unit.key.to_string()).zip(measures.by_unit).collect()
    }

    fn dataset(&self, registry: &Registry) -> Dataset {
        let mut dataset = Dataset::new(self.items.len());
        for reported in &self.reported {
            let organisation = registry.find(&reported.organisation).expect("a registered organisation");
            let row = dataset.row(organisation, reported.span);
            dataset.put(row, ItemId(reported.item), reported.cell, None);
        }
        dataset
    }

    fn item(&self, item: &ItemSpec) -> Item {
        let scope = |text: &String| {
            let (scope, found) = read_scope(text, &origin(text), self, ScopeOperands::Attributes);
            scope.unwrap_or_else(|| panic!("{text}: {found:?}"))
        };
        Item {
            id: item.id.as_str().into(),
            name: Text::same(&item.id),
            aliases: Vec::new(),
            // What is called money is an amount; everything else counts.
            unit: if item.id == "money" { "yuan".to_owned() } else { "1".to_owned() },
            decimals: item.decimals,
            time: item.time,
            additive: true,
            expected_from: item.expected_from.as_ref().map(scope),
            definition: None,
            basis: Vec::new(),
        }
    }

    fn indicator(&self, ask: &Ask) -> Indicator {
        Indicator {
            id: "asked".into(),
            name: Text::same("asked"),
            numerator: self.formula(&ask.numerator),
            denominator: ask.denominator.as_ref().map(|text| self.formula(text)),
            factor: Exact::from(ask.factor),
            unit: "1".to_owned(),
            better: Better::Higher,
            form: ask.form,
            pooling: ask.pooling,
            decimals: 2,
            lookback: Lookback::Period,
            level: Level::Institution,
            plausible: None,
            aliases: Vec::new(),
            examples: Vec::new(),
            definition: None,
            basis: Vec::new(),
        }
    }

    fn formula(&self, text: &str) -> Formula {
        let (formula, found) = read_formula(text, &origin(text), self);
        formula.unwrap_or_else(|| panic!("{text}: {found:?}"))
    }
}

impl Names for World {
    fn item(&self, name: &str) -> Option<ItemName<'_>> {
        let at = self.items.iter().position(|item| item.id == name)?;
        Some(ItemName { id: ItemId(at), unit: "1", additive: true })
    }

    fn constant(&self, _: &str) -> Option<(Exact, &str)> {
        None
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        ATTRIBUTES.into_iter().find(|attribute| *attribute == name)
    }

    fn attribute_value(&self, _: &str, value: &str) -> Option<String> {
        Some(value.to_owned())
    }

    fn candidates(&self, _: NameKind<'_>) -> Vec<&str> {
        Vec::new()
    }
}

fn origin(text: &str) -> Origin {
    let end = text.len();
    Origin::new(&SourceFile::new("test.toml", text), 0..end)
}
