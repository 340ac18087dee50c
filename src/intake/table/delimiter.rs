//! What separates the cells of a row.

/// What separates the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Delimiter {
    /// Comma, tab or semicolon, whichever divides the first lines most evenly.
    #[default]
    Auto,
    /// `,`
    Comma,
    /// A tab, as in TSV files and "Unicode text".
    Tab,
    /// `;`
    Semicolon,
}

/// Non-blank lines looked at.
const SAMPLE: usize = 10;

impl Delimiter {
    /// The byte, found in the text where it was left open.
    pub(super) fn byte(self, text: &str) -> u8 {
        match self {
            Self::Auto => detect(text),
            Self::Comma => b',',
            Self::Tab => b'\t',
            Self::Semicolon => b';',
        }
    }
}

/// The candidate that the most sampled lines hold equally often; among equals the more frequent one, then
/// the comma. Titles above a table hold none. Text in quotes does not count.
fn detect(text: &str) -> u8 {
    let lines = sample(text);
    let mut best = (0, 0, b',');
    for (candidate, byte) in CANDIDATES.into_iter().enumerate() {
        for count in lines.iter().filter_map(|line| line.get(candidate).copied()).filter(|count| *count > 0) {
            let agreeing = lines.iter().filter(|line| line.get(candidate) == Some(&count)).count();
            if (agreeing, count) > (best.0, best.1) {
                best = (agreeing, count, byte);
            }
        }
    }
    best.2
}

const CANDIDATES: [u8; 3] = [b',', b'\t', b';'];

/// How often each candidate stands in each of the first lines.
fn sample(text: &str) -> Vec<[usize; 3]> {
    let mut lines = Vec::new();
    let (mut counts, mut blank, mut in_quotes) = ([0; 3], true, false);
    for byte in text.bytes().chain([b'\n']) {
        match byte {
            b'"' => in_quotes = !in_quotes,
            b'\n' | b'\r' if !in_quotes => {
                if !blank {
                    lines.push(counts);
                }
                if lines.len() == SAMPLE {
                    break;
                }
                (counts, blank) = ([0; 3], true);
                continue;
            }
            _ if in_quotes => {}
            _ => counts.iter_mut().zip(CANDIDATES).for_each(|(count, candidate)| *count += usize::from(byte == candidate)),
        }
        blank &= byte.is_ascii_whitespace();
    }
    lines
}
