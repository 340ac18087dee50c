//! Sheets of pay: what each unit gets from each pool and why, the pools as they were used up, payments to people.

use crate::pay::{Allocation, Fate, Kind, Payment, Plan, yuan};
use crate::report::table::{Cell, Column, Kind as Contents, Table};
use crate::text::Text;
use crate::text::person::masked;

/// `amounts.csv`: a row per pool and unit.
pub fn amounts(plan: &Plan, allocation: &Allocation) -> Table {
    let columns = [
        ("unit", Contents::Text),
        ("name", Contents::Text),
        ("pool", Contents::Text),
        ("coefficient", Contents::Exact),
        ("own_pool", Contents::Points),
        ("amount", Contents::Points),
        ("remainder", Contents::Points),
        ("remainder_is", Contents::Text),
        ("trial", Contents::Flag),
        ("reason", Contents::Text),
    ];
    let mut table = plain(&columns);
    for payment in &allocation.payments {
        let unit = &plan.scores.units[payment.unit];
        table.push(vec![
            Cell::text(unit.key.as_str()),
            Cell::text(unit.name.clone()),
            Cell::text(plan.pools[payment.pool].id.as_str()),
            coefficient(allocation, payment.unit),
            payment.own.map_or(Cell::Empty, money),
            paid(payment),
            payment.rest.map_or(Cell::Empty, |(rest, _)| money(rest)),
            payment.rest.map_or(Cell::Empty, |(_, fate)| Cell::text(fate_id(fate))),
            Cell::Flag(plan.is_trial),
            Cell::said(&payment.reason),
        ]);
    }
    table
}

/// `units.csv`: a row per unit with its score, its coefficient and why, and the sum of its amounts.
pub fn units(plan: &Plan, allocation: &Allocation) -> Table {
    let columns = [
        ("unit", Contents::Text),
        ("name", Contents::Text),
        ("total", Contents::Points),
        ("grade", Contents::Text),
        ("provisional", Contents::Flag),
        ("coefficient", Contents::Exact),
        ("amount", Contents::Points),
        ("reason", Contents::Text),
    ];
    let mut table = plain(&columns);
    for (at, unit) in plan.scores.units.iter().enumerate() {
        let reason = allocation.coefficients[at].as_ref().map(|coefficient| coefficient.reason.clone());
        table.push(vec![
            Cell::text(unit.key.as_str()),
            Cell::text(unit.name.clone()),
            total(plan, at),
            Cell::maybe(unit.grade.clone()),
            Cell::Flag(unit.is_provisional),
            coefficient(allocation, at),
            money(sum(allocation.payments.iter().filter(|payment| payment.unit == at), |payment| payment.paid)),
            Cell::said(reason.as_slice()),
        ]);
    }
    table
}

/// `pools.csv`: a row per pool; what was paid, returned, carried over and held back adds up to it.
pub fn pools(plan: &Plan, allocation: &Allocation) -> Table {
    let columns = [
        ("pool", Contents::Text),
        ("rule", Contents::Text),
        ("amount", Contents::Points),
        ("paid", Contents::Points),
        ("returned", Contents::Points),
        ("carried", Contents::Points),
        ("held", Contents::Points),
    ];
    let mut table = plain(&columns);
    for (at, pool) in plan.pools.iter().enumerate() {
        let own = || allocation.payments.iter().filter(move |payment| payment.pool == at);
        let of = |fate: Fate| sum(own(), move |payment| payment.rest.filter(|rest| rest.1 == fate).map(|rest| rest.0));
        let (paid, rests) = (sum(own(), |payment| payment.paid), [Fate::Returned, Fate::Carried, Fate::Held].map(of));
        let whole = paid + rests.iter().sum::<i64>();
        let rule = if matches!(pool.kind, Kind::Own(..)) { "own" } else { "shared" };
        let amounts = [whole, paid].into_iter().chain(rests).map(money);
        table.push([Cell::text(pool.id.as_str()), Cell::text(rule)].into_iter().chain(amounts).collect());
    }
    table
}

/// `persons.csv`: a row per pool, person and month.
pub fn persons(plan: &Plan, allocation: &Allocation) -> Table {
    let columns = [
        ("unit", Contents::Text),
        ("person", Contents::Text),
        ("month", Contents::Text),
        ("pool", Contents::Text),
        ("equivalents", Contents::Exact),
        ("amount", Contents::Points),
        ("trial", Contents::Flag),
        ("reason", Contents::Text),
    ];
    let mut table = plain(&columns);
    for personal in &allocation.personal {
        let work = &plan.work[personal.work];
        table.push(vec![
            Cell::text(plan.scores.units[work.unit].key.as_str()),
            Cell::text(masked(&work.person).into_owned()),
            Cell::text(work.month.to_string()),
            Cell::text(plan.pools[personal.pool].id.as_str()),
            Cell::exact(&work.equivalents),
            money(personal.paid),
            Cell::Flag(plan.is_trial),
            Cell::said(&personal.reason),
        ]);
    }
    table
}

/// For people: units with a column per pool, and the sums; then why, pool by pool.
pub fn sheet(plan: &Plan, allocation: &Allocation) -> Table {
    let start = [
        Column::new("unit", Text::new("考核对象", "Unit"), Contents::Text).spare(2),
        Column::new("name", Text::new("名称", "Name"), Contents::Text),
        Column::new("total", Text::new("总分", "Total"), Contents::Points),
        Column::new("coefficient", Text::new("系数", "Coefficient"), Contents::Exact),
    ];
    let pools = plan.pools.iter().map(|pool| Column::new(&pool.id, pool.name.clone(), Contents::Points));
    let end = [Column::new("amount", Text::new("金额（元）", "Amount (yuan)"), Contents::Points)];
    let mut table = Table::new(title(plan), start.into_iter().chain(pools).chain(end).collect());
    let of = |unit: Option<usize>, pool: Option<usize>| {
        let is_meant =
            move |payment: &&Payment| unit.is_none_or(|unit| payment.unit == unit) && pool.is_none_or(|pool| payment.pool == pool);
        sum(allocation.payments.iter().filter(is_meant), |payment| payment.paid)
    };
    for (at, unit) in plan.scores.units.iter().enumerate() {
        let cell = |pool: usize| {
            let own = allocation.payments.iter().find(|payment| payment.unit == at && payment.pool == pool);
            own.map_or(Cell::Empty, paid)
        };
        let start = [Cell::text(unit.key.as_str()), Cell::text(unit.name.clone()), total(plan, at), coefficient(allocation, at)];
        let amounts = (0..plan.pools.len()).map(cell);
        table.push(start.into_iter().chain(amounts).chain([money(of(Some(at), None))]).collect());
    }
    let start = [Cell::Empty, Cell::text(Text::new("合计", "Total")), Cell::Empty, Cell::Empty];
    let sums = (0..plan.pools.len()).map(|pool| money(of(None, Some(pool))));
    table.total(start.into_iter().chain(sums).chain([money(of(None, None))]).collect());
    table.notes = notes(plan, allocation);
    table
}

/// Every amount with its reason, a paragraph each.
fn notes(plan: &Plan, allocation: &Allocation) -> Vec<Text> {
    let note = |payment: &Payment| {
        let (unit, pool) = (&plan.scores.units[payment.unit].name, &plan.pools[payment.pool].name);
        let reason = crate::report::table::paragraph(&payment.reason);
        Text::new(format!("{} · {}：{}", unit.zh, pool.zh, reason.zh), format!("{} · {}: {}", unit.en, pool.en, reason.en))
    };
    allocation.payments.iter().map(note).collect()
}

fn title(plan: &Plan) -> Text {
    let trial =
        if plan.is_trial { Text::new(" · 试算，不作发放依据", " · a trial, nothing is paid by it") } else { Text::default() };
    let join = |title: &str, trial: &str| format!("{title} · {}{trial}", plan.scores.period);
    Text::new(join(&plan.title.zh, &trial.zh), join(&plan.title.en, &trial.en))
}

fn plain(columns: &[(&str, Contents)]) -> Table {
    Table::new(Text::default(), columns.iter().map(|(id, kind)| Column::plain(id, *kind)).collect())
}

fn sum<'a>(payments: impl Iterator<Item = &'a Payment>, amount: impl Fn(&Payment) -> Option<i64>) -> i64 {
    payments.filter_map(amount).sum()
}

fn money(cents: i64) -> Cell {
    Cell::points(&yuan(cents), 2)
}

fn paid(payment: &Payment) -> Cell {
    payment.paid.map_or_else(|| Cell::Missing(Text::new("暂不分配", "held")), money)
}

fn total(plan: &Plan, unit: usize) -> Cell {
    let total = plan.scores.units[unit].total.as_ref();
    total.map_or_else(|| Cell::Missing(Text::new("无总分", "no total")), |total| Cell::points(total, plan.scores.points_decimals))
}

fn coefficient(allocation: &Allocation, unit: usize) -> Cell {
    allocation.coefficients[unit].as_ref().map_or_else(|| Cell::Missing(Text::same("–")), |found| Cell::exact(&found.value))
}

fn fate_id(fate: Fate) -> &'static str {
    match fate {
        Fate::Returned => "returned",
        Fate::Carried => "carried",
        Fate::Held => "held",
    }
}
