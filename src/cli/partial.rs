//! `kaohe measure --partial`: figures and counts of cells, to be merged and scored elsewhere.

use std::collections::BTreeSet;
use std::path::Path;

use crate::assess::unchanged;
use crate::assessment::terms::{Figures, data_fingerprint};
use crate::cli::args::Measure;
use crate::cli::run::{Console, Failure, read_figures};
use crate::finding::{Finding, Findings};
use crate::intake::gather::{Whose, gather};
use crate::intake::rows::Known;
use crate::intake::source::Vocabulary;
use crate::output::{Existing, write_file};
use crate::registry::{OrgId, Registry};
use crate::report;
use crate::terms::{Part, Terms};
use crate::text::Text;

pub(super) fn run(args: &Measure, target: &Path, console: &Console) -> Result<u8, Failure> {
    let asked = match (&args.shard, &args.site) {
        (_, Some(site)) => Part::site(site)?,
        (Some(shard), None) => Part::shard(shard)?,
        (None, None) => Part::WHOLE,
    };
    let (figures, whose) = match &asked {
        Part::Shard { number, of, .. } => (Figures::HandedOn, Whose::Share { remainder: number - 1, of: of.get() }),
        Part::Site(_) => (Figures::AtOnePlace, Whose::Present),
    };
    let assessment = read_figures(&args.run.assessed, figures, console)?;
    let lang = console.lang(Some(&assessment));
    let prepared = console.prepare(&assessment)?;
    let mut findings = prepared.findings;
    let vocabulary = Vocabulary::new(&assessment.catalogue);
    let rows = gather(&assessment.sources, whose, Known { registry: &assessment.registry, vocabulary: &vocabulary });
    unchanged(&assessment)?;
    let part = asked.of_data(data_fingerprint(&prepared.inputs));
    let terms = Terms { file: String::new(), definitions: assessment.definitions.clone(), part, rows };
    let own: BTreeSet<&str> = terms.rows.iter().map(|row| &*row.organisation).collect();
    findings.retain(|finding| concerns(finding, (whose, &own), &assessment.registry));
    let name = write(&terms, Some(target), args.run.target.force)?;
    let what = self::figures(&terms);
    let said = Text::new(
        format!("分片 {}：{}，写入 {}\n", terms.part.name(), what.zh, name.zh),
        format!("part {}: {}; they stand in {}\n", terms.part.name(), what.en, name.en),
    );
    let code = console.conclude(&Findings::new(findings), None, args.run.verdict.fail_on, lang);
    console.remark(said.get(lang));
    Ok(code)
}

/// True for a finding about an organisation of the part, or about none: others have their own parts.
fn concerns(finding: &Finding, (whose, own): (Whose, &BTreeSet<&str>), registry: &Registry) -> bool {
    let Some(code) = &finding.place.organisation else { return true };
    let place = registry.organisations().binary_search_by(|organisation| organisation.code.cmp(code));
    match (whose, place) {
        (Whose::Share { .. }, Ok(at)) => whose.may_hold(OrgId(at)),
        (Whose::Share { .. }, Err(_)) => true,
        (Whose::Present, _) => own.contains(code.as_str()),
    }
}

/// Writes a terms file, and says where.
pub(super) fn write(terms: &Terms, target: Option<&Path>, force: bool) -> Result<Text, Failure> {
    let Some(target) = target.filter(|target| *target != Path::new("-")) else {
        Console::write(|out| report::terms::write(terms, out))?;
        return Ok(Text::new("标准输出", "standard output"));
    };
    let mut bytes = Vec::new();
    report::terms::write(terms, &mut bytes)?;
    write_file(target, &bytes, if force { Existing::ReplaceAlike } else { Existing::Keep })?;
    Ok(Text::same(target.display().to_string()))
}

/// How much it holds.
pub(super) fn figures(terms: &Terms) -> Text {
    let organisations: BTreeSet<&str> = terms.rows.iter().map(|row| &*row.organisation).collect();
    let (figures, organisations) = (terms.rows.len(), organisations.len());
    Text::new(format!("{organisations} 个机构，{figures} 个数"), format!("organisations: {organisations}, figures: {figures}"))
}
