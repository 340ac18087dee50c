//! Who has reported what: `completeness.csv`, and what is still owed as a table for people.

use crate::number::Exact;
use crate::report::table::{Cell, Column, Kind, Table};
use crate::scorebook::Delivery;
use crate::text::Text;

/// `completeness.csv`: every organisation, item and window of which something is owed.
pub fn file(deliveries: &[Delivery]) -> Table {
    let columns = [
        ("unit", Kind::Text),
        ("organisation", Kind::Text),
        ("name", Kind::Text),
        ("item", Kind::Text),
        ("item_name", Kind::Text),
        ("window", Kind::Text),
        ("required", Kind::Count),
        ("reported", Kind::Count),
        ("rejected", Kind::Text),
        ("missing", Kind::Text),
    ];
    let mut table = Table::new(Text::default(), columns.map(|(id, kind)| Column::plain(id, kind)).to_vec());
    for one in deliveries {
        table.push(vec![
            Cell::text(one.unit.as_str()),
            Cell::text(one.organisation.as_str()),
            Cell::text(one.name.as_str()),
            Cell::text(one.item.as_str()),
            Cell::text((*one.item_name).clone()),
            Cell::text(one.window.to_string()),
            Cell::count(one.required),
            Cell::count(one.reported),
            Cell::text(one.rejected.as_str()),
            Cell::text(one.missing.as_str()),
        ]);
    }
    table
}

/// Organisations shown that owe something; the file lists them all.
const SHOWN: usize = 20;

/// What each organisation has delivered, those that owe most first; those that owe nothing are counted.
pub fn sheet(deliveries: &[Delivery]) -> Table {
    let columns = vec![
        Column::new("organisation", Text::new("机构代码", "Code"), Kind::Text),
        Column::new("name", Text::new("机构名称", "Organisation"), Kind::Text),
        Column::new("required", Text::new("应报", "Owed"), Kind::Count),
        Column::new("reported", Text::new("已报", "Reported"), Kind::Count),
        Column::new("share", Text::new("完整率", "Complete"), Kind::Value),
        Column::new("items", Text::new("缺报项目", "Items lacking"), Kind::Text).spare(1),
    ];
    let mut table = Table::new(Text::new("报送情况（项目·月）", "What was reported (items × months)"), columns);
    let mut owing = by_organisation(deliveries);
    let all = owing.len();
    owing.retain(|one| one.reported < one.required);
    owing.sort_by_key(|one| std::cmp::Reverse(one.required - one.reported));
    for one in owing.iter().take(SHOWN) {
        table.push(one.row());
    }
    let complete = all - owing.len();
    table.notes.push(Text::new(
        format!("{all} 家机构中 {complete} 家已报齐"),
        format!("{complete} of {all} organisations have reported everything"),
    ));
    if let more @ 1.. = owing.len().saturating_sub(SHOWN) {
        table.notes.push(Text::new(
            format!("另有 {more} 家未报齐，见 completeness.csv（-o 文件夹）"),
            format!("{more} more owe something: completeness.csv (-o DIR) lists all"),
        ));
    }
    table
}

/// The deliveries of one organisation.
struct Owing<'a> {
    code: &'a str,
    name: &'a str,
    required: usize,
    reported: usize,
    items: Vec<&'a Text>,
}

impl Owing<'_> {
    fn row(&self) -> Vec<Cell> {
        let share = Exact::from(100 * self.reported).checked_div(&Exact::from(self.required));
        vec![
            Cell::text(self.code),
            Cell::text(self.name),
            Cell::count(self.required),
            Cell::count(self.reported),
            share.map_or(Cell::Empty, |share| Cell::value(&share, 1, Text::same("%"))),
            Cell::text(crate::text::list(self.items.iter().copied())),
        ]
    }
}

/// In the order in which organisations first appear.
fn by_organisation(deliveries: &[Delivery]) -> Vec<Owing<'_>> {
    let mut found: Vec<Owing> = Vec::new();
    let mut place = std::collections::BTreeMap::new();
    for one in deliveries {
        let at = *place.entry(one.organisation.as_str()).or_insert_with(|| {
            found.push(Owing { code: &one.organisation, name: &one.name, required: 0, reported: 0, items: Vec::new() });
            found.len() - 1
        });
        let owing = &mut found[at];
        owing.required += one.required;
        owing.reported += one.reported;
        if one.reported < one.required && !owing.items.contains(&&*one.item_name) {
            owing.items.push(&one.item_name);
        }
    }
    found
}
