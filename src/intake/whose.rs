//! The organisation that the name of a file names.

use crate::intake::rows::Known;
use crate::registry::OrgId;
use crate::text::normalise;

/// The organisation whose code, name or alias is the name of the file, or is the longest one in it.
pub(super) fn in_path(path: &str, known: Known) -> Option<OrgId> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if let Some(found) = known.registry.find(stem) {
        return Some(found);
    }
    let text = normalise(stem);
    let mut best: Option<(usize, OrgId)> = None;
    let mut is_shared = false;
    for id in known.registry.ids() {
        let organisation = known.registry.get(id);
        let aliases = organisation.aliases.iter().map(|alias| &alias.name);
        let names = [&organisation.code, &organisation.name].into_iter().chain(aliases);
        let longest = names.map(|name| normalise(name)).filter(|name| name.chars().count() > 1 && text.contains(name.as_str()));
        let Some(length) = longest.map(|name| name.len()).max() else { continue };
        match best {
            Some((known, _)) if known > length => {}
            Some((known, _)) if known == length => is_shared = true,
            _ => (best, is_shared) = (Some((length, id)), false),
        }
    }
    best.filter(|_| !is_shared).map(|(_, id)| id)
}
