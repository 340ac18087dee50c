//! Packed files.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

/// The bytes, packed with gzip.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).expect("memory");
    packer.finish().expect("memory")
}
