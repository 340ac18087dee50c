//! Names and attributes of what is scored, and the conditions that ask for them (SEMANTICS O4, O10).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::assessment::names::KnownNames;
use crate::assessment::registry::line_origin;
use crate::codes::criteria as criteria_codes;
use crate::codes::registry as codes;
use crate::definition::CriteriaFile;
use crate::definition::located::Words;
use crate::diagnostic::{Diagnostic, Origin, SourceFile};
use crate::finding::Finding;
use crate::formula::{self, ItemName, NameKind, Names, ScopeOperands, Window};
use crate::intake::table::{Delimiter, Head, Table};
use crate::measure::roster::{Roster, Unit};
use crate::number::Exact;
use crate::registry::{OrgId, Registry, canonical_column, canonical_value};
use crate::score::criteria::Criteria;
use crate::score::sheet::holds;
use crate::text::{Shared, Text, list, nearest, normalise};

/// The units file as read.
#[derive(Debug, Default)]
pub struct UnitsTable {
    /// Attribute columns, in file order.
    attributes: Vec<String>,
    rows: Vec<UnitRow>,
    file: Option<Arc<SourceFile>>,
}

#[derive(Debug)]
struct UnitRow {
    line: u64,
    key: String,
    name: String,
    short_name: String,
    /// The place in lists as written; a blank comes last.
    order: String,
    /// Values by canonical name; a blank is absent.
    attributes: BTreeMap<String, String>,
}

/// Columns that are not attributes.
const FIXED: &[&str] = &["id", "name", "short_name", "order"];

impl UnitsTable {
    /// Reads the units file.
    pub(super) fn read(file: &Arc<SourceFile>, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let place = crate::finding::Place { file: Some(file.path.as_str().into()), ..Default::default() };
        let table = match Table::read(&file.text, Delimiter::Auto, Head::First, place) {
            Ok(table) => table,
            Err(unreadable) => {
                diagnostics.push(unreadable.diagnostic(&file.path));
                return Self::default();
            }
        };
        let mut columns: BTreeMap<String, usize> = BTreeMap::new();
        let mut attributes = Vec::new();
        for column in &table.columns {
            let name = canonical(&column.header);
            if columns.insert(name.clone(), column.index).is_some() {
                diagnostics.push(super::registry::two_columns(file, name));
            } else if !FIXED.contains(&name.as_str()) {
                attributes.push(name);
            }
        }
        let mut units = Self { attributes, rows: Vec::new(), file: Some(Arc::clone(file)) };
        if !columns.contains_key("id") {
            diagnostics.push(Diagnostic::new(&codes::NO_ID_COLUMN, line_origin(file, 1)));
            return units;
        }
        let mut faults = Vec::new();
        let mut records = table.records();
        while let Some(record) = records.next(&mut faults) {
            let cell = |name: &str| columns.get(name).map_or("", |index| record.text(*index).trim());
            let value = |name: &String| Some(canonical_value(name, cell(name))).filter(|value| !value.is_empty());
            let attributes = units.attributes.iter().filter_map(|name| Some((name.clone(), value(name)?))).collect();
            let (key, name) = (cell("id").to_owned(), cell("name").to_owned());
            let (short_name, order) = (cell("short_name").to_owned(), cell("order").to_owned());
            units.rows.push(UnitRow { line: record.line, key, name, short_name, order, attributes });
        }
        report_faults(file, &table, &faults, diagnostics);
        units
    }

    /// Gives the units their names and attributes. What the registry says otherwise is an error.
    pub(super) fn apply(&self, roster: &mut Roster, diagnostics: &mut Vec<Diagnostic>) {
        let Some(file) = &self.file else { return };
        let by_key: BTreeMap<String, usize> = roster.units.iter().enumerate().map(|(index, unit)| (normalise(&unit.key), index)).collect();
        let mut seen: BTreeMap<usize, u64> = BTreeMap::new();
        let mut numbers = vec![u64::MAX; roster.units.len()];
        for row in &self.rows {
            let say = |code| Diagnostic::new(code, line_origin(file, row.line));
            let Some(at) = by_key.get(&normalise(&row.key)).copied() else {
                let near = nearest(&row.key, roster.units.iter().map(|unit| unit.key.as_str()));
                diagnostics.push(say(&codes::UNKNOWN_UNIT).with("unit", row.key.clone()).suggest(near));
                continue;
            };
            if let Some(other) = seen.insert(at, row.line) {
                diagnostics.push(say(&codes::UNIT_TWICE).with("unit", row.key.clone()).with("other", other.to_string()));
                continue;
            }
            match row.order.parse() {
                Ok(number) => numbers[at] = number,
                Err(_) if row.order.is_empty() => {}
                Err(_) => diagnostics.push(say(&codes::UNIT_ORDER).with("unit", row.key.clone()).with("value", row.order.clone())),
            }
            let unit = &mut roster.units[at];
            if !row.name.is_empty() {
                unit.name = Text::same(&row.name);
            }
            unit.short_name = Some(row.short_name.clone()).filter(|name| !name.is_empty());
            for name in &self.attributes {
                let known = unit.attributes.get(name).cloned().flatten().filter(|known| !known.is_empty());
                match (row.attributes.get(name), known) {
                    (Some(value), Some(known)) if *value != known => {
                        let diagnostic = say(&codes::UNITS_DIFFER).with("unit", unit.name.clone()).with("attribute", name.clone());
                        diagnostics.push(diagnostic.with("value", value.clone()).with("other", known));
                    }
                    (Some(value), _) => {
                        unit.attributes.insert(name.clone(), Some(value.clone()));
                    }
                    // A blank says nothing: what the registry says, or leaves open, stands.
                    (None, _) => {
                        unit.attributes.entry(name.clone()).or_insert_with(|| Some(String::new()));
                    }
                }
            }
        }
        // A unit without a row is blank in every column of its own.
        for unit in &mut roster.units {
            for name in &self.attributes {
                unit.attributes.entry(name.clone()).or_insert_with(|| Some(String::new()));
            }
        }
        roster.sort_units(&numbers);
    }

    fn values<'a>(&'a self, attribute: &'a str) -> impl Iterator<Item = &'a str> {
        self.rows.iter().filter_map(move |row| row.attributes.get(attribute)).map(String::as_str)
    }
}

/// The names that a condition on units may use: those of the registry and of the units file.
#[derive(Debug, Clone, Copy)]
pub struct UnitNames<'a> {
    /// Items, and attributes of the registry.
    pub known: &'a KnownNames,
    /// Attributes of the units file.
    pub units: &'a UnitsTable,
}

impl Names for UnitNames<'_> {
    fn item(&self, name: &str) -> Option<ItemName<'_>> {
        self.known.item(name)
    }

    fn constant(&self, name: &str) -> Option<(Exact, &str)> {
        self.known.constant(name)
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        let wanted = normalise(&canonical(name));
        let own = || self.units.attributes.iter().find(|attribute| normalise(attribute) == wanted).map(String::as_str);
        self.known.attribute(name).or_else(own)
    }

    fn attribute_value(&self, attribute: &str, value: &str) -> Option<String> {
        let wanted = normalise(&canonical_value(attribute, value));
        let own = || self.units.values(attribute).find(|known| normalise(known) == wanted).map(str::to_owned);
        self.known.attribute_value(attribute, value).or_else(own)
    }

    fn candidates(&self, kind: NameKind<'_>) -> Vec<&str> {
        let mut names = self.known.candidates(kind);
        match kind {
            NameKind::Figure => {}
            NameKind::Attribute => names.extend(self.units.attributes.iter().map(String::as_str)),
            NameKind::Value(attribute) => {
                let own: BTreeSet<&str> =
                    self.units.rows.iter().filter_map(|row| row.attributes.get(attribute)).map(String::as_str).collect();
                names.extend(own);
            }
        }
        names
    }
}

/// What is wrong with rows of a table the assessment names is said where it stands.
pub(super) fn report_faults(file: &Arc<SourceFile>, table: &Table, faults: &[Finding], diagnostics: &mut Vec<Diagnostic>) {
    for fault in table.findings.iter().chain(faults).filter(|fault| fault.severity() == crate::code::Severity::Error) {
        let origin = line_origin(file, fault.place.row.unwrap_or(1));
        diagnostics.push(Diagnostic { code: fault.code, origin: Some(origin), message: fault.message.clone(), suggestions: Vec::new() });
    }
}

fn canonical(header: &str) -> String {
    match canonical_column(header).as_str() {
        "code" => "id".to_owned(),
        "排序" | "顺序" | "次序" => "order".to_owned(),
        other => other.to_owned(),
    }
}

/// Finds a unit by its key or name.
pub(super) struct UnitFinder {
    /// Index by normalised key or name; a key goes before a name.
    by_name: BTreeMap<String, usize>,
    keys: Vec<Shared>,
}

impl UnitFinder {
    pub(super) fn new(units: &[Unit]) -> Self {
        let numbered = || units.iter().enumerate();
        let names = numbered().flat_map(|(index, unit)| [&unit.name.zh, &unit.name.en].map(|name| (normalise(name), index)));
        let keys = numbered().map(|(index, unit)| (normalise(&unit.key), index));
        let short = numbered().filter_map(|(index, unit)| Some((normalise(unit.short_name.as_ref()?), index)));
        let by_name = short.chain(names).chain(keys).filter(|(name, _)| !name.is_empty()).collect();
        Self { by_name, keys: units.iter().map(|unit| unit.key.clone()).collect() }
    }

    /// The index of a unit.
    pub(super) fn find(&self, written: &str) -> Option<usize> {
        self.by_name.get(&normalise(written)).copied()
    }

    /// All keys, to suggest from.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(Shared::as_str)
    }
}

/// A written condition, and the file it stands in.
type Scope<'a> = (&'a Words, &'a Arc<SourceFile>);

/// Whether attributes that are asked for say one thing of each unit, who is ranked, and that every unit has a sheet.
pub(super) fn settle(
    (content, file): (&CriteriaFile, &Arc<SourceFile>),
    not_ranked: Option<Scope>,
    (names, criteria): (UnitNames, &Criteria),
    registry: &Registry,
    roster: &mut Roster,
    diagnostics: &mut Vec<Diagnostic>,
) {
    check_attributes((content, file), not_ranked, names, roster, registry, diagnostics);
    if let Some(not_ranked) = not_ranked {
        leave_out_of_ranking(not_ranked, names, roster, diagnostics);
    }
    // A class with an error of its own has not been resolved: its units wait.
    let first = content.class.first().filter(|_| criteria.classes.len() == content.class.len());
    for unit in roster.units.iter().filter(|unit| first.is_some() && criteria.class_of(unit).is_none()) {
        let origin = first.map(|class| class.origin(file));
        diagnostics.push(Diagnostic::new(&criteria_codes::NO_CLASS, origin).with("unit", unit.name.clone()));
    }
}

/// Takes the units that are scored but not ranked (参评不排名) out of the ranking.
fn leave_out_of_ranking((written, file): Scope, names: UnitNames, roster: &mut Roster, diagnostics: &mut Vec<Diagnostic>) {
    let (condition, mut found) = formula::read_scope(&written.value, &written.origin(file), &names, ScopeOperands::Attributes);
    diagnostics.append(&mut found);
    for unit in &mut roster.units {
        unit.is_ranked = !condition.as_ref().is_some_and(|condition| holds(condition, unit));
    }
}

/// O10: an attribute that a condition on units, or the peer group, uses must be the same for all
/// members of a unit.
fn check_attributes(
    (content, file): (&CriteriaFile, &Arc<SourceFile>),
    not_ranked: Option<Scope>,
    names: UnitNames,
    roster: &Roster,
    registry: &Registry,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut used: Vec<(String, Origin)> = Vec::new();
    let peer_group = content.criteria.peer_group.iter();
    used.extend(peer_group.filter_map(|written| Some((names.attribute(&written.value)?.to_owned(), written.origin(file)))));
    let joint = content.joint.iter().map(|joint| &joint.by);
    used.extend(joint.filter_map(|written| Some((names.attribute(&written.value)?.to_owned(), written.origin(file)))));
    let criteria = || content.dimension.iter().flat_map(|dimension| dimension.criterion.iter());
    let applies = criteria().filter_map(|criterion| criterion.applies_to.as_ref());
    let cases = criteria().flat_map(|criterion| &criterion.case).filter_map(|case| case.scope.as_ref());
    let scopes = applies.chain(cases).chain(content.class.iter().map(|class| &class.scope)).map(|scope| (scope, file));
    for (written, file) in scopes.chain(not_ranked) {
        // What is wrong with the condition itself was said when it was resolved.
        let (condition, _) = formula::read_scope(&written.value, &written.origin(file), &names, ScopeOperands::Attributes);
        let asked = condition.iter().flat_map(|condition| condition.attributes()).map(|name| (name.to_owned(), written.origin(file)));
        used.extend(asked.collect::<Vec<_>>());
    }
    for (attribute, origin) in used {
        for (index, unit) in roster.units.iter().enumerate().filter(|(_, unit)| unit.attributes.get(&attribute) == Some(&None)) {
            let value = |id: OrgId| format!("{} = {}", registry.get(id).name, roster.attribute(id, &attribute).unwrap_or("–"));
            let members: Vec<Text> = roster.members_of(index).iter().take(4).map(|member| Text::same(value(member.organisation))).collect();
            let diagnostic = Diagnostic::new(&codes::UNIT_ATTRIBUTE, origin.clone()).with("unit", unit.name.clone());
            diagnostics.push(diagnostic.with("attribute", attribute.clone()).with("members", list(&members)));
        }
    }
}

/// Members of a unit whose baseline months would differ by the membership of that time [O4].
pub(super) fn members_that_differ(like: &Roster, as_was: &Roster, unit: usize, window: Window) -> Vec<OrgId> {
    let key = &like.units[unit].key;
    let other = as_was.units.iter().position(|unit| unit.key == *key);
    let months = |roster: &Roster, unit: Option<usize>, id: OrgId| {
        let members = unit.map(|unit| roster.members_of(unit)).unwrap_or_default();
        members.iter().find(|member| member.organisation == id).map_or(0, |member| member.belongs(window))
    };
    let mut ids: Vec<OrgId> = like.members_of(unit).iter().map(|member| member.organisation).collect();
    ids.extend(other.map(|unit| as_was.members_of(unit)).unwrap_or_default().iter().map(|member| member.organisation));
    ids.sort_unstable();
    ids.dedup();
    ids.retain(|id| months(like, Some(unit), *id) != months(as_was, other, *id));
    ids
}
