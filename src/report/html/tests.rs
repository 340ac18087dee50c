//! Pages as a reader of XML sees them: every element closed, every id its own, every link inside leading somewhere.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::files;
use crate::dossier::Dossier;
use crate::report::fixture::scorebook;
use crate::scorebook::Scorebook;
use crate::text::{Lang, Text};

/// The pages of a result by name.
fn pages(book: &Scorebook, lang: Lang) -> Vec<(String, String)> {
    let dossier = Dossier::alone(book);
    let page = |file: crate::report::File| {
        let mut bytes = Vec::new();
        (file.write)(&mut bytes).expect("memory can be written");
        (file.name, String::from_utf8(bytes).expect("UTF-8"))
    };
    files(&dossier, lang).into_iter().map(page).collect()
}

/// What a page holds.
#[derive(Debug, Default)]
struct Seen {
    ids: BTreeSet<String>,
    links: Vec<String>,
    elements: Vec<String>,
    text: String,
}

/// Reads a page as XML; elements without an end are its metadata only.
fn read(page: &str) -> Seen {
    let body = page.split_once("<body").map(|(_, body)| format!("<body{body}")).expect("a body");
    let body = body.replace("</html>", "").replace(include_str!("script.js"), "");
    let mut reader = Reader::from_str(&body);
    reader.config_mut().check_end_names = true;
    let mut seen = Seen::default();
    loop {
        match reader.read_event().expect("a page is well-formed") {
            Event::Start(start) | Event::Empty(start) => seen.element(&start),
            Event::Text(text) => seen.text.push_str(&text),
            Event::GeneralRef(name) => seen.text.extend(["&", &name, ";"]),
            Event::Eof => return seen,
            _ => {}
        }
    }
}

impl Seen {
    fn element(&mut self, start: &BytesStart) {
        self.elements.push(start.name().as_ref().to_owned());
        for attribute in start.attributes().map(|attribute| attribute.expect("an attribute")) {
            let value = attribute.value.into_owned();
            match attribute.key.as_ref() {
                "id" => assert!(self.ids.insert(value.clone()), "{value} stands twice"),
                "href" => self.links.push(value),
                "src" | "onclick" | "onload" => panic!("nothing is loaded or run by an attribute"),
                _ => {}
            }
        }
    }
}

/// Links of a page that lead to no place of it.
fn broken(seen: &Seen) -> Vec<&String> {
    seen.links.iter().filter(|link| link.strip_prefix('#').is_some_and(|id| !seen.ids.contains(id))).collect()
}

#[test]
fn a_page_is_well_formed_and_its_links_lead_somewhere() {
    for lang in [Lang::Zh, Lang::En] {
        let [(name, page)] = pages(&scorebook(), lang).try_into().expect("one page");
        assert_eq!(name, "report.html");
        let seen = read(&page);
        assert_eq!(broken(&seen), Vec::<&String>::new());
        for id in ["overview", "comparison", "units", "findings", "definitions", "provenance", "u0", "u3"] {
            assert!(seen.ids.contains(id), "{id}");
        }
        assert!(seen.links.iter().all(|link| !link.contains("//")), "an offline page names no other place");
    }
}

/// A name may be anything: it is text, in the page and in the drawings.
#[test]
fn names_are_never_markup() {
    let mut book = scorebook();
    let names =
        ["<script>alert(1)</script>", "=cmd|'/c calc'!A1", "../../etc/passwd", "\u{1f3e5}\u{200d}\u{1f691} &amp; \"x\" 'y'\u{0}\u{7}"];
    for (unit, name) in book.units.iter_mut().zip(names) {
        unit.name = Text::same(name);
        unit.key = name.into();
    }
    book.units[3].name = Text::same("长".repeat(200));
    book.units[2].name = book.units[1].name.clone();
    book.criteria[0].name = Text::same("</table><img src=x onerror=alert(1)>");
    let [(_, page)] = pages(&book, Lang::En).try_into().expect("one page");
    let seen = read(&page);
    // The one script is the program's own.
    assert_eq!(seen.elements.iter().filter(|name| *name == "script").count(), 1);
    assert!(!seen.elements.contains(&"img".to_owned()));
    assert!(seen.text.contains("&lt;script&gt;alert(1)"), "the name is there to be read");
    assert_eq!(broken(&seen), Vec::<&String>::new());
}

/// R4: results of one unit, of none with points, of none at all.
#[test]
fn a_small_result_is_a_page_too() {
    let mut one = scorebook();
    one.units.truncate(1);
    let mut nothing = scorebook();
    for unit in &mut nothing.units {
        unit.total = None;
        unit.rank = None;
        unit.measures.clear();
        for score in &mut unit.scores {
            score.is_on_sheet = false;
        }
    }
    let mut empty = scorebook();
    empty.units.clear();
    for book in [one, nothing, empty] {
        let [(_, page)] = pages(&book, Lang::Zh).try_into().expect("one page");
        assert_eq!(broken(&read(&page)), Vec::<&String>::new());
    }
}

/// Of a large result units and criteria have pages of their own, and every link finds its page.
#[test]
fn a_large_result_is_many_pages() {
    let mut book = scorebook();
    let unit = book.units[0].clone();
    book.units = (0..2001).map(|at| crate::scorebook::UnitResult { key: format!("U{at:04}").into(), ..unit.clone() }).collect();
    let pages = pages(&book, Lang::Zh);
    let names: BTreeSet<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.len(), 1 + 2001 + 3);
    let whole = read(&pages[0].1);
    let led: Vec<&String> = whole.links.iter().filter(|link| !link.starts_with('#')).collect();
    assert!(led.len() >= 2001 + 3 && led.iter().all(|link| names.contains(link.as_str())));
    let of_unit = pages.iter().find(|(name, _)| name == "units/2000.html").expect("a page");
    let seen = read(&of_unit.1);
    let back = |link: &&String| link.strip_prefix("../").is_some_and(|place| names.contains(place.split('#').next().unwrap_or_default()));
    assert!(seen.links.iter().filter(|link| !link.starts_with('#')).all(|link| back(&link)), "{:?}", seen.links);
    assert_eq!(broken(&seen), Vec::<&String>::new());
}

/// Contrast of two colours (WCAG 2.2, relative luminance).
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| {
        let digits = colour.trim_start_matches('#');
        let full: String = if digits.len() == 3 { digits.chars().flat_map(|digit| [digit; 2]).collect() } else { digits.to_owned() };
        let part = |at: usize| {
            let part = f64::from(u8::from_str_radix(&full[at..at + 2], 16).expect("a colour")) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Words stand out from what is behind them as WCAG AA asks, 4.5 to 1: on the page and in tables, light, dark and on paper, and
/// where a cell has a colour of its own.
#[test]
fn words_can_be_read_against_their_ground() {
    assert!((contrast("#777", "#fff") - 4.48).abs() < 0.01, "a grey known to fail by little");
    let style = include_str!("style.css");
    let themes: Vec<BTreeMap<&str, &str>> = style
        .match_indices(":root{")
        .map(|(at, mark)| style[at + mark.len()..].split('}').next().unwrap_or_default())
        .map(|body| body.split(';').filter_map(|part| part.trim_start_matches("--").split_once(':')).collect())
        .collect();
    assert_eq!(themes.len(), 3);
    for theme in &themes {
        for ink in ["ink", "quiet", "link"] {
            for ground in ["page", "soft"] {
                let found = contrast(theme[ink], theme[ground]);
                assert!(found >= 4.5, "{ink} on {ground} {theme:?}: {found:.2}");
            }
        }
    }
    let rule = |class: &str, property: &str| -> &str {
        let rules = style.split('}').filter_map(|rule| rule.split_once('{'));
        let of_class = rules.filter(|(names, _)| names.split(',').any(|name| name.trim() == class)).map(|(_, body)| body);
        let mut values = of_class.flat_map(|body| body.split(';')).filter_map(|part| part.split_once(':'));
        values.find(|(name, _)| *name == property).map(|(_, value)| value).expect(class)
    };
    for class in [".share0", ".share1", ".share2", ".share3", ".share4", ".share5", ".warn", ".alarm"] {
        let found = contrast(rule(class, "color"), rule(class, "background"));
        assert!(found >= 4.5, "{class}: {found:.2}");
    }
}
