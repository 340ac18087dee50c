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

/// A file of these bytes.
pub(in crate::intake) fn file(bytes: &[u8]) -> Result<Content, Unreadable> {
    file_of(bytes, bytes.len(), true)
}

/// A file of which the system said before that it has so many bytes, and says behind its end whether it is still the same.
fn file_of(bytes: &[u8], length: usize, is_still: bool) -> Result<Content, Unreadable> {
    let bytes = Arc::new(bytes.to_vec());
    let open: Opener = Box::new(move || Ok(Box::new(Few(Arc::clone(&bytes), 0))));
    Content::of_file(open, length as u64, Box::new(move || is_still))
}

/// A text longer than what is looked at before it is read.
fn chinese() -> Vec<u8> {
    (0..2000).flat_map(|number| format!("中心卫生院{number},{}\n", number * 7).into_bytes()).collect()
}

/// Only what could hardly be anything but UTF-8 or GB18030, is the same in every encoding, or is no text is left for later.
#[test]
fn the_rest_is_left_for_later_where_the_beginning_leaves_no_doubt() {
    let (chinese, ascii) = (chinese(), text());
    let is_unseen = |bytes: &[u8]| file(bytes).expect("good bytes").is_unseen();
    let (gb18030, _, _) = encoding_rs::GB18030.encode(str::from_utf8(&chinese).expect("UTF-8"));
    let with_mark = [b"\xef\xbb\xbf", &chinese[..]].concat();
    let workbook = [b"PK\x03\x04\x14\0\x06\0[Content_Types].xml", &[0xff; 2 * TOGETHER][..]].concat();
    for bytes in [&chinese[..], &with_mark, &ascii, &[&ascii[..], b"\xff\0"].concat(), &gb18030, &workbook] {
        assert!(is_unseen(bytes), "{:?}", String::from_utf8_lossy(&bytes[..20]));
    }
    let few_words = ["机构,人次\n".as_bytes(), &ascii].concat();
    let with_nul = [&chinese[..15], b"\0", &chinese[15..]].concat();
    let damaged = [&chinese[..9], b"\xff", &chinese[9..]].concat();
    let (few_of_gb18030, _, _) = encoding_rs::GB18030.encode(str::from_utf8(&few_words).expect("UTF-8"));
    for bytes in [&few_words[..], &with_nul, &damaged, &few_of_gb18030, &gzip(&chinese), &chinese[..TOGETHER]] {
        assert!(!is_unseen(bytes), "{:?}", String::from_utf8_lossy(&bytes[..20]));
    }
}

/// Whether it was looked at before or not, and however far somebody read it: the same bytes, the same digest.
#[test]
fn what_was_left_for_later_is_all_there() {
    let bytes = chinese();
    for read_before in [0, 10, BLOCK, 3 * BLOCK + 1, bytes.len(), bytes.len() + 1] {
        let content = file(&bytes).expect("good bytes");
        let mut some = Vec::new();
        content.reader().take(read_before as u64).read_to_end(&mut some).expect("good bytes");
        assert_eq!(some, bytes[..read_before.min(bytes.len())]);
        for _ in 0..2 {
            assert_eq!(content.whole().as_deref(), Ok(&bytes[..]));
            assert_eq!(content.digest(), <[u8; 32]>::from(Sha256::digest(&bytes)));
        }
        assert_eq!((content.size(), content.on_disk), (bytes.len(), bytes.len() as u64));
    }
}

/// Half a file, or two halves of two, is never taken for the whole.
#[test]
fn a_file_that_changes_before_it_was_read_to_its_end_is_refused() {
    let bytes = chinese();
    for (length, is_still) in [(bytes.len() - 1, true), (bytes.len() + 1, true), (bytes.len(), false)] {
        let content = file_of(&bytes, length, is_still).expect("nobody has read it");
        assert_eq!(content.whole(), Err(Unreadable::Changed), "{length} {is_still}");
        assert_eq!(content.fault(), Some(&Unreadable::Changed));
        let seen = ["机构\n".as_bytes(), &text()].concat();
        let length = seen.len() + length - bytes.len();
        assert_eq!(file_of(&seen, length, is_still).err(), Some(Unreadable::Changed), "looked at before");
    }
}

/// From the second time on every block is compared, whether somebody had read all or a part.
#[test]
fn a_file_that_is_another_when_it_is_read_again_is_refused() {
    let (before, times) = (chinese(), Arc::new(std::sync::atomic::AtomicUsize::new(0)));
    let mut after = before.clone();
    after[BLOCK + 7] ^= 1;
    for first in [BLOCK + 9, before.len() + 1] {
        let (before, after, times) = (Arc::new(before.clone()), Arc::new(after.clone()), Arc::clone(&times));
        times.store(0, Relaxed);
        let length = before.len() as u64;
        // The first to open it looks at its beginning.
        let open: Opener = Box::new(move || {
            let bytes = if times.fetch_add(1, Relaxed) < 2 { &before } else { &after };
            Ok(Box::new(Few(Arc::clone(bytes), 0)))
        });
        let content = Content::of_file(open, length, Box::new(|| true)).expect("good bytes");
        content.reader().take(first as u64).read_to_end(&mut Vec::new()).expect("as it was");
        assert_eq!(content.whole(), Err(Unreadable::Changed), "{first}");
    }
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
