//! Random worlds and questions, drawn from a list of numbers, so that a failing case shrinks to
//! small numbers: the first choice of everything is the plainest.

use std::fmt;
use std::sync::Arc;

use kaohe::catalogue::{Form, Pooling, Time};
use kaohe::dataset::Cell;
use kaohe::measure::roster::BaselineMembers;
use kaohe::number::Exact;
use kaohe::period::{Month, Span};
use kaohe::registry::{Organisation, Stay};

use crate::dice::Dice;
use crate::language::{Cond, Expr, item_id};
use crate::world::{Ask, ItemSpec, Reported, World};

/// A world and what is asked of it.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) world: World,
    /// Parallel to the items of the world.
    pub(crate) expected_from: Vec<Option<Cond>>,
    pub(crate) questions: Vec<Question>,
}

impl fmt::Debug for Case {
    /// A line for each thing there is, so that a failing case can be read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let world = &self.world;
        writeln!(
            f,
            "{} against {:?} by {}, {:?}",
            world.period,
            world.baseline.map(|span| span.to_string()),
            world.unit,
            world.baseline_members
        )?;
        writeln!(f, "completeness from {}, denominators from {}", world.min_completeness, world.min_denominator)?;
        for item in &world.items {
            writeln!(f, "{} {:?} .{} from {:?}", item.id, item.time, item.decimals, item.expected_from)?;
        }
        for organisation in &world.organisations {
            let month = |month: Option<Month>| month.map_or("…".to_owned(), |month| month.to_string());
            writeln!(f, "{} exists {}..{}", organisation.code, month(organisation.opened), month(organisation.closed))?;
            for stay in &organisation.stays {
                writeln!(f, "  {}..{} {:?}", month(stay.joined), month(stay.left), stay.attributes)?;
            }
            for item in 0..world.items.len() {
                let mine = world.reported.iter().filter(|cell| cell.organisation == organisation.code && cell.item == item);
                let cells: Vec<String> = mine.map(|cell| format!("{} {:?}", cell.span, cell.cell)).collect();
                writeln!(f, "  {}: {}", item_id(item), cells.join(", "))?;
            }
        }
        self.questions.iter().try_for_each(|question| writeln!(f, "{:?}", question.written()))
    }
}

/// An indicator.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) numerator: Expr,
    pub(crate) denominator: Option<Expr>,
    pub(crate) factor: i64,
    pub(crate) form: Form,
    pub(crate) pooling: Pooling,
}

impl Question {
    pub(crate) fn formulas(&self) -> Vec<&Expr> {
        std::iter::once(&self.numerator).chain(&self.denominator).collect()
    }

    /// As a catalogue file would say it.
    pub(crate) fn written(&self) -> Ask {
        Ask {
            numerator: self.numerator.to_string(),
            denominator: self.denominator.as_ref().map(ToString::to_string),
            factor: self.factor,
            form: self.form,
            pooling: self.pooling,
        }
    }
}

const TIMES: [Time; 4] = [Time::Flow, Time::Flow, Time::Stock, Time::Mean];

/// A case of up to five organisations, four items and six questions.
pub(crate) fn case(dice: &mut Dice) -> Case {
    let period = span(dice.pick(&["2025Q2", "2025-06", "2025-03..2025-06", "2025H1", "2024-11..2025-01"]));
    let earlier = dice.pick(&[12, 0, 24, i32::try_from(period.len()).unwrap_or(12)]);
    let expected_from: Vec<Option<Cond>> = TIMES.iter().map(|_| dice.one_in(3).then(|| dice.attributes(1))).collect();
    let items = TIMES.iter().zip(&expected_from).enumerate().map(|(at, (time, from))| ItemSpec {
        id: item_id(at),
        time: *time,
        decimals: u32::from(at == 1),
        expected_from: from.as_ref().map(ToString::to_string),
    });
    let mut world = World {
        period,
        baseline: (earlier > 0).then(|| period.plus(-earlier)),
        unit: dice.pick(&["consortium", "consortium", "consortium", "code"]).to_owned(),
        baseline_members: dice.pick(&[BaselineMembers::LikeForLike, BaselineMembers::LikeForLike, BaselineMembers::AsWas]),
        items: items.collect(),
        organisations: Vec::new(),
        reported: Vec::new(),
        min_completeness: Exact::from_steps(i128::from(dice.pick(&[10, 5, 0])), 1),
        min_denominator: Exact::from(dice.pick(&[0_i64, 0, 30])),
    };
    for code in ["A", "B", "C", "D", "E"].into_iter().take(1 + dice.below(5)) {
        world.organisations.push(organisation(dice, code, period));
        report(dice, &mut world, code, earlier);
    }
    let questions = (0..6).map(|_| question(dice, world.baseline.is_some())).collect();
    Case { world, expected_from, questions }
}

fn span(text: &str) -> Span {
    text.parse().expect("a period")
}

fn organisation(dice: &mut Dice, code: &str, period: Span) -> Organisation {
    let near = |dice: &mut Dice| period.first().plus(dice.pick(&[1, 2, 0, -1, -12, -11, 4]));
    let mut stays = vec![stay(dice)];
    if dice.one_in(4) {
        let moved: Month = near(dice);
        stays[0].left = Some(moved.plus(-1));
        stays.push(Stay { joined: Some(moved.plus(dice.pick(&[0, 0, 1]))), ..stay(dice) });
    } else if dice.one_in(5) {
        stays[0].joined = Some(near(dice));
    }
    let opened = dice.one_in(6).then(|| near(dice));
    let closed = dice.one_in(8).then(|| near(dice));
    Organisation { code: code.into(), name: format!("Hospital {code}").into(), aliases: Vec::new(), opened, closed, stays }
}

fn stay(dice: &mut Dice) -> Stay {
    let attributes = [
        ("consortium", dice.pick(&["G", "G", "G", "H", ""])),
        ("tier", dice.pick(&["primary", "secondary", ""])),
        ("role", dice.pick(&["member", "lead", "unit", ""])),
    ];
    let written = attributes.into_iter().filter(|(_, value)| !value.is_empty());
    Stay { joined: None, left: None, attributes: Arc::new(written.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()) }
}

/// Reports of an organisation: mostly complete, in months, quarters or as a whole, with holes,
/// rejected cells and further values that overlap.
fn report(dice: &mut Dice, world: &mut World, code: &str, earlier: i32) {
    let length = i32::try_from(world.period.len()).unwrap_or(1);
    for item in 0..TIMES.len() {
        let mut spans: Vec<Span> = Vec::new();
        for window in [0, 12, length, earlier].map(|back| world.period.plus(-back)) {
            spans.extend(match dice.below(6) {
                0..=2 => window.months().map(Span::month).collect(),
                3 => halves(window),
                4 => vec![window],
                _ => Vec::new(),
            });
            if dice.one_in(4) {
                let first = window.first().plus(dice.pick(&[0, 1, -1, 2]));
                spans.extend(Span::new(first, first.plus(dice.pick(&[1, 0, 2, 11]))));
            }
        }
        spans.sort_unstable();
        spans.dedup();
        for span in spans {
            let cell = match dice.below(24) {
                0 => Cell::Rejected,
                1 | 2 => continue,
                3 => Cell::Value(0),
                4 => Cell::Value(-3),
                _ => Cell::Value(dice.pick(&[1, 2, 3, 7, 10, 30, 64, 100])),
            };
            world.reported.push(Reported { organisation: code.to_owned(), span, item, cell });
        }
    }
}

fn halves(window: Span) -> Vec<Span> {
    let middle = window.first().plus(i32::try_from(window.len() / 2).unwrap_or(0));
    [Span::new(window.first(), middle.plus(-1)), Span::new(middle, window.last())].into_iter().flatten().collect()
}

fn question(dice: &mut Dice, has_baseline: bool) -> Question {
    let form = dice.pick(&[Form::Ratio, Form::Proportion, Form::Rate, Form::Mean, Form::Count]);
    let plain = dice.one_in(3);
    let formula = |dice: &mut Dice| if plain { Expr::Item(dice.term(has_baseline)) } else { dice.expr(2, has_baseline) };
    let numerator = formula(dice);
    let denominator = (!dice.one_in(3)).then(|| formula(dice));
    let pooling = dice.pick(&[Pooling::Pooled, Pooling::Pooled, Pooling::Mean]);
    Question { numerator, denominator, factor: dice.pick(&[1, 100]), form, pooling }
}
