//! Who belongs to which unit in which months (SEMANTICS O2–O6, O10, F5).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::catalogue::Item;
use crate::formula::{Condition, ItemId, Truth, Window};
use crate::measure::window::{Mask, Windows, bits};
use crate::number::Exact;
use crate::period::{Month, Span};
use crate::registry::{Attributes, OrgId, Organisation, Registry, Stay};
use crate::text::{Shared, Text};

/// How members of earlier windows are found (criteria `[policy] baseline_members`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BaselineMembers {
    /// By the corresponding month of the assessed window [O4].
    #[default]
    LikeForLike,
    /// By the earlier month itself.
    AsWas,
}

/// What is scored: an institution, a consortium, a district, a city.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unit {
    /// Value of the unit column.
    pub key: Shared,
    /// Name, from the units file, the unit's own row, or the key.
    pub name: Text,
    /// Another name it is found by, from the units file.
    pub short_name: Option<String>,
    /// The unit's own reporting row (`role = unit`) [O6].
    pub own_row: Option<OrgId>,
    /// Attributes [O10]; `None` where the members differ.
    pub attributes: BTreeMap<String, Option<String>>,
    /// False for one that is scored but not ranked (参评不排名).
    pub is_ranked: bool,
    /// Its own targets, one for each item and span.
    pub targets: Vec<Target>,
}

/// What a unit is to reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Id of the item or indicator.
    pub item: String,
    /// The months it is set for.
    pub span: Span,
    /// The figure, in the item's or indicator's unit; above 0.
    pub value: Exact,
}

impl Unit {
    /// The target of an item or indicator for a window: the one set for its months, else the one set for the shortest
    /// span around them.
    pub fn target(&self, item: &str, window: Span) -> Option<&Target> {
        let around = |target: &&Target| target.item == item && target.span.contains(window);
        self.targets.iter().filter(around).min_by_key(|target| target.span.len())
    }
}

/// One organisation's belonging to one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The organisation.
    pub organisation: OrgId,
    /// Index of the unit.
    pub unit: usize,
    /// True for the unit's own row among its members [O6].
    pub is_own_row: bool,
    /// Many have the same.
    times: Arc<Times>,
}

/// Positions by window.
#[derive(Debug, PartialEq, Eq)]
struct Times {
    /// At which somebody belongs to a unit.
    belongs: [Mask; 4],
    /// At which it exists.
    exists: [Mask; 4],
}

impl Membership {
    /// Positions at which it belongs to the unit.
    pub fn belongs(&self, window: Window) -> Mask {
        self.times.belongs[window as usize]
    }

    /// Positions at which something may be expected of it: it belongs and exists [O4].
    pub fn expected(&self, window: Window) -> Mask {
        self.times.belongs[window as usize] & self.times.exists[window as usize]
    }
}

/// A unit's key, a member, and the positions at which it belongs to the unit, by window.
type Belongs<'r> = (&'r str, OrgId, [Mask; 4]);

/// Figures of one organisation that are not expected this time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// Whose.
    pub organisation: OrgId,
    /// Of what; `None` is every item.
    pub item: Option<ItemId>,
    /// Which months.
    pub months: Span,
    /// Why.
    pub reason: Text,
}

/// Units, members and the attributes that hold for the assessed window.
#[derive(Debug, Clone)]
pub struct Roster {
    /// Units by key, or in the order of the units file's column `order`.
    pub units: Vec<Unit>,
    /// Members, by unit and organisation code.
    pub members: Vec<Membership>,
    /// The windows all positions refer to.
    pub windows: Windows,
    /// What is not expected this time.
    pub waivers: Vec<Waiver>,
    /// Attributes of each organisation by O5, parallel to the registry.
    attributes: Vec<Arc<Attributes>>,
    /// Organisations that are meant to be left out.
    left_out: BTreeSet<OrgId>,
}

impl Roster {
    /// Derives the units named by registry column `unit` (`code`: every organisation).
    pub fn new(registry: &Registry, unit: &str, windows: Windows, baseline_members: BaselineMembers) -> Self {
        let attributes = |organisation: &Organisation| {
            organisation.stay_for(windows.assessed).map(|stay| Arc::clone(&stay.attributes)).unwrap_or_default()
        };
        let attributes: Vec<Arc<Attributes>> = registry.organisations().iter().map(attributes).collect();
        let mut covered = Covered::new(|window| {
            let span = windows.span(window)?;
            Some(if baseline_members == BaselineMembers::AsWas { span } else { windows.assessed })
        });
        let mut belongs: Vec<Belongs> = Vec::with_capacity(registry.organisations().len());
        belongs.extend(stays_by_unit(registry, unit).map(|(id, stay, key)| (key, id, covered.between(stay.joined, stay.left))));
        belongs.sort_by_key(|(key, id, _)| (*key, *id));
        // An organisation may come back.
        belongs.dedup_by(|(key, id, masks), (before, other, all)| {
            let is_same = (*key, *id) == (*before, *other);
            if is_same {
                all.iter_mut().zip(masks).for_each(|(all, mask)| *all |= *mask);
            }
            is_same
        });
        belongs.retain(|(_, _, masks)| masks.iter().any(|mask| *mask != 0));
        // A unit without members in the assessed window is not assessed.
        let is_assessed = |members: &&[Belongs]| members.iter().any(|(_, _, masks)| masks[0] != 0);
        let assessed = belongs.chunk_by(|(one, _, _), (other, _, _)| one == other).filter(is_assessed).flatten().copied();
        Self::assemble(registry, unit, windows, attributes, assessed)
    }

    fn assemble<'a>(
        registry: &Registry,
        unit: &str,
        windows: Windows,
        attributes: Vec<Arc<Attributes>>,
        belongs: impl Iterator<Item = Belongs<'a>>,
    ) -> Self {
        let mut units: Vec<Unit> = Vec::new();
        let mut members: Vec<Membership> = Vec::new();
        let mut existing = Covered::new(|window| windows.span(window));
        for (key, organisation, belongs) in belongs {
            if units.last().is_none_or(|last| last.key != key) {
                units.push(Unit {
                    name: Text::same(key),
                    key: key.into(),
                    short_name: None,
                    own_row: None,
                    attributes: BTreeMap::new(),
                    is_ranked: true,
                    targets: Vec::new(),
                });
            }
            let index = units.len() - 1;
            let is_own_row = unit != "code" && attributes[organisation.0].get("role").is_some_and(|role| role == "unit");
            let org = registry.get(organisation);
            if is_own_row || unit == "code" {
                units[index].own_row = Some(organisation);
                units[index].name = Text::same(&org.name);
            }
            let exists = existing.between(org.opened, org.closed);
            let times = Times { belongs, exists };
            let before = members.last().map(|member| &member.times).filter(|before| ***before == times);
            let times = before.map_or_else(|| Arc::new(times), Arc::clone);
            members.push(Membership { organisation, unit: index, is_own_row, times });
        }
        let mut roster = Self { units, members, windows, waivers: Vec::new(), attributes, left_out: BTreeSet::new() };
        roster.derive_unit_attributes(registry);
        roster
    }

    /// The same units over other windows, in the same order.
    #[must_use]
    pub fn over(&self, registry: &Registry, unit: &str, windows: Windows, baseline_members: BaselineMembers) -> Self {
        let other = Self::new(registry, unit, windows, baseline_members);
        let places: BTreeMap<&str, usize> = self.units.iter().enumerate().map(|(at, unit)| (unit.key.as_str(), at)).collect();
        let place = |member: &Membership| {
            let unit = *places.get(other.units[member.unit].key.as_str())?;
            (!self.leaves_out(member.organisation)).then(|| Membership { unit, ..member.clone() })
        };
        let mut members: Vec<Membership> = other.members.iter().filter_map(place).collect();
        members.sort_by_key(|member| (member.unit, member.organisation));
        Self { windows, members, attributes: other.attributes, ..self.clone() }
    }

    /// Leaves out the organisations for which a condition on attributes does not hold, and units without any left.
    pub fn keep(&mut self, registry: &Registry, unit: &str, condition: &Condition) {
        let kept = self.members.iter().filter(|member| self.matches(member.organisation, condition));
        let mut belongs: Vec<Belongs> =
            kept.map(|member| (self.units[member.unit].key.as_str(), member.organisation, member.times.belongs)).collect();
        belongs.sort_by_key(|(key, id, _)| (*key, *id));
        let left_out = registry.ids().filter(|id| !self.matches(*id, condition)).collect();
        let attributes = std::mem::take(&mut self.attributes);
        *self = Self { left_out, ..Self::assemble(registry, unit, self.windows, attributes, belongs.into_iter()) };
    }

    /// Whether an organisation is left out of what is assessed.
    pub fn leaves_out(&self, organisation: OrgId) -> bool {
        self.left_out.contains(&organisation)
    }

    /// O10: from the unit's own row where it says something, else from its members where all agree.
    fn derive_unit_attributes(&mut self, registry: &Registry) {
        for index in 0..self.units.len() {
            let own = self.units[index].own_row;
            let others = self.members_of(index).iter().map(|member| member.organisation).filter(|id| Some(*id) != own);
            let mut others: Vec<&Arc<Attributes>> = others.map(|id| &self.attributes[id.0]).collect();
            // Many have the same.
            others.sort_unstable_by_key(|attributes| Arc::as_ptr(attributes));
            others.dedup_by(|one, other| Arc::ptr_eq(one, other));
            for name in registry.attributes() {
                let said = own.map(|own| self.attribute(own, name).unwrap_or_default()).filter(|said| !said.is_empty());
                let agreed = said.or_else(|| {
                    let mut values = others.iter().map(|attributes| attributes.get(name).map_or("", String::as_str));
                    let first = values.next().unwrap_or_default();
                    values.all(|value| value == first).then_some(first)
                });
                let agreed = agreed.map(str::to_owned);
                self.units[index].attributes.insert(name.clone(), agreed);
            }
        }
    }

    /// An organisation's attribute as it holds for the assessed window; `None` for a blank [O5].
    pub fn attribute(&self, organisation: OrgId, name: &str) -> Option<&str> {
        self.attributes.get(organisation.0)?.get(name).map(String::as_str)
    }

    /// Whether a condition on attributes alone holds for an organisation.
    pub fn matches(&self, organisation: OrgId, condition: &Condition) -> bool {
        condition.decide_attributes(&|name| self.attribute(organisation, name)) == Truth::True
    }

    /// Whether a scope may hold an organisation, whatever it reports; no scope holds everyone.
    pub fn may_hold(&self, organisation: OrgId, scope: Option<&Condition>) -> bool {
        scope.is_none_or(|condition| condition.decide_attributes(&|name| self.attribute(organisation, name)) != Truth::False)
    }

    /// Whether an organisation must report an item [C3].
    pub fn expects(&self, organisation: OrgId, item: &Item) -> bool {
        item.expected_from.as_ref().is_none_or(|condition| self.matches(organisation, condition))
    }

    /// Positions of a window at which an organisation's figures of an item are waived.
    pub fn waived(&self, organisation: OrgId, item: ItemId, window: Window) -> Mask {
        if self.waivers.is_empty() {
            return 0;
        }
        let Some(span) = self.windows.span(window) else { return 0 };
        let holds = |waiver: &&Waiver| waiver.organisation == organisation && waiver.item.is_none_or(|of| of == item);
        let own: Vec<Span> = self.waivers.iter().filter(holds).map(|waiver| waiver.months).collect();
        mask_of(span, |month| own.iter().any(|months| months.has(month)))
    }

    /// Puts the units in the order of these numbers, one for each; equal ones stay as they are.
    pub fn sort_units(&mut self, numbers: &[u64]) {
        let mut order: Vec<usize> = (0..self.units.len()).collect();
        order.sort_by_key(|unit| numbers.get(*unit).copied().unwrap_or(u64::MAX));
        let mut places = vec![0; order.len()];
        for (place, unit) in order.iter().enumerate() {
            places[*unit] = place;
        }
        self.units = order.iter().map(|unit| self.units[*unit].clone()).collect();
        for member in &mut self.members {
            member.unit = places[member.unit];
        }
        self.members.sort_by_key(|member| (member.unit, member.organisation));
    }

    /// The members of one unit.
    pub fn members_of(&self, unit: usize) -> &[Membership] {
        let start = self.members.partition_point(|member| member.unit < unit);
        let end = self.members.partition_point(|member| member.unit <= unit);
        &self.members[start..end]
    }

    /// Positions of a window at which something may be expected of an organisation for a unit [O4].
    pub fn expected(&self, organisation: OrgId, unit: usize, window: Window) -> Mask {
        let member = self.members_of(unit).iter().find(|member| member.organisation == organisation);
        member.map_or(0, |member| member.expected(window))
    }

    /// Organisations that belong to no unit in the assessed window, those left out aside [O2].
    pub fn without_unit<'a>(&'a self, registry: &'a Registry) -> impl Iterator<Item = OrgId> + 'a {
        let known: std::collections::BTreeSet<OrgId> =
            self.members.iter().filter(|member| member.belongs(Window::Assessed) != 0).map(|member| member.organisation).collect();
        registry.ids().filter(move |id| !known.contains(id) && !self.leaves_out(*id))
    }
}

/// The registry rows that name a unit [O2, O3].
fn stays_by_unit<'a>(registry: &'a Registry, unit: &'a str) -> impl Iterator<Item = (OrgId, &'a Stay, &'a str)> {
    registry.ids().flat_map(move |id| {
        let organisation = registry.get(id);
        organisation.stays.iter().filter_map(move |stay| {
            let key = if unit == "code" { Some(organisation.code.as_str()) } else { stay.attributes.get(unit).map(String::as_str) };
            Some((id, stay, key?))
        })
    })
}

/// Positions of windows from one month to another. Most organisations are there all the time: what is asked again is known.
struct Covered {
    /// The months that decide, by window.
    spans: [Option<Span>; 4],
    last: (Option<Month>, Option<Month>),
    positions: [Mask; 4],
}

impl Covered {
    fn new(deciding: impl Fn(Window) -> Option<Span>) -> Self {
        let spans = Window::ALL.map(deciding);
        Self { spans, last: (None, None), positions: Self::of(spans, None, None) }
    }

    fn of(spans: [Option<Span>; 4], from: Option<Month>, until: Option<Month>) -> [Mask; 4] {
        spans.map(|span| span.map_or(0, |span| covered(span, from, until)))
    }

    fn between(&mut self, from: Option<Month>, until: Option<Month>) -> [Mask; 4] {
        if self.last != (from, until) {
            (self.last, self.positions) = ((from, until), Self::of(self.spans, from, until));
        }
        self.positions
    }
}

/// The positions of a span from one month to another; `None` is always.
fn covered(span: Span, from: Option<Month>, until: Option<Month>) -> Mask {
    let (first, last) = (from.unwrap_or(span.first()).max(span.first()), until.unwrap_or(span.last()).min(span.last()));
    let at = usize::try_from(first.since(span.first())).unwrap_or(0);
    match usize::try_from(last.since(first) + 1) {
        Ok(months @ 1..) => bits(at, months),
        Ok(0) | Err(_) => 0,
    }
}

/// The positions of a span whose month passes.
fn mask_of(span: Span, passes: impl Fn(Month) -> bool) -> Mask {
    span.months().enumerate().filter(|(_, month)| passes(*month)).fold(0, |mask, (position, _)| mask | bits(position, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str) -> Span {
        text.parse().expect("a period")
    }

    fn organisation(code: &str, role: &str, consortium: &str, joined: Option<&str>) -> Organisation {
        let attributes = [("role", role), ("consortium", consortium)].into_iter().filter(|(_, value)| !value.is_empty());
        let stay = Stay {
            joined: joined.map(|text| span(text).first()),
            left: None,
            attributes: Arc::new(attributes.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()),
        };
        Organisation {
            code: code.into(),
            name: format!("机构{code}").into(),
            aliases: vec![],
            opened: None,
            closed: None,
            stays: vec![stay],
        }
    }

    fn roster(organisations: Vec<Organisation>, baseline_members: BaselineMembers) -> (Registry, Roster) {
        let registry = Registry::new(organisations, vec!["role".into(), "consortium".into()]);
        let windows = Windows::new(span("2025"), Some(span("2024"))).expect("years");
        let roster = Roster::new(&registry, "consortium", windows, baseline_members);
        (registry, roster)
    }

    /// O3, O4: joined 2025-04 → 9 of 12 months of 2025, and 2024-04..12 in the baseline.
    #[test]
    fn a_member_that_joined_in_april_belongs_for_nine_months_of_both_years() {
        let (_, like) = roster(vec![organisation("A", "member", "G1", Some("2025-04"))], BaselineMembers::LikeForLike);
        assert_eq!(like.members[0].belongs(Window::Assessed), bits(3, 9));
        assert_eq!(like.members[0].belongs(Window::Baseline), bits(3, 9));
        let (_, as_was) = roster(vec![organisation("A", "member", "G1", Some("2025-04"))], BaselineMembers::AsWas);
        assert_eq!(as_was.members[0].belongs(Window::Baseline), 0);
    }

    /// O2: an organisation with a blank unit enters no unit.
    #[test]
    fn a_blank_unit_belongs_nowhere() {
        let (registry, roster) =
            roster(vec![organisation("A", "member", "", None), organisation("B", "member", "G1", None)], BaselineMembers::LikeForLike);
        assert_eq!(roster.units.iter().map(|unit| unit.key.as_str()).collect::<Vec<_>>(), ["G1"]);
        assert_eq!(roster.without_unit(&registry).collect::<Vec<_>>(), [OrgId(0)]);
    }

    /// O10: attributes from the unit's own row, else from members where all agree.
    #[test]
    fn a_unit_has_the_attributes_its_members_agree_on() {
        let members = vec![organisation("A", "lead", "G1", None), organisation("B", "member", "G1", None)];
        let (_, without_row) = roster(members.clone(), BaselineMembers::LikeForLike);
        assert_eq!(without_row.units[0].attributes["role"], None);
        assert_eq!(without_row.units[0].attributes["consortium"], Some("G1".into()));
        let with_row: Vec<_> = members.into_iter().chain([organisation("U", "unit", "G1", None)]).collect();
        let (_, with_row) = roster(with_row, BaselineMembers::LikeForLike);
        assert_eq!(with_row.units[0].attributes["role"], Some("unit".into()));
        assert_eq!(with_row.units[0].name, Text::same("机构U"));
    }
}
