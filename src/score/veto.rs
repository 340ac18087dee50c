//! Whether vetoes (一票否决) fire for a unit (SEMANTICS R9).

use crate::catalogue::unit_word;
use crate::formula::Window;
use crate::score::criterion::{Context, find, usable};
use crate::score::extra::{Trigger, Veto};
use crate::score::judged::deciding;
use crate::score::judgement::{JudgedValue, yes_or_no};
use crate::score::kernel::Shown;
use crate::score::phrases;
use crate::text::Said;

/// A veto that fired.
#[derive(Debug, Clone)]
pub struct Fired {
    /// Which.
    pub veto: Veto,
    /// Why.
    pub reason: Vec<Said>,
}

/// The vetoes that fired, in the order of the file, and why the unit is provisional because of others: one whose
/// value is missing, or which nobody has judged, has not fired.
pub(super) fn fired(vetoes: &[Veto], context: Context) -> (Vec<Fired>, Vec<Said>) {
    let (mut fired, mut open) = (Vec::new(), Vec::new());
    for veto in vetoes {
        match decide(veto, context) {
            Decided::Fires(reason) => fired.push(Fired { veto: veto.clone(), reason }),
            Decided::Rests => {}
            Decided::Open => open.push(Said::new(&phrases::PROVISIONAL_VETO).with("veto", veto.name.clone())),
        }
    }
    (fired, open)
}

/// What is known of a veto.
enum Decided {
    /// It fired, and why.
    Fires(Vec<Said>),
    /// It did not.
    Rests,
    /// Its value is missing, or nobody has judged it.
    Open,
}

fn decide(veto: &Veto, context: Context) -> Decided {
    match &veto.trigger {
        Trigger::Measured { indicator, compare, with } => {
            let measure = find(context, *indicator, Window::Assessed).map(|(_, measure)| measure);
            let Some(value) = measure.and_then(usable) else { return Decided::Open };
            if !compare.holds(value.cmp(with)) {
                return Decided::Rests;
            }
            let described = context.indicators[*indicator];
            let unit = unit_word(&described.unit);
            let shown = Shown { unit: &unit, decimals: described.decimals }.beside(value, &[with]);
            let said = Said::new(&phrases::VETO_MEASURED).with("formula", described.numerator.text.as_str()).with("value", shown);
            Decided::Fires(vec![said.with("compare", compare.to_string()).with("with", with.to_string())])
        }
        Trigger::Judged => {
            let Some(row) = deciding(&veto.id, "", context) else { return Decided::Open };
            let answer = if let JudgedValue::Given(text) = &row.value { yes_or_no(text) } else { Some(false) };
            match answer {
                Some(true) => Decided::Fires(vec![Said::new(&phrases::VETO_JUDGED).with("evidence", row.evidence.as_str())]),
                Some(false) => Decided::Rests,
                None => Decided::Open,
            }
        }
    }
}
