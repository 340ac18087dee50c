//! `kaohe merge`: parts of figures into the whole.

use std::path::Path;

use crate::assessment::terms::read_parts;
use crate::cli::args::Merge;
use crate::cli::partial;
use crate::cli::run::{Console, Failure};
use crate::codes::output as codes;
use crate::diagnostic::Diagnostic;
use crate::terms::merge;
use crate::text::Text;

pub(super) fn run(args: &Merge, console: &Console) -> Result<u8, Failure> {
    let lang = console.lang_or(None);
    let parts = read_parts(&args.parts)?;
    let count = parts.len();
    if let Some(part) = parts.iter().find(|part| args.output.as_deref().is_some_and(|output| output == Path::new(&part.file))) {
        return Err(Diagnostic::new(&codes::OTHER_FILE, None).with("path", part.file.as_str()).into());
    }
    let whole = merge(parts)?;
    let name = partial::write(&whole, args.output.as_deref(), args.force)?;
    let figures = partial::figures(&whole);
    let said = Text::new(
        format!("已合并 {count} 个分片：{}，写入 {}\n", figures.zh, name.zh),
        format!("parts merged: {count}; {}; they stand in {}\n", figures.en, name.en),
    );
    console.remark(said.get(lang));
    Ok(0)
}
