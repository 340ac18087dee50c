//! Where the places of a report are: in the same page, or, of a large result, in pages beside it.

/// Scores up to which one page holds the whole report.
pub(super) const WHOLE: usize = 6_000;

/// Where units, scores and criteria are found from one page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places {
    /// True if units and criteria have pages of their own.
    pub(super) is_split: bool,
    /// True if every score has a place of its own, where what stands behind it is told.
    pub(super) has_scores: bool,
    /// True for a page in a folder below the report.
    pub(super) is_below: bool,
}

impl Places {
    /// Where a place is: `u3` unit, `s3-5` score, `c5` criterion, `i2` definition; `None` if there is none.
    pub(super) fn of(self, place: &str) -> Option<String> {
        let up = if self.is_below { "../" } else { "" };
        let unit = |number: &str| if self.is_split { format!("{up}units/{number}.html") } else { format!("#u{number}") };
        match place.split_at_checked(1)? {
            ("u", number) => Some(unit(number)),
            ("s", score) => {
                let number = score.split_once('-')?.0;
                Some(match (self.has_scores, self.is_split) {
                    (true, false) => format!("#{place}"),
                    _ => unit(number),
                })
            }
            ("c", number) if self.is_split => Some(format!("{up}criteria/{number}.html")),
            ("p", number) => Some(format!("parts/{number}/report.html")),
            _ if self.is_below => Some(format!("{up}report.html#{place}")),
            _ => Some(format!("#{place}")),
        }
    }
}
