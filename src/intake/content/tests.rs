use std::sync::Arc;

use super::*;

/// Bytes that come a few at a time.
pub(super) struct Few(pub(super) Arc<Vec<u8>>, pub(super) usize);

impl Read for Few {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let few = if self.0.len() < 1 << 20 { 7 } else { 4096 };
        let read = self.0[self.1.min(self.0.len())..].iter().take(few).copied().zip(out).map(|(byte, room)| *room = byte).count();
        self.1 += read;
        Ok(read)
    }
}

pub(in crate::intake) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    io::Write::write_all(&mut packer, bytes).expect("in memory");
    packer.finish().expect("in memory")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn text() -> Vec<u8> {
    (0..2000).flat_map(|number| format!("A{number},{}\n", number * 7).into_bytes()).collect()
}

/// Whatever way to pack, in one part or two: unpacked bytes are the same wherever they are, and the digest is that of the
/// bytes on disk.
#[test]
fn what_is_packed_is_what_was_packed() {
    let text = text();
    let (one, other) = text.split_at(1234);
    // A frame that readers pass over: its mark, its length, four bytes.
    let passed_over = [&[0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0][..], b"none"].concat();
    let packed = [
        text.clone(),
        gzip(&text),
        [gzip(one), gzip(other)].concat(),
        zstd(&text),
        [zstd(one), passed_over.clone(), zstd(other), passed_over].concat(),
    ];
    for bytes in packed {
        for content in [Content::of(&bytes), Content::elsewhere(&bytes)] {
            let content = content.expect("good bytes");
            assert_eq!(content.digest(), <[u8; 32]>::from(Sha256::digest(&bytes)), "before it is read");
            assert_eq!(content.whole().as_deref(), Ok(&text[..]));
            assert_eq!(content.whole().as_deref(), Ok(&text[..]), "the second time");
            assert_eq!((content.size(), content.on_disk), (text.len(), bytes.len() as u64));
        }
        let read = Content::elsewhere(&bytes).expect("good bytes");
        drop(read.whole());
        assert_eq!(read.digest.get(), Some(&<[u8; 32]>::from(Sha256::digest(&bytes))), "behind its end");
    }
}

/// A part is never the whole.
#[test]
fn what_is_cut_short_or_damaged_is_refused() {
    for packed in [gzip(&text()), zstd(&text())] {
        for length in [packed.len() / 2, packed.len() - 1] {
            assert_eq!(Content::elsewhere(&packed[..length]).err(), Some(Unreadable::Packed), "{length} of {}", packed.len());
        }
        assert_eq!(Content::of(&[&packed[..], b"more"].concat()).err(), Some(Unreadable::Packed));
    }
    let mut damaged = gzip(&text());
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0x55;
    assert_eq!(Content::of(&damaged).err(), Some(Unreadable::Packed));
}

/// What the system says the second time.
#[test]
fn what_cannot_be_read_again_is_told() {
    let times = std::sync::atomic::AtomicUsize::new(0);
    let open: Opener = Box::new(move || match times.fetch_add(1, Relaxed) {
        0 => Ok(Box::new(Few(Arc::new(vec![b'a'; HELD + 1]), 0))),
        _ => Err(io::ErrorKind::PermissionDenied.into()),
    });
    let content = Content::read(open).expect("the first time");
    assert!(matches!(content.whole(), Err(Unreadable::System(io::ErrorKind::PermissionDenied, _))));
    assert!(content.fault().is_some());
    assert_eq!(content.digest(), [0; 32], "of nothing");
}
