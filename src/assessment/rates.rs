//! Rates as written: what stands above the line must be a count of events, or its limits would mean nothing [I3].

use std::sync::Arc;

use crate::catalogue::{Form, Indicator, Item, Time};
use crate::codes::catalogue as codes;
use crate::definition::catalogue as spec;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::formula::Node;
use crate::text::Text;

/// Reports what keeps an indicator of form `rate` from being one.
pub(super) fn check(written: &spec::Indicator, indicator: &Indicator, items: &[Item], file: &Arc<SourceFile>) -> Option<Diagnostic> {
    if indicator.form != Form::Rate {
        return None;
    }
    let found = fault(&indicator.numerator.node, items);
    let lacks_exposure = || indicator.denominator.is_none().then(|| Text::new("没有分母", "there is no denominator"));
    let found = found.or_else(lacks_exposure)?;
    let diagnostic = Diagnostic::new(&codes::RATE_OF_EVENTS, written.numerator.origin(file));
    Some(diagnostic.with("id", indicator.id.clone()).with("found", found))
}

/// Why a numerator is no sum of counts of events; `None` where it is one.
fn fault(node: &Node, items: &[Item]) -> Option<Text> {
    match node {
        Node::Add(left, right) => fault(left, items).or_else(|| fault(right, items)),
        Node::Total(term) => fault_of_item(&items[term.item.0]),
        _ => Some(Text::new("分子不只是项目之和", "the numerator is more than a sum of items")),
    }
}

fn fault_of_item(item: &Item) -> Option<Text> {
    let (zh, en) = if item.time != Time::Flow {
        ("不是 flow，不随时间累计", "is no flow, which events are".to_owned())
    } else if item.decimals > 0 {
        ("有小数", "has decimals".to_owned())
    } else if !item.is_counted() {
        ("的单位不是计数单位", format!("is measured in {}, not counted", item.unit))
    } else {
        return None;
    };
    Some(Text::new(format!("“{}”{zh}", item.name.zh), format!("{} {en}", item.name.en)))
}
