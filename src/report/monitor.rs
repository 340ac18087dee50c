//! Sheets of supervision: lights with their trend, and what is to be put right.

use crate::monitor::{Monitor, Watched};
use crate::number::Exact;
use crate::rectification::{Entry, Status};
use crate::report::table::{Cell, Column, Kind, Number, Table};
use crate::scorebook::{CriterionHead, Score, Scorebook, UnitResult};
use crate::state::State;
use crate::text::Text;

/// `monitor.csv`: every unit and criterion with lines.
pub fn file(book: &Scorebook, monitor: &Monitor) -> Table {
    let fixed = [
        ("unit", Kind::Text),
        ("unit_name", Kind::Text),
        ("criterion", Kind::Text),
        ("criterion_name", Kind::Text),
        ("light", Kind::Text),
        ("value", Kind::Value),
        ("warn", Kind::Exact),
        ("alarm", Kind::Exact),
    ];
    let mut columns: Vec<Column> = fixed.map(|(id, kind)| Column::plain(id, kind)).to_vec();
    columns.extend(monitor.periods.iter().map(|period| Column::plain(&period.to_string(), Kind::Value)));
    columns.push(Column::plain("change", Kind::Value));
    let mut table = Table::new(Text::default(), columns);
    for watched in &monitor.watched {
        let of = Of::new(book, watched.unit, watched.criterion);
        let line = |line: &Option<Exact>| line.as_ref().map_or(Cell::Empty, Cell::exact);
        let mut cells = vec![
            Cell::text(of.unit.key.as_str()),
            Cell::text(of.unit.name.clone()),
            Cell::text(of.head.id.as_str()),
            Cell::text(of.head.name.clone()),
            Cell::maybe(of.score.light),
            of.value(),
            line(&watched.lines.warn),
            line(&watched.lines.alarm),
        ];
        cells.extend(of.trend(watched));
        table.push(cells);
    }
    table
}

/// What passed a line; with `all` what did not, too.
pub fn sheet(book: &Scorebook, monitor: &Monitor, all: bool) -> Table {
    let head = |zh: &str, en: &str| Text::new(format!("{zh} · {}", book.head.period), format!("{en} · {}", book.head.period));
    let mut columns = vec![
        Column::new("unit", Text::new("考核对象", "Unit"), Kind::Text),
        Column::new("criterion", Text::new("标准", "Criterion"), Kind::Text),
        Column::new("light", Text::new("状态", "Light"), Kind::Text),
        Column::new("value", Text::new("指标值", "Value"), Kind::Value),
        Column::new("warn", Text::new("关注线", "Attention"), Kind::Value),
        Column::new("alarm", Text::new("预警线", "Alarm"), Kind::Value),
    ];
    columns
        .extend(monitor.periods.iter().map(|period| Column::new(period.to_string(), Text::same(period.to_string()), Kind::Value).spare(1)));
    columns.push(Column::new("change", Text::new("较上期", "Change"), Kind::Value).spare(2));
    let mut table = Table::new(head("关注与预警", "Lines"), columns);
    let mut counts = [0; 4];
    for watched in &monitor.watched {
        let of = Of::new(book, watched.unit, watched.criterion);
        let place = match of.score.light {
            Some("ok") => 0,
            Some("warn") => 1,
            Some(_) => 2,
            None => 3,
        };
        counts[place] += 1;
        if place == 0 && !all {
            continue;
        }
        let line = |line: &Option<Exact>| line.as_ref().map_or(Cell::Empty, |line| of.figure(line));
        let mut cells = vec![
            Cell::text(of.unit.name.clone()),
            Cell::text(named(of.head)),
            Cell::text(of.light()),
            of.value(),
            line(&watched.lines.warn),
            line(&watched.lines.alarm),
        ];
        cells.extend(of.trend(watched));
        table.push(cells);
    }
    let [ok, warn, alarm, none] = counts;
    table.notes.push(Text::new(
        format!("共 {} 项：正常 {ok}，关注 {warn}，预警 {alarm}，无数值 {none}", monitor.watched.len()),
        format!("{} watched: {ok} ok, {warn} for attention, {alarm} alarming, {none} without a value", monitor.watched.len()),
    ));
    table
}

/// `rectification.csv`: what is to be put right, with columns to be filled in and read back.
pub fn list_file(book: &Scorebook, entries: &[Entry]) -> Table {
    let columns = [
        ("unit", Kind::Text),
        ("unit_name", Kind::Text),
        ("criterion", Kind::Text),
        ("criterion_name", Kind::Text),
        ("status", Kind::Text),
        ("light", Kind::Text),
        ("value", Kind::Value),
        ("measured_in", Kind::Text),
        ("target", Kind::Text),
        ("full_at", Kind::Value),
        ("gap", Kind::Value),
        ("next_value", Kind::Value),
        ("next_points", Kind::Points),
        ("points", Kind::Points),
        ("full_points", Kind::Exact),
        ("reason", Kind::Text),
        ("since", Kind::Text),
        ("owner", Kind::Text),
        ("deadline", Kind::Text),
        ("note", Kind::Text),
    ];
    let mut table = Table::new(Text::default(), columns.map(|(id, kind)| Column::plain(id, kind)).to_vec());
    for entry in entries {
        let of = Of::new(book, entry.row.unit, entry.row.criterion);
        let aim = of.aim(entry.status);
        table.push(vec![
            Cell::text(of.unit.key.as_str()),
            Cell::text(of.unit.name.clone()),
            Cell::text(of.head.id.as_str()),
            Cell::text(of.head.name.clone()),
            Cell::text(status_id(entry.status)),
            Cell::maybe(of.score.light),
            of.value(),
            Cell::text(of.measured_in()),
            Cell::maybe(of.target()),
            aim.full_at,
            aim.gap,
            aim.next_value,
            aim.next_points,
            of.points(),
            Cell::exact(&of.head.points),
            Cell::reason(&of.score.reason),
            Cell::text(entry.row.since.as_str()),
            Cell::text(entry.row.owner.as_str()),
            Cell::maybe(entry.row.deadline.map(|date| date.to_string())),
            Cell::text(entry.row.note.as_str()),
        ]);
    }
    table
}

/// The list for people.
pub fn list_sheet(book: &Scorebook, entries: &[Entry]) -> Table {
    let columns = vec![
        Column::new("unit", Text::new("考核对象", "Unit"), Kind::Text),
        Column::new("criterion", Text::new("标准", "Criterion"), Kind::Text),
        Column::new("status", Text::new("整改", "Status"), Kind::Text),
        Column::new("value", Text::new("指标值", "Value"), Kind::Value),
        Column::new("full_at", Text::new("满分需", "Full at"), Kind::Value).spare(2),
        Column::new("gap", Text::new("差距", "Gap"), Kind::Value),
        Column::new("next", Text::new("再得分需", "More from"), Kind::Value),
        Column::new("points", Text::new("得分", "Points"), Kind::Points),
        Column::new("full_points", Text::new("满分", "of"), Kind::Exact),
        Column::new("owner", Text::new("责任人", "Owner"), Kind::Text).spare(1),
        Column::new("deadline", Text::new("完成时限", "Deadline"), Kind::Text).spare(1),
    ];
    let mut table = Table::new(Text::new("整改清单", "To be put right"), columns);
    for entry in entries {
        let of = Of::new(book, entry.row.unit, entry.row.criterion);
        let aim = of.aim(entry.status);
        table.push(vec![
            Cell::text(of.unit.name.clone()),
            Cell::text(named(of.head)),
            Cell::text(status_word(entry.status)),
            of.value(),
            aim.full_at,
            aim.gap,
            aim.next_value,
            of.points(),
            Cell::exact(&of.head.points),
            Cell::text(entry.row.owner.as_str()),
            Cell::maybe(entry.row.deadline.map(|date| date.to_string())),
        ]);
    }
    let count = |status: Status| entries.iter().filter(|entry| entry.status == status).count();
    let [new, open, overdue, done] = [Status::New, Status::Open, Status::Overdue, Status::Done].map(count);
    table.notes.push(Text::new(
        format!("新增 {new}，整改中 {open}，逾期 {overdue}，已完成 {done}"),
        format!("{new} new, {open} open, {overdue} overdue, {done} done"),
    ));
    table
}

fn status_id(status: Status) -> &'static str {
    match status {
        Status::New => "new",
        Status::Open => "open",
        Status::Overdue => "overdue",
        Status::Done => "done",
    }
}

fn status_word(status: Status) -> Text {
    match status {
        Status::New => Text::new("新增", "new"),
        Status::Open => Text::new("整改中", "open"),
        Status::Overdue => Text::new("逾期", "overdue"),
        Status::Done => Text::new("已完成", "done"),
    }
}

fn light_word(light: Option<&str>) -> Text {
    match light {
        Some("ok") => Text::new("正常", "ok"),
        Some("warn") => Text::new("关注", "attention"),
        Some(_) => Text::new("预警", "alarm"),
        None => Text::new("无数值", "no value"),
    }
}

fn named(head: &CriterionHead) -> Text {
    Text::new(format!("{} {}", head.id, head.name.zh), format!("{} {}", head.id, head.name.en))
}

/// What a criterion asks for yet: the value of full points, how far it is, and the next value that gains points.
struct Aim {
    full_at: Cell,
    gap: Cell,
    next_value: Cell,
    next_points: Cell,
}

/// A criterion and the score of a unit by it.
#[derive(Clone, Copy)]
struct Of<'a> {
    book: &'a Scorebook,
    unit: &'a UnitResult,
    head: &'a CriterionHead,
    score: &'a Score,
}

impl<'a> Of<'a> {
    fn new(book: &'a Scorebook, unit: usize, criterion: usize) -> Self {
        let result = &book.units[unit];
        Self { book, unit: result, head: &book.criteria[criterion], score: &result.scores[criterion] }
    }

    /// A figure as the criterion's indicator is shown.
    fn figure(&self, value: &Exact) -> Cell {
        let indicator = self.head.indicator.and_then(|at| self.book.indicators.get(at));
        indicator.map_or_else(|| Cell::exact(value), |indicator| Cell::value(value, indicator.decimals, indicator.unit.clone()))
    }

    /// A difference between two such figures.
    fn difference(&self, difference: &Exact) -> Cell {
        match self.figure(difference) {
            Cell::Number(number) if number.unit.en == "%" => Cell::Number(Number { unit: Text::new("个百分点", "points"), ..number }),
            other => other,
        }
    }

    fn exact(&self) -> Option<&'a Exact> {
        self.score.measure.and_then(|at| self.unit.measures.get(at))?.value.as_ref()
    }

    fn value(&self) -> Cell {
        let judged = || self.score.shown.clone().map_or_else(|| Cell::state(self.score.state), Cell::Text);
        self.exact().map_or_else(judged, |value| self.figure(value))
    }

    /// The light; of a value that is not complete, with that word.
    fn light(&self) -> Text {
        let light = light_word(self.score.light);
        let state = self.score.measure.and_then(|at| self.unit.measures.get(at)).map(|measure| measure.state);
        match state.filter(|state| *state == State::Incomplete && self.score.light.is_some()) {
            Some(state) => {
                let word = state.word();
                Text::new(format!("{}（{}）", light.zh, word.zh), format!("{}, {}", light.en, word.en))
            }
            None => light,
        }
    }

    fn measured_in(&self) -> Text {
        self.head.indicator.and_then(|at| self.book.indicators.get(at)).map(|indicator| indicator.unit.clone()).unwrap_or_default()
    }

    fn target(&self) -> Option<Text> {
        self.score.target.as_deref().map(Text::from).or_else(|| self.head.target.clone())
    }

    fn points(&self) -> Cell {
        self.score.points.as_ref().map_or(Cell::Empty, |points| self.in_points(points))
    }

    fn in_points(&self, points: &Exact) -> Cell {
        Cell::points(points, self.book.head.points_decimals)
    }

    /// What is still to be reached; empty for what is done.
    fn aim(&self, status: Status) -> Aim {
        if status == Status::Done {
            return Aim { full_at: Cell::Empty, gap: Cell::Empty, next_value: Cell::Empty, next_points: Cell::Empty };
        }
        let next = self.score.next.as_ref();
        Aim {
            full_at: self.score.full_at.as_ref().map_or(Cell::Empty, |value| self.figure(value)),
            gap: self.gap(),
            next_value: next.map_or(Cell::Empty, |next| self.figure(&next.value)),
            next_points: next.map_or(Cell::Empty, |next| self.in_points(&next.points)),
        }
    }

    /// How far the value is from full points, always above 0.
    fn gap(&self) -> Cell {
        let gap = self.exact().zip(self.score.full_at.as_ref()).map(|(value, full)| (full - value).abs());
        gap.map_or(Cell::Empty, |gap| self.difference(&gap))
    }

    /// Earlier values, and the change since the last of them.
    fn trend(&self, watched: &Watched) -> Vec<Cell> {
        let cell = |value: &Option<Exact>| value.as_ref().map_or(Cell::Missing(Text::same("–")), |value| self.figure(value));
        let change = self.exact().zip(watched.earlier.last().and_then(Option::as_ref)).map(|(now, before)| now - before);
        watched.earlier.iter().map(cell).chain([change.map_or(Cell::Empty, |change| self.difference(&change))]).collect()
    }
}
