//! Sheets of targets: `targets.csv`, which assessments read, and what changed between two versions.

use crate::number::Exact;
use crate::report::table::{Cell, Column, Kind, Table};
use crate::targets::changes::Change;
use crate::targets::{Plan, Rule, Target};
use crate::text::Text;

/// `targets.csv`: a row per unit and item, item by item.
pub fn file(plan: &Plan, targets: &[Target]) -> Table {
    let columns = [
        ("unit", Kind::Text),
        ("item", Kind::Text),
        ("period", Kind::Text),
        ("target", Kind::Exact),
        ("round", Kind::Count),
        ("reason", Kind::Text),
    ];
    let mut table = Table::new(Text::default(), columns.map(|(id, kind)| Column::plain(id, kind)).to_vec());
    for target in targets {
        table.push(vec![
            Cell::text(plan.units[target.unit].key.as_str()),
            Cell::text(plan.items[target.item].id.as_str()),
            Cell::text(plan.period.to_string()),
            Cell::exact(&target.target),
            Cell::exact(&Exact::from(i64::from(plan.round))),
            Cell::said(&target.reason),
        ]);
    }
    table
}

/// The same for people: a section per item, with the total that the targets add up to.
pub fn sheet(plan: &Plan, targets: &[Target]) -> Table {
    let columns = vec![
        Column::new("unit", Text::new("考核对象", "Unit"), Kind::Text).spare(2),
        Column::new("name", Text::new("名称", "Name"), Kind::Text),
        Column::new("target", Text::new("任务数", "Target"), Kind::Exact),
        Column::new("reason", Text::new("说明", "Reason"), Kind::Text),
    ];
    let mut table = Table::new(title(plan), columns);
    for (at, item) in plan.items.iter().enumerate() {
        table.section(item.name.clone());
        for target in targets.iter().filter(|target| target.item == at) {
            let unit = &plan.units[target.unit];
            let ends = [Cell::exact(&target.target), Cell::said(&target.reason)];
            table.push([Cell::text(unit.key.as_str()), Cell::text(unit.name.as_str())].into_iter().chain(ends).collect());
        }
        if let Rule::Divided(quantity) = &item.rule {
            table.total(vec![Cell::Empty, Cell::text(Text::new("合计", "Total")), Cell::exact(&Exact::from(quantity.total)), Cell::Empty]);
        }
    }
    table
}

/// What changed, as a file.
pub fn changes_file(changes: &[Change]) -> Table {
    let columns = [
        ("unit", Kind::Text),
        ("item", Kind::Text),
        ("before", Kind::Exact),
        ("after", Kind::Exact),
        ("change", Kind::Exact),
        ("percent", Kind::Value),
    ];
    let mut table = Table::new(Text::default(), columns.map(|(id, kind)| Column::plain(id, kind)).to_vec());
    for change in changes {
        let keys = [Cell::text(change.unit.as_str()), Cell::text(change.item.as_str())];
        table.push(keys.into_iter().chain(figures(change)).collect());
    }
    table
}

/// What changed, for people: a section per item. Units whose target is the same are counted below.
pub fn changes_sheet(plan: &Plan, changes: &[Change]) -> Table {
    let columns = vec![
        Column::new("unit", Text::new("考核对象", "Unit"), Kind::Text).spare(2),
        Column::new("name", Text::new("名称", "Name"), Kind::Text),
        Column::new("before", Text::new("原任务数", "Before"), Kind::Exact),
        Column::new("after", Text::new("现任务数", "After"), Kind::Exact),
        Column::new("change", Text::new("增减", "Change"), Kind::Exact),
        Column::new("percent", Text::new("增减%", "Change in %"), Kind::Value),
    ];
    let mut table = Table::new(title(plan), columns);
    let (same, moved): (Vec<&Change>, Vec<&Change>) = changes.iter().partition(|change| change.before == change.after);
    let mut item = None;
    for change in moved {
        if item != Some(&change.item) {
            item = Some(&change.item);
            let known = plan.items.iter().find(|known| known.id == change.item);
            table.section(known.map_or_else(|| Text::same(&change.item), |known| known.name.clone()));
        }
        let name = plan.units.iter().find(|unit| unit.key == change.unit).map(|unit| unit.name.as_str());
        let keys = [Cell::text(change.unit.as_str()), Cell::maybe(name)];
        table.push(keys.into_iter().chain(figures(change)).collect());
    }
    let count = same.len();
    table.notes.push(Text::new(format!("未变动 {count} 项"), format!("targets that did not change: {count}")));
    table
}

fn figures(change: &Change) -> [Cell; 4] {
    let or = |figure: &Option<Exact>, word: Text| figure.as_ref().map_or(Cell::Missing(word), Cell::exact);
    [
        or(&change.before, Text::new("新增", "new")),
        or(&change.after, Text::new("取消", "gone")),
        or(&change.difference(), Text::same("–")),
        change.percent().map_or(Cell::Missing(Text::same("–")), |percent| Cell::value(&percent, 2, Text::same("%"))),
    ]
}

/// Title, period and version.
fn title(plan: &Plan) -> Text {
    let (period, round) = (plan.period, plan.round);
    let version = match round {
        0 => Text::new("征求意见前", "draft"),
        _ => Text::new(format!("第 {round} 轮意见征询后"), format!("after round {round} of the consultation")),
    };
    let join = |title: &str, version: &str| format!("{title} · {period} · {version}");
    Text::new(join(&plan.title.zh, &version.zh), join(&plan.title.en, &version.en))
}
