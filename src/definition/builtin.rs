//! Files that come with the program, named `builtin:NAME@VERSION`.

use std::sync::Arc;

use crate::codes::definition as codes;
use crate::diagnostic::{Diagnostic, Origin, SourceFile};
use crate::text::{Text, list, nearest};

/// A file that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Builtin {
    /// The id in its head.
    pub name: &'static str,
    /// The version in its head.
    pub version: u32,
    /// The whole file.
    pub text: &'static str,
}

impl Builtin {
    /// `builtin:NAME@VERSION`.
    pub fn reference(&self) -> String {
        format!("{PREFIX}{}@{}", self.name, self.version)
    }
}

/// The built-in catalogues, by name.
pub static CATALOGUES: &[Builtin] = &[
    Builtin { name: "contract-groups", version: 1, text: include_str!("../../indicators/contract-groups.toml") },
    Builtin { name: "costs", version: 1, text: include_str!("../../indicators/costs.toml") },
    Builtin { name: "county", version: 1, text: include_str!("../../indicators/county.toml") },
    Builtin { name: "disease-control", version: 1, text: include_str!("../../indicators/disease-control.toml") },
    Builtin { name: "family-doctor", version: 1, text: include_str!("../../indicators/family-doctor.toml") },
    Builtin { name: "finance", version: 1, text: include_str!("../../indicators/finance.toml") },
    Builtin { name: "health-promotion", version: 1, text: include_str!("../../indicators/health-promotion.toml") },
    Builtin { name: "hospital", version: 1, text: include_str!("../../indicators/hospital.toml") },
    Builtin { name: "hospital-quality", version: 1, text: include_str!("../../indicators/hospital-quality.toml") },
    Builtin { name: "insurance", version: 1, text: include_str!("../../indicators/insurance.toml") },
    Builtin { name: "maternal-child", version: 1, text: include_str!("../../indicators/maternal-child.toml") },
    Builtin { name: "primary-care", version: 1, text: include_str!("../../indicators/primary-care.toml") },
    Builtin { name: "public-health", version: 1, text: include_str!("../../indicators/public-health.toml") },
    Builtin { name: "referral", version: 1, text: include_str!("../../indicators/referral.toml") },
    Builtin { name: "resource-sinking", version: 1, text: include_str!("../../indicators/resource-sinking.toml") },
    Builtin { name: "resources", version: 1, text: include_str!("../../indicators/resources.toml") },
    Builtin { name: "satisfaction", version: 1, text: include_str!("../../indicators/satisfaction.toml") },
    Builtin { name: "services", version: 1, text: include_str!("../../indicators/services.toml") },
    Builtin { name: "sharing", version: 1, text: include_str!("../../indicators/sharing.toml") },
    Builtin { name: "urban-group", version: 1, text: include_str!("../../indicators/urban-group.toml") },
];

/// How a reference to a built-in file begins.
pub const PREFIX: &str = "builtin:";

/// The built-in file a reference names, among `all`; without `@VERSION` the one of that name. `origin` is the place of the reference.
pub fn find(all: &[Builtin], reference: &str, origin: impl Into<Option<Origin>>) -> Result<Arc<SourceFile>, Diagnostic> {
    let known: Vec<String> = all.iter().map(Builtin::reference).collect();
    match all.iter().find(|builtin| builtin.reference() == reference || format!("{PREFIX}{}", builtin.name) == reference) {
        Some(builtin) => Ok(SourceFile::new(builtin.reference(), builtin.text)),
        None => Err(Diagnostic::new(&codes::UNKNOWN_BUILTIN, origin)
            .with("name", reference.strip_prefix(PREFIX).unwrap_or(reference))
            .with("known", list(&known.iter().map(|name| Text::same(format!("`{name}`"))).collect::<Vec<_>>()))
            .suggest(nearest(reference, known.iter().map(String::as_str)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::{CatalogueFile, read};
    use crate::text::Lang;

    const SOME: &[Builtin] =
        &[Builtin { name: "referral", version: 1, text: "[catalogue]\n" }, Builtin { name: "services", version: 2, text: "[catalogue]\n" }];

    #[test]
    fn a_reference_finds_its_file_and_only_its_version() {
        assert_eq!(find(SOME, "builtin:services@2", None).map(|file| file.path.clone()), Ok("builtin:services@2".to_owned()));
        let Err(found) = find(SOME, "builtin:services@1", None) else { panic!("found") };
        assert_eq!(found.suggestions.first().map(String::as_str), Some("builtin:services@2"));
        assert_eq!(
            found.message.render(Lang::En),
            "there is no built-in `services@1`; there are: `builtin:referral@1`, `builtin:services@2`"
        );
        assert_eq!(found.message.render(Lang::Zh), "没有内置的 `services@1`；现有：`builtin:referral@1`、`builtin:services@2`");
    }

    #[test]
    fn every_built_in_catalogue_reads_and_has_the_id_and_version_it_is_listed_under() {
        for builtin in CATALOGUES {
            let (content, found) = read::<CatalogueFile>(&SourceFile::new(builtin.reference(), builtin.text));
            assert_eq!(found.iter().map(|one| one.render(Lang::En)).collect::<String>(), "");
            let head = content.map(|content| content.catalogue);
            let id = head.as_ref().map(|head| head.id.value.as_str());
            let version = head.as_ref().map(|head| head.version.as_ref().map_or(1, |version| version.value));
            assert_eq!((id, version), (Some(builtin.name), Some(builtin.version)));
        }
    }
}
