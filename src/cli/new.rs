//! `kaohe new`: a runnable assessment with sample data.

use crate::cli::args::New;
use crate::cli::run::{Console, Failure};
use crate::cli::templates::{DEFAULT, TEMPLATES, lines};
use crate::codes::output as codes;
use crate::diagnostic::Diagnostic;
use crate::output::{Existing, write_folder};
use crate::report::File;
use crate::text::{Lang, Text, nearest};

pub(super) fn run(args: &New, console: &Console) -> Result<u8, Failure> {
    let wanted = args.template.as_deref().unwrap_or(DEFAULT);
    let Some(template) = TEMPLATES.iter().find(|template| template.name == wanted) else {
        let diagnostic =
            Diagnostic::new(&codes::UNKNOWN_TEMPLATE, None).with("name", wanted).with("known", Text::new(lines(Lang::Zh), lines(Lang::En)));
        return Err(Failure::from(diagnostic.suggest(nearest(wanted, TEMPLATES.iter().map(|template| template.name)))));
    };
    let files: Vec<File> = template.files.iter().map(|(path, bytes)| File::of(*path, *bytes)).collect();
    write_folder(&args.dir, &files, Existing::Foreign)?;
    let (name, dir) = (template.name, args.dir.display());
    console.remark(&match console.lang(None) {
        Lang::Zh => format!("已在 {dir} 新建示例 {name}。下一步：kaohe score {dir}\n"),
        Lang::En => format!("{dir} now holds the sample {name}. Next: kaohe score {dir}\n"),
    });
    Ok(0)
}
