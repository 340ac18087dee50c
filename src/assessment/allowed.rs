//! Contradictions of an official sheet that its scheme lets stand: `allow` (SCHEMES 1).

use std::sync::Arc;

use crate::code::Code;
use crate::codes::criteria as codes;
use crate::definition::Located;
use crate::definition::criteria::Allow;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::scorebook::Allowed;
use crate::text::{Text, list, nearest};

/// What may be let stand: after each of these the scheme still says what to compute.
static CONTRADICTIONS: &[&Code] =
    &[&codes::AGAINST_DIRECTION, &codes::BAND_UNREACHABLE, &codes::DIMENSION_SUM, &codes::GRADE_ORDER, &codes::MIX_SUM, &codes::TOTAL_SUM];

/// Takes what is allowed out of the diagnostics of a criteria file. An `allow` of what cannot stand, or
/// of what does not occur, is a diagnostic of its own.
pub(super) fn take(file: &Arc<SourceFile>, allow: &[Located<Allow>], found: &mut Vec<Diagnostic>) -> Vec<Allowed> {
    let mut let_stand = Vec::new();
    for written in allow {
        let (code, say) = (&written.code, |code| Diagnostic::new(code, written.code.origin(file)));
        let Some(known) = CONTRADICTIONS.iter().find(|known| known.id() == code.value) else {
            let names: Vec<Text> = CONTRADICTIONS.iter().map(|known| Text::same(format!("`{}`", known.id()))).collect();
            let near = nearest(&code.value, CONTRADICTIONS.iter().map(|known| known.id()));
            found.push(say(&codes::ALLOW_CODE).with("code", code.value.clone()).with("known", list(&names)).suggest(near));
            continue;
        };
        let (matching, others): (Vec<_>, Vec<_>) = std::mem::take(found).into_iter().partition(|one| std::ptr::eq(one.code, *known));
        *found = others;
        if matching.is_empty() {
            found.push(say(&codes::ALLOW_UNUSED).with("code", code.value.clone()));
        }
        let allowed = |one: Diagnostic| Allowed { code: known.id(), message: one.message, reason: written.reason.clone() };
        let_stand.extend(matching.into_iter().map(allowed));
    }
    let_stand
}

/// True for sums that do not come out.
pub(super) fn is_about_sums(allowed: &Allowed) -> bool {
    [codes::DIMENSION_SUM.id(), codes::TOTAL_SUM.id()].contains(&allowed.code)
}
