//! `[[check]]` as written → what is asked, with every name looked up and every number in its place.

use std::ops::Range;

use crate::assessment::catalogue::CatalogueText;
use crate::catalogue::{Asks, Band, Check, Item};
use crate::code::Severity;
use crate::codes::{catalogue as codes, definition, formula as formula_codes};
use crate::definition::Located;
use crate::definition::check::{self as spec, CheckSeverity, Per};
use crate::definition::located::{Number, Words};
use crate::diagnostic::{Diagnostic, Origin};
use crate::formula::{self, Formula, ItemId, NameKind, Names, Node, Rule, Tolerance};
use crate::number::Exact;
use crate::text::{Text, nearest};

/// Decimals of a share of `jump`.
const SHARE_DECIMALS: u32 = 6;
/// The largest modified z-score that is no outlier, where none is written: Iglewicz and Hoaglin (1993).
const LIMIT: &str = "3.5";
/// The fewest peers, where no number is written.
const PEERS: usize = 5;
/// How many times the usual figure is a slip, where no number is written.
const TIMES: i64 = 1000;

/// What checks of one catalogue are resolved against.
pub(super) struct Checks<'a> {
    /// The catalogue they stand in.
    pub text: &'a CatalogueText,
    /// Names of formulas.
    pub names: &'a dyn Names,
    /// All items.
    pub items: &'a [Item],
}

impl Checks<'_> {
    /// One check; `None` after an error.
    pub(super) fn resolve(&self, check: &spec::Check, diagnostics: &mut Vec<Diagnostic>) -> Option<Check> {
        let before = diagnostics.len();
        let asks = self.asks(check, diagnostics)?;
        if diagnostics[before..].iter().any(Diagnostic::is_error) {
            return None;
        }
        let says = self.says(&asks);
        Some(Check {
            id: check.id.value.clone(),
            name: check.name.clone().unwrap_or_else(|| says.clone()),
            says,
            asks,
            severity: match check.severity {
                CheckSeverity::Error => Severity::Error,
                CheckSeverity::Warning => Severity::Warning,
                CheckSeverity::Info => Severity::Info,
            },
        })
    }

    fn asks(&self, check: &spec::Check, found: &mut Vec<Diagnostic>) -> Option<Asks> {
        self.one_question(check, found)?;
        if check.rule.is_none() {
            self.refuse_keys_of_rules(check, found);
        }
        match check {
            spec::Check { rule: Some(rule), .. } => self.rule(check, rule, found),
            spec::Check { within: Some(within), .. } => self.within(within, found),
            spec::Check { together: Some(items), .. } => Some(Asks::Together(self.several("together", items, items, found)?)),
            spec::Check { exclusive: Some(items), .. } => Some(Asks::Exclusive(self.several("exclusive", items, items, found)?)),
            spec::Check { jump: Some(jump), .. } => self.jump(jump, found),
            spec::Check { outlier: Some(outlier), .. } => self.outlier(outlier, found),
            spec::Check { repeated: Some(repeated), .. } => {
                Some(Asks::Repeated(self.several("repeated", repeated, &repeated.of, found)?))
            }
            spec::Check { constant: Some(constant), .. } => self.constant(constant, found),
            spec::Check { slip: Some(slip), .. } => self.slip(slip, found),
            _ => None,
        }
    }

    /// Reports a check that asks nothing, or several things.
    fn one_question(&self, check: &spec::Check, found: &mut Vec<Diagnostic>) -> Option<()> {
        let given = questions(check);
        if given.len() == 1 {
            return Some(());
        }
        let span = given.get(1).map_or(&check.id.span, |(_, span)| span);
        let names: Vec<String> = given.iter().map(|(name, _)| format!("`{name}`")).collect();
        let detail = if names.is_empty() {
            Text::new("（如 rule、within、jump）", ", such as rule, within or jump")
        } else {
            Text::new(format!("：{}", names.join("、")), format!(": {}", names.join(", ")))
        };
        let diagnostic = Diagnostic::new(&definition::ONE_CHOICE, Origin::new(&self.text.file, span.clone()));
        found.push(diagnostic.with("count", given.len().to_string()).with("detail", detail));
        None
    }

    fn refuse_keys_of_rules(&self, check: &spec::Check, found: &mut Vec<Diagnostic>) {
        let keys = [
            ("per", check.per.as_ref().map(|per| &per.span)),
            ("tolerance", check.tolerance.as_ref().map(|tolerance| &tolerance.span)),
            ("relative", check.relative.as_ref().map(|relative| &relative.span)),
            ("rounding", check.rounding.as_ref().map(|rounding| &rounding.span)),
        ];
        for (key, span) in keys {
            if let Some(span) = span {
                found.push(Diagnostic::new(&codes::CHECK_KEY, Origin::new(&self.text.file, span.clone())).with("key", key));
            }
        }
    }

    fn rule(&self, check: &spec::Check, written: &Words, found: &mut Vec<Diagnostic>) -> Option<Asks> {
        let origin = written.origin(&self.text.file);
        let (rule, mut said) = formula::read_rule(&written.value, &origin, self.names);
        said.retain(|diagnostic| !self.text.is_builtin || diagnostic.is_error());
        found.append(&mut said);
        let rule = rule?;
        for side in rule.sides() {
            refuse_operands(side, &origin, found);
        }
        let at_least_zero = Text::new("不小于 0", "0 or more");
        let absolute = self.number("tolerance", check.tolerance.as_ref(), &at_least_zero, |value| !value.is_negative(), found);
        let share = Text::new("0 到 1", "0 to 1");
        let relative =
            self.number("relative", check.relative.as_ref(), &share, |value| !value.is_negative() && *value <= Exact::one(), found);
        let rounding = if check.rounding.as_ref().is_some_and(|rounding| rounding.value) { self.rounding(&rule) } else { Exact::zero() };
        let tolerance =
            Tolerance { absolute: absolute.unwrap_or_else(Exact::zero).max(rounding), relative: relative.unwrap_or_else(Exact::zero) };
        match check.per.as_ref().map(|per| per.value) {
            Some(Per::Unit) => {
                found.extend(formula::not_additive(&rule.text, &rule.not_additive, &origin));
                Some(Asks::UnitRule { rule, tolerance })
            }
            Some(Per::Organisation) | None => Some(Asks::Rule { rule, tolerance }),
        }
    }

    /// Half a smallest step for each item with decimals, of the side that has more of it [D3].
    fn rounding(&self, rule: &Rule) -> Exact {
        let half_step = |item: ItemId| {
            let decimals = self.items.get(item.0).map_or(0, |item| item.decimals);
            if decimals == 0 { Exact::zero() } else { Exact::from_steps(5, decimals + 1) }
        };
        let of_side = |side: &Node| side.terms().into_iter().map(|term| half_step(term.item)).fold(Exact::zero(), |sum, half| sum + half);
        rule.sides().map(of_side).max().unwrap_or_else(Exact::zero)
    }

    fn within(&self, written: &Located<spec::Within>, found: &mut Vec<Diagnostic>) -> Option<Asks> {
        let band = spec::Band { low: written.low.clone(), high: written.high.clone() };
        let band = self.band(&Located { value: band, span: written.span.clone() }, found);
        let of = self.items_or_all(written.of.as_deref(), found);
        Some(Asks::Within(of?, band?))
    }

    /// A band with at least one edge, in the right order.
    pub(super) fn band(&self, written: &Located<spec::Band>, found: &mut Vec<Diagnostic>) -> Option<Band> {
        let edge = |number: &Option<Number>| number.as_ref().map(|number| number.value.clone());
        let band = Band { low: edge(&written.low), high: edge(&written.high) };
        let is_ordered = match (&band.low, &band.high) {
            (Some(low), Some(high)) => low <= high,
            (low, high) => low.is_some() || high.is_some(),
        };
        if !is_ordered {
            let shown = |edge: &Option<Exact>| edge.as_ref().map_or_else(|| "–".to_owned(), Exact::to_string);
            let diagnostic = Diagnostic::new(&codes::BAND, written.origin(&self.text.file));
            found.push(diagnostic.with("low", shown(&band.low)).with("high", shown(&band.high)));
            return None;
        }
        Some(band)
    }

    fn jump(&self, written: &spec::Jump, found: &mut Vec<Diagnostic>) -> Option<Asks> {
        let of = self.items_of(&written.of, found);
        let wanted = Text::new("大于 0，至多 6 位小数", "more than 0, with at most 6 decimals");
        let share = |value: &Exact| value.to_steps(SHARE_DECIMALS).is_some_and(|steps| steps > 0);
        let change = self.number("change", Some(&written.change), &wanted, share, found)?.to_steps(SHARE_DECIMALS);
        let positive = Text::new("大于 0", "more than 0");
        let min_base = self.number("min_base", Some(&written.min_base), &positive, |value| *value > Exact::zero(), found);
        Some(Asks::Jump { of: of?, change: change?, min_base: min_base? })
    }

    fn outlier(&self, written: &spec::Outlier, found: &mut Vec<Diagnostic>) -> Option<Asks> {
        let formula = self.formula(&written.of, found);
        let peers = written.peers.as_ref().map(|name| self.attribute(name, found));
        let positive = Text::new("大于 0", "more than 0");
        let limit = match &written.limit {
            None => LIMIT.parse().ok(),
            limit => self.number("limit", limit.as_ref(), &positive, |value| *value > Exact::zero(), found),
        };
        let at_least = self.count("at_least", written.at_least.as_ref(), 3, PEERS, found);
        let peers = match peers {
            Some(peers) => Some(peers?),
            None => None,
        };
        Some(Asks::Outlier { of: formula?, peers, limit: limit?, at_least: at_least? })
    }

    fn formula(&self, written: &Words, found: &mut Vec<Diagnostic>) -> Option<Formula> {
        let origin = written.origin(&self.text.file);
        let (formula, mut said) = formula::read_formula(&written.value, &origin, self.names);
        // It is formed per organisation: nothing is summed that a product could be mistaken for.
        said.retain(Diagnostic::is_error);
        found.append(&mut said);
        let formula = formula?;
        refuse_operands(&formula.node, &origin, found);
        Some(formula)
    }

    fn attribute(&self, name: &Words, found: &mut Vec<Diagnostic>) -> Option<String> {
        let known = self.names.attribute(&name.value).map(str::to_owned);
        if known.is_none() {
            found.push(self.unknown(name, NameKind::Attribute));
        }
        known
    }

    fn constant(&self, written: &spec::Constant, found: &mut Vec<Diagnostic>) -> Option<Asks> {
        let of = self.items_or_all(written.of.as_deref(), found);
        let at_least = self.count("at_least", Some(&written.at_least), 2, 2, found);
        Some(Asks::Constant { of: of?, over: written.over, at_least: at_least? })
    }

    fn slip(&self, written: &spec::Slip, found: &mut Vec<Diagnostic>) -> Option<Asks> {
        let of = self.items_of(&written.of, found);
        let times = match &written.times {
            None => Some(TIMES),
            times => self.count("times", times.as_ref(), 2, 2, found).and_then(|times| i64::try_from(times).ok()),
        };
        Some(Asks::Slip { of: of?, times: times? })
    }

    /// At least two items.
    fn several<T>(&self, key: &str, at: &Located<T>, names: &[Words], found: &mut Vec<Diagnostic>) -> Option<Vec<ItemId>> {
        let items = self.items_of(names, found);
        if names.len() < 2 {
            let diagnostic = Diagnostic::new(&codes::TOO_FEW_ITEMS, at.origin(&self.text.file));
            found.push(diagnostic.with("key", key).with("count", names.len().to_string()));
            return None;
        }
        items
    }

    fn items_or_all(&self, names: Option<&[Words]>, found: &mut Vec<Diagnostic>) -> Option<Vec<ItemId>> {
        let of_catalogue = || self.text.content.item.iter().filter_map(|item| self.names.item(&item.value.id.value));
        names.map_or_else(|| Some(of_catalogue().map(|item| item.id).collect()), |names| self.items_of(names, found))
    }

    /// Every item that is named; each unknown name is reported.
    fn items_of(&self, names: &[Words], found: &mut Vec<Diagnostic>) -> Option<Vec<ItemId>> {
        let item = |name: &Words, found: &mut Vec<Diagnostic>| {
            let known = self.names.item(&name.value).map(|item| item.id);
            if known.is_none() {
                found.push(self.unknown(name, NameKind::Figure));
            }
            known
        };
        let items: Vec<Option<ItemId>> = names.iter().map(|name| item(name, found)).collect();
        items.into_iter().collect()
    }

    fn unknown(&self, name: &Words, kind: NameKind) -> Diagnostic {
        let near = nearest(&name.value, self.names.candidates(kind));
        let diagnostic = Diagnostic::new(&formula_codes::UNKNOWN_NAME, name.origin(&self.text.file));
        diagnostic.with("name", name.value.clone()).suggest(near)
    }

    fn number(
        &self,
        key: &str,
        written: Option<&Number>,
        wanted: &Text,
        is_right: impl Fn(&Exact) -> bool,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Exact> {
        let written = written?;
        if is_right(&written.value) {
            return Some(written.value.clone());
        }
        let diagnostic = Diagnostic::new(&codes::CHECK_NUMBER, written.origin(&self.text.file));
        found.push(diagnostic.with("key", key).with("value", written.value.to_string()).with("wanted", wanted.clone()));
        None
    }

    fn count(&self, key: &str, written: Option<&Located<u32>>, least: usize, absent: usize, found: &mut Vec<Diagnostic>) -> Option<usize> {
        let Some(written) = written else { return Some(absent) };
        let value = usize::try_from(written.value).ok().filter(|value| *value >= least);
        if value.is_none() {
            let wanted = Text::new(format!("不小于 {least}"), format!("{least} or more"));
            let diagnostic = Diagnostic::new(&codes::CHECK_NUMBER, written.origin(&self.text.file));
            found.push(diagnostic.with("key", key).with("value", written.value.to_string()).with("wanted", wanted));
        }
        value
    }

    /// What is asked, in a few words.
    fn says(&self, asks: &Asks) -> Text {
        let list =
            |of: &[ItemId]| of.iter().filter_map(|id| self.items.get(id.0)).map(|item| item.id.as_str()).collect::<Vec<_>>().join(", ");
        match asks {
            Asks::Rule { rule, .. } | Asks::UnitRule { rule, .. } => Text::same(rule.text.as_str()),
            Asks::Within(_, band) => Text::same(band.text()),
            Asks::Together(of) => Text::new(format!("{} 同报或同不报", list(of)), format!("{} reported all or none", list(of))),
            Asks::Exclusive(of) => Text::new(format!("{} 至多一项不为 0", list(of)), format!("at most one of {} other than 0", list(of))),
            Asks::Jump { change, .. } => {
                let percent = Exact::from_steps(i128::from(*change) * 100, SHARE_DECIMALS);
                Text::new(format!("较上年同期变动不超过 {percent}%"), format!("at most {percent}% from the year before"))
            }
            Asks::Outlier { of, limit, .. } => {
                Text::new(format!("{} 的修正 z 值不超过 {limit}", of.text), format!("modified z-score of {} at most {limit}", of.text))
            }
            Asks::Repeated(of) => Text::new(format!("各行的 {} 不全相同", list(of)), format!("no two rows alike in {}", list(of))),
            Asks::Constant { .. } => Text::new("数值不全相同", "figures not all one"),
            Asks::Slip { times, .. } => Text::new(
                format!("不到平常数值的 {times} 倍，也不少于其 1/{times}"),
                format!("less than {times} times the usual figure, and more than 1/{times} of it"),
            ),
        }
    }
}

/// What is formed over a unit, or set for it, has no meaning for one organisation's values.
fn refuse_operands(node: &Node, origin: &Origin, found: &mut Vec<Diagnostic>) {
    node.leaves(&mut |leaf| {
        let what = match leaf {
            Node::Count(_) => "count",
            Node::Each(_) => "each",
            Node::Target(_) => "target",
            _ => return,
        };
        found.push(Diagnostic::new(&codes::CHECK_OPERAND, origin.clone()).with("found", what));
    });
}

/// The keys that ask something, as far as they are written, with their places.
fn questions(check: &spec::Check) -> Vec<(&'static str, Range<usize>)> {
    fn span<T>(written: Option<&Located<T>>) -> Option<Range<usize>> {
        written.map(|written| written.span.clone())
    }
    let questions = [
        ("rule", span(check.rule.as_ref())),
        ("within", span(check.within.as_ref())),
        ("together", span(check.together.as_ref())),
        ("exclusive", span(check.exclusive.as_ref())),
        ("jump", span(check.jump.as_ref())),
        ("outlier", span(check.outlier.as_ref())),
        ("repeated", span(check.repeated.as_ref())),
        ("constant", span(check.constant.as_ref())),
        ("slip", span(check.slip.as_ref())),
    ];
    questions.into_iter().filter_map(|(key, span)| Some((key, span?))).collect()
}
