//! `kaohe new`: a runnable assessment with sample data.

use crate::cli::args::New;
use crate::cli::run::{Console, Failure};
use crate::cli::templates::{DEFAULT, TEMPLATES};
use crate::codes::output as codes;
use crate::diagnostic::Diagnostic;
use crate::output::{Existing, write_folder};
use crate::report::File;
use crate::text::{Lang, Text, list, nearest};

pub(super) fn run(args: &New, console: &Console) -> Result<u8, Failure> {
    let wanted = args.template.as_deref().unwrap_or(DEFAULT);
    let Some((name, files)) = TEMPLATES.iter().find(|(name, _)| *name == wanted) else {
        let names: Vec<&str> = TEMPLATES.iter().map(|(name, _)| *name).collect();
        let diagnostic = Diagnostic::new(&codes::UNKNOWN_TEMPLATE, None)
            .with("name", wanted)
            .with("known", list(&names.iter().map(|name| Text::same(*name)).collect::<Vec<_>>()));
        return Err(Failure::from(diagnostic.suggest(nearest(wanted, names))));
    };
    let files: Vec<File> = files.iter().map(|(path, bytes)| File::of(*path, *bytes)).collect();
    write_folder(&args.dir, &files, Existing::Keep)?;
    let dir = args.dir.display();
    console.remark(&match console.lang(None) {
        Lang::Zh => format!("已在 {dir} 新建示例 {name}。下一步：kaohe score {dir}\n"),
        Lang::En => format!("{dir} now holds the sample {name}. Next: kaohe score {dir}\n"),
    });
    Ok(0)
}
