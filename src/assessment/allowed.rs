//! Contradictions of an official sheet that its scheme lets stand: `allow` (SCHEMES 1).

use std::sync::Arc;

use crate::code::{Code, Severity};
use crate::codes::{criteria as codes, lint as lints};
use crate::definition::Located;
use crate::definition::criteria::Allow;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::scorebook::Allowed;
use crate::text::{Text, list, nearest};

/// What may be let stand: after each of these the scheme still says what to compute.
static CONTRADICTIONS: &[&Code] =
    &[&codes::AGAINST_DIRECTION, &codes::BAND_UNREACHABLE, &codes::DIMENSION_SUM, &codes::GRADE_ORDER, &codes::MIX_SUM, &codes::TOTAL_SUM];

/// Codes of the linter that may be let stand: all that speak of one place of the scheme.
fn lint(code: &str) -> Option<&'static Code> {
    lints::ALL.iter().copied().find(|known| known.id() == code && (known.severity == Severity::Warning || **known == lints::RECALLED))
}

/// Takes what is allowed out of what the linter found. What cannot have been asked for want of a period is
/// not missed.
pub(super) fn take_lints(file: &Arc<SourceFile>, allow: &[Located<Allow>], has_period: bool, found: &mut Vec<Diagnostic>) -> Vec<Allowed> {
    let mut let_stand = Vec::new();
    for written in allow {
        let Some(known) = lint(&written.code.value) else { continue };
        let is_asked = has_period || *known != lints::OTHER_YEAR;
        take_one(file, written, known, is_asked, found, &mut let_stand);
    }
    let_stand
}

fn take_one(
    file: &Arc<SourceFile>,
    written: &Located<Allow>,
    known: &'static Code,
    is_asked: bool,
    found: &mut Vec<Diagnostic>,
    let_stand: &mut Vec<Allowed>,
) {
    let (matching, others): (Vec<_>, Vec<_>) = std::mem::take(found).into_iter().partition(|one| std::ptr::eq(one.code, known));
    *found = others;
    if matching.is_empty() && is_asked {
        found.push(Diagnostic::new(&codes::ALLOW_UNUSED, written.code.origin(file)).with("code", known.id()));
    }
    let allowed = |one: Diagnostic| Allowed { code: known.id(), message: one.message, reason: written.reason.clone() };
    let_stand.extend(matching.into_iter().map(allowed));
}

/// Takes what is allowed out of the diagnostics of a criteria file. An `allow` of what cannot stand, or
/// of what does not occur, is a diagnostic of its own.
pub(super) fn take(file: &Arc<SourceFile>, allow: &[Located<Allow>], found: &mut Vec<Diagnostic>) -> Vec<Allowed> {
    let mut let_stand = Vec::new();
    for written in allow {
        let code = &written.code;
        if lint(&code.value).is_some() {
            continue;
        }
        let Some(known) = CONTRADICTIONS.iter().copied().find(|known| known.id() == code.value) else {
            let ids = || CONTRADICTIONS.iter().map(|known| known.id());
            let names: Vec<Text> = ids().chain(["lint/…"]).map(|id| Text::same(format!("`{id}`"))).collect();
            let near = nearest(&code.value, ids().chain(lints::ALL.iter().map(|known| known.id())));
            let diagnostic = Diagnostic::new(&codes::ALLOW_CODE, code.origin(file)).with("code", code.value.clone());
            found.push(diagnostic.with("known", list(&names)).suggest(near));
            continue;
        };
        take_one(file, written, known, true, found, &mut let_stand);
    }
    let_stand
}

/// True for sums that do not come out.
pub(super) fn is_about_sums(allowed: &Allowed) -> bool {
    [codes::DIMENSION_SUM.id(), codes::TOTAL_SUM.id()].contains(&allowed.code)
}
