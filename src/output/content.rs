//! The content of a result: written and summed up file by file, several at once.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::{interrupt, parent, sync_folder};
use crate::assessment::files::hex;
use crate::report;
use crate::report::manifest;

/// Bytes gathered before they are written.
const GATHERED: usize = 1 << 16;

/// SHA-256 of files by name.
pub type Checksums = BTreeMap<String, String>;

/// Checksums of the files as they would be written, the manifest's included.
///
/// # Errors
/// Those of making their content.
pub fn checksums(files: &[report::File]) -> io::Result<Checksums> {
    each(files, Checksums::new(), |_, content| Ok(content.write(io::sink())?.1))
}

/// Writes the files into a folder; their checksums. The manifest is given those of the others and of what is known already.
pub(super) fn fill(folder: &Path, files: &[report::File], known: Checksums) -> io::Result<Checksums> {
    fs::create_dir_all(folder)?;
    let checksums = each(files, known, |name, content| {
        let path = folder.join(name);
        fs::create_dir_all(parent(&path))?;
        let (file, sha256) = content.write(File::create_new(path)?)?;
        file.sync_all()?;
        Ok(sha256)
    })?;
    sync_folder(folder)?;
    Ok(checksums)
}

/// Does with all files what is done with one, with the manifest last; what is known and the checksums that this gives.
fn each(
    files: &[report::File],
    known: Checksums,
    one: impl Fn(&str, Content) -> io::Result<String> + Send + Sync,
) -> io::Result<Checksums> {
    let (manifests, mut others): (Vec<_>, Vec<_>) = files.iter().partition(|file| file.name == manifest::NAME);
    others.sort_by_key(|file| !file.name.ends_with(report::SLOWEST));
    let made = others.par_iter().with_max_len(1).map(|file| Ok((file.name.clone(), one(&file.name, Content::Made(file))?)));
    let mut checksums = known;
    checksums.extend(made.collect::<io::Result<Vec<_>>>()?);
    for file in manifests {
        let mut bytes = Vec::new();
        (file.write)(&mut bytes)?;
        let sha256 = one(&file.name, Content::Known(&manifest::sealed(&bytes, &checksums)?))?;
        checksums.insert(file.name.clone(), sha256);
    }
    Ok(checksums)
}

/// What a file holds.
enum Content<'a> {
    /// What is made when it is written.
    Made(&'a report::File<'a>),
    /// These bytes.
    Known(&'a [u8]),
}

impl Content<'_> {
    /// Writes it; where to, and its checksum.
    fn write<W: Write>(&self, to: W) -> io::Result<(W, String)> {
        // Pieces are gathered before the checksum sees them: some are a single sign.
        let mut out = BufWriter::with_capacity(GATHERED, Hashed { to, hash: Sha256::new() });
        match self {
            Self::Made(file) => (file.write)(&mut out)?,
            Self::Known(bytes) => out.write_all(bytes)?,
        }
        let Hashed { to, hash } = out.into_inner()?;
        Ok((to, hex(&hash.finalize())))
    }
}

/// A file that knows the checksum of what was written to it.
struct Hashed<W> {
    to: W,
    hash: Sha256,
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if interrupt::came() {
            return Err(io::Error::other("interrupted"));
        }
        let written = self.to.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
