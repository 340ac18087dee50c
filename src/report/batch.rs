//! Several results side by side: `summary.csv` of a batch, and the same for the screen.

use std::io;

use crate::report::figures::total;
use crate::report::manifest::{self, Member};
use crate::report::summary::{self, rank, ranked, remarks};
use crate::report::table::{Cell, Column, Kind, Row, Style, Table};
use crate::report::{File, csv};
use crate::scorebook::Scorebook;
use crate::text::{Lang, Text};

/// The lines of one assessment, all that is kept of it.
#[derive(Debug, Clone)]
pub struct Lines {
    member: Member,
    heading: Text,
    records: Vec<Row>,
    shown: Vec<Row>,
}

impl Lines {
    /// Name of the assessment.
    pub fn name(&self) -> &str {
        &self.member.assessment
    }
}

/// What became of an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was scored.
    Done,
    /// It was scored, with findings at or above what counts as failed.
    Findings,
    /// Nothing was done.
    Failed,
}

impl Outcome {
    /// The spelling in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Findings => "findings",
            Self::Failed => "failed",
        }
    }
}

/// The lines of an assessment that was scored: one for each unit, by peer group and rank.
pub fn scored(name: &str, book: &Scorebook, outcome: Outcome) -> Lines {
    let units: Vec<_> = ranked(book).collect();
    let record = |unit: &&crate::scorebook::UnitResult| {
        body(vec![
            Cell::text(name),
            Cell::text(book.head.title.clone()),
            Cell::text(book.head.period.to_string()),
            Cell::text(unit.key.as_str()),
            Cell::text(unit.name.clone()),
            Cell::text(unit.peer_group.as_str()),
            total(book, unit),
            Cell::exact(&unit.full_points),
            rank(unit),
            Cell::maybe(unit.grade.clone()),
            Cell::Flag(!unit.provisional.is_empty()),
            Cell::text(outcome.id()),
            Cell::Empty,
        ])
    };
    let shown = |unit: &&crate::scorebook::UnitResult| {
        let (key, name) = (Cell::text(unit.key.as_str()), Cell::text(unit.name.clone()));
        let (group, grade) = (Cell::text(unit.peer_group.as_str()), Cell::maybe(unit.grade.clone()));
        body(vec![group, rank(unit), key, name, total(book, unit), grade, remarks(unit)])
    };
    let title = summary::title(book);
    let heading = Text::new(format!("{name}：{}", title.zh), format!("{name}: {}", title.en));
    let (records, shown) = (units.iter().map(record).collect(), units.iter().map(shown).collect());
    Lines { member: member(name, outcome), heading, records, shown }
}

/// The line of an assessment of which nothing was done, with the code of the first error.
pub fn failed(name: &str, code: &str) -> Lines {
    let mut cells = vec![Cell::Empty; COLUMNS.len()];
    let ends = [(0, name), (COLUMNS.len() - 2, Outcome::Failed.id()), (COLUMNS.len() - 1, code)];
    for (at, text) in ends {
        cells[at] = Cell::text(text);
    }
    let why = Text::new(format!("没有打分：{code}"), format!("not scored: {code}"));
    let mut shown = vec![Cell::Empty; sheet_columns().len() - 1];
    shown.push(Cell::text(why));
    Lines { member: member(name, Outcome::Failed), heading: Text::same(name), records: vec![body(cells)], shown: vec![body(shown)] }
}

fn member(name: &str, outcome: Outcome) -> Member {
    Member { assessment: name.to_owned(), state: outcome.id().to_owned() }
}

fn body(cells: Vec<Cell>) -> Row {
    Row { style: Style::Body, cells }
}

const COLUMNS: [(&str, Kind); 13] = [
    ("assessment", Kind::Text),
    ("title", Kind::Text),
    ("period", Kind::Text),
    ("unit", Kind::Text),
    ("name", Kind::Text),
    ("peer_group", Kind::Text),
    ("total", Kind::Points),
    ("full_points", Kind::Exact),
    ("rank", Kind::Count),
    ("grade", Kind::Text),
    ("provisional", Kind::Flag),
    ("state", Kind::Text),
    ("code", Kind::Text),
];

/// `summary.csv` of a batch: assessments in the order given.
pub fn file(all: &[Lines]) -> Table {
    let columns = COLUMNS.map(|(id, kind)| Column::plain(id, kind)).to_vec();
    Table { columns, rows: all.iter().flat_map(|one| one.records.clone()).collect(), ..Table::default() }
}

/// The same for people: a section for each assessment.
pub fn sheet(all: &[Lines]) -> Table {
    let mut table = Table::new(Text::new("各考核任务结果", "Results of several assessments"), sheet_columns());
    for one in all {
        table.section(one.heading.clone());
        table.rows.extend(one.shown.iter().cloned());
    }
    let used: Vec<bool> = (0..table.columns.len()).map(|at| table.records().any(|row| row.cells[at] != Cell::Empty)).collect();
    keep(&mut table, &used);
    table.notes.push(tally(all));
    table
}

fn sheet_columns() -> Vec<Column> {
    vec![
        Column::new("peer_group", Text::new("同类组", "Peer group"), Kind::Text).spare(2),
        Column::new("rank", Text::new("名次", "Rank"), Kind::Count),
        Column::new("unit", Text::new("编号", "Unit"), Kind::Text).spare(2),
        Column::new("name", Text::new("考核对象", "Name"), Kind::Text),
        Column::new("total", Text::new("总分", "Total"), Kind::Points),
        Column::new("grade", Text::new("等级", "Grade"), Kind::Text),
        Column::new("remarks", Text::new("备注", "Remarks"), Kind::Text),
    ]
}

/// Leaves out columns in which nothing stands.
fn keep(table: &mut Table, used: &[bool]) {
    let mut flags = used.iter();
    table.columns.retain(|_| *flags.next().unwrap_or(&true));
    for row in table.rows.iter_mut().filter(|row| row.style != Style::Section) {
        let mut flags = used.iter();
        row.cells.retain(|_| *flags.next().unwrap_or(&true));
    }
}

/// How many were scored and how many not.
fn tally(all: &[Lines]) -> Text {
    let count = |outcome: Outcome| all.iter().filter(|one| one.member.state == outcome.id()).count();
    let (done, findings, failed) = (count(Outcome::Done), count(Outcome::Findings), count(Outcome::Failed));
    Text::new(
        format!("考核任务 {} 个：完成 {done}，有数据问题 {findings}，没有打分 {failed}", all.len()),
        format!(
            "{} assessment{}: {done} done, {findings} with findings, {failed} not scored",
            all.len(),
            if all.len() == 1 { "" } else { "s" }
        ),
    )
}

/// The files that stand beside the folders of the results; `inside` names those within them.
pub fn files(all: &[Lines], inside: Vec<String>, lang: Lang) -> io::Result<Vec<File<'static>>> {
    let own = [SUMMARY, manifest::NAME].map(str::to_owned);
    let names: Vec<String> = inside.into_iter().chain(own).collect();
    let members = all.iter().map(|one| one.member.clone()).collect();
    let summary = csv::render(&file(all), lang)?;
    Ok(vec![File::of(SUMMARY, summary), File::of(manifest::NAME, manifest::of_several(members, lang, &names)?)])
}

/// Name of the combined table.
const SUMMARY: &str = "summary.csv";
