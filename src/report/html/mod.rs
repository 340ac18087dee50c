//! The report for a browser: one file that loads nothing, reads without script and prints on A4. Of a large result the sheets of
//! units and criteria are pages beside it, of the same kind.

use std::io;

use crate::dossier::Dossier;
use crate::report::File;
use crate::report::table::Table;
use crate::text::{Lang, Text};

mod chapters;
mod evidence;
mod markup;
mod overview;
mod places;
mod table;
#[cfg(test)]
mod tests;

use markup::Markup;
use places::{Places, WHOLE};
use table::{Use, write};

/// The pages of a report, the one to open first.
pub(super) fn files<'a>(dossier: &'a Dossier, lang: Lang) -> Vec<File<'a>> {
    let book = dossier.book;
    let is_split = book.units.len() * book.criteria.len() > WHOLE;
    let places = Places { is_split, has_scores: dossier.evidence.is_some(), is_below: false };
    let page = Page { dossier, places, lang };
    let mut files = vec![File::new("report.html", move |out| out.write_all(&page.whole()?))];
    if is_split {
        let page = Page { places: Places { is_below: true, ..places }, ..page };
        files.extend((0..book.units.len()).map(|at| File::new(format!("units/{at}.html"), move |out| out.write_all(&page.of_unit(at)?))));
        let criteria = 0..book.criteria.len();
        files.extend(criteria.map(|at| File::new(format!("criteria/{at}.html"), move |out| out.write_all(&page.of_criterion(at)?))));
    }
    files
}

/// One page and what it is about.
#[derive(Clone, Copy)]
struct Page<'a> {
    dossier: &'a Dossier<'a>,
    places: Places,
    lang: Lang,
}

impl Page<'_> {
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    fn title(&self) -> String {
        let head = &self.dossier.book.head;
        format!("{} · {}", head.title.get(self.lang), head.period)
    }

    /// The whole report.
    fn whole(&self) -> io::Result<Vec<u8>> {
        let title = self.title();
        self.framed(&title, |out| {
            out.open("header", &[]);
            out.element("h1", &[], &title);
            overview::facts(out, self);
            out.close("header");
            self.contents(out);
            out.open("main", &[("id", "main")]);
            overview::chapter(out, self)?;
            chapters::comparison(out, self)?;
            chapters::units(out, self);
            chapters::findings(out, self);
            chapters::definitions(out, self);
            out.close("main");
            Ok(())
        })
    }

    /// The sheet of one unit.
    fn of_unit(&self, at: usize) -> io::Result<Vec<u8>> {
        let name = self.dossier.book.units.get(at).map(|unit| unit.name.clone()).unwrap_or_default();
        self.beside(&name, |out| {
            chapters::unit(out, self, at, "h1");
            Ok(())
        })
    }

    /// One criterion of all units.
    fn of_criterion(&self, at: usize) -> io::Result<Vec<u8>> {
        let name = self.dossier.book.criteria.get(at).map(|criterion| criterion.name.clone()).unwrap_or_default();
        self.beside(&name, |out| chapters::criterion(out, self, at, "h1"))
    }

    /// A page beside the report, with the way back.
    fn beside(&self, name: &Text, body: impl FnOnce(&mut Markup) -> io::Result<()>) -> io::Result<Vec<u8>> {
        self.framed(&format!("{} · {}", name.get(self.lang), self.title()), |out| {
            out.open("nav", &[("aria-label", self.say("返回", "Back"))]);
            out.open("ul", &[]);
            out.open("li", &[]);
            out.element("a", &[("href", "../report.html")], &self.title());
            out.close("li");
            out.close("ul");
            out.close("nav");
            out.open("main", &[("id", "main")]);
            body(out)?;
            out.close("main");
            Ok(())
        })
    }

    /// What every page has around its content.
    fn framed(&self, title: &str, body: impl FnOnce(&mut Markup) -> io::Result<()>) -> io::Result<Vec<u8>> {
        framed(title, self.lang, &self.dossier.book.provenance.signed, body)
    }

    fn contents(&self, out: &mut Markup) {
        out.open("nav", &[("aria-label", self.say("目录", "Contents"))]);
        out.open("ul", &[]);
        for (id, zh, en) in chapters::ALL {
            out.open("li", &[]);
            out.element("a", &[("href", &format!("#{id}"))], self.say(zh, en));
            out.close("li");
        }
        out.close("ul");
        out.close("nav");
        out.line();
    }
}

/// A page of tables one below the other.
pub(super) fn of_tables(name: &str, title: String, tables: Vec<Table>, lang: Lang) -> File<'static> {
    let places = Places { is_split: false, has_scores: false, is_below: false };
    let body = move |out: &mut Markup, title: &str| {
        out.open("header", &[]);
        out.element("h1", &[], title);
        out.close("header");
        out.open("main", &[("id", "main")]);
        for table in &tables {
            write(out, table, Use::Filter, places, lang);
        }
        out.close("main");
    };
    File::new(name, move |out| {
        out.write_all(&framed(&title, lang, &[], |markup| {
            body(markup, &title);
            Ok(())
        })?)
    })
}

/// What every page has around its content: its head, the way past the top, lines for those who sign, the script.
fn framed(title: &str, lang: Lang, signed: &[Text], body: impl FnOnce(&mut Markup) -> io::Result<()>) -> io::Result<Vec<u8>> {
    let say = |zh, en| if lang == Lang::Zh { zh } else { en };
    let mut out = Markup::default();
    out.own("<!doctype html>\n");
    out.open("html", &[("lang", say("zh-CN", "en"))]);
    out.own("<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    // Nothing is loaded from anywhere, whatever the data hold.
    out.own("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; ");
    out.own("script-src 'unsafe-inline'; img-src data:\">");
    out.element("title", &[], title);
    out.own(concat!("<style>\n", include_str!("style.css"), "</style></head>\n"));
    out.open("body", &[("data-filter", say("筛选", "Filter"))]);
    out.element("a", &[("class", "skip"), ("href", "#main")], say("跳到正文", "Skip to the content"));
    body(&mut out)?;
    foot(&mut out, lang, signed);
    out.own(concat!("<script>\n", include_str!("script.js"), "</script>\n</body></html>\n"));
    Ok(out.into_bytes())
}

fn foot(out: &mut Markup, lang: Lang, signed: &[Text]) {
    out.open("footer", &[]);
    for line in signed {
        out.element("p", &[], &format!("{}：____________________", line.get(lang)));
    }
    let version = env!("CARGO_PKG_VERSION");
    let note = match lang {
        Lang::Zh => format!("由 kaohe {version} 生成。同样的输入得到同样的结果。"),
        Lang::En => format!("Made by kaohe {version}. The same inputs give the same report."),
    };
    out.element("p", &[], &note);
    out.close("footer");
}
