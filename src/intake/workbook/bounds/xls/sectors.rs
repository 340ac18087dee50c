//! A file of files ([MS-CFB]): sectors in chains, and the names of the chains.

use super::{long, short};
use crate::intake::unreadable::{Problem, Unreadable};

/// Numbers from here on are no sectors.
const RESERVED: u32 = 0xffff_fffa;
/// Streams below this size stand in small sectors.
const SMALL: u64 = 4096;

/// The sectors of a file with their chains, none of which is a ring.
pub(super) struct Sectors<'b> {
    bytes: &'b [u8],
    size: usize,
    chains: Vec<u32>,
    small: Vec<u8>,
    small_chains: Vec<u32>,
    names: Vec<u8>,
}

impl<'b> Sectors<'b> {
    /// `None` for what is no such file at all.
    pub(super) fn new(bytes: &'b [u8]) -> Result<Option<Self>, Unreadable> {
        let size = match short(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4096,
            _ => return Ok(None),
        };
        let mut all = Self {
            bytes: bytes.get(size..).unwrap_or_default(),
            size,
            chains: Vec::new(),
            small: Vec::new(),
            small_chains: Vec::new(),
            names: Vec::new(),
        };
        let field = |at| long(bytes, at).unwrap_or(RESERVED);
        all.chains = all.table(bytes, field(68))?;
        no_ring(&all.chains)?;
        all.names = all.chain(field(48));
        let root = all.names.get(116..).and_then(|rest| long(rest, 0)).unwrap_or(RESERVED);
        all.small = all.chain(root);
        all.small_chains = numbers(&all.chain(field(60))).collect();
        no_ring(&all.small_chains)?;
        Ok(Some(all))
    }

    /// The content of the stream of this name.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).chain([0, 0]).collect();
        let entry =
            self.names.chunks_exact(128).find(|entry| entry.get(..wanted.len()).is_some_and(|own| own.eq_ignore_ascii_case(&wanted)))?;
        let start = long(entry, 116)?;
        let upper = if self.size == 512 { 0 } else { long(entry, 124)? };
        let length = u64::from(upper) << 32 | u64::from(long(entry, 120)?);
        let mut content = if length < SMALL { follow(&self.small, 64, &self.small_chains, start) } else { self.chain(start) };
        content.truncate(usize::try_from(length).unwrap_or(usize::MAX));
        Some(content)
    }

    /// Which sector follows which. The sectors that say so are listed in the header and in a chain of lists.
    fn table(&self, header: &[u8], mut next: u32) -> Result<Vec<u32>, Unreadable> {
        let most = self.bytes.len() / self.size + 1;
        let mut lists: Vec<u32> = numbers(header.get(76..512).unwrap_or_default()).collect();
        let mut seen = 0;
        while next < RESERVED {
            seen += 1;
            lists.extend(numbers(sector(self.bytes, self.size, next)));
            next = lists.pop().unwrap_or(RESERVED);
            if seen > most || lists.len() > most + 512 {
                return Err(ring());
            }
        }
        let tables: Vec<u32> = lists.into_iter().filter(|id| *id < RESERVED).collect();
        if tables.len() > most {
            return Err(ring());
        }
        Ok(tables.into_iter().flat_map(|id| numbers(sector(self.bytes, self.size, id))).collect())
    }

    fn chain(&self, start: u32) -> Vec<u8> {
        follow(self.bytes, self.size, &self.chains, start)
    }
}

/// The sectors of a chain one after another, as far as there are any.
fn follow(bytes: &[u8], size: usize, chains: &[u32], start: u32) -> Vec<u8> {
    let mut content = Vec::new();
    let mut at = Some(start);
    while let Some(id) = at.filter(|id| *id < RESERVED) {
        content.extend_from_slice(sector(bytes, size, id));
        at = chains.get(id as usize).copied();
    }
    content
}

fn sector(bytes: &[u8], size: usize, id: u32) -> &[u8] {
    let start = (id as usize).saturating_mul(size);
    bytes.get(start..start.saturating_add(size).min(bytes.len())).unwrap_or_default()
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).filter_map(|four| long(four, 0))
}

fn ring() -> Unreadable {
    Unreadable::Damaged(Problem("its sectors form a ring".to_owned()))
}

/// Refuses chains that come back to where they were: they would be followed for ever.
fn no_ring(chains: &[u32]) -> Result<(), Unreadable> {
    // The walk on which a sector was met first; 0 before any.
    let mut met = vec![0_u32; chains.len()];
    for (walk, start) in (1..).zip(0..chains.len()) {
        let mut at = start;
        while let Some(mark) = met.get_mut(at) {
            match *mark {
                0 => *mark = walk,
                known if known == walk => return Err(ring()),
                _ => break,
            }
            at = chains.get(at).map_or(usize::MAX, |next| *next as usize);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_end_and_rings_do_not() {
        assert_eq!(no_ring(&[1, 2, u32::MAX, 1, 0xffff_fffe]), Ok(()));
        assert_eq!(no_ring(&[1, 2, 0]), Err(ring()));
        assert_eq!(no_ring(&[0]), Err(ring()));
    }

    #[test]
    fn the_names_of_streams_are_found_in_a_real_file() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/workbooks/synthetic.xls");
        let bytes = std::fs::read(path).expect("a file");
        let sectors = Sectors::new(&bytes).expect("no ring").expect("sectors");
        assert!(sectors.stream("workbook").is_some_and(|stream| stream.starts_with(&0x0809_u16.to_le_bytes())));
        assert_eq!(sectors.stream("Other"), None);
    }
}
