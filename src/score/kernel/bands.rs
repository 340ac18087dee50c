//! `bands`: points or a grade by the band a value falls in (分段).

use super::shown::{before_word, points};
use super::{Grade, Problem, Shown, Verdict, shown};
use crate::codes::criteria;
use crate::number::Exact;
use crate::score::reason;
use crate::text::{Said, Text};

/// Which values a band holds. Edges are in the display unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// v ≥ edge
    AtLeast(Exact),
    /// v > edge
    Above(Exact),
    /// v ≤ edge
    AtMost(Exact),
    /// v < edge
    Below(Exact),
    /// Every value.
    Otherwise,
}

/// What a band gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Award {
    /// Points, from 0 to full points [P1].
    Points(Exact),
    /// A grade of a scale, worth its share of full points.
    Grade(Grade),
}

/// One band.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The values it holds.
    pub when: When,
    /// What they get.
    pub award: Award,
}

/// A list of bands: the first in written order that holds the value is taken [P3].
///
/// *≥ 65: 5, ≥ 60: 3, otherwise 0: 65 → 5, 64.996 → 3, 59.99 → 0.*
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bands {
    /// The bands as written; together they hold every value.
    pub bands: Vec<Band>,
}

impl Bands {
    /// Points for `value`, in the display unit.
    pub fn score(&self, value: &Exact, full_points: &Exact, shown: &Shown) -> Verdict {
        let edges: Vec<&Exact> = self.bands.iter().filter_map(|band| band.when.edge()).collect();
        let value_text = shown.beside(value, &edges);
        let Some(band) = self.bands.iter().find(|band| band.when.holds(value)) else {
            // Refused by `check`; said all the same rather than given to a neighbouring band.
            return Verdict::new(Exact::zero(), Said::new(&reason::BANDS_NONE).with("value", value_text));
        };
        let name = band.when.name(|edge| shown.threshold(edge, value));
        match &band.award {
            Award::Points(award) => {
                let said = Said::new(&reason::BANDS_POINTS).with("value", value_text).with("band", name);
                Verdict::new(award.clamp_to(&Exact::zero(), full_points), said.with("points", points(award)))
            }
            Award::Grade(grade) => {
                let said = Said::new(&reason::BANDS_GRADE).with("value", value_text).with("band", name);
                let said = said.with("grade", grade.id.as_str()).with("share", shown::share(&grade.share));
                Verdict { grade: Some(grade.id.clone()), ..Verdict::new(grade.points(full_points), said) }
            }
        }
    }

    /// What is wrong with the bands of a criterion worth `full_points`: values in no band, bands
    /// that earlier ones leave nothing, awards beyond full points.
    pub fn check(&self, full_points: &Exact) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut covered = Covered::default();
        for (entry, band) in self.bands.iter().enumerate() {
            problems.extend(band.award.check(full_points).into_iter().map(|problem| problem.in_entry(entry)));
            if covered.contains(&band.when) {
                let problem = Problem::new(&criteria::BAND_UNREACHABLE, band.when.key());
                let problem = problem.with("number", (entry + 1).to_string()).with("band", band.when.name(as_number));
                problems.push(problem.in_entry(entry));
            }
            covered.add(&band.when);
        }
        problems.extend(covered.gap().map(|gap| Problem::new(&criteria::BANDS_GAP, "bands").with("gap", gap)));
        problems
    }
}

impl When {
    /// The key of a criteria file that says this.
    pub fn key(&self) -> &'static str {
        match self {
            Self::AtLeast(_) => "at_least",
            Self::Above(_) => "above",
            Self::AtMost(_) => "at_most",
            Self::Below(_) => "below",
            Self::Otherwise => "otherwise",
        }
    }

    /// Whether a value lies in the band.
    pub fn holds(&self, value: &Exact) -> bool {
        match self {
            Self::AtLeast(edge) => value >= edge,
            Self::Above(edge) => value > edge,
            Self::AtMost(edge) => value <= edge,
            Self::Below(edge) => value < edge,
            Self::Otherwise => true,
        }
    }

    /// The number it compares with; none for `otherwise`.
    pub fn edge(&self) -> Option<&Exact> {
        match self {
            Self::AtLeast(edge) | Self::Above(edge) | Self::AtMost(edge) | Self::Below(edge) => Some(edge),
            Self::Otherwise => None,
        }
    }

    /// The band in words, its edge as `show` writes it.
    pub fn name(&self, show: impl Fn(&Exact) -> Text) -> Text {
        let phrase = match self {
            Self::AtLeast(_) => &reason::BAND_AT_LEAST,
            Self::Above(_) => &reason::BAND_ABOVE,
            Self::AtMost(_) => &reason::BAND_AT_MOST,
            Self::Below(_) => &reason::BAND_BELOW,
            Self::Otherwise => &reason::BAND_OTHERWISE,
        };
        let set_off = |edge| if matches!(self, Self::AtLeast(_) | Self::AtMost(_)) { before_word(&show(edge)) } else { show(edge) };
        self.edge().map_or_else(|| reason::word(phrase), |edge| reason::text(&Said::new(phrase).with("edge", set_off(edge))))
    }
}

impl Award {
    /// The points it gives, of full points.
    pub fn points(&self, full_points: &Exact) -> Exact {
        match self {
            Self::Points(points) => points.clamp_to(&Exact::zero(), full_points),
            Self::Grade(grade) => grade.points(full_points),
        }
    }

    fn check(&self, full_points: &Exact) -> Vec<Problem> {
        match self {
            Self::Grade(grade) => grade.check(),
            Self::Points(points) if points.is_negative() || points > full_points => {
                let problem = Problem::new(&criteria::BAND_POINTS, "points").with("points", points.to_string());
                vec![problem.with("full", full_points.to_string())]
            }
            Self::Points(_) => Vec::new(),
        }
    }
}

/// The edge of a half-line and whether it belongs to it.
#[derive(Debug, Clone)]
struct Edge {
    at: Exact,
    included: bool,
}

/// The values that the bands so far hold: everything from `up` upwards and everything from `down`
/// downwards.
#[derive(Debug, Default)]
struct Covered {
    up: Option<Edge>,
    down: Option<Edge>,
    all: bool,
}

impl Covered {
    fn add(&mut self, when: &When) {
        if self.contains(when) {
            return;
        }
        match when {
            When::AtLeast(at) => self.up = Some(Edge { at: at.clone(), included: true }),
            When::Above(at) => self.up = Some(Edge { at: at.clone(), included: false }),
            When::AtMost(at) => self.down = Some(Edge { at: at.clone(), included: true }),
            When::Below(at) => self.down = Some(Edge { at: at.clone(), included: false }),
            When::Otherwise => self.all = true,
        }
    }

    fn contains(&self, when: &When) -> bool {
        let up = |at: &Exact, included: bool| self.up.as_ref().is_some_and(|up| at > &up.at || *at == up.at && (up.included || !included));
        let down = |at: &Exact, included: bool| {
            self.down.as_ref().is_some_and(|down| at < &down.at || *at == down.at && (down.included || !included))
        };
        self.is_all()
            || match when {
                When::AtLeast(at) => up(at, true),
                When::Above(at) => up(at, false),
                When::AtMost(at) => down(at, true),
                When::Below(at) => down(at, false),
                When::Otherwise => false,
            }
    }

    fn is_all(&self) -> bool {
        let meet = |up: &Edge, down: &Edge| down.at > up.at || down.at == up.at && (up.included || down.included);
        self.all || self.up.as_ref().zip(self.down.as_ref()).is_some_and(|(up, down)| meet(up, down))
    }

    /// The values still in no band, in words.
    fn gap(&self) -> Option<Text> {
        if self.is_all() {
            return None;
        }
        Some(match (&self.up, &self.down) {
            (None, None) => reason::word(&reason::BAND_ANY),
            (Some(Edge { at, included: true }), None) => When::Below(at.clone()).name(as_number),
            (Some(Edge { at, included: false }), None) => When::AtMost(at.clone()).name(as_number),
            (None, Some(Edge { at, included: true })) => When::Above(at.clone()).name(as_number),
            (None, Some(Edge { at, included: false })) => When::AtLeast(at.clone()).name(as_number),
            (Some(up), Some(down)) if up.at == down.at => reason::text(&Said::new(&reason::BAND_EXACTLY).with("edge", up.at.to_string())),
            (Some(up), Some(down)) => {
                reason::text(&Said::new(&reason::BAND_BETWEEN).with("low", down.at.to_string()).with("high", up.at.to_string()))
            }
        })
    }
}

fn as_number(edge: &Exact) -> Text {
    Text::same(edge.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ids, percent, said, x};
    use super::*;
    use crate::text::Lang;

    fn band(when: When, award: &str) -> Band {
        Band { when, award: Award::Points(x(award)) }
    }

    fn three() -> Bands {
        Bands { bands: vec![band(When::AtLeast(x("65")), "5"), band(When::AtLeast(x("60")), "3"), band(When::Otherwise, "0")] }
    }

    fn score(bands: &Bands, value: &str) -> Verdict {
        let unit = Text::same("%");
        bands.score(&x(value), &x("5"), &percent(&unit))
    }

    /// P2, P3: an edge belongs to its band; 64.996 is below 65.
    #[test]
    fn the_first_band_that_holds_is_taken() {
        for (value, points) in [("70", "5"), ("65", "5"), ("64.996", "3"), ("60", "3"), ("59.99", "0")] {
            assert_eq!(score(&three(), value).points, x(points), "{value}");
        }
    }

    /// P3: `above` and `below` leave their edge out, `at_most` takes it in.
    #[test]
    fn each_comparison_treats_its_edge_as_it_says() {
        let bands = Bands {
            bands: vec![
                band(When::Above(x("10")), "1"),
                band(When::Below(x("5")), "2"),
                band(When::AtMost(x("7")), "3"),
                band(When::Otherwise, "4"),
            ],
        };
        for (value, points) in [("10.01", "1"), ("10", "4"), ("4.99", "2"), ("5", "3"), ("7", "3"), ("7.01", "4")] {
            assert_eq!(score(&bands, value).points, x(points), "{value}");
        }
    }

    /// R7: a band may give a grade, worth its share.
    #[test]
    fn a_band_may_give_a_grade() {
        let grade = |id: &str, share| Award::Grade(Grade { id: id.to_owned(), share: x(share) });
        let bands = Bands {
            bands: vec![
                Band { when: When::AtLeast(x("90")), award: grade("A", "1") },
                Band { when: When::Otherwise, award: grade("B", "0.6") },
            ],
        };
        let verdict = score(&bands, "80");
        assert_eq!((verdict.points.clone(), verdict.grade.as_deref()), (x("3"), Some("B")));
        assert_eq!(said(&verdict, Lang::Zh), "80.00%，属于“其他”一档，评为 B，计满分的 60%");
        assert_eq!(said(&verdict, Lang::En), "80.00% falls in the band “any other value”, grade B, worth 60% of full points");
    }

    #[test]
    fn the_reason_names_the_band() {
        assert_eq!(said(&score(&three(), "64.996"), Lang::Zh), "64.996%，属于“60% 及以上”一档，该档 3 分");
        assert_eq!(said(&score(&three(), "65"), Lang::En), "65.00% falls in the band “65% or above”, worth 5 points");
    }

    #[test]
    fn a_band_that_earlier_ones_leave_nothing_is_named() {
        let list = |whens: Vec<When>| Bands { bands: whens.into_iter().map(|when| band(when, "1")).collect() };
        let unreachable = |whens| -> Vec<Option<usize>> {
            let problems = list(whens).check(&x("5"));
            problems.iter().filter(|problem| problem.code.id() == "criteria/band-unreachable").map(|problem| problem.entry).collect()
        };
        assert_eq!(three().check(&x("5")), []);
        assert_eq!(unreachable(vec![When::AtLeast(x("60")), When::AtLeast(x("65")), When::Otherwise]), [Some(1)]);
        assert_eq!(unreachable(vec![When::AtLeast(x("60")), When::Above(x("60")), When::Otherwise]), [Some(1)]);
        assert_eq!(unreachable(vec![When::Above(x("60")), When::AtLeast(x("60")), When::Otherwise]), []);
        assert_eq!(unreachable(vec![When::Otherwise, When::AtLeast(x("60"))]), [Some(1)]);
        assert_eq!(unreachable(vec![When::AtLeast(x("60")), When::Below(x("60")), When::Otherwise]), [Some(2)]);
        assert_eq!(unreachable(vec![When::AtMost(x("5")), When::Below(x("5")), When::Otherwise]), [Some(1)]);
    }

    #[test]
    fn values_in_no_band_are_named() {
        let gap = |whens: Vec<When>| {
            let bands = Bands { bands: whens.into_iter().map(|when| band(when, "1")).collect() };
            bands.check(&x("5")).first().map(|problem| problem.message.render(Lang::En))
        };
        let found = |what: &str| Some(format!("no band holds for: {what}"));
        assert_eq!(gap(vec![]), found("any value"));
        assert_eq!(gap(vec![When::AtLeast(x("60"))]), found("below 60"));
        assert_eq!(gap(vec![When::Above(x("60"))]), found("60 or below"));
        assert_eq!(gap(vec![When::AtMost(x("60"))]), found("above 60"));
        assert_eq!(gap(vec![When::Below(x("60"))]), found("60 or above"));
        assert_eq!(gap(vec![When::Above(x("60")), When::Below(x("60"))]), found("exactly 60"));
        assert_eq!(gap(vec![When::Above(x("60")), When::Below(x("50"))]), found("between 50 and 60"));
        assert_eq!(gap(vec![When::Above(x("60")), When::AtMost(x("60"))]), None);
    }

    #[test]
    fn a_band_gives_at_most_full_points() {
        let mut bands = three();
        bands.bands.insert(0, band(When::Above(x("90")), "6"));
        bands.bands.insert(1, band(When::Above(x("80")), "-1"));
        let problems = bands.check(&x("5"));
        assert_eq!(ids(&problems), [("criteria/band-points", "points"), ("criteria/band-points", "points")]);
        assert_eq!(problems.iter().map(|problem| problem.entry).collect::<Vec<_>>(), [Some(0), Some(1)]);
    }
}
