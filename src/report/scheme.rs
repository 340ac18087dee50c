//! Sheets about a scheme or catalogue checked alone: its diagnostics, and how far its examples reach.

use std::fmt::Write as _;

use crate::assessment::alone::Weighed;
use crate::diagnostic::Diagnostic;
use crate::lint::Covered;
use crate::report::table::{Cell, Column, Kind, Table};
use crate::scorebook::Allowed;
use crate::text::{Lang, Text, list};

/// One row per diagnostic, in the order of the files.
pub fn diagnostics(diagnostics: &[Diagnostic]) -> Table {
    let columns = [
        ("severity", Kind::Text),
        ("code", Kind::Text),
        ("file", Kind::Text),
        ("line", Kind::Count),
        ("column", Kind::Count),
        ("expected", Kind::Text),
        ("message", Kind::Text),
        ("help", Kind::Text),
    ];
    let mut table = Table::new(Text::default(), columns.map(|(id, kind)| Column::plain(id, kind)).to_vec());
    let both = |of: &dyn Fn(Lang) -> String| Cell::text(Text::new(of(Lang::Zh), of(Lang::En)));
    for one in diagnostics {
        let place = one.origin.as_ref().map(|origin| (origin.file.path.as_str(), origin.line_and_column()));
        let number = |number: Option<usize>| number.map_or(Cell::Empty, Cell::count);
        table.push(vec![
            Cell::text(one.code.severity.id()),
            Cell::text(one.code.id()),
            Cell::maybe(place.map(|(path, _)| path)),
            number(place.map(|(_, (line, _))| line)),
            number(place.map(|(_, (_, column))| column)),
            both(&|lang| one.code.expected(lang).to_owned()),
            both(&|lang| one.message.render(lang)),
            both(&|lang| one.code.help(lang).to_owned()),
        ]);
    }
    table
}

/// One row per criterion of each sheet: its points, and its share of full points.
pub fn weights(weighed: &[Weighed]) -> Table {
    let has_classes = weighed.iter().any(|one| one.class.is_some());
    let class = has_classes.then(|| Column::new("class", Text::new("类别", "Class"), Kind::Text));
    let others = [
        Column::new("dimension", Text::new("维度", "Dimension"), Kind::Text),
        Column::new("criterion", Text::new("编号", "Id"), Kind::Text),
        Column::new("name", Text::new("名称", "Name"), Kind::Text),
        Column::new("points", Text::new("分值", "Points"), Kind::Exact),
        Column::new("weight", Text::new("权重（%）", "Weight (%)"), Kind::Value),
    ];
    let mut table = Table::new(Text::new("实际权重", "Effective weights"), class.into_iter().chain(others).collect());
    for one in weighed {
        let class = one.class.clone().map(Cell::text);
        let others = [
            Cell::text(one.dimension.as_str()),
            Cell::text(one.criterion.as_str()),
            Cell::text(one.name.clone()),
            Cell::exact(&one.points),
            Cell::value(&one.share, 2, Text::default()),
        ];
        table.push(class.into_iter().chain(others).collect());
    }
    table
}

/// One row per criterion or indicator: its branches, how many the examples reach, and which none does.
pub fn coverage(covered: &[Covered]) -> Table {
    let columns = vec![
        Column::new("criterion", Text::new("编号", "Id"), Kind::Text),
        Column::new("name", Text::new("名称", "Name"), Kind::Text),
        Column::new("rule", Text::new("计分", "Rule"), Kind::Text),
        Column::new("branches", Text::new("分支", "Branches"), Kind::Count),
        Column::new("reached", Text::new("已走到", "Reached"), Kind::Count),
        Column::new("not_reached", Text::new("未走到", "Not reached"), Kind::Text),
    ];
    let mut table = Table::new(Text::new("算例覆盖", "What the worked examples reach"), columns);
    for one in covered {
        table.push(vec![
            Cell::text(one.criterion.as_str()),
            Cell::text(one.name.clone()),
            Cell::text(one.rule),
            Cell::count(one.reached.len() + one.missed.len()),
            Cell::count(one.reached.len()),
            Cell::text(list(&one.missed)),
        ]);
    }
    table
}

/// What the scheme lets stand, a line each.
pub fn let_stand(allowed: &[Allowed], lang: Lang) -> String {
    let mut out = String::new();
    for one in allowed {
        let message = one.message.render(lang);
        let _ = match lang {
            Lang::Zh => writeln!(out, "照原表保留[{}]：{message}（{}）", one.code, one.reason.zh),
            Lang::En => writeln!(out, "let stand[{}]: {message} ({})", one.code, one.reason.en),
        };
    }
    out
}
