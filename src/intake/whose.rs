//! The organisation that the name of a file names.

use crate::intake::packed::inner_name;
use crate::intake::rows::Known;
use crate::period::Span;
use crate::registry::{Found, OrgId};

/// The organisation whose code, name or alias is the name of the file, or is the longest one in it.
pub(super) fn in_path(path: &str, known: Known) -> Option<OrgId> {
    found_in_path(path, None, known).map(Found::organisation)
}

/// The same by the names of a time.
pub(super) fn found_in_path(path: &str, span: Option<Span>, known: Known) -> Option<Found> {
    let path = inner_name(path);
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    known.registry.longest_in(stem, span)
}
