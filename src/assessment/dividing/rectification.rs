//! A rectification list as people sent it back: owners and deadlines filled in.

use std::collections::BTreeMap;
use std::path::Path;

use crate::assessment::dividing::desk::Desk;
use crate::assessment::dividing::sheet::Names;
use crate::codes::monitor as codes;
use crate::diagnostic::Diagnostic;
use crate::period::Span;
use crate::rectification::Earlier;
use crate::score::kernel::read_date;
use crate::scorebook::{Provenance, Scorebook};
use crate::text::{nearest, normalise};

/// Columns by their spellings; those that the program works out again are known and not read.
const NAMES: Names = Names {
    known: &[
        ("unit", "unit"),
        ("考核对象", "unit"),
        ("编号", "unit"),
        ("criterion", "criterion"),
        ("标准", "criterion"),
        ("标准编号", "criterion"),
        ("since", "since"),
        ("列入期间", "since"),
        ("列入时间", "since"),
        ("发现时间", "since"),
        ("起始", "since"),
        ("owner", "owner"),
        ("责任人", "owner"),
        ("责任单位", "owner"),
        ("责任科室", "owner"),
        ("责任部门", "owner"),
        ("负责人", "owner"),
        ("deadline", "deadline"),
        ("完成时限", "deadline"),
        ("期限", "deadline"),
        ("整改期限", "deadline"),
        ("整改时限", "deadline"),
        ("截止日期", "deadline"),
        ("note", "note"),
        ("备注", "note"),
        ("整改情况", "note"),
        ("unit_name", "unit_name"),
        ("criterion_name", "criterion_name"),
        ("status", "status"),
        ("整改", "status"),
        ("整改状态", "status"),
        ("状态", "light"),
        ("指标值", "value"),
        ("目标", "target"),
        ("满分需", "full_at"),
        ("差距", "gap"),
        ("再得分需", "next_value"),
        ("得分", "points"),
        ("满分", "full_points"),
        ("说明", "reason"),
        ("light", "light"),
        ("value", "value"),
        ("measured_in", "measured_in"),
        ("target", "target"),
        ("full_at", "full_at"),
        ("gap", "gap"),
        ("next_value", "next_value"),
        ("next_points", "next_points"),
        ("points", "points"),
        ("full_points", "full_points"),
        ("reason", "reason"),
    ],
    needed: &["unit", "criterion"],
    is_open: false,
};

/// The rows of an earlier list.
pub fn read(path: &Path, book: &Scorebook) -> (Option<(Vec<Earlier>, Provenance)>, Vec<Diagnostic>) {
    let mut desk = Desk::default();
    let Some(sheet) = desk.sheet_at(path, "rectification", NAMES) else { return (None, desk.diagnostics) };
    let numbered = || book.units.iter().enumerate();
    let names = numbered().flat_map(|(at, unit)| [(normalise(&unit.name.zh), at), (normalise(&unit.name.en), at)]);
    let units: BTreeMap<String, usize> = names.chain(numbered().map(|(at, unit)| (normalise(&unit.key), at))).collect();
    let criteria: BTreeMap<String, usize> = book.criteria.iter().enumerate().map(|(at, one)| (normalise(&one.id), at)).collect();
    let mut seen: BTreeMap<(usize, usize), u64> = BTreeMap::new();
    let mut earlier = Vec::new();
    for row in &sheet.rows {
        let cell = |name: &str| sheet.cell(row, name);
        let say = |code, column: &str| Diagnostic::new(code, sheet.origin_of(row, column)).with("written", sheet.cell(row, column));
        let (unit, criterion) = (cell("unit"), cell("criterion"));
        let (Some(at), Some(of)) = (units.get(&normalise(unit)).copied(), criteria.get(&normalise(criterion)).copied()) else {
            let gone = if units.contains_key(&normalise(unit)) {
                say(&codes::CRITERION, "criterion").suggest(nearest(criterion, book.criteria.iter().map(|one| one.id.as_str())))
            } else {
                say(&codes::UNIT, "unit").suggest(nearest(unit, book.units.iter().map(|one| one.key.as_str())))
            };
            desk.diagnostics.push(gone);
            continue;
        };
        if let Some(other) = seen.insert((at, of), row.line) {
            desk.diagnostics.push(sheet.twice(row, &format!("{unit} · {criterion}"), other));
            continue;
        }
        let written = cell("deadline");
        let deadline = read_date(written);
        if deadline.is_none() && !written.is_empty() {
            desk.diagnostics.push(say(&codes::DEADLINE, "deadline"));
        }
        let since = cell("since");
        if !since.is_empty() && since.parse::<Span>().is_err() {
            desk.diagnostics.push(say(&codes::SINCE, "since"));
        }
        let was_done = ["done", "已完成"].contains(&cell("status"));
        let text = |name: &str| cell(name).to_owned();
        earlier.push(Earlier {
            unit: at,
            criterion: of,
            since: text("since"),
            owner: text("owner"),
            deadline,
            note: text("note"),
            was_done,
        });
    }
    let provenance = desk.provenance();
    let is_right = !desk.diagnostics.iter().any(Diagnostic::is_error);
    (is_right.then_some((earlier, provenance)), desk.diagnostics)
}
