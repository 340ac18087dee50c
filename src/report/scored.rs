//! A score of one unit as the sheets that people read show it: the measure behind it, and where it stands.

use crate::dossier::Dossier;
use crate::measure::interval::Side;
use crate::number::Exact;
use crate::report::figures::{calculation, figure, measure, points, target, target_number, target_shown, value_shown};
use crate::report::table::{Cell, Column, Kind, Tone};
use crate::scorebook::{CriterionHead, IndicatorHead, Interval, MeasureResult, Score, UnitResult};
use crate::standing::{Change, Field, Place};
use crate::text::{Lang, Text};

/// A score with all that is known about it.
pub(super) struct Scored<'a> {
    dossier: &'a Dossier<'a>,
    unit: &'a UnitResult,
    pub(super) head: &'a CriterionHead,
    pub(super) score: &'a Score,
    measured: Option<Measured<'a>>,
}

/// The measure behind a score, among those of its peers.
struct Measured<'a> {
    indicator: &'a IndicatorHead,
    measure: &'a MeasureResult,
    field: Option<&'a Field>,
    place: Option<&'a Place>,
}

impl<'a> Scored<'a> {
    /// The score of the unit at this index by the criterion at that; `None` where it is not on the unit's sheet.
    pub(super) fn of(dossier: &'a Dossier, at: usize, criterion: usize) -> Option<Self> {
        let (book, standing) = (dossier.book, &dossier.standing);
        let unit = book.units.get(at)?;
        let (head, score) = (book.criteria.get(criterion)?, unit.scores.get(criterion).filter(|score| score.is_on_sheet)?);
        let measured = measure(unit, score).and_then(|measure| {
            Some(Measured {
                indicator: book.indicators.get(measure.indicator)?,
                measure,
                field: standing.field(measure.indicator, unit),
                place: standing.units.get(at).and_then(|unit| unit.places.get(measure.indicator)),
            })
        });
        Some(Self { dossier, unit, head, score, measured })
    }

    /// Headings of [`Self::figures`].
    pub(super) fn columns() -> [Column; 6] {
        [
            Column::new("value", Text::new("指标值", "Value"), Kind::Value),
            Column::new("interval", Text::new("区间", "Interval"), Kind::Text).spare(4),
            Column::new("indistinct", Text::new("统计判断", "Cannot be told from"), Kind::Text).spare(4),
            Column::new("target", Text::new("目标", "Target"), Kind::Text).spare(1),
            Column::new("points", Text::new("得分", "Points"), Kind::Points),
            Column::new("full_points", Text::new("满分", "of"), Kind::Exact),
        ]
    }

    /// The value with how sure it is, its target and its points.
    pub(super) fn figures(&self) -> [Cell; 6] {
        let book = self.dossier.book;
        [
            value_shown(book, self.unit, self.score).shaded(self.light()),
            self.shown(|of| of.measure.interval.as_ref().map(|interval| of.interval(interval))),
            self.shown(|of| of.measure.interval.as_ref().map(|interval| self.indistinct(of, interval))),
            target_shown(book, self.head, self.score),
            points(book, self.score.points.as_ref()),
            Cell::exact(&self.head.points),
        ]
    }

    /// Headings of [`Self::among_peers`], which narrow places leave out.
    pub(super) fn columns_of_peers(spare: u8) -> [Column; 2] {
        [
            Column::new("rank", Text::new("同类名次", "Among peers"), Kind::Text).spare(spare),
            Column::new("median", Text::new("同类中位数", "Peer median"), Kind::Value).spare(spare),
        ]
    }

    /// "2 / 12", the place among peers that have a value, and their median.
    pub(super) fn among_peers(&self) -> [Cell; 2] {
        let rank = |of: &Measured| Some(Cell::text(format!("{} / {}", of.place?.rank?, of.field?.count)));
        [self.shown(rank), self.shown(|of| Some(figure(of.indicator, of.field?.median.as_ref()?)))]
    }

    /// Headings of [`Self::since_baseline`].
    pub(super) fn columns_of_change() -> [Column; 3] {
        [
            Column::new("baseline", Text::new("基期值", "Baseline"), Kind::Value).spare(3),
            Column::new("change", Text::new("较基期", "Change"), Kind::Text).spare(3),
            Column::new("percent", Text::new("变化率", "Change in %"), Kind::Text).spare(3),
        ]
    }

    /// The baseline's value, "+2.40 percentage points", "+3.6%".
    pub(super) fn since_baseline(&self) -> [Cell; 3] {
        let before = |of: &Measured| self.unit.measures.get(of.place?.baseline?)?.value.as_ref().map(|value| figure(of.indicator, value));
        [
            self.shown(before),
            self.shown(|of| Some(change(of.indicator, of.place?.change.as_ref()?))),
            self.shown(|of| Some(Cell::text(format!("{}%", signed(of.place?.change.as_ref()?.percent.as_ref()?, 1))))),
        ]
    }

    /// The definition with the numbers in it.
    pub(super) fn calculation(&self) -> Cell {
        self.shown(|of| Some(calculation(of.indicator, of.measure)))
    }

    /// Points missing from the full ones.
    pub(super) fn lost(&self) -> Cell {
        let lost = self.score.points.as_ref().map(|points| &self.head.points - points).filter(|lost| !lost.is_zero());
        lost.map_or(Cell::Empty, |lost| Cell::points(&lost, self.dossier.book.head.points_decimals))
    }

    /// What the next band needs, and full points.
    pub(super) fn next(&self) -> Cell {
        let Some(of) = &self.measured else { return Cell::Empty };
        let shown = |value: &Exact, lang| figure(of.indicator, value).shown(lang);
        let mut said = Vec::new();
        if let Some(next) = &self.score.next {
            let points = next.points.fixed(self.dossier.book.head.points_decimals);
            said.push(Text::new(
                format!("{} → {points} 分", shown(&next.value, Lang::Zh)),
                format!("{} → {points} points", shown(&next.value, Lang::En)),
            ));
        }
        if let Some(full) = self.score.full_at.as_ref().filter(|full| self.score.next.as_ref().is_none_or(|next| next.value != **full)) {
            said.push(Text::new(format!("满分需 {}", shown(full, Lang::Zh)), format!("full at {}", shown(full, Lang::En))));
        }
        let join = |get: fn(&Text) -> &str, sign: &str| said.iter().map(get).collect::<Vec<_>>().join(sign);
        Cell::text(Text::new(join(|text| &text.zh, "；"), join(|text| &text.en, "; ")))
    }

    /// What the value cannot be told apart from: its target, the figure of all its peers together.
    fn indistinct(&self, of: &Measured, interval: &Interval) -> Cell {
        let target = target(self.head, self.score).and_then(|target| target_number(&target));
        let target = target.or_else(|| self.score.full_at.clone());
        let together = of.field.and_then(|field| field.together(&of.indicator.factor));
        let holds = |reference: Option<Exact>| reference.is_some_and(|reference| Side::of(interval, &reference) == Side::Within);
        Cell::text(match (holds(target), holds(together)) {
            (true, true) => Text::new("与目标、同类平均均无显著差别", "neither target nor peers"),
            (true, false) => Text::new("与目标无显著差别", "not from target"),
            (false, true) => Text::new("与同类平均无显著差别", "not from peers"),
            (false, false) => Text::default(),
        })
    }

    /// The shade of a value that passed a line.
    fn light(&self) -> Option<Tone> {
        match self.score.light {
            Some("alarm") => Some(Tone::Alarm),
            Some("warn") => Some(Tone::Warn),
            _ => None,
        }
    }

    fn shown(&self, cell: impl FnOnce(&Measured<'a>) -> Option<Cell>) -> Cell {
        self.measured.as_ref().and_then(cell).unwrap_or(Cell::Empty)
    }
}

impl Measured<'_> {
    /// "68.70–71.27 (Wilson, 95 %)".
    fn interval(&self, interval: &Interval) -> Cell {
        let decimals = self.indicator.decimals as usize;
        let limits = format!("{:.decimals$}–{:.decimals$}", interval.lower, interval.upper);
        let method = super::figures::method(interval.method);
        Cell::text(Text::new(format!("{limits}（{}）", method.zh), format!("{limits} ({})", method.en)))
    }
}

/// In percentage points where it is a percentage.
fn change(head: &IndicatorHead, change: &Change) -> Cell {
    let by = signed(&change.by, head.decimals);
    let unit = &head.unit;
    Cell::text(match unit.zh.as_str() {
        "%" => Text::new(format!("{by} 个百分点"), format!("{by} pp")),
        "‰" => Text::new(format!("{by} 个千分点"), format!("{by} per-mille points")),
        _ => Text::new(format!("{by} {}", unit.zh), format!("{by} {}", unit.en)),
    })
}

fn signed(number: &Exact, decimals: u32) -> String {
    let digits = number.fixed(decimals);
    if digits.starts_with('-') || digits.bytes().all(|digit| matches!(digit, b'0' | b'.')) { digits } else { format!("+{digits}") }
}
