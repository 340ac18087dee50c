//! `docs/codes.md` is made from the tables of codes. After a change of a table:
//! `KAOHE_UPDATE_DOCS=1 cargo test --test codes`.

use std::fmt::Write as _;
use std::path::Path;

use kaohe::code::{Code, Severity};
use kaohe::text::Lang;

const HEAD: &str = "# Codes · 代码\n\n\
Made from the tables in `src/codes/`; not edited by hand. `{…}` stands for what was found.\n\
由 `src/codes/` 中的代码表生成，请勿手工修改。`{…}` 处为实际内容。\n";

fn severity(code: &Code) -> &'static str {
    match code.severity {
        Severity::Error => "error 错误",
        Severity::Warning => "warning 警告",
        Severity::Info => "info 提示",
    }
}

fn reference() -> String {
    let mut page = HEAD.to_owned();
    let mut area = "";
    let mut codes: Vec<&Code> = kaohe::codes::all().collect();
    codes.sort_by_key(|code| code.id());
    for code in codes {
        let own = code.id().split('/').next().unwrap_or_default();
        if own != area {
            area = own;
            let _ = write!(page, "\n## {area}\n");
        }
        let _ = write!(page, "\n### `{}` · {}\n\n", code.id(), severity(code));
        for lang in [Lang::En, Lang::Zh] {
            let message = if lang == Lang::En { code.message.en } else { code.message.zh };
            let _ = write!(page, "- {}\n  - {message}\n  - {}\n", code.expected(lang), code.help(lang));
        }
    }
    page
}

#[test]
fn the_reference_of_codes_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/codes.md");
    let now = reference();
    if std::env::var_os("KAOHE_UPDATE_DOCS").is_some() {
        std::fs::write(&path, &now).expect("a page");
    }
    let page = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    for (at, (now, page)) in now.lines().zip(page.lines()).enumerate() {
        assert_eq!(now, page, "docs/codes.md:{} is stale", at + 1);
    }
    assert_eq!(now, page, "docs/codes.md is stale");
}
