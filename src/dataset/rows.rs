//! Which row stands for which organisation and span.

use std::ops::Range;

use super::Row;
use crate::period::Span;
use crate::registry::OrgId;

/// The rows, in the order in which they were met, and those of each organisation in order of time. Most exports tell of one
/// institution month by month, so that where the first stands says where the others are.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    stretches: Vec<Stretch>,
    by_organisation: Vec<Own>,
    count: u32,
}

/// Rows of one organisation, one behind the other, up to the next stretch. Their spans are of one length and follow each other.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    organisation: u32,
    first: u32,
    span: Span,
}

/// The rows of one organisation.
#[derive(Debug, Clone)]
enum Own {
    /// So many as one stretch has them.
    Together { first: u32, count: u32, span: Span },
    /// Any, in the order of their spans.
    Apart(Vec<(Span, Row)>),
}

/// The span that comes so many behind another one.
fn behind(span: Span, count: u32) -> Span {
    let months = i32::try_from(span.len()).unwrap_or(i32::MAX);
    i32::try_from(count).map_or(span, |count| span.plus(count.saturating_mul(months)))
}

/// How many behind a span another one comes; `None` if it is none of those.
fn distance(span: Span, other: Span) -> Option<u32> {
    let months = i32::try_from(span.len()).ok()?;
    let since = other.first().since(span.first());
    (other.len() == span.len() && since % months == 0).then(|| u32::try_from(since / months).ok()).flatten()
}

impl Own {
    const NONE: Self = Self::Apart(Vec::new());

    fn iter(&self) -> impl Iterator<Item = (Span, Row)> + '_ {
        let (together, apart) = match self {
            Self::Together { first, count, span } => (Some((*first, *count, *span)), &[][..]),
            Self::Apart(rows) => (None, rows.as_slice()),
        };
        let together = together.into_iter().flat_map(|(first, count, span)| (0..count).map(move |at| (behind(span, at), Row(first + at))));
        together.chain(apart.iter().copied())
    }

    fn find(&self, wanted: Span) -> Option<Row> {
        match self {
            Self::Together { first, count, span } => distance(*span, wanted).filter(|at| at < count).map(|at| Row(first + at)),
            Self::Apart(rows) => rows.binary_search_by_key(&wanted, |(span, _)| *span).ok().map(|at| rows[at].1),
        }
    }

    /// Adds a row of a span of which there is none.
    fn add(&mut self, wanted: Span, row: Row) {
        match self {
            Self::Apart(rows) if rows.is_empty() => *self = Self::Together { first: row.0, count: 1, span: wanted },
            Self::Apart(rows) => {
                let place = rows.partition_point(|(span, _)| *span < wanted);
                rows.insert(place, (wanted, row));
            }
            Self::Together { first, count, span } if distance(*span, wanted) == Some(*count) && row.0 == *first + *count => *count += 1,
            Self::Together { .. } => {
                *self = Self::Apart(self.iter().collect());
                self.add(wanted, row);
            }
        }
    }
}

impl Rows {
    /// The row of an organisation and span.
    pub(super) fn find(&self, organisation: OrgId, span: Span) -> Option<Row> {
        self.by_organisation.get(organisation.0)?.find(span)
    }

    /// The same, made if it is new.
    pub(super) fn row(&mut self, organisation: OrgId, span: Span) -> Row {
        if self.by_organisation.len() <= organisation.0 {
            self.by_organisation.resize(organisation.0 + 1, Own::NONE);
        }
        let own = &mut self.by_organisation[organisation.0];
        if let Some(row) = own.find(span) {
            return row;
        }
        let row = Row(self.count);
        own.add(span, row);
        let number = u32::try_from(organisation.0).unwrap_or(u32::MAX);
        let goes_on = |last: &Stretch| last.organisation == number && distance(last.span, span) == Some(row.0 - last.first);
        if !self.stretches.last().is_some_and(goes_on) {
            self.stretches.push(Stretch { organisation: number, first: row.0, span });
        }
        self.count = self.count.saturating_add(1);
        row
    }

    /// Gives back room that was kept for more rows.
    pub(super) fn give_back(&mut self) {
        self.stretches.shrink_to_fit();
        self.by_organisation.shrink_to_fit();
    }

    /// The rows of an organisation, in the order of their spans.
    pub(super) fn of(&self, organisation: OrgId) -> impl Iterator<Item = (Span, Row)> + '_ {
        self.by_organisation.get(organisation.0).into_iter().flat_map(Own::iter)
    }

    /// Every row, in the order in which they were met.
    pub(super) fn all(&self) -> impl Iterator<Item = (OrgId, Span, Row)> + '_ {
        let ends = self.stretches.iter().skip(1).map(|next| next.first).chain([self.count]);
        self.stretches.iter().zip(ends).flat_map(|(stretch, end)| {
            let rows: Range<u32> = stretch.first..end;
            rows.map(|row| (OrgId(stretch.organisation as usize), behind(stretch.span, row - stretch.first), Row(row)))
        })
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.count as usize
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// Months one behind the other, as exports have them, and other spans between them.
    fn asked() -> impl Strategy<Value = Vec<(usize, Span)>> {
        let month = |at: i32, months: i32| {
            let first = "2024-11".parse::<Span>().expect("a month").first().plus(at);
            Span::new(first, first.plus(months - 1)).expect("in order")
        };
        let stretch = (0_usize..4, 0_i32..20, prop_oneof![5 => Just(1), 1 => 1_i32..5], 1_i32..15);
        let stretches = prop::collection::vec(stretch, 0..12);
        stretches.prop_map(move |stretches| {
            let of = move |(organisation, from, months, count): (usize, i32, i32, i32)| {
                (0..count).map(move |at| (organisation, month(from + at * months, months)))
            };
            stretches.into_iter().flat_map(of).collect()
        })
    }

    proptest! {
        /// Every organisation and span has one row, numbered in the order in which they were met, however they are kept.
        #[test]
        fn every_organisation_and_span_has_one_row(asked in asked()) {
            let (mut rows, mut known) = (Rows::default(), BTreeMap::new());
            let mut met = Vec::new();
            for (organisation, span) in asked {
                let next = u32::try_from(known.len()).expect("few");
                let expected = *known.entry((organisation, span)).or_insert(next);
                if expected == next {
                    met.push((OrgId(organisation), span, Row(next)));
                }
                prop_assert_eq!(rows.row(OrgId(organisation), span), Row(expected));
            }
            prop_assert_eq!(rows.all().collect::<Vec<_>>(), met.clone());
            prop_assert_eq!(rows.len(), met.len());
            for organisation in 0..5 {
                let own = known.iter().filter(|((of, _), _)| *of == organisation).map(|((_, span), row)| (*span, Row(*row)));
                let own: Vec<(Span, Row)> = own.collect();
                prop_assert_eq!(rows.of(OrgId(organisation)).collect::<Vec<_>>(), own);
            }
            for (organisation, span, row) in met {
                prop_assert_eq!(rows.find(organisation, span), Some(row));
                prop_assert_eq!(rows.find(OrgId(7), span), None);
            }
        }
    }

    /// An institution that reports month by month takes no room for each month.
    #[test]
    fn months_one_behind_the_other_stand_together() {
        let mut rows = Rows::default();
        for organisation in 0..3 {
            for month in "2025".parse::<Span>().expect("a year").months() {
                rows.row(OrgId(organisation), Span::month(month));
            }
        }
        assert_eq!((rows.len(), rows.stretches.len()), (36, 3));
        assert!(rows.by_organisation.iter().all(|own| matches!(own, Own::Together { count: 12, .. })));
        assert_eq!(size_of::<Own>(), size_of::<Vec<u8>>());
    }
}
