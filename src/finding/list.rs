//! All that was noticed, in place order.

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::Finding;
use crate::code::{Code, Severity};

/// Findings that are made when they are looked at: there may be millions, and often they are only counted.
pub trait Unmade: std::fmt::Debug + Send + Sync {
    /// How many there are of each code.
    fn codes(&self) -> Vec<(&'static Code, usize)>;

    /// All of them in place order, some at a time.
    fn made(&self) -> Box<dyn Iterator<Item = Vec<Finding>> + '_>;
}

/// All that was noticed, in place order, the same once.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    made: Vec<Finding>,
    unmade: Option<Arc<dyn Unmade>>,
}

/// The findings of one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The code.
    pub code: &'static Code,
    /// How many there are.
    pub count: usize,
    /// The first of them in place order, as many as were asked for.
    pub first: Vec<Finding>,
}

impl Findings {
    /// These, in whatever order they are.
    pub fn new(mut findings: Vec<Finding>) -> Self {
        findings.par_sort_unstable_by(Finding::order);
        findings.dedup();
        Self { made: findings, unmade: None }
    }

    /// With others, none of which is among these.
    #[must_use]
    pub fn and(self, unmade: Arc<dyn Unmade>) -> Self {
        debug_assert!(self.unmade.is_none(), "findings of two kinds are not to be told apart");
        Self { unmade: Some(unmade), ..self }
    }

    /// Each in its turn.
    pub fn iter(&self) -> impl Iterator<Item = Cow<'_, Finding>> {
        let mut made = self.made.iter().map(Cow::Borrowed).peekable();
        let mut others = self.unmade.iter().flat_map(|unmade| unmade.made()).flatten().map(Cow::Owned).peekable();
        std::iter::from_fn(move || match (made.peek(), others.peek()) {
            (Some(one), Some(other)) if one.order(other) == Ordering::Greater => others.next(),
            (Some(_), _) => made.next(),
            (None, _) => others.next(),
        })
    }

    /// How many there are of each code: the worst first, then by id.
    pub fn codes(&self) -> Vec<(&'static Code, usize)> {
        let made = self.made.iter().map(|finding| (finding.code, 1));
        let others = self.unmade.iter().flat_map(|unmade| unmade.codes());
        let mut codes: BTreeMap<_, (&'static Code, usize)> = BTreeMap::new();
        for (code, count) in made.chain(others).filter(|(_, count)| *count > 0) {
            codes.entry((Reverse(code.severity), code.id())).or_insert((code, 0)).1 += count;
        }
        codes.into_values().collect()
    }

    /// By code, the worst first, each with so many examples.
    pub fn groups(&self, examples: usize) -> Vec<Group> {
        let others = self.unmade.iter().flat_map(|unmade| unmade.made()).flatten().map(Cow::Owned);
        // No more are made than it needs.
        let wanted = self.unmade.iter().flat_map(|unmade| unmade.codes()).map(|(_, count)| count.min(examples)).sum();
        let mut found = [first(self.made.iter().map(Cow::Borrowed), usize::MAX, examples), first(others, wanted, examples)];
        let group = |(code, count): (&'static Code, usize)| {
            let mut first: Vec<Finding> = found.iter_mut().filter_map(|found| found.remove(code.id())).flatten().collect();
            first.sort_by(Finding::order);
            first.truncate(examples);
            Group { code, count, first }
        };
        self.codes().into_iter().map(group).collect()
    }

    /// How many errors, warnings and notes there are.
    pub fn severities(&self) -> [usize; 3] {
        let codes = self.codes();
        let of = |severity| codes.iter().filter(|(code, _)| code.severity == severity).map(|(_, count)| count).sum();
        [Severity::Error, Severity::Warning, Severity::Info].map(of)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.codes().into_iter().map(|(_, count)| count).sum()
    }

    /// True if nothing was noticed.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What is looked at, made.
impl<'f> FromIterator<Cow<'f, Finding>> for Findings {
    fn from_iter<I: IntoIterator<Item = Cow<'f, Finding>>>(findings: I) -> Self {
        Self::new(findings.into_iter().map(Cow::into_owned).collect())
    }
}

/// The first of each code, so many of each and in all.
fn first<'f>(findings: impl Iterator<Item = Cow<'f, Finding>>, mut all: usize, of_each: usize) -> BTreeMap<&'static str, Vec<Finding>> {
    let mut found: BTreeMap<&str, Vec<Finding>> = BTreeMap::new();
    for finding in findings {
        if all == 0 {
            break;
        }
        let of_code = found.entry(finding.code.id()).or_default();
        if of_code.len() < of_each {
            of_code.push(finding.into_owned());
            all -= 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::code::Code;
    use crate::codes::{period, value};
    use crate::finding::Place;

    const CODES: [&Code; 3] = [&period::SLOT_UNMET, &value::ROUNDED, &value::FRACTION];

    /// Findings of some codes at some places, several at a time.
    #[derive(Debug)]
    struct Blocks(Vec<Vec<Finding>>);

    impl Unmade for Blocks {
        fn codes(&self) -> Vec<(&'static Code, usize)> {
            let all = || self.0.iter().flatten();
            CODES.map(|code| (code, all().filter(|finding| finding.code == code).count())).to_vec()
        }

        fn made(&self) -> Box<dyn Iterator<Item = Vec<Finding>> + '_> {
            Box::new(self.0.iter().cloned())
        }
    }

    fn finding((code, row, is_unmade): (usize, u64, bool)) -> Finding {
        // What is unmade is never made, too.
        let item = if is_unmade { "unmade" } else { "made" };
        let finding = Finding::new(CODES[code], Place { row: Some(row), item: Some(item.into()), ..Place::default() });
        let holes = CODES[code].message.en.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        holes.fold(finding, |finding, (hole, _)| finding.with(hole, "1"))
    }

    proptest! {
        /// Made or not, all stand in place order, each once, are counted by code, and the first of each code are its examples.
        #[test]
        fn what_is_unmade_is_no_different(all in prop::collection::vec((0_usize..3, 0_u64..20, any::<bool>()), 0..60), cut in 1_usize..7) {
            let of = |wanted: bool| -> Vec<Finding> { all.iter().filter(|(_, _, is_unmade)| *is_unmade == wanted).copied().map(finding).collect() };
            let plain = Findings::new(all.iter().copied().map(finding).collect());
            let unmade: Vec<Finding> = Findings::new(of(true)).iter().map(Cow::into_owned).collect();
            let findings = Findings::new(of(false)).and(Arc::new(Blocks(unmade.chunks(cut).map(<[Finding]>::to_vec).collect())));
            let listed = |findings: &Findings| findings.iter().map(Cow::into_owned).collect::<Vec<_>>();
            prop_assert_eq!(listed(&findings), listed(&plain));
            prop_assert_eq!((findings.codes(), findings.len()), (plain.codes(), listed(&plain).len()));
            for group in findings.groups(2) {
                let of_code: Vec<Finding> = listed(&plain).into_iter().filter(|finding| finding.code == group.code).collect();
                prop_assert_eq!(group.count, of_code.len());
                prop_assert_eq!(group.first, of_code[..of_code.len().min(2)].to_vec());
            }
            prop_assert_eq!(findings.groups(2).len(), findings.codes().len());
            let severities = [Severity::Error, Severity::Warning, Severity::Info];
            let counts = severities.map(|severity| listed(&plain).iter().filter(|finding| finding.severity() == severity).count());
            prop_assert_eq!(findings.severities(), counts);
        }
    }
}
