//! Several files as one: a ZIP whose members are stored as they are, since encrypted bytes do not shrink.

use std::io::{Cursor, Write};

use zeroize::Zeroizing;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::error::Error;

/// Packs files under their names.
pub fn archive<'f>(
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let unwritten = |_| Error::Unverified {
        name: "the archive".into(),
    };
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(name, options).map_err(unwritten)?;
        writer.write_all(bytes).map_err(|_| Error::Unverified {
            name: "the archive".into(),
        })?;
    }
    Ok(Zeroizing::new(
        writer.finish().map_err(unwritten)?.into_inner(),
    ))
}
