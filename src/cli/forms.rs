//! `kaohe forms`: workbooks in which institutions report what a scheme needs.

use crate::cli::args::{Every, Forms};
use crate::cli::run::{Console, Failure, read_definitions};
use crate::codes::output as codes;
use crate::diagnostic::Diagnostic;
use crate::forms::{Spread, forms};
use crate::output::{Existing, write_folder};
use crate::report;
use crate::text::Lang;

pub(super) fn run(args: &Forms, console: &Console) -> Result<u8, Failure> {
    let data = args.assessed.criteria.as_ref().and(args.assessed.inputs.first());
    if let Some(file) = data {
        return Err(Failure::from(Diagnostic::new(&codes::NO_DATA_HERE, None).with("file", file.display().to_string())));
    }
    let assessment = read_definitions(&args.assessed, console)?;
    let lang = console.lang(Some(&assessment));
    let months = args.every.map(|every| match every {
        Every::Month => 1,
        Every::Quarter => 3,
        Every::Half => 6,
        Every::Year => 12,
    });
    let forms = forms(&assessment, Spread { months, is_joint: args.one });
    let files = report::form_files(&forms, &assessment, lang)?;
    let existing = if args.force { Existing::Replace } else { Existing::Keep };
    if let Some(warning) = write_folder(&args.output, &files, existing)? {
        console.remark(&warning.render(lang));
    }
    let (count, dir) = (forms.len(), args.output.display());
    console.remark(&match lang {
        Lang::Zh => format!("已写出 {count} 个填报工作簿：{dir}\n"),
        Lang::En => format!("workbooks written to {dir}: {count}\n"),
    });
    Ok(0)
}
