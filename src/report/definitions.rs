//! What the figures of a result mean: the definitions used, with how far their sources were verified.

use crate::catalogue::Basis;
use crate::report::catalogue::{better, source, written};
use crate::report::table::{Cell, Column, Kind, Table};
use crate::report::unit::{printed, printed_word};
use crate::scorebook::{IndicatorHead, Scorebook};
use crate::text::{Lang, Text, list};

/// The indicators that criteria score, in their order.
pub fn table(book: &Scorebook) -> Table {
    let columns = vec![
        Column::new("indicator", Text::new("指标", "Indicator"), Kind::Text),
        Column::new("id", Text::new("编号", "Id"), Kind::Text).spare(2),
        Column::new("formula", Text::new("公式", "Formula"), Kind::Text),
        Column::new("unit", Text::new("单位", "Unit"), Kind::Text),
        Column::new("better", Text::new("导向", "Better"), Kind::Text).spare(1),
        Column::new("definition", Text::new("口径", "Definition"), Kind::Text).spare(1),
        Column::new("source", Text::new("依据（核对程度）", "Source (how far verified)"), Kind::Text).spare(1),
    ];
    let mut table = Table::new(Text::new("指标口径", "Definitions"), columns);
    let mut scored: Vec<usize> = book.criteria.iter().filter_map(|criterion| criterion.indicator).collect();
    scored.sort_unstable();
    scored.dedup();
    for head in scored.into_iter().filter_map(|at| book.indicators.get(at)) {
        table.push(row(head));
    }
    table
}

fn row(head: &IndicatorHead) -> Vec<Cell> {
    vec![
        Cell::text(head.name.clone()),
        Cell::text(head.id.as_str()),
        Cell::text(formula(head)),
        Cell::text(head.unit.clone()),
        Cell::text(better(head.better)),
        Cell::maybe(head.definition.clone()),
        Cell::text(sources(&head.basis)),
    ]
}

/// The definition as written.
pub(super) fn formula(head: &IndicatorHead) -> String {
    written(&head.formula.0, head.formula.1.as_deref(), &head.factor)
}

fn sources(basis: &[Basis]) -> Text {
    let all: Vec<Text> = basis.iter().map(source).collect();
    list(&all)
}

/// The scheme: every criterion with its points, its target and what the published sheet prints of it.
pub fn scheme(book: &Scorebook) -> Table {
    let mut columns = vec![
        Column::new("criterion", Text::new("编号", "Id"), Kind::Text),
        Column::new("name", Text::new("指标", "Criterion"), Kind::Text),
        Column::new("dimension", Text::new("维度", "Dimension"), Kind::Text),
        Column::new("full_points", Text::new("满分", "Points"), Kind::Exact),
        Column::new("rule", Text::new("计分方法", "Rule"), Kind::Text).spare(2),
        Column::new("target", Text::new("目标", "Target"), Kind::Text),
    ];
    let printed = printed(&book.criteria);
    columns.extend(printed.iter().map(|id| Column::new(*id, printed_word(id), Kind::Text).spare(2)));
    let mut table = Table::new(Text::new("评判标准", "Scheme"), columns);
    for head in &book.criteria {
        let dimension = book.dimensions.get(head.dimension).map(|dimension| dimension.name.clone());
        let mut cells = vec![
            Cell::text(head.id.as_str()),
            Cell::text(head.name.clone()),
            Cell::maybe(dimension),
            Cell::exact(&head.points),
            Cell::text(head.rule),
            Cell::maybe(head.target.clone()),
        ];
        let of_column = |id: &&str| Cell::maybe(head.printed.iter().find(|(column, _)| column == id).map(|(_, text)| text.clone()));
        cells.extend(printed.iter().map(of_column));
        table.push(cells);
    }
    table
}

/// Definitions whose source nobody verified.
pub fn unverified(book: &Scorebook) -> Table {
    let columns = vec![
        Column::new("id", Text::new("编号", "Id"), Kind::Text),
        Column::new("source", Text::new("依据（核对程度）", "Source (how far verified)"), Kind::Text),
    ];
    let mut table = Table::new(Text::new("出处未经核实的定义", "Definitions whose source was not verified"), columns);
    for (id, basis) in &book.provenance.unverified {
        table.push(vec![Cell::text(id.as_str()), Cell::text(source(basis))]);
    }
    table
}

/// What the result was made from: every file with its checksum, then the options.
pub fn inputs(book: &Scorebook) -> Table {
    let columns = vec![
        Column::new("path", Text::new("文件或选项", "File or option"), Kind::Text),
        Column::new("role", Text::new("用途", "Role"), Kind::Text),
        Column::new("sha256", Text::new("SHA-256 或取值", "SHA-256 or value"), Kind::Text),
        Column::new("bytes", Text::new("字节", "Bytes"), Kind::Count),
        Column::new("encoding", Text::new("编码", "Encoding"), Kind::Text).spare(2),
        Column::new("received", Text::new("收到日期", "Received"), Kind::Text).spare(2),
    ];
    let mut table = Table::new(Text::new("数据与定义的来源", "What the result was made from"), columns);
    for input in &book.provenance.inputs {
        table.push(vec![
            Cell::text(input.path.as_str()),
            Cell::text(role(input.role)),
            Cell::text(input.sha256.as_str()),
            usize::try_from(input.bytes).map_or(Cell::Empty, Cell::count),
            Cell::maybe(input.encoding),
            Cell::maybe(input.received.clone()),
        ]);
    }
    for (key, value) in &book.provenance.options {
        let role = Cell::text(Text::new("选项", "option"));
        table.push(vec![Cell::text(key.as_str()), role, Cell::text(value.as_str()), Cell::Empty, Cell::Empty, Cell::Empty]);
    }
    table.notes = book
        .provenance
        .allowed
        .iter()
        .map(|allowed| {
            let message = |lang| allowed.message.render(lang);
            Text::new(
                format!("照原表保留：{}（{}）", message(Lang::Zh), allowed.reason.zh),
                format!("Let stand: {} ({})", message(Lang::En), allowed.reason.en),
            )
        })
        .collect();
    table
}

fn role(id: &str) -> Text {
    let zh = match id {
        "definition" => "定义",
        "registry" => "机构名册",
        "data" => "数据",
        "judgements" => "评定",
        _ => id,
    };
    Text::new(zh, id)
}
