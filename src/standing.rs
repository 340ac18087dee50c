//! Where a unit stands (对比): among its peers, against the time before, and by what it gained and lost. Worked out once from a
//! result; reports only show it.

use std::collections::BTreeMap;

use crate::catalogue::Better;
use crate::formula::Window;
use crate::number::Exact;
use crate::score::criterion::usable;
use crate::scorebook::{MeasureResult, Scorebook, UnitResult};

pub mod dimensions;
pub mod funnel;
pub mod quarter;
pub mod spread;
pub mod tally;

/// Fewest values of a peer group that have a median [P8].
pub const PEERS_AT_LEAST: usize = 3;
/// Criteria named as strengths, and as weaknesses, at most.
const NAMED: usize = 5;

/// How all units stand, parallel to the units of the result.
#[derive(Debug)]
pub struct Standing {
    /// Unit by unit.
    pub units: Vec<UnitStanding>,
    /// Indicator by indicator, for each peer group by name.
    pub fields: Vec<BTreeMap<String, Field>>,
}

/// How one unit stands.
#[derive(Debug)]
pub struct UnitStanding {
    /// Parallel to the indicators of the result.
    pub places: Vec<Place>,
    /// Indices of criteria: the greatest lead in share of points over the peers first.
    pub strengths: Vec<usize>,
    /// Indices of criteria: the most points lost first.
    pub weaknesses: Vec<usize>,
}

/// One unit by one indicator.
#[derive(Debug, Default)]
pub struct Place {
    /// Index of the assessed measure among the unit's.
    pub now: Option<usize>,
    /// Index of the baseline's.
    pub baseline: Option<usize>,
    /// 1, 1, 3 among usable values of the peer group, in the indicator's direction; `None` where it has none.
    pub rank: Option<usize>,
    /// What changed since the baseline, where both values are usable.
    pub change: Option<Change>,
}

/// The values of a peer group by one indicator.
#[derive(Debug)]
pub struct Field {
    /// Usable values.
    pub count: usize,
    /// The middle one, or the mean of the two in the middle; `None` below [`PEERS_AT_LEAST`].
    pub median: Option<Exact>,
    /// The least and the greatest.
    pub ends: (Exact, Exact),
    /// Sums of numerators and denominators, where every value has both.
    pub pooled: Option<(Exact, Exact)>,
}

impl Field {
    /// The figure of all of them together: Σn × factor / Σd; `None` of fewer than two.
    pub fn together(&self, factor: &Exact) -> Option<Exact> {
        let (above, below) = self.pooled.as_ref().filter(|_| self.count > 1)?;
        (above * factor).checked_div(below)
    }
}

/// From the baseline to now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// In the display unit: percentage points for %.
    pub by: Exact,
    /// Percent of the baseline's absolute value; `None` from 0.
    pub percent: Option<Exact>,
}

impl Change {
    /// From one value to the other.
    pub fn between(before: &Exact, now: &Exact) -> Self {
        let by = now - before;
        let percent = (&by * &Exact::from(100)).checked_div(&before.abs());
        Self { by, percent }
    }
}

impl Standing {
    /// How the units of this result stand.
    pub fn of(book: &Scorebook) -> Self {
        let fields = Fields::gather(book);
        let shares = mean_shares(book);
        let unit = |unit: &UnitResult| {
            let (strengths, weaknesses) = strong_and_weak(book, unit, shares.get(unit.peer_group.as_str()));
            UnitStanding { places: fields.places(book, unit), strengths, weaknesses }
        };
        Self { units: book.units.iter().map(unit).collect(), fields: fields.conclude() }
    }

    /// The values of a unit's peers, its own among them.
    pub fn field(&self, indicator: usize, unit: &UnitResult) -> Option<&Field> {
        self.fields.get(indicator)?.get(&unit.peer_group)
    }
}

/// Usable assessed measures, sorted by value, by indicator and peer group.
struct Fields<'a>(Vec<BTreeMap<String, Vec<&'a MeasureResult>>>);

impl<'a> Fields<'a> {
    fn gather(book: &'a Scorebook) -> Self {
        let mut all: Vec<BTreeMap<String, Vec<&MeasureResult>>> = book.indicators.iter().map(|_| BTreeMap::new()).collect();
        for unit in &book.units {
            for measure in unit.measures.iter().filter(|measure| measure.window == Window::Assessed && usable(measure).is_some()) {
                if let Some(groups) = all.get_mut(measure.indicator) {
                    groups.entry(unit.peer_group.clone()).or_default().push(measure);
                }
            }
        }
        for group in all.iter_mut().flat_map(BTreeMap::values_mut) {
            group.sort_by(|a, b| a.value.cmp(&b.value));
        }
        Self(all)
    }

    fn places(&self, book: &Scorebook, unit: &UnitResult) -> Vec<Place> {
        let mut places: Vec<Place> = book.indicators.iter().map(|_| Place::default()).collect();
        for (at, measure) in unit.measures.iter().enumerate() {
            let Some(place) = places.get_mut(measure.indicator) else { continue };
            match measure.window {
                Window::Assessed => place.now = Some(at),
                Window::Baseline => place.baseline = Some(at),
                Window::Previous | Window::Prior => {}
            }
        }
        for (indicator, place) in places.iter_mut().enumerate() {
            let value = |at: Option<usize>| at.and_then(|at| unit.measures.get(at)).and_then(usable);
            let Some(now) = value(place.now) else { continue };
            place.change = value(place.baseline).map(|before| Change::between(before, now));
            place.rank = book.indicators.get(indicator).and_then(|head| self.rank(indicator, &unit.peer_group, now, head.better));
        }
        places
    }

    fn rank(&self, indicator: usize, group: &str, value: &Exact, better: Better) -> Option<usize> {
        let group = self.0.get(indicator)?.get(group)?;
        let below = group.partition_point(|one| one.value.as_ref() < Some(value));
        let above = group.len() - group.partition_point(|one| one.value.as_ref() <= Some(value));
        match better {
            Better::Higher => Some(above + 1),
            Better::Lower => Some(below + 1),
            Better::Range | Better::Monitor => None,
        }
    }

    fn conclude(self) -> Vec<BTreeMap<String, Field>> {
        let field = |(name, sorted): (String, Vec<&MeasureResult>)| Some((name, field(&sorted)?));
        self.0.into_iter().map(|groups| groups.into_iter().filter_map(field).collect()).collect()
    }
}

fn field(sorted: &[&MeasureResult]) -> Option<Field> {
    let values: Vec<&Exact> = sorted.iter().filter_map(|measure| measure.value.as_ref()).collect();
    let half = values.len() / 2;
    let middle = if values.len() % 2 == 1 { values.get(half).map(|value| (*value).clone()) } else { None };
    let middle = middle.or_else(|| (*values.get(half.checked_sub(1)?)? + *values.get(half)?).checked_div(&Exact::from(2)));
    let parts: Option<Vec<(&Exact, &Exact)>> =
        sorted.iter().map(|measure| Some((measure.numerator.as_ref()?, measure.denominator.as_ref()?))).collect();
    Some(Field {
        count: values.len(),
        median: middle.filter(|_| values.len() >= PEERS_AT_LEAST),
        ends: ((*values.first()?).clone(), (*values.last()?).clone()),
        pooled: parts.map(|parts| (parts.iter().map(|(above, _)| *above).sum(), parts.iter().map(|(_, below)| *below).sum())),
    })
}

/// The share of a criterion's points that was earned; `None` where it gives none or was not scored.
pub fn share(book: &Scorebook, unit: &UnitResult, criterion: usize) -> Option<Exact> {
    let score = unit.scores.get(criterion).filter(|score| score.is_on_sheet)?;
    score.points.as_ref()?.checked_div(&book.criteria.get(criterion)?.points)
}

/// Mean shares of points by peer group and criterion.
fn mean_shares(book: &Scorebook) -> BTreeMap<&str, Vec<Option<Exact>>> {
    let mut groups: BTreeMap<&str, Vec<&UnitResult>> = BTreeMap::new();
    for unit in &book.units {
        groups.entry(unit.peer_group.as_str()).or_default().push(unit);
    }
    let mean = |units: &[&UnitResult], criterion: usize| {
        let shares: Vec<Exact> = units.iter().filter_map(|unit| share(book, unit, criterion)).collect();
        shares.iter().sum::<Exact>().checked_div(&Exact::from(shares.len()))
    };
    groups.into_iter().map(|(name, units)| (name, (0..book.criteria.len()).map(|at| mean(&units, at)).collect())).collect()
}

/// Criteria in which the unit leads its peers, and those that cost it most.
fn strong_and_weak(book: &Scorebook, unit: &UnitResult, means: Option<&Vec<Option<Exact>>>) -> (Vec<usize>, Vec<usize>) {
    let mut leads: Vec<(Exact, usize)> = Vec::new();
    let mut losses: Vec<(Exact, usize)> = Vec::new();
    for (at, (criterion, score)) in book.criteria.iter().zip(&unit.scores).enumerate() {
        let Some(own) = share(book, unit, at) else { continue };
        let mean = means.and_then(|means| means.get(at)?.as_ref());
        if let Some(lead) = mean.map(|mean| &own - mean).filter(|lead| *lead > Exact::zero()) {
            leads.push((lead, at));
        }
        if let Some(lost) = score.points.as_ref().map(|points| &criterion.points - points).filter(|lost| *lost > Exact::zero()) {
            losses.push((lost, at));
        }
    }
    let named = |mut found: Vec<(Exact, usize)>| {
        found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        found.into_iter().take(NAMED).map(|(_, at)| at).collect()
    };
    (named(leads), named(losses))
}

#[cfg(test)]
mod tests {
    use super::funnel::funnel;
    use super::*;
    use crate::measure::interval::funnel::Significance;
    use crate::report::fixture::{exact, scorebook};

    /// A result whose units have these numerators and denominators, in this direction.
    fn measured(figures: &[(&str, &str)], better: Better) -> Scorebook {
        let mut book = scorebook();
        book.indicators[0].better = better;
        let unit = book.units[0].clone();
        let of = |(at, (above, below)): (usize, &(&str, &str))| {
            let mut unit = UnitResult { key: format!("U{at}").into(), ..unit.clone() };
            let (above, below) = (exact(above), exact(below));
            let measure = &mut unit.measures[0];
            measure.value = (&above * &exact("100")).checked_div(&below);
            measure.interval = measure.interval.map(|interval| crate::scorebook::Interval { method: "wilson-95", ..interval });
            (measure.numerator, measure.denominator) = (Some(above), Some(below));
            unit
        };
        book.units = figures.iter().enumerate().map(of).collect();
        book
    }

    fn ranks(book: &Scorebook) -> Vec<Option<usize>> {
        Standing::of(book).units.iter().map(|unit| unit.places[0].rank).collect()
    }

    /// 10, 40, 40 and 20 %: 1, 1, 3 from above, and from below; of a range there is no first.
    #[test]
    fn places_follow_the_direction() {
        let figures = [("1", "10"), ("4", "10"), ("40", "100"), ("2", "10")];
        assert_eq!(ranks(&measured(&figures, Better::Higher)), [Some(4), Some(1), Some(1), Some(3)]);
        assert_eq!(ranks(&measured(&figures, Better::Lower)), [Some(1), Some(3), Some(3), Some(2)]);
        assert_eq!(ranks(&measured(&figures, Better::Range)), [None; 4]);
    }

    /// P8: of three values the middle one, of four the mean of two; of two none. Together they are Σn/Σd.
    #[test]
    fn medians_and_figures_of_all_together() {
        let of = |figures: &[(&str, &str)]| {
            let book = measured(figures, Better::Higher);
            let standing = Standing::of(&book);
            let field = standing.field(0, &book.units[0]).expect("values");
            (field.median.as_ref().map(|median| median.fixed(2)), field.together(&exact("100")).map(|together| together.fixed(2)))
        };
        let said = |median: Option<&str>, together: &str| (median.map(str::to_owned), Some(together.to_owned()));
        assert_eq!(of(&[("1", "10"), ("30", "100")]), said(None, "28.18"));
        assert_eq!(of(&[("1", "10"), ("30", "100"), ("2", "10")]), said(Some("20.00"), "27.50"));
        assert_eq!(of(&[("1", "10"), ("30", "100"), ("2", "10"), ("5", "10")]), said(Some("25.00"), "29.23"));
    }

    /// A value that no rule may see has no place, and nobody is compared with it.
    #[test]
    fn unusable_values_stand_nowhere() {
        let book = scorebook();
        assert_eq!(ranks(&book), [Some(2), Some(1), None, None]);
        assert_eq!(Standing::of(&book).field(0, &book.units[3]).map(|field| field.count), Some(2));
    }

    #[test]
    fn a_change_is_told_in_points_and_in_percent_of_the_baseline() {
        let change = |before: &str, now: &str| {
            let change = Change::between(&exact(before), &exact(now));
            (change.by.to_string(), change.percent.map(|percent| percent.fixed(1)))
        };
        assert_eq!(change("50", "54.6"), ("4.6".to_owned(), Some("9.2".to_owned())));
        assert_eq!(change("-8", "-10"), ("-2".to_owned(), Some("-25.0".to_owned())));
        assert_eq!(change("0", "3"), ("3".to_owned(), None));
    }

    /// The fixture's first unit: 30 of 40 against a mean of 21 (52.5 %) leads; it lost 10 and 5 points.
    #[test]
    fn strong_is_ahead_of_peers_and_weak_is_what_cost_most() {
        let standing = Standing::of(&scorebook());
        assert_eq!((&standing.units[0].strengths, &standing.units[0].weaknesses), (&vec![0], &vec![0, 2]));
        assert_eq!((&standing.units[2].strengths, &standing.units[2].weaknesses), (&vec![2], &vec![0]));
    }

    /// I5: four units at 500 of 1,000 and one at 600: together 52 %. 52 ± 1.96 × 1.580 is 48.90 to 55.10, and 60 is beyond
    /// 52 + 3.09 × 1.580 = 56.88, too.
    #[test]
    fn a_funnel_shows_who_differs_from_all_together() {
        let book = measured(&[("500", "1000"), ("500", "1000"), ("500", "1000"), ("500", "1000"), ("600", "1000")], Better::Higher);
        let found = funnel(&book, &Standing::of(&book), 0).expect("a funnel");
        let places: Vec<Significance> = found.points.iter().map(|point| point.significance).collect();
        let (within, high) = (Significance::Within, Significance::High998);
        assert_eq!(places, [within, within, within, within, high]);
        assert!((found.centre - 52.0).abs() < 1e-9);
        let four = measured(&[("500", "1000"), ("500", "1000"), ("500", "1000"), ("600", "1000")], Better::Higher);
        assert!(funnel(&four, &Standing::of(&four), 0).is_none(), "four units are too few");
    }
}
