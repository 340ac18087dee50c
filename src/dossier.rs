//! The dossier (卷宗): a result with what stands around it, gathered once for the reports that people read.

use crate::assess::{Prepared, deliveries, unchanged};
use crate::explain::Evidence;
use crate::monitor::Series;
use crate::score::criteria::Policy;
use crate::scorebook::{Delivery, Scorebook};
use crate::standing::Standing;

/// A result with what stands around it.
#[derive(Debug)]
pub struct Dossier<'a> {
    /// The result.
    pub book: &'a Scorebook,
    /// Where each unit stands.
    pub standing: Standing,
    /// What stands behind every score; `None` where that would be too much for one report.
    pub evidence: Option<Evidence<'a>>,
    /// Who has reported what.
    pub deliveries: Vec<Delivery>,
    /// Values month by month; none where that would be too much for one report.
    pub series: Series,
    /// How states are treated; `None` of a result alone.
    pub policy: Option<Policy>,
    /// What of the result is made for publication.
    pub publication: Option<Publication>,
    /// The same of the parts, in the order of the result.
    pub parts: Vec<Dossier<'a>>,
}

/// What a publication tells of the units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publication {
    /// Ranks and grades.
    Ranks,
    /// Grades only, or quarters of the ranking.
    Bands,
}

impl Publication {
    /// Name of the option that asks for it; the manifest remembers it.
    pub const OPTION: &str = "public";

    /// The spelling of the option.
    pub fn id(self) -> &'static str {
        match self {
            Self::Ranks => "ranks",
            Self::Bands => "bands",
        }
    }

    /// What was asked for when the result was made.
    fn of(book: &Scorebook) -> Option<Self> {
        let (_, value) = book.provenance.options.iter().find(|(name, _)| name == Self::OPTION)?;
        [Self::Ranks, Self::Bands].into_iter().find(|known| known.id() == value)
    }
}

impl<'a> Dossier<'a> {
    /// Of what was prepared and what came out of it.
    pub fn gather(prepared: &Prepared, book: &'a Scorebook) -> anyhow::Result<Self> {
        let parts = prepared.parts.iter().zip(&book.parts);
        let evidence = Evidence::gather(prepared, book);
        unchanged(prepared.assessment)?;
        Ok(Self {
            series: if evidence.is_some() { Series::by_month(prepared)? } else { Series::default() },
            evidence,
            deliveries: deliveries(prepared),
            policy: Some(prepared.assessment.criteria.policy.clone()),
            parts: parts.map(|(prepared, part)| Self::gather(prepared, &part.book)).collect::<anyhow::Result<_>>()?,
            ..Self::alone(book)
        })
    }

    /// The same without what stands behind every score, which takes a second reading of the data.
    pub fn brief(prepared: &Prepared, book: &'a Scorebook) -> Self {
        let parts = prepared.parts.iter().zip(&book.parts);
        Self {
            policy: Some(prepared.assessment.criteria.policy.clone()),
            parts: parts.map(|(prepared, part)| Self::brief(prepared, &part.book)).collect(),
            ..Self::alone(book)
        }
    }

    /// Of a result alone: without parts and without what stands behind it.
    pub fn alone(book: &'a Scorebook) -> Self {
        Self {
            book,
            standing: Standing::of(book),
            evidence: None,
            deliveries: Vec::new(),
            series: Series::default(),
            policy: None,
            publication: Publication::of(book),
            parts: Vec::new(),
        }
    }
}
