//! The dossier (卷宗): a result with what stands around it, gathered once for the reports that people read.

use crate::assess::{Prepared, deliveries};
use crate::explain::Evidence;
use crate::monitor::Series;
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
    /// The same of the parts, in the order of the result.
    pub parts: Vec<Dossier<'a>>,
}

impl<'a> Dossier<'a> {
    /// Of what was prepared and what came out of it.
    pub fn gather(prepared: &Prepared, book: &'a Scorebook) -> anyhow::Result<Self> {
        let parts = prepared.parts.iter().zip(&book.parts);
        let evidence = Evidence::gather(prepared, book);
        Ok(Self {
            series: if evidence.is_some() { Series::by_month(prepared)? } else { Series::default() },
            evidence,
            deliveries: deliveries(prepared),
            parts: parts.map(|(prepared, part)| Self::gather(prepared, &part.book)).collect::<anyhow::Result<_>>()?,
            ..Self::alone(book)
        })
    }

    /// Of a result alone: without parts and without what stands behind it.
    pub fn alone(book: &'a Scorebook) -> Self {
        Self { book, standing: Standing::of(book), evidence: None, deliveries: Vec::new(), series: Series::default(), parts: Vec::new() }
    }
}
