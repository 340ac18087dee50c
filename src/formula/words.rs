//! Checked formulas and conditions in words, for people who do not read formulas.

use super::condition::{Compare, Condition, Test};
use super::tree::{CountTerm, Formula, ItemId, Node, Term, Window};
use crate::registry::{attribute_word, value_word};
use crate::text::{Lang, Text};

/// The name of an item.
type ItemName<'a> = &'a dyn Fn(ItemId) -> Text;

impl Formula {
    /// The formula with names of items instead of ids, and conditions as phrases: `出院人数（角色为牵头）`,
    /// `Discharges (role lead)`.
    pub fn in_words(&self, item: ItemName) -> Text {
        both(|lang| Words { lang, item }.node(&self.node))
    }

    /// Whether its words need brackets beside `×`: a sum or a difference.
    pub fn is_sum(&self) -> bool {
        binding(&self.node) == SUM
    }

    /// Whether its words need brackets after `÷`: a sum, a product or a quotient.
    pub fn is_composed(&self) -> bool {
        binding(&self.node) <= PRODUCT
    }
}

impl Condition {
    /// The condition as a phrase: `级别为基层`, `tier primary`.
    pub fn in_words(&self, item: ItemName) -> Text {
        both(|lang| Words { lang, item }.condition(self))
    }
}

fn both(words: impl Fn(Lang) -> String) -> Text {
    Text::new(words(Lang::Zh), words(Lang::En))
}

const SUM: u8 = 1;
const PRODUCT: u8 = 2;
const SIGNED: u8 = 3;

/// How tightly a step holds together: more is tighter.
fn binding(node: &Node) -> u8 {
    match node {
        Node::Add(..) | Node::Subtract(..) => SUM,
        Node::Multiply(..) | Node::Divide(..) => PRODUCT,
        Node::Negate(_) => SIGNED,
        _ => 4,
    }
}

struct Words<'a> {
    lang: Lang,
    item: ItemName<'a>,
}

impl Words<'_> {
    fn pick(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    fn item(&self, id: ItemId) -> String {
        (self.item)(id).get(self.lang).to_owned()
    }

    fn bracketed(&self, text: &str) -> String {
        match self.lang {
            Lang::Zh => format!("（{text}）"),
            Lang::En => format!(" ({text})"),
        }
    }

    fn node(&self, node: &Node) -> String {
        let own = binding(node);
        let part = |inner: &Node, least: u8| if binding(inner) < least { format!("({})", self.node(inner)) } else { self.node(inner) };
        let joined = |left: &Node, sign: &str, right: &Node| format!("{} {sign} {}", part(left, own), part(right, own + 1));
        let listed = |parts: &[Node]| parts.iter().map(|part| self.node(part)).collect::<Vec<_>>().join(self.pick("、", ", "));
        match node {
            Node::Number(number) => number.to_string(),
            Node::WindowDays => self.pick("期间天数", "days of the period").to_owned(),
            Node::WindowMonths => self.pick("期间月数", "months of the period").to_owned(),
            Node::Total(term) => self.term(term),
            Node::Count(count) => self.count(count),
            Node::Each(inner) => format!("{}({})", self.pick("各机构之和", "sum over institutions of "), self.node(inner)),
            Node::Target(item) => format!("{}{}", self.pick("下达的任务：", "target of "), self.item(*item)),
            Node::Negate(inner) => format!("−{}", part(inner, SIGNED)),
            Node::Add(left, right) => joined(left, "+", right),
            Node::Subtract(left, right) => joined(left, "−", right),
            Node::Multiply(left, right) => joined(left, "×", right),
            Node::Divide(left, right) => joined(left, "÷", right),
            Node::Min(parts) => format!("{}({})", self.pick("最小值", "smallest of "), listed(parts)),
            Node::Max(parts) => format!("{}({})", self.pick("最大值", "largest of "), listed(parts)),
            Node::Abs(inner) => format!("|{}|", self.node(inner)),
        }
    }

    fn term(&self, term: &Term) -> String {
        let scope = term.scope.as_ref().map(|scope| self.bracketed(&self.condition(scope))).unwrap_or_default();
        self.in_window(&format!("{}{scope}", self.item(term.item)), term.window)
    }

    fn count(&self, count: &CountTerm) -> String {
        let scope = count.scope.as_ref().map(|scope| self.bracketed(&self.condition(scope))).unwrap_or_default();
        self.in_window(&format!("{}{scope}", self.pick("机构数", "number of institutions")), count.window)
    }

    fn in_window(&self, what: &str, window: Window) -> String {
        let (zh, en) = match window {
            Window::Assessed => return what.to_owned(),
            Window::Baseline => ("基期", "in the baseline"),
            Window::Previous => ("上年同期", "a year before"),
            Window::Prior => ("上期", "in the period before"),
        };
        match self.lang {
            Lang::Zh => format!("{zh}{what}"),
            Lang::En => format!("{what} {en}"),
        }
    }

    fn condition(&self, condition: &Condition) -> String {
        let part = |inner: &Condition| {
            let text = self.condition(inner);
            if matches!(inner, Condition::And(_) | Condition::Or(_)) { format!("({text})") } else { text }
        };
        let joined = |parts: &[Condition], word: &str| parts.iter().map(part).collect::<Vec<_>>().join(word);
        match condition {
            Condition::And(parts) => joined(parts, self.pick("且", " and ")),
            Condition::Or(parts) => joined(parts, self.pick("或", " or ")),
            Condition::Not(inner) => match &**inner {
                Condition::Attribute { name, test: Test::Is(values) } => self.is(name, values, "不为", "not "),
                other => format!("{}{}", self.pick("非：", "not "), part(other)),
            },
            Condition::Attribute { name, test: Test::Is(values) } => self.is(name, values, "为", ""),
            Condition::Attribute { name, test: Test::Number(compare, number) } => {
                format!("{} {} {number}", attribute_word(name).get(self.lang), sign(*compare))
            }
            Condition::Item { item, compare, number } => format!("{} {} {number}", self.item(*item), sign(*compare)),
        }
    }

    /// "级别为基层", "tier primary". Of values written in both languages those of this one are said.
    fn is(&self, name: &str, values: &[String], zh: &str, en: &str) -> String {
        if let ("role", [value], "为") = (name, values, zh)
            && value == "unit"
        {
            return self.pick("考核对象自身一行", "the unit's own row").to_owned();
        }
        let own: Vec<&String> = values.iter().filter(|value| value.is_ascii() == (self.lang == Lang::En)).collect();
        let shown = if own.is_empty() || values.len() == 1 { values.iter().collect() } else { own };
        let words: Vec<String> = shown.iter().map(|value| value_word(name, value).get(self.lang).to_owned()).collect();
        let words = words.join(self.pick("或", " or "));
        let attribute = attribute_word(name);
        match self.lang {
            Lang::Zh => format!("{}{zh}{words}", attribute.zh),
            Lang::En => format!("{} {en}{words}", attribute.en),
        }
    }
}

fn sign(compare: Compare) -> &'static str {
    match compare {
        Compare::Equal => "=",
        Compare::NotEqual => "≠",
        Compare::Less => "<",
        Compare::AtMost => "≤",
        Compare::More => ">",
        Compare::AtLeast => "≥",
    }
}
